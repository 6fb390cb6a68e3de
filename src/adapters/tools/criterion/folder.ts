import { GateError, placed } from "../../../model/error.ts";
import type { ToolMeasurement } from "../../../model/measurement.ts";
import {
  at,
  field,
  type JsonObject,
  parseJson,
  readArray,
  readName,
  readObject,
  readPositive,
} from "../../reading/json.ts";
import { perCall } from "./samples.ts";

/** Criterion's wall clock counts in nanoseconds. */
const NANOSECOND = 1e-9;

/**
 * The latency of every benchmark in `target/criterion`, from the files in its `new` folders by their paths. The name is the `full_id` of
 * benchmark.json: folder names are shortened and cleaned. Samples come from sample.json (Criterion 0.2 wrote two lists instead of an object); where that is
 * missing, estimates.json has mean and median.
 * Throws a `GateError` with file and path for what cannot be read, and for a benchmark whose name or whose numbers are missing.
 */
export function readFolder(files: ReadonlyMap<string, string>): ToolMeasurement[] {
  const folders = [...new Set([...files.keys()].map((path) => path.slice(0, path.lastIndexOf("/") + 1)))].sort();
  return folders.map((folder) => {
    const named = read(files, `${folder}benchmark.json`, (value) =>
      readName(field(readObject(value, ""), "full_id"), "full_id"),
    );
    const measured =
      read(files, `${folder}sample.json`, readSample) ??
      read(files, `${folder}estimates.json`, (value) => readEstimates(readObject(value, "")));
    if (named === null) throw missing(`${folder}benchmark.json`);
    if (measured === null) throw missing(`${folder}sample.json`);
    return { benchmark: named, metric: "latency", unit: "s", better: "lower", ...measured };
  });
}

function read<T>(files: ReadonlyMap<string, string>, path: string, as: (value: unknown) => T): T | null {
  const text = files.get(path);
  return text === undefined ? null : placed({ file: path }, () => as(parseJson(text)));
}

type Measured = Pick<ToolMeasurement, "distribution" | "estimator">;

function readSample(value: unknown): Measured {
  if (Array.isArray(value))
    return perCall(readArray(value[1], "[1]"), readArray(value[0], "[0]"), "[1]", "[0]", NANOSECOND);
  const sample = readObject(value, "");
  return perCall(
    readArray(field(sample, "times"), "times"),
    readArray(field(sample, "iters"), "iters"),
    "times",
    "iters",
    NANOSECOND,
  );
}

/** Mean and median of batches whose number the file does not tell, so there is one number: the median. */
function readEstimates(estimates: JsonObject): Measured {
  const key = field(estimates, "median") === undefined ? "Median" : "median";
  const estimate = readObject(field(estimates, key), key);
  const value = readPositive(field(estimate, "point_estimate"), at(key, "point_estimate")) * NANOSECOND;
  return { distribution: { kind: "value", value, exact: false }, estimator: "batch-means" };
}

function missing(file: string): GateError {
  return new GateError(
    "It is missing from the files of its benchmark",
    "Give the folder target/criterion as Criterion left it",
    { file },
  );
}
