import { writeFileSync } from "node:fs";
import type { RECORDING_SCHEMA } from "../model/recording.ts";
import { type BenchLike, benchesOf, benchmarkName } from "./benches.ts";
import type { Companion } from "./companions.ts";
import { withoutTwins } from "./duplicate-names.ts";
import { ModuleError } from "./error.ts";
import { loadModule } from "./load.ts";
import { runBench, type Watch } from "./run.ts";
import { tickOf } from "./sample.ts";

const SCHEMA: typeof RECORDING_SCHEMA = "benchgate.recording/1";

/** Runs what `file` exports and writes the recording of one round to $BENCHGATE_OUTPUT. Throws a `ModuleError` where there is nothing to write. */
export async function recordModule(file: string | undefined, env: NodeJS.ProcessEnv, watch: Watch): Promise<void> {
  const { seat, companions } = watch;
  const output = env.BENCHGATE_OUTPUT;
  if (file === undefined || output === undefined || output === "") {
    throw new ModuleError(
      "the harness needs a module and $BENCHGATE_OUTPUT",
      "Use `BENCHGATE_OUTPUT=out.json node harness.js MODULE`",
    );
  }
  const only = onlyOf(env.BENCHGATE_ONLY);
  const time = timeOf(env.BENCHGATE_TIME_MS);
  const benches = await seat.loading(async () => benchesOf(file, await loadModule(file), time));
  if (only !== null) for (const bench of benches) keepOnly(bench, only);
  seat.announce(benches.flatMap((bench) => bench.tasks.map((task) => benchmarkName(bench, task))));
  const results = [];
  for (const bench of benches) {
    if (bench.tasks.length > 0) for (const each of await runBench(bench, watch)) results.push(each);
  }
  const beside = await companions.all();
  const entries = withoutTwins(results);
  const round = {
    measurements: entries.flatMap((entry) =>
      "samples" in entry
        ? [
            latency(entry.benchmark, entry.samples),
            ...(beside.get(entry.benchmark) ?? []).map((each) => measurement(entry.benchmark, each)),
          ]
        : [],
    ),
    failures: entries.flatMap((entry) => ("reason" in entry ? [entry] : [])),
  };
  writeFileSync(output, JSON.stringify({ schema: SCHEMA, rounds: [round] }));
}

/** Takes out the tasks that nobody asks for. */
function keepOnly(bench: BenchLike, only: readonly string[]): void {
  for (const task of [...bench.tasks]) if (!only.includes(benchmarkName(bench, task))) bench.remove(task.name);
}

function latency(benchmark: string, samples: readonly number[]): object {
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

function measurement(benchmark: string, companion: Companion): object {
  return { benchmark, better: "lower", ...companion };
}

function onlyOf(text: string | undefined): readonly string[] | null {
  if (text === undefined || text === "") return null;
  const names: unknown = JSON.parse(text);
  if (Array.isArray(names)) return names.map(String);
  throw new ModuleError(`BENCHGATE_ONLY is ${JSON.stringify(text)}`, 'Give it a JSON list, such as ["parse"]');
}

function timeOf(text: string | undefined): number {
  const time = text === undefined || text === "" ? 200 : Number(text);
  if (Number.isFinite(time) && time > 0) return time;
  throw new ModuleError(
    `BENCHGATE_TIME_MS is ${JSON.stringify(text)}`,
    "Give it a number of milliseconds, such as 200",
  );
}
