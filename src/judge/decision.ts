import type { Comparison, Verdict } from "../model/verdict.ts";
import { WARNINGS, type Warning } from "../model/warning.ts";
import { benjaminiHochberg } from "../stats/multiplicity.ts";
import { interval, pAbove, pBelow } from "../stats/p-value.ts";
import { sequentialP } from "../stats/sequential.ts";
import { boundsOf, type TrialBounds } from "./bounds.ts";
import { settledBySlices } from "./by-slices.ts";
import { comparisonOf, equivalenceInterval, familyShare, INTERVAL_LEVEL, shownInterval } from "./comparison.ts";
import type { TestedContrast } from "./contrast.ts";
import { type Decision, decideExactly } from "./exactly.ts";
import type { Row } from "./rows/row.ts";
import type { Severity } from "./rows/severity.ts";
import { decideShare } from "./share.ts";
import { slowRounds } from "./stored.ts";
import type { Trial } from "./trial.ts";

/** The share of false entries that the list of regressions may hold: Benjamini-Hochberg's q. */
const FALSE_DISCOVERY_RATE = 0.05;

/** Logarithms of equal numbers differ by less than this. */
const ROUNDING = 1e-12;

/** A row, and its trial; null where it is not tested against a threshold. */
export interface Tried {
  readonly row: Row;
  readonly trial: Trial | null;
  /** The trial's tests; null where no verdict may follow, and where none needs a test. */
  readonly test: Test | null;
  /** The same slice by slice, where there is such a contrast. */
  readonly slicedTest: Test | null;
}

/** A row with its decision, and the trial that this rests on. */
export interface Decided extends Pick<Tried, "row" | "trial"> {
  readonly decision: Decision;
}

/** A row without a trial as decided: nothing was tested, so nothing has changed. */
export function undisputed(row: Row): Decided {
  return { row, trial: null, decision: { verdict: "unchanged", comparison: null, warnings: [] } };
}

/**
 * Decisions on all rows of a gate at once, since the false discovery rate is the gate's.
 * Regressions of gating trials, their improvements, and the advisory ones are families of their own, and so are those of slices.
 */
export function decide(tried: readonly Tried[]): readonly Decided[] {
  const families = familiesOf(tried, ({ test }) => test);
  const bySlices = familiesOf(tried, ({ slicedTest }) => slicedTest);
  return tried.map(({ row, trial }) => {
    if (trial === null) return undisputed(row);
    const { contrast, severity } = trial;
    const decision = decisionOn(trial, families[severity].of(trial));
    if (!("sliced" in contrast) || contrast.sliced === null) return { row, trial, decision };
    const sliced = { ...trial, contrast: contrast.sliced };
    const bySlice = { trial: sliced, decision: decisionOn(sliced, bySlices[severity].of(trial)) };
    return { row, ...settledBySlices({ trial: { ...trial, contrast }, decision }, bySlice) };
  });
}

/** One-sided p for "worse by more than the share of the threshold that the design asks for" and for "better by more": what the family corrects for its size. */
interface Test {
  readonly worse: number;
  readonly better: number;
}

/** What the tests of a trial come to among those that share the false discovery rate with it. */
interface Standing {
  /** The level at which the first of them would be rejected (Bonferroni's), one-sided. */
  readonly alpha: number;
  /** The trial's own tests, by themselves and adjusted for the number of all; null of a trial that no verdict may follow. */
  readonly tests: { readonly own: Test; readonly adjusted: Test } | null;
}

/** The trials among which the false discovery rate is shared. */
interface Family {
  of(trial: Trial): Standing;
}

function familiesOf(tried: readonly Tried[], test: (of: Tried) => Test | null): Readonly<Record<Severity, Family>> {
  const of = (severity: Severity) =>
    familyOf(
      tried.flatMap((each) => {
        const own = each.trial?.severity === severity ? test(each) : null;
        return own === null ? [] : [{ trial: each.trial!, own }];
      }),
    );
  return { gate: of("gate"), advisory: of("advisory") };
}

function familyOf(members: readonly { readonly trial: Trial; readonly own: Test }[]): Family {
  const worse = benjaminiHochberg(members.map(({ own }) => own.worse));
  const better = benjaminiHochberg(members.map(({ own }) => own.better));
  const alpha = FALSE_DISCOVERY_RATE / Math.max(1, members.length);
  const tests = new Map(
    members.map(({ trial, own }, index) => [
      trial,
      { own, adjusted: { worse: worse[index]!, better: better[index]! } },
    ]),
  );
  return { of: (trial) => ({ alpha, tests: tests.get(trial) ?? null }) };
}

/** A row with its trial and the tests of that. */
export function triedOf(row: Row, trial: Trial | null): Tried {
  if (trial === null) return { row, trial, test: null, slicedTest: null };
  const { contrast, barred } = trial;
  if (barred || contrast.design === "exact" || contrast.design === "impossible")
    return { row, trial, test: null, slicedTest: null };
  const { sliced } = contrast;
  return { row, trial, test: testOf(trial, contrast), slicedTest: sliced && testOf(trial, sliced) };
}

function testOf(trial: Trial, contrast: TestedContrast): Test {
  const bounds = boundsOf(trial, contrast.baseline);
  const share = familyShare(contrast.design);
  const { plan, first, estimates } = contrast.looks;
  const over = (p: (estimate: (typeof estimates)[number]) => number) =>
    sequentialP(plan, [...Array<number>(first).fill(1), ...estimates.map(p)]);
  return {
    worse: over((estimate) => pAbove(estimate, share * bounds.worse)),
    better: over((estimate) => pBelow(estimate, -share * bounds.better)),
  };
}

function decisionOn(trial: Trial, { alpha, tests }: Standing): Decision {
  const { contrast, warnings, barred } = trial;
  if (contrast.design === "impossible") {
    const byDifference =
      contrast.reason === "non-positive" && trial.budget.threshold === null ? decideShare(trial) : null;
    return byDifference ?? { verdict: "inconclusive", comparison: null, warnings };
  }
  if (contrast.design === "exact") return decideExactly(trial, contrast);
  const { own, adjusted } = tests ?? { own: null, adjusted: null };
  const comparison = comparisonOf(trial, contrast, {
    p: own?.worse ?? null,
    adjustedP: adjusted?.worse ?? null,
    alpha,
  });
  if (barred || adjusted === null) return { verdict: "inconclusive", comparison, warnings };
  const bounds = boundsOf(trial, contrast.baseline);
  const { lower, upper } = shownInterval(contrast);
  // A regression is what the false discovery rate, of changes beyond half the threshold, and the interval that is shown agree on: nobody is shown an
  // interval that reaches inside the threshold beside a red cross.
  const beyond = adjusted.worse <= FALSE_DISCOVERY_RATE && lower > bounds.worse;
  const doubt = beyond ? doubtOn(contrast, bounds.worse) : null;
  const verdict = verdictOf({
    regressed: beyond && doubt === null,
    improved: adjusted.better <= FALSE_DISCOVERY_RATE && upper < -bounds.better,
    unchanged: isUnchanged(contrast, bounds),
    noSlower: isNoSlower(contrast, bounds),
  });
  if (doubt !== null) return { verdict, comparison, warnings: [...warnings, doubt] };
  if (verdict !== "inconclusive") {
    return { verdict, comparison, warnings: [...warnings, ...remarksOn(trial, comparison, verdict, bounds)] };
  }
  const reason = reasonFor(trial, contrast, comparison, bounds);
  const needed = WARNINGS[reason.code].bars === "lasting" ? null : comparison.roundsNeeded;
  return { verdict, comparison: { ...comparison, roundsNeeded: needed }, warnings: [...warnings, reason] };
}

/**
 * Whether two one-sided tests agree that nothing has changed: the 90 % interval lies within what was asked. Never where two steps of what measured it are
 * more than that: rounding hides what lies within them, however often it is measured. Rounds that do not differ at all have no interval but for the
 * smallest error that is believed: they are at most at the threshold, or beyond it.
 */
function isUnchanged(contrast: TestedContrast, { asked, inForce }: TrialBounds): boolean {
  if (inForce?.why === "resolution") return false;
  const { mean, sd } = contrast.estimate;
  if (sd === 0 && contrast.design !== "stored")
    return -asked.better - ROUNDING <= mean && mean <= asked.worse + ROUNDING;
  const { lower, upper } = equivalenceInterval(contrast);
  return -asked.better < lower && upper < asked.worse;
}

/** Whether the interval that is shown ends below what was asked: then it is no regression, whatever else it is. Under coarse steps as `isUnchanged`. */
function isNoSlower(contrast: TestedContrast, { asked, inForce }: TrialBounds): boolean {
  return inForce?.why !== "resolution" && shownInterval(contrast).upper < asked.worse;
}

/** Why nothing could be decided. */
function reasonFor(
  { readings }: Trial,
  { estimate, design, looks }: TestedContrast,
  { detectable, roundsNeeded }: Comparison,
  { worse, better, inForce }: TrialBounds,
): Warning {
  const within = -better <= estimate.mean && estimate.mean <= worse;
  if (inForce?.why === "resolution" && within) {
    return { code: "too-coarse", step: readings.resolution, bound: inForce.amount };
  }
  if (estimate.sd === 0 && design !== "stored") return { code: "at-threshold" };
  const planned = design === "pairs" ? { planned: looks.plan.at(-1)! } : {};
  return { code: "noisy", detectable: detectable ?? Number.POSITIVE_INFINITY, roundsNeeded, ...planned };
}

/** Why a difference beyond the threshold is not held against this candidate, where it is not: the history's own step, or a few slow rounds. */
function doubtOn({ newest, each }: TestedContrast, bound: number): Warning | null {
  if (newest !== null && interval(newest, INTERVAL_LEVEL).lower <= bound) return { code: "baseline-moved" };
  const few = each === null ? null : slowRounds(each, bound);
  return few === null ? null : { code: "slow-rounds", ...few };
}

/** The first of what was found counts. */
function verdictOf(found: { regressed: boolean; improved: boolean; unchanged: boolean; noSlower: boolean }): Verdict {
  if (found.regressed) return "regression";
  if (found.improved) return "improvement";
  if (found.unchanged) return "unchanged";
  return found.noSlower ? "not-slower" : "inconclusive";
}

/** What the verdict itself calls for. */
function remarksOn(
  { budget, threshold }: Trial,
  { ratio }: Comparison,
  verdict: Verdict,
  { inForce }: TrialBounds,
): Warning[] {
  const isFloor = verdict === "unchanged" && inForce?.why === "floor";
  return isFloor && Math.abs(ratio - 1) > threshold ? [{ code: "below-floor", floor: budget.floor }] : [];
}
