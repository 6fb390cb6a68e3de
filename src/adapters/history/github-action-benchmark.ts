import { GateError, placed } from "../../model/error.ts";
import type { ImportedHistory, ImportedRun } from "../../model/imported.ts";
import type { Direction, ToolMeasurement } from "../../model/measurement.ts";
import { at, field, readArray, readName, readNumber, readObject, readString } from "../reading/json.ts";
import { readUnit } from "../reading/unit-words.ts";

/** The tools whose numbers are better where they are higher, by github-action-benchmark's own rule, where the unit does not tell. */
const BIGGER_IS_BETTER = ["benchmarkjs", "pytest", "customBiggerIsBetter"];

/** What stands before the JSON of a `data.js`. */
const OPENING = /^\uFEFF?\s*window\.BENCHMARK_DATA\s*=\s*/;

/**
 * The history that github-action-benchmark keeps in `data.js`. Each of its numbers is one mean or median of a run, with a spread in words that differ from tool to
 * tool: there are no samples. Throws a `GateError` with the path of what it does not write.
 */
export function readGithubActionBenchmark(text: string): ImportedHistory {
  if (!OPENING.test(text)) {
    throw new GateError(
      "this is not a data.js of github-action-benchmark",
      "It begins with `window.BENCHMARK_DATA = {`",
    );
  }
  const entries = readObject(field(readObject(jsonIn(text), ""), "entries"), "entries");
  const runs: ImportedRun[] = [];
  let leftOut = 0;
  for (const [suite, list] of Object.entries(entries)) {
    const path = at("entries", suite);
    for (const [index, each] of readArray(list, path).entries()) {
      const run = readRun(suite === "" ? "benchmark" : suite, each, at(path, index));
      if (run === null) leftOut++;
      else runs.push(run);
    }
  }
  return { runs, leftOut };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.replace(OPENING, "").replace(/;?\s*$/, ""));
  } catch (error) {
    throw new GateError(
      `what follows \`window.BENCHMARK_DATA =\` is not JSON: ${(error as Error).message}`,
      "Fetch the file again",
    );
  }
}

/** Null where it names no whole commit, or holds nothing. */
function readRun(suite: string, value: unknown, path: string): ImportedRun | null {
  const entry = readObject(value, path);
  const commit = readObject(field(entry, "commit"), at(path, "commit"));
  const sha = field(commit, "id");
  if (typeof sha !== "string" || !/^[0-9a-f]{40}$/.test(sha)) return null;
  const measuredAt = instantOf(readNumber(field(entry, "date"), at(path, "date")), at(path, "date"));
  const timestamp = field(commit, "timestamp");
  const committed = typeof timestamp === "string" ? Date.parse(timestamp) : Number.NaN;
  const tool = readString(field(entry, "tool"), at(path, "tool"));
  const usual = BIGGER_IS_BETTER.includes(tool) ? "higher" : "lower";
  const seen = new Map<string, ToolMeasurement>();
  for (const [index, bench] of readArray(field(entry, "benches"), at(path, "benches")).entries()) {
    const read = readBench(bench, usual, at(at(path, "benches"), index));
    const key = `${read.metric} ${read.benchmark}`;
    // It draws the first of two that share a name, too.
    if (!seen.has(key)) seen.set(key, read);
  }
  if (seen.size === 0) return null;
  const committedAt = Number.isNaN(committed) ? measuredAt : instantOf(committed, path);
  return { suite, sha, committedAt, measuredAt, measurements: [...seen.values()] };
}

function readBench(value: unknown, usual: Direction, path: string): ToolMeasurement {
  const bench = readObject(value, path);
  const benchmark = readName(field(bench, "name"), at(path, "name"));
  const number = readNumber(field(bench, "value"), at(path, "value"));
  // Of a Go benchmark with numbers of its author's, the whole rest of the line is in the unit of the first.
  const unit = placed({ path: at(path, "unit") }, () => readString(field(bench, "unit"), ""))
    .split("\t")[0]!
    .trim();
  const known = readUnit(unit);
  const distribution = { kind: "value", value: number * (known?.scale ?? 1), exact: false } as const;
  if (known?.metric == null)
    return { benchmark, metric: unit || "value", unit: unit || "1", better: usual, distribution };
  return { benchmark, metric: known.metric, unit: known.unit, better: known.better ?? usual, distribution };
}

function instantOf(milliseconds: number, path: string): string {
  const instant = new Date(milliseconds);
  if (!Number.isNaN(instant.getTime())) return instant.toISOString();
  throw new GateError("it is not a point in time", "Milliseconds since 1970 are expected", { path });
}
