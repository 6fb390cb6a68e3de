import { keyOf } from "../model/key.ts";
import type { Budget } from "../model/plan.ts";
import { quantileLevel } from "../model/statistic.ts";
import type { Warning } from "../model/warning.ts";
import type { Looks } from "../stats/sequential.ts";
import { budgetsFor } from "./budgets.ts";
import { contrast } from "./compare.ts";
import type { BaselineMode, Contrast } from "./contrast.ts";
import { ROUNDS_TO_JUDGE, RUNS_TO_JUDGE, type Trial } from "./decide.ts";
import { isUneven, type Readings, readings, samplesNeeded } from "./readings.ts";
import { correlated, heavyTail, remarksOn } from "./remarks.ts";
import type { Row, RowWithThreshold } from "./row.ts";
import { historyVariance, runMeans } from "./stored.ts";
import type { Subject } from "./subjects.ts";

/**
 * A subject's rows. What the user asked for and the data lack is a row that says so, and so is a limit; a default threshold is silent
 * here, and `unavailable` tells of it once a suite.
 */
export function rowsOf(subject: Subject, budgets: readonly Budget[]): Row[] {
  return budgetsFor(budgets, subject.suite, subject.benchmark, subject.measurement.metric)
    .map((budget) => ({ subject, budget, readings: readings(subject, budget.statistic) }))
    .filter(({ budget, readings: values }) => isComplete(values) || budget.origin === "user" || budget.limit !== null);
}

/** A row made ready for its verdict: its contrast, and every reason why no verdict may be given. */
export function trialOf(row: RowWithThreshold, { mode, looks, prior }: Circumstances): Trial {
  const { subject, budget, readings: values } = row;
  const { statistic } = budget;
  const { metric } = subject.measurement;
  const needed = samplesNeeded(statistic);
  const short = needed !== null && values.samples !== null && values.samples < needed.gate;
  const closed = needed !== null && subject.closedLoop;
  const { baseline: estimator, candidate: other } = subject.estimators;
  const level = quantileLevel(statistic);
  const extreme = (level === 0 || level === 1) && subject.measurement.distribution.kind !== "value";
  const printed = needed !== null && subject.measurement.distribution.kind === "quantiles";

  const refused = !isComplete(values) || (needed !== null && values.samples !== null && values.samples < needed.show);
  const found: Contrast = refused
    ? { design: "impossible", baseline: null, candidate: null, reason: "too-few", rounds: 0 }
    : contrast(subject, values, { mode, looks, prior: prior(row) });
  const bars: (Warning | null)[] = [
    isComplete(values) ? null : { code: "statistic-unavailable", suite: subject.suite, metric, statistic },
    short ? { code: "few-samples", statistic, samples: values.samples, needed: needed.gate } : null,
    estimator !== null && other !== null && estimator !== other
      ? { code: "estimator-differs", baseline: estimator, candidate: other }
      : null,
    (printed || extreme) && values.counts !== null && isUneven(values.counts)
      ? { code: "unequal-samples", ...values.counts }
      : null,
    refused ? null : tooFew(found, mode),
    heavyTail(subject, statistic),
    needed === null || short ? null : correlated(subject, statistic, 1 - level!),
  ];
  const barring = bars.filter((bar) => bar !== null);
  return {
    subject,
    budget,
    // A default must not hold a gate open for data that the tool cannot give; what the user asked for stays theirs.
    severity: (closed || short) && budget.origin === "default" ? "advisory" : budget.severity,
    contrast: found,
    warnings: [
      ...barring,
      ...(closed ? [{ code: "closed-loop" } as const] : []),
      ...remarksOn(subject, found, values, mode),
    ],
    barred: barring.length > 0,
  };
}

/** What all rows of a gate have in common. */
export interface Circumstances {
  readonly mode: BaselineMode;
  readonly looks: Looks | null;
  readonly prior: Prior;
}

/** The variance between stored runs that the neighbours of a row show. */
export type Prior = (row: Row) => ReturnType<typeof historyVariance>;

/** Priors for rows: the benchmarks of a suite share one for each statistic of a metric. */
export function priorsOf(rows: readonly Row[]): Prior {
  const key = ({ subject, budget }: Row) => keyOf(subject.suite, subject.measurement.metric, budget.statistic);
  const families = new Map<string, Row[]>();
  for (const row of rows) {
    const family = families.get(key(row)) ?? [];
    family.push(row);
    families.set(key(row), family);
  }
  const priors = new Map<string, ReturnType<typeof historyVariance>>();
  return (row) => {
    const name = key(row);
    if (!priors.has(name))
      priors.set(name, historyVariance((families.get(name) ?? []).map((each) => runMeans(each.readings))));
    return priors.get(name) ?? null;
  };
}

function isComplete({ baseline, candidate }: Readings): boolean {
  return baseline.length > 0 && candidate.length > 0;
}

/** Too little replication for a verdict, or numbers that have no ratio. */
function tooFew(found: Contrast, mode: BaselineMode): Warning | null {
  if (found.design === "exact") return null;
  if (found.design === "impossible" && found.reason === "non-positive") return { code: "non-positive" };
  const { rounds } = found;
  if (mode === "stored")
    return rounds < RUNS_TO_JUDGE ? { code: "few-baseline-runs", runs: rounds, needed: RUNS_TO_JUDGE } : null;
  return rounds < ROUNDS_TO_JUDGE ? { code: "few-rounds", rounds, needed: ROUNDS_TO_JUDGE } : null;
}

/** Default statistics that a suite's data never have, once each. */
export function unavailable(subjects: readonly Subject[], budgets: readonly Budget[]): Warning[] {
  const found = new Map<string, Warning>();
  for (const subject of subjects) {
    const { metric } = subject.measurement;
    for (const { statistic, origin, severity, limit } of budgetsFor(
      budgets,
      subject.suite,
      subject.benchmark,
      metric,
    )) {
      if (origin === "user" || severity === "advisory" || limit !== null || isComplete(readings(subject, statistic)))
        continue;
      found.set(keyOf(subject.suite, metric, statistic), {
        code: "statistic-unavailable",
        suite: subject.suite,
        metric,
        statistic,
      });
    }
  }
  return [...found.values()];
}
