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

/** ghz writes durations in nanoseconds. */
const PER_SECOND = 1e9;

/**
 * The adapter of ghz's JSON (`-O json` or `pretty`): the time of every call that got an answer without an error.
 *
 * The benchmark is `name`, which ghz fills with the call where nobody names it. Calls with an error have no part in the latency, as in ghz's own
 * percentiles, and are the error rate. Those percentiles, whose rank differs by one between versions, are read where `details` is empty. The load is open with `--async` alone:
 * `--rps` only paces the workers.
 */
export const ghz: Adapter = {
  name: "ghz",
  title: "ghz",
  command: "ghz --insecure --call package.Service.Method -n 10000 -O json -o $BENCHGATE_OUTPUT 127.0.0.1:$PORT",
  gives: { samples: true, p99: true, memory: false },
  exitCodes: [0],
  recognises: ({ json }) => isReport(json()),
  parse(output) {
    const report = readObject(jsonOf(output), "");
    return roundsOf("ghz", [isReport(report) ? readRun(report) : mistake("a report of ghz", report, "")]);
  },
};

function isReport(value: unknown): value is JsonObject {
  const keys = ["count", "rps", "statusCodeDistribution", "latencyDistribution", "details"];
  return isObject(value) && keys.every((key) => Object.hasOwn(value, key));
}

function readRun(report: JsonObject): LoadSummary {
  const options = readObject(field(report, "options") ?? {}, "options");
  const errors = readObject(field(report, "errorDistribution") ?? {}, "errorDistribution");
  const counted = Object.keys(errors).map((error) => ({
    error,
    n: readPositive(field(errors, error), at("errorDistribution", error)),
  }));
  const requests = readPositive(field(report, "count"), "count");
  const failed = Math.min(
    requests,
    counted.reduce((sum, { n }) => sum + n, 0),
  );
  const given = field(report, "name");
  return {
    benchmark:
      typeof given === "string" && given.trim() !== "" ? given : readName(field(options, "call"), "options.call"),
    loadModel: field(options, "async") === true ? "open" : "closed",
    requests,
    failed,
    errors: counted
      .map(({ error, n }) => `${n} ${error.slice(0, 100)}`)
      .join(", ")
      .slice(0, 300),
    rate: requests === 0 ? null : (readPositive(field(report, "rps"), "rps") * (requests - failed)) / requests,
    latency: failed === requests ? null : (readDetails(report) ?? readPrinted(report, requests - failed)),
  };
}

function readDetails(report: JsonObject): LoadLatency | null {
  const details = readArray(field(report, "details") ?? [], "details");
  const times = details.flatMap((each, i) => {
    const path = at("details", i);
    const call = readObject(each, path);
    const seconds = readPositive(field(call, "latency"), at(path, "latency")) / PER_SECOND;
    return readString(field(call, "error") ?? "", at(path, "error")) === "" ? [seconds] : [];
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
