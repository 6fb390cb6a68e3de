import { smallest } from "../../model/extremes.ts";
import { onceFor } from "../../model/once.ts";
import { quantileLevel, type StatisticName } from "../../model/statistic.ts";
import { quantised } from "../../stats/resolution.ts";
import { sampleCount } from "../../stats/statistic.ts";
import type { Observation, Subject } from "./subjects.ts";

/** How many rounds of a side are asked for their tick: a clock does not change from round to round. */
const ASKED = 5;

/**
 * The smallest step that a statistic of a subject can move by, in the metric's unit: what its tool prints, or the tick that its samples show, whichever
 * is more; 0 where neither is known. A mean of samples is finer than their tick, which their own noise averages out.
 */
export function resolutionOf(subject: Subject, statistic: StatisticName): number {
  return Math.max(subject.resolution, quantileLevel(statistic) === null ? 0 : (tickOf(subject) ?? 0));
}

/** The tick of the clock that the samples of both sides show; null where they show none. */
const tickOf = onceFor((subject: Subject): number | null => {
  // Few distinct values make gaps of several ticks: the smallest gap on either side comes nearest to the clock's.
  const shown = [subject.baseline[0] ?? [], subject.candidate].flatMap((arm) => sideTick(arm) ?? []);
  return shown.length === 0 ? null : smallest(shown);
});

/** Fewer samples of a round show no tick. */
const ENOUGH = 8;

/** The smallest tick that the rounds of a side show; null unless all of them that are asked are quantised. */
function sideTick(arm: readonly Observation[]): number | null {
  const asked = [...new Set(Array.from({ length: ASKED }, (_, i) => Math.round((i * (arm.length - 1)) / (ASKED - 1))))];
  const found = asked.map((index) => roundTick(arm[index]));
  if (found.length === 0 || found.some((tick) => tick === null)) return null;
  const tick = found.reduce<number>((least, each) => Math.min(least, each!), Number.POSITIVE_INFINITY);
  return Number.isFinite(tick) ? tick : null;
}

/** The tick of one round's samples: Infinity where they all agree and so show none, null where they are fine enough. */
function roundTick(observation: Observation | undefined): number | null {
  const values = observation === undefined ? null : valuesOf(observation);
  const found = values === null ? null : quantised(values);
  if (values === null || found === null) return null;
  // Of a few samples two may agree by chance: then the smallest gap between the others says nothing of a clock.
  const count = sampleCount(observation!.distribution) ?? 0;
  if (count < ENOUGH || 2 * found.distinct > count) return null;
  if (found.tick === null) return Number.POSITIVE_INFINITY;
  // A duration is a whole number of ticks itself: the smallest that is not zero is no less than one.
  const least = values.reduce((least, value) => (value > 0 && value < least ? value : least), Number.POSITIVE_INFINITY);
  return Math.min(found.tick, least);
}

/** The values that a round saw, as often as they must be told to show that they repeat. */
function valuesOf({ distribution }: Observation): Float64Array | null {
  if (distribution.kind === "samples") return distribution.samples;
  // The means of groups lie where no clock has ticked.
  if (distribution.kind !== "histogram" || ("sketch" in distribution && "n" in distribution.sketch)) return null;
  const { values, counts } = distribution;
  return Float64Array.from(
    Array.from(values).flatMap((value, i) => (counts[i]! > 1 ? [value, value] : counts[i]! > 0 ? [value] : [])),
  );
}
