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
 * what follows it; the paper has all places. In one dimension the sum of distances from a value to others comes from a Fenwick tree (Software 24, 1994) over the ranks:
 * an order costs n log n for each end, instead of n².
 */
export function energySplits(
  values: readonly number[],
  shortest: number,
  ends = 1,
): (order: ArrayLike<number>) => Split {
  const n = values.length;
  const ranks = new Int32Array(n);
  for (const [place, index] of [...values.keys()].sort((a, b) => values[a]! - values[b]!).entries()) {
    ranks[index] = place + 1;
  }
  const tree = distanceTree(n);
  /** The sum of distances over all pairs among the first so many values. */
  const upTo = new Float64Array(n + 1);
  const places = endsOf(n, shortest, ends);

  return (order) => {
    tree.clear();
    for (let at = 0; at < n; at++) {
      const index = order[at]!;
      upTo[at + 1] = upTo[at]! + tree.add(values[index]!, ranks[index]!);
    }
    let best: Split = { at: shortest, energy: Number.NEGATIVE_INFINITY };
    for (const end of places) {
      tree.clear();
      let right = 0;
      for (let at = end - 1; at >= shortest; at--) {
        const index = order[at]!;
        right += tree.add(values[index]!, ranks[index]!);
        const rest = end - at;
        if (rest < shortest) continue;
        const left = upTo[at]!;
        const across = upTo[end]! - left - right;
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
