import { n as profileOrder, t as Profiler } from "./profiler.js";
import { accessSync, constants, readFileSync, readSync, readdirSync, writeFileSync, writeSync } from "node:fs";
import { execFile, spawn } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { availableParallelism } from "node:os";
import { delimiter, dirname, isAbsolute, join as join$1, parse, relative, resolve } from "node:path";
import { PerformanceObserver, monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { text } from "node:stream/consumers";
// src/harness/slices.ts
const KEPT = 1 << 17;
const SORTED = 2048;
const FIRST = 1 << 18;
const TO_SETTLE = 5;
const FEWEST_FOR_TAIL = 15;
const NO_SLICES = {
	middles: [],
	tails: [],
	samples: 0
};
const NOTHING = {
	whole: NO_SLICES,
	settled: null
};
function slicedOf(slices) {
	const all = slices.reduce((sum, { samples }) => sum + samples, 0);
	const samples = slices.length === 0 ? 0 : all / slices.length;
	return {
		middles: slices.map(({ middle }) => middle),
		tails: samples >= FEWEST_FOR_TAIL ? slices.map(({ tail }) => tail) : [],
		samples
	};
}
var Slices = class {
	#readings = new Float64Array(KEPT);
	#whole = new BigInt64Array(KEPT);
	#count = 0;
	#inNs = false;
	#slices = [];
	#first = new Float64Array(FIRST);
	#firsts = 0;
	#settled = null;
	get isOpen() {
		return this.#count % 2 === 1;
	}
	note(ms) {
		if (this.#count < KEPT) this.#readings[this.#count] = ms;
		this.#count++;
	}
	noteNs(ns) {
		this.#inNs = true;
		if (this.#count < KEPT) this.#whole[this.#count] = ns;
		this.#count++;
	}
	cut() {
		if (this.#settled === null) this.#firsts = this.#keepFirst();
		const kept = Math.min(this.#count >> 1, SORTED);
		const durations = new Float64Array(kept);
		for (let i = 0; i < kept; i++) durations[i] = this.#duration(i);
		const samples = this.#count >> 1;
		this.#count = 0;
		if (samples === 0) return;
		durations.sort();
		this.#slices.push({
			middle: middleOf(durations),
			tail: tailOf(durations),
			samples
		});
	}
	hasNoted(samples) {
		return !this.isOpen && this.#firsts <= FIRST && this.#firsts + (this.#count >> 1) === samples;
	}
	settle(samples) {
		if (this.#settled !== null || !this.hasNoted(samples) || this.#keepFirst() > FIRST) return false;
		this.#settled = {
			at: Math.max(this.#slices.length + 1, TO_SETTLE),
			early: this.#first.slice(0, samples)
		};
		return true;
	}
	take() {
		this.cut();
		const settled = this.#settled && {
			slices: slicedOf(this.#slices.slice(this.#settled.at)),
			early: this.#settled.early
		};
		const whole = slicedOf(this.#slices);
		this.#slices = [];
		this.#inNs = false;
		this.#settled = null;
		this.#firsts = 0;
		return {
			whole,
			settled
		};
	}
	#keepFirst() {
		const samples = this.#count >> 1;
		const all = this.#firsts + samples;
		if (this.#count > KEPT || all > FIRST) return 262145;
		for (let i = 0; i < samples; i++) this.#first[this.#firsts + i] = this.#duration(i);
		return all;
	}
	#duration(sample) {
		return this.#inNs ? this.#ns(sample) : this.#ms(sample);
	}
	#ms(sample) {
		return this.#readings[2 * sample + 1] - this.#readings[2 * sample];
	}
	#ns(sample) {
		return Number(this.#whole[2 * sample + 1] - this.#whole[2 * sample]) / 1e6;
	}
};
function middleOf(ascending) {
	const { length } = ascending;
	const cut = Math.min(Math.ceil((length - 1) / 4), length - 1 >> 1);
	let sum = 0;
	for (let i = cut; i < length - cut; i++) sum += ascending[i];
	return sum / (length - 2 * cut);
}
function tailOf(ascending) {
	const at = .99 * (ascending.length - 1);
	const [below, above] = [ascending[Math.floor(at)], ascending[Math.ceil(at)]];
	return below + at % 1 * (above - below);
}
// src/harness/virtual-clock.ts
const LEAP = 1e9;
var VirtualClock = class {
	#real;
	#slice;
	#pass = () => {};
	#waited = 0;
	#waitedNs = 0n;
	#sliceEnd = Number.POSITIVE_INFINITY;
	#probing = null;
	#slices = new Slices();
	#noting = false;
	constructor(real, slice) {
		this.#real = real;
		this.#slice = slice;
	}
	now = () => this.#real.ms() - this.#waited;
	yieldingNow = () => {
		const now = this.#real.ms() - this.#waited;
		if (now >= this.#sliceEnd) return this.#end((after) => this.#slices.note(after));
		if (this.#noting) this.#slices.note(now);
		return now;
	};
	bigint = () => this.#real.ns() - this.#waitedNs;
	yieldingBigint = () => {
		if (this.now() >= this.#sliceEnd) {
			let ns = 0n;
			this.#end(() => {
				ns = this.bigint();
				this.#slices.noteNs(ns);
			});
			return ns === 0n ? this.bigint() : ns;
		}
		const ns = this.bigint();
		if (this.#noting) this.#slices.noteNs(ns);
		return ns;
	};
	yieldIfDue = () => {
		if (this.now() >= this.#sliceEnd) this.#end(() => {});
	};
	startSlices(pass) {
		this.#pass = pass;
		this.#sliceEnd = this.now() + this.#slice;
	}
	stopSlices() {
		this.#sliceEnd = Number.POSITIVE_INFINITY;
	}
	beginSamples() {
		this.#slices.take();
		this.#noting = true;
	}
	hasNoted(samples) {
		return this.#noting && this.#slices.hasNoted(samples);
	}
	settle(samples) {
		return this.#noting && this.#slices.settle(samples);
	}
	endSamples() {
		this.#noting = false;
		return this.#slices.take();
	}
	standStill(wait) {
		const before = this.#real.ms();
		const beforeNs = this.#real.ns();
		wait();
		this.#waitedNs += this.#real.ns() - beforeNs;
		this.#waited += this.#real.ms() - before;
	}
	probe(read) {
		const [sliceEnd, probing] = [this.#sliceEnd, { yielded: false }];
		this.#sliceEnd = Number.NEGATIVE_INFINITY;
		this.#probing = probing;
		const before = read();
		this.#leap(-1);
		const moved = read() - before;
		this.#leap(1);
		this.#probing = null;
		this.#sliceEnd = sliceEnd;
		return {
			virtual: moved > LEAP / 2,
			yields: probing.yielded
		};
	}
	#leap(direction) {
		this.#waited += direction * LEAP;
		this.#waitedNs += BigInt(direction * LEAP) * 1000000n;
	}
	#end(note) {
		if (this.#probing !== null) {
			this.#probing.yielded = true;
			return this.now();
		}
		this.standStill(this.#pass);
		this.startSlices(this.#pass);
		const now = this.now();
		if (!this.#noting) return now;
		const ends = this.#slices.isOpen;
		if (!ends) this.#slices.cut();
		note(now);
		if (ends) this.#slices.cut();
		return now;
	}
};
// src/harness/platform-clock.ts
const realClock = {
	ms: performance.now.bind(performance),
	ns: process.hrtime.bigint.bind(process.hrtime)
};
const clock$1 = clockFor(process.env.BENCHGATE_SLICE);
function installClock(clock, { yields }) {
	performance.now = yields ? clock.yieldingNow : clock.now;
	const bigint = yields ? clock.yieldingBigint : clock.bigint;
	process.hrtime = Object.assign((earlier) => tuple(bigint(), earlier), { bigint });
}
function clockFor(slice) {
	if (slice === void 0) return null;
	const made = new VirtualClock(realClock, Number(slice));
	installClock(made, { yields: true });
	return made;
}
function tuple(now, earlier) {
	const passed = now - (earlier === void 0 ? 0n : BigInt(earlier[0]) * 1000000000n + BigInt(earlier[1]));
	return [Number(passed / 1000000000n), Number(passed % 1000000000n)];
}
// src/harness/leak.ts
const LEAST = 16;
const NOISE = 32768;
const FEW = 100;
const LOOKS = 6;
const PART = 12;
const PER_LOOK = 8192;
const ODD = 1;
const STEADY = .25;
function mayLeak({ bytes, runs }) {
	return runs > 0 && bytes >= NOISE * (1 + FEW / runs) && bytes / runs >= LEAST;
}
async function leakOf(grown, { run, heap }) {
	if (!mayLeak(grown)) return 0;
	const each = grown.bytes / grown.runs;
	const runs = Math.max(1, Math.ceil(grown.runs / PART), Math.ceil(PER_LOOK / each));
	const left = [];
	if (!await run(1)) return 0;
	let before = heap();
	for (let look = 0; look < LOOKS; look++) {
		if (!await run(runs)) return 0;
		const after = heap();
		left.push(after - before);
		if (left.filter((found) => found < STEADY * LEAST * runs).length > ODD) return 0;
		before = after;
	}
	const ascending = [...left].sort((a, b) => a - b);
	const usual = (ascending[LOOKS / 2 - 1] + ascending[LOOKS / 2]) / 2;
	const slope = usual / runs;
	const all = left.reduce((sum, found) => sum + found, 0);
	return ascending[ODD] >= STEADY * usual && all >= LOOKS / 2 * usual && each >= STEADY * slope && slope >= LEAST ? slope : 0;
}
// src/harness/companions.ts
const RESOLUTION = 1;
var Companions = class {
	#collect;
	#pauses = [];
	#observer = new PerformanceObserver((list) => this.#note(list.getEntries()));
	#stretches = new Map();
	#found = new Map();
	#unsettled = null;
	#running = 0;
	#mixed = false;
	#delay = null;
	#cpu = {
		user: 0,
		system: 0
	};
	#heap = null;
	#grown = new Map();
	#from = 0;
	constructor(thrownAway = false) {
		this.#collect = thrownAway ? null : collector();
		this.#observer.observe({ entryTypes: ["gc"] });
	}
	begin() {
		this.#mixed = this.#running++ > 0;
		if (this.#mixed) return;
		this.#heap = this.settle() ?? this.heap();
		this.#delay = monitorEventLoopDelay({ resolution: RESOLUTION });
		this.#delay.enable();
		this.#from = realClock.ms();
		this.#cpu = process.cpuUsage();
	}
	pause = (wait) => {
		this.#delay?.disable();
		wait();
		this.#delay?.enable();
	};
	end(benchmark, runs) {
		const { user, system } = process.cpuUsage(this.#cpu);
		const delay = this.#delay;
		delay?.disable();
		this.#delay = null;
		this.#running--;
		if (runs === 0 || this.#mixed) return;
		this.#stretches.set(benchmark, {
			from: this.#from,
			to: realClock.ms(),
			runs
		});
		const found = [{
			metric: "cpu-time",
			unit: "s",
			value: digits((user + system) / 1e6 / runs)
		}];
		if (delay !== null && delay.count > 0) found.push(delayOf(delay));
		this.#found.set(benchmark, found);
		this.#unsettled = {
			benchmark,
			runs
		};
	}
	settle() {
		if (this.#unsettled === null) return null;
		const { benchmark, runs } = this.#unsettled;
		this.#unsettled = null;
		const heap = this.heap();
		if (heap === null) return null;
		this.#found.get(benchmark)?.push({
			metric: "memory",
			unit: "B",
			value: heap
		});
		if (this.#heap !== null) this.#grown.set(benchmark, {
			bytes: heap - this.#heap,
			runs
		});
		return heap;
	}
	heap() {
		if (this.#collect === null) return null;
		this.#collect();
		return process.memoryUsage().heapUsed;
	}
	async lookForLeak(benchmark, run) {
		const grown = this.#grown.get(benchmark);
		if (grown === void 0) return;
		this.#grown.delete(benchmark);
		const leak = await leakOf(grown, {
			run: async (runs) => await run(runs) && await comesRound(),
			heap: () => this.heap() ?? 0
		});
		this.#found.get(benchmark)?.push({
			metric: "heap-growth",
			unit: "B",
			value: digits(leak)
		});
	}
	leaveHeap() {
		this.#unsettled = null;
	}
	async all() {
		await comesRound();
		this.#note(this.#observer.takeRecords());
		this.#observer.disconnect();
		for (const [benchmark, { from, to, runs }] of this.#stretches) {
			const paused = this.#pauses.reduce((sum, { at, ms }) => at >= from && at < to ? sum + ms : sum, 0);
			this.#found.get(benchmark)?.push({
				metric: "gc-time",
				unit: "s",
				value: digits(paused / 1e3 / runs)
			});
		}
		return this.#found;
	}
	#note(entries) {
		for (const { startTime, duration } of entries) this.#pauses.push({
			at: startTime,
			ms: duration
		});
	}
};
function comesRound() {
	return new Promise((resolve) => setImmediate(() => resolve(true)));
}
function delayOf(delay) {
	const late = (percentile) => digits(Math.max(0, delay.percentile(percentile) / 1e9 - RESOLUTION / 1e3));
	return {
		metric: "event-loop-delay",
		unit: "s",
		quantiles: {
			"0.5": late(50),
			"0.99": late(99),
			"1": late(100)
		},
		count: delay.count
	};
}
function digits(value) {
	return Number(value.toPrecision(4));
}
function collector() {
	try {
		setFlagsFromString("--no-flush-bytecode");
		setFlagsFromString("--expose-gc");
		const collect = runInNewContext("gc");
		return typeof collect === "function" ? () => collect() : null;
	} catch {
		return null;
	}
}
// src/harness/error.ts
var ModuleError = class extends Error {
	constructor(problem, remedy, cause) {
		super(`${problem}. ${remedy}.`, cause === void 0 ? {} : { cause });
		this.name = "ModuleError";
	}
};
var UnfitModule = class extends ModuleError {};
function oneLine(thrown) {
	return (thrown instanceof Error ? thrown.message || thrown.name : String(thrown)).split("\n", 1)[0]?.trim() || "an error without a message";
}
const FRAME = /(?:\(|at )((?:file:\/\/\/|\/|[A-Za-z]:[\\/])[^()]*?):(\d+):\d+\)?$/;
const OWN_FOLDER = dirname(fileURLToPath(import.meta.url));
function whereThrown(thrown) {
	try {
		const stack = thrown instanceof Error ? thrown.stack : null;
		return typeof stack === "string" ? whereIn(stack) : null;
	} catch {
		return null;
	}
}
const LONGEST = 2e3;
function whereIn(stack) {
	for (const line of stack.split("\n")) {
		const [, path, number] = line.length > LONGEST ? [] : FRAME.exec(line) ?? [];
		if (path === void 0) continue;
		const absolute = path.startsWith("file:") ? fileURLToPath(path) : path;
		if (dirname(absolute) === OWN_FOLDER) continue;
		const file = relative(process.cwd(), absolute).replaceAll("\\", "/");
		if (!isAbsolute(file) && !/^\.\.(\/|$)|(^|\/)node_modules\//.test(file)) return `${file}:${number}`;
	}
	return null;
}
// src/harness/cpu.ts
function choosePin(env = process.env) {
	if (process.platform !== "linux") return null;
	const taskset = (env.PATH ?? "").split(delimiter).map(tasksetIn).find(isExecutable);
	const allowed = allowedList("self");
	const cpu = cpuOf(allowed);
	return taskset === void 0 || cpu === null ? null : {
		cpu,
		taskset,
		allowed
	};
}
async function bind({ cpu, taskset, allowed }, pids) {
	const tell = (list) => Promise.all(pids.map((pid) => run(taskset, [
		"-a",
		"-c",
		"-p",
		list,
		String(pid)
	])));
	const lists = () => new Set(pids.flatMap(listsOf));
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		await tell(String(cpu));
		if ([...lists()].every((list) => list === String(cpu))) return cpu;
	}
	if (lists().size > 1) await tell(allowed);
	if (lists().size > 1) throw new ModuleError(`${taskset} binds some processes to one CPU, and does not set them free`, "Correct the program");
	return null;
}
const ATTEMPTS = 2;
const PATIENCE$1 = 2e3;
function run(taskset, told) {
	return new Promise((resolve) => {
		execFile(taskset, told, {
			timeout: PATIENCE$1,
			killSignal: "SIGKILL"
		}, () => resolve());
	});
}
function listsOf(pid) {
	try {
		return readdirSync(`/proc/${pid}/task`).map((thread) => allowedList(`${pid}/task/${thread}`)).filter((list) => list !== "");
	} catch {
		return [];
	}
}
function cpuOf(list) {
	const cpus = list.trim().split(",").flatMap((range) => {
		const [first = NaN, last = first] = range.split("-").map(Number);
		return Array.from({ length: last - first + 1 }, (_, index) => first + index);
	}).filter(Number.isInteger);
	return cpus.length > 1 ? cpus.reduce((most, cpu) => Math.max(most, cpu)) : null;
}
function allowedList(place) {
	try {
		return /^Cpus_allowed_list:\s*(.+)$/m.exec(readFileSync(`/proc/${place}/status`, "utf8"))?.[1] ?? "";
	} catch {
		return "";
	}
}
function tasksetIn(folder) {
	return join$1(folder || ".", "taskset");
}
function isExecutable(file) {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
// src/harness/hash-seed.ts
const FLAG = "--hash-seed=";
const MOST$1 = 2 ** 31 - 1;
function hashSeedFlags(envs, random) {
	return envs.some(({ NODE_COMPILE_CACHE: cache }) => cache) ? [] : [`${FLAG}${1 + Math.floor(random() * MOST$1)}`];
}
function forgetHashSeed(execArgv) {
	const at = execArgv.findIndex((argument) => argument.startsWith(FLAG));
	if (at < 0) return;
	execArgv.splice(at, 1);
	setFlagsFromString(`${FLAG}0`);
}
// src/harness/messages.ts
const GO = {
	together: "g",
	last: "l"
};
const SLICE = ".";
function messageLine(message) {
	return `${message.kind === "slice" ? SLICE : JSON.stringify(message)}\n`;
}
function parseMessage(line) {
	if (line === SLICE) return { kind: "slice" };
	try {
		const message = JSON.parse(line);
		return message.kind === "ready" || message.kind === "tasks" || message.kind === "step" ? message : null;
	} catch {
		return null;
	}
}
// src/harness/output-tail.ts
var Tail = class {
	#kept = Buffer.alloc(0);
	push(chunk) {
		this.#kept = Buffer.from(Buffer.concat([this.#kept, chunk.subarray(-65536)]).subarray(-65536));
	}
	text() {
		return this.#kept.toString("utf8").trimEnd().split("\n").slice(-40).join("\n");
	}
};
// src/harness/turn-order.ts
function stepKey({ phase, task }) {
	return `${phase} ${task}`;
}
function mayGoOn(sides, leader = 0) {
	const first = [...sides].sort((a, b) => Number(b === sides[leader]) - Number(a === sides[leader])).find(isLoading);
	const waits = (side) => isLoading(side) ? side !== first : sides.some((other) => other !== side && other.alive && awaits(side, other));
	const free = sides.map((side) => side.alive && !waits(side));
	return free.some(Boolean) ? free : sides.map(({ alive }) => alive);
}
function isLoading({ alive, tasks, step }) {
	return alive && tasks === null && step === null;
}
function isLast(sides, side) {
	const { step } = side;
	if (step === null || sides.length < 2) return false;
	const key = stepKey(step);
	const left = (other) => other.seen.has(key) && !(other.alive && other.step !== null && stepKey(other.step) === key);
	return sides.every((other) => other === side || left(other));
}
function awaits({ step }, other) {
	if (step === null || other.seen.has(stepKey(step))) return false;
	return other.tasks === null || other.tasks.includes(step.task);
}
var Rota = class {
	#cycle;
	#at = -1;
	constructor(sides) {
		const order = Array.from({ length: sides }, (_, index) => index);
		this.#cycle = [...order, ...order.toReversed()];
	}
	next(may) {
		for (let step = 1; step <= this.#cycle.length; step++) {
			const side = this.#cycle[(this.#at + step) % this.#cycle.length];
			if (!may[side]) continue;
			this.#at = (this.#at + step) % this.#cycle.length;
			return side;
		}
		return null;
	}
};
const UNFIT = 2;
const GRACE = 2e3;
const DRAIN = 1e3;
var Side = class {
	started;
	ended;
	alive = true;
	step = null;
	tasks = null;
	seen = new Set();
	#child;
	#pipe;
	#limit;
	#timedOut = false;
	#spent = 0;
	#since = performance.now();
	#watch;
	#rest = "";
	constructor(argv, plan, env, onStop) {
		const [program, ...rest] = argv;
		this.#limit = plan.timeLimit * 1e3;
		this.#watch = setTimeout(this.#check, this.#limit);
		const child = spawn(program, rest, {
			cwd: plan.cwd,
			env,
			stdio: [
				"ignore",
				"pipe",
				"pipe",
				"pipe"
			]
		});
		this.#child = child;
		this.#pipe = child.stdio[3];
		this.#pipe.on("error", () => {});
		let start = () => {};
		this.started = new Promise((resolve) => {
			start = resolve;
		});
		const stop = () => {
			start();
			this.#stop(onStop);
		};
		this.#pipe.on("data", (chunk) => {
			if (this.#hear(chunk.toString("latin1"))) stop();
		});
		const tail = new Tail();
		child.stdout?.on("data", (chunk) => tail.push(chunk));
		child.stderr?.on("data", (chunk) => tail.push(chunk));
		this.ended = this.#end(tail, stop);
	}
	unfit = false;
	dismiss() {
		if (this.alive && this.tasks === null && this.step === null) this.#child.kill("SIGKILL");
	}
	get pid() {
		return this.#child.pid;
	}
	get hasTurn() {
		return this.#since !== null;
	}
	go(isLast) {
		this.#since = performance.now();
		this.#pipe.write(isLast ? GO.last : GO.together);
	}
	#stop(onStop) {
		if (this.#since === null) return;
		this.#spent += performance.now() - this.#since;
		this.#since = null;
		onStop();
	}
	#hear(text) {
		const lines = (this.#rest + text).split("\n");
		this.#rest = lines.pop() ?? "";
		let stopped = false;
		for (const message of lines.map(parseMessage)) if (message !== null) stopped = this.#take(message) || stopped;
		return stopped;
	}
	#take(message) {
		if (message.kind === "tasks") {
			this.tasks = message.tasks;
			return false;
		}
		if (message.kind === "step") {
			this.step = {
				phase: message.phase,
				task: message.task
			};
			this.seen.add(stepKey(this.step));
		}
		return true;
	}
	#check = () => {
		const spent = this.#spent + (this.#since === null ? 0 : performance.now() - this.#since);
		if (spent < this.#limit) {
			this.#watch = setTimeout(this.#check, this.#limit - spent);
			return;
		}
		this.#timedOut = true;
		this.#child.kill("SIGTERM");
		this.#watch = setTimeout(() => this.#child.kill("SIGKILL"), GRACE);
	};
	async #end(tail, stop) {
		const closed = new Promise((resolve) => this.#child.once("close", () => resolve()));
		const { exitCode, signal } = await new Promise((resolve) => {
			this.#child.once("error", (error) => {
				tail.push(Buffer.from(`${error.message}\n`));
				resolve({
					exitCode: 127,
					signal: null
				});
			});
			this.#child.once("exit", (code, name) => resolve({
				exitCode: code,
				signal: name
			}));
		});
		clearTimeout(this.#watch);
		this.alive = false;
		this.unfit = exitCode === UNFIT;
		stop();
		const drained = new Promise((resolve) => setTimeout(resolve, DRAIN).unref());
		await Promise.race([closed, drained]);
		return {
			exitCode,
			signal,
			timedOut: this.#timedOut,
			output: tail.text(),
			seconds: this.#spent / 1e3
		};
	}
};
// src/harness/conductor.ts
async function conduct(plan, harness) {
	const { leader = 0 } = plan;
	const atOnce = plan.atOnce === true && availableParallelism() >= plan.sides.length;
	const pin = plan.pin === false || atOnce ? null : choosePin();
	const rota = new Rota(plan.sides.length);
	const tell = stepTeller();
	let begun = false;
	const passTurn = () => {
		if (!begun) return;
		tell(sides[leader]);
		if (sides[leader]?.unfit) for (const side of sides) side.dismiss();
		const free = mayGoOn(sides, leader);
		const turn = atOnce ? null : rota.next(free);
		const next = sides.filter((side, index) => atOnce ? free[index] && !side.hasTurn : index === turn);
		for (const side of next) side.go(isLast(sides, side));
	};
	const slice = atOnce ? Number.POSITIVE_INFINITY : plan.slice ?? 3;
	const turns = {
		BENCHGATE_TURNS: String(3),
		BENCHGATE_SLICE: String(slice)
	};
	const envs = plan.sides.map((side) => ({
		...process.env,
		...side.env,
		...turns
	}));
	const argv = [
		process.execPath,
		...hashSeedFlags(envs, Math.random),
		harness,
		plan.module
	];
	const sides = plan.sides.map((side, index) => new Side(argv, side, envs[index], passTurn));
	await Promise.all(sides.map(({ started }) => started));
	const pids = sides.filter(({ alive }) => alive).map(({ pid }) => pid);
	const cpu = pin && await bind(pin, pids);
	begun = true;
	passTurn();
	return {
		cpu,
		sides: await Promise.all(sides.map(({ ended }) => ended))
	};
}
const STEP = "benchgate-step ";
function stepTeller() {
	let last = "";
	return (side) => {
		const { step, tasks } = side ?? {};
		if (!step || !tasks || step.task === last) return;
		last = step.task;
		const [at, of] = [tasks.indexOf(step.task) + 1, tasks.length];
		const told = {
			name: step.task,
			warmsUp: step.phase === "warmup",
			at,
			of
		};
		process.stderr.write(`${STEP}${JSON.stringify(told)}\n`);
	};
}
function planFrom(text) {
	if (text === "") throw new ModuleError("the conductor has read no plan on its stdin", "Let Benchgate start it");
	return JSON.parse(text);
}
// node_modules/tinybench/dist/index.js
const e = Object.freeze(() => {});
const t = globalThis.Event;
var n = class extends t {
	get error() {
		return this.#e;
	}
	get reason() {
		return this.#t;
	}
	get task() {
		return this.#n;
	}
	#e;
	#t;
	#n;
	constructor(e, t, n) {
		super(e), t != null && (this.#n = t), typeof n == "string" ? this.#t = n : n != null && (this.#e = n);
	}
};
const r = (e) => e !== null && (typeof e == "object" || typeof e == "function") && typeof e.then == "function";
const i = (async () => {}).constructor;
const a = (e) => typeof e == "function" && e.constructor === i;
const o = (t) => {
	if (t == null) return !1;
	if (a(t)) return !0;
	try {
		let n = t(), i = r(n);
		if (i) try {
			n.then(e).catch(e);
		} catch {}
		return i;
	} catch {
		return !1;
	}
};
const s = (e, t) => {
	if (!e) {
		let e = Error.stackTraceLimit;
		try {
			Error.stackTraceLimit = 0;
			let n = Error(t);
			throw Error.stackTraceLimit = e, e !== 0 && Error.captureStackTrace(n, s), n;
		} finally {
			Error.stackTraceLimit = e;
		}
	}
};
const c = (e) => {
	switch (typeof e) {
		case "function": return Error(e.name);
		case "object": if (e !== null) return e instanceof Error ? e : Error(e.message ?? "");
		case "undefined": return Error();
		case "string": return Error(e);
		default: return Error(String(e));
	}
};
const l = (e) => Number(e) / 1e6;
const u = (e) => Number(e) * 1e6;
const d = (e) => e;
const f = (e) => BigInt(Math.round(e * 1e6));
function p(e = globalThis) {
	let t = "unknown", n = "unknown";
	if (e.Bun || e.process && e.process.versions?.bun) {
		t = "bun";
		let r = e.Bun?.version;
		if (r) n = r;
		else {
			let t = e.process?.versions?.bun;
			t && (n = t);
		}
	} else e.Deno ? (t = "deno", n = e.Deno.version?.deno ?? "unknown") : e.process && e.process.release?.name === "node" ? (t = "node", n = e.process.versions?.node ?? "unknown") : e.HermesInternal ? (t = "hermes", n = e.HermesInternal.getRuntimeProperties?.()["OSS Release Version"] ?? "unknown") : m(e) && e.navigator.userAgent === "Cloudflare-Workers" ? t = "workerd" : m(e) && e.navigator.userAgent.toLowerCase().startsWith("quickjs-ng") ? (t = "quickjs-ng", n = e.navigator.userAgent.split("/")[1] ?? "unknown") : typeof e.Netlify == "object" ? t = "netlify" : typeof e.EdgeRuntime == "string" ? t = "edge-light" : e.__lagon__ ? t = "lagon" : e.fastly ? t = "fastly" : e.$262 && e.lockdown && e.AsyncDisposableStack ? t = "moddable" : e.d8 ? (t = "v8", n = typeof e.version == "function" ? e.version() : "unknown") : e.inIon && e.performance && e.performance.mozMemory ? t = "spidermonkey" : typeof e.$ == "object" && e.$ !== null && "IsHTMLDDA" in e.$ ? t = "jsc" : e.window && e.navigator && (t = "browser");
	return {
		runtime: t,
		version: n
	};
}
function m(e = globalThis) {
	return typeof e.navigator == "object" && e.navigator !== null && typeof e.navigator.userAgent == "string";
}
const { runtime: h, version: g } = p(), v = {
	fn: globalThis.performance.now.bind(globalThis.performance),
	fromMs: d,
	name: "performanceNow",
	toMs: d
}, x = {
	fn: globalThis.process?.hrtime?.bigint.bind(globalThis.process?.hrtime) ?? (() => {
		throw Error("hrtime.bigint() is not supported in this JS environment");
	}),
	fromMs: f,
	name: "hrtimeNow",
	toMs: l
}, S = globalThis.Bun?.nanoseconds, C = S ? {
	fn: S,
	fromMs: u,
	name: "bunNanoseconds",
	toMs: l
} : void 0;
function w(e) {
	return {
		fn: e,
		fromMs: d,
		name: "custom",
		toMs: d
	};
}
const T = (e = h) => e === "bun" ? C : e === "deno" ? v : e === "node" ? x : v;
const E = (e) => {
	switch (typeof e) {
		case "function": return w(e);
		case "string": switch (e) {
			case "auto": return T();
			case "bunNanoseconds": return C ?? v;
			case "hrtimeNow": return x;
			default: return v;
		}
		case "object": return e === null ? v : (s(D(e), "Invalid Timestamp Provider object"), e);
		case "undefined": return v;
		default: throw Error("Invalid value for 'timestampProvider' or 'now'");
	}
};
function D(e) {
	return typeof e == "object" && !!e && typeof e.fn == "function" && typeof e.name == "string" && typeof e.toMs == "function" && typeof e.fromMs == "function";
}
const ee = async (e) => {
	let { fn: t, iterations: n, limit: r, signal: i, time: a = 0, timestampProvider: o = v } = e, s = n === 0 ? r : Math.max(0, Math.min(r, n)), l = [], u = [], d = !0, f = 0, p = Number.isFinite(a) && a > 0, m = n > 0, h = 0, g = o.fn, _ = m ? p ? () => d && f++ < n && (g() < h || (d = !1)) : () => d && f++ < n : p ? () => d && (g() < h || (d = !1)) : () => d, y = (e) => {
		d && u.push(e);
	}, b = (e) => {
		l.push(c(e));
	}, x = () => d = !1;
	if (i) {
		if (i.aborted) return [];
		i.addEventListener("abort", x);
	}
	let S = async () => {
		for (; _();) try {
			y(await t());
		} catch (e) {
			d = !1, b(e);
			break;
		}
	};
	try {
		p && (h = g() + o.fromMs(a));
		let e = Array.from({ length: s }, () => S());
		await Promise.allSettled(e);
	} finally {
		i?.removeEventListener("abort", x);
	}
	if (l.length === 0) return u;
	throw l.length === 1 ? l[0] : AggregateError(l, "Multiple errors occurred during concurrent execution");
}, O = (e, t = 5, n = 2) => {
	if (e === 1e400) return "+∞";
	if (e === -1e400) return "-∞";
	if (e !== e) return "NaN";
	let r = Math.abs(e);
	if (r >= 10 ** t) return e.toFixed();
	if (r < 10 ** (t - n)) return e.toFixed(n);
	let i = Math.min(Math.max(0, t - (Math.floor(Math.log10(r)) + 1)), n);
	return e.toFixed(i);
}, te = (e) => {
	let t = e.result.state;
	return {
		"Task name": e.name,
		...t === "aborted-with-statistics" || t === "completed" ? {
			"Latency avg (ns)": `${O(u(e.result.latency.mean))} \xb1 ${O(e.result.latency.rme)}%`,
			"Latency med (ns)": `${O(u(e.result.latency.p50))} \xb1 ${O(u(e.result.latency.mad))}`,
			"Throughput avg (ops/s)": `${Math.round(e.result.throughput.mean).toString()} \xb1 ${O(e.result.throughput.rme)}%`,
			"Throughput med (ops/s)": `${Math.round(e.result.throughput.p50).toString()} \xb1 ${Math.round(e.result.throughput.mad).toString()}`,
			Samples: e.result.latency.samplesCount
		} : t === "errored" ? {
			Error: e.result.error.message,
			Stack: e.result.error.stack ?? "N/A"
		} : {
			"Latency avg (ns)": "N/A",
			"Latency med (ns)": "N/A",
			"Throughput avg (ops/s)": "N/A",
			"Throughput med (ops/s)": "N/A",
			Samples: "N/A",
			Remarks: t
		},
		...t === "aborted-with-statistics" && { Remarks: t }
	};
}, [k, ...A] = [
	.9999999999998099,
	676.5203681218851,
	-1259.1392167224028,
	771.3234287776531,
	-176.6150291621406,
	12.507343278686905,
	-.13857109526572012,
	9984369578019572e-21,
	1.5056327351493116e-7
], j = (e) => {
	let t = k;
	for (let n = 0; n < A.length; n++) t += A[n] / (e + n);
	return .5 * Math.log(2 * Math.PI) + (e - .5) * Math.log(e + 6.5) - (e + 6.5) + Math.log(t);
}, M = (e, t, n) => {
	let r = e + t, i = e + 1, a = e - 1, o = 1, s = 1 - r * n / i;
	Math.abs(s) < 1e-300 && (s = 1e-300), s = 1 / s;
	let c = s;
	for (let l = 1; l <= 300; l++) {
		let u = 2 * l, d = l * (t - l) * n / ((a + u) * (e + u));
		s = 1 + d * s, Math.abs(s) < 1e-300 && (s = 1e-300), o = 1 + d / o, Math.abs(o) < 1e-300 && (o = 1e-300), s = 1 / s, c *= s * o, d = -(e + l) * (r + l) * n / ((e + u) * (i + u)), s = 1 + d * s, Math.abs(s) < 1e-300 && (s = 1e-300), o = 1 + d / o, Math.abs(o) < 1e-300 && (o = 1e-300), s = 1 / s;
		let f = s * o;
		if (c *= f, Math.abs(f - 1) < 1e-16) break;
	}
	return c;
}, N = (e) => {
	let t = e > 0 ? e : 1, n = t / 2, r = .5, i = n < 12 ? j(n + .5) - j(n) : .5 * Math.log(n) - 1 / (8 * n) + 1 / (192 * n ** 3) - 1 / (640 * n ** 5) + .00118582565234835 / n ** 7 - .00167977198469943 / n ** 9 + .00342404392538552 / n ** 11, a = .5 * Math.log(Math.PI), o = i - .5 * Math.log(t * Math.PI), s = (e) => {
		let o = e * e, s = o / (t + o), c = Math.exp(i - a + n * Math.log1p(-s) + r * Math.log(s));
		return s <= .5 ? 1 - c * M(r, n, s) / r : c * M(n, r, 1 - s) / n;
	}, c = (e) => o - (t + 1) / 2 * Math.log1p(e * e / t), l = 1.959963984540054;
	for (let e = 0; e < 30; e++) {
		let e = Math.exp(-c(l)), t = .5 * (s(l) - .05) * e;
		if (!Number.isFinite(t)) break;
		let n = l + t;
		if (!(n > 0)) break;
		let r = Math.abs(t);
		if (l = n, r <= 4e-16 * e) break;
	}
	return l;
}, P = (e) => Array.isArray(e) && e.length !== 0;
function F(e) {
	let t = e.length;
	if (t < 1024) {
		e.sort(z);
		return;
	}
	let n = !0, r = !0, i = e[0];
	for (let a = 0; a < t; a++) {
		let t = e[a];
		if (!Number.isFinite(t) || Object.is(t, -0)) {
			e.sort(z);
			return;
		}
		(n || r) && (n &&= t >= i, r &&= t <= i, i = t);
	}
	if (n) return;
	if (r) {
		e.reverse();
		return;
	}
	let a = new Float64Array(e).sort();
	for (let n = 0; n < t; n++) e[n] = a[n];
}
const I = (e) => {
	let t = e.length;
	if (t === 1) return {
		mean: e[0],
		vr: 0
	};
	let n = 0, r = 0, i = 0;
	for (; i < t;) {
		let t = e[i++], a = t - n;
		n += a / i, r += a * (t - n);
	}
	return {
		mean: n,
		vr: r / (t - 1)
	};
};
const L = (e, t) => {
	let n = e + t;
	return Number.isFinite(n) ? n / 2 : e / 2 + t / 2;
};
const R = (e, t) => {
	let n = (e.length - 1) * t, r = Math.floor(n), i = e[r];
	if (n === r) return i;
	let a = e[r + 1];
	if (i === a) return i;
	let o = n - r;
	if (o === .5) return L(i, a);
	let s = a - i;
	return Number.isFinite(s) ? i + o * s : (1 - o) * i + o * a;
};
const z = (e, t) => e - t;
const B = (e, t) => {
	let n = 0, r = e.length, i = 0;
	for (; i < r;) n += (Math.abs(e[i++] - t) - n) / i;
	return n;
};
function V(e, t) {
	let n = e.length;
	if (n === 1) return 0;
	let r = n >> 1, i = n + 1 >> 1, a = 0, o = r, s, c, l, u, d, f;
	for (; a <= o;) {
		if (s = a + o >> 1, c = i - s, l = s === 0 ? -1e400 : t - e[r - s], d = s === r ? 1e400 : t - e[r - s - 1], u = c === 0 ? -1e400 : e[r + c - 1] - t, f = c === n - r ? 1e400 : e[r + c] - t, l <= f && u <= d) return n & 1 ? Math.max(l, u) : L(Math.max(l, u), Math.min(d, f));
		l > f ? o = s - 1 : a = s + 1;
	}
	return 0;
}
const H = (e) => V(e, R(e, .5));
function U(e, t = !1) {
	let { mean: n, vr: r } = I(e), i = Math.sqrt(r), a = i / Math.sqrt(e.length), o = e.length - 1, s = N(o), c = a * s, l = n === 0 ? 1e400 : c / Math.abs(n) * 100, u = R(e, .5);
	return {
		aad: B(e, n),
		critical: s,
		df: o,
		mad: V(e, u),
		max: e[o],
		mean: n,
		min: e[0],
		moe: c,
		p50: u,
		p75: R(e, .75),
		p99: R(e, .99),
		p995: R(e, .995),
		p999: R(e, .999),
		rme: l,
		samples: t ? e : void 0,
		samplesCount: e.length,
		sd: i,
		sem: a,
		variance: r
	};
}
const W = (e, t) => {
	let n = e.length;
	if (n < 10) return;
	let r = 0;
	for (let t of e) t === 0 && r++;
	if (r * 2 > n) return "zero-dominated";
	let i = Math.max(3, Math.min(10, Math.floor(n / 1e3))), a = 1;
	for (let t = 1; t < n && !(e[t] !== e[t - 1] && (a++, a >= i)); t++);
	if (a < i) return "low-distinct";
	if (n > 100 && t === 0) return "zero-mad";
};
const K = (e) => {
	let t;
	for (let n = 0; n < e.length; n++) {
		let r = e[n];
		if (!(r <= 0) && (t ??= r, e[n + 1] === r)) return r;
	}
	return t;
};
const q = (e, t = {}) => {
	let { estimator: n = "median", pairs: r = 1024, warmupPairs: i = 64 } = t, { fn: a, toMs: o } = e;
	if (!Number.isInteger(r) || r <= 0) return 0;
	if (Number.isInteger(i) && i > 0) for (let e = 0; e < i; e++) {
		let e = a();
		o(a() - e);
	}
	let s = [];
	for (let e = 0; e < r; e++) {
		let e = a(), t = o(a() - e);
		t > 0 && s.push(t);
	}
	return s.length * 2 < r ? 0 : (s.sort(z), n === "min" ? s[0] : R(s, n === "p05" ? .05 : .5));
};
const ne = [
	"afterAll",
	"beforeAll",
	"beforeEach",
	"afterEach"
];
const re = ["not-started", "started"];
const J = { state: "not-started" };
const Y = { state: "aborted" };
const ie = { state: "started" };
var X = class extends EventTarget {
	get detectedResolution() {
		return this.#r;
	}
	get name() {
		return this.#o;
	}
	get result() {
		return {
			...this.#s,
			runtime: this.#n.runtime,
			runtimeVersion: this.#n.runtimeVersion,
			timestampProviderName: this.#n.timestampProvider.name
		};
	}
	get runs() {
		return this.#l;
	}
	#e = !1;
	#t;
	#n;
	#r = void 0;
	#i;
	#a;
	#o;
	#s = J;
	#c;
	#l = 0;
	#u;
	#d;
	#f;
	#p;
	constructor(e, t, n, r = {}) {
		super(), this.#n = e, this.#o = t, this.#i = n, this.#a = r, this.#t = r.async ?? o(n), this.#u = r.signal, this.#c = r.retainSamples ?? e.retainSamples, this.#f = e.timestampProvider, this.#d = e.timestampProvider.fn, this.#p = e.timestampProvider.toMs;
		for (let e of ne) this.#a[e] != null && s(typeof this.#a[e] == "function", `'${e}' must be a function if provided`);
		this.reset(!1), this.#u && (this.#u.aborted ? this.#v() : this.#u.addEventListener("abort", this.#v.bind(this), { once: !0 })), this.#n.signal && (this.#n.signal.aborted ? this.#v() : this.#n.signal.addEventListener("abort", this.#v.bind(this), { once: !0 }));
	}
	reset(e = !0) {
		this.#l = 0, this.#r = void 0, this.#s = this.#e ? Y : J, e && this.dispatchEvent(new n("reset", this));
	}
	async run() {
		if (this.#s.state !== "not-started") return this;
		this.#s = { state: "started" }, this.dispatchEvent(new n("start", this)), await this.#n.setup(this, "run");
		let { error: e, overriddenIndices: t, samples: r } = await this.#m("run", this.#n.time, this.#n.iterations);
		return await this.#n.teardown(this, "run"), this.#b({
			error: e,
			latencySamples: r,
			overriddenIndices: t
		}), this;
	}
	runSync() {
		if (this.#s.state !== "not-started") return this;
		s(this.#n.concurrency === null, "Cannot use `concurrency` option when using `runSync`"), this.#s = ie, this.dispatchEvent(new n("start", this));
		let e = this.#n.setup(this, "run");
		s(!r(e), "`setup` function must be sync when using `runSync()`");
		let { error: t, overriddenIndices: i, samples: a } = this.#h("run", this.#n.time, this.#n.iterations), o = this.#n.teardown(this, "run");
		return s(!r(o), "`teardown` function must be sync when using `runSync()`"), this.#b({
			error: t,
			latencySamples: a,
			overriddenIndices: i
		}), this;
	}
	async warmup() {
		if (this.#s.state !== "not-started") return;
		this.dispatchEvent(new n("warmup", this)), await this.#n.setup(this, "warmup");
		let { error: e } = await this.#m("warmup", this.#n.warmupTime, this.#n.warmupIterations);
		await this.#n.teardown(this, "warmup"), this.#y(e);
	}
	warmupSync() {
		if (this.#s.state !== "not-started") return;
		this.dispatchEvent(new n("warmup", this));
		let e = this.#n.setup(this, "warmup");
		s(!r(e), "`setup` function must be sync when using `runSync()`");
		let { error: t } = this.#h("warmup", this.#n.warmupTime, this.#n.warmupIterations), i = this.#n.teardown(this, "warmup");
		s(!r(i), "`teardown` function must be sync when using `runSync()`"), this.#y(t);
	}
	async #m(e, t, n) {
		try {
			this.#a.beforeAll && await this.#a.beforeAll.call(this, e);
			let r = this.#n.concurrency !== "task", i = 0, a = [], o = new Set(), s = async () => {
				if (!this.#e) try {
					this.#a.beforeEach != null && await this.#a.beforeEach.call(this, e);
					let { iterationCost: t, overridden: n, taskTime: s } = this.#t ? await this.#g(r) : this.#_(r), c = a.push(s) - 1;
					n && o.add(c), r && (i += t ?? s);
				} finally {
					this.#a.afterEach != null && await this.#a.afterEach.call(this, e);
				}
			};
			if (!r) await ee({
				fn: s,
				iterations: n,
				limit: Math.max(1, Math.floor(this.#n.threshold)),
				signal: this.#u ?? this.#n.signal,
				time: t,
				timestampProvider: this.#f
			}), this.#l = a.length;
			else for (; (i < t || a.length < n) && !this.#e;) await s();
			return this.#a.afterAll != null && await this.#a.afterAll.call(this, e), P(a) ? {
				overriddenIndices: o,
				samples: a
			} : {};
		} catch (e) {
			return { error: c(e) };
		}
	}
	#h(e, t, n) {
		try {
			if (this.#a.beforeAll) {
				let t = this.#a.beforeAll.call(this, e);
				s(!r(t), "`beforeAll` function must be sync when using `runSync()`");
			}
			let i = 0, a = [], o = new Set(), c = () => {
				if (!this.#e) try {
					if (this.#a.beforeEach) {
						let t = this.#a.beforeEach.call(this, e);
						s(!r(t), "`beforeEach` function must be sync when using `runSync()`");
					}
					let { iterationCost: t, overridden: n, taskTime: c } = this.#_(!0), l = a.push(c) - 1;
					n && o.add(l), i += t ?? c;
				} finally {
					if (this.#a.afterEach) {
						let t = this.#a.afterEach.call(this, e);
						s(!r(t), "`afterEach` function must be sync when using `runSync()`");
					}
				}
			};
			for (; (i < t || a.length < n) && !this.#e;) c();
			if (this.#a.afterAll) {
				let t = this.#a.afterAll.call(this, e);
				s(!r(t), "`afterAll` function must be sync when using `runSync()`");
			}
			return P(a) ? {
				overriddenIndices: o,
				samples: a
			} : {};
		} catch (e) {
			return { error: c(e) };
		}
	}
	async #g(e) {
		let t = this.#d(), n = await this.#i.call(this), r = this.#p(this.#d() - t), i = e ? Q(n) : void 0, a = Z(n);
		return a === void 0 ? {
			iterationCost: i,
			overridden: !1,
			taskTime: r
		} : {
			iterationCost: i,
			overridden: !0,
			taskTime: a
		};
	}
	#_(e) {
		let t = this.#d(), n = this.#i.call(this), i = this.#p(this.#d() - t);
		s(!r(n), "task function must be sync when using `runSync()`");
		let a = e ? Q(n) : void 0, o = Z(n);
		return o === void 0 ? {
			iterationCost: a,
			overridden: !1,
			taskTime: i
		} : {
			iterationCost: a,
			overridden: !0,
			taskTime: o
		};
	}
	#v() {
		if (this.#e = !0, re.includes(this.#s.state)) {
			this.#s = Y;
			let e = new n("abort", this);
			this.dispatchEvent(e), this.#n.dispatchEvent(e);
		}
	}
	#y(e) {
		if (e) {
			this.#s = {
				state: "errored",
				error: e
			};
			let t = new n("error", this, e);
			if (this.dispatchEvent(t), this.#n.dispatchEvent(t), this.#n.throws) throw e;
		}
	}
	#b({ error: e, latencySamples: t, overriddenIndices: r }) {
		if (P(t)) {
			this.#l = t.length;
			let e = this.#n.timerOverhead;
			if (e !== void 0 && e > 0) for (let n = 0; n < t.length; n++) r?.has(n) || (t[n] = Math.max(0, t[n] - e));
			let i = (r?.size ?? 0) > 0, a = i ? t.filter((e, t) => !r?.has(t)) : t;
			F(t);
			let o = U(t, this.#c), s;
			i ? P(a) ? (F(a), this.#r = K(a), s = W(a, H(a))) : this.#r = void 0 : (this.#r = K(t), s = W(t, o.mad));
			let c = o.mean, l = 0, u = [];
			for (let e of t) e === 0 ? u.push(c === 0 ? 0 : 1e3 / c) : (l += e, u.push(1e3 / e));
			F(u);
			let d = U(u, this.#c);
			if (this.#s = {
				state: this.#e ? "aborted-with-statistics" : "completed",
				latency: o,
				period: l / this.runs,
				throughput: d,
				totalTime: l
			}, s !== void 0) {
				let e = new n("warning", this, s);
				this.dispatchEvent(e), this.#n.dispatchEvent(e);
			}
		} else this.#e && (this.#s = Y);
		if (e) {
			this.#s = {
				state: "errored",
				error: e
			};
			let t = new n("error", this, e);
			if (this.dispatchEvent(t), this.#n.dispatchEvent(t), this.#n.throws) throw e;
		}
		let i = new n("cycle", this);
		this.dispatchEvent(i), this.#n.dispatchEvent(i), this.dispatchEvent(new n("complete", this));
	}
};
function Z(e) {
	if (typeof e != "object" || !e) return;
	let t = e;
	if (!("overriddenDuration" in t)) return;
	let n = t.overriddenDuration;
	return typeof n == "number" && Number.isFinite(n) && n >= 0 ? n : void 0;
}
function Q(e) {
	if (typeof e != "object" || !e) return;
	let t = e;
	try {
		if (!("overriddenIterationCost" in t)) return;
		let e = t.overriddenIterationCost;
		return typeof e == "number" && Number.isFinite(e) && e >= 0 ? e : void 0;
	} catch {
		return;
	}
}
const $ = "`subtractTimerOverhead` cannot be used with `concurrency: \"task\"` — set `concurrency` to `null` or `\"bench\"`, or disable `subtractTimerOverhead`";
var ae = class extends EventTarget {
	concurrency;
	iterations;
	name;
	now;
	retainSamples;
	runtime;
	runtimeVersion;
	setup;
	signal;
	subtractTimerOverhead;
	teardown;
	threshold;
	throws;
	time;
	timerOverhead;
	timestampProvider;
	warmup;
	warmupIterations;
	warmupTime;
	get results() {
		return this.tasks.map((e) => e.result);
	}
	get tasks() {
		return [...this.#e.values()];
	}
	#e = new Map();
	constructor(t = {}) {
		super();
		let { name: r, ...i } = t;
		this.name = r, this.runtime = h, this.runtimeVersion = g, this.concurrency = i.concurrency ?? null, this.threshold = i.threshold ?? 1e400, this.time = i.time ?? 1e3, this.iterations = i.iterations ?? 64, s(i.now === void 0 || i.timestampProvider === void 0, "Cannot set both `now` and `timestampProvider` options"), this.timestampProvider = E(i.now ?? i.timestampProvider), this.now = () => this.timestampProvider.toMs(this.timestampProvider.fn()), this.warmup = i.warmup ?? !0, this.warmupIterations = i.warmupIterations ?? 16, this.warmupTime = i.warmupTime ?? 250, this.setup = i.setup ?? e, this.teardown = i.teardown ?? e, this.throws = i.throws ?? !1, i.signal != null && (this.signal = i.signal), this.retainSamples = i.retainSamples === !0, this.subtractTimerOverhead = i.subtractTimerOverhead === !0, s(!(this.subtractTimerOverhead && this.concurrency === "task"), $);
		let a = this.subtractTimerOverhead ? q(this.timestampProvider) : void 0;
		a != null && (this.timerOverhead = a), this.signal && this.signal.addEventListener("abort", () => {
			this.dispatchEvent(new n("abort"));
		}, { once: !0 });
	}
	add(e, t, r = {}) {
		if (this.#e.has(e)) throw Error(`Task "${e}" already exists`);
		{
			let i = new X(this, e, t, r);
			this.#e.set(e, i), this.dispatchEvent(new n("add", i));
		}
		return this;
	}
	getTask(e) {
		return this.#e.get(e);
	}
	remove(e) {
		let t = this.getTask(e);
		return t && (this.#e.delete(e), this.dispatchEvent(new n("remove", t))), this;
	}
	reset() {
		for (let e of this.#e.values()) e.reset();
		this.dispatchEvent(new n("reset"));
	}
	async run() {
		s(!(this.subtractTimerOverhead && this.concurrency === "task"), $), this.warmup && await this.#t(), this.dispatchEvent(new n("start"));
		let e = [];
		if (this.concurrency === "bench") {
			let t = [];
			for (let e of this.#e.values()) t.push(e.run());
			e = await Promise.all(t);
		} else for (let t of this.#e.values()) e.push(await t.run());
		return this.dispatchEvent(new n("complete")), e;
	}
	runSync() {
		s(this.concurrency === null, "Cannot use `concurrency` option when using `runSync`"), this.warmup && this.#n();
		let e = [];
		this.dispatchEvent(new n("start"));
		for (let t of this.#e.values()) e.push(t.runSync());
		return this.dispatchEvent(new n("complete")), e;
	}
	table(e = te) {
		return this.tasks.map(e);
	}
	async #t() {
		if (this.dispatchEvent(new n("warmup")), this.concurrency === "bench") {
			let e = [];
			for (let t of this.#e.values()) e.push(t.warmup());
			await Promise.all(e);
		} else for (let e of this.#e.values()) await e.warmup();
	}
	#n() {
		this.dispatchEvent(new n("warmup"));
		for (let e of this.#e.values()) e.warmupSync();
	}
};
// src/harness/foreign.ts
const WHAT_TO_EXPORT = "Export a tinybench Bench, a list of them, a function, an object of functions by name, or a list of { name, fn, opts? }";
const imports = (name) => new RegExp(`(?:\\bfrom|\\bimport|\\brequire\\s*\\()\\s*["']${name}["']`);
const FRAMEWORKS = [
	{
		title: "Vitest",
		marks: imports("vitest"),
		run: "npx vitest bench --run --reporter=json --outputFile=$BENCHGATE_OUTPUT",
		tool: "vitest"
	},
	{
		title: "mitata",
		marks: imports("mitata"),
		run: "node FILE",
		tool: "mitata"
	},
	{
		title: "Benchmark.js",
		marks: imports("benchmark"),
		run: "node FILE",
		tool: "benchmarkjs"
	},
	{
		title: "Deno",
		marks: /\bDeno\.bench\s*\(/,
		run: "deno bench --json FILE > $BENCHGATE_OUTPUT",
		tool: "deno"
	}
];
function nothingIn(file) {
	const foreign = foreignIn(file);
	if (foreign !== null) return foreign;
	const problem = "the module exports no benchmark";
	if (!/\btinybench\b/.test(textOf(file))) return new UnfitModule(problem, WHAT_TO_EXPORT);
	return new UnfitModule(problem, "Write `export default bench` where it makes its Bench, and take away `await bench.run()`");
}
function foreignIn(file) {
	const text = textOf(file);
	const found = FRAMEWORKS.find(({ marks }) => marks.test(text));
	if (found === void 0) return null;
	const { title, run, tool } = found;
	const remedy = `Take it out of \`bench\`, and measure it by a suite of its own: \`run: ${run.replace("FILE", file)}\` with \`tool: ${tool}\``;
	return new UnfitModule(`the file is a benchmark for ${title}, which runs such files itself`, remedy);
}
function textOf(file) {
	try {
		return readFileSync(file, "utf8");
	} catch {
		return "";
	}
}
// src/harness/benches.ts
function benchmarkName({ name }, task) {
	return name === void 0 || name === "" ? task.name : `${name} / ${task.name}`;
}
const DEFAULT_TIME = 200;
const TIMES = [
	"time",
	"iterations",
	"warmupTime",
	"warmupIterations"
];
async function benchesOf(file, exports, { time, made }) {
	const values = await Promise.all(Object.values(exports));
	const exported = [...new Set(values.flat().filter(isBench))];
	const benches = exported.length > 0 ? exported : made.filter(({ tasks }) => tasks.length > 0);
	const isPlain = benches.length === 0;
	if (isPlain) {
		const fallback = await exports.default;
		const tasks = fallback === void 0 ? functions(exports) : plainTasks(parse(file).name, fallback);
		if (tasks.length === 0) throw nothingIn(file);
		const bench = new ae({
			...clock(exports),
			time: time ?? DEFAULT_TIME,
			warmupTime: (time ?? DEFAULT_TIME) / 2,
			...optionsOf(exports),
			retainSamples: true
		});
		for (const { name, fn, opts } of tasks) {
			if (bench.getTask(name) !== void 0) throw new UnfitModule(`two benchmarks are called "${name}"`, "Rename one");
			bench.add(name, fn, opts);
		}
		benches.push(bench);
	}
	if (benches.every(({ tasks }) => tasks.length === 0)) throw new UnfitModule("the exported Bench has no tasks", "Call `bench.add(name, fn)` before the module ends");
	const options = optionsOf(exports);
	return {
		benches,
		timed: isPlain && (time !== null || TIMES.some((name) => options[name] !== void 0))
	};
}
function optionsOf({ options }) {
	if (options === void 0 || typeof options === "function") return {};
	if (typeof options === "object" && options !== null && !Array.isArray(options)) return options;
	throw new UnfitModule("the export `options` is not an object", "Export tinybench's options: `options = { time: 100 }`");
}
function clock(exports) {
	const { timestampProvider } = optionsOf(exports);
	return timestampProvider === void 0 ? { now: performance.now.bind(performance) } : {};
}
function isBench(value) {
	if (typeof value !== "object" || value === null) return false;
	const { add, run, tasks } = value;
	return typeof add === "function" && typeof run === "function" && Array.isArray(tasks);
}
function plainTasks(file, value) {
	if (isTaskFunction(value)) return [{
		name: value.name === "default" || value.name === "" ? file : value.name,
		fn: value
	}];
	if (Array.isArray(value)) return value.map((entry, index) => {
		if (typeof entry?.name === "string" && isTaskFunction(entry.fn)) return entry;
		throw new UnfitModule(`entry ${index} of the exported list is not a benchmark`, WHAT_TO_EXPORT);
	});
	if (typeof value !== "object" || value === null) return [];
	const stray = Object.entries(value).find(([, member]) => !isTaskFunction(member));
	if (stray !== void 0) throw new UnfitModule(`"${stray[0]}" of the exported object is not a function`, WHAT_TO_EXPORT);
	return functions(value);
}
function functions(members) {
	return Object.entries(members).flatMap(([name, fn]) => isTaskFunction(fn) ? [{
		name,
		fn
	}] : []);
}
function isTaskFunction(value) {
	return typeof value === "function" && !/^class\b/.test(Function.prototype.toString.call(value));
}
// src/harness/turns.ts
const RETRY = .2;
const RETRIED = new Set(["EAGAIN", "EINTR"]);
var Turns = class {
	#fd;
	#pause = new Int32Array(new SharedArrayBuffer(4));
	#byte = new Uint8Array(1);
	constructor(fd) {
		this.#fd = fd;
	}
	get isLast() {
		return this.#byte[0] === GO.last.charCodeAt(0);
	}
	say(message) {
		this.tell(message);
		if (this.#retry(() => readSync(this.#fd, this.#byte, 0, 1, null)) === 0) process.exit(1);
	}
	tell(message) {
		let rest = Buffer.from(messageLine(message));
		while (rest.length > 0) rest = rest.subarray(this.#retry(() => writeSync(this.#fd, rest)));
	}
	#retry(attempt) {
		for (;;) try {
			return attempt();
		} catch (error) {
			const { code } = error;
			if (code === "EPIPE" || code === "ECONNRESET") process.exit(1);
			if (code === void 0 || !RETRIED.has(code)) throw error;
			Atomics.wait(this.#pause, 0, 0, RETRY);
		}
	}
};
// src/harness/participant.ts
const alone = {
	loading: (load) => load(),
	announce: () => {},
	joining: () => () => {},
	noted: () => NOTHING,
	hasNoted: () => false,
	settle: () => false,
	isLast: () => false
};
function joinTurns(env, { pause }) {
	const { BENCHGATE_TURNS: fd } = env;
	delete env.BENCHGATE_TURNS;
	delete env.BENCHGATE_SLICE;
	forgetHashSeed(process.execArgv);
	if (fd === void 0 || clock$1 === null) return alone;
	const clock = clock$1;
	const turns = new Turns(Number(fd));
	const slices = {
		start: () => clock.startSlices(() => pause(() => turns.say({ kind: "slice" }))),
		stop: () => clock.stopSlices()
	};
	turns.say({ kind: "ready" });
	let loading = false;
	return {
		loading: async (load) => {
			loading = true;
			slices.start();
			try {
				return await load();
			} finally {
				loading = false;
				slices.stop();
				installClock(clock, { yields: false });
			}
		},
		announce: (tasks) => turns.tell({
			kind: "tasks",
			tasks
		}),
		noted: () => clock.endSamples(),
		hasNoted: (samples) => clock.hasNoted(samples),
		settle: (samples) => clock.settle(samples),
		isLast: () => turns.isLast,
		joining: (bench) => {
			installClock(clock, { yields: false });
			const leave = join(bench, {
				clock,
				turns,
				slices
			});
			return () => {
				leave();
				if (!loading) return;
				installClock(clock, { yields: true });
				slices.start();
			};
		}
	};
}
function join(bench, { clock, turns, slices }) {
	const atOnce = bench.concurrency === "bench";
	const sliced = (bench.concurrency ?? null) === null && yielding(bench, clock);
	const steps = new Set();
	const come = (phase, task) => {
		slices.stop();
		if (atOnce && steps.has(phase)) return;
		steps.add(phase);
		clock.standStill(() => turns.say({
			kind: "step",
			phase,
			task: benchmarkName(bench, task)
		}));
		if (!sliced) return;
		slices.start();
		clock.beginSamples();
	};
	const listeners = bench.tasks.flatMap((task) => ["warmup", "start"].map((event) => {
		const listener = () => come(event === "warmup" ? "warmup" : "run", task);
		task.addEventListener(event, listener);
		return () => task.removeEventListener(event, listener);
	}));
	return () => {
		slices.stop();
		clock.endSamples();
		for (const remove of listeners) remove();
	};
}
function yielding(bench, clock) {
	const holder = typeof bench.opts?.now === "function" ? bench.opts : bench;
	const { now } = holder;
	if (typeof now !== "function") return false;
	const { virtual, yields } = clock.probe(() => now.call(holder));
	if (!virtual || yields || bench.timestampProvider !== void 0) return virtual && yields;
	holder.now = () => {
		clock.yieldIfDue();
		return now.call(holder);
	};
	return true;
}
// src/harness/profiled.ts
var ProfiledBenches = class {
	#profiler;
	#left = false;
	constructor(profiler) {
		this.#profiler = profiler;
	}
	order(bench) {
		const { runs } = this.#profiler.order;
		if (runs === null) return;
		const options = bench.opts ?? bench;
		const warmupIterations = Math.max(1, Math.ceil(runs / 2));
		for (const [name, value] of Object.entries({
			time: 0,
			iterations: runs,
			warmupTime: 0,
			warmupIterations
		})) Reflect.set(options, name, value);
	}
	begin() {
		if (!this.#left) this.#profiler.start();
	}
	end(runs) {
		if (this.#left || runs === 0) return;
		this.#left = true;
		this.#profiler.stop(this.#profiler.order.path, runs);
	}
};
// src/harness/duplicate-names.ts
function withoutTwins(outcomes) {
	const byName = new Map();
	for (const outcome of outcomes) byName.set(outcome.benchmark, [...byName.get(outcome.benchmark) ?? [], outcome]);
	const reason = "several tasks of the module have this name. Give each Bench a `name`, or rename the tasks.";
	return [...byName].flatMap(([benchmark, twins]) => twins.length === 1 ? twins : [{
		benchmark,
		reason
	}]);
}
// src/harness/load.ts
const REMEDIES = {
	ERR_MODULE_NOT_FOUND: "Install or build what it imports in `setup`; an import of a file needs its extension",
	MODULE_NOT_FOUND: "Install or build what it requires in `setup`",
	ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX: "Node runs only TypeScript that can be erased (no enum, no namespace): compile it first",
	ERR_REQUIRE_ESM: "Import that module instead of requiring it"
};
async function loadModule(file) {
	try {
		const exports = await keepingSamples(() => import(pathToFileURL(resolve(file)).href));
		const inner = exports.default;
		return typeof inner === "object" && inner !== null && "__esModule" in inner ? inner : exports;
	} catch (thrown) {
		throw loadError(file, thrown);
	}
}
async function keepingSamples(load) {
	Object.defineProperty(Object.prototype, "retainSamples", {
		value: true,
		configurable: true,
		writable: true
	});
	try {
		return await load();
	} finally {
		Reflect.deleteProperty(Object.prototype, "retainSamples");
	}
}
function loadError(file, thrown) {
	const foreign = foreignIn(file);
	if (foreign !== null) return foreign;
	const code = typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "";
	if (code === "ERR_UNKNOWN_FILE_EXTENSION" && /\.[cm]?ts\b/.test(oneLine(thrown))) return new ModuleError(`the module is TypeScript, which Node ${process.versions.node} does not run`, "Set up Node 22.18 or newer for the benchmarks, or compile the module first");
	const remedy = REMEDIES[code] ?? `Run \`node ${file}\` to see it fail`;
	const where = whereThrown(thrown);
	const thrownAt = where === null ? "" : `, ${where}`;
	return new ModuleError(`the module does not load (${oneLine(thrown)}${thrownAt})`, remedy, thrown);
}
// src/harness/made.ts
const TINYBENCH = /[\\/]tinybench(?:@[^\\/]*)?[\\/]/;
var MadeBenches = class {
	#takeover;
	#made = [];
	#ours = new Set();
	#pending = new Set();
	constructor(takeover) {
		this.#takeover = takeover;
	}
	get all() {
		return this.#made;
	}
	async watching(load) {
		const plain = globalThis.EventTarget;
		const watched = new Proxy(plain, { construct: (target, given, made) => {
			const instance = Reflect.construct(target, given, made);
			if (isBenchClass(made)) this.#watch(instance, made.prototype);
			return instance;
		} });
		Object.defineProperty(globalThis, "EventTarget", {
			get: () => isTinybench() ? watched : plain,
			configurable: true
		});
		try {
			return await load();
		} finally {
			Object.defineProperty(globalThis, "EventTarget", {
				value: plain,
				writable: true,
				configurable: true
			});
		}
	}
	async settled() {
		while (this.#pending.size > 0) {
			await Promise.allSettled(this.#pending);
			await new Promise((resolve) => setImmediate(resolve));
		}
	}
	async byOurselves(bench, run) {
		this.#ours.add(bench);
		try {
			return await run();
		} finally {
			this.#ours.delete(bench);
		}
	}
	#watch(bench, methods) {
		this.#made.push(bench);
		const instead = (name, take) => {
			const own = methods[name];
			if (typeof own !== "function") return;
			const value = (...given) => this.#ours.has(bench) ? own.call(bench, ...given) : take();
			Object.defineProperty(bench, name, {
				value,
				writable: true,
				configurable: true
			});
		};
		instead("run", () => this.#run(bench));
		instead("runSync", () => {
			this.#ours.add(bench);
			try {
				this.#takeover.runSync(bench);
			} finally {
				this.#ours.delete(bench);
			}
			return bench.tasks;
		});
		instead("warmup", async () => bench.tasks);
	}
	#run(bench) {
		const done = this.byOurselves(bench, () => this.#takeover.run(bench)).then(() => bench.tasks);
		this.#pending.add(done);
		const over = () => this.#pending.delete(done);
		done.then(over, over);
		return done;
	}
};
function isBenchClass(made) {
	const { add, run } = made.prototype ?? {};
	return typeof add === "function" && typeof run === "function";
}
function isTinybench() {
	const { stackTraceLimit } = Error;
	Error.stackTraceLimit = 4;
	const [, , ...askers] = String(new Error().stack).split("\n");
	Error.stackTraceLimit = stackTraceLimit;
	return askers.some((line) => TINYBENCH.test(line));
}
// src/harness/sample.ts
const SAMPLE_LIMIT = 3e3;
function sampleOf(sorted, limit = SAMPLE_LIMIT) {
	const size = Math.min(sorted.length, limit);
	const chosen = [];
	for (let j = 0; j < size; j++) chosen.push(sorted[Math.floor((j + .5) * sorted.length / size)]);
	return chosen;
}
function mixed(sorted) {
	const { length } = sorted;
	const step = coprime(Math.round(length * .618), length);
	return new Float64Array(length).map((_, index) => sorted[index * step % length]);
}
function settledOf({ whole, settled }, all) {
	const rest = settled && without(settled.early, all);
	return settled && rest ? {
		samples: rest,
		slices: settled.slices
	} : {
		samples: all,
		slices: whole
	};
}
function without(early, samples) {
	if (early.length >= samples.length) return null;
	const sorted = early.toSorted();
	const rest = new Float64Array(samples.length - sorted.length);
	let next = 0;
	for (let i = 0; i < samples.length; i++) if (samples[i] === sorted[next]) next++;
	else rest[i - next] = samples[i];
	return next === sorted.length ? rest : null;
}
const SLICE_LIMIT = 64;
const ALIKE = 1.1;
function slicesOf(sliced, samples, overhead) {
	const [middles, tails] = [joined(sliced.middles), joined(sliced.tails)];
	const ratio = (midmeanOfCalls(middles.filter(isTime)) - overhead) / midmean(samples);
	if (!(ratio < ALIKE && ratio > 1 / ALIKE)) return NO_SLICES;
	const less = (times) => times.map((time) => Math.max(0, time - overhead));
	return {
		middles: less(middles),
		tails: less(tails),
		samples: sliced.samples
	};
}
function joined(times) {
	if (times.length <= SLICE_LIMIT) return times;
	return joined(Array.from({ length: times.length >> 1 }, (_, i) => (times[2 * i] + times[2 * i + 1]) / 2));
}
function isTime(value) {
	return value > 0;
}
function callsOf(middle) {
	return Math.ceil(3 / middle);
}
function midmean(sorted) {
	const [from, to] = [.25 * sorted.length, .75 * sorted.length];
	let sum = 0;
	for (let i = Math.floor(from); i < to; i++) sum += sorted[i] * (Math.min(i + 1, to) - Math.max(i, from));
	return sum / (to - from);
}
function midmeanOfCalls(middles) {
	const sorted = ascending(middles);
	const all = sorted.reduce((sum, value) => sum + callsOf(value), 0);
	let [before, sum] = [0, 0];
	for (const value of sorted) {
		const after = before + callsOf(value);
		sum += value * Math.max(0, Math.min(after, .75 * all) - Math.max(before, .25 * all));
		before = after;
	}
	return sum / (.5 * all);
}
function ascending(values) {
	for (let i = 1; i < values.length; i++) if (!(values[i - 1] <= values[i])) return [...Float64Array.from(values).sort()];
	return values;
}
const ROUNDING = 1e-12;
function tickOf(sorted) {
	let tick = Number.POSITIVE_INFINITY;
	for (let i = 1; i < sorted.length; i++) {
		const gap = sorted[i] - sorted[i - 1];
		if (gap > ROUNDING && gap < tick) tick = gap;
	}
	return Number.isFinite(tick) ? tick : null;
}
function coprime(start, size) {
	let step = Math.max(1, start);
	while (divisor(step, size) !== 1) step++;
	return step;
}
function divisor(a, b) {
	return b === 0 ? a : divisor(b, a % b);
}
// src/harness/calls.ts
const EVEN = 1.15;
const MOST = 5e3;
const STEPS = 3;
const SHORTEST = 1e-6;
var Calls = class {
	#rule;
	#now;
	#isLast;
	#settle;
	#made = -1;
	#wanted = 1;
	#spent = 0;
	#least = Number.POSITIVE_INFINITY;
	#began = 0;
	#since = 0;
	#before = 0;
	#first = 0;
	#steps = [];
	constructor(rule, { now, isLast, settle }) {
		this.#rule = rule;
		this.#now = now;
		this.#isLast = isLast;
		this.#settle = settle;
	}
	valueOf() {
		this.#made++;
		if (this.#made === 0) this.#began = this.#since = this.#now();
		else if (this.#made >= this.#wanted) this.#extend();
		else if (this.#made >= this.#least && this.#isLast()) this.#wanted = this.#made;
		return this.#wanted;
	}
	#extend() {
		const now = this.#now();
		const step = Math.max(now - this.#since, SHORTEST) / (this.#made - this.#before);
		this.#steps = [...this.#steps, step].slice(-3);
		const each = this.#steps.reduce((a, b) => Math.min(a, b));
		this.#before = this.#made;
		this.#since = now;
		if (this.#before === 1) this.#first = now;
		this.#settleBy(now, each);
		if (this.#settle !== void 0) return;
		const isEven = this.#steps.slice(-2).every((step) => step <= EVEN * each);
		this.#least = this.#spent + this.#rule({
			each,
			isEven: true,
			made: this.#made
		});
		const wanted = this.#spent + (now - this.#began > MOST ? 3 : this.#rule({
			each,
			isEven,
			made: this.#made
		}));
		this.#wanted = Math.min(Math.max(this.#made, wanted), this.#made + Math.max(1, this.#made - this.#spent));
	}
	#settleBy(now, each) {
		if (this.#settle === void 0) return;
		const left = 12 - (now - this.#first);
		const isSlow = this.#steps.length > 1 && each > 12;
		if (!isSlow && (left > 0 || this.#steps.length < STEPS)) {
			this.#wanted = this.#made + Math.min(this.#made, Math.max(1, Math.ceil(left / each)));
			return;
		}
		if (!isSlow && now - this.#began <= MOST && this.#settle(this.#made)) {
			this.#spent = this.#made;
			this.#began = now;
			this.#steps = [];
		}
		this.#settle = void 0;
	}
};
// src/harness/times.ts
const ENOUGH = 50;
const HALF = ENOUGH / 2;
const MANY = 1e4;
const SOME = 10;
const SECOND = 1e3;
const FOR_P99 = 1e3;
const TOO_FEW = 250;
const TRY = 5;
const QUICK = .25;
function timesOf({ BENCHGATE_TIMES: times, BENCHGATE_TAIL: tail }) {
	if (times === void 0 || times === "" || times === "keep") return { kind: "keep" };
	if (times === "brief") return { kind: "brief" };
	if (times !== "auto") throw new ModuleError(`BENCHGATE_TIMES is ${JSON.stringify(times)}`, "Give it `auto`, `brief` or `keep`");
	const known = tail === void 0 || tail === "" ? {} : JSON.parse(tail);
	return {
		kind: "auto",
		tail: new Map(Object.entries(known))
	};
}
const lasting = (ms) => ({ each, isEven }) => {
	const enough = Math.ceil(ms / each);
	return isEven ? Math.min(enough, Math.max(MANY, Math.ceil(HALF / each))) : enough;
};
const whole = lasting(ENOUGH);
const untilSettling = lasting(38);
const warmingUp = (settles) => (pace) => settles(pace.made) ? untilSettling(pace) : whole(pace);
function measuring(tail) {
	return (pace) => {
		const { each } = pace;
		const forP99 = tail ?? each * FOR_P99 <= SECOND;
		const enough = whole(pace);
		if (forP99) return Math.max(FOR_P99, enough);
		const least = Math.max(3, Math.min(SOME, Math.floor(SECOND / each)));
		return Math.max(least, tail === false && enough < FOR_P99 ? Math.min(enough, TOO_FEW) : enough);
	};
}
const trying = (whole) => (pace) => pace.each <= QUICK ? Math.ceil(TRY / pace.each) : whole(pace);
function setTimes(bench, times, { now, isLast, hasNoted, settle }) {
	if (times.kind === "keep" || (bench.concurrency ?? null) !== null) return () => {};
	const options = bench.opts ?? bench;
	const own = TIMES.map((name) => [name, Reflect.get(options, name)]);
	const set = (values) => {
		for (const [name, value] of Object.entries(values)) Reflect.set(options, name, value);
	};
	const listen = (task) => {
		const tail = times.kind === "auto" ? times.tail.get(benchmarkName(bench, task)) ?? null : null;
		let isWarm = false;
		const warmup = () => {
			isWarm = true;
			const rule = times.kind === "brief" ? trying(whole) : warmingUp((made) => tail === true && hasNoted(made));
			set({
				warmupTime: 0,
				warmupIterations: new Calls(rule, {
					now,
					isLast: () => false
				})
			});
		};
		const start = () => {
			const rule = times.kind === "brief" ? trying(measuring(null)) : measuring(tail);
			const settles = tail === true && isWarm && hasNoted(0);
			set({
				time: 0,
				iterations: new Calls(rule, {
					now,
					isLast,
					...settles && { settle }
				})
			});
		};
		task.addEventListener("warmup", warmup);
		task.addEventListener("start", start);
		return () => {
			task.removeEventListener("warmup", warmup);
			task.removeEventListener("start", start);
		};
	};
	const removers = bench.tasks.map(listen);
	return () => {
		for (const remove of removers) remove();
		for (const [name, value] of own) Reflect.set(options, name, value);
	};
}
// src/harness/run.ts
async function runBench(bench, manner) {
	const run = begin(bench, manner);
	if (run === null) return bench.tasks.map((task) => outcome(bench, task));
	try {
		if (typeof bench.warmup === "function") await bench.warmup();
		await bench.run();
	} catch (error) {
		return run.end(error);
	}
	const outcomes = run.end();
	if (manner.profiled == null && manner.times.kind === "auto") await lookForLeaks(bench, manner.companions);
	return outcomes;
}
async function lookForLeaks(bench, companions) {
	const options = bench.opts ?? bench;
	const own = TIMES.map((name) => [name, Reflect.get(options, name)]);
	for (const task of bench.tasks) await companions.lookForLeak(benchmarkName(bench, task), async (iterations) => {
		Reflect.set(options, "time", 0);
		Reflect.set(options, "iterations", iterations);
		await task.run();
		const ran = "samples" in outcome(bench, task);
		task.reset();
		return ran;
	});
	for (const [name, value] of own) Reflect.set(options, name, value);
}
function runBenchSync(bench, manner) {
	const run = begin(bench, manner);
	if (run === null) return bench.tasks.map((task) => outcome(bench, task));
	try {
		bench.runSync();
		return run.end();
	} catch (error) {
		return run.end(error);
	}
}
function begin(bench, { seat, companions, profiled = null, times, kept = false }) {
	if (bench.tasks.every(isFinished)) return null;
	profiled?.order(bench);
	Reflect.set(bench.opts ?? bench, "throws", false);
	const outcomes = new Map();
	const keep = (task) => outcomes.set(task, outcome(bench, task, void 0, seat.noted()));
	const course = {
		now: clock$1?.now ?? realClock.ms,
		isLast: seat.isLast,
		hasNoted: (samples) => !kept && seat.hasNoted(samples),
		settle: (samples) => !kept && seat.settle(samples)
	};
	const leave = [
		seat.joining(bench),
		setTimes(bench, profiled === null ? times : { kind: "keep" }, course),
		accompany(bench, {
			companions,
			profiled
		}, {
			kept,
			keep
		})
	];
	return { end: (thrown) => {
		for (const end of leave) end();
		return bench.tasks.map((task) => outcomes.get(task) ?? outcome(bench, task, thrown));
	} };
}
function accompany(bench, { companions, profiled }, { kept, keep }) {
	const removers = bench.tasks.flatMap((task) => {
		const begin = () => {
			companions.begin();
			profiled?.begin();
		};
		const end = () => {
			const samples = samplesOf(task.result ?? {})?.length ?? 0;
			profiled?.end(samples);
			companions.end(benchmarkName(bench, task), samples);
			if (kept) companions.leaveHeap();
			if (samples === 0) return;
			keep(task);
			if (!kept) task.reset();
		};
		task.addEventListener("start", begin);
		task.addEventListener("complete", end);
		return [() => task.removeEventListener("start", begin), () => task.removeEventListener("complete", end)];
	});
	return () => {
		companions.settle();
		for (const remove of removers) remove();
	};
}
function isFinished({ result }) {
	const { state, error } = result ?? {};
	return state === "errored" || error !== void 0 || samplesOf(result ?? {}) !== void 0;
}
function samplesOf(result) {
	return result.latency?.samples ?? result.samples;
}
function outcome(bench, task, thrown, noted = NOTHING) {
	const benchmark = benchmarkName(bench, task);
	const result = task.result ?? {};
	const raw = samplesOf(result);
	const failed = (reason) => ({
		benchmark,
		reason
	});
	if (result.state === "errored" || result.error !== void 0) return failed(`threw: ${placedLine(result.error)}`);
	if (result.state?.startsWith("aborted") || result.aborted) return failed("was aborted by its signal before it was done.");
	if (raw === void 0 || raw.length === 0) {
		if (thrown !== void 0) return failed(`did not run, because the bench threw: ${placedLine(thrown)}`);
		return failed("tinybench kept no samples. Create the Bench with `retainSamples: true`.");
	}
	const all = ascending(raw);
	const bad = [all[0], all.at(-1)].find((sample) => !Number.isFinite(sample) || sample < 0);
	if (bad !== void 0) return failed(`its timer gave a duration of ${bad} ms. Correct the \`now\` of the Bench.`);
	const { samples, slices } = settledOf(noted, all);
	const few = sampleOf(samples);
	const known = slicesOf(slices, few, bench.timerOverhead ?? 0);
	const written = few.map(seconds);
	return {
		benchmark,
		samples: mixed(written),
		tick: tickOf(written),
		slices: {
			...known,
			middles: known.middles.map(seconds),
			tails: known.tails.map(seconds)
		}
	};
}
function placedLine(thrown) {
	const where = whereThrown(thrown);
	return where === null ? oneLine(thrown) : `${oneLine(thrown)} (${where})`;
}
function seconds(milliseconds) {
	return Number((milliseconds / 1e3).toPrecision(6));
}
// src/harness/record.ts
const SCHEMA = "benchgate.recording/2";
const TAILED = "benchgate.recording/4";
async function recordModule(file, env, watch) {
	const { seat, companions } = watch;
	const output = env.BENCHGATE_OUTPUT;
	if (file === void 0 || output === void 0 || output === "") throw new ModuleError("the harness needs a module and $BENCHGATE_OUTPUT", "Use `BENCHGATE_OUTPUT=out.json node harness.js MODULE`");
	const wanted = wantedOf(env);
	const time = timeOf(env.BENCHGATE_TIME_MS);
	const left = new Set();
	const outcomes = new Map();
	const narrowed = (bench) => {
		for (const name of leaveOut(bench, wanted)) left.add(name);
		return bench;
	};
	const times = timesOf(env);
	const asked = {
		...watch,
		times,
		kept: true
	};
	const made = new MadeBenches({
		run: async (bench) => outcomes.set(bench, await runBench(narrowed(bench), asked)),
		runSync: (bench) => outcomes.set(bench, runBenchSync(narrowed(bench), asked))
	});
	const { benches, timed } = await seat.loading(async () => {
		const exports = await made.watching(() => loadModule(file)).catch((error) => {
			if (left.size === 0 || outcomes.size === 0) throw error;
			return {};
		});
		await made.settled();
		return benchesOf(file, exports, {
			time,
			made: made.all
		});
	});
	const own = timed ? { kind: "keep" } : times;
	for (const bench of benches) narrowed(bench);
	seat.announce(benches.flatMap((bench) => bench.tasks.map((task) => benchmarkName(bench, task))));
	const results = [];
	for (const bench of benches) {
		const done = outcomes.get(bench) ?? await made.byOurselves(bench, () => runBench(bench, {
			...watch,
			times: own
		}));
		for (const each of done) results.push(each);
	}
	const beside = await companions.all();
	const entries = withoutTwins(results);
	const round = {
		measurements: entries.flatMap((entry) => "samples" in entry ? [latency(entry), ...(beside.get(entry.benchmark) ?? []).map((each) => measurement(entry.benchmark, each))] : []),
		failures: entries.flatMap((entry) => "reason" in entry ? [entry] : [])
	};
	const schema = round.measurements.some((each) => "tails" in each) ? TAILED : SCHEMA;
	writeFileSync(output, JSON.stringify({
		schema,
		rounds: [round],
		...left.size > 0 && { left: [...left] }
	}));
}
function leaveOut(bench, wanted) {
	const out = bench.tasks.filter((task) => !wanted(benchmarkName(bench, task)));
	for (const task of out) bench.remove(task.name);
	return out.map((task) => benchmarkName(bench, task));
}
function latency({ benchmark, samples, tick, slices }) {
	const { middles, tails, samples: perSlice } = slices;
	return {
		benchmark,
		metric: "latency",
		unit: "s",
		better: "lower",
		...tick !== null && { resolution: tick },
		samples: [...samples],
		...middles.length > 0 && { medians: middles },
		...tails.length > 0 && {
			tails,
			perSlice: Math.round(perSlice)
		}
	};
}
function measurement(benchmark, companion) {
	return {
		benchmark,
		better: "lower",
		...companion
	};
}
function wantedOf({ BENCHGATE_ONLY: list, BENCHGATE_LIKE: like }) {
	if (list !== void 0 && list !== "") {
		const names = JSON.parse(list);
		if (Array.isArray(names)) return (name) => names.includes(name);
		throw new ModuleError(`BENCHGATE_ONLY is ${JSON.stringify(list)}`, "Give it a JSON list, such as [\"parse\"]");
	}
	if (like === void 0 || like === "") return () => true;
	const { before, pattern } = JSON.parse(like);
	const expression = new RegExp(pattern);
	return (name) => before.some((beginning) => expression.test(beginning + name));
}
function timeOf(text) {
	if (text === void 0 || text === "") return null;
	const time = Number(text);
	if (Number.isFinite(time) && time > 0) return time;
	throw new ModuleError(`BENCHGATE_TIME_MS is ${JSON.stringify(text)}`, "Give it a number of milliseconds, such as 200");
}
// src/harness/index.ts
const PATIENCE = 2e3;
let exitCode = 0;
try {
	const [first] = process.argv.slice(2);
	if (first === "--lockstep") {
		const report = await conduct(planFrom(await text(process.stdin)), process.argv[1] ?? "");
		process.stdout.write(JSON.stringify(report));
	} else {
		const order = profileOrder(process.env);
		const profiled = order === null ? null : new ProfiledBenches(new Profiler(order));
		const companions = new Companions(process.env.BENCHGATE_ROUND === "0");
		await recordModule(first, process.env, {
			seat: joinTurns(process.env, companions),
			companions,
			profiled
		});
	}
} catch (error) {
	const known = error instanceof ModuleError;
	if (!known || error.cause !== void 0) console.error(known ? error.cause : error);
	console.error(`benchgate: ${known ? error.message : "the harness failed: see above."}`);
	exitCode = error instanceof UnfitModule ? 2 : 1;
}
await written();
process.exit(exitCode);
function written() {
	const gone = [process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write("", resolve)));
	return Promise.race([Promise.all(gone), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
}
export {};
