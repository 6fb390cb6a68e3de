import "./rolldown-runtime.js";
import { $ as summaryMarkdown, $n as gateName, $t as statisticsOf, Ar as literal, At as conclude, B as inPieces, Bn as addressSettings, Br as failuresOf, Bt as prepare$1, Cn as scaleFor, Ct as history, Dn as inputTable, Dr as array, Dt as growthOfBoth, Ei as GateError, En as wordsFor, Er as _enum, Et as select, Fn as shardText, Fr as _isoDateTime, Ft as asChecked, G as REPORTS, Gn as fingerprint, H as isCalm, Hr as keepOnly, I as namedBase, It as openShifts, Jn as sketched, Kn as decodeUntrusted, L as unsentWords, Lt as underShifts, M as openDeal, Mn as oneOf, Mr as object, Mt as outcomeOf, Nr as string, On as readInputs$1, Or as boolean, Ot as inDoubt, P as looksOfPlan, Pn as partOf, Pr as tuple, Pt as countVerdicts, Q as shortSummary, Qt as judgedOf, R as otlpSeries, Rn as STORES, Rr as DEPLOYED, Rt as measuredOf, Sn as probability, St as damaged, Ti as pairsOfRunner, Tn as significant, Tr as ZodISODateTime, Tt as runsOf$1, U as isOurs, V as collectSeries, Vn as openStore, Vr as hasFailures, W as marker, X as commitPages, Xn as median, Xt as evidenceIn, Yn as mean, Yt as exponentsIn, Z as commentBody, Zn as byRun, Zt as evidenceOn, _ as partWarning, _i as subjectKey, _n as messageLine, _r as STATISTICS, a as NotRegularError, ai as parseRecordingJson, bi as exitCodeOf, br as TOOL_WORDS, bt as progressOn, c as readPageProgram, ci as benchmarkName, cn as ownReadings, d as loadSeries, di as link, dr as lint, en as analyse, er as gatePrefix, et as markdownTable, f as acceptedOnce, fn as storedBaseline, fr as parseConfig, ft as statisticWords, g as forecastLine, gi as keyOf, h as announce, hi as benchmarkKey, hn as planFromInputs, hr as thresholdText, i as createWorkflowCommands, ir as fnv1a, it as annotations, jr as number, kn as refuseUnknownInputs$1, kr as int, kt as stillTrue, l as handleInterrupts, ln as evaluate, m as reproduceLine, n as createPorts, nr as shardGate, o as regularOnly, oi as MARKDOWN, on as worse, ot as machineWords, p as datedBy, pi as largest, pn as budgetsOf, qn as Allowance, rn as stepAt, rr as wholeGate, s as createClock, si as PLAIN, sn as meanOf, st as shortSha, t as require_tunnel, tn as newChanges, ui as clean, un as sampleCount, ut as titleOf, v as gate, vi as isDeployed, vn as change, wr as encodeRecording, wt as together$1, xi as atSuite, xn as plural, xt as readConfig, y as record, yr as TOOLS_WITHOUT_P99, yt as profilingLine, z as otlpVerdicts, zt as unfitting } from "./engine.js";
import { t as require_undici } from "./undici.js";
import { closeSync, constants, fstatSync, ftruncateSync, openSync, readFileSync, readdirSync, statSync, writeSync } from "node:fs";
import { randomUUID } from "node:crypto";
import * as fs from "fs";
import { constants as constants$1, promises } from "fs";
import "path";
import os$1, { EOL } from "os";
import * as events from "events";
import "child_process";
import "timers";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
// node_modules/zod/v4/classic/iso.js
function datetime(params) {
	return _isoDateTime(ZodISODateTime, params);
}
// src/action/inputs.ts
const places = STORES.map(({ where }) => where);
const STORE_INPUTS = {
	"baseline-store": {
		type: oneOf(STORES.map(({ kind }) => kind)),
		default: STORES[0].kind,
		about: `Where baselines are kept, ${places.slice(0, -1).join(", ")} or ${places.at(-1)}.`
	},
	...addressSettings(({ type, default: standard, input }) => ({
		type,
		default: standard,
		about: input
	}))
};
const INPUTS = inputTable(STORE_INPUTS);
function readInputs(get) {
	return readInputs$1(INPUTS, get);
}
const WITHOUT_REUSE = [
	"fan-in",
	"shard",
	"pool",
	"base"
];
function refuseReuse(inputs) {
	if (!inputs.reuse) return;
	const position = { path: "input reuse" };
	if (!inputs.check) throw new GateError("reuse requires check: true: the check run carries the verdict", "Set it, or remove reuse", position);
	const unfit = WITHOUT_REUSE.find((name) => inputs[name] !== null);
	if (unfit === void 0) return;
	throw new GateError(`reuse cannot be combined with ${unfit}: what such a job measures is not a verdict of its own`, "Remove either", position);
}
function refuseUnknownInputs(variables) {
	refuseUnknownInputs$1(Object.keys(INPUTS), variables);
}
// src/action/check-setup.ts
const MOST$2 = 3;
const LONGEST$1 = 5e5;
async function warnOfMistakes({ step, ports, event, inputs, file }) {
	if (inputs.cell !== null) return;
	try {
		const workflow = await textOf(workflowFile(event.workflowRef));
		const config = await textOf(file);
		const head = await ports.git.revision("HEAD");
		if (head === null || workflow === null && config === null) return;
		const mistakes = lint({
			config,
			workflows: workflow === null ? [] : [workflow]
		}, {
			paths: await ports.git.list(head.sha),
			inputs: Object.keys(INPUTS),
			withoutP99: TOOLS_WITHOUT_P99,
			branch: event.defaultBranch ?? null,
			today: ports.clock.now().toISOString().slice(0, 10)
		}, TOOL_WORDS);
		for (const { rule, problem, remedy, position } of mistakes.slice(0, MOST$2)) step.annotate({
			level: "warning",
			title: `Benchgate set-up: ${rule}`,
			message: `${problem}. ${remedy}${remedy.endsWith("?") ? "" : "."}`,
			...position.file !== void 0 && { file: position.file },
			...position.line !== void 0 && { line: position.line }
		});
		if (mistakes.length > MOST$2) step.log.warn(`${mistakes.length - MOST$2} more mistakes in the set-up: \`benchgate init --check\` names them all`);
	} catch (error) {
		step.log.info(`The set-up was not checked: ${error instanceof Error ? error.message : String(error)}`);
	}
	async function textOf(path) {
		const text = path === null ? null : await ports.files.readTextIfAny(path);
		return path === null || text === null || text.length > LONGEST$1 ? null : {
			file: path,
			text
		};
	}
}
function workflowFile(ref) {
	return /^[^/]+\/[^/]+\/(\.github\/workflows\/[^@]+)@/.exec(ref)?.[1] ?? null;
}
// src/judge/cells/merged.ts
function prefixOf(cell) {
	return cell === "" ? "" : `${cell}/`;
}
function merged(parts, revision) {
	const rounds = parts.flatMap(({ name, runner, recording }) => {
		const suites = new Map();
		const named = (each) => {
			const suite = suites.get(each.suite) ?? `${prefixOf(name)}${each.suite}`;
			suites.set(each.suite, suite);
			return {
				...each,
				suite
			};
		};
		return recording.rounds.map((round) => ({
			...round,
			...runner !== void 0 && {
				runner,
				session: `${round.session} ${prefixOf(name)}${runner}`
			},
			measurements: round.measurements.map(named),
			failures: round.failures.map(named),
			...round.notes !== void 0 && { notes: round.notes.map(named) },
			...round.exits !== void 0 && { exits: round.exits.map(named) }
		}));
	});
	return {
		revision,
		environment: common(parts.map(({ recording }) => recording.environment)),
		rounds
	};
}
function common(environments) {
	const [first, ...others] = environments;
	const unknown = {
		os: "unknown",
		arch: "unknown",
		cpu: "unknown",
		cores: 0,
		runtime: "unknown"
	};
	if (first === void 0) return unknown;
	const shared = Object.entries(first).filter(([fact, value]) => others.every((other) => other[fact] === value));
	const machines = new Set(environments.map(({ cpu, cores }) => `${cores} ${cpu}`)).size;
	const several = machines > 1 ? {
		cpu: `${machines} kinds of machine`,
		cores: 0
	} : {};
	return {
		...unknown,
		...Object.fromEntries(shared),
		...several
	};
}
function historyOf(screened) {
	const runs = largest(screened.map(({ baseline }) => baseline.length), 0);
	return Array.from({ length: runs }, (_, run) => {
		const parts = screened.flatMap(({ name, baseline }) => {
			const recording = baseline[run];
			return recording === void 0 ? [] : [{
				name,
				recording
			}];
		});
		return merged(parts, parts[0].recording.revision);
	});
}
// src/judge/cells/cell.ts
const UNNAMED = "benchmarks";
function missingName({ name, shard }) {
	return shard === void 0 ? name || UNNAMED : `${prefixOf(name)}${shard}`;
}
function inCell(rule, cell) {
	return {
		...rule,
		match: `${prefixOf(cell)}${rule.match}`
	};
}
function hasRules({ budgets, accept }) {
	return accept.length > 0 || budgets.some(({ origin }) => origin !== "default");
}
// src/codec/cell.ts
const MOST_DEALT = 1e4;
const LARGEST_NOTE = 4 * 2 ** 20;
const CELL_SCHEMA = "benchgate.cell/1";
const jobs = int().min(1).max(256);
const label = string().regex(/^[^\p{C}\p{Zl}\p{Zp}"*/:<>?\\|]{0,64}$/u);
const shard = object({
	index: jobs,
	of: jobs
}).refine(({ index, of }) => index <= of);
const seat = object({
	pool: label.min(1),
	runner: string().regex(/^\d{0,3}$/),
	of: int().min(0).max(256)
});
const schema = object({
	schema: literal(CELL_SCHEMA),
	gate: string().regex(/^[a-z0-9-]{1,80}$/),
	looks: array(int().min(1).max(1e3)).min(1).max(10).refine((looks) => looks.every((look, index) => index === 0 || look > looks[index - 1])).nullable(),
	confirmed: boolean(),
	part: object({
		shard: shard.optional(),
		seat: seat.optional()
	}).optional(),
	cell: label.optional(),
	dealt: array(tuple([
		string().max(1e3),
		string().max(1e3),
		jobs
	])).max(MOST_DEALT).optional(),
	seconds: number().min(0).max(1e6).optional()
});
function canName(dealt) {
	return dealt.length <= MOST_DEALT && new TextEncoder().encode(JSON.stringify(dealt)).length < LARGEST_NOTE;
}
function encodeCellNote(note) {
	const { dealt, ...rest } = note;
	const names = dealt?.map(({ suite, benchmark, shard: of }) => [
		suite,
		benchmark,
		of
	]);
	return `${JSON.stringify({
		schema: CELL_SCHEMA,
		...rest,
		...names && { dealt: names }
	})}\n`;
}
function decodeCellNote(json) {
	const checked = schema.safeParse(parseRecordingJson(json));
	if (checked.success) {
		const { schema: _, part, cell, dealt, seconds, ...note } = checked.data;
		return {
			...note,
			...part && { part: {
				...part.shard && { shard: part.shard },
				...part.seat && { seat: part.seat }
			} },
			...cell !== void 0 && { cell },
			...dealt && { dealt: dealt.map(([suite, benchmark, of]) => ({
				suite,
				benchmark,
				shard: of
			})) },
			...seconds !== void 0 && { seconds }
		};
	}
	const path = checked.error.issues[0]?.path.join(".");
	throw new GateError(`this is not a note of a cell${path ? `: look at ${path}` : ""}`, "Let every job use the same version of Benchgate");
}
// src/action/bounded-text.ts
async function boundedText(files, file, most) {
	const opened = await files.open(file);
	if (opened === null) throw new GateError("there is no such file", "Run the job that left it again");
	const decoder = new TextDecoder();
	const texts = [];
	let size = 0;
	for await (const chunk of opened.chunks()) {
		size += chunk.length;
		if (size > most) throw new GateError(`it is larger than ${most / 2 ** 20} MiB`, "Measure fewer benchmarks in one suite");
		texts.push(decoder.decode(chunk, { stream: true }));
	}
	texts.push(decoder.decode());
	return texts.join("");
}
// src/action/bounds.ts
const LARGEST = 32 * 2 ** 20;
const MOST$1 = 3 * LARGEST;
const MOST_NOTES = 2 * LARGEST_NOTE;
const LONGEST = 60;
const EACH = {
	characters: LARGEST,
	values: 3e6,
	parts: 1e6,
	measurements: 6e4,
	percentiles: 3e5,
	exits: 1e4,
	said: 2 * 2 ** 20,
	subjects: 2500,
	inflated: 32 * 2 ** 20
};
const ALL = {
	characters: MOST$1,
	values: 4e6,
	parts: 2e6,
	measurements: 15e4,
	percentiles: 5e5,
	exits: 2e4,
	said: 4 * 2 ** 20,
	subjects: 5e3,
	inflated: 64 * 2 ** 20
};
const OWN = 4;
const MOST_FULL = 4;
const LONGEST_OF_ALL = 600;
function timesOf({ expect, own = false }, artifacts) {
	return Math.max(1, own ? Math.min(artifacts, 256) : Math.min(expect.length, MOST_FULL));
}
var Bounds = class {
	allowance;
	#until;
	#longest;
	#most;
	#bytes;
	#notes;
	constructor(started, times, own = false) {
		const one = own ? OWN : 1;
		this.allowance = new Allowance(multiplied(EACH, one), multiplied(ALL, one * times));
		this.#longest = Math.min(times * LONGEST, LONGEST_OF_ALL);
		this.#until = started + this.#longest;
		this.#most = times * MOST$1;
		this.#bytes = this.#most;
		this.#notes = times * MOST_NOTES;
	}
	pass(seconds) {
		this.#until += seconds;
	}
	late(now) {
		return now > this.#until ? `What it left was not read, since the cells before it took longer than ${this.#longest} s: measure fewer benchmarks in each job` : null;
	}
	async note(read) {
		if (this.#notes > 0) {
			const text = await read();
			this.#notes -= text.length;
			if (this.#notes > 0) return text;
		}
		throw new GateError("the notes of all jobs are larger than what is read", "Let fewer jobs measure");
	}
	refuses(held) {
		const size = held.reduce((sum, each) => sum + each.size, 0);
		if (!held.every((each) => each.size <= limitOf(each.path)) || size > this.#bytes) return `What it left is larger than the ${LARGEST / 2 ** 20} MiB a file, or ${this.#most / 2 ** 20} MiB in all, that are read: measure fewer benchmarks in each job`;
		this.#bytes -= size;
		return null;
	}
};
function multiplied(limits, times) {
	const entries = Object.entries(limits).map(([kind, most]) => [kind, times * most]);
	return Object.fromEntries(entries);
}
function limitOf(path) {
	return path.endsWith("/cell.json") ? LARGEST_NOTE : LARGEST;
}
// src/action/artifact.ts
const FOLDER = "recordings";
const RECORDINGS = [
	"screened",
	"baseline",
	"candidate"
];
function filesOf({ note, ...recordings }) {
	const texts = RECORDINGS.flatMap((name) => {
		const recording = recordings[name];
		return recording === void 0 ? [] : [[`${FOLDER}/${name}.json`, encodeRecording(sketched(recording, { tails: true }))]];
	});
	return {
		[`${FOLDER}/cell.json`]: encodeCellNote(note),
		...Object.fromEntries(texts)
	};
}
async function listArtifacts(files, folder) {
	const patterns = ["cell", ...RECORDINGS].map((name) => `*/${FOLDER}/${name}.json`);
	try {
		return { files: await files.listFolder(folder, patterns) ?? [] };
	} catch (error) {
		if (error instanceof GateError) return { unlisted: `What was left cannot be read: ${error.message}` };
		throw error;
	}
}
function has({ held }, file) {
	return held.some(({ path }) => path.endsWith(`/${FOLDER}/${file}.json`));
}
function textOf$1(files, { folder }, file, most) {
	return boundedText(files, `${folder}/${FOLDER}/${file}.json`, most);
}
async function noteOf(files, artifact, bounds) {
	if (!has(artifact, "cell")) return { missing: "It left no note with its recordings: let every job use the same version" };
	return orMissing(async () => ({ note: decodeCellNote(await bounds.note(() => textOf$1(files, artifact, "cell", LARGEST_NOTE))) }));
}
async function readPart(files, artifact, noted, sha, allowance) {
	if ("missing" in noted) return noted;
	return orMissing(async () => {
		const read = {};
		for (const each of RECORDINGS) if (has(artifact, each)) read[each] = decodeUntrusted(await textOf$1(files, artifact, each, LARGEST), allowance);
		const { screened, baseline, candidate } = read;
		const whole = baseline !== void 0 && candidate !== void 0;
		if (screened === void 0 && !whole) return { missing: "It left no recording of the change: see why in its job" };
		if ([screened, candidate].find((each) => each !== void 0 && sha !== "" && each.revision.sha !== sha) !== void 0) return { missing: "What it left is a recording of another commit: run its job again" };
		if (new Set([
			screened,
			baseline,
			candidate
		].flatMap((each) => each ? [fingerprint(each.environment)] : [])).size > 1) return { missing: "What it left was measured on different machines: run its job again" };
		return { left: {
			note: noted.note,
			screened,
			...whole && {
				baseline,
				candidate
			}
		} };
	});
}
async function orMissing(read) {
	try {
		return await read();
	} catch (error) {
		if (error instanceof GateError) return { missing: `What it left cannot be read: ${error.message}` };
		throw error;
	}
}
// src/action/newest.ts
function shardOf({ note }) {
	return note.part?.shard?.index ?? 1;
}
function shardsOf({ note }) {
	return note.part?.shard?.of ?? 1;
}
function newest(parts) {
	const leftOut = [];
	const bySignature = new Map();
	const byJob = new Map();
	for (const part of parts) {
		const signature = signatureOf(part.left);
		const copied = bySignature.get(signature);
		if (copied !== void 0) {
			leftOut.push({
				part,
				reason: `it is the same as ${copied.name || "another one"}`
			});
			continue;
		}
		bySignature.set(signature, part);
		const { seat } = part.note.part;
		const runner = seat === void 0 ? "" : seat.runner || part.name;
		const job = `${part.note.gate} ${shardOf(part)} ${runner}`;
		byJob.set(job, [...byJob.get(job) ?? [], part]);
	}
	return {
		kept: [...byJob.values()].flatMap((own) => {
			const last = largest(own.map(attemptOf));
			const of = own.filter((part) => attemptOf(part) === last);
			for (const part of own) if (!of.includes(part)) leftOut.push({
				part,
				reason: `${of[0].name || "another one"} has measured the same`
			});
			return of;
		}),
		leftOut
	};
}
function attemptOf({ left }) {
	return Number(/\/(\d{1,9})$/.exec(candidateOf(left)?.rounds[0]?.session ?? "")?.[1] ?? 0);
}
function candidateOf({ candidate, screened }) {
	return candidate ?? screened;
}
function signatureOf(left) {
	const rounds = candidateOf(left)?.rounds ?? [];
	if (rounds.length === 0) return `${left.note.cell}/${JSON.stringify(left.note.part)}`;
	return JSON.stringify(rounds.map(({ session, pair, startedAt, measurements }) => {
		const [first] = measurements;
		const values = first === void 0 ? [] : firstValues(first.distribution);
		return [
			session,
			pair,
			startedAt,
			measurements.length,
			first?.suite,
			first?.benchmark,
			...values
		];
	}));
}
function firstValues(distribution) {
	switch (distribution.kind) {
		case "samples": return [...distribution.samples.slice(0, 4)];
		case "histogram": return [...distribution.values.slice(0, 2), ...distribution.values.slice(-2)];
		case "quantiles": return Object.values(distribution.quantiles);
		case "value": return [distribution.value];
	}
}
// src/action/parts.ts
const NOTHING_LEFT = "It left no recording: see why in its job";
const NAMED = 10;
function assemble(parts) {
	const cells = [];
	const warnings = [];
	const groups = new Map();
	for (const each of parts) {
		const { name, note } = each;
		if (note?.part === void 0) cells.push("left" in each ? {
			name,
			left: each.left
		} : {
			name,
			missing: each.missing
		});
		else groups.set(note.cell ?? "", [...groups.get(note.cell ?? "") ?? [], {
			...each,
			note
		}]);
	}
	for (const [cell, group] of groups) {
		const found = assembleCell(cell, group);
		for (const cell of found.cells) cells.push(cell);
		for (const warning of found.warnings) warnings.push(warning);
	}
	return {
		cells,
		warnings
	};
}
function assembleCell(name, group) {
	const shards = shardsOf(group[0]);
	const strangers = group.filter((part) => shardsOf(part) !== shards);
	const own = group.filter((part) => shardsOf(part) === shards);
	const { kept, leftOut } = newest(own.filter(isSound));
	const bad = own.flatMap((part) => "missing" in part ? [part] : []);
	const dealt = own.flatMap(({ note }) => note.dealt ?? []);
	const present = presentShards(own, kept);
	const missing = Array.from({ length: shards }, (_, index) => index + 1).filter((index) => !present.has(index));
	const cells = [
		...kept.map((part) => ({
			name,
			left: part.left,
			runner: part.name
		})),
		...missing.map((index) => missingShard(name, {
			index,
			of: shards
		}, bad, dealt)),
		...strangers.map((part) => ({
			name,
			shard: part.name,
			missing: `It is one of ${shardsOf(part)} shards, and the others are ${shards}: let all jobs say the same, or give each matrix a \`cell\``
		})),
		...holes(name, kept, dealt, present)
	];
	const told = bad.filter((part) => present.has(shardOf(part)));
	return {
		cells,
		warnings: [
			...leftOut.map(({ part, reason }) => ({
				code: "part-left-out",
				part: part.name,
				reason
			})),
			...told.map((part) => ({
				code: "part-left-out",
				part: part.name,
				reason: lower(part.missing)
			})),
			...missingRunners(name, own, kept)
		]
	};
}
function presentShards(own, kept) {
	const byGate = new Map();
	for (const part of own) byGate.set(part.note.gate, (byGate.get(part.note.gate) ?? new Set()).add(shardOf(part)));
	const named = [...byGate.values()].flatMap((shards) => [...shards]);
	const matrices = new Set(named).size < named.length ? [...byGate.keys()] : [];
	const has = (gate, index) => kept.some((part) => part.note.gate === gate && shardOf(part) === index);
	return new Set(kept.map(shardOf).filter((index) => matrices.every((gate) => has(gate, index))));
}
function isSound(part) {
	return "left" in part;
}
function missingShard(name, shard, bad, dealt) {
	const reason = bad.find((part) => shardOf(part) === shard.index)?.missing ?? "It left no recording: see why in its job";
	const own = namesOf(dealt.filter((each) => each.shard === shard.index));
	const should = own.length === 0 ? "" : `. It should have measured ${listed(own)}`;
	return {
		name,
		shard: `shard ${shardText(shard)}`,
		missing: `${reason}${should}`
	};
}
function holes(name, kept, dealt, present) {
	const measured = new Set();
	for (const { left } of kept) for (const recording of [
		left.screened,
		left.candidate,
		left.baseline
	]) for (const { measurements, failures } of recording?.rounds ?? []) {
		for (const { suite, benchmark } of [...measurements, ...failures]) measured.add(`${suite}/${benchmark}`).add(`${suite}/`);
		for (const { suite, benchmark } of failures) if (benchmark === "*") measured.add(`${suite}/*`);
	}
	const isSeen = ({ suite, benchmark }) => measured.has(`${suite}/*`) || measured.has(benchmark === "*" ? `${suite}/` : `${suite}/${benchmark}`);
	const unseen = namesOf(dealt.filter((each) => present.has(each.shard) && !isSeen(each)));
	if (unseen.length === 0) return [];
	return [{
		name,
		shard: "no shard",
		missing: `No shard measured ${listed(unseen)}: run all shards again`
	}];
}
function namesOf(dealt) {
	return [...new Set(dealt.map(({ suite, benchmark }) => `${suite}/${benchmark}`))].sort();
}
function listed(names) {
	const rest = names.length - NAMED;
	return `${names.slice(0, NAMED).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
function missingRunners(name, own, kept) {
	return [...new Set(own.flatMap(({ note }) => note.part?.seat?.pool ?? []))].flatMap((pool) => {
		const isOf = ({ note }) => note.part?.seat?.pool === pool;
		const shards = new Map();
		for (const part of kept.filter(isOf)) shards.set(shardOf(part), (shards.get(shardOf(part)) ?? 0) + 1);
		const runners = largest([...shards.values(), ...own.filter(isOf).map(({ note }) => note.part?.seat?.of ?? 0)]);
		const of = own[0].note.part?.shard?.of;
		return [...shards].flatMap(([index, count]) => {
			const where = [name, of === void 0 ? "" : `shard ${shardText({
				index,
				of
			})}`].filter(Boolean).join(" ");
			return count < runners ? [{
				code: "runners-missing",
				pool,
				of: where,
				missing: runners - count,
				runners
			}] : [];
		});
	});
}
function lower(reason) {
	return `${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}
// src/action/cells.ts
const ARTIFACT = "benchgate";
function cellOf(artifact) {
	return artifact === ARTIFACT ? "" : artifact.startsWith(`${ARTIFACT}-`) ? artifact.slice(10) : artifact;
}
async function readCells(place, folder, wanted) {
	const all = [];
	for await (const each of eachCell(place, folder, wanted)) all.push(each);
	return {
		cells: all.flatMap(({ cells }) => cells),
		warnings: all.flatMap(({ warnings }) => warnings),
		seconds: all.flatMap(({ seconds }) => seconds)
	};
}
async function* eachCell({ files, clock }, folder, wanted) {
	const expect = [...new Set(wanted.expect.map(cellOf))];
	const started = clock.monotonic();
	const listed = await listArtifacts(files, folder);
	if ("unlisted" in listed) return yield {
		cells: (expect.length > 0 ? expect : [""]).map((name) => ({
			name,
			missing: listed.unlisted
		})),
		warnings: [],
		seconds: []
	};
	const artifacts = new Map();
	for (const file of listed.files) {
		const [artifact] = file.path.split("/");
		const held = artifacts.get(artifact) ?? [];
		held.push(file);
		artifacts.set(artifact, held);
	}
	const known = (name) => expect.length === 0 || expect.includes(name);
	const found = [];
	const bounds = new Bounds(started, timesOf(wanted, artifacts.size), wanted.own);
	for (const [artifact, held] of [...artifacts].slice(0, expect.length > 0 ? void 0 : 256)) {
		const name = cellOf(artifact);
		const place = {
			folder: `${folder}/${artifact}`,
			held
		};
		const late = bounds.late(clock.monotonic());
		const noted = late === null ? await noteOf(files, place, bounds) : { missing: late };
		const note = "note" in noted ? noted.note : void 0;
		const cell = note?.part === void 0 ? void 0 : note.cell;
		if (!known(name) && (cell === void 0 || !known(cell))) continue;
		const read = async () => {
			const refusal = bounds.late(clock.monotonic()) ?? bounds.refuses(held);
			return refusal === null ? await readPart(files, place, noted, wanted.sha, bounds.allowance) : { missing: refusal };
		};
		found.push({
			name,
			...note !== void 0 && { note },
			read
		});
	}
	const names = new Set(found.flatMap(({ name, note }) => note?.part ? [name, note.cell ?? ""] : [name]));
	const missing = (name, reason) => found.push({
		name,
		read: async () => ({ missing: reason })
	});
	for (const name of expect) if (!names.has(name)) missing(name, NOTHING_LEFT);
	if (found.length === 0) missing("", "No cell left a recording: see why in its job");
	const order = (name) => expect.includes(name) ? expect.indexOf(name) : expect.length;
	found.sort((a, b) => order(a.name) - order(b.name) || (a.name < b.name ? -1 : 1));
	if (expect.length === 0 && artifacts.size > 256) missing("", `${artifacts.size} cells are more than the 256 that are read, and the others were not: name all of them in \`expect\``);
	for (const parts of byCell(found)) {
		const read = [];
		for (const { name, note, read: readOne } of parts) read.push({
			name,
			...note !== void 0 && { note },
			...await readOne()
		});
		const given = clock.monotonic();
		yield {
			...assemble(read),
			seconds: parts.flatMap(({ note }) => note?.seconds ?? [])
		};
		bounds.pass(clock.monotonic() - given);
	}
}
function byCell(found) {
	const cells = new Map();
	for (const each of found) {
		const cell = each.note?.part === void 0 ? each.name : each.note.cell ?? "";
		const parts = cells.get(cell) ?? [];
		parts.push(each);
		cells.set(cell, parts);
	}
	return [...cells.values()];
}
// src/judge/cells/draw.ts
const DRAWN = 4e3;
const DRAWN_FOR_CAUSE = 1e3;
const APART = 2;
function drawSome() {
	let [room, cause] = [DRAWN, DRAWN_FOR_CAUSE];
	return (subjects, tried) => {
		const first = subjects.slice(0, room);
		room -= first.length;
		const apart = new Set(tried.filter(isApart).map(({ row }) => row.subject));
		const more = subjects.slice(first.length).filter((subject) => apart.has(subject)).slice(0, cause);
		cause -= more.length;
		return [...first, ...more];
	};
}
function isApart({ trial }) {
	if (trial === null || !("estimate" in trial.contrast)) return trial?.contrast.design === "exact";
	const { mean, se } = trial.contrast.estimate;
	return Math.abs(mean) > APART * se;
}
// src/judge/cells/lighten.ts
function lightened(prepared, cell) {
	const subjects = new Map();
	const budgets = new Map();
	const shared = {
		subject: (subject) => {
			const light = subjects.get(subject) ?? withoutRounds(subject, cell);
			subjects.set(subject, light);
			return light;
		},
		budget: (budget) => {
			const key = JSON.stringify(budget);
			const light = budgets.get(key) ?? budget;
			budgets.set(key, light);
			return light;
		}
	};
	return {
		...prepared,
		tried: prepared.tried.map((each) => lightTried(each, shared))
	};
}
const NOTHING = {
	kind: "value",
	value: 0,
	exact: false
};
const NEVER = {
	baseline: [],
	candidate: []
};
const NO_BUDGETS = [];
const NO_WARNINGS = [];
const NO_RUNNERS = [];
function withoutRounds({ suite, benchmark, measurement, resolution, closedLoop, load }, cell) {
	return {
		cell: cell === "" ? void 0 : cell,
		suite,
		benchmark,
		measurement: withoutValues(measurement),
		budgets: NO_BUDGETS,
		baseline: NEVER.baseline,
		candidate: NEVER.candidate,
		failed: NEVER,
		resolution,
		closedLoop,
		load
	};
}
function withoutValues({ suite, benchmark, metric, unit, better, per, source }) {
	if (per === void 0 && source === void 0) return {
		suite,
		benchmark,
		metric,
		unit,
		better,
		distribution: NOTHING
	};
	return {
		suite,
		benchmark,
		metric,
		unit,
		better,
		distribution: NOTHING,
		...per !== void 0 && { per },
		...source !== void 0 && { source }
	};
}
function lightTried({ row, trial, ...tests }, shared) {
	const { limit, counts } = row;
	const subject = shared.subject(row.subject);
	const budget = shared.budget(row.budget);
	if (trial === null || trial.contrast.candidate === null) {
		const own = meanOf(ownReadings(row.subject, row.budget.statistic).candidate);
		const light = {
			subject,
			budget,
			readings: lightReadings(row.readings),
			limit,
			counts,
			own
		};
		if (trial === null) return {
			row: light,
			trial,
			...tests
		};
		const { threshold, severity, contrast, warnings, barred } = trial;
		const told = {
			...light,
			threshold,
			severity,
			contrast,
			warnings,
			barred
		};
		return {
			row: told,
			trial: told,
			...tests
		};
	}
	const { threshold, severity, contrast, warnings, barred } = trial;
	const light = {
		subject,
		budget,
		readings: contrast.design !== "impossible" && limit === null ? withoutReadings(row.readings.resolution) : lightReadings(row.readings),
		limit,
		counts,
		threshold,
		severity,
		contrast: lightContrast(contrast),
		warnings: warnings.length === 0 ? NO_WARNINGS : warnings,
		barred
	};
	return {
		row: light,
		trial: light,
		...tests
	};
}
function withoutReadings(resolution) {
	if (resolution === 0) return SMOOTH;
	return {
		...SMOOTH,
		resolution
	};
}
const SMOOTH = {
	...NEVER,
	samples: null,
	needed: null,
	counts: null,
	resolution: 0,
	leftOut: [],
	estimators: null
};
function lightReadings(readings) {
	return {
		...readings,
		baseline: readings.baseline.map(values),
		candidate: values(readings.candidate)
	};
}
function values(arm) {
	return arm.map(({ session, pair, value }) => ({
		session,
		pair,
		value
	}));
}
function lightContrast(contrast) {
	return "estimate" in contrast ? lightTested(contrast) : contrast;
}
function lightTested(contrast) {
	const { design, baseline, candidate, estimate, check, newest, each, sliced, runners, rounds } = contrast;
	const { plan, first, estimates } = contrast.looks;
	return {
		design,
		baseline,
		candidate,
		estimate,
		looks: {
			plan,
			first: first + estimates.length - 1,
			estimates: [estimate]
		},
		check,
		newest,
		each,
		sliced: sliced && lightTested(sliced),
		runners: runners.length === 0 ? NO_RUNNERS : runners,
		rounds
	};
}
// src/judge/cells/prepare-cell.ts
function prepareCell(parts, { baseline, candidate }, rules, draw = () => []) {
	const name = parts[0]?.name ?? "";
	const compared = parts.flatMap((cell) => "missing" in cell ? [] : cell.comparisons.map((each) => ({
		...each,
		name,
		runner: cell.runner,
		looks: cell.looks
	})));
	const budgets = rules.budgets.map((budget) => inCell(budget, name));
	const evidence = [];
	const prepared = (own, kind, recordings, looks) => {
		const after = merged(candidatesOf(own), candidate);
		const [newest, ...older] = recordings;
		const against = kind === "stored" || newest === void 0 ? storedBaseline(recordings) : {
			kind,
			recordings: [newest, ...older]
		};
		const { subjects, ...found } = prepare$1(against, after, {
			budgets,
			...looks !== void 0 && { looks }
		});
		const comparison = {
			kind,
			baseline: recordings,
			candidate: after
		};
		const drawn = draw(subjects, found.tried);
		const counting = statisticsOf([
			...found.tried.map(({ row }) => ({
				...row.subject.measurement,
				statistic: row.budget.statistic,
				failure: null
			})),
			...found.single,
			...found.alone
		]);
		if (drawn.length > 0) evidence.push(evidenceOn(drawn, counting, comparison, rules.accept.map((each) => inCell(each, name))));
		return {
			...lightened(found, name),
			machines: {
				baseline: (kind === "stored" ? [] : own.flatMap((part) => part.baseline)).map(({ environment }) => environment),
				candidate: own.map((part) => part.candidate.environment)
			}
		};
	};
	const beside = compared.filter(({ kind }) => kind === "side-by-side");
	const screened = compared.filter(({ kind }) => kind === "stored");
	const before = beside.flatMap(({ runner, baseline: recordings }) => recordings.map((recording) => ({
		name,
		runner,
		recording
	})));
	const sides = {
		beside: beside.length === 0 ? null : prepared(beside, "side-by-side", [merged(before, baseline)], planOf(beside) ?? void 0),
		screened: screened.length === 0 ? null : prepared(screened, "stored", historyOf(screened), void 0)
	};
	const growth = [sides.beside, sides.screened].flatMap((each) => each?.growth ?? []);
	const exponents = exponentsIn(growth).map((each) => ({
		...each,
		suite: each.suite.slice(prefixOf(name).length)
	}));
	return {
		name,
		missing: parts.filter((cell) => "missing" in cell),
		...sides,
		confirmed: parts.some(isConfirmed),
		measured: hasRules(rules) ? [...measuredIn(parts), ...exponents] : [],
		evidence
	};
}
function measuredIn(cells) {
	return cells.flatMap((cell) => "missing" in cell ? [{
		suite: "*",
		benchmark: "*",
		metric: null
	}] : cell.comparisons.flatMap(({ candidate }) => measuredOf(candidate)));
}
function candidatesOf(parts) {
	return parts.map(({ name, runner, candidate }) => ({
		name,
		runner,
		recording: candidate
	}));
}
function planOf(beside) {
	return beside.reduce((most, { looks }) => looks !== null && looks.length > (most?.length ?? 0) ? looks : most, null);
}
function isConfirmed(cell) {
	return "confirmed" in cell && cell.confirmed && cell.comparisons.some(({ kind }) => kind === "side-by-side");
}
// src/judge/fan-in.ts
function concludeCells(cells, { baseline, candidate }, rules) {
	const names = cells.map(({ name }) => name);
	const own = {
		...rules,
		accept: names.flatMap((name) => rules.accept.map((each) => inCell(each, name)))
	};
	const beside = cells.flatMap((cell) => cell.beside ?? []);
	const screened = cells.flatMap((cell) => cell.screened ?? []);
	const gone = missingCells(cells, candidate, rules);
	const outcomes = [];
	if (beside.length > 0) {
		const before = {
			kind: "side-by-side",
			revision: baseline,
			environment: common(beside.flatMap((each) => each.machines.baseline)),
			runs: 1
		};
		outcomes.push(conclude([...beside, ...gone], {
			baseline: before,
			candidate: after(beside, candidate)
		}, own));
	}
	if (screened.length > 0 || outcomes.length === 0) {
		const more = outcomes.length === 0 ? gone : [];
		const whole = {
			baseline: historyAsWhole(screened),
			candidate: after(screened, candidate)
		};
		outcomes.push(conclude([...screened, ...more], whole, own));
	}
	const outcome = named(together(outcomes, cells, rules.onInconclusive), names);
	if (!hasRules(rules)) return outcome;
	const measured = new Map(cells.flatMap((cell) => cell.measured).map((each) => [JSON.stringify(each), each]));
	const idle = unfitting(rules, [...measured.values()], outcome.judgements.map(withoutCell));
	return {
		...outcome,
		warnings: [...outcome.warnings, ...idle]
	};
}
function after(compared, revision) {
	return {
		revision,
		environment: common(compared.flatMap(({ machines }) => machines.candidate))
	};
}
function historyAsWhole(screened) {
	const stored = screened.flatMap(({ baseline }) => baseline.kind === "none" ? [] : [baseline]);
	const [first] = stored;
	if (first === void 0) return {
		kind: "none",
		stored: 0,
		differs: []
	};
	return {
		...first,
		environment: common(stored.map(({ environment }) => environment)),
		runs: largest(stored.map(({ runs }) => runs))
	};
}
function missingCells(cells, candidate, { budgets }) {
	const missing = cells.flatMap((cell) => cell.missing);
	if (missing.length === 0) return [];
	const round = {
		session: "",
		pair: 0,
		startedAt: "",
		measurements: [],
		failures: missing.map((cell) => ({
			suite: missingName(cell),
			benchmark: "*",
			reason: cell.missing,
			output: ""
		}))
	};
	const own = [...new Set(missing.map(({ name }) => name))].flatMap((name) => budgets.map((budget) => inCell(budget, name)));
	const recording = {
		revision: candidate,
		environment: common([]),
		rounds: [round]
	};
	return [prepare$1(storedBaseline([]), recording, { budgets: own })];
}
function withoutCell(judgement) {
	const { cell, suite } = judgement;
	return cell === void 0 ? judgement : {
		...judgement,
		suite: suite.slice(prefixOf(cell).length)
	};
}
function together(outcomes, cells, onInconclusive) {
	const [first, stored] = outcomes;
	if (stored === void 0) return first;
	const keys = new Set(first.judgements.map(benchmarkKey));
	const confirmed = cells.filter((cell) => cell.confirmed).map(({ name }) => prefixOf(name));
	const rest = stored.judgements.filter((judgement) => !keys.has(benchmarkKey(judgement)));
	const shifts = openShifts(stored, first);
	const softened = stored.baseline.kind === "stored" ? rest.map((each) => confirmed.some((prefix) => each.suite.startsWith(prefix)) ? underShifts(open$2(each), shifts) : each) : rest;
	const judgements = [...first.judgements, ...softened];
	const warnings = [...first.warnings, ...stillTrue(stored.warnings, first).filter(({ code }) => code !== "no-baseline").map((warning) => asChecked(warning, shifts))];
	const growth = growthOfBoth(stored, first);
	return {
		...first,
		outcome: outcomeOf(judgements, warnings, onInconclusive),
		judgements,
		warnings,
		...growth.length > 0 && { growth }
	};
}
function open$2(judgement) {
	return judgement.severity === "gate" && judgement.accepted === null ? inDoubt(judgement) : judgement;
}
function named(outcome, names) {
	const cells = new Map();
	for (const { suite, cell } of outcome.judgements) if (cell === void 0 && !cells.has(suite)) cells.set(suite, names.find((name) => name !== "" && suite.startsWith(prefixOf(name))));
	return {
		...outcome,
		judgements: outcome.judgements.map((judgement) => {
			const cell = judgement.cell ?? cells.get(judgement.suite);
			return cell === judgement.cell || cell === void 0 ? judgement : {
				...judgement,
				cell
			};
		})
	};
}
// src/action/trust.ts
async function undecidable({ note, baseline }, found, { workflow }, store) {
	if (baseline !== void 0 || found.recordings.length > 0) return null;
	const broken = damaged(found);
	if (broken !== null) return `It cannot be compared: ${broken.message}`;
	if (note.confirmed) return "It left no side-by-side measurement and no stored run to compare with: run its job again";
	if (workflow === void 0) return null;
	const prefix = gatePrefix(workflow);
	const gates = new Set((await store.list()).map(wholeGate));
	if (gates.has(note.gate)) return null;
	const others = [...gates].filter((gate) => gate === prefix || gate.startsWith(`${prefix}-`)).sort();
	if (others.length === 0) return null;
	return `Nothing is stored of its gate ${note.gate}, but of ${others.slice(0, 3).join(", ")}: give the job and the step the names that they have on the default branch`;
}
function withoutSuites(recording, missing) {
	if (missing.length === 0) return recording;
	const { rounds } = keepOnly(recording, (suite) => !missing.includes(suite));
	const reason = "The configuration of the base revision has this suite, and nothing of it was left";
	const round = {
		session: "",
		pair: 0,
		startedAt: "",
		measurements: [],
		failures: missing.map((suite) => ({
			suite,
			benchmark: "*",
			reason,
			output: ""
		}))
	};
	return {
		...recording,
		rounds: [...rounds, round]
	};
}
function missingSuites(suites, parts) {
	const held = [
		"screened",
		"baseline",
		"candidate"
	].flatMap((kind) => {
		const recordings = parts.flatMap((part) => part[kind] ?? []);
		return recordings.length === 0 ? [] : [new Set(recordings.flatMap(suitesIn))];
	});
	return suites.filter((suite) => held.some((names) => !names.has(suite)));
}
function suitesIn({ rounds }) {
	return rounds.flatMap(({ measurements, failures }) => [...measurements, ...failures].map(({ suite }) => suite));
}
// src/action/cell-history.ts
async function withHistory({ ports, store }, { baseSha = "" }, read, trusted) {
	const warnings = [];
	const found = new Map();
	const historyOf = ({ note: { gate } }, { environment }) => {
		const key = keyOf(gate, fingerprint(environment));
		const known = found.get(key) ?? asked(history(ports, store, {
			sha: baseSha,
			gate,
			environment
		}));
		found.set(key, known);
		return known;
	};
	const asked = async (answer) => {
		try {
			const of = await answer;
			for (const warning of of.warnings) warnings.push(warning);
			return of;
		} catch (error) {
			return outOfReach(error);
		}
	};
	return {
		cells: await Promise.all(read.map(async (cell) => {
			if ("missing" in cell) return cell;
			const { name, runner, left } = cell;
			const parts = read.filter((each) => "left" in each && each.name === name);
			const missing = parts[0] === cell ? missingSuites(trusted.suites, parts.map((part) => part.left)) : [];
			const { screened, baseline, candidate, note } = left;
			const { looks, confirmed } = note;
			const told = (compared) => ({
				name,
				...runner !== void 0 && { runner },
				comparisons: compared.map((each) => ({
					...each,
					candidate: withoutSuites(each.candidate, missing)
				})),
				looks,
				confirmed
			});
			const beside = baseline === void 0 || candidate === void 0 ? [] : [{
				kind: "side-by-side",
				baseline: [baseline],
				candidate
			}];
			if (screened === void 0) return told(beside);
			const stored = await historyOf(left, screened);
			if (typeof stored === "string") return {
				name,
				missing: stored
			};
			const reason = await undecidable(left, stored, trusted, store);
			if (reason !== null) return {
				name,
				missing: reason
			};
			const own = ownOf(screened, parts);
			return told([{
				kind: "stored",
				baseline: own === null ? stored.recordings : stored.recordings.map((each) => keepOnly(each, own)),
				candidate: screened
			}, ...beside]);
		})),
		warnings
	};
}
function ownOf(screened, parts) {
	if (parts.length < 2) return null;
	const [own, others] = [[screened], parts.flatMap(({ left }) => left.screened ?? [])].map(namesIn);
	return (suite, benchmark) => {
		const name = keyOf(suite, benchmark);
		return benchmark === "*" || own.has(name) || !others.has(name);
	};
}
function namesIn(recordings) {
	const names = recordings.flatMap(({ rounds }) => rounds.flatMap(({ measurements, failures }) => [...measurements, ...failures]));
	return new Set(names.map(({ suite, benchmark }) => keyOf(suite, benchmark)));
}
function outOfReach(error) {
	if (error instanceof GateError && error.kind === "measure") return `It cannot be compared, since the stored runs are out of reach: ${error.message}`;
	throw error;
}
// src/action/step.ts
const PRIVILEGED = ["pull_request_target", "workflow_run"];
const PARTS = ["shard", "pool"];
const WITHOUT_BASE = [
	"shard",
	"pool",
	"fan-in"
];
const RECORDING = [
	"push",
	"schedule",
	"workflow_dispatch"
];
function onDefaultBranch({ kind, ref, defaultBranch }) {
	return RECORDING.includes(kind) && defaultBranch !== void 0 && ref === `refs/heads/${defaultBranch}`;
}
async function open$1({ step, interrupt, pageProgram, ...world }) {
	refuseUnknownInputs(step.variables);
	const inputs = readInputs(step.input);
	step.hide(inputs.token);
	refuseReuse(inputs);
	const event = step.event();
	const needless = inputs["fan-in"] === null ? void 0 : PARTS.find((name) => inputs[name] !== null);
	if (needless !== void 0) throw new GateError(`${needless} cannot be combined with fan-in: the jobs that measure say which part is theirs`, "Remove it", { path: `input ${needless}` });
	if (inputs.alert === "issue" && inputs["fan-in"] !== null) throw new GateError("alert cannot be combined with fan-in: the jobs that measure the default branch keep the issue", "Give it to them, and remove it here", { path: "input alert" });
	if (inputs.expect.length > 0 && inputs["fan-in"] === null) throw new GateError("expect requires fan-in", "Give fan-in too, or remove it", { path: "input expect" });
	const unfit = inputs.base === null ? void 0 : WITHOUT_BASE.find((name) => inputs[name] !== null);
	if (unfit !== void 0) throw new GateError(`base cannot be combined with ${unfit}: one job measures both revisions`, "Remove either", { path: "input base" });
	const readsOnly = inputs["fan-in"] !== null && event.kind === "workflow_run";
	if (PRIVILEGED.includes(event.kind) && !readsOnly) throw new GateError(`Benchgate does not run commands on ${event.name}: they would run a stranger's code with this repository's token`, "Use `on: pull_request`; for a comment on pull requests from forks, see docs/forks.md.");
	const ports = world.ports({
		token: inputs.token,
		serverUrl: event.serverUrl
	});
	if (await ports.git.root() === null) throw new GateError("There is no git repository here", "Put actions/checkout before this step, with `fetch-depth: 0`");
	const store = openStore(ports, inputs["baseline-store"], inputs, event);
	return {
		step,
		pageProgram,
		ports,
		inputs,
		event,
		config: await readConfig(ports.files, inputs.config, TOOL_WORDS),
		file: inputs.config ?? "benchgate.yml",
		store,
		signal: interrupt.signal,
		began: ports.clock.monotonic()
	};
}
async function prepare(opened) {
	const { ports, inputs, event, config, file } = opened;
	const plan = withPart(planFromInputs(inputs, config, TOOL_WORDS), opened);
	const { config: base, warnings } = await configAt(ports, event.pull !== void 0 || event.kind === "merge_group" ? event.baseSha : void 0, file);
	const trusted = base === null ? plan.budgets : budgetsOf(base, inputs.threshold);
	const suites = base?.suites.map(({ name }) => name).filter((name) => !plan.suites.some((suite) => suite.name === name)) ?? [];
	const revision = await ports.git.revision("HEAD") ?? {
		sha: event.sha,
		ref: event.ref,
		committedAt: ""
	};
	return {
		...opened,
		plan: {
			...plan,
			budgets: trusted,
			...base !== null && { onInconclusive: inputs["on-inconclusive"] ?? base.onInconclusive ?? "warn" }
		},
		planWarnings: [
			...warnings,
			...loosened(trusted, plan.budgets, file),
			...suites.length > 0 ? [{
				code: "suites-removed",
				suites
			}] : []
		],
		candidate: {
			name: "candidate",
			cwd: ports.host.cwd,
			revision: {
				...revision,
				sha: event.headSha ?? revision.sha,
				ref: event.headRef ?? event.ref
			}
		}
	};
}
function withPart(plan, { inputs, config }) {
	const part = partOf(inputs);
	if (part?.seat === void 0) return part === null ? plan : {
		...plan,
		part
	};
	if (plan.compare === "stored") throw new GateError("pool cannot be combined with compare: stored: its runners measure pairs", "Use `compare: side-by-side`, or remove pool", { path: "input pool" });
	const rounds = inputs.rounds ?? config?.rounds ?? null;
	return {
		...plan,
		part,
		pairs: rounds ?? pairsOfRunner(part.seat.of)
	};
}
function loosened(trusted, own, file) {
	return JSON.stringify(trusted) === JSON.stringify(own) ? [] : [{
		code: "budgets-from-base",
		file
	}];
}
async function configAt({ git }, sha, file) {
	const text = sha === void 0 ? null : await git.show(sha, file);
	try {
		return {
			config: text === null ? null : parseConfig(text, file, TOOL_WORDS),
			warnings: []
		};
	} catch (error) {
		if (!(error instanceof GateError)) throw error;
		return {
			config: null,
			warnings: [{
				code: "base-unsound",
				file,
				reason: error.message
			}]
		};
	}
}
function request(event, log, part) {
	const session = `${event.runId}/${event.attempt}`;
	const run = BigInt(event.runId.replaceAll(/\D/g, "") || "0");
	return {
		session,
		seed: Number(BigInt.asUintN(32, run + BigInt(part?.seat?.runner || 0))),
		onProgress: progressOn({
			progress: log.info,
			err: log.info
		})
	};
}
// src/action/judging.ts
async function judgingOf(opened, trial) {
	try {
		return judgingBy(opened, trial, await configAt(opened.ports, trial.baseSha, opened.file));
	} catch (error) {
		if (!(error instanceof GateError)) throw error;
		const conclude = () => {
			throw error;
		};
		return {
			trial,
			add: async () => void 0,
			fits: () => false,
			conclude
		};
	}
}
function judgingBy(opened, trial, { config: base, warnings: unsound }) {
	const { ports, inputs, event, config, file } = opened;
	const own = event.kind === "workflow_run" ? base : config;
	const rules = {
		budgets: budgetsOf(base ?? own, inputs.threshold),
		accept: own?.accept ?? [],
		onInconclusive: inputs["on-inconclusive"] ?? (base ?? own)?.onInconclusive ?? "warn",
		today: ports.clock.now().toISOString().slice(0, 10)
	};
	const hostile = event.kind === "workflow_run";
	const trusted = {
		suites: hostile ? base?.suites.map(({ name }) => name) ?? [] : [],
		workflow: hostile ? event.followed : void 0
	};
	const candidate = {
		sha: trial.headSha,
		ref: trial.headRef,
		committedAt: ""
	};
	const beside = (sha) => ({
		sha,
		ref: trial.baseRef,
		committedAt: ""
	});
	const isBase = baseCommits(opened, trial);
	const draw = drawSome();
	const cells = [];
	const warnings = [];
	const bases = new Set();
	let fits = true;
	return {
		trial,
		fits: () => fits,
		add: async (read) => {
			const left = await Promise.all(read.map((cell) => ofBase(cell, isBase)));
			if (!left.every((cell, index) => cell === read[index])) fits = false;
			for (const cell of left) if ("left" in cell && cell.left.baseline) bases.add(cell.left.baseline.revision.sha);
			const found = await withHistory(opened, trial, left, trusted);
			for (const warning of found.warnings) warnings.push(warning);
			cells.push(prepareCell(found.cells, {
				baseline: beside(trial.baseSha ?? ""),
				candidate
			}, rules, draw));
		},
		conclude: () => {
			const [only = "", ...others] = bases;
			const baseline = beside(only === "" || others.length > 0 ? trial.baseSha ?? "" : only);
			const outcome = concludeCells(cells, {
				baseline,
				candidate
			}, rules);
			const drawn = cells.flatMap((cell) => cell.evidence);
			cells.length = 0;
			const evidence = () => judgedOf(drawn, outcome.judgements);
			const changed = [...unsound, ...loosened(rules.budgets, budgetsOf(own, inputs.threshold), file)];
			return {
				outcome,
				evidence,
				warnings,
				changed
			};
		}
	};
}
async function ofBase(cell, isBase) {
	if ("missing" in cell || cell.left.baseline === void 0) return cell;
	const { name } = cell;
	try {
		if (await isBase(cell.left.baseline.revision.sha)) return cell;
		return {
			name,
			missing: "What it left was measured against a commit that is not one of the base"
		};
	} catch (error) {
		if (error instanceof GateError) return {
			name,
			missing: `What its base descends from is not known: ${error.message}`
		};
		throw error;
	}
}
const DEPTH$2 = 1e3;
function baseCommits({ ports, event }, { baseSha, baseRef }) {
	let known;
	return async (sha) => {
		if (baseSha === void 0 || sha === baseSha) return true;
		const ends = event.kind === "workflow_run" && baseRef === event.defaultBranch ? [baseSha, event.sha] : [baseSha];
		known ??= Promise.all(ends.map((end) => ports.git.ancestors(end, DEPTH$2))).then((found) => new Set(found.flat()));
		return (await known).has(sha);
	};
}
// src/action/outputs.ts
const inFolder = REPORTS.filter(({ output }) => output === void 0).map(({ noun, file }) => `${noun} (\`${file}\`)`);
({ ...Object.fromEntries(REPORTS.flatMap(({ output }) => output === void 0 ? [] : [[output.name, output.about]])) }), `${inFolder.join(", ")}`;
async function unjudgedOutputs() {
	return {
		...await reportOutputs(() => ""),
		regressions: 0,
		improvements: 0,
		inconclusive: 0
	};
}
async function reportOutputs(path) {
	const outputs = {};
	for (const report of REPORTS) {
		const written = await path(report);
		if (report.output !== void 0) outputs[report.output.name] = written;
	}
	return outputs;
}
// src/action/keep.ts
async function keep({ step, ports }, name, text) {
	const path = `${step.folder}/${name}`;
	await ports.files.write(path, text);
	return path;
}
function sayUnkept({ log }, errors) {
	const reasons = new Map();
	for (const error of errors) {
		const reason = `${error.problem} ${error.remedy}`;
		reasons.set(reason, [...reasons.get(reason) ?? [], error]);
	}
	for (const [first, ...others] of reasons.values()) {
		const more = others.length > 0 ? `, and so with ${others.length} more of the files that later steps could read` : "";
		log.warn(`${first.message}${more}`);
	}
}
async function tellUnjudged(opened, outcome, summary) {
	const { step } = opened;
	step.summary(summary);
	step.outputs({
		outcome,
		...await unjudgedOutputs(),
		summary: await keptSummary(opened, summary),
		folder: step.folder
	});
}
async function keptSummary(opened, summary) {
	try {
		return await keep(opened, "summary.md", summary);
	} catch (error) {
		if (!(error instanceof GateError)) throw error;
		sayUnkept(opened.step, [error]);
		return "";
	}
}
// src/report/formats/check.ts
const CONCLUSIONS = {
	pass: "success",
	warn: "neutral",
	fail: "failure"
};
const MOST_ANNOTATIONS = 500;
const LONGEST_TITLE = 255;
function checkOf(outcome) {
	return {
		conclusion: CONCLUSIONS[outcome.outcome],
		title: titleOf(outcome).text,
		annotations: annotations(outcome, MOST_ANNOTATIONS).flatMap(({ file, line = 1, level, title, message }) => file === void 0 ? [] : [{
			file,
			line,
			level: level === "error" ? "failure" : level,
			title: title.slice(0, LONGEST_TITLE),
			message
		}])
	};
}
// src/report/formats/status.ts
const LIMIT = 140;
const SEPARATOR = " · ";
function statusOf(outcome) {
	const measured = outcome.judgements.filter(({ severity, accepted }) => severity === "gate" && accepted === null).some(({ verdict }) => verdict !== "failed");
	return {
		state: outcome.outcome !== "fail" ? "success" : measured ? "failure" : "error",
		description: fitted(titleOf(outcome).text.split(SEPARATOR))
	};
}
function fitted(words) {
	const all = words.join(SEPARATOR);
	if (all.length <= LIMIT) return all;
	for (let kept = words.length - 1; kept > 0; kept--) {
		const text = [...words.slice(0, kept), "…"].join(SEPARATOR);
		if (text.length <= LIMIT) return text;
	}
	return `${all.slice(0, 139)}…`;
}
// src/action/comment.ts
const COMMENT = {
	action: "comment on the pull request",
	permission: "pull-requests: write"
};
const STATUS = {
	action: "set a commit status",
	permission: "statuses: write"
};
const CHECK = {
	action: "add a check run",
	permission: "checks: write"
};
async function publishComment(github, publication) {
	const { pull, body, when, changed } = publication;
	if (when === "never") return [];
	const found = await ours(github, publication);
	if (!found.ok) return warningsOf(found, {
		...COMMENT,
		action: "read the pull request's comments"
	});
	const [existing, ...twice] = found.value;
	const silent = when === "on-change" && !changed;
	const stale = existing !== void 0 && silent && isCalm(existing.body) ? [existing] : [];
	const removed = await removeAll(github, [...twice, ...stale]);
	if (stale.length > 0) return removed;
	if (existing !== void 0) return [...removed, ...await update(github, existing, body)];
	if (silent) return removed;
	const made = await github.createComment(pull, body);
	if (!made.ok) return [...removed, ...warningsOf(made, COMMENT)];
	return [...removed, ...await settle(github, publication, made.value)];
}
async function ours(github, { pull, key }) {
	const comments = await github.comments(pull);
	if (!comments.ok) return comments;
	const viewer = await github.viewer();
	return {
		ok: true,
		value: comments.value.filter((comment) => isOurs(comment, key, viewer)).toSorted((a, b) => a.id - b.id)
	};
}
async function settle(github, publication, made) {
	const found = await ours(github, publication);
	const [oldest, ...younger] = found.ok ? found.value : [];
	if (oldest === void 0) return [];
	const removed = await removeAll(github, younger);
	return oldest.id === made ? removed : [...removed, ...await update(github, oldest, publication.body)];
}
async function update(github, { id, body: before }, body) {
	if (before === body) return [];
	return warningsOf(await github.updateComment(id, body), {
		...COMMENT,
		action: "update its comment on the pull request"
	});
}
async function removeAll(github, comments) {
	const warnings = [];
	for (const { id } of comments) {
		const gone = await github.deleteComment(id);
		const wanted = {
			...COMMENT,
			action: "remove a comment of its own that is out of date"
		};
		for (const each of warningsOf(gone, wanted)) warnings.push(each);
	}
	return warnings;
}
async function publishStatus(github, sha, status) {
	return warningsOf(await github.setStatus(sha, status), STATUS);
}
async function publishCheck(github, sha, check) {
	return warningsOf(await github.createCheck(sha, check), CHECK);
}
function warningsOf(result, { action, permission }) {
	if (result.ok) return [];
	if (result.forbidden) return [{
		code: "forbidden",
		action,
		permission
	}];
	return [{
		code: "github-failed",
		action,
		reason: result.reason
	}];
}
// src/action/names.ts
function gateOf({ event, inputs: { cell } }) {
	return gateName(event.workflow, `${event.job}${event.step}${cell === null ? "" : ` ${cell}`}`);
}
function storedGateOf(step) {
	const shard = step.plan.part?.shard;
	return shard === void 0 ? gateOf(step) : shardGate(gateOf(step), shard);
}
function commentKey({ event, inputs }) {
	const { cell } = inputs;
	const part = partOf(inputs);
	const shard = part?.shard === void 0 ? "" : `/shard ${shardText(part.shard)}`;
	const runner = part?.seat === void 0 ? "" : `/${part.seat.pool} ${part.seat.runner}`.trimEnd();
	return `${event.workflow}/${event.job}${event.step}${cell === null ? "" : `/${cell}`}${shard}${runner}`;
}
function checkName(opened) {
	return `Benchgate: ${commentKey(opened)}`;
}
// src/action/metrics.ts
async function sendVerdicts(opened, outcome) {
	if (partOf(opened.inputs) !== null) return;
	await send(opened, (about) => otlpVerdicts(outcome, about));
}
async function sendRecording(opened, recording) {
	const collected = collectSeries();
	collected.add(gateOf(opened), recording);
	await send(opened, (about) => otlpSeries(collected.series(), recording, about));
}
async function send(opened, bodiesOf) {
	const { inputs, event, ports, step } = opened;
	const { otlp } = inputs;
	if (otlp === null) return;
	if (isStrangers(event)) {
		step.log.info("benchgate: nothing is sent to the collector of what comes from a fork");
		return;
	}
	const repository = `${event.serverUrl}/${event.repository.owner}/${event.repository.repo}`;
	const bodies = bodiesOf({
		now: ports.clock.now(),
		gate: gateOf(opened),
		repository
	});
	const problem = await ports.network.otlp(otlp, bodies);
	if (problem !== null) step.log.warn(unsentWords(otlp, problem));
}
function isStrangers({ fork, kind, headRepository, repository }) {
	const own = `${repository.owner}/${repository.repo}`;
	return fork || kind === "workflow_run" && headRepository !== own;
}
// src/action/report-verdict.ts
async function tell$1(opened, { outcome, evidence, pull, sha, reproduce, answer }) {
	const { step, pageProgram } = opened;
	const options = optionsOf(opened, reproduce);
	step.summary(summaryMarkdown(outcome, options), shortSummary(outcome));
	const { serverUrl, repository } = opened.event;
	const context = {
		outcome,
		evidence,
		program: pageProgram,
		origin: {
			remote: `${serverUrl}/${repository.owner}/${repository.repo}`,
			pull
		},
		...options
	};
	const unkept = [];
	const gating = countVerdicts(outcome.judgements.filter(({ severity }) => severity === "gate"));
	step.outputs({
		outcome: outcome.outcome,
		...await reportOutputs((report) => leaveReport(opened, report, context, unkept)),
		regressions: gating.regression,
		improvements: gating.improvement,
		inconclusive: countVerdicts(outcome.judgements).inconclusive,
		folder: step.folder
	});
	sayUnkept(step, unkept);
	for (const annotation of annotations(outcome)) step.annotate(annotation);
	for (const { failure } of outcome.judgements) if (failure !== null) step.log.quote(failure.output);
	const told = await Promise.all([
		tellPull(opened, {
			outcome,
			pull,
			reproduce,
			sha
		}),
		tellStatus(opened, sha, statusOf(outcome)),
		tellCheck(opened, sha, () => ({
			...checkOf(outcome),
			summary: checkSummary(opened, {
				outcome,
				reproduce
			})
		}), answer),
		sendVerdicts(opened, outcome).then(() => [])
	]);
	for (const warning of told.flat()) step.log.warn(messageLine(warning, PLAIN));
}
async function tellPull(opened, { outcome, pull, reproduce, sha }) {
	const { inputs } = opened;
	if (pull === void 0 || inputs.comment === "never") return [];
	const key = commentKey(opened);
	const { serverUrl, repository } = opened.event;
	const source = `${serverUrl}/${repository.owner}/${repository.repo}/blob/${sha}`;
	const options = optionsOf(opened, reproduce);
	const comment = {
		pull,
		key,
		body: commentBody(outcome, {
			marker: marker(key),
			links: {
				run: runOf(opened),
				source
			},
			...options
		}),
		when: inputs.comment,
		changed: changed(outcome)
	};
	return withGitHub(opened, COMMENT, (github) => publishComment(github, comment));
}
async function tellStatus(opened, sha, said) {
	if (!opened.inputs.status) return [];
	const status = {
		...said,
		context: checkName(opened).slice(0, 255),
		url: runOf(opened)
	};
	return withGitHub(opened, STATUS, (github) => publishStatus(github, sha, status));
}
async function tellCheck(opened, sha, said, answer) {
	if (!opened.inputs.check) return [];
	const { runId, attempt } = opened.event;
	const name = checkName(opened);
	const id = `${runId}/${attempt}${answer === void 0 ? `/${name}` : ` ${answer}`}`;
	const check = {
		...said(),
		name,
		url: runOf(opened),
		id
	};
	return withGitHub(opened, CHECK, (github) => publishCheck(github, sha, check));
}
function checkSummary(opened, { outcome, reproduce }) {
	const options = {
		marker: "",
		links: { run: runOf(opened) },
		...optionsOf(opened, reproduce)
	};
	return commentBody(outcome, options).trimStart();
}
function optionsOf({ ports, event, inputs }, reproduce) {
	return {
		now: ports.clock.now().toISOString(),
		attempt: event.attempt,
		...inputs.cell !== null && { cell: inputs.cell },
		...reproduce !== void 0 && { reproduce }
	};
}
async function withGitHub({ inputs, step }, wanted, ask) {
	try {
		const github = step.github(inputs.token);
		return github === null ? [{
			code: "forbidden",
			...wanted
		}] : await ask(github);
	} catch (error) {
		if (!(error instanceof GateError)) throw error;
		return [{
			code: "github-failed",
			action: wanted.action,
			reason: error.problem
		}];
	}
}
function runOf({ event: { serverUrl, repository, runId, attempt } }) {
	const run = `${serverUrl}/${repository.owner}/${repository.repo}/actions/runs/${runId}`;
	return attempt > 1 ? `${run}/attempts/${attempt}` : run;
}
const MANY = 5e4;
const GROWTH$1 = 30;
async function leaveReport(opened, { file, render, pieces }, context, unkept) {
	if (context.outcome.judgements.length > MANY) opened.step.tidy(GROWTH$1);
	try {
		return await keep(opened, file, pieces?.(context) ?? await render(context));
	} catch (error) {
		if (!(error instanceof GateError)) throw error;
		unkept.push(error);
		return "";
	}
}
const CALM = [
	"unchanged",
	"not-slower",
	"same-code"
];
function changed({ judgements, baseline }) {
	return baseline.kind === "none" || judgements.some(({ verdict, severity }) => !CALM.includes(verdict) && severity === "gate");
}
// src/action/fan-in.ts
const GROWTH = {
	strangers: 30,
	own: 40,
	reports: 30
};
const CELLS_TO_TIDY = 64;
async function fanIn(opened) {
	const { ports, step, inputs, event } = opened;
	const needless = [
		"run",
		"bench",
		"tool",
		"output",
		"setup"
	].find((name) => inputs[name] !== null);
	if (needless !== void 0) throw new GateError(`${needless} cannot be combined with fan-in: a fan-in job measures nothing`, "Remove it, or measure in a job of its own", { path: `input ${needless}` });
	const trials = event.kind === "workflow_run" ? await pullsOf(opened) : [trialOf(opened)];
	const [preferred] = trials;
	if (preferred === void 0) return 0;
	const judging = await Promise.all(trials.map((trial) => judgingOf(opened, trial)));
	const seconds = [];
	const told = [];
	const wanted = {
		expect: inputs.expect,
		sha: preferred.headSha,
		own: event.kind !== "workflow_run" && !event.fork
	};
	const [growth, every] = wanted.own ? [GROWTH.own, CELLS_TO_TIDY] : [GROWTH.strangers, 1];
	let added = 0;
	for await (const read of eachCell(ports, inputs["fan-in"], wanted)) {
		for (const each of read.seconds) seconds.push(each);
		for (const each of read.warnings) told.push(each);
		for (const each of judging) await each.add(read.cells);
		if (added++ % every === 0) step.tidy(growth);
	}
	const fitting = judging.filter(({ fits }) => fits());
	const [first, ...others] = fitting.length > 0 ? fitting : judging;
	const { outcome, evidence } = judgedBy(first, told, seconds);
	step.tidy(GROWTH.reports);
	const { pull, headSha: sha } = first.trial;
	await tell$1(opened, {
		outcome,
		evidence,
		pull,
		sha
	});
	for (const each of fitting.length > 0 ? others : []) {
		const own = judgedBy(each, told, seconds).outcome;
		for (const warning of await tellPull(opened, {
			outcome: own,
			pull: each.trial.pull,
			sha: each.trial.headSha
		})) step.log.warn(messageLine(warning, PLAIN));
	}
	return inputs.fail ? exitCodeOf(outcome) : 0;
	function judgedBy(each, warnings, jobs) {
		const found = each.conclude();
		for (const warning of found.warnings) step.log.warn(messageLine(warning, PLAIN));
		const cost = jobs.length === 0 ? {} : { cost: {
			jobs: jobs.length,
			seconds: jobs.reduce((a, b) => a + b)
		} };
		const before = [
			...found.changed,
			...warnings,
			...found.outcome.warnings
		];
		return {
			...found,
			outcome: {
				...found.outcome,
				warnings: before,
				...cost
			}
		};
	}
}
async function checkRecorded(opened) {
	const { ports, step, inputs, event } = opened;
	const { cells: read, warnings } = await readCells(ports, inputs["fan-in"], {
		expect: inputs.expect,
		sha: event.sha,
		own: true
	});
	for (const warning of warnings) step.log.warn(messageLine(warning, PLAIN));
	const missing = read.flatMap((cell) => "missing" in cell ? [{
		name: missingName(cell),
		missing: cell.missing
	}] : []);
	const lines = missing.map(({ name, missing: reason }) => `- ❌ failed: ${PLAIN.name(name)}: ${PLAIN.name(reason, 300)}`);
	const summary = [
		`## ${missing.length > 0 ? `❌ ${missing.length} of ${read.length} cells failed` : `✅ ${read.length} cells recorded`}`,
		...lines,
		""
	].join("\n\n");
	await tellUnjudged(opened, missing.length > 0 ? "fail" : "pass", summary);
	for (const { name, missing: reason } of missing) step.annotate({
		level: "error",
		title: `${name} failed`,
		message: reason
	});
	return missing.length > 0 && inputs.fail ? 3 : 0;
}
function trialOf({ event, config }) {
	const { pull, headSha = event.sha, headRef = event.ref } = event;
	const { baseSha, baseRef = "" } = event.kind === "push" && isDeployed(config?.suites ?? []) ? {} : event;
	return {
		pull,
		headSha,
		headRef,
		baseSha,
		baseRef
	};
}
const NO_TOKEN = {
	ok: false,
	forbidden: true,
	reason: "there is no token to ask with"
};
const MOST_PULLS = 5;
async function pullsOf(opened) {
	const { inputs, event, step } = opened;
	const { headSha, headRef, headRepository, cause } = event;
	if (cause !== "pull_request" || headSha === void 0 || headRef === void 0 || headRepository === void 0) return skipped("the run that this follows was not of a pull request", opened);
	const [owner = ""] = headRepository.split("/");
	const pulls = await step.github(inputs.token)?.openPulls(owner, headRef) ?? NO_TOKEN;
	if (!pulls.ok) throw new GateError(`The pull request cannot be looked up: ${pulls.reason}`, pulls.forbidden ? "Give the job `permissions: pull-requests: write`" : "Run the job again", {}, "measure");
	const found = pulls.value.filter(({ head }) => head.sha === headSha && head.repository === headRepository).toSorted((a, b) => Number(b.base.ref === event.defaultBranch) - Number(a.base.ref === event.defaultBranch) || a.number - b.number);
	if (found.length === 0) return skipped("no open pull request has this commit as its head any more", opened);
	if (found.length > MOST_PULLS) {
		const rest = found.slice(MOST_PULLS).map(({ number }) => `#${number}`);
		step.log.warn(`${found.length} open pull requests have this commit as their head, and ${MOST_PULLS} are told: not ${rest.join(", ")}`);
	}
	return found.slice(0, MOST_PULLS).map(({ number, base }) => {
		return {
			pull: number,
			headSha,
			headRef,
			baseSha: base.sha,
			baseRef: base.ref
		};
	});
}
async function skipped(reason, opened) {
	opened.step.log.info(`benchgate: nothing to judge: ${reason}`);
	await tellUnjudged(opened, "pass", `## ⚪ Nothing to judge\n\n${reason[0].toUpperCase()}${reason.slice(1)}.\n`);
	return [];
}
// src/codec/slow.ts
const NAME = string();
const SHA = string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);
const POSITIVE = number().positive().max(Number.MAX_VALUE);
const ROW = object({
	suite: NAME,
	benchmark: NAME,
	metric: NAME,
	statistic: _enum(STATISTICS),
	unit: NAME,
	better: _enum(["lower", "higher"]),
	before: SHA,
	after: SHA,
	commits: number().int().positive().nullable(),
	ratio: POSITIVE,
	was: number(),
	now: number()
});
const SECTION = object({
	gate: string().regex(/^[a-z0-9-]{1,80}$/),
	machine: string().regex(/^[0-9a-f]{0,64}$/),
	run: string().regex(/^\d{1,20}$/),
	sha: SHA,
	at: datetime(),
	rows: array(ROW).max(1e3),
	more: number().int().nonnegative()
});
const MOST = 3e4;
const START = "<!-- benchgate-state ";
const END = " -->";
function fitting(rows) {
	let used = 0;
	return rows.filter((row) => {
		used += written$1(row).length;
		return used <= MOST;
	});
}
function encodeSection(section) {
	return `${START}${written$1(section)}${END}`;
}
function decodeSection(text) {
	const line = text.split("\n", 3).find((each) => each.startsWith(START) && each.trimEnd().endsWith(END));
	if (line === void 0) return null;
	try {
		const read = SECTION.safeParse(JSON.parse(line.trimEnd().slice(21, -4)));
		return read.success ? read.data : null;
	} catch {
		return null;
	}
}
function written$1(value) {
	const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
	return JSON.stringify(value).replaceAll(/[<>@&!#`]/g, escaped);
}
// src/judge/history/slow.ts
const BACK = Math.log(1.02);
const SAME = 3;
function slowIn(series, known) {
	const each = series.map((one) => slowOf(one, known.filter((row) => rowKey(row) === rowKey(one))));
	const news = each.flatMap((slow) => slow.news);
	const fresh = new Set(news);
	return {
		rows: [...each.flatMap(({ rows }) => rows.filter((row) => !fresh.has(row))), ...news],
		news
	};
}
function slowOf(series, known) {
	const { levels, changes, points } = series;
	if (levels.length === 0) return {
		rows: known,
		news: []
	};
	const left = new Set(foundIn(series));
	const rows = [];
	const news = [];
	const stay = (row, told) => {
		rows.push(row);
		if (rise(row) > BACK + 1.5 * rise(told)) news.push(row);
	};
	const lost = known.filter((told) => {
		const [again] = [...left].filter((one) => isSame(told, one, points)).toSorted((one, other) => apart(told, one, points) - apart(told, other, points));
		if (again === void 0) return true;
		left.delete(again);
		stay(kept$1(told, again, points), told);
		return false;
	});
	const accepted = changes.filter((change) => change.worse && change.accepted !== null);
	for (const told of lost) {
		const row = {
			...told,
			now: presentLevel(series, told)
		};
		if (rows.some((one) => isSame(row, one, points) && isAsDeep(one, row)) || !isWorse(row) || accepted.some((change) => isSame(row, change, points))) continue;
		const instead = [...left].find((one) => isAsDeep(one, row)) ?? row;
		left.delete(instead);
		stay(instead, told);
	}
	return {
		rows: [...rows, ...left],
		news: [...news, ...left]
	};
}
const OPEN$1 = ["inconclusive", "failed"];
function slowSince(judgements, revisions, known) {
	const found = judgements.filter(({ verdict, severity, accepted }) => severity === "gate" && verdict === "regression" && accepted === null).flatMap(({ baseline: was, candidate: now, ...each }) => {
		if (was === null || now === null) return [];
		const { suite, benchmark, metric, statistic, unit, better } = each;
		const ratio = was > 0 && now > 0 ? now / was : 1;
		return [{
			suite,
			benchmark,
			metric,
			statistic,
			unit,
			better,
			...revisions,
			commits: null,
			ratio,
			was,
			now
		}];
	});
	const keys = new Set(found.map(rowKey));
	const before = new Set(known.map(rowKey));
	return {
		rows: [...known.filter((row) => !keys.has(rowKey(row)) && isOpen(row, judgements)), ...found],
		news: found.filter((row) => !before.has(rowKey(row)))
	};
}
const SETTLED$1 = ["removed", "same-code"];
function isOpen(row, judgements) {
	const own = judgements.filter(({ suite, benchmark }) => suite === row.suite && benchmark === row.benchmark);
	const same = own.find((each) => rowKey(each) === rowKey(row));
	if (same !== void 0) return same.severity === "gate" && OPEN$1.includes(same.verdict);
	if (own.length > 0) return !own.some(({ verdict }) => SETTLED$1.includes(verdict));
	return judgements.some(({ suite, benchmark, verdict }) => suite === row.suite && benchmark === "*" && verdict === "failed");
}
function foundIn(series) {
	const { suite, benchmark, metric, statistic, unit, better, levels, changes, drift } = series;
	const about = {
		suite,
		benchmark,
		metric,
		statistic,
		unit,
		better,
		commits: null
	};
	const rows = changes.filter((change) => change.worse && change.accepted === null).map(({ before, after, ...change }) => {
		const row = {
			...about,
			before,
			after,
			ratio: change.ratio,
			was: levelBefore(series, change)
		};
		return {
			...row,
			now: presentLevel(series, row),
			since: levels.filter(({ to }) => to > change.at)
		};
	}).filter(({ since, ...row }) => since.every(({ value }) => isWorse({
		...row,
		now: value
	}))).map(({ since, ...row }) => row);
	if (drift?.worse === true && (drift.kind === "steady" || changes.length === 0)) {
		const now = levels.at(-1).value;
		const was = now / drift.ratio;
		rows.push({
			...about,
			before: drift.since,
			after: drift.since,
			ratio: drift.ratio,
			was,
			now
		});
	}
	return rows.filter(isWorse);
}
const SEEN = {
	p: 1e-5,
	fewest: 2
};
function presentLevel({ levels, points }, { after }) {
	const newest = levels.at(-1);
	if (newest.begin !== void 0) return newest.value;
	const changed = points.findIndex(({ sha }) => sha === after);
	const logs = points.slice(Math.max(newest.from, changed)).map(({ value }) => Math.log(value));
	const places = Math.max(0, logs.length - 2 * SEEN.fewest + 1);
	const [best] = Array.from({ length: places }, (_, index) => stepAt(logs, SEEN.fewest + index)).toSorted((one, other) => one.p - other.p);
	return Math.exp(mean(best !== void 0 && best.p <= SEEN.p ? logs.slice(-best.after) : logs));
}
function levelBefore({ levels }, { at, ratio }) {
	const level = levels.find(({ from, to }) => from <= at && at < to);
	return (level.from === at ? level.begin ?? level.value : level.value) / ratio;
}
function isWorse(row) {
	return rise(row) > Math.min(BACK, Math.abs(Math.log(row.ratio)) / 2);
}
function rise({ was, now, better }) {
	return worse(better) * Math.log(now / was);
}
function kept$1(row, again, points) {
	if (placeIn(row.before, points) < 0) return {
		...row,
		now: again.now
	};
	return again.before !== again.after && runsOf(again, points).from > SAME || worse(row.better) * (row.was - again.was) > 0 ? again : {
		...again,
		was: row.was
	};
}
function isAsDeep(one, other) {
	return worse(one.better) * Math.log(one.was / other.was) <= BACK;
}
function isSame(one, other, points) {
	if (one.before === one.after && other.before === other.after) return true;
	const [first, second] = [one, other].map((place) => runsOf(place, points));
	return first.from - SAME <= second.to && second.from - SAME <= first.to;
}
function apart(one, other, points) {
	return Math.abs(placeIn(one.after, points) - placeIn(other.after, points));
}
function runsOf({ before, after }, points) {
	const [from, to] = [placeIn(before, points), placeIn(after, points)];
	return {
		from: from < 0 ? to : Math.min(to, from + 1),
		to
	};
}
function placeIn(sha, points) {
	return points.findIndex((point) => point.sha === sha);
}
function rowKey(row) {
	return keyOf(subjectKey(row), row.statistic);
}
// src/report/formats/issue.ts
const LISTED$1 = 30;
const LISTED_BY_ONE = 10;
function issueTitle({ branch, sections }) {
	const slow = new Set(sections.flatMap(({ rows }) => rows.map(benchmarkKey))).size;
	const most = sections.some(({ more }) => more > 0) ? "more than " : "";
	const on = clean(branch, 60) || "the default branch";
	return slow === 0 ? `Benchgate: no benchmark is worse than it was on ${on}` : `Benchgate: ${most}${plural(slow, "benchmark is", "benchmarks are")} worse than before on ${on}`;
}
function issueBody({ branch, sections, pages }) {
	const all = sections.flatMap((section) => section.rows.map((row) => ({
		section,
		row
	})));
	const sorted = all.toSorted((a, b) => worsening(b.row) - worsening(a.row));
	const rows = sorted.slice(0, LISTED$1).map(({ section, row }) => [
		benchmarkName(row, MARKDOWN),
		statisticWords(row, MARKDOWN),
		MARKDOWN.strong(changeText(row)),
		levelsText(row),
		between(row, section, pages),
		MARKDOWN.name(section.gate)
	]);
	const rest = all.length - rows.length + sections.reduce((sum, { more }) => sum + more, 0);
	const wide = sorted.map(({ row }) => row).find(({ commits, before, after }) => commits !== 1 && before !== after);
	return [
		...rows.length === 0 ? [`Nothing on ${MARKDOWN.name(branch)} is worse than it was before.`] : [`These benchmarks have settled at a worse level on ${MARKDOWN.name(branch)}, and are still there.`, markdownTable([[
			"benchmark",
			"statistic",
			"change",
			"level",
			"between",
			"measured by"
		], ...rows], { alignDelimiters: false })],
		...rest > 0 ? [`… and ${rest.toLocaleString("en-US")} more: \`benchgate trend\` shows all.`] : [],
		...wide === void 0 ? [] : [`\`npx benchgate bisect ${wide.before.slice(0, 12)} ${wide.after.slice(0, 12)}\` finds the commit between two of them.`],
		"Benchgate keeps this one issue up to date: it closes it once every level is back or accepted in `benchgate.yml`, and opens it again for the next one. Close it yourself to hear of new ones only.",
		""
	].join("\n\n");
}
function issueComment(section, pages) {
	const { gate, sha, rows, more } = section;
	const by = `${MARKDOWN.name(gate)} at ${commit(sha, pages)}`;
	const listed = rows.toReversed().slice(0, LISTED_BY_ONE).map((row) => `- ${benchmarkName(row, MARKDOWN)} ${statisticWords(row, MARKDOWN)}: ${MARKDOWN.strong(changeText(row))}, ${between(row, section, pages)}`);
	const rest = rows.length - listed.length + more;
	return [
		rows.length === 0 ? `${by}: nothing is worse than it was.` : `${by}: ${plural(rows.length + more, "level", "levels")} worse than before.`,
		...listed.length === 0 ? [] : [listed.join("\n")],
		...rest > 0 ? [`… and ${rest.toLocaleString("en-US")} more.`] : []
	].join("\n\n");
}
function worsening({ was, now, better }) {
	return was > 0 && now > 0 ? worse(better) * Math.log(now / was) : Number.POSITIVE_INFINITY;
}
function changeText({ was, now, unit }) {
	return change(was > 0 ? now / was : NaN, wordsFor(unit));
}
function levelsText({ was, now, unit, metric }) {
	const { factor, suffix, own } = scaleFor(unit, metric, [was, now]);
	const written = own && suffix !== "" ? ` ${MARKDOWN.name(suffix, 20)}` : own ? "" : suffix;
	return `${MARKDOWN.figure(`${significant(was / factor)} → ${significant(now / factor)}`)}${written}`;
}
function between({ before, after, commits }, { machine }, pages) {
	if (before === after) return `${machine === "" ? "deployments compared at" : "a drift since"} ${commit(after, pages)}`;
	if (commits === 1) return `commit ${commit(after, pages)}`;
	const range = `${shortSha(before, MARKDOWN)} … ${shortSha(after, MARKDOWN)}`;
	const page = pages.between(before, after);
	const words = commits === null ? "commits" : plural(commits, "commit", "commits");
	return `${range}${page === null ? commits === null ? "" : ` (${words})` : ` ${link(words, page)}`}`;
}
function commit(sha, pages) {
	const page = pages.commit(sha);
	return page === null ? shortSha(sha, MARKDOWN) : link(sha.slice(0, 7), page);
}
// src/action/rolling-issue.ts
const ISSUES = {
	action: "keep the issue on the default branch up to date",
	permission: "issues: write"
};
const KEY = "alert";
const TRIES = 4;
const FORGOTTEN = 30;
async function keepIssue(github, news) {
	return warningsOf(await kept(github, news), ISSUES);
}
async function kept(github, news) {
	const viewer = await github.viewer();
	const present = await theIssue(github, viewer);
	if (!present.ok) return present;
	const before = present.value === null ? NONE : await github.comments(present.value.number);
	if (!before.ok) return before;
	const own = before.value.filter((comment) => isOurs(comment, news.key, viewer));
	const last = newestOf(sectionsIn(own, viewer));
	if (last !== void 0 && BigInt(last.section.run) > BigInt(news.run)) return DONE;
	const { section, news: rows } = await news.found(last?.section.rows ?? []);
	if (section.rows.length === 0 && (last === void 0 || last.section.rows.length === 0)) return DONE;
	const issue = present.value ?? await opened(github, viewer, news, section);
	if ("ok" in issue) return issue;
	const text = [
		marker(news.key),
		encodeSection(section),
		issueComment(section, news.pages)
	].join("\n");
	const isNew = rows.length > 0 || section.more > (last?.section.more ?? 0);
	const said = last === void 0 || isNew ? await github.createComment(issue.number, text) : await github.updateComment(last.comment.id, text);
	if (!said.ok) return said;
	for (const { id } of own) if (id !== said.value) await github.deleteComment(id);
	return written(github, viewer, {
		news,
		issue,
		isNew
	});
}
const DONE = {
	ok: true,
	value: null
};
const NONE = {
	ok: true,
	value: []
};
async function theIssue(github, viewer) {
	const all = await github.issues(viewer);
	if (!all.ok) return all;
	const [first = null, ...twice] = all.value.filter((issue) => isOurs(issue, KEY, viewer)).toSorted((a, b) => a.number - b.number);
	for (const { number } of twice) await github.updateIssue({
		number,
		title: "Benchgate: opened twice",
		body: `See #${first.number}.`,
		state: "closed"
	});
	return {
		ok: true,
		value: first
	};
}
async function opened(github, viewer, { branch, pages }, section) {
	const issue = textOf({
		branch,
		pages,
		sections: [section]
	});
	const made = await github.createIssue(issue);
	if (!made.ok) return made;
	const first = await theIssue(github, viewer);
	const mine = {
		...issue,
		number: made.value,
		author: viewer,
		state: "open"
	};
	return first.ok && first.value !== null ? first.value : mine;
}
async function written(github, viewer, { news, issue, isNew }) {
	const { number } = issue;
	let is = issue;
	const calm = issueTitle({
		...news,
		sections: []
	});
	let seen = "";
	for (let attempt = 1; attempt <= TRIES; attempt++) {
		const said = await sectionsOf(github, viewer, number);
		if (!said.ok) return said;
		const sections = current(said.value, news.now);
		const text = JSON.stringify(sections);
		if (text === seen) return DONE;
		seen = text;
		const { title, body } = textOf({
			...news,
			sections
		});
		const state = !sections.some(({ rows }) => rows.length > 0) ? "closed" : isNew || is.title === calm ? "open" : void 0;
		if (is.title === title && is.body === body && (state ?? is.state) === is.state) return DONE;
		const done = await github.updateIssue({
			number,
			title,
			body,
			...state && { state }
		});
		if (!done.ok) return done;
		is = {
			title,
			body,
			state: state ?? is.state
		};
	}
	return DONE;
}
function textOf(branch) {
	return {
		title: issueTitle(branch),
		body: `${marker(KEY)}\n${issueBody(branch)}`
	};
}
async function sectionsOf(github, viewer, issue) {
	const comments = await github.comments(issue);
	return comments.ok ? {
		ok: true,
		value: sectionsIn(comments.value, viewer)
	} : comments;
}
function sectionsIn(comments, viewer) {
	return comments.flatMap((comment) => {
		const section = decodeSection(comment.body);
		if (section === null) return [];
		return isOurs(comment, `${KEY} ${section.gate} ${section.machine}`, viewer) ? [{
			comment,
			section
		}] : [];
	});
}
function current(all, now) {
	const newest = [...new Set(all.map(({ section }) => `${section.gate} ${section.machine}`))].sort().map((key) => {
		return newestOf(all.filter(({ section }) => `${section.gate} ${section.machine}` === key)).section;
	});
	const since = now.getTime() - FORGOTTEN * 864e5;
	return newest.filter(({ at }) => Date.parse(at) >= since);
}
function newestOf(all) {
	return all.toSorted((a, b) => Number(BigInt(a.section.run) - BigInt(b.section.run)) || a.comment.id - b.comment.id).at(-1);
}
// src/action/alert.ts
const COUNTED = 20;
async function alertOfLevels(step, recording, levels) {
	if (step.inputs.alert !== "issue" || levels === null) return [];
	const accept = await acceptedNow(step);
	const series = levels.series.map((each) => analyse(each, accept));
	return tell(step, fingerprint(recording.environment), (known) => slowIn(series, known));
}
async function acceptedNow({ ports, config, file, candidate }) {
	const today = ports.clock.now().toISOString().slice(0, 10);
	const accept = (config?.accept ?? []).filter(({ until }) => until === null || until >= today);
	if (accept.length === 0) return [];
	try {
		return datedBy(accept, await acceptedOnce(ports.git, {
			to: candidate.revision.sha,
			file,
			checks: TOOL_WORDS
		}));
	} catch (error) {
		if (error instanceof GateError) return accept;
		throw error;
	}
}
async function alertOfVerdicts(step, { judgements, baseline, candidate }) {
	if (step.inputs.alert !== "issue" || !onDefaultBranch(step.event) || baseline.kind === "none") return [];
	const after = candidate.revision.sha;
	const revisions = {
		before: baseline.revision.sha === DEPLOYED.sha ? after : baseline.revision.sha,
		after
	};
	return tell(step, "", (known) => slowSince(judgements, revisions, known));
}
async function tell(step, machine, look) {
	const { event, ports } = step;
	const { owner, repo } = event.repository;
	const about = {
		branch: event.defaultBranch ?? "",
		pages: commitPages(`${event.serverUrl}/${owner}/${repo}`),
		now: ports.clock.now()
	};
	const gate = gateOf(step);
	const run = event.runId.replaceAll(/\D/g, "") || "0";
	const found = async (known) => {
		const { rows, news } = look(known);
		const kept = fitting(await counted(ports.git, rows));
		const fresh = new Set(news.map(placeOf));
		return {
			section: {
				gate,
				machine,
				run,
				sha: step.candidate.revision.sha,
				at: about.now.toISOString(),
				rows: kept,
				more: rows.length - kept.length
			},
			news: kept.filter((row) => fresh.has(placeOf(row)))
		};
	};
	return withGitHub(step, ISSUES, (github) => keepIssue(github, {
		key: `alert ${gate} ${machine}`,
		run,
		found,
		...about
	}));
}
async function counted(git, rows) {
	const all = [];
	for (const row of rows) {
		const unknown = row.commits === null && row.before !== row.after && all.length < COUNTED;
		all.push(unknown ? {
			...row,
			commits: await commitsIn(git, row)
		} : row);
	}
	return all;
}
async function commitsIn(git, { before, after }) {
	try {
		const line = await git.line(before, after);
		return line === null || line.length === 0 ? null : line.length;
	} catch (error) {
		if (error instanceof GateError) return null;
		throw error;
	}
}
function placeOf({ suite, benchmark, metric, statistic, after }) {
	return JSON.stringify([
		suite,
		benchmark,
		metric,
		statistic,
		after
	]);
}
// src/baseline/costs.ts
const RUNS$1 = 5;
const DEPTH$1 = 1e3;
const SETTLED = 216e5;
async function storedCosts({ git }, store, { gate, sha }) {
	const entries = sha === "" ? [] : (await store.list()).filter((entry) => wholeGate(entry) === gate && entry.sha !== sha);
	if (entries.length === 0) return new Map();
	const ages = new Map((await git.ancestors(sha, DEPTH$1)).map((each, index) => [each, index]));
	const runs = runsOf$1(entries.filter((entry) => ages.has(entry.sha)).sort((a, b) => ages.get(a.sha) - ages.get(b.sha) || byRun(b, a)));
	const settledBy = (await committedAt(git, sha) ?? NaN) - SETTLED;
	const settled = [];
	for (let next = 0; next < runs.length && settled.length < RUNS$1;) {
		const some = [];
		for (; next < runs.length && settled.length + some.length < RUNS$1; next++) {
			const date = await committedAt(git, runs[next][0].sha);
			if (date !== null && date <= settledBy) some.push(runs[next]);
		}
		for (const each of together$1(some, await store.load(some.flat()))) if (isBegunBy(each, settledBy)) settled.push(each);
	}
	return costsOf(settled);
}
function isBegunBy({ rounds }, then) {
	return rounds.every(({ startedAt }) => Date.parse(startedAt) <= then);
}
async function committedAt(git, sha) {
	const date = Date.parse((await git.revision(sha))?.committedAt ?? "");
	return Number.isNaN(date) ? null : date;
}
function costsOf(recordings) {
	const seen = new Map();
	for (const round of recordings.flatMap(({ rounds }) => rounds)) for (const [name, cost] of costsIn(round)) seen.set(name, [...seen.get(name) ?? [], cost]);
	return new Map([...seen].map(([name, costs]) => [name, median(costs)]));
}
function costsIn({ measurements, seconds = [] }) {
	const suites = new Map();
	for (const { suite, benchmark, metric, unit, distribution } of measurements) {
		const own = suites.get(suite) ?? new Map();
		suites.set(suite, own);
		const length = metric === "latency" && unit === "s" ? evaluate(distribution, "mean", null) ?? evaluate(distribution, "p50", null) : null;
		own.set(benchmark, own.get(benchmark) ?? (length === null ? null : length * (sampleCount(distribution) ?? 1)));
	}
	return [...suites].flatMap(([suite, own]) => {
		const known = [...own.values()].filter((time) => time !== null);
		const usual = known.length === 0 ? 1 : mean(known);
		const sum = [...own.values()].reduce((all, time) => all + (time ?? usual), 0);
		const took = seconds.find((each) => each.suite === suite)?.seconds ?? sum;
		return [...own].map(([benchmark, time]) => [`${suite}/${benchmark}`, sum > 0 ? took * (time ?? usual) / sum : took / own.size]);
	});
}
// src/action/deal.ts
async function dealOf(prepared, sha) {
	const { ports, store, plan, event } = prepared;
	const shard = plan.part?.shard;
	if (shard === void 0) return null;
	const costs = await storedCosts(ports, store, {
		gate: gateOf(prepared),
		sha: sha ?? event.sha
	});
	return openDeal(shard, plan.suites, costs);
}
// src/action/reuse.ts
const [ANSWERED, OPEN] = ["answered", "open"];
async function questionOf(prepared) {
	const { ports, inputs, event } = prepared;
	const { kind, fork, baseSha } = event;
	if (!inputs.reuse || fork || baseSha === void 0 || kind !== "pull_request" && kind !== "merge_group") return null;
	await ports.git.revision(baseSha);
	const [candidate, baseline] = await Promise.all([ports.git.tree("HEAD"), ports.git.tree(baseSha)]);
	if (candidate === null || baseline === null) return null;
	const { token: _, ...asked } = inputs;
	const { os, arch, cores, runtime } = await ports.host.environment();
	const rest = JSON.stringify([
		event.action ?? null,
		checkName(prepared),
		asked,
		os,
		arch,
		cores,
		runtime
	]);
	return `${candidate} ${baseline} ${fnv1a(rest, 64).toString(16)}`;
}
function answerOf(question, { outcome, baseline, judgements }) {
	const gating = judgements.filter(({ severity }) => severity === "gate");
	const decided = gating.every(({ verdict, accepted }) => verdict !== "inconclusive" && accepted === null);
	return `${question} ${outcome === "pass" && baseline.kind !== "none" && gating.length > 0 && decided ? ANSWERED : OPEN}`;
}
async function answeredBefore(prepared, question) {
	const { step, event, plan } = prepared;
	if (event.kind !== "merge_group") return null;
	const pull = Number(/\/pr-(\d+)-[0-9a-f]+$/.exec(event.headRef ?? "")?.[1]);
	const deployed = plan.suites.find(({ targets }) => targets !== void 0);
	const found = deployed !== void 0 ? `what ${deployed.name} loads is deployed, and no tree tells whether that is the same` : Number.isSafeInteger(pull) ? await look(prepared, pull, question) : "the queue names no pull request";
	if (typeof found !== "string") return found;
	step.log.info(`benchgate: measuring: ${found}`);
	return null;
}
async function look(prepared, pull, question) {
	const { step, inputs } = prepared;
	const github = connected(() => step.github(inputs.token));
	if (typeof github === "string") return github;
	if (github === null) return "there is no token to ask with";
	const head = await github.pullHead(pull);
	if (!head.ok) return refused(head, `pull request #${pull} cannot be looked up`, "pull-requests: read");
	const checks = await github.checks(head.value, checkName(prepared));
	if (!checks.ok) return refused(checks, `the check runs of #${pull} cannot be read`, "checks: read");
	const author = await github.viewer();
	const same = checks.value.filter((run) => run.author === author && run.id.includes(` ${question} `));
	const [newest] = same;
	if (newest === void 0) return `#${pull} has no verdict about the same two trees and the same settings`;
	return same.every((run) => run.conclusion === "success" && run.id.endsWith(` ${question} ${ANSWERED}`)) ? {
		pull,
		url: newest.url
	} : `not every verdict of #${pull} about the same two trees is green and decided`;
}
function connected(connect) {
	try {
		return connect();
	} catch (error) {
		if (error instanceof GateError) return error.problem;
		throw error;
	}
}
function refused({ forbidden, reason }, what, permission) {
	return `${what}: ${reason}${forbidden ? `. Give the job \`permissions: ${permission}\`` : ""}`;
}
async function tellAnswered(prepared, { pull, url }) {
	const { step, candidate } = prepared;
	const title = `Measured in #${pull} already: no regression`;
	const summary = `## ✅ ${title}\n\nThe [verdict of #${pull}](${url}) is about the same two trees and the same settings, so nothing was measured again.\n`;
	await tellUnjudged(prepared, "pass", summary);
	const { sha } = candidate.revision;
	const told = await Promise.all([tellStatus(prepared, sha, {
		state: "success",
		description: title
	}), tellCheck(prepared, sha, () => ({
		conclusion: "success",
		title,
		summary,
		annotations: []
	}))]);
	for (const warning of told.flat()) step.log.warn(messageLine(warning, PLAIN));
	return 0;
}
// src/action/write-cell.ts
async function leave(opened, left) {
	try {
		for (const [name, text] of Object.entries(filesOf(left))) await keep(opened, name, text);
	} catch (error) {
		if (!(error instanceof GateError)) throw error;
		opened.step.log.warn(error.message);
	}
}
function partNote({ plan: { part }, inputs: { cell }, ports, began }, dealt) {
	const seconds = Math.round(ports.clock.monotonic() - began);
	if (part === void 0) return { seconds };
	const all = dealt?.benchmarks ?? [];
	return {
		part,
		cell: cell ?? "",
		...all.length > 0 && canName(all) && { dealt: all },
		seconds
	};
}
// src/action/judge-change.ts
async function judgeChange(prepared) {
	const { ports, step, inputs, event, plan, planWarnings, candidate, signal } = prepared;
	const { log } = step;
	const question = await questionOf(prepared);
	const before = question === null ? null : await answeredBefore(prepared, question);
	if (before !== null) return tellAnswered(prepared, before);
	const against = await againstWhat(prepared);
	const onForecast = (forecast) => log.info(forecastLine(forecast));
	const onProfile = (of) => log.info(profilingLine(of));
	const comparing = {
		against,
		looks: looksOfPlan(plan),
		base: inputs.base ?? event.baseRef ?? null
	};
	for (const line of announce(plan, comparing)) log.info(line);
	const gated = await gate(ports, {
		plan,
		candidate,
		against,
		...request(event, log, plan.part),
		onForecast,
		onProfile,
		only: await dealOf(prepared, baseOf(prepared)),
		signal
	});
	if (gated.interrupted !== null) throw new GateError("interrupted before the measurement was done", "Run it again", {}, "measure");
	const outcome = {
		...gated.outcome,
		warnings: [
			...partWarning(plan.part, gated.dealt),
			...planWarnings,
			...gated.outcome.warnings
		]
	};
	const { "time-budget": budget } = inputs;
	const threshold = inputs.threshold.map(thresholdText);
	const base = inputs.base !== null && against.kind === "side-by-side" ? against.revision.sha : event.baseSha;
	const reproduce = base === void 0 || inputs.output !== null || isDeployed(plan.suites) ? void 0 : reproduceLine(base.slice(0, 12), {
		...inputs,
		threshold,
		shard: null,
		rounds: inputs.rounds === null ? null : String(inputs.rounds),
		"time-budget": budget === null ? null : `${budget}s`
	}, event.action === void 0 ? null : {
		...event.action,
		serverUrl: event.serverUrl
	});
	await leave(prepared, leftOf(prepared, gated, against));
	if (outcome.judgements.length === 0 && gated.dealt !== void 0) {
		await tellUnjudged(prepared, "pass", "## ⚪ Nothing was dealt to this shard\n\nThe others measure all there is.\n");
		return 0;
	}
	await tell$1(prepared, {
		outcome,
		evidence: () => evidenceIn(gated.outcome, gated.comparisons, plan.accept),
		pull: event.pull,
		sha: candidate.revision.sha,
		reproduce,
		answer: question === null ? void 0 : answerOf(question, outcome)
	});
	for (const warning of await alertOfVerdicts(prepared, outcome)) log.warn(messageLine(warning, PLAIN));
	return inputs.fail ? exitCodeOf(outcome) : 0;
}
function leftOf(prepared, gated, against) {
	const screened = gated.comparisons.find(({ kind }) => kind === "stored");
	const beside = gated.comparisons.find(({ kind }) => kind === "side-by-side");
	return {
		note: {
			gate: gateOf(prepared),
			looks: gated.outcome.experiment?.looks ?? null,
			confirmed: against.kind === "auto",
			...partNote(prepared, gated.dealt)
		},
		screened: screened?.candidate,
		baseline: beside?.baseline[0],
		candidate: beside?.candidate
	};
}
function baseOf({ event }) {
	return event.kind === "push" ? void 0 : event.baseSha;
}
async function againstWhat(prepared) {
	const { ports, plan, event, store } = prepared;
	const asked = prepared.inputs.base;
	if (asked !== null) {
		if (prepared.inputs.compare === "stored") throw new GateError("base cannot be combined with compare: stored", "Remove either", { path: "input base" });
		return {
			kind: "side-by-side",
			revision: await namedBase(ports.git, asked)
		};
	}
	const base = baseOf(prepared);
	const stored = {
		kind: "stored",
		store,
		gate: gateOf(prepared),
		from: base ?? event.sha
	};
	if (plan.compare === "stored") return stored;
	const found = base === void 0 ? null : await ports.git.revision(base);
	const revision = found && {
		...found,
		ref: event.baseRef ?? found.ref
	};
	if (plan.part?.seat !== void 0 && revision !== null) return {
		kind: "side-by-side",
		revision
	};
	if (revision === null && isDeployed(plan.suites)) return {
		kind: "side-by-side",
		revision: DEPLOYED
	};
	if (plan.compare === "auto") return revision === null ? stored : {
		kind: "auto",
		stored,
		revision
	};
	if (revision === null) throw new GateError("There is no base revision to measure side by side", "Use `compare: side-by-side` on pull requests, with `fetch-depth: 0` for actions/checkout. Only where all suites have `targets` none is needed.");
	return {
		kind: "side-by-side",
		revision
	};
}
// src/report/words/recorded.ts
const LISTED = 20;
function recordedMarkdown(recording, place, warnings, found = []) {
	const { revision, environment, rounds } = recording;
	const benchmarks = new Set(rounds.flatMap(({ measurements }) => measurements.map(benchmarkKey)));
	const failures = failuresOf(recording);
	const stored = !warnings.some(({ code }) => code === "not-stored");
	return [
		`## ${failures.length > 0 ? "❌ Not recorded" : stored ? "✅ Baseline recorded" : "⚠️ Measured, not stored"} · ${[plural(benchmarks.size, "benchmark", "benchmarks"), ...failures.length > 0 ? [`${failures.length} failed`] : []].join(" · ")}`,
		[
			shortSha(revision.sha, MARKDOWN),
			plural(rounds.length, "round", "rounds"),
			machineWords(environment, MARKDOWN),
			`environment ${MARKDOWN.name(fingerprint(environment))}`,
			MARKDOWN.name(place)
		].join(" · "),
		...failures.map(({ suite, benchmark, reason }) => `- ❌ failed: ${MARKDOWN.name(`${suite} / ${benchmark}`)}: ${MARKDOWN.name(reason, 300)}`),
		...levelLines(found),
		...warnings.map((warning) => MARKDOWN.alert(messageLine(warning, MARKDOWN))),
		"Pull requests are judged against the runs stored for the same environment; they gate from five runs on.",
		""
	].join("\n\n");
}
function levelLines(found) {
	if (found.length === 0) return [];
	const [worse, better] = [found.filter(({ change }) => change.worse), found.filter(({ change }) => !change.worse)];
	const rows = [...worse, ...better].slice(0, LISTED).map(({ series, change: change$1, commits }) => {
		const { before, after, ratio, p } = change$1;
		const range = `${shortSha(before, MARKDOWN)} … ${shortSha(after, MARKDOWN)}`;
		return [
			change$1.worse ? "⚠️ worse" : "✅ better",
			benchmarkName(series, MARKDOWN),
			statisticWords(series, MARKDOWN),
			MARKDOWN.strong(change(ratio, wordsFor(series.unit))),
			commits === null ? range : `${range} ${link("commits", commits)}`,
			probability(p)
		];
	});
	const counts = [...worse.length > 0 ? [`${worse.length.toLocaleString("en-US")} worse`] : [], ...better.length > 0 ? [`${better.length.toLocaleString("en-US")} better`] : []].join(", ");
	const rest = found.length - rows.length;
	return [
		`### Changed level on this branch: ${counts}`,
		markdownTable([[
			"",
			"benchmark",
			"statistic",
			"change",
			"between",
			"chance"
		], ...rows], { alignDelimiters: false }),
		...rest > 0 ? [`… and ${rest.toLocaleString("en-US")} more: \`benchgate trend\` shows all.`] : [],
		"These benchmarks have settled at a new level. For information only: no check fails because of it."
	];
}
// src/action/levels.ts
const RUNS = 60;
const DEPTH = 1e3;
async function changedLevels(opened, recording) {
	const { ports, store, event, step, inputs } = opened;
	try {
		const entries = await store.list();
		const ancestors = await ports.git.ancestors(recording.revision.sha, DEPTH);
		const machine = fingerprint(recording.environment);
		const { chosen } = select({
			entries,
			ancestors,
			gate: gateOf(opened),
			fingerprint: machine,
			limit: RUNS
		});
		const { collected } = await loadSeries(store, chosen.toReversed().flat());
		const { owner, repo } = event.repository;
		const pages = commitPages(`${event.serverUrl}/${owner}/${repo}`);
		const series = collected.series();
		return {
			series,
			found: series.flatMap((each) => newChanges(each).map((change) => ({
				series: each,
				change,
				commits: pages.between(change.before, change.after)
			})))
		};
	} catch (error) {
		if (!(error instanceof GateError)) throw error;
		step.log[inputs.alert === "issue" ? "warn" : "info"](`benchgate: the history was not looked at: ${error.message}`);
		return null;
	}
}
// src/action/store-baseline.ts
async function storeBaseline(prepared) {
	const { ports, step, inputs, event, plan, store, candidate, signal } = prepared;
	const { log } = step;
	const revision = {
		...candidate.revision,
		ref: event.ref
	};
	const measured = await record(ports, {
		plan,
		candidate: {
			...candidate,
			revision
		},
		...request(event, log, plan.part),
		only: await dealOf(prepared, event.sha),
		signal
	});
	const { recording } = measured;
	const refusal = signal.aborted ? null : await store.save(recording, {
		run: event.runId,
		attempt: String(event.attempt),
		gate: storedGateOf(prepared)
	});
	const warnings = [...measured.warnings, ...refusal === null ? [] : [refusal]];
	const failed = hasFailures(recording);
	const levels = signal.aborted || failed || refusal !== null ? null : await changedLevels(prepared, recording);
	const summary = recordedMarkdown(recording, store.place, warnings, levels?.found ?? []);
	await tellUnjudged(prepared, failed || signal.aborted ? "fail" : "pass", summary);
	for (const { suite, benchmark, reason, output } of failuresOf(recording)) {
		step.annotate({
			level: "error",
			title: `${suite} / ${benchmark} failed`,
			message: reason
		});
		log.quote(output);
	}
	if (!failed && !signal.aborted) await leave(prepared, {
		note: {
			gate: gateOf(prepared),
			looks: null,
			confirmed: false,
			...partNote(prepared, measured.dealt)
		},
		screened: recording
	});
	for (const warning of warnings) log.warn(messageLine(warning, PLAIN));
	if (!failed && !signal.aborted) await sendRecording(prepared, recording);
	for (const warning of await alertOfLevels(prepared, recording, levels)) log.warn(messageLine(warning, PLAIN));
	return failed && inputs.fail ? 3 : 0;
}
// src/action/main.ts
async function carryOut(opened) {
	const { event, inputs, config } = opened;
	await warnOfMistakes(opened);
	const records = onDefaultBranch(event) && inputs.base === null;
	if (inputs["fan-in"] !== null) return records && !isDeployed(config?.suites ?? []) ? checkRecorded(opened) : fanIn(opened);
	const prepared = await prepare(opened);
	return records && !isDeployed(prepared.plan.suites) ? storeBaseline(prepared) : judgeChange(prepared);
}
async function runAction(world) {
	const { step, interrupt } = world;
	try {
		const opened = await open$1(world);
		const code = await carryOut(opened).catch(async (error) => {
			throw await atSuite(error, opened.ports.files, opened.file);
		});
		return interrupt.exitCode() ?? code;
	} catch (error) {
		if (interrupt.exitCode() !== null) return interrupt.exitCode();
		const known = error instanceof GateError;
		const problem = known ? error.message : `This is a bug in Benchgate: please report it. ${String(error)}`;
		step.annotate({
			level: "error",
			title: "Benchgate",
			message: problem
		});
		if (!known) step.log.quote(error instanceof Error ? error.stack ?? "" : "");
		step.summary(`## ❌ Could not judge\n\n${MARKDOWN.name(problem, 1e3)}\n`);
		step.outputs({ outcome: "fail" });
		return known ? exitCodeOf(error) : 3;
	}
}
// src/io/inherited.ts
const CLOSED_ON_EXEC = 524288;
function closeInherited() {
	if (process.platform !== "linux") return;
	for (const name of readdirSync("/proc/self/fd")) {
		const descriptor = Number(name);
		if (descriptor <= 2 || closesOnExec(descriptor)) continue;
		try {
			closeSync(descriptor);
		} catch {}
	}
}
function closesOnExec(descriptor) {
	try {
		const flags = /^flags:\s+([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8"))?.[1];
		return flags === void 0 || (Number.parseInt(flags, 8) & CLOSED_ON_EXEC) !== 0;
	} catch {
		return true;
	}
}
require_tunnel();
require_undici();
var HttpCodes;
(function(HttpCodes) {
	HttpCodes[HttpCodes["OK"] = 200] = "OK";
	HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
	HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
	HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
	HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
	HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
	HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
	HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
	HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
	HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
	HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
	HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
	HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
	HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
	HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
	HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
	HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
	HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
	HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
	HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
	HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
	HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
	HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
	HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
	HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
	HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
	HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function(Headers) {
	Headers["Accept"] = "accept";
	Headers["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function(MediaTypes) {
	MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
HttpCodes.MovedPermanently, HttpCodes.ResourceMoved, HttpCodes.SeeOther, HttpCodes.TemporaryRedirect, HttpCodes.PermanentRedirect;
HttpCodes.BadGateway, HttpCodes.ServiceUnavailable, HttpCodes.GatewayTimeout;
// node_modules/@actions/core/lib/summary.js
var __awaiter$6 = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
const { access, appendFile, writeFile } = promises;
const SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
	constructor() {
		this._buffer = "";
	}
	filePath() {
		return __awaiter$6(this, void 0, void 0, function* () {
			if (this._filePath) return this._filePath;
			const pathFromEnv = process.env[SUMMARY_ENV_VAR];
			if (!pathFromEnv) throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
			try {
				yield access(pathFromEnv, constants$1.R_OK | constants$1.W_OK);
			} catch (_a) {
				throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
			}
			this._filePath = pathFromEnv;
			return this._filePath;
		});
	}
	wrap(tag, content, attrs = {}) {
		const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
		if (!content) return `<${tag}${htmlAttrs}>`;
		return `<${tag}${htmlAttrs}>${content}</${tag}>`;
	}
	write(options) {
		return __awaiter$6(this, void 0, void 0, function* () {
			const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
			const filePath = yield this.filePath();
			yield (overwrite ? writeFile : appendFile)(filePath, this._buffer, { encoding: "utf8" });
			return this.emptyBuffer();
		});
	}
	clear() {
		return __awaiter$6(this, void 0, void 0, function* () {
			return this.emptyBuffer().write({ overwrite: true });
		});
	}
	stringify() {
		return this._buffer;
	}
	isEmptyBuffer() {
		return this._buffer.length === 0;
	}
	emptyBuffer() {
		this._buffer = "";
		return this;
	}
	addRaw(text, addEOL = false) {
		this._buffer += text;
		return addEOL ? this.addEOL() : this;
	}
	addEOL() {
		return this.addRaw(EOL);
	}
	addCodeBlock(code, lang) {
		const attrs = Object.assign({}, lang && { lang });
		const element = this.wrap("pre", this.wrap("code", code), attrs);
		return this.addRaw(element).addEOL();
	}
	addList(items, ordered = false) {
		const tag = ordered ? "ol" : "ul";
		const listItems = items.map((item) => this.wrap("li", item)).join("");
		const element = this.wrap(tag, listItems);
		return this.addRaw(element).addEOL();
	}
	addTable(rows) {
		const tableBody = rows.map((row) => {
			const cells = row.map((cell) => {
				if (typeof cell === "string") return this.wrap("td", cell);
				const { header, data, colspan, rowspan } = cell;
				const tag = header ? "th" : "td";
				const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
				return this.wrap(tag, data, attrs);
			}).join("");
			return this.wrap("tr", cells);
		}).join("");
		const element = this.wrap("table", tableBody);
		return this.addRaw(element).addEOL();
	}
	addDetails(label, content) {
		const element = this.wrap("details", this.wrap("summary", label) + content);
		return this.addRaw(element).addEOL();
	}
	addImage(src, alt, options) {
		const { width, height } = options || {};
		const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
		const element = this.wrap("img", null, Object.assign({
			src,
			alt
		}, attrs));
		return this.addRaw(element).addEOL();
	}
	addHeading(text, level) {
		const tag = `h${level}`;
		const allowedTag = [
			"h1",
			"h2",
			"h3",
			"h4",
			"h5",
			"h6"
		].includes(tag) ? tag : "h1";
		const element = this.wrap(allowedTag, text);
		return this.addRaw(element).addEOL();
	}
	addSeparator() {
		const element = this.wrap("hr", null);
		return this.addRaw(element).addEOL();
	}
	addBreak() {
		const element = this.wrap("br", null);
		return this.addRaw(element).addEOL();
	}
	addQuote(text, cite) {
		const attrs = Object.assign({}, cite && { cite });
		const element = this.wrap("blockquote", text, attrs);
		return this.addRaw(element).addEOL();
	}
	addLink(text, href) {
		const element = this.wrap("a", text, { href });
		return this.addRaw(element).addEOL();
	}
};
new Summary();
const { chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink } = fs.promises;
process.platform;
fs.constants.O_RDONLY;
process.platform;
events.EventEmitter;
events.EventEmitter;
os$1.platform();
os$1.arch();
var ExitCode;
(function(ExitCode) {
	ExitCode[ExitCode["Success"] = 0] = "Success";
	ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function getInput(name, options) {
	const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
	if (options && options.required && !val) throw new Error(`Input required and not supplied: ${name}`);
	if (options && options.trimWhitespace === false) return val;
	return val.trim();
}
// src/io/garbage.ts
function collectGarbage(growth) {
	setFlagsFromString(`--heap-growing-percent=${growth}`);
	setFlagsFromString("--expose-gc");
	const collect = runInNewContext("globalThis.gc");
	if (typeof collect === "function") collect();
}
// src/io/step/actions-log.ts
function createActionsLog(commands) {
	return {
		info: commands.say,
		warn: (line) => commands.issue("warning", line),
		quote: commands.quote
	};
}
// src/io/step/append.ts
function appendFirst(file, texts, limit = Number.POSITIVE_INFINITY) {
	if (file === void 0 || file === "") return "the runner names no file for it";
	try {
		const { O_WRONLY, O_APPEND, O_CREAT, O_NONBLOCK } = constants;
		const descriptor = openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, 438);
		try {
			const status = fstatSync(descriptor);
			regularOnly(status);
			const [chosen] = texts.filter((text) => status.size + Buffer.byteLength(text) <= limit);
			if (chosen !== void 0) appendWhole(descriptor, status.size, Buffer.from(chosen));
			return chosen === texts[0] ? null : "there is no room left for all of it";
		} finally {
			closeSync(descriptor);
		}
	} catch (error) {
		if (error instanceof NotRegularError) return `its file is ${error.what}`;
		const { code = "", message } = error;
		if (code === "ENXIO") return "its file is a named pipe or a socket";
		return code === "ENOSPC" ? "the disk is full" : message;
	}
}
function appendWhole(descriptor, size, bytes) {
	try {
		for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
	} catch (error) {
		ftruncateSync(descriptor, size);
		throw error;
	}
}
// src/io/step/event.ts
const EVENTS = [
	"push",
	"pull_request",
	"pull_request_target",
	"merge_group",
	"schedule",
	"workflow_dispatch",
	"workflow_run"
];
function readEvent(environment) {
	const need = (name) => {
		const value = environment[name];
		if (value !== void 0 && value !== "") return value;
		throw new GateError(`${name} is not set`, "Run this as a step of a GitHub workflow; elsewhere use the benchgate command line");
	};
	const [owner = "", repo = ""] = need("GITHUB_REPOSITORY").split("/");
	const name = need("GITHUB_EVENT_NAME");
	const payload = readPayload(need("GITHUB_EVENT_PATH"));
	return {
		kind: EVENTS.find((known) => known === name) ?? "other",
		name,
		...defined({ defaultBranch: text(payload, "repository", "default_branch") }),
		...defined(Object.hasOwn(SIDES, name) ? SIDES[name](payload) : {}),
		fork: isFork(name, payload, `${owner}/${repo}`),
		ref: need("GITHUB_REF"),
		sha: need("GITHUB_SHA"),
		repository: {
			owner,
			repo
		},
		serverUrl: need("GITHUB_SERVER_URL"),
		apiUrl: need("GITHUB_API_URL"),
		runId: need("GITHUB_RUN_ID"),
		attempt: Number(environment.GITHUB_RUN_ATTEMPT ?? 1),
		workflow: need("GITHUB_WORKFLOW"),
		job: need("GITHUB_JOB"),
		step: stepName(environment.GITHUB_ACTION ?? ""),
		workflowRef: environment.GITHUB_WORKFLOW_REF ?? "",
		...actionOf(environment)
	};
}
const ofPullRequest = (payload) => ({
	pull: whole(payload, "pull_request", "number"),
	baseSha: sha(payload, "pull_request", "base", "sha"),
	headSha: sha(payload, "pull_request", "head", "sha"),
	baseRef: text(payload, "pull_request", "base", "ref"),
	headRef: text(payload, "pull_request", "head", "ref")
});
const SIDES = {
	push: (payload) => {
		const branch = branchName(text(payload, "ref"));
		return {
			baseSha: sha(payload, "before"),
			headSha: sha(payload, "after"),
			baseRef: branch,
			headRef: branch
		};
	},
	pull_request: ofPullRequest,
	pull_request_target: ofPullRequest,
	merge_group: (payload) => ({
		baseSha: sha(payload, "merge_group", "base_sha"),
		headSha: sha(payload, "merge_group", "head_sha"),
		baseRef: branchName(text(payload, "merge_group", "base_ref")),
		headRef: branchName(text(payload, "merge_group", "head_ref"))
	}),
	workflow_run: (payload) => ({
		headSha: sha(payload, "workflow_run", "head_sha"),
		headRef: text(payload, "workflow_run", "head_branch"),
		headRepository: text(payload, "workflow_run", "head_repository", "full_name"),
		cause: text(payload, "workflow_run", "event"),
		followed: text(payload, "workflow_run", "name")
	})
};
function actionOf({ GITHUB_ACTION_REPOSITORY: repository = "", GITHUB_ACTION_REF: ref = "" }) {
	return repository === "" || ref === "" ? {} : { action: {
		repository,
		ref
	} };
}
function stepName(action) {
	if (!action.startsWith("__")) return action === "" ? "" : `-${action}`;
	const again = /_(\d+)$/.exec(action)?.[1];
	return again === void 0 ? "" : `-${again}`;
}
function isFork(event, payload, repository) {
	if (event === "pull_request" || event === "pull_request_target") return text(payload, "pull_request", "head", "repo", "full_name") !== repository;
	if (event === "workflow_run") return text(payload, "workflow_run", "head_repository", "full_name") !== repository;
	return false;
}
function readPayload(file) {
	try {
		regularOnly(statSync(file));
		return JSON.parse(readFileSync(file, "utf8"));
	} catch (error) {
		const reason = error instanceof NotRegularError ? `it is ${error.what}` : String(error.message);
		throw new GateError(`the event's payload cannot be read (${reason.replaceAll(/\s+/g, " ")})`, "Run the job again; if it stays, look for an earlier step that writes to GITHUB_EVENT_PATH", { file });
	}
}
function at$1(value, keys) {
	return keys.reduce((inner, key) => typeof inner === "object" && inner !== null ? inner[key] : void 0, value);
}
function text(payload, ...keys) {
	const value = at$1(payload, keys);
	return typeof value === "string" ? value : void 0;
}
function whole(payload, ...keys) {
	const value = at$1(payload, keys);
	return Number.isSafeInteger(value) ? value : void 0;
}
function sha(payload, ...keys) {
	const value = text(payload, ...keys);
	return value !== void 0 && /^(?!0+$)([0-9a-f]{40}|[0-9a-f]{64})$/.test(value) ? value : void 0;
}
function branchName(ref) {
	return ref?.startsWith("refs/heads/") === true ? ref.slice(11) : void 0;
}
function defined(fields) {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== void 0));
}
// src/io/step/octokit.ts
const file = process.env.GITHUB_EVENT_PATH;
delete process.env.GITHUB_EVENT_PATH;
const loaded = await import("./github.js").catch((error) => unusable(error));
if (file !== void 0) process.env.GITHUB_EVENT_PATH = file;
function createOctokit(token, baseUrl) {
	if (loaded instanceof GateError) throw loaded;
	try {
		return {
			octokit: loaded.getOctokit(token, { baseUrl }),
			origin: new URL(baseUrl).origin
		};
	} catch (error) {
		throw unusable(error);
	}
}
function unusable(error) {
	const problem = `GitHub cannot be asked (${error instanceof Error ? error.message : String(error)})`;
	return new GateError(problem, "Look at GITHUB_API_URL, and at the variables that name a proxy", {}, "measure");
}
// src/io/step/refusal.ts
const SECONDARY_LIMIT_WAIT = 60;
function refusalOf(error, attempt, at) {
	const { status, message, response } = error;
	const said = message === void 0 || message.startsWith("<") ? "" : ` ${message}`;
	const reason = oneLine(response === void 0 ? `no answer:${said}` : `HTTP ${status}${said}`);
	const backoff = 2 ** (attempt - 1) * (.5 + Math.random());
	if (response === void 0) return {
		forbidden: false,
		reason,
		wait: backoff,
		unsure: true
	};
	if (status !== void 0 && status >= 500) return {
		forbidden: false,
		reason,
		wait: backoff,
		unsure: true
	};
	const limited = rateLimitWait(status, response.headers, message ?? "", at);
	if (limited !== null) return {
		forbidden: false,
		reason,
		wait: limited,
		unsure: false
	};
	if (status === 401) return {
		forbidden: false,
		reason: `the token is not valid: it is wrong, or it has expired (${reason})`,
		wait: null,
		unsure: false
	};
	const locked = /\blocked\b/.test(message ?? "");
	return {
		forbidden: (status === 403 || status === 404) && !locked,
		reason,
		wait: null,
		unsure: false
	};
}
function rateLimitWait(status, headers, message, at) {
	if (status !== 403 && status !== 429) return null;
	const retryAfter = headers["retry-after"];
	if (retryAfter !== void 0) {
		const seconds = Number(retryAfter);
		return Number.isFinite(seconds) ? Math.max(0, seconds) : SECONDARY_LIMIT_WAIT;
	}
	if (Number(headers["x-ratelimit-remaining"] ?? 1) === 0) {
		const reset = Number(headers["x-ratelimit-reset"]);
		return Number.isFinite(reset) ? Math.max(0, reset - at.getTime() / 1e3) + 1 : SECONDARY_LIMIT_WAIT;
	}
	return status === 429 || /rate limit|abuse/i.test(message) ? SECONDARY_LIMIT_WAIT : null;
}
const oneLine = (text) => text.replaceAll(/\s+/g, " ").trim().slice(0, 300);
// src/io/step/rest.ts
const ATTEMPTS = 6;
const LONGEST_ATTEMPT = 10;
function createRest(options) {
	const { clock = createClock(), deadlineSeconds = 60, attemptSeconds = LONGEST_ATTEMPT } = options;
	const root = options.apiUrl.replace(/\/$/, "");
	const { octokit, origin } = createOctokit(options.token, root);
	let spent = 0;
	async function once(route, body, seconds) {
		const signal = AbortSignal.timeout(Math.ceil(seconds * 1e3));
		const response = await octokit.request(route, {
			...body,
			request: { signal }
		});
		return {
			data: response.data,
			next: nextPage(response.headers.link, origin)
		};
	}
	async function ask(route, body = {}, carriedOut = async () => ({
		ok: true,
		value: null
	}), { attempts, seconds } = {
		attempts: ATTEMPTS,
		seconds: attemptSeconds
	}) {
		for (let attempt = 1;; attempt++) {
			const started = clock.monotonic();
			const left = deadlineSeconds - spent;
			if (left <= 0) return failed(`no answer within ${deadlineSeconds} s`);
			try {
				const value = await once(route, body, Math.min(left, seconds, attemptSeconds));
				spent += clock.monotonic() - started;
				return {
					ok: true,
					value
				};
			} catch (error) {
				spent += clock.monotonic() - started;
				const refusal = refusalOf(error, attempt, clock.now());
				const { forbidden, reason, wait } = refusal;
				if (wait === null || attempt >= attempts) return {
					ok: false,
					forbidden,
					reason
				};
				if (wait >= deadlineSeconds - spent) return failed(`${reason}; asking again makes sense only in ${Math.ceil(wait)} s, which is past the ${deadlineSeconds} s allowed`);
				await clock.sleep(wait);
				spent += wait;
				if (!refusal.unsure) continue;
				const found = await carriedOut();
				if (!found.ok) return found;
				if (found.value !== null) return {
					ok: true,
					value: found.value
				};
			}
		}
	}
	async function all(route, what, parse, pages = Number.POSITIVE_INFINITY) {
		const items = [];
		let read = 0;
		for (let next = `GET ${route}`; next !== null && read < pages; read++) {
			const page = await ask(next);
			if (!page.ok) return page;
			if (!Array.isArray(page.value.data)) return failed(`the list of ${what} is not a list`);
			for (const each of page.value.data) items.push(parse(each));
			next = page.value.next === null ? null : `GET ${page.value.next}`;
		}
		return {
			ok: true,
			value: items
		};
	}
	return {
		root,
		ask,
		all
	};
}
function nextPage(link, origin) {
	const url = /<([^>]+)>\s*;[^,]*\brel="next"/.exec(link ?? "")?.[1];
	return url !== void 0 && URL.canParse(url) && new URL(url).origin === origin ? url : null;
}
function failed(reason) {
	return {
		ok: false,
		forbidden: false,
		reason
	};
}
// src/io/step/answers.ts
function parseComment(raw) {
	return {
		id: numberAt(raw, "id") ?? 0,
		body: textAt(raw, "body") ?? "",
		author: textAt(raw, "user", "login") ?? ""
	};
}
function parseCheckRun(raw) {
	const [id, conclusion, url] = [
		"external_id",
		"conclusion",
		"details_url"
	].map((key) => textAt(raw, key) ?? "");
	const app = textAt(raw, "app", "slug");
	return {
		id,
		conclusion,
		url,
		author: app === null ? "" : `${app}[bot]`
	};
}
function parseIssue(raw) {
	if (at(raw, ["pull_request"]) !== void 0) return null;
	return {
		number: numberAt(raw, "number") ?? 0,
		title: textAt(raw, "title") ?? "",
		body: textAt(raw, "body") ?? "",
		author: textAt(raw, "user", "login") ?? "",
		state: textAt(raw, "state") === "closed" ? "closed" : "open"
	};
}
function parsePull(raw) {
	const side = (name) => ({
		sha: textAt(raw, name, "sha") ?? "",
		ref: textAt(raw, name, "ref") ?? ""
	});
	const repository = textAt(raw, "head", "repo", "full_name") ?? "";
	return {
		number: numberAt(raw, "number") ?? 0,
		head: {
			...side("head"),
			repository
		},
		base: side("base")
	};
}
const idOf = (result) => numberIn(result, "id");
const numberOf = (result) => numberIn(result, "number");
function numberIn(result, name) {
	if (!result.ok) return result;
	const found = numberAt(result.value.data, name);
	return found === null ? failed(`the answer has no ${name}`) : {
		ok: true,
		value: found
	};
}
function at(value, keys) {
	return keys.reduce((inner, key) => typeof inner === "object" && inner !== null ? inner[key] : void 0, value);
}
function textAt(value, ...keys) {
	const text = at(value, keys);
	return typeof text === "string" ? text : null;
}
function numberAt(value, ...keys) {
	const number = at(value, keys);
	return typeof number === "number" ? number : null;
}
function listAt(value, key) {
	const list = at(value, [key]);
	return Array.isArray(list) ? list : null;
}
// src/io/step/github.ts
const WORKFLOW_BOT = "github-actions[bot]";
const OPTIONAL = {
	attempts: 3,
	seconds: 5
};
const ISSUE_PAGES = 10;
const ANNOTATIONS_AT_ONCE = 50;
function createGitHub(options) {
	const { root, ask, all } = createRest(options);
	const { owner, repo } = options.repository;
	const repository = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}`;
	const comments = `${repository}/issues`;
	let login = null;
	async function viewer() {
		const user = await ask("GET /user", {}, void 0, OPTIONAL);
		if (user.ok) return textAt(user.value.data, "login") ?? WORKFLOW_BOT;
		if (!user.forbidden) return WORKFLOW_BOT;
		const answer = await ask(`POST ${root.replace(/\/v3$/, "")}/graphql`, { query: "{viewer{login}}" }, void 0, OPTIONAL);
		return (answer.ok ? textAt(answer.value.data, "data", "viewer", "login") : null) ?? WORKFLOW_BOT;
	}
	const checkRuns = (sha, name) => `${repository}/commits/${sha}/check-runs?check_name=${encodeURIComponent(name)}&filter=all&per_page=100`;
	const self = {
		viewer: () => {
			login ??= viewer();
			return login;
		},
		comments: (pull) => all(`${comments}/${pull}/comments?per_page=100`, "comments", parseComment),
		createComment: async (pull, body) => {
			const carriedOut = async () => {
				const [present, author] = [await self.comments(pull), await self.viewer()];
				if (!present.ok) return present;
				const mine = present.value.findLast((comment) => comment.author === author && sameText(comment.body, body));
				return {
					ok: true,
					value: mine === void 0 ? null : {
						data: mine,
						next: null
					}
				};
			};
			return idOf(await ask(`POST ${comments}/${pull}/comments`, { body }, carriedOut));
		},
		updateComment: async (id, body) => idOf(await ask(`PATCH ${comments}/comments/${id}`, { body })),
		deleteComment: async (id) => {
			const gone = await ask(`DELETE ${comments}/comments/${id}`);
			return gone.ok || gone.reason.startsWith("HTTP 404") ? {
				ok: true,
				value: null
			} : gone;
		},
		setStatus: async (sha, { state, context, description, url }) => idOf(await ask(`POST ${repository}/statuses/${sha}`, {
			state,
			context,
			description,
			target_url: url
		})),
		createCheck: async (sha, check) => {
			const [first = [], ...more] = inPieces(check.annotations, ANNOTATIONS_AT_ONCE);
			const output = (annotations) => ({
				title: check.title,
				summary: check.summary,
				annotations: annotations.map(({ file, line, level, title, message }) => ({
					path: file,
					start_line: line,
					end_line: line,
					annotation_level: level,
					title,
					message
				}))
			});
			const carriedOut = async () => {
				const answer = await ask(`GET ${checkRuns(sha, check.name)}`);
				if (!answer.ok) return answer;
				const mine = listAt(answer.value.data, "check_runs")?.find((run) => textAt(run, "external_id") === check.id);
				return {
					ok: true,
					value: mine === void 0 ? null : {
						data: mine,
						next: null
					}
				};
			};
			const { name, id: external_id, url: details_url, conclusion } = check;
			const run = {
				name,
				head_sha: sha,
				external_id,
				details_url,
				status: "completed",
				conclusion
			};
			const made = idOf(await ask(`POST ${repository}/check-runs`, {
				...run,
				output: output(first)
			}, carriedOut));
			if (!made.ok) return made;
			for (const part of more) {
				const added = await ask(`PATCH ${repository}/check-runs/${made.value}`, { output: output(part) });
				if (!added.ok) return added;
			}
			return made;
		},
		checks: async (sha, name) => {
			const answer = await ask(`GET ${checkRuns(sha, name)}`);
			if (!answer.ok) return answer;
			const runs = listAt(answer.value.data, "check_runs");
			if (runs === null) return failed("the list of check runs is not a list");
			return numberAt(answer.value.data, "total_count") === runs.length ? {
				ok: true,
				value: runs.map(parseCheckRun)
			} : failed("there are more check runs than are read");
		},
		pullHead: async (pull) => {
			const answer = await ask(`GET ${repository}/pulls/${pull}`);
			if (!answer.ok) return answer;
			const { sha } = parsePull(answer.value.data).head;
			return sha === "" ? failed("the pull request has no head") : {
				ok: true,
				value: sha
			};
		},
		issues: async (author) => {
			const route = `${comments}?creator=${encodeURIComponent(author)}&state=all&sort=updated&per_page=100`;
			const found = await all(route, "issues", parseIssue, ISSUE_PAGES);
			return found.ok ? {
				ok: true,
				value: found.value.filter((each) => each !== null)
			} : found;
		},
		createIssue: async (issue) => {
			const carriedOut = async () => {
				const present = await self.issues(await self.viewer());
				if (!present.ok) return present;
				const mine = present.value.find(({ title, body }) => title === issue.title && sameText(body, issue.body));
				return {
					ok: true,
					value: mine === void 0 ? null : {
						data: mine,
						next: null
					}
				};
			};
			return numberOf(await ask(`POST ${comments}`, { ...issue }, carriedOut));
		},
		updateIssue: async ({ number, ...issue }) => numberOf(await ask(`PATCH ${comments}/${number}`, issue)),
		openPulls: (headOwner, branch) => {
			const head = encodeURIComponent(`${headOwner}:${branch}`);
			return all(`${repository}/pulls?state=open&head=${head}&per_page=100`, "pull requests", parsePull);
		}
	};
	return self;
}
const sameText = (a, b) => a.replaceAll("\r\n", "\n").trimEnd() === b.replaceAll("\r\n", "\n").trimEnd();
// src/io/step/step.ts
const SUMMARY_LIMIT = 1048576;
function createStep(environment = process.env, commands = createWorkflowCommands()) {
	const unless = (problem, what) => {
		if (problem !== null) commands.issue("warning", `The step's ${what} not complete: ${problem}. The verdict is the same`);
	};
	let told = null;
	const event = () => {
		told ??= readEvent(environment);
		return told;
	};
	return {
		variables: Object.keys(environment),
		input: (name) => getInput(name),
		event,
		hide: (secret) => {
			if (secret !== "") commands.issue("add-mask", secret);
		},
		github: (token) => {
			if (token === "") return null;
			const { repository, apiUrl } = event();
			return createGitHub({
				token,
				repository,
				apiUrl
			});
		},
		log: createActionsLog(commands),
		outputs: (values) => {
			const text = Object.entries(values).map(([name, value]) => outputText(name, value));
			unless(appendFirst(environment.GITHUB_OUTPUT, [text.join("")]), "outputs are");
		},
		summary: (...forms) => {
			const texts = forms.map((markdown) => markdown.endsWith("\n") ? markdown : `${markdown}\n`);
			unless(appendFirst(environment.GITHUB_STEP_SUMMARY, texts, SUMMARY_LIMIT), "summary is");
		},
		annotate: ({ level, message, title, file, line }) => commands.issue(level, message, {
			title,
			file,
			line
		}),
		tidy: collectGarbage,
		folder: `${environment.RUNNER_TEMP ?? "."}/benchgate${stepName(environment.GITHUB_ACTION ?? "")}`
	};
}
function outputText(name, value) {
	const delimiter = `ghadelimiter_${randomUUID()}`;
	return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}
// src/io/step/action-world.ts
function createActionWorld(entry) {
	closeInherited();
	const commands = createWorkflowCommands();
	return {
		step: createStep(process.env, commands),
		interrupt: handleInterrupts(),
		ports: (access) => createPorts({
			entry,
			beforeChildren: commands.stop,
			...access
		}),
		pageProgram: () => readPageProgram()
	};
}
// src/action.ts
process.exitCode = await runAction(createActionWorld(import.meta.url));
export {};
