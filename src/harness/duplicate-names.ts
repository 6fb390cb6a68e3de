import type { TaskOutcome } from "./run.ts";

/** The outcomes of all benches; a name that two of them share is a failure, since nobody could tell which is which. */
export function withoutTwins(outcomes: readonly TaskOutcome[]): TaskOutcome[] {
  const byName = new Map<string, TaskOutcome[]>();
  for (const outcome of outcomes) byName.set(outcome.benchmark, [...(byName.get(outcome.benchmark) ?? []), outcome]);
  const reason = "several tasks of the module have this name. Give each Bench a `name`, or rename the tasks.";
  return [...byName].flatMap(([benchmark, twins]) => (twins.length === 1 ? twins : [{ benchmark, reason }]));
}
