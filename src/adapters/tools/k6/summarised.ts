import type { ToolMeasurement } from "../../../model/measurement.ts";
import {
  field,
  isObject,
  type JsonObject,
  readArray,
  readName,
  readNumber,
  readObject,
  readPositive,
} from "../../reading/json.ts";
import { baseName, trendOf } from "./metrics.ts";

const NAMED_LEVELS: ReadonlyMap<string, number> = new Map([
  ["min", 0],
  ["med", 0.5],
  ["max", 1],
]);

/** One metric of a summary, whichever of k6's three shapes it came in. */
export interface Summarised {
  readonly path: string;
  readonly type: string | undefined;
  readonly contains: string | undefined;
  readonly values: JsonObject;
}

/** The metrics of a summary by k6's names. */
export type Metrics = ReadonlyMap<string, Summarised>;

/** The metrics of a summary in any of its shapes. */
export function metricsOf(summary: JsonObject): Metrics {
  const metrics = field(summary, "metrics");
  if (isObject(metrics)) {
    return new Map(
      Object.keys(metrics).map((name) => {
        const path = `metrics[${JSON.stringify(name)}]`;
        return [readName(name, path), readMetric(field(metrics, name), path)];
      }),
    );
  }
  const path = "results.metrics";
  return readMetrics(readArray(field(readObject(field(summary, "results"), "results"), "metrics"), path), path);
}

/** The metrics of a list, as the machine-readable summary has them. */
export function readMetrics(list: readonly unknown[], path: string): Metrics {
  return new Map(
    list.map((metric, i) => {
      const where = `${path}[${i}]`;
      return [readName(field(readObject(metric, where), "name"), `${where}.name`), readMetric(metric, where)] as const;
    }),
  );
}

function readMetric(value: unknown, path: string): Summarised {
  const metric = readObject(value, path);
  const [type, contains, values] = ["type", "contains", "values"].map((key) => field(metric, key));
  return {
    path: values === undefined ? path : `${path}.values`,
    type: typeof type === "string" ? type : undefined,
    contains: typeof contains === "string" ? contains : undefined,
    values: values === undefined ? metric : readObject(values, `${path}.values`),
  };
}

/** Whether a metric is a trend. --summary-export has no types: only trends have percentiles and no `value`. */
export function isTrend({ type, values }: Summarised): boolean {
  if (type !== undefined) return type === "trend";
  return (
    !Object.hasOwn(values, "value") && Object.keys(values).some((key) => levelOf(key) !== undefined || key === "avg")
  );
}

/** Whether a trend has seen nothing: all that it prints is 0. */
export function isEmpty(metric: Summarised | undefined): boolean {
  if (metric === undefined) return false;
  const printed = Object.keys(metric.values).filter((key) => levelOf(key) !== undefined);
  return printed.length > 0 && printed.every((key) => field(metric.values, key) === 0);
}

/** The share of ones in a rate: `value` in --summary-export, `rate` elsewhere. */
export function rateOf({ values, path }: Summarised): number {
  const key = Object.hasOwn(values, "rate") ? "rate" : "value";
  return readPositive(field(values, key), `${path}.${key}`);
}

/** What a counter counted. */
export function countOf({ values, path }: Summarised): number {
  return readPositive(field(values, "count"), `${path}.count`);
}

/** The level of a statistic of a trend as k6 names it: `med`, `p(99)`, and `p90` in the first machine-readable summaries. */
function levelOf(key: string): number | undefined {
  const named = NAMED_LEVELS.get(key);
  if (named !== undefined) return named;
  const percent = Number(/^p(?:\((\d+(?:\.\d+)?)\)|(\d+))$/.exec(key)?.slice(1).find(Boolean));
  return percent <= 100 ? Number((percent / 100).toPrecision(12)) : undefined;
}

/** A trend as a measurement; `fallbackCount` is what it rests on where the summary does not say. */
export function readTrend(
  benchmark: string,
  { contains, values, path }: Summarised,
  fallbackCount: number,
): ToolMeasurement {
  const { per, ...what } = trendOf(baseName(benchmark), contains);
  const read = (key: string) => readNumber(field(values, key), `${path}[${JSON.stringify(key)}]`) / per;
  const quantiles = Object.fromEntries(
    Object.keys(values).flatMap((key) => {
      const level = levelOf(key);
      return level === undefined ? [] : [[String(level), read(key)]];
    }),
  );
  const count = readPositive(field(values, "count") ?? fallbackCount, `${path}.count`);
  const mean = Object.hasOwn(values, "avg") ? { mean: read("avg") } : {};
  return {
    benchmark,
    ...what,
    distribution: { kind: "quantiles", quantiles, count, ...mean },
    estimator: "interpolated",
  };
}
