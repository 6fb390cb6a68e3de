import { ofMean } from "./autocorrelation.ts";
import { tSf } from "./student-t.ts";
import { mean, variance } from "./summary.ts";

/** The newest values among which a large step is looked for, how many of them it may have reached, and how many there must be before. */
const RECENT = { window: 50, fewest: 2, most: 8, before: 8 } as const;
/** So small that the best of all splits is hardly ever so by chance. */
const LARGE = 5e-5;

/**
 * A step at the end of a series that is too large to wait for the four values that a permutation needs, or null: Student's t at 5e-5 where the step fits best. Only at
 * the end, where a level is still being built: elsewhere it would cut off what a neighbouring change misplaced.
 *
 * @param rho how far neighbours depend on each other, from 0 to 1.
 */
export function largeStep(segment: readonly number[], rho: number): { readonly at: number; readonly p: number } | null {
  const recent = segment.slice(-RECENT.window);
  const places = Math.max(0, recent.length - RECENT.before - RECENT.fewest + 1);
  const steps = Array.from({ length: places }, (_, i) => stepAt(recent, RECENT.fewest + i, rho));
  const [first, ...others] = steps;
  if (first === undefined) return null;
  const best = others.reduce((one, other) => (other.p < one.p ? other : one), first);
  return best.p <= LARGE && best.after <= RECENT.most ? { at: segment.length - best.after, p: best.p } : null;
}

/** Student's two-sided p of a step that the last `after` values have taken. */
export function stepAt(
  values: readonly number[],
  after: number,
  rho = 0,
): { readonly after: number; readonly p: number } {
  const [a, b] = [values.slice(0, -after), values.slice(-after)];
  const df = values.length - 2;
  const pooled = ((a.length - 1) * variance(a) + (after - 1) * variance(b)) / df;
  const difference = Math.abs(mean(b) - mean(a));
  const se = Math.sqrt(pooled * (ofMean(a.length, rho) + ofMean(after, rho)));
  const rounding = 1e-12 * Math.max(Math.abs(mean(a)), Math.abs(mean(b)));
  return { after, p: se > rounding ? 2 * tSf(difference / se, df) : difference > rounding ? 0 : 1 };
}
