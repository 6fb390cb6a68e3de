import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { markdownTable } from "markdown-table";
import { DEFAULT_BUDGETS } from "../src/config/defaults.ts";
import type { Dimension } from "../src/model/dimension.ts";
import {
  identityOf,
  METRIC_NAMES,
  METRICS,
  type MetricName,
  type MetricTraits,
  OTHER_METRIC,
  rulesOf,
} from "../src/model/metric.ts";
import type { Budget } from "../src/model/plan.ts";
import { percent, scaleFor } from "../src/report/words/format.ts";
import { between } from "./between.ts";

/** The page whose tables of metrics are made from src/model/metric.ts. */
export const CONFIGURATION_FILE = join(import.meta.dirname, "..", "docs", "configuration.md");

const LIMITS: Readonly<Record<Dimension, string>> = {
  share: "a percentage",
  duration: "a time",
  bytes: "a size",
  rate: "a rate",
  "byte-rate": "a size per second",
  count: "a number",
};

/** The page with the text between each pair of markers (`<!-- metrics -->`, `<!-- defaults -->`) made anew from the table of metrics. */
export function withMetrics(page: string): string {
  const rows = [
    ...METRIC_NAMES.map((name) => metricRow(`\`${name}\``, METRICS[name], METRICS[name].reserved)),
    metricRow("any other", OTHER_METRIC, false),
  ];
  const metrics = markdownTable([["metric", "a limit is", "without a statistic"], ...rows], { alignDelimiters: false });
  const defaults = markdownTable(
    [["metric", "statistic", "threshold", "limit", ""], ...DEFAULT_BUDGETS.map(defaultRow)],
    {
      align: ["l", "l", "r", "r", "l"],
      alignDelimiters: false,
    },
  );
  return between(between(page, "metrics", metrics), "defaults", defaults);
}

function metricRow(name: string, { dimensions, statistics }: MetricTraits, reserved: boolean): readonly string[] {
  const limits = reserved ? dimensions.map((dimension) => LIMITS[dimension]).join(" or ") : "in its own unit";
  return [name, limits, statistics.map((statistic) => statistic.name).join(" and ")];
}

function defaultRow({ metric, statistic, threshold, limit, severity, per, yieldsTo }: Budget): readonly string[] {
  const { floor } = rulesOf(metric, per);
  const least = per === undefined && metric !== "allocations" ? "more than" : "at least";
  const conditions = [
    ...(floor === 0 ? [] : [`and ${least} ${quantity(floor, metric)}`]),
    ...(per === undefined ? [] : [`of an ${per}`]),
    ...(yieldsTo === undefined ? [] : [`where no ${yieldsTo.join(" or ")} is judged`]),
  ];
  return [
    metric,
    statistic,
    threshold === null ? "" : [percent(threshold), ...conditions].join(", "),
    limit === null ? "" : quantity(limit, metric),
    severity === "gate" ? "can fail the check" : "shown only",
  ];
}

/** A value of a known metric in its canonical unit, for people. */
function quantity(value: number, metric: string): string {
  const { factor, suffix } = scaleFor(identityOf(metric as MetricName).unit, metric, [value]);
  return `${Number((value / factor).toPrecision(3))}${suffix}`;
}

if (import.meta.main) writeFileSync(CONFIGURATION_FILE, withMetrics(readFileSync(CONFIGURATION_FILE, "utf8")));
