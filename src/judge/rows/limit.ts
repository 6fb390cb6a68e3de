import type { Direction } from "../../model/measurement.ts";
import type { Budget } from "../../model/plan.ts";
import type { Warning } from "../../model/warning.ts";
import { interval } from "../../stats/p-value.ts";
import { type Looks, nominalLevel } from "../../stats/sequential.ts";
import { mean, variance } from "../../stats/summary.ts";
import { isExact, ownReadings } from "./readings.ts";
import type { Subject } from "./subjects.ts";
import { shortOfSamples } from "./tail.ts";

/** How the candidate stands to an absolute limit; `undecided` where its interval holds the limit, or there is too little to say it. */
export interface LimitFinding {
  readonly state: "kept" | "broken" | "undecided";
  /** What keeps it from being decided; empty where nothing does. */
  readonly warnings: readonly Warning[];
}

/** Rounds that a limit needs to be called broken. */
const ROUNDS_NEEDED = 3;

/** How the candidate stands to the budget's limit, by its own rounds alone; null where there is none. `looks`: see `Rules`. */
export function limitOf(subject: Subject, budget: Budget, looks: Looks | null): LimitFinding | null {
  const { statistic, limit } = budget;
  const { suite, measurement, candidate } = subject;
  if (limit === null) return null;
  const undecided = (warning: Warning): LimitFinding => ({ state: "undecided", warnings: [warning] });
  const own = ownReadings(subject, statistic);
  if (own.candidate.length === 0) {
    return undecided({ code: "statistic-unavailable", suite, metric: measurement.metric, statistic });
  }
  const short = shortOfSamples(own);
  if (short !== null) return undecided({ code: "few-samples", statistic, ...short });
  const values = own.candidate.map(({ value }) => value);
  const exact = candidate.every(({ distribution }) => isExact(distribution));
  const state = stateOf(values, { limit, better: measurement.better, exact, looks: looks ?? [1] });
  if (state !== "undecided") return { state, warnings: [] };
  const rounds = values.length;
  return undecided(
    rounds < ROUNDS_NEEDED ? { code: "few-rounds", rounds, needed: ROUNDS_NEEDED } : { code: "limit-close" },
  );
}

/** A limit, and how it is held against values. */
interface Question {
  readonly limit: number;
  readonly better: Direction;
  readonly exact: boolean;
  readonly looks: Looks;
}

/**
 * A side's mean over rounds against a ceiling (a floor, where higher is better), by a one-sided 95 % t interval; of a
 * measurement that may stop at one of several looks, by one at each look that together miss so seldom.
 * Needs three rounds to call a limit broken, unless every round agrees to the last digit and the value is exact, or the limit is that nothing happens.
 */
export function stateOf(values: readonly number[], { limit, better, exact, looks }: Question): LimitFinding["state"] {
  const beyond = (value: number) => (better === "lower" ? value > limit : value < limit);
  const centre = mean(values);
  if (exact || isDecidedByOne(values, limit, better)) return beyond(centre) ? "broken" : "kept";
  const n = values.length;
  if (n < ROUNDS_NEEDED) return beyond(centre) ? "undecided" : "kept";
  const spread = variance(values);
  const estimate = { mean: centre, se: Math.sqrt(spread / n), df: n - 1, sd: Math.sqrt(spread), n };
  const { lower, upper } = interval(estimate, 1 - 2 * nominalLevel(looks, lookAt(looks, n), 0.05));
  if (beyond(lower) && beyond(upper)) return "broken";
  return beyond(lower) || beyond(upper) ? "undecided" : "kept";
}

/** The look of a plan that so many rounds are: one that ends early counts as the one that it was on its way to. */
function lookAt(looks: Looks, rounds: number): number {
  const at = looks.findIndex((look) => rounds <= look);
  return at < 0 ? looks.length - 1 : at;
}

/** Whether a ceiling of zero is held against what is never below it: one round above it proves that the mean is. */
function isDecidedByOne(values: readonly number[], limit: number, better: Direction): boolean {
  return limit === 0 && better === "lower" && values.every((value) => value >= 0);
}
