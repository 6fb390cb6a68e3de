import type { Distribution, ToolMeasurement } from "../../../model/measurement.ts";
import { at, field, isObject, type JsonObject, readObject, readPositive, readSamples } from "../../reading/json.ts";
import { type QuantileKeys, readQuantiles } from "../../reading/quantiles.ts";

/** Tinybench and Vitest count in milliseconds. */
const MILLISECOND = 1e-3;

const KEYS: QuantileKeys = {
  0: "min",
  0.5: "p50",
  0.75: "p75",
  0.99: "p99",
  0.995: "p995",
  0.999: "p999",
  1: "max",
};

/** Version 2, and Vitest up to 4 on top of it. */
const OLD_KEYS: QuantileKeys = { ...KEYS, 0.5: "median" };

/**
 * The latency of one tinybench result, or null where the task produced no statistics.
 *
 * Version 3 and newer hold a `latency` object with interpolated percentiles (type 7); version 2, and with it Vitest 1 to 4, holds the
 * same numbers flat, with nearest-rank percentiles and no median. Every sample is one call, so percentiles are percentiles of calls.
 * Raw samples are preferred. Throughput is left out: it is the same samples turned over, and would count every change twice.
 */
export function readLatency(
  result: JsonObject,
  path: string,
): Pick<ToolMeasurement, "distribution" | "estimator"> | null {
  const nested = field(result, "latency");
  const stats = nested === undefined ? result : readObject(nested, at(path, "latency"));
  const where = nested === undefined ? path : at(path, "latency");
  const samples = field(stats, "samples");
  if (Array.isArray(samples) && samples.length > 0) {
    return { distribution: { kind: "samples", samples: readSamples(samples, at(where, "samples"), MILLISECOND) } };
  }
  if ((field(stats, "mean") ?? null) === null) return null;
  const distribution = quantiles(stats, where, nested === undefined ? OLD_KEYS : KEYS);
  return { distribution, estimator: nested === undefined ? "nearest-rank" : "interpolated" };
}

/** Whether an object looks like what tinybench calls a result. */
export function isResult(value: unknown): boolean {
  if (!isObject(value)) return false;
  const statistics = field(value, "latency") ?? value;
  return (
    isObject(statistics) && ["mean", "sd", "rme", "p99"].every((key) => typeof field(statistics, key) === "number")
  );
}

function quantiles(stats: JsonObject, path: string, keys: QuantileKeys): Distribution {
  const named = ["samplesCount", "sampleCount"].find((key) => field(stats, key) !== undefined);
  const count =
    named === undefined
      ? readPositive(field(stats, "df"), at(path, "df")) + 1
      : readPositive(field(stats, named), at(path, named));
  return readQuantiles(stats, path, keys, count, MILLISECOND);
}
