import { worse } from "../model/measurement.ts";
import type { Comparison, Interval } from "../model/verdict.ts";
import { WARNINGS } from "../model/warning.ts";
import { falseAlarm, roundsNeeded } from "../stats/power.ts";
import { nominalLevel, repeatedInterval } from "../stats/sequential.ts";
import { ROUNDS_TO_JUDGE } from "./bars.ts";
import { type Bounds, boundsOf } from "./bounds.ts";
import type { ExactContrast, TestedContrast } from "./contrast.ts";
import { promisedEffect } from "./detectable.ts";
import type { Trial } from "./trial.ts";

/** The level of the interval that is shown, and that the verdict must agree with. */
export const INTERVAL_LEVEL = 0.95;

/** The interval that a reader is shown, on the log scale: repeated over all looks of the plan. */
export function shownInterval({ looks, estimate }: TestedContrast): { readonly lower: number; readonly upper: number } {
  return repeatedInterval(looks.plan, estimate, INTERVAL_LEVEL);
}

/** More rounds than these are no advice: so many, or so many times those that were planned. */
const REACH = 100;
const FURTHER = 4;

/** What the family of a trial makes of it. */
interface Standing {
  readonly p: number | null;
  readonly adjustedP: number | null;
  /** The one-sided level of the family's first rejection. */
  readonly alpha: number;
}

/** A tested contrast in numbers for people: as ratios, with what this measurement could have seen. */
export function comparisonOf(trial: Trial, contrast: TestedContrast, { p, adjustedP, alpha }: Standing): Comparison {
  const { design, estimate, rounds, baseline, looks, check } = contrast;
  const sign = worse(trial.subject.measurement.better);
  const { better } = trial.subject.measurement;
  const bounds = boundsOf(trial, baseline);
  const bound = bounds.worse;
  // A regression must satisfy the interval as well as the false discovery rate: the stricter of the two is the level of the test.
  const level = nominalLevel(looks.plan, Math.min(alpha, (1 - INTERVAL_LEVEL) / 2));
  const ratios = (of: { lower: number; upper: number }, reached: number): Interval => {
    const [lower, upper] = [Math.exp(sign * of.lower), Math.exp(sign * of.upper)].sort((a, b) => a - b);
    return { lower: lower!, upper: upper!, level: reached };
  };
  const promised = promisedEffect(contrast, bound, level, (1 - INTERVAL_LEVEL) / 2);
  return {
    design,
    ratio: Math.exp(sign * estimate.mean),
    interval: ratios(shownInterval(contrast), INTERVAL_LEVEL),
    check: check === null ? null : ratios(check, check.level),
    p,
    adjustedP,
    rounds,
    noise: estimate.sd,
    // A fall is told as a share of what there was, as its threshold is.
    detectable: promised === null ? null : better === "lower" ? Math.expm1(promised) : -Math.expm1(-promised),
    roundsNeeded: roundsThatHelp(trial, contrast, bounds, level),
    falseAlarm: trial.barred ? 0 : falseAlarm(estimate, bound, level),
  };
}

/** Null where no number of rounds decides it. */
function roundsThatHelp(
  { warnings }: Trial,
  { design, estimate, looks }: TestedContrast,
  bounds: Bounds,
  level: number,
): number | null {
  // Stored history grows by one run a push: more rounds of the candidate alone do not narrow it.
  if (design === "stored" || warnings.some(({ code }) => WARNINGS[code].bars === "lasting")) return null;
  const nearest = estimate.mean < 0 && Number.isFinite(bounds.better) ? bounds.better : bounds.worse;
  if (!Number.isFinite(nearest)) return null;
  const rounds = roundsNeeded(estimate, nearest, level);
  const reach = Math.max(REACH, FURTHER * looks.plan.at(-1)!);
  return rounds === null || rounds > reach ? null : Math.max(rounds, ROUNDS_TO_JUDGE);
}

/** A contrast without noise in numbers for people. */
export function exactComparison({ baseline, candidate, rounds }: ExactContrast): Comparison {
  const ratio = candidate === baseline ? 1 : candidate / baseline;
  return {
    design: "exact",
    ratio,
    interval: { lower: ratio, upper: ratio, level: 1 },
    check: null,
    p: null,
    adjustedP: null,
    rounds,
    noise: 0,
    detectable: 0,
    roundsNeeded: null,
    falseAlarm: 0,
  };
}
