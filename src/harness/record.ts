import { writeFileSync } from "node:fs";
import type { RECORDING_SCHEMA, TAILED_SCHEMA } from "../model/recording.ts";
import { type BenchLike, benchesOf, benchmarkName } from "./benches.ts";
import type { Companion } from "./companions.ts";
import { withoutTwins } from "./duplicate-names.ts";
import { ModuleError } from "./error.ts";
import { type Exports, loadModule } from "./load.ts";
import { MadeBenches, type SyncBench } from "./made.ts";
import { runBench, runBenchSync, type TaskOutcome, type Watch } from "./run.ts";
import { type Times, timesOf } from "./times.ts";

const SCHEMA: typeof RECORDING_SCHEMA = "benchgate.recording/2";
const TAILED: typeof TAILED_SCHEMA = "benchgate.recording/4";

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
  const wanted = wantedOf(env);
  const time = timeOf(env.BENCHGATE_TIME_MS);
  const left = new Set<string>();
  const outcomes = new Map<BenchLike, readonly TaskOutcome[]>();
  const narrowed = (bench: BenchLike): BenchLike => {
    for (const name of leaveOut(bench, wanted)) left.add(name);
    return bench;
  };
  const times = timesOf(env);
  const asked = { ...watch, times, kept: true };
  const made = new MadeBenches({
    run: async (bench) => outcomes.set(bench, await runBench(narrowed(bench), asked)),
    runSync: (bench) => outcomes.set(bench, runBenchSync(narrowed(bench) as SyncBench, asked)),
  });
  const { benches, timed } = await seat.loading(async () => {
    const exports = await made
      .watching(() => loadModule(file))
      .catch((error: unknown): Exports => {
        // A module that runs itself may ask for results of benchmarks that we have left out: then what is measured stands.
        if (left.size === 0 || outcomes.size === 0) throw error;
        return {};
      });
    await made.settled();
    return benchesOf(file, exports, { time, made: made.all });
  });
  const own: Times = timed ? { kind: "keep" } : times;
  for (const bench of benches) narrowed(bench);
  seat.announce(benches.flatMap((bench) => bench.tasks.map((task) => benchmarkName(bench, task))));
  const results = [];
  for (const bench of benches) {
    const done =
      outcomes.get(bench) ?? (await made.byOurselves(bench, () => runBench(bench, { ...watch, times: own })));
    for (const each of done) results.push(each);
  }
  const beside = await companions.all();
  const entries = withoutTwins(results);
  const round = {
    measurements: entries.flatMap((entry) =>
      "samples" in entry
        ? [latency(entry), ...(beside.get(entry.benchmark) ?? []).map((each) => measurement(entry.benchmark, each))]
        : [],
    ),
    failures: entries.flatMap((entry) => ("reason" in entry ? [entry] : [])),
  };
  // What has no tails in it can be read by versions that know none.
  const schema = round.measurements.some((each) => "tails" in each) ? TAILED : SCHEMA;
  writeFileSync(output, JSON.stringify({ schema, rounds: [round], ...(left.size > 0 && { left: [...left] }) }));
}

/** Takes out the tasks that nobody asks for: their names. */
function leaveOut(bench: BenchLike, wanted: (name: string) => boolean): readonly string[] {
  const out = bench.tasks.filter((task) => !wanted(benchmarkName(bench, task)));
  for (const task of out) bench.remove(task.name);
  return out.map((task) => benchmarkName(bench, task));
}

function latency({ benchmark, samples, tick, slices }: Extract<TaskOutcome, { samples: unknown }>): object {
  const { middles, tails, samples: perSlice } = slices;
  return {
    benchmark,
    metric: "latency",
    unit: "s",
    better: "lower",
    ...(tick !== null && { resolution: tick }),
    samples: [...samples],
    // What the slices had before they had middles; the name has stayed.
    ...(middles.length > 0 && { medians: middles }),
    ...(tails.length > 0 && { tails, perSlice: Math.round(perSlice) }),
  };
}

function measurement(benchmark: string, companion: Companion): object {
  return { benchmark, better: "lower", ...companion };
}

/** Whether a benchmark is asked for: by a list of names, or by a regular expression that fits it behind one of some beginnings. */
function wantedOf({ BENCHGATE_ONLY: list, BENCHGATE_LIKE: like }: NodeJS.ProcessEnv): (name: string) => boolean {
  if (list !== undefined && list !== "") {
    const names: unknown = JSON.parse(list);
    if (Array.isArray(names)) return (name) => names.includes(name);
    throw new ModuleError(`BENCHGATE_ONLY is ${JSON.stringify(list)}`, 'Give it a JSON list, such as ["parse"]');
  }
  if (like === undefined || like === "") return () => true;
  const { before, pattern }: { readonly before: readonly string[]; readonly pattern: string } = JSON.parse(like);
  const expression = new RegExp(pattern);
  return (name) => before.some((beginning) => expression.test(beginning + name));
}

function timeOf(text: string | undefined): number | null {
  if (text === undefined || text === "") return null;
  const time = Number(text);
  if (Number.isFinite(time) && time > 0) return time;
  throw new ModuleError(
    `BENCHGATE_TIME_MS is ${JSON.stringify(text)}`,
    "Give it a number of milliseconds, such as 200",
  );
}
