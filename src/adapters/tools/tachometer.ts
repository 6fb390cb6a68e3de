import { GateError } from "../../model/error.ts";
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
  readString,
} from "../reading/json.ts";
import { round } from "../reading/round.ts";

const HINTS = {
  remedy: "Give each page and each measurement a name of its own",
  nothing: "Run `tach` with at least one benchmark and `--json-file`",
};

const MILLISECOND = 1e-3;
/** Where a page leaves its result unless it is told otherwise: in milliseconds. */
const OWN_RESULT = "window.tachometerResult";

/**
 * Tachometer's `--json-file`. Milliseconds; every sample is one load of the page, all of them of one run.
 *
 * The key is the name, with package version and browser in brackets: `search [paint] (fast-framework, chrome)`. The value of a JavaScript
 * expression other than tachometer's own may be anything, though tachometer prints `ms` behind it: it is a metric of the name of the
 * measurement, in a unit of that name. `bytes-sent`, the size of the page and all it loads from the local server, is exact.
 * Confidence intervals and `differences` compare the benchmarks of one run with each other, and are left out.
 */
export const tachometer: Adapter = {
  name: "tachometer",
  title: "Tachometer",
  command: "tach --config tachometer.json --json-file $BENCHGATE_OUTPUT",
  gives: { samples: true, p99: true, memory: false },
  exitCodes: [0],
  recognises: ({ json }) => {
    const root = json();
    const benchmarks = isObject(root) ? field(root, "benchmarks") : undefined;
    return Array.isArray(benchmarks) && benchmarks.length > 0 && benchmarks.every(isBenchmark);
  },
  parse: (output) => {
    const benchmarks = readArray(field(readObject(jsonOf(output), ""), "benchmarks"), "benchmarks").map((each, i) =>
      readObject(each, at("benchmarks", i)),
    );
    const measured = benchmarks.map((each, i) => readBenchmark(each, at("benchmarks", i)));
    const sizes = new Map(
      benchmarks.flatMap((each, i) => readSize(each, at("benchmarks", i))).map((size) => [size.benchmark, size]),
    );
    return [round([...measured, ...sizes.values()], HINTS)];
  },
};

function isBenchmark(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof field(value, "bytesSent") === "number" &&
    Array.isArray(field(value, "samples")) &&
    Array.isArray(field(value, "differences"))
  );
}

function readBenchmark(benchmark: JsonObject, path: string): ToolMeasurement {
  const name = readName(field(benchmark, "name"), at(path, "name"));
  const expression = expressionOf(benchmark, name, path);
  const samples = readSamples(field(benchmark, "samples"), at(path, "samples"), expression === null ? MILLISECOND : 1);
  if (samples.length === 0)
    throw new GateError("A benchmark without samples", HINTS.nothing, { path: at(path, "samples") });
  return {
    benchmark: withSetting(name, benchmark, path),
    metric: expression ?? "latency",
    unit: expression ?? "s",
    better: "lower",
    distribution: { kind: "samples", samples },
  };
}

/** The name of a measurement of no known unit, or null for one in milliseconds. Before 0.5 the file says no more than `page [measurement]`. */
function expressionOf(benchmark: JsonObject, name: string, path: string): string | null {
  const given = field(benchmark, "measurement");
  if (given === undefined) return /\[(window\..{1,200})\]$/.exec(name)?.[1]?.replace(OWN_RESULT, "") || null;
  const where = at(path, "measurement");
  const measurement = readObject(given, where);
  if (field(measurement, "mode") !== "expression" || field(measurement, "expression") === OWN_RESULT) return null;
  return readName(field(measurement, "name") ?? field(measurement, "expression"), at(where, "name"));
}

/** The bytes that a page and what it loads take up: once for each page, whatever was measured on it; none are known of other servers. */
function readSize(benchmark: JsonObject, path: string): ToolMeasurement[] {
  const value = readPositive(field(benchmark, "bytesSent"), at(path, "bytesSent"));
  const page = readString(field(benchmark, "name"), at(path, "name")).replace(/ \[[^\]]{0,1000}\]$/, "");
  const measurement = {
    metric: "bytes-sent",
    unit: "B",
    better: "lower",
    distribution: { kind: "value", value, exact: true },
  } as const;
  return value === 0 ? [] : [{ benchmark: withSetting(page, benchmark, path), ...measurement }];
}

function withSetting(name: string, benchmark: JsonObject, path: string): string {
  const version = field(benchmark, "version");
  const browser = field(benchmark, "browser");
  const setting = [
    ...(version === undefined ? [] : [readString(version, at(path, "version"))]),
    ...(browser === undefined
      ? []
      : [readName(field(readObject(browser, at(path, "browser")), "name"), at(at(path, "browser"), "name"))]),
  ];
  return setting.length === 0 ? name : `${name} (${setting.join(", ")})`;
}
