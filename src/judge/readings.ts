import type { Distribution } from "../model/measurement.ts";
import { quantileLevel, type StatisticName } from "../model/statistic.ts";
import { evaluate, sampleCount } from "../stats/statistic.ts";
import { mean, median } from "../stats/summary.ts";
import type { Observation, Subject } from "./subjects.ts";

/** One statistic of one round. */
export interface Reading {
  readonly session: string;
  readonly pair: number;
  readonly value: number;
}

/** One statistic of one subject, reduced to a number a round. */
export interface Readings {
  /** One list a baseline recording; recordings that lack the statistic are left out. */
  readonly baseline: readonly (readonly Reading[])[];
  readonly candidate: readonly Reading[];
  /** The smallest number of samples behind any reading; null where the tool counts none. */
  readonly samples: number | null;
  /** Median sample counts of each side. */
  readonly counts: { readonly baseline: number; readonly candidate: number } | null;
}

/** Samples a round that a tail percentile needs to gate (ten beyond it) and to be shown at all (three beyond it); null without a tail. */
function samplesNeeded(statistic: StatisticName): { readonly gate: number; readonly show: number } | null {
  const level = quantileLevel(statistic);
  if (level === null || level <= 0.5 || level >= 1) return null;
  return { gate: Math.round(10 / (1 - level)), show: Math.round(3 / (1 - level)) };
}

/** Whether a statistic is of a tail, so that few samples lie beyond it. */
export function isTail(statistic: StatisticName): boolean {
  return samplesNeeded(statistic) !== null;
}

/** How many samples a tail percentile rests on, and needs to gate, where it has too few to gate or to be shown; null where it has enough. */
export function shortOfSamples(
  { samples }: Pick<Readings, "samples">,
  statistic: StatisticName,
  purpose: "gate" | "show",
): { readonly samples: number; readonly needed: number } | null {
  const needed = samplesNeeded(statistic);
  return needed === null || samples === null || samples >= needed[purpose] ? null : { samples, needed: needed.gate };
}

/** Whether both sides have the statistic. */
export function isComplete({ baseline, candidate }: Readings): boolean {
  return baseline.length > 0 && candidate.length > 0;
}

/**
 * Every round's statistic, both sides computed at the same sample size so that neither is biased.
 * Stored runs with too few samples for a tail do not pull a candidate down that has enough, as long as others remain.
 */
export function readings(subject: Subject, statistic: StatisticName): Readings {
  const known = remembered.get(subject) ?? new Map<StatisticName, Readings>();
  remembered.set(subject, known);
  const values = known.get(statistic) ?? reduced(subject, statistic);
  known.set(statistic, values);
  return values;
}

/** What `readings` gave, for as long as the subject is there: rows, limits and notes ask for the same numbers. */
const remembered = new WeakMap<Subject, Map<StatisticName, Readings>>();

function reduced(subject: Subject, statistic: StatisticName): Readings {
  const arms = worthyArms(subject, statistic);
  const samples = fewest([...arms.flat(), ...subject.candidate]);
  const side = (observations: readonly Observation[]) => read(observations, statistic, () => samples);
  return {
    baseline: arms.map(side).filter((rounds) => rounds.length > 0),
    candidate: side(subject.candidate),
    samples,
    counts: medianCounts(arms.flat(), subject.candidate),
  };
}

/** The candidate alone, each round at its own sample size: what an absolute limit is held against. */
export function ownReadings({ candidate }: Subject, statistic: StatisticName): Pick<Readings, "candidate" | "samples"> {
  return {
    candidate: read(candidate, statistic, ({ distribution }) => sampleCount(distribution)),
    samples: fewest(candidate),
  };
}

/** Whether a distribution was measured exactly, so that any difference is real. */
export function isExact(distribution: Distribution): boolean {
  return distribution.kind === "value" && distribution.exact;
}

/** More than a quarter apart: enough to move a tool's own p99, or a maximum, by itself. */
export function isUneven({ baseline, candidate }: { baseline: number; candidate: number }): boolean {
  return Math.max(baseline, candidate) > 1.25 * Math.min(baseline, candidate);
}

/** The arithmetic mean over rounds; null where there are none. */
export function meanOf(arm: readonly Reading[]): number | null {
  return arm.length === 0 ? null : mean(arm.map(({ value }) => value));
}

/** The logarithms of an arm of positive readings, turned so that more is worse where `sign` says so. */
export function logs(arm: readonly Reading[], sign: 1 | -1): readonly number[] {
  return arm.map(({ value }) => sign * Math.log(value));
}

/** The geometric mean of an arm of positive readings. */
export function geometricMean(arm: readonly Reading[]): number {
  return Math.exp(mean(logs(arm, 1)));
}

function worthyArms({ baseline, candidate }: Subject, statistic: StatisticName): readonly (readonly Observation[])[] {
  const needed = samplesNeeded(statistic);
  if (needed === null || baseline.length < 2) return baseline;
  const worthy = (arm: readonly Observation[]) => (fewest(arm) ?? needed.gate) >= needed.gate;
  const worthies = worthy(candidate) ? baseline.filter(worthy) : [];
  return worthies.length > 0 ? worthies : baseline;
}

function read(
  observations: readonly Observation[],
  statistic: StatisticName,
  size: (observation: Observation) => number | null,
): Reading[] {
  return observations.flatMap((observation) => {
    const value = evaluate(observation.distribution, statistic, size(observation));
    return value === null ? [] : [{ session: observation.session, pair: observation.pair, value }];
  });
}

function counted(observations: readonly Observation[]): number[] {
  return observations.map(({ distribution }) => sampleCount(distribution)).filter((count) => count !== null);
}

function fewest(observations: readonly Observation[]): number | null {
  const counts = counted(observations);
  return counts.length === 0 ? null : counts.reduce((least, count) => Math.min(least, count));
}

function medianCounts(baseline: readonly Observation[], candidate: readonly Observation[]): Readings["counts"] {
  const counts = { baseline: counted(baseline), candidate: counted(candidate) };
  return counts.baseline.length === 0 || counts.candidate.length === 0
    ? null
    : { baseline: median(counts.baseline), candidate: median(counts.candidate) };
}
