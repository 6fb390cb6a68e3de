import { GateError } from "../../model/error.ts";
import type { Distribution, ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter } from "../adapter.ts";
import {
  at,
  field,
  isObject,
  type JsonObject,
  jsonOf,
  mistake,
  opensWith,
  readArray,
  readObject,
  readPositive,
  readSamples,
  readString,
} from "../reading/json.ts";
import { round } from "../reading/round.ts";

const HINTS = {
  remedy: "Save one group a file",
  nothing: "Save what `run(suite)` gives: `BenchmarkTools.save(path, run(suite))`",
};

const NANOSECOND = 1e-9;

/**
 * `BenchmarkTools.save` of Julia: a list of versions and tagged values, groups in groups down to a `Trial` (all times) or a `TrialEstimate` (one
 * number, what `median` or `minimum` left). Times are nanoseconds an evaluation, a mean where `evals` is above 1.
 *
 * The key is the path through the groups, `fib/20`. `memory` (bytes) and `allocations` are what Julia counts for one evaluation, and exact.
 * Parameters, ratios and judgements hold no measurements and are refused.
 */
export const juliaBenchmarkTools: Adapter = {
  name: "julia-benchmarktools",
  title: "Julia BenchmarkTools",
  command: 'julia --project bench.jl, which ends with BenchmarkTools.save(ENV["BENCHGATE_OUTPUT"], run(suite))',
  gives: { samples: true, p99: true, memory: true },
  exitCodes: [0],
  recognises: ({ text, json }) => {
    if (!opensWith(text, "[") || !text.slice(0, 4096).includes('"BenchmarkTools"')) return false;
    const root = json();
    return Array.isArray(root) && isObject(root[0]) && typeof field(root[0], "BenchmarkTools") === "string";
  },
  parse: (output) => {
    const [versions, values] = readArray(jsonOf(output), "");
    readString(field(readObject(versions, "[0]"), "BenchmarkTools"), "[0].BenchmarkTools");
    const saved = readArray(values, "[1]");
    return [
      round(
        saved.flatMap((each, i) => readValue(each, at("[1]", i), [])),
        HINTS,
      ),
    ];
  },
};

/** A value as `[type, content]`, below the groups of `name`. */
function readValue(value: unknown, path: string, name: readonly string[]): ToolMeasurement[] {
  if (name.length > 50) mistake("groups in groups, 50 deep at most", value, path);
  const pair = readArray(value, path);
  const type = readString(pair[0], at(path, 0));
  const where = at(path, 1);
  if (type === "BenchmarkGroup") {
    const data = readObject(field(readObject(pair[1], where), "data"), at(where, "data"));
    return Object.entries(data).flatMap(([key, child]) => readValue(child, at(at(where, "data"), key), [...name, key]));
  }
  if (type !== "Trial" && type !== "TrialEstimate") {
    throw new GateError(`A ${type.slice(0, 40)} holds no measurements`, HINTS.nothing, { path });
  }
  return readTrial(readObject(pair[1], where), where, name.length === 0 ? "benchmark" : name.join("/"), type);
}

/** What BenchmarkTools keeps of one benchmark, however the file around it is made. Its parameters are an object, or one behind the name of its type. */
export function readTrial(
  trial: JsonObject,
  path: string,
  benchmark: string,
  type: "Trial" | "TrialEstimate",
): ToolMeasurement[] {
  const number = (key: string) => readPositive(field(trial, key), at(path, key));
  const exactly = (value: number): Distribution => ({ kind: "value", value, exact: true });
  const memory = exactly(number("memory"));
  const allocations = exactly(number("allocs"));
  return [
    { benchmark, metric: "latency", unit: "s", better: "lower", ...readTimes(trial, path, type) },
    { benchmark, metric: "memory", unit: "B", better: "lower", per: "operation", distribution: memory },
    { benchmark, metric: "allocations", unit: "1", better: "lower", distribution: allocations },
  ];
}

function readTimes(trial: JsonObject, path: string, type: string): Pick<ToolMeasurement, "distribution" | "estimator"> {
  const given = field(trial, "params") ?? [];
  const params = isObject(given) ? given : readArray(given, at(path, "params"))[1];
  const evals = isObject(params) ? field(params, "evals") : 1;
  const batches = typeof evals === "number" && evals > 1 ? { estimator: "batch-means" } : {};
  if (type === "TrialEstimate") {
    const value = readPositive(field(trial, "time"), at(path, "time")) * NANOSECOND;
    return { distribution: { kind: "value", value, exact: false }, ...batches };
  }
  const samples = readSamples(field(trial, "times"), at(path, "times"), NANOSECOND);
  if (samples.length === 0) mistake("at least one time", [], at(path, "times"));
  return { distribution: { kind: "samples", samples }, ...batches };
}
