import type { SlotResult } from "./execution.ts";
import type { Slot } from "./schedule.ts";

/** Failures in a row after which a suite is not run again on that side. */
const ENOUGH = 2;

/**
 * What is known of the suites that fail: a suite that failed twice in a row on a side is not run there again, and the
 * failure stands.
 */
export class Patience {
  readonly #failed = new Map<string, { readonly times: number; readonly last: SlotResult }>();

  /**
   * The result of `run`, or of the last failure where there is no use in running again. Only a slot without any
   * measurement is a failure here.
   */
  async attempt({ suite, side }: Slot, run: () => Promise<SlotResult>): Promise<SlotResult> {
    const key = `${side}\u0000${suite}`;
    const before = this.#failed.get(key);
    if (before !== undefined && before.times >= ENOUGH) return before.last;
    const last = await run();
    if (last.measurements.length === 0) this.#failed.set(key, { times: (before?.times ?? 0) + 1, last });
    else this.#failed.delete(key);
    return last;
  }
}
