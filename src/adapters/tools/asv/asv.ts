import { GateError, placed } from "../../../model/error.ts";
import type { Adapter, ParsedRound, ToolOutput } from "../../adapter.ts";
import { field, isObject, jsonOf, readObject, stripMark } from "../../reading/json.ts";
import { outputOf } from "../../reading/output.ts";
import { anyOf } from "../../reading/pattern.ts";
import { type AsvDefinitions, readAsvResults } from "./results.ts";

/** The files of asv's results folder, as patterns relative to it. */
export const ASV_FILES = ["**/*.json"] as const;

const HEAD = 4096;
/** A line of `asv run`: `[ 25.00%] ··· benchmarks.TimeSuite.time_keys   11.2±0.01μs`. */
const CONSOLE = /^\[ ?[ \d]?\d(?:\d)?\.\d\d%\] \u00B7/m;

/** Asv's files that hold no results, and how to tell them. */
const OTHERS: readonly (readonly [what: string, test: (output: ToolOutput) => boolean])[] = [
  ["asv's benchmarks.json, which defines benchmarks", isDefinitions],
  ["asv's machine.json", isMachine],
  ["what asv prints while it runs", ({ text }) => CONSOLE.test(stripMark(text).slice(0, HEAD))],
];

/**
 * Asv's results, `results/<machine>/<commit>-<environment>.json`, of both versions; or the whole results folder of one run.
 *
 * The kind of a benchmark is in its name, as asv itself decides it: `time_` is latency in seconds, `mem_` and `peakmem_` are memory in bytes, `track_`
 * is a metric of that name, in the unit that `benchmarks.json` gives (the folder has it) and else without one. Asv takes less for better everywhere.
 * Parameters are part of the name. Samples come with `--record-samples`; else asv's quartiles and median are taken, of as many samples as it
 * says. Asv pools the samples of its processes, so all are one round. A combination that was skipped (NaN) is left out; one that failed (null) is a failure.
 */
export const asv: Adapter = {
  name: "asv",
  title: "airspeed velocity",
  command: "asv run --record-samples --python=same --set-commit-hash $(git rev-parse HEAD)   (output: .asv/results)",
  gives: { samples: true, p99: false, memory: true },
  exitCodes: [0, { code: 2, means: "a benchmark failed" }],
  // For `--bench`, which is held against names with their parameters. The file of a commit keeps the results of what is not run again.
  filter: { all: ".", only: (names) => anyOf(names), keepsOthers: true },
  recognises: (output) => {
    if (OTHERS.some(([, test]) => test(output))) return true;
    const root = output.json();
    return isObject(root) && typeof field(root, "commit_hash") === "string" && isObject(field(root, "results"));
  },
  parse: (output) => [readAsvOutput(output, new Map())],
  folder: {
    patterns: ASV_FILES,
    parse: (files) => {
      const { results, definitions } = asvFiles([...files.keys()]);
      const [only, other] = results;
      if (only === undefined) throw new GateError("There are no results in it", "Run `asv run` first");
      if (other !== undefined) {
        const remedy = "Empty the results folder before the run, and run one commit in one environment";
        throw new GateError(`Two results, ${only.slice(-100)} and ${other.slice(-100)}`, remedy);
      }
      const units = definitions === null ? new Map() : readAsvUnits(definitions, files.get(definitions)!);
      return [placed({ file: only }, () => readAsvOutput(outputOf(files.get(only)!), units))];
    },
  },
};

/** The round that a results file holds. Throws a `GateError` where it is another file of asv's, or none. */
export function readAsvOutput(output: ToolOutput, definitions: AsvDefinitions): ParsedRound {
  const other = OTHERS.find(([, test]) => test(output));
  if (other === undefined) return readAsvResults(readObject(jsonOf(output), ""), definitions);
  throw new GateError(
    `This is ${other[0]}`,
    "Give the results file of the commit, `.asv/results/<machine>/<commit>-….json`",
    {
      line: 1,
    },
  );
}

/** The files of a results folder by what they hold: not those that describe a machine. */
export function asvFiles(paths: readonly string[]): {
  readonly results: readonly string[];
  readonly definitions: string | null;
} {
  const isNamed = (name: string) => (path: string) => path === name || path.endsWith(`/${name}`);
  const [isMachines, isDefining] = [isNamed("machine.json"), isNamed("benchmarks.json")];
  return {
    results: paths.filter((path) => !isMachines(path) && !isDefining(path)),
    definitions: paths.find(isDefining) ?? null,
  };
}

/** The unit of each benchmark that `benchmarks.json` defines. Throws a `GateError` that names the file. */
export function readAsvUnits(file: string, text: string): AsvDefinitions {
  const root = placed({ file }, () => readObject(jsonOf(outputOf(text)), ""));
  return new Map(
    Object.entries(root).flatMap(([name, value]) => {
      const unit = isObject(value) ? field(value, "unit") : undefined;
      return typeof unit === "string" ? [[name, unit] as const] : [];
    }),
  );
}

function isDefinitions({ text, json }: ToolOutput): boolean {
  const root = json();
  return (
    isObject(root) &&
    Object.values(root).some((each) => isObject(each) && Array.isArray(field(each, "param_names"))) &&
    text.includes('"code"')
  );
}

function isMachine({ text, json }: ToolOutput): boolean {
  if (text.length > HEAD || !stripMark(text).includes('"machine"')) return false;
  const root = json();
  return isObject(root) && ["arch", "cpu", "machine", "os", "ram"].every((key) => typeof field(root, key) === "string");
}
