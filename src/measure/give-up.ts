import { keyOf } from "../model/key.ts";
import type { SlotResult } from "./execution.ts";
import type { Side } from "./schedule.ts";

/** Failures in a row after which a suite is not run again on that side. */
const ENOUGH = 2;

/**
 * What is known of the suites that fail: a suite that failed twice in a row on a side, or whose failure is certain to come again, is not
 * run there again, and the failure stands. Only an execution without any measurement is a failure here.
 */
export class Patience {
  readonly #failed = new Map<string, { readonly times: number; readonly last: SlotResult }>();

  /** Suites of which the candidate has given a number. */
  readonly #given = new Set<string>();

  /** The failure that stands for a suite on a side; null where it is worth running. */
  verdict(suite: string, side: Side): SlotResult | null {
    const before = this.#failed.get(key(suite, side));
    return before !== undefined && before.times >= ENOUGH ? before.last : null;
  }

  /** The failure of a candidate that never gave a number: there is nothing to compare, however long that goes on. Null: there may be. */
  lost(suite: string): SlotResult | null {
    return this.#given.has(suite) ? null : this.verdict(suite, "candidate");
  }

  /** Takes note of how an execution ended; one that only tried its benchmarks does not show that a whole one gives a number. */
  note(suite: string, side: Side, last: SlotResult, isBrief = false): void {
    const times = (this.#failed.get(key(suite, side))?.times ?? 0) + 1;
    if (last.hopeless) this.#failed.set(key(suite, side), { times: ENOUGH, last });
    else if (last.measurements.length === 0) this.#failed.set(key(suite, side), { times, last });
    else this.#failed.delete(key(suite, side));
    if (side === "candidate" && last.measurements.length > 0 && !isBrief) this.#given.add(suite);
  }

  /** Takes note of a warm-up: where there are several sides, and none of them wrote what can be read, no side is run again. */
  noteWarmup(suite: string, results: ReadonlyMap<Side, SlotResult>): void {
    if (results.size < 2 || ![...results.values()].every(({ unread }) => unread)) return;
    for (const [side, last] of results) this.#failed.set(key(suite, side), { times: ENOUGH, last });
  }
}

function key(suite: string, side: Side): string {
  return keyOf(side, suite);
}
