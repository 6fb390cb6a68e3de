import { smallest } from "../model/extremes.ts";
import type { Distribution } from "../model/measurement.ts";
import { quantileLevel } from "../model/statistic.ts";
import type { Warning } from "../model/warning.ts";
import { hillIndex, hillIndexOfCounts } from "../stats/tail-index.ts";
import type { Contrast } from "./contrast.ts";
import type { BaselineMode } from "./rows/compared.ts";
import { isComplete, isUneven } from "./rows/readings.ts";
import type { Row } from "./rows/row.ts";
import type { Subject } from "./rows/subjects.ts";
import { isTail, shortOfSamples } from "./rows/tail.ts";

/** Fewer pairs (or rounds a side) are shown, never judged. */
export const ROUNDS_TO_JUDGE = 5;
/** Fewer stored runs are shown, never judged. */
export const RUNS_TO_JUDGE = 5;
/** Below this tail index the variance is infinite. */
const HEAVY = 2;

/** A reason why no verdict may be given on a contrast, as the warning that says so; null where it does not hold. */
type Bar = (row: Row, contrast: Contrast, mode: BaselineMode) => Warning | null;

/** Every such reason, in the order in which they are told: a new one is a function and a row here. */
const BARS: readonly Bar[] = [statisticUnavailable, fewSamples, estimatorDiffers, unequalSamples, tooFew, heavyTail];

/** The reasons why no verdict may be given on a row with this contrast; none where it may. */
export function barsOn(row: Row, contrast: Contrast, mode: BaselineMode): readonly Warning[] {
  return BARS.flatMap((bar) => bar(row, contrast, mode) ?? []);
}

/** Whether a row's sides are not even put beside each other: one lacks the statistic, or they were measured in ways that are not comparable. */
export function isRefused({ readings }: Row): boolean {
  return !isComplete(readings) || readings.estimators !== null;
}

function statisticUnavailable({ subject, budget: { statistic }, readings }: Row): Warning | null {
  if (isComplete(readings)) return null;
  return { code: "statistic-unavailable", suite: subject.suite, metric: subject.measurement.metric, statistic };
}

function fewSamples({ budget: { statistic }, readings }: Row): Warning | null {
  const short = isComplete(readings) ? shortOfSamples(readings) : null;
  return short && { code: "few-samples", statistic, ...short };
}

function estimatorDiffers({ readings: { estimators } }: Row): Warning | null {
  return estimators === null ? null : { code: "estimator-differs", ...estimators };
}

/** A tool's own percentiles and extremes move with the number of samples: nothing evens them out. */
function unequalSamples({ subject, budget: { statistic }, readings: { counts } }: Row): Warning | null {
  const { kind } = subject.measurement.distribution;
  const level = quantileLevel(statistic);
  const printed = isTail(statistic) && kind === "quantiles";
  const extreme = (level === 0 || level === 1) && kind !== "value";
  return (printed || extreme) && counts !== null && isUneven(counts) ? { code: "unequal-samples", ...counts } : null;
}

/** Too little replication for a verdict, or numbers that have no ratio. */
function tooFew(row: Row, contrast: Contrast, mode: BaselineMode): Warning | null {
  if (isRefused(row) || contrast.design === "exact") return null;
  if (contrast.design === "impossible" && contrast.reason === "non-positive") return { code: "non-positive" };
  const { rounds } = contrast;
  if (mode === "stored" && !(contrast.design === "impossible" && contrast.reason === "few-rounds"))
    return rounds < RUNS_TO_JUDGE ? { code: "few-baseline-runs", runs: rounds, needed: RUNS_TO_JUDGE } : null;
  return rounds < ROUNDS_TO_JUDGE ? { code: "few-rounds", rounds, needed: ROUNDS_TO_JUDGE } : null;
}

/** A tail so heavy that means and maxima never settle. */
function heavyTail({ subject, budget: { statistic } }: Row): Warning | null {
  if (statistic !== "mean" && statistic !== "max") return null;
  const rounds = [subject.candidate[0], subject.candidate.at(-1)];
  const found = rounds.flatMap((round) => (round === undefined ? [] : (tailOf(round.distribution) ?? [])));
  const index = found.length === 0 ? null : smallest(found);
  return index !== null && index < HEAVY ? { code: "heavy-tail", index } : null;
}

/** How heavy the tail of samples is, and of a sketch that stands for them; null where nothing tells. */
function tailOf(distribution: Distribution): number | null {
  if (distribution.kind === "samples") return hillIndex(distribution.samples);
  if (distribution.kind !== "histogram" || !("sketch" in distribution)) return null;
  return hillIndexOfCounts(distribution.values, distribution.counts);
}

/** A measure of the samples of a round, the smallest of the first and the last round of the candidate: enough to notice, and cheap. */
export function typicalSamples(
  { candidate }: Subject,
  measure: (samples: Float64Array) => number | null,
): number | null {
  const rounds = [...new Set([candidate[0], candidate.at(-1)])];
  const found = rounds.flatMap((round) => {
    const value = round?.distribution.kind === "samples" ? measure(round.distribution.samples) : null;
    return value === null ? [] : [value];
  });
  return found.length === 0 ? null : smallest(found);
}
