import * as simple from "simple-statistics";

/** The arithmetic mean, its sum compensated (Neumaier's algorithm); infinite where the sum is. Throws for no values. */
export function mean(values: ArrayLike<number>): number {
  const found = simple.mean(listed(values));
  // The correction of a sum beyond what a double holds is NaN, and a mean beyond every limit must not be within it.
  return Number.isNaN(found) ? plainSum(values) / values.length : found;
}

/**
 * The median: of an even number of values the mean of the two in the middle (Hyndman & Fan's type 7, as everywhere here). Throws for no values.
 *
 * Note: the upper of the two was taken in several places. It is too large on average, by half the gap between them, and always to the same side: of two
 * values it is the maximum. What is taken off a measurement, or lent to it as noise, must not lean that way.
 */
export function median(values: ArrayLike<number>): number {
  return simple.median(listed(values));
}

/** As `median`, of values in ascending order. */
export function medianOfSorted(ascending: ArrayLike<number>): number {
  return simple.medianSorted(listed(ascending));
}

/** The sample variance, n − 1 in the denominator, of two values or more; throws for fewer. */
export function variance(values: ArrayLike<number>): number {
  return simple.sampleVariance(listed(values));
}

/** simple-statistics reads indices and the length, and copies by `slice`: typed arrays do. */
function listed(values: ArrayLike<number>): number[] {
  return values as number[];
}

function plainSum(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum;
}
