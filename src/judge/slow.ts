import { keyOf, subjectKey } from "../model/key.ts";
import { worse } from "../model/measurement.ts";
import type { SlowRow } from "../model/slow.ts";
import type { TrendChange, TrendPoint, TrendSeries } from "../model/trend.ts";
import type { Judgement, Verdict } from "../model/verdict.ts";
import { stepAt } from "../stats/change-point.ts";
import { mean } from "../stats/summary.ts";

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
  const stay: SlowRow[] = [];
  const news: SlowRow[] = [];
  for (const each of series) {
    if (each.levels.length === 0) continue;
    const own = known.filter((row) => rowKey(row) === rowKey(each));
    const found = foundIn(each);
    const accepted = each.changes.filter((change) => change.worse && change.accepted !== null);
    const old = new Set(found.filter((row) => own.some((one) => isSame(one, row, each.points))));
    for (const before of own) {
      const row = { ...before, now: presentLevel(each, before) };
      const fresh = [...old].find((one) => isSame(row, one, each.points));
      if (fresh !== undefined) {
        // Found again, perhaps some runs off: told once.
        if (!stay.includes(fresh)) stay.push(fresh);
      } else if (isWorse(row) && !accepted.some((change) => isSame(row, change, each.points))) stay.push(row);
    }
    for (const row of found) if (!old.has(row)) news.push(row);
  }
  return { rows: [...stay, ...news], news };
}

/** What is decided neither way: it says nothing of what was known. */
const OPEN: readonly Verdict[] = ["inconclusive", "failed"];

/** What is worse than a revision that the default branch was compared with. A known row stays where its verdict is open. */
export function slowSince(
  judgements: readonly Judgement[],
  revisions: Pick<SlowRow, "before" | "after">,
  known: readonly SlowRow[],
): Slow {
  const by = (verdicts: readonly Verdict[]) =>
    judgements.filter(({ verdict, severity }) => severity === "gate" && verdicts.includes(verdict));
  const found = by(["regression"]).flatMap(({ baseline: was, candidate: now, ...each }): SlowRow[] => {
    if (was === null || now === null) return [];
    const { suite, benchmark, metric, statistic, unit, better } = each;
    const ratio = was > 0 && now > 0 ? now / was : 1;
    return [{ suite, benchmark, metric, statistic, unit, better, ...revisions, commits: null, ratio, was, now }];
  });
  const open = new Set(by(OPEN).map(rowKey));
  const keys = new Set(found.map(rowKey));
  const before = new Set(known.map(rowKey));
  const stay = known.filter((row) => open.has(rowKey(row)) && !keys.has(rowKey(row)));
  return { rows: [...stay, ...found], news: found.filter((row) => !before.has(rowKey(row))) };
}

/** The changes of a series that are not mended, and the drift that it is in. */
function foundIn(series: TrendSeries): readonly SlowRow[] {
  const { suite, benchmark, metric, statistic, unit, better, levels, changes, drift } = series;
  const about = { suite, benchmark, metric, statistic, unit, better, commits: null };
  const rows = changes
    .filter((change) => change.worse && change.accepted === null)
    .map(({ before, after, ...change }) => {
      const now = presentLevel(series, { after });
      return { ...about, before, after, ratio: change.ratio, was: levelBefore(series, change), now };
    });
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

function isWorse({ ratio, was, now, better }: SlowRow): boolean {
  return worse(better) * Math.log(now / was) > Math.min(BACK, Math.abs(Math.log(ratio)) / 2);
}

/** Where a change lies. */
type Place = Pick<SlowRow, "before" | "after">;

/** Whether two rows of one series are one change: its place may be found some runs off, and a drift has none. */
function isSame(one: Place, other: Place, points: readonly TrendPoint[]): boolean {
  const drifts = [one, other].filter(({ before, after }) => before === after).length;
  if (drifts > 0) return drifts === 2;
  if (one.after === other.after) return true;
  const [first, second] = [one, other].map(({ after }) => points.findIndex(({ sha }) => sha === after));
  return first! >= 0 && second! >= 0 && Math.abs(first! - second!) <= SAME;
}

function rowKey(row: Pick<SlowRow, "suite" | "benchmark" | "metric" | "statistic" | "unit" | "better">): string {
  return keyOf(subjectKey(row), row.statistic);
}
