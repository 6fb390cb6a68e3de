/** Every statistic by name. `pN` is the N-th percentile. */
export const STATISTICS = ["p50", "p75", "p90", "p95", "p99", "p99.9", "mean", "min", "max"] as const;
export type StatisticName = (typeof STATISTICS)[number];

/** The level of a percentile as a share of one: `p99` → 0.99; null for mean. The minimum is level 0 and the maximum level 1. */
export function quantileLevel(statistic: StatisticName): number | null {
  if (statistic === "mean") return null;
  if (statistic === "min") return 0;
  if (statistic === "max") return 1;
  return Number((Number(statistic.slice(1)) / 100).toPrecision(6));
}
