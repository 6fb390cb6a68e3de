import type { Recording } from "../../model/recording.ts";

/** How the baseline's recordings are to be read: as history of the base branch, or as the other arm of this experiment. */
export type BaselineMode = "stored" | "side-by-side" | "file";

/** Recordings that were compared with each other; the baseline's newest first, none where there was nothing to compare with. */
export interface Compared {
  readonly kind: BaselineMode;
  readonly baseline: readonly Recording[];
  readonly candidate: Recording;
}
