/**
 * What Node loads first of a program that is run as it is: `NODE_OPTIONS="--import …/preload.js"`. Nothing else of the program changes.
 *
 * - With `BENCHGATE_SHORT_TIMES=1` it gives tinybench short times.
 * - With `BENCHGATE_PROFILE=FOLDER` it leaves a profile of each process and thread in FOLDER when that ends, by itself or by SIGTERM, SIGINT, or once the file
 *   $BENCHGATE_PROFILE_UNTIL is there.
 */

import { existsSync } from "node:fs";
import process from "node:process";
import { threadId } from "node:worker_threads";
import { Profiler, profileOrder } from "./profiler.ts";
import { shortenTimes } from "./short-times.ts";

/** How often it is looked whether the profile is wanted, in ms. */
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
  for (const signal of threadId === 0 ? (["SIGTERM", "SIGINT"] as const) : []) {
    const listener = () => {
      end();
      // The program's own listeners decide what becomes of it; without any it ends as it would have.
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
