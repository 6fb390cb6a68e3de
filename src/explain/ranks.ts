import { median } from "../stats/summary.ts";

/** How many orders of `a` values of one kind and `b` of another give the rank statistic `u`, by its recurrence (Mann & Whitney 1947). */
function ways(u: number, a: number, b: number, known: Map<string, number>): number {
  if (u < 0) return 0;
  if (a === 0 || b === 0) return u === 0 ? 1 : 0;
  const key = `${u},${a},${b}`;
  const found = known.get(key) ?? ways(u - b, a - 1, b, known) + ways(u, a, b - 1, known);
  known.set(key, found);
  return found;
}

/** P(U = u) for every u, were both groups of one distribution. */
function distribution(a: number, b: number): readonly number[] {
  const known = new Map<string, number>();
  const counts = Array.from({ length: a * b + 1 }, (_, u) => ways(u, a, b, known));
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / all);
}

/** The exact one-sided p of the Mann-Whitney test for "`second` is larger"; ties count half, rounded against the finding. */
export function largerThan(first: readonly number[], second: readonly number[]): number {
  let u = 0;
  for (const x of second) for (const y of first) u += x > y ? 1 : x === y ? 0.5 : 0;
  const chances = distribution(first.length, second.length);
  return chances.slice(Math.floor(u)).reduce((sum, chance) => sum + chance, 0);
}

/** The smallest p that so many values on each side can give: all of one above all of the other. */
export function smallestP(first: number, second: number): number {
  return distribution(first, second)[0]!;
}

/** A difference between two groups, with an interval. */
export interface Shift {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** The level that the interval reaches. */
  readonly level: number;
}

/**
 * By how much `second` is larger: the median of all differences between a value of one and a value of the other, and the interval of those that the
 * rank test at `level` does not reject (Hodges & Lehmann 1963; Hollander, Wolfe & Chicken, Nonparametric Statistical Methods, 3rd ed., section 4.3).
 * Where so few values cannot reach the level, it is the widest interval that they give.
 */
export function shift(first: readonly number[], second: readonly number[], level = 0.95): Shift {
  const differences = second.flatMap((x) => first.map((y) => x - y)).sort((a, b) => a - b);
  const chances = distribution(first.length, second.length);
  let tail = chances[0]!;
  let left = 0;
  while (tail + chances[left + 1]! <= (1 - level) / 2) tail += chances[++left]!;
  return {
    value: median(differences),
    lower: differences[left]!,
    upper: differences[differences.length - 1 - left]!,
    level: 1 - 2 * tail,
  };
}
