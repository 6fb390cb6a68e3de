import { keyOf } from "../../model/key.ts";
import type { Warning } from "../../model/warning.ts";
import type { Looks } from "../../stats/sequential.ts";
import { sampleCount } from "../../stats/statistic.ts";
import type { Rule } from "./budgets.ts";
import { type LimitFinding, limitOf } from "./limit.ts";
import { type Readings, readings } from "./readings.ts";
import type { Subject } from "./subjects.ts";

/** One statistic of one subject under one budget, with its numbers. */
export interface Row {
  readonly subject: Subject;
  readonly budget: Rule;
  readonly readings: Readings;
  /** How the candidate stands to the budget's limit; null where it has none. */
  readonly limit: LimitFinding | null;
  /** How many samples any round of either side has; null where one of them counts none. */
  readonly counts: { readonly fewest: number; readonly most: number } | null;
  /** The candidate's mean over rounds at their own sample sizes, where its rounds are not held any more. */
  readonly own?: number | null;
}

/** A subject's rows, one for each of its budgets. `looks`: see `Rules`. */
export function rowsOf(subject: Subject, looks: Looks | null): readonly Row[] {
  const counts = countsOf(subject);
  return subject.budgets.map((budget) => ({
    subject,
    budget,
    readings: readings(subject, budget.statistic),
    limit: limitOf(subject, budget, looks),
    counts,
  }));
}

function countsOf({ baseline, candidate }: Subject): Row["counts"] {
  let [fewest, most] = [Number.POSITIVE_INFINITY, 0];
  for (const arm of [...baseline, candidate]) {
    for (const { distribution } of arm) {
      const count = sampleCount(distribution);
      if (count === null) return null;
      fewest = Math.min(fewest, count);
      most = Math.max(most, count);
    }
  }
  return { fewest, most };
}

/**
 * Whether a row is worth telling. What the user asked for and the data lack is a row that says so, and so is a limit, and what one side alone has; a
 * default threshold on what neither side has is silent here, and `unavailable` tells of it once a suite.
 */
export function isTold({ budget, readings: values }: Row): boolean {
  const some = values.baseline.length > 0 || values.candidate.length > 0;
  return some || budget.origin === "user" || budget.limit !== null;
}

/** Statistics that a suite's data never have where nobody named them, once each: those that gate, and those that another stands for. */
export function unavailable(rows: readonly Row[]): readonly Warning[] {
  const found = new Map<string, Warning>();
  for (const row of rows) {
    const { suite, measurement } = row.subject;
    const { statistic, severity, insteadOf } = row.budget;
    const { metric } = measurement;
    if (severity === "advisory") continue;
    if (insteadOf !== undefined) {
      const warning = { code: "stands-in", suite, metric, statistic: insteadOf, instead: statistic } as const;
      found.set(keyOf(suite, metric, insteadOf), warning);
    } else if (!isTold(row)) {
      found.set(keyOf(suite, metric, statistic), { code: "statistic-unavailable", suite, metric, statistic });
    }
  }
  return [...found.values()];
}
