import { GateError } from "../../model/error.ts";
import type { Adapter, Told } from "../adapter.ts";
import {
  at,
  field,
  isObject,
  type JsonObject,
  jsonOf,
  readArray,
  readName,
  readObject,
  readPositive,
  readString,
} from "../reading/json.ts";
import { type QuantileKeys, readQuantiles } from "../reading/quantiles.ts";
import { round } from "../reading/round.ts";
import { shortestPaths } from "../reading/shortest-paths.ts";

const HINTS = {
  remedy: "Give each benchmark of a file and group a name of its own",
  nothing: "Run `deno bench --json` over files that call Deno.bench()",
};

const NANOSECOND = 1e-9;

/** The heading of what Deno prints for people. */
const TABLE = /^\| benchmark {1,400}\| time\/iter \(avg\) \|/m;

const KEYS: QuantileKeys = { 0: "min", 0.75: "p75", 0.99: "p99", 0.995: "p995", 0.999: "p999", 1: "max" };

/**
 * `deno bench --json`. Nanoseconds; percentiles and mean over `n` samples, and neither a median nor raw samples.
 *
 * The key is file, group and name: `text_bench.ts > url > split`; Deno writes whole URLs, of which as much of the end is kept as sets a file apart from
 * the others of the run. Where `highPrecision` is false a sample is the mean of thousands of calls, and is marked `batch-means`; else the
 * percentiles are nearest-rank, of calls. A benchmark that throws is a failure; Deno then ends with exit code 1, its JSON complete.
 */
export const deno: Adapter = {
  name: "deno",
  title: "Deno bench",
  command: "deno bench --json > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: true, memory: false },
  exitCodes: [0, { code: 1, means: "a benchmark failed" }],
  recognises: ({ json }) => {
    const root = json();
    const runtime = isObject(root) ? field(root, "runtime") : undefined;
    return (
      isObject(root) &&
      typeof runtime === "string" &&
      runtime.startsWith("Deno/") &&
      Array.isArray(field(root, "benches"))
    );
  },
  parse: (output) => {
    const { text } = output;
    if (TABLE.test(text))
      throw new GateError("Deno's table does not say how many samples it rests on", HINTS.nothing, { line: 1 });
    const benches = readArray(field(readObject(jsonOf(output), ""), "benches"), "benches").map((each, i) =>
      readObject(each, at("benches", i)),
    );
    const origins = benches.map((bench, i) => readName(field(bench, "origin"), at(at("benches", i), "origin")));
    const files = shortestPaths([...new Set(origins)].map((origin) => origin.replace(/^\w+:\/\//, "")));
    const fileOf = new Map([...new Set(origins)].map((origin, i) => [origin, files[i]!]));
    const told = benches.flatMap((bench, i) => readBench(bench, at("benches", i), fileOf.get(origins[i]!)!));
    return [round(told, HINTS)];
  },
};

function readBench(bench: JsonObject, path: string, file: string): Told[] {
  const group = field(bench, "group") ?? null;
  const parts = [
    file,
    ...(group === null ? [] : [readString(group, at(path, "group"))]),
    readName(field(bench, "name"), at(path, "name")),
  ];
  const benchmark = parts.join(" > ");
  const results = readArray(field(bench, "results"), at(path, "results"));
  if (results.length === 0) return [{ benchmark, reason: "The benchmark gave no result" }];
  return results.map((each, i) => {
    const where = at(at(path, "results"), i);
    const result = readObject(each, where);
    const failed = field(result, "failed");
    if (failed !== undefined) return { benchmark, reason: `The benchmark threw ${messageOf(failed)}` };
    const stats = readObject(field(result, "ok"), at(where, "ok"));
    const count = readPositive(field(stats, "n"), at(at(where, "ok"), "n"));
    const distribution = readQuantiles(
      { ...stats, mean: field(stats, "avg") },
      at(where, "ok"),
      KEYS,
      count,
      NANOSECOND,
    );
    const estimator = field(stats, "highPrecision") === true ? "nearest-rank" : "batch-means";
    return { benchmark, metric: "latency", unit: "s", better: "lower", distribution, estimator };
  });
}

function messageOf(error: unknown): string {
  const message = isObject(error) ? field(error, "message") : undefined;
  return typeof message === "string" && message !== "" ? JSON.stringify(message.slice(0, 200)) : "an error";
}
