import { keyOf, subjectKey } from "../../model/key.ts";
import { worse } from "../../model/measurement.ts";
import type { SlowRow } from "../../model/slow.ts";
import type { TrendChange, TrendPoint, TrendSeries } from "../../model/trend.ts";
import type { Judgement, Verdict } from "../../model/verdict.ts";
import { stepAt } from "../../stats/large-step.ts";
import { mean } from "../../stats/summary.ts";

/** What is this near to its old level, as ln, is what it was: 2 %, or half of a change that was smaller than twice that. */
const BACK = Math.log(1.02);
/** How many runs the place of one change may differ by when it is found again with one run more. */
const SAME = 3;

/** Rows, and those of them that were not known. */
export interface Slow {
  readonly rows: readonly SlowRow[];
  readonly news: readonly SlowRow[];
}

/**
 * What got worse in a history, and is not what it was: changes of level for the worse that nobody accepted, and drifts. A row that is known stays until the
 * present level is back where it was before the change, or until that change is accepted: that the runs before it are no longer looked at mends nothing, and an
 * acceptance covers the one change that it is taken for.
 */
export function slowIn(series: readonly TrendSeries[], known: readonly SlowRow[]): Slow {
  const each = series.map((one) =>
    slowOf(
      one,
      known.filter((row) => rowKey(row) === rowKey(one)),
    ),
  );
  const news = each.flatMap((slow) => slow.news);
  const fresh = new Set(news);
  return { rows: [...each.flatMap(({ rows }) => rows.filter((row) => !fresh.has(row))), ...news], news };
}

/** As `slowIn`, of one series. */
function slowOf(series: TrendSeries, known: readonly SlowRow[]): Slow {
  const { levels, changes, points } = series;
  // A value that is none, such as 0, hides the levels; it says nothing of what was known.
  if (levels.length === 0) return { rows: known, news: [] };
  const left = new Set(foundIn(series));
  const rows: SlowRow[] = [];
  const news: SlowRow[] = [];
  const stay = (row: SlowRow, told: SlowRow) => {
    rows.push(row);
    // What was told once is news where it has grown by half since the last run.
    if (rise(row) > BACK + 1.5 * rise(told)) news.push(row);
  };
  const lost = known.filter((told) => {
    const [again] = [...left]
      .filter((one) => isSame(told, one, points))
      .toSorted((one, other) => apart(told, one, points) - apart(told, other, points));
    if (again === undefined) return true;
    left.delete(again);
    stay(kept(told, again, points), told);
    return false;
  });
  const accepted = changes.filter((change) => change.worse && change.accepted !== null);
  for (const told of lost) {
    const row = { ...told, now: presentLevel(series, told) };
    const isTold = rows.some((one) => isSame(row, one, points) && isAsDeep(one, row));
    if (isTold || !isWorse(row) || accepted.some((change) => isSame(row, change, points))) continue;
    // The same rise, found at another place: a drift that turns out to be a step.
    const instead = [...left].find((one) => isAsDeep(one, row)) ?? row;
    left.delete(instead);
    stay(instead, told);
  }
  return { rows: [...rows, ...left], news: [...news, ...left] };
}

/** What is decided neither way: it says nothing of what was known. */
const OPEN: readonly Verdict[] = ["inconclusive", "failed"];

/**
 * What is worse than a revision that the default branch was compared with, and nobody accepted. A known row stays where its verdict is open, or where it was not
 * judged.
 */
export function slowSince(
  judgements: readonly Judgement[],
  revisions: Pick<SlowRow, "before" | "after">,
  known: readonly SlowRow[],
): Slow {
  const worse = judgements.filter(
    ({ verdict, severity, accepted }) => severity === "gate" && verdict === "regression" && accepted === null,
  );
  const found = worse.flatMap(({ baseline: was, candidate: now, ...each }): SlowRow[] => {
    if (was === null || now === null) return [];
    const { suite, benchmark, metric, statistic, unit, better } = each;
    const ratio = was > 0 && now > 0 ? now / was : 1;
    return [{ suite, benchmark, metric, statistic, unit, better, ...revisions, commits: null, ratio, was, now }];
  });
  const keys = new Set(found.map(rowKey));
  const before = new Set(known.map(rowKey));
  const stay = known.filter((row) => !keys.has(rowKey(row)) && isOpen(row, judgements));
  return { rows: [...stay, ...found], news: found.filter((row) => !before.has(rowKey(row))) };
}

/** What tells that a benchmark is not slower, whatever its rows are. */
const SETTLED: readonly Verdict[] = ["removed", "same-code"];

/** Whether a comparison leaves open what is known of a row: its verdict is open, or it has none, though its benchmark is still there or its suite failed. */
function isOpen(row: SlowRow, judgements: readonly Judgement[]): boolean {
  const own = judgements.filter(({ suite, benchmark }) => suite === row.suite && benchmark === row.benchmark);
  const same = own.find((each) => rowKey(each) === rowKey(row));
  if (same !== undefined) return same.severity === "gate" && OPEN.includes(same.verdict);
  if (own.length > 0) return !own.some(({ verdict }) => SETTLED.includes(verdict));
  return judgements.some(
    ({ suite, benchmark, verdict }) => suite === row.suite && benchmark === "*" && verdict === "failed",
  );
}

/** The changes of a series that are not mended, and the drift that it is in. */
function foundIn(series: TrendSeries): readonly SlowRow[] {
  const { suite, benchmark, metric, statistic, unit, better, levels, changes, drift } = series;
  const about = { suite, benchmark, metric, statistic, unit, better, commits: null };
  const rows = changes
    .filter((change) => change.worse && change.accepted === null)
    .map(({ before, after, ...change }) => {
      const row = { ...about, before, after, ratio: change.ratio, was: levelBefore(series, change) };
      return { ...row, now: presentLevel(series, row), since: levels.filter(({ to }) => to > change.at) };
    })
    // What was back in the meantime is mended: a later rise is a change of its own.
    .filter(({ since, ...row }) => since.every(({ value }) => isWorse({ ...row, now: value })))
    .map(({ since, ...row }): SlowRow => row);
  if (drift?.worse === true && (drift.kind === "steady" || changes.length === 0)) {
    const now = levels.at(-1)!.value;
    const was = now / drift.ratio;
    rows.push({ ...about, before: drift.since, after: drift.since, ratio: drift.ratio, was, now });
  }
  return rows.filter(isWorse);
}

/** A step back is seen where it is hardly ever so by chance. */
const SEEN = { p: 1e-5, fewest: 2 } as const;

/**
 * Where a series is now, after a change. What came back after a few runs is back, though such a stretch may be too short for levels of its own: among the runs
 * since the change a step counts by Student's t.
 */
function presentLevel({ levels, points }: TrendSeries, { after }: Pick<SlowRow, "after">): number {
  const newest = levels.at(-1)!;
  if (newest.begin !== undefined) return newest.value;
  const changed = points.findIndex(({ sha }) => sha === after);
  const logs = points.slice(Math.max(newest.from, changed)).map(({ value }) => Math.log(value));
  const places = Math.max(0, logs.length - 2 * SEEN.fewest + 1);
  const [best] = Array.from({ length: places }, (_, index) => stepAt(logs, SEEN.fewest + index)).toSorted(
    (one, other) => one.p - other.p,
  );
  return Math.exp(mean(best !== undefined && best.p <= SEEN.p ? logs.slice(-best.after) : logs));
}

/** The level that a change led away from: the level that begins with it, or the drift that it is, taken back. */
function levelBefore({ levels }: TrendSeries, { at, ratio }: Pick<TrendChange, "at" | "ratio">): number {
  const level = levels.find(({ from, to }) => from <= at && at < to)!;
  return (level.from === at ? (level.begin ?? level.value) : level.value) / ratio;
}

function isWorse(row: SlowRow): boolean {
  return rise(row) > Math.min(BACK, Math.abs(Math.log(row.ratio)) / 2);
}

/** How much worse it is than before, as ln. */
function rise({ was, now, better }: SlowRow): number {
  return worse(better) * Math.log(now / was);
}

/** A known row that was found again: as it is found, but for a beginning that the runs no longer show whole. */
function kept(row: SlowRow, again: SlowRow, points: readonly TrendPoint[]): SlowRow {
  if (placeIn(row.before, points) < 0) return { ...row, now: again.now };
  const isWhole = again.before !== again.after && runsOf(again, points).from > SAME;
  return isWhole || worse(row.better) * (row.was - again.was) > 0 ? again : { ...again, was: row.was };
}

/** Whether a row began at a level that is no worse than another's, within what is back. */
function isAsDeep(one: SlowRow, other: SlowRow): boolean {
  return worse(one.better) * Math.log(one.was / other.was) <= BACK;
}

/** Where a change lies. */
type Place = Pick<SlowRow, "before" | "after">;

/** Whether two rows of one series may be one change: its place may be found some runs off, and a drift goes on. */
function isSame(one: Place, other: Place, points: readonly TrendPoint[]): boolean {
  if (one.before === one.after && other.before === other.after) return true;
  const [first, second] = [one, other].map((place) => runsOf(place, points));
  return first!.from - SAME <= second!.to && second!.from - SAME <= first!.to;
}

/** How many runs lie between the ends of two changes. */
function apart(one: Place, other: Place, points: readonly TrendPoint[]): number {
  return Math.abs(placeIn(one.after, points) - placeIn(other.after, points));
}

/** The runs that a change lies in; just before the first one where they are no longer looked at. */
function runsOf(
  { before, after }: Place,
  points: readonly TrendPoint[],
): { readonly from: number; readonly to: number } {
  const [from, to] = [placeIn(before, points), placeIn(after, points)];
  return { from: from < 0 ? to : Math.min(to, from + 1), to };
}

function placeIn(sha: string, points: readonly TrendPoint[]): number {
  return points.findIndex((point) => point.sha === sha);
}

function rowKey(row: Pick<SlowRow, "suite" | "benchmark" | "metric" | "statistic" | "unit" | "better">): string {
  return keyOf(subjectKey(row), row.statistic);
}
