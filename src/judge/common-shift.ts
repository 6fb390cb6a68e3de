import { keyOf } from "../model/key.ts";
import { worse } from "../model/measurement.ts";
import type { Warning } from "../model/warning.ts";
import { commonShift } from "../stats/common-mode.ts";
import { interval, pAbove, pBelow } from "../stats/p-value.ts";
import type { Trial } from "./trial.ts";

/** A shift is named when chance would bring it about once in a hundred gates, and when it is at least this large (log scale). */
const LEVEL = 0.01;
const SMALLEST = 0.01;

/**
 * The shifts that all benchmarks of a suite share, one for each statistic of a metric that gates: whatever else is measured moves with it. They are named,
 * and never subtracted from anything.
 */
export function commonShifts(trials: readonly Trial[]): Warning[] {
  const families = new Map<string, Trial[]>();
  for (const trial of trials.filter(({ severity }) => severity === "gate")) {
    const { suite, measurement } = trial.subject;
    const key = keyOf(suite, measurement.metric, measurement.unit, measurement.better, trial.budget.statistic);
    const family = families.get(key) ?? [];
    family.push(trial);
    families.set(key, family);
  }
  return [...families.values()].flatMap((family) => shiftOf(family));
}

function shiftOf(family: readonly Trial[]): Warning[] {
  const [{ subject, budget }] = family as [Trial];
  const effects = family.flatMap(({ contrast, barred }) =>
    "estimate" in contrast && !barred ? [contrast.estimate] : [],
  );
  const shift = commonShift(effects);
  if (shift === null || Math.abs(shift.mean) < SMALLEST) return [];
  if (2 * Math.min(pAbove(shift, 0), pBelow(shift, 0)) > LEVEL) return [];
  const sign = worse(subject.measurement.better);
  const { lower, upper } = interval(shift, 1 - LEVEL);
  const ends = [Math.exp(sign * lower), Math.exp(sign * upper)].sort((a, b) => a - b);
  return [
    {
      code: "common-shift",
      suite: subject.suite,
      metric: subject.measurement.metric,
      statistic: budget.statistic,
      ratio: Math.exp(sign * shift.mean),
      lower: ends[0]!,
      upper: ends[1]!,
      benchmarks: effects.length,
    },
  ];
}
