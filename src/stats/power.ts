import type { Estimate } from "./estimate.ts";
import { noncentralTSf } from "./noncentral-t.ts";
import { root } from "./root.ts";
import { tInv } from "./student-t.ts";

/** More rounds than this nobody runs. */
const MOST_ROUNDS = 1000;
const FEWEST_ROUNDS = 3;

/**
 * The smallest true log ratio that a test like this one would call a regression beyond `bound` with chance `power`, at one-sided level `alpha`;
 * null below 2 degrees of freedom. Exact for Student's t with the noise as estimated (noncentral t); for trimmed means an approximation
 * with their own error and degrees of freedom. `bound` itself where nothing varies.
 */
export function detectableEffect(estimate: Estimate, bound: number, alpha: number, power = 0.8): number | null {
  const { se, df } = estimate;
  if (df < 2) return null;
  if (se === 0) return bound;
  const critical = -tInv(alpha, df);
  const missing = (shift: number): number => noncentralTSf(critical, df, shift) - power;
  let upper = Math.max(1, critical - tInv(1 - power, df));
  while (missing(upper) < 0) upper *= 2;
  return bound + se * Math.max(0, root(missing, Math.min(0, critical), upper));
}

/**
 * The smallest total n at which an effect of the present size with the present noise is decided at one-sided level `alpha`: its interval then lies
 * wholly beyond ±`bound` or wholly inside. Null where that takes more than 1,000, or never comes: the effect is at the bound, or a stored
 * baseline is compared with a single new run. An even bet, not a promise: the next rounds bring their own mean and noise.
 *
 * Noise shrinks with √n, but for `fixedVariance`; degrees of freedom grow in proportion to n.
 */
export function roundsNeeded(estimate: Estimate, bound: number, alpha: number): number | null {
  const { se, df, n } = estimate;
  const distance = Math.abs(Math.abs(estimate.mean) - bound);
  if (!(df > 0) || distance === 0) return null;
  const fixed = Math.min(estimate.fixedVariance ?? 0, se * se);
  const decided = (rounds: number): boolean => {
    const growth = rounds / n;
    const freedom = (df + 1) * growth - 1;
    if (!(freedom > 0)) return false;
    const error = Math.sqrt(fixed + (se * se - fixed) / growth);
    return -tInv(alpha, freedom) * error < distance;
  };
  if (!decided(MOST_ROUNDS)) return null;
  let [no, yes] = [FEWEST_ROUNDS - 1, MOST_ROUNDS];
  while (yes - no > 1) {
    const middle = (no + yes) >>> 1;
    if (decided(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

/**
 * The chance that a benchmark that did not change (true log ratio 0), with this noise, is called a regression beyond `bound` at one-sided level `alpha`.
 * 0 where nothing varies or nothing can be rejected.
 */
export function falseAlarm(estimate: Estimate, bound: number, alpha: number): number {
  const { se, df } = estimate;
  if (se === 0 || !(df > 0) || alpha <= 0) return 0;
  if (bound === 0) return alpha;
  return noncentralTSf(-tInv(alpha, df), df, -bound / se);
}
