import type { Environment } from "../../model/environment.ts";
import { GateError } from "../../model/error.ts";
import type { ImportedHistory, ImportedRun } from "../../model/imported.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import {
  at,
  field,
  isObject,
  jsonOf,
  readArray,
  readName,
  readNumber,
  readObject,
  readString,
} from "../reading/json.ts";
import { outputOf } from "../reading/output.ts";
import { bmf } from "../tools/bmf.ts";

/**
 * The history in an answer of Bencher's `GET /v0/projects/{project}/perf`, which `bencher perf` prints: lines of one benchmark and measure on one branch and
 * testbed, with one number a report. Measures are read as those of the Bencher Metric Format. Each testbed is a machine of its own; points without a whole
 * commit are left out and counted. Bencher does not keep the commit's own date. Throws a `GateError` with the path of what Bencher does not write.
 */
export function readBencher(text: string): ImportedHistory {
  const root = readObject(jsonOf(outputOf(text)), "");
  const lines = readArray(field(root, "results"), "results");
  const runs = new Map<string, { readonly run: ImportedRun; readonly found: Map<string, ToolMeasurement> }>();
  let leftOut = 0;
  for (const [i, value] of lines.entries()) {
    const path = at("results", i);
    const line = readObject(value, path);
    const [branch, testbed, benchmark] = ["branch", "testbed", "benchmark"].map((key) => nameIn(line, key, path));
    const measure = readObject(field(line, "measure"), at(path, "measure"));
    const slug = readName(field(measure, "slug") ?? field(measure, "name"), at(at(path, "measure"), "slug"));
    const points = at(path, "metrics");
    for (const [k, each] of readArray(field(line, "metrics"), points).entries()) {
      const point = readObject(each, at(points, k));
      const version = field(point, "version");
      const sha = isObject(version) ? field(version, "hash") : undefined;
      const number = numberOf(point, at(points, k));
      if (typeof sha !== "string" || !/^[0-9a-f]{40}$/.test(sha) || number === null) {
        leftOut++;
        continue;
      }
      const measuredAt = instantOf(field(point, "start_time"), at(at(points, k), "start_time"));
      const key = JSON.stringify([branch, testbed, sha, measuredAt, field(point, "report"), field(point, "iteration")]);
      const own = runs.get(key) ?? {
        run: {
          suite: "bencher",
          sha,
          committedAt: measuredAt,
          measuredAt,
          measurements: [],
          machine: machineOf(testbed!),
        },
        found: new Map(),
      };
      runs.set(key, own);
      // Variants of one benchmark by parameters share its name here: the first counts.
      const subject = JSON.stringify([benchmark, slug]);
      if (!own.found.has(subject)) own.found.set(subject, measured(benchmark!, slug, number));
    }
  }
  return { runs: [...runs.values()].map(({ run, found }) => ({ ...run, measurements: [...found.values()] })), leftOut };
}

/** Whether a text is what `readBencher` reads. */
export function isBencher(text: string): boolean {
  const root = outputOf(text).json();
  const results = isObject(root) ? field(root, "results") : undefined;
  return Array.isArray(results) && results.every((line) => isObject(line) && isObject(field(line, "measure")));
}

/** The number of a point: `metric.value`, or in later versions the one that is called `value`; null where a measure has no such number. */
function numberOf(point: Readonly<Record<string, unknown>>, path: string): number | null {
  const metric = field(point, "metric");
  if (isObject(metric)) return readNumber(field(metric, "value"), at(at(path, "metric"), "value"));
  const all = field(point, "metrics");
  const named = isObject(all) ? field(all, "value") : undefined;
  return isObject(named) ? readNumber(field(named, "value"), at(at(path, "metrics"), "value")) : null;
}

function measured(benchmark: string, measure: string, value: number): ToolMeasurement {
  const [round] = bmf.parse(outputOf(JSON.stringify({ [benchmark]: { [measure]: { value } } })));
  return round!.measurements[0]!;
}

function nameIn(line: Readonly<Record<string, unknown>>, key: string, path: string): string {
  return readName(field(readObject(field(line, key), at(path, key)), "name"), at(at(path, key), "name"));
}

function machineOf(testbed: string): Environment {
  const unknown = "unknown";
  return {
    os: unknown,
    arch: unknown,
    cpu: `${testbed.slice(0, 200)}, imported from Bencher`,
    cores: 0,
    runtime: unknown,
  };
}

function instantOf(value: unknown, path: string): string {
  const instant = new Date(readString(value, path));
  if (!Number.isNaN(instant.getTime())) return instant.toISOString();
  throw new GateError("it is not a point in time", "ISO 8601 is expected", { path });
}
