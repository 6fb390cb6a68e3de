import type { CellNote } from "../codec/cell.ts";
import type { Cell } from "../judge/cells/cell.ts";
import type { Recording } from "../model/recording.ts";

/** What a step leaves for a job that brings several together; absent where it was not measured. */
export interface Left {
  readonly note: CellNote;
  /** What was held against stored runs. */
  readonly screened?: Recording | undefined;
  /** What was measured side by side. */
  readonly baseline?: Recording | undefined;
  readonly candidate?: Recording | undefined;
}

/** A cell as it was left, or a part of one; its history is not looked for yet. */
export type ReadCell =
  | Extract<Cell, { readonly missing: string }>
  | { readonly name: string; readonly left: Left; readonly runner?: string };
