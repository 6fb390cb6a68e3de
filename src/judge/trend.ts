import { smallest } from "../model/extremes.ts";
import { type Acceptance, matches } from "../model/plan.ts";
import type { DatedAcceptance, RawSeries, TrendChange, TrendDrift, TrendSeries } from "../model/trend.ts";
import { type ChangePoint, changePoints, type Level, levelsOf } from "../stats/change-point.ts";
import { drift } from "../stats/cusum.ts";
import { type Ramp, rampsIn } from "../stats/ramp.ts";
import { mean } from "../stats/summary.ts";
import { firstWith, NEAR } from "./history/accepted.ts";

/** The smallest shift that counts as a change of level, as ln: 2 % of what is measured, 0.5 % of what is deterministic. */
const SMALLEST = { measured: Math.log(1.02), exact: Math.log(1.005) } as const;
/** The smallest spread that is believed of an anchor, as ln. */
const RESOLUTION = 0.001;
/** Runs at the end whose mean says where a series is now. */
const NOW = 10;
/** The permutations of all series are drawn from one seed, so that the same history gives the same page. */
const SEED = 20_140_301;
/** How many runs the place of one change may differ by when it is found again with one run more. */
const SAME = 3;

/** An acceptance, and since when it is one where that is known. */
type InForce = Acceptance & Partial<Pick<DatedAcceptance, "committedAt">>;

/** A series with its levels, changes and drift. Values that are not all positive have no ratio, and nothing is looked for in them. */
export function analyse({ exact, ...series }: RawSeries, accept: readonly InForce[] = []): TrendSeries {
  const { points } = series;
  const logs = logsOf(series);
  if (logs === null) return { ...series, levels: [], changes: [], drift: null };
  const found = changesIn(logs, exact);
  const ramps = rampsIn(
    logs,
    found.map(({ index }) => index),
  );
  const worse = (shift: number) => (series.better === "lower" ? shift > 0 : shift < 0);
  const steps = stepsOutside(logs, found, ramps, smallestOf(exact));
  const levels = levelsWith(logs, steps, ramps);
  const changes = [
    ...steps.map(({ index, p }): TrendChange => {
      const shift = shiftAt(levels, index);
      const [before, after] = [points[index - 1]!.sha, points[index]!.sha];
      return { at: index, before, after, ratio: Math.exp(shift), worse: worse(shift), p, accepted: null };
    }),
    // What drifted once and does no more is one change, from where it began to where it ended.
    ...ramps
      .filter(({ to }) => to < logs.length)
      .map((ramp): TrendChange => {
        const at = Math.round((ramp.from + ramp.to) / 2);
        const [before, after] = [points[Math.max(0, ramp.from - 1)]!.sha, points[ramp.to - 1]!.sha];
        const p = smallest(found.filter(({ index }) => isInside(index, ramp)).map((each) => each.p));
        const shift = ramp.end - ramp.begin;
        return { at, before, after, ratio: Math.exp(shift), worse: worse(shift), p, accepted: null };
      }),
  ].sort((one, other) => one.at - other.at);
  const now = ramps.find(({ to }) => to === logs.length);
  return {
    ...series,
    levels: levels.map(({ value, begin, ...level }) => ({
      ...level,
      value: Math.exp(value),
      ...(begin !== undefined && { begin: Math.exp(begin) }),
    })),
    changes: withAcceptances(series, changes, accept),
    drift:
      now === undefined
        ? driftOf(series, logs, levels.at(-1)?.from ?? 0, worse)
        : steadyDrift(series, now, worse(now.end - now.begin)),
  };
}

/** The changes that are no part of a ramp. At an end of one, only what jumps the other way is a change of its own: a drift that was for the better hides no step for the worse. */
function stepsOutside(
  logs: readonly number[],
  found: readonly ChangePoint[],
  ramps: readonly Ramp[],
  smallestShift: number,
): readonly ChangePoint[] {
  const outside = found.filter(({ index }) => !ramps.some(({ from, to }) => index > from && index < to));
  const levels = levelsWith(logs, outside, ramps);
  return outside.filter(({ index }) =>
    ramps.every((ramp) => {
      const back = -Math.sign(ramp.end - ramp.begin) * shiftAt(levels, index);
      return !isInside(index, ramp) || back >= smallestShift;
    }),
  );
}

/** Whether a change at this place is a part of a ramp, or may be: also where it stands at an end of it. */
function isInside(index: number, { from, to }: Ramp): boolean {
  return index > from - SAME && index < to + SAME;
}

/** By how much the level that begins here is above the one that ends here. */
function shiftAt(levels: readonly LogLevel[], index: number): number {
  return beginOf(levels.find(({ from }) => from === index)!) - levels.find(({ to }) => to === index)!.value;
}

/** A level, on the log scale. */
type LogLevel = Level & { readonly begin?: number };

function beginOf({ begin, value }: LogLevel): number {
  return begin ?? value;
}

/** The levels between steps, and the ramps, each of which cuts the level that it lies in. */
function levelsWith(
  logs: readonly number[],
  steps: readonly ChangePoint[],
  ramps: readonly Ramp[],
): readonly LogLevel[] {
  const ends = ramps.flatMap(({ from, to }) => [from, to]).filter((index) => index > 0 && index < logs.length);
  const cuts = [...new Set([...steps.map(({ index }) => index), ...ends])].sort((one, other) => one - other);
  return levelsOf(
    logs,
    cuts.map((index) => ({ index })),
  ).map((level) => {
    const ramp = ramps.find(({ from, to }) => from === level.from && to === level.to);
    return ramp === undefined ? level : { ...level, value: ramp.end, begin: ramp.begin };
  });
}

function steadyDrift({ points }: Pick<RawSeries, "points">, { from, begin, end }: Ramp, worse: boolean): TrendDrift {
  return { kind: "steady", ratio: Math.exp(end - begin), worse, since: points[from]!.sha };
}

/**
 * The changes of level that the newest run has brought to light: those that are not found without it. What goes the way of a drift that was known before is
 * no news each time that it has gone on.
 */
export function newChanges(raw: RawSeries): readonly TrendChange[] {
  const logs = logsOf(raw);
  if (logs === null) return [];
  const before = changesIn(logs.slice(0, -1), raw.exact);
  const known = rampsIn(
    logs.slice(0, -1),
    before.map(({ index }) => index),
  );
  const goesOn = (ramp: Ramp, { at, ratio }: TrendChange) =>
    ramp.to === logs.length - 1 && at >= ramp.from && ratio > 1 === ramp.end > ramp.begin;
  return stepsOf(raw, logs).filter(
    (change) =>
      !before.some(({ index }) => Math.abs(index - change.at) <= SAME) && !known.some((ramp) => goesOn(ramp, change)),
  );
}

/** All changes of level, those of drifts as well. */
function stepsOf({ points, better, exact }: RawSeries, logs: readonly number[]): readonly TrendChange[] {
  const found = changesIn(logs, exact);
  const levels = levelsOf(logs, found);
  return found.map(({ index, p }, place) => {
    const shift = levels[place + 1]!.value - levels[place]!.value;
    const worse = better === "lower" ? shift > 0 : shift < 0;
    const [before, after] = [points[index - 1]!.sha, points[index]!.sha];
    return { at: index, before, after, ratio: Math.exp(shift), worse, p, accepted: null };
  });
}

function logsOf({ points }: Pick<RawSeries, "points">): readonly number[] | null {
  return points.every(({ value }) => value > 0) ? points.map(({ value }) => Math.log(value)) : null;
}

function changesIn(logs: readonly number[], exact: boolean): readonly ChangePoint[] {
  return changePoints(logs, { seed: SEED, smallest: smallestOf(exact) });
}

function smallestOf(exact: boolean): number {
  return exact ? SMALLEST.exact : SMALLEST.measured;
}

/** An acceptance is the reason of the newest change for the worse that is no larger than it allows, and that did not come long after it. */
function withAcceptances(
  { suite, benchmark, metric, statistic, better, points }: Omit<RawSeries, "exact">,
  changes: readonly TrendChange[],
  accept: readonly InForce[],
): readonly TrendChange[] {
  const name = `${suite}/${benchmark} ${metric} ${statistic}`;
  const taken = new Map<TrendChange, string>();
  for (const { upTo, reason, committedAt } of accept.filter((each) => matches(each.match, name))) {
    const last = committedAt === undefined ? points.length : firstWith(points, committedAt) + NEAR;
    const covered = changes.findLast((change) => {
      const worsening = (better === "lower" ? change.ratio : 1 / change.ratio) - 1;
      return change.worse && change.at <= last && worsening <= upTo && !taken.has(change);
    });
    if (covered !== undefined) taken.set(covered, reason);
  }
  return changes.map((change) => ({ ...change, accepted: taken.get(change) ?? null }));
}

function driftOf(
  { points }: Pick<RawSeries, "points">,
  logs: readonly number[],
  newest: number,
  worse: (shift: number) => boolean,
): TrendDrift | null {
  const found = drift(logs, RESOLUTION);
  if (found === null) return null;
  // Runs before the newest change are not where the series is now.
  const recent = logs.slice(Math.max(newest, logs.length - NOW));
  const shift = mean(recent) - found.anchor;
  // What came back to where it was is no news.
  if (Math.sign(shift) !== found.direction || Math.abs(shift) < SMALLEST.measured) return null;
  return { kind: "from-first", ratio: Math.exp(shift), worse: worse(shift), since: points[found.from]!.sha };
}
