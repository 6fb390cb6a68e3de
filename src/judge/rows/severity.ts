import type { Budget } from "../../model/plan.ts";
import type { Row } from "./row.ts";
import { isTail, shortOfSamples } from "./tail.ts";

/** Whether a row's regression turns the check red, or is only shown. */
export type Severity = Budget["severity"];

/**
 * The severity of a row that is tested against a threshold: which statistics gate. A default tail of a closed load loop is only shown, since it leaves
 * out what matters most, but not where it has too few samples to say even that; what the user asked for stays theirs. Nothing else is a reason not to
 * gate: what cannot be judged is a doubt.
 */
export function severityOf(row: Row): Severity {
  const { budget, readings } = row;
  const shown = budget.origin !== "user" && isClosedLoopTail(row) && shortOfSamples(readings) === null;
  return shown ? "advisory" : budget.severity;
}

/** Whether a row is a tail of a closed load loop, which leaves out the requests that a slow answer kept from being sent. */
export function isClosedLoopTail({ subject, budget }: Row): boolean {
  return subject.closedLoop && isTail(budget.statistic);
}
