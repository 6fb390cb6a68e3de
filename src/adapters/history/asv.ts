import type { Environment } from "../../model/environment.ts";
import { GateError, placed } from "../../model/error.ts";
import type { ImportedRun } from "../../model/imported.ts";
import { field, isObject } from "../reading/json.ts";
import { outputOf } from "../reading/output.ts";
import { readAsvOutput } from "../tools/asv/asv.ts";
import type { AsvDefinitions } from "../tools/asv/results.ts";

/**
 * The run that a results file holds, dated by its commit: asv does not keep everywhere when it was measured. Throws a `GateError` where it is none, names no
 * whole commit, or holds no number.
 */
export function readAsvRun(path: string, text: string, definitions: AsvDefinitions): ImportedRun {
  const output = outputOf(text);
  const round = placed({ file: path }, () => readAsvOutput(output, definitions));
  // What failed is no number.
  const { measurements } = round;
  const root = output.json();
  const [sha, date] = isObject(root) ? [field(root, "commit_hash"), field(root, "date")] : [];
  if (typeof sha !== "string" || !/^[0-9a-f]{40}$/.test(sha)) {
    throw new GateError("it names no whole commit", "asv writes it as `commit_hash`", { file: path });
  }
  if (measurements.length === 0) throw new GateError("it holds no result", "Everything in it failed", { file: path });
  const committed = typeof date === "number" ? new Date(date) : new Date(Number.NaN);
  const committedAt = Number.isNaN(committed.getTime()) ? "" : committed.toISOString();
  return { suite: "asv", sha, committedAt, measuredAt: committedAt, measurements, machine: machineOf(root, path) };
}

/** The machine and the environment that asv names, as its own: runs of two are two histories. */
function machineOf(root: unknown, path: string): Environment {
  const params = isObject(root) ? field(root, "params") : undefined;
  const fact = (name: string): string => {
    const value = isObject(params) ? field(params, name) : undefined;
    return typeof value === "string" && value !== "" ? value.slice(0, 200) : "unknown";
  };
  const environment = isObject(root) ? field(root, "env_name") : undefined;
  const folder = path.split("/").at(-2) ?? "unknown";
  const machine = fact("machine") === "unknown" ? folder : fact("machine");
  const runtime = typeof environment === "string" ? environment.slice(0, 200) : `python ${fact("python")}`;
  const cores = Number(fact("num_cpu"));
  return {
    os: fact("os"),
    arch: fact("arch"),
    // Versions of what it runs on make another history, too, and of a runtime the first number alone tells histories apart.
    cpu: [fact("cpu"), machine, runtime, "imported from asv"].filter((each) => each !== "unknown").join(", "),
    cores: Number.isInteger(cores) && cores > 0 && cores < 1e6 ? cores : 0,
    runtime,
  };
}
