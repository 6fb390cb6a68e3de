import { GateError } from "../model/error.ts";
import { filesOf, type Left } from "./cells.ts";
import { keep, type Opened } from "./step.ts";

/** Leaves what was recorded in the step's folder, for a job that brings several together. What cannot be left changes no verdict. */
export async function leave({ ports, log }: Opened, left: Left): Promise<void> {
  try {
    for (const [name, text] of Object.entries(filesOf(left))) await keep(ports, name, text);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    log.warn(error.message);
  }
}
