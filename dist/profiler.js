import { renameSync, writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { Session } from "node:inspector";
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
		mode: mode === "heap" ? "heap" : "cpu",
		inlining: inlining === "1",
		until,
		runs: runs > 0 ? runs : null
	};
}
var Profiler = class {
	#session = new Session();
	#order;
	constructor(order) {
		this.#order = order;
		if (!order.inlining && order.mode === "cpu") for (const flag of NO_INLINING) setFlagsFromString(flag);
		this.#session.connect();
	}
	get order() {
		return this.#order;
	}
	start() {
		if (this.#order.mode === "heap") {
			const all = {
				includeObjectsCollectedByMajorGC: true,
				includeObjectsCollectedByMinorGC: true
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
		const write = (error, result) => {
			if (error !== null) return;
			const noted = runs === void 0 ? {} : { benchgate: { runs } };
			writeFileSync(`${path}.part`, JSON.stringify({
				...result.profile,
				...noted
			}));
			renameSync(`${path}.part`, path);
		};
		if (this.#order.mode === "heap") this.#session.post("HeapProfiler.stopSampling", write);
		else this.#session.post("Profiler.stop", write);
	}
};
export { profileOrder as n, Profiler as t };
