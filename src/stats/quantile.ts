import { firstReaching, harrellDavisWeights, harrellDavisWeightsOfEach, type OrderWeights } from "./order-weights.ts";
import { orderStatistics } from "./select.ts";

/** The scale on which observations are averaged: `log` gives the geometric mean. */
export type AveragingScale = "linear" | "log";

/**
 * The samples in ascending order, as a copy.
 *
 * @internal Exported for tests: the plain way, which the quick one must agree with.
 */
export function sorted(samples: ArrayLike<number>): Float64Array {
  return Float64Array.from(samples).sort();
}

/**
 * The quantile of ascending samples by Hyndman & Fan's type 7, which is also R's and numpy's default: linear between the neighbours of (n − 1) level.
 * @throws RangeError for no samples.
 *
 * @internal Exported for tests: the plain way, which the quick one must agree with.
 */
export function quantile(sorted: Float64Array, level: number): number {
  return between(sorted.length, level, (rank) => sorted[rank] as number);
}

/** The type 7 quantile of samples in any order, to the last digit what `quantile` gives for them sorted; the time grows with their number. */
export function quantileOf(samples: Float64Array, level: number): number {
  requireSome(samples.length);
  const rank = Math.floor(position(samples.length, level));
  return quantile(orderStatistics(samples, rank, Math.min(rank + 1, samples.length - 1)), level);
}

/**
 * The type 7 quantile of ascending `values` that were seen `counts` times: what `quantile` gives for all of them written out.
 * @throws RangeError where nothing was counted.
 */
export function quantileOfCounts(values: Float64Array, counts: Float64Array, level: number): number {
  const ends = runningTotals(counts);
  return between(
    ends.at(-1) ?? 0,
    level,
    (rank) => values[firstReaching(ends.length, (k) => ends[k] as number, rank + 1)] as number,
  );
}

/**
 * The Harrell-Davis estimate of a quantile of ascending samples: the mean of the (size + 1) level-th order statistic over resamples of `size`.
 *
 * A tail quantile of few samples is biased, so samples of unequal number make identical code look different. Evaluated at the *same* `size`, the
 * smaller of the two numbers, both have the same expectation, whatever the distribution: with `size` below the number of samples this is
 * the mean of the estimator over all subsets of `size` samples (see `harrellDavisWeights`). `scale: "log"` averages logarithms, for positive samples:
 * then it is the logarithm of the result whose expectation does not depend on the number of samples, as a ratio needs it.
 * @throws RangeError for no samples.
 *
 * @internal Exported for tests: the plain way, which the quick one must agree with.
 */
export function harrellDavis(
  sorted: Float64Array,
  level: number,
  size: number = sorted.length,
  scale: AveragingScale = "linear",
): number {
  requireSome(sorted.length);
  if (level <= 0) return sorted[0] as number;
  if (level >= 1) return sorted.at(-1) as number;
  return average(sorted, harrellDavisWeightsOfEach(sorted.length, level, size), scale);
}

/**
 * The Harrell-Davis estimate of samples in any order, to the last digit what `harrellDavis` gives for them sorted. Only the order statistics that weigh
 * anything are sorted: some 50 of 1,000 for p99.
 */
export function harrellDavisOf(
  samples: Float64Array,
  level: number,
  size: number = samples.length,
  scale: AveragingScale = "linear",
): number {
  if (level <= 0 || level >= 1) return quantileOf(samples, level);
  requireSome(samples.length);
  const weighted = harrellDavisWeightsOfEach(samples.length, level, size);
  const last = weighted.first + weighted.weights.length - 1;
  return average(orderStatistics(samples, weighted.first, last), weighted, scale);
}

/**
 * The Harrell-Davis estimate from ascending `values` that were seen `counts` times (whole numbers); as `harrellDavis`.
 * @throws RangeError where nothing was counted.
 */
export function harrellDavisOfCounts(
  values: Float64Array,
  counts: Float64Array,
  level: number,
  size?: number,
  scale: AveragingScale = "linear",
): number {
  const distinct = together(values, counts);
  const { size: last, ends } = distinct;
  const rankOf = (k: number): number => ends[k] as number;
  const total = rankOf(last - 1) ?? 0;
  requireSome(total);
  if (level <= 0 || level >= 1) return distinct.values[firstReaching(last, rankOf, level <= 0 ? 1 : total)] as number;
  return average(distinct.values, harrellDavisWeights(last, rankOf, level, size ?? total), scale);
}

/** Distinct values, with the rank at which each ends; the first `size` of both lists. */
interface Distinct {
  readonly values: Float64Array;
  readonly ends: Float64Array;
  readonly size: number;
}

/** Equal neighbours together: what weighs is a value, not a group of them. Good until the next are asked for, in the same memory. */
function together(values: Float64Array, counts: Float64Array): Distinct {
  if (draft.values.length < values.length)
    draft = { values: new Float64Array(values.length), ends: new Float64Array(values.length) };
  let [size, total] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (size === 0 || draft.values[size - 1] !== value) draft.values[size++] = value;
    draft.ends[size - 1] = total += counts[i] as number;
  }
  return { ...draft, size };
}

let draft = { values: new Float64Array(512), ends: new Float64Array(512) };

/** Sums from the first count to each; the last one is the number of observations. Rounds of one length mostly share their counts. */
function runningTotals(counts: Float64Array): Float64Array {
  if (latest?.counts === counts) return latest.ends;
  const ends = new Float64Array(counts.length);
  let total = 0;
  for (let i = 0; i < ends.length; i++) ends[i] = total += counts[i] as number;
  latest = { counts, ends };
  return ends;
}

let latest: { readonly counts: Float64Array; readonly ends: Float64Array } | null = null;

function between(total: number, level: number, at: (rank: number) => number): number {
  requireSome(total);
  const exact = position(total, level);
  const rank = Math.floor(exact);
  const [low, share] = [at(rank), exact - rank];
  if (share === 0) return low;
  const high = at(rank + 1);
  return Number.isFinite(high - low) ? low + share * (high - low) : (1 - share) * low + share * high;
}

/** Where type 7 looks among `total` ranks, counted from 0. */
function position(total: number, level: number): number {
  return Math.min(Math.max((total - 1) * level, 0), total - 1);
}

/** The weighted mean, of distances from one of the values, so that equal values give exactly that value. */
function average(values: Float64Array, { first, weights }: OrderWeights, scale: AveragingScale): number {
  const pivot = values[first] as number;
  const origin = Math.log(pivot);
  let [sum, plain] = [0, 0];
  for (let i = 0; i < weights.length; i++) {
    const [weight, value] = [weights[i] as number, values[first + i] as number];
    // Differences of logarithms, not the logarithm of a ratio: that of the smallest and an ordinary double is beyond what a double holds.
    sum += weight * (scale === "log" ? Math.log(value) - origin : value - pivot);
    plain += weight * value;
  }
  // In two halves for the same reason.
  if (scale === "log") return pivot * Math.exp(sum / 2) * Math.exp(sum / 2);
  return Number.isFinite(sum) ? pivot + sum : plain;
}

function requireSome(total: number): void {
  if (!(total > 0)) throw new RangeError("a quantile of no samples");
}
