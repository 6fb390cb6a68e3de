import { normalCdf } from "./normal.ts";

/** Density below this share of the highest, on a logarithmic scale, is left out. */
const DEPTH = 50;
/** Beyond this Φ is 1 or 0 to the last digit of a probability, and the scaled tail is not tabulated. */
const SURE = 8.5;
const IMPOSSIBLE = -37;

/**
 * The upper tail of the noncentral t distribution: P(T > `critical`) for T = (Z + `shift`)/S, Z standard normal and S² = χ²(df)/df independent of it.
 * For df ≥ 1, relative error about 1e-10 down to 1e-12.
 *
 * The mean of Φ(shift − critical·s) over the density of ln S, f(u) ∝ exp(df (u − e^{2u}/2)), by the trapezoidal rule: it converges exponentially for
 * smooth functions that vanish at both ends (Trefethen & Weideman, SIAM Review 56, 2014). The step resolves the density and the edge of Φ.
 */
export function noncentralTSf(critical: number, df: number, shift: number): number {
  if (critical >= 0 && shift < -39) return 0;
  const { scales, weights, mass } = densityOf(df, stepOf(df, shift));
  let sum = 0;
  for (let i = 0; i < scales.length; i++) {
    const z = shift - critical * (scales[i] as number);
    if (z > SURE) sum += weights[i] as number;
    else if (z > IMPOSSIBLE) sum += (weights[i] as number) * normalShare(z);
  }
  return sum / mass;
}

/** Values s of S, evenly spaced in ln s, and the weight of each; the weights sum to `mass`. */
interface Density {
  readonly df: number;
  readonly step: number;
  readonly scales: Float64Array;
  readonly weights: Float64Array;
  readonly mass: number;
}

/** A step fine enough for the density and the edge, rounded down to a half power of two, so that neighbouring shifts share a density. */
function stepOf(df: number, shift: number): number {
  const finest = Math.hypot(Math.sqrt(2 * df), Math.min(Math.abs(shift) + 6, 2000)) / 0.7;
  return 2 ** (-Math.ceil(2 * Math.log2(finest)) / 2);
}

/** The densities that were used last: who solves for a shift asks again and again, and a gate of many comparisons for the same few. */
const latest: Density[] = [];
const REMEMBERED = 8;

function densityOf(df: number, step: number): Density {
  const known = latest.find((each) => each.df === df && each.step === step);
  if (known !== undefined) return known;
  const exponent = (u: number, s: number): number => df * (u - ((s - 1) * (s + 1)) / 2);
  const end = (start: number): number => {
    let u = start;
    while (exponent(u, Math.exp(u)) > -DEPTH) u *= 1.2;
    return u;
  };
  const from = end(-3 / Math.sqrt(df));
  const count = 2 + Math.floor((end(3 / Math.sqrt(df)) - from) / step);
  const [scales, weights] = [new Float64Array(count), new Float64Array(count)];
  let mass = 0;
  for (let i = 0; i < count; i++) {
    const u = from + i * step;
    const s = Math.exp(u);
    const weight = Math.exp(exponent(u, s));
    mass += weight;
    scales[i] = s;
    weights[i] = weight;
  }
  const density = { df, step, scales, weights, mass };
  if (latest.length === REMEMBERED) latest.pop();
  latest.unshift(density);
  return density;
}

/** How many Chebyshev polynomials make up the scaled tail: with two more, its error stays what that of `normalCdf` is, 2e-13. */
const TERMS = 18;
/** Where the argument of the polynomials is in the middle. */
const MIDDLE = 5;
/** (x − MIDDLE)/(x + MIDDLE) at the far end, x = −IMPOSSIBLE. */
const FAR = (-IMPOSSIBLE - MIDDLE) / (-IMPOSSIBLE + MIDDLE);
/** Coefficients of (1 + x) Φ(−x)/φ(x), the scaled tail; made when first needed. */
let tail: Float64Array | null = null;

/**
 * Φ(z) from −37 on, relative error 3e-13: `normalCdf` for inner loops, ten times as fast. The tail over the density, Mills' ratio, varies so slowly that
 * a short Chebyshev series in (x − k)/(x + k) holds it (Shepherd & Laframboise, Mathematics of Computation 36, 1981).
 */
function normalShare(z: number): number {
  tail ??= tailSeries();
  const x = Math.abs(z);
  const w = (2 * ((x - MIDDLE) / (x + MIDDLE) + 1)) / (FAR + 1) - 1;
  // Clenshaw's recurrence; the brackets let the processor add while it multiplies.
  let [sum, before] = [0, 0];
  for (let k = TERMS - 1; k > 0; k--) {
    const next = 2 * w * sum + ((tail[k] as number) - before);
    before = sum;
    sum = next;
  }
  const beyond = (normalDensity(x) * (w * sum + ((tail[0] as number) - before))) / (1 + x);
  return z < 0 ? beyond : 1 - beyond;
}

/** Interpolates `normalCdf` at the zeros of the Chebyshev polynomial of degree `TERMS`. */
function tailSeries(): Float64Array {
  const angles = Array.from({ length: TERMS }, (_, i) => (Math.PI * (i + 0.5)) / TERMS);
  const values = angles.map((angle) => {
    const t = ((Math.cos(angle) + 1) * (FAR + 1)) / 2 - 1;
    const x = (MIDDLE * (1 + t)) / (1 - t);
    return ((1 + x) * normalCdf(-x)) / normalDensity(x);
  });
  return Float64Array.from(angles, (_, k) => {
    const sum = values.reduce((total, value, i) => total + value * Math.cos(k * (angles[i] as number)), 0);
    return (k === 0 ? sum : 2 * sum) / TERMS;
  });
}

function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}
