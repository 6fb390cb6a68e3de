import { incompleteBeta } from "./special.ts";

const ROUNDING = 1e-12;

/** An interval of the median difference that assumes nothing of its distribution; `level` is the one reached, at least the one asked for. */
export interface SignInterval {
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
}

/**
 * The interval of the median between the k-th smallest and the k-th largest difference, for the greatest k that keeps `level`: shown beside a verdict as
 * a check, never used for it. Null where there are too few differences: 95 % needs six. Its level is 1 − 2·P(Bin(n, ½) < k), more where values tie
 * (Thompson, Ann. Math. Statist. 7, 1936).
 */
export function signInterval(differences: readonly number[], level: number): SignInterval | null {
  const n = differences.length;
  const reached = (k: number): number => Math.max(0, 1 - 2 * incompleteBeta(0.5, n - k + 1, k));
  const least = level - ROUNDING;
  if (n < 1 || reached(1) < least) return null;
  let [enough, tooMany] = [1, Math.ceil(n / 2) + 1];
  while (tooMany - enough > 1) {
    const middle = (enough + tooMany) >>> 1;
    if (reached(middle) >= least) enough = middle;
    else tooMany = middle;
  }
  const ascending = Float64Array.from(differences).sort();
  return { lower: ascending[enough - 1] as number, upper: ascending[n - enough] as number, level: reached(enough) };
}

/**
 * The Hodges-Lehmann estimate of the centre: the median of the means of all pairs of differences, each with itself included (Ann. Math. Statist. 34,
 * 1963). Nearly as sharp as the mean under Gaussian noise, unmoved by less than 29 % of wild values. NaN where there are none. Takes n²/2 numbers.
 */
export function hodgesLehmann(differences: readonly number[]): number {
  const n = differences.length;
  const means = new Float64Array((n * (n + 1)) / 2);
  let at = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) means[at++] = (differences[i] as number) / 2 + (differences[j] as number) / 2;
  }
  means.sort();
  return ((means[(at - 1) >>> 1] as number) + (means[at >>> 1] as number)) / 2;
}
