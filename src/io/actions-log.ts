import { randomUUID } from "node:crypto";
import * as core from "@actions/core";
import type { Log } from "../ports/index.ts";

/**
 * The log of a workflow step: plain lines and annotations on stdout, where the runner reads workflow commands.
 * Text that is not ours cannot issue one, since whatever looks like a command is quoted.
 * Commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function createActionsLog(): Log {
  return {
    info: (line) => {
      if (looksLikeCommand(line)) quote(line);
      else core.info(line);
    },
    warn: (line) => core.warning(line),
    quote,
  };
}

/** The token is drawn after the text is complete, so the text cannot end the quotation itself. */
function quote(text: string): void {
  if (text === "") return;
  const token = randomUUID();
  core.info(`::stop-commands::${token}`);
  core.info(text.replace(/\n$/, ""));
  core.info(`::${token}::`);
}

/** The runner ends lines at `\n` and `\r`, ignores leading white space, and still reads the old `##[name]` form anywhere in a line. */
function looksLikeCommand(text: string): boolean {
  return text.includes("##[") || text.split(/[\r\n]/).some((line) => line.trimStart().startsWith("::"));
}
