import type { Direction, Distribution, ToolMeasurement, ToolNote } from "../../../model/measurement.ts";
import { identityOf } from "../../../model/metric.ts";
import { neverSent } from "../../reading/load-notes.ts";
import { REQUEST_TIMES } from "./tally.ts";

/** k6 writes durations in milliseconds. Divided by, not multiplied with 0.001: 13 ms is 0.013 s then, not 0.013000000000000001. */
const PER_SECOND = 1000;

/** Trends that are never benchmarks of their own: parts of http_req_duration, and spans that hold the script's sleeps. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "http_req_blocked",
  "http_req_connecting",
  "http_req_tls_handshaking",
  "http_req_sending",
  "http_req_waiting",
  "http_req_receiving",
  "iteration_duration",
  "group_duration",
  "ws_session_duration",
]);

/** k6's own counters, gauges and rates, which are no trends; CSV does not say it. */
export const COUNTED: ReadonlySet<string> = new Set([
  "checks",
  "data_received",
  "data_sent",
  "dropped_iterations",
  "grpc_streams",
  "grpc_streams_msgs_received",
  "grpc_streams_msgs_sent",
  "http_req_failed",
  "http_reqs",
  "iterations",
  "vus",
  "vus_max",
  "ws_msgs_received",
  "ws_msgs_sent",
  "ws_sessions",
  "browser_data_received",
  "browser_data_sent",
  "browser_http_req_failed",
]);

/** The built-in trends that are times; --summary-export does not say it. */
const TIMES =
  /^(http_req_\w+|grpc_req_duration|iteration_duration|group_duration|ws_\w+|browser_http_req_\w+|browser_web_vital_(fcp|lcp|fid|inp|ttfb))$/;

/** What one trend of k6 is: a measurement without its benchmark and numbers. `per` is how many of k6's units make one of ours. */
export interface Trend {
  readonly metric: string;
  readonly unit: string;
  readonly better: Direction;
  readonly per: number;
}

/**
 * The metric of a trend called `name`; `contains` is k6's word for its unit, where the output has it.
 * A trend that is not known to be a time keeps its own name as metric and the unit 1: no default budget judges what nobody named.
 */
export function trendOf(name: string, contains: string | undefined): Trend {
  if (contains === "time" || (contains === undefined && TIMES.test(name))) {
    return { metric: "latency", unit: "s", better: "lower", per: PER_SECOND };
  }
  return { metric: name, unit: contains === "data" ? "B" : "1", better: "lower", per: 1 };
}

/** Whether a trend may become a benchmark, as far as its name tells. */
export function isReported(name: string): boolean {
  return name === "iteration_duration" || !LEFT_OUT.has(baseName(name));
}

/** The names of the trends that become benchmarks: all but the left-out ones, or iteration_duration where a script makes no request. */
export function reportedTrends(names: readonly string[]): readonly string[] {
  const reported = names.filter((name) => !LEFT_OUT.has(baseName(name)));
  return reported.length > 0 ? reported : names.filter((name) => name === "iteration_duration");
}

/** `http_req_duration{scenario:steady}` → `http_req_duration`. */
export function baseName(name: string): string {
  return name.split("{", 1)[0] ?? name;
}

/** Requests a second that succeeded, of a benchmark. */
export function throughput(benchmark: string, value: number): ToolMeasurement {
  return { benchmark, metric: "throughput", unit: "1/s", better: "higher", distribution: single(value) };
}

/** The share of a script's checks that failed, of a benchmark. */
export function failedChecks(benchmark: string, value: number): ToolMeasurement {
  return { benchmark, ...identityOf("failed-checks"), distribution: single(value) };
}

/** The note that iterations were due while no user was free, beside the first of the request times among these trends. */
export function droppedNote(count: number, trends: readonly string[]): readonly ToolNote[] {
  const benchmark = REQUEST_TIMES.find((name) => trends.includes(name)) ?? trends[0];
  if (count === 0 || benchmark === undefined) return [];
  return [
    neverSent(
      benchmark,
      count,
      "iterations were dropped",
      "give the scenario more users (preAllocatedVUs, maxVUs), or a lower rate",
    ),
  ];
}

/** The share of requests that failed, of a benchmark. */
export function errorRate(benchmark: string, value: number): ToolMeasurement {
  return { benchmark, metric: "error-rate", unit: "1", better: "lower", distribution: single(value) };
}

function single(value: number): Distribution {
  return { kind: "value", value, exact: false };
}

/** Why a run whose requests all failed is a failure. `count` is 0 where k6 does not say how many there were. */
export function allFailed(count: number): string {
  const which = count > 0 ? `all ${count} requests failed` : "all requests failed";
  return `${which} (http_req_failed is 1, and latencies of failures mean nothing): check that the service was up and answered as expected`;
}
