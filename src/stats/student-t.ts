import { root } from "./root.ts";
import { incompleteBeta } from "./special.ts";

/**
 * The upper tail of Student's t: P(T > t) with real `df` > 0 degrees of freedom, relative error about 1e-13 in either tail.
 * `df` ≤ 0 gives the limit for df → 0, one half: nothing is known, so nothing is unlikely.
 */
export function tSf(t: number, df: number): number {
  if (t < 0) return 1 - tSf(-t, df);
  if (!(df > 0) || t === 0) return 0.5;
  const { inside, outside } = split(t, df);
  return 0.5 * incompleteBeta(outside, df / 2, 0.5, inside);
}

/**
 * The quantile of Student's t: the t with P(T ≤ t) = `p`, relative error below 1e-12; ±Infinity at 0 and 1, and for `df` ≤ 0.
 * For a small upper tail α ask for `-tInv(α, df)`: 1 − α has lost the digits already.
 */
export function tInv(p: number, df: number): number {
  if (p === 0.5) return 0;
  if (p > 0.5) return -tInv(1 - p, df);
  if (!(p > 0) || !(df > 0)) return Number.NEGATIVE_INFINITY;
  return p < 0.25 ? -tailPoint(p, df) : -centralPoint(1 - 2 * p, df);
}

/** t²/(df + t²) and df/(df + t²), without overflow. */
function split(t: number, df: number): { readonly inside: number; readonly outside: number } {
  const r = t / Math.sqrt(df);
  if (r <= 1) return { inside: (r * r) / (1 + r * r), outside: 1 / (1 + r * r) };
  const square = (1 / r) * (1 / r);
  return { inside: 1 / (1 + square), outside: square / (1 + square) };
}

/** The t > 0 above which lies `tail` < 0.25; on logarithmic scales, where the tail is nearly straight. */
function tailPoint(tail: number, df: number): number {
  const excess = (u: number): number => Math.log(tSf(Math.exp(u), df) / tail);
  let [lower, upper] = [Math.log(0.6), 0.5];
  for (let step = 0.5; excess(upper) > 0 && upper < 700; step *= 2) [lower, upper] = [upper, upper + step];
  return Math.exp(root(excess, lower, upper));
}

/** The t > 0 with `share` ≤ 0.5 of the distribution between −t and t; linear near zero. */
function centralPoint(share: number, df: number): number {
  const excess = (t: number): number => {
    const { inside, outside } = split(t, df);
    return incompleteBeta(inside, 0.5, df / 2, outside) - share;
  };
  let upper = 1;
  while (excess(upper) < 0 && upper < 1e300) upper *= 2;
  return root(excess, 0, upper);
}
