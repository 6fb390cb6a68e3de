import { z } from "zod";
import { GateError } from "../model/error.ts";
import { type DealtBenchmark, MOST_JOBS, type Part } from "../model/part.ts";
import { parseRecordingJson } from "./place.ts";

/** What a cell of a matrix leaves beside its recordings, for the job that brings all cells together. */
export interface CellNote {
  /** The gate whose stored runs the cell was held against. */
  readonly gate: string;
  /** The pairs after which its measurement could stop; null where nothing was measured side by side. */
  readonly looks: readonly number[] | null;
  /** Whether what the stored runs left in doubt was measured side by side: then stored runs alone turn nothing red. */
  readonly confirmed: boolean;
  /** The part of a cell that was measured; absent: all of it. */
  readonly part?: Part;
  /** The name of that cell: an artifact's name is its part's. Absent: no cell. */
  readonly cell?: string;
  /** All benchmarks that there are, with the shard that each was dealt to: what the others must have. Absent where nothing was dealt. */
  readonly dealt?: readonly DealtBenchmark[];
  /** How long the job took, in seconds, as far as Benchgate saw it. */
  readonly seconds?: number;
}

/** The most benchmarks that a note names. */
const MOST_DEALT = 10_000;

/** The largest note that is read, in bytes. */
export const LARGEST_NOTE = 4 * 2 ** 20;

const CELL_SCHEMA = "benchgate.cell/1";

const jobs = z.int().min(1).max(MOST_JOBS);
const label = z.string().regex(/^[^\p{C}\p{Zl}\p{Zp}"*/:<>?\\|]{0,64}$/u);
const shard = z.object({ index: jobs, of: jobs }).refine(({ index, of }) => index <= of);
const seat = z.object({ pool: label.min(1), runner: z.string().regex(/^\d{0,3}$/), of: z.int().min(0).max(MOST_JOBS) });

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
  part: z.object({ shard: shard.optional(), seat: seat.optional() }).optional(),
  cell: label.optional(),
  dealt: z
    .array(z.tuple([z.string().max(1000), z.string().max(1000), jobs]))
    .max(MOST_DEALT)
    .optional(),
  seconds: z.number().min(0).max(1e6).optional(),
});

/** Whether a note can name all of these; where it cannot, each shard says nothing of the others. */
export function canName(dealt: readonly DealtBenchmark[]): boolean {
  // With room to spare: a note does not repeat the names of the keys.
  return dealt.length <= MOST_DEALT && new TextEncoder().encode(JSON.stringify(dealt)).length < LARGEST_NOTE;
}

/** A note as JSON, on one line. */
export function encodeCellNote(note: CellNote): string {
  const { dealt, ...rest } = note;
  const names = dealt?.map(({ suite, benchmark, shard: of }) => [suite, benchmark, of]);
  return `${JSON.stringify({ schema: CELL_SCHEMA, ...rest, ...(names && { dealt: names }) })}\n`;
}

/** The note that a JSON text holds. Throws a `GateError` for anything else; nothing of the text is in its message. */
export function decodeCellNote(json: string): CellNote {
  const checked = schema.safeParse(parseRecordingJson(json));
  if (checked.success) {
    const { schema: _, part, cell, dealt, seconds, ...note } = checked.data;
    return {
      ...note,
      ...(part && { part: { ...(part.shard && { shard: part.shard }), ...(part.seat && { seat: part.seat }) } }),
      ...(cell !== undefined && { cell }),
      ...(dealt && { dealt: dealt.map(([suite, benchmark, of]) => ({ suite, benchmark, shard: of })) }),
      ...(seconds !== undefined && { seconds }),
    };
  }
  const path = checked.error.issues[0]?.path.join(".");
  throw new GateError(
    `this is not a note of a cell${path ? `: look at ${path}` : ""}`,
    "Let every job use the same version of Benchgate",
  );
}
