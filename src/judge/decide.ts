import type { Budget } from "../model/plan.ts";
import type { Comparison, Interval, Verdict } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import { benjaminiHochberg } from "../stats/multiplicity.ts";
import { detectableEffect, falseAlarm, roundsNeeded } from "../stats/power.ts";
import { interval, pAbove, pBelow } from "../stats/test.ts";
import { type Contrast, tailShare, worse } from "./compare.ts";
import type { Subject } from "./subjects.ts";

/** The share of false entries that the list of regressions may hold: Benjamini-Hochberg's q. */
const FALSE_DISCOVERY_RATE = 0.05;
/** Fewer pairs (or rounds a side) are shown, never judged. */
export const ROUNDS_TO_JUDGE = 5;
/** Fewer stored runs are shown, never judged. */
export const RUNS_TO_JUDGE = 5;
const INTERVAL_LEVEL = 0.95;

type TestedContrast = Extract<Contrast, { readonly estimate: unknown }>;

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
    const bound = boundOf(trial, contrast.baseline);
    const { lower, upper } = interval(contrast.estimate, INTERVAL_LEVEL);
    const verdict = verdictOf({
      regressed: (family.worse.get(index) ?? 1) <= FALSE_DISCOVERY_RATE,
      improved: (family.better.get(index) ?? 1) <= FALSE_DISCOVERY_RATE,
      unchanged: -bound < lower && upper < bound,
    });
    return { verdict, comparison, warnings: [...warnings, ...remarks(trial, comparison, verdict, bound)] };
  });
}

/** Regression before improvement: the two cannot both hold, and where numbers ever said so the cautious word wins. */
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

/** p for "worse by more than the threshold" and for "better by more"; null where no verdict may follow. */
function test(trial: Trial): { worse: number; better: number } | null {
  const { contrast, barred } = trial;
  if (barred || contrast.design === "exact" || contrast.design === "impossible") return null;
  const bound = boundOf(trial, contrast.baseline);
  return { worse: pAbove(contrast.estimate, bound), better: pBelow(contrast.estimate, -bound) };
}

/** The smallest log change that matters: the threshold, or the absolute floor where that is more at this level. */
function boundOf({ budget, subject }: Trial, baseline: number): number {
  const resolution = subject.measurement.resolution ?? 0;
  // Two steps of the tool's own resolution are rounding, not change.
  const floor = Math.max(budget.floor, 2 * resolution);
  return Math.max(Math.log1p(budget.threshold), Math.log1p(floor / baseline));
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
  { design, estimate, rounds, baseline }: TestedContrast,
  p: number | null,
  adjustedP: number | null,
  alpha: number,
): Comparison {
  const sign = worse(trial.subject.measurement.better);
  const bound = boundOf(trial, baseline);
  const { lower, upper } = interval(estimate, INTERVAL_LEVEL);
  const ends = [Math.exp(sign * lower), Math.exp(sign * upper)].sort((a, b) => a - b) as [number, number];
  const ratios: Interval = { lower: ends[0], upper: ends[1], level: INTERVAL_LEVEL };
  const effect = detectableEffect(estimate, bound, alpha);
  return {
    design,
    ratio: Math.exp(sign * estimate.mean),
    interval: ratios,
    p,
    adjustedP,
    rounds,
    noise: estimate.sd,
    detectable: effect === null ? null : Math.expm1(effect),
    // Stored history grows by one run a push: more rounds of the candidate alone do not narrow it.
    roundsNeeded: design === "stored" ? null : roundsNeeded(estimate, bound, alpha),
    falseAlarm: trial.barred ? 0 : falseAlarm(estimate, bound, alpha),
  };
}

function remarks({ budget }: Trial, comparison: Comparison, verdict: Verdict, bound: number): Warning[] {
  if (verdict === "inconclusive") {
    return [
      {
        code: "noisy",
        detectable: comparison.detectable ?? Number.POSITIVE_INFINITY,
        roundsNeeded: comparison.roundsNeeded,
      },
    ];
  }
  const beyondThreshold = Math.abs(Math.log(comparison.ratio)) > Math.log1p(budget.threshold);
  if (verdict === "unchanged" && beyondThreshold && bound > Math.log1p(budget.threshold)) {
    return [{ code: "below-floor", floor: budget.floor }];
  }
  return [];
}

function spread(members: readonly number[], values: readonly number[]): ReadonlyMap<number, number> {
  return new Map(members.map((member, index) => [member, values[index] ?? 1]));
}

/** Samples a round that a tail percentile needs to gate (ten beyond it) and to be shown at all (three beyond it). */
export function samplesNeeded(statistic: Budget["statistic"]): { readonly gate: number; readonly show: number } | null {
  const tail = tailShare(statistic);
  return tail === null ? null : { gate: Math.round(10 / tail), show: Math.round(3 / tail) };
}
