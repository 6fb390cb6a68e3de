import { incompleteBeta } from "./special.ts";

/** The weight that is left out at either end: at most 2e-18 of all, far below the rounding of a sum of doubles. */
const NEGLIGIBLE = 1e-18;

/** Weights of consecutive order statistics, the first one at index `first`; they sum to one. */
export interface OrderWeights {
  readonly first: number;
  readonly weights: readonly number[];
}

/** How much weight lies on the lowest `rank` of all observations, and how much on the others. */
interface Cumulative {
  below(rank: number): number;
  above(rank: number): number;
}

/**
 * The weights of the Harrell-Davis estimator of quantile `level` (0 < level < 1) at sample size `size`, for distinct values of which the k-th,
 * counted from 0, ends at rank `rankOf(k)` of `total` observations (k + 1 where every value was seen once).
 *
 * - `size` ≥ `total`: w = I_{i/n}(a, b) − I_{(i−1)/n}(a, b), a = (size + 1) level, b = (size + 1)(1 − level): the mean, over resamples of `size` drawn
 *   with replacement, of the (size + 1) level-th order statistic (Harrell & Davis, Biometrika 69, 1982).
 * - `size` < `total`: the mean of the same estimator over every subset of `size` observations; the number of a subset's members among the lowest i is
 *   hypergeometric, so the cumulative weight is E I_{H/size}(a, b). It has exactly the expectation that it has for a sample of `size`.
 *
 * Note: resampling `size` from all observations with replacement is simpler and rejected: a larger sample then still reads higher in a heavy
 * tail (28 % at 1,000 against 100, 2 % at 10,000 against 1,000, where two requests in a hundred are slow).
 */
export function harrellDavisWeights(
  count: number,
  rankOf: (k: number) => number,
  level: number,
  size: number,
): OrderWeights {
  const total = rankOf(count - 1);
  const { below, above } = cumulative(total, level, size);
  const centre = firstReaching(count, rankOf, level * total);
  const down: number[] = [];
  let rest = below(rankOf(centre));
  for (let k = centre; k >= 0 && rest > NEGLIGIBLE; k--) {
    const next = k > 0 ? below(rankOf(k - 1)) : 0;
    down.push(rest - next);
    rest = next;
  }
  const first = centre + 1 - down.length;
  const weights = down.reverse();
  rest = above(rankOf(centre));
  for (let k = centre + 1; k < count && rest > NEGLIGIBLE; k++) {
    const next = above(rankOf(k));
    weights.push(rest - next);
    rest = next;
  }
  return { first, weights };
}

/** How many sets of weights are remembered: rounds of one benchmark mostly have one size. */
const REMEMBERED = 32;
const remembered = new Map<string, OrderWeights>();
let latest: { count: number; level: number; size: number; weights: OrderWeights } | null = null;

/** `harrellDavisWeights` of values that were seen once each. The same numbers are often asked for again: the last few answers are kept. */
export function harrellDavisWeightsOfEach(count: number, level: number, size: number): OrderWeights {
  if (latest?.count === count && latest.level === level && latest.size === size) return latest.weights;
  const key = `${count} ${level} ${size}`;
  let weights = remembered.get(key);
  if (weights === undefined) {
    if (remembered.size >= REMEMBERED) remembered.clear();
    const stepped = size < count && count - size <= MOST_STEPS;
    weights = stepped ? fromSmaller(count, level, size) : harrellDavisWeights(count, each, level, size);
    remembered.set(key, weights);
  }
  latest = { count, level, size, weights };
  return weights;
}

/** The rank at which the k-th of values that were seen once each ends. */
const each = (k: number): number => k + 1;

/** Further than this from `size` the weights are computed for themselves. */
const MOST_STEPS = 1000;
/** The weights at `size` among `size`, `size` + 1, … values, as far as they were needed: rounds that are given a time, not a number, have many lengths. */
let steps: { level: number; size: number; weights: OrderWeights[] } | null = null;

/** The weights of `harrellDavisWeights` at `size` < `count`, from those among one value fewer. */
function fromSmaller(count: number, level: number, size: number): OrderWeights {
  if (steps?.level !== level || steps.size !== size) {
    steps = { level, size, weights: [harrellDavisWeights(size, each, level, size)] };
  }
  const { weights } = steps;
  for (let n = size + weights.length; n <= count; n++) weights.push(amongOneMore(weights[n - 1 - size]!, n));
  return weights[count - size]!;
}

/**
 * Weights among n − 1 values as weights among n, of which each is left out equally often: the mean of the i-th of n − 1 (counted from 1) is
 * ((n − i)·X₍ᵢ₎ + i·X₍ᵢ₊₁₎)/n of the n (the triangle rule; David & Nagaraja, Order Statistics, 2003, section 3.4).
 */
function amongOneMore({ first, weights }: OrderWeights, n: number): OrderWeights {
  const more: number[] = [];
  let carried = 0;
  for (let j = 0; j < weights.length; j++) {
    const [weight, i] = [weights[j] as number, first + j + 1];
    const moved = (weight * i) / n;
    more.push(weight - moved + carried);
    carried = moved;
  }
  more.push(carried);
  let [from, to] = [0, more.length];
  while ((more[from] as number) < NEGLIGIBLE) from++;
  while ((more[to - 1] as number) < NEGLIGIBLE) to--;
  return { first: first + from, weights: more.slice(from, to) };
}

/** The first k whose rank is at least `rank`, by halving. */
export function firstReaching(count: number, rankOf: (k: number) => number, rank: number): number {
  let [lower, upper] = [0, count - 1];
  while (lower < upper) {
    const middle = (lower + upper) >>> 1;
    if (rankOf(middle) >= rank) upper = middle;
    else lower = middle + 1;
  }
  return lower;
}

function resamples(total: number, level: number, size: number): Cumulative {
  const [a, b] = [(size + 1) * level, (size + 1) * (1 - level)];
  return {
    below: (rank) => incompleteBeta(rank / total, a, b, (total - rank) / total),
    above: (rank) => incompleteBeta((total - rank) / total, b, a, rank / total),
  };
}

function subsets(total: number, level: number, size: number): Cumulative {
  const { below, above } = cumulative(size, level, size);
  return {
    below: (rank) => hypergeometricMean(below, total, rank, size),
    above: (rank) => hypergeometricMean(above, total, rank, size),
  };
}

/** So many tables are remembered, of so many observations at most: some 6 MB in all. */
const TABLES = 32;
const LARGEST_TABLE = 12_000;
const tables = new Map<string, Cumulative>();

/**
 * How the weight lies for one number of observations, every number computed once, when it is first asked for: a tail asks for few, and rounds of one length, or
 * brought to one size, ask for the same ones.
 */
function cumulative(total: number, level: number, size: number): Cumulative {
  const exact = () => (size < total ? subsets(total, level, size) : resamples(total, level, size));
  if (total > LARGEST_TABLE) return exact();
  const key = `${total} ${level} ${size}`;
  let table = tables.get(key);
  if (table === undefined) {
    const { below, above } = exact();
    table = { below: remembering(below, total), above: remembering(above, total) };
    if (tables.size >= TABLES) tables.delete(tables.keys().next().value ?? "");
  }
  // The one that was asked for least recently is the first to go.
  tables.delete(key);
  tables.set(key, table);
  return table;
}

function remembering(compute: (rank: number) => number, last: number): (rank: number) => number {
  const known = new Float64Array(last + 1).fill(Number.NaN);
  return (rank) => {
    if (Number.isNaN(known[rank])) known[rank] = compute(rank);
    return known[rank] as number;
  };
}

/**
 * The mean of `f(H)`, H being how many of `size` observations, drawn without replacement from `total`, are among the lowest `rank`.
 * By the ratios of neighbouring probabilities outwards from the likeliest, divided by their sum: no factorials, no overflow.
 */
function hypergeometricMean(f: (h: number) => number, total: number, rank: number, size: number): number {
  const others = total - rank - size;
  const mode = Math.min(Math.floor(((size + 1) * (rank + 1)) / (total + 2)), rank, size);
  let [mass, sum] = [1, f(mode)];
  for (let h = mode, p = 1; h < size && p > NEGLIGIBLE; ) {
    p *= ((rank - h) * (size - h)) / ((h + 1) * (others + h + 1));
    h++;
    mass += p;
    sum += p * f(h);
  }
  for (let h = mode, p = 1; h > 0 && p > NEGLIGIBLE; ) {
    p *= (h * (others + h)) / ((rank - h + 1) * (size - h + 1));
    h--;
    mass += p;
    sum += p * f(h);
  }
  return sum / mass;
}
