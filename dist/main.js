import { $n as gateName, $r as jsonOf, A as refuseEarly, An as DURATION, B as inPieces, Bn as addressSettings, Br as failuresOf, C as explainRounds, Ci as DEFAULT_CONFIG_FILE, Cn as scaleFor, Cr as decodeRecording, D as measure, Di as placed, Dn as inputTable, E as setUp, Ei as GateError, En as wordsFor, F as UNSHALLOW, G as REPORTS, Gn as fingerprint, Gr as asvFiles, Gt as rowsOf$1, Hr as keepOnly, Ht as inForce, I as namedBase, In as OTLP, Ir as likeliest, J as linked, Jr as HEAD, Jt as repeatedInterval, K as contentPolicy, Kr as readAsvOutput, Kt as FAMILY_SHARE, L as unsentWords, Ln as OTLP_ABOUT, Lr as nearest, M as openDeal, N as looksOf, Nn as SHARD, Nt as VERDICTS, O as LARGE, Qn as entryPaths, Qr as isObject, Rn as STORES, Rr as DEPLOYED, S as bytesOf, Si as DEFAULT_BUDGETS, Sn as probability, Sr as bmf, T as measureAlone, Tn as significant, Tt as runsOf, Ur as reasonLine, Ut as priorsOf, Vn as openStore, Vr as hasFailures, Vt as trialOf, W as marker, Wn as entriesOf, Wr as ASV_FILES, Wt as isTold, X as commitPages, Xr as at, Xt as evidenceIn, Y as text, Yn as mean, Yr as outputOf, Zn as byRun, Zr as field$1, _ as partWarning, _i as subjectKey, _n as messageLine, _t as entriesOf$1, an as sentenceOf, ar as SWITCH, at as headlineOf, b as measureSideBySide, bi as exitCodeOf, bn as percent, br as TOOL_WORDS, bt as progressOn, ci as benchmarkName, cr as many, ct as sideNames, d as loadSeries, dn as onceFor, dr as lint, dt as columnsFor, ei as readArray, en as analyse, f as acceptedOnce, fi as quotedOutput, ft as statisticWords, g as forecastLine, gi as keyOf, gn as EXIT_WORDS, gr as quote, gt as countWords, h as announce, ht as sectionsOf, ii as readString, in as lineUp, ir as fnv1a, j as suitesAsked, jn as SETTINGS$1, jt as judge, k as fitOutput, li as telling, ln as evaluate, lr as one, lt as subtitleOf, m as reproduceLine, mi as smallest, mn as planFromFlags, mr as parseThresholds, mt as noteLines, ni as readNumber, nn as firstWith, nt as sentencesOf, on as worse, or as TEXT$1, p as datedBy, pi as largest, pn as budgetsOf, pr as statuses, pt as gateNotes, q as embedded, qr as readAsvUnits, qt as boundsOf, ri as readObject, rr as wholeGate, rt as whyWords, si as PLAIN, sr as TEXTS, ti as readName, tr as parseEntry, tt as experimentWords, u as loadOne, ui as clean, un as sampleCount, ur as readSettings, ut as titleOf$1, v as gate, vi as isDeployed, vn as change, vr as ADAPTERS, vt as bucketOf, w as takeOverDefinitions, wi as DEFAULT_GOAL_THRESHOLD, wn as signedPercent, wr as encodeRecording, x as readProfile, xi as atSuite, xn as plural, xr as readUnit, xt as readConfig, y as record$1, yi as matches, yn as changeInterval, yr as TOOLS_WITHOUT_P99, yt as profilingLine, z as otlpVerdicts, zn as STORE_INPUTS, zr as RECORDING_SCHEMA } from "./engine.js";
import { parseArgs } from "node:util";
// src/baseline/describe.ts
function describeEntries(entries, ancestors = []) {
	const age = new Map(ancestors.map((sha, index) => [sha, index]));
	return entries.map((entry) => ({
		...entry,
		behind: age.get(entry.sha) ?? null
	})).sort((a, b) => {
		if (a.behind !== b.behind) return (b.behind ?? 1e400) - (a.behind ?? 1e400);
		return a.sha === b.sha ? byRun(a, b) : a.sha < b.sha ? -1 : 1;
	});
}
// src/baseline/migrate.ts
const TRIES = 10;
async function migrate({ git }, { branch, ref, keep }) {
	for (let attempt = 0; attempt < TRIES; attempt++) {
		const tip = await git.fetchTip(branch);
		if (tip === null) throw nothing(branch);
		const paths = await git.list(tip);
		const stranger = paths.find((path) => !path.startsWith("runs/"));
		if (stranger !== void 0) throw new GateError(`branch ${branch} holds other files, such as ${stranger}`, "Name the branch of recordings");
		if (!await brought(git, ref, tip, paths)) continue;
		const held = await git.fetchTip(ref);
		const entries = entriesOf(held === null ? [] : await git.list(held)).length;
		if (keep) return {
			entries,
			removed: "kept"
		};
		try {
			if (await git.move(branch, {
				from: tip,
				to: null
			}) === "moved") continue;
		} catch (error) {
			if (error instanceof GateError) return {
				entries,
				removed: error.message
			};
			throw error;
		}
		return {
			entries,
			removed: null
		};
	}
	throw new GateError(`others pushed to branch ${branch} or ${ref} first, ${TRIES} times in a row`, "Run it again", {}, "measure");
}
async function brought(git, ref, tip, paths) {
	const first = await git.fetchTip(ref);
	if (first === null) return await git.move(ref, {
		from: null,
		to: tip
	}).catch(refused(ref)) === "landed";
	const there = new Set(await git.list(first));
	const missing = paths.filter((path) => !placesOf(path).some((place) => there.has(place)));
	const texts = missing.length === 0 ? [] : await git.read(tip, missing);
	let newest = first;
	for (const [index, path] of missing.entries()) {
		const text = texts[index];
		if (typeof text !== "string") throw new GateError(`${path} cannot be moved, and the branch is as it was: ${text.unreadable}`, "Remove it from the branch, or go on with the branch", {}, "measure");
		const to = placesOf(path)[0];
		if (await git.append(ref, newest, {
			path: to,
			text
		}, `Move ${path}`) === "moved") return false;
		newest = await git.fetchTip(ref);
	}
	return true;
}
function placesOf(path) {
	const entry = parseEntry(path);
	return entry === null ? [path] : entryPaths(entry, entry.copy);
}
function refused(ref) {
	return (error) => {
		if (!(error instanceof GateError)) throw error;
		const problem = `${ref} could not be made, and the branch is as it was: ${error.problem}`;
		throw new GateError(problem, `${error.remedy}; a server that takes branches and tags only needs \`baseline-store: branch\``, {}, error.kind);
	};
}
function nothing(branch) {
	return new GateError(`origin has no branch ${branch}, so there is nothing to move`, "Name it by --baseline-branch, or write `baseline-store: ref` in the workflow: a new history begins there");
}
// src/baseline/prune.ts
const FEWEST$3 = 20;
function keepOf(word) {
	const [, digits = "", unit = ""] = /^([1-9]\d{0,6})(d?)$/.exec(word) ?? [];
	if (digits === "") throw new GateError(`${JSON.stringify(word)} is neither a number of runs nor of days`, "Write how many runs of each gate and machine stay, such as 100, or for how long, such as 180d");
	if (unit === "d") return { days: Number(digits) };
	if (Number(digits) >= FEWEST$3) return { runs: Number(digits) };
	throw new GateError(`${digits} runs are fewer than a candidate is compared with`, `Keep ${FEWEST$3} or more`);
}
async function pruning(git, entries, ancestors, keep, now) {
	const age = new Map(ancestors.map((sha, index) => [sha, index]));
	const oldest = "runs" in keep ? 0 : await firstBefore(git, ancestors, now.getTime() - keep.days * 864e5);
	const seen = new Map();
	const known = entries.filter(({ sha }) => age.has(sha)).sort((a, b) => age.get(a.sha) - age.get(b.sha) || byRun(b, a));
	const dropped = known.filter(({ gate, fingerprint, sha }) => {
		const place = (seen.get(`${gate} ${fingerprint}`) ?? 0) + 1;
		seen.set(`${gate} ${fingerprint}`, place);
		return place > ("runs" in keep ? keep.runs : FEWEST$3) && age.get(sha) >= oldest;
	});
	return {
		dropped,
		kept: entries.length - dropped.length,
		strays: entries.length - known.length
	};
}
async function firstBefore(git, ancestors, time) {
	let [low, high] = [0, ancestors.length];
	while (low < high) {
		const middle = low + high >> 1;
		const found = await git.revision(ancestors[middle]);
		if (found === null || Date.parse(found.committedAt) >= time) low = middle + 1;
		else high = middle;
	}
	return low;
}
// src/baseline/backfilled.ts
const BACKFILLED = "backfill";
function backfillRun(anchor) {
	return {
		run: anchor,
		attempt: "1",
		gate: BACKFILLED
	};
}
function environmentBeside(anchor) {
	return {
		os: "any",
		arch: "any",
		cpu: `any, in turns with ${anchor.slice(0, 12)}`,
		cores: 0,
		runtime: "any"
	};
}
const PACED = [
	"s",
	"1/s",
	"B/s"
];
function anchorOf(measured) {
	return {
		...measured,
		environment: environmentBeside(measured.revision.sha)
	};
}
function besideAnchor(point, beside, first) {
	const reference = levelsOf(first.rounds.flatMap(({ measurements }) => measurements));
	const leftOut = new Set();
	const rounds = point.rounds.map((round) => {
		const present = levelsOf(beside.rounds.find(({ session, pair }) => session === round.session && pair === round.pair)?.measurements ?? []);
		const measurements = round.measurements.flatMap((each) => {
			const [then, now] = [reference.get(subjectKey(each)), present.get(subjectKey(each))];
			if (then === void 0 || now === void 0) {
				leftOut.add(`${each.suite}/${each.benchmark} ${each.metric}`);
				return [];
			}
			return [PACED.includes(each.unit) && then > 0 && now > 0 ? scaled(each, then / now) : each];
		});
		return {
			...round,
			measurements
		};
	});
	const environment = environmentBeside(first.revision.sha);
	return {
		recording: {
			...point,
			environment,
			rounds
		},
		leftOut: [...leftOut]
	};
}
function levelsOf(measurements) {
	const all = new Map();
	for (const each of measurements) {
		const level = evaluate(each.distribution, "p50", null) ?? evaluate(each.distribution, "mean", null);
		if (level === null) continue;
		const key = subjectKey(each);
		const list = all.get(key);
		if (list === void 0) all.set(key, [level]);
		else list.push(level);
	}
	return new Map([...all].map(([key, levels]) => [key, levels.every((level) => level > 0) ? Math.exp(mean(levels.map(Math.log))) : mean(levels)]));
}
function scaled(measurement, factor) {
	const { medians, tails, distribution } = measurement;
	const each = (times) => times.map((time) => time * factor);
	return {
		...measurement,
		distribution: times(distribution, factor),
		...medians !== void 0 && { medians: each(medians) },
		...tails !== void 0 && { tails: each(tails) }
	};
}
function times(distribution, factor) {
	switch (distribution.kind) {
		case "samples": return {
			...distribution,
			samples: distribution.samples.map((sample) => sample * factor)
		};
		case "value": return distribution.exact ? distribution : {
			...distribution,
			value: distribution.value * factor
		};
		case "quantiles": {
			const { quantiles, mean: average } = distribution;
			const scaledOnes = Object.entries(quantiles).map(([level, value]) => [level, value * factor]);
			return {
				...distribution,
				quantiles: Object.fromEntries(scaledOnes),
				...average !== void 0 && { mean: average * factor }
			};
		}
		case "histogram": {
			const values = distribution.values.map((value) => value * factor);
			if ("sketch" in distribution) {
				const samples = [...values].flatMap((value, at) => Array(distribution.counts[at]).fill(value));
				return {
					kind: "samples",
					samples: Float64Array.from(samples)
				};
			}
			return {
				...distribution,
				values,
				scale: distribution.scale * factor
			};
		}
	}
}
// src/measure/revisions.ts
async function measureRevisions(ports, options) {
	const { candidate: revision, definitions, ...rest } = options;
	const folder = await ports.files.temporaryFolder();
	const remove = await ports.git.worktree(revision.sha, `${folder}/candidate`);
	try {
		const cwd = [`${folder}/candidate`, await ports.git.prefix()].filter(Boolean).join("/");
		await takeOverDefinitions(ports, options.suites, definitions, cwd);
		const candidate = {
			name: "candidate",
			cwd,
			revision
		};
		return await measureSideBySide(ports, {
			...rest,
			candidate,
			control: false,
			ready: false
		}, () => {});
	} finally {
		await remove();
	}
}
// src/cli/backfill-points.ts
const STEP = one((word) => {
	const step = Number(word);
	if (Number.isInteger(step) && step >= 1 && step <= 1e5) return step;
	throw new GateError("this is not a number of commits", "Write it like `--every 10`");
});
const WHOLE$2 = 1e6;
const POINT_FLAGS = {
	tags: {
		type: TEXT$1,
		value: "PATTERN",
		about: "For backfill: the tags to measure, with `*` for any characters. Without it and `--every`, all that HEAD descends from."
	},
	every: {
		type: STEP,
		value: "N",
		about: "For backfill: the commit that is named and every N-th after it, up to HEAD, on the line of first parents."
	}
};
async function pointsOf(git, { tags: pattern, every }, from) {
	const head = await namedBase(git, "HEAD");
	if (every !== null) {
		if (pattern !== null) throw new GateError("--tags and --every name two sets of commits", "Give one of them");
		if (from === void 0) throw new GateError("--every needs to know where to begin", "Name a commit: `baseline backfill v1.0 --every 10`");
		return everyNth(git, {
			revision: await namedBase(git, from),
			name: from
		}, head, every);
	}
	if (from !== void 0) throw new GateError(`backfill does not know what to do with ${from}`, "With a commit goes `--every N`");
	const ages = new Map((await git.ancestors(head.sha, WHOLE$2)).map((sha, age) => [sha, age]));
	const names = (await git.tags(head.sha)).filter((tag) => pattern === null || matches(pattern, tag));
	const bySha = new Map();
	for (const name of names) {
		const revision = await git.revision(`refs/tags/${name}`);
		if (revision !== null && ages.has(revision.sha)) bySha.set(revision.sha, {
			revision,
			name
		});
	}
	if (bySha.size === 0) throw new GateError(pattern === null ? "No tag lies behind HEAD" : `No tag behind HEAD fits ${JSON.stringify(pattern)}`, await inFull(git, "Fetch them (`git fetch --tags`), or name a commit and `--every N`"));
	return [...bySha.values()].sort((a, b) => ages.get(b.revision.sha) - ages.get(a.revision.sha));
}
async function everyNth(git, from, head, every) {
	const { sha } = from.revision;
	const line = sha === head.sha ? null : await git.line(sha, head.sha);
	if (line === null) throw new GateError(`${from.name} is not before HEAD on the line of first parents`, await inFull(git, "Name a commit that `git log --first-parent` shows"));
	return [from, ...line.map((each) => ({
		revision: each,
		name: each.subject
	}))].filter((_, at) => at % every === 0);
}
async function inFull(git, remedy) {
	return (await git.names()).shallow ? UNSHALLOW : remedy;
}
// src/cli/here.ts
const NOWHERE = {
	sha: "",
	ref: "",
	committedAt: ""
};
async function refuseOutside(git) {
	if (await git.root() !== null) return;
	throw new GateError("this folder is not inside a git repository", "Run Benchgate inside a checkout");
}
async function ancestorsOfHead(git, most) {
	const head = await git.revision("HEAD");
	return head === null ? [] : git.ancestors(head.sha, most);
}
async function herePlace({ git, host }) {
	return {
		name: "candidate",
		cwd: host.cwd,
		revision: await git.revision("HEAD") ?? NOWHERE
	};
}
function newSession({ clock, host }) {
	const seed = Math.floor(host.random() * 2 ** 32);
	return {
		session: `${clock.now().toISOString()}/${seed.toString(36)}`,
		seed
	};
}
// src/cli/named.ts
function named$1(files) {
	return {
		readText: async (path) => await files.readPipe(path) ?? files.readText(path),
		readTextIfAny: (path) => files.readTextIfAny(path)
	};
}
// src/cli/plan-flags.ts
const PLAN_FLAGS = {
	...SETTINGS$1,
	suite: {
		type: TEXTS,
		value: "NAME",
		about: "A suite of the configuration to measure. Without it, all are measured."
	}
};
async function planOf(given, files, compare) {
	return planFromFlags(given, await readConfig(named$1(files), given.config, TOOL_WORDS), compare, TOOL_WORDS);
}
// src/cli/store-flags.ts
const STORE_FLAGS = {
	...addressSettings(({ type, value, flag }) => ({
		type,
		value,
		about: flag
	})),
	gate: {
		type: TEXT$1,
		value: "GATE",
		about: "The gate whose baselines count, where the store holds those of several."
	}
};
function storeOf(given, ports) {
	const [first, second] = STORES.filter(({ address }) => given[address.name] !== null);
	if (second !== void 0) {
		const names = `--${first.address.name} and --${second.address.name}`;
		throw new GateError(`${names} name two places`, "Baselines are kept in one: leave out either");
	}
	const chosen = STORES.findLast(({ address }) => given[address.name] !== null) ?? STORES[0];
	return openStore(ports, chosen.kind, given);
}
async function entriesIn(store, gate) {
	return (await store.list()).filter((entry) => gate === null || wholeGate(entry) === gate);
}
function refuseUnstored(refused, remedy) {
	if (refused?.code === "not-stored") throw new GateError(refused.reason, remedy, {}, "measure");
}
async function nothingWords(store) {
	const gates = [...new Set((await store.list()).map((entry) => wholeGate(entry)))];
	if (gates.length > 0) return `The gates that are there: ${gates.join(", ")}.`;
	return "Nothing is stored there yet. In a workflow, each push to the default branch stores a run.";
}
// src/cli/backfill.ts
const BACKFILL_FLAGS = {
	...POINT_FLAGS,
	anchor: {
		type: TEXT$1,
		value: "REF",
		about: "For backfill: the commit that every other one is measured in turns with. Without it, that of the backfill which is there, else HEAD."
	},
	...PLAN_FLAGS
};
async function backfill({ store, given }, from, world) {
	const { ports, terminal } = world;
	await refuseOutside(ports.git);
	const plan = await planOf(given, ports.files, "side-by-side");
	const anchor = await anchorFor(store, ports.git, given.anchor);
	const points = (await pointsOf(ports.git, given, from)).filter(({ revision }) => revision.sha !== anchor.sha);
	const stored = (await store.list()).filter(({ gate, run }) => gate === "backfill" && run === anchor.sha);
	const there = new Set(stored.map(({ sha }) => sha));
	const left = points.filter(({ revision }) => !there.has(revision.sha));
	terminal.err(`${plural(points.length, "commit", "commits")} in turns with ${anchor.sha.slice(0, 12)}, ${points.length - left.length} of them there already`);
	const own = stored.find(({ sha }) => sha === anchor.sha);
	if (own === void 0 && stored.length > 0) throw new GateError(`the anchor's own entry is gone, so that nothing new could be compared with the ${stored.length} commits that are there`, "Name another anchor with `--anchor`, and remove the old entries");
	let first = own === void 0 ? null : await loaded(store, own);
	let kept = 0;
	for (const [at, { revision, name }] of left.entries()) {
		const say = (what) => terminal.err(`${at + 1} of ${left.length}: ${revision.sha.slice(0, 12)}  ${name}: ${what}`);
		const { baseline, candidate } = await measured$1(world, plan, anchor, revision);
		refuseBroken(anchor, baseline);
		if (first === null && !isEmpty(baseline)) {
			first = anchorOf(baseline);
			await save(store, first, anchor.sha);
		}
		const { whole, failed } = withoutFailed(candidate);
		const { recording, leftOut } = first === null ? {
			recording: whole,
			leftOut: []
		} : besideAnchor(whole, baseline, first);
		if (first === null || isEmpty(recording)) {
			const [failure] = failuresOf(candidate);
			say(`left out: ${failure === void 0 ? "it has nothing in common with the anchor" : reasonLine(failure)}`);
			continue;
		}
		await save(store, recording, anchor.sha);
		kept++;
		const without = [...failed.length > 0 ? [`${failed.join(", ")}, which failed`] : [], ...leftOut.length > 0 ? [`${leftOut.join(", ")}, which the anchor does not have`] : []];
		say(`stored${without.length === 0 ? "" : `, without ${without.join(", and ")}`}`);
	}
	if (kept === 0 && left.length > 0 && left.length === points.length) {
		const problem = `0 of ${plural(left.length, "commit", "commits")} could be measured`;
		throw new GateError(problem, "See above why, and correct `setup` or name others", {}, "measure");
	}
	terminal.err(`${store.place}: ${plural(kept, "commit", "commits")} added. \`benchgate trend\` shows them as the gate ${BACKFILLED}; no check is ever judged by them.`);
	return 0;
}
async function anchorFor(store, git, named) {
	if (named !== null) return namedBase(git, named);
	const runs = [...new Set((await store.list()).filter(({ gate }) => gate === BACKFILLED).map(({ run }) => run))];
	if (runs.length > 1) throw new GateError(`There are backfills with ${runs.length} anchors`, `Name one: ${runs.map((run) => `--anchor ${run.slice(0, 12)}`).join(", ")}`);
	return namedBase(git, runs[0] ?? "HEAD");
}
async function measured$1({ ports, interrupt, terminal }, { suites, setup, rounds, timeBudget }, anchor, revision) {
	const { recordings, interrupted } = await measureRevisions(ports, {
		suites,
		candidate: revision,
		revision: anchor,
		definitions: ports.host.cwd,
		setup,
		...newSession(ports),
		rounds,
		...timeBudget === null ? {
			timeBudget: 600,
			reserved: 6
		} : { timeBudget },
		signal: interrupt.signal
	});
	if (interrupted || interrupt.signal.aborted) {
		terminal.err("benchgate: interrupted; the same command goes on where it was");
		throw new GateError("interrupted", "The same command goes on where it was", {}, "measure");
	}
	return {
		baseline: recordings.baseline,
		candidate: recordings.candidate
	};
}
async function loaded(store, entry) {
	const found = await loadOne(store, entry);
	if (!("unreadable" in found)) return found;
	throw new GateError(`the anchor cannot be read: ${found.unreadable}`, "Remove its entries from the store, or name another one with `--anchor`", { file: entry.path });
}
function withoutFailed(recording) {
	const failures = failuresOf(recording);
	const names = new Set(failures.map(({ suite, benchmark }) => keyOf(suite, benchmark)));
	return {
		whole: keepOnly(recording, (suite, benchmark) => !names.has(keyOf(suite, benchmark)) && !names.has(keyOf(suite, "*"))),
		failed: failures.map(({ suite, benchmark }) => `${suite}/${benchmark}`)
	};
}
function isEmpty({ rounds }) {
	return rounds.every(({ measurements }) => measurements.length === 0);
}
function refuseBroken({ sha }, recording) {
	const [failure] = failuresOf(recording);
	if (failure === void 0) return;
	throw new GateError(`the anchor ${sha.slice(0, 12)} cannot be measured: ${reasonLine(failure)}`, "Name another one with `--anchor`, or correct `setup`", {}, "measure");
}
async function save(store, recording, anchor) {
	refuseUnstored(await store.save(recording, backfillRun(anchor)), "The same command goes on where it was");
}
// src/baseline/table.ts
const STATISTICS = [
	"p50",
	"p75",
	"p90",
	"p95",
	"p99",
	"p99.9",
	"mean",
	"min",
	"max"
];
const COLUMNS$1 = [
	{
		name: "sha",
		type: "text"
	},
	{
		name: "committed_at",
		type: "time"
	},
	{
		name: "gate",
		type: "text"
	},
	{
		name: "machine",
		type: "text"
	},
	{
		name: "run",
		type: "text"
	},
	{
		name: "attempt",
		type: "text"
	},
	{
		name: "copy",
		type: "whole"
	},
	{
		name: "round",
		type: "whole"
	},
	{
		name: "started_at",
		type: "time"
	},
	{
		name: "suite",
		type: "text"
	},
	{
		name: "benchmark",
		type: "text"
	},
	{
		name: "metric",
		type: "text"
	},
	{
		name: "unit",
		type: "text"
	},
	{
		name: "better",
		type: "text"
	},
	{
		name: "samples",
		type: "number"
	},
	...STATISTICS.map((name) => ({
		name,
		type: "number"
	}))
];
function rowsOf({ entry, recording }) {
	const { sha, gate, fingerprint, run, attempt, copy } = entry;
	const about = [
		sha,
		recording.revision.committedAt,
		gate,
		fingerprint,
		run,
		attempt,
		copy
	];
	return recording.rounds.flatMap(({ startedAt, measurements }, round) => measurements.map(({ suite, benchmark, metric, unit, better, distribution }) => [...[
		...about,
		round,
		startedAt,
		suite,
		benchmark,
		metric,
		unit,
		better,
		sampleCount(distribution)
	], ...STATISTICS.map((statistic) => evaluate(distribution, statistic, null))]));
}
// src/baseline/csv.ts
const CSV_HEAD = COLUMNS$1.map(({ name }) => name).join(",");
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r]/;
function csvLine(row) {
	return row.map(field).join(",");
}
function field(value) {
	if (typeof value !== "string") return String(value ?? "");
	const text = FORMULA.test(value) ? `'${value}` : value;
	return /[",;\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text;
}
// src/cli/baseline-export.ts
const AT_ONCE = 20;
const WHOLE$1 = 1e6;
const EXPORT_FLAGS = {
	csv: {
		type: SWITCH,
		about: "For export: as CSV, one line for each round, benchmark and metric."
	},
	parquet: {
		type: SWITCH,
		about: "For export: the same as Apache Parquet, one row group for twenty runs."
	}
};
async function exportTable({ store, entries: list, given }, file, world) {
	const { ports, terminal } = world;
	if (given.csv === given.parquet) throw new GateError("export writes one form", "Give `--csv` or `--parquet`");
	if (given.parquet && file === void 0 && terminal.colour) throw new GateError("Parquet is nothing for a terminal", "Name a file: `baseline export --parquet FILE`");
	const entries = await list();
	const pieces = tableOf$1(store, entries, world);
	const bytes = given.parquet ? (await import("./parquet.js")).parquet(COLUMNS$1, pieces) : csvBytes(pieces);
	if (file !== void 0) await ports.files.write(file, bytes);
	else for await (const piece of bytes) terminal.bytes(piece);
	terminal.err(`${store.place}: ${plural(entries.length, "recording", "recordings")}`);
	return 0;
}
async function* tableOf$1(store, entries, { ports, terminal }) {
	const sorted = describeEntries(entries, await ancestorsOfHead(ports.git, WHOLE$1));
	for (const some of inPieces(sorted, AT_ONCE)) {
		const { recordings, warnings } = await store.load(some);
		yield recordings.flatMap(rowsOf);
		for (const each of warnings) if (each.code === "unreadable-baseline") terminal.err(`left out: ${each.entry}: ${each.reason}`);
	}
}
async function* csvBytes(pieces) {
	const encoder = new TextEncoder();
	yield encoder.encode(`${CSV_HEAD}\n`);
	for await (const rows of pieces) yield encoder.encode(rows.map((row) => `${csvLine(row)}\n`).join(""));
}
// src/adapters/history/asv.ts
function readAsvRun(path, text, definitions) {
	const output = outputOf(text);
	const { measurements } = placed({ file: path }, () => readAsvOutput(output, definitions));
	const root = output.json();
	const [sha, date] = isObject(root) ? [field$1(root, "commit_hash"), field$1(root, "date")] : [];
	if (typeof sha !== "string" || !/^[0-9a-f]{40}$/.test(sha)) throw new GateError("it names no whole commit", "asv writes it as `commit_hash`", { file: path });
	if (measurements.length === 0) throw new GateError("it holds no result", "Everything in it failed", { file: path });
	const committed = typeof date === "number" ? new Date(date) : new Date(NaN);
	const committedAt = Number.isNaN(committed.getTime()) ? "" : committed.toISOString();
	return {
		suite: "asv",
		sha,
		committedAt,
		measuredAt: committedAt,
		measurements,
		machine: machineOf$1(root, path)
	};
}
function machineOf$1(root, path) {
	const params = isObject(root) ? field$1(root, "params") : void 0;
	const fact = (name) => {
		const value = isObject(params) ? field$1(params, name) : void 0;
		return typeof value === "string" && value !== "" ? value.slice(0, 200) : "unknown";
	};
	const environment = isObject(root) ? field$1(root, "env_name") : void 0;
	const folder = path.split("/").at(-2) ?? "unknown";
	const machine = fact("machine") === "unknown" ? folder : fact("machine");
	const runtime = typeof environment === "string" ? environment.slice(0, 200) : `python ${fact("python")}`;
	const cores = Number(fact("num_cpu"));
	return {
		os: fact("os"),
		arch: fact("arch"),
		cpu: [
			fact("cpu"),
			machine,
			runtime,
			"imported from asv"
		].filter((each) => each !== "unknown").join(", "),
		cores: Number.isInteger(cores) && cores > 0 && cores < 1e6 ? cores : 0,
		runtime
	};
}
// src/adapters/history/bencher.ts
function readBencher(text) {
	const root = readObject(jsonOf(outputOf(text)), "");
	const lines = readArray(field$1(root, "results"), "results");
	const runs = new Map();
	let leftOut = 0;
	for (const [i, value] of lines.entries()) {
		const path = at("results", i);
		const line = readObject(value, path);
		const [branch, testbed, benchmark] = [
			"branch",
			"testbed",
			"benchmark"
		].map((key) => nameIn(line, key, path));
		const measure = readObject(field$1(line, "measure"), at(path, "measure"));
		const slug = readName(field$1(measure, "slug") ?? field$1(measure, "name"), at(at(path, "measure"), "slug"));
		const points = at(path, "metrics");
		for (const [k, each] of readArray(field$1(line, "metrics"), points).entries()) {
			const point = readObject(each, at(points, k));
			const version = field$1(point, "version");
			const sha = isObject(version) ? field$1(version, "hash") : void 0;
			const number = numberOf(point, at(points, k));
			if (typeof sha !== "string" || !/^[0-9a-f]{40}$/.test(sha) || number === null) {
				leftOut++;
				continue;
			}
			const measuredAt = instantOf$1(field$1(point, "start_time"), at(at(points, k), "start_time"));
			const key = JSON.stringify([
				branch,
				testbed,
				sha,
				measuredAt,
				field$1(point, "report"),
				field$1(point, "iteration")
			]);
			const own = runs.get(key) ?? {
				run: {
					suite: "bencher",
					sha,
					committedAt: measuredAt,
					measuredAt,
					measurements: [],
					machine: machineOf(testbed)
				},
				found: new Map()
			};
			runs.set(key, own);
			const subject = JSON.stringify([benchmark, slug]);
			if (!own.found.has(subject)) own.found.set(subject, measured(benchmark, slug, number));
		}
	}
	return {
		runs: [...runs.values()].map(({ run, found }) => ({
			...run,
			measurements: [...found.values()]
		})),
		leftOut
	};
}
function isBencher(text) {
	const root = outputOf(text).json();
	const results = isObject(root) ? field$1(root, "results") : void 0;
	return Array.isArray(results) && results.every((line) => isObject(line) && isObject(field$1(line, "measure")));
}
function numberOf(point, path) {
	const metric = field$1(point, "metric");
	if (isObject(metric)) return readNumber(field$1(metric, "value"), at(at(path, "metric"), "value"));
	const all = field$1(point, "metrics");
	const named = isObject(all) ? field$1(all, "value") : void 0;
	return isObject(named) ? readNumber(field$1(named, "value"), at(at(path, "metrics"), "value")) : null;
}
function measured(benchmark, measure, value) {
	const [round] = bmf.parse(outputOf(JSON.stringify({ [benchmark]: { [measure]: { value } } })));
	return round.measurements[0];
}
function nameIn(line, key, path) {
	return readName(field$1(readObject(field$1(line, key), at(path, key)), "name"), at(at(path, key), "name"));
}
function machineOf(testbed) {
	const unknown = "unknown";
	return {
		os: unknown,
		arch: unknown,
		cpu: `${testbed.slice(0, 200)}, imported from Bencher`,
		cores: 0,
		runtime: unknown
	};
}
function instantOf$1(value, path) {
	const instant = new Date(readString(value, path));
	if (!Number.isNaN(instant.getTime())) return instant.toISOString();
	throw new GateError("it is not a point in time", "ISO 8601 is expected", { path });
}
// src/adapters/history/github-action-benchmark.ts
const BIGGER_IS_BETTER = [
	"benchmarkjs",
	"pytest",
	"customBiggerIsBetter"
];
const OPENING = /^\uFEFF?\s*window\.BENCHMARK_DATA\s*=\s*/;
function readGithubActionBenchmark(text) {
	if (!OPENING.test(text)) throw new GateError("this is not a data.js of github-action-benchmark", "It begins with `window.BENCHMARK_DATA = {`");
	const entries = readObject(field$1(readObject(jsonIn(text), ""), "entries"), "entries");
	const runs = [];
	let leftOut = 0;
	for (const [suite, list] of Object.entries(entries)) {
		const path = at("entries", suite);
		for (const [index, each] of readArray(list, path).entries()) {
			const run = readRun(suite === "" ? "benchmark" : suite, each, at(path, index));
			if (run === null) leftOut++;
			else runs.push(run);
		}
	}
	return {
		runs,
		leftOut
	};
}
function jsonIn(text) {
	try {
		return JSON.parse(text.replace(OPENING, "").replace(/;?\s*$/, ""));
	} catch (error) {
		throw new GateError(`what follows \`window.BENCHMARK_DATA =\` is not JSON: ${error.message}`, "Fetch the file again");
	}
}
function readRun(suite, value, path) {
	const entry = readObject(value, path);
	const commit = readObject(field$1(entry, "commit"), at(path, "commit"));
	const sha = field$1(commit, "id");
	if (typeof sha !== "string" || !/^[0-9a-f]{40}$/.test(sha)) return null;
	const measuredAt = instantOf(readNumber(field$1(entry, "date"), at(path, "date")), at(path, "date"));
	const timestamp = field$1(commit, "timestamp");
	const committed = typeof timestamp === "string" ? Date.parse(timestamp) : NaN;
	const tool = readString(field$1(entry, "tool"), at(path, "tool"));
	const usual = BIGGER_IS_BETTER.includes(tool) ? "higher" : "lower";
	const seen = new Map();
	for (const [index, bench] of readArray(field$1(entry, "benches"), at(path, "benches")).entries()) {
		const read = readBench(bench, usual, at(at(path, "benches"), index));
		const key = `${read.metric} ${read.benchmark}`;
		if (!seen.has(key)) seen.set(key, read);
	}
	if (seen.size === 0) return null;
	return {
		suite,
		sha,
		committedAt: Number.isNaN(committed) ? measuredAt : instantOf(committed, path),
		measuredAt,
		measurements: [...seen.values()]
	};
}
function readBench(value, usual, path) {
	const bench = readObject(value, path);
	const benchmark = readName(field$1(bench, "name"), at(path, "name"));
	const number = readNumber(field$1(bench, "value"), at(path, "value"));
	const unit = placed({ path: at(path, "unit") }, () => readString(field$1(bench, "unit"), "")).split("	")[0].trim();
	const known = readUnit(unit);
	const distribution = {
		kind: "value",
		value: number * (known?.scale ?? 1),
		exact: false
	};
	if (known?.metric == null) return {
		benchmark,
		metric: unit || "value",
		unit: unit || "1",
		better: usual,
		distribution
	};
	return {
		benchmark,
		metric: known.metric,
		unit: known.unit,
		better: known.better ?? usual,
		distribution
	};
}
function instantOf(milliseconds, path) {
	const instant = new Date(milliseconds);
	if (!Number.isNaN(instant.getTime())) return instant.toISOString();
	throw new GateError("it is not a point in time", "Milliseconds since 1970 are expected", { path });
}
// src/baseline/imported.ts
const IMPORTED = "imported";
function asRecordings(runs, from) {
	const unknown = {
		os: "unknown",
		arch: "unknown",
		cpu: `unknown, imported from ${from}`,
		cores: 0,
		runtime: "unknown"
	};
	const groups = new Map();
	for (const run of runs) {
		const key = keyOf(run.sha, fingerprint(run.machine ?? unknown));
		const group = groups.get(key);
		if (group === void 0) groups.set(key, [run]);
		else group.push(run);
	}
	return [...groups.values()].map((all) => ({
		run: {
			run: IMPORTED,
			attempt: "1",
			gate: IMPORTED
		},
		recording: {
			revision: {
				sha: all[0].sha,
				ref: "",
				committedAt: all[0].committedAt
			},
			environment: all[0].machine ?? unknown,
			rounds: all.map(({ suite, measuredAt, measurements }, pair) => ({
				session: IMPORTED,
				pair,
				startedAt: measuredAt,
				measurements: measurements.map((each) => ({
					suite,
					...each
				})),
				failures: []
			}))
		}
	}));
}
// src/cli/baseline-import.ts
const ASV_AT_ONCE = 200;
async function importHistory(store, file, world) {
	const { ports, terminal } = world;
	if (file === void 0) throw new GateError("import needs a file", "Name github-action-benchmark's: `git show origin/gh-pages:dev/bench/data.js > data.js`, then `benchgate baseline import data.js`; or asv's folder: `benchgate baseline import .asv/results`");
	const root = file.replace(/[\\/]+$/, "");
	const folder = await ports.files.listFolder(root, ASV_FILES);
	if (folder !== null) return importAsv(store, {
		file: root,
		paths: folder.map(({ path }) => path)
	}, world);
	const text = await ports.files.readText(file);
	const bencher = isBencher(text);
	const { runs, leftOut } = placed({ file }, () => bencher ? readBencher(text) : readGithubActionBenchmark(text));
	if (runs.length === 0 && leftOut > 0) throw new GateError(`nothing could be imported: ${plural(leftOut, "run", "runs")} without a whole commit, or with nothing in it`, "A run needs the whole hash of its commit, 40 digits", { file });
	const all = asRecordings(runs, bencher ? "Bencher" : "github-action-benchmark");
	refuseUnstored(await store.saveAll(all), "Nothing was imported");
	const commits = new Set(runs.map(({ sha }) => sha)).size;
	terminal.err(`${store.place}: ${plural(runs.length, "run", "runs")} of ${plural(commits, "commit", "commits")} imported${leftOut === 0 ? "" : `, ${leftOut} left out that name no whole commit or hold nothing`}. \`benchgate trend\` shows them. They hold one number a benchmark, no samples, and no check is ever judged by them.`);
	return 0;
}
const MOST_NAMED = 10;
async function importAsv(store, { file, paths }, { ports, terminal }) {
	const { results, definitions } = asvFiles(paths);
	if (results.length === 0) throw new GateError("this folder holds no results of asv", "Name asv's: `.asv/results`", { file });
	const at = (path) => `${file}/${path}`;
	const units = definitions === null ? new Map() : readAsvUnits(at(definitions), await ports.files.readText(at(definitions)));
	let [taken, leftOut] = [0, 0];
	for (const some of inPieces(results, ASV_AT_ONCE)) {
		const runs = [];
		for (const path of some) try {
			runs.push(readAsvRun(path, await ports.files.readText(at(path)), units));
		} catch (error) {
			if (!(error instanceof GateError)) throw error;
			if (leftOut++ < MOST_NAMED) terminal.err(`left out: ${path}: ${error.problem}`);
		}
		refuseUnstored(await store.saveAll(asRecordings(runs, "asv")), `${plural(taken, "run was", "runs were")} imported; the same command goes on`);
		taken += runs.length;
	}
	if (taken === 0) {
		const problem = `nothing could be imported: ${plural(leftOut, "file", "files")} cannot be read`;
		throw new GateError(problem, "See above what each of them lacks", { file });
	}
	terminal.err(`${store.place}: ${plural(taken, "run", "runs")} imported${leftOut === 0 ? "" : `, ${leftOut} left out that cannot be read`}. \`benchgate trend\` shows them, and no check is ever judged by them.`);
	return 0;
}
// src/cli/flags.ts
function parseFlags(argv, table) {
	const options = {};
	for (const [name, { type, short }] of Object.entries(table)) options[name] = {
		type: type.form === "switch" ? "boolean" : "string",
		multiple: type.form === "list",
		...short !== void 0 && { short }
	};
	const { values, positionals } = split(argv, options, table);
	const empty = Object.keys(values).find((name) => [values[name]].flat().includes(""));
	if (empty !== void 0) throw new GateError(`--${empty} has an empty value`, `Write ${usageOf(empty, table)}, or leave it out`);
	const written = (name) => [values[name] ?? []].flat().map(String);
	return {
		given: readSettings(table, written, (name) => `--${name}`),
		written,
		operands: positionals
	};
}
function split(argv, options, table) {
	const config = {
		args: [...argv],
		options,
		allowPositionals: true
	};
	try {
		return parseArgs({
			...config,
			strict: true
		});
	} catch (error) {
		const { code = "", message } = error;
		if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") throw unknownFlag(config);
		if (!code.startsWith("ERR_PARSE_ARGS_")) throw error;
		const joined = withDashes(argv, options);
		if (joined.length < argv.length) return split(joined, options, table);
		throw wrongValue(message, table);
	}
}
function wrongValue(message, table) {
	const name = /--([^\s'<=]+)/.exec(message)?.[1] ?? "";
	return table[name]?.type.form === "switch" ? new GateError(`--${name} takes no value`, `Write --${name} alone`) : new GateError(`--${name} needs a value`, `Write ${usageOf(name, table)}`);
}
function usageOf(name, table) {
	return `--${name} ${table[name]?.value ?? "VALUE"}`;
}
function withDashes(argv, options) {
	const words = [];
	for (const word of argv) {
		const last = words.at(-1) ?? "";
		if (last.startsWith("--") && options[last.slice(2)]?.type === "string" && /^-\.?\d/.test(word)) words[words.length - 1] = `${last}=${word}`;
		else words.push(word);
	}
	return words;
}
function unknownFlag(config) {
	const { tokens } = parseArgs({
		...config,
		allowPositionals: true,
		strict: false,
		tokens: true
	});
	const { name, rawName } = tokens.flatMap((token) => token.kind === "option" ? [token] : []).find((flag) => !Object.hasOwn(config.options, flag.name));
	const known = Object.keys(config.options);
	const near = nearest(name, known);
	return new GateError(`There is no flag ${rawName}`, near === null ? `The flags are ${known.map((each) => `--${each}`).join(", ")}.` : `Did you mean --${near}?`);
}
// src/cli/command.ts
function command(definition) {
	const { name, usage, summary, flags: table, operands, run } = definition;
	return {
		name,
		usage,
		summary,
		flags: table,
		async run(argv, world) {
			const flags = parseFlags(argv, table);
			const surplus = flags.operands[operands];
			if (surplus === void 0) return run(flags, world).catch(async (error) => {
				const { config = null } = flags.given;
				throw await atSuite(error, world.ports.files, typeof config === "string" ? config : null);
			});
			throw new GateError(`${name} does not know what to do with ${surplus}`, `Usage: benchgate ${name} ${usage}`.trim());
		}
	};
}
// src/cli/baseline.ts
const WHOLE = 1e6;
const DEPTH$2 = 1e3;
const baseline = command({
	name: "baseline",
	usage: "list | show ENTRY | export --csv|--parquet [FILE] | import FILE | prune --keep WHAT | migrate | backfill [FROM]",
	summary: "what is stored: all entries, or one recording by its path or commit; export prints the numbers of all; import takes over what github-action-benchmark kept in `data.js`, asv in `.asv/results` or Bencher in a perf query, for the history alone; prune removes old ones; migrate moves a branch to a ref that clones do not carry; backfill measures tags, or every n-th commit, in turns with one anchor",
	flags: {
		...STORE_FLAGS,
		...EXPORT_FLAGS,
		keep: {
			type: one(keepOf),
			value: "WHAT",
			about: "For prune: the newest runs of each gate and machine, by their number (`100`), or those of the last days (`180d`). The newest twenty always stay."
		},
		yes: {
			type: SWITCH,
			about: "For prune: removes them. Without it, they are only listed."
		},
		"keep-branch": {
			type: SWITCH,
			about: "For migrate: leaves the branch where it is."
		},
		...BACKFILL_FLAGS
	},
	operands: 2,
	async run({ given, operands }, world) {
		const [action = "list", ...rest] = operands;
		const does = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : void 0;
		if (does === void 0) {
			const near = nearest(action, Object.keys(ACTIONS));
			throw new GateError(`baseline cannot ${action}`, near === null ? "It can list, show, export, import, prune, migrate and backfill." : `Did you mean ${near}?`);
		}
		const store = storeOf(action === "migrate" ? {
			...given,
			"baseline-branch": null
		} : given, world.ports);
		const entries = () => entriesIn(store, given.gate);
		return does({
			store,
			entries,
			given
		}, rest, world);
	}
});
const ACTIONS = {
	async list({ store, entries: list }, _, { ports, terminal }) {
		const entries = await list();
		for (const { path, behind } of describeEntries(entries, await ancestorsOfHead(ports.git, DEPTH$2))) terminal.out(`${path}  ${behind === null ? "not an ancestor of HEAD" : behind === 0 ? "HEAD" : `HEAD~${behind}`}`);
		terminal.err(`${store.place}: ${plural(entries.length, "recording", "recordings")}`);
		if (entries.length === 0) terminal.err(await nothingWords(store));
		return 0;
	},
	async show({ store, entries }, [wanted], { terminal }) {
		if (wanted === void 0) throw new GateError("baseline show needs an entry", "Name its path or its commit: `benchgate baseline list` prints them.");
		const found = (await entries()).filter(({ path, sha }) => path === wanted || sha.startsWith(wanted));
		const [entry, ...others] = found;
		if (entry === void 0) throw new GateError(`Nothing is stored under ${JSON.stringify(wanted)}`, "`benchgate baseline list` prints what is.");
		if (others.length > 0) throw new GateError(`${found.length} entries fit ${JSON.stringify(wanted)}`, `Name one by its path: ${found.map(({ path }) => path).join(", ")}.`);
		const recording = await loadOne(store, entry);
		if ("unreadable" in recording) throw new GateError(recording.unreadable, "Remove the entry from the store", { file: entry.path });
		terminal.out(encodeRecording(recording));
		return 0;
	},
	export: (stored, [file], world) => exportTable(stored, file, world),
	import: ({ store }, [file], world) => importHistory(store, file, world),
	async prune({ store, entries: list, given: { keep, yes } }, _, { ports, terminal }) {
		if (keep === null) throw new GateError("prune needs to know what stays", "Give `--keep 100`, which is a number of runs, or `--keep 180d`, which is days");
		const entries = await list();
		const ancestors = await ancestorsOfHead(ports.git, WHOLE);
		const { dropped, kept, strays } = await pruning(ports.git, entries, ancestors, keep, ports.clock.now());
		const moved = yes ? await store.remove(dropped) : 0;
		for (const { path } of dropped) terminal.out(path);
		terminal.err(`${store.place}: ${yes ? "removed" : "would remove"} ${dropped.length} of ${entries.length} recordings; ${kept} stay${strays === 0 ? "" : `, ${strays} of them of commits that HEAD does not descend from`}.${moved === 0 ? "" : ` Moved ${moved} to where new ones are stored.`}${yes || dropped.length === 0 ? "" : " Add --yes to remove them."}`);
		return 0;
	},
	backfill: (stored, [from], world) => backfill(stored, from, world),
	async migrate({ given }, _, { ports, terminal }) {
		const branch = given["baseline-branch"] ?? "benchgate-baseline";
		const ref = given["baseline-ref"] ?? "refs/benchgate/baselines";
		const { entries, removed } = await migrate(ports, {
			branch,
			ref,
			keep: given["keep-branch"]
		});
		terminal.err(`ref ${ref}: ${plural(entries, "recording", "recordings")}, moved from branch ${branch}. Write \`baseline-store: ref\` in the workflow${ref === "refs/benchgate/baselines" ? "" : `, and \`baseline-ref: ${ref}\``}.`);
		if (removed !== null && removed !== "kept") terminal.err(`Branch ${branch} is still there: ${removed}`);
		if (removed === "kept") terminal.err(`Branch ${branch} is still there, and clones go on carrying it.`);
		return 0;
	}
};
// src/config/only.ts
function patternsOf(asked, suites, position) {
	const [suite = "", ...rest] = asked.split("/");
	const behind = rest.join("/");
	if (suite === "*" && rest.length > 0) return [asked, `* / ${behind}`];
	if (rest.length > 0 && suite.includes("*")) return [asked];
	if (suites.some((name) => matches(suite, name))) return [rest.length > 0 ? asked : `${asked}/*`];
	const near = nearest(suite, suites);
	const meant = near === null ? "" : `Did you mean "${[near, ...rest].join("/")}"? `;
	const list = near === null ? `${suites.length === 1 ? "The only suite is" : "The suites are"} ${suites.join(", ")}; for` : "For";
	throw new GateError(`${quote(asked)} names a suite that is not there`, `${meant}${list} a benchmark of that name in any suite write "*/${asked}"`, position);
}
// src/report/words/bisect.ts
function rowWords({ suite, benchmark, metric, statistic }) {
	return `${suite} / ${benchmark} ${metric} ${statistic}`;
}
function changeWords({ better, unit }, { mean, lower, upper }) {
	const ratio = (log) => Math.exp(worse(better) * log);
	const [from, to] = [ratio(lower), ratio(upper)].sort((a, b) => a - b);
	const interval = changeInterval({
		lower: from,
		upper: to
	}, ratio(mean));
	return lower === upper ? change(ratio(mean), wordsFor(unit)) : `${change(ratio(mean), wordsFor(unit))} ${interval}`;
}
function commitWords({ sha, subject }) {
	return `${sha.slice(0, 12)}  ${subject}`;
}
const NAMED$2 = 10;
function bisectWords({ row, line, finding }) {
	const { after, until, change, whole, stop, between, rest, unbuilt, gates } = finding;
	const commit = (at) => line[at];
	return [
		`${rowWords(row)}: ${changeWords(row, whole)} from ${short(commit(0))} to ${short(line.at(-1))}, ${plural(line.length - 1, "commit", "commits")}`,
		"",
		...stop === null ? [
			"The change is in",
			`  ${commitWords(commit(until))}`,
			`  ${changeWords(row, change)} against the commit before it`
		] : [
			`It is not known which commit changed it. ${WHY[stop]}`,
			...until - after === 1 ? [] : [`The change lies after ${short(commit(after))}, in one of ${plural(until - after, "commit", "commits")}:`],
			...listed(line.slice(after + 1, until + 1)),
			...change === null ? [] : [`All of them together: ${changeWords(row, change)}`]
		],
		...several(finding, line),
		...unbuilt.length === 0 || stop === "unbuilt" ? [] : [`Not measured, since they do not build or run: ${unbuilt.map((at) => short(commit(at))).join(", ")}.`],
		"",
		`${plural(gates, "gate", "gates")} side by side. All intervals hold at once with 95 %${stop === null && !rest && between.length === 0 ? ", and with them the answer" : ""}.`
	].join("\n");
}
const WHY = {
	unbuilt: "The commits between do not build, or what they run fails.",
	noise: "The level of the commit in the middle cannot be distinguished from either end's: measure on a quieter machine, or with more `--rounds`.",
	contradiction: "Next to each other, the last two do not differ as they do from the first one: what was measured does not agree with itself."
};
function several({ after, until, between, rest }, line) {
	if (between.length === 0 && !rest) return [];
	const levels = between.length > 1 ? " Several levels lie between: it may be a drift, or many small changes." : "";
	const words = [[0, after], [until, line.length - 1]].filter(([from, to]) => from < to).map(([from, to]) => `\`benchgate bisect ${short(line[from])} ${short(line[to])}\``);
	return [`More than one commit has changed it: this is not all.${levels}${words.length === 0 ? "" : ` For the rest: ${words.join(", ")}.`}`];
}
function listed(commits) {
	const rest = commits.length - NAMED$2;
	return [...commits.slice(0, NAMED$2).map((each) => `  ${commitWords(each)}`), ...rest > 0 ? [`  … and ${rest} more`] : []];
}
function short({ sha }) {
	return sha.slice(0, 12);
}
// src/judge/bisect/changes.ts
function changesBetween(baseline, candidate, { budgets, looks, level, row }) {
	const rows = inForce(lineUp([baseline], candidate, budgets).subjects).filter((subject) => subject.baseline.length > 0 && subject.candidate.length > 0).flatMap((subject) => rowsOf$1(subject, looks)).filter(isTold);
	const circumstances = {
		mode: "side-by-side",
		looks,
		prior: priorsOf(rows)
	};
	const trials = rows.filter((each) => row === void 0 || rowKey(nameOf(each)) === row).flatMap((each) => trialOf(each, circumstances) ?? []).filter(({ barred, severity }) => !barred && severity === "gate");
	const each = 1 - (1 - level) / Math.max(1, trials.length);
	return trials.flatMap((trial) => {
		const { contrast } = trial;
		const { better } = trial.subject.measurement;
		if (contrast.design === "impossible") return [];
		const named = {
			...nameOf(trial),
			matters: FAMILY_SHARE * boundsOf(trial, contrast.baseline).worse
		};
		if (contrast.design === "exact") {
			const { baseline: before, candidate: after } = contrast;
			const mean = before === after ? 0 : worse(better) * Math.log(after / before);
			return Number.isFinite(mean) ? [{
				...named,
				mean,
				lower: mean,
				upper: mean
			}] : [];
		}
		const { plan, first, estimates } = contrast.looks;
		const { lower, upper } = repeatedInterval(plan, first + estimates.length - 1, contrast.estimate, each);
		return [{
			...named,
			mean: contrast.estimate.mean,
			lower,
			upper
		}];
	});
}
function nameOf({ subject, budget }) {
	const { suite, benchmark } = subject;
	const { metric, unit, better } = subject.measurement;
	return {
		suite,
		benchmark,
		metric,
		statistic: budget.statistic,
		unit,
		better
	};
}
function rowKey({ suite, benchmark, metric, statistic, unit }) {
	return keyOf(suite, benchmark, metric, statistic, unit);
}
function isPlain({ mean, lower, upper, matters }) {
	const [near, size] = mean > 0 ? [lower, mean] : [-upper, -mean];
	return near > Math.max(size / 2, matters);
}
function followed(changes) {
	const plain = changes.filter(isPlain).sort((a, b) => b.mean - a.mean);
	const [first] = plain;
	if (first === void 0) return null;
	return first.mean > 0 ? first : plain.at(-1);
}
// src/judge/bisect/search.ts
const ERROR = .05;
const MOST_TRIES$1 = 3;
function mostGates(commits) {
	return Math.floor(1.5 * Math.log2(commits) + 3);
}
function levelOf(commits) {
	return 1 - ERROR / mostGates(commits);
}
function startSearch(commits, whole, gates = 1) {
	return {
		commits,
		whole,
		low: {
			at: 0,
			mean: 0,
			lower: 0,
			upper: 0
		},
		high: {
			at: commits,
			...whole
		},
		between: [],
		unbuilt: [],
		gates,
		tries: 0,
		own: null,
		stuck: false
	};
}
function stepOf(search) {
	const { low, high, own, stuck } = search;
	if (stuck) return {
		kind: "done",
		finding: findingOf(search, "noise", null)
	};
	const at = nextOf(search);
	if (at !== null) return {
		kind: "measure",
		at,
		from: 0
	};
	const neighbours = high.at - low.at === 1;
	const change = low.at === 0 ? high : own;
	if (change === null) return {
		kind: "measure",
		at: high.at,
		from: low.at
	};
	const expected = Math.sign(high.mean - low.mean);
	return {
		kind: "done",
		finding: findingOf(search, (expected * (expected > 0 ? change.lower : change.upper) <= 0 ? "contradiction" : null) ?? (neighbours ? null : "unbuilt"), change)
	};
}
function answered(search, { at, from }, answer) {
	if (answer.kind === "unbuilt") return {
		...search,
		unbuilt: [...search.unbuilt, at],
		tries: 0
	};
	const { change } = answer;
	const counted = {
		...search,
		gates: search.gates + 1
	};
	if (from !== 0) return {
		...counted,
		own: change
	};
	const place = placeOf$1(search, change);
	const here = {
		at,
		...change
	};
	if (place === "open") {
		const tries = search.tries + 1;
		return {
			...counted,
			tries,
			stuck: tries >= MOST_TRIES$1 || spare(counted) < 1
		};
	}
	const between = place === "apart" ? [...search.between, at] : search.between;
	const bad = place === "high" || place === "apart" && isFartherFrom(search, change);
	return {
		...counted,
		...bad ? { high: here } : { low: here },
		between,
		tries: 0
	};
}
function placeOf$1({ low, high }, change) {
	const rises = high.mean >= low.mean;
	const [bottom, top] = rises ? [low, high] : [high, low];
	if (change.lower > bottom.upper && change.upper < top.lower || change.lower > top.upper || change.upper < bottom.lower) return "apart";
	const middle = (low.mean + high.mean) / 2;
	if (change.lower > middle) return rises ? "high" : "low";
	if (change.upper < middle) return rises ? "low" : "high";
	return "open";
}
function isFartherFrom({ low, high }, { mean }) {
	return Math.abs(mean - low.mean) > Math.abs(high.mean - mean);
}
function spare({ commits, gates, low, high }) {
	return mostGates(commits) - gates - Math.ceil(Math.log2(high.at - low.at)) - 1;
}
function nextOf({ low, high, unbuilt }) {
	const middle = (low.at + high.at) / 2;
	const inside = Array.from({ length: high.at - low.at - 1 }, (_, index) => low.at + 1 + index);
	const left = inside.filter((at) => !unbuilt.includes(at));
	if (left.length === 0) return null;
	return left.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle) || a - b)[Math.min(2 ** (inside.length - left.length) - 1, left.length - 1)];
}
function findingOf(search, stop, change) {
	const { low, high, whole, between, unbuilt, gates } = search;
	const rest = change !== null && (change.upper < whole.lower || change.lower > whole.upper);
	const inside = unbuilt.filter((at) => stop !== "unbuilt" || at > low.at && at < high.at);
	return {
		after: low.at,
		until: high.at,
		change,
		whole,
		stop,
		between,
		rest,
		unbuilt: inside,
		gates
	};
}
// src/cli/bisection.ts
const MOST_TRIES = 3;
var Bisection = class {
	#world;
	#plan;
	#only;
	#line;
	#measured = new Map();
	constructor(world, plan, only, line) {
		this.#world = world;
		this.#plan = plan;
		this.#only = only;
		this.#line = line;
	}
	get #pairs() {
		return 2 * this.#plan.pairs;
	}
	get #commits() {
		return this.#line.length - 1;
	}
	async run() {
		const { row, gates } = await this.#ends();
		let search = startSearch(this.#commits, row, gates);
		for (;;) {
			const step = stepOf(search);
			if (step.kind === "done") return {
				row,
				finding: step.finding
			};
			search = answered(search, step, await this.#answer(search, row, step));
		}
	}
	async #ends() {
		const at = this.#commits;
		const all = new Map(this.#suites().map(({ name }) => [name, null]));
		for (let gates = 1; gates <= MOST_TRIES; gates++) {
			const recordings = await this.#gate({
				at,
				from: 0
			}, all, (changes) => followed(changes) !== null);
			for (const end of ["baseline", "candidate"]) {
				const reason = brokenIn$1(recordings[end]);
				if (reason === null) continue;
				throw new GateError(`${end === "baseline" ? "the good" : "the bad"} commit cannot be measured: ${reason}`, "Name another one, or correct `setup`", {}, "measure");
			}
			const changes = this.#changes(recordings);
			if (changes.length === 0) throw new GateError("the two commits have nothing in common that could be compared", "Both must have the benchmark, under one name and with enough samples");
			const row = followed(changes);
			if (row !== null) {
				this.#say(at, `${rowWords(row)}: ${changeWords(row, row)}`, gates);
				return {
					row,
					gates
				};
			}
			if (!changes.some(({ lower, upper, matters }) => Math.max(upper, -lower) > matters)) break;
		}
		throw new GateError(`Nothing has changed between the two commits by more than half of its threshold, as far as ${this.#pairs} pairs can tell`, "Name two commits further apart, narrow it with `--only`, or look for less with `--threshold 1%`");
	}
	async #answer(search, row, step) {
		const key = rowKey(row);
		const open = new Map([[row.suite, [row.benchmark]]]);
		const isTold = (changes) => changes.some((change) => step.from === 0 ? placeOf$1(search, change) !== "open" : isPlain(change));
		const recordings = await this.#gate(step, open, isTold, key);
		const [change] = this.#changes(recordings, key);
		if (change !== void 0) {
			this.#say(step.at, changeWords(row, change), search.gates + 1);
			return {
				kind: "measured",
				change
			};
		}
		const reason = brokenIn$1(recordings.baseline);
		if (reason !== null) throw new GateError(`${this.#line[step.from].sha.slice(0, 12)} could be measured before, and cannot now: ${reason}`, "Run it again", {}, "measure");
		this.#say(step.at, `left out: ${brokenIn$1(recordings.candidate) ?? `it has no ${rowWords(row)}`}`, search.gates);
		return { kind: "unbuilt" };
	}
	async #gate({ at, from }, open, isDone, row) {
		const { ports, interrupt } = this.#world;
		const { setup, timeBudget } = this.#plan;
		const pairs = this.#pairs;
		const before = this.#measured.get(`${from} ${at}`);
		const looks = before === void 0 ? looksOf(pairs) : [pairs];
		const { recordings, interrupted } = await measureRevisions(ports, {
			suites: this.#suites().filter(({ name }) => open.has(name)),
			candidate: this.#line[at],
			revision: this.#line[from],
			definitions: ports.host.cwd,
			setup,
			...newSession(ports),
			only: this.#only,
			open,
			rounds: pairs,
			looks: {
				at: looks,
				open: (soFar) => {
					const done = isDone(this.#changes(soFar, row));
					return {
						open: done ? new Map() : open,
						slower: 0,
						fine: done ? open.size : 0,
						of: open.size
					};
				}
			},
			...timeBudget === null ? {
				timeBudget: 600,
				reserved: looks[0]
			} : { timeBudget },
			signal: interrupt.signal
		});
		if (interrupted) throw new GateError("interrupted before the search was done", "Run it again", {}, "measure");
		const all = before === void 0 ? recordings : joined$2(before, recordings);
		this.#measured.set(`${from} ${at}`, all);
		return all;
	}
	#suites() {
		return suitesAsked(this.#plan.suites, this.#only);
	}
	#changes({ baseline, candidate }, row) {
		const { budgets } = this.#plan;
		return changesBetween(baseline, candidate, {
			budgets,
			looks: looksOf(this.#pairs),
			level: levelOf(this.#commits),
			...row !== void 0 && { row }
		});
	}
	#say(at, what, gates) {
		const most = mostGates(this.#commits);
		this.#world.terminal.err(`gate ${gates} of at most ${most}: ${commitWords(this.#line[at])}: ${what}`);
	}
};
function brokenIn$1(recording) {
	if (recording.rounds.some(({ measurements }) => measurements.length > 0)) return null;
	const [failure] = failuresOf(recording);
	return failure === void 0 ? null : reasonLine(failure);
}
function joined$2(before, after) {
	const side = (name) => ({
		...after[name],
		rounds: [...before[name].rounds, ...after[name].rounds]
	});
	return {
		baseline: side("baseline"),
		candidate: side("candidate")
	};
}
// src/cli/line.ts
async function lineOf$2(git, good, bad) {
	await refuseOutside(git);
	const [first, last] = [await namedBase(git, good), await namedBase(git, bad)];
	if (first.sha === last.sha) throw new GateError(`${good} and ${bad} are one commit`, "Name two");
	const line = await git.line(first.sha, last.sha);
	if (line !== null) return [{
		...first,
		subject: good
	}, ...line];
	if (await git.line(last.sha, first.sha) !== null) throw new GateError(`${bad} comes before ${good}`, `The good one comes first: \`benchgate bisect ${bad} ${good}\``);
	const { shallow } = await git.names();
	throw new GateError(`${good} is not on the line of first parents that leads to ${bad}`, shallow ? UNSHALLOW : `Name a commit that \`git log --first-parent ${bad}\` shows`);
}
const bisect = command({
	name: "bisect",
	usage: "GOOD BAD [--only PATTERN]",
	summary: "the commit between two that made a benchmark slower, or faster: gates side by side, half way each time, right in 95 of 100",
	flags: {
		only: {
			type: TEXT$1,
			value: "PATTERN",
			about: "The benchmarks to look at, written as `suite/benchmark`, with `*` for any characters. Without it, the one that has changed most is followed."
		},
		...PLAN_FLAGS
	},
	operands: 2,
	async run({ given, operands: [good, bad] }, world) {
		const { ports, terminal } = world;
		if (good === void 0 || bad === void 0) throw new GateError("bisect needs two commits", "Name one from before the change, and one that has it: `benchgate bisect v1.0 HEAD`.");
		const plan = await planOf(given, ports.files, "side-by-side");
		const names = plan.suites.map(({ name }) => name);
		const only = given.only === null ? null : patternsOf(given.only, names, { path: "--only" });
		const line = await lineOf$2(ports.git, good, bad);
		const { row, finding } = await new Bisection(world, plan, only, line).run();
		terminal.out(bisectWords({
			row,
			line,
			finding
		}));
		return finding.stop === null ? 0 : 3;
	}
});
// src/cli/stdin.ts
const MOST$1 = 256 * 2 ** 20;
var Pipe = class {
	#rest;
	#kept = [];
	#size = 0;
	#ended = false;
	constructor(input) {
		this.#rest = input[Symbol.asyncIterator]();
	}
	async take(bytes) {
		while (!this.#ended && this.#size <= bytes) {
			const piece = await this.#next();
			if (piece === null) continue;
			this.#kept.push(piece);
			this.#size += piece.length;
		}
		return this.#ended && this.#size <= bytes;
	}
	head(bytes) {
		return new TextDecoder().decode(joined$1(this.#kept, Math.min(bytes, this.#size)));
	}
	text() {
		return new TextDecoder().decode(joined$1(this.#kept, this.#size));
	}
	async *chunks() {
		yield* this.#kept;
		this.#kept = [];
		for (let piece = await this.#next(); piece !== null; piece = await this.#next()) yield piece;
	}
	async #next() {
		const { done, value } = await this.#rest.next();
		this.#ended ||= done === true;
		return done ? null : value;
	}
};
async function fromStdin(input, mustBeWhole) {
	const pipe = new Pipe(input);
	const place = "stdin";
	const text = async () => {
		if (await pipe.take(MOST$1)) return pipe.text();
		throw new GateError(`more than ${MOST$1 / 2 ** 20} MiB come through stdin, and this must be read as a whole`, "Have the tool write less, or a format that holds one sample a line", { file: place });
	};
	if (await pipe.take(LARGE) || mustBeWhole(pipe.head(65536))) return {
		kind: "text",
		place,
		text: await text()
	};
	return {
		kind: "file",
		place,
		file: {
			size: Number.POSITIVE_INFINITY,
			chunks: () => pipe.chunks()
		},
		text
	};
}
function joined$1(pieces, bytes) {
	const whole = new Uint8Array(bytes);
	let at = 0;
	for (const piece of pieces) {
		if (at === bytes) break;
		whole.set(piece.subarray(0, bytes - at), at);
		at += Math.min(piece.length, bytes - at);
	}
	return whole;
}
// src/cli/read.ts
const UNKNOWN = {
	os: "unknown",
	arch: "unknown",
	cpu: "unknown",
	cores: 0,
	runtime: "unknown"
};
async function readRecording(file, { tool, suite, skip = 0, expected }, { files, terminal }) {
	const output = await find(file, files, terminal);
	const named = tool ?? "auto";
	const text = output.kind === "text" ? output.text : null;
	return placed({ file: output.place }, async () => {
		if (text !== null && tool === null && looksLikeRecording(text)) return decodeRecording(text);
		const fitting = await fitOutput(output, {
			tool: named,
			files
		});
		if (fitting === null) throw new GateError("the folder holds no results", "Name the folder that the tool wrote into");
		if (text !== null && fitting.adapter.name === "benchgate") return decodeRecording(text);
		const rounds = await fitting.read(skip, expected);
		const label = suite ?? fitting.adapter.name;
		return {
			revision: {
				sha: "",
				ref: "",
				committedAt: ""
			},
			environment: UNKNOWN,
			rounds: rounds.map(({ measurements, failures, notes }, pair) => ({
				session: "",
				pair,
				startedAt: "",
				measurements: measurements.map((measurement) => ({
					suite: label,
					...measurement
				})),
				failures: failures.map((failure) => ({
					suite: label,
					output: "",
					...failure
				})),
				...notes === void 0 ? {} : { notes: notes.map((note) => ({
					suite: label,
					...note
				})) }
			}))
		};
	});
}
async function find(name, files, terminal) {
	if (name === "-") return fromStdin(terminal.input(), looksLikeRecording);
	if (await files.listFolder(name, []) !== null) return {
		kind: "folder",
		place: name,
		path: name,
		before: new Map()
	};
	const piped = await files.readPipe(name);
	if (piped !== null) return {
		kind: "text",
		place: name,
		text: piped
	};
	const file = await files.open(name);
	if (file !== null && file.size > LARGE && !looksLikeRecording(await beginning(file))) return {
		kind: "file",
		place: name,
		file,
		text: () => files.readText(name)
	};
	return {
		kind: "text",
		place: name,
		text: await files.readText(name)
	};
}
async function beginning(file) {
	for await (const chunk of file.chunks()) return new TextDecoder().decode(chunk.subarray(0, HEAD));
	return "";
}
function looksLikeRecording(text) {
	return text.slice(0, 4096).includes(RECORDING_SCHEMA.slice(0, RECORDING_SCHEMA.indexOf("/")));
}
// src/report/parts/width.ts
const ZERO_WIDTH = /\p{M}/u;
const WIDE = /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;
function displayWidth(text) {
	let width = 0;
	for (const character of text) width += ZERO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
	return width;
}
function pad(text, width, align) {
	const fill = " ".repeat(Math.max(0, width - displayWidth(text)));
	return align === "left" ? text + fill : fill + text;
}
const BREAK = / (?![%·])/;
function wrap(text, width) {
	const lines = [];
	for (const word of text.split(BREAK)) {
		const last = lines.at(-1);
		if (last !== void 0 && displayWidth(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	return lines;
}
function folded(text, width) {
	return text.split("\n").flatMap((line) => {
		const [indent = ""] = /^ */.exec(line) ?? [];
		const further = `${indent}  `;
		const [first = "", ...rest] = wrap(line.slice(indent.length), width - further.length);
		return [indent + first, ...rest.map((part) => further + part)];
	}).join("\n");
}
// src/report/parts/short-names.ts
const BOUNDARY = /[\s/\\.:>_-]/;
const HEADS = [
	1 / 3,
	1 / 2,
	2 / 3,
	0
];
function shortNames(names, room) {
	if (names.every((name) => displayWidth(name) <= room)) return names;
	const start = commonBeginning(names);
	const ends = start === 0 ? names : names.map((name) => `…${name.slice(start)}`);
	const suite = /^.*? \/ (?=.)/.exec(names[0]?.slice(0, start) ?? "")?.[0] ?? "";
	const different = new Set(names).size;
	const ways = [
		() => ends.map((end) => suite + end),
		() => ends,
		...[ends, names].flatMap((texts) => HEADS.map((share) => () => texts.map((text) => withoutMiddle(text, room, share))))
	];
	for (const way of ways) {
		const short = way();
		if (short.every((text) => displayWidth(text) <= room) && new Set(short).size === different) return short;
	}
	return null;
}
function commonBeginning([first = "", ...others]) {
	const rest = others.filter((name) => name !== first);
	if (rest.length === 0) return 0;
	let same = 0;
	while (same < first.length && rest.every((name) => name[same] === first[same])) same++;
	while (same > 0 && !BOUNDARY.test(first[same - 1])) same--;
	return same;
}
function withoutMiddle(text, room, share) {
	if (displayWidth(text) <= room) return text;
	const characters = [...text];
	const head = taken(characters, Math.floor((room - 1) * share));
	const tail = taken(characters.toReversed(), room - 1 - displayWidth(head.join("")));
	return `${head.join("")}…${tail.toReversed().join("")}`;
}
function taken(characters, cells) {
	let used = 0;
	const end = characters.findIndex((character) => {
		used += displayWidth(character);
		return used > cells;
	});
	return end < 0 ? characters : characters.slice(0, end);
}
// src/report/formats/terminal.ts
const CODES$1 = {
	red: "31",
	yellow: "33",
	green: "32",
	bold: "1",
	dim: "2",
	none: ""
};
const ESCAPE = String.fromCharCode(27);
const LABELS = {
	fail: ["FAIL", "red"],
	warn: ["WARN", "yellow"],
	pass: ["PASS", "green"]
};
const GAP = "  ";
const ROWS = 50;
const NARROWEST_NAME = 16;
const CELLS = [
	"verdict",
	"benchmark",
	"statistic",
	"change",
	"sides",
	"plot",
	"limit"
];
const FIRST = [
	"verdict",
	"benchmark",
	"statistic"
];
const SECOND = [
	"sides",
	"change",
	"limit"
];
const BRIEF = [
	"verdict",
	"benchmark",
	"statistic",
	"change"
];
const PROSE = ["needs", "reason"];
const CALM$1 = [
	"unchanged",
	"same-code",
	"undecided"
];
const FEW$1 = 5;
function terminalReport(outcome, options = {}) {
	const { width = 100, colour = false, reproduce, rows = ROWS, now = null, unchanged = false } = options;
	const paint = (text, style) => colour && style !== "none" ? `${ESCAPE}[${CODES$1[style]}m${text}${ESCAPE}[0m` : text;
	const [word, style] = LABELS[outcome.outcome];
	const labelled = (text) => wrap(text, width - word.length - 2).map((line, index) => index === 0 ? `${paint(word, style)}  ${paint(line, "bold")}` : " ".repeat(word.length + 2) + paint(line, "bold"));
	const headline = headlineOf(outcome, PLAIN);
	const { text: title } = titleOf$1(outcome);
	const head = [
		...labelled(headline ?? title),
		...headline === null ? [] : wrap(title, width),
		...wrap(subtitleOf(outcome, PLAIN, now), width).map((line) => paint(line, "dim"))
	];
	const { experiment } = outcome;
	const notes = [
		...gateNotes(outcome, PLAIN),
		...noteLines(outcome.judgements, PLAIN),
		...experiment === void 0 ? [] : [experimentWords(experiment, PLAIN)]
	];
	const failures = outcome.judgements.filter(({ failure }) => failure !== null && failure.output.trim() !== "");
	return `${[
		head,
		...sectionsOf(outcome).map((section) => CALM$1.includes(section.name) && !unchanged && entriesOf$1(section.rows).length > FEW$1 ? calmLine(section, width) : sectionLines(section, outcome, {
			width,
			rows,
			paint
		})),
		whyLines(outcome, width),
		...failures.map((judgement) => failureLines(judgement, width)),
		notes.flatMap((note) => bullet(note, width)),
		reproduce === void 0 || outcome.outcome === "pass" ? [] : ["Reproduce it:", `  ${PLAIN.name(reproduce, 2e3)}`],
		labelled(title)
	].filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
function sectionLines(section, outcome, { width, rows: most, paint }) {
	const rows = entriesOf$1(section.rows).flat();
	const shown = rows.slice(0, most);
	const rest = rows.slice(most);
	const sides = sideNames(outcome, PLAIN, "candidate");
	const all = columnsFor([...CELLS, ...PROSE], shown, PLAIN, sides, outcome.experiment?.secondsPerPair);
	const prose = all.filter(({ name }) => PROSE.includes(name));
	const cells = all.filter(({ name }) => !PROSE.includes(name) && (name !== "verdict" || section.mixed));
	const limit = telling(shown);
	const full = shown.map((judgement) => benchmarkName(judgement, PLAIN, limit));
	const fits = (some, name = NARROWEST_NAME) => widthOf(some, shown, name) <= width;
	const brief = cells.filter(({ name }) => BRIEF.includes(name));
	const plain = cells.filter(({ name }) => name !== "plot");
	const whole = largest(full.map(displayWidth), NARROWEST_NAME);
	const preferred = !fits(cells, whole) && fits(plain, whole) ? plain : cells;
	const enough = section.name === "unchanged" && !fits(preferred) && fits(brief) ? brief : preferred;
	const narrow = !fits(enough);
	const columns = narrow ? cells.filter(({ name }) => FIRST.includes(name)) : enough;
	const below = narrow ? SECOND.flatMap((name) => cells.filter((cell) => cell.name === name)) : [];
	const short = shortNames(full, Math.max(NARROWEST_NAME, width - widthOf(columns, shown, 0)));
	const line = (kept, texts, style) => kept.map((column, index) => {
		const cells = column.name === "benchmark" ? shown.map((_, row) => short?.[row] ?? "") : shown.map(column.cell);
		const wide = largest([...cells, ...narrow ? [] : [column.header]].map(displayWidth));
		return paint(pad(texts[index], wide, column.align), style(column));
	}).join(GAP).trimEnd();
	const first = short === null ? columns.filter(({ name }) => name !== "benchmark") : columns;
	const indent = INDENT$1;
	return [
		...section.folded || narrow || !section.mixed ? [paint(section.summary, section.folded ? "none" : "dim")] : [],
		...narrow ? [] : [line(first, first.map(({ header }) => header), () => "dim")],
		...shown.flatMap((judgement, row) => [
			...short === null ? wrap(full[row], width) : [],
			line(first, first.map(({ name, cell }) => name === "benchmark" ? short[row] : cell(judgement)), ({ name }) => styleOf(name, judgement)),
			...below.length === 0 ? [] : belowLines(below, judgement, shown, width - indent.length, paint).map((text) => indent + text),
			...prose.map(({ cell }) => cell(judgement)).filter((text) => text !== "–").flatMap((text) => wrap(text, width - indent.length).map((words) => indent + words))
		]),
		...rest.length === 0 ? [] : [`… and ${countWords(rest).join(", ")} more`]
	];
}
const INDENT$1 = "    ";
function whyLines(outcome, width) {
	if (outcome.warnings.some(({ code }) => code === "machine-unstable")) return [];
	const why = whyWords(outcome, PLAIN).flatMap(({ first, more }) => [...bullet(first, width), ...more.flatMap((text) => wrap(text, width - 2).map((line) => `  ${line}`))]);
	return why.length === 0 ? [] : ["Why it got slower", ...why];
}
function belowLines(columns, judgement, rows, width, paint) {
	const align = rows.length <= ALIGNED;
	const lines = [];
	for (const { name, cell } of columns) {
		const text = cell(judgement);
		if (text === "–") continue;
		const bound = name === "limit" && !text.startsWith("limit") ? `threshold ${text}` : text;
		const said = name === "limit" || !align ? bound : pad(text, largest(rows.map((row) => displayWidth(cell(row)))), "left");
		const painted = paint(said, styleOf(name, judgement));
		const last = lines.at(-1);
		if (last !== void 0 && displayWidth(last.plain) + 2 + displayWidth(said) <= width) lines[lines.length - 1] = {
			plain: last.plain + GAP + said,
			painted: last.painted + GAP + painted
		};
		else lines.push({
			plain: said,
			painted
		});
	}
	return lines.map(({ painted }) => painted.trimEnd());
}
const ALIGNED = 50;
function widthOf(columns, rows, nameWidth) {
	return columns.map(({ name, header, cell }) => name === "benchmark" ? nameWidth : largest([header, ...rows.map(cell)].map(displayWidth))).reduce((sum, each) => sum + each, 0) + 2 * Math.max(0, columns.length - 1);
}
function calmLine({ rows, summary }, width) {
	const names = [...new Set(rows.map((judgement) => benchmarkName(judgement, PLAIN)))];
	let text = `${summary}: `;
	let shown = 0;
	for (const name of names) {
		const more = `${shown === 0 ? "" : ", "}${name}`;
		if (displayWidth(text + more) > width - MORE_ROOM) break;
		text += more;
		shown++;
	}
	return [shown === 0 ? summary : `${text}${shown < names.length ? `, … ${names.length - shown} more` : ""}`];
}
const MORE_ROOM = 16;
function styleOf(name, judgement) {
	return name === "verdict" || name === "change" ? bucketOf(judgement).colour : "none";
}
function failureLines(judgement, width) {
	const name = benchmarkName(judgement, PLAIN);
	const { side, reason, output } = judgement.failure;
	return [...wrap(`${name} failed on the ${side}: ${PLAIN.name(reason, 500)}`, width), ...quotedOutput(output, 2e3)];
}
function bullet(text, width) {
	return wrap(text, width - 2).map((line, index) => index === 0 ? `- ${line}` : `  ${line}`);
}
// src/cli/unwritable.ts
const SYSTEM = /^\/(?:dev|proc)\//;
async function refuseUnwritable({ listFolder, readTextIfAny, write, remove }, file) {
	if (SYSTEM.test(file)) return;
	if (await listFolder(file, []) !== null) throw new GateError("this is a folder", "Name a file in it", { file });
	const probe = `${file}.probe-of-benchgate`;
	try {
		await write(probe, "");
		await remove(probe);
	} catch (error) {
		if (!(error instanceof GateError)) throw error;
		const text = await readTextIfAny(file).catch(() => null);
		if (text === null) throw new GateError(error.problem, error.remedy, { file }, error.kind);
		await write(file, text);
	}
}
// src/cli/report-flags.ts
const REPORT_FLAGS = Object.fromEntries(REPORTS.map(({ name, noun }) => [name, {
	type: TEXT$1,
	value: "FILE",
	about: `A file for ${noun}; \`-\` is stdout.`
}]));
const OTLP_FLAG = { otlp: {
	type: OTLP,
	value: "URL",
	about: OTLP_ABOUT
} };
async function sendMetrics(outcome, otlp, { ports, terminal }) {
	if (otlp === null) return;
	const problem = await ports.network.otlp(otlp, otlpVerdicts(outcome, { now: ports.clock.now() }));
	if (problem !== null) terminal.err(`benchgate: ${unsentWords(otlp, problem)}`);
}
const STDOUT = [
	"-",
	"/dev/stdout",
	"/dev/fd/1",
	"/proc/self/fd/1"
];
async function writeReports(outcome, targets, world, { reproduce, compared = [], accept = [], remote = null } = {}) {
	const { ports, terminal } = world;
	const options = {
		now: ports.clock.now().toISOString(),
		...reproduce === void 0 ? {} : { reproduce }
	};
	const context = {
		outcome,
		...remote !== null && { origin: { remote } },
		marker: marker("local"),
		evidence: () => evidenceIn(outcome, compared, accept),
		program: world.pageProgram,
		...options
	};
	for (const { name, render } of REPORTS) {
		const target = targets[name];
		if (target === null) continue;
		const text = (await render(context)).replace(/\n*$/, "\n");
		if (STDOUT.includes(target)) terminal.out(text);
		else await ports.files.write(target, text);
	}
	if (REPORTS.some(({ name }) => STDOUT.includes(targets[name]))) return;
	terminal.out(terminalReport(outcome, {
		width: terminal.columns,
		colour: terminal.colour,
		...options
	}));
}
async function checkReports(targets, { pageProgram, ports }) {
	const taken = new Map();
	for (const { name } of REPORTS) {
		const target = targets[name];
		if (target === null) continue;
		const isStdout = STDOUT.includes(target);
		const key = isStdout ? "-" : target;
		const first = taken.get(key);
		if (first !== void 0) {
			const [place, other] = isStdout ? ["stdout", "a file"] : [target, "another file"];
			throw new GateError(`--${first} and --${name} cannot both go to ${place}`, `Give --${name} ${other}`);
		}
		taken.set(key, name);
		if (!isStdout) await refuseUnwritable(ports.files, target);
	}
	for (const { name, ready } of REPORTS) if (targets[name] !== null) await ready?.({ program: pageProgram });
}
// src/cli/compare.ts
const compare = command({
	name: "compare",
	usage: "BASE… CAND",
	summary: "recordings, or tool outputs with --tool → verdicts; the last is the candidate, several BASE are its history",
	flags: {
		tool: {
			type: TEXT$1,
			value: "NAME",
			about: "The tool that wrote the files. Without it, a recording is known by its schema, any other file by its content."
		},
		threshold: SETTINGS$1.threshold,
		config: SETTINGS$1.config,
		...REPORT_FLAGS,
		...OTLP_FLAG
	},
	operands: Number.POSITIVE_INFINITY,
	async run({ given, operands }, world) {
		const { files, clock } = world.ports;
		await checkReports(given, world);
		if (operands.length < 2) throw new GateError("compare needs two files at least", "Name a baseline and the candidate: `benchgate compare BASE CAND`.");
		const recordings = [];
		for (const file of operands) recordings.push(await readRecording(file, {
			tool: given.tool,
			suite: null
		}, {
			files,
			terminal: world.terminal
		}));
		const candidate = recordings.pop();
		const [first, ...rest] = recordings;
		const baseline = rest.length === 0 ? {
			kind: "file",
			recordings: [first]
		} : {
			kind: "stored",
			recordings: recordings.reverse()
		};
		const config = await readConfig(named$1(files), given.config, TOOL_WORDS);
		const outcome = judge(baseline, candidate, {
			budgets: budgetsOf(config, given.threshold),
			accept: config?.accept ?? [],
			onInconclusive: config?.onInconclusive ?? "warn",
			today: clock.now().toISOString().slice(0, 10)
		});
		const { kind, recordings: against } = baseline;
		await writeReports(outcome, given, world, {
			compared: [{
				kind,
				baseline: against,
				candidate
			}],
			accept: config?.accept ?? []
		});
		await sendMetrics(outcome, given.otlp, world);
		return exitCodeOf(outcome);
	}
});
// src/cli/demo-programs.ts
const COMMON = {
	"words.mjs": `// 200 words, some of them twice.
export const words = Array.from({ length: 200 }, (_, i) => "word-" + ((i * 7919) % 150));
`,
	"count.mjs": `/** How often each word occurs. */
export function count(words) {
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
`,
	"unique.bench.mjs": `import { unique } from "./unique.mjs";
import { words } from "./words.mjs";

export default { unique: () => unique(words) };
export const options = { time: 100, warmupTime: 20 };
`,
	"count.bench.mjs": `import { count } from "./count.mjs";
import { words } from "./words.mjs";

export default { count: () => count(words) };
export const options = { time: 100, warmupTime: 20 };
`
};
const DEMO = {
	baseline: {
		...COMMON,
		"unique.mjs": `/** Each word once, in the order of first appearance. */
export function unique(words) {
  return [...new Set(words)];
}
`
	},
	candidate: {
		...COMMON,
		"unique.mjs": `/** Each word once, in the order of first appearance. */
export function unique(words) {
  const once = [];
  for (const word of words) if (!once.includes(word)) once.push(word);
  return once;
}
`
	}
};
// src/cli/demo.ts
const PAIRS = 48;
const TIME_BUDGET = 40;
const PLANTED = "unique";
const demo = command({
	name: "demo",
	usage: "",
	summary: "a planted regression, found: needs nothing but node",
	flags: REPORT_FLAGS,
	operands: 0,
	async run({ given }, world) {
		const { ports, terminal, interrupt: { signal } } = world;
		await checkReports(given, world);
		const folder = await ports.files.temporaryFolder();
		const place = async (name, sha) => {
			const cwd = `${folder}/${name}`;
			for (const [file, text] of Object.entries(DEMO[name])) await ports.files.write(`${cwd}/${file}`, text);
			return {
				name,
				cwd,
				revision: {
					sha,
					ref: "",
					committedAt: ""
				}
			};
		};
		const sides = [await place("baseline", "0000001"), await place("candidate", "0000002")];
		terminal.err(`Two versions of a small program. The second makes \`unique\` quadratic and leaves \`count\` alone.`);
		terminal.err(`Measuring both in turns on this machine, in fresh processes, until it is proven: less than a minute …`);
		const now = ports.clock.now().toISOString();
		const looks = looksOf(PAIRS);
		const rules = {
			budgets: DEFAULT_BUDGETS,
			accept: [],
			onInconclusive: "warn",
			today: now.slice(0, 10),
			looks
		};
		const judged = ({ baseline, candidate }, warnings = []) => judge({
			kind: "side-by-side",
			recordings: [baseline]
		}, candidate, rules, warnings);
		const { recordings, warnings } = await measure(ports, {
			suites: [{
				name: "words",
				workload: {
					kind: "bench",
					patterns: ["*.bench.mjs"]
				},
				timeLimit: 600
			}],
			sides,
			rounds: PAIRS,
			timeBudget: TIME_BUDGET,
			reserved: looks[0],
			looks: {
				at: looks,
				open: (soFar) => leftToDo(judged(soFar))
			},
			...newSession(ports),
			signal
		}, progressOn(terminal));
		terminal.progress("");
		const { baseline, candidate } = recordings;
		await writeReports(judged(recordings, warnings), given, world, { compared: [{
			kind: "side-by-side",
			baseline: [baseline],
			candidate
		}] });
		if (Object.values(given).every((target) => target === null)) terminal.out(NEXT);
		return 0;
	}
});
function leftToDo({ judgements }) {
	const proven = judgements.some(({ benchmark, statistic, verdict }) => benchmark === PLANTED && statistic === "p50" && verdict === "regression");
	const names = new Set(judgements.map(({ benchmark }) => benchmark));
	return {
		open: new Map(proven ? [] : judgements.map(({ suite }) => [suite, [...names]])),
		slower: Number(proven),
		fine: proven ? names.size - 1 : 0,
		of: names.size
	};
}
const NEXT = `
A pull request would show this as a comment. Next:
  benchgate demo --html demo.html    the same as a page: distributions, rounds, every number
  benchgate demo --markdown -        the comment itself
  benchgate run --base main --bench 'bench/*.bench.js' --setup 'npm ci'
                                     the same on your project`;
// src/cli/explain.ts
const explain = command({
	name: "explain",
	usage: "BEFORE AFTER",
	summary: "profiles → the functions that take more than they did; each a profile, or a folder with one for each round",
	flags: {
		"base-tree": {
			type: TEXT$1,
			value: "DIR",
			about: "The tree that BEFORE was made in, to find out which functions are changed. Without it, this folder."
		},
		tree: {
			type: TEXT$1,
			value: "DIR",
			about: "The tree that AFTER was made in. Without it, this folder."
		}
	},
	operands: 2,
	async run({ given, operands }, { ports, terminal }) {
		const [before, after] = operands;
		if (before === void 0 || after === void 0) throw new GateError("explain needs two profiles, or two folders of profiles", "Use `benchgate explain BEFORE AFTER`");
		const { sentences, findings } = await explained(ports, {
			baseline: {
				path: before,
				tree: given["base-tree"]
			},
			candidate: {
				path: after,
				tree: given.tree
			}
		});
		const { rounds } = findings;
		const few = `${rounds} ${rounds === 1 ? "profile" : "profiles"} a side: what noise has made is among these. Folders with 5 profiles each, made in turns, are judged against noise.`;
		const lines = sentences ?? ["no function stands out"];
		terminal.out([...lines, ...rounds < 5 ? [few] : []].map((line) => `${line}\n`).join(""));
		return 0;
	}
});
async function explained({ files, host }, sides) {
	const side = async ({ path, tree }) => ({
		rounds: await profilesAt(files, path),
		tree: {
			root: absolute(tree ?? ".", host.cwd),
			below: "",
			tools: []
		}
	});
	const request = {
		baseline: await side(sides.baseline),
		candidate: await side(sides.candidate)
	};
	const findings = await explainRounds(files, {
		...request,
		proven: 0,
		inlining: true,
		unproven: true
	});
	return {
		findings,
		sentences: sentencesOf({
			...findings,
			suite: "",
			benchmark: "*",
			seconds: 0
		}, PLAIN)
	};
}
async function profilesAt(files, path) {
	const folder = await files.listFolder(path, ["*"]);
	const paths = folder === null ? [path] : folder.map((file) => `${path}/${file.path}`);
	const profiles = [];
	for (const each of paths) {
		const opened = await files.open(each);
		if (opened === null) throw new GateError("there is no such file", "Check the path", { file: each });
		profiles.push(readProfile(await bytesOf(opened.chunks()), each));
	}
	if (profiles.length > 0) return profiles;
	throw new GateError("there is no profile in this folder", "Name a folder with a profile for each round", { file: path });
}
function absolute(path, cwd) {
	if (path === ".") return cwd;
	return path.startsWith("/") || /^[A-Za-z]:/.test(path) ? path.replace(/\/$/, "") : `${cwd}/${path.replace(/\/$/, "")}`;
}
// src/cli/help.ts
const NARROWEST = 40;
const INDENT = "  ";
function overview(commands, width) {
	const below = (text, indent) => wrap(text, Math.max(NARROWEST, width - indent.length)).map((line) => indent + line);
	const codes = Object.entries(EXIT_WORDS).map(([code, words]) => `${code} ${words}`);
	return [
		"benchgate: know before you merge whether it got slower",
		"",
		...commands.flatMap(({ name, usage, summary }) => [...below(`benchgate ${name} ${usage}`.trim(), INDENT), ...below(summary, INDENT.repeat(3))]),
		"",
		"benchgate help COMMAND explains each flag.",
		...wrap(`Exit codes: ${codes.join(" · ")}`, width)
	].join("\n");
}
function commandHelp({ name, usage, summary, flags }, width) {
	const rows = Object.entries(flags).map(([flag, row]) => ({
		left: flagText(flag, row),
		about: flagAbout(row)
	}));
	const column = 2 + largest(rows.map(({ left }) => displayWidth(left)), 0) + 2;
	const beside = width - column >= NARROWEST;
	const margin = " ".repeat(beside ? column : 4);
	const lines = rows.flatMap(({ left, about }) => {
		const [first = "", ...rest] = wrap(about, Math.max(NARROWEST, width - margin.length)).map((line) => margin + line);
		const head = INDENT + left;
		return beside ? [head + first.slice(head.length), ...rest] : [
			head,
			first,
			...rest
		];
	});
	return [
		`benchgate ${name} ${usage}`.trim(),
		"",
		...wrap(summary, width),
		"",
		"Flags:",
		...lines
	].join("\n");
}
function flagText(name, { short, value }) {
	return `${short === void 0 ? "" : `-${short}, `}--${name}${value === void 0 ? "" : ` ${value}`}`;
}
function flagAbout({ about, type, default: standard }) {
	return [
		about,
		...type.form === "list" ? ["May be repeated."] : [],
		...standard === void 0 ? [] : [`Default: \`${standard}\`.`]
	].join(" ");
}
// src/init/found.ts
const NOTHING = {
	suites: [],
	setup: [],
	runtimes: [],
	notes: []
};
function folderKey(folder) {
	return folder === "" ? [] : [{
		key: "cwd",
		value: folder,
		about: "The commands below run in this folder."
	}];
}
function commandKeys(run, tool, about) {
	return [{
		key: "run",
		value: run,
		about
	}, {
		key: "tool",
		value: tool,
		about: "Who writes the output that is read."
	}];
}
const [A_FEW, FEWEST$2] = [8, 2];
function fileByFile(files, name, suiteOf) {
	const paths = files.map(({ path }) => path);
	const whole = suiteOf(paths, name);
	if (paths.length === 1) return whole;
	const stem = (path) => path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]+$/, "");
	const one = (path) => suiteOf([path], suiteName(`${name}-${stem(path)}`, name));
	if (paths.length <= A_FEW) return {
		...whole,
		alone: paths.map(one)
	};
	const some = (count) => Array.from({ length: count }, (_, at) => paths[Math.floor(at * paths.length / count)]);
	const reduced = (chosen) => {
		const left = `Only ${chosen.length} of ${paths.length} files are measured: all of them take too long for a pull request, or do not work together, and what slows the others is not seen. Name more of them, or measure all on a schedule.`;
		const noted = (suite) => ({
			...suite,
			notes: [...suite.notes ?? [], left]
		});
		return {
			...noted(suiteOf(chosen, name)),
			alone: chosen.map((path) => noted(one(path)))
		};
	};
	return {
		...whole,
		fewer: {
			...reduced(some(A_FEW)),
			fewer: reduced(some(FEWEST$2))
		}
	};
}
function shellWord(word) {
	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
function suiteName(text, fallback) {
	const name = text.replace(/^@[^/]*\//, "").replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[-._]+|[-._]+$/g, "");
	return name === "" ? fallback : name;
}
// src/init/config-text.ts
const FIRST_MINUTES = 3;
const EXPLAINED = [
	"# When a benchmark is red, Benchgate looks for the functions that got slower, for at most this long.",
	"explain-budget: 1m",
	""
];
function configText({ suites, setup, runtimes, notes }, { broken = new Map(), minutes = FIRST_MINUTES } = {}) {
	const working = suites.filter(({ name }) => !broken.has(name));
	return `${[
		"# What Benchgate measures, and what may change by how much. Written by `benchgate init`: yours to change.",
		"# All keys: docs/configuration.md of Benchgate.",
		...setupLines(setup),
		"",
		"# No new round starts after this long; what is undecided by then says what it would take, and more time finds smaller changes.",
		`time-budget: ${minutes}m`,
		"",
		...runtimes.includes("node") ? EXPLAINED : [],
		working.length === 0 ? "# Nothing here works yet: fix one suite, and remove the #.\nsuites: {}" : "suites:",
		...suites.flatMap((suite) => suiteLines(suite, broken.get(suite.name) ?? null)),
		...notes.length === 0 ? [] : [
			"",
			"# Found as well:",
			...notes.map((note) => `# - ${note}`)
		],
		"",
		"# What may change by how much. Without budgets p50 may change by 5 %, p99 by 15 %, memory by 10 %.",
		...budgetLines(working)
	].join("\n")}\n`;
}
function setupLines(setup) {
	if (setup.length === 0) return [];
	const steps = setup.map(({ folder, line }) => folder === "" ? line : `(cd ${shellWord(folder)} && ${line})`);
	return [
		"",
		"# Once a side, in that side's working tree, before its first round:",
		...setup.map(({ folder, about }) => `# - ${folder === "" ? "" : `in ${folder}: `}${about}`),
		"setup: >-",
		...steps.map((step, index) => `  ${step}${index < steps.length - 1 ? " &&" : ""}`)
	];
}
function suiteLines(suite, reason) {
	const notes = (suite.notes ?? []).map((note) => `  # Note: ${note}`);
	const lines = [
		`  ${suite.name}: # ${suite.why}`,
		...notes.map((line) => `  ${line}`),
		...suite.keys.flatMap(keyLines)
	];
	if (reason === null) return lines;
	return [`  # This did not work here: ${reason}`, ...lines.map((line) => `  # ${line.slice(2)}`)];
}
function keyLines({ key, value, about }) {
	const comment = `    # ${about}`;
	if (typeof value === "string") return /^[\w./~-][\w./~ -]*$/.test(value) ? [comment, `    ${key}: ${value}`] : [
		comment,
		`    ${key}: >-`,
		`      ${value}`
	];
	if (Array.isArray(value)) return [
		comment,
		`    ${key}:`,
		...value.map((each) => `      - ${scalar(each)}`)
	];
	return [
		comment,
		`    ${key}:`,
		...Object.entries(value).map(([name, each]) => `      ${name}: ${scalar(each)}`)
	];
}
function scalar(text) {
	return /^[\w/][\w./-]*$/.test(text) ? text : JSON.stringify(text);
}
function budgetLines(suites) {
	return [
		"# budgets:",
		`#   - match: "${suites[0]?.name ?? "suite"}/*"`,
		"#     latency: { p50: 5%, p99: 15% }"
	];
}
// src/init/repository.ts
const FOREIGN = /(^|\/)(node_modules|vendor|third_party|third-party|fixtures?|__fixtures__|testdata|target|dist|_?build|out|coverage|\.git|\.?venv|site-packages|\.benchgate[^/]*)\//;
const MANIFEST = /(^|\/)(package\.json|pnpm-workspace\.yaml|\.yarnrc\.yml|\.gitignore|go\.mod|Cargo\.toml|pyproject\.toml|setup\.(py|cfg)|(requirements|dev-requirements)[^/]*\.txt|asv\.conf\.json|pom\.xml|build\.gradle(\.kts)?|libs\.versions\.toml|[^/]+\.csproj|CMakeLists\.txt|composer\.json|phpbench\.json(\.dist)?|Gemfile|Makefile|Procfile|deno\.jsonc?|pubspec\.yaml|Project\.toml)$/;
const SCRIPT = /((^|[/_.-])(bench|benches|benchmarks?|perf|performance|load|loadtests?|stress|locust|k6|artillery|gatling)[^/]*(\/.*)?|_test|(^|\/)(test_|conftest|locustfile|server|app|main|index)[^/]*|(^|\/)(smoke|soak|spike)[^/]*(\/[^/]*)?|_bench)\.(m?[jt]sx?|c[jt]s|py|go|rs|java|kt|scala|cc?|cpp|cxx|php|rb|jl|dart|ya?ml|jmx|sh)$/i;
const OF_SERVICE = /(^|\/)(server|app|main|index|asgi|wsgi|api|run|web|www|service|settings|config|routes?|routers?|handlers?|controllers?|views|urls|manage)[^/]*(\/[^/]*)?\.(m?[jt]sx?|c[jt]s|py|go|rs|java|kt|scala|php|rb|dart)$/i;
const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
function tellingOf(paths) {
	const isFirst = (path) => MANIFEST.test(path) || SCRIPT.test(path) || WORKFLOW.test(path);
	const own = paths.filter((path) => isOwn(path) && (isFirst(path) || OF_SERVICE.test(path)));
	return [...own.filter(isFirst), ...own.filter((path) => !isFirst(path))];
}
function isOwn(path) {
	return !FOREIGN.test(path);
}
function folderOf(path) {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
function ancestors(folder) {
	return folder === "" ? [] : [folderOf(folder), ...ancestors(folderOf(folder))];
}
function within(folder, path) {
	return folder === "" ? path : path.slice(folder.length + 1);
}
function inside(folder, name) {
	return folder === "" ? name : `${folder}/${name}`;
}
function named(repository, name) {
	const found = repository.paths.filter((path) => isOwn(path) && name.test(path.slice(path.lastIndexOf("/") + 1)));
	const depth = (path) => path.split("/").length;
	return found.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}
function nearestFolder(folders, path) {
	return folders.filter((folder) => folder === "" || path.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length)[0] ?? null;
}
function filesOf(repository, folder, folders) {
	const isBelow = (path) => folder === "" || path.startsWith(`${folder}/`);
	return repository.paths.filter((path) => isBelow(path) && isOwn(path) && nearestFolder(folders, path) === folder);
}
// src/init/detect/go.ts
const BENCHMARK = /^func Benchmark\w*\s*\(\s*\w+\s+\*testing\.B\s*\)/m;
function detectGo(repository) {
	const folders = named(repository, /^go\.mod$/).map(folderOf);
	const suites = folders.flatMap((folder) => moduleOf(repository, folder, folders));
	return suites.length === 0 ? NOTHING : {
		suites,
		setup: [],
		runtimes: ["go"],
		notes: []
	};
}
function moduleOf(repository, folder, folders) {
	const files = filesOf(repository, folder, folders).filter((path) => path.endsWith("_test.go") && BENCHMARK.test(repository.text(path) ?? ""));
	if (files.length === 0) return [];
	const packages = [...new Set(files.map((path) => within(folder, folderOf(path))))];
	const which = packages.length > 8 ? "./..." : packages.map((path) => path === "" ? "." : `./${path}`).join(" ");
	const named = /^module\s+\S*?([^/\s]+)\s*$/m.exec(repository.text(inside(folder, "go.mod")) ?? "");
	const run = (time) => `go test -run '^$' -bench {benchmarks} -benchmem -benchtime ${time} ${which}`;
	return [{
		name: suiteName(named?.[1] ?? folder, "go"),
		why: `${files[0]} has benchmarks`,
		keys: [...folderKey(folder), ...commandKeys(run("100ms"), "go", "{benchmarks} stands for those that are not decided yet. No -count: Benchgate repeats whole rounds.")],
		shorter: { run: run("10ms") }
	}];
}
// src/init/detect/jvm.ts
const RUN = (jar, times = "-f 1 -wi 2 -i 5 -w 200ms -r 200ms") => `java -jar ${jar} ${times} -rf json -rff $BENCHGATE_OUTPUT {benchmarks}`;
const shorter = (jar) => ({
	run: RUN(jar, "-f 0 -wi 1 -i 5 -w 40ms -r 10ms"),
	note: "All benchmarks of a round share one JVM (`-f 0`), because one for each takes minutes: its compiler sees all that are measured, on both sides alike. 40 ms of warm-up end before it has done its best: a regression in fully compiled code alone is not seen. `-f 1` with longer warm-up (`-wi 5 -w 1s`) and fewer benchmarks (`-e PATTERN` leaves some out) are more exact."
});
const ABOUT = "One fork and short iterations a round, many of them; {benchmarks} stands for those that are not decided yet.";
function detectJvm(repository) {
	const found = [...maven(repository), ...gradle(repository)];
	if (found.length === 0) return NOTHING;
	return {
		suites: found.map(({ suite }) => suite),
		setup: found.map(({ setup }) => setup),
		runtimes: ["java"],
		notes: []
	};
}
function maven(repository) {
	const folders = named(repository, /^pom\.xml$/).map(folderOf);
	return folders.flatMap((folder) => {
		const pom = repository.text(inside(folder, "pom.xml")) ?? "";
		if (!/<artifactId>jmh-(core|generator-annprocess)<\/artifactId>/.test(pom) || /<packaging>pom</.test(pom)) return [];
		const root = folders.find((each) => each !== folder && nearestFolder([each], folder) === each && modulesOf(repository, each).includes(folder)) ?? folder;
		const module = root === folder ? "" : ` -pl ${shellWord(root === "" ? folder : folder.slice(root.length + 1))} -am`;
		const jar = shellWord(jarOf(pom));
		return [{
			suite: {
				name: suiteName(artifactOf(pom), "jmh"),
				why: `${inside(folder, "pom.xml")} depends on JMH`,
				keys: [...folderKey(folder), ...commandKeys(RUN(jar), "jmh", ABOUT)],
				shorter: shorter(jar),
				notes: /shade|assembly/.test(pom) ? [] : ["JMH needs one jar with everything in it (maven-shade-plugin, as in JMH's archetype): without it, adapt `run`."]
			},
			setup: {
				folder: root,
				line: `mvn -q -B -DskipTests${module} package`,
				about: "builds the jar with the benchmarks"
			}
		}];
	});
}
function modulesOf(repository, folder) {
	return [...(repository.text(inside(folder, "pom.xml")) ?? "").matchAll(/<module>\s*([^<\s]+)\s*<\/module>/g)].map(([, name]) => inside(folder, name));
}
function jarOf(pom) {
	const filled = ([...pom.matchAll(/<finalName>([^<]+)<\/finalName>/g)].at(-1)?.[1] ?? "benchmarks").replace(/\$\{([^}]+)\}/g, (whole, key) => new RegExp(`<${key.replaceAll(".", "\\.")}>([^<]+)<`).exec(pom)?.[1] ?? whole);
	return `target/${filled.includes("${") ? "benchmarks" : filled}.jar`;
}
function artifactOf(pom) {
	const own = pom.replace(/<parent>[\s\S]*?<\/parent>|<dependenc(y|ies)>[\s\S]*?<\/dependenc(y|ies)>|<build>[\s\S]*?<\/build>/g, "");
	return /<artifactId>([^<]+)<\/artifactId>/.exec(own)?.[1] ?? "";
}
const GRADLE_JAR = "$(ls build/libs/*-jmh.jar | head -n 1)";
function gradle(repository) {
	const wrappers = repository.paths.filter((path) => /(^|\/)gradlew$/.test(path)).map(folderOf);
	return named(repository, /^build\.gradle(\.kts)?$/).flatMap((path) => {
		const folder = folderOf(path);
		const text = repository.text(path) ?? "";
		if (!/me\.champeau\.(gradle\.)?jmh|alias\(libs\.plugins\.jmh\)/.test(text)) return [];
		const root = nearestFolder(wrappers, folder);
		const project = root === null || root === folder ? "" : `:${folder.slice(root === "" ? 0 : root.length + 1).replaceAll("/", ":")}:`;
		return [{
			suite: {
				name: suiteName(folder.slice(folder.lastIndexOf("/") + 1), "jmh"),
				why: `${path} applies the JMH plugin`,
				keys: [...folderKey(folder), ...commandKeys(RUN(GRADLE_JAR), "jmh", ABOUT)],
				shorter: shorter(GRADLE_JAR)
			},
			setup: {
				folder: root ?? folder,
				line: `${root === null ? "gradle" : "./gradlew"} --quiet ${shellWord(`${project}jmhJar`)}`,
				about: "builds the jar with the benchmarks"
			}
		}];
	});
}
// src/init/detect/addresses.ts
const LOCAL = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::\d+)?$/;
const UNASKED$1 = /(?:\breferer["']?\s*[:=,]\s*["'`]?|\bxmlns(?::\w+)?=\\?["']|\bJSON\.stringify\((?:[^()]|\(\))*)$/i;
function addressesIn(code, unasked = UNASKED$1) {
	return [...code.matchAll(/(\$\{[^{}]*\}|\b[a-z][a-z+.-]{0,20}|(?<=["'`])(?=:\/\/[\w$])):\/\/((?:\$\{[^{}]*\}|[^\s"'`/?#\\$<>(),;])*)/gi)].map(({ 1: scheme, 2: host, index }) => ({
		scheme: scheme.toLowerCase(),
		host,
		at: index
	})).filter(({ at }) => !unasked.test(code.slice(Math.max(0, at - 600), at)));
}
function addressText({ scheme, host }) {
	return `${scheme}://${host}`;
}
function withoutComments(script) {
	return script.replace(/("(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`)|(?<![:\\])\/\/.*|\/\*(?:(?!\/\*)[\s\S])*?\*\//g, (_, quoted) => quoted ?? " ");
}
function withoutImports(script) {
	return script.replace(/^[ \t]*import\b[^"'`;=()]*["'][^"'\n]*["']/gm, "").replace(/^[ \t]*export\s*(?:\*[^"'`;]*?|\{[^}"'`]*\}\s*)from\s*["'][^"'\n]*["']/gm, "").replace(/\brequire\(\s*["'][^"'\n]*["']\s*\)/g, "");
}
function withoutHashes(text) {
	return text.replace(/(^|\s)#.*$/gm, "$1");
}
// src/init/detect/artillery.ts
function artillery(path, text, imports) {
	if (!(/\.ya?ml$/.test(path) && /^config:/m.test(text) && /^scenarios:/m.test(text)) || !/^[ \t]+target:/m.test(text)) return null;
	const code = withoutHashes(text);
	const processor = /^[ \t]*processor:[ \t]*["']?([\w./-]+)/m.exec(code)?.[1];
	const { texts, unread } = imports(path, processor === void 0 ? "" : `import ${JSON.stringify(dotted(processor))}`);
	const own = code.replace(/^[ \t]*target:.*$/gm, "");
	const stranger = [own, ...texts.map((each) => withoutImports(withoutComments(each)))].flatMap((each) => addressesIn(each))[0];
	const made = /^[ \t-]*url:[ \t]*["']?(\{\{[^}\n]*\}\})/m.exec(own)?.[1];
	const asked = stranger === void 0 ? made : addressText(stranger);
	const elsewhere = unread ?? (asked === void 0 ? null : `It may send requests to ${asked}, whichever side is measured: write paths alone, so that they go to its target, and run \`benchgate init\` again`);
	return {
		path,
		tool: "artillery",
		text,
		run: () => `npx artillery run --target $BENCHGATE_URL -o $BENCHGATE_OUTPUT ${shellWord(path)}`,
		why: `${path} is a script of Artillery`,
		runtime: "node",
		...elsewhere !== null && { elsewhere }
	};
}
function dotted(path) {
	return path.startsWith(".") ? path : `./${path}`;
}
// src/init/detect/jmeter.ts
function jmeter(path, plan) {
	const text = plan.replace(/<!--(?:(?!<!--)[\s\S])*?-->|<stringProp name="(?:Header\.value|TestPlan\.comments|TestElement\.comments)">[^<]*<\/stringProp>/g, "");
	const common = {
		path,
		tool: "jmeter",
		text: plan,
		why: `${path} is a plan of JMeter`
	};
	const hosts = fieldsOf(text, /\w*Sampler\.(?:domain|server|proxyHost)/);
	const ports = fieldsOf(text, /HTTPSampler\.port/);
	const property = ports.find((each) => each.property !== null)?.property ?? null;
	const nowhere = (why) => ({
		...common,
		run: () => "",
		elsewhere: why
	});
	if (property === null || ports.some((each) => each.property !== property)) return nowhere("Its requests must go to port ${__P(port)}, because each side's service has a port of its own: change it, and run `benchgate init` again");
	const stranger = hosts.find(({ text: host, property: name }) => name === null && !LOCAL.test(host))?.text ?? addressesIn(text).map(addressText)[0];
	if (stranger !== void 0) return nowhere(`It may send requests to ${stranger} as well, whichever side is measured: write \${__P(host,127.0.0.1)} in its place, and run \`benchgate init\` again`);
	if (/"IncludeController\.includepath"/.test(text)) return nowhere("It includes another plan, whose requests may go elsewhere: add a suite with `run` for it");
	if (/<boolProp name="HTTPSampler\.image_parser">true</.test(text)) return nowhere("It fetches whatever the pages name, from other servers too: turn off `Retrieve All Embedded Resources`, and run `benchgate init` again");
	const flags = [...[...new Set(hosts.flatMap((each) => each.property ?? []))].map((name) => ` -J${name}=127.0.0.1`), ` -J${property}=$PORT`].join("");
	return {
		...common,
		run: () => `jmeter -n -t ${shellWord(path)} -l $BENCHGATE_OUTPUT -Jjmeter.save.saveservice.output_format=csv${flags}`
	};
}
function fieldsOf(plan, name) {
	const fields = plan.matchAll(new RegExp(`<stringProp name="(?:${name.source})">([^<]*)</stringProp>`, "g"));
	const variables = variablesOf$1(plan);
	return [...fields].map(([, field]) => field.trim()).filter((field) => field !== "").map((field) => {
		const text = field.replace(/\$\{(\w+)\}/g, (whole, variable) => variables.get(variable) ?? whole);
		return {
			text,
			property: /^\$\{__(?:P|property)\(\s*([\w.-]+)\s*(?:,[^{}]*)?\)\}$/.exec(text)?.[1] ?? null
		};
	});
}
function variablesOf$1(plan) {
	const pairs = plan.matchAll(/<stringProp name="Argument\.name">(\w+)<\/stringProp>\s*<stringProp name="Argument\.value">([^<]*)<\/stringProp>/g);
	const values = new Map();
	for (const [, name, value] of pairs) values.set(name, (values.get(name) ?? new Set()).add(value.trim()));
	return new Map([...values].flatMap(([name, all]) => all.size === 1 ? [[name, [...all][0]]] : []));
}
// src/init/detect/k6-target.ts
const INNER = /^(?:[\w-]+|[\w.-]+\.(?:local|internal|lan|svc|test|nip\.io|sslip\.io)|(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d+){2,3})(?::\d+)?$/;
const NAMED$1 = /(?:URL|URI|HOST|HOSTNAME|TARGET|ADDR|ADDRESS|ENDPOINT|ORIGIN)$/i;
const OTHER = /PATH|KEY|TOKEN|PASS|SECRET|PROM|GRAFANA|INFLUX|STATSD|OTEL|LOKI|SLACK|HOOK|(?:^|_)DB|DATABASE|POSTGRES|MYSQL|MONGO|REDIS|KAFKA|AUTH|LOGIN|CALLBACK|REDIRECT|PROXY|CDN|S3/i;
const READ = String.raw`__ENV\.(\w+)\s*(?:(?:\|\||\?\?)\s*(?:(["'\`])([^"'\`\n]*)\2|(\w+))\s*)?`;
function targetOf(script, imported) {
	const own = codeOf$1(script);
	const code = [own, ...imported.map(codeOf$1)].join("\n");
	const set = variablesOf(code);
	if (set !== null) {
		const stranger = addressesIn(code).find((address) => !isSet(address, code, set)) ?? callOf(code, set);
		if (stranger !== void 0) return {
			by: "nothing",
			why: strangerWords(stranger)
		};
		const given = [...set.keys()].find((name) => isGiven(name, code));
		if (given !== void 0) return {
			by: "nothing",
			why: `It gives ${given} a value itself`
		};
		return {
			by: "variables",
			flags: [...set].map(([name, value]) => `-e ${name}=${value}`).join(" ")
		};
	}
	const [first] = addressesIn(own).filter(isReplaceable);
	if (first === void 0) return {
		by: "nothing",
		why: "It does not take its address from the environment"
	};
	const stranger = addressesIn(code).find((each) => addressText(each) !== addressText(first)) ?? callOf(code, new Map());
	if (stranger !== void 0) return {
		by: "nothing",
		why: strangerWords(stranger)
	};
	if (imported.flatMap((each) => addressesIn(codeOf$1(each))).length > 0) return {
		by: "nothing",
		why: `What it imports has the address ${addressText(first)} in it`
	};
	return {
		by: "literal",
		origin: addressText(first)
	};
}
function codeOf$1(script) {
	return withoutImports(withoutComments(script)).replace(/__ENV\[\s*["'`](\w+)["'`]\s*\]/g, "__ENV.$1").replace(/(?<=:(?:\/\/)?)["'`]\s*\+\s*([A-Za-z_]\w*(?:\.\w+)*)(?![\w.]|\s*[([])(?:\s*\+\s*["'`])?/g, "$${$1}");
}
function isReplaceable({ scheme, host }) {
	return /^https?$/.test(scheme) && (LOCAL.test(host) || INNER.test(host));
}
function strangerWords(stranger) {
	return `It may send requests to ${typeof stranger === "string" ? stranger : addressText(stranger)} as well, whichever side is measured`;
}
function variablesOf(code) {
	const reads = [...code.matchAll(new RegExp(READ, "g"))].map(([, name, , text]) => ({
		name,
		text
	}));
	const named = reads.find(({ name }) => NAMED$1.test(name) && !OTHER.test(name));
	const urls = reads.filter(({ text }) => /^https?:\/\//.test(text ?? ""));
	const whole = urls.find(({ name }) => !OTHER.test(name)) ?? (named === void 0 ? urls[0] : void 0);
	if (whole !== void 0) {
		const path = whole.text.replace(/^https?:\/\/[^/]*/, "").replace(/\/$/, "");
		return new Map([[whole.name, `$BENCHGATE_URL${/^[\w./-]*$/.test(path) ? path : ""}`]]);
	}
	const parts = new Map(addressesIn(code).flatMap(({ host }) => partsOf(host, code)));
	if (parts.size > 0) return parts;
	if (named === void 0) return null;
	const text = reads.find((each) => each.name === named.name && each.text !== void 0)?.text;
	const isHost = /^[\w.-]+(?::\d+)?$/.test(text ?? "");
	return new Map([[named.name, isHost ? "127.0.0.1:$PORT" : "$BENCHGATE_URL"]]);
}
function partsOf(host, code) {
	const whole = /^\$\{([^{}]*)\}$/.exec(host);
	const both = /^(?:\$\{([^{}]*)\}|(?:localhost|127\.0\.0\.1|0\.0\.0\.0)):\$\{([^{}]*)\}$/.exec(host);
	const [name, port] = [whole?.[1] ?? both?.[1], both?.[2]].map((each) => {
		const variable = each === void 0 ? null : variableOf(each, code);
		return variable === null || OTHER.test(variable) ? null : variable;
	});
	if (whole !== null) return name ? [[name, "127.0.0.1:$PORT"]] : [];
	return [name ? [name, "127.0.0.1"] : null, port ? [port, "$PORT"] : null].filter((each) => each !== null);
}
function variableOf(expression, code) {
	const read = new RegExp(`^\\s*${READ}$`).exec(expression)?.[1];
	if (read !== void 0) return read;
	const name = expression.trim();
	if (!/^\w+$/.test(name) || (code.match(new RegExp(`\\b${name}\\s*=(?![=>])`, "g")) ?? []).length !== 1) return null;
	return new RegExp(`\\b(?:const|let|var)\\s+${name}\\s*=\\s*${READ}[ \\t]*(?=[;,\\n]|$)`).exec(code)?.[1] ?? null;
}
function isSet({ scheme, host, at }, code, set) {
	const before = code.slice(Math.max(0, at - 200), at);
	const byDefault = /__ENV\.(\w+)\s*(?:\|\||\?\?)\s*["'`]$/.exec(before)?.[1] ?? /__ENV\.(\w+)\s*\?\s*__ENV\.\1\s*:\s*["'`]$/.exec(before)?.[1];
	if (byDefault !== void 0) return set.has(byDefault);
	const constant = /\b(?:const|let|var)\s+(\w+)\s*=\s*["'`]$/.exec(before)?.[1];
	if (constant !== void 0 && isOnlyDefault(constant, code, set)) return true;
	if (!/^(?:https?|wss?)$/.test(scheme)) return false;
	return host.replace(/\$\{([^{}]*)\}/g, (_, expression) => set.get(variableOf(expression, code) ?? "") ?? "?").replace(/^(?:localhost|0\.0\.0\.0):/, "127.0.0.1:") === "127.0.0.1:$PORT";
}
function isOnlyDefault(name, code, set) {
	const uses = code.match(new RegExp(`\\b${name}\\b`, "g")) ?? [];
	const variable = new RegExp(`__ENV\\.(\\w+)\\s*(?:\\|\\||\\?\\?)\\s*${name}\\b`).exec(code)?.[1];
	return uses.length === 2 && variable !== void 0 && set.has(variable);
}
function callOf(code, set) {
	return [...code.matchAll(/(?:__ENV\.(\w+)\s*(?:\|\||\?\?)\s*|\bconnect\(\s*)["'`]([\w.-]+:\d{2,5})["'`]/g)].find(([, name]) => name === void 0 || !set.has(name))?.[2];
}
function isGiven(name, code) {
	return new RegExp(`__ENV\\.${name}\\s*=(?!=)|\\benv["']?\\s*:\\s*\\{[^{}]*\\b${name}["']?\\s*:`).test(code);
}
// src/init/detect/k6.ts
function k6(path, text, imports) {
	if (!/\.(m?[jt]s)$/.test(path) || !/from\s+["']k6(\/[\w/]+)?["']/.test(text)) return null;
	const entry = /export\s+default|as default/.test(text) ? "" : defaultOf(text);
	if (entry === null) return null;
	const common = {
		path,
		tool: "k6",
		why: `${path} is a script of k6`,
		runtime: "k6",
		text
	};
	const nowhere = (elsewhere) => ({
		...common,
		run: () => "",
		elsewhere
	});
	const { texts, unread } = imports(path, text);
	if (unread !== null) return nowhere(unread);
	const target = targetOf(text, texts);
	if (target.by === "nothing") return nowhere(`${target.why}: let __ENV.BASE_URL be the only address in it, and run \`benchgate init\` again`);
	const literal = target.by === "literal" ? target.origin : null;
	const variables = target.by === "variables" ? target.flags : "";
	const place = folderOf(path) === "" ? "" : `cd ${shellWord(folderOf(path))} && `;
	const file = shellWord(within(folderOf(path), path));
	const script = literal === null ? `cat ${file}` : `sed "s#${literal.replace(/[[\].]/g, "\\$&")}#$BENCHGATE_URL#g" ${file}`;
	const source = entry === "" ? script : `{ ${script}; printf '%s\\n' '' ${shellWord(entry)}; }`;
	const isPiped = literal !== null || entry !== "";
	const called = entry === "" ? namedFunctions(text) : [];
	const notes = (size) => [...literal === null ? [] : [`${path} has the address ${literal} in it; the command replaces it. \`__ENV.BASE_URL\` in the script is plainer.`], ...sizeFlags(text, size) === "" ? [] : [`${path} is longer than a round, or its load changes: the command replaces its users and stages. Many short rounds decide.`, ...called.length === 0 ? [] : [`The command runs the default function of ${path} alone. What slows ${called.join(", ")} is not seen: call ${called.length === 1 ? "it" : "them"} in the default function, or add a suite for ${called.length === 1 ? "it" : "each"}.`]]];
	const run = (size) => {
		const flags = [
			"--quiet",
			sizeFlags(text, size),
			variables
		].filter((each) => each !== "").join(" ");
		const command = (script) => `k6 run ${flags} --out json=$BENCHGATE_OUTPUT ${script}`;
		return isPiped ? `${place}${source} | ${command("-")}` : command(shellWord(path));
	};
	return {
		...common,
		run,
		notes
	};
}
function defaultOf(text) {
	const functions = namedFunctions(text);
	if (functions.length === 0) return null;
	return `export default function (data) { ${functions.map((name) => `${name}(data);`).join(" ")} }`;
}
function namedFunctions(text) {
	const named = [...text.matchAll(/\bexec["']?\s*:\s*["'`](\w+)["'`]/g)].map(([, name]) => name);
	return [...new Set(named)].filter((name) => new RegExp(`export\\s+(?:async\\s+)?(?:function|const|let|var)\\s+${name}\\b`).test(text));
}
const FEW_USERS$1 = 10;
const SECONDS = {
	ms: .001,
	s: 1,
	m: 60,
	h: 3600
};
function sizeFlags(text, { seconds, users }) {
	const lengths = [...text.matchAll(/\bduration["']?\s*:\s*(?:["'`]((?:[\d.]+(?:ms|[smh]))+)["'`]|\S)/g)].map(([, length]) => length === void 0 ? Number.POSITIVE_INFINITY : secondsIn(length));
	const counts = [...text.matchAll(/\b(?:target|vus|preAllocatedVUs)\s*:\s*(\d+)/g)].map(([, count]) => Number(count));
	const most = largest(counts, 1);
	const length = lengths.reduce((sum, each) => sum + each, 0);
	const isFew = /\bsleep\(/.test(text) && most < FEW_USERS$1;
	if (length > 0 && length <= seconds && !isFew && most <= users) return "";
	const wanted = Math.max(most, isFew || counts.length === 0 ? FEW_USERS$1 : 1);
	return `--vus ${Math.min(users, wanted)} --duration ${seconds}s`;
}
function secondsIn(length) {
	return [...length.matchAll(/([\d.]+)(ms|[smh])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * SECONDS[unit], 0);
}
// src/init/detect/pyproject.ts
function isPackage(repository, folder) {
	const toml = repository.text(inside(folder, "pyproject.toml")) ?? "";
	return /^[ \t]*\[(project|build-system|tool\.poetry)\]/m.test(toml) || repository.text(inside(folder, "setup.py")) !== null;
}
function dependenciesOf(toml) {
	const [, list = ""] = /^dependencies\s*=\s*\[((?:[^\]"']|"[^"]*"|'[^']*')*)\]/m.exec(sectionOf(toml, "project")) ?? [];
	const listed = [...list.matchAll(/"([^"]+)"|'([^']+)'/g)].map(([, double, single]) => double ?? single);
	const poetry = sectionKeys(toml, "tool.poetry.dependencies").filter((name) => name !== "python");
	return listed.length > 0 ? listed : poetry;
}
function extrasOf(toml) {
	return sectionKeys(toml, "project.optional-dependencies");
}
function packagesOf(toml, extra) {
	const [, list = ""] = new RegExp(`^${extra}\\s*=\\s*\\[((?:[^\\]"']|"[^"]*"|'[^']*')*)\\]`, "m").exec(sectionOf(toml, "project.optional-dependencies")) ?? [];
	return [...list.matchAll(/["']([A-Za-z0-9][\w.-]*)/g)].map(([, name]) => name);
}
const GROUPS = /^(dependency-groups|tool\.poetry\.(group\.[\w-]+\.dependencies|dev-dependencies)|tool\.pdm\.dev-dependencies|tool\.uv)$/;
function groupedPackages(toml) {
	return [...toml.matchAll(/^\[([\w.-]+)\]\s*$/gm)].map(([, name]) => name).filter((name) => GROUPS.test(name)).flatMap((section) => {
		const body = sectionOf(toml, section).replace(/\{[^}\n]*include-group[^}\n]*\}/g, "");
		return [...section.startsWith("tool.poetry") ? body.matchAll(/^([A-Za-z0-9][\w.-]*)\s*=/gm) : body.matchAll(/^[^#\n=]*?["']([A-Za-z0-9][\w.-]*)|[[,]\s*["']([A-Za-z0-9][\w.-]*)/gm)].map(([, key, listed]) => (key ?? listed).toLowerCase());
	});
}
function hasOwnOptions(toml) {
	return /^[ \t]*addopts\s*=\s*(\[[^\]]*|[^\n]*)(--cov|--codspeed|-n\b|--numprocesses|--benchmark)/m.test(toml);
}
function sectionKeys(toml, section) {
	return [...sectionOf(toml, section).matchAll(/^([A-Za-z0-9_-]+)\s*=/gm)].map(([, key]) => key);
}
function sectionOf(toml, section) {
	const [, body = ""] = new RegExp(`^\\[${section.replaceAll(".", "\\.")}\\]\\s*$([\\s\\S]*?)(?=^\\[|(?![\\s\\S]))`, "m").exec(uncommented(toml)) ?? [];
	return body;
}
function uncommented(toml) {
	return toml.replace(/("[^"\n]*"|'[^'\n]*')|#.*$/gm, (_, quoted) => quoted ?? "");
}
// src/init/detect/python-environment.ts
const VENV = ".benchgate-venv";
const PYTHON_BIN = `${VENV}/bin`;
const PYTHON = `${PYTHON_BIN}/python`;
const EXTRA = /^(bench|benchmarks?|benchmarking|perf|performance|tests?|testing)$/;
function asvPackages(config) {
	const matrix = objectOf$1(objectOf$1(parsed$1(config.replace(/^\s*\/\/.*$/gm, "").replace(/,(\s*[}\]])/g, "$1"))).matrix);
	const { env: _, env_nobuild: __, req = matrix, ...older } = matrix;
	return Object.entries(req === matrix ? older : objectOf$1(req)).flatMap(([name, versions]) => {
		const version = Array.isArray(versions) ? versions[0] : "";
		if (typeof version !== "string") return [];
		return `${name.replace(/^pip\+/, "")}${/^\d/.test(version) ? `==${version}` : version}`;
	});
}
function parsed$1(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
function objectOf$1(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
function setupOf(repository, folder, { suites, texts }) {
	const file = (name) => repository.text(inside(folder, name));
	const toml = file("pyproject.toml") ?? "";
	const extras = extrasOf(toml).filter((name) => EXTRA.test(name) || isImported(packagesOf(toml, name), texts));
	const conftests = named(repository, /^conftest\.py$/).map((path) => repository.text(path) ?? "");
	const tools = Object.entries({
		"pytest-benchmark": "pytest pytest-benchmark",
		pyperf: "pyperf",
		asv: "asv"
	}).filter(([tool]) => suites.some(({ keys }) => keys.some(({ key, value }) => key === "tool" && value === tool)));
	return environmentOf(repository, folder, {
		extras,
		packages: [
			...tools.map(([, packages]) => packages),
			...tools.some(([tool]) => tool === "pytest-benchmark") ? pytestNeeds(toml, [...texts, ...conftests]) : [],
			...asvPackages(file("asv.conf.json") ?? "").map(shellWord)
		]
	});
}
function environmentOf(repository, folder, { extras, packages }) {
	const requirements = repository.paths.filter((path) => folderOf(path) === folder && /^requirements([-_.](bench|benchmarks?|tests?|dev))?\.txt$/.test(within(folder, path)));
	return environmentStep(folder, [
		...isPackage(repository, folder) ? [`-e ${extras.length > 0 ? `'.[${extras.join(",")}]'` : "."}`] : [],
		...requirements.map((path) => `-r ${shellWord(within(folder, path))}`),
		...packages
	]);
}
function environmentStep(folder, what) {
	return {
		folder,
		line: `python3 -m venv ${VENV} && printf '*' > ${VENV}/.gitignore && ${PYTHON} -m pip install --quiet ${what.join(" ")}`,
		about: "an environment of its own for each side: neither can import the other's code"
	};
}
function isImported(packages, texts) {
	return packages.some((name) => {
		const module = name.replaceAll("-", "_");
		return texts.some((text) => new RegExp(`^\\s*(?:import|from)\\s+${module}\\b`, "im").test(text));
	});
}
const NO_PLUGIN = /^pytest-(benchmark|cov|xdist|codspeed|mypy.*|randomly|sugar)$/;
function pytestNeeds(toml, texts) {
	return [...new Set(groupedPackages(toml))].filter((name) => name !== "pytest" && (/^pytest-/.test(name) && !NO_PLUGIN.test(name) || isImported([name], texts))).sort();
}
// src/init/detect/services/service.ts
const HEALTH = /["'`](\/(?:health|healthz|healthcheck|ready|readyz|livez|ping|status|_health))["'`]/;
function healthIn(entry) {
	return HEALTH.exec(entry)?.[1] ?? null;
}
function serviceKeys({ serve, health, port }) {
	const fixed = fixedPort(port);
	const at = `127.0.0.1:${fixed ?? "$PORT"}`;
	return [{
		key: "serve",
		value: serve,
		about: fixed === null ? "Started for each round on each side, with a PORT of its own." : "Started for each round, one side after the other: its port is fixed in its code."
	}, {
		key: "ready",
		value: health === null ? `tcp://${at}` : `http://${at}${health}`,
		about: "How it shows that it takes requests."
	}];
}
function fixedPort({ from, usual }) {
	return from === "fixed" ? usual : null;
}
function servedFrom(service, folder) {
	if (service.folder === folder) return service;
	const up = folder === "" ? "" : "../".repeat(folder.split("/").length);
	return {
		...service,
		serve: `cd ${shellWord(`${up}${service.folder || "."}`)} && ${service.serve}`
	};
}
const OWN_PORT = "(?:(?:HTTP|SERVER|APP|API|SERVICE|WEB|LISTEN|NODE|BACKEND)_)?PORT";
const PORT_NAME = "(?:(?:http|server|app|api|service|web|listen|node|backend|default)_?)?port";
function portIn(places) {
	for (const [index, place] of places.entries()) {
		const { name, usual } = portOf(index < places.length - 1 || index === 0 ? place : withoutNumbers(place));
		if (name !== null) return {
			port: {
				from: "given",
				usual
			},
			variables: name === "PORT" ? "" : `${name}=$PORT `
		};
		if (usual !== null) return {
			port: {
				from: "fixed",
				usual
			},
			variables: ""
		};
	}
	return {
		port: UNSEEN,
		variables: ""
	};
}
const withoutNumbers = onceFor(({ texts, words }) => ({
	texts,
	words: {
		...words,
		numbers: []
	}
}));
const portOf = onceFor(({ texts, words: { variable, calls, numbers } }) => {
	const reads = new RegExp(variable.replaceAll("NAME", `(${OWN_PORT})`), "g");
	const fallback = new RegExp(`(?<!\\w)${OWN_PORT}["'\`)\\]]*\\s*(?:\\|\\||\\?\\?|,)\\s*["'\`:]*(\\d{2,5})\\b`);
	const listening = texts.flatMap((text) => [...text.matchAll(calls)].map((call) => call.slice(1).find(Boolean)));
	const [first] = listening.filter((each) => each !== void 0);
	if (first !== void 0 && !listening.includes(void 0)) return {
		name: null,
		usual: Number(first)
	};
	const names = texts.flatMap((text) => [...text.matchAll(reads)].flatMap((match) => match.slice(1).find(Boolean) ?? []));
	const usual = [
		...texts.flatMap((text) => fallback.exec(text)?.[1] ?? []),
		...texts.flatMap((text) => constantsIn(text, calls)),
		...texts.flatMap((text) => numbers.flatMap((pattern) => pattern.exec(text)?.[1] ?? [])),
		...first === void 0 ? [] : [first]
	][0];
	return {
		name: names.includes("PORT") ? "PORT" : names[0] ?? null,
		usual: usual === void 0 ? null : Number(usual)
	};
});
function constantsIn(text, calls) {
	return [...text.matchAll(calls)].flatMap((call) => {
		const [name] = /^[A-Za-z_]\w*(?=\s*[,)])/.exec(text.slice(call.index + call[0].length).slice(0, 100)) ?? [];
		if (name === void 0) return [];
		return new RegExp(`(?<![\\w.])${name}(?:\\s*:?\\s*\\w+)?\\s*:?=\\s*["'\`]?(?:[\\w.]*:)?(\\d{2,5})\\b`).exec(text)?.[1] ?? [];
	});
}
const UNSEEN = {
	from: "unseen",
	usual: null
};
// src/init/detect/services/go.ts
const BIN = ".benchgate-bin";
const SERVES = /ListenAndServe|\bhttp\.Serve\(|\bnet\.(?:Listen|ListenTCP|ListenConfig)\b/;
const FRAMEWORK = /"github\.com\/(gin-gonic\/gin|labstack\/echo|gofiber\/fiber|valyala\/fasthttp|kataras\/iris|beego\/)/;
const FRAMEWORK_SERVES = /\.(Run|Listen|Start)\(/;
const WRAPPER_SERVES = /\b\w*(srv|server|app|api|router)\w*\.(Run|Listen|Start|Serve)\(/i;
const ADDRESS_NAME = "(?:(?:http|server|app|api|service|web|listen|bind)[_-]?)?addr(?:ess)?";
const NUMBER$1 = "(?:\"(?:[\\w.]*:)?)?(\\d{2,5})\\b";
const WORDS$2 = {
	variable: "\"NAME\"",
	calls: /(?:ListenAndServe\(|\.(?:Run|Start|Listen)\((?!\s*\)))\s*(?:"[\w.]*:(?!6060)(\d{2,5})")?/g,
	numbers: [
		/\bhttp\.Server\s*\{[^{}]*\bAddr\s*:\s*"[\w.]*:(\d{2,5})"/,
		new RegExp(`\\bflag\\.\\w+\\((?:&\\w+,\\s*)?"(?:${PORT_NAME}|${ADDRESS_NAME}|listen|bind|http)",\\s*${NUMBER$1}`, "i"),
		new RegExp(`(?<!\\w)(?:${PORT_NAME}|${ADDRESS_NAME})\\s*:?=\\s*${NUMBER$1}`, "i")
	]
};
function goServices(repository) {
	const modules = [...new Set([...named(repository, /^go\.mod$/).map(folderOf), ""])];
	return modules.flatMap((folder) => {
		const files = filesOf(repository, folder, modules).filter((path) => path.endsWith(".go") && !path.endsWith("_test.go"));
		const mains = files.filter((path) => /^func main\(/m.test(repository.text(path) ?? ""));
		const textsOf = (paths) => paths.flatMap((path) => repository.text(path) ?? []);
		const packages = new Set(mains.map(folderOf));
		const packageOf = (main) => textsOf(files.filter((path) => folderOf(path) === folderOf(main)));
		const shared = textsOf(files.filter((path) => !packages.has(folderOf(path))));
		const listening = mains.filter((path) => packageOf(path).some(isServer));
		const leaves = mains.length === 1 && shared.some(isServer);
		const chosen = listening.length > 0 ? listening : leaves ? mains : [];
		const others = {
			texts: shared,
			words: WORDS$2
		};
		return chosen.map((path) => {
			return serviceOf$1(repository, folder, path, portIn([...[[repository.text(path)], packageOf(path)].map((texts) => ({
				texts,
				words: WORDS$2
			})), others]));
		});
	});
}
function isServer(text) {
	if (SERVES.test(text)) return true;
	return FRAMEWORK.test(text) && FRAMEWORK_SERVES.test(text) || /"net\/http"/.test(text) && WRAPPER_SERVES.test(text);
}
function serviceOf$1(repository, folder, path, { port, variables }) {
	const text = repository.text(path);
	const place = folderOf(within(folder, path));
	const target = place === "" ? "." : `./${place}`;
	const takes = port.from === "unseen" && /gin\.(Default|New)\(/.test(text) && /\.Run\(\s*\)/.test(text);
	const file = `${BIN}/${place === "" ? "server" : place.replaceAll("/", "-")}`;
	return {
		folder,
		home: folderOf(path),
		serve: `${variables}./${shellWord(file)}`,
		health: healthIn(text),
		port: takes ? {
			...UNSEEN,
			from: "given"
		} : port,
		setup: [{
			folder,
			line: `mkdir -p ${BIN} && printf '*' > ${inside(BIN, ".gitignore")} && go build -o ${shellWord(file)} ${shellWord(target)}`,
			about: "the service under load, built once a side"
		}],
		runtime: "go"
	};
}
// src/init/detect/package-json.ts
const manifestsOf = onceFor((repository) => new Map(named(repository, /^package\.json$/).flatMap((path) => {
	const manifest = parsed(repository.text(path));
	return manifest === null ? [] : [[folderOf(path), manifest]];
})));
function manifestOf(repository, folder) {
	return manifestsOf(repository).get(folder) ?? null;
}
function parsed(text) {
	try {
		const json = text === null ? null : JSON.parse(text);
		if (typeof json !== "object" || json === null) return null;
		const { name, main, module, exports, scripts, dependencies, devDependencies, optionalDependencies } = json;
		return {
			name: typeof name === "string" ? name : "",
			main: typeof main === "string" ? main : "",
			entries: JSON.stringify([module, exports]),
			scripts: texts(scripts),
			dependencies: new Map([
				dependencies,
				optionalDependencies,
				devDependencies
			].flatMap((each) => [...texts(each)]))
		};
	} catch {
		return null;
	}
}
function texts(value) {
	if (typeof value !== "object" || value === null) return new Map();
	return new Map(Object.entries(value).filter((entry) => typeof entry[1] === "string"));
}
// src/init/detect/node-build.ts
const OUTPUT = "(dist|lib|build|out|es|esm|cjs)";
const BUILT = new RegExp(`^(.*?/)?${OUTPUT}(/|$)`);
const BUILT_ENTRY = new RegExp(`"(\\./)?${OUTPUT}/`);
function buildSteps(repository, folder, files) {
	const specifiers = files.flatMap(({ path, text }) => [...text.matchAll(/(?:from|import|require\(|import\()\s*["']([^"']+)["']/g)].map(([, name]) => ({
		path,
		name
	})));
	const relative = specifiers.flatMap(({ path, name }) => builtBy(repository, resolved(folderOf(path), name)));
	const packages = specifiers.flatMap(({ name }) => packageCalled(repository, folder, name));
	const builders = [...relative, ...packages].flatMap((owner) => builderOf(repository, owner));
	return [...new Set(builders)].map((at) => buildStep(repository, at, "the benchmarks import what it makes"));
}
function buildStep(repository, folder, about) {
	return {
		folder,
		line: `${runner(manifestOf(repository, folder)?.scripts.get("build") ?? "")} run build`,
		about
	};
}
function isBuilt(path) {
	return BUILT.test(path);
}
function builtBy(repository, path) {
	const [place = "", before = ""] = (path === null ? null : BUILT.exec(path)) ?? [];
	const output = place.replace(/\/$/, "");
	if (place === "") return [];
	if (!isIgnored(repository, output) && repository.paths.some((each) => each.startsWith(`${output}/`))) return [];
	return [before.replace(/\/$/, "")];
}
function isIgnored(repository, folder) {
	const name = folder.slice(folder.lastIndexOf("/") + 1);
	const line = new RegExp(`^/?(?:\\*\\*/)?${name}/?\\*?[ \\t\\r]*$`, "m");
	return ancestors(folder).some((at) => line.test(repository.text(inside(at, ".gitignore")) ?? ""));
}
function resolved(folder, name) {
	if (!/^\.\.?\//.test(name)) return null;
	const parts = folder === "" ? [] : folder.split("/");
	for (const part of name.split("/")) if (part === "..") parts.pop();
	else if (part !== ".") parts.push(part);
	return parts.join("/");
}
function packageCalled(repository, folder, specifier) {
	return [...manifestsOf(repository)].flatMap(([at, { name, main, entries }]) => {
		if (name === "" || specifier !== name && !specifier.startsWith(`${name}/`)) return [];
		return !repository.paths.some((path) => path.startsWith(inside(at, "dist/"))) && (at === folder || BUILT_ENTRY.test(`"${main}" ${entries}`)) ? [at] : [];
	});
}
function builderOf(repository, owner) {
	const found = [owner, ...ancestors(owner)].find((at) => manifestOf(repository, at)?.scripts.has("build") === true);
	return found === void 0 ? [] : [found];
}
function runner(script) {
	const [manager] = /\b(pnpm|yarn|bun)\b/.exec(script) ?? [];
	return manager === void 0 ? "npm" : `npx --yes ${manager}`;
}
// src/init/detect/services/node-start.ts
const OF_OTHERS = /\b(uvicorn|gunicorn|python3?|flask|docker|podman|go run|cargo|java|mvnw?|gradlew?|dotnet|php|bundle|rails)\b|(?<![\w./-])(k6|artillery|locust|jmeter|autocannon|wrk|hey|bombardier|oha|ab|pm2|forever|nx|turbo|lerna|concurrently|npm-run-all|run-[ps]|wsrun)(?=\s|$)|\s(-ws|--workspaces)(?=\s|$)|\b(yarn|pnpm)\s+(workspaces?|-r|--recursive|--filter)\b/;
const OF_PAGES = /webpack|\bvite\b|react-scripts|next dev|ng serve|\bexpo\b|tsc -w|parcel|gatsby|start-storybook|(?<![\w./-])(docusaurus|vitepress|vuepress|storybook|astro|http-server|serve|live-server|docsify|electron|vue-cli-service)(?=\s|$)/;
const SERVERS = /\b(next|nuxt|nuxi|remix-serve|react-router-serve|nest|fastify|strapi|keystone|sails|moleculer-runner|json-server|medusa|directus)\b/;
const TSX = "tsx@4.20.3";
const VALUED = "-(?:[rwei]|-(?:exec|require|import|loader|env-file|ext|ignore|project))";
const RUNS$2 = new RegExp(`^(?:npx\\s+)?(node|nodemon|ts-node-dev|ts-node|tsx|node-dev)\\s+((?:(?:watch|${VALUED}\\s+\\S+|(?!${VALUED}\\s)-\\S+)\\s+)*)([\\w./@-]+)((?:\\s[^&|;]*)?)(?:\\|\\s*(?:npx\\s+)?(?:pino-pretty|bunyan)\\b[^&|;]*)?$`);
function scripted(repository, { folder, manifest, listens }) {
	const { scripts } = manifest;
	const name = [
		"start:prod",
		"start",
		"serve",
		"dev"
	].find((each) => {
		const line = scripts.get(each);
		return line !== void 0 && !OF_PAGES.test(line) && !OF_OTHERS.test(line);
	});
	if (name === void 0) return null;
	const script = scripts.get(name);
	const [, build, last = ""] = /^(?:(tsc|(?:npm|yarn|pnpm)(?: run)? build)\s*&&\s*)?(.*)$/.exec(script.trim()) ?? [];
	const [, variables = "", command = ""] = /^(?:cross-env\s+)?((?:\w+=\S+\s+)*)(.*)$/.exec(last) ?? [];
	const [, runner, flags = "", file, rest = ""] = RUNS$2.exec(command) ?? [];
	const built = scripts.has("build") ? [buildStep(repository, folder, "the service under load")] : [];
	if (file === void 0) return name === "dev" || /\bwatch\b|nodemon/.test(script) || !(listens || SERVERS.test(script)) ? null : {
		serve: `npm run --silent ${name}`,
		file: null,
		setup: built
	};
	if (!isThere(repository, folder, file)) return null;
	const compiled = build === "tsc" && built.length === 0 ? [{
		folder,
		line: "npx tsc",
		about: "what its start script builds"
	}] : built;
	const path = file.replace(/^\.\//, "");
	const isMade = isBuilt(path) && (repository.text(inside(folder, path)) === null || sourceOf(repository, folder, file) !== path);
	const setup = build !== void 0 || isMade ? compiled : [];
	const line = lineOf$1(file, manifest, {
		runner,
		flags
	});
	return {
		serve: `${variables}${line.serve}${rest.trimEnd()}`,
		file,
		setup: [...line.setup, ...setup]
	};
}
function isThere(repository, folder, file) {
	const path = inside(folder, file.replace(/^\.\//, ""));
	const names = [
		path,
		`${path}.js`,
		`${path}.ts`,
		`${path}/index.js`,
		`${path}/index.ts`
	];
	return isBuilt(file.replace(/^\.\//, "")) || names.some((name) => repository.paths.includes(name));
}
function lineOf$1(file, manifest, { runner, flags } = {
	runner: "",
	flags: ""
}) {
	const word = shellWord(file);
	if (runner === "node") return {
		serve: `node ${flags.replace(/--watch(-\S+)?\s+/g, "")}${word}`,
		setup: []
	};
	const kept = [...flags.matchAll(/(?<!\S)(?:-r|--require|--import|--loader)(?:\s+|=)\S+\s+|(?<!\S)--env-file(?:\s+|=)\S+\s+/g)].join("");
	if (!/\.[cm]?ts$/.test(file)) return {
		serve: `node ${kept}${word}`,
		setup: []
	};
	const tool = [
		/^ts-node/.test(runner) ? "ts-node" : "tsx",
		"tsx",
		"ts-node"
	].find((name) => manifest?.dependencies.has(name) === true);
	if (tool !== void 0) return {
		serve: `npx ${tool} ${kept}${word}`,
		setup: []
	};
	const fetched = {
		folder: "",
		line: `npx --yes ${TSX} --version > /dev/null`,
		about: "what compiles the service as it runs"
	};
	return {
		serve: `npx --yes ${TSX} ${kept}${word}`,
		setup: [fetched]
	};
}
function sourceOf(repository, folder, file) {
	const plain = file.replace(/^\.\//, "");
	const [, rest] = /^(?:dist|build|out|lib)\/(?:src\/)?(.+?)(?:\.[cm]?js)?$/.exec(plain) ?? [];
	return (rest === void 0 ? [plain, `${plain}.js`] : [
		`src/${rest}.ts`,
		`${rest}.ts`,
		`src/${rest}.js`
	]).find((name) => repository.text(inside(folder, name)) !== null) ?? plain;
}
// src/init/detect/services/node.ts
const ENTRIES$1 = [
	"server",
	"app",
	"index",
	"main"
].flatMap((name) => [name, `src/${name}`]);
const LISTENS = /\bcreateServer\b|\.listen\(|\bserve\(/;
const WORDS$1 = {
	variable: "env(?:\\.|\\[[\"'`])NAME\\b|\\{[^{}]*\\b(PORT)\\b[^{}]*\\}\\s*=\\s*process\\.env",
	calls: /(?:\.listen|\bserve)\(\s*(?:(\d{2,5})\b|\{[^{}]*\bport\s*:\s*(\d{2,5})\b)?/g,
	numbers: [new RegExp(`\\b(?:const|let|var)\\s+${PORT_NAME}(?:\\s*:\\s*\\w+)?\\s*=\\s*["'\`]?(\\d{2,5})\\b`, "i")]
};
function nodeServices(repository) {
	return [...new Set(["", ...manifestsOf(repository).keys()])].flatMap((folder) => serviceIn(repository, folder) ?? []);
}
function startedBy(repository, { folder, file }) {
	if (file === void 0) return [];
	const path = inside(folder, file.replace(/^\.\//, ""));
	return [{
		path: inside(folder, "-"),
		text: `import ${JSON.stringify(`./${within(folder, path)}`)}`
	}, {
		path,
		text: repository.text(path) ?? ""
	}];
}
function serviceIn(repository, folder) {
	const manifest = manifestOf(repository, folder);
	const at = (file) => repository.text(inside(folder, file));
	const others = otherTexts(repository, folder);
	const entry = [manifest?.main ?? "", ...ENTRIES$1].filter((name) => name !== "").flatMap((name) => /\.[cm]?[jt]s$/.test(name) ? [name] : [
		".js",
		".mjs",
		".cjs",
		".ts"
	].map((end) => name + end)).find((file) => LISTENS.test(at(file) ?? ""));
	const listens = entry !== void 0 || others.some((text) => LISTENS.test(text));
	const command = (manifest === null ? null : scripted(repository, {
		folder,
		manifest,
		listens
	})) ?? (entry === void 0 ? null : {
		...lineOf$1(entry, manifest),
		file: entry
	});
	if (command === null) return null;
	const text = (command.file === null ? null : at(sourceOf(repository, folder, command.file))) ?? at(entry ?? "") ?? "";
	const { port, variables } = portIn([[text], others].map((texts) => ({
		texts,
		words: WORDS$1
	})));
	return {
		folder,
		home: folder,
		serve: `${variables}${command.serve}`,
		health: healthIn(text),
		port,
		setup: command.setup,
		runtime: manifest === null ? null : "node",
		...command.file !== null && { file: command.file }
	};
}
function otherTexts(repository, folder) {
	const inner = [...manifestsOf(repository).keys()].filter((each) => each !== folder && ancestors(each).includes(folder));
	return repository.paths.filter((path) => isOwn(path) && (folder === "" || path.startsWith(`${folder}/`)) && /\.[cm]?[jt]s$/.test(path)).filter((path) => !inner.some((each) => path.startsWith(`${each}/`))).filter((path) => !/(^|\/)(tests?|__tests__|k6|load[^/]*)\//.test(within(folder, path)) && folderOf(path) !== "").flatMap((path) => {
		const text = repository.text(path);
		return text === null || /["']k6(\/\w+)?["']/.test(text) ? [] : [text];
	});
}
// src/init/detect/services/python-needs.ts
const PYTHON_NEEDS = [
	"requirements.txt",
	"pyproject.toml",
	"setup.py",
	"requirements/requirements.txt"
];
function pythonFor(repository, folder, server) {
	const needs = PYTHON_NEEDS.flatMap((name) => plain(repository.text(inside(folder, name)) ?? "")).join("\n").trim();
	if (needs === "") return {
		python: "python3",
		setup: null
	};
	const packages = server === null || new RegExp(`\\b${server}\\b`, "i").test(needs) ? [] : [server];
	const what = [...serviceNeeds(repository, folder), ...packages];
	if (what.length === 0) return {
		python: "python3",
		setup: null
	};
	const listed = what.find((each) => each.startsWith("-r "))?.slice(3);
	if (listed === void 0 || !OF_WINDOWS.test(plain(repository.text(inside(folder, listed)) ?? ""))) return {
		python: PYTHON,
		setup: environmentStep(folder, what)
	};
	const portable = `${VENV}/requirements.txt`;
	const step = environmentStep(folder, what.map((each) => each === `-r ${listed}` ? `-r ${portable}` : each));
	const filter = `tr -d '\\000\\376\\377' < ${listed} | grep -viE '${WINDOWS_ONLY}' > ${portable}`;
	const line = step.line.replace(" && ", ` && ${filter} && `);
	return {
		python: PYTHON,
		setup: {
			...step,
			line,
			about: `${step.about}; without what only Windows has`
		}
	};
}
function pythonNotes(python) {
	if (python === ".benchgate-venv/bin/python") return [];
	return ["What the service imports must be installed by `setup`, into an environment of each side's own: one for both would measure one side's code twice."];
}
const WINDOWS_ONLY = "^(pywin32|pypiwin32|pywinpty|windows-curses|wmi|comtypes)([^a-z0-9_-]|$)";
const OF_WINDOWS = new RegExp(WINDOWS_ONLY, "im");
function plain(text) {
	return text.replaceAll("\0", "");
}
function serviceNeeds(repository, folder) {
	const listed = ["requirements.txt", "requirements/requirements.txt"].find((name) => repository.text(inside(folder, name)) !== null);
	const toml = repository.text(inside(folder, "pyproject.toml")) ?? "";
	const source = inside(folder, "src/");
	const isSrc = !repository.paths.includes(`${source}__init__.py`) && repository.paths.some((path) => path.startsWith(source) && path.endsWith("/__init__.py"));
	const dependencies = dependenciesOf(toml);
	if (isPackage(repository, folder) && !/^[ \t]*package-mode\s*=\s*false/m.test(toml) && (isSrc || listed === void 0 && dependencies.length === 0)) return ["-e .", ...listed === void 0 ? [] : [`-r ${listed}`]];
	return listed === void 0 ? dependencies.map(shellWord) : [`-r ${listed}`];
}
// src/init/detect/services/django.ts
function django(repository, folder, files) {
	const file = files.find((each) => each === "manage.py");
	const code = files.filter((each) => /(^|\/)settings[^/]*(\/[^/]*)?\.py$/.test(each)).map((each) => (repository.text(inside(folder, each)) ?? "").replace(/^[ \t]*#.*$/gm, "")).join("\n");
	if (file === void 0 || !isFileOfTree(code)) return null;
	const { python, setup } = pythonFor(repository, folder, "django");
	return {
		folder,
		home: folder,
		serve: `${python} ${file} runserver --noreload 127.0.0.1:$PORT`,
		health: null,
		port: {
			from: "given",
			usual: 8e3
		},
		setup: [...setup === null ? [] : [setup], {
			folder,
			line: `${python} ${file} migrate --noinput`,
			about: "the tables of the database file that the settings name"
		}],
		runtime: setup === null ? null : "python",
		notes: [...pythonNotes(python), "`migrate` makes the tables in the database file of each side's tree, and of the one that you work in. Where that file is not tracked, it is empty in the base's tree and may be full in yours: fill it in `setup`, or the sides answer from different data."]
	};
}
function isFileOfTree(code) {
	const blocks = [...code.matchAll(/\bDATABASES\b/g)].map(({ index }) => blockAt(code.slice(index)));
	if (blocks.length === 0 || /dj_database_url|\benv\.db\(/.test(code)) return false;
	return blocks.every((block) => {
		if (block === null || /environ|getenv|\benv\b|config\(|\bos\.path\.expanduser|\bhome\(/.test(block)) return false;
		const engines = [...block.matchAll(/["']ENGINE["']\s*:\s*([^,}\n]*)/g)].map(([, engine]) => engine.trim());
		const names = [...block.matchAll(/["']NAME["']\s*:\s*([^,}\n]*)/g)].map(([, name]) => name.trim());
		return engines.length > 0 && engines.every((engine) => /^["']django\.db\.backends\.sqlite3["']$/.test(engine)) && names.every((name) => /^(str\()?\(?BASE_DIR\s*\/|^os\.path\.join\(\s*BASE_DIR\b|^f?["'](\{BASE_DIR\}\/|[^/{:~])/.test(name));
	});
}
function blockAt(code) {
	if (!/^DATABASES(?:\s*:\s*[\w[\], .]+)?\s*=\s*\{/.test(code)) return null;
	let depth = 0;
	for (const { 0: brace, index } of code.matchAll(/[{}]/g)) {
		depth += brace === "{" ? 1 : -1;
		if (depth === 0) return code.slice(0, index + 1);
	}
	return null;
}
// src/init/detect/services/python.ts
const ENTRIES = [
	"main",
	"app",
	"server",
	"api",
	"asgi",
	"wsgi",
	"application",
	"run",
	"web",
	"service"
];
const ENTRY = new RegExp(`^(${ENTRIES.join("|")})\\.py$`);
const DEEPEST = 4;
const WORDS = {
	variable: "(?:environ(?:\\.get)?[[(]|getenv\\()\\s*[\"']NAME[\"']",
	calls: /(?:\b(?:run|run_app|serve|TCPSite)\((?:[^()]|\([^()]*\))*?\bport\s*=\s*|\.listen\(\s*|Server\(\s*\(\s*[^,()]*,\s*)(?:(\d{2,5})\b)?/g,
	numbers: [new RegExp(`^[ \\t]*${PORT_NAME}(?:\\s*:\\s*int)?\\s*=\\s*(\\d{2,5})\\b`, "im")]
};
function pythonServices(repository) {
	const files = repository.paths.filter((path) => isOwn(path) && path.endsWith(".py") && !/(^|\/)(tests?|migrations)\//.test(path)).map((path) => ({
		path,
		folder: projectOf$2(repository, path)
	}));
	return [...new Set(files.map(({ folder }) => folder))].flatMap((folder) => {
		const own = files.filter((each) => each.folder === folder).map(({ path }) => within(folder, path));
		const found = byLikelihood(own).flatMap((file) => serviceOf(repository, folder, file) ?? []);
		const isPart = ({ home }, index) => found.slice(0, index).some((other) => [home, ...ancestors(home)].includes(other.home));
		const whole = found.filter((each, index) => !isPart(each, index));
		return whole.length > 0 ? whole : django(repository, folder, own) ?? [];
	});
}
function byLikelihood(files) {
	const name = (file) => file.slice(file.lastIndexOf("/") + 1);
	const rank = (file) => ENTRIES.indexOf(ENTRY.exec(name(file))?.[1] ?? "");
	const depth = (file) => file.split("/").length;
	return files.filter((file) => ENTRY.test(name(file)) && depth(file) <= DEEPEST).sort((a, b) => depth(a) - depth(b) || rank(a) - rank(b));
}
function projectOf$2(repository, path) {
	const folder = folderOf(path);
	return [folder, ...ancestors(folder)].find((each) => PYTHON_NEEDS.some((name) => repository.text(inside(each, name)) !== null)) ?? "";
}
function serviceOf(repository, folder, file) {
	const text = repository.text(inside(folder, file)) ?? "";
	const module = file.replace(/\.py$/, "").replaceAll("/", ".");
	const path = pathOf(repository, folder, file, text);
	const { port, variables } = portIn([{
		texts: [text],
		words: WORDS
	}]);
	const given = {
		...port,
		from: "given"
	};
	const served = (server, line, itsPort) => {
		const { python, setup } = pythonFor(repository, folder, server);
		return {
			folder,
			home: folderOf(inside(folder, file)),
			serve: `${path}${line(python)}`,
			health: healthIn(text),
			port: itsPort,
			setup: setup === null ? [] : [setup],
			runtime: setup === null ? null : "python",
			notes: pythonNotes(python)
		};
	};
	const application = /^(\w+)(?:\s*:\s*\w+)?\s*=\s*(?:FastAPI|Starlette|Litestar|Quart|Sanic)\(/m.exec(text)?.[1];
	const isModule = /^[\w.-]+$/.test(module);
	if (application !== void 0) {
		const target = isModule ? `${module}:${application}` : `--app-dir ${shellWord(folderOf(file))} ${module.slice(module.lastIndexOf(".") + 1)}:${application}`;
		return served("uvicorn", (python) => `${python} -m uvicorn ${target} --port $PORT`, given);
	}
	const isFlask = /=\s*Flask\(/.test(text);
	const isDebugged = /\bdebug\s*=\s*True\b/.test(text);
	if (isFlask && (port.from !== "given" || !/__main__/.test(text) || isDebugged)) {
		const target = isModule ? module : shellWord(file);
		return served("flask", (python) => `FLASK_APP=${target} ${python} -m flask run --port $PORT`, given);
	}
	if (isFlask || /http\.server|ThreadingHTTPServer|socketserver|web\.run_app|Tornado|tornado/.test(text)) {
		const [argument, itsPort] = port.from === "unseen" && /sys\.argv/.test(text) ? [" $PORT", given] : ["", port];
		return served(null, (python) => `${variables}${python} ${shellWord(file)}${argument}`, itsPort);
	}
	return null;
}
function pathOf(repository, folder, file, text) {
	const place = folderOf(file);
	if (place === "") return "";
	const names = [...text.matchAll(/^(?:from|import)\s+(\w+)/gm)].map(([, name]) => name);
	const has = (at, name) => repository.paths.some((path) => path === inside(at, `${name}.py`) || path.startsWith(inside(at, `${name}/`)));
	const found = [place, ...ancestors(place)].filter((each) => each !== "").find((each) => names.some((name) => has(inside(folder, each), name) && !has(folder, name)));
	return found === void 0 ? "" : `PYTHONPATH=${shellWord(found)} `;
}
// src/init/detect/service.ts
const servicesOf = onceFor((repository) => {
	const programs = [
		...nodeServices(repository),
		...pythonServices(repository),
		...goServices(repository)
	];
	const started = procfiles(repository, programs);
	const isTold = (program) => started.some(({ program: its }) => its === program);
	return [...started.map(({ service }) => service), ...programs.filter((each) => !isTold(each))];
});
function serviceFor(repository, near, load) {
	const all = servicesOf(repository);
	const scores = scoresOf(repository, load);
	const isIn = (folder) => (each) => each.folder === folder || each.home === folder;
	const some = [all.filter(isIn(near)), all].find((them) => them.some((each) => scores.get(each) > 0)) ?? all;
	const most = some.reduce((a, each) => Math.max(a, scores.get(each)), 0);
	const matching = some.filter((each) => scores.get(each) === most);
	if (matching.length === 1 && most > 0) return matching[0];
	const port = localPort(load);
	const listening = matching.filter(({ port: { usual } }) => port !== null && usual === port);
	if (listening.length === 1) return listening[0];
	const left = listening.length > 0 ? listening : matching;
	const nearest = [near, ...ancestors(near)].map((folder) => left.filter(isIn(folder))).find(({ length }) => length > 0);
	if (nearest?.length === 1 && (most > 0 || isSameProject(repository, nearest[0].folder, near))) return nearest[0];
	if (nearest !== void 0 || most > 0) return null;
	const project = projectOf$1(near);
	const [only, ...others] = all.filter(({ folder }) => project === "" || folder.startsWith(`${project}/`));
	return others.length === 0 ? only ?? null : null;
}
function servicesIn(repository) {
	return servicesOf(repository).length;
}
function scoresOf(repository, load) {
	const asked = pathsIn(load).filter((path) => path !== "/" && healthIn(`"${path}"`) === null);
	return new Map([...writtenIn(repository)].map(([service, written]) => [service, asked.filter((path) => endsOf(path).some((end) => written.has(end))).length]));
}
const OF_LOADS = /^(k6|locust|artillery|jmeter|gatling|load.*|perf.*|bench.*|stress.*|tests?|e2e|scripts?|qa|tools|src)$/i;
function projectOf$1(folder) {
	const name = folder.slice(folder.lastIndexOf("/") + 1);
	return folder !== "" && OF_LOADS.test(name) ? projectOf$1(folderOf(folder)) : folder;
}
const PROJECT$1 = /(^|\/)(package\.json|go\.mod|Cargo\.toml|pyproject\.toml|requirements\.txt|setup\.py|pom\.xml|build\.gradle(\.kts)?|[^/]+\.csproj|composer\.json|Gemfile|mix\.exs|Dockerfile)$/;
function isSameProject(repository, outer, near) {
	const project = projectOf$1(near);
	const between = [project, ...ancestors(project)].filter((each) => ancestors(each).includes(outer));
	return !repository.paths.some((path) => between.includes(folderOf(path)) && PROJECT$1.test(path));
}
function localPort(load) {
	const code = withoutHashes(withoutComments(load));
	const port = /(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d{2,5})/.exec(code)?.[1];
	return port === void 0 ? null : Number(port);
}
function pathsIn(load) {
	const found = load.replace(/^[ \t]*(import\b.*|\/\/.*|#.*)$/gm, "").matchAll(/["'`](?:https?:\/\/[^/"'`]+|\$\{\w[\w.]*\})?(\/[\w./-]*)/g);
	return [...new Set([...found].map(([, path]) => path === "/" ? path : path.replace(/\/$/, "")))];
}
function endsOf(path) {
	const parts = path.split("/").slice(1);
	return parts.map((_, index) => `/${parts.slice(index).join("/")}`);
}
const writtenIn = onceFor((repository) => {
	const services = servicesOf(repository);
	const homes = services.map(({ home }) => home);
	const found = new Map(services.map((each) => [each, new Set()]));
	for (const path of repository.paths.filter(isOwn)) {
		const text = repository.text(path);
		if (text === null || OF_LOAD.test(text) || path.endsWith(".jmx")) continue;
		const home = nearestFolder(homes, path);
		const owners = services.filter((each) => isCodeOf(each, path, home));
		if (owners.length === 0) continue;
		for (const [, written] of text.matchAll(/["'`\s]((?:\/[\w.-]+)+)\/?(?=["'`?]|\/[:{<$])/g)) for (const owner of owners) found.get(owner).add(written);
	}
	return found;
});
const OF_LOAD = /["']k6(\/\w+)?["']|\blocust\b|^scenarios:/m;
function isCodeOf({ folder, home }, path, nearest) {
	if (folder !== "" && !path.startsWith(`${folder}/`)) return false;
	if (nearest === null || nearest === home) return true;
	return ancestors(home).includes(nearest) && folderOf(path) !== nearest;
}
function procfiles(repository, programs) {
	return named(repository, /^Procfile$/).flatMap((path) => {
		const line = /^web:[ \t]*(\S.*)$/m.exec(repository.text(path) ?? "")?.[1]?.trim();
		if (line === void 0) return [];
		const folder = folderOf(path);
		const own = programs.filter((each) => each.folder === folder);
		const isNamed = ({ home }) => home !== folder && line.replaceAll(".", "/").includes(home.slice(folder === "" ? 0 : folder.length + 1));
		const program = own.length === 1 ? own[0] : own.find(isNamed) ?? own.find(({ home }) => home === folder) ?? null;
		const isPython = program?.runtime === "python" || /\b(gunicorn|uvicorn|hypercorn|daphne|waitress|flask|python3?)\b/.test(line);
		const { python, setup: environment } = isPython ? pythonFor(repository, folder, null) : {
			python: "",
			setup: null
		};
		const setup = program?.setup ?? (environment === null ? [] : [environment]);
		const programPath = environment === null ? "" : `export PATH="$PWD/${PYTHON_BIN}:$PATH" && `;
		return [{
			service: {
				folder,
				home: program?.home ?? folder,
				serve: `${programPath}${line}`,
				health: program?.health ?? null,
				port: {
					...UNSEEN,
					from: "given"
				},
				setup,
				runtime: program?.runtime ?? (environment === null ? null : "python"),
				...program?.file !== void 0 && { file: program.file },
				notes: program?.notes ?? (isPython ? pythonNotes(python) : [])
			},
			program
		}];
	});
}
// src/init/detect/load-choice.ts
const MOST_LOADS = 3;
const SHAPE = /(?:^|[^a-z])(?:smoke|soak|stress|spike|endurance|breakpoint|volume|scale|scaling|scalability)(?:[^a-z]?(?:tests?|load))?(?:[^a-z]|$)/i;
function chosen(all) {
	const asked = ({ load, service }) => {
		const paths = [...pathsIn(load.text)].sort();
		return [
			load.tool,
			service.folder,
			service.serve,
			...paths.length === 0 ? [load.path] : paths
		].join("\n");
	};
	const isShape = ({ load }) => SHAPE.test(wordsOf$2(load.path));
	const plainFirst = [...all].sort((a, b) => Number(isShape(a)) - Number(isShape(b)));
	const first = (each) => plainFirst.find((other) => asked(other) === asked(each));
	const shapes = all.filter((each) => isShape(each) && first(each) !== each);
	const differing = all.filter((each) => !shapes.includes(each));
	const left = [...differing].sort((a, b) => Number(first(a) !== a) - Number(first(b) !== b)).slice(MOST_LOADS);
	return {
		kept: differing.filter((each) => !left.includes(each)),
		left: [...shapes.map((each) => `${each.load.path} is left out: it asks for the paths of ${first(each).load.path}, and differs only in how its load grows, which short rounds cannot show. What slows this one alone is not seen`), ...left.map(({ load: { path } }) => `${path} is left out: more than ${MOST_LOADS} loads take too long for a pull request. What slows this one alone is not seen: add a suite like the others for it, or measure all on a schedule`)]
	};
}
function wordsOf$2(path) {
	return path.slice(path.lastIndexOf("/") + 1).replace(/([a-z])([A-Z])/g, "$1-$2");
}
function sizeOf(loads) {
	return {
		seconds: Math.max(2, Math.floor(12 / Math.max(1, loads)) - 3),
		users: 50
	};
}
function shorterSize({ seconds }) {
	return {
		seconds: Math.max(2, seconds - 2),
		users: 5
	};
}
// src/init/detect/locust.ts
const [FEW_USERS, MOST_USERS] = [10, 50];
const UNASKED = /(?:\breferer["']?\s*[:=,]\s*["']|[(,]\s*(?:json|data)=\s*[{[](?:[^{}()]|\{[^{}()]*\}|\(\))*)$/i;
function locust(path, text, imports) {
	if (!(path.endsWith(".py") && /\bimport\s+.*\b(Fast)?HttpUser\b|^[ \t]*import locust\b|\bimport\s*\([^)]*\b(Fast)?HttpUser\b/m.test(text) && /class\s+\w+\([^:]*\b(Fast)?HttpUser\b/.test(text))) return null;
	const { texts, unread } = imports(path, text);
	const stranger = [text, ...texts].flatMap((each) => addressesIn(codeOf(each), UNASKED))[0];
	const elsewhere = unread ?? (stranger === void 0 ? null : `It may send requests to ${addressText(stranger)}, whichever side is measured: leave the address out, so that they go to --host, and run \`benchgate init\` again`);
	const most = usersFor(text);
	return {
		path,
		tool: "locust",
		why: `${path} is a locustfile`,
		text,
		...elsewhere !== null && { elsewhere },
		notes: () => isNamedByValue(text) ? [`${path} puts values into the paths that it asks for, and each path is a benchmark of its own: \`name=\` in the call makes them one.`] : [],
		run: ({ seconds, users }) => {
			const count = Math.min(most, Math.max(users, FEW_USERS));
			return `locust -f ${shellWord(path)} --headless --only-summary -u ${count} -r ${count} -t ${seconds}s --host $BENCHGATE_URL --csv benchgate >&2; code=$?; mv benchgate_stats.csv $BENCHGATE_OUTPUT 2>/dev/null; rm -f benchgate_*.csv; exit $code`;
		}
	};
}
function codeOf(text) {
	const code = withoutHashes(text).replace(/(^[ \t]*)?[rRfFbB]?("""|''')[\s\S]*?\2/gm, (whole, start) => start === void 0 ? whole : "");
	return /(?<![\w.'"-])host\b(?!\s*(?::\s*str\s*)?=(?!=))/.test(code) ? code : code.replace(/^[ \t]+host[ \t]*(?::[ \t]*str[ \t]*)?=.*$/gm, "");
}
function isNamedByValue(text) {
	return /\bclient\.\w+\(\s*f["'][^"']*\{/.test(text) && !/\bname\s*=/.test(text);
}
function usersFor(text) {
	const longest = [...text.matchAll(/\b(?:between|constant|constant_pacing)\(\s*([\d.]+)\s*(?:,\s*([\d.]+)\s*)?\)/g)].map(([, least, most]) => (Number(least) + Number(most ?? least)) / 2).reduce((a, b) => Math.max(a, b), 0);
	return Math.min(MOST_USERS, Math.max(FEW_USERS, Math.ceil(FEW_USERS * longest)));
}
// src/init/detect/node-setup.ts
const LOCKFILES = [
	["pnpm-lock.yaml", (version) => `npx --yes pnpm@${version ?? "10"} install --frozen-lockfile`],
	["bun.lock", (version) => `npx --yes bun@${version ?? "1"} install --frozen-lockfile`],
	["bun.lockb", (version) => `npx --yes bun@${version ?? "1"} install --frozen-lockfile`],
	["yarn.lock", () => "npx --yes yarn@1.22.22 install --frozen-lockfile"],
	["package-lock.json", () => "npm ci"],
	["npm-shrinkwrap.json", () => "npm ci"]
];
function nodeSetup(repository, packages) {
	const steps = [...packages.flatMap(({ folder }) => install(repository, folder)), ...packages.flatMap(({ folder, files }) => buildSteps(repository, folder, files))];
	const written = steps.map(({ folder, line }) => `${folder} ${line}`);
	return steps.filter((_, index) => written.indexOf(written[index]) === index);
}
function install(repository, folder) {
	const around = folder === "" ? [] : install(repository, folderOf(folder));
	const manifest = manifestOf(repository, folder);
	if (manifest === null) return around;
	const lock = LOCKFILES.flatMap(([file, line]) => repository.paths.filter((path) => path === file || path.endsWith(`/${file}`)).map((path) => ({
		folder: folderOf(path),
		file,
		line
	}))).find((each) => each.folder === folder);
	if (lock !== void 0) return [...around, installStep(folder, lineOf(repository, lock), `what ${lock.file} names`)];
	if (around.some((step) => step.line !== NO_LOCK && isMember(repository, step.folder, folder))) return around;
	return manifest.dependencies.size === 0 ? around : [...around, installStep(folder, NO_LOCK, "no lockfile: what the ranges allow today")];
}
function installStep(folder, line, about) {
	return {
		folder,
		line,
		about,
		plainer: `${line} ${line.includes("@yarnpkg/cli-dist") ? "--mode=skip-build" : "--ignore-scripts"}`
	};
}
const NO_LOCK = "npm install --no-audit --no-fund --no-package-lock";
function lineOf(repository, { folder, file, line }) {
	if (file === "yarn.lock" && repository.paths.includes(inside(folder, ".yarnrc.yml"))) return "npx --yes @yarnpkg/cli-dist@4 install --immutable";
	return line(/"packageManager"\s*:\s*"(?:pnpm|bun)@([\d.]+)/.exec(repository.text(inside(folder, "package.json")) ?? "")?.[1] ?? null);
}
function isMember(repository, root, folder) {
	const text = repository.text(inside(root, "package.json")) ?? "";
	return folder !== root && (/"workspaces"\s*:/.test(text) || repository.paths.includes(inside(root, "pnpm-workspace.yaml")));
}
// src/init/detect/script-imports.ts
const SETTINGS = /config|env|setting|url|endpoint|host|target|server/i;
const NAMES = {
	js: (folder, text) => [...text.matchAll(/(?:\bfrom|\bimport|\b(require|open|import)\()\s*["'`](\.{0,2}\/?[\w./@-]+)["'`]/g)].flatMap(([whole, , name]) => {
		if (whole.startsWith("open") ? !SETTINGS.test(name) : !name.startsWith(".")) return [];
		const path = joined(folder, name);
		return [[
			"",
			".js",
			".ts",
			".mjs",
			"/index.js",
			"/index.ts"
		].map((end) => `${path}${end}`)];
	}),
	py: (folder, text) => [...text.matchAll(/^[ \t]*(?:from[ \t]+\.*([\w.]*)[ \t]+import\b[ \t]*(?:\(([\w,\s]*)|([\w, \t]*))|import[ \t]+([\w., \t]+))/gm)].flatMap(([, from, many, some = "", modules]) => {
		const parts = (modules ?? many ?? some).split(",").map((each) => each.trim().split(/\s/)[0]);
		const paths = from === void 0 ? parts : ["", ...parts].map((each) => `${from}.${each}`);
		return [...new Set([folder, ""])].flatMap((each) => paths.map((path) => {
			const file = inside(each, path.split(".").filter(Boolean).join("/"));
			return [`${file}.py`, `${file}/__init__.py`];
		}));
	})
};
function importsIn(repository, language) {
	const there = new Set(repository.paths);
	return (start, script) => {
		const seen = new Map([[start, script]]);
		const open = [[start, script]];
		for (let next = open.pop(); next !== void 0; next = open.pop()) for (const names of NAMES[language](folderOf(next[0]), next[1])) {
			const path = names.find((each) => there.has(each));
			if (path === void 0 || seen.has(path)) continue;
			const text = repository.text(path);
			if (text === null) return {
				texts: [],
				unread: `It takes something from ${path}, which \`benchgate init\` does not read, and which may have other addresses in it: add a suite with \`serve\`, \`ready\` and \`run\` for it`
			};
			seen.set(path, text);
			open.push([path, text]);
		}
		seen.delete(start);
		return {
			texts: [...seen.values()],
			unread: null
		};
	};
}
function joined(folder, name) {
	const parts = folder === "" ? [] : folder.split("/");
	for (const part of name.split("/")) if (part === "..") parts.pop();
	else if (part !== "." && part !== "") parts.push(part);
	return parts.join("/");
}
// src/init/detect/load.ts
function detectLoads(repository) {
	const own = repository.paths.filter(isOwn);
	const imports = {
		js: importsIn(repository, "js"),
		py: importsIn(repository, "py")
	};
	const found = [...own.flatMap((path) => loadOf(path, repository.text(path) ?? "", imports)), ...scriptsOf(repository, own)].map((load) => ({
		load,
		service: withPortOf(load, serviceFor(repository, load.folder ?? folderOf(load.path), load.text))
	}));
	const { kept: usable, left } = chosen(found.flatMap(({ load, service }) => service === null || load.elsewhere !== void 0 ? [] : [{
		load,
		service
	}]));
	const packages = usable.filter(({ load, service }) => service.runtime === "node" || load.runtime === "node").map(({ service }) => ({
		folder: service.folder,
		files: startedBy(repository, service)
	}));
	const size = sizeOf(usable.length);
	return {
		suites: usable.map(({ load, service }) => suiteOf(load, service, size)),
		setup: [...nodeSetup(repository, packages), ...usable.flatMap(({ service }) => service.setup)],
		runtimes: [...new Set([...usable.flatMap(({ load }) => load.runtime ?? []), ...usable.flatMap(({ service }) => service.runtime ?? [])])],
		notes: [...left, ...found.flatMap(({ load: { why, run, elsewhere }, service }) => {
			if (elsewhere !== void 0) return [`${why}. ${elsewhere}`];
			if (service !== null) return [];
			return [`${why}, and ${servicesIn(repository) > 1 ? "which of the services here it is for was not seen" : "nothing was found that starts the service under load"}. Add a suite with \`serve\`, \`ready\` and \`run: ${run(size)}\`; the service must listen on $PORT`];
		})]
	};
}
function withPortOf(load, service) {
	const usual = localPort(load.text);
	if (service === null || service.port.from !== "unseen" || usual === null) return service;
	return {
		...service,
		port: {
			from: "fixed",
			usual
		}
	};
}
function loadOf(path, text, imports) {
	const script = k6(path, text, imports.js) ?? locust(path, text, imports.py) ?? artillery(path, text, imports.js);
	if (script !== null) return [script];
	return path.endsWith(".jmx") ? [jmeter(path, text)] : [];
}
const COMMAND_LINES = {
	autocannon: (line) => `npx ${line.replace(/^npx\s+/, "").replace(/^autocannon\s+(?!.*--json)/, "autocannon --json ")}`,
	wrk: (line) => line.replace(/^wrk\s+(?!.*--latency)/, "wrk --latency "),
	hey: (line) => line,
	bombardier: (line) => line.replace(/^bombardier\s+/, "bombardier -l -o json -p r "),
	oha: (line) => line.replace(/^oha\s+/, "oha --no-tui --output-format json "),
	ab: (line) => line
};
const LENGTHS = {
	autocannon: "-d|--duration",
	wrk: "-d|--duration",
	hey: "-z",
	bombardier: "-d|--duration",
	oha: "-z",
	ab: "-t"
};
function withLength(line, tool, seconds) {
	const length = new RegExp(`(\\s(?:${LENGTHS[tool]})[\\s=]*)(\\d+)([smh]?)(?=\\s|$)`);
	return line.replace(length, (whole, flag, count, unit) => {
		return Number(count) * {
			s: 1,
			m: 60,
			h: 3600,
			"": 1
		}[unit] <= seconds ? whole : `${flag}${seconds}${unit === "" ? "" : "s"}`;
	});
}
function scriptsOf(repository, own) {
	return own.filter((path) => /(^|\/)package\.json$/.test(path)).flatMap((path) => [...manifestOf(repository, folderOf(path))?.scripts ?? []].flatMap(([name, script]) => {
		const [, line, tool] = /(?:^|["'\s;&|])((?:npx\s+)?(autocannon|wrk|hey|bombardier|oha|ab)\s[^"'&|;]*)/.exec(script) ?? [];
		if (line === void 0 || tool === void 0) return [];
		const address = /(?<![\w.-])(https?:\/\/)?(localhost|127\.0\.0\.1|0\.0\.0\.0)(:\d+)?(?![\w.-])/;
		if (!address.test(line)) return [];
		const sent = line.trim().replace(address, "$BENCHGATE_URL");
		if (addressesIn(sent).length > 0 || address.test(sent)) return [];
		const run = COMMAND_LINES[tool](sent);
		return [{
			path,
			tool,
			text: line,
			run: ({ seconds }) => withLength(run, tool, seconds),
			why: `${path} has a script "${name}" that calls ${tool}`,
			folder: folderOf(path),
			runtime: "node"
		}];
	}));
}
function suiteOf(load, service, size) {
	const folder = load.folder ?? "";
	const keysFor = (run) => [
		...folderKey(folder),
		...serviceKeys(servedFrom(service, folder)),
		...commandKeys(run, load.tool, "The load of one round, on the service of one side.")
	];
	const [run, shorter] = [load.run(size), load.run(shorterSize(size))];
	return {
		name: suiteName(load.path.slice(load.path.lastIndexOf("/") + 1).replace(/\.[^.]+$/, "").replace(/^package$/, "load"), "load"),
		why: load.why,
		keys: keysFor(run),
		notes: [
			...load.notes?.(size) ?? [],
			...portNotes(service),
			...service.notes ?? []
		],
		...shorter !== run && { shorter: {
			run: shorter,
			note: `Its rounds took too long as they were: these have fewer users or less time, ${shorterSize(size).seconds} s at most where the command says how long.`
		} }
	};
}
function portNotes({ serve, port }) {
	const fixed = fixedPort(port);
	if (fixed !== null) return [`\`${serve}\` listens on ${fixed} as far as was seen, whatever the variable PORT says, so Benchgate runs the two services one after the other. Let it read PORT, and write $PORT in \`ready\`: both then run under the same conditions.`];
	if (port.from === "given") return [];
	return [`\`${serve}\` must listen on the port in the variable PORT: both revisions' services are up at once. Benchgate could not tell whether it does.`];
}
// src/init/detect/native.ts
const BUILD = "build-benchgate";
const LIBRARIES$1 = [
	{
		link: /benchmark(_main)?(::benchmark(_main)?)?\b/,
		tool: "google-benchmark",
		flags: "--benchmark_min_time=0.1s --benchmark_filter={benchmarks} --benchmark_out=$BENCHGATE_OUTPUT --benchmark_out_format=json",
		about: "No repetitions: Benchgate repeats whole rounds. {benchmarks} stands for those that are not decided yet."
	},
	{
		link: /Catch2(::Catch2\w*)?\b/,
		tool: "catch2",
		flags: "'[!benchmark]' -r xml --benchmark-samples 50",
		about: "The benchmarks among the tests."
	},
	{
		link: /nanobench(::nanobench)?\b/,
		tool: "nanobench",
		flags: "",
		about: "It must render JSON to stdout."
	}
];
function detectNative(repository) {
	const folders = named(repository, /^CMakeLists\.txt$/).map(folderOf);
	const root = folders.includes("") ? "" : null;
	const found = folders.flatMap((folder) => programsOf(repository, folder, root ?? folder));
	if (found.length === 0) return NOTHING;
	const roots = [...new Set(found.map(({ root }) => root))];
	return {
		suites: found.map(({ suite }) => suite),
		setup: roots.map((folder) => ({
			folder,
			line: `cmake -S . -B ${BUILD} -DCMAKE_BUILD_TYPE=Release && cmake --build ${BUILD} --parallel 2 --target ${found.filter((each) => each.root === folder).map(({ target }) => shellWord(target)).join(" ")}`,
			about: "builds the benchmarks, with optimisation"
		})),
		runtimes: [],
		notes: []
	};
}
function programsOf(repository, folder, root) {
	const text = (repository.text(inside(folder, "CMakeLists.txt")) ?? "").replace(/#.*$/gm, "");
	return [...text.matchAll(/add_executable\s*\(\s*([\w.-]+)/g)].map(([, name]) => name).flatMap((target) => {
		const links = [...text.matchAll(/target_link_libraries\s*\(\s*([\w.-]+)([^)]*)\)/g)].filter(([, name]) => name === target).map(([, , what]) => what).join(" ");
		const library = LIBRARIES$1.find(({ link }) => link.test(links));
		if (library === void 0 || library.tool === "catch2" && !/bench/i.test(target)) return [];
		const program = `"$(find ${BUILD} -name ${shellWord(target)} -type f | head -n 1)"`;
		return [{
			target,
			root,
			suite: {
				name: suiteName(target, "bench"),
				why: `${inside(folder, "CMakeLists.txt")} links ${target} with ${library.tool}`,
				keys: [...folderKey(root), ...commandKeys(`${program} ${library.flags}`.trim(), library.tool, library.about)]
			}
		}];
	});
}
// src/init/detect/vitest.ts
const NEWEST = 5;
const CONFIG = /^(vitest\.(config|workspace)|vite\.config)\.([cm]?[jt]s|json)$/;
const BENCH_NAME = /\.(bench|benchmark)\.[cm]?[jt]sx?$/;
const KEPT_FLAG = /^(--(project|config|root|dir|environment|pool|browser|exclude)|-c|-r)$|^--(project|config|root|dir|environment|pool|exclude)=|^--no-(file-parallelism|isolate)$|^--globals$/;
function vitestSuites(repository, { folder, name, files }) {
	if (files.length === 0) return [];
	const { cwd, root, program } = placeOf(repository, folder);
	const { flags, env } = scriptOf$1(repository, [...new Set([
		folder,
		root,
		cwd
	])]);
	const up = cwd === root || flags.some((flag) => /^(--root|-r\b)/.test(flag)) ? [] : [`--root ${upFrom(cwd, root)}`];
	const output = majorOf(repository, folder) >= 5 ? "--reporter=json --outputFile=$BENCHGATE_OUTPUT" : "--outputJson=$BENCHGATE_OUTPUT";
	const below = (path) => folder === "" || path.startsWith(`${folder}/`);
	const isAlone = root === folder && repository.paths.every((path) => !BENCH_NAME.test(path) || !below(path) || files.includes(path));
	const suiteOf = (paths, suite) => {
		const isWhole = paths.length === files.length;
		const all = isAlone ? [] : [`${within(root, folder)}/`];
		const which = isWhole && (isAlone || root !== folder) ? all : paths.map((path) => shellWord(within(root, path)));
		const command = [
			...env,
			program,
			"bench --run",
			...up,
			...flags,
			...which,
			output
		].join(" ");
		return {
			name: suite,
			why: `${paths[0]} is a bench file of Vitest`,
			keys: [
				...folderKey(cwd),
				...commandKeys(command, "vitest", "Vitest writes its results as JSON."),
				{
					key: "times",
					value: "auto",
					about: "Each benchmark is measured for 100 ms, or for 10 calls: short rounds, many of them."
				}
			]
		};
	};
	return [fileByFile(files.map((path) => ({ path })), name, suiteOf)];
}
function placeOf(repository, folder) {
	const around = [folder, ...ancestors(folder)];
	const has = (at) => manifestOf(repository, at)?.dependencies.has("vitest") === true;
	const declaring = around.find(has) ?? folder;
	const isConfigured = (at) => repository.paths.some((path) => folderOf(path) === at && CONFIG.test(path.slice(path.lastIndexOf("/") + 1)));
	const root = isRunHere(repository, folder) ? folder : around.find(isConfigured) ?? declaring;
	if (isPlugged(repository, around)) return {
		cwd: root,
		root,
		program: "npx --yes @yarnpkg/cli-dist@4 vitest"
	};
	if (root === declaring || declaring.length > root.length) return {
		cwd: declaring,
		root,
		program: "npx vitest"
	};
	return {
		cwd: root,
		root,
		program: `${upFrom(root, declaring)}/node_modules/.bin/vitest`
	};
}
function isPlugged(repository, around) {
	return around.some((at) => {
		const text = repository.text(inside(at, ".yarnrc.yml"));
		return text !== null && !/^nodeLinker\s*:\s*["']?(node-modules|pnpm)/m.test(text);
	});
}
function upFrom(folder, root) {
	return within(root, folder).split("/").map(() => "..").join("/");
}
function commandIn(repository, folder) {
	return [...manifestOf(repository, folder)?.scripts.values() ?? []].flatMap((each) => /(?:^|&&\s*)([^&|;]*\bvitest\s+bench\b[^&|;]*)/.exec(each)?.[1] ?? [])[0] ?? null;
}
function isRunHere(repository, folder) {
	const [before] = commandIn(repository, folder)?.split(/\bvitest\s+bench\b/) ?? [];
	return before !== void 0 && /^\s*((npx|cross-env|[A-Z_][A-Z0-9_]*=\S*)\s+)*$/.test(before);
}
function scriptOf$1(repository, folders) {
	const command = folders.flatMap((folder) => commandIn(repository, folder) ?? [])[0];
	if (command === void 0) return {
		flags: [],
		env: []
	};
	const [before = "", after = ""] = command.split(/\bvitest\s+bench\b/);
	const words = after.trim().split(/\s+/);
	return {
		flags: words.flatMap((word, index) => {
			if (!KEPT_FLAG.test(word)) return [];
			const value = words[index + 1];
			return word.includes("=") || word.startsWith("--no-") || word === "--globals" || value === void 0 || value.startsWith("-") ? [word] : [`${word} ${value}`];
		}),
		env: before.split(/\s+/).filter((word) => /^[A-Z_][A-Z0-9_]*=[\w.,:/=-]*$/.test(word)).map((word) => word.replace(/^NODE_OPTIONS=(.*)$/, "NODE_OPTIONS=\"$NODE_OPTIONS $1\""))
	};
}
function majorOf(repository, folder) {
	const versions = [folder, ...ancestors(folder)].flatMap((at) => [
		manifestOf(repository, at)?.dependencies.get("vitest") ?? [],
		/^\s+["']?vitest["']?\s*:\s*["']?([^"'\s]+)/m.exec(repository.text(inside(at, "pnpm-workspace.yaml")) ?? "")?.[1] ?? [],
		/"catalogs?"\s*:[\s\S]*?"vitest"\s*:\s*"([^"]+)"/.exec(repository.text(inside(at, "package.json")) ?? "")?.[1] ?? []
	]).flat().flatMap((range) => /^\D*(\d+)/.exec(range.replace(/^(catalog|workspace):.*/, ""))?.[1] ?? []);
	return Number(versions[0] ?? NEWEST);
}
function isGlobalBench(repository, path, text) {
	return BENCH_NAME.test(path) && /^\s*(describe|bench)(\.\w+)*\(/m.test(text) && ancestors(path).some((folder) => manifestOf(repository, folder)?.dependencies.has("vitest") === true);
}
// src/init/detect/node.ts
const LIBRARIES = [
	"tinybench",
	"vitest",
	"mitata",
	"benchmark"
];
const BENCH_FILE = /((^|\/)[^/]*(bench|perf)[^/]*\/([^/]+\/)*[^/]+|[._-](bench|benchmark|perf)|(^|\/)(bench|benchmark|perf)[^/]*)\.(m?[jt]sx?|c[jt]s)$/i;
function detectNode(repository) {
	const folders = named(repository, /^package\.json$/).map(folderOf);
	const found = folders.map((folder) => packageOf$1(repository, folder, folders));
	const written = found.flatMap(({ suites }) => suites);
	const suites = written.length > 0 ? written : found.flatMap(({ whole }) => whole);
	return {
		suites,
		setup: nodeSetup(repository, found.filter(({ suites: own, whole }) => own.length > 0 || written.length === 0 && whole.length > 0).map(({ folder, files }) => ({
			folder,
			files
		}))),
		runtimes: suites.length > 0 ? ["node"] : [],
		notes: found.flatMap(({ notes }) => notes)
	};
}
function packageOf$1(repository, folder, folders) {
	const manifest = manifestOf(repository, folder);
	const written = filesOf(repository, folder, folders).filter((path) => BENCH_FILE.test(path) && !path.endsWith(".d.ts")).map((path) => ({
		path,
		text: repository.text(path) ?? ""
	}));
	const of = (library) => written.filter(({ path, text }) => !isWorker(text) && (libraryOf$1(text) ?? (isGlobalBench(repository, path, text) ? "vitest" : null)) === library);
	const name = suiteName(manifest?.name ?? "", suiteName(folder, "bench"));
	const program = (path) => programFor(manifest, within(folder, path));
	return {
		folder,
		suites: [
			...tinybench(folder, name, of("tinybench")),
			...vitestSuites(repository, {
				folder,
				name,
				files: of("vitest").map(({ path }) => path)
			}),
			...of("mitata").map((file) => mitata(folder, file, program(file.path))),
			...of("benchmark").map(({ path }) => benchmarkjs(folder, {
				path,
				why: `${path} uses Benchmark.js`
			}, program(path))),
			...workersOf(written).map(({ path, worker }) => benchmarkjs(folder, {
				path,
				why: `${path} measures in the threads of ${worker}`
			}, program(path)))
		],
		whole: manifest === null ? [] : scriptOf(folder, name, manifest),
		notes: [],
		files: written
	};
}
function libraryOf$1(text) {
	const imports = (name) => new RegExp(`(from|require\\(|import\\(|import)\\s*["']${name}["']`).test(text.replace(/^\s*(\/\/|\*).*$/gm, ""));
	if (/(?:^|[^.\w])bench(\.\w+)*\s*\(/.test(text) && imports("vitest")) return "vitest";
	return LIBRARIES.find((name) => name !== "vitest" && imports(name)) ?? null;
}
function tinybench(folder, name, files) {
	if (files.length === 0) return [];
	const suiteOf = (paths, name) => ({
		name,
		why: `${paths[0]} imports tinybench`,
		keys: [...folderKey(folder), {
			key: "bench",
			value: paths.map((path) => within(folder, path)),
			about: "Modules for Benchgate's own harness: both revisions take turns of milliseconds."
		}]
	});
	return [fileByFile(files, name, suiteOf)];
}
function isWorker(text) {
	const asks = (names) => new RegExp(`\\{[^}]*\\b(${names})\\b[^}]*\\}\\s*(=\\s*require\\(|from)\\s*["'](node:)?worker_threads["']`).test(text);
	return asks("parentPort|workerData") && !asks("isMainThread");
}
function workersOf(files) {
	return files.flatMap(({ path: worker, text }) => {
		if (!isWorker(text) || libraryOf$1(text) === null) return [];
		const stem = worker.slice(worker.lastIndexOf("/") + 1);
		const starter = files.find((other) => other.text.includes(stem) && /\bnew Worker\(/.test(other.text) && !/\b(exec|spawn|fork)\w*\(/.test(other.text));
		return starter === void 0 ? [] : [{
			path: starter.path,
			worker
		}];
	});
}
function programFor(manifest, file) {
	const name = file.replace(/[.*+?^$()|[\]\\{}]/g, "\\$&");
	const own = new RegExp(`\\b(node|tsx)((?:\\s+-[^\\s&|;]+)*)\\s+(?:\\./)?${name}(?=[\\s&|;]|$)`);
	const [, runner, flags = ""] = [...manifest?.scripts.values() ?? []].map((script) => own.exec(script)).find((found) => found !== null) ?? [];
	const isTyped = /\.[cm]?tsx?$/.test(file) && manifest?.dependencies.has("tsx") === true;
	return `${runner === "tsx" || runner === void 0 && isTyped ? "npx tsx" : "node"}${flags.replace(/\s+/g, " ")}`;
}
function mitata(folder, { path, text }, program) {
	const file = within(folder, path);
	const why = `${path} imports mitata`;
	if (/format\s*:\s*['"{]?\s*['"]?json/.test(text)) return {
		name: fileName(path),
		why,
		keys: [...folderKey(folder), ...commandKeys(`${program} ${shellWord(file)}`, "mitata", "One round of it.")]
	};
	const place = folderOf(file) === "" ? "" : `${folderOf(file)}/`;
	const copy = `${place}.benchgate-${file.slice(place.length)}`;
	const json = "{ format: { json: { debug: false, samples: false } }";
	const edit = `sed -E 's/(^|[^.A-Za-z_])run\\(\\)/\\1run(${json} })/; s/(^|[^.A-Za-z_])run\\(\\{/\\1run(${json}, /'`;
	return {
		name: fileName(path),
		why,
		keys: [...folderKey(folder), ...commandKeys(`${edit} ${shellWord(file)} > ${shellWord(copy)} && ${program} ${shellWord(copy)}; code=$?; rm -f ${shellWord(copy)}; exit $code`, "mitata", "A copy of the file that asks mitata for JSON.")],
		notes: [`With \`run({ format: process.env.BENCHGATE_OUTPUT ? "json" : "mitata" })\` in ${path}, \`node ${file}\` will do as the command.`]
	};
}
function benchmarkjs(folder, { path, why }, program) {
	return {
		name: fileName(path),
		why,
		keys: [...folderKey(folder), ...commandKeys(`${program} ${shellWord(within(folder, path))}`, "benchmarkjs", "The lines that Benchmark.js prints are read.")]
	};
}
function scriptOf(folder, name, { scripts }) {
	const script = [
		"bench",
		"benchmark",
		"benchmarks",
		"perf"
	].find((each) => scripts.has(each));
	if (script === void 0 || /autocannon|wrk|k6|artillery|hey\b|codspeed/.test(scripts.get(script))) return [];
	return [{
		name,
		why: `package.json has a script "${script}"`,
		keys: [...folderKey(folder), {
			key: "time",
			value: `npm run --silent ${script}`,
			about: "The whole script: wall-clock time, CPU time, peak memory. If a tool that Benchgate reads writes its output, use run and tool instead."
		}]
	}];
}
function fileName(path) {
	return suiteName(path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]+$/, "").replace(/[._-](bench|benchmark)$/i, ""), "bench");
}
// src/init/detect/others.ts
function detectDotnet(repository) {
	const projects = named(repository, /\.csproj$/).filter((path) => /Include="BenchmarkDotNet"/.test(repository.text(path) ?? ""));
	if (projects.length === 0) return NOTHING;
	return {
		suites: projects.map((path) => ({
			name: suiteName(path.replace(/^.*\//, "").replace(/\.csproj$/, ""), "dotnet"),
			why: `${path} uses BenchmarkDotNet`,
			keys: [...commandKeys(`rm -rf BenchmarkDotNet.Artifacts && dotnet run -c Release --project ${shellWord(path)} -- --filter '*' --job short --memory --exporters json`, "benchmarkdotnet", "A short job a round: Benchgate repeats whole rounds."), {
				key: "output",
				value: "BenchmarkDotNet.Artifacts/results",
				about: "Where BenchmarkDotNet leaves its results."
			}]
		})),
		setup: projects.map((path) => ({
			folder: "",
			line: `dotnet build -c Release ${shellWord(path)}`,
			about: "builds the benchmarks"
		})),
		runtimes: ["dotnet"],
		notes: []
	};
}
function detectPhp(repository) {
	const configured = named(repository, /^phpbench\.json(\.dist)?$/).map(folderOf);
	const required = named(repository, /^composer\.json$/).filter((path) => (repository.text(path) ?? "").includes("\"phpbench/phpbench\"")).map(folderOf);
	const folders = [...new Set([...configured, ...required])];
	if (folders.length === 0) return NOTHING;
	return {
		suites: folders.map((folder) => ({
			name: suiteName(folder, "phpbench"),
			why: `${configured.includes(folder) ? "phpbench.json" : "composer.json"} names PHPBench`,
			keys: [...folderKey(folder), ...commandKeys("vendor/bin/phpbench run --iterations=5 --dump-file=$BENCHGATE_OUTPUT", "phpbench", "Few iterations a round: Benchgate repeats whole rounds.")]
		})),
		setup: folders.map((folder) => ({
			folder,
			line: "composer install --no-interaction --no-progress",
			about: "what composer.lock names"
		})),
		runtimes: ["php"],
		notes: []
	};
}
function detectRuby(repository) {
	const scripts = repository.paths.filter((path) => isOwn(path) && path.endsWith(".rb") && /require\s+["']benchmark\/ips["']/.test(repository.text(path) ?? ""));
	if (scripts.length === 0) return NOTHING;
	const bundler = repository.paths.includes("Gemfile");
	return {
		suites: scripts.map((path) => ({
			name: suiteName(path.replace(/^.*\//, "").replace(/\.rb$/, ""), "ruby"),
			why: `${path} uses benchmark-ips`,
			keys: commandKeys(`${bundler ? "bundle exec " : ""}ruby ${shellWord(path)}`, "benchmark-ips", "The lines that it prints are read.")
		})),
		setup: bundler ? [{
			folder: "",
			line: "bundle install --quiet",
			about: "what Gemfile.lock names"
		}] : [],
		runtimes: ["ruby"],
		notes: []
	};
}
function detectJulia(repository) {
	const files = repository.paths.filter((path) => /(^|\/)benchmarks?\/benchmarks\.jl$/.test(path) && /\bSUITE\b/.test(repository.text(path) ?? ""));
	if (files.length === 0) return NOTHING;
	return {
		suites: files.map((path) => ({
			name: "julia",
			why: `${path} defines SUITE`,
			keys: commandKeys(`julia --project=${folderOf(path)} -e 'using BenchmarkTools; include("${path}"); BenchmarkTools.save(ENV["BENCHGATE_OUTPUT"], run(SUITE))'`, "julia-benchmarktools", "One run of the suite.")
		})),
		setup: files.map((path) => ({
			folder: "",
			line: `julia --project=${folderOf(path)} -e 'using Pkg; Pkg.develop(path="."); Pkg.add("BenchmarkTools"); Pkg.instantiate()'`,
			about: "the package of this side"
		})),
		runtimes: ["julia"],
		notes: []
	};
}
function detectDeno(repository) {
	const files = repository.paths.filter((path) => isOwn(path) && /\.[mc]?[jt]s$/.test(path) && /\bDeno\.bench\(/.test(repository.text(path) ?? ""));
	if (files.length === 0) return NOTHING;
	const folder = folderOf(named(repository, /^deno\.jsonc?$/)[0] ?? "");
	return {
		suites: [{
			name: suiteName(folder, "deno"),
			why: `${files[0]} calls Deno.bench`,
			keys: [...folderKey(folder), ...commandKeys(`deno bench --json ${files.map((path) => shellWord(within(folder, path))).join(" ")}`, "deno", "One round of the files.")]
		}],
		setup: [],
		runtimes: ["deno"],
		notes: []
	};
}
// src/init/detect/peers.ts
const ACTION_TOOLS = {
	cargo: "libtest",
	go: "go",
	benchmarkjs: "benchmarkjs",
	pytest: "pytest-benchmark",
	googlecpp: "google-benchmark",
	catch2: "catch2",
	julia: "julia-benchmarktools",
	jmh: "jmh",
	benchmarkdotnet: "benchmarkdotnet",
	customBiggerIsBetter: "customBiggerIsBetter",
	customSmallerIsBetter: "customSmallerIsBetter"
};
function detectPeers(repository) {
	const found = repository.paths.filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)).map((path) => ({
		path,
		text: repository.text(path) ?? ""
	})).map(ofWorkflow);
	const suites = found.flatMap(({ suites }) => suites);
	const notes = found.flatMap(({ notes }) => notes);
	return suites.length + notes.length === 0 ? NOTHING : {
		suites,
		setup: [],
		runtimes: [],
		notes
	};
}
function ofWorkflow(workflow) {
	const { path, text } = workflow;
	return {
		suites: [...githubActionBenchmark(workflow), ...bencher(workflow)],
		notes: [...text.includes("CodSpeedHQ/action") ? [`${path} sets up CodSpeed. What its plugins measure stays as it is, and Benchgate measures the same files where it reads their tool.`] : [], ...text.includes("benchmark-action/github-action-benchmark") ? [`${path} sets up github-action-benchmark. Both can run side by side; \`benchgate baseline import\` reads its history where that is available.`] : []]
	};
}
function githubActionBenchmark({ path, text }) {
	if (!text.includes("benchmark-action/github-action-benchmark")) return [];
	const tool = ACTION_TOOLS[word(text, "tool")];
	const output = word(text, "output-file-path");
	if (tool === void 0 || output === "") return [];
	const line = runLines(text).find((each) => each.includes(output.replace(/^.*\//, "")));
	if (line === void 0) return [];
	return [{
		name: suiteName(word(text, "name"), "bench"),
		why: `${path} gives ${output} to github-action-benchmark`,
		keys: [...commandKeys(line, tool, "The command of that workflow."), {
			key: "output",
			value: output,
			about: "The file that it writes."
		}]
	}];
}
function bencher({ path, text }) {
	return [...text.replace(/\\\n\s*/g, " ").matchAll(/bencher run\s([^\n]*)/g)].flatMap(([, rest = ""]) => {
		const command = /(?:^|\s)["']([^"']+)["']\s*$/.exec(rest)?.[1];
		if (command === void 0) return [];
		return [{
			name: "bench",
			why: `${path} runs this command under Bencher`,
			keys: commandKeys(command, "auto", "The command of that workflow; its output says which tool wrote it.")
		}];
	});
}
function word(text, key) {
	const after = text.slice(Math.max(0, text.indexOf("benchmark-action/github-action-benchmark")));
	return new RegExp(`^\\s*${key}:\\s*["']?([^"'\\n#]+?)["']?\\s*$`, "m").exec(after)?.[1] ?? "";
}
function runLines(text) {
	return [...text.matchAll(/^(\s*)-?\s*run:\s*(?:[|>][+-]?\s*\n((?:\1\s+.*\n?|\s*\n)+)|(.+))$/gm)].map(([, , block, line]) => (block ?? line ?? "").replace(/\\\n\s*/g, " ").split("\n").map((each) => each.trim()).filter((each) => each !== "" && !each.startsWith("#")).join(" && "));
}
// src/init/detect/python.ts
const PROJECT = /^(pyproject\.toml|setup\.py|setup\.cfg|asv\.conf\.json|requirements[^/]*\.txt)$/;
function detectPython(repository) {
	const folders = [...new Set(["", ...named(repository, PROJECT).map(folderOf)])];
	const found = folders.map((folder) => projectOf(repository, folder, folders));
	const suites = found.flatMap(({ suites }) => suites);
	const notes = found.flatMap((each) => each.notes);
	if (suites.length === 0) return {
		...NOTHING,
		notes
	};
	return {
		suites,
		setup: found.flatMap(({ setup }) => setup),
		runtimes: ["python"],
		notes
	};
}
function projectOf(repository, folder, folders) {
	const files = filesOf(repository, folder, folders).filter((path) => path.endsWith(".py"));
	const own = files.map((path) => ({
		path,
		text: repository.text(path) ?? ""
	}));
	const name = suiteName(projectName(repository, folder), suiteName(folder, "python"));
	const pytest = own.filter(({ text }) => /^[ \t]*(async\s+)?def\s+test\w*\([^)]*\bbenchmark\b/m.test(text));
	const pyperf = own.filter(({ text }) => /^[ \t]*(import|from)\s+pyperf\b/m.test(text) && /\bRunner\(/.test(text));
	const asv = repository.text(inside(folder, "asv.conf.json"));
	const suites = [];
	if (pytest.length > 0) {
		const own = hasOwnOptions(["pyproject.toml", "setup.cfg"].map((file) => repository.text(inside(folder, file)) ?? "").join("\n")) ? " -o addopts=" : "";
		const run = (paths, time) => `${PYTHON} -m pytest -q${own} --benchmark-only --benchmark-max-time=${time} --benchmark-json=$BENCHGATE_OUTPUT -k {benchmarks} ${paths.map((path) => shellWord(within(folder, path))).join(" ")}`;
		const suiteOf = (paths, name) => ({
			name,
			why: `${paths[0]} uses the fixture of pytest-benchmark`,
			keys: [
				...folderKey(folder),
				...commandKeys(run(paths, "0.2"), "pytest-benchmark", "Short rounds, many of them; {benchmarks} stands for those that are not decided yet."),
				...pathKey(files, folder)
			],
			shorter: { run: run(paths, "0.02 --benchmark-min-rounds=3") }
		});
		suites.push(fileByFile(pytest, name, suiteOf));
	}
	for (const { path } of pyperf) {
		const file = within(folder, path);
		const run = (times) => `${PYTHON} ${shellWord(file)} ${times} --inherit-environ=PYTHONPATH -o $BENCHGATE_OUTPUT`;
		suites.push({
			name: suiteName(file.replace(/^.*\//, "").replace(/\.py$/, ""), "pyperf"),
			why: `${path} is a script of pyperf`,
			keys: [
				...folderKey(folder),
				...commandKeys(run("--processes=3"), "pyperf", "Few processes a round: Benchgate repeats whole rounds."),
				...pathKey(files, folder)
			],
			shorter: { run: run("--processes=1 --values=3 --warmups=1 --min-time=0.01") }
		});
	}
	if (asv !== null) suites.push(asvSuite(folder, asv, files));
	const texts = [...pytest, ...pyperf].map(({ text }) => text);
	return {
		suites,
		notes: own.filter((file) => !pytest.includes(file) && /\bpytest\.mark\.benchmark\b/.test(file.text)).map(({ path }) => `${path} only marks its tests as benchmarks, which pytest-codspeed alone measures: tests that take the fixture \`benchmark\` are measured here`),
		setup: suites.length === 0 ? [] : [setupOf(repository, folder, {
			suites,
			texts
		})]
	};
}
const ASV_OF_HEAD = `${PYTHON} -c "from asv import config, main; load = config.Config.load; config.Config.load = lambda *of: (conf := load(*of)).__setattr__('branches', ['HEAD']) or conf; main.main()"`;
const ASV_RESULTS = "results";
const ASV_SHORTER = " -a rounds=1 -a 'repeat=(1,50,0.1)'";
function asvSuite(folder, config, files) {
	const results = /^[ \t]*"results_dir"\s*:\s*"([^"]+)"/m.exec(config)?.[1] ?? ASV_RESULTS;
	const run = (times) => `${PYTHON} -m asv machine --yes && ${ASV_OF_HEAD} run --record-samples --python=same --set-commit-hash $(git rev-parse HEAD)${times} --bench {benchmarks}`;
	return {
		name: "asv",
		why: inside(folder, "asv.conf.json"),
		keys: [
			...folderKey(folder),
			...commandKeys(run(""), "asv", "asv measures the tree as it is, whichever branches asv.conf.json names; {benchmarks} stands for those that are not decided yet."),
			{
				key: "output",
				value: results,
				about: "asv leaves a folder of results."
			},
			...pathKey(files, folder)
		],
		shorter: { run: run(ASV_SHORTER) }
	};
}
function pathKey(files, folder) {
	const prefix = inside(folder, "src/");
	return [{
		key: "env",
		value: { PYTHONPATH: files.some((path) => path.startsWith(prefix) && path.endsWith("/__init__.py")) ? "src" : "." },
		about: "The code of this side, whatever else is installed."
	}];
}
function projectName(repository, folder) {
	const toml = repository.text(inside(folder, "pyproject.toml")) ?? "";
	return /^[ \t]*name\s*=\s*["']([^"']+)["']/m.exec(toml)?.[1] ?? "";
}
// src/init/detect/rust.ts
function detectRust(repository) {
	const folders = named(repository, /^Cargo\.toml$/).map(folderOf);
	const found = folders.map((folder) => packageOf(repository, folder, folders)).filter(({ suites }) => suites.length > 0);
	if (found.length === 0) return NOTHING;
	return {
		suites: found.flatMap(({ suites }) => suites),
		setup: found.map(({ folder, suites }) => ({
			folder,
			line: `cargo ${suites.some(isNightly) ? "+nightly " : ""}bench --no-run`,
			about: "builds the benchmarks, once a side"
		})),
		runtimes: ["rust"],
		notes: []
	};
}
function isNightly({ keys }) {
	return keys.some(({ key, value }) => key === "tool" && value === "libtest");
}
function packageOf(repository, folder, folders) {
	const targets = targetsOf(repository, folder, folders);
	const name = suiteName(packageName(repository, folder), "rust");
	const criterion = targets.filter(({ library }) => library === "criterion");
	const others = targets.filter(({ library }) => library !== "criterion" && library !== null);
	const root = workspaceOf(repository, folder, folders);
	const cargo = root === folder ? "bench" : `bench -p ${shellWord(packageName(repository, folder))}`;
	const suites = [];
	if (criterion.length > 0) {
		const which = criterion.map((each) => `--bench ${shellWord(each.name)}`).join(" ");
		const run = (times) => `rm -rf target/criterion && cargo ${cargo} ${which} -- --noplot ${times} {benchmarks}`;
		suites.push({
			name,
			why: `${criterion[0].path} uses Criterion`,
			keys: [
				...folderKey(root),
				...commandKeys(run("--warm-up-time 0.5 --measurement-time 1"), "criterion", "Short rounds, many of them: what varies from one process to the next decides."),
				outputKey("target/criterion")
			],
			shorter: { run: run("--warm-up-time 0.05 --measurement-time 0.1 --sample-size 10 --nresamples 1001") }
		});
	}
	for (const { name: bench, path, library } of others) {
		const more = library === "gungraun" ? " -- --output-format=json" : "";
		suites.push({
			name: suiteName(`${name}-${bench}`, bench),
			why: `${path} uses ${library === "libtest" ? "libtest's Bencher" : library}`,
			keys: [...folderKey(root), ...commandKeys(`cargo ${library === "libtest" ? "+nightly " : ""}${cargo} --bench ${shellWord(bench)}${more}`, library, "One round of this target.")]
		});
	}
	return {
		folder,
		suites
	};
}
function outputKey(value) {
	return {
		key: "output",
		value,
		about: "Criterion leaves a folder of results."
	};
}
function targetsOf(repository, folder, folders) {
	const declared = manifest(repository, folder).split(/^\s*\[\[bench\]\]/m).slice(1).map((section) => section.split(/^\s*\[/m)[0]);
	const names = new Map(declared.flatMap((section) => {
		const name = /^\s*name\s*=\s*"([^"]+)"/m.exec(section)?.[1];
		const path = /^\s*path\s*=\s*"([^"]+)"/m.exec(section)?.[1];
		return name === void 0 ? [] : [[path ?? `benches/${name}.rs`, name]];
	}));
	return filesOf(repository, folder, folders).flatMap((path) => {
		const relative = within(folder, path);
		const name = names.get(relative) ?? names.get(relative.replace(/\/main\.rs$/, ".rs")) ?? /^benches\/([^/]+)(?:\/main)?\.rs$/.exec(relative)?.[1];
		if (name === void 0) return [];
		return [{
			name,
			path,
			library: libraryOf(repository.text(path) ?? "")
		}];
	});
}
function libraryOf(text) {
	if (/\b(codspeed_)?criterion(_compat)?\b::|\bcriterion_main!/.test(text)) return "criterion";
	if (/\bdivan::/.test(text)) return "divan";
	if (/\b(iai_callgrind|gungraun)::/.test(text)) return "gungraun";
	if (/\btest::Bencher\b|\bfeature\(test\)/.test(text)) return "libtest";
	return null;
}
function workspaceOf(repository, folder, folders) {
	const isWorkspace = (each) => /^\s*\[workspace\]/m.test(manifest(repository, each));
	return nearestFolder(folders.filter(isWorkspace), folder) ?? folder;
}
function packageName(repository, folder) {
	return /^\s*name\s*=\s*"([^"]+)"/m.exec(manifest(repository, folder))?.[1] ?? folder;
}
function manifest(repository, folder) {
	return repository.text(inside(folder, "Cargo.toml")) ?? "";
}
// src/init/detect.ts
const DETECTORS = [
	detectNode,
	detectDeno,
	detectGo,
	detectRust,
	detectPython,
	detectJvm,
	detectDotnet,
	detectNative,
	detectPhp,
	detectRuby,
	detectJulia,
	(repository) => {
		const found = detectLoads(repository);
		return {
			...found,
			setup: found.setup.map((step) => ({
				...step,
				isOfLoad: true
			}))
		};
	}
];
const SHOWN = /(^|\/)(examples?|demos?|samples?|templates?|playgrounds?)\//;
function folderOfSuite({ keys }) {
	const cwd = keys.find(({ key }) => key === "cwd")?.value;
	return typeof cwd === "string" ? cwd : "";
}
function serviceFolder(suite) {
	return servesOf([suite]).flatMap((serve) => /^cd '?(?:\.\.\/)*(.+?)'? && /.exec(serve)?.[1] ?? []);
}
function detect(repository) {
	const found = DETECTORS.map((detector) => detector(repository));
	const peers = detectPeers(repository);
	const all = found.flatMap(({ suites }) => suites);
	const isShown = all.some((suite) => !SHOWN.test(`${folderOfSuite(suite)}/`));
	const left = isShown ? all.filter((suite) => SHOWN.test(`${folderOfSuite(suite)}/`)) : [];
	const own = all.filter((suite) => !left.includes(suite));
	const served = own.flatMap(serviceFolder);
	const isNeeded = (folder) => served.some((each) => `${each}/`.startsWith(`${folder}/`));
	const setup = found.flatMap((each) => each.setup).filter(({ folder }) => !isShown || !SHOWN.test(`${folder}/`) || isNeeded(folder));
	return {
		suites: distinct(own.length > 0 ? own : peers.suites),
		setup: setup.filter(({ folder, line }, index) => setup.findIndex((each) => each.folder === folder && each.line === line) === index),
		runtimes: [...new Set(found.flatMap(({ runtimes }) => runtimes))],
		notes: [
			...found.flatMap(({ notes }) => notes),
			...left.map(({ why }) => `${why}: left out, as it lies among what the project shows others`),
			...peers.notes
		]
	};
}
function adapted(found, { broken, long, cut }) {
	const better = (suite) => {
		const { shorter, ...longer } = suite;
		const { name, keys, notes = [], alone, fewer } = longer;
		if (long.has(name) && shorter !== void 0) {
			const shortened = keys.map((each) => each.key === "run" ? {
				...each,
				value: shorter.run
			} : each);
			const noted = shorter.note === void 0 ? notes : [...notes, shorter.note];
			return [{
				...longer,
				keys: shortened,
				notes: noted,
				longer
			}];
		}
		if (!broken.has(name)) return [suite];
		if (cut.has(name)) return [fewer ?? suite];
		return alone ?? [suite.longer ?? fewer ?? suite];
	};
	const suites = found.suites.flatMap(better);
	return suites.every((suite) => found.suites.includes(suite)) ? found : {
		...found,
		suites: distinct(suites)
	};
}
function plainer(found) {
	if (found.setup.every((step) => step.plainer === void 0)) return found;
	const setup = found.setup.map((step) => step.plainer === void 0 ? step : {
		...step,
		line: step.plainer,
		about: `${step.about}, without the scripts of packages, one of which fails here`
	});
	return {
		...found,
		setup
	};
}
function withoutServices(found) {
	const suites = found.suites.filter((suite) => !hasService(suite));
	if (suites.length === 0 || suites.length === found.suites.length) return found;
	return {
		...found,
		suites,
		setup: found.setup.filter(({ isOfLoad }) => isOfLoad !== true)
	};
}
function hasService(suite) {
	return servesOf([suite]).length > 0;
}
function servesOf(suites) {
	const serves = suites.flatMap(({ keys }) => keys.filter(({ key }) => key === "serve").map(({ value }) => `${value}`));
	return [...new Set(serves)];
}
function distinct(suites) {
	const taken = new Set();
	return suites.map((suite) => {
		const tool = suite.keys.find(({ key }) => key === "tool")?.value ?? "bench";
		const base = suite.name.slice(0, 48);
		const name = [
			base,
			`${base}-${tool}`,
			...suites.map((_, index) => `${base}-${index + 2}`)
		].find((each) => !taken.has(each));
		taken.add(name);
		return name === suite.name ? suite : {
			...suite,
			name
		};
	});
}
// src/init/workflow-text.ts
const ACTION = "OWNER/benchgate@v1";
const RUNTIME_STEPS = {
	node: [
		"- uses: actions/setup-node@v7",
		"  with:",
		"    node-version: 24"
	],
	go: [
		"- uses: actions/setup-go@v7",
		"  with:",
		"    go-version: stable"
	],
	rust: ["- run: rustup toolchain install stable --profile minimal # what the runner brings may be older"],
	python: [
		"- uses: actions/setup-python@v7",
		"  with:",
		"    python-version: \"3.x\""
	],
	java: [
		"- uses: actions/setup-java@v6",
		"  with:",
		"    distribution: temurin",
		"    java-version: \"21\""
	],
	dotnet: [
		"- uses: actions/setup-dotnet@v6",
		"  with:",
		"    dotnet-version: \"10.x\""
	],
	php: [
		"- uses: shivammathur/setup-php@v2",
		"  with:",
		"    php-version: \"8.4\""
	],
	ruby: [
		"- uses: ruby/setup-ruby@v1",
		"  with:",
		"    ruby-version: \"3.4\""
	],
	julia: ["- uses: julia-actions/setup-julia@v2"],
	deno: ["- uses: denoland/setup-deno@v2"],
	k6: ["- uses: grafana/setup-k6-action@v1"]
};
function workflowText({ runtimes, suites }, { branch }) {
	const steps = runtimes.flatMap((runtime) => RUNTIME_STEPS[runtime]);
	const uses = (tool) => suites.some(({ keys }) => keys.some(({ key, value }) => key === "tool" && value === tool));
	return `${[
		"# Judges every pull request by what benchgate.yml measures. Written by `benchgate init`: yours to change.",
		"name: benchgate",
		"on:",
		"  pull_request: # is judged; no path filter, so that a required check always ends",
		"  push:",
		`    branches: [${branch}] # is recorded as a baseline, never judged`,
		"permissions:",
		"  contents: write # a push stores its baseline",
		"  pull-requests: write # the one comment",
		"concurrency: # a newer commit of a pull request replaces the older run; every push is recorded",
		"  group: benchgate-${{ github.event.pull_request.number || github.run_id }}",
		"  cancel-in-progress: ${{ github.event_name == 'pull_request' }}",
		"jobs:",
		"  benchgate:",
		"    runs-on: ubuntu-latest",
		"    timeout-minutes: 30 # more than the time-budget, setup and builds together",
		"    steps:",
		"      - uses: actions/checkout@v7",
		"        with:",
		"          fetch-depth: 0 # the history says which baselines count",
		"          persist-credentials: false # no token is left where a benchmark could read it",
		...steps.map((line) => `      ${line}`),
		...uses("libtest") ? ["      - run: rustup toolchain install nightly --profile minimal"] : [],
		...uses("locust") ? ["      - run: pip install locust"] : [],
		`      - uses: ${ACTION} # put the owner of your copy of Benchgate here; what it measures is in benchgate.yml`,
		"        with:",
		"          baseline-store: ref # refs/benchgate/baselines, which no clone carries; branch where the server takes no such ref"
	].join("\n")}\n`;
}
// src/init/lint/mistake.ts
function mistakeLine({ rule, problem, remedy, position }) {
	return `${[
		position.file,
		position.line,
		position.column
	].filter((part) => part !== void 0).join(":")}: ${rule}: ${problem}. ${remedy}${remedy.endsWith("?") ? "" : "."}`;
}
// src/cli/init-repository.ts
const PATTERNS = [
	"**/*",
	".github/workflows/*",
	".yarnrc.yml",
	"**/.gitignore"
];
const MOST_READ = 5e3;
const LONGEST = 5e5;
async function readRepository(files, folder) {
	const paths = await files.glob(PATTERNS, folder);
	const texts = new Map();
	for (const path of tellingOf(paths).slice(0, MOST_READ)) {
		const text = await readAny(files, path);
		if (text !== null && text.length <= LONGEST) texts.set(path, text);
	}
	return {
		paths: [...new Set(paths)],
		text: (path) => texts.get(path) ?? null
	};
}
async function readAny(files, path) {
	try {
		return await files.readTextIfAny(path);
	} catch {
		return null;
	}
}
// src/cli/init-check.ts
const INPUT_NAMES = [...STORE_INPUTS, ...Object.keys(inputTable({}))];
async function checkSetup(world, branch) {
	const { ports, terminal } = world;
	const repository = await readRepository(ports.files, ports.host.cwd);
	const config = await ports.files.readTextIfAny(DEFAULT_CONFIG_FILE);
	const workflows = repository.paths.filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)).map((file) => ({
		file,
		text: repository.text(file) ?? ""
	})).filter(({ text }) => text.includes("benchgate@"));
	if (config === null && workflows.length === 0) throw new GateError("There is no set-up here to check", "Run `benchgate init`, which writes one");
	const mistakes = lint({
		config: config === null ? null : {
			file: DEFAULT_CONFIG_FILE,
			text: config
		},
		workflows
	}, {
		paths: repository.paths,
		inputs: INPUT_NAMES,
		withoutP99: TOOLS_WITHOUT_P99,
		branch,
		today: ports.clock.now().toISOString().slice(0, 10)
	}, TOOL_WORDS);
	for (const mistake of mistakes) terminal.out(mistakeLine(mistake));
	terminal.err(summary(mistakes, [...config === null ? [] : [DEFAULT_CONFIG_FILE], ...workflows.map(({ file }) => file)]));
	return mistakes.length === 0 ? 0 : 2;
}
function summary(mistakes, files) {
	return `${mistakes.length === 0 ? "Nothing to fix" : `${mistakes.length} ${mistakes.length === 1 ? "thing" : "things"} to fix`} in ${files.join(", ")}.`;
}
// src/init/minutes.ts
const [FEWEST$1, MOST] = [7, 25];
function budgetFor(round) {
	return 2 * FEWEST$1 * round;
}
function longestRound(budget) {
	return budget / (2 * FEWEST$1);
}
function expectedSeconds(setup, round, budget) {
	const rounds = (pairs) => Math.min(budget, 2 * pairs * round);
	return {
		least: 2 * setup + rounds(FEWEST$1),
		most: 2 * setup + rounds(MOST)
	};
}
// src/cli/load-proof.ts
const FEWEST_REQUESTS = 20;
const MOST_FAILING = .5;
const SOME_FAILING = .01;
function loadNote(recording) {
	const failing = failingShare(recording.rounds.flatMap((round) => round.measurements));
	if (failing < SOME_FAILING || failing > MOST_FAILING) return null;
	return `${Math.round(failing * 100)} % of its requests fail, on both sides alike. What those do is not measured: check that the load is for this service, and that the service has what it needs`;
}
function loadTrouble(recording) {
	const measurements = recording.rounds.flatMap((round) => round.measurements);
	const requests = requestsIn(measurements);
	if (requests !== null && requests < FEWEST_REQUESTS) return `it made ${requests} ${requests === 1 ? "request" : "requests"} in a round, too few to compare: a load that now and then makes none would fail the check. Make it longer, or have its users wait less`;
	const failing = failingShare(measurements);
	if (failing > MOST_FAILING) return `${Math.round(failing * 100)} % of its requests fail, and both sides fail alike: what it measures is not the work of the service. Check that the load is for this service, and that the service has what it needs`;
	return null;
}
function requestsIn(measurements) {
	const counts = measurements.map(requestsOf).filter((count) => count !== null);
	return counts.length === 0 ? null : largest(counts);
}
function requestsOf({ metric, distribution }) {
	return metric === "latency" ? sampleCount(distribution) : null;
}
function failingShare(measurements) {
	const shares = measurements.flatMap(({ benchmark, metric, distribution }) => metric === "error-rate" && distribution.kind === "value" ? [{
		benchmark,
		share: distribution.value
	}] : []);
	const most = requestsIn(measurements);
	const whole = measurements.find((each) => most !== null && requestsOf(each) === most)?.benchmark;
	const told = shares.find(({ benchmark }) => benchmark === whole)?.share;
	if (shares.length === 0) return 0;
	return told ?? smallest(shares.map(({ share }) => share));
}
// src/cli/init-try.ts
const AT_LIMIT = .99;
const LONGEST_START = 30;
async function tryOnce({ ports, terminal, interrupt }, whole, candidate, limit) {
	const suite = bounded(whole, limit);
	const start = ports.clock.monotonic();
	const shown = await measureAlone(ports, {
		suites: [suite],
		candidate,
		setup: null,
		rounds: 1,
		cold: true,
		timeBudget: null,
		...newSession(ports),
		signal: interrupt.signal
	}, progressOn(terminal)).then(({ recording }) => shownBy(suite, recording), brokenBy);
	const seconds = ports.clock.monotonic() - start;
	return {
		...shown,
		seconds,
		cut: shown.broken !== null && seconds >= AT_LIMIT * suite.timeLimit
	};
}
function bounded(suite, seconds) {
	const { service, timeLimit } = suite;
	return {
		...suite,
		timeLimit: Math.min(timeLimit, seconds),
		...service && { service: {
			...service,
			readyLimit: Math.min(service.readyLimit, LONGEST_START)
		} }
	};
}
function brokenBy(error) {
	if (!(error instanceof GateError)) throw error;
	return {
		broken: oneLine(error.problem),
		benchmarks: 0,
		failing: null
	};
}
function shownBy(suite, recording) {
	const names = new Set(recording.rounds.flatMap(({ measurements }) => measurements.map(({ benchmark }) => benchmark)));
	const failures = failuresOf(recording);
	const [failure] = failures;
	const failing = failure === void 0 ? null : {
		count: new Set(failures.map(({ benchmark }) => benchmark)).size,
		reason: oneLine(`${failure.benchmark}: ${failure.reason}`)
	};
	const note = suite.service === void 0 ? null : loadNote(recording);
	return {
		broken: whyBroken(suite, recording),
		benchmarks: names.size,
		failing,
		...note !== null && { note }
	};
}
function whyBroken(suite, recording) {
	const trouble = suite.service === void 0 ? null : loadTrouble(recording);
	if (trouble !== null) return trouble;
	if (recording.rounds.some(({ measurements }) => measurements.length > 0)) return null;
	const [failure] = failuresOf(recording);
	return oneLine(failure === void 0 ? "it measured nothing" : `${failure.reason} ${lastLine(failure.output)}`);
}
function lastLine(output) {
	const [own = ""] = output.split(/^the service:$/m);
	return (own.trim() === "" ? output : own).trim().split("\n").at(-1) ?? "";
}
function oneLine(text) {
	const line = text.replace(/\s+/g, " ").trim();
	return line.length <= 400 ? line : `${line.slice(0, 150)} … ${line.slice(-250)}`;
}
// src/cli/init-proof.ts
const LONGEST_ROUND = 60;
const MOST_BUDGET = 900;
const SLOW_START = 1.5;
function brokenIn({ tried }) {
	return new Map([...tried].flatMap(([name, { broken }]) => broken === null ? [] : [[name, broken]]));
}
function longIn({ tried, timeBudget }, found) {
	const most = longestRound(timeBudget);
	const counted = [...tried].filter(([name, { broken }]) => broken === null || hasShorterForm(found, name));
	if (secondsOf(counted.map(([, each]) => each)) <= most) return new Set();
	return new Set(counted.filter(([, { seconds }]) => seconds > most / counted.length).map(([name]) => name));
}
function hasShorterForm({ suites }, suite) {
	return suites.some(({ name, shorter }) => name === suite && shorter !== void 0);
}
function cutIn({ tried }) {
	return new Set([...tried].filter(([, { cut }]) => cut).map(([name]) => name));
}
function minutesFor(proof) {
	const needed = budgetFor(roundOf(proof));
	return Math.ceil(Math.max(proof.timeBudget, Math.min(needed, MOST_BUDGET)) / 60);
}
function roundOf({ tried }) {
	return secondsOf([...tried.values()].filter(({ broken }) => broken === null));
}
function secondsOf(tried) {
	return [...tried].reduce((sum, { seconds }) => sum + seconds, 0);
}
async function prove(world, found, earlier = null) {
	const { ports } = world;
	const plan = await planOf(readSettings(PLAN_FLAGS, () => [], (name) => `--${name}`), ports.files, "stored");
	const candidate = await herePlace(ports);
	const timeBudget = plan.timeBudget ?? 600;
	const began = ports.clock.monotonic();
	try {
		if (earlier === null) await setUp(ports, candidate, plan.setup);
	} catch (error) {
		if (!(error instanceof GateError)) throw error;
		return {
			tried: new Map(),
			setup: null,
			setupFailure: oneLine(error.problem),
			timeBudget
		};
	}
	const setup = earlier?.setup ?? ports.clock.monotonic() - began;
	const tried = new Map(earlier?.tried);
	const enough = SLOW_START * longestRound(timeBudget);
	const execute = (suite) => tryOnce(world, suite, candidate, hasShorterForm(found, suite.name) ? enough : LONGEST_ROUND);
	const suites = plan.suites.filter(({ name }) => !tried.has(name));
	for (const suite of suites) {
		const first = await execute(suite);
		tried.set(suite.name, first.broken === null || first.cut ? first : await execute(suite));
	}
	const long = longIn({
		tried,
		timeBudget
	}, found);
	const isTooLong = secondsOf([...long].map((name) => tried.get(name))) > enough;
	for (const suite of suites) {
		const first = tried.get(suite.name);
		const isWarm = found.suites.some(({ name, longer }) => name === suite.name && longer !== void 0);
		const isReplaced = isTooLong && hasShorterForm(found, suite.name);
		if (first.broken !== null || !long.has(suite.name) || isWarm || isReplaced) continue;
		const { seconds, broken } = await execute(suite);
		if (broken === null && seconds < first.seconds) tried.set(suite.name, {
			...first,
			seconds
		});
	}
	return {
		tried,
		setup,
		setupFailure: null,
		timeBudget
	};
}
function withoutSuites(proof, names) {
	return {
		...proof,
		tried: new Map([...proof.tried].filter(([name]) => !names(name)))
	};
}
// src/cli/init-proof-words.ts
function proofLines(proof) {
	const { tried, setup, setupFailure } = proof;
	if (setup === null) return [`setup: fails here: ${setupFailure}`, "No suite could be tried. Correct `setup` in benchgate.yml, then run `benchgate record -o first.json`."];
	const minutes = (seconds) => Math.max(1, Math.round(seconds / 60));
	const round = roundOf(proof);
	const budget = minutesFor(proof) * 60;
	const expected = expectedSeconds(setup, round, budget);
	const [least, most] = [minutes(expected.least), minutes(expected.most)];
	const working = [...tried].filter(([, { broken }]) => broken === null);
	return [
		...working.map(([suite, { benchmarks }]) => `${suite}: works, ${benchmarks} ${benchmarks === 1 ? "benchmark" : "benchmarks"}`),
		...working.flatMap(([suite, { failing }]) => failing === null ? [] : [`${suite}: ${failing.count} ${failing.count === 1 ? "benchmark fails" : "benchmarks fail"}, which keeps the check red until fixed or removed: ${failing.reason}`]),
		...working.flatMap(([suite, { note }]) => note === void 0 ? [] : [`${suite}: ${note}`]),
		...[...brokenIn(proof)].map(([suite, reason]) => `${suite}: does not work here, and is a comment in benchgate.yml: ${reason}`),
		...working.length === 0 ? ["Nothing works yet. Fix one suite in benchgate.yml, then run `benchgate record -o first.json`."] : [
			...budgetFor(round) > budget ? [`A round of all benchmarks takes ${Math.round(round)} s, and a verdict needs 12 or more: they do not fit into ${budget / 60} minutes. Keep fewer benchmarks in benchgate.yml, or raise \`time-budget\`.`] : [],
			`A pull request will take about ${least === most ? least : `${least} to ${most}`} ${most === 1 ? "minute" : "minutes"} on a machine like this one.`,
			"Now: `benchgate run --base HEAD~1` compares this tree with the commit before. Commit both files to gate pull requests."
		]
	];
}
// src/cli/init.ts
const WORKFLOW_FILE = ".github/workflows/benchgate.yml";
const MAIN_BRANCHES = [
	"main",
	"master",
	"trunk",
	"develop"
];
const ATTEMPTS = 3;
const init = command({
	name: "init",
	usage: "[--yes | --check]",
	summary: "looks at the repository, writes benchgate.yml and the workflow, and measures once to prove that they work",
	flags: {
		check: {
			type: SWITCH,
			about: "Writes nothing: names the mistakes of the set-up that is there, each with its remedy."
		},
		yes: {
			type: SWITCH,
			about: "Writes without asking. A file that is there already is never overwritten."
		}
	},
	operands: 0,
	async run({ given }, world) {
		const { ports, terminal } = world;
		if (await ports.git.root() !== null && await ports.git.prefix() !== "") throw new GateError("this is not the root of the repository", "Go to its root folder, and run `benchgate init` again");
		const branch = await mainBranch(world);
		if (given.check && given.yes) throw new GateError("--check writes nothing, and --yes writes without asking", "Leave out either");
		if (given.check) return checkSetup(world, branch);
		const found = detect(await readRepository(ports.files, ports.host.cwd));
		if (found.suites.length === 0) throw nothingFound(found);
		for (const { name, why } of found.suites) terminal.err(`found: ${name}: ${why}`);
		for (const note of found.notes) terminal.err(`note: ${note}`);
		const texts = new Map([[DEFAULT_CONFIG_FILE, configText(found)], [WORKFLOW_FILE, workflowText(found, { branch: branch ?? MAIN_BRANCHES[0] })]]);
		const missing = await missingOf(texts, world);
		if (missing.length === 0) return 0;
		for (const file of missing) terminal.err(newFile(file, texts.get(file)));
		const serves = missing.includes("benchgate.yml") ? servesOf(found.suites) : [];
		for (const serve of serves) terminal.err(`note: after that, \`${serve}\` is started and put under load for a few seconds, with whatever database it is set up for.`);
		if (!given.yes && !await agreed(terminal, missing)) {
			terminal.err("Nothing was written. `benchgate init --yes` writes without asking.");
			return 0;
		}
		for (const file of missing) await ports.files.write(file, texts.get(file));
		if (!missing.includes("benchgate.yml")) return 0;
		terminal.err("Measuring once, to prove that it works …");
		const { written, proof } = await proveAdapted(found, world);
		terminal.progress("");
		const broken = brokenIn(proof);
		await ports.files.write(DEFAULT_CONFIG_FILE, configText(written, {
			broken,
			minutes: minutesFor(proof)
		}));
		for (const line of proofLines(proof)) terminal.err(line);
		for (const { name, notes = [] } of written.suites) for (const note of broken.has(name) ? [] : notes) terminal.err(`note: ${name}: ${note}`);
		return proof.setup === null || broken.size === written.suites.length ? 3 : 0;
	}
});
async function proveAdapted(found, world) {
	const { ports, terminal } = world;
	const write = async (form, why) => {
		await ports.files.write(DEFAULT_CONFIG_FILE, configText(form));
		terminal.err(why);
	};
	let form = found;
	let first = await prove(world, found);
	const simple = plainer(found);
	if (first.setup === null && simple !== found) {
		await write(simple, `The setup fails: ${first.setupFailure}`);
		terminal.err("Trying it again without the scripts of the packages that it installs …");
		const second = await prove(world, simple);
		if (second.setup !== null) [form, first] = [simple, second];
	}
	const others = withoutServices(simple);
	if (first.setup === null && others !== simple) {
		await write(others, "Trying it again without the services under load and what they need …");
		const { setupFailure } = first;
		const third = await prove(world, others);
		if (third.setup !== null) {
			form = {
				...simple,
				setup: others.setup
			};
			first = {
				...third,
				tried: new Map([...third.tried, ...untried(simple, others, setupFailure)])
			};
		}
	}
	if (first.setup === null) return {
		written: form,
		proof: first
	};
	let proof = first;
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		const next = adapted(form, {
			broken: brokenIn(proof),
			long: longIn(proof, form),
			cut: cutIn(proof)
		});
		if (next === form) break;
		await write(next, "Not all of it works or is quick enough. Trying the rest again: shorter, or file by file …");
		const before = form.suites;
		const isSame = (name) => next.suites.some((suite) => suite.name === name && before.includes(suite));
		const same = withoutSuites(proof, (name) => !isSame(name));
		[form, proof] = [next, await prove(world, next, same)];
	}
	return {
		written: form,
		proof
	};
}
function untried(all, others, failure) {
	const broken = `the setup of its service fails: ${failure}. It was, and is left out: ${all.setup.filter((step) => !others.setup.includes(step)).map(({ folder, line }) => folder === "" ? line : `(cd ${shellWord(folder)} && ${line})`).join(" && ")}`;
	return all.suites.filter((suite) => !others.suites.includes(suite)).map(({ name }) => [name, {
		seconds: 0,
		broken,
		cut: false,
		benchmarks: 0,
		failing: null
	}]);
}
function nothingFound({ notes }) {
	return new GateError(["Nothing here looks like a benchmark or a load test", ...notes].join(". "), `Write ${DEFAULT_CONFIG_FILE} with \`suites: { start: { time: ./your-program --version } }\`, which measures any command, and run \`benchgate init\` again for the workflow`);
}
async function missingOf(texts, { ports, terminal }) {
	const missing = [];
	for (const [file, text] of texts) {
		const there = await ports.files.readTextIfAny(file);
		if (there === null) missing.push(file);
		else terminal.err(`${file}: ${there === text ? "is as it would be written" : "is there already, and stays as it is"}`);
	}
	return missing;
}
function newFile(file, text) {
	const lines = text.trimEnd().split("\n");
	return [
		`--- /dev/null`,
		`+++ ${file}`,
		...lines.map((line) => `+${line}`)
	].join("\n");
}
async function agreed(terminal, files) {
	terminal.err(`Write ${files.join(" and ")}? [y/N]`);
	for await (const piece of terminal.input()) return /^\s*y(es)?\s*$/im.test(new TextDecoder().decode(piece).split("\n")[0]);
	return false;
}
async function mainBranch({ ports: { git } }) {
	if (await git.root() === null) return null;
	const there = [];
	for (const name of MAIN_BRANCHES) if (await git.revision(`origin/${name}`) !== null || await git.revision(name) !== null) there.push(name);
	return there.length === 1 ? there[0] : null;
}
// src/cli/mcp/messages.ts
const CODES = {
	unreadable: -32700,
	unsound: -32600,
	unknownMethod: -32601,
	wrongParameters: -32602
};
var RefusedError = class extends Error {
	code;
	constructor(code, message) {
		super(message);
		this.code = code;
	}
};
function parseMessage(line) {
	let value;
	try {
		value = JSON.parse(line);
	} catch {
		throw new RefusedError(CODES.unreadable, "this line is not JSON");
	}
	const { id, method, params } = recordOf(value);
	if (method === void 0 && (id !== void 0 || Array.isArray(value))) {
		if (Array.isArray(value)) throw new RefusedError(CODES.unsound, "send each message on a line of its own");
		return null;
	}
	if (typeof method !== "string") throw new RefusedError(CODES.unsound, "this is not a message of JSON-RPC");
	return {
		id: typeof id === "string" || typeof id === "number" ? id : null,
		method,
		params: recordOf(params)
	};
}
function recordOf(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
async function* linesOf(pieces) {
	const decoder = new TextDecoder();
	let rest = "";
	for await (const piece of pieces) {
		const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
		rest = lines.pop();
		if (rest.length > LONGEST_LINE) throw new RefusedError(CODES.unsound, "this line is too long to be a message");
		for (const line of lines) if (line.trim() !== "") yield line;
	}
	if (rest.trim() !== "") yield rest;
}
const LONGEST_LINE = 2 ** 24;
// src/cli/mcp/server.ts
const PROTOCOLS = [
	"2025-06-18",
	"2025-03-26",
	"2024-11-05"
];
const INSTRUCTIONS = "Benchgate measures whether a change made a program slower or faster. `run` with `base` measures the working tree side by side with a revision; add `goal` to prove an improvement. Believe its verdicts rather than single timings: inconclusive means not proven either way.";
async function serve(tools, { input, send, version }) {
	const running = new Map();
	let last = Promise.resolve();
	const say = (message) => send(JSON.stringify({
		jsonrpc: "2.0",
		...message
	}));
	const refuse = (id, error) => say({
		id,
		error: {
			code: error.code,
			message: error.message
		}
	});
	const handle = (message) => {
		const { id, method, params } = message;
		if (method === "notifications/cancelled") running.get(params.requestId)?.abort();
		if (id === null) return;
		if (method === "tools/call") {
			const tool = tools.find(({ name }) => name === params.name);
			if (tool === void 0) return refuse(id, new RefusedError(CODES.wrongParameters, `there is no tool ${String(params.name)}`));
			const controller = new AbortController();
			running.set(id, controller);
			last = last.then(async () => {
				const { signal } = controller;
				const result = signal.aborted ? {} : await answerOf(tool, params, {
					signal,
					say
				});
				running.delete(id);
				if (!signal.aborted) say({
					id,
					result
				});
			});
			return;
		}
		const result = Object.hasOwn(ANSWERS, method) ? ANSWERS[method](params, {
			tools,
			version
		}) : void 0;
		if (result === void 0) return refuse(id, new RefusedError(CODES.unknownMethod, `there is no method ${method}`));
		say({
			id,
			result
		});
	};
	try {
		for await (const line of linesOf(input)) try {
			const message = parseMessage(line);
			if (message !== null) handle(message);
		} catch (error) {
			if (!(error instanceof RefusedError)) throw error;
			refuse(null, error);
		}
	} catch (error) {
		if (!(error instanceof RefusedError)) throw error;
		refuse(null, error);
	}
	for (const controller of running.values()) controller.abort();
	await last;
}
const ANSWERS = {
	initialize: ({ protocolVersion }, { version }) => ({
		protocolVersion: PROTOCOLS.find((each) => each === protocolVersion) ?? PROTOCOLS[0],
		capabilities: { tools: {} },
		serverInfo: {
			name: "benchgate",
			title: "Benchgate",
			version
		},
		instructions: INSTRUCTIONS
	}),
	ping: () => ({}),
	"tools/list": (_, { tools }) => ({ tools: tools.map(({ call: _, readsOnly, ...told }) => ({
		...told,
		annotations: {
			readOnlyHint: readsOnly,
			destructiveHint: !readsOnly,
			openWorldHint: !readsOnly
		}
	})) })
};
async function answerOf(tool, params, { signal, say }) {
	const token = recordOf(params._meta).progressToken;
	let progress = 0;
	const call = {
		signal,
		progress(message) {
			if (token === void 0 || signal.aborted) return;
			progress += 1;
			say({
				method: "notifications/progress",
				params: {
					progressToken: token,
					progress,
					message
				}
			});
		}
	};
	try {
		const { text, data } = await tool.call(recordOf(params.arguments), call);
		return {
			content: [{
				type: "text",
				text
			}],
			structuredContent: data
		};
	} catch (error) {
		return {
			content: [{
				type: "text",
				text: error instanceof GateError ? error.message : `This is a bug in Benchgate: please report it. ${String(error)}`
			}],
			isError: true
		};
	}
}
// src/cli/goals.ts
const GOALS = many((words) => parseThresholds(words).map(({ for: target, value }) => ({
	...target ?? {
		metric: "latency",
		statistic: "p50"
	},
	value
})));
function withGoals(budgets, goals) {
	const own = goals.flatMap((goal) => patternsWithout(budgets, goal).map((match) => ({
		match,
		metric: goal.metric,
		statistic: goal.statistic,
		threshold: DEFAULT_GOAL_THRESHOLD,
		limit: null,
		floor: null,
		severity: "gate",
		origin: "user",
		goal: goal.value
	})));
	return [...budgets.map((budget) => {
		const goal = goals.find((each) => isSame(budget, each));
		if (goal === void 0) return budget;
		return {
			...budget,
			goal: goal.value,
			threshold: budget.threshold ?? .05,
			severity: "gate"
		};
	}), ...own];
}
function refuseUnfitting(goals, judgements) {
	if (judgements.some(({ verdict }) => verdict === "failed")) return;
	for (const { metric, statistic } of goals) {
		if (judgements.some((each) => each.goal !== null && each.metric === metric && each.statistic === statistic)) continue;
		const measured = [...new Set(judgements.map((each) => `${each.metric}.${each.statistic}`))];
		throw new GateError(`The goal of ${metric} ${statistic} fits nothing that was measured`, measured.length === 0 ? "Check that the benchmarks run" : `Name what was: ${measured.join(", ")}`, { path: "--goal" });
	}
}
function patternsWithout(budgets, goal) {
	const patterns = new Set(budgets.filter(({ metric }) => metric === goal.metric).map(({ match }) => match));
	const promised = new Set(budgets.filter((budget) => isSame(budget, goal)).map(({ match }) => match));
	return [...patterns.add("*")].filter((match) => !promised.has(match));
}
function isSame(budget, goal) {
	return budget.metric === goal.metric && budget.statistic === goal.statistic;
}
// src/cli/prose.ts
function readable(terminal) {
	if (terminal.live !== true) return terminal;
	return {
		...terminal,
		err: (text) => terminal.err(folded(text, terminal.columns))
	};
}
// src/cli/unfinished.ts
const FILE = "benchgate/unfinished.json";
async function keepUnfinished({ files, git }, experiment, { session, seed, recordings }) {
	if (loadsDeployed(experiment)) return false;
	const kept = Object.entries(recordings).filter(([, { rounds }]) => rounds.length > 0);
	if (kept.length === 0) return false;
	const texts = Object.fromEntries(kept.map(([side, recording]) => [side, encodeRecording(recording)]));
	const state = {
		identity: identityOf(experiment),
		session,
		seed,
		recordings: texts
	};
	await files.write(await git.privatePath(FILE), JSON.stringify(state));
	return true;
}
async function findUnfinished({ files, git }, experiment) {
	if (loadsDeployed(experiment)) throw new GateError("A measurement of `targets` cannot be resumed: another version may be deployed by now", "Leave --resume out");
	const text = await files.readTextIfAny(await git.privatePath(FILE));
	if (text === null) throw new GateError("There is no interrupted measurement to go on with", "Leave --resume out");
	const { identity, session, seed, recordings } = JSON.parse(text);
	if (identity !== identityOf(experiment)) throw new GateError("The interrupted measurement was of other revisions or of another plan", "Give the same flags on the same commits, or leave --resume out");
	const decoded = Object.entries(recordings).map(([side, each]) => [side, decodeRecording(each)]);
	return {
		session,
		seed,
		recordings: Object.fromEntries(decoded)
	};
}
async function forgetUnfinished({ files, git }) {
	await files.remove(await git.privatePath(FILE));
}
function loadsDeployed({ plan: { suites } }) {
	return suites.some(({ targets }) => targets !== void 0);
}
function identityOf({ plan: { setup, suites, budgets, pairs, control }, base, candidate }) {
	return JSON.stringify({
		setup,
		suites,
		budgets,
		pairs,
		control,
		base: base.sha,
		candidate: candidate.sha
	});
}
const run = command({
	name: "run",
	usage: "[--base REF [--resume]] [--suite S] [--only PATTERN]",
	summary: "the gate on this working tree: measured side by side with --base, or against the stored baseline",
	flags: {
		base: {
			type: TEXT$1,
			value: "REF",
			about: "The commit, tag or branch to compare this working tree with, side by side; `latest-release` is the highest version tag that HEAD descends from. Without it, the stored baseline is used; suites with `targets` need neither."
		},
		resume: {
			type: SWITCH,
			about: "Goes on with a measurement that was interrupted. The other flags and both commits must be the same."
		},
		only: {
			type: TEXT$1,
			value: "PATTERN",
			about: "Measures only the benchmarks that fit, written as `suite/benchmark`, with `*` for any characters: `*/sort` is a benchmark of any suite, `parser` a suite. What its tool cannot leave out is measured, and not reported."
		},
		shard: {
			type: SHARD,
			value: "NUMBER",
			about: "Measures one shard of several: `2/5` is the second of five. Only the names of the benchmarks decide which shard each belongs to, so all machines agree. Both sides of a benchmark are measured here."
		},
		goal: {
			type: GOALS,
			value: "SHARE",
			about: "A promised improvement of all that is measured, proven or missed: `20%` of p50, or `p99=10%, throughput.mean=5%`. With `--only`, of that alone. A missed goal is exit code 1, an open one counts as inconclusive."
		},
		...PLAN_FLAGS,
		...REPORT_FLAGS,
		...OTLP_FLAG,
		...STORE_FLAGS
	},
	operands: 0,
	async run(flags, world) {
		const { given } = flags;
		const { ports, interrupt: { signal } } = world;
		const terminal = readable(world.terminal);
		const { base, only } = given;
		await checkReports(given, world);
		const planned = await planOf(given, ports.files, base === null ? null : "side-by-side");
		const shard = shardOf(given);
		const budgets = withGoals(planned.budgets, given.goal);
		const plan = {
			...planned,
			budgets,
			...shard !== null && { part: { shard } }
		};
		const suites = plan.suites.map(({ name }) => name);
		const patterns = only === null ? null : patternsOf(only, suites, { path: "--only" });
		const asked = shard === null ? patterns : openDeal(shard, plan.suites, new Map());
		const against = await againstWhat(ports, given, plan.suites);
		const candidate = await herePlace(ports);
		const experiment = against.kind === "side-by-side" && await ports.git.root() !== null ? {
			plan,
			base: against.revision,
			candidate: candidate.revision
		} : null;
		const before = given.resume ? await resumed(ports, experiment) : null;
		await refuseEarly(ports.files, {
			...plan,
			suites: suitesAsked(plan.suites, asked)
		}, candidate);
		const { session, seed } = before ?? newSession(ports);
		for (const line of announce(plan, {
			against,
			looks: looksOf(plan.pairs),
			base
		})) terminal.err(line);
		const { outcome: found, comparisons, interrupted, dealt } = await gate(ports, {
			plan,
			candidate,
			against,
			only: asked,
			session,
			seed,
			...before && { before: before.recordings },
			onProgress: progressOn(terminal),
			onForecast: (forecast) => terminal.err(forecastLine(forecast)),
			onProfile: (of) => terminal.err(profilingLine(of)),
			signal
		});
		terminal.progress("");
		const outcome = {
			...found,
			warnings: [...partWarning(plan.part, dealt), ...found.warnings]
		};
		if (experiment !== null && interrupted !== null) {
			const kept = await keepUnfinished(ports, experiment, {
				session,
				seed,
				recordings: interrupted
			});
			terminal.err(`benchgate: interrupted${kept ? "; go on with the same command and --resume" : ""}`);
		} else if (experiment !== null) await forgetUnfinished(ports);
		if (interrupted === null && outcome.judgements.length === 0 && only !== null) {
			const near = likeliest(only.replaceAll("*", ""), namesIn(comparisons));
			throw new GateError(`--only ${only} fits nothing that was measured`, `${near === null ? "" : `Did you mean ${near}? `}Write it as suite/benchmark, with * for any characters`);
		}
		if (interrupted === null) refuseUnfitting(given.goal, outcome.judgements);
		await writeReports(outcome, given, world, {
			reproduce: experiment === null || isDeployed(plan.suites) ? void 0 : reproduceLine(experiment.base.sha.slice(0, 12), wordsOf$1(flags.written)),
			compared: comparisons,
			accept: plan.accept,
			remote: given.html === null ? null : await ports.git.origin()
		});
		if (interrupted === null) await sendMetrics(outcome, given.otlp, world);
		return exitCodeOf(outcome);
	}
});
function shardOf({ shard, only }) {
	if (shard === null) return null;
	if (shard === "auto") throw new GateError("--shard auto needs a matrix of jobs", "Write which shard this is, such as --shard 2/5");
	if (only === null) return shard;
	throw new GateError("--shard cannot be combined with --only: a shard is dealt from all benchmarks", "Leave out either");
}
function namesIn(comparisons) {
	const all = comparisons.flatMap(({ candidate }) => candidate.rounds.flatMap(({ measurements }) => measurements));
	return [...new Set(all.map(({ suite, benchmark }) => `${suite}/${benchmark}`))];
}
async function resumed(ports, experiment) {
	if (experiment !== null) return findUnfinished(ports, experiment);
	throw new GateError("--resume goes on with a measurement side by side", "Give --base REF too, or leave it out");
}
async function againstWhat(ports, given, suites) {
	const { base } = given;
	if (base === null && isDeployed(suites)) return {
		kind: "side-by-side",
		revision: DEPLOYED
	};
	if (base === null) {
		const deployed = suites.find(({ targets }) => targets !== void 0);
		if (deployed !== void 0) throw new GateError(`${deployed.name} has targets, which are compared in turns, and other suites have none`, "Give --base REF for all of them, or choose suites with --suite");
		const store = storeOf(given, ports);
		const from = (await ports.git.revision("HEAD"))?.sha ?? "";
		return {
			kind: "stored",
			store,
			gate: given.gate ?? await onlyGate(store),
			from
		};
	}
	await refuseOutside(ports.git);
	return {
		kind: "side-by-side",
		revision: await namedBase(ports.git, base)
	};
}
async function onlyGate(store) {
	const all = (await store.list()).map((entry) => wholeGate(entry));
	const gates = [...new Set(all)].filter((gate) => gate !== "imported" && gate !== "backfill");
	if (gates.length > 1) throw new GateError(`${store.place} holds baselines of ${gates.length} gates`, `Name one with --gate: ${gates.join(", ")}.`);
	return gates[0] ?? gateName("", "");
}
function wordsOf$1(written) {
	const word = (name) => written(name)[0] ?? null;
	return {
		config: word("config"),
		run: word("run"),
		bench: written("bench"),
		tool: word("tool"),
		setup: word("setup"),
		threshold: written("threshold"),
		goal: written("goal"),
		suite: written("suite"),
		only: word("only"),
		shard: word("shard"),
		rounds: word("rounds"),
		"time-budget": word("time-budget")
	};
}
// src/cli/mcp/arguments.ts
function without(table, names) {
	return Object.fromEntries(Object.entries(table).filter(([name]) => !names.includes(name)));
}
function objectOf(properties, required = []) {
	return {
		type: "object",
		properties,
		required,
		additionalProperties: false
	};
}
function flagProperties(table) {
	return Object.fromEntries(Object.entries(table).map(([name, { type, about }]) => {
		const text = { type: "string" };
		return [name, {
			...{
				switch: { type: "boolean" },
				value: text,
				list: {
					type: "array",
					items: text
				}
			}[type.form],
			description: about
		}];
	}));
}
function wordsOf(given, table) {
	return Object.entries(given).flatMap(([name, value]) => {
		const flag = Object.hasOwn(table, name) ? table[name] : void 0;
		if (flag === void 0) throw new GateError(`there is no argument ${name}`, `The arguments are ${Object.keys(table).join(", ")}`);
		if (flag.type.form === "switch") return switchOf(value, name) ? [`--${name}`] : [];
		return textsOf(value, name).map((word) => `--${name}=${word}`);
	});
}
function switchOf(value, name) {
	if (typeof value === "boolean") return value;
	throw new GateError(`${name} is neither true nor false`, "Give one of them, or leave the argument out");
}
function settingsOf(given, table) {
	wordsOf(given, table);
	return readSettings(table, (name) => given[name] === void 0 ? [] : textsOf(given[name], name), (name) => name);
}
function textsOf(value, name) {
	return (Array.isArray(value) ? value : [value]).map((each) => textOf(each, name));
}
function textOf(value, name) {
	if (typeof value === "string" || typeof value === "number") return String(value);
	throw new GateError(`${name} is not a text`, "Give a text, or leave the argument out");
}
// src/cli/mcp/schemas.ts
const TEXT = { type: "string" };
const NUMBER = { type: "number" };
const NULLABLE = { type: ["number", "null"] };
const outcomeSchema = {
	type: "object",
	properties: {
		exitCode: {
			type: "integer",
			description: "0 pass or warn, 1 a regression, a broken limit or a missed goal, 3 could not measure."
		},
		result: {
			type: "object",
			description: "The document `benchgate.result/1`; schema/result.schema.json of Benchgate has every key.",
			properties: {
				schema: { const: "benchgate.result/1" },
				outcome: { enum: [
					"pass",
					"warn",
					"fail"
				] },
				verdicts: {
					type: "array",
					items: {
						type: "object",
						properties: {
							suite: TEXT,
							benchmark: TEXT,
							metric: TEXT,
							statistic: TEXT,
							unit: TEXT,
							verdict: { enum: VERDICTS },
							severity: { enum: ["gate", "advisory"] },
							baseline: NULLABLE,
							candidate: NULLABLE,
							ratio: {
								...NULLABLE,
								description: "candidate ÷ baseline"
							},
							interval: {
								type: ["object", "null"],
								properties: {
									lower: NULLABLE,
									upper: NULLABLE,
									level: NUMBER
								},
								description: "Of the ratio."
							},
							goal: {
								type: ["object", "null"],
								properties: {
									value: NUMBER,
									state: { enum: [
										"proven",
										"open",
										"missed"
									] }
								}
							}
						},
						required: [
							"suite",
							"benchmark",
							"metric",
							"statistic",
							"verdict",
							"severity",
							"ratio",
							"goal"
						]
					}
				},
				warnings: {
					type: "array",
					items: { type: "object" }
				}
			},
			required: [
				"schema",
				"outcome",
				"verdicts",
				"warnings"
			]
		}
	},
	required: ["exitCode", "result"]
};
const explanationSchema = {
	type: "object",
	properties: {
		rounds: {
			type: "integer",
			description: "Profiles a side."
		},
		unit: { enum: [
			"s",
			"B",
			"1"
		] },
		culprits: {
			type: "array",
			description: "The functions that take more than they did, worst first.",
			items: {
				type: "object",
				properties: {
					name: TEXT,
					file: { type: ["string", "null"] },
					line: { type: ["integer", "null"] },
					baseline: NUMBER,
					candidate: NUMBER
				},
				required: [
					"name",
					"file",
					"line",
					"baseline",
					"candidate"
				]
			}
		}
	},
	required: [
		"rounds",
		"unit",
		"culprits"
	]
};
const historySchema = {
	type: "object",
	properties: {
		place: {
			...TEXT,
			description: "Where it is stored."
		},
		stored: {
			type: "integer",
			description: "How many runs are stored."
		},
		series: {
			type: "array",
			items: {
				type: "object",
				properties: {
					gate: TEXT,
					machine: {
						...TEXT,
						description: "Runs of different kinds of machine are never compared."
					},
					suite: TEXT,
					benchmark: TEXT,
					metric: TEXT,
					statistic: TEXT,
					unit: TEXT,
					better: { enum: ["lower", "higher"] },
					points: {
						type: "array",
						items: {
							type: "object",
							properties: {
								sha: TEXT,
								committedAt: TEXT,
								value: NUMBER,
								spread: {
									...NULLABLE,
									description: "Standard deviation of ln over the run's rounds."
								}
							},
							required: [
								"sha",
								"committedAt",
								"value",
								"spread"
							]
						}
					}
				},
				required: [
					"suite",
					"benchmark",
					"metric",
					"statistic",
					"unit",
					"better",
					"points"
				]
			}
		},
		warnings: {
			type: "array",
			items: { type: "object" }
		}
	},
	required: [
		"place",
		"stored",
		"series",
		"warnings"
	]
};
// src/cli/mcp/tools.ts
const RUNS$1 = 20;
const MOST_RUNS = 1e3;
const DEPTH$1 = 1e3;
const LEFT_OUT = [
	"json",
	"html",
	"markdown",
	"junit",
	"resume",
	"otlp"
];
function toolsOf(world) {
	const runFlags = without(run.flags, LEFT_OUT);
	const compareFlags = without(compare.flags, LEFT_OUT);
	return [
		{
			name: "run",
			title: "Measure a change",
			description: "Runs the repository's benchmarks or load tests on this working tree and judges them: with `base`, side by side with that revision, which takes minutes; without it, against stored baselines. Suites come from benchgate.yml, or from `run` and `tool`. With `goal`, an improvement is proven or missed. Runs the repository's own commands.",
			readsOnly: false,
			inputSchema: objectOf(flagProperties(runFlags)),
			outputSchema: outcomeSchema,
			call: (given, call) => judged(world, run, wordsOf(given, runFlags), call)
		},
		{
			name: "compare",
			title: "Compare measurements",
			description: "Judges recordings, or outputs of benchmark and load tools, that are there already: `baseline` files, oldest first, against `candidate`. Runs nothing.",
			readsOnly: true,
			inputSchema: objectOf({
				baseline: {
					type: "array",
					items: { type: "string" },
					minItems: 1,
					description: "Paths, oldest first."
				},
				candidate: {
					type: "string",
					description: "A path."
				},
				...flagProperties(compareFlags)
			}, ["baseline", "candidate"]),
			outputSchema: outcomeSchema,
			call: ({ baseline, candidate, ...given }, call) => {
				const files = [...textsOf(baseline, "baseline"), textOf(candidate, "candidate")];
				return judged(world, compare, [
					...wordsOf(given, compareFlags),
					"--",
					...files
				], call);
			}
		},
		{
			name: "explain",
			title: "Explain by profiles",
			description: "Compares profiles (V8 .cpuprofile and .heapprofile, pprof, collapsed stacks) and names the functions that take more in `after` than in `before`. Each is a profile, or a folder with one for each round.",
			readsOnly: true,
			inputSchema: objectOf({
				before: {
					type: "string",
					description: "A path."
				},
				after: {
					type: "string",
					description: "A path."
				},
				"base-tree": {
					type: "string",
					description: "The tree that `before` was made in. Default: this folder."
				},
				tree: {
					type: "string",
					description: "The tree that `after` was made in. Default: this folder."
				}
			}, ["before", "after"]),
			outputSchema: explanationSchema,
			async call({ before, after, "base-tree": baseTree, tree }) {
				const side = (path, name, root) => ({
					path: textOf(path, name),
					tree: root === void 0 ? null : textOf(root, "tree")
				});
				const { findings, sentences } = await explained(world.ports, {
					baseline: side(before, "before", baseTree),
					candidate: side(after, "after", tree)
				});
				const { flame: _, ...data } = findings;
				return {
					text: (sentences ?? ["no function stands out"]).join("\n"),
					data
				};
			}
		},
		{
			name: "history",
			title: "Look at stored baselines",
			description: "How each benchmark moved over the stored runs: one series for each benchmark, statistic and kind of machine, oldest first. Git fetches what is stored from the remote `origin`, unless it lies in a directory.",
			readsOnly: true,
			inputSchema: objectOf({
				benchmark: {
					type: "string",
					description: "Only names (suite/benchmark) that hold this text."
				},
				runs: {
					type: "integer",
					minimum: 1,
					maximum: MOST_RUNS,
					description: `How many of the newest runs. Default: ${RUNS$1}.`
				},
				...flagProperties(STORE_FLAGS)
			}),
			outputSchema: historySchema,
			call: (given) => historyOf(world, given)
		}
	];
}
async function judged(world, command, words, call) {
	const file = `${await world.ports.files.temporaryFolder()}/result.json`;
	const printed = [];
	const terminal = {
		out: (text) => void printed.push(text),
		bytes: () => {},
		err: call.progress,
		progress: (line) => line !== "" && call.progress(line),
		async *input() {},
		columns: 110,
		colour: false
	};
	const interrupt = {
		signal: AbortSignal.any([call.signal, world.interrupt.signal]),
		exitCode: () => call.signal.aborted ? 130 : world.interrupt.exitCode()
	};
	const code = await command.run([`--json=${file}`, ...words], {
		...world,
		terminal,
		interrupt
	});
	const exitCode = interrupt.exitCode() ?? code;
	const result = JSON.parse(await world.ports.files.readText(file));
	return {
		text: printed.join("\n").trim(),
		data: {
			exitCode,
			result
		}
	};
}
async function historyOf({ ports }, given) {
	const { benchmark = "", runs = RUNS$1, ...rest } = given;
	const wanted = textOf(benchmark, "benchmark");
	if (!Number.isInteger(runs) || Number(runs) < 1 || Number(runs) > MOST_RUNS) throw new GateError(`runs is not a number from 1 to ${MOST_RUNS}`, "Give one, or leave it out");
	const named = settingsOf(rest, STORE_FLAGS);
	const store = storeOf(named, ports);
	const entries = await entriesIn(store, named.gate);
	const stored = runsOf(describeEntries(entries, await ancestorsOfHead(ports.git, DEPTH$1)));
	const newest = stored.slice(-Number(runs));
	const { collected, unreadable } = await loadSeries(store, newest.flat());
	const series = collected.series().filter((each) => `${each.suite}/${each.benchmark}`.includes(wanted)).map(({ fingerprint, points, exact: _, ...about }) => ({
		...about,
		machine: fingerprint,
		points
	}));
	const bad = new Set(unreadable.map(({ entry }) => entry));
	const count = `${newest.filter((run) => run.some(({ path }) => !bad.has(path))).length} of ${stored.length} stored runs`;
	const lines = series.map(({ suite, benchmark: name, metric, statistic, unit, points }) => {
		const [first, last] = [points[0], points.at(-1)];
		return `${suite}/${name} ${metric} ${statistic}: ${first.value} → ${last.value} ${unit} over ${points.length} runs`;
	});
	const warnings = unreadable.map((each) => ({
		code: "unreadable-baseline",
		...each
	}));
	return {
		text: [`${store.place}: ${count}`, ...lines].join("\n"),
		data: {
			place: store.place,
			stored: stored.length,
			series,
			warnings
		}
	};
}
// src/cli/mcp.ts
const mcp = command({
	name: "mcp",
	usage: "",
	summary: "a server of the Model Context Protocol on stdin and stdout: an assistant measures, compares, explains and looks at history in this folder",
	flags: {},
	operands: 0,
	async run(_, world) {
		const { terminal } = world;
		await serve(toolsOf(world), {
			input: terminal.input(),
			send: (line) => terminal.out(line),
			version: world.version
		});
		return 0;
	}
});
// src/report/words/tool-list.ts
const COLUMNS = [
	{
		header: "tool",
		cell: ({ name }) => name
	},
	{
		header: "written by",
		cell: ({ title }) => title
	},
	{
		header: "samples",
		cell: ({ gives }) => yes(gives.samples)
	},
	{
		header: "p99",
		cell: ({ gives }) => yes(gives.p99)
	},
	{
		header: "memory",
		cell: ({ gives }) => yes(gives.memory)
	}
];
function toolList(tools) {
	const rows = [COLUMNS.map(({ header }) => header), ...tools.map((tool) => COLUMNS.map(({ cell }) => cell(tool)))];
	const widths = COLUMNS.map((_, column) => largest(rows.map((row) => row[column].length)));
	return rows.map((row) => row.map((cell, i) => pad(cell, widths[i], "left")).join("  ").trimEnd()).join("\n");
}
function yes(given) {
	return given ? "yes" : "-";
}
// src/cli/parse.ts
const parse = command({
	name: "parse",
	usage: "--tool NAME FILE [-o FILE | --table]",
	summary: "tool output → recording (- is stdin or stdout), or a table; --tool list shows all tools",
	flags: {
		tool: {
			type: TEXT$1,
			value: "NAME",
			about: "The tool that wrote the file, known by its content where none is named. `list` shows all tools."
		},
		suite: {
			type: TEXT$1,
			value: "NAME",
			about: "The suite to file the benchmarks under. Without it, the name of the tool."
		},
		output: {
			type: TEXT$1,
			value: "FILE",
			short: "o",
			about: "A file for the recording; `-` is stdout. Without it, the recording goes to stdout."
		},
		warmup: {
			type: DURATION,
			value: "TIME",
			about: "How much of the beginning to leave out, such as `10s`. It needs a tool that records when each sample was taken."
		},
		"expected-status": {
			type: one(statuses),
			value: "LIST",
			about: "The statuses that count as successes, such as `200-399, 404`, or codes of gRPC by name. It needs a tool whose output has statuses."
		},
		table: {
			type: SWITCH,
			about: "Prints a table of what was measured, in place of a recording."
		}
	},
	operands: 1,
	async run({ given, operands }, { ports, terminal }) {
		const { tool, suite, output } = given;
		if (tool === "list") {
			terminal.out(toolList(ADAPTERS));
			return 0;
		}
		const [file] = operands;
		if (file === void 0) throw new GateError("parse reads one file", "Name it: `benchgate parse --tool NAME FILE -o FILE`, with `-` for stdin.");
		const recording = await readRecording(file, {
			tool,
			suite,
			skip: given.warmup ?? 0,
			expected: given["expected-status"] ?? void 0
		}, {
			files: ports.files,
			terminal
		});
		if (given.table) terminal.out(tableOf(recording, terminal.columns));
		else if (output === null || output === "-") terminal.out(encodeRecording(recording));
		if (output !== null && output !== "-") await ports.files.write(output, encodeRecording(recording));
		for (const { benchmark, reason } of recording.rounds.flatMap((round) => round.failures)) terminal.err(`benchgate: failed: ${benchmark}: ${reason}`);
		const notes = given.table ? [] : recording.rounds.flatMap((round) => round.notes ?? []);
		for (const note of notes) terminal.err(`benchgate: note: ${note.benchmark}: ${sentenceOf(note, [note.count])}. To do: ${note.remedy}.`);
		return hasFailures(recording) ? 3 : 0;
	}
});
function tableOf(recording, width) {
	const outcome = judge({
		kind: "none",
		stored: 0,
		differs: []
	}, recording, {
		budgets: DEFAULT_BUDGETS,
		accept: [],
		onInconclusive: "pass",
		today: "1970-01-01"
	});
	const warnings = outcome.warnings.filter(({ code }) => code === "noted");
	return terminalReport({
		...outcome,
		warnings
	}, {
		width,
		rows: Number.POSITIVE_INFINITY
	});
}
// src/cli/record.ts
const record = command({
	name: "record",
	usage: "-o FILE [--append]",
	summary: "measure, write a recording; --append adds rounds to one of the same revision and machine",
	flags: {
		output: {
			type: TEXT$1,
			value: "FILE",
			short: "o",
			about: "A file for the recording; `-` is stdout."
		},
		append: {
			type: SWITCH,
			about: "Adds the rounds to the recording in the file, which must be of the same revision and the same kind of machine."
		},
		...PLAN_FLAGS
	},
	operands: 0,
	async run({ given }, { ports, terminal, interrupt: { signal } }) {
		const { output, append } = given;
		if (output === null) throw new GateError("record has nowhere to write", "Name a file: `benchgate record -o FILE`, or `-o -` for stdout.");
		if (output === "-" && append) throw new GateError("--append has nothing to add to on stdout", "Name the recording that is to grow: `-o FILE`");
		const plan = await planOf(given, ports.files, "stored");
		const candidate = await herePlace(ports);
		const earlier = output === "-" ? null : await reserve(ports, output, append, candidate.revision);
		await refuseEarly(ports.files, plan, candidate);
		const request = {
			plan,
			candidate,
			only: null,
			...newSession(ports),
			onProgress: progressOn(terminal),
			signal
		};
		const { recording: measured, warnings } = await record$1(ports, request);
		const recording = earlier === null ? measured : {
			...measured,
			rounds: [...earlier.rounds, ...measured.rounds]
		};
		terminal.progress("");
		const text = encodeRecording(recording);
		if (output === "-") terminal.out(text);
		else await ports.files.write(output, `${text.trimEnd()}\n`);
		for (const warning of warnings) terminal.err(`benchgate: ${messageLine(warning, PLAIN)}`);
		for (const { suite, benchmark, reason, output: lines } of failuresOf(measured)) terminal.err([`benchgate: failed: ${suite} / ${benchmark}: ${reason}`, ...quotedOutput(lines, 2e3)].join("\n"));
		return hasFailures(measured) ? 3 : 0;
	}
});
async function reserve({ files, host }, file, append, revision) {
	await refuseUnwritable(files, file);
	const text = append ? await files.readTextIfAny(file) : null;
	if (text === null) return null;
	const earlier = readEarlier(text, file);
	if (earlier.revision.sha !== revision.sha) throw new GateError("this is a recording of another revision", "Leave --append out, or name another file: rounds of two revisions cannot be compared", { file });
	if (fingerprint(earlier.environment) !== fingerprint(await host.environment())) throw new GateError("this was recorded on another kind of machine", "Leave --append out, or name another file", { file });
	return earlier;
}
function readEarlier(text, file) {
	return placed({ file }, () => decodeRecording(text));
}
// src/judge/history/ledger.ts
function ledgerOf(series, accepted, now) {
	const taken = new Set();
	const rows = accepted.toSorted((a, b) => Date.parse(a.committedAt) - Date.parse(b.committedAt)).map((acceptance) => {
		const seen = series.flatMap((each) => {
			const change = changeWith(each, acceptance, taken);
			if (change === null) return [];
			taken.add(change);
			const { gate, suite, benchmark, metric, statistic, unit, better } = each;
			return [{
				series: {
					gate,
					suite,
					benchmark,
					metric,
					statistic,
					unit,
					better
				},
				ratio: change.ratio
			}];
		});
		return {
			...acceptance,
			seen
		};
	});
	return {
		rows: rows.toReversed(),
		sums: sumsSince(rows, quarterOf(now))
	};
}
function changeWith({ suite, benchmark, metric, statistic, better, points, changes }, { match, upTo, committedAt }, taken) {
	if (!matches(match, `${suite}/${benchmark} ${metric} ${statistic}`)) return null;
	const at = firstWith(points, committedAt);
	return changes.filter((change) => {
		const worsening = (better === "lower" ? change.ratio : 1 / change.ratio) - 1;
		return change.worse && worsening <= upTo && !taken.has(change) && Math.abs(change.at - at) <= 3;
	}).toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0] ?? null;
}
function sumsSince(ledger, since) {
	const sums = new Map();
	for (const { committedAt, seen } of ledger) {
		if (!(Date.parse(committedAt) >= since.getTime())) continue;
		const own = new Map();
		for (const each of seen) {
			const { gate, suite, benchmark, metric, statistic } = each.series;
			const key = JSON.stringify([
				gate,
				suite,
				benchmark,
				metric,
				statistic
			]);
			const other = own.get(key);
			if (other === void 0 || size(each) > size(other)) own.set(key, each);
		}
		for (const [key, { series, ratio }] of own) {
			const before = sums.get(key);
			sums.set(key, {
				series,
				ratio: ratio * (before?.ratio ?? 1),
				changes: (before?.changes ?? 0) + 1
			});
		}
	}
	return [...sums.values()].toSorted((a, b) => size(b) - size(a));
}
function size({ series, ratio }) {
	return worse(series.better) * Math.log(ratio);
}
function quarterOf(now) {
	return new Date(Date.UTC(now.getUTCFullYear(), Math.floor(now.getUTCMonth() / 3) * 3));
}
// src/report/trend/words.ts
function name(value, limit) {
	return `<bdi>${text(clean(value, limit) || "(empty)")}</bdi>`;
}
function titleOf({ suite, benchmark }) {
	return clean(`${suite} / ${benchmark}`, 160);
}
function quantityOf({ unit, metric, points }) {
	const { factor, suffix, own } = scaleFor(unit, metric, [points.at(-1)?.value ?? null]);
	const written = own ? suffix === "" ? "" : ` ${clean(suffix, 20)}` : suffix;
	return (value) => `${significant(value / factor)}${written}`;
}
function dayOf(time) {
	return /^\d{4}-\d\d-\d\d/.exec(time)?.[0] ?? "";
}
function commitLink(sha, pages) {
	return linked(pages.commit(sha), `<code>${text(sha.slice(0, 7)) || "unknown"}</code>`);
}
const FEWEST = 8;
const SMALLEST = Math.log(1.02);
function standing({ levels, changes, drift, better }) {
	const agreed = changes.findLast(({ accepted }) => accepted !== null)?.at;
	const anchor = agreed === void 0 ? levels[0] : levels.find(({ from }) => from >= agreed) ?? levels.at(-1);
	const now = levels.at(-1);
	const ratio = levels.length > 1 ? (now?.value ?? 1) / (anchor?.begin ?? anchor?.value ?? 1) : drift?.ratio ?? 1;
	return (better === "lower" ? 1 : -1) * Math.log(ratio);
}
function sinceFirst({ levels, drift }) {
	const [first, now] = [levels[0], levels.at(-1)];
	if (levels.length < 2 || first === void 0 || now === void 0) return drift?.ratio ?? null;
	return now.value / (first.begin ?? first.value);
}
const STATES = [
	[(_, { drift }) => drift?.kind === "steady" && drift.worse, {
		word: "drifts, worse",
		sign: "↗",
		css: "worse",
		rank: 1
	}],
	[(_, { drift }) => drift?.kind === "steady", {
		word: "drifts, better",
		sign: "↘",
		css: "better",
		rank: 4
	}],
	[(newest, series) => newest !== void 0 && standing(series) >= SMALLEST, {
		word: "worse",
		sign: "▲",
		css: "worse",
		rank: 0
	}],
	[(newest) => newest?.worse === true && newest.accepted === null, {
		word: "worse of late",
		sign: "▲",
		css: "worse",
		rank: 1
	}],
	[(newest, series) => newest !== void 0 && standing(series) <= -SMALLEST, {
		word: "better",
		sign: "▼",
		css: "better",
		rank: 3
	}],
	[(_, { changes }) => changes.some(({ accepted }) => accepted !== null), {
		word: "accepted",
		sign: "☑",
		css: "accepted",
		rank: 2
	}],
	[(newest) => newest !== void 0, {
		word: "as at first",
		sign: "–",
		css: "steady",
		rank: 5
	}],
	[(_, { drift }) => drift?.worse === true, {
		word: "drifts, worse",
		sign: "↗",
		css: "worse",
		rank: 1
	}],
	[(_, { drift }) => drift !== null, {
		word: "drifts, better",
		sign: "↘",
		css: "better",
		rank: 4
	}],
	[(_, { points }) => points.length < FEWEST, {
		word: "few runs",
		sign: "…",
		css: "short",
		rank: 6
	}],
	[() => true, {
		word: "steady",
		sign: "–",
		css: "steady",
		rank: 5
	}]
];
function stateOf(series) {
	return STATES.find(([holds]) => holds(series.changes.at(-1), series))[1];
}
// src/report/trend/chart.ts
const CHART = {
	width: 1040,
	height: 220,
	left: 74,
	right: 14,
	top: 22,
	bottom: 26
};
const SPARK = {
	width: 120,
	height: 28,
	left: 3,
	right: 3,
	top: 3,
	bottom: 3
};
const DOTS = 120;
function chart(series) {
	const { points, levels, changes } = series;
	const plane = planeOf(series, CHART);
	const quantity = quantityOf(series);
	const [bottom, top] = rangeOf(series);
	const zero = bottom > 0 && top > bottom;
	const ticks = [`<g${zero ? " class=\"from-data\"" : ""}>${axis(bottom, top, quantity)}</g>`, ...zero ? [`<g class="from-zero">${axis(0, top, quantity)}</g>`] : []];
	const [from, to] = [dayOf(points[0]?.committedAt ?? ""), dayOf(points.at(-1)?.committedAt ?? "")];
	const floor = CHART.height - 8;
	const days = [`<text x="${CHART.left}" y="${floor}">${from}</text>`, `<text x="${CHART.width - CHART.right}" y="${floor}" text-anchor="end">${to}</text>`];
	const steps = changes.map(({ at, worse, accepted }, index) => {
		const x = fixed((plane.x(at - 1) + plane.x(at)) / 2);
		return `${`<line class="step ${accepted !== null ? "accepted" : worse ? "worse" : "better"}" x1="${x}" x2="${x}" y1="${CHART.top}" y2="${CHART.height - CHART.bottom}"/>`}<text class="mark" x="${x}" y="${CHART.top - 7}" text-anchor="middle">${index + 1}</text>`;
	});
	const means = levels.map(({ from: first, to: end, value, begin = value }) => {
		const [x1, x2] = [fixed(plane.x(first)), fixed(plane.x(end - 1))];
		return `<line class="level" x1="${x1}" x2="${x2}" y1="${fixed(plane.y(begin))}" y2="${fixed(plane.y(value))}"/>`;
	});
	const dots = points.length > DOTS ? [] : points.map(({ value, sha, committedAt }, run) => {
		const about = [
			quantity(value),
			sha.slice(0, 7),
			dayOf(committedAt)
		].filter(Boolean).join(", ");
		const [x, y] = [fixed(plane.x(run)), fixed(plane.y(value))];
		return `<line class="dot" x1="${x}" x2="${x}" y1="${y}" y2="${y}"><title>${text(about)}</title></line>`;
	});
	const plot = `<g class="plot"${zero ? ` style="--from-zero: ${fromZero(bottom, top)}"` : ""}>${[
		band(series, plane),
		line(series, plane),
		...means,
		...dots
	].join("")}</g>`;
	return drawing(CHART, inWords(series), [
		...ticks,
		...days,
		plot,
		...steps
	]);
}
function axis(bottom, top, quantity) {
	return [
		0,
		.5,
		1
	].map((share) => {
		const at = fixed(CHART.height - CHART.bottom - share * (CHART.height - CHART.top - CHART.bottom));
		const words = text(quantity(bottom + share * (top - bottom)));
		const label = `<text x="${CHART.left - 8}" y="${at}" dy="0.32em" text-anchor="end">${words}</text>`;
		return `<line class="axis" x1="${CHART.left}" x2="${CHART.width - CHART.right}" y1="${at}" y2="${at}"/>${label}`;
	}).join("");
}
function fromZero(bottom, top) {
	const share = (top - bottom) / top;
	const floor = CHART.height - CHART.bottom;
	const shift = floor * (1 - share) - (floor - CHART.top) * bottom / top;
	return `matrix(1, 0, 0, ${Number(share.toFixed(5))}, 0, ${fixed(shift)})`;
}
function sparkline(series) {
	const plane = planeOf(series, SPARK, LEAST_OF_SPARK);
	const steps = series.changes.map(({ at, worse, accepted }) => {
		const x = fixed((plane.x(at - 1) + plane.x(at)) / 2);
		return `<line class="step ${accepted !== null ? "accepted" : worse ? "worse" : "better"}" x1="${x}" x2="${x}" y1="0" y2="${SPARK.height}"/>`;
	});
	return drawing(SPARK, null, [line(series, plane), ...steps]);
}
function inWords(series) {
	const { points, changes, unit } = series;
	const quantity = quantityOf(series);
	const [first, last] = [points[0], points.at(-1)];
	const steps = changes.map(({ ratio }, index) => `change ${index + 1}: ${change(ratio, wordsFor(unit))}`);
	return [`${titleOf(series)}, ${statisticWords(series, PLAIN)}: ${points.length} runs, from ${quantity(first.value)} to ${quantity(last.value)}`, ...steps.length === 0 ? ["no change of level"] : steps].join("; ");
}
function drawing({ width, height }, label, parts) {
	return `<svg viewBox="0 0 ${width} ${height}" ${label === null ? "aria-hidden=\"true\"" : `role="img" aria-label="${text(label)}"`}>${parts.join("")}</svg>`;
}
function line({ points }, { x, y }) {
	return `<polyline class="run" points="${points.map(({ value }, run) => `${fixed(x(run))},${fixed(y(value))}`).join(" ")}"/>`;
}
function band({ points }, { x, y }) {
	const edge = (sign) => points.map(({ value, spread }, run) => `${fixed(x(run))},${fixed(y(value * Math.exp(sign * (spread ?? 0))))}`);
	if (points.length < 2 || points.every(({ spread }) => spread === null)) return "";
	return `<polygon class="band" points="${[...edge(1), ...edge(-1).reverse()].join(" ")}"/>`;
}
const LEAST_OF_SPARK = .08;
function planeOf(series, { width, height, left, right, top, bottom }, least = 0) {
	const [low, high] = rangeOf(series, least);
	const last = Math.max(1, series.points.length - 1);
	const inside = (share) => Math.min(1, Math.max(0, share));
	return {
		x: (run) => left + run / last * (width - left - right),
		y: (value) => height - bottom - inside((value - low) / (high - low)) * (height - top - bottom)
	};
}
function rangeOf({ points }, least = 0) {
	const values = points.map(({ value }) => value);
	const middle = (smallest(values) + largest(values)) / 2;
	const around = least * Math.abs(middle);
	const [low, high] = [smallest(values, middle - around), largest(values, middle + around)];
	const room = .12 * (high - low) || .05 * Math.abs(high) || 1;
	return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
}
function fixed(value) {
	return String(Number(value.toFixed(1)));
}
// src/report/trend/ledger.ts
const LISTED = 100;
const NAMED = 5;
const SUMS = 20;
function ledgerSection(ledger, { pages, now }) {
	if (ledger === void 0 || ledger.rows.length === 0) return "";
	const { rows, sums } = ledger;
	const head = [
		"accepted",
		"by",
		"what",
		"up to",
		"seen",
		"because"
	].map((each) => `<th scope="col">${each}</th>`);
	const rest = rows.length - LISTED;
	return `<section>
<h2>Accepted</h2>
${quarter(sums, now)}
<div class="scroll" tabindex="0" role="region" aria-label="What was accepted"><table>
<thead><tr>${head.join("")}</tr></thead>
<tbody>
${rows.slice(0, LISTED).map((row) => ledgerRow(row, pages)).join("\n")}
</tbody>
</table></div>
${rest > 0 ? `<p class="quiet">${plural(rest, "older one is", "older ones are")} not listed.</p>` : ""}
</section>`;
}
function quarter(sums, now) {
	const words = `the quarter that began on ${quarterDay(now)}`;
	if (sums.length === 0) return `<p>Nothing that was accepted in ${words} shows in the measurements.</p>`;
	const items = sums.slice(0, SUMS).map((sum) => `<li>${seriesWords(sum)}, by ${plural(sum.changes, "change", "changes")}</li>`);
	const rest = sums.length - SUMS;
	return `<p>In total, in ${words}:</p>
<ul>${items.join("")}${rest > 0 ? `<li>and ${plural(rest, "benchmark", "benchmarks")} more</li>` : ""}</ul>`;
}
function ledgerRow({ committedAt, sha, subject, match, upTo, until, reason, seen }, pages) {
	const rest = seen.length - NAMED;
	const found = seen.slice(0, NAMED).map(seriesWords);
	return `<tr>${[
		text(dayOf(committedAt)),
		`${commitLink(sha, pages)} ${name(subject, 120)}`,
		name(match, 160),
		`${text(percent(upTo))}${until === null ? "" : `, until ${text(dayOf(until) || "some day")}`}`,
		found.length === 0 ? "–" : `${found.join("<br>")}${rest > 0 ? `<br>and ${rest} more` : ""}`,
		name(reason, 300)
	].map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
}
function seriesWords({ series, ratio }) {
	const { suite, benchmark, unit } = series;
	return `${name(`${suite} / ${benchmark}`, 160)} ${text(statisticWords(series, PLAIN))}: ${text(change(ratio, wordsFor(unit)))}`;
}
function quarterDay(now) {
	const [year, month = "01"] = now.split("-");
	return `${year}-${String(3 * Math.floor((Number(month) - 1) / 3) + 1).padStart(2, "0")}-01`;
}
// src/report/trend/picture.ts
function runIndex(series, subjects) {
	const index = new Map();
	for (const { points } of series) for (const { sha, committedAt } of points) {
		if (index.has(sha)) continue;
		const about = [
			clean(sha, 64).slice(0, 7),
			dayOf(committedAt),
			clean(subjects.get(sha) ?? "", SUBJECT)
		];
		index.set(sha, {
			at: index.size,
			about
		});
	}
	return index;
}
const SUBJECT = 120;
function picture(series, { pages, subjects, index: known }) {
	const { changes, drift, unit, points } = series;
	const words = (ratio) => text(change(ratio, wordsFor(unit)));
	const link = (sha) => commitLink(sha, pages);
	const listed = changes.map((each, index) => changeRow(each, index, series, {
		words,
		link,
		pages,
		subjects
	}));
	const drifted = drift === null ? "" : drift.kind === "steady" ? `<p>Drifts steadily, for the ${drift.worse ? "worse" : "better"}: ${words(drift.ratio)} since ${link(drift.since)}, and no single run stands out.</p>` : `<p>${drift.worse ? "Worse" : "Better"} than its first 20 runs: ${words(drift.ratio)}, perhaps since ${link(drift.since)}.</p>`;
	const table = listed.length === 0 ? "" : `<div class="scroll"><table><caption>Changes of level</caption><thead><tr><th scope="col">no.</th><th scope="col">change</th><th scope="col">between</th><th scope="col">chance</th><th scope="col">accepted because</th></tr></thead><tbody>${listed.join("")}</tbody></table></div>`;
	const newest = points.at(-1);
	return `<article id="${idOf(series)}">
<h3>${name(`${series.suite} / ${series.benchmark}`, 160)} · ${text(statisticWords(series, PLAIN))}</h3>
<figure ${runData(series, known)}>${chart(series)}<figcaption>${plural(points.length, "run", "runs")}, newest ${link(newest.sha)}${dayOf(newest.committedAt) === "" ? "" : ` of ${dayOf(newest.committedAt)}`}. Shaded: one standard deviation of a run's rounds.</figcaption></figure>
${drifted}${table}
</article>`;
}
function runData(series, known) {
	const quantity = quantityOf(series);
	const values = series.points.map(({ value }) => quantity(value).replaceAll("|", "¦"));
	const places = series.points.map(({ sha }) => known.get(sha).at);
	return `data-values="${text(values.join("|"))}" data-runs="${places.join(" ")}"`;
}
function changeRow(found, index, { points }, { words, link, pages, subjects }) {
	const { at, before, after, ratio, worse, accepted, p } = found;
	const range = `${link(before)} … ${link(after)}`;
	const subject = subjects.get(after) ?? "";
	const all = pages.between(before, after);
	return `<tr>${[
		`${index + 1}`,
		`<span class="state ${accepted !== null ? "accepted" : worse ? "worse" : "better"}">${worse ? "worse" : "better"}: ${words(ratio)}</span>`,
		`${range}${all === null ? "" : `, ${linked(all, "commits")}`}, ${dayOf(points[at].committedAt)}${subject === "" ? "" : `<br>${name(subject, SUBJECT)}`}`,
		text(probability(p)),
		accepted === null ? "–" : name(accepted, 300)
	].map((cell, column) => `<td${column === 2 ? " class=\"between\"" : ""}>${cell}</td>`).join("")}</tr>`;
}
function idOf({ gate, fingerprint, suite, benchmark, metric, statistic, unit, better }) {
	const key = keyOf(gate, fingerprint, suite, benchmark, metric, statistic, unit, better);
	return `s${fnv1a(key, 64).toString(36)}`;
}
// src/report/trend/page.ts
const PICTURES = 500;
const FEW = 5;
function trendPage(trend, options) {
	const policy = contentPolicy({
		"script-src": `'${options.program.script.hash}'`,
		"style-src": "'unsafe-inline'"
	});
	const ordered = [...trend.series].sort(byUrgency);
	const title = headline(ordered);
	const drawn = new Set(ordered.slice(0, PICTURES));
	const index = runIndex(ordered, options.subjects);
	const machines = trend.machines.filter((machine) => ordered.some((series) => isOf(series, machine)));
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${text(`${title} · Benchgate`)}</title>
<style>${options.program.style.text}</style>
</head>
<body>
<main>
<p class="quiet">Benchgate · ${name(trend.place)} · ${dayOf(options.now)}</p>
<h1>${text(title)}</h1>
<p>Each point is the mean of a run's rounds. A numbered line marks a change of level: before and after it differ by 2 % or more, and by more than chance
explains (E-divisive, p ≤ 0.005). The machine may have had a part in it: look at the commits.</p>
${remarks(trend)}
<div class="tools"><div id="find" role="search" hidden></div><label><input type="checkbox" id="from-zero"> y axis from zero</label></div>
${ledgerSection(trend.ledger, options)}
${machines.map((machine) => machineSection(machine, ordered, drawn, {
		...options,
		index
	})).join("\n")}
</main>
<script type="application/json" id="runs">${embedded([...index.values()].map(({ about }) => about))}<\/script>
<script>${options.program.script.text}<\/script>
</body>
</html>
`;
}
function headline(series) {
	if (series.length === 0) return "Nothing is stored yet";
	const count = (wanted) => series.filter((each) => stateOf(each).css === wanted).length;
	return [
		["worse", count("worse")],
		["accepted", count("accepted")],
		["better", count("better")],
		["steady", count("steady")],
		["with few runs", count("short")]
	].filter(([, found]) => found > 0).map(([word, found]) => `${found.toLocaleString("en-US")} ${word}`).join(" · ");
}
function remarks({ unreadable, unrelated }) {
	const items = [
		...unrelated === 0 ? [] : [`${plural(unrelated, "run", "runs")} of other branches left out.`],
		...unreadable.slice(0, 10).map(({ entry, reason }) => `${name(entry, 200)} was left out: ${name(reason, 300)}`),
		...unreadable.length > 10 ? [`${unreadable.length - 10} more entries could not be read.`] : []
	];
	return items.length === 0 ? "" : `<ul class="quiet">${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;
}
function machineSection(machine, ordered, drawn, context) {
	const own = ordered.filter((series) => isOf(series, machine));
	const { gate, os, cpu, cores, runtime, runs } = machine;
	const about = [
		plural(runs, "run", "runs"),
		`${cores > 0 ? `${cores} × ` : ""}${name(cpu, 60)}`,
		name(os, 20),
		name(runtime, 40)
	];
	const isCalm = (series) => CALM.includes(stateOf(series).css);
	const [calm, moved] = [own.filter(isCalm), own.filter((series) => !isCalm(series))];
	const listed = (series, what) => series.length === 0 ? "" : benchmarks(series, drawn, text(`${what} of ${gate} on ${cpu}`), context);
	const steady = listed(calm, "Steady benchmarks");
	return `<section>
<h2>${name(gate)}</h2>
<p class="quiet">${about.join(" · ")}</p>
${listed(moved, "Benchmarks that changed")}
${calm.length <= FEW ? steady : `<details class="fold"><summary>${text(headline(calm))}</summary>\n${steady}\n</details>`}
</section>`;
}
const CALM = ["steady", "short"];
function benchmarks(series, drawn, label, context) {
	const head = [
		"state",
		"benchmark",
		"statistic",
		"since the first runs",
		"now",
		"last change",
		"history"
	];
	const numbers = [
		"now",
		"last change",
		"since the first runs"
	];
	return `<div class="scroll rows" tabindex="0" role="region" aria-label="${label}"><table>
<thead><tr>${head.map((each) => `<th scope="col"${numbers.includes(each) ? " class=\"number\"" : ""}>${each}</th>`).join("")}</tr></thead>
<tbody>
${series.map((each) => row(each, drawn.has(each))).join("\n")}
</tbody>
</table></div>
${series.filter((each) => drawn.has(each)).map((each) => picture(each, context)).join("\n")}`;
}
function row(series, linked) {
	const { word, sign, css } = stateOf(series);
	const { points, changes, levels, unit } = series;
	const last = changes.at(-1);
	const title = name(`${series.suite} / ${series.benchmark}`, 160);
	const since = sinceFirst(series);
	const cells = [
		`<td class="state ${css}"><span aria-hidden="true">${sign}</span> ${word}</td>`,
		`<td class="name">${linked ? `<a href="#${idOf(series)}">${title}</a>` : title}</td>`,
		`<td class="statistic">${text(statisticWords(series, PLAIN))}</td>`,
		`<td class="number">${since === null ? "–" : text(signedPercent(since))}</td>`,
		`<td class="number">${text(quantityOf(series)(levels.at(-1)?.value ?? points.at(-1).value))}</td>`,
		`<td class="number">${last === void 0 ? "–" : `${text(change(last.ratio, wordsFor(unit)))} ${dayOf(points[last.at].committedAt)}`}</td>`,
		`<td class="spark">${sparkline(series)}</td>`
	];
	return `<tr data-id="${idOf(series)}" data-state="${word}">${cells.join("")}</tr>`;
}
function isOf(series, { gate, fingerprint }) {
	return series.gate === gate && series.fingerprint === fingerprint;
}
function byUrgency(a, b) {
	const ages = [a, b].map(({ points, changes }) => points.length - (changes.at(-1)?.at ?? 0));
	const [first, second] = [titleOf(a), titleOf(b)];
	return stateOf(a).rank - stateOf(b).rank || ages[0] - ages[1] || (first < second ? -1 : first > second ? 1 : 0);
}
// src/cli/trend.ts
const DEPTH = 5e3;
const RUNS = 500;
const trend = command({
	name: "trend",
	usage: "-o FOLDER|FILE.html",
	summary: "every stored benchmark over time, with what changed its level: one page that needs no network",
	flags: {
		output: {
			type: TEXT$1,
			value: "PATH",
			short: "o",
			about: "A folder, which gets an `index.html`, or a file that ends in `.html`; `-` is stdout."
		},
		...STORE_FLAGS,
		config: {
			...SETTINGS$1.config,
			about: "The configuration file whose accepted changes are marked. Without it, `benchgate.yml` is read where it exists."
		}
	},
	operands: 0,
	async run({ given }, { ports, terminal, pageProgram }) {
		const { output, gate } = given;
		if (output === null) throw new GateError("trend has nowhere to write", "Name a folder or a file: `benchgate trend -o site`, or `-o -`");
		const { trend: program } = await pageProgram();
		const store = storeOf(given, ports);
		const { chosen, unrelated } = await related(ports, await entriesIn(store, gate));
		const { collected, unreadable } = await loadSeries(store, chosen);
		const { accept = [] } = await readConfig(named$1(ports.files), given.config, TOOL_WORDS) ?? {};
		const once = await acceptedBefore(ports.git, given.config ?? "benchgate.yml");
		const series = collected.series().map((each) => analyse(each, datedBy(accept, once)));
		const ledger = ledgerOf(series, once, ports.clock.now());
		const html = trendPage({
			place: store.place,
			machines: collected.machines(),
			series,
			unreadable,
			unrelated,
			ledger
		}, {
			pages: commitPages(await ports.git.origin() ?? ""),
			subjects: await subjectsOf(ports, chosen),
			program,
			now: ports.clock.now().toISOString()
		});
		if (output === "-") terminal.out(html);
		else {
			const file = /\.html?$/i.test(output) ? output : `${output.replace(/[\\/]+$/, "")}/index.html`;
			await ports.files.write(file, html);
			terminal.err(`benchgate: ${file}: ${plural(chosen.length, "run", "runs")}, ${series.length} series`);
			if (chosen.length === 0) terminal.err(await nothingWords(store));
		}
		return 0;
	}
});
const TRIED = 5;
async function subjectsOf({ git }, chosen) {
	const head = await git.revision("HEAD");
	if (head === null) return new Map();
	for (const sha of [...new Set(chosen.map((entry) => entry.sha))].slice(0, TRIED)) {
		const line = await git.line(sha, head.sha);
		if (line !== null) return new Map(line.map((commit) => [commit.sha, commit.subject]));
	}
	return new Map();
}
async function acceptedBefore(git, file) {
	const head = await git.revision("HEAD");
	return head === null ? [] : acceptedOnce(git, {
		to: head.sha,
		file,
		checks: TOOL_WORDS
	});
}
async function related({ git }, entries) {
	const described = describeEntries(entries, entries.length === 0 ? [] : await ancestorsOfHead(git, DEPTH));
	const own = described.filter(({ behind }) => behind !== null);
	const ordered = own.length > 0 ? own : described;
	const counts = new Map();
	return {
		chosen: ordered.toReversed().filter(({ gate, fingerprint }) => {
			const key = `${gate} ${fingerprint}`;
			counts.set(key, (counts.get(key) ?? 0) + 1);
			return counts.get(key) <= RUNS;
		}).reverse(),
		unrelated: described.length - ordered.length
	};
}
// src/cli/main.ts
const COMMANDS = [
	demo,
	init,
	run,
	record,
	parse,
	compare,
	explain,
	bisect,
	baseline,
	trend,
	mcp
];
async function main(argv, world) {
	const { terminal, interrupt } = world;
	try {
		const code = await dispatch(argv, world);
		return interrupt.exitCode() ?? code;
	} catch (error) {
		terminal.progress("");
		if (interrupt.exitCode() !== null) return interrupt.exitCode();
		if (error instanceof GateError) readable(terminal).err(`benchgate: ${error.message}`);
		else terminal.err(bugReport(error));
		return error instanceof GateError ? exitCodeOf(error) : 3;
	}
}
async function dispatch(argv, world) {
	const [name = "help", ...rest] = argv;
	if ([
		"help",
		"--help",
		"-h"
	].includes(name) || rest.includes("--help") || rest.includes("-h")) {
		const about = name === "help" ? rest[0] : name;
		const wanted = COMMANDS.find((command) => command.name === about);
		if (wanted !== void 0 || about === void 0 || about.startsWith("-")) {
			const { terminal } = world;
			terminal.out(wanted === void 0 ? overview(COMMANDS, terminal.columns) : commandHelp(wanted, terminal.columns));
			return 0;
		}
	}
	const word = name === "help" ? rest[0] : name;
	const command = COMMANDS.find((each) => each.name === word);
	if (command === void 0) {
		const near = nearest(word, COMMANDS.map((each) => each.name));
		throw new GateError(`There is no command ${word}`, near === null ? "Run `benchgate help`." : `Did you mean ${near}?`);
	}
	return command.run(rest, world);
}
function bugReport(error) {
	return `benchgate: this is a bug in Benchgate: please report it with what follows.\n${error instanceof Error ? error.stack ?? error.message : String(error)}`;
}
export { COMMANDS, main };
