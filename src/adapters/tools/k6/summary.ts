import { GateError } from "../../../model/error.ts";
import type { ParsedRound, Told } from "../../adapter.ts";
import { field, isObject, type JsonObject, mistake, readArray, readObject, readPositive } from "../../reading/json.ts";
import { withFailures } from "../../reading/load-notes.ts";
import { parted } from "../../reading/round.ts";
import { allFailed, baseName, droppedNote, errorRate, failedChecks, reportedTrends, throughput } from "./metrics.ts";
import {
  countOf,
  isEmpty,
  isTrend,
  type Metrics,
  metricsOf,
  rateOf,
  readMetrics,
  readTrend,
  type Summarised,
} from "./summarised.ts";

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
  const trends = reportedTrends(
    [...metrics].filter(([name, metric]) => isTrend(metric) && !name.includes(EXPECTED)).map(([name]) => name),
  );
  const told = [
    ...trends.flatMap((name) => tellTrend(name, metrics)),
    ...[...metrics].flatMap(([name, metric]) => tellRate(name, metric, metrics, summary)),
  ];
  if (told.length > 0) return parted([...told, ...tellChecks(metrics, summary), ...tellDropped(metrics, trends)]);
  throw new GateError(
    "the summary holds no request and no trend",
    "Let the script make a request, or measure with a Trend of its own",
  );
}

/** A trend or a submetric; of the times of requests those that k6 expected, where it tells them apart. */
function tellTrend(name: string, metrics: Metrics): readonly Told[] {
  const whole = metrics.get(name);
  if (whole === undefined) return [];
  if (baseName(name) !== "http_req_duration") return [readTrend(name, whole, 0)];
  if (isEmpty(whole)) {
    const reason = "no request matched this submetric of a threshold: correct its tags, or remove the threshold";
    return [{ benchmark: name, reason }];
  }
  const { requests, failed } = countsUnder(name, metrics);
  const expected = metrics.get(expectedOf(name));
  if (expected !== undefined && !isEmpty(expected)) return [readTrend(name, expected, requests - failed)];
  const trend = readTrend(name, whole, requests);
  if (failed === 0) return [trend];
  return [trend, withFailures(name, "this summary of k6", failed, "run k6 with --out json=FILE")];
}

/** `http_req_duration{scenario:a}` → `http_req_duration{scenario:a,expected_response:true}`, as k6 names a submetric of two tags. */
function expectedOf(name: string): string {
  return name.endsWith("}") ? `${name.slice(0, -1)},${EXPECTED}}` : `${name}{${EXPECTED}}`;
}

function tellRate(name: string, metric: Summarised, metrics: Metrics, summary: JsonObject): readonly Told[] {
  switch (baseName(name)) {
    case "http_reqs": {
      const { requests, failed } = countsUnder(name, metrics);
      const share = requests === 0 ? 1 : (requests - failed) / requests;
      return [throughput(name, rateOfRequests(metric, summary) * share)];
    }
    case "http_req_failed":
    case "browser_http_req_failed":
      return [errorRate(name, rateOf(metric))];
    default:
      return [];
  }
}

/** The checks of a script as the share that failed; the machine-readable summary keeps them elsewhere, by names of their own. */
function tellChecks(metrics: Metrics, summary: JsonObject): readonly Told[] {
  const passed = [...metrics].filter(([name]) => baseName(name) === "checks");
  const elsewhere = field(readObject(field(summary, "results") ?? {}, "results"), "checks") ?? null;
  if (elsewhere === null) return passed.map(([name, metric]) => failedChecks(name, 1 - rateOf(metric)));
  const path = "results.checks.metrics";
  const list = readArray(field(readObject(elsewhere, "results.checks"), "metrics") ?? [], path);
  const named = readMetrics(list, path);
  const [total, failed] = ["checks_total", "checks_failed"].map((name) => named.get(name));
  if (failed !== undefined) return [failedChecks("checks", rateOf(failed))];
  const fails = failsOf(readObject(elsewhere, "results.checks"));
  return total === undefined || countOf(total) === 0 ? [] : [failedChecks("checks", fails / countOf(total))];
}

/** The failures of each check, together. */
function failsOf(checks: JsonObject): number {
  return readArray(field(checks, "results") ?? [], "results.checks.results").reduce<number>((sum, each, i) => {
    const path = `results.checks.results[${i}]`;
    return sum + readPositive(field(readObject(each, path), "fails"), `${path}.fails`);
  }, 0);
}

function tellDropped(metrics: Metrics, trends: readonly string[]): readonly Told[] {
  const dropped = metrics.get("dropped_iterations");
  return dropped === undefined ? [] : droppedNote(countOf(dropped), trends);
}

/** The tag of responses as the script expected them, by which k6 adds a submetric to every run. */
const EXPECTED = "expected_response:true";

/** How many requests a metric, or a submetric, of them rests on, and how many of them failed, by the metrics of the same tags. 0: k6 does not say. */
function countsUnder(name: string, metrics: Metrics): { readonly requests: number; readonly failed: number } {
  const tags = name.slice(baseName(name).length);
  const [counter, rate] = ["http_reqs", "http_req_failed"].map((base) => metrics.get(`${base}${tags}`));
  const requests = counter === undefined ? 0 : countOf(counter);
  return { requests, failed: rate === undefined ? 0 : Math.round(requests * rateOf(rate)) };
}

/** The machine-readable summary counts, and says elsewhere how long the run took. */
function rateOfRequests(counter: Summarised, summary: JsonObject): number {
  const rate = field(counter.values, "rate");
  if (rate !== undefined) return readPositive(rate, `${counter.path}.rate`);
  const seconds = readPositive(field(readObject(field(summary, "config"), "config"), "duration"), "config.duration");
  return seconds > 0 ? countOf(counter) / seconds : mistake("a duration above 0", seconds, "config.duration");
}
