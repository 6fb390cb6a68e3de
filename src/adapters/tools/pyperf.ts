import { GateError } from "../../model/error.ts";
import { largest } from "../../model/extremes.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter } from "../adapter.ts";
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
  readSamples,
  readString,
  stripMark,
} from "../reading/json.ts";
import { round } from "../reading/round.ts";

const HINTS = {
  remedy: "Give each benchmark of the script a name of its own",
  nothing: "Let pyperf measure values, not only calibrate: run the script with `-o`",
};

/** What pyperf's units are here. */
const UNITS: Readonly<Record<string, Pick<ToolMeasurement, "metric" | "unit">>> = {
  second: { metric: "latency", unit: "s" },
  byte: { metric: "memory", unit: "B" },
  integer: { metric: "integer", unit: "1" },
};

/** `pyperf stats`, which people keep beside the JSON that it describes. */
const STATS = /^Number of run with values: /m;

/**
 * Pyperf's JSON (`-o`). Every run is a worker process of its own, so run k of all benchmarks is round k; runs that only calibrate, and the
 * warm-ups of every run, are cut. Metadata holds for a run where the run, its benchmark or the suite says so, in that order.
 *
 * Each value is the mean of `loops` × `inner_loops` calls, so percentiles are percentiles of batch means and marked so. `memory` is the worker's
 * peak resident set (`mem_max_rss`), Python and pyperf included; under `--track-memory` it is the value itself.
 */
export const pyperf: Adapter = {
  name: "pyperf",
  title: "pyperf",
  command: "python -m pyperf timeit -o $BENCHGATE_OUTPUT 'sorted(range(100))'",
  gives: { samples: true, p99: false, memory: true },
  exitCodes: [0],
  recognises: ({ text, json }) => {
    if (!opensWith(text, "{")) return isStats(text);
    const root = json();
    const benchmarks = isObject(root) ? field(root, "benchmarks") : undefined;
    return (
      isObject(root) &&
      typeof field(root, "version") === "string" &&
      Array.isArray(benchmarks) &&
      holdsSome(benchmarks, (each) => isObject(each) && Array.isArray(field(each, "runs")))
    );
  },
  parse: (output) => {
    const { text } = output;
    if (isStats(text)) {
      throw new GateError("This is what `pyperf stats` prints", "Give the JSON file that pyperf wrote with `-o`", {
        line: 1,
      });
    }
    const root = readObject(jsonOf(output), "");
    const version = readString(field(root, "version"), "version");
    if (version !== "1.0") mistake('the version "1.0"', version, "version");
    const suite = readObject(field(root, "metadata") ?? {}, "metadata");
    const benchmarks = readArray(field(root, "benchmarks"), "benchmarks").map((each, i) =>
      readBenchmark(readObject(each, at("benchmarks", i)), at("benchmarks", i), suite),
    );
    const rounds = largest(
      benchmarks.map(({ length }) => length),
      1,
    );
    return Array.from({ length: rounds }, (_, k) =>
      round(
        benchmarks.flatMap((runs) => runs[k] ?? []),
        HINTS,
      ),
    );
  },
};

function isStats(text: string): boolean {
  return !opensWith(text, "{") && STATS.test(stripMark(text).slice(0, 4096));
}

/** What each worker that took values measured. */
function readBenchmark(benchmark: JsonObject, path: string, suite: JsonObject): readonly ToolMeasurement[][] {
  const own = readObject(field(benchmark, "metadata") ?? {}, at(path, "metadata"));
  const runs = at(path, "runs");
  return readArray(field(benchmark, "runs"), runs).flatMap((each, i) => {
    const run = readObject(each, at(runs, i));
    if (field(run, "values") === undefined) return [];
    const metadata = readObject(field(run, "metadata") ?? {}, at(at(runs, i), "metadata"));
    return [readRun(run, at(runs, i), (key) => field(metadata, key) ?? field(own, key) ?? field(suite, key))];
  });
}

function readRun(run: JsonObject, path: string, fact: (key: string) => unknown): ToolMeasurement[] {
  const where = (key: string) => at(at(path, "metadata"), key);
  const benchmark = readName(fact("name"), where("name"));
  const unit = readString(fact("unit") ?? "second", where("unit"));
  const known = Object.hasOwn(UNITS, unit) ? UNITS[unit]! : mistake("second, byte or integer", unit, where("unit"));
  const calls =
    readPositive(fact("loops") ?? 1, where("loops")) * readPositive(fact("inner_loops") ?? 1, where("inner_loops"));
  const samples = readSamples(field(run, "values"), at(path, "values"));
  if (samples.length === 0) return mistake("values", field(run, "values"), at(path, "values"));
  const value: ToolMeasurement = {
    benchmark,
    ...known,
    better: "lower",
    distribution: { kind: "samples", samples },
    ...(known.metric === "latency" && calls > 1 ? { estimator: "batch-means" } : {}),
  };
  const peak = fact("mem_max_rss");
  if (peak === undefined || known.metric === "memory") return [value];
  const bytes = Float64Array.of(readPositive(peak, where("mem_max_rss")));
  const memory = { metric: "memory", unit: "B", better: "lower", distribution: { kind: "samples", samples: bytes } };
  return [value, { benchmark, ...(memory as Omit<ToolMeasurement, "benchmark">) }];
}
