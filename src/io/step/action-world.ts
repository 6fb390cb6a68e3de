import type { PageProgram } from "../../model/report-program.ts";
import type { Interrupt, Ports, StepPort } from "../../ports/index.ts";
import { closeInherited } from "../inherited.ts";
import { handleInterrupts } from "../interrupt.ts";
import { readPageProgram } from "../report-program.ts";
import { createPorts, type WorldOptions } from "../world.ts";
import { createStep } from "./step.ts";
import { createWorkflowCommands } from "./workflow-commands.ts";

/** What a workflow step finds: itself, whoever may cancel it, and the real ports, whose git needs the token that is among its inputs. */
export function createActionWorld(entry: string): {
  readonly step: StepPort;
  readonly interrupt: Interrupt;
  readonly ports: (access: Required<Pick<WorldOptions, "token" | "serverUrl">>) => Ports;
  readonly pageProgram: () => Promise<PageProgram>;
} {
  closeInherited();
  const commands = createWorkflowCommands();
  return {
    step: createStep(process.env, commands),
    interrupt: handleInterrupts(),
    ports: (access) => createPorts({ entry, beforeChildren: commands.stop, ...access }),
    pageProgram: () => readPageProgram(),
  };
}
