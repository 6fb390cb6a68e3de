import { appendFileSync, statSync } from "node:fs";
import * as core from "@actions/core";
import type { ActionEvent, StepPort } from "../ports/index.ts";
import { createActionsLog } from "./actions-log.ts";
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
      for (const [name, value] of Object.entries(values)) core.setOutput(name, value);
    },
    summary: (markdown) => writeSummary(environment.GITHUB_STEP_SUMMARY, markdown),
    annotate: ({ level, message, title, file, line }) => commands.issue(level, message, { title, file, line }),
    folder: `${environment.RUNNER_TEMP ?? "."}/benchgate${stepName(environment.GITHUB_ACTION ?? "")}`,
  };
}

function writeSummary(file: string | undefined, markdown: string): boolean {
  if (file === undefined || file === "") return false;
  const present = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const addition = markdown.endsWith("\n") ? markdown : `${markdown}\n`;
  if (present + Buffer.byteLength(addition) > SUMMARY_LIMIT) return false;
  appendFileSync(file, addition);
  return true;
}
