import type { Budget } from "../model/plan.ts";
import type { Comparison, Judgement, Verdict } from "../model/verdict.ts";
import { boundsOf } from "./bounds.ts";
import type { Decided } from "./decision.ts";
import { stateOf } from "./rows/limit.ts";
import { meanOf, ownReadings } from "./rows/readings.ts";
import type { Row } from "./rows/row.ts";
import type { Subject } from "./rows/subjects.ts";

/** The judgement on a row: what was decided, and its limit and goal. A limit that may be broken leaves nothing unchanged. */
export function judgementOf({ row, trial, decision }: Decided): Judgement {
  const { subject, budget, readings, limit } = row;
  const { verdict, comparison } = decision;
  const broken = limit?.state === "broken";
  const excused = broken && isBaselines(row, verdict);
  const red = broken && !excused;
  const gating = trial?.severity === "gate" && verdict === "regression";
  const open =
    limit?.state === "undecided" && !gating && (trial === null || trial.severity === "advisory" || isGood(verdict));
  // What is in doubt proves nothing, however far apart the numbers are.
  const proves = verdict !== "inconclusive";
  const goal = budget.goal === undefined ? null : goalOf(budget.goal, subject, { comparison, proves });
  return {
    ...identity(subject, { ...budget, threshold: trial?.threshold ?? budget.threshold }),
    ...clockOf(trial),
    verdict: red ? "regression" : open ? "inconclusive" : excused && trial === null ? "added" : verdict,
    // A limit is the user's own number: no default makes it advisory.
    severity: red || open ? budget.severity : (trial?.severity ?? (excused ? "advisory" : budget.severity)),
    baseline: trial?.contrast.baseline ?? meanOf(readings.baseline.flat()),
    candidate: trial?.contrast.candidate ?? ownMean(row),
    comparison,
    limit: budget.limit === null ? null : { value: budget.limit, broken },
    goal,
    accepted: null,
    failure: null,
    warnings: [
      ...decision.warnings,
      ...(open ? limit.warnings.filter(({ code }) => decision.warnings.every((each) => each.code !== code)) : []),
      ...(excused ? [{ code: "limit-broken-before", before: meanOf(readings.baseline.flat()) } as const] : []),
      ...(goal === null ? [] : [{ code: "goal", goal: goal.value, state: goal.state } as const]),
    ],
  };
}

function ownMean({ subject, budget, own }: Row): number | null {
  return own === undefined ? meanOf(ownReadings(subject, budget.statistic).candidate) : own;
}

function isGood(verdict: Verdict): boolean {
  return verdict === "unchanged" || verdict === "not-slower" || verdict === "improvement";
}

/**
 * Whether a limit that nobody wrote is broken without this change's doing: the baseline does not keep it either, or there is none. Where the baseline is
 * close to it, only what is proven worse counts.
 */
function isBaselines({ subject, budget, readings }: Row, verdict: Verdict): boolean {
  if (budget.defaultLimit !== true || budget.limit === null) return false;
  const before = readings.baseline.flat().map(({ value }) => value);
  if (before.length === 0) return true;
  const { better } = subject.measurement;
  const state = stateOf(before, { limit: budget.limit, better, exact: false, looks: [1] });
  return state === "broken" || (state === "undecided" && verdict !== "regression");
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
  { comparison, proves }: { readonly comparison: Comparison | null; readonly proves: boolean },
): NonNullable<Judgement["goal"]> {
  if (comparison === null) return { value, state: "open" };
  const { lower, upper } = comparison.interval;
  const [reached, short] =
    measurement.better === "lower" ? [upper <= 1 - value, lower > 1 - value] : [lower >= 1 + value, upper < 1 + value];
  return { value, state: reached ? (proves ? "proven" : "open") : short ? "missed" : "open" };
}

/** What names a judgement, and what it is judged by. */
export function identity(subject: Subject, { statistic, threshold }: Pick<Budget, "statistic" | "threshold">) {
  const { cell, suite, benchmark, measurement } = subject;
  return {
    ...(cell !== undefined && { cell }),
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
