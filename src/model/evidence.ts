import type { Direction } from "./measurement.ts";
import type { Revision } from "./recording.ts";
import type { StatisticName } from "./statistic.ts";

/** The levels at which a pooled distribution is kept: the body in steps of 5 %, the tail ever finer. 0 and 1 are its ends. */
export const EVIDENCE_LEVELS: readonly number[] = [
  ...[0, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85],
  ...[0.875, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.975, 0.98, 0.985, 0.99, 0.993, 0.995, 0.9975, 0.999, 0.9995, 0.9999],
  1,
];

/** When a round of a side was measured, and which round of the other side it belongs to: equal `session` and `pair` make a pair. */
export interface RoundSlot {
  readonly session: string;
  readonly pair: number;
  /** ISO 8601, UTC; empty where it is not known. */
  readonly startedAt: string;
}

/**
 * How the samples of a side lie, all its rounds together.
 * - `pooled`: quantiles at `EVIDENCE_LEVELS`, every round with equal weight; null beyond what so many samples can tell.
 * - `printed`: the percentiles that the tool printed in every round, each the mean over the rounds.
 */
export type ArmDistribution =
  | { readonly kind: "pooled"; readonly values: readonly (number | null)[]; readonly samples: number }
  | { readonly kind: "printed"; readonly levels: readonly number[]; readonly values: readonly number[] };

/** One side of one metric, reduced to what can be drawn; values in the metric's canonical unit. */
export interface ArmEvidence {
  /** For each statistic of the subject, a value for each round of the side; null where a round has none. */
  readonly rounds: readonly (readonly (number | null)[])[];
  /** Null where a round is one number. */
  readonly distribution: ArmDistribution | null;
}

/** A place where a history changed its level, or where a change of it was accepted. */
export interface HistoryStep {
  /** The first run of the new level, as an index into the history; its length stands for the candidate. */
  readonly at: number;
  readonly kind: "change" | "accepted";
  /** New level ÷ old level; null where it is not known. */
  readonly ratio: number | null;
  /** Why it was accepted; empty for a change point. */
  readonly reason: string;
}

/** What the verdicts on one metric of one benchmark rest on. */
export interface SubjectEvidence {
  readonly suite: string;
  readonly benchmark: string;
  readonly metric: string;
  readonly unit: string;
  readonly better: Direction;
  /** The statistics that were judged. */
  readonly statistics: readonly StatisticName[];
  readonly baseline: ArmEvidence | null;
  readonly candidate: ArmEvidence | null;
  /** For each statistic, the mean of each stored run, oldest first; null where a run has none. */
  readonly history: readonly (readonly (number | null)[])[];
  /** For each statistic, the steps of its history. */
  readonly steps: readonly (readonly HistoryStep[])[];
}

/** What one comparison of recordings rests on: the rounds of both sides, and each subject's values in them. */
export interface Evidence {
  readonly kind: "stored" | "side-by-side" | "file";
  /** The baseline's rounds in time order; of a history those of its newest run. */
  readonly baseline: readonly RoundSlot[];
  readonly candidate: readonly RoundSlot[];
  /** The stored runs, oldest first; empty where the baseline is no history. */
  readonly history: readonly Revision[];
  readonly subjects: readonly SubjectEvidence[];
}
