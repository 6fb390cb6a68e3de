import { randomUUID } from "node:crypto";
import * as core from "@actions/core";
import type { ActionEvent, StepPort } from "../../ports/index.ts";
import { collectGarbage } from "../garbage.ts";
import { createActionsLog } from "./actions-log.ts";
import { appendFirst, type NotAppended } from "./append.ts";
import { readEvent, stepName } from "./event.ts";
import { createGitHub } from "./github.ts";
import { createWorkflowCommands, type WorkflowCommands } from "./workflow-commands.ts";

/** GitHub drops a step's whole summary beyond this many bytes. */
const SUMMARY_LIMIT = 1024 * 1024;

/** The workflow step that this process is. */
export function createStep(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  commands: WorkflowCommands = createWorkflowCommands(),
): StepPort {
  /** Says what could not be written: it changes no verdict. */
  const unless = (problem: NotAppended | null, what: string) => {
    if (problem !== null)
      commands.issue("warning", `The step's ${what} not complete: ${problem}. The verdict is the same`);
  };
  let told: ActionEvent | null = null;
  /** Read once: what runs between could change the file. */
  const event = () => {
    told ??= readEvent(environment);
    return told;
  };
  return {
    variables: Object.keys(environment),
    input: (name) => core.getInput(name),
    event,
    hide: (secret) => {
      if (secret !== "") commands.issue("add-mask", secret);
    },
    github: (token) => {
      if (token === "") return null;
      const { repository, apiUrl } = event();
      return createGitHub({ token, repository, apiUrl });
    },
    log: createActionsLog(commands),
    outputs: (values) => {
      const text = Object.entries(values).map(([name, value]) => outputText(name, value));
      unless(appendFirst(environment.GITHUB_OUTPUT, [text.join("")]), "outputs are");
    },
    summary: (...forms) => {
      const texts = forms.map((markdown) => (markdown.endsWith("\n") ? markdown : `${markdown}\n`));
      unless(appendFirst(environment.GITHUB_STEP_SUMMARY, texts, SUMMARY_LIMIT), "summary is");
    },
    annotate: ({ level, message, title, file, line }) => commands.issue(level, message, { title, file, line }),
    tidy: collectGarbage,
    folder: `${environment.RUNNER_TEMP ?? "."}/benchgate${stepName(environment.GITHUB_ACTION ?? "")}`,
  };
}

/** An output as the file behind GITHUB_OUTPUT has it: the value between two lines that it cannot hold. */
function outputText(name: string, value: string | number): string {
  const delimiter = `ghadelimiter_${randomUUID()}`;
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}
