import { mean, median, variance } from "./summary.ts";

/** Fewer samples make too few batches to tell their variance. */
const FEWEST_SAMPLES = 100;

/**
 * The number of independent samples that would know their mean as well as these know theirs: n divided by the inflation of the variance of batch means,
 * in batches of ⌈√n⌉ (Conway, Management Science 9, 1963). Never more than n. A rough figure: with b batches its relative error is about √(2/b).
 *
 * `samples` must be in the order of collection. Null where they say nothing of it: sorted, all equal, or fewer than 100.
 */
export function effectiveSampleSize(samples: ArrayLike<number>): number | null {
  const n = samples.length;
  if (n < FEWEST_SAMPLES || isSorted(samples)) return null;
  const size = Math.ceil(Math.sqrt(n));
  const batches = Math.floor(n / size);
  const values = Float64Array.from(samples);
  const means = Float64Array.from({ length: batches }, (_, b) => mean(values.subarray(b * size, (b + 1) * size)));
  const inflation = (size * variance(means)) / variance(values);
  return Math.min(n, n / inflation);
}

/** Whether the order is that of size, either way; also where all are equal. */
export function isSorted(samples: ArrayLike<number>): boolean {
  let [rises, falls] = [false, false];
  for (let i = 1; i < samples.length && !(rises && falls); i++) {
    const [before, after] = [samples[i - 1] as number, samples[i] as number];
    if (after > before) rises = true;
    else if (after < before) falls = true;
  }
  return !(rises && falls);
}

/** Where residuals are clipped, in their median size: two standard deviations, if they are Gaussian. One that stands out hides what the others have in common. */
const CLIPPED = 3;

/**
 * How far neighbours within levels depend on each other: the correlation of residuals with the one before (Box & Jenkins 1970), 0 where it is negative, and where most values equal
 * their level.
 *
 * Each level that was fitted takes about 1/n off it. That is left as it is: of values that are independent it makes 0 more often than not, so that their changes
 * are found as easily as if nobody had asked.
 *
 * @param levels end to end, over all of the series.
 */
export function dependence(
  series: readonly number[],
  levels: readonly { readonly from: number; readonly to: number; readonly value: number }[],
): number {
  const residuals = levels.map(({ from, to, value }) => series.slice(from, to).map((each) => each - value));
  const cap = CLIPPED * median(residuals.flat().map(Math.abs));
  let [shared, power] = [0, 0];
  for (const level of residuals) {
    let before = 0;
    for (const residual of level) {
      const clipped = Math.max(-cap, Math.min(cap, residual));
      shared += before * clipped;
      power += clipped * clipped;
      before = clipped;
    }
  }
  return power === 0 ? 0 : Math.max(0, shared / power);
}

/** The variance of the mean of n values of which each depends on the one before by ρ, for a variance of 1: (1 + 2 Σ (1 − j/n) ρʲ)/n (Bartlett, JRSS 98, 1935). */
export function ofMean(n: number, rho: number): number {
  if (rho === 0) return 1 / n;
  let sum = 1;
  for (let j = 1, power = rho; j < n; j++, power *= rho) sum += 2 * (1 - j / n) * power;
  return sum / n;
}
