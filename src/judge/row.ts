import type { Budget } from "../model/plan.ts";
import type { Comparison, Judgement } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import type { Looks } from "../stats/sequential.ts";
import type { Decision, Trial } from "./decide.ts";
import { LIMIT_ROUNDS, type LimitState, limitState } from "./limit.ts";
import { average, isExact, ownReadings, type Readings, samplesNeeded } from "./readings.ts";
import type { Subject } from "./subjects.ts";

/** One statistic of one subject under one budget, with its numbers. */
export interface Row {
  readonly subject: Subject;
  readonly budget: Budget;
  readonly readings: Readings;
}
/** A row that is tested against a threshold, not only against a limit. */
export type RowWithThreshold = Row & { readonly budget: Budget & { readonly threshold: number } };

/** How the candidate stands to a limit, and what keeps it from being said. */
interface LimitFinding {
  readonly state: LimitState;
  readonly warnings: readonly Warning[];
}

/** The judgement on a row: its decision, if it was tested, and its limit. A limit that may be broken leaves nothing unchanged. */
export function judgementOf(
  row: Row,
  tested: { trial: Trial; decision: Decision } | null,
  looks: Looks | undefined,
): Judgement {
  const { subject, budget, readings: values } = row;
  const limit = limitOf(row, looks);
  const contrast = tested?.trial.contrast ?? null;
  const found = tested?.decision ?? { verdict: "unchanged" as const, comparison: null, warnings: [] };
  const open = limit?.state === "undecided" && (found.verdict === "unchanged" || found.verdict === "improvement");
  const goal = budget.goal === undefined ? null : goalOf(budget.goal, subject, found.comparison);
  return {
    ...identity(subject, budget),
    verdict: limit?.state === "broken" ? "regression" : open ? "inconclusive" : found.verdict,
    // A limit is the user's own number: no default makes it advisory.
    severity: limit?.state === "broken" || open ? budget.severity : (tested?.trial.severity ?? budget.severity),
    baseline: contrast?.baseline ?? average(values.baseline.flat()),
    candidate: contrast?.candidate ?? average(ownReadings(subject, budget.statistic).candidate),
    comparison: found.comparison,
    limit: budget.limit === null ? null : { value: budget.limit, broken: limit?.state === "broken" },
    goal,
    accepted: null,
    failure: null,
    warnings: [
      ...found.warnings,
      ...(open ? limit.warnings : []),
      ...(goal === null ? [] : [{ code: "goal", goal: goal.value, state: goal.state } as const]),
    ],
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

/** How the candidate stands to the row's limit; null where there is none. */
export function limitOf(
  { subject, budget }: Pick<Row, "subject" | "budget">,
  looks: Looks | undefined,
): LimitFinding | null {
  const { statistic, limit } = budget;
  const { suite, measurement, candidate } = subject;
  if (limit === null) return null;
  const own = ownReadings(subject, statistic);
  if (own.candidate.length === 0) {
    const warning: Warning = { code: "statistic-unavailable", suite, metric: measurement.metric, statistic };
    return { state: "undecided", warnings: [warning] };
  }
  const needed = samplesNeeded(statistic);
  if (needed !== null && own.samples !== null && own.samples < needed.show) {
    return {
      state: "undecided",
      warnings: [{ code: "few-samples", statistic, samples: own.samples, needed: needed.gate }],
    };
  }
  const values = own.candidate.map(({ value }) => value);
  const exact = candidate.every(({ distribution }) => isExact(distribution));
  const state = limitState(values, limit, measurement.better, exact, looks);
  const few: Warning = { code: "few-rounds", rounds: values.length, needed: LIMIT_ROUNDS };
  return {
    state,
    warnings: state !== "undecided" ? [] : [values.length < LIMIT_ROUNDS ? few : { code: "limit-close" }],
  };
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
