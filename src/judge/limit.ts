import type { Direction } from "../model/measurement.ts";
import { interval } from "../stats/p-value.ts";
import { type Looks, nominalLevel } from "../stats/sequential.ts";

/** Rounds that a limit needs to be called broken. */
export const LIMIT_ROUNDS = 3;

/** Whether the candidate keeps an absolute limit: `undecided` where its interval holds the limit, or there are too few rounds. */
export type LimitState = "kept" | "broken" | "undecided";

/**
 * The candidate's mean over rounds against a ceiling (a floor, where higher is better), by a one-sided 95 % t interval; of a
 * measurement that may stop at one of several looks, by one at each look that together miss so seldom.
 * Needs three rounds to call a limit broken, unless every round agrees to the last digit and the value is exact.
 */
export function limitState(
  values: readonly number[],
  limit: number,
  better: Direction,
  exact: boolean,
  looks: Looks = [1],
): LimitState {
  const beyond = (value: number) => (better === "lower" ? value > limit : value < limit);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (exact) return beyond(mean) ? "broken" : "kept";
  if (values.length < LIMIT_ROUNDS) return beyond(mean) ? "undecided" : "kept";
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const estimate = {
    mean,
    se: Math.sqrt(variance / values.length),
    df: values.length - 1,
    sd: Math.sqrt(variance),
    n: values.length,
  };
  const { lower, upper } = interval(estimate, 1 - 2 * nominalLevel(looks, 0.05));
  if (beyond(lower) && beyond(upper)) return "broken";
  return beyond(lower) || beyond(upper) ? "undecided" : "kept";
}
