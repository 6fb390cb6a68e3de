import { GateError } from "../model/error.ts";
import type { Plan, Suite } from "../model/plan.ts";
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
    const meant = (await folderIn(files, workload.patterns, place)) ?? remedy;
    throw new GateError(problem, meant, { path });
  }
}

/** What to write in place of a pattern that is a folder; null where none is. */
async function folderIn(
  files: Pick<Files, "listFolder">,
  patterns: readonly string[],
  place: string,
): Promise<string | null> {
  for (const each of patterns) {
    const isFolder = !/[*?[{!]/.test(each) && (await files.listFolder(`${place}/${each}`, [])) !== null;
    if (isFolder) return `\`${each}\` is a folder: write \`${each.replace(/\/+$/, "")}/**/*.js\``;
  }
  return null;
}

/** As `refuseEmptySuites`, before anything is said or run, of the suites that no setup can fill and that may not be left out. */
export async function refuseEarly(
  files: Pick<Files, "glob" | "listFolder">,
  { setup, suites }: Pick<Plan, "setup" | "suites">,
  place: Pick<MeasuredSide, "cwd">,
): Promise<void> {
  if (setup !== null) return;
  const certain = suites.filter(({ inputs }) => inputs === undefined);
  await refuseEmptySuites(files, certain, place);
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
