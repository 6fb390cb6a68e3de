import { mean } from "./summary.ts";

/** A stretch of a series that rises or falls steadily. */
export interface Ramp {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** The line's values at its first and its last place. */
  readonly begin: number;
  readonly end: number;
}

/** By how much a line must describe a stretch better than levels do, as Schwarz's criterion counts: 2 is "positive evidence" (Kass & Raftery 1995). */
const BETTER = 2;
/** The fewest values that tell a line from levels. */
const FEWEST = 12;
/** At so many places of the first level, and of the last, the line may begin or end. */
const KNOTS = 6;

/**
 * The steady stretches of a series that is cut into levels, oldest first: neighbouring changes in one direction that a straight line describes better, with a
 * level before and after it where it does not reach as far. By Schwarz's criterion (Annals of Statistics 6, 1978), n·ln(RSS/n) + p·ln n: levels have a mean each and a place for
 * each cut, a line its two ends, each level next to it a mean and a place. Stretches do not share a level.
 *
 * @param cuts the first index of each level but the first, ascending.
 */
export function rampsIn(series: readonly number[], cuts: readonly number[]): readonly Ramp[] {
  if (cuts.length === 0) return [];
  const edges = [0, ...cuts, series.length];
  const levels = edges
    .slice(1)
    .map((to, index) => ({ from: edges[index]!, to, value: mean(series.slice(edges[index]!, to)) }));
  const sums = sumsOf(series);
  const candidates: { readonly first: number; readonly last: number; readonly gain: number; readonly ramp: Ramp }[] =
    [];
  for (let first = 0; first < levels.length; first++) {
    for (let last = first + 1; last < levels.length; last++) {
      const own = levels.slice(first, last + 1);
      const rises = own.slice(1).map(({ value }, index) => value > own[index]!.value);
      if (rises.some((rise) => rise !== rises[0])) break;
      const best = bestLine(sums, own);
      if (best !== null) candidates.push({ first, last, ...best });
    }
  }
  const chosen: typeof candidates = [];
  for (const each of candidates.sort((a, b) => b.gain - a.gain)) {
    if (chosen.every(({ first, last }) => each.last < first || each.first > last)) chosen.push(each);
  }
  return chosen.map(({ ramp }) => ramp).sort((a, b) => a.from - b.from);
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The line that describes some levels best, and by how much better than they do; null where they do as well. */
function bestLine(sums: Sums, levels: readonly Stretch[]): { readonly gain: number; readonly ramp: Ramp } | null {
  const [first, last] = [levels[0]!, levels.at(-1)!];
  const n = last.to - first.from;
  if (n < FEWEST) return null;
  const score = (rss: number, parameters: number) => n * Math.log(Math.max(rss, 1e-18) / n) + parameters * Math.log(n);
  const stepped = score(
    levels.reduce((sum, { from, to }) => sum + aroundMean(sums, from, to), 0),
    2 * levels.length - 1,
  );
  let best: { gain: number; ramp: Ramp } | null = null;
  for (const from of knots(first.from, first.to)) {
    for (const to of knots(last.to, last.from)) {
      if (to - from < FEWEST / 2) continue;
      const { rss, begin, end } = line(sums, from, to);
      const around = aroundMean(sums, first.from, from) + aroundMean(sums, to, last.to);
      const parameters = 2 + 2 * Number(from > first.from) + 2 * Number(to < last.to);
      const gain = stepped - score(rss + around, parameters);
      if (gain > BETTER && gain > (best?.gain ?? 0)) best = { gain, ramp: { from, to, begin, end } };
    }
  }
  return best;
}

/** Places from one on towards another, evenly spread, and not that one itself: a line that ends where a step begins does not describe the step. */
function knots(from: number, towards: number): readonly number[] {
  const places = Array.from({ length: KNOTS }, (_, index) => Math.round(from + (index / KNOTS) * (towards - from)));
  return [...new Set(places)].filter((place) => place !== towards);
}

/** Sums of all values up to each index, of their squares, and of them times their index. */
interface Sums {
  /** What was taken off all values, so that sums of squares keep their digits. */
  readonly centre: number;
  readonly y: readonly number[];
  readonly yy: readonly number[];
  readonly xy: readonly number[];
}

function sumsOf(series: readonly number[]): Sums {
  const centre = mean(series);
  const [y, yy, xy] = [[0], [0], [0]];
  for (const [index, value] of series.entries()) {
    const own = value - centre;
    y.push(y.at(-1)! + own);
    yy.push(yy.at(-1)! + own * own);
    xy.push(xy.at(-1)! + own * index);
  }
  return { centre, y, yy, xy };
}

function aroundMean({ y, yy }: Sums, from: number, to: number): number {
  if (to <= from) return 0;
  const sum = y[to]! - y[from]!;
  return yy[to]! - yy[from]! - (sum * sum) / (to - from);
}

/** The least-squares line through a stretch, and what it leaves. */
function line(
  sums: Sums,
  from: number,
  to: number,
): { readonly rss: number; readonly begin: number; readonly end: number } {
  const n = to - from;
  const centre = (from + to - 1) / 2;
  const sum = sums.y[to]! - sums.y[from]!;
  const slope = (sums.xy[to]! - sums.xy[from]! - centre * sum) / ((n * (n * n - 1)) / 12);
  const rss = aroundMean(sums, from, to) - (slope * slope * n * (n * n - 1)) / 12;
  const half = (slope * (n - 1)) / 2;
  return { rss: Math.max(rss, 0), begin: sums.centre + sum / n - half, end: sums.centre + sum / n + half };
}
