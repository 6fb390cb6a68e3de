/** What the anytime-valid methods need of values that arrive one by one: their number, mean and standard deviation. */
export interface Running {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
}

/** The width of the mixture, in noise variances: how far from the null hypothesis the effects lie that are looked for first. */
const MIXTURE = 3;
/** A difference that is rounding alone. */
const ROUNDING = 1e-12;

/**
 * The confidence sequence of a mean: over all n together, however long and for whatever reason sampling goes on, the intervals miss the true mean with
 * chance `alpha` at most. Wider than a repeated interval at the same n: for sampling without a fixed end.
 *
 * Exact for Gaussian values of unknown variance, conservative for heavier tails: mean ± sd·√((n − 1)/n · (K − 1)/(1 − K/r)), r = 1 + n·g,
 * K = (r/alpha²)^(1/n), infinite where K ≥ r. Right-Haar mixture t martingale (Lai, Ann. Statist. 4, 1976; Wang & Ramdas, arXiv 2310.03722).
 */
export function anytimeInterval(
  { n, mean, sd }: Running,
  alpha: number,
  g = MIXTURE,
): { readonly lower: number; readonly upper: number } {
  const everything = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
  if (n < 2) return everything;
  const r = 1 + n * g;
  const excess = Math.expm1((Math.log(r) - 2 * Math.log(alpha)) / n);
  const room = 1 - (1 + excess) / r;
  if (!(room > 0)) return everything;
  const half = sd * Math.sqrt((((n - 1) / n) * excess) / room);
  return { lower: mean - half, upper: mean + half };
}

/**
 * The evidence against "the true mean is `mu0`", two-sided: an e-value, whose expectation is 1 where the hypothesis is true. Rejecting once it has
 * reached 1/alpha, at any n, errs with chance alpha at most; `anytimeInterval` holds exactly the `mu0` that it does not reject.
 *
 * 1 below two values; 1 or Infinity where nothing varies. (1 + n·g)^(−1/2) · [(1 + t²/v)/(1 + t²/(v(1 + n·g)))]^(n/2), t = √n(mean − mu0)/sd,
 * v = n − 1; sources as above.
 */
export function eValue({ n, mean, sd }: Running, mu0: number, g = MIXTURE): number {
  const away = Math.abs(mean - mu0);
  if (n < 2) return 1;
  if (sd === 0) return away > ROUNDING ? Number.POSITIVE_INFINITY : 1;
  const r = 1 + n * g;
  const share = (n / (n - 1)) * (away / sd) * (away / sd);
  const bracket = share === Number.POSITIVE_INFINITY ? Math.log(r) : Math.log1p(share) - Math.log1p(share / r);
  return Math.exp((n / 2) * bracket - Math.log(r) / 2);
}
