import { benchmarkKey, keyOf } from "../model/key.ts";
import type { Budget } from "../model/plan.ts";
import type { Judgement } from "../model/verdict.ts";
import type { Looks } from "../stats/sequential.ts";
import { undisputed } from "./decision.ts";
import { identity, judgementOf } from "./judgement.ts";
import { meanOf, ownReadings, readings } from "./rows/readings.ts";
import { rowsOf } from "./rows/row.ts";
import type { Subject } from "./rows/subjects.ts";

/** What stands for the budget of a metric that has none which its data can answer. */
const NO_BUDGET = { statistic: "mean", threshold: null, severity: "gate" } as const;

/**
 * Benchmarks and metrics that only one side has: one judgement each, for the statistic that matters most.
 * A benchmark without any counterpart is one row, however many metrics it has, and gates; broken limits are judged all the same.
 */
export function oneSided(
  sound: readonly Subject[],
  both: readonly Subject[],
  looks: Looks | null,
): readonly Judgement[] {
  const compared = new Set(both);
  const shared = new Set(both.map(benchmarkKey));
  const seen = new Set<string>();
  return sound
    .filter((subject) => !compared.has(subject))
    .flatMap((subject) => {
      const side = subject.candidate.length > 0 ? "added" : "removed";
      const limits = side === "added" ? brokenLimits(subject, looks) : [];
      const name = benchmarkKey(subject);
      // What nobody is held to may come and go beside what the other side has too: it is told.
      if (shared.has(name)) return [...limits, onlyOn(side, subject)];
      if (seen.has(keyOf(side, name))) return limits;
      seen.add(keyOf(side, name));
      return [...limits, { ...onlyOn(side, subject), severity: "gate" }];
    });
}

/** A judgement for each limit that the candidate breaks, or may break, with nothing to compare it with. */
export function brokenLimits(subject: Subject, looks: Looks | null): readonly Judgement[] {
  return rowsOf(subject, looks)
    .filter(({ limit }) => limit !== null && limit.state !== "kept")
    .map((row) => judgementOf(undisputed(row)));
}

function onlyOn(side: "added" | "removed", subject: Subject): Judgement {
  const budget = subject.budgets.find(({ statistic }) => levelOf(subject, statistic) !== null) ?? NO_BUDGET;
  const level = levelOf(subject, budget.statistic);
  return {
    ...identity(subject, budget),
    verdict: side,
    severity: budget.severity,
    baseline: side === "removed" ? level : null,
    candidate: side === "added" ? level : null,
    comparison: null,
    limit: null,
    goal: null,
    accepted: null,
    failure: null,
    warnings: [],
  };
}

/** The side that is there, in one number. */
function levelOf(subject: Subject, statistic: Budget["statistic"]): number | null {
  return meanOf(ownReadings(subject, statistic).candidate) ?? meanOf(readings(subject, statistic).baseline.flat());
}
