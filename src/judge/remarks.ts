import { largest } from "../model/extremes.ts";
import { pairKey } from "../model/key.ts";
import { quantileLevel } from "../model/statistic.ts";
import type { Warning } from "../model/warning.ts";
import { effectiveSampleSize } from "../stats/autocorrelation.ts";
import { firstRoundOutlier } from "../stats/first-round.ts";
import { quantised } from "../stats/resolution.ts";
import { twoModes } from "../stats/shape.ts";
import { typicalSamples } from "./bars.ts";
import type { Contrast } from "./contrast.ts";
import type { BaselineMode } from "./rows/compared.ts";
import { isDeclaredExact } from "./rows/fact.ts";
import { isPaired, type Slot } from "./rows/left-out.ts";
import type { Reading } from "./rows/readings.ts";
import type { Row } from "./rows/row.ts";
import { isClosedLoopTail } from "./rows/severity.ts";
import type { Subject } from "./rows/subjects.ts";
import { isTail, shortOfSamples } from "./rows/tail.ts";

/** Independent samples beyond a percentile that make a round's own value sure. */
const BEYOND = 10;

/** What a reader should know of a contrast that has its verdict all the same. */
export function remarksOn(row: Row, { design }: Contrast, mode: BaselineMode): readonly Warning[] {
  const { baseline, candidate } = row.readings;
  const arms = mode === "stored" ? [candidate] : [baseline.flat(), candidate];
  const remarks: (Warning | null)[] = [
    ...leftOut(row),
    differing(row, design),
    isClosedLoopTail(row) ? { code: "closed-loop" } : null,
    design === "unpaired" ? { code: "different-sessions" } : null,
    design === "pairs" ? alone(row.subject) : null,
    arms.some((arm) => firstRoundOutlier(positiveLogs(arm))) ? { code: "first-round" } : null,
    mode === "stored" ? null : modes(baseline.flat(), candidate),
    coarse(row.subject),
    correlated(row),
  ];
  return remarks.filter((remark) => remark !== null);
}

function leftOut({ subject, readings }: Row): readonly Warning[] {
  const { baseline, candidate, failed } = subject;
  const of = largest([
    candidate.length + failed.candidate.length,
    ...baseline.map((arm) => arm.length + (baseline.length === 1 ? failed.baseline.length : 0)),
  ]);
  return readings.leftOut.map((each) => ({ code: "rounds-left-out", ...each, of }));
}

/** What was declared deterministic and differs from round to round. */
function differing({ subject, readings }: Row, design: Contrast["design"]): Warning | null {
  if (design === "exact" || !isDeclaredExact(subject)) return null;
  const distinct = (arm: readonly Reading[]) => new Set(arm.map(({ value }) => value)).size;
  const [before, after] = [distinct(readings.baseline[0] ?? []), distinct(readings.candidate)];
  return before > 1 || after > 1 ? { code: "not-deterministic", baseline: before, candidate: after } : null;
}

/** Rounds whose partner was never measured; a partner that failed was. */
function alone({ baseline, candidate, failed }: Subject): Warning | null {
  const before = [...(baseline[0] ?? []), ...failed.baseline];
  const after = [...candidate, ...failed.candidate];
  if (before.length === after.length && before.every((each, index) => isPairOf(each, after[index]!))) return null;
  const count = (arm: readonly Slot[], others: readonly Slot[]) => {
    const keys = new Set(others.filter(isPaired).map(pairKey));
    return arm.filter((each) => !keys.has(pairKey(each))).length;
  };
  const found = { baseline: count(before, after), candidate: count(after, before) };
  return found.baseline + found.candidate === 0 ? null : { code: "uneven-rounds", ...found };
}

function isPairOf(one: Slot, other: Slot): boolean {
  return isPaired(one) && one.session === other.session && one.pair === other.pair;
}

/** Samples that follow each other, so that fewer lie beyond a percentile than it seems; the round is what counts, and its spread is in the interval. */
function correlated({ subject, budget: { statistic }, readings }: Row): Warning | null {
  if (!isTail(statistic) || shortOfSamples(readings) !== null) return null;
  // The estimate is rough: less than a doubled variance may be chance.
  const independent = typicalSamples(subject, (samples) => {
    const size = effectiveSampleSize(samples);
    return size !== null && size < samples.length / 2 ? size : null;
  });
  const beyond = (independent ?? Number.POSITIVE_INFINITY) * (1 - quantileLevel(statistic)!);
  return beyond < BEYOND ? { code: "correlated", statistic, beyond } : null;
}

function coarse({ candidate }: Subject): Warning | null {
  const [first] = candidate;
  const found = first?.distribution.kind === "samples" ? quantised(first.distribution.samples) : null;
  return found === null ? null : { code: "coarse-clock", ...found };
}

function modes(baseline: readonly Reading[], candidate: readonly Reading[]): Warning | null {
  // Each side by itself: two sides that differ are two groups of rounds too.
  const groups = [baseline, candidate].map((arm) => twoModes(positiveLogs(arm)));
  if (groups.every((group) => group === null)) return null;
  const slow = (index: 0 | 1) => groups[index]?.upper.count ?? 0;
  return { code: "two-modes", baseline: slow(0), candidate: slow(1) };
}

function positiveLogs(arm: readonly Reading[]): number[] {
  return arm.filter(({ value }) => value > 0).map(({ value }) => Math.log(value));
}
