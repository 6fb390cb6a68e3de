import { type Acceptance, matches } from "../model/plan.ts";
import type { RawSeries, TrendChange, TrendDrift, TrendSeries } from "../model/trend.ts";
import { type ChangePoint, changePoints, levelsOf } from "../stats/change-point.ts";
import { drift } from "../stats/cusum.ts";
import { mean } from "../stats/summary.ts";

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

/** A series with its levels, changes and drift. Values that are not all positive have no ratio, and nothing is looked for in them. */
export function analyse({ exact, ...series }: RawSeries, accept: readonly Acceptance[] = []): TrendSeries {
  const { points } = series;
  const logs = logsOf(series);
  if (logs === null) return { ...series, levels: [], changes: [], drift: null };
  const found = changesIn(logs, exact);
  const levels = levelsOf(logs, found);
  const worse = (shift: number) => (series.better === "lower" ? shift > 0 : shift < 0);
  const changes = found.map(({ index, p }, place): TrendChange => {
    const shift = levels[place + 1]!.value - levels[place]!.value;
    const [before, after] = [points[index - 1]!.sha, points[index]!.sha];
    return { at: index, before, after, ratio: Math.exp(shift), worse: worse(shift), p, accepted: null };
  });
  return {
    ...series,
    levels: levels.map((level) => ({ ...level, value: Math.exp(level.value) })),
    changes: withAcceptances(series, changes, accept),
    drift: driftOf(series, logs, levels.at(-1)?.from ?? 0, worse),
  };
}

/** The changes of level that the newest run has brought to light: those that are not found without it. */
export function newChanges(raw: RawSeries): readonly TrendChange[] {
  const logs = logsOf(raw);
  if (logs === null) return [];
  const before = changesIn(logs.slice(0, -1), raw.exact);
  return analyse(raw).changes.filter(({ at }) => !before.some(({ index }) => Math.abs(index - at) <= SAME));
}

function logsOf({ points }: Pick<RawSeries, "points">): readonly number[] | null {
  return points.every(({ value }) => value > 0) ? points.map(({ value }) => Math.log(value)) : null;
}

function changesIn(logs: readonly number[], exact: boolean): readonly ChangePoint[] {
  return changePoints(logs, { seed: SEED, smallest: exact ? SMALLEST.exact : SMALLEST.measured });
}

/** An acceptance is the reason of the newest change for the worse that is no larger than it allows. */
function withAcceptances(
  { suite, benchmark, metric, statistic, better }: Omit<RawSeries, "exact">,
  changes: readonly TrendChange[],
  accept: readonly Acceptance[],
): readonly TrendChange[] {
  const name = `${suite}/${benchmark} ${metric} ${statistic}`;
  const taken = new Map<TrendChange, string>();
  for (const { upTo, reason } of accept.filter((each) => matches(each.match, name))) {
    const covered = changes.findLast((change) => {
      const worsening = (better === "lower" ? change.ratio : 1 / change.ratio) - 1;
      return change.worse && worsening <= upTo && !taken.has(change);
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
  return { ratio: Math.exp(shift), worse: worse(shift), since: points[found.from]!.sha };
}
