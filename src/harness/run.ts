import { type BenchLike, benchmarkName, type TaskLike, TIMES } from "./benches.ts";
import type { Companions } from "./companions.ts";
import { oneLine, whereThrown } from "./error.ts";
import type { SyncBench } from "./made.ts";
import type { Seat } from "./participant.ts";
import { clock, realClock } from "./platform-clock.ts";
import type { Profiled } from "./profiled.ts";
import { ascending, mixed, sampleOf, settledOf, slicesOf, tickOf } from "./sample.ts";
import { NOTHING, type Noted, type Sliced } from "./slices.ts";
import { setTimes, type Times } from "./times.ts";

/** What became of one task: its samples in seconds, or why there are none. */
export type TaskOutcome =
  | {
      readonly benchmark: string;
      /** No array, which the next benchmark would find on its heap. */
      readonly samples: Float64Array;
      /** The smallest step between two of them; null where all are equal. */
      readonly tick: number | null;
      /** What is known in seconds of each slice; none where it was not cut into slices. */
      readonly slices: Sliced;
    }
  | { readonly benchmark: string; readonly reason: string };

/**
 * What the versions of tinybench leave in `task.result`: `samples` (2), `latency.samples` (3 and later), `state` (6);
 * all in ms.
 */
interface ResultLike {
  readonly state?: string;
  readonly aborted?: boolean;
  readonly error?: unknown;
  readonly samples?: readonly number[];
  readonly latency?: { readonly samples?: readonly number[] | undefined };
}

/** What watches a bench while it runs. */
export interface Watch {
  readonly seat: Seat;
  readonly companions: Companions;
  readonly profiled?: Profiled;
}

/** How a bench is run. */
interface Manner extends Watch {
  readonly times: Times;
  /** Whether its results stay with it, for the module that asked for them; then its heap holds them, and is not measured. */
  readonly kept?: boolean;
}

/**
 * Runs a bench with its own engine and options, unless the module has already run it, and reads what became of each
 * task.
 */
export async function runBench(bench: BenchLike, manner: Manner): Promise<TaskOutcome[]> {
  const run = begin(bench, manner);
  if (run === null) return bench.tasks.map((task) => outcome(bench, task));
  try {
    if (typeof bench.warmup === "function") await bench.warmup();
    await bench.run();
  } catch (error) {
    return run.end(error);
  }
  const outcomes = run.end();
  // Whoever keeps their own times may have benchmarks that can be called no more often.
  if (manner.profiled == null && manner.times.kind === "auto") await lookForLeaks(bench, manner.companions);
  return outcomes;
}

/** Looks again at tasks that left something on the heap, each by itself, once all is measured: nothing of it is in any sample. */
async function lookForLeaks(bench: BenchLike, companions: Companions): Promise<void> {
  const options: object = bench.opts ?? bench;
  const own = TIMES.map((name) => [name, Reflect.get(options, name)] as const);
  for (const task of bench.tasks) {
    await companions.lookForLeak(benchmarkName(bench, task), async (iterations) => {
      Reflect.set(options, "time", 0);
      Reflect.set(options, "iterations", iterations);
      await task.run();
      const ran = "samples" in outcome(bench, task);
      task.reset();
      return ran;
    });
  }
  for (const [name, value] of own) Reflect.set(options, name, value);
}

/** As `runBench`, for a bench that is asked not to wait for anything. */
export function runBenchSync(bench: SyncBench, manner: Manner): TaskOutcome[] {
  const run = begin(bench, manner);
  if (run === null) return bench.tasks.map((task) => outcome(bench, task));
  try {
    bench.runSync();
    return run.end();
  } catch (error) {
    return run.end(error);
  }
}

/** Gets a bench ready to be run; `end` reads what became of its tasks. Null where it has been run. */
function begin(bench: BenchLike, { seat, companions, profiled = null, times, kept = false }: Manner) {
  if (bench.tasks.every(isFinished)) return null;
  profiled?.order(bench);
  // With `throws` the first failure would keep the other tasks from being measured; the failure is reported all the
  // same.
  Reflect.set(bench.opts ?? bench, "throws", false);
  const outcomes = new Map<TaskLike, TaskOutcome>();
  const keep = (task: TaskLike) => outcomes.set(task, outcome(bench, task, undefined, seat.noted()));
  // How often a profiled bench runs is ordered with its profile.
  const course = {
    now: clock?.now ?? realClock.ms,
    isLast: seat.isLast,
    // Results that stay with the bench hold all samples.
    hasNoted: (samples: number) => !kept && seat.hasNoted(samples),
    settle: (samples: number) => !kept && seat.settle(samples),
  };
  const leave = [
    seat.joining(bench),
    setTimes(bench, profiled === null ? times : { kind: "keep" }, course),
    accompany(bench, { companions, profiled }, { kept, keep }),
  ];
  return {
    end: (thrown?: unknown): TaskOutcome[] => {
      for (const end of leave) end();
      return bench.tasks.map((task) => outcomes.get(task) ?? outcome(bench, task, thrown));
    },
  };
}

/**
 * Notes the companions of each task, and has `keep` keep what became of it, because its samples are then let go of: they would be most of
 * the heap. With `kept` they stay, and the heap is not looked at.
 */
function accompany(
  bench: BenchLike,
  { companions, profiled }: { readonly companions: Companions; readonly profiled: Profiled },
  { kept, keep }: { readonly kept: boolean; readonly keep: (task: TaskLike) => void },
): () => void {
  const removers = bench.tasks.flatMap((task) => {
    const begin = () => {
      companions.begin();
      profiled?.begin();
    };
    const end = () => {
      const samples = samplesOf((task.result ?? {}) as ResultLike)?.length ?? 0;
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

function isFinished({ result }: TaskLike): boolean {
  const { state, error } = (result ?? {}) as ResultLike;
  return state === "errored" || error !== undefined || samplesOf((result ?? {}) as ResultLike) !== undefined;
}

function samplesOf(result: ResultLike): readonly number[] | undefined {
  return result.latency?.samples ?? result.samples;
}

function outcome(bench: BenchLike, task: TaskLike, thrown?: unknown, noted: Noted = NOTHING): TaskOutcome {
  const benchmark = benchmarkName(bench, task);
  const result = (task.result ?? {}) as ResultLike;
  const raw = samplesOf(result);
  const failed = (reason: string): TaskOutcome => ({ benchmark, reason });

  if (result.state === "errored" || result.error !== undefined) return failed(`threw: ${placedLine(result.error)}`);
  if (result.state?.startsWith("aborted") || result.aborted)
    return failed("was aborted by its signal before it was done.");
  if (raw === undefined || raw.length === 0) {
    if (thrown !== undefined) return failed(`did not run, because the bench threw: ${placedLine(thrown)}`);
    return failed("tinybench kept no samples. Create the Bench with `retainSamples: true`.");
  }
  const all = ascending(raw);
  // What is no number comes last.
  const bad = [all[0]!, all.at(-1)!].find((sample) => !Number.isFinite(sample) || sample < 0);
  if (bad !== undefined) return failed(`its timer gave a duration of ${bad} ms. Correct the \`now\` of the Bench.`);
  const { samples, slices } = settledOf(noted, all);
  // As good as all of them, and there may be a hundred thousand.
  const few = sampleOf(samples);
  const known = slicesOf(slices, few, bench.timerOverhead ?? 0);
  const written = few.map(seconds);
  return {
    benchmark,
    samples: mixed(written),
    tick: tickOf(written),
    slices: { ...known, middles: known.middles.map(seconds), tails: known.tails.map(seconds) },
  };
}

/** What somebody threw, as one line that ends with where that was, if it is known. */
function placedLine(thrown: unknown): string {
  const where = whereThrown(thrown);
  return where === null ? oneLine(thrown) : `${oneLine(thrown)} (${where})`;
}

/** Six digits are far finer than any timer, and keep recordings small. */
function seconds(milliseconds: number): number {
  return Number((milliseconds / 1000).toPrecision(6));
}
