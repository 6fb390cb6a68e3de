import { largest, smallest } from "../model/extremes.ts";
import { ofMean } from "./autocorrelation.ts";
import { tSf } from "./student-t.ts";
import { mean, variance } from "./summary.ts";

/** The newest values among which a large step is looked for, how many of them it may have reached, and how many there must be before. */
const RECENT = { window: 50, fewest: 2, most: 8, before: 8 } as const;
/**
 * The level of a series of n values is this over n², n up to the window: a new series is looked at after each run, and what all looks spend stays small
 * (alpha-spending: Foster & Stine, JRSS B 70, 2008).
 */
const SPENT = 0.25;
/** One in so many values before a step may lie as far out: where more do, two in a row are no news. */
const OUTLYING = 25;

/**
 * A step at the end of a series that is too large to wait for the four values that a permutation needs, or null: Student's t at 1/(2n)² where the step fits best, and all of its
 * values beyond those before. Few values hardly know their spread, so that a step must be larger among them for the same p: one level for all lengths would miss it there. And t
 * alone takes two values of a heavy tail for a step. Only at the end, where a level is still being built: elsewhere it would cut off what a neighbouring change misplaced.
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
  const isLarge = best.p <= SPENT / recent.length ** 2 && best.after <= RECENT.most && isBeyond(recent, best.after);
  return isLarge ? { at: segment.length - best.after, p: best.p } : null;
}

/** Whether the last `after` values all lie on one side of those before them, but for as many as may be far out. */
function isBeyond(values: readonly number[], after: number): boolean {
  const before = values.slice(0, -after).sort((a, b) => a - b);
  const step = values.slice(-after);
  const few = Math.floor(before.length / OUTLYING);
  return smallest(step) > before.at(-1 - few)! || largest(step) < before[few]!;
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
