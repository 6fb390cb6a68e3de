import { COMPLEXITY } from "../model/growth.ts";
import { METRIC_NAMES, METRICS } from "../model/metric.ts";
import { nearest } from "../model/nearest.ts";

/** The metrics that have a key of their own in the configuration; any other is a tool's, and its limits are in that tool's unit. */
export const RESERVED_METRICS = METRIC_NAMES.filter((name) => METRICS[name].reserved);

/** The rules that have a key of their own in a budget: those for metrics, and that for how benchmarks grow with their size. */
export const RULES = [...RESERVED_METRICS, COMPLEXITY];

/**
 * The known word that `metric` is probably a misspelling of, or null where it may well be a tool's own metric: `latency-us` and
 * `memory_rss` say on purpose what they are of.
 */
export function misspeltMetric(metric: string, otherWords: readonly string[] = []): string | null {
  const isOf = (word: string) => metric.startsWith(word) && /^(?:$|[-_].)/.test(metric.slice(word.length));
  return RULES.some(isOf) ? null : nearest(metric, [...otherWords, ...RULES]);
}
