/** Every statistic by name. `pN` is the N-th percentile. */
export const STATISTICS = ["p50", "p75", "p90", "p95", "p99", "p99.9", "mean", "min", "max"] as const;
export type StatisticName = (typeof STATISTICS)[number];

/** The level of a percentile as a share of one: `p99` → 0.99; null for mean. The minimum is level 0 and the maximum level 1. */
export function quantileLevel(statistic: StatisticName): number | null {
  return LEVELS[statistic];
}

const LEVELS: Readonly<Record<StatisticName, number | null>> = {
  p50: 0.5,
  p75: 0.75,
  p90: 0.9,
  p95: 0.95,
  p99: 0.99,
  "p99.9": 0.999,
  mean: null,
  min: 0,
  max: 1,
};

/**
 * What takes the rule of a statistic that the data lack, the first that they have: the mean, then the minimum, then the percentiles above, for a median; the
 * median for a mean; the mean and then the median for a maximum. Nothing stands for a tail.
 */
export function standInsOf(statistic: StatisticName): readonly StatisticName[] {
  return STAND_INS[statistic] ?? [];
}

const STAND_INS: Readonly<Partial<Record<StatisticName, readonly StatisticName[]>>> = {
  p50: ["mean", "min", "p75", "p90", "p95"],
  mean: ["p50"],
  max: ["mean", "p50"],
};
