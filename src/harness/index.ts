/**
 * The harness: `node harness.js MODULE` runs the benchmarks of one module and writes a recording to the file that
 * BENCHGATE_OUTPUT names. BENCHGATE_TIME_MS is how long each plain function is measured; a Bench has options of its own.
 * stdout belongs to the module. Exit code 0: written, failed benchmarks included. 1: nothing to write; the last line on
 * stderr begins with `benchgate: ` and says why.
 */

import { writeFileSync } from "node:fs";
import type { RECORDING_SCHEMA } from "../model/recording.ts";
import { benchesOf } from "./benches.ts";
import { ModuleError } from "./error.ts";
import { loadModule } from "./load.ts";
import { runBench } from "./run.ts";
import { tickOf } from "./sample.ts";
import { withoutTwins } from "./twins.ts";

const SCHEMA: typeof RECORDING_SCHEMA = "benchgate.recording/1";

try {
  const [file] = process.argv.slice(2);
  const output = process.env.BENCHGATE_OUTPUT;
  if (file === undefined || output === undefined || output === "") {
    throw new ModuleError(
      "the harness needs a module and $BENCHGATE_OUTPUT",
      "Use `BENCHGATE_OUTPUT=out.json node harness.js MODULE`",
    );
  }
  const benches = await benchesOf(file, await loadModule(file), timeOf(process.env.BENCHGATE_TIME_MS));
  const results = [];
  for (const bench of benches) results.push(...(await runBench(bench)));
  const entries = withoutTwins(results);
  const round = {
    measurements: entries.flatMap((entry) => ("samples" in entry ? [measurement(entry.benchmark, entry.samples)] : [])),
    failures: entries.flatMap((entry) => ("reason" in entry ? [entry] : [])),
  };
  writeFileSync(output, JSON.stringify({ schema: SCHEMA, rounds: [round] }));
  // A server or timer that the module leaves open must not keep the round waiting.
  process.exit(0);
} catch (error) {
  const known = error instanceof ModuleError;
  if (!known || error.cause !== undefined) console.error(known ? error.cause : error);
  console.error(`benchgate: ${known ? error.message : "the harness failed: see above."}`);
  process.exit(1);
}

function measurement(benchmark: string, samples: readonly number[]): object {
  const tick = tickOf(samples);
  return {
    benchmark,
    metric: "latency",
    unit: "s",
    better: "lower",
    ...(tick !== null && { resolution: tick }),
    samples,
  };
}

function timeOf(text: string | undefined): number {
  const time = text === undefined || text === "" ? 200 : Number(text);
  if (Number.isFinite(time) && time > 0) return time;
  throw new ModuleError(
    `BENCHGATE_TIME_MS is ${JSON.stringify(text)}`,
    "Give it a number of milliseconds, such as 200",
  );
}
