import { type CellNote, canName } from "../codec/cell.ts";
import type { Dealt } from "../measure/measure.ts";
import { GateError } from "../model/error.ts";
import { filesOf } from "./artifact.ts";
import { keep } from "./keep.ts";
import type { Left } from "./left.ts";
import type { Opened, Step } from "./step.ts";

/** Leaves what was recorded in the step's folder, for a job that brings several together. What cannot be left changes no verdict. */
export async function leave(opened: Opened, left: Left): Promise<void> {
  try {
    for (const [name, text] of Object.entries(filesOf(left))) await keep(opened, name, text);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    opened.step.log.warn(error.message);
  }
}

/** What a note says of the part that this job measured, and of how long it took. */
export function partNote(
  { plan: { part }, inputs: { cell }, ports, began }: Step,
  dealt: Dealt | undefined,
): Pick<CellNote, "part" | "cell" | "dealt" | "seconds"> {
  const seconds = Math.round(ports.clock.monotonic() - began);
  if (part === undefined) return { seconds };
  const all = dealt?.benchmarks ?? [];
  return { part, cell: cell ?? "", ...(all.length > 0 && canName(all) && { dealt: all }), seconds };
}
