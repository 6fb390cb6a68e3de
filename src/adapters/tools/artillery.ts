import { GateError } from "../../model/error.ts";
import type { Adapter, ParsedRound, Told } from "../adapter.ts";
import { at, field, isObject, type JsonObject, jsonOf, opensWith, readObject, readPositive } from "../reading/json.ts";
import { neverSent } from "../reading/load-notes.ts";
import { concludeSummary, type LoadLatency, levelOf, printedQuantiles } from "../reading/load-summary.ts";
import { searched } from "../reading/output.ts";
import { round, wholeRun } from "../reading/round.ts";
import { httpSuccess, type IsSuccess, isBelow400 } from "../reading/status.ts";

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
 * status of 400 or more. Its time is told apart where the successes are all of one hundred (`http.response_time.2xx`), never of an endpoint. Throughput is
 * successes over the time from the first count to the last. Users arrive at a rate of their
 * own, so the load is open. Warm-up phases are part of all numbers.
 */
export const artillery: Adapter = {
  name: "artillery",
  title: "Artillery",
  command: "artillery run -o $BENCHGATE_OUTPUT load.yml",
  gives: { samples: false, p99: true, memory: false },
  exitCodes: [0, { code: 1, means: "an `ensure` or `expect` check failed" }],
  tellsStatus: true,
  recognises: (output) =>
    isReport(output.json()) ||
    (!opensWith(output.text, "{") &&
      /^Summary report @ \d\d:\d\d:\d\d/m.test(searched(output)) &&
      output.text.includes("vusers.created")),
  parse(output) {
    const { text } = output;
    const report = opensWith(text, "{") ? jsonOf(output) : undefined;
    if (!isReport(report))
      throw new GateError("This is not a report of Artillery 2", "Run artillery with -o FILE and give that file", {
        line: 1,
      });
    const aggregate = readObject(field(report, "aggregate"), "aggregate");
    return [readAggregate(aggregate, httpSuccess(output.expected, isBelow400))];
  },
};

function isReport(value: unknown): value is JsonObject {
  const aggregate = isObject(value) ? field(value, "aggregate") : undefined;
  return isObject(aggregate) && isObject(field(aggregate, "counters")) && isObject(field(aggregate, "summaries"));
}

type Counters = readonly (readonly [name: string, count: number])[];

/** What was counted, and which statuses are successes. */
interface Counted {
  readonly counters: Counters;
  readonly isSuccess: IsSuccess;
}

function readAggregate(aggregate: JsonObject, isSuccess: IsSuccess): ParsedRound {
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
  const all = requests === undefined ? [] : ofRequests(aggregate, summaries, { counters, isSuccess }, requests);
  const run = wholeRun(all);
  if (run.failures.length > 0) return run;
  const names = Object.keys(summaries).filter((name) => name !== HTTP);
  const reported = names.filter((name) => !LEFT_OUT.test(name));
  const told = [
    ...all,
    ...(reported.length + all.length > 0 ? reported : names).flatMap((name) =>
      ofSummary(summaries, name, { counters, isSuccess }),
    ),
  ];
  return round([...told, ...unsent(counters, told)], HINTS);
}

/** All HTTP requests of the run together. */
function ofRequests(aggregate: JsonObject, summaries: JsonObject, counted: Counted, requests: number) {
  const { answers: known, failed: all, refused, errors } = failuresOf(counted, "");
  const answers = counted.counters.find(([name]) => name === "http.responses")?.[1] ?? 0;
  const failed = Math.min(all, requests);
  const apart = refused > 0 && refused < known ? classOfSuccesses(counted, summaries) : null;
  const time = (key: string) => readPositive(field(aggregate, key) ?? 0, at("aggregate", key));
  const seconds = (time("lastCounterAt") - time("firstCounterAt")) / PER_SECOND;
  return concludeSummary("Artillery", {
    benchmark: ALL_REQUESTS,
    loadModel: "open",
    requests,
    failed,
    errors,
    rate:
      seconds > 0
        ? { perSecond: Math.min(answers - refused, requests - failed) / seconds, of: requests - failed }
        : null,
    latency: field(summaries, HTTP) === undefined ? null : latencyOf(summaries, apart ?? HTTP),
    failedInLatency: apart === null ? refused : 0,
  });
}

/** The summary that holds the successes alone, where they are all of the statuses of one hundred: `http.response_time.2xx`. */
function classOfSuccesses({ counters, isSuccess }: Counted, summaries: JsonObject): string | null {
  const statuses = counters.flatMap(([name, n]) =>
    n > 0 && /^http\.codes\.\d{3}$/.test(name) ? [Number(name.slice(-3))] : [],
  );
  const hundreds = (succeeded: boolean) =>
    new Set(statuses.filter((status) => isSuccess(status) === succeeded).map((status) => Math.floor(status / 100)));
  const [good, bad] = [hundreds(true), hundreds(false)];
  const [only] = good;
  if (only === undefined || good.size > 1 || bad.has(only)) return null;
  const name = `${HTTP}.${only}xx`;
  return isObject(field(summaries, name)) ? name : null;
}

/** What was due and never sent: users that were skipped because there were too many already, and what users that failed left out. */
function unsent(counters: Counters, told: readonly Told[]): readonly Told[] {
  const benchmark = told.find((each) => "metric" in each && each.metric === "latency")?.benchmark;
  if (benchmark === undefined) return [];
  return UNSENT.flatMap(({ counter, what, remedy }) => {
    const n = counters.find(([name]) => name === counter)?.[1] ?? 0;
    return n === 0 ? [] : [neverSent(benchmark, n, what, remedy)];
  });
}

const UNSENT = [
  {
    counter: "vusers.skipped",
    what: "virtual users were skipped",
    remedy: "raise maxVusers of the phase, or let fewer users arrive",
  },
  {
    counter: "vusers.failed",
    what: "virtual users failed and left out the rest of their scenario",
    remedy: "fix what fails: the error counters name it",
  },
] as const;

/** One summary: an endpoint with its error rate, a time, or a custom metric. */
function ofSummary(summaries: JsonObject, name: string, counted: Counted): readonly Told[] {
  const latency = latencyOf(summaries, name);
  const endpoint = name.startsWith(`${ENDPOINT}response_time.`) ? name.slice(`${ENDPOINT}response_time.`.length) : null;
  if (endpoint !== null) {
    const own = `${ENDPOINT}${endpoint}.`;
    const { answers, failed, refused, errors } = failuresOf(counted, own);
    const requests = answers + errorsOf(counted.counters, own).reduce((sum, [, n]) => sum + n, 0);
    return concludeSummary("Artillery", {
      benchmark: endpoint,
      loadModel: "open",
      requests,
      failed,
      errors,
      rate: null,
      latency,
      failedInLatency: refused,
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
function failuresOf({ counters, isSuccess }: Counted, prefix: string) {
  const codes = counters.filter(([name]) => name.startsWith(prefix === "" ? "http.codes." : `${prefix}codes.`));
  const refused = codes.filter(([name]) => !isSuccess(Number(name.slice(-3))));
  const sum = (of: Counters) => of.reduce((total, [, n]) => total + n, 0);
  const failed = sum(refused) + sum(errorsOf(counters, prefix));
  const words = [...refused.map(([name, n]) => `${n} status ${name.slice(-3)}`), said(counters, prefix)].filter(
    Boolean,
  );
  return { answers: sum(codes), failed, refused: sum(refused), errors: words.join(", ").slice(0, 300) };
}

function errorsOf(counters: Counters, prefix: string): Counters {
  return counters.filter(([name]) => name.startsWith(`${prefix}errors.`));
}

function said(counters: Counters, prefix: string): string {
  return errorsOf(counters, prefix)
    .map(([name, n]) => `${n} ${name.slice(prefix.length + "errors.".length)}`)
    .join(", ");
}
