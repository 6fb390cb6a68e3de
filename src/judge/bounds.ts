import type { Trial } from "./trial.ts";

/** The smallest log changes that matter in either direction, both positive. */
export interface Bounds {
  readonly worse: number;
  readonly better: number;
}

/** The bounds of a trial: its threshold, or the absolute floor where that is more at this level of the baseline. */
export function boundsOf({ budget, threshold, subject }: Trial, baseline: number): Bounds {
  // Two steps of the tool's own resolution are rounding, not change.
  const floor = Math.max(budget.floor, 2 * subject.resolution);
  const least = Math.log1p(threshold);
  if (floor === 0) return { worse: least, better: least };
  const up = Math.max(least, Math.log1p(floor / baseline));
  // What lies within the floor of zero cannot fall by more than the floor.
  const down = floor >= baseline ? Number.POSITIVE_INFINITY : Math.max(least, -Math.log1p(-floor / baseline));
  return subject.measurement.better === "lower" ? { worse: up, better: down } : { worse: down, better: up };
}
