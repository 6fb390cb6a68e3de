import type { StatisticName } from "../model/statistic.ts";
import type { Warning } from "../model/warning.ts";
import { effectiveSampleSize } from "../stats/autocorrelation.ts";
import { firstRoundOutlier } from "../stats/first-round.ts";
import { quantised } from "../stats/resolution.ts";
import { twoModes } from "../stats/shape.ts";
import { hillIndex } from "../stats/tail-index.ts";
import type { BaselineMode, Contrast } from "./contrast.ts";
import type { Reading, Readings } from "./readings.ts";
import type { Subject } from "./subjects.ts";

/** Independent samples that must lie beyond a percentile for it to gate. */
const BEYOND = 10;
/** Below this tail index the variance is infinite. */
const HEAVY = 2;

/** What a reader should know of a contrast that has its verdict all the same. */
export function remarksOn(
  subject: Subject,
  found: Contrast,
  { baseline, candidate }: Readings,
  mode: BaselineMode,
): Warning[] {
  const arms = mode === "stored" ? [candidate] : [baseline.flat(), candidate];
  const before = baseline.flat().length;
  const remarks: (Warning | null)[] = [
    found.design === "unpaired" ? { code: "different-sessions" } : null,
    mode !== "stored" && found.design === "pairs" && before !== candidate.length
      ? { code: "uneven-rounds", baseline: before, candidate: candidate.length }
      : null,
    arms.some((arm) => firstRoundOutlier(logs(arm))) ? { code: "first-round" } : null,
    mode === "stored" ? null : modes(baseline.flat(), candidate),
    coarse(subject),
  ];
  return remarks.filter((remark) => remark !== null);
}

/** A tail so heavy that means and maxima never settle; null where it is not, or is not asked about. */
export function heavyTail(subject: Subject, statistic: StatisticName): Warning | null {
  if (statistic !== "mean" && statistic !== "max") return null;
  const index = typicalSamples(subject, hillIndex);
  return index !== null && index < HEAVY ? { code: "heavy-tail", index } : null;
}

/** Samples that follow each other, so that fewer lie beyond a percentile than it seems; `tail` is its share of all. Null where enough do. */
export function correlated(subject: Subject, statistic: StatisticName, tail: number): Warning | null {
  // The estimate is rough: less than a doubled variance may be chance.
  const independent = typicalSamples(subject, (samples) => {
    const size = effectiveSampleSize(samples);
    return size !== null && size < samples.length / 2 ? size : null;
  });
  const beyond = (independent ?? Number.POSITIVE_INFINITY) * tail;
  return beyond < BEYOND ? { code: "correlated", statistic, beyond } : null;
}

/** A measure of the samples of a round, the smallest of the first and the last round of the candidate: enough to notice, and cheap. */
function typicalSamples({ candidate }: Subject, measure: (samples: Float64Array) => number | null): number | null {
  const rounds = [...new Set([candidate[0], candidate.at(-1)])];
  const found = rounds.flatMap((round) => {
    const value = round?.distribution.kind === "samples" ? measure(round.distribution.samples) : null;
    return value === null ? [] : [value];
  });
  return found.length === 0 ? null : Math.min(...found);
}

function coarse({ candidate }: Subject): Warning | null {
  const [first] = candidate;
  const found = first?.distribution.kind === "samples" ? quantised(first.distribution.samples) : null;
  return found === null ? null : { code: "coarse-clock", ...found };
}

function modes(baseline: readonly Reading[], candidate: readonly Reading[]): Warning | null {
  // Each side by itself: two sides that differ are two groups of rounds too.
  const groups = [baseline, candidate].map((arm) => twoModes(logs(arm)));
  if (groups.every((group) => group === null)) return null;
  const slow = (index: 0 | 1) => groups[index]?.upper.count ?? 0;
  return { code: "two-modes", baseline: slow(0), candidate: slow(1) };
}

function logs(arm: readonly Reading[]): number[] {
  return arm.filter(({ value }) => value > 0).map(({ value }) => Math.log(value));
}
