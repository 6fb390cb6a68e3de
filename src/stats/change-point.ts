import { largest } from "../model/extremes.ts";
import { energySplits } from "./energy-split.ts";
import { type Random, xoshiro128 } from "./random.ts";
import { tSf } from "./student-t.ts";
import { mean, median, variance } from "./summary.ts";

/** A place where the level of a series changed. */
export interface ChangePoint {
  /** The first value of the new level. */
  readonly index: number;
  /** Of the permutation test that found it. */
  readonly p: number;
}

/** What counts as a change. */
export interface ChangePointOptions {
  /** Draws the permutations. */
  readonly seed: number;
  /** The chance that a flat series is cut; 0.005 where absent. */
  readonly level?: number;
  /** Permutations a test, at most; 999 where absent. */
  readonly permutations?: number;
  /** The fewest values between two changes; 4 where absent. */
  readonly shortest?: number;
  /** A shift between neighbouring levels of less than this is none, in the unit of the series; 0 where absent. */
  readonly smallest?: number;
}

/** How far neighbours are kept together where they depend on each other. */
const BLOCK = 5;
/** Correlation of neighbours below which they count as independent. */
const WEAK = 0.2;
/** Fewer values than this cannot tell dependence from a change of level. */
const MANY = 40;
/** Where differences of neighbours are clipped, in their median size: two standard deviations, if they are Gaussian. */
const CLIPPED = 3;

/**
 * The changes of level in a series, oldest first: E-divisive (Matteson & James, JASA 109, 2014), each segment cut at its largest energy
 * distance for as long as a permutation test says that the cut is real; and a large step at the end after two values of it.
 *
 * The test permutes within the segment. p = (b + 1)/(B + 1), never 0 (Phipson & Smyth, SAGMB 9, 2010); it stops once it cannot be significant any
 * more (Besag & Clifford, Biometrika 78, 1991), so that a flat series costs a handful of permutations. Where neighbours depend on each
 * other, blocks of five are permuted instead of single values.
 */
export function changePoints(series: readonly number[], options: ChangePointOptions): readonly ChangePoint[] {
  const { seed, level = 0.005, permutations = 999, shortest = 4, smallest = 0 } = options;
  const random = xoshiro128(seed);
  const found: ChangePoint[] = [];
  const search = (from: number, to: number): void => {
    if (to - from < 2 * shortest) return;
    const segment = series.slice(from, to);
    const split = significant(segment, to === series.length, { random, level, permutations, shortest });
    if (split === null) return;
    search(from, from + split.at);
    found.push({ index: from + split.at, p: split.p });
    search(from + split.at, to);
  };
  search(0, series.length);
  return withoutSmall(series, found, smallest);
}

/**
 * How a segment is searched, and the share of the level that each search spends: for one change, which is what a new one looks like; then for a stretch
 * that ends before the segment does, which such a search may miss.
 */
const SEARCHES = [
  { ends: 1, share: 0.8 },
  { ends: 12, share: 0.2 },
] as const;

interface Test {
  readonly random: Random;
  readonly level: number;
  readonly permutations: number;
  readonly shortest: number;
}

function significant(
  segment: readonly number[],
  isLast: boolean,
  test: Test,
): { readonly at: number; readonly p: number } | null {
  // First, since a permutation puts a step of two values where there are four.
  const step = isLast ? largeStep(segment, RECENT.most) : null;
  if (step !== null) return step;
  for (const { ends, share } of SEARCHES) {
    const found = cut(segment, ends, share, test);
    if (found !== null) return found;
  }
  // A step can make values look as if they depended on each other; blocks then stay together so often that the permutations miss it.
  return isLast ? largeStep(segment, RECENT.window) : null;
}

/** The newest values among which a large step is looked for, how many of them it may have reached, and how many there must be before. */
const RECENT = { window: 50, fewest: 2, most: 8, before: 8 } as const;
/** So small that the best of all splits is hardly ever so by chance. */
const LARGE = 1e-5;

/**
 * A step at the end of a series that is too large to wait for the four values that a permutation needs: Student's t at 1e-5 where the step fits best. Only at
 * the end, where a level is still being built: elsewhere it would cut off what a neighbouring change misplaced. Never where neighbours depend on each other.
 *
 * @param most how many values it may have reached.
 */
function largeStep(segment: readonly number[], most: number): { readonly at: number; readonly p: number } | null {
  const recent = segment.slice(-RECENT.window);
  const places = Math.max(0, recent.length - RECENT.before - RECENT.fewest + 1);
  const steps = Array.from({ length: places }, (_, i) => stepAt(recent, RECENT.fewest + i));
  const [first, ...others] = steps;
  if (first === undefined) return null;
  const best = others.reduce((one, other) => (other.p < one.p ? other : one), first);
  if (!(best.p <= LARGE) || best.after > most || dependent(recent.slice(0, -best.after))) return null;
  return { at: segment.length - best.after, p: best.p };
}

/** Student's two-sided p of a step that the last `after` values have taken. */
export function stepAt(values: readonly number[], after: number): { readonly after: number; readonly p: number } {
  const [a, b] = [values.slice(0, -after), values.slice(-after)];
  const df = values.length - 2;
  const pooled = ((a.length - 1) * variance(a) + (after - 1) * variance(b)) / df;
  const difference = Math.abs(mean(b) - mean(a));
  const se = Math.sqrt(pooled * (1 / a.length + 1 / after));
  const rounding = 1e-12 * Math.max(Math.abs(mean(a)), Math.abs(mean(b)));
  return { after, p: se > rounding ? 2 * tSf(difference / se, df) : difference > rounding ? 0 : 1 };
}

function cut(
  segment: readonly number[],
  ends: number,
  share: number,
  { random, level, permutations, shortest }: Test,
): { readonly at: number; readonly p: number } | null {
  const splitOf = energySplits(segment, shortest, ends);
  const order = Int32Array.from(segment.keys());
  const best = splitOf(order);
  // Equal values have no distance; rounding errors of sums are none either.
  if (!(best.energy > 1e-12 * largest(segment.map(Math.abs), 1e-300))) return null;
  const size = dependent(segment) ? BLOCK : 1;
  let extreme = 0;
  const p = () => (extreme + 1) / (permutations + 1) / share;
  for (let done = 0; done < permutations && p() <= level; done++) {
    permute(order, size, random);
    if (splitOf(order).energy >= best.energy) extreme++;
  }
  return p() <= level ? { at: best.at, p: p() } : null;
}

/**
 * Whether neighbours are alike beyond chance. Of values that depend on the one before by ρ, the differences of neighbours depend on the one before by
 * −(1 − ρ)/2, and a change of level is a single difference, which is clipped: the values themselves would look dependent wherever the level changes.
 */
function dependent(segment: readonly number[]): boolean {
  const n = segment.length;
  if (n < MANY) return false;
  const differences = segment.slice(1).map((value, index) => value - segment[index]!);
  const cap = CLIPPED * median(differences.map(Math.abs));
  const clipped = differences.map((value) => Math.max(-cap, Math.min(cap, value)));
  const power = clipped.reduce((sum, value) => sum + value * value, 0);
  if (power === 0) return false;
  const shared = clipped.slice(1).reduce((sum, value, index) => sum + value * clipped[index]!, 0);
  // Of independent values it is 2/n on average, with a standard deviation of 1.4/√n.
  const correlation = 1 + (2 * shared) / power - 2 / n;
  return correlation > Math.max(WEAK, 2.5 / Math.sqrt(n));
}

/** Draws a new order of blocks of `size` (Fisher & Yates); a shorter block stands first, wherever the blocks are cut. */
function permute(order: Int32Array, size: number, random: Random): void {
  const n = order.length;
  if (size === 1) {
    for (let i = n - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return;
  }
  // Cut anew at a random offset: else the same neighbours would never part.
  const offset = Math.floor(random() * size);
  const blocks: number[][] = [];
  for (let start = offset - size; start < n; start += size) {
    const block = Array.from({ length: size }, (_, i) => start + i).filter((i) => i >= 0 && i < n);
    if (block.length > 0) blocks.push(block);
  }
  for (let i = blocks.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [blocks[i], blocks[j]] = [blocks[j]!, blocks[i]!];
  }
  order.set(blocks.flat());
}

/** Takes changes out, the smallest first, until every shift between neighbouring levels is `smallest` at least. */
function withoutSmall(
  series: readonly number[],
  found: readonly ChangePoint[],
  smallest: number,
): readonly ChangePoint[] {
  const shifts = levelsOf(series, found).map(({ value }, index, all) =>
    Math.abs(value - (all[index - 1]?.value ?? value)),
  );
  const weakest = found.reduce((best, _, index) => (shifts[index + 1]! < shifts[best + 1]! ? index : best), 0);
  if (found.length === 0 || shifts[weakest + 1]! >= smallest) return found;
  return withoutSmall(series, found.toSpliced(weakest, 1), smallest);
}

/** The stretch between two changes. */
export interface Level {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** The mean of its values. */
  readonly value: number;
}

/** The levels of a series that changes cut, oldest first; none of an empty one. */
export function levelsOf(series: readonly number[], changes: readonly Pick<ChangePoint, "index">[]): readonly Level[] {
  if (series.length === 0) return [];
  const cuts = [0, ...changes.map(({ index }) => index), series.length];
  return cuts.slice(1).map((to, index) => {
    const from = cuts[index]!;
    return { from, to, value: mean(series.slice(from, to)) };
  });
}
