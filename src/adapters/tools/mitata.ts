import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, Told } from "../adapter.ts";
import {
  at,
  field,
  isObject,
  type JsonObject,
  jsonOf,
  mistake,
  readArray,
  readName,
  readObject,
  readPositive,
  readSamples,
  readString,
  stripMark,
} from "../reading/json.ts";
import { type QuantileKeys, readQuantiles } from "../reading/quantiles.ts";
import { round } from "../reading/round.ts";

const NANOSECOND = 1e-9;
/** Calls in a batch: mitata times fast functions so many at once, and gives their mean. */
const BATCH = 4096;
/** As many samples as mitata may take off its list, the two smallest and the two largest. */
const TRIMMED = 4;

const KEYS: QuantileKeys = { 0: "min", 0.25: "p25", 0.5: "p50", 0.75: "p75", 0.99: "p99", 0.999: "p999", 1: "max" };

/**
 * Mitata's `run({ format: "json" })`. Nanoseconds.
 *
 * The key is group, name, and the arguments that the name does not show as `$argument`: `strings > repeat 300`, `many args (a=1, b=x)`.
 * Raw samples are taken where they are kept (`json: { samples: true }`, the default); mitata sorts them and drops the two smallest and the
 * two largest, so its minimum and maximum are not the true ones. Fast functions are timed in batches of 4,096 calls, whose means are marked
 * `batch-means`. Its percentiles are samples at the rank below. Memory is the mean growth of the heap over one call, where mitata measured it;
 * hardware counters and garbage collections are left out. A benchmark that throws is a failure, though mitata ends with exit code 0.
 */
export const mitata: Adapter = {
  name: "mitata",
  title: "Mitata",
  command: "node bench.js > $BENCHGATE_OUTPUT, with run({ format: { json: { debug: false } } })",
  gives: { samples: true, p99: true, memory: true },
  exitCodes: [0],
  recognises: ({ text, json }) => {
    const root = stripMark(text.slice(0, 4096)).trimStart().startsWith('{"layout"') ? json() : undefined;
    return isObject(root) && Array.isArray(field(root, "layout")) && Array.isArray(field(root, "benchmarks"));
  },
  parse: (output) => {
    const root = readObject(jsonOf(output), "");
    const layout = readArray(field(root, "layout"), "layout");
    const told = readArray(field(root, "benchmarks"), "benchmarks").flatMap((each, i) =>
      readBenchmark(readObject(each, at("benchmarks", i)), at("benchmarks", i), layout),
    );
    const hints = { remedy: "Give each benchmark of a group a name of its own", nothing: "Call bench() before run()" };
    return [round(told, hints)];
  },
};

function readBenchmark(benchmark: JsonObject, path: string, layout: readonly unknown[]): Told[] {
  const alias = readName(field(benchmark, "alias"), at(path, "alias"));
  const place = readPositive(field(benchmark, "group"), at(path, "group"));
  const collection = readObject(layout[place], at("layout", place));
  const group = field(collection, "name");
  const prefix = typeof group === "string" && group !== "" ? `${group} > ` : "";
  return readArray(field(benchmark, "runs"), at(path, "runs")).flatMap((each, i): Told[] => {
    const where = at(at(path, "runs"), i);
    const run = readObject(each, where);
    const name = `${prefix}${nameOf(run, where, alias)}`;
    const error = field(run, "error");
    if ((error ?? null) !== null) return [{ benchmark: name, reason: `The benchmark threw ${messageOf(error)}` }];
    return readStats(name, readObject(field(run, "stats"), at(where, "stats")), at(where, "stats"));
  });
}

/** The name of a run with the arguments that its alias does not mention, so that a name does not depend on the other runs. */
function nameOf(run: JsonObject, path: string, alias: string): string {
  const given = Object.entries(readObject(field(run, "args") ?? {}, at(path, "args")));
  const silent = given.filter(([key]) => !alias.includes(`$${key}`)).map(([key, value]) => `${key}=${textOf(value)}`);
  const name = readString(field(run, "name"), at(path, "name"));
  return silent.length === 0 ? name : `${name} (${silent.join(", ")})`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");
}

function readStats(benchmark: string, stats: JsonObject, path: string): ToolMeasurement[] {
  const latency = { benchmark, metric: "latency", unit: "s", better: "lower" } as const;
  const ticks = readPositive(field(stats, "ticks"), at(path, "ticks"));
  const [heap, allocated] = heapOf(stats, path);
  const memory = { benchmark, metric: "memory", unit: "B", better: "lower", per: "operation" } as const;
  const memories: ToolMeasurement[] =
    allocated === null ? [] : [{ ...memory, distribution: { kind: "value", value: allocated, exact: false } }];
  const raw = field(stats, "samples");
  if (Array.isArray(raw) && raw.length > 0) {
    const batches = ticks > raw.length ? { estimator: "batch-means" } : {};
    const samples = readSamples(raw, at(path, "samples"), NANOSECOND);
    return [{ ...latency, distribution: { kind: "samples", samples }, ...batches }, ...memories];
  }
  // The number of batches is not written; the heap is looked at once a sample, which tells a multiple of 4,096 calls from as many batches.
  const inBatches = ticks >= BATCH && ticks % BATCH === 0 && heap <= ticks / BATCH + TRIMMED;
  const count = inBatches ? ticks / BATCH : ticks;
  const quantiles = readQuantiles({ ...stats, mean: field(stats, "avg") }, path, KEYS, count, NANOSECOND);
  if (quantiles.kind === "quantiles" && quantiles.quantiles["0.5"] === undefined)
    mistake("a median", undefined, at(path, "p50"));
  return [{ ...latency, distribution: quantiles, estimator: inBatches ? "batch-means" : "lower-rank" }, ...memories];
}

/** How often the heap was looked at, and the mean growth in bytes; null where it was never, or where it only shrank. */
function heapOf(stats: JsonObject, path: string): readonly [times: number, bytes: number | null] {
  const heap = field(stats, "heap");
  if (!isObject(heap)) return [0, null];
  const where = at(path, "heap");
  const times = readPositive(field(heap, "_"), at(where, "_"));
  return [times, times === 0 ? null : readPositive(field(heap, "avg"), at(where, "avg"))];
}

function messageOf(error: unknown): string {
  const message = isObject(error) ? field(error, "message") : error;
  return typeof message === "string" && message !== "" ? JSON.stringify(message.slice(0, 200)) : "an error";
}
