import { GateError } from "../../model/error.ts";
import type { Adapter, ParsedRound, Told } from "../adapter.ts";
import { at, field, isObject, type JsonObject, jsonOf, opensWith, readObject, readPositive } from "../reading/json.ts";
import { concludeSummary, type LoadLatency, levelOf, printedQuantiles } from "../reading/load-summary.ts";
import { searched } from "../reading/output.ts";
import { round, wholeRun } from "../reading/round.ts";

/** Artillery writes times in milliseconds. */
const PER_SECOND = 1000;

const ENDPOINT = "plugins.metrics-by-endpoint.";
const HTTP = "http.response_time";
const ALL_REQUESTS = "requests";

/** Summaries that are times. Any other is a custom metric, whose unit only its author knows. */
const TIMES =
  /^(?:vusers\.session_length|browser\.page\.(?:FCP|LCP|TTFB|FID|INP)\b.*|browser\.step\..+|.*\bresponse_time(?:\..+)?)$/;

/** Parts of what another summary holds whole, and sessions, which hold the scenario's pauses. */
const LEFT_OUT = /^(?:http\.response_time\.[1-5]xx|vusers\.session_length)$/;

const HINTS = {
  remedy: "Give the scenario's endpoints names that differ",
  nothing: "Artillery measured nothing: check the scenario and its phases",
};

/**
 * The adapter of Artillery's report (`run -o FILE`): percentiles over the whole run from a sketch that is within 1 %.
 *
 * Benchmarks: `requests` is all HTTP requests together, `/path` an endpoint of the plugin metrics-by-endpoint, any other summary keeps its name; sessions are
 * read only where there is nothing else. A request has failed where there is an error (`errors.*`, failed expectations too) or a
 * status of 400 or more. Throughput is answers over the time from the first count to the last. Users arrive at a rate of their
 * own, so the load is open. Warm-up phases are part of all numbers.
 */
export const artillery: Adapter = {
  name: "artillery",
  title: "Artillery",
  command: "artillery run -o $BENCHGATE_OUTPUT load.yml",
  gives: { samples: false, p99: true, memory: false },
  exitCodes: [0],
  recognises: (output) =>
    isReport(output.json()) ||
    (!opensWith(output.text, "{") &&
      /^Summary report @ \d\d:\d\d:\d\d/m.test(searched(output)) &&
      output.text.includes("vusers.created")),
  parse(output) {
    const { text } = output;
    const report = opensWith(text, "{") ? jsonOf(output) : undefined;
    if (!isReport(report))
      throw new GateError("This is no report of Artillery 2", "Run artillery with -o FILE and give that file", {
        line: 1,
      });
    return [readAggregate(readObject(field(report, "aggregate"), "aggregate"))];
  },
};

function isReport(value: unknown): value is JsonObject {
  const aggregate = isObject(value) ? field(value, "aggregate") : undefined;
  return isObject(aggregate) && isObject(field(aggregate, "counters")) && isObject(field(aggregate, "summaries"));
}

type Counters = readonly (readonly [name: string, count: number])[];

function readAggregate(aggregate: JsonObject): ParsedRound {
  const object = readObject(field(aggregate, "counters"), "aggregate.counters");
  const counters = Object.keys(object).map(
    (name) => [name, readPositive(field(object, name), at("aggregate.counters", name))] as const,
  );
  const summaries = readObject(field(aggregate, "summaries"), "aggregate.summaries");
  const requests = counters.find(([name]) => name === "http.requests")?.[1];
  const users = counters.find(([name]) => name === "vusers.created")?.[1] ?? 0;
  const failedUsers = counters.find(([name]) => name === "vusers.failed")?.[1] ?? 0;
  if (requests === undefined && users > 0 && failedUsers >= users)
    return {
      measurements: [],
      failures: [{ benchmark: "*", reason: `all ${users} users failed: ${said(counters, "")}` }],
    };
  const all = requests === undefined ? [] : ofRequests(aggregate, summaries, counters, requests);
  const run = wholeRun(all);
  if (run.failures.length > 0) return run;
  const names = Object.keys(summaries).filter((name) => name !== HTTP);
  const reported = names.filter((name) => !LEFT_OUT.test(name));
  const told = [
    ...all,
    ...(reported.length + all.length > 0 ? reported : names).flatMap((name) => ofSummary(summaries, name, counters)),
  ];
  return round(told, HINTS);
}

/** All HTTP requests of the run together. */
function ofRequests(aggregate: JsonObject, summaries: JsonObject, counters: Counters, requests: number) {
  const { failed, errors } = failuresOf(counters, "");
  const answers = counters.find(([name]) => name === "http.responses")?.[1] ?? 0;
  const time = (key: string) => readPositive(field(aggregate, key) ?? 0, at("aggregate", key));
  const seconds = (time("lastCounterAt") - time("firstCounterAt")) / PER_SECOND;
  return concludeSummary("Artillery", {
    benchmark: ALL_REQUESTS,
    loadModel: "open",
    requests,
    failed: Math.min(failed, requests),
    errors,
    rate: seconds > 0 ? answers / seconds : null,
    answered: answers,
    latency: field(summaries, HTTP) === undefined ? null : latencyOf(summaries, HTTP),
  });
}

/** One summary: an endpoint with its error rate, a time, or a custom metric. */
function ofSummary(summaries: JsonObject, name: string, counters: Counters): readonly Told[] {
  const latency = latencyOf(summaries, name);
  const endpoint = name.startsWith(`${ENDPOINT}response_time.`) ? name.slice(`${ENDPOINT}response_time.`.length) : null;
  if (endpoint !== null) {
    const own = `${ENDPOINT}${endpoint}.`;
    const { answers, failed, errors } = failuresOf(counters, own);
    const requests = answers + errorsOf(counters, own).reduce((sum, [, n]) => sum + n, 0);
    return concludeSummary("Artillery", {
      benchmark: endpoint,
      loadModel: "open",
      requests,
      failed,
      errors,
      rate: null,
      latency,
    });
  }
  const common = { benchmark: name, better: "lower", loadModel: "open" } as const;
  if (TIMES.test(name)) return [{ ...common, metric: "latency", unit: "s", ...latency }];
  const { distribution, estimator } = latencyOf(summaries, name, 1);
  return [{ ...common, metric: name, unit: "1", distribution, ...(estimator === undefined ? {} : { estimator }) }];
}

function latencyOf(summaries: JsonObject, name: string, per = PER_SECOND): LoadLatency {
  const path = at("aggregate.summaries", name);
  const summary = readObject(field(summaries, name), path);
  const read = (key: string) => readPositive(field(summary, key), at(path, key)) / per;
  const printed = Object.keys(summary).flatMap((key) => {
    const digits = /^p(\d\d)(\d*)$/.exec(key);
    return digits === null ? [] : [[levelOf(Number(`${digits[1]}.${digits[2]}0`)), read(key)] as const];
  });
  const ends = {
    min: read("min"),
    max: read("max"),
    mean: read("mean"),
    count: readPositive(field(summary, "count"), at(path, "count")),
  };
  return { distribution: printedQuantiles(printed, ends), estimator: "ddsketch", resolution: 1 / per };
}

/** Answers and failures among the counters that begin with `prefix`. */
function failuresOf(counters: Counters, prefix: string): { answers: number; failed: number; errors: string } {
  const codes = counters.filter(([name]) => name.startsWith(prefix === "" ? "http.codes." : `${prefix}codes.`));
  const refused = codes.filter(([name]) => Number(name.slice(-3)) >= 400);
  const sum = (of: Counters) => of.reduce((total, [, n]) => total + n, 0);
  const failed = sum(refused) + sum(errorsOf(counters, prefix));
  const words = [...refused.map(([name, n]) => `${n} status ${name.slice(-3)}`), said(counters, prefix)].filter(
    Boolean,
  );
  return { answers: sum(codes), failed, errors: words.join(", ").slice(0, 300) };
}

function errorsOf(counters: Counters, prefix: string): Counters {
  return counters.filter(([name]) => name.startsWith(`${prefix}errors.`));
}

function said(counters: Counters, prefix: string): string {
  return errorsOf(counters, prefix)
    .map(([name, n]) => `${n} ${name.slice(prefix.length + "errors.".length)}`)
    .join(", ");
}
