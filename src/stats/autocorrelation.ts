import { mean, variance } from "./summary.ts";

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
