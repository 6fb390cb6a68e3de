import type { Distribution, ToolMeasurement } from "../../../model/measurement.ts";
import type { Told } from "../../adapter.ts";
import {
  at,
  field,
  type JsonObject,
  mistake,
  readArray,
  readName,
  readNumber,
  readObject,
  readPositive,
  readSamples,
  readString,
} from "../../reading/json.ts";
import { isNotFinite } from "../../reading/json-nan.ts";
import { type QuantileKeys, readQuantiles } from "../../reading/quantiles.ts";
import { leftOut } from "../../reading/round.ts";

const NANOSECOND = 1e-9;

const KEYS: QuantileKeys = {
  0: "P0",
  0.25: "P25",
  0.5: "P50",
  0.67: "P67",
  0.8: "P80",
  0.85: "P85",
  0.9: "P90",
  0.95: "P95",
  1: "P100",
};

/** `UnitType` of a metric's descriptor: a number, a time in nanoseconds, a size in bytes (`BenchmarkDotNet.Columns.UnitType`). */
const UNITS: readonly (readonly [unit: string, scale: number])[] = [
  ["1", 1],
  ["s", NANOSECOND],
  ["B", 1],
];

/** What each launch of each benchmark told, over all reports. Throws a `GateError` with the path of what BenchmarkDotNet does not write. */
export function readReports(reports: readonly JsonObject[]): (readonly Told[])[][] {
  const found = reports.flatMap((report) =>
    readArray(field(report, "Benchmarks"), "Benchmarks").map((each, i) => {
      const path = at("Benchmarks", i);
      const entry = readObject(each, path);
      return { entry, path, name: nameOf(entry, path) };
    }),
  );
  const count = new Map<string, number>();
  for (const { name } of found) count.set(name, (count.get(name) ?? 0) + 1);
  return found.map(({ entry, path, name }) =>
    readLaunches(entry, path, count.get(name)! > 1 ? `${name}${jobOf(entry)}` : name),
  );
}

function nameOf(entry: JsonObject, path: string): string {
  const full = field(entry, "FullName");
  if (typeof full === "string") return readName(full, at(path, "FullName"));
  const part = (key: string) => readString(field(entry, key) ?? "", at(path, key));
  const method = readName(field(entry, "Method"), at(path, "Method"));
  const parameters = part("Parameters");
  const name = [part("Namespace"), part("Type"), method].filter((each) => each !== "").join(".");
  return parameters === "" ? name : `${name}(${parameters})`;
}

/** The job in `Type.Method: Job-ABC(Server=True) [N=10]`: what it sets, or its name where it sets nothing. */
function jobOf(entry: JsonObject): string {
  const info = field(entry, "DisplayInfo");
  const job = typeof info === "string" ? info.slice(info.indexOf(": ") + 2).split(" [", 1)[0]! : "";
  const [name, ...settings] = job.split("(");
  return job === "" ? "" : ` [${settings.length === 0 ? name : settings.join("(").replace(/\)$/, "")}]`;
}

function readLaunches(entry: JsonObject, path: string, benchmark: string): (readonly Told[])[] {
  if ((field(entry, "Statistics") ?? null) === null) {
    return [[{ benchmark, reason: "It gave no statistics: BenchmarkDotNet's log says why" }]];
  }
  const latencies = readLatencies(entry, path);
  const exact = readMemory(entry, path, benchmark);
  const others = readMetrics(entry, path, benchmark);
  return latencies.map((distribution) => [
    { benchmark, metric: "latency", unit: "s", better: "lower", distribution, estimator: "batch-means" },
    ...exact,
    // A mean over processes belongs to no round.
    ...(latencies.length === 1 ? others : []),
  ]);
}

function readLatencies(entry: JsonObject, path: string): Distribution[] {
  const where = at(path, "Measurements");
  const launches = new Map<number, number[]>();
  for (const [i, each] of readArray(field(entry, "Measurements") ?? [], where).entries()) {
    const measurement = readObject(each, at(where, i));
    if (field(measurement, "IterationMode") !== "Workload" || field(measurement, "IterationStage") !== "Result")
      continue;
    const number = (key: string) => readPositive(field(measurement, key), at(at(where, i), key));
    const [launch, operations] = [number("LaunchIndex"), number("Operations")];
    if (operations < 1) mistake("at least 1 operation", operations, at(at(where, i), "Operations"));
    const samples = launches.get(launch) ?? [];
    launches.set(launch, samples);
    samples.push((number("Nanoseconds") / operations) * NANOSECOND);
  }
  if (launches.size > 0) {
    return [...launches]
      .sort(([a], [b]) => a - b)
      .map(([, samples]) => ({ kind: "samples", samples: Float64Array.from(samples) }));
  }
  return [readStatistics(readObject(field(entry, "Statistics"), at(path, "Statistics")), at(path, "Statistics"))];
}

function readStatistics(statistics: JsonObject, path: string): Distribution {
  const values = field(statistics, "OriginalValues") ?? null;
  if (values !== null && readArray(values, at(path, "OriginalValues")).length > 0) {
    return { kind: "samples", samples: readSamples(values, at(path, "OriginalValues"), NANOSECOND) };
  }
  const mean = readPositive(field(statistics, "Mean"), at(path, "Mean")) * NANOSECOND;
  const percentiles = field(statistics, "Percentiles") ?? null;
  if (percentiles === null) return { kind: "value", value: mean, exact: false };
  const count = readPositive(field(statistics, "N"), at(path, "N"));
  const where = at(path, "Percentiles");
  const found = readQuantiles(readObject(percentiles, where), where, KEYS, count, NANOSECOND);
  return { ...found, mean } as Distribution;
}

function readMemory(entry: JsonObject, path: string, benchmark: string): ToolMeasurement[] {
  const memory = field(entry, "Memory") ?? null;
  const bytes =
    memory === null ? null : (field(readObject(memory, at(path, "Memory")), "BytesAllocatedPerOperation") ?? null);
  if (bytes === null) return [];
  const value = readPositive(bytes, at(at(path, "Memory"), "BytesAllocatedPerOperation"));
  return [
    {
      ...{ benchmark, metric: "memory", unit: "B", better: "lower", per: "operation" },
      distribution: { kind: "value", value, exact: true },
    },
  ];
}

/** What other diagnosers add; allocated memory is there a second time, and read from `Memory`. */
function readMetrics(entry: JsonObject, path: string, benchmark: string): Told[] {
  const where = at(path, "Metrics");
  return readArray(field(entry, "Metrics") ?? [], where).flatMap((each, i): Told[] => {
    const metric = readObject(each, at(where, i));
    const place = at(at(where, i), "Descriptor");
    const descriptor = readObject(field(metric, "Descriptor"), place);
    const name = readName(field(descriptor, "Id"), at(place, "Id"));
    if (name === "Allocated Memory") return [];
    const type = readPositive(field(descriptor, "UnitType") ?? 0, at(place, "UnitType"));
    const [unit, scale] = UNITS[type] ?? mistake("a unit type of 0 to 2", type, at(place, "UnitType"));
    const found = field(metric, "Value");
    if (isNotFinite(found)) return [leftOut(benchmark, name, found)];
    const value = readNumber(found, at(at(where, i), "Value")) * scale;
    const better = field(descriptor, "TheGreaterTheBetter") === true ? "higher" : "lower";
    return [{ benchmark, metric: name, unit, better, distribution: { kind: "value", value, exact: false } }];
  });
}
