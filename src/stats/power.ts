import type { Estimate } from "./estimate.ts";
import { noncentralTSf } from "./noncentral-t.ts";
import { remembering } from "./remembering.ts";
import { root } from "./root.ts";
import { tInv, tSf } from "./student-t.ts";

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
  return bound + se * shiftFor(df, alpha, power);
}

/**
 * The smallest total n at which an effect of the present size with the present noise is told from `bound`, a signed log ratio, at one-sided level `alpha`:
 * the interval's end then lies on the effect's side of it. Null where that takes more than 1,000, or never comes: the effect is at the bound, or a stored
 * baseline is compared with a single new run. An even bet, not a promise: the next rounds bring their own mean and noise.
 *
 * Noise shrinks with √n, but for `fixedVariance`; degrees of freedom grow in proportion to n.
 */
export function roundsNeeded(estimate: Estimate, bound: number, alpha: number): number | null {
  const { se, df, n } = estimate;
  const distance = Math.abs(estimate.mean - bound);
  if (!(df > 0) || distance === 0) return null;
  const fixed = Math.min(estimate.fixedVariance ?? 0, se * se);
  const decided = (rounds: number): boolean => {
    const growth = rounds / n;
    const freedom = (df + 1) * growth - 1;
    if (!(freedom > 0)) return false;
    const error = Math.sqrt(fixed + (se * se - fixed) / growth);
    return tSf(distance / error, freedom) < alpha;
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
  return noncentralTSf(criticalPoint(alpha, df), df, -bound / se);
}

/** The t above which lies `alpha`. */
const criticalPoint = remembering((alpha: number, df: number) => -tInv(alpha, df));

/** The true effect, in standard errors beyond the bound, that is found with chance `power`; never negative. */
const shiftFor = remembering((df: number, alpha: number, power: number): number => {
  const critical = criticalPoint(alpha, df);
  const missing = (shift: number): number => noncentralTSf(critical, df, shift) - power;
  return Math.max(0, nearRoot(missing, critical, df, power) ?? bracketedRoot(missing, critical, df, power));
});

/** Degrees of freedom at which Student's t is the normal distribution. */
const NORMAL = 1e8;
/** A step below this share of the spread leaves an error below its square. */
const SETTLED = 1e-8;
const MOST_STEPS = 8;

/**
 * The shift by secants from the normal approximation P(T > t) ≈ Φ((shift − t (1 − 1/4df)) / √(1 + t²/2df)) (Abramowitz & Stegun 26.7.10), which is within
 * 0.1 spreads for any df ≥ 2 where `power` is 0.05 to 0.95: four or five evaluations. Null where they do not settle.
 */
function nearRoot(missing: (shift: number) => number, critical: number, df: number, power: number): number | null {
  const spread = Math.sqrt(1 + critical ** 2 / (2 * df));
  const z = -criticalPoint(power, NORMAL);
  let slope = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / spread;
  let shift = critical * (1 - 1 / (4 * df)) + z * spread;
  let value = missing(shift);
  for (let step = 0; step < MOST_STEPS; step++) {
    const move = -value / slope;
    shift += move;
    if (Math.abs(move) <= SETTLED * spread) return shift;
    const next = missing(shift);
    slope = (next - value) / move;
    value = next;
  }
  return null;
}

/** The shift between two that enclose it, wherever it is. */
function bracketedRoot(missing: (shift: number) => number, critical: number, df: number, power: number): number {
  let upper = Math.max(1, critical - tInv(1 - power, df));
  while (missing(upper) < 0) upper *= 2;
  return root(missing, Math.min(0, critical), upper);
}
