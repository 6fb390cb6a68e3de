import { smallest } from "../model/extremes.ts";
import type { Estimate } from "./estimate.ts";
import { interval } from "./p-value.ts";

/**
 * The rounds after which a gate looks at its data, ascending, such as [6, 12, 24]: the plan as it was made before the first round, not the looks that
 * took place. A gate that stops early at a look was still planned for all of them, and pays for all of them.
 */
export type Looks = readonly number[];

/**
 * How much of the error each look may spend beside the one before: looks at 6, 12 and 24 rounds spend 1 : 2 : 4. Equal levels (Pocock's) spend most where
 * six rounds decide least.
 */
const GROWTH = 2;

/** Overall one-sided levels, and for each plan the level of its first look that makes them so: printed by bench/looks/levels.ts. */
const OVERALL = [0.5, 0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001] as const;
const FIRST: Readonly<Record<string, readonly number[]>> = {
  "6,12": [0.2312, 0.1085, 0.04058, 0.01946, 0.009387, 0.003596, 0.001759, 0.0003429],
  "6,12,24": [0.1116, 0.05052, 0.01831, 0.008637, 0.00412, 0.001573, 0.0007671, 0.000149],
};

/** Overall levels beside those of a plan's first look, both descending. */
interface Spending {
  readonly overall: readonly number[];
  readonly first: readonly number[];
}

/**
 * How much a look may spend beside the first: 1, 2, 4 and so on. `at` counts from 0.
 *
 * @internal Exported for what prints the levels, in bench/.
 */
export function weightOf(at: number): number {
  return GROWTH ** at;
}

/**
 * The one-sided level at which the look `at` (from 0) of a plan is tested so that a true null hypothesis is rejected at any look with chance `alpha`,
 * each look at twice the level of the one before (Lan & DeMets, Biometrika 70, 1983, for levels that are unequal). `alpha` itself for one look; for
 * 6, 12 and for 6, 12, 24 rounds simulated with `pairedEstimate` and Gaussian noise, between the simulated levels interpolated on logarithmic scales,
 * beyond them in proportion; shares of alpha (Bonferroni), always valid, for other plans.
 *
 * Note: in proportion the overall error, simulated, is that asked for down to 1e-5 and half of it at 1e-8, where trimmed tests are conservative under
 * Gaussian noise. What that saves is not spent: so far out no noise is known to be Gaussian.
 */
export function nominalLevel(looks: Looks, at: number, alpha: number): number {
  const { overall, first } = spending(Math.max(looks.length, at + 1), looks);
  return Math.min(alpha, interpolate(overall, first, alpha) * weightOf(at));
}

/**
 * The one-sided p-value of the whole plan: the overall level at which one of the looks so far would just have rejected, the inverse of `nominalLevel`.
 * At most 1, and 1 before the first look; never rises as looks are added within the plan. Where there were more looks than planned all are paid for
 * by Bonferroni.
 */
export function sequentialP(looks: Looks, ps: readonly number[]): number {
  const least = smallest(
    ps.map((p, at) => p / weightOf(at)),
    1,
  );
  const { overall, first } = spending(Math.max(looks.length, ps.length), looks);
  return Math.min(1, interpolate(first, overall, least));
}

/**
 * The repeated confidence interval at the look `at` of a plan: all of them together miss the true log ratio on either side with chance
 * (1 − `level`)/2 at most (Jennison & Turnbull, JRSS B 51, 1989). It agrees with `sequentialP`, whenever and for whatever reason the gate stops.
 */
export function repeatedInterval(
  looks: Looks,
  at: number,
  estimate: Estimate,
  level: number,
): { readonly lower: number; readonly upper: number } {
  return interval(estimate, 1 - 2 * nominalLevel(looks, at, (1 - level) / 2));
}

/** `taken`: how many looks are paid for, at least as many as were planned. */
function spending(taken: number, looks: Looks): Spending {
  const first = taken > looks.length ? undefined : FIRST[looks.join(",")];
  if (first !== undefined) return { overall: OVERALL, first };
  const all = (weightOf(Math.max(1, taken)) - 1) / (GROWTH - 1);
  return { overall: [1], first: [1 / all] };
}

/** `to` at the place of `x` in `from`, both descending: straight lines between logarithms, proportional beyond either end. */
function interpolate(from: readonly number[], to: readonly number[], x: number): number {
  const next = from.findIndex((value) => value <= x);
  const [i, j] = next < 0 ? [from.length - 1, from.length - 1] : [Math.max(0, next - 1), next];
  const [x0, x1, y0, y1] = [from[i], from[j], to[i], to[j]] as [number, number, number, number];
  if (i === j) return (x * y0) / x0;
  return y0 * (x / x0) ** (Math.log(y1 / y0) / Math.log(x1 / x0));
}
