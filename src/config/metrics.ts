import { nearest } from "../model/nearest.ts";
import type { StatisticName } from "../model/statistic.ts";
import type { Dimension } from "./scalars.ts";

/** What the configuration knows of a metric: what its limits are measured in, and which statistics a rule without any means. */
export interface MetricFacts {
  readonly dimensions: readonly Dimension[];
  readonly statistics: readonly StatisticName[];
}

/** The metrics that have a name of their own; any other is a tool's, and its limits are in that tool's unit. */
export const METRICS: Readonly<Record<string, MetricFacts>> = {
  latency: { dimensions: ["duration"], statistics: ["p50", "p99"] },
  throughput: { dimensions: ["rate", "byte-rate"], statistics: ["mean"] },
  memory: { dimensions: ["bytes"], statistics: ["max"] },
  "error-rate": { dimensions: ["share"], statistics: ["mean"] },
  allocations: { dimensions: ["count"], statistics: ["p50"] },
  "user-time": { dimensions: ["duration"], statistics: ["p50"] },
  "system-time": { dimensions: ["duration"], statistics: ["p50"] },
};

/** What is known of a metric that only its tool knows. */
export const OTHER_METRIC: MetricFacts = {
  dimensions: ["count", "share", "duration", "bytes", "rate", "byte-rate"],
  statistics: ["p50"],
};

/** The facts about a metric by name. */
export function metricFacts(metric: string): MetricFacts {
  return Object.hasOwn(METRICS, metric) ? METRICS[metric]! : OTHER_METRIC;
}

/**
 * The known word that `metric` is probably a misspelling of, or null where it may well be a tool's own metric: `latency-us` and
 * `memory_rss` say on purpose what they are of.
 */
export function misspeltMetric(metric: string, otherWords: readonly string[] = []): string | null {
  const words = Object.keys(METRICS);
  if (words.some((word) => metric.startsWith(word) && /^(?:$|[-_].)/.test(metric.slice(word.length)))) return null;
  return nearest(metric, [...otherWords, ...words]);
}
