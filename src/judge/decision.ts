import { worse } from "../model/measurement.ts";
import type { Comparison, Verdict } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import { benjaminiHochberg } from "../stats/multiplicity.ts";
import { interval, pAbove, pBelow } from "../stats/p-value.ts";
import { sequentialP } from "../stats/sequential.ts";
import { type Bounds, boundsOf } from "./bounds.ts";
import { comparisonOf, exactComparison, INTERVAL_LEVEL, shownInterval } from "./comparison.ts";
import type { ExactContrast, TestedContrast } from "./contrast.ts";
import type { Row } from "./row.ts";
import type { Severity } from "./severity.ts";
import { decideShare } from "./share.ts";
import { slowRounds } from "./stored.ts";
import type { Trial } from "./trial.ts";

/** The share of false entries that the list of regressions may hold: Benjamini-Hochberg's q. */
const FALSE_DISCOVERY_RATE = 0.05;

/** A row, and its trial; null where it is not tested against a threshold. */
export interface Tried {
  readonly row: Row;
  readonly trial: Trial | null;
}

/** What a row came to by its threshold. */
interface Decision {
  readonly verdict: Verdict;
  readonly comparison: Comparison | null;
  readonly warnings: readonly Warning[];
}

/** A row with its decision. */
export interface Decided extends Tried {
  readonly decision: Decision;
}

/** A row without a trial as decided: nothing was tested, so nothing has changed. */
export function undisputed(row: Row): Decided {
  return { row, trial: null, decision: { verdict: "unchanged", comparison: null, warnings: [] } };
}

/**
 * Decisions on all rows of a gate at once, since the false discovery rate is the gate's.
 * Regressions of gating trials, their improvements, and the advisory ones are families of their own.
 */
export function decide(tried: readonly Tried[]): readonly Decided[] {
  const trials = tried.flatMap(({ trial }) => trial ?? []);
  const families = { gate: familyOf("gate", trials), advisory: familyOf("advisory", trials) };
  return tried.map(({ row, trial }) =>
    trial === null ? undisputed(row) : { row, trial, decision: decisionOn(trial, families[trial.severity]) },
  );
}

/** One-sided p for "worse by more than the threshold" and for "better by more". */
interface Test {
  readonly worse: number;
  readonly better: number;
}

/** The trials among which the false discovery rate is shared. */
interface Family {
  /** The level at which the first of them would be rejected (Bonferroni's), one-sided. */
  readonly alpha: number;
  /** Each trial's tests, by themselves and adjusted for their number; none of a trial that no verdict may follow. */
  readonly tests: ReadonlyMap<Trial, { readonly own: Test; readonly adjusted: Test }>;
}

function familyOf(severity: Severity, trials: readonly Trial[]): Family {
  const members = trials.flatMap((trial) => {
    const own = trial.severity === severity ? testOf(trial) : null;
    return own === null ? [] : [{ trial, own }];
  });
  const worse = benjaminiHochberg(members.map(({ own }) => own.worse));
  const better = benjaminiHochberg(members.map(({ own }) => own.better));
  return {
    alpha: FALSE_DISCOVERY_RATE / Math.max(1, members.length),
    tests: new Map(
      members.map(({ trial, own }, index) => [
        trial,
        { own, adjusted: { worse: worse[index]!, better: better[index]! } },
      ]),
    ),
  };
}

/** Null where no verdict may follow, and where none needs a test. */
function testOf(trial: Trial): Test | null {
  const { contrast, barred } = trial;
  if (barred || contrast.design === "exact" || contrast.design === "impossible") return null;
  const bounds = boundsOf(trial, contrast.baseline);
  const { plan, estimates } = contrast.looks;
  const over = (p: (estimate: (typeof estimates)[number]) => number) => sequentialP(plan, estimates.map(p));
  return {
    worse: over((estimate) => pAbove(estimate, bounds.worse)),
    better: over((estimate) => pBelow(estimate, -bounds.better)),
  };
}

function decisionOn(trial: Trial, { alpha, tests }: Family): Decision {
  const { contrast, warnings, barred } = trial;
  if (contrast.design === "impossible") {
    const byDifference =
      contrast.reason === "non-positive" && trial.budget.threshold === null ? decideShare(trial) : null;
    return byDifference ?? { verdict: "inconclusive", comparison: null, warnings };
  }
  if (contrast.design === "exact") return decideExactly(trial, contrast);
  const { own, adjusted } = tests.get(trial) ?? { own: null, adjusted: null };
  const comparison = comparisonOf(trial, contrast, {
    p: own?.worse ?? null,
    adjustedP: adjusted?.worse ?? null,
    alpha,
  });
  if (barred || adjusted === null) return { verdict: "inconclusive", comparison, warnings };
  const bounds = boundsOf(trial, contrast.baseline);
  const { lower, upper } = shownInterval(contrast);
  // A regression is what the false discovery rate and the interval that is shown agree on: nobody is shown an interval that reaches
  // inside the threshold beside a red cross.
  const beyond = adjusted.worse <= FALSE_DISCOVERY_RATE && lower > bounds.worse;
  const doubt = beyond ? doubtOn(contrast, bounds.worse) : null;
  const verdict = verdictOf({
    regressed: beyond && doubt === null,
    improved: adjusted.better <= FALSE_DISCOVERY_RATE && upper < -bounds.better,
    unchanged: -bounds.better < lower && upper < bounds.worse,
  });
  const remarks = doubt === null ? remarksOn(trial, comparison, verdict, bounds) : [doubt];
  return { verdict, comparison, warnings: [...warnings, ...remarks] };
}

/** Why a difference beyond the threshold is not held against this candidate, where it is not: the history's own step, or a few slow rounds. */
function doubtOn({ newest, each }: TestedContrast, bound: number): Warning | null {
  if (newest !== null && interval(newest, INTERVAL_LEVEL).lower <= bound) return { code: "baseline-moved" };
  const few = each === null ? null : slowRounds(each, bound);
  return few === null ? null : { code: "slow-rounds", ...few };
}

function verdictOf(found: { regressed: boolean; improved: boolean; unchanged: boolean }): Verdict {
  if (found.regressed) return "regression";
  if (found.improved) return "improvement";
  return found.unchanged ? "unchanged" : "inconclusive";
}

function decideExactly({ budget, threshold, subject, warnings, barred }: Trial, contrast: ExactContrast): Decision {
  const comparison = exactComparison(contrast);
  if (barred) return { verdict: "inconclusive", comparison, warnings };
  const { baseline, candidate } = contrast;
  const change = worse(subject.measurement.better) * (candidate - baseline);
  const least = threshold * Math.abs(baseline);
  const margin = Math.max(least, budget.floor);
  const belowFloor = Math.abs(change) <= budget.floor && Math.abs(change) > least;
  return {
    verdict: change > margin ? "regression" : change < -margin ? "improvement" : "unchanged",
    comparison,
    warnings: belowFloor ? [...warnings, { code: "below-floor", floor: budget.floor }] : warnings,
  };
}

/** What the verdict itself calls for. */
function remarksOn({ budget, threshold }: Trial, comparison: Comparison, verdict: Verdict, bounds: Bounds): Warning[] {
  if (verdict === "inconclusive") {
    const { detectable, roundsNeeded } = comparison;
    return [{ code: "noisy", detectable: detectable ?? Number.POSITIVE_INFINITY, roundsNeeded }];
  }
  const least = Math.log1p(threshold);
  const floored = bounds.worse > least || bounds.better > least;
  const beyondThreshold = Math.abs(Math.log(comparison.ratio)) > least;
  return verdict === "unchanged" && beyondThreshold && floored ? [{ code: "below-floor", floor: budget.floor }] : [];
}
