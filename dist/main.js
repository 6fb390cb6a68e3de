import { $ as noteLines, $t as fnv1a, A as SWITCH, B as text, Bt as planFromFlags, Ct as probability, D as STORES, Dt as wordsFor, Et as significant, F as readSettings, Ft as failuresOf, I as ADAPTERS, It as hasFailures, K as experimentWords, Kt as likeliest, L as TOOL_WORDS, Lt as sentenceOf, M as TEXTS, O as addressSettings, P as one, Pt as RECORDING_SCHEMA, Q as gateNotes, Qt as fingerprint, R as HEAD, S as readConfig, St as plural, T as statuses, Tt as signedPercent, U as marker, Ut as quote, W as commentBody, Wt as DEFAULT_BUDGETS, X as subtitleOf, Xt as byRun, Y as sideNames, Z as titleOf$1, Zt as gateName, _ as DURATION, at as bucketOf, bt as messageLine, c as reproduceLine, cn as smallest, ct as analyse, d as gate, dn as GateError, dt as encodeRecording, et as sectionsOf, f as record$1, fn as placed, g as looksOf, h as fitOutput, in as clean, j as TEXT, k as openStore, kt as judge, l as announce, m as LARGE, nn as benchmarkName, nt as columnsFor, o as commitPages, on as quotedOutput, ot as countWords, p as measure, pn as exitCodeOf, qt as nearest, rn as telling, rt as statisticWords, s as loadSeries, sn as largest, st as evidenceIn, tn as PLAIN, u as forecastLine, un as keyOf, ut as decodeRecording, v as SETTINGS, wt as scaleFor, x as progressOn, xt as change, yt as EXIT_WORDS, z as REPORTS, zt as budgetsOf } from "./engine.js";
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
// src/cli/flags.ts
function parseFlags(argv, table) {
	const options = {};
	for (const [name, { type, short }] of Object.entries(table)) options[name] = {
		type: type.form === "switch" ? "boolean" : "string",
		multiple: type.form === "list",
		...short !== void 0 && { short }
	};
	const { values, positionals } = split(argv, options);
	const written = (name) => [values[name] ?? []].flat().map(String);
	return {
		given: readSettings(table, written, (name) => `--${name}`),
		written,
		operands: positionals
	};
}
function split(argv, options) {
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
		throw new GateError(message.split(/\.\s|\n/)[0].replace(/\.$/, ""), "Run `benchgate help`.");
	}
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
			if (surplus === void 0) return run(flags, world);
			throw new GateError(`${name} does not know what to do with ${surplus}`, `Usage: benchgate ${name} ${usage}`.trim());
		}
	};
}
// src/cli/store-flags.ts
const STORE_FLAGS = {
	...addressSettings(({ type, value, flag }) => ({
		type,
		value,
		about: flag
	})),
	gate: {
		type: TEXT,
		value: "GATE",
		about: "The gate whose baselines count, where the store holds those of several."
	}
};
function storeOf(given, ports) {
	const chosen = STORES.findLast(({ address }) => given[address.name] !== null) ?? STORES[0];
	return openStore(ports, chosen.kind, given);
}
// src/cli/baseline.ts
const DEPTH$1 = 1e3;
const baseline = command({
	name: "baseline",
	usage: "list | show ENTRY",
	summary: "what is stored: all entries, or one recording by its path or commit",
	flags: STORE_FLAGS,
	operands: 2,
	async run({ given, operands }, world) {
		const [action = "list", ...rest] = operands;
		const does = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : void 0;
		if (does === void 0) {
			const near = nearest(action, Object.keys(ACTIONS));
			throw new GateError(`baseline cannot ${action}`, near === null ? "It can list and show." : `Did you mean ${near}?`);
		}
		const store = storeOf(given, world.ports);
		const entries = async () => (await store.list()).filter(({ gate }) => given.gate === null || gate === given.gate);
		return does({
			store,
			entries
		}, rest, world);
	}
});
const ACTIONS = {
	async list({ store, entries: list }, _, { ports, terminal }) {
		const entries = await list();
		const head = await ports.git.root() === null ? null : await ports.git.revision("HEAD");
		const ancestors = head === null ? [] : await ports.git.ancestors(head.sha, DEPTH$1);
		for (const { path, behind } of describeEntries(entries, ancestors)) terminal.out(`${path}  ${behind === null ? "not an ancestor of HEAD" : behind === 0 ? "HEAD" : `HEAD~${behind}`}`);
		terminal.err(`${store.place}: ${entries.length === 1 ? "1 recording" : `${entries.length} recordings`}`);
		return 0;
	},
	async show({ store, entries }, [wanted], { terminal }) {
		if (wanted === void 0) throw new GateError("baseline show needs an entry", "Name its path or its commit: `benchgate baseline list` prints them.");
		const found = (await entries()).filter(({ path, sha }) => path === wanted || sha.startsWith(wanted));
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
// src/cli/named.ts
function named(files) {
	return {
		readText: async (path) => await files.readPipe(path) ?? files.readText(path),
		readTextIfAny: (path) => files.readTextIfAny(path)
	};
}
// src/cli/stdin.ts
const MOST = 256 * 2 ** 20;
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
		return new TextDecoder().decode(joined(this.#kept, Math.min(bytes, this.#size)));
	}
	text() {
		return new TextDecoder().decode(joined(this.#kept, this.#size));
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
		if (await pipe.take(MOST)) return pipe.text();
		throw new GateError(`more than ${MOST / 2 ** 20} MiB come through stdin, and this must be read as a whole`, "Have the tool write less, or a format that holds one sample a line", { file: place });
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
function joined(pieces, bytes) {
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
	const head = [...wrap(titleOf$1(outcome).text, width - word.length - 2).map((line, index) => index === 0 ? `${paint(word, style)}  ${paint(line, "bold")}` : " ".repeat(word.length + 2) + paint(line, "bold")), ...wrap(subtitleOf(outcome, PLAIN, now), width).map((line) => paint(line, "dim"))];
	const { experiment } = outcome;
	const notes = [
		...gateNotes(outcome, PLAIN),
		...noteLines(outcome.judgements, PLAIN),
		...experiment === void 0 ? [] : [experimentWords(experiment, PLAIN)]
	];
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
function sectionLines(section, outcome, { width, rows: most, paint }) {
	const shown = section.rows.slice(0, most);
	const rest = section.rows.slice(most);
	const sides = sideNames(outcome, PLAIN, "candidate");
	const all = columnsFor(section.columns, section.rows, PLAIN, sides, outcome.experiment?.secondsPerPair);
	const prose = all.filter(({ name }) => PROSE.includes(name));
	const cells = all.filter(({ name }) => !PROSE.includes(name));
	const limit = telling(shown);
	const full = shown.map((judgement) => benchmarkName(judgement, PLAIN, limit));
	const fitting = layout(cells, shown, width);
	const short = shortNames(full, fitting.nameWidth);
	const { columns, widths } = short === null ? layout(cells.filter(({ name }) => name !== "benchmark"), shown, width) : fitting;
	const nameWidth = Math.max(displayWidth("benchmark"), ...(short ?? []).map(displayWidth));
	const line = (texts, style) => columns.map((column, index) => {
		const room = column.name === "benchmark" ? nameWidth : widths[index];
		return paint(pad(truncate(texts[index], room), room, column.align), style(column));
	}).join(GAP).trimEnd();
	return [
		...section.folded ? [section.summary] : [],
		line(columns.map(({ header }) => header), () => "dim"),
		...shown.flatMap((judgement, row) => [
			...short === null ? wrap(full[row], width) : [],
			line(columns.map(({ name, cell }) => name === "benchmark" ? short[row] : cell(judgement)), ({ name }) => styleOf(name, judgement)),
			...prose.flatMap(({ cell }) => wrap(cell(judgement), width - 4).map((text) => `    ${text}`))
		]),
		...rest.length === 0 ? [] : [`… and ${countWords(rest).join(", ")} more`]
	];
}
function layout(columns, rows, width) {
	const measured = columns.map((column) => ({
		column,
		width: largest(rows.map((judgement) => displayWidth(column.cell(judgement))), displayWidth(column.header))
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
	const widths = kept.map((each) => each.column.name === "benchmark" ? each.width - cut : each.width);
	return {
		columns: kept.map(({ column }) => column),
		widths,
		nameWidth: widths[kept.findIndex(({ column }) => column.name === "benchmark")] ?? Number.POSITIVE_INFINITY
	};
}
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
// src/cli/report-flags.ts
const REPORT_FLAGS = Object.fromEntries(REPORTS.map(({ name, noun }) => [name, {
	type: TEXT,
	value: "FILE",
	about: `A file for ${noun}; \`-\` is stdout.`
}]));
async function writeReports(outcome, targets, world, { reproduce, compared = [], accept = [] } = {}) {
	const { ports, terminal } = world;
	const options = {
		now: ports.clock.now().toISOString(),
		...reproduce === void 0 ? {} : { reproduce }
	};
	const context = {
		outcome,
		marker: marker("local"),
		evidence: () => evidenceIn(outcome, compared, accept),
		program: world.pageProgram,
		...options
	};
	for (const { name, render } of REPORTS) {
		const target = targets[name];
		if (target === null) continue;
		const text = (await render(context)).replace(/\n*$/, "\n");
		if (target === "-") terminal.out(text);
		else await ports.files.writeText(target, text);
	}
	if (REPORTS.some(({ name }) => targets[name] === "-")) return;
	terminal.out(terminalReport(outcome, {
		width: terminal.columns,
		colour: terminal.colour,
		...options
	}));
}
async function checkReports(targets, { pageProgram }) {
	const [first, second] = REPORTS.filter(({ name }) => targets[name] === "-");
	if (first !== void 0 && second !== void 0) throw new GateError(`--${first.name} and --${second.name} cannot both go to stdout`, `Give --${second.name} a file`);
	for (const { name, ready } of REPORTS) if (targets[name] !== null) await ready?.({ program: pageProgram });
}
// src/cli/compare.ts
const compare = command({
	name: "compare",
	usage: "BASE… CAND",
	summary: "recordings, or tool outputs with --tool → verdicts; the last is the candidate, several BASE are its history",
	flags: {
		tool: {
			type: TEXT,
			value: "NAME",
			about: "The tool that wrote the files. Without it, a recording is known by its schema, any other file by its content."
		},
		threshold: SETTINGS.threshold,
		config: SETTINGS.config,
		...REPORT_FLAGS
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
		const config = await readConfig(named(files), given.config, TOOL_WORDS);
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
// src/cli/here.ts
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
// src/cli/demo.ts
const PAIRS = 10;
const demo = command({
	name: "demo",
	usage: "",
	summary: "a planted regression, found: needs nothing but node",
	flags: REPORT_FLAGS,
	operands: 0,
	async run({ given }, world) {
		const { ports, terminal, interrupt: { signal } } = world;
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
		const { recordings: { baseline, candidate }, warnings } = await measure(ports, {
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
			recordings: [baseline]
		}, candidate, rules, warnings);
		await writeReports(outcome, given, world, { compared: [{
			kind: "side-by-side",
			baseline: [baseline],
			candidate
		}] });
		if (Object.values(given).every((target) => target === null)) {
			terminal.out("\nThis is the comment that the pull request would get:\n");
			terminal.out(commentBody(outcome, {
				marker: marker("demo"),
				now
			}));
		}
		return 0;
	}
});
// src/cli/help.ts
const NARROWEST = 40;
const INDENT = "  ";
function overview(commands) {
	const left = commands.map(({ name, usage }) => `  benchgate ${name} ${usage}`);
	const width = largest(left.map((line) => line.length));
	return [
		"benchgate: know before you merge whether it got slower",
		"",
		...commands.map(({ summary }, index) => `${left[index].padEnd(width)}   ${summary}`),
		"",
		`Exit codes: ${Object.entries(EXIT_WORDS).map(([code, words]) => `${code} ${words}`).join(" · ")}`
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
			type: TEXT,
			value: "NAME",
			about: "The tool that wrote the file, known by its content where none is named. `list` shows all tools."
		},
		suite: {
			type: TEXT,
			value: "NAME",
			about: "The suite to file the benchmarks under. Without it, the name of the tool."
		},
		output: {
			type: TEXT,
			value: "FILE",
			short: "o",
			about: "A file for the recording; `-` is stdout. Without it, the recording goes to stdout."
		},
		warmup: {
			type: DURATION,
			value: "TIME",
			about: "How much of the beginning to leave out, such as `10s`. It needs a tool that tells when each sample was taken."
		},
		"expected-status": {
			type: one(statuses),
			value: "LIST",
			about: "The statuses that count as successes, such as `200-399, 404`, or codes of gRPC by name. It needs a tool whose output tells statuses."
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
		if (output !== null && output !== "-") await ports.files.writeText(output, encodeRecording(recording));
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
// src/cli/plan-flags.ts
const PLAN_FLAGS = {
	...SETTINGS,
	suite: {
		type: TEXTS,
		value: "NAME",
		about: "A suite of the configuration to measure. Without it, all are measured."
	}
};
async function planOf(given, files, compare) {
	return planFromFlags(given, await readConfig(named(files), given.config, TOOL_WORDS), compare, TOOL_WORDS);
}
// src/cli/record.ts
const record = command({
	name: "record",
	usage: "-o FILE [--append]",
	summary: "measure, write a recording; --append adds rounds to one of the same revision and machine",
	flags: {
		output: {
			type: TEXT,
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
		for (const { suite, benchmark, reason, output: lines } of failuresOf(measured)) terminal.err([`benchgate: failed: ${suite} / ${benchmark}: ${reason}`, ...quotedOutput(lines, 2e3)].join("\n"));
		return hasFailures(measured) ? 3 : 0;
	}
});
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
	return placed({ file }, () => decodeRecording(text));
}
// src/config/only.ts
function patternsOf(asked, suites, position) {
	const [suite = "", ...rest] = asked.split("/");
	if (rest.length === 0) return suites.includes(asked) ? [`${asked}/*`] : [`*/${asked}`, `* / ${asked}`];
	if (suite.includes("*") || suites.includes(suite)) return [asked];
	const near = nearest(suite, suites);
	const remedy = near === null ? `The suites are ${suites.join(", ")}; for a benchmark of that name write "*/${asked}"` : `Did you mean "${near}/${rest.join("/")}"?`;
	throw new GateError(`${quote(asked)} names a suite that is not there`, remedy, position);
}
// src/cli/unfinished.ts
const FILE = "benchgate/unfinished.json";
async function keepUnfinished({ files, git }, experiment, { session, seed, recordings }) {
	const kept = Object.entries(recordings).filter(([, { rounds }]) => rounds.length > 0);
	if (kept.length === 0) return false;
	const texts = Object.fromEntries(kept.map(([side, recording]) => [side, encodeRecording(recording)]));
	const state = {
		identity: identityOf(experiment),
		session,
		seed,
		recordings: texts
	};
	await files.writeText(await git.privatePath(FILE), JSON.stringify(state));
	return true;
}
async function findUnfinished({ files, git }, experiment) {
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
			type: TEXT,
			value: "REF",
			about: "The commit, tag or branch to measure this working tree beside. Without it, it is compared with the stored baseline."
		},
		resume: {
			type: SWITCH,
			about: "Goes on with a measurement that was interrupted. The other flags and both commits must be the same."
		},
		only: {
			type: TEXT,
			value: "PATTERN",
			about: "Measures only the benchmarks that fit, written as `suite/benchmark` or by their name alone, with `*` for any characters. What its tool cannot leave out is measured, and not reported."
		},
		...PLAN_FLAGS,
		...REPORT_FLAGS,
		...STORE_FLAGS
	},
	operands: 0,
	async run(flags, world) {
		const { given } = flags;
		const { ports, terminal, interrupt: { signal } } = world;
		const { base, only } = given;
		await checkReports(given, world);
		const plan = await planOf(given, ports.files, base === null ? "stored" : "side-by-side");
		const suites = plan.suites.map(({ name }) => name);
		const asked = only === null ? null : patternsOf(only, suites, { path: "--only" });
		const against = await againstWhat(ports, given);
		const candidate = await herePlace(ports);
		const experiment = against.kind === "side-by-side" ? {
			plan,
			base: against.revision,
			candidate: candidate.revision
		} : null;
		const before = given.resume ? await resumed(ports, experiment) : null;
		const { session, seed } = before ?? newSession(ports);
		for (const line of announce(plan, {
			against,
			looks: looksOf(plan.pairs),
			base
		})) terminal.err(line);
		const { outcome, comparisons, interrupted } = await gate(ports, {
			plan,
			candidate,
			against,
			only: asked,
			session,
			seed,
			...before && { before: before.recordings },
			onProgress: progressOn(terminal),
			onForecast: (forecast) => terminal.err(forecastLine(forecast)),
			signal
		});
		terminal.progress("");
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
		await writeReports(outcome, given, world, {
			reproduce: base === null ? void 0 : reproduceLine(base, wordsOf(flags.written)),
			compared: comparisons,
			accept: plan.accept
		});
		return exitCodeOf(outcome);
	}
});
function namesIn(comparisons) {
	const all = comparisons.flatMap(({ candidate }) => candidate.rounds.flatMap(({ measurements }) => measurements));
	return [...new Set(all.map(({ suite, benchmark }) => `${suite}/${benchmark}`))];
}
async function resumed(ports, experiment) {
	if (experiment !== null) return findUnfinished(ports, experiment);
	throw new GateError("--resume goes on with a measurement side by side", "Give --base REF too, or leave it out");
}
async function againstWhat(ports, given) {
	const { base } = given;
	if (base === null) {
		const store = storeOf(given, ports);
		const from = (await ports.git.revision("HEAD"))?.sha ?? "";
		return {
			kind: "stored",
			store,
			gate: given.gate ?? await onlyGate(store),
			from
		};
	}
	if (await ports.git.root() === null) throw new GateError("this folder is not inside a git repository", "Run Benchgate inside a checkout");
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
function wordsOf(written) {
	const word = (name) => written(name)[0] ?? null;
	return {
		config: word("config"),
		run: word("run"),
		bench: written("bench"),
		tool: word("tool"),
		setup: word("setup"),
		threshold: written("threshold"),
		only: word("only")
	};
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
const FEWEST = 8;
const STATES = [
	[(newest) => newest?.worse === true && newest.accepted === null, {
		word: "worse",
		sign: "▲",
		css: "worse",
		rank: 0
	}],
	[(newest) => newest?.worse === true, {
		word: "accepted",
		sign: "☑",
		css: "accepted",
		rank: 2
	}],
	[(newest) => newest?.worse === false, {
		word: "better",
		sign: "▼",
		css: "better",
		rank: 3
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
	const ticks = [
		bottom,
		(bottom + top) / 2,
		top
	].map((value) => {
		const at = fixed(plane.y(value));
		const label = `<text x="${CHART.left - 8}" y="${at}" dy="0.32em" text-anchor="end">${text(quantity(value))}</text>`;
		return `<line class="axis" x1="${CHART.left}" x2="${CHART.width - CHART.right}" y1="${at}" y2="${at}"/>${label}`;
	});
	const [from, to] = [dayOf(points[0]?.committedAt ?? ""), dayOf(points.at(-1)?.committedAt ?? "")];
	const floor = CHART.height - 8;
	const days = [`<text x="${CHART.left}" y="${floor}">${from}</text>`, `<text x="${CHART.width - CHART.right}" y="${floor}" text-anchor="end">${to}</text>`];
	const steps = changes.map(({ at, worse, accepted }, index) => {
		const x = fixed((plane.x(at - 1) + plane.x(at)) / 2);
		return `${`<line class="step ${accepted !== null ? "accepted" : worse ? "worse" : "better"}" x1="${x}" x2="${x}" y1="${CHART.top}" y2="${CHART.height - CHART.bottom}"/>`}<text class="mark" x="${x}" y="${CHART.top - 7}" text-anchor="middle">${index + 1}</text>`;
	});
	const means = levels.map(({ from: first, to: end, value }) => {
		const y = fixed(plane.y(value));
		return `<line class="level" x1="${fixed(plane.x(first))}" x2="${fixed(plane.x(end - 1))}" y1="${y}" y2="${y}"/>`;
	});
	const dots = points.length > DOTS ? [] : points.map(({ value, sha, committedAt }, run) => {
		const about = [
			quantity(value),
			sha.slice(0, 7),
			dayOf(committedAt)
		].filter(Boolean).join(", ");
		return `<circle class="dot" ${`cx="${fixed(plane.x(run))}" cy="${fixed(plane.y(value))}"`} r="2.4"><title>${text(about)}</title></circle>`;
	});
	const parts = [
		...ticks,
		...days,
		band(series, plane),
		line(series, plane),
		...means,
		...steps,
		...dots
	];
	return drawing(CHART, inWords(series), parts);
}
function sparkline(series) {
	const plane = planeOf(series, SPARK);
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
function planeOf(series, { width, height, left, right, top, bottom }) {
	const [low, high] = rangeOf(series);
	const last = Math.max(1, series.points.length - 1);
	const inside = (share) => Math.min(1, Math.max(0, share));
	return {
		x: (run) => left + run / last * (width - left - right),
		y: (value) => height - bottom - inside((value - low) / (high - low)) * (height - top - bottom)
	};
}
function rangeOf({ points }) {
	const values = points.map(({ value }) => value);
	const [low, high] = [smallest(values), largest(values)];
	const room = .12 * (high - low) || .05 * Math.abs(high) || 1;
	return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
}
function fixed(value) {
	return String(Number(value.toFixed(1)));
}
// src/report/trend/style.ts
const STYLE = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#ffffff, #10141a);
  --raised: light-dark(#f6f8fa, #171c24);
  --line: light-dark(#d5dbe1, #2f3742);
  --text: light-dark(#1b2129, #e8ecf1);
  --quiet: light-dark(#545e69, #a3adb9);
  --link: light-dark(#0858b8, #74b0ff);
  --series: light-dark(#0a62c9, #62a5ff);
  --red: light-dark(#b3151f, #ff8a85);
  --yellow: light-dark(#7a5200, #f0c05a);
  --green: light-dark(#11682f, #6fd08c);
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 24px 24px 64px; max-width: 1120px; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", Arial, sans-serif;
  font-variant-numeric: tabular-nums;
}
h1 { font-size: 26px; line-height: 1.25; margin: 4px 0 8px; }
h2 { font-size: 20px; margin: 40px 0 4px; }
h3 { font-size: 16px; margin: 0; overflow-wrap: anywhere; }
p { margin: 4px 0 12px; max-width: 80ch; }
.quiet, caption, figcaption { color: var(--quiet); }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
code { font: 0.88em ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace; }
table { border-collapse: collapse; width: 100%; margin: 12px 0; font-size: 14px; }
caption { text-align: left; padding: 0; }
article table { margin: 4px 0; }
th { text-align: left; font-weight: 600; color: var(--quiet); white-space: nowrap; }
th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: middle; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.name { overflow-wrap: anywhere; min-width: 14ch; }
td.spark { width: 132px; padding: 2px 12px 2px 0; }
.state { white-space: nowrap; font-weight: 600; }
.worse { color: var(--red); } .better { color: var(--green); } .accepted { color: var(--yellow); }
.steady, .short { color: var(--quiet); font-weight: 400; }
.scroll { overflow-x: auto; }
article { margin: 20px 0; padding: 16px 18px 8px; background: var(--raised); border: 1px solid var(--line); border-radius: 10px; break-inside: avoid; }
figure { margin: 8px 0 0; }
svg { display: block; width: 100%; height: auto; }
svg text { font: 11px system-ui, sans-serif; fill: var(--quiet); }
.axis { stroke: var(--line); stroke-width: 1; }
.run { fill: none; stroke: var(--series); stroke-width: 1.25; opacity: 0.75; }
.band { fill: var(--series); opacity: 0.14; }
.dot { fill: var(--series); }
.level { stroke: var(--text); stroke-width: 1.5; }
.step { stroke-width: 1.5; stroke-dasharray: 4 3; }
.step.worse { stroke: var(--red); } .step.better { stroke: var(--green); } .step.accepted { stroke: var(--yellow); }
svg text.mark { font-weight: 700; fill: var(--text); }
@media print { body { max-width: none; padding: 0; } article { border-color: #999; } }
`;
// src/report/trend/page.ts
const PICTURES = 500;
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
function trendPage(trend, options) {
	const ordered = [...trend.series].sort(byUrgency);
	const title = headline(ordered);
	const drawn = new Set(ordered.slice(0, PICTURES));
	const machines = trend.machines.filter((machine) => ordered.some((series) => isOf(series, machine)));
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${text(`${title} · Benchgate`)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="quiet">Benchgate · ${name(trend.place)} · ${dayOf(options.now)}</p>
<h1>${text(title)}</h1>
<p>Each point is the mean of a run's rounds. A change is where the level before and the level after differ beyond chance (E-divisive, p ≤ 0.005)
and by 2 % at least. It says nothing of the machine's part in it: look at the commits.</p>
${remarks(trend)}
${machines.map((machine) => machineSection(machine, ordered, drawn, options)).join("\n")}
</main>
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
function machineSection(machine, ordered, drawn, options) {
	const own = ordered.filter((series) => isOf(series, machine));
	const { gate, os, cpu, cores, runtime, runs } = machine;
	const about = [
		plural(runs, "run", "runs"),
		`${cores > 0 ? `${cores} × ` : ""}${name(cpu, 60)}`,
		name(os, 20),
		name(runtime, 40)
	];
	const rows = own.map((series) => row(series, drawn.has(series)));
	const head = [
		"state",
		"benchmark",
		"statistic",
		"now",
		"last change",
		"since the first runs",
		"history"
	];
	const numbers = [
		"now",
		"last change",
		"since the first runs"
	];
	const cells = head.map((each) => `<th scope="col"${numbers.includes(each) ? " class=\"number\"" : ""}>${each}</th>`);
	return `<section>
<h2>${name(gate)}</h2>
<p class="quiet">${about.join(" · ")}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${text(`Benchmarks of ${gate} on ${cpu}`)}"><table>
<thead><tr>${cells.join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>
${own.filter((series) => drawn.has(series)).map((series) => picture(series, options)).join("\n")}
</section>`;
}
function row(series, linked) {
	const { word, sign, css } = stateOf(series);
	const { points, changes, levels, drift, unit } = series;
	const last = changes.at(-1);
	const title = name(`${series.suite} / ${series.benchmark}`, 160);
	const since = levels.length > 1 ? levels.at(-1).value / levels[0].value : drift?.ratio ?? null;
	return `<tr>${[
		`<td class="state ${css}"><span aria-hidden="true">${sign}</span> ${word}</td>`,
		`<td class="name">${linked ? `<a href="#${idOf(series)}">${title}</a>` : title}</td>`,
		`<td>${text(statisticWords(series, PLAIN))}</td>`,
		`<td class="number">${text(quantityOf(series)(levels.at(-1)?.value ?? points.at(-1).value))}</td>`,
		`<td class="number">${last === void 0 ? "–" : `${text(change(last.ratio, wordsFor(unit)))} ${dayOf(points[last.at].committedAt)}`}</td>`,
		`<td class="number">${since === null ? "–" : text(signedPercent(since))}</td>`,
		`<td class="spark">${sparkline(series)}</td>`
	].join("")}</tr>`;
}
function picture(series, { pages }) {
	const { changes, drift, unit, points } = series;
	const words = (ratio) => text(change(ratio, wordsFor(unit)));
	const link = (sha) => linked(pages.commit(sha), `<code>${text(sha.slice(0, 7)) || "unknown"}</code>`);
	const listed = changes.map((each, index) => changeRow(each, index, series, {
		words,
		link,
		pages
	}));
	const drifted = drift === null ? "" : `<p>${drift.worse ? "Worse" : "Better"} than its first 20 runs: ${words(drift.ratio)}, perhaps since ${link(drift.since)}.</p>`;
	const table = listed.length === 0 ? "" : `<div class="scroll"><table><caption>Changes of level</caption><thead><tr><th scope="col">no.</th><th scope="col">change</th><th scope="col">between</th><th scope="col">chance</th><th scope="col">accepted because</th></tr></thead><tbody>${listed.join("")}</tbody></table></div>`;
	const newest = points.at(-1);
	return `<article id="${idOf(series)}">
<h3>${name(`${series.suite} / ${series.benchmark}`, 160)} · ${text(statisticWords(series, PLAIN))}</h3>
<figure>${chart(series)}<figcaption>${plural(points.length, "run", "runs")}, newest ${link(newest.sha)}${dayOf(newest.committedAt) === "" ? "" : ` of ${dayOf(newest.committedAt)}`}. Shaded: one standard deviation of a run's rounds.</figcaption></figure>
${drifted}${table}
</article>`;
}
function changeRow(found, index, { points }, { words, link, pages }) {
	const { at, before, after, ratio, worse, accepted, p } = found;
	const range = `${link(before)} … ${link(after)}`;
	const all = pages.between(before, after);
	return `<tr>${[
		`${index + 1}`,
		`<span class="state ${accepted !== null ? "accepted" : worse ? "worse" : "better"}">${worse ? "worse" : "better"}: ${words(ratio)}</span>`,
		`${range}${all === null ? "" : `, ${linked(all, "commits")}`}, ${dayOf(points[at].committedAt)}`,
		text(probability(p)),
		accepted === null ? "–" : name(accepted, 300)
	].map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
}
function linked(address, words) {
	return address === null ? words : `<a href="${text(address)}" rel="noopener noreferrer">${words}</a>`;
}
function isOf(series, { gate, fingerprint }) {
	return series.gate === gate && series.fingerprint === fingerprint;
}
function byUrgency(a, b) {
	const ages = [a, b].map(({ points, changes }) => points.length - (changes.at(-1)?.at ?? 0));
	const [first, second] = [titleOf(a), titleOf(b)];
	return stateOf(a).rank - stateOf(b).rank || ages[0] - ages[1] || (first < second ? -1 : first > second ? 1 : 0);
}
function idOf({ gate, fingerprint, suite, benchmark, metric, statistic, unit, better }) {
	const key = keyOf(gate, fingerprint, suite, benchmark, metric, statistic, unit, better);
	return `s${fnv1a(key, 64).toString(36)}`;
}
// src/cli/trend.ts
const DEPTH = 5e3;
const RUNS = 500;
const trend = command({
	name: "trend",
	usage: "-o FOLDER|FILE.html",
	summary: "every stored benchmark over time, with what changed its level: one page, without a script or a network",
	flags: {
		output: {
			type: TEXT,
			value: "PATH",
			short: "o",
			about: "A folder, which gets an `index.html`, or a file that ends in `.html`; `-` is stdout."
		},
		...STORE_FLAGS,
		config: {
			...SETTINGS.config,
			about: "The configuration file whose accepted changes are marked. Without it, `benchgate.yml` is read where it exists."
		}
	},
	operands: 0,
	async run({ given }, { ports, terminal }) {
		const { output, gate } = given;
		if (output === null) throw new GateError("trend has nowhere to write", "Name a folder or a file: `benchgate trend -o site`, or `-o -`");
		const store = storeOf(given, ports);
		const { chosen, unrelated } = await related(ports, (await store.list()).filter((entry) => gate === null || entry.gate === gate));
		const { collected, unreadable } = await loadSeries(store, chosen);
		const accept = (await readConfig(named(ports.files), given.config, TOOL_WORDS))?.accept ?? [];
		const series = collected.series().map((each) => analyse(each, accept));
		const html = trendPage({
			place: store.place,
			machines: collected.machines(),
			series,
			unreadable,
			unrelated
		}, {
			pages: commitPages(await ports.git.origin() ?? ""),
			now: ports.clock.now().toISOString()
		});
		if (output === "-") terminal.out(html);
		else {
			const file = /\.html?$/i.test(output) ? output : `${output.replace(/[\\/]+$/, "")}/index.html`;
			await ports.files.writeText(file, html);
			terminal.err(`benchgate: ${file}: ${chosen.length === 1 ? "1 run" : `${chosen.length} runs`}, ${series.length} series`);
		}
		return 0;
	}
});
async function related({ git }, entries) {
	const head = await git.root() === null ? null : await git.revision("HEAD");
	const described = describeEntries(entries, head === null || entries.length === 0 ? [] : await git.ancestors(head.sha, DEPTH));
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
	run,
	record,
	parse,
	compare,
	baseline,
	trend
];
async function main(argv, world) {
	const { terminal, interrupt } = world;
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
			const { terminal } = world;
			terminal.out(wanted === void 0 ? overview(COMMANDS) : commandHelp(wanted, terminal.columns));
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
