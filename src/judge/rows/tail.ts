import { largest, smallest } from "../../model/extremes.ts";
import type { Distribution } from "../../model/measurement.ts";
import { quantileLevel, type StatisticName } from "../../model/statistic.ts";
import { isSorted } from "../../stats/autocorrelation.ts";
import { evaluate, SMOOTHED_BELOW, sampleCount } from "../../stats/statistic.ts";
import { thinned } from "../../stats/thin.ts";

/** What a tail percentile asks of the samples of a round. */
interface TailNeeds {
  /** Where every round is evaluated at one number of samples: three must lie beyond the percentile, so that it is not the maximum in disguise. */
  readonly alike: number;
  /** Where rounds of different numbers are compared as they are: ten. */
  readonly apart: number;
}

/** Null without a tail. */
function tailNeeds(statistic: StatisticName): TailNeeds | null {
  const level = quantileLevel(statistic);
  if (level === null || level <= 0.5 || level >= 1) return null;
  const [three, ten] = [Math.round(3 / (1 - level)), Math.round(10 / (1 - level))];
  // Only what is smoothed is evaluated at one number of samples.
  return { alike: three < SMOOTHED_BELOW ? three : ten, apart: ten };
}

/** Whether a statistic is of a tail, so that few samples lie beyond it. */
export function isTail(statistic: StatisticName): boolean {
  return tailNeeds(statistic) !== null;
}

/** The number of samples below which a round has no tail percentile, only its maximum in disguise; null without a tail. */
export function fewestOf(statistic: StatisticName): number | null {
  return tailNeeds(statistic)?.alike ?? null;
}

/** How many samples a tail percentile rests on, and needs to be judged, where it has too few; null where it has enough. */
export function shortOfSamples({
  samples,
  needed,
}: {
  readonly samples: number | null;
  readonly needed: number | null;
}): { readonly samples: number; readonly needed: number } | null {
  return needed === null || samples === null || samples >= needed ? null : { samples, needed };
}

/** Rounds whose numbers of samples differ by more than this are not alike. */
const ALIKE = 1.05;

/** The number of samples that a tail must have to be judged from these rounds; null without a tail. */
export function neededBy(rounds: readonly Distribution[], statistic: StatisticName): number | null {
  const needs = tailNeeds(statistic);
  if (needs === null) return null;
  const counts = rounds.flatMap((round) => sampleCount(round) ?? []);
  const [least, most] = [smallest(counts), largest(counts)];
  // A tool that computes its percentiles rounds their ranks, by which one sample more can be several per cent more.
  const even = rounds.some(({ kind }) => kind === "quantiles") ? most === least : most <= ALIKE * least;
  return even || rounds.every(isThinnable) ? needs.alike : needs.apart;
}

/** Whether fewer samples of a round can stand for a shorter round: only in the order in which they were taken, or where none leaned on its neighbours. */
function isThinnable(distribution: Distribution): boolean {
  if (distribution.kind === "samples") return !isSorted(distribution.samples);
  return "sketch" in distribution && distribution.sketch.independent === true;
}

/**
 * A statistic of one round at a number of samples (null: its own). A tail of a larger round is that of so many of its samples, as they follow each
 * other; where their order is not known, what so many independent ones would give on average.
 */
export function valueAt(distribution: Distribution, statistic: StatisticName, size: number | null): number | null {
  const smaller = size !== null && size >= 1 && size < SMOOTHED_BELOW && isTail(statistic);
  if (
    !smaller ||
    distribution.kind !== "samples" ||
    distribution.samples.length <= size ||
    !isThinnable(distribution)
  ) {
    return evaluate(distribution, statistic, size);
  }
  return evaluate({ kind: "samples", samples: thinned(distribution.samples, size) }, statistic, size);
}
