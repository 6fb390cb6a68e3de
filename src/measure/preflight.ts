import { GateError } from "../model/error.ts";
import type { Suite } from "../model/plan.ts";
import type { Files } from "../ports/index.ts";
import type { MeasuredSide } from "./recorder.ts";

/**
 * Refuses what is certain to measure nothing, before anything is run: a suite whose folder is not there, or whose patterns fit no file of
 * the candidate's. Only after `setup`, which may make both.
 */
export async function refuseEmptySuites(
  files: Pick<Files, "glob" | "listFolder">,
  suites: readonly Suite[],
  { cwd }: Pick<MeasuredSide, "cwd">,
): Promise<void> {
  for (const { name, workload, folder } of suites) {
    const place = suiteFolder(cwd, folder);
    const path = `suites.${name}`;
    if (folder !== undefined && (await files.listFolder(place, [])) === null) {
      throw new GateError(`there is no folder ${folder} in ${cwd}`, "Correct `cwd`", { path });
    }
    if (workload.kind !== "bench") continue;
    if ((await files.glob(workload.patterns, place)).length > 0) continue;
    const { problem, remedy } = noFile(workload.patterns, place);
    throw new GateError(problem, remedy, { path });
  }
}

/** The folder that a suite runs in, in a side's tree. */
export function suiteFolder(tree: string, folder: string | undefined): string {
  return folder === undefined ? tree : `${tree}/${folder}`;
}

/** What is wrong where patterns fit no file, and what to do. */
export function noFile(
  patterns: readonly string[],
  folder: string,
): { readonly problem: string; readonly remedy: string } {
  const quoted = patterns.map((pattern) => `\`${pattern}\``).join(", ");
  return {
    problem: `no file matches ${quoted} in ${folder}`,
    remedy: "Correct `bench`; node_modules is never searched",
  };
}
