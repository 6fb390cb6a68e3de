import { gaussian, type Random } from "../../src/stats/random.ts";
import { tInv, tSf } from "../../src/stats/student-t.ts";

/** A location with the error that is ascribed to it, before any correction. */
export interface Pivot {
  readonly mean: number;
  readonly se: number;
}

/** The scaled Student's t that a pivot follows: mean/(scale · se) ~ t(df). */
export interface Calibration {
  readonly scale: number;
  readonly df: number;
  /** The true size of a one-sided test at `alpha` with this scale and these degrees of freedom. */
  readonly size: (alpha: number, scale?: number, df?: number) => number;
}

const FITTED = [0.05, 0.025, 0.01, 0.005, 0.001, 0.0001] as const;

/**
 * The scale and the degrees of freedom with which mean/se of `n` Gaussian values is most nearly Student's t, fitted at one-sided levels from 5 % to 0.01 %.
 *
 * Tail probabilities are exact given the residuals' direction: in x = m + s·u, √n·m/s ~ t(n − 1) is independent of u (Basu 1955), and so, for any
 * location with a matching error, P(mean/se > k) = E tSf(√n (k·se(u) − mean(u)), n − 1). Each of `count` directions counts twice, with its mirror image.
 */
export function calibrate(
  n: number,
  pivot: (values: readonly number[]) => Pivot,
  count: number,
  random: Random,
): Calibration {
  const directions = Array.from({ length: count }, () => pivot(direction(n, random)));
  const tail = (k: number): number => {
    let sum = 0;
    for (const { mean, se } of directions) {
      sum += tSf(Math.sqrt(n) * (k * se - mean), n - 1) + tSf(Math.sqrt(n) * (k * se + mean), n - 1);
    }
    return sum / (2 * count);
  };
  const points = FITTED.map((alpha) => Math.log(point(tail, alpha, n)));
  const { scale, df } = leastSquares(points, n);
  return { scale, df, size: (alpha, c = scale, freedom = df) => tail(-c * tInv(alpha, freedom)) };
}

/** Gaussian values less their mean, over their standard deviation. */
export function direction(n: number, random: Random): number[] {
  const values = Array.from({ length: n }, () => gaussian(random));
  const mean = values.reduce((a, b) => a + b) / n;
  const sd = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1));
  return values.map((x) => (x - mean) / sd);
}

/** The k with tail(k) = alpha, by secants on logarithmic scales. */
function point(tail: (k: number) => number, alpha: number, n: number): number {
  const excess = (u: number): number => Math.log(tail(Math.exp(u)) / alpha);
  let [a, b] = [Math.log(-tInv(alpha, 0.6 * n - 1)), 0];
  b = a + 0.1;
  let [fa, fb] = [excess(a), excess(b)];
  for (let step = 0; step < 8 && Math.abs(fb) > 1e-4; step++) {
    const next = b - (fb * (b - a)) / (fb - fa);
    [a, fa] = [b, fb];
    [b, fb] = [next, excess(next)];
  }
  return Math.exp(b);
}

/** Least squares on the logarithms of the points; by golden section over the degrees of freedom, given which the scale is a mean. */
function leastSquares(points: readonly number[], n: number): { readonly scale: number; readonly df: number } {
  const gaps = (df: number): number[] => points.map((point, i) => point - Math.log(-tInv(FITTED[i] as number, df)));
  const average = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;
  const loss = (df: number): number => {
    const all = gaps(df);
    return all.reduce((sum, gap) => sum + (gap - average(all)) ** 2, 0);
  };
  let [low, high] = [1, 2 * n];
  while (high - low > 1e-5) {
    const [a, b] = [high - 0.618034 * (high - low), low + 0.618034 * (high - low)];
    if (loss(a) < loss(b)) high = b;
    else low = a;
  }
  return { scale: Math.exp(average(gaps(low))), df: low };
}
