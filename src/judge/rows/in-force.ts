import { largest, smallest } from "../../model/extremes.ts";
import { keyOf } from "../../model/key.ts";
import { TOLD_BY } from "../../model/metric.ts";
import type { Budget } from "../../model/plan.ts";
import { type StatisticName, standInsOf } from "../../model/statistic.ts";
import { evaluate, hasStatistic } from "../../stats/statistic.ts";
import type { Rule } from "./budgets.ts";
import type { Observation, Subject } from "./subjects.ts";
import { isTail } from "./tail.ts";

/**
 * Subjects with the budgets that hold once it is known what the data of both sides can answer:
 * - a statistic that they lack passes its rule to what stands for it (the mean for p50), so that something of every metric is told;
 * - a rule for steady values is advisory where they are not;
 * - a rule that yields to another metric (throughput to latency) is advisory beside it, and gates where that is not judged, or printed too coarsely to
 *   tell. So something of every benchmark's speed gates, whatever its tool prints.
 */
export function inForce(subjects: readonly Subject[]): readonly Subject[] {
  const standing = subjects.map((subject) => ({
    ...subject,
    budgets: subject.budgets.flatMap((rule) => withStandIn(subject, rule)).map((rule) => ifSteady(subject, rule)),
  }));
  const judged = new Set(standing.filter(isJudged).map((subject) => metricKey(subject, subject.measurement.metric)));
  return standing.map((subject) => ({
    ...subject,
    budgets: subject.budgets.map((rule) =>
      rule.yieldsTo?.some((metric) => judged.has(metricKey(subject, metric)))
        ? { ...rule, severity: "advisory" as const }
        : rule,
    ),
  }));
}

/** The rule, or what stands in for it. What the user named stays beside it, to say that the data lack it. */
function withStandIn(subject: Subject, rule: Rule): readonly Rule[] {
  if (answers(subject, rule.statistic)) return [rule];
  const instead = standInsOf(rule.statistic).find((statistic) => answers(subject, statistic));
  if (instead === undefined || subject.budgets.some(({ statistic }) => statistic === instead)) return [rule];
  const standIn = { ...rule, statistic: instead, insteadOf: rule.statistic, origin: standInOrigin(rule) };
  return rule.origin === "user" ? [rule, standIn] : [standIn];
}

/**
 * The rule; where the values of the baseline differ by more than it allows, they are told as those of any other metric: advisory, and at its threshold. A
 * candidate that varies does not free itself.
 */
function ifSteady({ baseline }: Subject, rule: Rule): Rule {
  const { steady, statistic } = rule;
  if (steady === undefined) return rule;
  const varies = baseline.some((arm) => {
    const values = arm.flatMap(({ distribution }) => evaluate(distribution, statistic, null) ?? []);
    return values.length > 0 && largest(values) - smallest(values) > steady * smallest(values);
  });
  return varies ? { ...rule, severity: "advisory", threshold: TOLD_BY.threshold } : rule;
}

function standInOrigin({ origin }: Rule): Budget["origin"] {
  return origin === "user" ? "usual" : origin;
}

/**
 * Whether both sides have a rule of the subject that can fail the check, and a clock that tells what it asks. A tail that nobody named is none: whether it
 * gates depends on its samples.
 */
function isJudged(subject: Subject): boolean {
  const { baseline, candidate, budgets } = subject;
  return (
    baseline.length > 0 &&
    candidate.length > 0 &&
    budgets.some(
      ({ severity, statistic, origin }) =>
        severity === "gate" &&
        (origin === "user" || !isTail(statistic)) &&
        answers(subject, statistic) &&
        isFine(subject, statistic),
    )
  );
}

/** The largest share of a value that two steps of its clock may be for it to tell how fast something is. */
const COARSE = 0.25;

/** Whether a subject's values are well above the steps that they were printed in: a mean of 0.00 s says nothing of speed. */
function isFine({ baseline, resolution }: Subject, statistic: StatisticName): boolean {
  const [first] = baseline.flatMap((arm) => arm.map(({ distribution }) => evaluate(distribution, statistic, null)));
  return 2 * resolution <= COARSE * (first ?? 0) || resolution === 0;
}

/** Whether each side that is there has the statistic. */
function answers({ baseline, candidate }: Subject, statistic: StatisticName): boolean {
  const has = (arm: readonly Observation[]) => arm.some(({ distribution }) => hasStatistic(distribution, statistic));
  return (baseline.length === 0 || baseline.some(has)) && (candidate.length === 0 || has(candidate));
}

function metricKey({ suite, benchmark }: Subject, metric: string): string {
  return keyOf(suite, benchmark, metric);
}
