import type { Clock } from "../ports/index.ts";
import type { Turn } from "./schedule.ts";

/** How far past its end a budget may go, as a share of it: what it takes to end what is running. */
const OVERTIME = 0.05;

/** What a suite has taken: whole turns and their seconds, and the seconds of turns that were unlike those to come. */
interface Spent {
  readonly turns: number;
  readonly seconds: number;
  readonly tried: number;
}

const NOTHING: Spent = { turns: 0, seconds: 0, tried: 0 };

/**
 * The time that a measurement takes and may take, in seconds: in all, and for each suite. What it allows depends on durations alone,
 * never on what was measured.
 */
export class TimeBudget {
  readonly #clock: Pick<Clock, "monotonic">;
  readonly #total: number;
  readonly #suites: ReadonlyMap<string, number>;
  readonly #started: number;
  readonly #spent = new Map<string, Spent>();

  readonly #reserved: number;

  /** `total` and each suite's own budget; null or absent: no bound. The total takes none of the first `reserved` pairs away. */
  constructor(
    clock: Pick<Clock, "monotonic">,
    total: number | null,
    suites: ReadonlyMap<string, number>,
    reserved: number = 0,
  ) {
    this.#clock = clock;
    this.#total = total ?? Number.POSITIVE_INFINITY;
    this.#reserved = reserved;
    this.#suites = suites;
    this.#started = clock.monotonic();
  }

  /** The result of `run`, whose time counts for the suite of the turn; `unlike`: those to come take another time. */
  async timed<T>({ suite }: Turn, run: () => Promise<T>, unlike: boolean): Promise<T> {
    const before = this.#clock.monotonic();
    try {
      return await run();
    } finally {
      const { turns, seconds, tried } = this.#spentOf(suite);
      const took = this.#clock.monotonic() - before;
      this.#spent.set(
        suite,
        unlike ? { turns, seconds, tried: tried + took } : { turns: turns + 1, seconds: seconds + took, tried },
      );
    }
  }

  /** Whether a turn may begin: it is expected to end in time, going by the turns of its suite so far. */
  allows(turn: Turn): boolean {
    const { tried } = this.#spentOf(turn.suite);
    return this.#left(turn) > 0 && (this.expected(turn.suite) ?? tried) <= this.limit(turn);
  }

  /** Seconds after which a turn must be ended, overtime included. */
  limit(turn: Turn): number {
    return this.#left(turn, 1 + OVERTIME);
  }

  /** What a turn of the suite takes, going by the whole ones so far; null before the first. */
  expected(suite: string): number | null {
    const { turns, seconds } = this.#spentOf(suite);
    return turns === 0 ? null : seconds / turns;
  }

  /** How long `turns` will take, as far as the budget lets them; null where a suite among them has not run yet. */
  forecast(turns: readonly Turn[]): number | null {
    let seconds = 0;
    for (const { suite } of turns) {
      const expected = this.expected(suite);
      if (expected === null) return null;
      seconds += expected;
    }
    return Math.max(0, Math.min(seconds, this.#total - this.#elapsed()));
  }

  #left({ suite, pair }: Turn, share = 1): number {
    const { seconds, tried } = this.#spentOf(suite);
    const own = (this.#suites.get(suite) ?? Number.POSITIVE_INFINITY) * share - seconds - tried;
    return pair < this.#reserved ? own : Math.min(own, this.#total * share - this.#elapsed());
  }

  #spentOf(suite: string): Spent {
    return this.#spent.get(suite) ?? NOTHING;
  }

  #elapsed(): number {
    return this.#clock.monotonic() - this.#started;
  }
}
