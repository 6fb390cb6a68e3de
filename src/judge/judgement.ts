import type { Budget } from "../model/plan.ts";
import type { Comparison, Judgement } from "../model/verdict.ts";
import { boundsOf } from "./bounds.ts";
import type { Decided } from "./decision.ts";
import { meanOf, ownReadings } from "./readings.ts";
import type { Subject } from "./subjects.ts";

/** The judgement on a row: what was decided, and its limit and goal. A limit that may be broken leaves nothing unchanged. */
export function judgementOf({ row, trial, decision }: Decided): Judgement {
  const { subject, budget, readings, limit } = row;
  const { verdict, comparison } = decision;
  const broken = limit?.state === "broken";
  const open = limit?.state === "undecided" && (verdict === "unchanged" || verdict === "improvement");
  const goal = budget.goal === undefined ? null : goalOf(budget.goal, subject, comparison);
  return {
    ...identity(subject, budget),
    ...clockOf(trial),
    verdict: broken ? "regression" : open ? "inconclusive" : verdict,
    // A limit is the user's own number: no default makes it advisory.
    severity: broken || open ? budget.severity : (trial?.severity ?? budget.severity),
    baseline: trial?.contrast.baseline ?? meanOf(readings.baseline.flat()),
    candidate: trial?.contrast.candidate ?? meanOf(ownReadings(subject, budget.statistic).candidate),
    comparison,
    limit: budget.limit === null ? null : { value: budget.limit, broken },
    goal,
    accepted: null,
    failure: null,
    warnings: [
      ...decision.warnings,
      ...(open ? limit.warnings : []),
      ...(goal === null ? [] : [{ code: "goal", goal: goal.value, state: goal.state } as const]),
    ],
  };
}

/** What the numbers can tell, and the bound that it puts in place of the threshold. */
function clockOf(trial: Decided["trial"]): Pick<Judgement, "resolution" | "judged"> {
  if (trial === null) return {};
  const { contrast, readings } = trial;
  const { inForce } = contrast.baseline === null ? { inForce: null } : boundsOf(trial, contrast.baseline);
  return {
    ...(readings.resolution > 0 && { resolution: readings.resolution }),
    ...(inForce !== null && { judged: inForce }),
  };
}

/** How the comparison stands to a promised improvement. */
function goalOf(
  value: number,
  { measurement }: Subject,
  comparison: Comparison | null,
): NonNullable<Judgement["goal"]> {
  if (comparison === null) return { value, state: "open" };
  const { lower, upper } = comparison.interval;
  const [reached, short] =
    measurement.better === "lower" ? [upper <= 1 - value, lower > 1 - value] : [lower >= 1 + value, upper < 1 + value];
  return { value, state: reached ? "proven" : short ? "missed" : "open" };
}

/** What names a judgement, and what it is judged by. */
export function identity(subject: Subject, { statistic, threshold }: Pick<Budget, "statistic" | "threshold">) {
  const { suite, benchmark, measurement } = subject;
  return {
    suite,
    benchmark,
    metric: measurement.metric,
    statistic,
    unit: measurement.unit,
    better: measurement.better,
    threshold,
    source: measurement.source ?? null,
  };
}
