import type { Measurement } from "../../model/measurement.ts";
import { median } from "../../stats/summary.ts";

/** The samples of a round from which a p99 is judged, and the seconds that they may take. */
const FOR_P99 = 1000;
const SECOND = 1;

/**
 * The benchmarks of each module that are measured for a p99: those of which every side had enough samples in the first turn that measured them. Where
 * each round decided by itself, the counts of a benchmark of just a millisecond would differ from side to side and from round to round.
 */
export class Tails {
  readonly #known = new Map<string, Map<string, boolean>>();

  /** Those of a module that are known, by the names that they have there. */
  of(file: string): ReadonlyMap<string, boolean> {
    return this.#known.get(file) ?? new Map();
  }

  /** Takes note of what all sides measured of a module in a turn. */
  note(file: string, measurements: readonly Measurement[]): void {
    const found = new Map<string, boolean>();
    for (const each of measurements) {
      if (each.metric !== "latency") continue;
      found.set(each.benchmark, (found.get(each.benchmark) ?? true) && suffices(each));
    }
    this.#known.set(file, new Map([...found, ...this.of(file)]));
  }
}

/** Whether it has enough samples, or was only tried and would have had them in time. */
function suffices({ distribution }: Measurement): boolean {
  return (
    distribution.kind === "samples" &&
    (distribution.samples.length >= FOR_P99 || FOR_P99 * median(distribution.samples) <= SECOND)
  );
}
