import type { Budget } from "../model/plan.ts";
import type { Warning } from "../model/warning.ts";
import { budgetsFor } from "./budgets.ts";
import { type BaselineMode, contrast, historyVariance, readings, runMeans } from "./compare.ts";
import { ROUNDS_TO_JUDGE, RUNS_TO_JUDGE, samplesNeeded, type Trial } from "./decide.ts";
import type { Row, RowWithThreshold } from "./row.ts";
import type { Subject } from "./subjects.ts";

/** A subject's rows. A statistic that the user asked for and the data lack is a row that says so; a default one is silent here. */
export function rowsOf(subject: Subject, budgets: readonly Budget[]): Row[] {
  return budgetsFor(budgets, subject.suite, subject.benchmark, subject.measurement.metric).flatMap((budget) => {
    const values = readings(subject, budget.statistic);
    const complete = values !== null && values.baseline.length > 0 && values.candidate.length > 0;
    if (complete) return [{ subject, budget, readings: values }];
    return budget.origin === "user"
      ? [{ subject, budget, readings: { baseline: [], candidate: [], samples: null, counts: null } }]
      : [];
  });
}

/** A row made ready for its verdict: its contrast, and every reason why no verdict may be given. */
export function trialOf(row: RowWithThreshold, mode: BaselineMode, rows: readonly Row[]): Trial {
  const { subject, budget, readings: values } = row;
  const { statistic } = budget;
  const lacking = values.candidate.length === 0 || values.baseline.length === 0;
  const warnings: Warning[] = [];
  const bars: Warning[] = [];
  if (lacking)
    bars.push({ code: "statistic-unavailable", suite: subject.suite, metric: subject.measurement.metric, statistic });

  const needed = samplesNeeded(statistic);
  const short = needed !== null && values.samples !== null && values.samples < needed.gate;
  if (short) bars.push({ code: "few-samples", statistic, samples: values.samples, needed: needed.gate });
  const { baseline: estimator, candidate: other } = subject.estimators;
  if (estimator !== null && other !== null && estimator !== other) {
    bars.push({ code: "estimator-differs", baseline: estimator, candidate: other });
  }
  const printed = subject.measurement.distribution.kind === "quantiles";
  if (needed !== null && printed && values.counts !== null && uneven(values.counts)) {
    bars.push({ code: "unequal-samples", ...values.counts });
  }
  const closed = needed !== null && subject.measurement.loadModel === "closed";
  if (closed) warnings.push({ code: "closed-loop" });

  const refused = lacking || (needed !== null && values.samples !== null && values.samples < needed.show);
  const found = refused
    ? ({ design: "impossible", baseline: null, candidate: null, reason: "too-few", rounds: 0 } as const)
    : contrast(subject, values, mode, priorOf(row, rows));
  if (found.design === "impossible" && !refused) {
    if (found.reason === "non-positive") bars.push({ code: "non-positive" });
    else bars.push(tooFew(mode, found.rounds));
  } else if (found.design === "stored" && found.rounds < RUNS_TO_JUDGE) {
    bars.push({ code: "few-baseline-runs", runs: found.rounds, needed: RUNS_TO_JUDGE });
  } else if ((found.design === "pairs" || found.design === "unpaired") && found.rounds < ROUNDS_TO_JUDGE) {
    bars.push({ code: "few-rounds", rounds: found.rounds, needed: ROUNDS_TO_JUDGE });
  }
  return {
    subject,
    budget,
    // A default must not hold a gate open for data that the tool cannot give; what the user asked for stays theirs.
    severity: (closed || short) && budget.origin === "default" ? "advisory" : budget.severity,
    contrast: found,
    warnings: [...bars, ...warnings],
    barred: bars.length > 0,
  };
}

function tooFew(mode: BaselineMode, rounds: number): Warning {
  return mode === "stored"
    ? { code: "few-baseline-runs", runs: rounds, needed: RUNS_TO_JUDGE }
    : { code: "few-rounds", rounds, needed: ROUNDS_TO_JUDGE };
}

/** The variance between stored runs that the other benchmarks of the suite show in this statistic. */
function priorOf({ subject, budget }: Row, rows: readonly Row[]): { variance: number; df: number } | null {
  const family = rows.filter(
    (row) =>
      row.subject.suite === subject.suite &&
      row.subject.measurement.metric === subject.measurement.metric &&
      row.budget.statistic === budget.statistic,
  );
  return historyVariance(family.map((row) => runMeans(row.readings)));
}

/** More than a quarter apart: enough to move a tool's own p99 by itself. */
function uneven({ baseline, candidate }: { baseline: number; candidate: number }): boolean {
  return Math.max(baseline, candidate) > 1.25 * Math.min(baseline, candidate);
}

/** Default statistics that a suite's data never have, once each. */
export function unavailable(subjects: readonly Subject[], budgets: readonly Budget[]): Warning[] {
  const found = new Map<string, Warning>();
  for (const subject of subjects) {
    const { metric } = subject.measurement;
    for (const { statistic, origin, severity } of budgetsFor(budgets, subject.suite, subject.benchmark, metric)) {
      if (origin === "user" || severity === "advisory" || readings(subject, statistic)?.candidate.length) continue;
      found.set(`${subject.suite}\u0000${metric}\u0000${statistic}`, {
        code: "statistic-unavailable",
        suite: subject.suite,
        metric,
        statistic,
      });
    }
  }
  return [...found.values()];
}
