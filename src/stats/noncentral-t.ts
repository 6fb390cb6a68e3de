import { normalCdf } from "./normal.ts";

/** Density below this share of the highest, on a logarithmic scale, is left out. */
const DEPTH = 40;

/**
 * The upper tail of the noncentral t distribution: P(T > `critical`) for T = (Z + `shift`)/S, Z standard normal and S² = χ²(df)/df independent of it.
 * For df ≥ 1, relative error about 1e-10 down to 1e-12.
 *
 * The mean of Φ(shift − critical·s) over the density of ln S, f(u) ∝ exp(df (u − e^{2u}/2)), by the trapezoidal rule: it converges exponentially for
 * smooth functions that vanish at both ends (Trefethen & Weideman, SIAM Review 56, 2014). The step resolves the density and the edge of Φ.
 */
export function noncentralTSf(critical: number, df: number, shift: number): number {
  if (critical >= 0 && shift < -39) return 0;
  const exponent = (u: number): number => df * (u - Math.expm1(2 * u) / 2);
  const step = 0.5 / Math.max(Math.sqrt(2 * df), Math.min(Math.abs(shift) + 6, 2000), 4);
  let from = -1 / Math.sqrt(df);
  while (exponent(from) > -DEPTH) from *= 1.25;
  let [mass, sum] = [0, 0];
  for (let u = from; u < 0 || exponent(u) > -DEPTH; u += step) {
    const density = Math.exp(exponent(u));
    mass += density;
    sum += density * normalCdf(shift - critical * Math.exp(u));
  }
  return sum / mass;
}
