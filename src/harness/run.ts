import type { BenchLike, TaskLike } from "./benches.ts";
import { oneLine } from "./error.ts";
import { sampleOf } from "./sample.ts";

/** What became of one task: its samples in seconds, or why there are none. */
export type TaskOutcome =
  | { readonly benchmark: string; readonly samples: readonly number[] }
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

/**
 * Runs a bench with its own engine and options, unless the module has already run it, and reads what became of each
 * task.
 */
export async function runBench(bench: BenchLike): Promise<TaskOutcome[]> {
  let thrown: unknown;
  if (!bench.tasks.every(isFinished)) {
    // With `throws` the first failure would keep the other tasks from being measured; the failure is reported all the
    // same.
    const { opts } = bench as { opts?: unknown };
    Reflect.set(typeof opts === "object" && opts !== null ? opts : bench, "throws", false);
    try {
      if (typeof bench.warmup === "function") await bench.warmup();
      await bench.run();
    } catch (error) {
      thrown = error;
    }
  }
  return bench.tasks.map((task) => outcome(bench.name, task, thrown));
}

function isFinished({ result }: TaskLike): boolean {
  const { state, error } = (result ?? {}) as ResultLike;
  return state === "errored" || error !== undefined || samplesOf((result ?? {}) as ResultLike) !== undefined;
}

function samplesOf(result: ResultLike): readonly number[] | undefined {
  return result.latency?.samples ?? result.samples;
}

function outcome(bench: string | undefined, task: TaskLike, thrown: unknown): TaskOutcome {
  const benchmark = bench === undefined || bench === "" ? task.name : `${bench} / ${task.name}`;
  const result = (task.result ?? {}) as ResultLike;
  const samples = samplesOf(result);
  const failed = (reason: string): TaskOutcome => ({ benchmark, reason });

  if (result.state === "errored" || result.error !== undefined) return failed(`threw: ${oneLine(result.error)}`);
  if (result.state?.startsWith("aborted") || result.aborted)
    return failed("was aborted by its signal before it was done.");
  if (samples === undefined || samples.length === 0) {
    if (thrown !== undefined) return failed(`did not run, because the bench threw: ${oneLine(thrown)}`);
    return failed("tinybench kept no samples. Create the Bench with `retainSamples: true`.");
  }
  const bad = samples.find((sample) => !Number.isFinite(sample) || sample < 0);
  if (bad !== undefined) return failed(`its timer gave a duration of ${bad} ms. Correct the \`now\` of the Bench.`);
  return { benchmark, samples: sampleOf(samples).map(seconds) };
}

/** Six digits are far finer than any timer, and keep recordings small. */
function seconds(milliseconds: number): number {
  return Number((milliseconds / 1000).toPrecision(6));
}
