import { type BenchLike, benchmarkName, type TaskLike, TIMES } from "./benches.ts";
import { Calls, type Course, FEWEST, type Rule } from "./calls.ts";
import { ModuleError } from "./error.ts";
import { SETTLING } from "./slices.ts";

/** How long a benchmark is warmed up, and then measured, at least, in ms: see "How long a benchmark is measured" in docs/characteristics.md. */
const ENOUGH = 50;

/** A quick one that runs evenly has enough sooner: after half of that, once it has been called so often. */
const HALF = ENOUGH / 2;
const MANY = 10_000;

/** The fewest samples of a benchmark of which they take no more than `SECOND` ms; of any other as many as that, but `FEWEST`. */
const SOME = 10;
const SECOND = 1000;

/** The samples from which a p99 is judged: taken where they take no more than a second. */
const FOR_P99 = 1000;

/** Fewer than those of which a p99 is looked at: there are no rounds that have just enough of them beside others that have not. */
const TOO_FEW = 250;

/** How long a phase takes that only shows that a quick benchmark works, in ms, and what a call of such a one takes at most: far less than where a p99 is in question. */
const TRY = 5;
const QUICK = 0.25;

/** Who says how long benchmarks are measured: the harness, going by what they take, or the module's own options. */
export type Times =
  | { readonly kind: "keep" }
  /** As `auto`, but quick ones no longer than shows that they work: what they take is thrown away. */
  | { readonly kind: "brief" }
  /** `tail` says whether a benchmark is measured for a p99; of one that is not in it, what its own calls take says so. */
  | { readonly kind: "auto"; readonly tail: ReadonlyMap<string, boolean> };

/** What BENCHGATE_TIMES and BENCHGATE_TAIL order; nothing but the module's own options counts where they are not there. */
export function timesOf({ BENCHGATE_TIMES: times, BENCHGATE_TAIL: tail }: NodeJS.ProcessEnv): Times {
  if (times === undefined || times === "" || times === "keep") return { kind: "keep" };
  if (times === "brief") return { kind: "brief" };
  if (times !== "auto") {
    throw new ModuleError(`BENCHGATE_TIMES is ${JSON.stringify(times)}`, "Give it `auto`, `brief` or `keep`");
  }
  const known: Readonly<Record<string, boolean>> = tail === undefined || tail === "" ? {} : JSON.parse(tail);
  return { kind: "auto", tail: new Map(Object.entries(known)) };
}

/** The rule of a phase that takes so many ms; or 25 ms and 10,000 calls where it runs evenly. */
const lasting =
  (ms: number): Rule =>
  ({ each, isEven }) => {
    const enough = Math.ceil(ms / each);
    return isEven ? Math.min(enough, Math.max(MANY, Math.ceil(HALF / each))) : enough;
  };

const whole = lasting(ENOUGH);
const untilSettling = lasting(ENOUGH - SETTLING);

/** The rule of a warm-up: 50 ms of it, or what is left of them where a process settles as it measures; `settles` tells by how many calls were made. */
const warmingUp =
  (settles: (made: number) => boolean): Rule =>
  (pace) =>
    settles(pace.made) ? untilSettling(pace) : whole(pace);

/**
 * The rule of a measurement: as long as a warm-up, and 1,000 samples where they take no more than a second; else as long, and 10 samples, or as many as a
 * second holds, but 3.
 *
 * @param tail whether it is measured for a p99; null: where that takes no more than a second.
 * @internal Exported for its tests.
 */
export function measuring(tail: boolean | null): Rule {
  return (pace) => {
    const { each } = pace;
    const forP99 = tail ?? each * FOR_P99 <= SECOND;
    const enough = whole(pace);
    if (forP99) return Math.max(FOR_P99, enough);
    const least = Math.max(FEWEST, Math.min(SOME, Math.floor(SECOND / each)));
    return Math.max(least, tail === false && enough < FOR_P99 ? Math.min(enough, TOO_FEW) : enough);
  };
}

/**
 * The rule of a phase where a quick benchmark is only tried; `whole` is that of any other, of which the samples tell whether it is measured for a p99.
 *
 * @internal Exported for its tests.
 */
export const trying =
  (whole: Rule): Rule =>
  (pace) =>
    pace.each <= QUICK ? Math.ceil(TRY / pace.each) : whole(pace);

/**
 * Has each task of a bench measured as long as its samples need; the returned function gives the bench its own options back. One whose
 * calls overlap, or whose tasks all run at once, keeps its own times: no call of it ends before the next begins.
 */
export function setTimes(bench: BenchLike, times: Times, { now, isLast, hasNoted, settle }: Course): () => void {
  if (times.kind === "keep" || (bench.concurrency ?? null) !== null) return () => {};
  const options: object = bench.opts ?? bench;
  const own = TIMES.map((name) => [name, Reflect.get(options, name)] as const);
  const set = (values: object) => {
    for (const [name, value] of Object.entries(values)) Reflect.set(options, name, value);
  };
  const listen = (task: TaskLike) => {
    const tail = times.kind === "auto" ? (times.tail.get(benchmarkName(bench, task)) ?? null) : null;
    let isWarm = false;
    const warmup = () => {
      isWarm = true;
      const rule = times.kind === "brief" ? trying(whole) : warmingUp((made) => tail === true && hasNoted(made));
      // Each side has what it needs: nothing of it is held against the other's.
      set({ warmupTime: 0, warmupIterations: new Calls(rule, { now, isLast: () => false }) });
    };
    const start = () => {
      const rule = times.kind === "brief" ? trying(measuring(null)) : measuring(tail);
      // Where nobody has said so for both sides, one of them might settle, and the other not.
      const settles = tail === true && isWarm && hasNoted(0);
      set({ time: 0, iterations: new Calls(rule, { now, isLast, ...(settles && { settle }) }) });
    };
    task.addEventListener("warmup", warmup);
    task.addEventListener("start", start);
    return () => {
      task.removeEventListener("warmup", warmup);
      task.removeEventListener("start", start);
    };
  };
  const removers = bench.tasks.map(listen);
  return () => {
    for (const remove of removers) remove();
    for (const [name, value] of own) Reflect.set(options, name, value);
  };
}
