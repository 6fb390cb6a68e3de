import { parse } from "node:path";
import { Bench, type BenchOptions, type FnOptions } from "tinybench";
import { UnfitModule } from "./error.ts";
import { nothingIn, WHAT_TO_EXPORT } from "./foreign.ts";
import type { Exports } from "./load.ts";

/** What we use of a tinybench Bench, the same since version 2; which version made it is the user's choice. */
export interface BenchLike {
  readonly name?: string | undefined;
  readonly tasks: readonly TaskLike[];
  run(): Promise<unknown>;
  remove(task: string): unknown;
  /** Version 2 warms up when asked; later versions by themselves, and this is an option. */
  readonly warmup?: unknown;
  /** `task`: calls of one task overlap; `bench`: all tasks run at once. */
  readonly concurrency?: string | null;
  /** The clock, in ms. Versions 3 to 5 have it among their options. */
  now?: () => number;
  readonly opts?: { now?: () => number };
  /** Since version 6: what its tasks take their clock from, when they are added. */
  readonly timestampProvider?: unknown;
  /** In ms; what it takes off every sample. */
  readonly timerOverhead?: number | undefined;
}

/** What we use of a tinybench Task. */
export interface TaskLike extends EventTarget {
  readonly name: string;
  readonly result?: unknown;
  /** Measures it, as often as the Bench's options say. */
  run(): Promise<unknown>;
  /** Forgets the result. */
  reset(): void;
}

/** The name of a task in recordings. */
export function benchmarkName({ name }: Pick<BenchLike, "name">, task: Pick<TaskLike, "name">): string {
  return name === undefined || name === "" ? task.name : `${name} / ${task.name}`;
}

/** A benchmark that is not in a Bench. */
interface PlainTask {
  readonly name: string;
  readonly fn: () => unknown;
  readonly opts?: FnOptions;
}

/** The benches of a module. */
export interface Found {
  readonly benches: readonly BenchLike[];
  /** Whether they are plain functions whose times somebody gave: by the export `options`, or by BENCHGATE_TIME_MS. */
  readonly timed: boolean;
}

/** How long a plain function is measured where nobody says, in ms. */
const DEFAULT_TIME = 200;

/** The options by which a Bench is told how long it measures. */
export const TIMES = ["time", "iterations", "warmupTime", "warmupIterations"] as const;

/**
 * The benches that a module exports. A Bench anywhere among the exports wins: functions beside it are helpers, not
 * benchmarks. Without one, the default export counts, and without that every exported function under its name. Plain
 * functions are measured for `time` ms each (null: nobody says), after half of that to warm up, by the tinybench that comes with
 * the harness (which counts only the time inside the function: one of nanoseconds takes several times as long); an export
 * `options` sets that Bench's own options instead. Where no Bench is exported, those that the module `made` and
 * keeps to itself count before its functions. Throws an `UnfitModule` where there is nothing to run.
 */
export async function benchesOf(
  file: string,
  exports: Exports,
  { time, made }: { readonly time: number | null; readonly made: readonly BenchLike[] },
): Promise<Found> {
  const values = await Promise.all(Object.values(exports));
  const exported = [...new Set(values.flat().filter(isBench))];
  const benches = exported.length > 0 ? exported : made.filter(({ tasks }) => tasks.length > 0);
  const isPlain = benches.length === 0;
  if (isPlain) {
    const fallback = await exports.default;
    const tasks = fallback === undefined ? functions(exports) : plainTasks(parse(file).name, fallback);
    if (tasks.length === 0) throw nothingIn(file);
    const bench = new Bench({
      ...clock(exports),
      time: time ?? DEFAULT_TIME,
      warmupTime: (time ?? DEFAULT_TIME) / 2,
      ...optionsOf(exports),
      retainSamples: true,
    });
    for (const { name, fn, opts } of tasks) {
      if (bench.getTask(name) !== undefined) throw new UnfitModule(`two benchmarks are called "${name}"`, "Rename one");
      bench.add(name, fn, opts);
    }
    benches.push(bench);
  }
  if (benches.every(({ tasks }) => tasks.length === 0)) {
    throw new UnfitModule("the exported Bench has no tasks", "Call `bench.add(name, fn)` before the module ends");
  }
  const options = optionsOf(exports);
  return { benches, timed: isPlain && (time !== null || TIMES.some((name) => options[name] !== undefined)) };
}

function optionsOf({ options }: Exports): BenchOptions {
  if (options === undefined || typeof options === "function") return {};
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return options;
  throw new UnfitModule(
    "the export `options` is not an object",
    "Export tinybench's options: `options = { time: 100 }`",
  );
}

/** The platform's clock as it is now: our own tinybench was loaded before the harness put virtual time in its place. */
function clock(exports: Exports): BenchOptions {
  const { timestampProvider } = optionsOf(exports);
  return timestampProvider === undefined ? { now: performance.now.bind(performance) } : {};
}

function isBench(value: unknown): value is BenchLike {
  if (typeof value !== "object" || value === null) return false;
  const { add, run, tasks } = value as Record<string, unknown>;
  return typeof add === "function" && typeof run === "function" && Array.isArray(tasks);
}

/** The tasks that a default export stands for. */
function plainTasks(file: string, value: unknown): PlainTask[] {
  if (isTaskFunction(value))
    return [{ name: value.name === "default" || value.name === "" ? file : value.name, fn: value }];
  if (Array.isArray(value)) {
    return value.map((entry: Partial<PlainTask> | null, index) => {
      if (typeof entry?.name === "string" && isTaskFunction(entry.fn)) return entry as PlainTask;
      throw new UnfitModule(`entry ${index} of the exported list is not a benchmark`, WHAT_TO_EXPORT);
    });
  }
  if (typeof value !== "object" || value === null) return [];
  const stray = Object.entries(value).find(([, member]) => !isTaskFunction(member));
  if (stray !== undefined)
    throw new UnfitModule(`"${stray[0]}" of the exported object is not a function`, WHAT_TO_EXPORT);
  return functions(value as Exports);
}

function functions(members: Exports): PlainTask[] {
  return Object.entries(members).flatMap(([name, fn]) => (isTaskFunction(fn) ? [{ name, fn }] : []));
}

/** Whether something can be called without `new`. */
function isTaskFunction(value: unknown): value is () => unknown {
  return typeof value === "function" && !/^class\b/.test(Function.prototype.toString.call(value));
}
