import { GateError } from "../model/error.ts";
import type { ToolMeasurement } from "../model/measurement.ts";
import type { ParsedRound, ToolFailure } from "./adapter.ts";
import {
  field,
  isObject,
  type JsonObject,
  mistake,
  parseJson,
  readNumber,
  readObject,
  readString,
  stripMark,
  tryJson,
} from "./json.ts";
import { allFailed, errorRate, reportedTrends, throughput, trendOf } from "./k6-metrics.ts";

/** With more distinct requests than this the URLs hold ids: only http_req_duration as a whole is a benchmark then. */
export const MOST_REQUESTS = 50;

/** The requests of one scenario, group, method and `name` tag. */
interface Requests {
  /** The `name` tag as it was written, to notice two that come out the same. */
  readonly tag: string;
  readonly durations: number[];
  failed: number;
  judged: number;
}

interface Reading {
  readonly contains: Map<string, string>;
  readonly trends: Map<string, number[]>;
  /** Null once there were too many. */
  requests: Map<string, Requests> | null;
  readonly all: { failed: number; judged: number; count: number; first: number; last: number };
}

/** Whether a text begins with a line of k6's `--out json`. */
export function isPoints(text: string): boolean {
  const line = tryJson(stripMark(text).trimStart().split("\n", 1)[0] ?? "");
  if (!isObject(line) || !isObject(field(line, "data"))) return false;
  return ["Metric", "Point"].includes(String(field(line, "type"))) && typeof field(line, "metric") === "string";
}

/**
 * The round that `--out json` tells of, from its raw samples: every trend as a whole, and where the script makes more than one kind of
 * request also each of them, called `scenario > group > METHOD name` (the scenario `default` and the port of a local service left out).
 * Throws a `GateError` with the line of the first one that is not k6's.
 */
export function readPoints(text: string): ParsedRound {
  const reading: Reading = {
    contains: new Map(),
    trends: new Map(),
    requests: new Map(),
    all: { failed: 0, judged: 0, count: 0, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY },
  };
  const clean = stripMark(text);
  let line = 0;
  for (let start = 0; start < clean.length; ) {
    const newline = clean.indexOf("\n", start);
    const end = newline === -1 ? clean.length : newline;
    line++;
    if (end > start) readLine(clean.slice(start, end), line, newline === -1, reading);
    start = end + 1;
  }
  return conclude(reading);
}

function readLine(text: string, line: number, last: boolean, reading: Reading): void {
  if (text.trim() === "") return;
  try {
    readEntry(readObject(parseJson(text), ""), reading);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    if (last && tryJson(text) === undefined) {
      throw new GateError(
        "the last line is cut off",
        "k6 was stopped while it wrote: give it more time, and let it end by itself",
        { line },
      );
    }
    throw new GateError(error.problem, error.remedy, { ...error.position, line });
  }
}

function readEntry(entry: JsonObject, reading: Reading): void {
  const type = readString(field(entry, "type"), "type");
  const metric = readString(field(entry, "metric"), "metric");
  const data = readObject(field(entry, "data"), "data");
  if (type === "Metric") {
    reading.contains.set(metric, readString(field(data, "contains"), "data.contains"));
    if (readString(field(data, "type"), "data.type") === "trend" && !reading.trends.has(metric))
      reading.trends.set(metric, []);
  } else if (type === "Point") readPoint(metric, data, reading);
  else mistake('"Metric" or "Point"', type, "type");
}

function readPoint(metric: string, data: JsonObject, reading: Reading): void {
  if (!reading.contains.has(metric)) mistake("a metric that an earlier line defines", metric, "metric");
  const value = readNumber(field(data, "value"), "data.value");
  reading.trends.get(metric)?.push(value);
  if (metric === "http_reqs") {
    const time = Date.parse(readString(field(data, "time"), "data.time"));
    if (Number.isNaN(time)) mistake("a time", field(data, "time"), "data.time");
    reading.all.count += value;
    reading.all.first = Math.min(reading.all.first, time);
    reading.all.last = Math.max(reading.all.last, time);
  } else if (metric === "http_req_failed") {
    reading.all.failed += value;
    reading.all.judged++;
    const requests = requestsOf(data, reading);
    if (requests !== null) {
      requests.failed += value;
      requests.judged++;
    }
  } else if (metric === "http_req_duration") requestsOf(data, reading)?.durations.push(value);
}

function requestsOf(data: JsonObject, reading: Reading): Requests | null {
  if (reading.requests === null) return null;
  const tags = readObject(field(data, "tags"), "data.tags");
  const tag = (key: string) => readString(field(tags, key) ?? "", `data.tags.${key}`);
  const name = requestName(tag("scenario"), tag("group"), tag("method"), tag("name"));
  const known = reading.requests.get(name);
  if (known !== undefined) {
    if (known.tag === tag("name")) return known;
    const problem = `the requests ${JSON.stringify(known.tag)} and ${JSON.stringify(tag("name"))} are both called ${JSON.stringify(name)}`;
    throw new GateError(problem, "Give requests to different services their own `name` tag");
  }
  if (reading.requests.size === MOST_REQUESTS) {
    reading.requests = null;
    return null;
  }
  const fresh = { tag: tag("name"), durations: [], failed: 0, judged: 0 };
  reading.requests.set(name, fresh);
  return fresh;
}

function requestName(scenario: string, group: string, method: string, name: string): string {
  const request =
    name.replace(/^https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])(?::\d+)?(?=[/?#]|$)/, "") || "/";
  const groups = group.split("::").filter((part) => part !== "");
  return [
    ...(scenario === "default" || scenario === "" ? [] : [scenario]),
    ...groups,
    `${method} ${request}`.trim(),
  ].join(" > ");
}

function conclude({ contains, trends, requests, all }: Reading): ParsedRound {
  if (all.judged > 0 && all.failed === all.judged) {
    return { measurements: [], failures: [{ benchmark: "*", reason: allFailed(all.judged) }] };
  }
  const measurements: ToolMeasurement[] = [];
  const failures: ToolFailure[] = [];
  const filled = [...trends].filter(([, samples]) => samples.length > 0).map(([name]) => name);
  for (const name of reportedTrends(filled))
    measurements.push(latency(name, name, contains.get(name), trends.get(name) ?? []));
  const seconds = (all.last - all.first) / 1000;
  if (seconds > 0) measurements.push(throughput("http_reqs", all.count / seconds));
  if (all.judged > 0) measurements.push(errorRate("http_req_failed", all.failed / all.judged));
  for (const [name, { durations, failed, judged }] of requests !== null && requests.size > 1 ? requests : []) {
    if (judged > 0 && failed === judged) failures.push({ benchmark: name, reason: allFailed(judged) });
    else {
      if (durations.length > 0)
        measurements.push(latency(name, "http_req_duration", contains.get("http_req_duration"), durations));
      if (judged > 0) measurements.push(errorRate(name, failed / judged));
    }
  }
  if (measurements.length === 0) {
    throw new GateError(
      "the output holds no request and no trend",
      "Let the script make a request, or measure with a Trend of its own",
    );
  }
  return { measurements, failures };
}

function latency(
  benchmark: string,
  trend: string,
  contains: string | undefined,
  values: readonly number[],
): ToolMeasurement {
  const { per, ...what } = trendOf(trend, contains);
  return {
    benchmark,
    ...what,
    distribution: { kind: "samples", samples: Float64Array.from(values, (value) => value / per) },
  };
}
