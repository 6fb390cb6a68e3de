import type { Estimate } from "./estimate.ts";
import { median, variance } from "./summary.ts";
import { trimmedMean } from "./trimmed.ts";

/** Fewer benchmarks have nothing in common that could be told from chance. */
const FEWEST_BENCHMARKS = 5;
/** The error of a Gaussian median over that of the mean, for many values. */
const MEDIAN_ERROR = Math.sqrt(Math.PI / 2);

/**
 * The shift that the benchmarks of a suite share: the median of their log ratios, with an error from their spread, to be tested like any other estimate.
 * A suite that moved as one was moved by the machine or by a cause that all share; this names the shift and is never subtracted from anything.
 *
 * `se` is √(π/2) times the winsorised error of the 20 % trimmed mean, `df` that of Yuen's t: a shift that fewer than four of five share has a large
 * error. No smaller than the benchmarks' own errors make it, were they independent. Against Gaussian spread its tests err less often than their level
 * says from six benchmarks on; among five as often at 5 %, 1.3 times as often at 0.1 %. Noise that all benchmarks share in this measurement is part of
 * the shift: it is this measurement's, not the code's.
 *
 * `sd` is the spread of the log ratios, `n` their number. Null below five whose error is finite. Give it estimates of one metric that time can move;
 * exact ones would hold the median at zero.
 */
export function commonShift(effects: readonly Estimate[]): Estimate | null {
  const known = effects.filter(({ se }) => Number.isFinite(se));
  const n = known.length;
  if (n < FEWEST_BENCHMARKS) return null;
  const means = known.map(({ mean }) => mean);
  const { se, kept } = trimmedMean(means);
  const own = median(known.map((effect) => effect.se)) / Math.sqrt(n);
  const sd = Math.sqrt(variance(means));
  return { mean: median(means), se: MEDIAN_ERROR * Math.max(se, own), df: kept - 1, sd, n };
}
