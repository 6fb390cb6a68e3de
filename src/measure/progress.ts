import type { Clock } from "../ports.ts";
import type { Side, Slot } from "./schedule.ts";

/** What is being measured now. */
export interface Progress {
  readonly suite: string;
  readonly side: Side;
  /** From 1; 0 is the slot that is thrown away. */
  readonly round: number;
  readonly rounds: number;
  /** What `tool: auto` took the first output for; told once a suite. */
  readonly recognised?: string;
  /** An estimate from what was timed so far; absent before every suite has run once. */
  readonly secondsLeft?: number;
}

/** The time that a measurement takes and will take. */
export class ProgressMeter {
  readonly #clock: Pick<Clock, "monotonic">;
  readonly #slots: readonly Slot[];
  readonly #timeBudget: number | null;
  readonly #started: number;
  readonly #spent = new Map<string, { readonly slots: number; readonly seconds: number }>();

  constructor(clock: Pick<Clock, "monotonic">, slots: readonly Slot[], timeBudget: number | null) {
    this.#clock = clock;
    this.#slots = slots;
    this.#timeBudget = timeBudget;
    this.#started = clock.monotonic();
  }

  overBudget(): boolean {
    return this.#timeBudget !== null && this.#clock.monotonic() - this.#started >= this.#timeBudget;
  }

  /** The result of `run`, whose time counts for the suite of the slot. */
  async timed<T>({ suite }: Slot, run: () => Promise<T>): Promise<T> {
    const before = this.#clock.monotonic();
    try {
      return await run();
    } finally {
      const { slots, seconds } = this.#spent.get(suite) ?? { slots: 0, seconds: 0 };
      this.#spent.set(suite, { slots: slots + 1, seconds: seconds + this.#clock.monotonic() - before });
    }
  }

  /** What to tell when `slot` begins. */
  progress(slot: Slot, rounds: number): Progress {
    const secondsLeft = this.#secondsLeft(slot);
    return {
      suite: slot.suite,
      side: slot.side,
      round: slot.warmup ? 0 : slot.pair + 1,
      rounds,
      ...(secondsLeft === null ? {} : { secondsLeft }),
    };
  }

  #secondsLeft(slot: Slot): number | null {
    let seconds = 0;
    for (const { suite } of this.#slots.slice(this.#slots.indexOf(slot))) {
      const spent = this.#spent.get(suite);
      if (spent === undefined) return null;
      seconds += spent.seconds / spent.slots;
    }
    if (this.#timeBudget === null) return seconds;
    return Math.max(0, Math.min(seconds, this.#timeBudget - (this.#clock.monotonic() - this.#started)));
  }
}
