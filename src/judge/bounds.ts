import type { Direction } from "../model/measurement.ts";
import type { InForce } from "../model/verdict.ts";
import type { Trial } from "./trial.ts";

/** The smallest log changes that matter in either direction, both positive. */
export interface Bounds {
  readonly worse: number;
  readonly better: number;
}

/** What a trial is held against. */
export interface TrialBounds extends Bounds {
  /** The same by what was asked alone, the threshold and the floor: where it is less, no interval can show that nothing changed. */
  readonly asked: Bounds;
  /** The bound in force, where it is more than the threshold. */
  readonly inForce: InForce | null;
}

/** How many steps of what measured it are rounding, not change. */
const STEPS = 2;

/** The bounds of a trial: its threshold, or the absolute floor or two steps of the resolution where those are more at this level of the baseline. */
export function boundsOf({ budget, threshold, subject, readings }: BoundedTrial, baseline: number): TrialBounds {
  const { better } = subject.measurement;
  const steps = STEPS * readings.resolution;
  const share = (amount: number) => (amount === 0 ? 0 : amount / Math.abs(baseline));
  const asked = Math.max(threshold, share(budget.floor));
  const bound = Math.max(asked, share(steps));
  const amount = Math.max(budget.floor, steps);
  return {
    ...beyond(bound, better),
    asked: beyond(asked, better),
    inForce: bound > threshold ? { bound, amount, why: bound > asked ? "resolution" : "floor" } : null,
  };
}

type BoundedTrial = Pick<Trial, "budget" | "threshold" | "subject" | "readings">;

/** A change by `share` of the baseline up or down, as log ratios: what lies within it of zero can never fall so far. */
export function beyond(share: number, better: Direction): Bounds {
  const up = Math.log1p(share);
  const down = share >= 1 ? Number.POSITIVE_INFINITY : -Math.log1p(-share);
  return better === "lower" ? { worse: up, better: down } : { worse: down, better: up };
}
