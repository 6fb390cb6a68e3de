import { n as profileOrder, t as Profiler } from "./profiler.js";
import { existsSync } from "node:fs";
import { threadId } from "node:worker_threads";
import process from "node:process";
// src/harness/preload.ts
const PULSE = 100;
const order = profileOrder(process.env, { keep: true });
if (order !== null) {
	const profiler = new Profiler(order);
	const kind = order.mode === "heap" ? "heapprofile" : "cpuprofile";
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
