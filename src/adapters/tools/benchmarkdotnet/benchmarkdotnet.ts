import { GateError, placed } from "../../../model/error.ts";
import { largest } from "../../../model/extremes.ts";
import type { Adapter, ParsedRound, Told, ToolOutput } from "../../adapter.ts";
import { field, isObject, jsonOf, opensWith, readObject } from "../../reading/json.ts";
import { outputOf } from "../../reading/output.ts";
import { round } from "../../reading/round.ts";
import { readReports } from "./report.ts";

const HINTS = {
  remedy: "Run each benchmark once, and name its parameters",
  nothing: "Run the benchmarks with `--exporters json`, and with a filter that matches",
};

/** The JSON reports that BenchmarkDotNet writes for one class, the fullest first. */
const REPORTS = [
  "-report-full-compressed.json",
  "-report-full.json",
  "-report-brief-compressed.json",
  "-report-brief.json",
];

/** The first line of the CSV report, whatever the locale's separator is. */
const CSV = /^\uFEFF?Method[,;\t]Job[,;\t]AnalyzeLaunchVariance[,;\t]/;

/**
 * BenchmarkDotNet's JSON exporters, full or brief, one file or the folder `BenchmarkDotNet.Artifacts/results` with one for each class.
 *
 * A full report tells which launch, a process of its own, measured what: launch k of all benchmarks is round k. A brief one does not, so it is
 * one round. Each value is the mean of an iteration's operations, in nanoseconds, after BenchmarkDotNet took overhead and outliers away.
 * Version 0.9 writes percentiles only. `memory` is what the memory diagnoser counts an operation, which is deterministic; other diagnosers' metrics
 * keep their name. Where several jobs run one method, the job is part of the name. A benchmark without statistics is a failure.
 */
export const benchmarkDotNet: Adapter = {
  name: "benchmarkdotnet",
  title: "BenchmarkDotNet",
  command:
    "dotnet run -c Release -- --filter '*' --launchCount 6 --memory --exporters json   (output: BenchmarkDotNet.Artifacts/results)",
  gives: { samples: true, p99: false, memory: true },
  exitCodes: [0],
  recognises: ({ text, json }) => {
    if (!opensWith(text, "{")) return CSV.test(text.slice(0, 100));
    const root = json();
    return isObject(root) && isObject(field(root, "HostEnvironmentInfo")) && Array.isArray(field(root, "Benchmarks"));
  },
  parse: (output) => conclude(readReports([readReport(output)])),
  folder: {
    patterns: REPORTS.map((ending) => `**/*${ending}`),
    parse: (files) =>
      conclude(
        readReports(
          fullest([...files.keys()]).map((path) =>
            placed({ file: path }, () => readReport(outputOf(files.get(path)!))),
          ),
        ),
      ),
  },
};

function readReport(output: ToolOutput) {
  if (CSV.test(output.text.slice(0, 100))) {
    const problem = "This is BenchmarkDotNet's CSV, rounded and in the format of the system's language";
    throw new GateError(problem, "Run it with `--exporters json`", { line: 1 });
  }
  return readObject(jsonOf(output), "");
}

/** Of the reports of one class, the fullest alone. */
function fullest(paths: readonly string[]): string[] {
  const found = new Map<string, { path: string; rank: number }>();
  for (const path of paths) {
    const rank = REPORTS.findIndex((ending) => path.endsWith(ending));
    if (rank < 0) continue;
    const name = path.slice(0, -REPORTS[rank]!.length);
    if (rank < (found.get(name)?.rank ?? REPORTS.length)) found.set(name, { path, rank });
  }
  return [...found.values()].map(({ path }) => path);
}

function conclude(benchmarks: readonly (readonly Told[])[][]): ParsedRound[] {
  const rounds = largest(
    benchmarks.map(({ length }) => length),
    1,
  );
  return Array.from({ length: rounds }, (_, k) => {
    const told = benchmarks.flatMap((launches) => launches[k] ?? []);
    return round(told, HINTS);
  });
}
