import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter } from "../adapter.ts";
import { at, field, isObject, jsonOf, mistake, opensWith, readObject } from "../reading/json.ts";
import { round } from "../reading/round.ts";
import { readTrial } from "./julia-benchmarktools.ts";

const HINTS = {
  remedy: "Give the file of one revision alone",
  nothing: "Give the file that `benchpkg` leaves, `results_<package>@<revision>.json`",
};

/** How deep groups lie in groups. */
const DEEPEST = 50;

/**
 * What AirspeedVelocity.jl keeps of one revision: groups in groups as `{tags, data}`, down to the trials of BenchmarkTools with all of their times, in
 * nanoseconds. The key is the path through the groups, `fib/20`; `time_to_load` is how long it takes to load the package. The table of
 * `benchpkgtable` compares revisions, and is none.
 */
export const airspeedVelocity: Adapter = {
  name: "airspeed-velocity",
  title: "AirspeedVelocity.jl",
  command: "benchpkg --rev=dirty --path=. --output-dir=. && mv results_*@dirty.json $BENCHGATE_OUTPUT",
  gives: { samples: true, p99: true, memory: true },
  exitCodes: [0],
  recognises: ({ text, json }) => {
    if (!opensWith(text, "{")) return false;
    const root = json();
    return isGroup(root) && holdsTrial(root, 0);
  },
  parse: (output) => [round(readGroup(jsonOf(output), "", []), HINTS)],
};

function isGroup(value: unknown): boolean {
  return isObject(value) && Array.isArray(field(value, "tags")) && isObject(field(value, "data"));
}

/** Whether the first benchmark below a group is one of BenchmarkTools. */
function holdsTrial(value: unknown, depth: number): boolean {
  if (!isObject(value) || depth > DEEPEST) return false;
  if (!isGroup(value)) return Array.isArray(field(value, "times")) && Array.isArray(field(value, "gctimes"));
  return Object.values(readObject(field(value, "data"), "")).some((each) => holdsTrial(each, depth + 1));
}

function readGroup(value: unknown, path: string, name: readonly string[]): readonly ToolMeasurement[] {
  if (name.length > DEEPEST) mistake("groups in groups, 50 deep at most", value, path);
  const object = readObject(value, path);
  if (!isGroup(object)) {
    if (name.length === 0) mistake("a group of benchmarks", value, path);
    return readTrial(object, path, name.join("/"), "Trial");
  }
  const where = at(path, "data");
  const data = Object.entries(readObject(field(object, "data"), where));
  return data.flatMap(([key, each]) => readGroup(each, at(where, key), [...name, key]));
}
