import { type BenchLike, benchmarkName, type TaskLike, TIMES } from "./benches.ts";
import { ModuleError } from "./error.ts";

/** How long a benchmark is warmed up, and then measured, at least, in ms: see "How long a benchmark is measured" in docs/characteristics.md. */
const ENOUGH = 50;

/** A quick one that runs evenly has enough sooner: after half of that, once it has been called so often. */
const HALF = ENOUGH / 2;
const MANY = 10_000;

/**
 * Calls run evenly where neither of the last two steps took more than this many times as long a call as the fastest of the last three. A slower last step
 * was disturbed, or what it calls slows down; a slower one before it was, or what it called has been compiled since.
 */
const EVEN = 1.15;

/** The fewest samples of a benchmark of which they take no more than `SECOND` ms; of any other as many as that, but `FEWEST`. */
const SOME = 10;
const FEWEST = 3;
const SECOND = 1000;

/** The samples from which a p99 is judged: taken where they take no more than a second. */
const FOR_P99 = 1000;

/** Fewer than those of which a p99 is looked at: there are no rounds that have just enough of them beside others that have not. */
const TOO_FEW = 250;

/** A phase that has taken so long has enough of everything, but for `FEWEST`, in ms. */
const MOST = 5000;

/**
 * How much of a quick benchmark's warm-up is the beginning of its measurement, in ms. As it begins the garbage has just been collected, and with it what V8 had
 * compiled of the measuring loop: see the same page.
 */
const SETTLING = 12;

/** How many steps tell what a call takes. */
const STEPS = 3;

/** The shortest time that a clock is taken to tell from none, in ms. */
const SHORTEST = 1e-6;

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
    throw new ModuleError(
      `BENCHGATE_TIMES is ${JSON.stringify(times)}`,
      "Give it `auto`, `brief` or `keep`",
    );
  }
  const known: Readonly<Record<string, boolean>> = tail === undefined || tail === "" ? {} : JSON.parse(tail);
  return { kind: "auto", tail: new Map(Object.entries(known)) };
}

/** What a call takes in ms, and whether the last ones took as long as each other. */
interface Pace {
  readonly each: number;
  readonly isEven: boolean;
}

/** How many calls have to be made in all at such a pace. */
type Rule = (pace: Pace) => number;

/** The rule of a phase that takes so many ms; or 25 ms and 10,000 calls where it runs evenly. */
const lasting =
  (ms: number): Rule =>
  ({ each, isEven }) => {
    const enough = Math.ceil(ms / each);
    return isEven ? Math.min(enough, Math.max(MANY, Math.ceil(HALF / each))) : enough;
  };

const whole = lasting(ENOUGH);
const untilSettling = lasting(ENOUGH - SETTLING);

/** The rule of a warm-up: 50 ms of it, or of a quick benchmark what is left of them where it settles as its measurement begins. */
const warmingUp =
  (settles: boolean): Rule =>
  (pace) =>
    settles && pace.each <= QUICK ? untilSettling(pace) : whole(pace);

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

/** What goes on around a phase. */
interface Course {
  /** In ms. */
  readonly now: () => number;
  /** Whether everybody who takes turns with this process has left the phase that it is in. */
  readonly isLast: () => boolean;
  /** Whether the first samples of a measurement can be told from the rest; `settle` says that those so far are the first, and whether that was possible. */
  readonly canSettle: () => boolean;
  readonly settle: () => boolean;
}

/** What the number of calls of a phase depends on. */
type Pacing = Pick<Course, "now" | "isLast"> & { readonly settle?: Course["settle"] | null };

/**
 * The number of calls of a phase, in the place of tinybench's `iterations`: with a `time` of 0 every version since 2 compares it with what it has done
 * before each call, so that it may grow while the phase runs. Where it is read only once it is a small number, and nothing goes on for ever.
 *
 * @internal Exported for its tests.
 */
export class Calls {
  readonly #rule: Rule;
  readonly #now: () => number;
  readonly #isLast: () => boolean;
  #settle: (() => boolean) | null;
  #made = -1;
  #wanted = 1;
  /** How many of those made were needed to settle. */
  #spent = 0;
  /** As many as there would have to be if they ran evenly. */
  #least = Number.POSITIVE_INFINITY;
  /** When the phase began, and when its last step did, after how many calls. */
  #began = 0;
  #since = 0;
  #before = 0;
  /** What a call took in each of the last steps. */
  #steps: readonly number[] = [];

  /**
   * `now` in ms; `isLast` says whether nobody else is in this phase any more: then it goes on no longer than where calls run evenly. `settle`: called once a quick
   * benchmark has been called for 12 ms; if it returns true, those calls are not of the number that is asked for.
   */
  constructor(rule: Rule, { now, isLast, settle = null }: Pacing) {
    this.#rule = rule;
    this.#now = now;
    this.#isLast = isLast;
    this.#settle = settle;
  }

  /** The number so far; each time it is asked for, another call has been made. */
  valueOf(): number {
    this.#made++;
    if (this.#made === 0) this.#began = this.#since = this.#now();
    else if (this.#made >= this.#wanted) this.#extend();
    else if (this.#made >= this.#least && this.#isLast()) this.#wanted = this.#made;
    return this.#wanted;
  }

  /**
   * The first calls say little of those to come, and in any step the system may take the processor away for a while: no step is longer than all that
   * came before it, and the fastest of the last three tells what a call takes.
   */
  #extend(): void {
    const now = this.#now();
    const step = Math.max(now - this.#since, SHORTEST) / (this.#made - this.#before);
    this.#steps = [...this.#steps, step].slice(-STEPS);
    const each = this.#steps.reduce((a, b) => Math.min(a, b));
    this.#before = this.#made;
    this.#since = now;
    const settled = now - this.#began - SETTLING;
    if (this.#settle !== null && settled < 0) {
      this.#wanted = this.#made + Math.min(this.#made, Math.ceil(-settled / each));
      return;
    }
    if (this.#settle !== null && each <= QUICK && this.#settle()) this.#restart(now);
    this.#settle = null;
    const isEven = this.#steps.slice(-2).every((step) => step <= EVEN * each);
    this.#least = this.#spent + this.#rule({ each, isEven: true });
    const wanted = this.#spent + (now - this.#began > MOST ? FEWEST : this.#rule({ each, isEven }));
    this.#wanted = Math.min(Math.max(this.#made, wanted), this.#made + Math.max(1, this.#made - this.#spent));
  }

  /** The calls so far were the last of the warm-up. */
  #restart(now: number): void {
    this.#spent = this.#made;
    this.#began = now;
    this.#steps = [];
  }
}

/**
 * Has each task of a bench measured as long as its samples need; the returned function gives the bench its own options back. One whose
 * calls overlap, or whose tasks all run at once, keeps its own times: no call of it ends before the next begins.
 */
export function setTimes(bench: BenchLike, times: Times, course: Course): () => void {
  if (times.kind === "keep" || (bench.concurrency ?? null) !== null) return () => {};
  const options: object = bench.opts ?? bench;
  const own = TIMES.map((name) => [name, Reflect.get(options, name)] as const);
  const set = (values: object) => {
    for (const [name, value] of Object.entries(values)) Reflect.set(options, name, value);
  };
  const settles = () => times.kind === "auto" && course.canSettle();
  const { now, isLast, settle } = course;
  const rules = (task: TaskLike): { readonly warmup: Rule; readonly run: Rule } =>
    times.kind === "brief"
      ? { warmup: trying(whole), run: trying(measuring(null)) }
      : { warmup: warmingUp(settles()), run: measuring(times.tail.get(benchmarkName(bench, task)) ?? null) };
  const listen = (task: TaskLike) => {
    // Of a warm-up each side has what it needs: nothing of it is held against the other's.
    const own = { now, isLast: () => false };
    const warmup = () => set({ warmupTime: 0, warmupIterations: new Calls(rules(task).warmup, own) });
    const start = () =>
      set({ time: 0, iterations: new Calls(rules(task).run, { now, isLast, settle: settles() ? settle : null }) });
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
