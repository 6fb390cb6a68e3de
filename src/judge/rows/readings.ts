import type { Distribution } from "../../model/measurement.ts";
import { traitsOf } from "../../model/metric.ts";
import { onceFor } from "../../model/once.ts";
import type { StatisticName } from "../../model/statistic.ts";
import { hasStatistic, sampleCount } from "../../stats/statistic.ts";
import { mean, median } from "../../stats/summary.ts";
import { resolutionOf } from "./clock.ts";
import { type Kept, type LeftOut, leaveOut, type Sides, type Slot } from "./left-out.ts";
import type { Observation, Subject } from "./subjects.ts";
import { fewestOf, neededBy, valueAt } from "./tail.ts";

/** One statistic of one round. */
export interface Reading extends Slot {
  readonly value: number;
  /** The same statistic of each of the round's slices, in the order of time: of a median their middles. */
  readonly slices?: readonly number[];
}

/** One statistic of one subject, reduced to a number a round. */
export interface Readings extends Sides<Reading> {
  /** One list a baseline recording; recordings that lack the statistic are left out. */
  readonly baseline: readonly (readonly Reading[])[];
  readonly candidate: readonly Reading[];
  /** The smallest number of samples behind any reading; null where the tool counts none. */
  readonly samples: number | null;
  /** The number of samples that a tail must have to be judged: fewer where both sides are evaluated at one number. Null without a tail. */
  readonly needed: number | null;
  /** Median sample counts of each side. */
  readonly counts: { readonly baseline: number; readonly candidate: number } | null;
  /** The smallest step that the numbers can move by, in the metric's unit; 0 where it is not known. */
  readonly resolution: number;
  /** Rounds that take no part. */
  readonly leftOut: readonly LeftOut[];
  /** In which ways each side was measured, where no one way has most of the rounds; null where all readings are of one. */
  readonly estimators: Estimators | null;
}

/** The ways in which each side was measured; `mixed` where a side has several. */
interface Estimators {
  readonly baseline: string;
  readonly candidate: string;
  readonly mixed: boolean;
}

/** Whether both sides have the statistic. */
export function isComplete({ baseline, candidate }: Readings): boolean {
  return baseline.length > 0 && candidate.length > 0;
}

/**
 * Every round's statistic, both sides computed at the same sample size so that neither is biased. Rounds that are odd ones out are left out with their
 * partners: measured in another way than most, without the statistic, with too few samples for it, or at zero.
 */
export function readings(subject: Subject, statistic: StatisticName): Readings {
  const known = readingsOf(subject);
  const values = known.get(statistic) ?? reduced(subject, statistic);
  known.set(statistic, values);
  return values;
}

/** What `readings` gave: rows, limits and notes ask for the same numbers. */
const readingsOf = onceFor((_: Subject) => new Map<StatisticName, Readings>());

function reduced(subject: Subject, statistic: StatisticName): Readings {
  const alike = ofOneWay(subject);
  const having = keep(alike, "statistic", ({ distribution }) => !hasStatistic(distribution, statistic));
  const { sides } = having;
  const needed = neededBy(distributionsOf([...sides.baseline.flat(), ...sides.candidate]), statistic);
  const enough = keep(
    having,
    "few-samples",
    ({ distribution }) => (sampleCount(distribution) ?? Infinity) < (needed ?? 0),
  );
  const { baseline, candidate } = enough.sides;
  const samples = fewest([...baseline.flat(), ...candidate]);
  const slices = slicesOf(statistic, enough.sides);
  const side = (observations: readonly Observation[]) => read(observations, statistic, () => samples, slices);
  const values = {
    baseline: baseline.map(side).filter((rounds) => rounds.length > 0),
    candidate: side(candidate),
  };
  // That nothing failed is a share like any other, and of some metrics zero is what all is well with.
  const { dimensions, sparse } = traitsOf(subject.measurement.metric);
  const mayBeZero = dimensions[0] === "share" || sparse === true;
  const positive = keep({ sides: values, leftOut: enough.leftOut }, "zero", ({ value }) => !mayBeZero && value <= 0);
  return {
    ...positive.sides,
    samples,
    needed,
    counts: medianCounts(baseline.flat(), candidate),
    resolution: resolutionOf(subject, statistic),
    leftOut: [...failedRounds(subject), ...positive.leftOut],
    estimators: alike.estimators,
  };
}

/** Both sides, and what was left out so far. */
interface Left<T extends Slot> {
  readonly sides: Sides<T>;
  readonly leftOut: readonly LeftOut[];
}

/** Without the bad rounds where they are exceptions; unchanged where most are bad, which the bars then say. */
function keep<T extends Slot>({ sides, leftOut }: Left<T>, why: LeftOut["why"], isBad: (each: T) => boolean): Left<T> {
  const kept = leaveOut(sides, why, isBad);
  return kept === null ? { sides, leftOut } : together(kept, leftOut);
}

function together<T extends Slot>({ sides, leftOut }: Kept<T>, before: readonly LeftOut[]): Left<T> {
  return { sides, leftOut: leftOut === null ? before : [...before, leftOut] };
}

function failedRounds({ failed }: Subject): readonly LeftOut[] {
  const [baseline, candidate] = [failed.baseline, failed.candidate].map((slots) => slots.map(({ pair }) => pair));
  return baseline!.length + candidate!.length === 0
    ? []
    : [{ why: "failed", baseline: baseline!, candidate: candidate! }];
}

/**
 * The rounds that were measured in one way, the one that leaves most of them: the median of batch means lies near the mean of single calls, not near
 * their median, and the two are never compared with each other.
 */
function ofOneWay(subject: Subject): Left<Observation> & { readonly estimators: Estimators | null } {
  const { baseline, candidate } = subject;
  const ways = (arm: readonly Observation[]) => [...new Set(arm.map(({ estimator }) => estimator))].sort();
  const all = ways([...baseline.flat(), ...candidate]);
  const kept = all.flatMap(
    (way) => leaveOut({ baseline, candidate }, "estimator", (each) => each.estimator !== way) ?? [],
  );
  const size = ({ sides }: Kept<Observation>) => sides.candidate.length + sides.baseline.flat().length;
  const [first, ...others] = kept;
  if (first !== undefined) {
    const best = others.reduce((most, each) => (size(each) > size(most) ? each : most), first);
    return { ...together(best, []), estimators: null };
  }
  const sides: Sides<Observation> = { baseline, candidate };
  if (all.length < 2 || baseline.length === 0 || candidate.length === 0)
    return { sides, leftOut: [], estimators: null };
  const [before, after] = [ways(baseline.flat()), ways(candidate)];
  const mixed = before.length > 1 || after.length > 1;
  return { sides, leftOut: [], estimators: { baseline: before.join(" and "), candidate: after.join(" and "), mixed } };
}

function distributionsOf(observations: readonly Observation[]): readonly Distribution[] {
  return observations.map(({ distribution }) => distribution);
}

/** The candidate alone, each round at its own sample size: what an absolute limit is held against. */
export function ownReadings(
  { candidate }: Subject,
  statistic: StatisticName,
): Pick<Readings, "candidate" | "samples" | "needed"> {
  return {
    candidate: read(candidate, statistic, ({ distribution }) => sampleCount(distribution)),
    samples: fewest(candidate),
    needed: fewestOf(statistic),
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

function read(
  observations: readonly Observation[],
  statistic: StatisticName,
  size: (observation: Observation) => number | null,
  slicesIn: SlicesIn = () => undefined,
): Reading[] {
  return observations.flatMap((observation) => {
    const value = valueAt(observation.distribution, statistic, size(observation));
    const slices = slicesIn(observation);
    const { session, pair, runner } = observation;
    return value === null ? [] : [{ session, pair, runner, value, ...(slices !== undefined && { slices }) }];
  });
}

/** The statistic of each slice of a round; undefined where it has none, or where slices say nothing of it. */
type SlicesIn = (observation: Observation) => readonly number[] | undefined;

function slicesOf(statistic: StatisticName, sides: Sides<Observation>): SlicesIn {
  if (statistic === "p50") return ({ medians }) => medians;
  return statistic === "p99" && haveTails(sides) ? ({ tails }) => tails : () => undefined;
}

/** The p99 of fewer samples is too far from that of a round. */
const FEWEST_IN_SLICE = 30;

/** A percentile of as few samples as a slice holds moves with their number: the slices of one side hold at most so many times as many as the other's. */
const ALIKE = 1.1;

function haveTails({ baseline, candidate }: Sides<Observation>): boolean {
  const [before, after] = [baseline[0] ?? [], candidate].map((arm) => arm.flatMap(({ perSlice }) => perSlice ?? []));
  if (before!.length === 0 || after!.length === 0) return false;
  const [fewer, more] = [median(before!), median(after!)].sort((a, b) => a - b);
  return fewer! >= FEWEST_IN_SLICE && more! <= ALIKE * fewer!;
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
