import { benchmarkKey, keyOf } from "../model/key.ts";
import type { Budget } from "../model/plan.ts";
import type { Judgement } from "../model/verdict.ts";
import type { Looks } from "../stats/sequential.ts";
import { budgetsFor } from "./budgets.ts";
import { average, ownReadings, readings } from "./readings.ts";
import { identity, judgementOf, limitOf } from "./row.ts";
import type { Lineup, SideFailure, Subject } from "./subjects.ts";

/**
 * Benchmarks and metrics that only one side has: one judgement each, for the statistic that matters most.
 * A benchmark without any counterpart is one row, however many metrics it has; broken limits are judged all the same.
 */
export function oneSided(
  sound: readonly Subject[],
  both: readonly Subject[],
  budgets: readonly Budget[],
  looks: Looks | undefined,
): Judgement[] {
  const shared = new Set(both.map(benchmarkKey));
  const seen = new Set<string>();
  return sound
    .filter((subject) => !both.includes(subject))
    .flatMap((subject) => {
      const side = subject.candidate.length > 0 ? "added" : "removed";
      const applicable = budgetsFor(budgets, subject.suite, subject.benchmark, subject.measurement.metric);
      const limits = side === "added" ? brokenLimits(subject, budgets, looks) : [];
      const name = benchmarkKey(subject);
      const known = seen.has(keyOf(side, name));
      // A metric of a benchmark that the other side has too is worth a row of its own only where a budget watches it.
      if (shared.has(name) ? !applicable.some(({ severity }) => severity === "gate") : known) return limits;
      seen.add(keyOf(side, name));
      const has = ({ statistic }: Budget) => levelOf(subject, statistic) !== null;
      const budget = applicable.find(has) ?? { statistic: "mean" as const, threshold: null, severity: "gate" as const };
      const value = levelOf(subject, budget.statistic);
      return [
        ...limits,
        {
          ...identity(subject, budget),
          verdict: side,
          severity: budget.severity,
          baseline: side === "removed" ? value : null,
          candidate: side === "added" ? value : null,
          comparison: null,
          limit: null,
          goal: null,
          accepted: null,
          failure: null,
          warnings: [],
        } satisfies Judgement,
      ];
    });
}

/** A row for each limit that the candidate breaks, or may break, with nothing to compare it with. */
export function brokenLimits(subject: Subject, budgets: readonly Budget[], looks: Looks | undefined): Judgement[] {
  return budgetsFor(budgets, subject.suite, subject.benchmark, subject.measurement.metric).flatMap((budget) => {
    const finding = limitOf({ subject, budget }, looks);
    if (finding === null || finding.state === "kept") return [];
    return [judgementOf({ subject, budget, readings: readings(subject, budget.statistic) }, null, looks)];
  });
}

/** The side that is there, in one number. */
function levelOf(subject: Subject, statistic: Budget["statistic"]): number | null {
  return average(ownReadings(subject, statistic).candidate) ?? average(readings(subject, statistic).baseline.flat());
}

/** Whether a benchmark, the file that defines it, or its whole suite, failed on either side. */
export function isFailed(failures: readonly SideFailure[], { suite, benchmark, measurement }: Subject): boolean {
  return failures.some((failure) => {
    if (failure.suite !== suite) return false;
    if (failure.benchmark !== "*") return failure.benchmark === benchmark;
    return failure.source === undefined || failure.source.file === measurement.source?.file;
  });
}

/** One row for each benchmark that failed on a side; a whole suite's failure is a row for each benchmark that it is known to have. */
export function failedJudgements({ subjects, failures }: Lineup, budgets: readonly Budget[]): Judgement[] {
  const rows = new Map<string, Judgement>();
  for (const failure of failures) {
    const known = subjects.filter((subject) => isFailed([failure], subject));
    const nameless = failure.benchmark === "*" ? (failure.source?.file ?? "*") : failure.benchmark;
    const names = known.length > 0 ? [...new Set(known.map(({ benchmark }) => benchmark))] : [nameless];
    for (const benchmark of names) {
      const key = keyOf(failure.suite, benchmark);
      if (rows.has(key)) continue;
      const subject = known.find((each) => each.benchmark === benchmark);
      const measurement = subject?.measurement ?? {
        metric: "latency",
        unit: "s",
        better: "lower" as const,
        source: undefined,
      };
      const budget = budgetsFor(budgets, failure.suite, benchmark, measurement.metric)[0];
      rows.set(key, {
        suite: failure.suite,
        benchmark,
        metric: measurement.metric,
        statistic: budget?.statistic ?? "p50",
        unit: measurement.unit,
        better: measurement.better,
        verdict: "failed",
        // A baseline that does not run must not keep its own repair out.
        severity: failure.side === "candidate" ? "gate" : "advisory",
        threshold: budget?.threshold ?? null,
        baseline: null,
        candidate: null,
        comparison: null,
        limit: null,
        goal: null,
        accepted: null,
        failure: { side: failure.side, reason: failure.reason, output: failure.output },
        warnings: [],
        source: measurement.source ?? null,
      });
    }
  }
  return [...rows.values()];
}
