import { keyOf } from "../model/key.ts";
import type { SlotResult } from "./execution.ts";
import type { Side } from "./schedule.ts";

/** Failures in a row after which a suite is not run again on that side. */
const ENOUGH = 2;

/**
 * What is known of the suites that fail: a suite that failed twice in a row on a side is not run there again, and the
 * failure stands. Only an execution without any measurement is a failure here.
 */
export class Patience {
  readonly #failed = new Map<string, { readonly times: number; readonly last: SlotResult }>();

  /** The failure that stands for a suite on a side; null where it is worth running. */
  verdict(suite: string, side: Side): SlotResult | null {
    const before = this.#failed.get(key(suite, side));
    return before !== undefined && before.times >= ENOUGH ? before.last : null;
  }

  /** Takes note of how an execution ended. */
  note(suite: string, side: Side, last: SlotResult): void {
    const times = (this.#failed.get(key(suite, side))?.times ?? 0) + 1;
    if (last.measurements.length === 0) this.#failed.set(key(suite, side), { times, last });
    else this.#failed.delete(key(suite, side));
  }
}

function key(suite: string, side: Side): string {
  return keyOf(side, suite);
}
