import { GateError } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, ParsedRound } from "../adapter.ts";
import { field, isObject, type JsonObject, jsonOf, readObject, readPositive, readString } from "../reading/json.ts";

/** autocannon records whole milliseconds in an HdrHistogram. */
const PER_SECOND = 1000;

/**
 * The adapter of autocannon: the one JSON document of `--json`.
 *
 * The benchmark is the run's `title`, or the path of its URL: the port belongs to the side that was measured, not to the benchmark.
 * A request has failed where it got no answer (errors, which include time-outs), a status outside 200-399, or a body other than the expected.
 * The load is labelled closed, which is what autocannon does by itself; the output does not name the rate of `--overallRate`. A histogram that
 * holds more values than there were answers is refused: autocannon 8 and 9 add requests back for every millisecond of an answer, whatever the rate
 * (`Math.ceil(1 / rate)` is meant to be its interval), so that a service of 10 ms seems to have answered most of them in less.
 */
export const autocannon: Adapter = {
  name: "autocannon",
  title: "autocannon",
  command: "autocannon --json http://127.0.0.1:$PORT/ > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: true, memory: false },
  exitCodes: [0],
  recognises: ({ json }) => isResult(json()),
  parse(output) {
    const result = jsonOf(output);
    if (!isResult(result)) {
      throw new GateError(
        "this is not autocannon's JSON",
        "Run autocannon with --json, without -f, and keep its stdout in a file of its own",
      );
    }
    return [readResult(result)];
  },
};

function isResult(value: unknown): value is JsonObject {
  return (
    isObject(value) &&
    ["latency", "requests", "throughput"].every((key) => isObject(field(value, key))) &&
    Object.hasOwn(value, "non2xx")
  );
}

function readResult(result: JsonObject): ParsedRound {
  const benchmark = benchmarkName(result);
  const requests = readObject(field(result, "requests"), "requests");
  const answered = readPositive(field(requests, "total"), "requests.total");
  const counted = (key: string) => readPositive(field(result, key) ?? 0, key);
  const total = answered + counted("errors");
  const refused = counted("non2xx") - counted("3xx") + counted("mismatches");
  const failed = Math.min(counted("errors") + refused, total);
  if (failed === total) return { measurements: [], failures: [{ benchmark: "*", reason: allFailed(result, total) }] };
  const latency = readObject(field(result, "latency"), "latency");
  const count = readPositive(field(latency, "totalCount") ?? answered, "latency.totalCount");
  if (count > answered) {
    throw new GateError(
      `The histogram holds ${count} latencies of ${answered} answers: what autocannon adds for a rate is not to be trusted`,
      "Run it with -C (--ignoreCoordinatedOmission) beside -R",
      { path: "latency.totalCount" },
    );
  }
  const common = { benchmark, loadModel: "closed" } as const;
  return {
    measurements: [
      readLatency(latency, count, common),
      {
        ...common,
        metric: "throughput",
        unit: "1/s",
        better: "higher",
        distribution: {
          kind: "value",
          // Its average counts every answer; what failed fast is no work done.
          value: (readPositive(field(requests, "average"), "requests.average") * (total - failed)) / answered,
          exact: false,
        },
      },
      {
        ...common,
        metric: "error-rate",
        unit: "1",
        better: "lower",
        distribution: { kind: "value", value: failed / total, exact: false },
      },
    ],
    failures: [],
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
      [0, Math.min(read("min") / PER_SECOND, ...values)] as const,
      ...printed,
      [1, Math.max(read("max") / PER_SECOND, ...values)] as const,
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
