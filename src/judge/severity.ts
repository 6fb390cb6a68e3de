import type { Budget } from "../model/plan.ts";
import { isTail, shortOfSamples } from "./readings.ts";
import type { Row } from "./row.ts";

/** Whether a row's regression turns the check red, or is only shown. */
export type Severity = Budget["severity"];

/**
 * The severity of a row that is tested against a threshold: which statistics gate. A default must not hold a gate open for data that the
 * tool cannot give, so a default tail gates only where its samples can carry it; what the user asked for stays theirs.
 */
export function severityOf(row: Row): Severity {
  const { budget, readings } = row;
  if (budget.origin === "user") return budget.severity;
  const weak = isClosedLoopTail(row) || shortOfSamples(readings, budget.statistic, "gate") !== null;
  return weak ? "advisory" : budget.severity;
}

/** Whether a row is a tail of a closed load loop, which leaves out the requests that a slow answer kept from being sent. */
export function isClosedLoopTail({ subject, budget }: Row): boolean {
  return subject.closedLoop && isTail(budget.statistic);
}
