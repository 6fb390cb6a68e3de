import { encodeHistogram } from "../../codec/histogram.ts";
import { GateError } from "../../model/error.ts";
import type { Direction, Distribution, ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter } from "../adapter.ts";
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
} from "../reading/json.ts";
import { round } from "../reading/round.ts";

const HINTS = {
  remedy: "Give each benchmark of a target a name of its own",
  nothing: "Run `swift package benchmark baseline update NAME`",
};

const NANOSECOND = 1e-9;

/** Metrics that have a name of ours, or are not counts: canonical unit and the factor into it. */
const METRICS: Readonly<
  Record<
    string,
    { readonly metric?: string; readonly unit: string; readonly scale?: number; readonly better?: Direction }
  >
> = {
  wallClock: { metric: "latency", unit: "s", scale: NANOSECOND },
  cpuUser: { unit: "s", scale: NANOSECOND },
  cpuSystem: { unit: "s", scale: NANOSECOND },
  cpuTotal: { unit: "s", scale: NANOSECOND },
  throughput: { metric: "throughput", unit: "1/s", better: "higher" },
  mallocCountTotal: { metric: "allocations", unit: "1" },
  peakMemoryResident: { metric: "memory", unit: "B" },
  peakMemoryResidentDelta: { unit: "B" },
  peakMemoryVirtual: { unit: "B" },
  allocatedResidentMemory: { unit: "B" },
  readBytesLogical: { unit: "B" },
  writeBytesLogical: { unit: "B" },
  readBytesPhysical: { unit: "B" },
  writeBytesPhysical: { unit: "B" },
};

/**
 * Swift's package-benchmark: the baseline that it keeps, `.benchmarkBaselines/TARGET/NAME/results.json`.
 *
 * Each metric is an HdrHistogram over the iterations (three significant digits, `hdr`); it is put into the form that recordings keep, each bucket at its
 * upper end and at most the largest value. A value is one iteration's, as the tool prints it without `--scale`: `scalingFactor` is the number of
 * times that a benchmark loops within. Counts keep their names in kebab case (`malloc-count-total`). Throughput is left out beside the wall clock, which
 * it is turned over. The key is target and name.
 */
export const swift: Adapter = {
  name: "swift",
  title: "Swift package-benchmark",
  command:
    "swift package --allow-writing-to-package-directory benchmark baseline update ci (`output: .benchmarkBaselines/TARGET/ci/results.json`)",
  gives: { samples: true, p99: true, memory: true },
  exitCodes: [0],
  recognises: ({ text, json }) => {
    const root = json();
    return (
      isObject(root) &&
      isObject(field(root, "machine")) &&
      Array.isArray(field(root, "results")) &&
      text.includes('"subBucketMask"')
    );
  },
  parse: (output) => {
    const results = readArray(field(readObject(jsonOf(output), ""), "results"), "results");
    // Swift writes a dictionary whose keys are no strings as a list in which keys and values take turns.
    if (results.length % 2 === 1)
      mistake("pairs of a benchmark and its metrics", results.at(-1), at("results", results.length - 1));
    const measurements = results.flatMap((value, i) =>
      i % 2 === 0 ? readBenchmark(value, results[i + 1], at("results", i), at("results", i + 1)) : [],
    );
    return [round(measurements, HINTS)];
  },
};

function readBenchmark(key: unknown, value: unknown, keyPath: string, path: string): ToolMeasurement[] {
  const identifier = readObject(key, keyPath);
  const benchmark = [
    readName(field(identifier, "target"), at(keyPath, "target")),
    readName(field(identifier, "name"), at(keyPath, "name")),
  ].join(" > ");
  const all = readArray(value, path).map((each, i) =>
    readMetric(benchmark, readObject(each, at(path, i)), at(path, i)),
  );
  return all.some(({ metric }) => metric === "latency") ? all.filter(({ metric }) => metric !== "throughput") : all;
}

function readMetric(benchmark: string, result: JsonObject, path: string): ToolMeasurement {
  const where = at(path, "metric");
  const [name, details] =
    Object.entries(readObject(field(result, "metric"), where))[0] ?? mistake("a metric", {}, where);
  const known = Object.hasOwn(METRICS, name) ? METRICS[name]! : { unit: "1" };
  const statistics = readObject(field(result, "statistics"), at(path, "statistics"));
  const histogram = readObject(field(statistics, "histogram"), at(at(path, "statistics"), "histogram"));
  const custom = name === "custom" && isObject(details) ? details : null;
  const larger = field(statistics, "prefersLarger") === true;
  return {
    benchmark,
    metric:
      custom === null ? (known.metric ?? kebab(name)) : readName(field(custom, "_0"), at(at(where, "custom"), "_0")),
    unit: known.unit,
    better: known.better ?? (larger ? "higher" : "lower"),
    distribution: readHistogram(histogram, at(at(path, "statistics"), "histogram"), known.scale ?? 1),
    estimator: "hdr",
  };
}

/** The buckets of an HdrHistogram: `HdrHistogram.valueFromIndex` and `highestEquivalentValue` of the Swift package. */
function readHistogram(histogram: JsonObject, path: string, scale: number): Distribution {
  const number = (key: string) => readPositive(field(histogram, key), at(path, key));
  const [unitMagnitude, halfMagnitude, most] = [
    number("unitMagnitude"),
    number("subBucketHalfCountMagnitude"),
    number("maxValue"),
  ];
  if (unitMagnitude > 40 || halfMagnitude > 20 || !Number.isSafeInteger(most))
    mistake("the layout of a histogram", halfMagnitude, path);
  const half = 2 ** halfMagnitude;
  const counted: [value: number, count: number][] = [];
  for (const [i, count] of readArray(field(histogram, "counts"), at(path, "counts")).entries()) {
    const times = readPositive(count, at(at(path, "counts"), i));
    const exponent = Math.max(0, Math.floor(i / half) - 1);
    const step = 2 ** (exponent + unitMagnitude);
    if (times > 0) counted.push([Math.min((i - exponent * half) * step + step - 1, most), times]);
  }
  if (
    counted.length === 0 ||
    !counted.every(([value, count]) => Number.isSafeInteger(value) && Number.isSafeInteger(count))
  ) {
    throw new GateError("A histogram without values", "Run the benchmark for at least one iteration", {
      path: at(path, "counts"),
    });
  }
  return encodeHistogram(counted, scale);
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}
