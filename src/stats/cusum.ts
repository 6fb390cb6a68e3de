import { mean, variance } from "./summary.ts";

/** How far a series has drifted from its beginning. */
export interface Drift {
  /** The mean of the anchor. */
  readonly anchor: number;
  /** +1 for a rise, −1 for a fall. */
  readonly direction: 1 | -1;
  /** Where the sum that gave the alarm began to grow: the oldest value that may belong to the drift. */
  readonly from: number;
  /** The value that gave the alarm. */
  readonly alarm: number;
}

/** The values from whose mean and spread everything else is measured. */
const ANCHOR = 20;
/** Deviations that count as none, in standard deviations of the anchor. */
const ALLOWANCE = 0.75;
/** The sum that gives an alarm. */
const LIMIT = 10;

/**
 * The first drift of a series away from its first 20 values, which stay the measure for ever: Page's cumulative sum (Biometrika 41, 1954) on either
 * side, S ← max(0, S ± (y − m)/s − 0.75), alarm at S > 10. Null where there is none, or no more than the anchor.
 *
 * A rolling baseline is blind to a creep: of +10 % in ten steps of 1 % a window of ten sees nothing, and this sees all of it.
 * `resolution` is the smallest spread that is believed, so that an anchor of equal values does not make an alarm of a rounding error.
 */
export function drift(series: readonly number[], resolution: number): Drift | null {
  if (series.length <= ANCHOR) return null;
  const head = series.slice(0, ANCHOR);
  const anchor = mean(head);
  const spread = Math.max(Math.sqrt(variance(head)), resolution);
  const sums = { up: { value: 0, from: ANCHOR }, down: { value: 0, from: ANCHOR } };
  for (let index = ANCHOR; index < series.length; index++) {
    const z = (series[index]! - anchor) / spread;
    for (const [side, direction] of [
      ["up", 1],
      ["down", -1],
    ] as const) {
      const sum = sums[side];
      if (sum.value === 0) sum.from = index;
      sum.value = Math.max(0, sum.value + direction * z - ALLOWANCE);
      if (sum.value > LIMIT) return { anchor, direction, from: sum.from, alarm: index };
    }
  }
  return null;
}
