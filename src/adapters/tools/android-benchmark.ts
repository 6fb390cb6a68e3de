import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, Told } from "../adapter.ts";
import {
  at,
  field,
  holdsSome,
  isObject,
  type JsonObject,
  jsonOf,
  opensWith,
  readArray,
  readName,
  readNumber,
  readObject,
} from "../reading/json.ts";
import { round } from "../reading/round.ts";

const HINTS = {
  remedy: "Give each test of a class a name of its own",
  nothing: "Run the tests with `androidx.benchmark.output.enable` set to true",
};

/** Units at the end of a metric's name. */
const UNITS: Readonly<Record<string, Pick<ToolMeasurement, "unit"> & { readonly scale: number }>> = {
  Ns: { unit: "s", scale: 1e-9 },
  Us: { unit: "s", scale: 1e-6 },
  Ms: { unit: "s", scale: 1e-3 },
  Bytes: { unit: "B", scale: 1 },
  Kb: { unit: "B", scale: 1024 },
};
const UNIT = /(?:Ns|Us|Ms|Bytes|Kb)$/;

/** What a microbenchmark measures: one call of its loop. */
const CALL = "timeNs";
/** How much time was left of a frame's: below zero where none was missing, so that no ratio of it means anything. */
const SIGNED = /^frameOverrun/;

/**
 * The `benchmarkData.json` of Jetpack Benchmark (androidx.benchmark), micro and macro. The key is class and test. `timeNs` is the latency of a test, every
 * run a mean of so many calls; every other time is the latency of its own name behind it, `Startup.cold > timeToInitialDisplayMs`, with a sample
 * for each iteration, or for each frame. Allocations are counted by call. Any other metric keeps its name; the end of it tells its unit.
 */
export const androidBenchmark: Adapter = {
  name: "android-benchmark",
  title: "Android Jetpack Benchmark",
  command:
    "./gradlew connectedReleaseAndroidTest -P android.testInstrumentationRunnerArguments.androidx.benchmark.output.enable=true && cp …/*-benchmarkData.json $BENCHGATE_OUTPUT",
  gives: { samples: true, p99: true, memory: true },
  exitCodes: [0],
  recognises: ({ text, json }) => {
    if (!opensWith(text, "{")) return false;
    const root = json();
    const benchmarks = isObject(root) ? field(root, "benchmarks") : undefined;
    return (
      Array.isArray(benchmarks) &&
      holdsSome(
        benchmarks,
        (each) => isObject(each) && typeof field(each, "className") === "string" && isObject(field(each, "metrics")),
      )
    );
  },
  parse: (output) => {
    const root = readObject(jsonOf(output), "");
    const benchmarks = readArray(field(root, "benchmarks"), "benchmarks");
    return [
      round(
        benchmarks.flatMap((each, i) => readBenchmark(each, at("benchmarks", i))),
        HINTS,
      ),
    ];
  },
};

function readBenchmark(value: unknown, path: string): readonly Told[] {
  const result = readObject(value, path);
  const name = readName(field(result, "name"), at(path, "name"));
  const benchmark = `${readName(field(result, "className"), at(path, "className"))}.${name}`;
  const told = ["metrics", "sampledMetrics"].flatMap((key) => {
    const where = at(path, key);
    const metrics = readObject(field(result, key) ?? {}, where);
    return Object.entries(metrics).map(([metric, each]) =>
      readMetric(readObject(each, at(where, metric)), at(where, metric), benchmark, metric),
    );
  });
  return told.length > 0 ? told : [{ benchmark, reason: "It has no metrics" }];
}

function readMetric(value: JsonObject, path: string, test: string, name: string): Told {
  const where = at(path, "runs");
  // One number a run, or a list of those of its frames.
  const runs = readArray(field(value, "runs"), where).flatMap((run, i) =>
    Array.isArray(run) ? run.map((each, k) => readNumber(each, at(at(where, i), k))) : [readNumber(run, at(where, i))],
  );
  const { unit, scale } = UNITS[UNIT.exec(name)?.[0] ?? ""] ?? { unit: "1", scale: 1 };
  const { benchmark, ...metric } = identityOf(test, name, unit);
  if (runs.length === 0) return { benchmark, reason: `It has no runs of ${name}` };
  const samples = Float64Array.from(runs, (run) => run * scale);
  return {
    ...{ benchmark, unit, better: "lower", ...metric, distribution: { kind: "samples", samples } },
    ...(name === CALL ? { estimator: "batch-means" } : {}),
  };
}

/** What a metric of a test is here: a time is a latency, of the test or of what the metric is called. */
function identityOf(test: string, name: string, unit: string): Pick<ToolMeasurement, "benchmark" | "metric"> {
  if (name === CALL) return { benchmark: test, metric: "latency" };
  if (name === "allocationCount") return { benchmark: test, metric: "allocations" };
  return unit === "s" && !SIGNED.test(name)
    ? { benchmark: `${test} > ${name}`, metric: "latency" }
    : { benchmark: test, metric: name };
}
