import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, Told } from "../adapter.ts";
import {
  at,
  field,
  jsonOf,
  mistake,
  opensWith,
  readArray,
  readName,
  readObject,
  readPositive,
  readString,
  stripMark,
} from "../reading/json.ts";
import { readCell, readNameCell, readRecords } from "../reading/records.ts";
import { round } from "../reading/round.ts";

const HINTS = {
  remedy: "Give each benchmark of a group a name of its own, and each run a file of its own",
  nothing: "Run the benchmarks with `--json <file>`, and with a pattern that matches",
};
const REMEDY = "Give what criterion writes with `--json`";

const HEADER = /^\s*Name,Mean,MeanLB,MeanUB,Stddev,StddevLB,StddevUB\r?$/m;

/**
 * Criterion of Haskell: its `--json`, where every measured batch is a sample, its time over its iterations, and its `--csv`, which has the mean alone.
 * Seconds an iteration. The key is the path through the groups, `fib/10`. Batches grow while a benchmark is measured, so the median of their means is
 * what is compared. What it allocates an iteration is there under `+RTS -T`, and left alone: it is counted for batches that are too small to tell.
 */
export const haskellCriterion: Adapter = {
  name: "haskell-criterion",
  title: "Haskell criterion",
  command: "cabal bench --benchmark-options='--json $BENCHGATE_OUTPUT'",
  gives: { samples: true, p99: false, memory: false },
  exitCodes: [0],
  recognises: ({ text, json }) => {
    if (!opensWith(text, "[")) return isCsv(text);
    if (!/^\s*\[\s*"criterion"\s*,/.test(stripMark(text.slice(0, 1000)))) return false;
    const root = json();
    return Array.isArray(root) && Array.isArray(root[2]);
  },
  parse: (output) => {
    const { text } = output;
    if (isCsv(text)) return [round(readCsv(text), HINTS)];
    const [tool, version, reports] = readArray(jsonOf(output), "");
    if (tool !== "criterion") mistake('"criterion"', tool, at("", 0));
    readString(version, at("", 1));
    const told = readArray(reports, at("", 2)).map((each, i) => readReport(each, at(at("", 2), i)));
    return [round(told, HINTS)];
  },
};

function isCsv(text: string): boolean {
  const [first = ""] = stripMark(text.slice(0, 1000)).split("\n", 1);
  return HEADER.test(first);
}

function readCsv(text: string): readonly ToolMeasurement[] {
  return readRecords(text).map((record) =>
    latency(readNameCell(record, "Name", REMEDY), {
      kind: "value",
      value: readCell(record, "Mean", REMEDY),
      exact: false,
    }),
  );
}

/** A report: rows of numbers whose columns `reportKeys` names, `time` and `iters` among them. */
function readReport(value: unknown, path: string): Told {
  const report = readObject(value, path);
  const benchmark = readName(field(report, "reportName"), at(path, "reportName"));
  const keys = readArray(field(report, "reportKeys"), at(path, "reportKeys"));
  const [time, iterations] = ["time", "iters"].map((key) => {
    const column = keys.indexOf(key);
    return column < 0 ? mistake(`a column ${key}`, undefined, at(path, "reportKeys")) : column;
  });
  const where = at(path, "reportMeasured");
  const samples = readArray(field(report, "reportMeasured"), where).map((each, i) => {
    const [row, place] = [readArray(each, at(where, i)), at(where, i)];
    const count = readPositive(row[iterations!], at(place, iterations!));
    if (!(count >= 1)) mistake("at least one iteration", count, at(place, iterations!));
    return readPositive(row[time!], at(place, time!)) / count;
  });
  if (samples.length === 0) return { benchmark, reason: "It has no measurement" };
  return latency(benchmark, { kind: "samples", samples: Float64Array.from(samples) });
}

function latency(benchmark: string, distribution: ToolMeasurement["distribution"]): ToolMeasurement {
  return { benchmark, metric: "latency", unit: "s", better: "lower", distribution, estimator: "batch-means" };
}
