import { n as profileOrder, t as Profiler } from "./profiler.js";
import * as nodeModule from "node:module";
import { existsSync } from "node:fs";
import { threadId } from "node:worker_threads";
import process from "node:process";
// src/harness/short-times.ts
const ASKED = "BENCHGATE_SHORT_TIMES";
const MARK = "?benchgate-short";
const MOST = {
	warmupTime: 25,
	time: 100,
	warmupIterations: 2,
	iterations: 10
};
function shortModule(address) {
	const original = JSON.stringify(address);
	return `export * from ${original};
import { Bench as Own } from ${original};
const MOST = ${JSON.stringify(MOST)};
export class Bench extends Own {
  constructor(options = {}) {
    const short = Object.entries(MOST).map(([name, most]) => [name, Math.min(options[name] ?? most, most)]);
    super({ ...options, ...Object.fromEntries(short) });
  }
}
`;
}
function shortenTimes(env) {
	if (env[ASKED] !== "1" || typeof nodeModule.registerHooks !== "function") return;
	nodeModule.registerHooks({
		resolve(specifier, context, next) {
			const resolved = next(specifier, context);
			return specifier === "tinybench" && context.conditions.includes("import") ? {
				...resolved,
				url: `${resolved.url}${MARK}`,
				format: "module"
			} : resolved;
		},
		load(url, context, next) {
			if (!url.endsWith(MARK)) return next(url, context);
			return {
				format: "module",
				shortCircuit: true,
				source: shortModule(url.slice(0, -16))
			};
		}
	});
}
// src/harness/preload.ts
const PULSE = 100;
shortenTimes(process.env);
const order = profileOrder(process.env, { keep: true });
if (order !== null) {
	const profiler = new Profiler(order);
	const kind = order.mode === "cpu" ? "cpuprofile" : "heapprofile";
	const path = `${order.path}/${process.pid}-${threadId}.${kind}`;
	let open = true;
	const end = () => {
		if (open) profiler.stop(path);
		open = false;
	};
	process.on("exit", end);
	for (const signal of threadId === 0 ? ["SIGTERM", "SIGINT"] : []) {
		const listener = () => {
			end();
			if (process.listenerCount(signal) > 1) return;
			process.off(signal, listener);
			process.kill(process.pid, signal);
		};
		process.on(signal, listener);
	}
	const { until } = order;
	if (until !== null) {
		const watch = setInterval(() => {
			if (!existsSync(until)) return;
			clearInterval(watch);
			end();
		}, PULSE);
		watch.unref();
	}
	profiler.start();
}
export {};
