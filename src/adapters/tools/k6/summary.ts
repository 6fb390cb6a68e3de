import { GateError } from "../../../model/error.ts";
import type { ToolMeasurement } from "../../../model/measurement.ts";
import type { ParsedRound, ToolFailure } from "../../adapter.ts";
import {
  field,
  isObject,
  type JsonObject,
  mistake,
  readArray,
  readName,
  readNumber,
  readObject,
  readPositive,
} from "../../reading/json.ts";
import { allFailed, baseName, errorRate, reportedTrends, throughput, trendOf } from "./metrics.ts";

const NAMED_LEVELS: ReadonlyMap<string, number> = new Map([
  ["min", 0],
  ["med", 0.5],
  ["max", 1],
]);

/** One metric of a summary, whichever of k6's three shapes it came in. */
interface Summarised {
  readonly path: string;
  readonly type: string | undefined;
  readonly contains: string | undefined;
  readonly values: JsonObject;
}

/** Whether a JSON value is a summary of k6: `metrics` by name, or the list of the machine-readable one. */
export function isSummary(value: unknown): value is JsonObject {
  if (!isObject(value)) return false;
  const metrics = field(value, "metrics");
  if (isObject(metrics))
    return (
      ["root_group", "state"].some((key) => isObject(field(value, key))) || Object.hasOwn(metrics, "iteration_duration")
    );
  const results = field(value, "results");
  return isObject(results) && Array.isArray(field(results, "metrics")) && isObject(field(value, "metadata"));
}

/** The round that a summary tells of: k6's own percentiles of each trend and submetric. Thresholds are not read: budgets are Benchgate's. */
export function readSummary(summary: JsonObject): ParsedRound {
  const metrics = metricsOf(summary);
  const requests = metrics.get("http_reqs");
  const failed = metrics.get("http_req_failed");
  if ((failed !== undefined && rateOf(failed) === 1) || isEmpty(metrics.get("http_req_duration"))) {
    return {
      measurements: [],
      failures: [{ benchmark: "*", reason: allFailed(requests === undefined ? 0 : countOf(requests)) }],
    };
  }
  const measurements: ToolMeasurement[] = [];
  const failures: ToolFailure[] = [];
  for (const name of reportedTrends([...metrics].filter(([, metric]) => isTrend(metric)).map(([name]) => name))) {
    const metric = metrics.get(name);
    if (metric === undefined) continue;
    if (baseName(name) === "http_req_duration" && isEmpty(metric)) {
      failures.push({
        benchmark: name,
        reason: "no request matched this submetric of a threshold: correct its tags, or remove the threshold",
      });
    } else measurements.push(readTrend(name, metric, requestsUnder(name, metrics)));
  }
  for (const [name, metric] of metrics) {
    if (baseName(name) === "http_reqs") {
      const failures = metrics.get(`http_req_failed${name.slice("http_reqs".length)}`);
      const succeeded = failures === undefined ? 1 : 1 - rateOf(failures);
      measurements.push(throughput(name, rateOfRequests(metric, summary) * succeeded));
    }
    if (baseName(name) === "http_req_failed") measurements.push(errorRate(name, rateOf(metric)));
  }
  if (measurements.length === 0 && failures.length === 0) {
    throw new GateError(
      "the summary holds no request and no trend",
      "Let the script make a request, or measure with a Trend of its own",
    );
  }
  return { measurements, failures };
}

function metricsOf(summary: JsonObject): ReadonlyMap<string, Summarised> {
  const metrics = field(summary, "metrics");
  if (isObject(metrics)) {
    return new Map(
      Object.keys(metrics)
        .filter(isReported)
        .map((name) => {
          const path = `metrics[${JSON.stringify(name)}]`;
          return [readName(name, path), readMetric(field(metrics, name), path)];
        }),
    );
  }
  const list = readArray(field(readObject(field(summary, "results"), "results"), "metrics"), "results.metrics");
  const named = list.map((metric, i) => {
    const path = `results.metrics[${i}]`;
    return [readName(field(readObject(metric, path), "name"), `${path}.name`), readMetric(metric, path)] as const;
  });
  return new Map(named.filter(([name]) => isReported(name)));
}

/** k6 adds the submetric of expected responses to every run; it repeats the whole, and failures have a metric of their own. */
function isReported(name: string): boolean {
  return !name.endsWith("{expected_response:true}");
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

/** --summary-export has no types: only trends have percentiles and no `value`. */
function isTrend({ type, values }: Summarised): boolean {
  if (type !== undefined) return type === "trend";
  return (
    !Object.hasOwn(values, "value") && Object.keys(values).some((key) => levelOf(key) !== undefined || key === "avg")
  );
}

function isEmpty(metric: Summarised | undefined): boolean {
  if (metric === undefined) return false;
  const printed = Object.keys(metric.values).filter((key) => levelOf(key) !== undefined);
  return printed.length > 0 && printed.every((key) => field(metric.values, key) === 0);
}

/** The share of ones in a rate: `value` in --summary-export, `rate` elsewhere. */
function rateOf({ values, path }: Summarised): number {
  const key = Object.hasOwn(values, "rate") ? "rate" : "value";
  return readPositive(field(values, key), `${path}.${key}`);
}

/** How many requests http_req_duration, or a submetric of it, rests on: http_reqs of the same tags. 0: k6 does not say. */
function requestsUnder(name: string, metrics: ReadonlyMap<string, Summarised>): number {
  if (baseName(name) !== "http_req_duration") return 0;
  const counter = metrics.get(name.replace("http_req_duration", "http_reqs"));
  return counter === undefined ? 0 : countOf(counter);
}

function countOf({ values, path }: Summarised): number {
  return readPositive(field(values, "count"), `${path}.count`);
}

/** The machine-readable summary counts, and says elsewhere how long the run took. */
function rateOfRequests(counter: Summarised, summary: JsonObject): number {
  const rate = field(counter.values, "rate");
  if (rate !== undefined) return readPositive(rate, `${counter.path}.rate`);
  const seconds = readPositive(field(readObject(field(summary, "config"), "config"), "duration"), "config.duration");
  return seconds > 0 ? countOf(counter) / seconds : mistake("a duration above 0", seconds, "config.duration");
}

/** The level of a statistic of a trend as k6 names it: `med`, `p(99)`, and `p90` in the first machine-readable summaries. */
function levelOf(key: string): number | undefined {
  const named = NAMED_LEVELS.get(key);
  if (named !== undefined) return named;
  const percent = Number(/^p(?:\((\d+(?:\.\d+)?)\)|(\d+))$/.exec(key)?.slice(1).find(Boolean));
  return percent <= 100 ? Number((percent / 100).toPrecision(12)) : undefined;
}

function readTrend(benchmark: string, { contains, values, path }: Summarised, fallbackCount: number): ToolMeasurement {
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
