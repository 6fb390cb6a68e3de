/** The percentiles whose neighbours in rank are kept each by itself. */
const LEVELS = [0.5, 0.75, 0.9, 0.95, 0.99, 0.999];
/** So many values are kept each by itself. */
const ALL_ALONE = 256;
/** A group holds at most one in so many of all values … */
const MOST_OF_ALL = 160;
/** … and at most this share of those from its first to the largest: the tail is kept in finer groups. */
const MOST_OF_REST = 0.04;

/** The ranks, from 0, between which the percentiles of `n` values lie by type 7. */
export function alone(n: number): ReadonlySet<number> {
  return new Set(
    LEVELS.flatMap((level) => [Math.floor((n - 1) * level), Math.ceil((n - 1) * level)]).sort((a, b) => a - b),
  );
}

/**
 * How many values of `n` are in each group, in ascending order: `n` alone decides, so that a sketch need not say. Some 250 groups for 3,000 values, 400
 * for a million.
 */
export function cut(n: number): readonly number[] {
  if (n <= ALL_ALONE) return Array.from({ length: n }, () => 1);
  const single = [...new Set([0, ...alone(n), n - 1])].sort((a, b) => a - b);
  const sizes: number[] = [];
  let next = 0;
  for (let at = 0; at < n; ) {
    while (next < single.length && single[next]! < at) next++;
    const end = single[next] ?? n;
    const size =
      end === at
        ? 1
        : Math.min(end - at, Math.max(1, Math.min(Math.ceil(n / MOST_OF_ALL), Math.floor(MOST_OF_REST * (n - at)))));
    sizes.push(size);
    at += size;
  }
  return sizes;
}
