import type { Environment, EnvironmentDifference } from "./environment.ts";
import type { Explanation } from "./explanation.ts";
import type { Growth } from "./growth.ts";
import type { Interval } from "./interval.ts";
import type { SourceLocation } from "./measurement.ts";
import type { Revision } from "./recording.ts";
import type { RowName } from "./row-name.ts";
import type { Warning } from "./warning.ts";

/**
 * What is said of one statistic of one metric of one benchmark. `not-slower`: no regression, although neither an improvement nor that nothing changed is
 * proven. `same-code`: not measured, because both sides run the same code.
 */
export const VERDICTS = [
  "regression",
  "failed",
  "removed",
  "inconclusive",
  "improvement",
  "added",
  "not-slower",
  "unchanged",
  "same-code",
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** How baseline and candidate were brought together. */
export type Design = "pairs" | "stored" | "unpaired" | "exact";

/** Baseline against candidate, as numbers. Ratios are candidate ÷ baseline as measured, never sign-flipped. */
export interface Comparison {
  readonly design: Design;
  readonly ratio: number;
  readonly interval: Interval;
  /** An interval of the median ratio that assumes nothing of the noise: shown beside the other, never used; null where there are too few pairs. */
  readonly check: Interval | null;
  /** One-sided p for "worse by more than half the threshold" (against stored runs: the whole), which is what the false discovery rate corrects; null where the comparison is exact or not tested. */
  readonly p: number | null;
  /** `p` after Benjamini-Hochberg over the gating comparisons of the gate. */
  readonly adjustedP: number | null;
  /** Pairs, rounds of the smaller side, or stored runs: the replication behind the interval. */
  readonly rounds: number;
  /** Standard deviation of the log ratio of one pair (or of one round, where unpaired). */
  readonly noise: number;
  /** The smallest relative change for the worse this measurement would have found 80 % of the time, in its own direction; null where R ≤ 2. */
  readonly detectable: number | null;
  /** Rounds after which a change of this size, with this noise, would be decided; null where more rounds do not help. */
  readonly roundsNeeded: number | null;
  /** The chance that an unchanged benchmark with this noise would have been called a regression. */
  readonly falseAlarm: number;
}

/** A bound that takes the place of a smaller threshold. */
export interface InForce {
  /** As a share of the baseline, like the threshold: 0.4 is 40 %. */
  readonly bound: number;
  /** The same in the metric's unit. */
  readonly amount: number;
  /** The floor of its budget, or two steps of what measured it. */
  readonly why: "floor" | "resolution";
}

/** The verdict on one statistic, with all that led to it. */
export interface Judgement extends RowName {
  /** The cell of a matrix whose suite this is; then `suite` begins with it and a slash. */
  readonly cell?: string;
  readonly verdict: Verdict;
  readonly severity: "gate" | "advisory";
  readonly threshold: number | null;
  /** The smallest step that its numbers can move by, in `unit`; absent where it is not known. */
  readonly resolution?: number;
  /** The bound that it was judged by, where that is more than `threshold`. */
  readonly judged?: InForce;
  /** The geometric mean over rounds, in `unit`; null where that side has none. */
  readonly baseline: number | null;
  readonly candidate: number | null;
  readonly comparison: Comparison | null;
  readonly limit: { readonly value: number; readonly broken: boolean } | null;
  /** The promised improvement: proven or missed by the whole interval, or still open. */
  readonly goal: { readonly value: number; readonly state: "proven" | "open" | "missed" } | null;
  readonly accepted: { readonly reason: string; readonly upTo: number; readonly until: string | null } | null;
  /** Why it failed, and the last lines of its output. */
  readonly failure: {
    readonly side: "baseline" | "candidate";
    readonly reason: string;
    readonly output: string;
  } | null;
  readonly warnings: readonly Warning[];
  readonly source: SourceLocation | null;
}

/** What the candidate was compared with. */
export type BaselineDescription =
  | { readonly kind: "none" }
  | {
      readonly kind: "stored" | "side-by-side" | "file";
      readonly revision: Revision;
      /** Stored runs, or 1. */
      readonly runs: number;
      readonly environment: Environment;
      /** Commits of the base branch after `revision`, up to the one that was asked for; absent where unknown. */
      readonly distance?: number;
    };

/** How rounds were measured side by side. */
export interface Experiment {
  readonly session: string;
  /** Draws the order of the sides again. */
  readonly seed: number;
  /** The pairs after which the data were looked at, as planned; the last one is the most there could have been. */
  readonly looks: readonly number[];
  /** How long one more pair takes, all suites together; absent where it is not known. */
  readonly secondsPerPair?: number;
}

/** What a verdict cost: how many jobs measured for it, and how long they took together. */
export interface Cost {
  readonly jobs: number;
  readonly seconds: number;
}

/** The gate's answer. */
export interface Outcome {
  readonly outcome: "pass" | "warn" | "fail";
  readonly baseline: BaselineDescription;
  readonly candidate: { readonly revision: Revision; readonly environment: Environment };
  readonly differences: readonly EnvironmentDifference[];
  readonly judgements: readonly Judgement[];
  /** Warnings on the gate as a whole; those on one comparison stay with it. */
  readonly warnings: readonly Warning[];
  /** Absent where nothing was measured side by side. */
  readonly experiment?: Experiment;
  /** What it cost; absent where one job measured and told. */
  readonly cost?: Cost;
  /** How benchmarks that run at several sizes grow with them; absent where there are none. */
  readonly growth?: readonly Growth[];
  /** Why benchmarks got slower; absent where nothing was looked into. No verdict rests on it. */
  readonly explanations?: readonly Explanation[];
}

/** How many judgements there are of each verdict. */
export function countVerdicts(judgements: readonly Judgement[]): Readonly<Record<Verdict, number>> {
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict } of judgements) counts[verdict]++;
  return counts;
}

/** Whether the sides have nothing in common although the baseline has something: what is there is only on one of them. */
export function isApart(judgements: readonly Judgement[]): boolean {
  const alone = ({ verdict, baseline, candidate }: Judgement) =>
    verdict === "removed" || verdict === "added" || (baseline === null && candidate !== null);
  return judgements.some(({ verdict }) => verdict === "removed") && judgements.every(alone);
}

/** Whether a gate fails because there was nothing to compare. */
export function comparesNothing({ outcome, judgements }: Pick<Outcome, "outcome" | "judgements">): boolean {
  return outcome === "fail" && isApart(judgements);
}
