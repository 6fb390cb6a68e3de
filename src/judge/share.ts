import { worse } from "../model/measurement.ts";
import type { Judgement } from "../model/verdict.ts";
import { welchEstimate } from "../stats/estimate.ts";
import { interval } from "../stats/p-value.ts";
import { mean } from "../stats/summary.ts";
import { ROUNDS_TO_JUDGE } from "./bars.ts";
import { INTERVAL_LEVEL } from "./comparison.ts";
import type { Trial } from "./trial.ts";

/**
 * A decision by differences, for what is only told and has rounds of zero, such as the share of requests that fail now and then: Welch's interval of the
 * difference of means, against the threshold or the absolute floor where that is more. Null where a side has too few rounds.
 */
export function decideShare({
  subject,
  budget,
  threshold,
  readings,
}: Trial): Pick<Judgement, "verdict" | "comparison" | "warnings"> | null {
  const sign = worse(subject.measurement.better);
  const [before, after] = [readings.baseline.flat(), readings.candidate].map((arm) =>
    arm.map(({ value }) => sign * value),
  ) as [number[], number[]];
  const rounds = Math.min(before.length, after.length);
  if (rounds < ROUNDS_TO_JUDGE) return null;
  const base = Math.abs(mean(before));
  const estimate = welchEstimate(before, after, 0);
  const bound = Math.max(threshold * base, budget.floor);
  const { lower, upper } = interval(estimate, INTERVAL_LEVEL);
  const ratio = (difference: number) => Math.max(0, base + sign * difference) / base;
  const ends = [ratio(lower), ratio(upper)].sort((a, b) => a - b) as [number, number];
  const within = -bound < lower && upper < bound;
  return {
    verdict: lower > bound ? "regression" : upper < -bound ? "improvement" : within ? "unchanged" : "inconclusive",
    comparison: {
      design: "unpaired",
      ratio: ratio(estimate.mean),
      interval: { lower: ends[0], upper: ends[1], level: INTERVAL_LEVEL },
      check: null,
      p: null,
      adjustedP: null,
      rounds,
      noise: base === 0 ? 0 : estimate.sd / base,
      detectable: null,
      roundsNeeded: null,
      falseAlarm: 0,
    },
    warnings: [],
  };
}
