import { medianOfSorted } from "./summary.ts";

/** Fewer distinct values than this, where values repeat, come from a coarse clock. */
const FEWEST_DISTINCT = 20;
/** A tick above this share of the median limits what can be seen. */
const COARSE = 0.01;
/** Values closer than this share of the median are one value with rounding. */
const ROUNDING = 1e-9;

/** How coarsely samples were measured: how many distinct values there are, and the smallest step between two; null where there is one only. */
export interface Resolution {
  readonly distinct: number;
  readonly tick: number | null;
}

/**
 * The resolution of samples whose timer was too coarse for them: values repeat, and fewer than 20 are distinct or the smallest step is more than 1 % of
 * the median. Null otherwise, and where all are distinct: a few samples far apart are no proof of a coarse clock.
 */
export function quantised(samples: ArrayLike<number>): Resolution | null {
  const ascending = Float64Array.from(samples).sort();
  const n = ascending.length;
  if (n < 2) return null;
  const median = Math.abs(medianOfSorted(ascending));
  let distinct = 1;
  let tick = Number.POSITIVE_INFINITY;
  for (let i = 1; i < n; i++) {
    const step = (ascending[i] as number) - (ascending[i - 1] as number);
    if (step <= ROUNDING * median) continue;
    distinct++;
    tick = Math.min(tick, step);
  }
  if (distinct === n) return null;
  if (distinct === 1) return { distinct, tick: null };
  return distinct < FEWEST_DISTINCT || tick > COARSE * median ? { distinct, tick } : null;
}
