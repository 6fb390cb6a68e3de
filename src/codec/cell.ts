import { z } from "zod";
import { GateError } from "../model/error.ts";
import { parseRecordingJson } from "./place.ts";

/** What a cell of a matrix leaves beside its recordings, for the job that brings all cells together. */
export interface CellNote {
  /** The gate whose stored runs the cell was held against. */
  readonly gate: string;
  /** The pairs after which its measurement could stop; null where nothing was measured side by side. */
  readonly looks: readonly number[] | null;
  /** Whether what the stored runs left in doubt was measured side by side: then stored runs alone turn nothing red. */
  readonly confirmed: boolean;
}

const CELL_SCHEMA = "benchgate.cell/1";

const schema = z.object({
  schema: z.literal(CELL_SCHEMA),
  gate: z.string().regex(/^[a-z0-9-]{1,80}$/),
  looks: z
    .array(z.int().min(1).max(1000))
    .min(1)
    .max(10)
    .refine((looks) => looks.every((look, index) => index === 0 || look > looks[index - 1]!))
    .nullable(),
  confirmed: z.boolean(),
});

/** A note as JSON, on one line. */
export function encodeCellNote(note: CellNote): string {
  return `${JSON.stringify({ schema: CELL_SCHEMA, ...note })}\n`;
}

/** The note that a JSON text holds. Throws a `GateError` for anything else; nothing of the text is in its message. */
export function decodeCellNote(json: string): CellNote {
  const checked = schema.safeParse(parseRecordingJson(json));
  if (checked.success) {
    const { gate, looks, confirmed } = checked.data;
    return { gate, looks, confirmed };
  }
  const path = checked.error.issues[0]?.path.join(".");
  throw new GateError(
    `this is no note of a cell${path ? `: look at ${path}` : ""}`,
    "Let every job use the same version of Benchgate",
  );
}
