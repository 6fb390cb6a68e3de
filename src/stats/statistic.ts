import type { Distribution } from "../model/measurement.ts";
import { quantileLevel, type StatisticName } from "../model/statistic.ts";
import { type AveragingScale, harrellDavisOf, harrellDavisOfCounts, quantileOf, quantileOfCounts } from "./quantile.ts";
import { mean } from "./summary.ts";

/** Below this many samples a tail percentile is smoothed by Harrell-Davis; from here on type 7 is as good and cheaper. */
export const SMOOTHED_BELOW = 3000;
const SMOOTHED: ReadonlySet<StatisticName> = new Set(["p90", "p95", "p99", "p99.9"]);
/** What a single number may stand for. */
const OF_ONE_VALUE: ReadonlySet<StatisticName> = new Set(["p50", "mean", "min", "max"]);

/** How many samples a round rests on; null where the tool gave one number and not how many it summarises. */
export function sampleCount(distribution: Distribution): number | null {
  switch (distribution.kind) {
    case "samples":
      return distribution.samples.length;
    case "quantiles":
      return distribution.count;
    case "histogram":
      // Asked for many times of each round: groups say it, and need not be counted.
      return "sketch" in distribution && "n" in distribution.sketch
        ? distribution.sketch.n
        : total(distribution.counts);
    case "value":
      return null;
  }
}

/** Whether `evaluate` finds a statistic in a distribution, without working it out. */
export function hasStatistic(distribution: Distribution, statistic: StatisticName): boolean {
  if (distribution.kind === "value") return OF_ONE_VALUE.has(statistic);
  if (distribution.kind !== "quantiles") return (sampleCount(distribution) ?? 0) > 0;
  return (statistic === "mean" ? distribution.mean : atLevel(distribution.quantiles, statistic)) != null;
}

/**
 * A statistic of one round in the metric's unit, or null where the distribution does not have it: a percentile that the tool did not print, a tail of
 * a single number, anything of no samples.
 *
 * `size` is the sample count at which tail percentiles are evaluated: the smallest among all rounds that are compared; null or a larger number means the
 * round's own. p50 and p75 are type 7 quantiles. p90 to p99.9 are Harrell-Davis estimates, averaged on the log scale on which they are
 * compared (linear where a sample is not positive), while `size` is below 3,000; type 7 above. `min` and `max` are those of all samples.
 * Percentiles of a tool are taken as they are.
 */
export function evaluate(distribution: Distribution, statistic: StatisticName, size: number | null): number | null {
  if (distribution.kind === "value") return OF_ONE_VALUE.has(statistic) ? distribution.value : null;
  const count = sampleCount(distribution) ?? 0;
  if (distribution.kind === "quantiles") {
    return statistic === "mean" ? (distribution.mean ?? null) : atLevel(distribution.quantiles, statistic);
  }
  if (!(count > 0)) return null;
  const at = Math.max(1, Math.min(size ?? count, count));
  const smoothed = SMOOTHED.has(statistic) && at < SMOOTHED_BELOW;
  return distribution.kind === "samples"
    ? ofSamples(distribution.samples, statistic, at, smoothed)
    : ofHistogram(distribution.values, distribution.counts, statistic, at, smoothed);
}

function ofSamples(samples: Float64Array, statistic: StatisticName, size: number, smoothed: boolean): number {
  const level = quantileLevel(statistic);
  if (level === null) return mean(samples);
  if (level === 0) return samples.reduce((a, b) => Math.min(a, b));
  if (level === 1) return samples.reduce((a, b) => Math.max(a, b));
  return smoothed ? harrellDavisOf(samples, level, size, scaleOf(smallest(samples))) : quantileOf(samples, level);
}

function ofHistogram(
  values: Float64Array,
  counts: Float64Array,
  statistic: StatisticName,
  size: number,
  smoothed: boolean,
): number {
  const level = quantileLevel(statistic);
  if (level === null) return weightedMean(values, counts);
  return smoothed
    ? harrellDavisOfCounts(values, counts, level, size, scaleOf(smallestCounted(values, counts)))
    : quantileOfCounts(values, counts, level);
}

function smallest(samples: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < samples.length; i++) if ((samples[i] as number) < least) least = samples[i] as number;
  return least;
}

/** The smallest value that was seen at all. */
function smallestCounted(values: Float64Array, counts: Float64Array): number {
  const first = counts.findIndex((count) => count > 0);
  return (values[first] ?? values[0]) as number;
}

function scaleOf(smallest: number): AveragingScale {
  return smallest > 0 ? "log" : "linear";
}

function atLevel(quantiles: Readonly<Record<string, number>>, statistic: StatisticName): number | null {
  const level = quantileLevel(statistic);
  // By name first: a tool may print as many percentiles as it likes.
  const key = Object.hasOwn(quantiles, String(level))
    ? String(level)
    : Object.keys(quantiles).find((each) => Number(each) === level);
  return key === undefined ? null : (quantiles[key] ?? null);
}

function weightedMean(values: Float64Array, counts: Float64Array): number {
  const all = total(counts);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    let count = counts[i] ?? 0;
    // Equal neighbours weigh as one.
    while (values[i + 1] === values[i]) count += counts[++i] ?? 0;
    sum += (values[i] as number) * (count / all);
  }
  return sum;
}

// Plain loops: a fan-in asks this of millions of sketches, and `reduce` takes several times as long.
function total(counts: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i] as number;
  return sum;
}
