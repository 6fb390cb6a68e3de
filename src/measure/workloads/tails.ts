import type { Measurement } from "../../model/measurement.ts";
import { mean } from "../../stats/summary.ts";

/** The samples of a round from which a p99 is judged, and the seconds that they may take. */
const FOR_P99 = 1000;
const SECOND = 1;

/** What a call takes at most, in seconds, of which a few calls show that there would be enough of them. */
const QUICK = 0.00025;

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

  /** Takes note of what all sides measured of a module in a turn; in a brief one quick benchmarks were only tried. What that does not settle the next turn does. */
  note(file: string, measurements: readonly Measurement[], isBrief = false): void {
    const sides = new Map<string, readonly (boolean | null)[]>();
    for (const each of measurements) {
      if (each.metric !== "latency") continue;
      const own = isBrief ? wouldSuffice(each) : suffices(each);
      sides.set(each.benchmark, [...(sides.get(each.benchmark) ?? []), own]);
    }
    const settled = [...sides].filter(([, answers]) => answers.includes(false) || !answers.includes(null));
    const found = settled.map(([name, answers]) => [name, !answers.includes(false)] as const);
    this.#known.set(file, new Map([...found, ...this.of(file)]));
  }
}

function suffices({ distribution }: Measurement): boolean {
  return distribution.kind === "samples" && distribution.samples.length >= FOR_P99;
}

/** The same of a benchmark that may only have been tried: null where its calls do not tell. Of one that was measured whole they take a second, or it has enough. */
function wouldSuffice(measurement: Measurement): boolean | null {
  const { distribution } = measurement;
  if (distribution.kind !== "samples" || suffices(measurement)) return suffices(measurement);
  const each = mean(distribution.samples);
  if (each <= QUICK) return true;
  return FOR_P99 * each > SECOND ? false : null;
}
