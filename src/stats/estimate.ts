import { mean, variance } from "./summary.ts";
import { ascending, trimmedCorrection, trimmedEnd, trimmedMeanOfSorted } from "./trimmed.ts";

/** From this many pairs on the ends are trimmed; fixed in advance, never chosen from the data. */
const TRIMMED_FROM = 8;
/** Below this many rounds on one side Welch's degrees of freedom are too generous. */
const WELCH_FROM = 5;
/** From this many stored runs on their own variance is used without help. */
const OWN_VARIANCE_FROM = 10;
/** Logarithms of equal numbers differ by less than this. */
const ROUNDING = 1e-12;

/**
 * A mean log ratio, candidate over baseline, and how well it is known: (mean − true)/se follows Student's t with `df` degrees of freedom.
 *
 * Where replication is missing altogether (one pair, one round on a side, one stored run without a prior), `se` is Infinity and `df` is 0: no test
 * rejects and every interval is infinite.
 */
export interface Estimate {
  readonly mean: number;
  /** Standard error of `mean`; 0 only where nothing varied and no floor was given: then tests are exact. */
  readonly se: number;
  readonly df: number;
  /** Standard deviation of one log ratio (of one round where unpaired, of one run where stored): the noise as it was seen, outliers included. */
  readonly sd: number;
  /** Pairs; rounds on the smaller side; or stored runs + 1. */
  readonly n: number;
  /** The part of `se`² that more runs do not take away: the candidate's own run, where it is compared with stored ones. */
  readonly fixedVariance?: number;
  /**
   * What `se` would be with one value fewer trimmed at either end, at least `se`: the error that one more slow round would bring. Only where ends are
   * trimmed. For promises about the next measurement, never for a test of this one.
   */
  readonly spareSe?: number;
}

/** What is known of a benchmark's variance from its neighbours: a variance that counts as `df` observations of it. */
export interface VariancePrior {
  readonly variance: number;
  readonly df: number;
}

/** The least error of one round's log statistic: the tool's resolution, and never below a thousandth (reference: stats 2.3). */
export function errorFloor(resolution: number, value: number): number {
  return Math.max(0.001, resolution === 0 ? 0 : Math.log1p(resolution / value));
}

/**
 * The mean of log ratios of pairs: Student's t below 8 pairs, Yuen's 20 % trimmed t from 8 (Biometrika 61, 1974) with the error and the degrees of
 * freedom that keep its level (`trimmedCorrection`).
 *
 * `floor` is the smallest standard deviation that one difference can have, ln(1 + resolution/value): `se` ≥ floor/√n. Where more than half of the
 * differences are equal, but not all, the trimmed error would be zero; the untrimmed one takes its place.
 */
export function pairedEstimate(differences: readonly number[], floor = 0): Estimate {
  const n = differences.length;
  if (n < 2) return unknown(differences[0] ?? 0, n);
  const sd = deviation(differences);
  const least = floor / Math.sqrt(n);
  if (n < TRIMMED_FROM) return { mean: mean(differences), se: Math.max(sd / Math.sqrt(n), least), df: n - 1, sd, n };
  const sorted = ascending(differences);
  const trimmed = trimmedMeanOfSorted(sorted);
  const { scale, df } = trimmedCorrection(n);
  const se = Math.max(scale * (trimmed.se > ROUNDING ? trimmed.se : sd / Math.sqrt(n)), least);
  const spareSe = Math.max(se, scale * trimmedMeanOfSorted(sorted, trimmedEnd(n) - 1).se);
  return { mean: trimmed.mean, se, df, sd, n, spareSe };
}

/**
 * The difference of the means of two independent groups of log values by Welch's t (Biometrika 34, 1947), with Satterthwaite's degrees of freedom;
 * min(rounds) − 1 where a side has fewer than 5, where his are too many. `sd` is that of one round, the root of the mean of both variances.
 * `floor` is the smallest standard deviation that one value can have.
 */
export function welchEstimate(baseline: readonly number[], candidate: readonly number[], floor = 0): Estimate {
  const n = Math.min(baseline.length, candidate.length);
  const difference = meanOrZero(candidate) - meanOrZero(baseline);
  if (n < 2) return unknown(n < 1 ? 0 : difference, n);
  const [a, b] = [deviation(baseline) ** 2, deviation(candidate) ** 2];
  const [perA, perB] = [a / baseline.length, b / candidate.length];
  const both = perA + perB;
  const [shareA, shareB] = both > 0 ? [perA / both, perB / both] : [1, 0];
  const satterthwaite = 1 / (shareA ** 2 / (baseline.length - 1) + shareB ** 2 / (candidate.length - 1));
  const least = floor * Math.sqrt(1 / baseline.length + 1 / candidate.length);
  return {
    mean: difference,
    se: Math.max(Math.sqrt(both), least),
    df: n < WELCH_FROM || both === 0 ? n - 1 : satterthwaite,
    sd: Math.sqrt((a + b) / 2),
    n,
  };
}

/**
 * One new run against the means of k stored runs: a prediction, whose standard error s·√(1 + 1/k) holds the new run's own deviation.
 *
 * While k < 10 the runs' variance is shrunk towards `prior`, s² = (d₀·prior + (k − 1)·own)/(d₀ + k − 1), and its degrees of freedom are added
 * (Smyth, Stat. Appl. Genet. Mol. Biol. 3, 2004); verdicts use d₀ = 4 and the suite's median variance. `floor` is the smallest standard deviation of
 * the new run's value.
 */
export function predictionEstimate(
  history: readonly number[],
  candidate: number,
  prior: VariancePrior | null,
  floor = 0,
): Estimate {
  const k = history.length;
  if (k === 0) return unknown(0, 1);
  const difference = candidate - mean(history);
  const help = prior !== null && k < OWN_VARIANCE_FROM ? prior : { variance: 0, df: 0 };
  const df = help.df + k - 1;
  if (!(df > 0)) return unknown(difference, k + 1);
  const own = k > 1 ? deviation(history) ** 2 : 0;
  const shrunk = (help.df * help.variance + (k - 1) * own) / df;
  const fixedVariance = Math.max(shrunk, floor * floor);
  const se = Math.sqrt(fixedVariance + shrunk / k);
  return { mean: difference, se, df, sd: Math.sqrt(shrunk), n: k + 1, fixedVariance };
}

function unknown(difference: number, n: number): Estimate {
  return { mean: difference, se: Number.POSITIVE_INFINITY, df: 0, sd: 0, n };
}

function meanOrZero(values: readonly number[]): number {
  return values.length === 0 ? 0 : mean(values);
}

/** The sample standard deviation of log values; 0 where they differ by rounding only. */
function deviation(values: readonly number[]): number {
  const sd = Math.sqrt(variance(values));
  return sd < ROUNDING ? 0 : sd;
}
