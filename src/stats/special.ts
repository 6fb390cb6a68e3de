const HALF_LN_TWO_PI = 0.9189385332046728;
const EULER_GAMMA = 0.5772156649015329;

/** ζ(k) − 1 for k = 2, 3, …: as many as |z| ≤ 0.5 needs below. */
const ZETA_MINUS_ONE = [
  0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993, 0.01734306198444914,
  0.008349277381922827, 0.00407735619794434, 0.0020083928260822143, 0.0009945751278180853, 0.0004941886041194645,
  0.0002460865533080483, 0.00012271334757848915, 6.124813505870483e-5, 3.058823630702049e-5, 1.528225940865187e-5,
  7.637197637899763e-6, 3.81729326499984e-6, 1.908212716553939e-6, 9.539620338727962e-7, 4.769329867878064e-7,
  2.38450502727733e-7, 1.1921992596531106e-7, 5.960818905125948e-8, 2.980350351465228e-8, 1.4901554828365043e-8,
] as const;

/** The coefficients of 1/x, 1/x³, 1/x⁵, … in Stirling's series: B₂ₖ / (2k (2k − 1)). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156] as const;

/** From here on Stirling's series is exact to a double. */
const STIRLING_FROM = 10;

/**
 * The natural logarithm of Γ(x) for x > 0, relative error about 1e-15 also near its zeros at 1 and 2; Infinity for x ≤ 0.
 * Series in ζ about 2 (Abramowitz & Stegun 6.1.33), recurrence up to 10, Stirling above (6.1.40).
 *
 * @internal Exported for tests and bench/looks.
 */
export function lnGamma(x: number): number {
  if (x <= 0) return Number.POSITIVE_INFINITY;
  if (x >= STIRLING_FROM) return (x - 0.5) * Math.log(x) - x + HALF_LN_TWO_PI + stirlingError(x);
  if (x < 0.5) return lnGamma(x + 1) - Math.log(x);
  if (x < 1.5) return lnGammaAboutTwo(x - 1) - Math.log1p(x - 1);
  let [product, rest] = [1, x];
  while (rest > 2.5) product *= --rest;
  return lnGammaAboutTwo(rest - 2) + Math.log(product);
}

/** ln Γ(2 + z) for |z| ≤ 0.5. */
function lnGammaAboutTwo(z: number): number {
  let sum = 0;
  for (let i = ZETA_MINUS_ONE.length - 1; i >= 0; i--) sum = (ZETA_MINUS_ONE[i] as number) / (i + 2) - z * sum;
  return z * (1 - EULER_GAMMA + z * sum);
}

/** What Stirling's formula leaves out: ln Γ(x) − [(x − ½) ln x − x + ½ ln 2π]. */
function stirlingError(x: number): number {
  if (x < STIRLING_FROM) return lnGamma(x) - ((x - 0.5) * Math.log(x) - x + HALF_LN_TWO_PI);
  const square = 1 / (x * x);
  let sum = 0;
  for (let i = STIRLING.length - 1; i >= 0; i--) sum = (STIRLING[i] as number) + square * sum;
  return sum / x;
}

/**
 * The regularised incomplete beta function I_x(a, b) for a, b > 0: the chance that a Beta(a, b) variable is at most x.
 * 0 below and 1 above the unit interval. `y` is 1 − x, for callers who know it without cancellation. Keeps its relative accuracy in the
 * lower tail; for the upper tail ask for I_y(b, a). Continued fraction DLMF 8.17.22 by Lentz's method.
 */
export function incompleteBeta(x: number, a: number, b: number, y = 1 - x): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  const power = betaPower(x, y, a, b);
  return x < (a + 1) / (a + b + 2)
    ? Math.min(1, (power * betaFraction(x, a, b)) / a)
    : Math.max(0, 1 - (power * betaFraction(y, b, a)) / b);
}

/**
 * x^a y^b / B(a, b), as a deviance from the mode, so that large a and b do not cancel digits
 * (Loader, "Fast and accurate computation of binomial probabilities", 2000).
 */
function betaPower(x: number, y: number, a: number, b: number): number {
  const n = a + b;
  const away = x * b - a * y;
  const [u, v] = [away / a, -away / b];
  const near = Math.max(Math.abs(u), Math.abs(v)) < 0.5;
  const exponent = near
    ? a * log1pMinus(u) + b * log1pMinus(v)
    : a * logRatio(u, (x * n) / a) + b * logRatio(v, (y * n) / b);
  return Math.sqrt(a / n) * Math.sqrt(b / (2 * Math.PI)) * Math.exp(stirlingErrors(a, b) + exponent);
}

/** What was asked for last: it is the same for every point of one distribution. */
let latest = { a: Number.NaN, b: Number.NaN, errors: 0 };

/** What Stirling's formula leaves out of 1/B(a, b). */
function stirlingErrors(a: number, b: number): number {
  if (latest.a !== a || latest.b !== b)
    latest = { a, b, errors: stirlingError(a + b) - stirlingError(a) - stirlingError(b) };
  return latest.errors;
}

/** ln(1 + u), where `whole` is 1 + u computed without cancellation. */
function logRatio(u: number, whole: number): number {
  return Math.abs(u) < 0.5 ? Math.log1p(u) : Math.log(whole);
}

/** ln(1 + u) − u for |u| < 0.5, through 2 artanh(u / (2 + u)). */
function log1pMinus(u: number): number {
  const z = u / (2 + u);
  let sum = 0;
  for (let k = 16; k >= 0; k--) sum = 1 / (2 * k + 3) + z * z * sum;
  return z * (2 * z * z * sum - u);
}

/** The continued fraction of I_x(a, b) · a B(a, b) / (x^a (1 − x)^b). */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < Number.EPSILON) break;
  }
  return fraction;
}
