import { GateError } from "../model/error.ts";
import { filesOf, type Left } from "./cells.ts";
import { keep, type Opened } from "./step.ts";

/** Leaves what was recorded in the step's folder, for a job that brings several together. What cannot be left changes no verdict. */
export async function leave(opened: Opened, left: Left): Promise<void> {
  try {
    for (const [name, text] of Object.entries(filesOf(left))) await keep(opened, name, text);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    opened.step.log.warn(error.message);
  }
}
