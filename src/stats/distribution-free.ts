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
