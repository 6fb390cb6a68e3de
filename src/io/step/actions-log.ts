import type { Log } from "../../ports/index.ts";
import type { WorkflowCommands } from "./workflow-commands.ts";

/** The log of a workflow step: plain lines and annotations, where the runner reads workflow commands. Text that is not ours cannot issue one. */
export function createActionsLog(commands: WorkflowCommands): Log {
  return {
    info: commands.say,
    warn: (line) => commands.issue("warning", line),
    quote: commands.quote,
  };
}
