import type { Clock } from "../ports/index.ts";
import type { Turn } from "./schedule.ts";

/** How far past its end a budget may go, as a share of it: what it takes to end what is running. */
const OVERTIME = 0.05;

/**
 * The time that a measurement takes and may take, in seconds: in all, and for each suite. What it allows depends on durations alone,
 * never on what was measured.
 */
export class TimeBudget {
  readonly #clock: Pick<Clock, "monotonic">;
  readonly #total: number;
  readonly #suites: ReadonlyMap<string, number>;
  readonly #started: number;
  readonly #spent = new Map<string, { readonly turns: number; readonly seconds: number }>();

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

  /** The result of `run`, whose time counts for the suite of the turn. */
  async timed<T>({ suite }: Turn, run: () => Promise<T>): Promise<T> {
    const before = this.#clock.monotonic();
    try {
      return await run();
    } finally {
      const { turns, seconds } = this.#spent.get(suite) ?? { turns: 0, seconds: 0 };
      this.#spent.set(suite, { turns: turns + 1, seconds: seconds + this.#clock.monotonic() - before });
    }
  }

  /** Whether a turn may begin: it is expected to end in time, going by the turns of its suite so far. */
  allows(turn: Turn): boolean {
    return this.#left(turn) > 0 && (this.expected(turn.suite) ?? 0) <= this.limit(turn);
  }

  /** Seconds after which a turn must be ended, overtime included. */
  limit(turn: Turn): number {
    return this.#left(turn, 1 + OVERTIME);
  }

  /** What a turn of the suite takes, going by those so far; null before the first. */
  expected(suite: string): number | null {
    const spent = this.#spent.get(suite);
    return spent === undefined ? null : spent.seconds / spent.turns;
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
    const own = (this.#suites.get(suite) ?? Number.POSITIVE_INFINITY) * share - (this.#spent.get(suite)?.seconds ?? 0);
    return pair < this.#reserved ? own : Math.min(own, this.#total * share - this.#elapsed());
  }

  #elapsed(): number {
    return this.#clock.monotonic() - this.#started;
  }
}
