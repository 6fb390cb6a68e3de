import type { Distribution } from "../../model/measurement.ts";
import { sampleCount } from "../../stats/statistic.ts";
import { isExact } from "./readings.ts";
import type { Observation, Subject } from "./subjects.ts";

/**
 * Whether a subject is deterministic, so that any difference is real: its tool says so of every round, or it is what an operation allocates and no side
 * saw it vary, in two observations at least.
 */
export function isFact(subject: Subject): boolean {
  const { measurement, baseline, candidate } = subject;
  if (isDeclaredExact(subject)) return true;
  const arms = [baseline.flat(), candidate];
  const allocated = measurement.metric === "allocations" || measurement.per === "operation";
  return (
    allocated &&
    arms.every((arm) => arm.every(({ distribution }) => isConstant(distribution)) && observations(arm) >= 2)
  );
}

/** Whether the tool says of every round on either side that it is deterministic. */
export function isDeclaredExact({ baseline, candidate }: Subject): boolean {
  return [...baseline.flat(), ...candidate].every(({ distribution }) => isExact(distribution));
}

function isConstant(distribution: Distribution): boolean {
  if (distribution.kind === "value") return true;
  if (distribution.kind === "samples")
    return distribution.samples.every((sample) => sample === distribution.samples[0]);
  return distribution.kind === "histogram" && distribution.values[0] === distribution.values.at(-1);
}

export function observations(arm: readonly Observation[]): number {
  return arm.reduce(
    (sum, { distribution }) => sum + (seesEach(distribution) ? (sampleCount(distribution) ?? 1) : 1),
    0,
  );
}

/** Whether equal values in it were equal when they were seen: those in one bucket of a histogram may not have been. */
function seesEach(distribution: Distribution): boolean {
  return distribution.kind === "samples" || "sketch" in distribution;
}
