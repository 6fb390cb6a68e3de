import { smallest } from "../model/extremes.ts";
import type { Estimate } from "./estimate.ts";
import { interval } from "./p-value.ts";

/**
 * The rounds after which a gate looks at its data, ascending, such as [6, 12, 24]: the plan as it was made before the first round, not the looks that
 * took place. A gate that stops early at a look was still planned for all of them, and pays for all of them.
 */
export type Looks = readonly number[];

/** Overall one-sided levels, and for each plan the level of each of its looks that makes them so: printed by bench/looks/levels.ts. */
const OVERALL = [0.5, 0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001] as const;
const EACH: Readonly<Record<string, readonly number[]>> = {
  "6,12": [0.3721, 0.1687, 0.06203, 0.02968, 0.01428, 0.005504, 0.00268, 0.0005204],
  "6,12,24": [0.2959, 0.128, 0.0451, 0.02105, 0.009942, 0.003777, 0.001822, 0.0003492],
};

/** Overall levels beside those of each look, both descending. */
interface Spending {
  readonly overall: readonly number[];
  readonly each: readonly number[];
}

/**
 * The one-sided level at which each look is tested so that a true null hypothesis is rejected at any look with chance `alpha`, the same level at each
 * (Pocock, Biometrika 64, 1977). `alpha` itself for one look; for 6, 12 and for 6, 12, 24 rounds simulated with `pairedEstimate` and Gaussian noise,
 * between the simulated levels interpolated on logarithmic scales, beyond them in proportion; alpha/looks (Bonferroni), always valid, for other plans.
 *
 * Note: in proportion the overall error, simulated, is that asked for down to 1e-5 and half of it at 1e-8, where trimmed tests are conservative under
 * Gaussian noise. What that saves is not spent: so far out no noise is known to be Gaussian.
 */
export function nominalLevel(looks: Looks, alpha: number): number {
  const { overall, each } = spending(looks);
  return interpolate(overall, each, alpha);
}

/**
 * The one-sided p-value of the whole plan: the overall level at which the smallest p-value of the looks so far would just have been rejected, the
 * inverse of `nominalLevel`. At most 1, and 1 before the first look; never rises as looks are added within the plan. Where there were more looks than
 * planned all are paid for by Bonferroni.
 */
export function sequentialP(looks: Looks, ps: readonly number[]): number {
  const least = smallest(ps, 1);
  const { overall, each } = ps.length > looks.length ? bonferroni(ps.length) : spending(looks);
  return Math.min(1, interpolate(each, overall, least));
}

/**
 * The repeated confidence interval at one of the looks: all of them together, over the whole plan, miss the true log ratio on either side with chance
 * (1 − `level`)/2 at most (Jennison & Turnbull, JRSS B 51, 1989). It agrees with `sequentialP`, whenever and for whatever reason the gate stops.
 */
export function repeatedInterval(
  looks: Looks,
  estimate: Estimate,
  level: number,
): { readonly lower: number; readonly upper: number } {
  return interval(estimate, 1 - 2 * nominalLevel(looks, (1 - level) / 2));
}

function spending(looks: Looks): Spending {
  const each = EACH[looks.join(",")];
  return each === undefined ? bonferroni(looks.length) : { overall: OVERALL, each };
}

function bonferroni(looks: number): Spending {
  return { overall: [1], each: [1 / Math.max(1, looks)] };
}

/** `to` at the place of `x` in `from`, both descending: straight lines between logarithms, proportional beyond either end. */
function interpolate(from: readonly number[], to: readonly number[], x: number): number {
  const next = from.findIndex((value) => value <= x);
  const [i, j] = next < 0 ? [from.length - 1, from.length - 1] : [Math.max(0, next - 1), next];
  const [x0, x1, y0, y1] = [from[i], from[j], to[i], to[j]] as [number, number, number, number];
  if (i === j) return (x * y0) / x0;
  return y0 * (x / x0) ** (Math.log(y1 / y0) / Math.log(x1 / x0));
}
