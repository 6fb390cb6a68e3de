import type { Budget } from "../model/plan.ts";
import type { Judgement } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import { isExact, type Readings } from "./compare.ts";
import { type Decision, ROUNDS_TO_JUDGE, type Trial } from "./decide.ts";
import { limitState } from "./limit.ts";
import type { Subject } from "./subjects.ts";

/** One statistic of one subject under one budget, with its numbers. */
export interface Row {
  readonly subject: Subject;
  readonly budget: Budget;
  readonly readings: Readings;
}
/** A row that is tested against a threshold, not only against a limit. */
export type RowWithThreshold = Row & { readonly budget: Budget & { readonly threshold: number } };

/** The judgement on a row: its decision, if it was tested, and its limit. */
export function judgementOf(row: Row, tested: { trial: Trial; decision: Decision } | null): Judgement {
  const { subject, budget, readings: values } = row;
  const limit = limitOf(row);
  const contrast = tested?.trial.contrast ?? null;
  const base = tested?.decision ?? { verdict: "unchanged" as const, comparison: null, warnings: [] };
  const limitVerdict = limit === "broken" ? "regression" : limit === "undecided" ? "inconclusive" : null;
  const verdict = limit === "broken" ? "regression" : tested === null ? (limitVerdict ?? "unchanged") : base.verdict;
  const few: Warning[] =
    tested === null && limit === "undecided"
      ? [{ code: "few-rounds", rounds: values.candidate.length, needed: ROUNDS_TO_JUDGE }]
      : [];
  return {
    ...identity(subject, budget),
    verdict,
    severity: tested?.trial.severity ?? budget.severity,
    baseline: contrast?.baseline ?? average(values.baseline.flat()),
    candidate: contrast?.candidate ?? average(values.candidate),
    comparison: base.comparison,
    limit: budget.limit === null ? null : { value: budget.limit, broken: limit === "broken" },
    accepted: null,
    failure: null,
    warnings: [...base.warnings, ...few],
  };
}

/** How the candidate stands to the row's limit; null where there is none. */
export function limitOf({ subject, budget, readings: values }: Row): ReturnType<typeof limitState> | null {
  if (budget.limit === null || values.candidate.length === 0) return null;
  const exact = subject.candidate.every(({ distribution }) => isExact(distribution));
  return limitState(
    values.candidate.map(({ value }) => value),
    budget.limit,
    subject.measurement.better,
    exact,
  );
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

/** The mean over rounds; null where there are none. */
export function average(readings: readonly { readonly value: number }[]): number | null {
  return readings.length === 0 ? null : readings.reduce((sum, { value }) => sum + value, 0) / readings.length;
}
