import { TOOL_WORDS, TOOLS_WITHOUT_P99 } from "../adapters/index.ts";
import { lint } from "../init/lint/lint.ts";
import type { SetupFile } from "../init/lint/mistake.ts";
import { INPUTS } from "./inputs.ts";
import type { Opened } from "./step.ts";

/** So many are annotations of their own: the runner shows ten of a step, and the verdict's own must be among them. */
const MOST = 3;

/** A longer workflow is no set-up of a gate, in characters. */
const LONGEST = 500_000;

/**
 * Warns of the mistakes in the set-up that the step runs from, as `benchgate init --check` names them: in this workflow, and in the configuration. Changes no
 * verdict and fails nothing: what cannot be read is not checked.
 */
export async function warnOfMistakes({ step, ports, event, inputs, file }: Opened): Promise<void> {
  // The cells of a matrix share their set-up: whoever brings them together says it once.
  if (inputs.cell !== null) return;
  try {
    const workflow = await textOf(workflowFile(event.workflowRef));
    const config = await textOf(file);
    const head = await ports.git.revision("HEAD");
    if (head === null || (workflow === null && config === null)) return;
    const mistakes = lint(
      { config, workflows: workflow === null ? [] : [workflow] },
      {
        paths: await ports.git.list(head.sha),
        inputs: Object.keys(INPUTS),
        withoutP99: TOOLS_WITHOUT_P99,
        branch: event.defaultBranch ?? null,
        today: ports.clock.now().toISOString().slice(0, 10),
      },
      TOOL_WORDS,
    );
    for (const { rule, problem, remedy, position } of mistakes.slice(0, MOST)) {
      step.annotate({
        level: "warning",
        title: `Benchgate set-up: ${rule}`,
        message: `${problem}. ${remedy}${remedy.endsWith("?") ? "" : "."}`,
        ...(position.file !== undefined && { file: position.file }),
        ...(position.line !== undefined && { line: position.line }),
      });
    }
    if (mistakes.length > MOST)
      step.log.warn(`${mistakes.length - MOST} more mistakes in the set-up: \`benchgate init --check\` names them all`);
  } catch (error) {
    // Whatever it is: a remark on the set-up is worth no verdict.
    step.log.info(`The set-up was not checked: ${error instanceof Error ? error.message : String(error)}`);
  }

  async function textOf(path: string | null): Promise<SetupFile | null> {
    const text = path === null ? null : await ports.files.readTextIfAny(path);
    return path === null || text === null || text.length > LONGEST ? null : { file: path, text };
  }
}

/** The file of a workflow in this repository, from `owner/repo/.github/workflows/file.yml@ref`; null where it is called from elsewhere. */
function workflowFile(ref: string): string | null {
  return /^[^/]+\/[^/]+\/(\.github\/workflows\/[^@]+)@/.exec(ref)?.[1] ?? null;
}
