import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter } from "../adapter.ts";
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
  readSamples,
} from "../reading/json.ts";
import { type QuantileKeys, readQuantiles } from "../reading/quantiles.ts";
import { round } from "../reading/round.ts";

const REMEDY = "Run each test once for a file";
const NOTHING = "Run pytest over tests that use the `benchmark` fixture, with `--benchmark-json`";

const KEYS: QuantileKeys = { 0: "min", 0.25: "q1", 0.5: "median", 0.75: "q3", 1: "max" };

/**
 * Pytest-benchmark's `--benchmark-json`, and the files of `--benchmark-save`. Seconds.
 *
 * `stats.data` holds one value for each of pytest's rounds, all inside one process: they are samples of one round. Where a value is the mean of
 * `iterations` > 1 calls it is a batch mean, whose percentiles are not percentiles of calls, and is marked so. Saved without
 * `--benchmark-save-data` there is no data: quartiles and extremes remain, and no p99.
 *
 * The key is `fullname` (file, class, test and parameters); `group` only arranges pytest's tables, and `extra_info` is nobody's business.
 * A test that fails after its benchmark still stands in the file as if nothing had happened: pytest's exit code tells.
 */
export const pytestBenchmark: Adapter = {
  name: "pytest-benchmark",
  title: "pytest-benchmark",
  command: "pytest --benchmark-only --benchmark-json=$BENCHGATE_OUTPUT",
  gives: { samples: true, p99: true, memory: false },
  // -k takes Python's words, not brackets: whole test functions are named, with all their parameters.
  filter: { all: "", only: (names) => [...new Set(names.map(testFunction))].join(" or ") },
  exitCodes: [0],
  recognises: ({ json }) => {
    const root = json();
    if (!isObject(root) || !isObject(field(root, "machine_info"))) return false;
    const benchmarks = field(root, "benchmarks");
    return Array.isArray(benchmarks) && benchmarks.every(isBenchmark);
  },
  parse: (output) => {
    const root = readObject(jsonOf(output), "");
    const benchmarks = readArray(field(root, "benchmarks"), "benchmarks");
    const measurements = benchmarks.map((each, i) => readBenchmark(each, at("benchmarks", i)));
    return [round(measurements, { remedy: REMEDY, nothing: NOTHING })];
  },
};

function isBenchmark(value: unknown): boolean {
  return isObject(value) && typeof field(value, "fullname") === "string" && isObject(field(value, "stats"));
}

function readBenchmark(value: unknown, path: string): ToolMeasurement {
  const object = readObject(value, path);
  const benchmark = readName(field(object, "fullname"), at(path, "fullname"));
  const stats = readObject(field(object, "stats"), at(path, "stats"));
  const file = benchmark.split("::")[0]!;
  return {
    benchmark,
    metric: "latency",
    unit: "s",
    better: "lower",
    ...readLatency(stats, at(path, "stats")),
    ...(benchmark.includes("::") ? { source: { file } } : {}),
  };
}

function readLatency(stats: JsonObject, path: string): Pick<ToolMeasurement, "distribution" | "estimator"> {
  const iterations = readPositive(field(stats, "iterations") ?? 1, at(path, "iterations"));
  const batches = iterations > 1 ? { estimator: "batch-means" } : {};
  const data = field(stats, "data");
  if ((data ?? null) !== null && readArray(data, at(path, "data")).length > 0) {
    return { distribution: { kind: "samples", samples: readSamples(data, at(path, "data")) }, ...batches };
  }
  const count = readPositive(field(stats, "rounds"), at(path, "rounds"));
  return { distribution: readQuantiles(stats, path, KEYS, count, 1), estimator: "interpolated", ...batches };
}

/** The function in `tests/test_a.py::TestB::test_c[10-x]`. */
function testFunction(fullname: string): string {
  return /([^:[]+)(?:\[.*)?$/s.exec(fullname)?.[1] ?? fullname;
}
