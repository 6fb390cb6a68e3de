import type { Interval } from "./interval.ts";
import type { StatisticName } from "./statistic.ts";

/** The metric under which budgets hold how the time of a benchmark grows with its size. */
export const COMPLEXITY = "complexity";

/** How fast something grows: the slope of ln(time) against ln(size), so that 1 is linear and 2 is quadratic over the sizes that were measured. */
export interface Exponent {
  readonly value: number;
  readonly interval: Interval;
}

/** One size of a family. Values are geometric means over rounds, in the family's unit. */
interface GrowthPoint {
  readonly benchmark: string;
  readonly size: number;
  /** Null where the baseline does not have it. */
  readonly baseline: number | null;
  readonly candidate: number;
}

/** What is proven of how the growth changed. `steeper`: it costs more the larger it is than it did. `unproven`: neither. */
export type GrowthVerdict = "steeper" | "flatter" | "unproven";

/** How the time of one benchmark that runs at several sizes grows with them, on both sides. */
export interface Growth {
  readonly suite: string;
  /** The benchmarks' name with `*` in place of the size. */
  readonly family: string;
  readonly metric: string;
  readonly statistic: StatisticName;
  readonly unit: string;
  /** Smallest size first. */
  readonly points: readonly GrowthPoint[];
  /** Null where the baseline lacks it. */
  readonly baseline: Exponent | null;
  readonly candidate: Exponent;
  /** The candidate's exponent less the baseline's, from what both sides share, so that it is known better than either; null where there is no baseline. */
  readonly change: Exponent | null;
  readonly verdict: GrowthVerdict;
  /** Pairs, rounds of the smaller side, or stored runs, that have every size. */
  readonly rounds: number;
}
