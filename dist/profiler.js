import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { threadId } from "node:worker_threads";
import { setFlagsFromString } from "node:v8";
import { Session } from "node:inspector";
import process from "node:process";
// src/harness/profiler.ts
const INTERVAL = {
	cpu: 200,
	heap: 32768
};
const NO_INLINING = ["--no-maglev-inlining", "--no-turbo-inlining"];
function profileOrder(env, { keep = false } = {}) {
	const { BENCHGATE_PROFILE: path, BENCHGATE_PROFILE_MODE: mode, BENCHGATE_PROFILE_INLINING: inlining } = env;
	const { BENCHGATE_PROFILE_UNTIL: until = null } = env;
	const runs = Number(env.BENCHGATE_PROFILE_RUNS);
	if (!keep) for (const name of Object.keys(env).filter((name) => name.startsWith("BENCHGATE_PROFILE"))) delete env[name];
	if (path === void 0 || path === "") return null;
	return {
		path,
		mode: mode === "heap" || mode === "live" ? mode : "cpu",
		inlining: inlining === "1",
		until,
		runs: runs > 0 ? runs : null
	};
}
var Profiler = class {
	#session = new Session();
	#order;
	#usage = {};
	constructor(order) {
		this.#order = order;
		if (!order.inlining) for (const flag of NO_INLINING) setFlagsFromString(flag);
		this.#session.connect();
	}
	get order() {
		return this.#order;
	}
	start() {
		if (threadId === 0) this.#usage = usageNow();
		const { mode } = this.#order;
		if (mode !== "cpu") {
			const gone = mode === "heap";
			const all = {
				includeObjectsCollectedByMajorGC: gone,
				includeObjectsCollectedByMinorGC: gone
			};
			this.#session.post("HeapProfiler.enable");
			this.#session.post("HeapProfiler.startSampling", {
				samplingInterval: INTERVAL.heap,
				...all
			});
			return;
		}
		this.#session.post("Profiler.enable");
		this.#session.post("Profiler.setSamplingInterval", { interval: INTERVAL.cpu });
		this.#session.post("Profiler.start");
	}
	stop(path, runs) {
		const counts = usageNow();
		const usage = Object.fromEntries(Object.entries(this.#usage).map(([name, before]) => [name, (counts[name] ?? before) - before]));
		const write = (error, result) => {
			if (error !== null) return;
			const benchgate = {
				...runs !== void 0 && { runs },
				...Object.keys(usage).length > 0 && { usage }
			};
			writeFileSync(`${path}.part`, JSON.stringify({
				...result.profile,
				benchgate
			}));
			renameSync(`${path}.part`, path);
		};
		const { mode } = this.#order;
		if (mode === "live") this.#session.post("HeapProfiler.collectGarbage");
		if (mode !== "cpu") this.#session.post("HeapProfiler.stopSampling", write);
		else this.#session.post("Profiler.stop", write);
	}
};
function usageNow() {
	const { minorPageFault, majorPageFault } = process.resourceUsage();
	const waits = waitsNow();
	return {
		...waits !== null && { waits },
		...minorPageFault > 0 && {
			"page-faults": minorPageFault,
			"disk-faults": majorPageFault
		}
	};
}
function waitsNow() {
	try {
		const found = /^voluntary_ctxt_switches:\s*(\d+)$/m.exec(readFileSync("/proc/thread-self/status", "utf8"));
		return found === null ? null : Number(found[1]);
	} catch {
		return null;
	}
}
export { profileOrder as n, Profiler as t };
