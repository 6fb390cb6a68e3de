import type { Design } from "../model/verdict.ts";
import type { Estimate } from "../stats/estimate.ts";
import type { Looks } from "../stats/sequential.ts";

/** How the baseline's recordings are to be read: as history of the base branch, or as the other arm of this experiment. */
export type BaselineMode = "stored" | "side-by-side" | "file";

/** A contrast that a verdict can be tested on, positive where the candidate is worse. */
export interface TestedContrast {
  readonly design: Exclude<Design, "exact">;
  /** Geometric means over rounds, in the metric's unit; the candidate's is the baseline's times the estimated ratio. */
  readonly baseline: number;
  readonly candidate: number;
  /** On the log scale. */
  readonly estimate: Estimate;
  /** The looks at these data: how many there were to be, and what each saw; the last one is `estimate`. */
  readonly looks: { readonly plan: Looks; readonly estimates: readonly Estimate[] };
  /** An interval of the median log ratio that assumes nothing of the noise; null where there are too few pairs. */
  readonly check: { readonly lower: number; readonly upper: number; readonly level: number } | null;
  /** Against the newest stored run alone: a level that the history has left must not be held against anyone. Null where not stored. */
  readonly newest: Estimate | null;
  /** Each of the candidate's rounds against the history's level, as a log ratio: a few slow ones must not speak for all. Null where not stored. */
  readonly each: readonly number[] | null;
  /** Pairs; rounds of the smaller arm; stored runs. */
  readonly rounds: number;
}

/** Baseline against candidate; `exact` needs no statistics, `impossible` says why there is no contrast. */
export type Contrast =
  | TestedContrast
  | { readonly design: "exact"; readonly baseline: number; readonly candidate: number; readonly rounds: number }
  | {
      readonly design: "impossible";
      readonly baseline: number | null;
      readonly candidate: number | null;
      readonly reason: "non-positive" | "too-few";
      readonly rounds: number;
    };

/** What a contrast has whose estimate is one, at the end of the plan. */
export function oneLook(estimate: Estimate, plan: Looks = [1]) {
  return { estimate, looks: { plan, estimates: [estimate] }, check: null, newest: null, each: null };
}
