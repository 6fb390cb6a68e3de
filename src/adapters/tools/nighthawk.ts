import { GateError } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, ParsedRound, Told } from "../adapter.ts";
import {
  at,
  field,
  holdsSome,
  isObject,
  type JsonObject,
  jsonOf,
  mistake,
  opensWith,
  readArray,
  readName,
  readObject,
  readPositive,
} from "../reading/json.ts";
import { withFailures } from "../reading/load-notes.ts";
import { concludeSummary, printedQuantiles } from "../reading/load-summary.ts";
import { readProtoDuration, readProtoNumber } from "../reading/proto-json.ts";
import { round, wholeRun } from "../reading/round.ts";

/** The result that holds all workers together; the others are its parts. */
const ALL = "global";

/** Counters of requests by how they ended. */
const ANSWERED = /^benchmark\.http_[123]xx$/;
const FAILED = /^benchmark\.(?:http_[45]xx|http_xxx|stream_resets|pool_overflow|pool_connection_failure)$/;

const HINTS = {
  remedy: "Give each run of Nighthawk a file of its own",
  nothing: "Run nighthawk_client with --output-format json, for as long as it takes to get answers",
};

/**
 * The adapter of Nighthawk's own JSON (`--output-format json`). What it writes with `--output-format fortio` is read as Fortio's.
 *
 * Every statistic of all workers together is a benchmark, by its id: times are latencies, sizes keep their id as metric. Nighthawk prints those steps of
 * an HdrHistogram that halve the rest of the way to 100 %: 0.99 is not among them, so there is no p99. Throughput and error rate are of
 * `benchmark_http_client`, from the counters, where those are there. Times of statuses from 400 up are left out: `latency_4xx` is none, and where requests
 * were refused `request_to_response` is what `latency_2xx` holds. The load is open only with `--open-loop`.
 */
export const nighthawk: Adapter = {
  name: "nighthawk",
  title: "Nighthawk",
  command: "nighthawk_client --output-format json --duration 30 http://127.0.0.1:$PORT/ > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: false, memory: false },
  exitCodes: [0],
  recognises: ({ text, json }) =>
    opensWith(text, "Nighthawk - A layer 7 protocol benchmarking tool") ||
    (isOutput(json()) && text.includes('"execution_duration"')),
  parse(output) {
    const root = opensWith(output.text, "{") ? jsonOf(output) : undefined;
    if (!isOutput(root))
      throw new GateError("This is not Nighthawk's JSON", "Run nighthawk_client with --output-format json", {
        line: 1,
      });
    return [readOutput(root)];
  },
};

function isOutput(value: unknown): value is JsonObject {
  const results = isObject(value) ? field(value, "results") : undefined;
  return (
    Array.isArray(results) && holdsSome(results, (each) => isObject(each) && Array.isArray(field(each, "statistics")))
  );
}

function readOutput(output: JsonObject): ParsedRound {
  const results = readArray(field(output, "results"), "results");
  const index = results.findIndex((each) => isObject(each) && field(each, "name") === ALL);
  const path = at("results", index);
  if (index < 0) mistake('a result called "global"', undefined, "results");
  const result = readObject(results[index], path);
  const loadModel =
    field(readObject(field(output, "options") ?? {}, "options"), "open_loop") === true ? "open" : "closed";
  const told = readRequests(result, path, loadModel);
  const run = wholeRun(told);
  if (run.failures.length > 0) return run;
  const statistics = readArray(field(result, "statistics"), at(path, "statistics"))
    .flatMap((each, i) => readStatistic(each, at(at(path, "statistics"), i), loadModel))
    .filter(({ benchmark }) => !TIMES_OF_FAILURES.test(benchmark));
  return round([...withoutRefused(statistics, result), ...run.measurements], HINTS);
}

/** How long failures took, which is no latency. */
const TIMES_OF_FAILURES = /\.latency_(?:[45]xx|xxx)$/;

const TO_RESPONSE = /\.request_to_response$/;

/** The times to a response without those of refused requests, where the successes' own statistic holds all that succeeded; else with a note. */
function withoutRefused(statistics: readonly ToolMeasurement[], result: JsonObject): readonly Told[] {
  const counters = readArray(field(result, "counters") ?? [], "counters").flatMap((each) =>
    isObject(each) ? [each] : [],
  );
  const counted = (...names: readonly string[]) =>
    counters
      .filter((each) => names.includes(String(field(each, "name"))))
      .reduce((sum, each) => sum + readProtoNumber(field(each, "value") ?? 0, "counters"), 0);
  const refused = counted("benchmark.http_4xx", "benchmark.http_5xx", "benchmark.http_xxx");
  if (refused === 0) return statistics;
  const others = counted("benchmark.http_1xx", "benchmark.http_3xx");
  return statistics.flatMap((each): Told[] => {
    if (!TO_RESPONSE.test(each.benchmark)) return [each];
    const own = each.benchmark.replace(TO_RESPONSE, ".latency_2xx");
    const apart = others > 0 ? undefined : statistics.find(({ benchmark }) => benchmark === own);
    if (apart !== undefined) return [{ ...apart, benchmark: each.benchmark }];
    return [each, withFailures(each.benchmark, "Nighthawk's request_to_response", refused, "fix what fails first")];
  });
}

/** What the counters say of the requests; nothing where they count none. */
function readRequests(result: JsonObject, path: string, loadModel: "open" | "closed") {
  const counters = readArray(field(result, "counters") ?? [], at(path, "counters")).map((each, i) => {
    const where = at(at(path, "counters"), i);
    const counter = readObject(each, where);
    return {
      name: readName(field(counter, "name"), at(where, "name")),
      n: readProtoNumber(field(counter, "value") ?? 0, at(where, "value")),
    };
  });
  const total = (pattern: RegExp) => counters.reduce((sum, { name, n }) => sum + (pattern.test(name) ? n : 0), 0);
  if (!counters.some(({ name }) => ANSWERED.test(name) || FAILED.test(name))) return [];
  const [answered, failed] = [total(ANSWERED), total(FAILED)];
  const seconds = readProtoDuration(field(result, "execution_duration"), at(path, "execution_duration"));
  return concludeSummary("Nighthawk", {
    benchmark: "benchmark_http_client",
    loadModel,
    requests: answered + failed,
    failed,
    rate: seconds > 0 ? { perSecond: answered / seconds, of: answered } : null,
    latency: null,
  });
}

function readStatistic(value: unknown, path: string, loadModel: "open" | "closed"): ToolMeasurement[] {
  const statistic = readObject(value, path);
  const count = readProtoNumber(field(statistic, "count") ?? 0, at(path, "count"));
  if (count === 0) return [];
  const benchmark = readName(field(statistic, "id"), at(path, "id"));
  const timed = field(statistic, "mean") !== undefined;
  const read = (object: JsonObject, key: string, where: string) =>
    timed
      ? readProtoDuration(field(object, key), at(where, key))
      : readProtoNumber(field(object, `raw_${key}`), at(where, `raw_${key}`));
  const percentiles = readArray(field(statistic, "percentiles") ?? [], at(path, "percentiles"));
  const printed = percentiles.map((each, i) => {
    const where = at(at(path, "percentiles"), i);
    const entry = readObject(each, where);
    const level = readPositive(field(entry, "percentile") ?? 0, at(where, "percentile"));
    const value = timed
      ? readProtoDuration(field(entry, "duration"), at(where, "duration"))
      : readProtoNumber(field(entry, "raw_value"), at(where, "raw_value"));
    return [level, value] as const;
  });
  const ends = {
    min: read(statistic, "min", path),
    max: read(statistic, "max", path),
    mean: read(statistic, "mean", path),
  };
  const unit = timed ? "s" : benchmark.endsWith("_size") ? "B" : "1";
  return [
    {
      benchmark,
      metric: timed ? "latency" : benchmark,
      unit,
      better: "lower",
      distribution: printedQuantiles(printed, { ...ends, count }),
      ...(printed.length === 0 ? {} : { estimator: "hdr" }),
      loadModel,
    },
  ];
}
