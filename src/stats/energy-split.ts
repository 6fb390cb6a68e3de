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
  const tree = distanceTree(n);
  const places = endsOf(n, shortest, ends);
  /** Where each rank stands in the order. */
  const position = new Int32Array(n);
  /** The sum of distances over all pairs among the first so many values, and from these to every value before the end. */
  const [within, toAll] = [new Float64Array(n + 1), new Float64Array(n + 1)];
  /** From the value of each rank to every value before the end. */
  const distances = new Float64Array(n);
  const toEnd = (end: number): void => {
    let [sum, count, sumBelow] = [0, 0, 0];
    for (let rank = 0; rank < n; rank++) if (position[rank]! < end) sum += sorted[rank]!;
    for (let rank = 0; rank < n; rank++) {
      if (position[rank]! >= end) continue;
      const value = sorted[rank]!;
      distances[rank] = value * count - sumBelow + (sum - sumBelow) - value * (end - count);
      count += 1;
      sumBelow += value;
    }
  };

  return (order) => {
    tree.clear();
    for (let at = 0; at < n; at++) {
      const rank = ranks[order[at]!]!;
      position[rank] = at;
      within[at + 1] = within[at]! + tree.add(sorted[rank]!, rank + 1);
    }
    let best: Split = { at: shortest, energy: Number.NEGATIVE_INFINITY };
    for (const end of places) {
      toEnd(end);
      for (let at = 0; at < end; at++) toAll[at + 1] = toAll[at]! + distances[ranks[order[at]!]!]!;
      for (let at = end - shortest; at >= shortest; at--) {
        const rest = end - at;
        const left = within[at]!;
        const across = toAll[at]! - 2 * left;
        const right = within[end]! - left - across;
        const energy = ((at * rest) / end) * ((2 * across) / (at * rest) - pairMean(left, at) - pairMean(right, rest));
        if (energy > best.energy) best = { at, energy };
      }
    }
    return best;
  };
}

/** The mean of a sum over all pairs of `count` values. */
function pairMean(sum: number, count: number): number {
  return count < 2 ? 0 : sum / ((count * (count - 1)) / 2);
}

function endsOf(n: number, shortest: number, count: number): readonly number[] {
  const ends = Array.from({ length: count }, (_, index) => Math.round(((index + 1) * n) / count));
  return [...new Set(ends)].filter((end) => end >= 2 * shortest);
}

/** Values of which each, as it is added, tells the sum of its distances to those before it. */
function distanceTree(n: number) {
  const counts = new Int32Array(n + 1);
  const sums = new Float64Array(n + 1);
  let [count, sum] = [0, 0];
  return {
    clear(): void {
      counts.fill(0);
      sums.fill(0);
      [count, sum] = [0, 0];
    },
    add(value: number, rank: number): number {
      let [below, sumBelow] = [0, 0];
      for (let node = rank; node > 0; node -= node & -node) {
        below += counts[node]!;
        sumBelow += sums[node]!;
      }
      // Below the value the distance is value − x, above it x − value.
      const distance = value * below - sumBelow + (sum - sumBelow) - value * (count - below);
      for (let node = rank; node <= n; node += node & -node) {
        counts[node]! += 1;
        sums[node]! += value;
      }
      count += 1;
      sum += value;
      return distance;
    },
  };
}
