import type { Budget } from "../model/plan.ts";
import type { Comparison, Interval, Verdict } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import { benjaminiHochberg } from "../stats/multiplicity.ts";
import { interval, pAbove, pBelow } from "../stats/p-value.ts";
import { falseAlarm, roundsNeeded } from "../stats/power.ts";
import { nominalLevel, repeatedInterval, sequentialP } from "../stats/sequential.ts";
import type { Contrast, TestedContrast } from "./contrast.ts";
import { promisedEffect } from "./detectable.ts";
import { worse } from "./logarithms.ts";
import { slowRounds } from "./stored.ts";
import type { Subject } from "./subjects.ts";

/** The share of false entries that the list of regressions may hold: Benjamini-Hochberg's q. */
const FALSE_DISCOVERY_RATE = 0.05;
/** Fewer pairs (or rounds a side) are shown, never judged. */
export const ROUNDS_TO_JUDGE = 5;
/** Fewer stored runs are shown, never judged. */
export const RUNS_TO_JUDGE = 5;
const INTERVAL_LEVEL = 0.95;

/** One statistic of one subject under one budget, compared but not yet judged. */
export interface Trial {
  readonly subject: Subject;
  readonly budget: Budget & { readonly threshold: number };
  readonly severity: Budget["severity"];
  readonly contrast: Contrast;
  /** Reasons why no verdict may be given, and other remarks. */
  readonly warnings: readonly Warning[];
  /** Whether one of the warnings forbids a verdict. */
  readonly barred: boolean;
}

/** What a trial came to. */
export interface Decision {
  readonly verdict: Verdict;
  readonly comparison: Comparison | null;
  readonly warnings: readonly Warning[];
}

/**
 * Verdicts for all trials of a gate at once, since the false discovery rate is the gate's.
 * Regressions of gating trials, their improvements, and the advisory ones are families of their own.
 */
export function decide(trials: readonly Trial[]): readonly Decision[] {
  const tests = trials.map(test);
  const families = (["gate", "advisory"] as const).map((severity) => {
    const members = tests.flatMap((each, index) =>
      each !== null && trials[index]?.severity === severity ? [index] : [],
    );
    return {
      size: members.length,
      worse: spread(members, benjaminiHochberg(members.map((index) => tests[index]!.worse))),
      better: spread(members, benjaminiHochberg(members.map((index) => tests[index]!.better))),
    };
  });
  return trials.map((trial, index) => {
    const family = families[trial.severity === "gate" ? 0 : 1]!;
    const alpha = FALSE_DISCOVERY_RATE / Math.max(1, family.size);
    const { contrast, warnings } = trial;
    if (contrast.design === "impossible") return { verdict: "inconclusive", comparison: null, warnings };
    if (contrast.design === "exact") return decideExactly(trial, contrast);
    const comparison = describe(trial, contrast, tests[index]?.worse ?? null, family.worse.get(index) ?? null, alpha);
    if (trial.barred) return { verdict: "inconclusive", comparison, warnings };
    const bounds = boundsOf(trial, contrast.baseline);
    const { lower, upper } = shownInterval(contrast);
    const beyond = (family.worse.get(index) ?? 1) <= FALSE_DISCOVERY_RATE && lower > bounds.worse;
    const doubt = beyond ? doubtOn(contrast, bounds.worse) : null;
    const verdict = verdictOf({
      regressed: beyond && doubt === null,
      improved: (family.better.get(index) ?? 1) <= FALSE_DISCOVERY_RATE && upper < -bounds.better,
      unchanged: -bounds.better < lower && upper < bounds.worse,
    });
    const remark = doubt === null ? remarks(trial, comparison, verdict, bounds) : [doubt];
    return { verdict, comparison, warnings: [...warnings, ...remark] };
  });
}

/** Why a difference beyond the threshold is not held against this candidate, where it is not: the history's own step, or a few slow rounds. */
function doubtOn({ newest, each }: TestedContrast, bound: number): Warning | null {
  if (newest !== null && interval(newest, INTERVAL_LEVEL).lower <= bound) return { code: "baseline-moved" };
  const few = each === null ? null : slowRounds(each, bound);
  return few === null ? null : { code: "slow-rounds", ...few };
}

/**
 * A regression is what the false discovery rate and the interval that is shown agree on: nobody is shown an interval that reaches inside
 * the threshold beside a red cross.
 */
function verdictOf({
  regressed,
  improved,
  unchanged,
}: {
  regressed: boolean;
  improved: boolean;
  unchanged: boolean;
}): Verdict {
  if (regressed) return "regression";
  if (improved) return "improvement";
  return unchanged ? "unchanged" : "inconclusive";
}

/** The interval that a reader is shown, and that the verdict must agree with: repeated over all looks of the plan. */
function shownInterval({ looks, estimate }: TestedContrast) {
  return repeatedInterval(looks.plan, estimate, INTERVAL_LEVEL);
}

/** p for "worse by more than the threshold" and for "better by more"; null where no verdict may follow. */
function test(trial: Trial): { worse: number; better: number } | null {
  const { contrast, barred } = trial;
  if (barred || contrast.design === "exact" || contrast.design === "impossible") return null;
  const bounds = boundsOf(trial, contrast.baseline);
  const { plan, estimates } = contrast.looks;
  return {
    worse: sequentialP(
      plan,
      estimates.map((estimate) => pAbove(estimate, bounds.worse)),
    ),
    better: sequentialP(
      plan,
      estimates.map((estimate) => pBelow(estimate, -bounds.better)),
    ),
  };
}

/** The smallest log changes that matter in either direction: the threshold, or the absolute floor where that is more at this level. */
function boundsOf({ budget, subject }: Trial, baseline: number): { readonly worse: number; readonly better: number } {
  // Two steps of the tool's own resolution are rounding, not change.
  const floor = Math.max(budget.floor, 2 * subject.resolution);
  const threshold = Math.log1p(budget.threshold);
  if (floor === 0) return { worse: threshold, better: threshold };
  const up = Math.max(threshold, Math.log1p(floor / baseline));
  // What lies within the floor of zero cannot fall by more than the floor.
  const down = floor >= baseline ? Number.POSITIVE_INFINITY : Math.max(threshold, -Math.log1p(-floor / baseline));
  return subject.measurement.better === "lower" ? { worse: up, better: down } : { worse: down, better: up };
}

function decideExactly(
  { budget, subject, warnings, barred }: Trial,
  contrast: Contrast & { design: "exact" },
): Decision {
  const { baseline, candidate, rounds } = contrast;
  const change = worse(subject.measurement.better) * (candidate - baseline);
  const ratio = candidate === baseline ? 1 : candidate / baseline;
  const comparison: Comparison = {
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
  if (barred) return { verdict: "inconclusive", comparison, warnings };
  const margin = Math.max(budget.threshold * Math.abs(baseline), budget.floor);
  const belowFloor = Math.abs(change) <= budget.floor && Math.abs(change) > budget.threshold * Math.abs(baseline);
  return {
    verdict: change > margin ? "regression" : change < -margin ? "improvement" : "unchanged",
    comparison,
    warnings: belowFloor ? [...warnings, { code: "below-floor", floor: budget.floor }] : warnings,
  };
}

function describe(
  trial: Trial,
  contrast: TestedContrast,
  p: number | null,
  adjustedP: number | null,
  alpha: number,
): Comparison {
  const { design, estimate, rounds, baseline, looks, check } = contrast;
  const sign = worse(trial.subject.measurement.better);
  const bound = boundsOf(trial, baseline).worse;
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
    detectable: promised === null ? null : Math.expm1(promised),
    // Stored history grows by one run a push: more rounds of the candidate alone do not narrow it.
    roundsNeeded: design === "stored" ? null : roundsNeeded(estimate, bound, level),
    falseAlarm: trial.barred ? 0 : falseAlarm(estimate, bound, level),
  };
}

function remarks(
  { budget }: Trial,
  comparison: Comparison,
  verdict: Verdict,
  bounds: { readonly worse: number; readonly better: number },
): Warning[] {
  if (verdict === "inconclusive") {
    const { detectable, roundsNeeded } = comparison;
    return [{ code: "noisy", detectable: detectable ?? Number.POSITIVE_INFINITY, roundsNeeded }];
  }
  const threshold = Math.log1p(budget.threshold);
  const floored = bounds.worse > threshold || bounds.better > threshold;
  const beyondThreshold = Math.abs(Math.log(comparison.ratio)) > threshold;
  return verdict === "unchanged" && beyondThreshold && floored ? [{ code: "below-floor", floor: budget.floor }] : [];
}

function spread(members: readonly number[], values: readonly number[]): ReadonlyMap<number, number> {
  return new Map(members.map((member, index) => [member, values[index] ?? 1]));
}
