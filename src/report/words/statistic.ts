import { COMPLEXITY } from "../../model/growth.ts";
import { traitsOf } from "../../model/metric.ts";
import type { StatisticName } from "../../model/statistic.ts";
import type { Ink } from "../parts/ink.ts";

/** A statistic with the metric that it is of, as every report prints them: "p50" of latency, "memory max", and so on. */
export function statisticWords(
  { metric, statistic }: { readonly metric: string; readonly statistic: StatisticName },
  ink: Ink,
): string {
  if (metric === COMPLEXITY) return metric;
  const { printed } = traitsOf(metric);
  if (printed === "unsaid") return statistic;
  return `${printed === "plain" ? metric : ink.name(metric, 30)} ${statistic}`;
}
