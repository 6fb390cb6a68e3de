import { median } from "./summary.ts";

/** Deviations are counted in these: the median absolute deviation of Gaussian values is their standard deviation divided by 1.4826. */
const GAUSSIAN = 1.4826;
const FAR = 4;
const FEWEST = 12;
/** Values that differ by less are equal. */
const ROUNDING = 1e-12;

/**
 * Whether the first round stands apart from the others: by more than four of their median absolute deviations (in Gaussian units) from their median, on
 * either side. `values` are log values in the order of the rounds; false below twelve. A hint for people, which never changes a test: without such an
 * effect it flags 2 % of Gaussian series of 12 rounds and 0.4 % of 24 (10 % of 6 would be too many).
 */
export function firstRoundOutlier(values: readonly number[]): boolean {
  const [first, ...others] = values;
  if (first === undefined || values.length < FEWEST) return false;
  const centre = median(others);
  const spread = GAUSSIAN * median(others.map((value) => Math.abs(value - centre)));
  return Math.abs(first - centre) > Math.max(FAR * spread, ROUNDING);
}
