import { smallest } from "../model/extremes.ts";
import type { Interval } from "../model/interval.ts";
import { worse } from "../model/measurement.ts";
import type { Comparison } from "../model/verdict.ts";
import { WARNINGS } from "../model/warning.ts";
import type { Estimate } from "../stats/estimate.ts";
import { falseAlarm, roundsNeeded } from "../stats/power.ts";
import { type Looks, nominalLevel, repeatedInterval } from "../stats/sequential.ts";
import { ROUNDS_TO_JUDGE } from "./bars.ts";
import { type Bounds, boundsOf } from "./bounds.ts";
import type { ExactContrast } from "./certain.ts";
import type { TestedContrast } from "./contrast.ts";
import { promisedEffect } from "./detectable.ts";
import type { Trial } from "./trial.ts";

/** The level of the interval that is shown, and that the verdict must agree with. */
export const INTERVAL_LEVEL = 0.95;

/**
 * The share of the bound beyond which the false discovery rate counts as a discovery. Corrected against the bound itself, as many comparisons as a gate has
 * hid changes of twice the threshold; against no change at all, reds of unchanged code rose where noise is far larger than the threshold.
 */
export const FAMILY_SHARE = 0.5;

/** That share by what is compared. Stored runs share their machines' differences, which no test sees: they are held against the whole bound. */
export function familyShare(design: TestedContrast["design"]): number {
  return design === "stored" ? 1 : FAMILY_SHARE;
}

/** What the shown interval leaves on either side. */
const SIDE = (1 - INTERVAL_LEVEL) / 2;

/** The one-sided level of either of the two tests by which nothing has changed (Schuirmann, J. Pharmacokinet. Biopharm. 15, 1987). */
const EQUIVALENCE = 0.05;

/** The look of the plan that was reached, from 0. */
function lookOf({ looks: { first, estimates } }: TestedContrast): number {
  return first + estimates.length - 1;
}

/** Ends on the log scale. */
interface Ends {
  readonly lower: number;
  readonly upper: number;
}

/** The interval that a reader is shown, on the log scale: repeated over all looks of the plan. */
export function shownInterval(contrast: TestedContrast): Ends {
  return repeatedInterval(contrast.looks.plan, lookOf(contrast), contrast.estimate, INTERVAL_LEVEL);
}

/** The interval that lies within the bounds exactly where both one-sided tests say that nothing has changed: of 90 %, and so within the one shown. */
export function equivalenceInterval(contrast: TestedContrast): Ends {
  return repeatedInterval(contrast.looks.plan, lookOf(contrast), contrast.estimate, 1 - 2 * EQUIVALENCE);
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
  const { design, estimate, rounds, baseline, check } = contrast;
  const sign = worse(trial.subject.measurement.better);
  const { better } = trial.subject.measurement;
  const bounds = boundsOf(trial, baseline);
  const levels = levelsOf(contrast, alpha);
  // A regression must satisfy the interval as well as the false discovery rate: the smaller chance and the larger change are those of both.
  const tests = [
    { bound: bounds.worse, level: levels.shown },
    { bound: bounds.worse * familyShare(design), level: levels.family },
  ] as const;
  const ratios = (of: Ends, reached: number): Interval => {
    const [lower, upper] = [Math.exp(sign * of.lower), Math.exp(sign * of.upper)].sort((a, b) => a - b);
    return { lower: lower!, upper: upper!, level: reached };
  };
  const promised = promisedEffect(contrast, tests, SIDE);
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
    roundsNeeded: roundsThatHelp(trial, contrast, bounds, alpha),
    falseAlarm: trial.barred
      ? 0
      : smallest(
          tests.map(({ bound, level }) => falseAlarm(estimate, bound, level)),
          1,
        ),
  };
}

/** The one-sided levels at the look that was reached, of the shown interval and of the family's first rejection. */
function levelsOf(contrast: TestedContrast, alpha: number): { readonly shown: number; readonly family: number } {
  const { plan } = contrast.looks;
  const at = lookOf(contrast);
  return { shown: nominalLevel(plan, at, SIDE), family: nominalLevel(plan, at, alpha) };
}

/** Null where no number of rounds decides it. */
function roundsThatHelp(
  { warnings }: Trial,
  { design, estimate, looks }: TestedContrast,
  bounds: Bounds,
  alpha: number,
): number | null {
  // Stored history grows by one run a push: more rounds of the candidate alone do not narrow it.
  if (design === "stored" || warnings.some(({ code }) => WARNINGS[code].bars === "lasting")) return null;
  return roundsToSettle(estimate, looks.plan, bounds, alpha);
}

/**
 * The rounds after which an estimate like this one is settled, at the levels of the plan's last look: a regression by both of its conditions, no
 * regression by either of what settles that. Null where no number of rounds that anybody runs does.
 *
 * @param alpha the one-sided level of the family's first rejection.
 * @internal Exported for the operating characteristics in bench/.
 */
export function roundsToSettle(estimate: Estimate, plan: Looks, bounds: Bounds, alpha: number): number | null {
  const { mean } = estimate;
  if (!Number.isFinite(bounds.worse)) return null;
  const until = (bound: number, level: number) =>
    roundsNeeded(estimate, bound, nominalLevel(plan, plan.length - 1, level));
  const nearest = mean < 0 && Number.isFinite(bounds.better) ? -bounds.better : bounds.worse;
  const rounds =
    mean > bounds.worse
      ? latest(until(bounds.worse, SIDE), until(bounds.worse * FAMILY_SHARE, alpha))
      : earliest(until(bounds.worse, SIDE), mean < -bounds.better ? null : until(nearest, EQUIVALENCE));
  return advised(rounds, plan);
}

/** Null for more rounds than are any advice; never fewer than are judged. */
function advised(rounds: number | null, plan: Looks): number | null {
  const reach = Math.max(REACH, FURTHER * plan.at(-1)!);
  return rounds === null || rounds > reach ? null : Math.max(rounds, ROUNDS_TO_JUDGE);
}

/** The rounds after which the interval of equivalence ends below `bound`, as that of `roundsToSettle`. */
export function roundsToExclude({ estimate, looks: { plan } }: TestedContrast, bound: number): number | null {
  return advised(roundsNeeded(estimate, bound, nominalLevel(plan, plan.length - 1, EQUIVALENCE)), plan);
}

function latest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}

function earliest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
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
