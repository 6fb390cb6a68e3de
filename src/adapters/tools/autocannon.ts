import { GateError } from "../../model/error.ts";
import { largest, smallest } from "../../model/extremes.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, ParsedRound, Told, ToolOutput } from "../adapter.ts";
import { at, field, isObject, type JsonObject, jsonOf, readObject, readPositive, readString } from "../reading/json.ts";
import { withFailures } from "../reading/load-notes.ts";
import { successesPerSecond } from "../reading/load-summary.ts";
import { parted } from "../reading/round.ts";
import { type Expected, httpSuccess, isBelow400, refuseStatuses } from "../reading/status.ts";

/** A mean that may be so far away from the throughput is none, as a share of it. */
const COARSE = 0.1;

/** autocannon records whole milliseconds in an HdrHistogram. */
const PER_SECOND = 1000;

/**
 * The adapter of autocannon: the one JSON document of `--json`.
 *
 * The benchmark is the run's `title`, or the path of its URL: the port belongs to the side that was measured, not to the benchmark.
 * A request has failed where it got no answer (errors, which include time-outs), a status outside 200-399, or a body other than the expected.
 * Throughput is the successes' share of the mean of samples of one second. `--amount` ends within the last of them, which counts as a whole one: then the `resolution` is what one
 * sample less would change, and where that is more than a tenth the throughput is left out with a note. Of two results the first is that of `--warmup`. The load is labelled closed, which is what autocannon does by itself; the output does not name the rate of `--overallRate`. A histogram that
 * holds more values than there were answers is refused: autocannon 8 and 9 add requests back for every millisecond of an answer, whatever the rate
 * (`Math.ceil(1 / rate)` is meant to be its interval), so that a service of 10 ms seems to have answered most of them in less.
 */
export const autocannon: Adapter = {
  name: "autocannon",
  title: "autocannon",
  command: "autocannon --json http://127.0.0.1:$PORT/ > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: true, memory: false },
  exitCodes: [0],
  tellsStatus: true,
  recognises: (output) =>
    (output.json() !== undefined || output.text.includes('"non2xx"')) && resultsIn(output).length > 0,
  parse(output) {
    const [first, ...others] = resultsIn(output);
    const result = others.at(-1) ?? first;
    if (result === undefined) {
      jsonOf(output);
      throw new GateError(
        "this is not autocannon's JSON",
        "Run autocannon with --json, without -f, and keep its stdout in a file of its own",
      );
    }
    const { expected } = output;
    return [others.length === 0 ? readResult(result, expected) : withoutWarmup([first!, ...others], expected)];
  },
};

/** The results that an output holds, alone or among other lines. */
function resultsIn(output: ToolOutput): readonly JsonObject[] {
  const values = output.json() === undefined ? output.documents().map(({ json }) => json()) : [output.json()];
  return values.filter(isResult);
}

/**
 * The run of two results: `--warmup` prints a result of its own first. Throws a `GateError` where they are of two runs: of two services, or more than two.
 * Where both were run in the same way nothing tells which it is, and a note says what was taken.
 */
function withoutWarmup(results: readonly JsonObject[], expected: Expected): ParsedRound {
  const [warmup, run] = results as [JsonObject, JsonObject];
  if (results.length > 2 || field(warmup, "url") !== field(run, "url"))
    throw new GateError(`It holds ${results.length} results`, "Give each run of autocannon a file of its own");
  const same = ["connections", "pipelining", "workers", "samples"].every(
    (key) => field(warmup, key) === field(run, key),
  );
  const round = readResult(run, expected);
  const note = {
    benchmark: benchmarkName(run),
    sentence: "The first of two equal results was taken for autocannon's --warmup, and left out",
    remedy: "give each run a file of its own, or warm up for a shorter time than the run takes",
  };
  return same ? { ...round, notes: [...(round.notes ?? []), note] } : round;
}

function isResult(value: unknown): value is JsonObject {
  return (
    isObject(value) &&
    ["latency", "requests", "throughput"].every((key) => isObject(field(value, key))) &&
    Object.hasOwn(value, "non2xx")
  );
}

function readResult(result: JsonObject, expected: Expected): ParsedRound {
  const benchmark = benchmarkName(result);
  const requests = readObject(field(result, "requests"), "requests");
  const answered = readPositive(field(requests, "total"), "requests.total");
  const counted = (key: string) => readPositive(field(result, key) ?? 0, key);
  const total = answered + counted("errors");
  const refused = refusedOf(result, expected) + counted("mismatches");
  const failed = Math.min(counted("errors") + refused, total);
  if (failed === total) return { measurements: [], failures: [{ benchmark: "*", reason: allFailed(result, total) }] };
  const latency = readObject(field(result, "latency"), "latency");
  const count = readPositive(field(latency, "totalCount") ?? answered, "latency.totalCount");
  if (count > answered) {
    throw new GateError(
      `The histogram holds ${count} latencies of ${answered} answers: what autocannon adds for a rate is not to be trusted`,
      "Run it with -C (--ignoreCoordinatedOmission) as well as -R",
      { path: "latency.totalCount" },
    );
  }
  const common = { benchmark, loadModel: "closed" } as const;
  return parted([
    readLatency(latency, count, common),
    readThroughput(result, common, total - failed),
    {
      ...common,
      metric: "error-rate",
      unit: "1",
      better: "lower",
      distribution: { kind: "value", value: failed / total, exact: false },
    },
    // With -x only answers of 200 to 299 are timed.
    ...(refused > 0 && count === answered
      ? [withFailures(benchmark, "autocannon without -x", refused, "add -x (--excludeErrorStats)")]
      : []),
  ]);
}

/** Answers with a status that is no success: outside 200 to 399, or outside those that are expected. */
function refusedOf(result: JsonObject, expected: Expected): number {
  if (expected === undefined) {
    const [outside, redirected] = ["non2xx", "3xx"].map((key) => readPositive(field(result, key) ?? 0, key));
    return outside! - redirected!;
  }
  const path = "statusCodeStats";
  const statuses = field(result, path);
  if (statuses === undefined) refuseStatuses(expected, "the output of this old version of autocannon", "Update it");
  const counts = readObject(statuses, path);
  const isSuccess = httpSuccess(expected, isBelow400);
  return Object.keys(counts).reduce((sum, status) => {
    const where = at(path, status);
    const n = readPositive(field(readObject(field(counts, status), where), "count"), at(where, "count"));
    return isSuccess(Number(status)) ? sum : sum + n;
  }, 0);
}

function readThroughput(
  result: JsonObject,
  common: Pick<ToolMeasurement, "benchmark" | "loadModel">,
  succeeded: number,
): Told {
  const requests = readObject(field(result, "requests"), "requests");
  const [value, answered] = ["average", "total"].map((key) => readPositive(field(requests, key), `requests.${key}`));
  const number = (key: string) => readPositive(field(result, key) ?? 0, key);
  const sent = field(requests, "sent");
  // A run that ends by its --duration leaves a request under way on every connection.
  const isByAmount = typeof sent === "number" && sent - answered! - number("errors") < number("connections");
  const samples = number("samples");
  const step = value! / Math.max(0, samples - 1);
  if (isByAmount && step > COARSE * value!) {
    return {
      benchmark: common.benchmark,
      sentence: `Its throughput is left out: it rests on ${samples === 1 ? "one sample" : `${samples} samples`} of a second, in the last of which --amount ended the run`,
      remedy: "run autocannon with --duration",
    };
  }
  return {
    ...common,
    metric: "throughput",
    unit: "1/s",
    better: "higher",
    distribution: {
      kind: "value",
      value: successesPerSecond({ perSecond: value!, of: answered! }, succeeded),
      exact: false,
    },
    ...(isByAmount ? { resolution: step } : {}),
  };
}

function readLatency(
  latency: JsonObject,
  count: number,
  common: Pick<ToolMeasurement, "benchmark" | "loadModel">,
): ToolMeasurement {
  const read = (key: string) => readPositive(field(latency, key), `latency.${key}`);
  const printed = Object.keys(latency).flatMap((key): (readonly [level: number, value: number])[] => {
    const percent = /^p(\d+(?:_\d+)?)$/.exec(key)?.[1]?.replace("_", ".");
    return percent === undefined ? [] : [[Number((Number(percent) / 100).toPrecision(12)), read(key) / PER_SECOND]];
  });
  const values = printed.map(([, value]) => value);
  const quantiles = Object.fromEntries(
    [
      // The printed minimum passes over zeros and the top percentiles are the upper ends of their buckets: the ends must hold the rest.
      [0, smallest(values, read("min") / PER_SECOND)] as const,
      ...printed,
      [1, largest(values, read("max") / PER_SECOND)] as const,
    ].map(([level, value]) => [String(level), value]),
  );
  return {
    ...common,
    metric: "latency",
    unit: "s",
    better: "lower",
    distribution: { kind: "quantiles", quantiles, count, mean: read("average") / PER_SECOND },
    estimator: "hdr",
    resolution: 1 / PER_SECOND,
  };
}

function benchmarkName(result: JsonObject): string {
  const title = field(result, "title");
  if (typeof title === "string" && title !== "") return title;
  const url = readString(field(result, "url"), "url");
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "") || "/";
}

function allFailed(result: JsonObject, total: number): string {
  if (total === 0) return "autocannon made no request: check its --duration and --amount";
  const parts = ["errors", "timeouts", "3xx", "4xx", "5xx", "mismatches"]
    .map((key) => [key, field(result, key)] as const)
    .filter(([, n]) => typeof n === "number" && n > 0)
    .map(([key, n]) => `${n} ${key}`);
  return `all ${total} requests failed (${parts.join(", ")}): check that the server is up at ${String(field(result, "url")).slice(0, 200)}`;
}
