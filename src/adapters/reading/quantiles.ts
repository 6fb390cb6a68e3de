import type { Distribution } from "../../model/measurement.ts";
import { at, field, type JsonObject, mistake, readPositive } from "./json.ts";

/** Where a tool keeps its percentiles: level ("0.99"; "0" is the minimum) → the key's name ("p99"). */
export type QuantileKeys = Readonly<Record<string, string>>;

/**
 * The percentiles of an object, each multiplied by `scale`. A level that the object does not hold (absent or null) is left out.
 * Throws a `GateError` with path for a percentile that is not a number of at least zero, and for a count below one.
 */
export function readQuantiles(
  object: JsonObject,
  path: string,
  keys: QuantileKeys,
  count: number,
  scale: number,
): Distribution {
  if (!Number.isInteger(count) || count < 1) mistake("a count of at least 1 sample", count, path);
  const read = (key: string) =>
    (field(object, key) ?? null) === null ? [] : [readPositive(field(object, key), at(path, key)) * scale];
  const quantiles = Object.entries(keys).flatMap(([level, key]) => read(key).map((value) => [level, value] as const));
  const [mean] = read("mean");
  return {
    kind: "quantiles",
    quantiles: Object.fromEntries(quantiles),
    count,
    ...(mean === undefined ? {} : { mean }),
  };
}
