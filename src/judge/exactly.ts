import { worse } from "../model/measurement.ts";
import type { Comparison, Verdict } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import { boundsOf } from "./bounds.ts";
import type { ExactContrast } from "./certain.ts";
import { exactComparison } from "./comparison.ts";
import type { Trial } from "./trial.ts";

/** What a row came to by its threshold. */
export interface Decision {
  readonly verdict: Verdict;
  readonly comparison: Comparison | null;
  readonly warnings: readonly Warning[];
}

/** The decision on values without noise: any difference is real, as far as what measured them can tell. */
export function decideExactly(trial: Trial, contrast: ExactContrast): Decision {
  const { budget, threshold, subject, readings, warnings, barred } = trial;
  const comparison = exactComparison(contrast);
  if (barred) return { verdict: "inconclusive", comparison, warnings };
  const { baseline, candidate } = contrast;
  const change = worse(subject.measurement.better) * (candidate - baseline);
  const least = threshold * Math.abs(baseline);
  const asked = Math.max(least, budget.floor);
  // Nothing is compared with 0 by its steps: what was 0 in every round is less than one.
  const { inForce } = boundsOf(trial, baseline);
  const coarse = baseline !== 0 && inForce?.why === "resolution";
  const margin = coarse ? inForce.amount : asked;
  if (coarse && Math.abs(change) <= margin) {
    const reason = { code: "too-coarse", step: readings.resolution, bound: margin } as const;
    return { verdict: "inconclusive", comparison, warnings: [...warnings, reason] };
  }
  const belowFloor = Math.abs(change) <= budget.floor && Math.abs(change) > least;
  return {
    verdict: change > margin ? "regression" : change < -margin ? "improvement" : "unchanged",
    comparison,
    warnings: belowFloor ? [...warnings, { code: "below-floor", floor: budget.floor }] : warnings,
  };
}
