import { largest } from "../../model/extremes.ts";
import { GRPC_CODES } from "../../model/status.ts";
import type { Adapter } from "../adapter.ts";
import {
  at,
  field,
  isObject,
  type JsonObject,
  jsonOf,
  mistake,
  readArray,
  readName,
  readNumber,
  readObject,
  readPositive,
  readString,
} from "../reading/json.ts";
import { type LoadLatency, type LoadSummary, levelOf, printedQuantiles, roundsOf } from "../reading/load-summary.ts";

import { type Expected, grpcSuccess } from "../reading/status.ts";

/** ghz writes durations in nanoseconds. */
const PER_SECOND = 1e9;

/**
 * The adapter of ghz's JSON (`-O json` or `pretty`): the time of every call that got an answer without an error.
 *
 * The benchmark is `name`, which ghz fills with the call where nobody names it. Calls with an error have no part in the latency, as in ghz's own
 * percentiles, and are the error rate; calls that the end of `-z` cut off are left out of both. Those percentiles, whose rank differs by one between versions, are read where `details` is empty. The load is open with `--async` alone:
 * `--rps` only paces the workers.
 */
export const ghz: Adapter = {
  name: "ghz",
  title: "ghz",
  command: "ghz --insecure --call package.Service.Method -n 10000 -O json -o $BENCHGATE_OUTPUT 127.0.0.1:$PORT",
  gives: { samples: true, p99: true, memory: false },
  exitCodes: [0],
  tellsStatus: true,
  recognises: ({ json }) => isReport(json()),
  parse(output) {
    const report = readObject(jsonOf(output), "");
    return roundsOf("ghz", [
      isReport(report) ? readRun(report, output.expected) : mistake("a report of ghz", report, ""),
    ]);
  },
};

function isReport(value: unknown): value is JsonObject {
  const keys = ["count", "rps", "statusCodeDistribution", "latencyDistribution", "details"];
  return isObject(value) && keys.every((key) => Object.hasOwn(value, key));
}

/** An error of ghz by its text, and how often it came. */
interface Counted {
  readonly error: string;
  readonly n: number;
}

function readRun(report: JsonObject, expected: Expected): LoadSummary {
  const options = readObject(field(report, "options") ?? {}, "options");
  const errors = counts(report, "errorDistribution");
  const count = readPositive(field(report, "count"), "count");
  const cutOff = Math.min(count, cutOffs(report, options, errors));
  const requests = count - cutOff;
  const codes = codesOf(expected);
  const refused =
    codes === null ? sum(errors) : sum(counts(report, "statusCodeDistribution").filter(({ error }) => !codes(error)));
  const failed = Math.min(requests, Math.max(0, refused - cutOff));
  const given = field(report, "name");
  return {
    benchmark:
      typeof given === "string" && given.trim() !== "" ? given : readName(field(options, "call"), "options.call"),
    loadModel: field(options, "async") === true ? "open" : "closed",
    requests,
    failed,
    errors: errors
      .map(({ error, n }) => `${n} ${error.slice(0, 100)}`)
      .join(", ")
      .slice(0, 300),
    rate: count === 0 ? null : { perSecond: readPositive(field(report, "rps"), "rps"), of: count },
    latency: failed === requests ? null : (readDetails(report, codes) ?? readPrinted(report, requests - failed)),
  };
}

/** Whether a code of gRPC, by its name, is expected; null where none is, and every call without an error has succeeded. */
function codesOf(expected: Expected): ((name: string) => boolean) | null {
  if (expected === undefined) return null;
  const isSuccess = grpcSuccess(expected);
  return (name) => isSuccess((GRPC_CODES as readonly string[]).indexOf(name));
}

/** How the calls end whose connection ghz itself closes. */
const CLOSED = /client connection is closing|transport is closing|use of closed network connection|context canceled/;

/**
 * How many calls were under way when ghz closed its connections: at the end of `-z`, or of a run that was interrupted. They have neither succeeded nor failed. There
 * are at most as many as callers, but for `--async`; with a number of calls (`-n`) nothing is cut off.
 */
function cutOffs(report: JsonObject, options: JsonObject, errors: readonly Counted[]): number {
  if (!["timeout", "cancel"].includes(String(field(report, "endReason")))) return 0;
  const callers = ["concurrency", "concurrency-start", "concurrency-end"].map((key) => {
    return readPositive(field(options, key) ?? 0, at("options", key));
  });
  const most = field(options, "async") === true ? Number.POSITIVE_INFINITY : largest(callers);
  return Math.min(most, sum(errors.filter(({ error }) => CLOSED.test(error))));
}

function counts(report: JsonObject, key: string): readonly Counted[] {
  const object = readObject(field(report, key) ?? {}, key);
  return Object.keys(object).map((error) => ({ error, n: readPositive(field(object, error), at(key, error)) }));
}

function sum(counted: readonly Counted[]): number {
  return counted.reduce((total, { n }) => total + n, 0);
}

function readDetails(report: JsonObject, codes: ReturnType<typeof codesOf>): LoadLatency | null {
  const details = readArray(field(report, "details") ?? [], "details");
  const times = details.flatMap((each, i) => {
    const path = at("details", i);
    const call = readObject(each, path);
    const word = (key: string) => readString(field(call, key) ?? "", at(path, key));
    const seconds = readPositive(field(call, "latency"), at(path, "latency")) / PER_SECOND;
    return (codes === null ? word("error") === "" : codes(word("status"))) ? [seconds] : [];
  });
  return times.length === 0 ? null : { distribution: { kind: "samples", samples: Float64Array.from(times) } };
}

function readPrinted(report: JsonObject, count: number): LoadLatency {
  const path = "latencyDistribution";
  const printed = readArray(field(report, path) ?? [], path).flatMap((each, i) => {
    const entry = readObject(each, at(path, i));
    const percent = readNumber(field(entry, "percentage"), at(at(path, i), "percentage"));
    const seconds = readPositive(field(entry, "latency"), at(at(path, i), "latency")) / PER_SECOND;
    // So few calls that there is no such percentile leave an empty entry.
    return percent === 0 ? [] : [[levelOf(percent), seconds] as const];
  });
  const [min, max] = ["fastest", "slowest"].map((key) => readPositive(field(report, key), key) / PER_SECOND);
  return { distribution: printedQuantiles(printed, { min: min!, max: max!, count }), estimator: "ghz" };
}
