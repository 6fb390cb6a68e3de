import type { RowName } from "./row-name.ts";

/** One statistic of the default branch that got worse, and is not what it was yet. */
export interface SlowRow extends RowName {
  /** The last commit that was as before, and the first that was worse: what lies between brought it. */
  readonly before: string;
  readonly after: string;
  /** How many commits after `before` there are up to `after`; null where that is not known. */
  readonly commits: number | null;
  /** New level ÷ old level, as it was found; 1 where they have no ratio. */
  readonly ratio: number;
  /** The level before, and the present one, in `unit`. */
  readonly was: number;
  readonly now: number;
}

/** What one gate knows on one kind of machine of the default branch. */
export interface SlowSection {
  readonly gate: string;
  /** The machine's fingerprint; empty where a comparison with a revision told it. */
  readonly machine: string;
  /** The run that looked last, the commit that it looked at, and when that was: ISO 8601, UTC. */
  readonly run: string;
  readonly sha: string;
  readonly at: string;
  readonly rows: readonly SlowRow[];
  /** How many rows more there are than an issue has room for. */
  readonly more: number;
}
