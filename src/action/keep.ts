import { GateError } from "../model/error.ts";
import type { StepPort } from "../ports/index.ts";
import { unjudgedOutputs } from "./outputs.ts";
import type { Opened } from "./step.ts";

/** Writes a file that later steps can read. */
export async function keep(
  { step, ports }: Pick<Opened, "step" | "ports">,
  name: string,
  text: string | Iterable<string>,
): Promise<string> {
  const path = `${step.folder}/${name}`;
  await ports.files.write(path, text);
  return path;
}

/** Says which files were not written, each reason once. */
export function sayUnkept({ log }: Pick<StepPort, "log">, errors: readonly GateError[]): void {
  const reasons = new Map<string, GateError[]>();
  for (const error of errors) {
    const reason = `${error.problem} ${error.remedy}`;
    reasons.set(reason, [...(reasons.get(reason) ?? []), error]);
  }
  for (const [first, ...others] of reasons.values()) {
    const more =
      others.length > 0 ? `, and so with ${others.length} more of the files that later steps could read` : "";
    log.warn(`${first!.message}${more}`);
  }
}

/** Says in the summary and the outputs what became of a run that judged nothing, and so has no reports. */
export async function tellUnjudged(
  opened: Pick<Opened, "step" | "ports">,
  outcome: "pass" | "fail",
  summary: string,
): Promise<void> {
  const { step } = opened;
  step.summary(summary);
  step.outputs({
    outcome,
    ...(await unjudgedOutputs()),
    summary: await keptSummary(opened, summary),
    folder: step.folder,
  });
}

/** The path of the summary as a file; empty where it cannot be written, which is said. */
async function keptSummary(opened: Pick<Opened, "step" | "ports">, summary: string): Promise<string> {
  try {
    return await keep(opened, "summary.md", summary);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    sayUnkept(opened.step, [error]);
    return "";
  }
}
