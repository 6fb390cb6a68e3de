import { largest } from "../../../model/extremes.ts";
import type { ToolMeasurement } from "../../../model/measurement.ts";
import type { Adapter, ParsedRound, Told, ToolFailure } from "../../adapter.ts";
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
  readString,
} from "../../reading/json.ts";
import { parted, round } from "../../reading/round.ts";
import { HINTS, isCsv, nameWith, readCsv } from "./csv.ts";

/**
 * Hyperfine's `--export-json`, and the medians of its `--export-csv`. Every run is a process of its own, so run k of all commands is round k: `times` needs no unpicking, and
 * a command with fewer runs is absent from the later rounds. Times are in seconds whatever `--time-unit` says.
 *
 * Parameters are part of the name, as `sort (n=10)`, so that a command keeps its name when another parameter joins.
 * A run that ended with an exit code other than zero is a failure, even under `--ignore-failure`: its time measures something else.
 * `user` and `system` are left out: hyperfine exports their means only, and a mean over processes belongs to no round.
 */
export const hyperfine: Adapter = {
  name: "hyperfine",
  title: "hyperfine",
  command: "hyperfine --shell=none --warmup 3 --runs 30 --export-json $BENCHGATE_OUTPUT './tool --version'",
  gives: { samples: true, p99: false, memory: true },
  exitCodes: [0],
  recognises: ({ text, json }) => {
    if (isCsv(text)) return true;
    const root = json();
    const results = isObject(root) ? field(root, "results") : undefined;
    return Array.isArray(results) && results.length > 0 && results.every(isBenchmark);
  },
  parse: (output) => {
    if (isCsv(output.text)) return [round(readCsv(output.text), HINTS)];
    const root = readObject(jsonOf(output), "");
    const benchmarks = readArray(field(root, "results"), "results").map((each, i) =>
      readBenchmark(each, at("results", i)),
    );
    const rounds = largest(
      benchmarks.map(({ runs }) => runs.length),
      1,
    );
    return Array.from({ length: rounds }, (_, k) => roundOf(benchmarks.flatMap(({ runs }) => runs[k] ?? [])));
  },
};

/** One run of one command: what it measured, or how it failed. */
type Run = readonly Told[];

function isBenchmark(value: unknown): boolean {
  return isObject(value) && typeof field(value, "command") === "string" && Array.isArray(field(value, "times"));
}

function roundOf(told: readonly Told[]): ParsedRound {
  const run = parted(told);
  round([...told, ...run.failures.map(asMeasurement)], HINTS);
  return run;
}

/** A failed run as the latency it would have been, so that its name takes part in the check for clashes. */
function asMeasurement({ benchmark }: ToolFailure): ToolMeasurement {
  return latencyOf(benchmark, 0);
}

function readBenchmark(value: unknown, path: string): { runs: readonly Run[] } {
  const result = readObject(value, path);
  const benchmark = nameOf(result, path);
  const times = readArray(field(result, "times"), at(path, "times"));
  const codes = perRun(result, "exit_codes", path, times.length);
  const memory = perRun(result, "memory_usage_byte", path, times.length);
  const runs = times.map((time, i): Run => {
    const seconds = readPositive(time, at(at(path, "times"), i));
    const code = codes?.[i];
    if (codes !== null && code !== 0)
      return [{ benchmark, reason: `Run ${i + 1} ${ending(code, at(at(path, "exit_codes"), i))}` }];
    const bytes =
      memory === null ? [] : [memoryOf(benchmark, readPositive(memory[i], at(at(path, "memory_usage_byte"), i)))];
    return [latencyOf(benchmark, seconds), ...bytes];
  });
  return { runs };
}

function nameOf(result: JsonObject, path: string): string {
  const command = readName(field(result, "command"), at(path, "command"));
  const given = field(result, "parameters");
  if (given === undefined || given === null) return command;
  const where = at(path, "parameters");
  return nameWith(
    command,
    Object.entries(readObject(given, where)).map(([key, value]) => [key, readString(value, at(where, key))]),
  );
}

/** A list with one entry a run, or null where this version of hyperfine does not write it. */
function perRun(result: JsonObject, key: string, path: string, runs: number): readonly unknown[] | null {
  if ((field(result, key) ?? null) === null) return null;
  const list = readArray(field(result, key), at(path, key));
  return list.length === runs ? list : mistake(`${runs} entries, one a run`, list.length, at(path, key));
}

/** Null where a signal ended the process. */
function ending(code: unknown, path: string): string {
  if (code === null) return "was ended by a signal";
  return Number.isInteger(code) ? `ended with exit code ${code}` : mistake("an exit code", code, path);
}

function latencyOf(benchmark: string, seconds: number): ToolMeasurement {
  return {
    benchmark,
    metric: "latency",
    unit: "s",
    better: "lower",
    distribution: { kind: "samples", samples: Float64Array.of(seconds) },
  };
}

function memoryOf(benchmark: string, bytes: number): ToolMeasurement {
  return {
    benchmark,
    metric: "memory",
    unit: "B",
    better: "lower",
    distribution: { kind: "samples", samples: Float64Array.of(bytes) },
  };
}
