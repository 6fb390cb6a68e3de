import { encodeHistogram } from "../../../codec/histogram.ts";
import { GateError, placed } from "../../../model/error.ts";
import { largest } from "../../../model/extremes.ts";
import type { Distribution } from "../../../model/measurement.ts";
import type { Adapter, Told } from "../../adapter.ts";
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
  readNumber,
  readObject,
  readPositive,
  readString,
  stripMark,
} from "../../reading/json.ts";
import { isNotFinite } from "../../reading/json-nan.ts";
import { anyOf } from "../../reading/pattern.ts";
import { leftOut, round } from "../../reading/round.ts";
import { isTable, readTable } from "./csv.ts";
import { benchmarkName, HINTS, methodName, metricName, modeCalled, PERCENTILE } from "./names.ts";
import { jmhUnit } from "./units.ts";

const CONSOLE = /^# JMH version: /m;
/** One nanosecond: JMH's own step for sampled times. */
const TICK = 1e-9;

/**
 * JMH's JSON (`-rf json`), what kotlinx-benchmark writes in its likeness, and the scores of its CSV (`-rf csv`, `-rf scsv`). A fork is a JVM of its own, so fork k of all benchmarks is round k.
 *
 * A value of `rawData` is the mean of one iteration's operations: a batch mean, in `ss` mode only under a batch size. `sample` mode keeps every sampled
 * time in a histogram per iteration; a fork's are added up. Parameters, and the modes `sample` and `ss`, are part of the name.
 * `memory` is what the GC profiler finds allocated an operation (`gc.alloc.rate.norm`); other profilers' results and auxiliary counters keep their name, and are told
 * apart by ` [thrpt]` where a benchmark ran in modes thrpt and avgt. JMH leaves failed benchmarks out of the file.
 */
export const jmh: Adapter = {
  name: "jmh",
  title: "JMH",
  command: "java -jar benchmarks.jar -f 6 -rf json -rff $BENCHGATE_OUTPUT",
  gives: { samples: true, p99: true, memory: true },
  exitCodes: [0],
  filter: { all: ".", only: (names) => anyOf(names.map(methodName)) },
  recognises: ({ text, json }) => {
    if (!opensWith(text, "[")) return isTable(text) || isConsole(text);
    const root = json();
    return Array.isArray(root) && holdsSome(root, (each) => isObject(each) && isObject(field(each, "primaryMetric")));
  },
  parse: (output) => {
    const { text } = output;
    if (isTable(text)) return [round(readTable(text), HINTS)];
    if (isConsole(text)) {
      const problem = "This is what JMH prints, rounded and in the format of the system's language";
      throw new GateError(problem, "Run it with `-rf json -rff $BENCHGATE_OUTPUT`", { line: 1 });
    }
    const entries = readArray(jsonOf(output), "").map((each, i) => readObject(each, `[${i}]`));
    const timed = new Set(entries.filter((entry) => field(entry, "mode") === "avgt").map(identityOf));
    const benchmarks = entries.map((entry, i) => readBenchmark(entry, `[${i}]`, timed.has(identityOf(entry))));
    const rounds = largest(
      benchmarks.map(({ length }) => length),
      1,
    );
    return Array.from({ length: rounds }, (_, k) => {
      const told = benchmarks.flatMap((forks) => forks[k] ?? []);
      return round(told, HINTS);
    });
  },
};

function isConsole(text: string): boolean {
  return !opensWith(text, "[") && CONSOLE.test(stripMark(text).slice(0, 65_536));
}

/** What is the same for the modes of one benchmark. */
function identityOf(entry: JsonObject): string {
  return JSON.stringify([field(entry, "benchmark"), field(entry, "params")]);
}

/**
 * What each fork of one benchmark measured. Where it was also `timed` in mode avgt, what profilers and counters say beside its throughput goes under
 * a name of its own, for it has the same words there.
 */
function readBenchmark(entry: JsonObject, path: string, timed: boolean): readonly Told[][] {
  const mode = readString(field(entry, "mode"), at(path, "mode"));
  const known = modeCalled(mode) ?? mistake("thrpt, avgt, sample or ss", mode, at(path, "mode"));
  const params = readObject(field(entry, "params") ?? {}, at(path, "params"));
  const given = Object.entries(params).map(
    ([key, value]) => [key, readString(value, at(at(path, "params"), key))] as const,
  );
  const benchmark = benchmarkName(readName(field(entry, "benchmark"), at(path, "benchmark")), given, known);
  const single = mode === "ss" && (field(entry, "measurementBatchSize") ?? 1) === 1;
  const primary = readObject(field(entry, "primaryMetric"), at(path, "primaryMetric"));
  const forks = readMetric(primary, at(path, "primaryMetric"), {
    benchmark,
    name: known.metric,
    single,
    isPrimary: true,
  });
  const secondary = readObject(field(entry, "secondaryMetrics") ?? {}, at(path, "secondaryMetrics"));
  const beside = mode === "thrpt" && timed ? `${benchmark} [thrpt]` : benchmark;
  const others = Object.entries(secondary)
    .filter(([key]) => mode !== "sample" || !PERCENTILE.test(key))
    .map(([key, value]) => {
      const where = at(at(path, "secondaryMetrics"), key);
      const told = { benchmark: beside, name: metricName(key), single, isPrimary: false };
      return readMetric(readObject(value, where), where, told);
    });
  return forks.map((fork, k) => [...fork, ...others.flatMap((each) => each[k] ?? [])]);
}

function readMetric(
  metric: JsonObject,
  path: string,
  {
    benchmark,
    name,
    single,
    isPrimary,
  }: { readonly benchmark: string; readonly name: string; readonly single: boolean; readonly isPrimary: boolean },
): Told[][] {
  const scoreUnit = readString(field(metric, "scoreUnit"), at(path, "scoreUnit"));
  const { scale, ...unit } = placed({ path: at(path, "scoreUnit") }, () => jmhUnit(scoreUnit));
  if (unit.unit !== "1/s" && name === "throughput") mistake("operations in a time", scoreUnit, at(path, "scoreUnit"));
  if (unit.unit !== "B" && name === "memory") mistake("B/op", scoreUnit, at(path, "scoreUnit"));
  if (unit.unit !== "s" && name === "latency") mistake("a time an operation", scoreUnit, at(path, "scoreUnit"));
  const per = name === "memory" ? ({ per: "operation" } as const) : {};
  const common = { benchmark, metric: name, ...unit, ...per };
  const [histogram, raw] = [field(metric, "rawDataHistogram") ?? null, field(metric, "rawData") ?? null];
  if (histogram !== null) {
    const where = at(path, "rawDataHistogram");
    return readArray(histogram, where).map((fork, k) => [
      { ...common, distribution: addUp(fork, at(where, k), scale) },
    ]);
  }
  // What is no number costs what an author or a profiler counted beside the benchmark that alone.
  const odd = (value: unknown): Told =>
    isPrimary
      ? { benchmark, reason: `JMH reported ${value} ${scoreUnit} as its ${name}` }
      : leftOut(benchmark, name, String(value));
  if (raw === null && isNotFinite(field(metric, "score"))) return [[odd(field(metric, "score"))]];
  if (raw === null) {
    const value = readNumber(readNumber(field(metric, "score"), at(path, "score")) * scale, at(path, "score"));
    return [[{ ...common, distribution: { kind: "value", value, exact: false } }]];
  }
  const batches = unit.unit === "s" || unit.unit === "1/s" ? { estimator: "batch-means" } : {};
  return readArray(raw, at(path, "rawData")).map((fork, k) => {
    const where = at(at(path, "rawData"), k);
    const values = readArray(fork, where);
    if (values.length === 0) return [];
    const found = values.find(isNotFinite);
    if (found !== undefined) return [odd(found)];
    const samples = Float64Array.from(values, (value, i) =>
      readNumber(readNumber(value, at(where, i)) * scale, at(where, i)),
    );
    return [{ ...common, distribution: { kind: "samples", samples }, ...(single ? {} : batches) }];
  });
}

/** The histograms of a fork's iterations as one: lists of [time, count], in whole nanoseconds as JMH samples them. */
function addUp(fork: unknown, path: string, scale: number): Distribution {
  const counted = readArray(fork, path).flatMap((iteration, i) =>
    readArray(iteration, at(path, i)).map((pair, k): [number, number] => {
      const where = at(at(path, i), k);
      const [value, count, ...rest] = readArray(pair, where);
      const nanoseconds = Math.round((readPositive(value, where) * scale) / TICK);
      const times = readPositive(count, where);
      if (rest.length > 0 || !Number.isInteger(times) || times > 1e12 || nanoseconds > 1e15)
        mistake("a time and its count", pair, where);
      return [nanoseconds, times];
    }),
  );
  if (!counted.some(([, count]) => count > 0)) mistake("at least one sampled time", fork, path);
  return encodeHistogram(counted, TICK);
}
