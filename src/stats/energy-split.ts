/** Where a series is best cut in two, and by how much the parts differ. */
export interface Split {
  /** The first index of the second part. */
  readonly at: number;
  /** The scaled energy distance Q between the parts. */
  readonly energy: number;
}

/**
 * The split of `values`, taken in any order, that maximises the scaled energy distance of Matteson & James (JASA 109, 2014, equations 5 and 6, α = 1):
 * Q = mn/(m+n) · (2 E|X − Y| − E|X − X′| − E|Y − Y′|), expectations as means over pairs. Both parts have `shortest` values at least.
 *
 * The second part ends at one of `ends` places, evenly spread, the last one being the end of all: with one, a stretch between two changes is drowned by
 * what follows it; the paper has all places. In one dimension the sum of distances from a value to those before it comes from a Fenwick tree (Software 24, 1994)
 * over the ranks, and the sum from it to all others from running sums along the ranks. The distances of a first part to everything, less twice those within it, are
 * those to the second: an order costs n log n once and n for each end, instead of n².
 */
export function energySplits(
  values: readonly number[],
  shortest: number,
  ends = 1,
): (order: ArrayLike<number>) => Split {
  const n = values.length;
  const byRank = Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  // Distances are the same from anywhere, and smaller numbers lose less of them.
  const middle = values[byRank[n >> 1]!]!;
  const sorted = Float64Array.from(byRank, (index) => values[index]! - middle);
  const ranks = new Int32Array(n);
  for (let rank = 0; rank < n; rank++) ranks[byRank[rank]!] = rank;
  const addTo = distanceTree(n);
  const places = endsOf(n, shortest, ends);
  const pairs = Float64Array.from({ length: n + 1 }, (_, count) => pairsOf(count));
  /** The rank at each place of the order, and where each rank stands in it. */
  const [rankAt, position] = [new Int32Array(n), new Int32Array(n)];
  /** The sum of distances over all pairs among the first so many values, and from these to every value before the end. */
  const [within, toAll] = [new Float64Array(n + 1), new Float64Array(n + 1)];
  /** From the value of each rank to every value before the end; and before the end of all, which is the same in every order. */
  const [distances, toLast] = [new Float64Array(n), new Float64Array(n)];
  const toEnd = (end: number, into: Float64Array): void => {
    let [sum, count, sumBelow] = [0, 0, 0];
    for (let rank = 0; rank < n; rank++) if (position[rank]! < end) sum += sorted[rank]!;
    for (let rank = 0; rank < n; rank++) {
      if (position[rank]! >= end) continue;
      const value = sorted[rank]!;
      into[rank] = value * count - sumBelow + (sum - sumBelow) - value * (end - count);
      count += 1;
      sumBelow += value;
    }
  };

  // Before any order is known every place is 0, and so before the end of all.
  toEnd(n, toLast);

  return (order) => {
    for (let at = 0; at < n; at++) {
      const rank = ranks[order[at]!]!;
      rankAt[at] = rank;
      position[rank] = at;
    }
    addTo(within, rankAt, sorted);
    let [bestAt, most] = [shortest, Number.NEGATIVE_INFINITY];
    for (const end of places) {
      if (end < n) toEnd(end, distances);
      const from = end < n ? distances : toLast;
      for (let at = 0; at < end; at++) toAll[at + 1] = toAll[at]! + from[rankAt[at]!]!;
      for (let at = end - shortest; at >= shortest; at--) {
        const rest = end - at;
        const left = within[at]!;
        const across = toAll[at]! - 2 * left;
        const right = within[end]! - left - across;
        const means = (2 * across) / (at * rest) - left / pairs[at]! - right / pairs[rest]!;
        const energy = ((at * rest) / end) * means;
        if (energy > most) [bestAt, most] = [at, energy];
      }
    }
    return { at: bestAt, energy: most };
  };
}

/** How many pairs `count` values make; of one none, whose mean is 0. */
function pairsOf(count: number): number {
  return count < 2 ? Number.POSITIVE_INFINITY : (count * (count - 1)) / 2;
}

function endsOf(n: number, shortest: number, count: number): readonly number[] {
  const ends = Array.from({ length: count }, (_, index) => Math.round(((index + 1) * n) / count));
  return [...new Set(ends)].filter((end) => end >= 2 * shortest);
}

/** Fills `within` with the running sum of the distances from each value, by its rank in the order, to those before it. */
function distanceTree(n: number) {
  const counts = new Int32Array(n + 1);
  const sums = new Float64Array(n + 1);
  return (within: Float64Array, rankAt: Int32Array, sorted: Float64Array): void => {
    counts.fill(0);
    sums.fill(0);
    let sum = 0;
    for (let count = 0; count < n; count++) {
      const rank = rankAt[count]! + 1;
      const value = sorted[rank - 1]!;
      let [below, sumBelow] = [0, 0];
      for (let node = rank; node > 0; node -= node & -node) {
        below += counts[node]!;
        sumBelow += sums[node]!;
      }
      // Below the value the distance is value − x, above it x − value.
      const distance = value * below - sumBelow + (sum - sumBelow) - value * (count - below);
      within[count + 1] = within[count]! + distance;
      for (let node = rank; node <= n; node += node & -node) {
        counts[node]! += 1;
        sums[node]! += value;
      }
      sum += value;
    }
  };
}
