/** Fewer values than this have no crowd to be far from. */
const FEWEST = 6;
/** Modified z-scores beyond this are outliers: Iglewicz and Hoaglin (1993), "How to Detect and Handle Outliers", section 3.3. */
const FURTHEST = 3.5;
/** What makes the median absolute deviation of a normal distribution its standard deviation. */
const TO_SD = 1.4826;

/** The places of values that lie far from the rest, by the median and the median absolute deviation of their logarithms; values that are null or have no logarithm are not looked at. */
export function outliers(values: readonly (number | null)[]): ReadonlySet<number> {
  const logs = values.map((value) => (value === null || !(value > 0) ? null : Math.log(value)));
  const known = logs.filter((value) => value !== null);
  const middle = median(known);
  const spread = TO_SD * median(known.map((value) => Math.abs(value - middle)));
  if (known.length < FEWEST || !(spread > 0)) return new Set();
  return new Set(
    logs.flatMap((value, index) => (value !== null && Math.abs(value - middle) > FURTHEST * spread ? [index] : [])),
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
