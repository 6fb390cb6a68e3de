import { $ as RECORDING_SCHEMA, A as resultJson, B as marker, C as notesOf, D as sideNames, F as bucketOf, G as selectAdapter, H as gate, J as gateName, K as judge, L as countWords, M as EXIT_WORDS, O as subtitleOf, P as messageLine, Q as encodeRecording, R as plural, S as gateNotes, U as record$1, W as measure, X as ADAPTERS, Y as fingerprint, Z as decodeRecording, _ as DEFAULT_BUDGETS, a as PLAN_FLAGS, at as PLAIN, b as commentBody, c as readConfig, ct as outputLines, d as budgetsOf, et as failuresOf, h as parseThresholds, i as progressOn, j as columnsFor, k as titleOf, lt as handleInterrupts, n as openStore, nt as nearest, ot as benchmarkName, q as byRun, r as storeOf, rt as exitCodeOf, s as planOf, t as STORE_FLAGS, tt as hasFailures, u as createWorld, ut as GateError, w as sectionsOf, y as reproduceLine } from "./engine.js";
import { parseArgs } from "node:util";
// src/io/argv.ts
function parseFlags(argv, types) {
	const options = {};
	for (const [name, type] of Object.entries(types)) {
		options[name] = type === "switch" ? { type: "boolean" } : {
			type: "string",
			multiple: type === "list"
		};
		if (name === "output") options[name] = {
			type: "string",
			short: "o"
		};
	}
	const { values, positionals } = parse$1(argv, options, Object.keys(types));
	return {
		has: (name) => values[name] !== void 0,
		value: (name) => typeof values[name] === "string" ? values[name] : null,
		list: (name) => Array.isArray(values[name]) ? values[name] : [],
		positionals
	};
}
function parse$1(argv, options, names) {
	try {
		return parseArgs({
			args: [...argv],
			options,
			allowPositionals: true,
			strict: true
		});
	} catch (error) {
		const unknown = /Unknown option '(-+[^']*)'/.exec(error.message)?.[1];
		if (unknown === void 0) throw new GateError(firstSentence(error), "Run `benchgate help`.");
		const close = nearest(unknown.replace(/^-+/, ""), names);
		throw new GateError(`There is no flag ${unknown}`, close === null ? `The flags are ${names.map((name) => `--${name}`).join(", ")}.` : `Did you mean --${close}?`);
	}
}
function firstSentence({ message }) {
	return message.split(/\.\s|\n/)[0].replace(/\.$/, "");
}
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
// src/commands/baseline.ts
const DEPTH = 1e3;
const baseline = {
	name: "baseline",
	usage: "list | show ENTRY",
	summary: "what is stored: all entries, or one recording by its path or commit",
	flags: STORE_FLAGS,
	operands: 2,
	async run(flags, world) {
		const [action = "list", ...rest] = flags.positionals;
		const does = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : void 0;
		if (does === void 0) {
			const near = nearest(action, Object.keys(ACTIONS));
			throw new GateError(`baseline cannot ${action}`, near === null ? "It can list and show." : `Did you mean ${near}?`);
		}
		return does(flags, rest, world);
	}
};
const ACTIONS = {
	async list(flags, _, { ports, terminal }) {
		const store = openStore(ports, storeOf(flags));
		const entries = await store.list();
		const head = await ports.git.root() === null ? null : await ports.git.revision("HEAD");
		const ancestors = head === null ? [] : await ports.git.ancestors(head.sha, DEPTH);
		for (const { path, behind } of describeEntries(entries, ancestors)) terminal.out(`${path}  ${behind === null ? "not an ancestor of HEAD" : behind === 0 ? "HEAD" : `HEAD~${behind}`}`);
		terminal.err(`${store.place}: ${entries.length === 1 ? "1 recording" : `${entries.length} recordings`}`);
		return 0;
	},
	async show(flags, [wanted], { ports, terminal }) {
		if (wanted === void 0) throw new GateError("baseline show needs an entry", "Name its path or its commit: `benchgate baseline list` prints them.");
		const store = openStore(ports, storeOf(flags));
		const found = (await store.list()).filter(({ path, sha }) => path === wanted || sha.startsWith(wanted));
		const [entry, ...others] = found;
		if (entry === void 0) throw new GateError(`Nothing is stored under ${JSON.stringify(wanted)}`, "`benchgate baseline list` prints what is.");
		if (others.length > 0) throw new GateError(`${found.length} entries fit ${JSON.stringify(wanted)}`, `Name one by its path: ${found.map(({ path }) => path).join(", ")}.`);
		const { recordings, warnings } = await store.load([entry]);
		const [stored] = recordings;
		if (stored === void 0) {
			const [warning] = warnings;
			throw new GateError(warning?.code === "unreadable-baseline" ? warning.reason : "it cannot be read", "Remove the entry from the store.", { file: entry.path });
		}
		terminal.out(encodeRecording(stored.recording));
		return 0;
	}
};
// src/commands/read.ts
const UNKNOWN = {
	os: "unknown",
	arch: "unknown",
	cpu: "unknown",
	cores: 0,
	runtime: "unknown"
};
async function readRecording(file, tool, suite, { files, terminal }) {
	const text = file === "-" ? await terminal.readInput() : await files.readText(file);
	const name = file === "-" ? "stdin" : file;
	try {
		if (tool === null && looksLikeRecording(text)) return decodeRecording(text);
		const adapter = selectAdapter(ADAPTERS, tool ?? "auto", text);
		const rounds = adapter.name === "benchgate" ? null : adapter.parse({ text });
		if (rounds === null) return decodeRecording(text);
		const label = suite ?? adapter.name;
		return {
			revision: {
				sha: "",
				ref: "",
				committedAt: ""
			},
			environment: UNKNOWN,
			rounds: rounds.map(({ measurements, failures }, pair) => ({
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
				}))
			}))
		};
	} catch (error) {
		throw error instanceof GateError && error.position.file === void 0 ? error.in(name) : error;
	}
}
function looksLikeRecording(text) {
	return text.slice(0, 4096).includes(RECORDING_SCHEMA.slice(0, RECORDING_SCHEMA.indexOf("/")));
}
// src/report/width.ts
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
function truncate(text, width) {
	if (displayWidth(text) <= width) return text;
	let kept = "";
	for (const character of text) {
		if (displayWidth(kept + character) > width - 1) break;
		kept += character;
	}
	return `${kept}…`;
}
function wrap(text, width) {
	const lines = [];
	for (const word of text.split(" ")) {
		const last = lines.at(-1);
		if (last !== void 0 && displayWidth(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	return lines;
}
// src/report/terminal.ts
const CODES = {
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
const EXPENDABLE = [
	"plot",
	"limit",
	"baseline",
	"candidate"
];
const PROSE = ["needs", "reason"];
function terminalReport(outcome, options = {}) {
	const { width = 100, colour = false, reproduce, rows = ROWS, now = null } = options;
	const paint = (text, style) => colour && style !== "none" ? `${ESCAPE}[${CODES[style]}m${text}${ESCAPE}[0m` : text;
	const [word, style] = LABELS[outcome.outcome];
	const head = [...wrap(titleOf(outcome).text, width - word.length - 2).map((line, index) => index === 0 ? `${paint(word, style)}  ${paint(line, "bold")}` : " ".repeat(word.length + 2) + paint(line, "bold")), ...wrap(subtitleOf(outcome, PLAIN, now), width).map((line) => paint(line, "dim"))];
	const notes = [...gateNotes(outcome, PLAIN), ...notesOf(outcome.judgements.filter(decided), PLAIN)];
	const failures = outcome.judgements.filter(({ failure }) => failure !== null);
	return `${[
		head,
		...sectionsOf(outcome).map((section) => sectionLines(section, outcome, {
			width,
			rows,
			paint
		})),
		...failures.map((judgement) => failureLines(judgement, width)),
		notes.flatMap((note) => bullet(note, width)),
		reproduce === void 0 || outcome.outcome === "pass" ? [] : ["Reproduce it:", `  ${PLAIN.name(reproduce, 2e3)}`]
	].filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
function decided({ verdict }) {
	return verdict !== "inconclusive";
}
function sectionLines(section, outcome, { width, rows: most, paint }) {
	const shown = section.rows.slice(0, most);
	const rest = section.rows.slice(most);
	const names = sideNames(outcome, PLAIN, "candidate");
	const all = columnsFor(section.columns, section.rows, PLAIN, names);
	const prose = all.filter(({ name }) => PROSE.includes(name));
	const { columns, widths } = layout(all.filter(({ name }) => !PROSE.includes(name)), shown, width);
	const line = (cells, style) => columns.map((column, index) => {
		const room = widths[index];
		return paint(pad(truncate(cells[index], room), room, column.align), style(column));
	}).join(GAP).trimEnd();
	return [
		...section.folded ? [section.summary] : [],
		line(columns.map(({ header }) => header), () => "dim"),
		...shown.flatMap((judgement) => [line(columns.map(({ cell }) => cell(judgement)), ({ name }) => styleOf(name, judgement)), ...prose.flatMap(({ cell }) => wrap(cell(judgement), width - 4).map((text) => `    ${text}`))]),
		...rest.length === 0 ? [] : [`… and ${countWords(rest).join(", ")} more`]
	];
}
function layout(columns, rows, width) {
	const measured = columns.map((column) => ({
		column,
		width: Math.max(displayWidth(column.header), ...rows.map((judgement) => displayWidth(column.cell(judgement))))
	}));
	const total = (kept) => kept.reduce((sum, each) => sum + each.width, 0) + 2 * Math.max(0, kept.length - 1);
	const slack = (kept) => Math.max(0, (kept.find(({ column }) => column.name === "benchmark")?.width ?? 0) - NARROWEST_NAME);
	let kept = measured;
	for (const name of EXPENDABLE) {
		if (total(kept) - slack(kept) <= width) break;
		kept = kept.filter(({ column }) => column.name !== name);
	}
	const over = Math.max(0, total(kept) - width);
	const cut = Math.min(over, slack(kept));
	return {
		columns: kept.map(({ column }) => column),
		widths: kept.map((each) => each.column.name === "benchmark" ? each.width - cut : each.width)
	};
}
function styleOf(name, judgement) {
	return name === "verdict" || name === "change" ? bucketOf(judgement).colour : "none";
}
function failureLines(judgement, width) {
	const name = benchmarkName(judgement, PLAIN);
	const { side, reason, output } = judgement.failure;
	return [...wrap(`${name} failed on the ${side}: ${PLAIN.name(reason, 500)}`, width), ...outputLines(output, 2e3).map((line) => `    ${line}`.trimEnd())];
}
function bullet(text, width) {
	return wrap(text, width - 2).map((line, index) => index === 0 ? `- ${line}` : `  ${line}`);
}
// src/commands/report-flags.ts
const REPORT_FLAGS = {
	json: "value",
	markdown: "value"
};
async function writeReports(outcome, flags, world, reproduce) {
	const { ports, terminal } = world;
	const options = {
		now: ports.clock.now().toISOString(),
		...reproduce === void 0 ? {} : { reproduce }
	};
	const asked = Object.entries({
		json: () => resultJson(outcome),
		markdown: () => commentBody(outcome, {
			marker: marker("local"),
			...options
		})
	}).filter(([name]) => flags.value(name) !== null);
	for (const [name, document] of asked) {
		const target = flags.value(name);
		const text = document().replace(/\n*$/, "\n");
		if (target === "-") terminal.out(text);
		else await ports.files.writeText(target, text);
	}
	if (asked.some(([name]) => flags.value(name) === "-")) return;
	terminal.out(terminalReport(outcome, {
		width: terminal.columns,
		colour: terminal.colour,
		...options
	}));
}
function checkReports(flags) {
	const onStdout = Object.keys(REPORT_FLAGS).filter((name) => flags.value(name) === "-");
	if (onStdout.length < 2) return;
	const [first, second] = onStdout;
	throw new GateError(`--${first} and --${second} cannot both go to stdout`, `Give --${second} a file`);
}
// src/commands/compare.ts
const compare = {
	name: "compare",
	usage: "BASE… CAND",
	summary: "recordings, or tool outputs with --tool → verdicts; the last is the candidate, several BASE are its history",
	flags: {
		...REPORT_FLAGS,
		tool: "value",
		threshold: "list",
		config: "value"
	},
	operands: Number.POSITIVE_INFINITY,
	async run(flags, world) {
		const { files, clock } = world.ports;
		const { positionals } = flags;
		checkReports(flags);
		if (positionals.length < 2) throw new GateError("compare needs two files at least", "Name a baseline and the candidate: `benchgate compare BASE CAND`.");
		const recordings = [];
		for (const file of positionals) recordings.push(await readRecording(file, flags.value("tool"), null, {
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
		const config = await readConfig(files, flags.value("config"));
		const outcome = judge(baseline, candidate, {
			budgets: budgetsOf(config, parseThresholds(flags.list("threshold"))),
			accept: config?.accept ?? [],
			onInconclusive: config?.onInconclusive ?? "warn",
			today: clock.now().toISOString().slice(0, 10)
		});
		await writeReports(outcome, flags, world);
		return exitCodeOf(outcome);
	}
};
// src/commands/demo-programs.ts
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
export const options = { time: 250, warmupTime: 50 };
`,
	"count.bench.mjs": `import { count } from "./count.mjs";
import { words } from "./words.mjs";

export default { count: () => count(words) };
export const options = { time: 250, warmupTime: 50 };
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
// src/commands/here.ts
const NOWHERE = {
	sha: "",
	ref: "",
	committedAt: ""
};
async function herePlace({ git, host }) {
	const revision = await git.root() === null ? null : await git.revision("HEAD");
	return {
		name: "candidate",
		cwd: host.cwd,
		revision: revision ?? NOWHERE
	};
}
function newSession({ clock, host }) {
	const seed = Math.floor(host.random() * 2 ** 32);
	return {
		session: `${clock.now().toISOString()}/${seed.toString(36)}`,
		seed
	};
}
// src/commands/demo.ts
const PAIRS = 10;
const demo = {
	name: "demo",
	usage: "",
	summary: "a planted regression, found: needs nothing but node",
	flags: REPORT_FLAGS,
	operands: 0,
	async run(flags, world) {
		const { ports, terminal, signal } = world;
		const folder = await ports.files.temporaryFolder();
		const place = async (name, sha) => {
			const cwd = `${folder}/${name}`;
			for (const [file, text] of Object.entries(DEMO[name])) await ports.files.writeText(`${cwd}/${file}`, text);
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
		terminal.err(`Measuring both in turns on this machine, ${PAIRS} pairs of fresh processes …`);
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
			timeBudget: 30,
			...newSession(ports),
			adapters: ADAPTERS,
			signal
		}, progressOn(terminal));
		terminal.progress("");
		const now = ports.clock.now().toISOString();
		const rules = {
			budgets: DEFAULT_BUDGETS,
			accept: [],
			onInconclusive: "warn",
			today: now.slice(0, 10)
		};
		const outcome = judge({
			kind: "side-by-side",
			recordings: [recordings.baseline]
		}, recordings.candidate, rules, warnings);
		await writeReports(outcome, flags, world);
		if (flags.value("json") === null && flags.value("markdown") === null) {
			terminal.out("\nThis is the comment that the pull request would get:\n");
			terminal.out(commentBody(outcome, {
				marker: marker("demo"),
				now
			}));
		}
		return 0;
	}
};
// src/commands/parse.ts
const parse = {
	name: "parse",
	usage: "--tool NAME FILE -o FILE",
	summary: "tool output → recording (- is stdin or stdout)",
	flags: {
		tool: "value",
		suite: "value",
		output: "value"
	},
	operands: 1,
	async run(flags, { ports, terminal }) {
		const [file, ...more] = flags.positionals;
		if (file === void 0 || more.length > 0) throw new GateError("parse reads one file", "Name it: `benchgate parse --tool NAME FILE -o FILE`, with `-` for stdin.");
		const recording = await readRecording(file, flags.value("tool"), flags.value("suite"), {
			files: ports.files,
			terminal
		});
		const text = encodeRecording(recording);
		const output = flags.value("output") ?? "-";
		if (output === "-") terminal.out(text);
		else await ports.files.writeText(output, `${text.trimEnd()}\n`);
		for (const { benchmark, reason } of recording.rounds.flatMap((round) => round.failures)) terminal.err(`benchgate: failed: ${benchmark}: ${reason}`);
		return hasFailures(recording) ? 3 : 0;
	}
};
// src/commands/record.ts
const record = {
	name: "record",
	usage: "-o FILE [--append]",
	summary: "measure, write a recording; --append adds rounds to one of the same revision and machine",
	flags: {
		...PLAN_FLAGS,
		output: "value",
		append: "switch"
	},
	operands: 0,
	async run(flags, { ports, terminal, signal }) {
		const output = flags.value("output");
		if (output === null) throw new GateError("record has nowhere to write", "Name a file: `benchgate record -o FILE`, or `-o -` for stdout.");
		if (output === "-" && flags.has("append")) throw new GateError("--append has nothing to add to on stdout", "Name the recording that is to grow: `-o FILE`");
		const plan = await planOf(flags, ports.files, "stored");
		const candidate = await herePlace(ports);
		const earlier = output === "-" ? null : await reserve(ports, output, flags.has("append"), candidate.revision);
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
		else await ports.files.writeText(output, `${text.trimEnd()}\n`);
		for (const warning of warnings) terminal.err(`benchgate: ${messageLine(warning, PLAIN)}`);
		for (const { suite, benchmark, reason, output: lines } of failuresOf(measured)) terminal.err(`benchgate: failed: ${suite} / ${benchmark}: ${reason}${lines === "" ? "" : `\n${lines}`}`);
		return hasFailures(measured) ? 3 : 0;
	}
};
async function reserve({ files, host }, file, append, revision) {
	const text = await files.readTextIfAny(file);
	await files.writeText(file, text ?? "");
	if (text === null) await files.remove(file);
	if (text === null || !append) return null;
	const earlier = readEarlier(text, file);
	if (earlier.revision.sha !== revision.sha) throw new GateError("this is a recording of another revision", "Leave --append out, or name another file: rounds of two revisions are no experiment", { file });
	if (fingerprint(earlier.environment) !== fingerprint(await host.environment())) throw new GateError("this was recorded on another kind of machine", "Leave --append out, or name another file", { file });
	return earlier;
}
function readEarlier(text, file) {
	try {
		return decodeRecording(text);
	} catch (error) {
		throw error instanceof GateError ? error.in(file) : error;
	}
}
// src/commands/run.ts
const run = {
	name: "run",
	usage: "[--base REF] [--suite S] [--only PATTERN]",
	summary: "the gate on this working tree: measured side by side with --base, or against the stored baseline",
	flags: {
		...PLAN_FLAGS,
		...REPORT_FLAGS,
		...STORE_FLAGS,
		base: "value",
		only: "value"
	},
	operands: 0,
	async run(flags, world) {
		const { ports, terminal, signal } = world;
		const base = flags.value("base");
		checkReports(flags);
		const plan = await planOf(flags, ports.files, base === null ? "stored" : "side-by-side");
		const against = await againstWhat(ports, flags, base);
		terminal.err(announce(plan, against, base));
		const { outcome } = await gate(ports, {
			plan,
			candidate: await herePlace(ports),
			against,
			only: flags.value("only"),
			...newSession(ports),
			onProgress: progressOn(terminal),
			signal
		});
		terminal.progress("");
		if (outcome.judgements.length === 0 && flags.value("only") !== null) throw new GateError(`--only ${flags.value("only")} fits nothing that was measured`, "Write it as suite/benchmark, with * for any characters");
		await writeReports(outcome, flags, world, base === null ? void 0 : reproduceLine(base, wordsOf(flags)));
		return exitCodeOf(outcome);
	}
};
async function againstWhat(ports, flags, base) {
	if (base === null) {
		const store = openStore(ports, storeOf(flags));
		const from = (await ports.git.revision("HEAD"))?.sha ?? "";
		return {
			kind: "stored",
			store,
			gate: flags.value("gate") ?? await onlyGate(store),
			from
		};
	}
	const revision = await ports.git.revision(base);
	if (revision === null) throw new GateError(`There is no revision ${JSON.stringify(base)}`, "Name a commit, a tag or a branch that is here; `git fetch` brings others.");
	return {
		kind: "side-by-side",
		revision
	};
}
async function onlyGate(store) {
	const gates = [...new Set((await store.list()).map(({ gate }) => gate))];
	if (gates.length > 1) throw new GateError(`${store.place} holds baselines of ${gates.length} gates`, `Name one with --gate: ${gates.join(", ")}.`);
	return gates[0] ?? gateName("", "");
}
function announce({ suites, rounds }, against, base) {
	return `benchgate: ${suites.map(({ name }) => name).join(", ")}: ${against.kind === "stored" ? `${plural(rounds, "round", "rounds")}, against the baseline in ${against.store.place}` : `${plural(rounds, "pair", "pairs")}, this working tree beside ${base}`}`;
}
function wordsOf(flags) {
	const { value, list } = flags;
	return {
		config: value("config"),
		run: value("run"),
		bench: list("bench"),
		tool: value("tool"),
		setup: value("setup"),
		only: value("only")
	};
}
// src/commands/main.ts
const COMMANDS = [
	demo,
	run,
	record,
	parse,
	compare,
	baseline
];
async function main(argv, entry) {
	const interrupt = handleInterrupts();
	const world = {
		...createWorld({ entry }),
		signal: interrupt.signal
	};
	const { terminal } = world;
	try {
		const code = await dispatch(argv, world);
		return interrupt.exitCode() ?? code;
	} catch (error) {
		terminal.progress("");
		if (interrupt.exitCode() !== null) return interrupt.exitCode();
		terminal.err(error instanceof GateError ? `benchgate: ${error.message}` : bugReport(error));
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
			world.terminal.out(help(wanted));
			return 0;
		}
	}
	const word = name === "help" ? rest[0] : name;
	const command = COMMANDS.find((each) => each.name === word);
	if (command === void 0) {
		const near = nearest(word, COMMANDS.map((each) => each.name));
		throw new GateError(`There is no command ${word}`, near === null ? "Run `benchgate help`." : `Did you mean ${near}?`);
	}
	const flags = parseFlags(rest, command.flags);
	const surplus = flags.positionals[command.operands];
	if (surplus !== void 0) throw new GateError(`${name} does not know what to do with ${surplus}`, `Usage: benchgate ${name} ${command.usage}`.trim());
	return command.run(flags, world);
}
function bugReport(error) {
	return `benchgate: this is a bug in Benchgate: please report it with what follows.\n${error instanceof Error ? error.stack ?? error.message : String(error)}`;
}
function help(command) {
	if (command !== void 0) {
		const flags = Object.keys(command.flags).map((flag) => flag === "output" ? "-o" : `--${flag}`);
		return `benchgate ${command.name} ${command.usage}\n\n${command.summary}\n\nFlags: ${flags.join(" ") || "none"}`;
	}
	const left = COMMANDS.map(({ name, usage }) => `  benchgate ${name} ${usage}`);
	const width = Math.max(...left.map((line) => line.length));
	return [
		"benchgate: know before you merge whether it got slower",
		"",
		...COMMANDS.map(({ summary }, index) => `${left[index].padEnd(width)}   ${summary}`),
		"",
		`Exit codes: ${Object.entries(EXIT_WORDS).map(([code, words]) => `${code} ${words}`).join(" · ")}`
	].join("\n");
}
export { main };
