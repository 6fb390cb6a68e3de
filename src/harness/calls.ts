import { SETTLING } from "./slices.ts";

/**
 * Calls run evenly where neither of the last two steps took more than this many times as long a call as the fastest of the last three. A slower last step
 * was disturbed, or what it calls slows down; a slower one before it was, or what it called has been compiled since.
 */
const EVEN = 1.15;

/** The fewest calls that a phase has, however long they take. */
export const FEWEST = 3;

/** A phase that has taken so long has enough of everything, but for `FEWEST`, in ms. */
const MOST = 5000;

/** How many steps tell what a call takes. */
const STEPS = 3;

/** The shortest time that a clock is taken to tell from none, in ms. */
const SHORTEST = 1e-6;

/** What a call takes in ms, whether the last ones took as long as each other, and how many there were. */
interface Pace {
  readonly each: number;
  readonly isEven: boolean;
  readonly made: number;
}

/** How many calls have to be made in all at such a pace. */
export type Rule = (pace: Pace) => number;

/** What goes on around a phase. */
export interface Course {
  /** In ms. */
  readonly now: () => number;
  /** Whether everybody who takes turns with this process has left the phase that it is in. */
  readonly isLast: () => boolean;
  /** Whether each sample of a phase is known, of which so many calls were made. */
  readonly hasNoted: (made: number) => boolean;
  /** So many calls of a measurement count for nothing; false where they cannot be told from the rest. */
  readonly settle: (made: number) => boolean;
}

/** What the number of calls of a phase depends on; without `settle` all of them count. */
type Pacing = Pick<Course, "now" | "isLast"> & Partial<Pick<Course, "settle">>;

/**
 * The number of calls of a phase, in the place of tinybench's `iterations`: with a `time` of 0 every version since 2 compares it with what it has done
 * before each call, so that it may grow while the phase runs. Where it is read only once it is a small number, and nothing goes on for ever.
 */
export class Calls {
  readonly #rule: Rule;
  readonly #now: () => number;
  readonly #isLast: () => boolean;
  #settle: Pacing["settle"];
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
  /** When its first call ended. */
  #first = 0;
  /** What a call took in each of the last steps. */
  #steps: readonly number[] = [];

  /**
   * `now` in ms; `isLast` says whether nobody else is in this phase any more: then it goes on no longer than where calls run evenly. `settle` is called 12 ms
   * after the first call; if it returns true, the calls so far are not of the number that is asked for.
   */
  constructor(rule: Rule, { now, isLast, settle }: Pacing) {
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
    if (this.#before === 1) this.#first = now;
    this.#settleBy(now, each);
    if (this.#settle !== undefined) return;
    const isEven = this.#steps.slice(-2).every((step) => step <= EVEN * each);
    this.#least = this.#spent + this.#rule({ each, isEven: true, made: this.#made });
    const wanted = this.#spent + (now - this.#began > MOST ? FEWEST : this.#rule({ each, isEven, made: this.#made }));
    this.#wanted = Math.min(Math.max(this.#made, wanted), this.#made + Math.max(1, this.#made - this.#spent));
  }

  /** Goes on until 12 ms after the first call, which may have had something to set up; where a call takes longer than that, there is nothing to settle. */
  #settleBy(now: number, each: number): void {
    if (this.#settle === undefined) return;
    const left = SETTLING - (now - this.#first);
    const isSlow = this.#steps.length > 1 && each > SETTLING;
    if (!isSlow && (left > 0 || this.#steps.length < STEPS)) {
      this.#wanted = this.#made + Math.min(this.#made, Math.max(1, Math.ceil(left / each)));
      return;
    }
    if (!isSlow && now - this.#began <= MOST && this.#settle(this.#made)) {
      this.#spent = this.#made;
      this.#began = now;
      this.#steps = [];
    }
    this.#settle = undefined;
  }
}
