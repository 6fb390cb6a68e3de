/** A change as log ratios, positive where it is for the worse, with the interval that it is known within. */
export interface Change {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/** Why a search ends before one commit is left. */
export type Stop =
  /** What lies between does not build or run. */
  | "unbuilt"
  /** The next commit cannot be told apart from either end, however often it is measured. */
  | "noise"
  /** The last commit and the one before it, next to each other, do not show what both showed beside the good one. */
  | "contradiction";

/** What a search along a line of commits has found. Commits are numbered from the good one, 0. */
export interface Finding {
  /** The change lies after this commit, which is known ... */
  readonly after: number;
  /** ... and at or before this one. Where they are neighbours, it is this commit's. */
  readonly until: number;
  /** What changed from the one to the other; null where they were never measured side by side. */
  readonly change: Change | null;
  /** What changed from the good commit to the bad one. */
  readonly whole: Change;
  /** Null where one commit is left. */
  readonly stop: Stop | null;
  /** Commits with a level that is neither the good one's nor the bad one's: more than one commit changed it. */
  readonly between: readonly number[];
  /** Whether `change` is proven not to be all of `whole`. */
  readonly rest: boolean;
  /** Commits that could not be measured. */
  readonly unbuilt: readonly number[];
  readonly gates: number;
}
