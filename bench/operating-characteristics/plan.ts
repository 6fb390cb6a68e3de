import { FAMILY_SHARE } from "../../src/judge/comparison.ts";
import { nominalLevel, sequentialP } from "../../src/stats/sequential.ts";

/** The planned looks. */
export const LOOKS = [6, 12, 24] as const;

/** A way to spend a gate's error over its looks, and what counts as settled. */
export interface LookPlan {
  readonly name: string;
  /** The one-sided level of the look `at`, from 0, that gives the plan as a whole `alpha`. */
  readonly level: (at: number, alpha: number) => number;
  /** The p-value of the whole plan from those of the looks so far. */
  readonly overall: (ps: readonly number[]) => number;
  /** The share of the bound beyond which the false discovery rate counts. */
  readonly share: number;
  /** The one-sided level of "unchanged". */
  readonly equivalence: number;
  /** Whether an interval that ends below the threshold settles a comparison. */
  readonly noSlower: boolean;
}

/** What `judge()` does. */
export const IN_USE: LookPlan = {
  name: "in use",
  level: (at, alpha) => nominalLevel(LOOKS, at, alpha),
  overall: (ps) => sequentialP(LOOKS, ps),
  share: FAMILY_SHARE,
  equivalence: 0.05,
  noSlower: true,
};

/** Overall one-sided levels, and the level of each of three looks that makes them so where all have the same (Pocock 1977). */
const OVERALL = [0.5, 0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001] as const;
const EACH = [0.2959, 0.128, 0.0451, 0.02105, 0.009942, 0.003777, 0.001822, 0.0003492] as const;

/** What it did before: equal levels, the correction against the threshold itself, "unchanged" by the 95 % interval. */
export const BEFORE: LookPlan = {
  name: "before",
  level: (_, alpha) => along(OVERALL, EACH, alpha),
  overall: (ps) => Math.min(1, along(EACH, OVERALL, Math.min(1, ...ps))),
  share: 1,
  equivalence: 0.025,
  noSlower: false,
};

/** Straight lines between logarithms, in proportion beyond either end. */
function along(from: readonly number[], to: readonly number[], x: number): number {
  const next = from.findIndex((value) => value <= x);
  const j = next < 0 ? from.length - 1 : next;
  const i = next <= 0 ? j : next - 1;
  const [x0, x1, y0, y1] = [from[i], from[j], to[i], to[j]] as [number, number, number, number];
  return i === j ? (x * y0) / x0 : y0 * (x / x0) ** (Math.log(y1 / y0) / Math.log(x1 / x0));
}
