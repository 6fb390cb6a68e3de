import type { Estimate } from "./estimate.ts";
import { remembering } from "./remembering.ts";
import { tInv, tSf } from "./student-t.ts";

/** A difference from the bound that is rounding alone. */
const ROUNDING = 1e-12;

/**
 * The one-sided p-value of "the true log ratio is above `bound`": the chance of an estimate this far up if it were exactly at the bound.
 * Exactly 0 or 1 where nothing varies; one half where nothing is known (`df` 0).
 */
export function pAbove(estimate: Estimate, bound: number): number {
  if (estimate.se === 0) return estimate.mean > bound + ROUNDING ? 0 : 1;
  return tSf((estimate.mean - bound) / estimate.se, estimate.df);
}

/** The one-sided p-value of "the true log ratio is below `bound`"; as `pAbove`, mirrored. */
export function pBelow(estimate: Estimate, bound: number): number {
  if (estimate.se === 0) return estimate.mean < bound - ROUNDING ? 0 : 1;
  return tSf((bound - estimate.mean) / estimate.se, estimate.df);
}

/**
 * The two-sided confidence interval of the true log ratio at `level` (0.95: 2.5 % on either side). Reaches beyond a bound on one side exactly
 * where the one-sided p against that bound is below (1 − level)/2. Infinite where nothing is known.
 */
export function interval(estimate: Estimate, level: number): { readonly lower: number; readonly upper: number } {
  const { mean, se, df } = estimate;
  const half = se === 0 ? 0 : se === Number.POSITIVE_INFINITY ? se : widthOf(level, df) * se;
  return { lower: mean - half, upper: mean + half };
}

/** Standard errors on either side of an interval. */
const widthOf = remembering((level: number, df: number) => -tInv((1 - level) / 2, df));
