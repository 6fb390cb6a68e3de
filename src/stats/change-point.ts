import { largest } from "../model/extremes.ts";
import { dependence } from "./autocorrelation.ts";
import { energySplits } from "./energy-split.ts";
import { largeStep } from "./large-step.ts";
import { type Random, xoshiro128 } from "./random.ts";
import { mean, median } from "./summary.ts";

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

/** How many values on either side tell a jump, by their medians: one value that stands out does not move these. */
const NEAR = 3;
/** So many times the median difference of neighbours is a jump: about eight standard deviations of what is new in each value. */
const JUMP = 8;

/**
 * The changes of level in a series, oldest first: E-divisive (Matteson & James, JASA 109, 2014), each segment cut at its largest energy
 * distance for as long as a permutation test says that the cut is real; and a large step at the end after two values of it.
 *
 * The test permutes within the segment. p = (b + 1)/(B + 1), never 0 (Phipson & Smyth, SAGMB 9, 2010); it stops once it cannot be significant any
 * more (Besag & Clifford, Biometrika 78, 1991), so that a flat series costs a handful of permutations.
 *
 * Orders of a permutation know nothing of neighbours that depend on each other, and such series wander: so what is found is put to a second search. How far
 * neighbours still agree once the levels are taken off, ρ, makes the mean of n values as uncertain as that of κn independent ones, κ = (1 − ρ)/(1 + ρ) (Bartlett, JRSS 98, 1935). With the
 * dispersion of a segment in its two parts, T = W + S and S = Q/2 (Rizzo & Székely, Annals of Applied Statistics 4, 2010), the ratio S/W of the split counts κ-fold: what the
 * orders must keep under is Q′ = 2κST/(W + κS). What jumps is left as it is: dependence makes a series wander, not jump.
 */
export function changePoints(series: readonly number[], options: ChangePointOptions): readonly ChangePoint[] {
  const found = searched(series, options, 0);
  const rho = found.length === 0 ? 0 : dependence(series, levelsOf(series, found));
  return withoutSmall(series, rho > 0 ? searched(series, options, rho) : found, options.smallest ?? 0);
}

/** The changes where neighbours depend on each other by `rho`. */
function searched(series: readonly number[], options: ChangePointOptions, rho: number): readonly ChangePoint[] {
  const { seed, level = 0.005, permutations = 999, shortest = 4 } = options;
  const test = { random: xoshiro128(seed), level, permutations, shortest, rho, jump: jumpOf(series) };
  const found: ChangePoint[] = [];
  const search = (from: number, to: number): void => {
    if (to - from < 2 * shortest) return;
    const split = significant(series.slice(from, to), to === series.length, test);
    if (split === null) return;
    search(from, from + split.at);
    found.push({ index: from + split.at, p: split.p });
    search(from + split.at, to);
  };
  search(0, series.length);
  return found;
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
  /** How far neighbours depend on each other, from 0 to 1. */
  readonly rho: number;
  /** A jump of more than this is a change however far they do, in the unit of the series. */
  readonly jump: number;
}

function significant(
  segment: readonly number[],
  isLast: boolean,
  test: Test,
): { readonly at: number; readonly p: number } | null {
  // First, since a permutation puts a step of two values where there are four.
  const step = isLast ? largeStep(segment, test.rho) : null;
  if (step !== null) return step;
  for (const { ends, share } of SEARCHES) {
    const found = cut(segment, ends, share, test);
    if (found !== null) return found;
  }
  return null;
}

function cut(
  segment: readonly number[],
  ends: number,
  share: number,
  { random, level, permutations, shortest, rho, jump }: Test,
): { readonly at: number; readonly p: number } | null {
  const splitOf = energySplits(segment, shortest, ends);
  const order = Int32Array.from(segment.keys());
  const best = splitOf(order);
  // Equal values have no distance; rounding errors of sums are none either.
  if (!(best.energy > 1e-12 * largest(segment.map(Math.abs), 1e-300))) return null;
  const isJump = Math.abs(median(near(segment, best.at, 0)) - median(near(segment, best.at, -NEAR))) > jump;
  const seen = isJump ? best.energy : discounted(best.energy, segment, (1 - rho) / (1 + rho));
  // Rounding must not make the split look rarer than it is among the orders: of eight values two orders in 70 cut them into the same parts.
  const bound = seen * (1 - 1e-12);
  let extreme = 0;
  const p = () => (extreme + 1) / (permutations + 1) / share;
  for (let done = 0; done < permutations && p() <= level; done++) {
    permute(order, random);
    if (splitOf(order).energy >= bound) extreme++;
  }
  return p() <= level ? { at: best.at, p: p() } : null;
}

/** The smallest jump that is a change however far neighbours depend on each other; 0 of fewer values than two. */
function jumpOf(series: readonly number[]): number {
  const differences = series.slice(1).map((value, index) => Math.abs(value - series[index]!));
  return differences.length === 0 ? 0 : JUMP * median(differences);
}

/** The values on one side of a place that tell whether it is a jump. */
function near(segment: readonly number[], at: number, offset: number): readonly number[] {
  return segment.slice(Math.max(0, at + offset), at + offset + NEAR);
}

/** The energy a split must have had if each of its values told as much as κ values do, κ from 0 to 1; see `changePoints`. */
function discounted(energy: number, segment: readonly number[], kappa: number): number {
  if (kappa === 1) return energy;
  const n = segment.length;
  const sorted = segment.toSorted((a, b) => a - b);
  const total = sorted.reduce((sum, value, rank) => sum + (2 * rank - n + 1) * value, 0) / n;
  const between = Math.min(energy / 2, total);
  return (2 * kappa * between * total) / (total - (1 - kappa) * between);
}

/** Draws a new order (Fisher & Yates). */
function permute(order: Int32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
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
