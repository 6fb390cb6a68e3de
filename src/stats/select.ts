/** Ranges longer than this are first narrowed by a sample of them. */
const SAMPLED_FROM = 300;
/** Ranges up to this long are sorted by insertion: cheaper than a call of the sort that is built in. */
const INSERTED_BELOW = 80;
/** A range of `n` that is not settled after this many times log₂ n partitions is sorted. */
const PATIENCE = 2;

/** As long as the samples that were last copied to it, and kept: a gate copies thousands of rounds of one length. */
let scratch = new Float64Array(0);

/**
 * A copy of the samples in which the ranks `first` to `last` (inclusive) hold what sorting would put there; what is lower lies before them and what is
 * higher behind, in any order. The copy is overwritten by the next call: read it at once. NaN ranks highest, as in a sort.
 *
 * Time grows with the number of samples plus that of sorting the ranks asked for, at worst with that of sorting everything.
 * Nothing is allocated where the last copy was as long, but a view where many ranks are asked for.
 */
export function withRanksSorted(samples: Float64Array, first: number, last: number): Float64Array {
  if (scratch.length !== samples.length) scratch = room(samples.length);
  scratch.set(samples);
  if (scratch.includes(Number.NaN)) scratch.sort();
  else sortRanks(scratch, first, last);
  return scratch;
}

/** An array of `length` in the memory of the scratch array, or in new memory where that is too small. */
function room(length: number): Float64Array<ArrayBuffer> {
  const { buffer } = scratch;
  const enough = length * Float64Array.BYTES_PER_ELEMENT <= buffer.byteLength;
  return enough ? new Float64Array(buffer, 0, length) : new Float64Array(length);
}

function sortRanks(values: Float64Array, first: number, last: number): void {
  const end = values.length - 1;
  select(values, first, 0, end);
  if (last === first + 1) swap(values, last, least(values, last, end));
  else {
    if (last > first && last < end) select(values, last, first + 1, end);
    sortRange(values, first, last);
  }
}

/** Where the least value of a range is. */
function least(values: Float64Array, left: number, right: number): number {
  let at = left;
  for (let i = left + 1; i <= right; i++) if ((values[i] as number) < (values[at] as number)) at = i;
  return at;
}

/**
 * Moves the value of rank `rank` to its place, between the lower and the higher ones of the range `left` to `right`.
 * Floyd & Rivest (Algorithm 489, Communications of the ACM 18, 1975): the pivot comes from a sample about the rank, so that about 1.5 n
 * comparisons do for the middle and n for a tail. Orders of values that defeat it end in a sort.
 */
function select(values: Float64Array, rank: number, left: number, right: number): void {
  let patience = PATIENCE * Math.log2(right - left + 2);
  while (left < right) {
    if (patience-- <= 0) {
      sortRange(values, left, right);
      return;
    }
    if (right - left > SAMPLED_FROM) {
      const n = right - left + 1;
      const place = rank - left + 1;
      const sample = 0.5 * Math.exp((2 * Math.log(n)) / 3);
      const spread = 0.5 * Math.sqrt((Math.log(n) * sample * (n - sample)) / n) * Math.sign(place - n / 2);
      const share = sample / n;
      select(
        values,
        rank,
        Math.max(left, Math.floor(rank - place * share + spread)),
        Math.min(right, Math.floor(rank + (n - place) * share + spread)),
      );
    }
    const pivot = values[rank] as number;
    let [i, j] = [left, right];
    while (i <= j) {
      while ((values[i] as number) < pivot) i++;
      while ((values[j] as number) > pivot) j--;
      if (i <= j) swap(values, i++, j--);
    }
    // Up to j: at most the pivot; from i on: at least the pivot; between them: the pivot.
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else return;
  }
}

function sortRange(values: Float64Array, left: number, right: number): void {
  if (right - left >= INSERTED_BELOW) {
    values.subarray(left, right + 1).sort();
    return;
  }
  for (let i = left + 1; i <= right; i++) {
    const value = values[i] as number;
    let gap = i;
    for (; gap > left && (values[gap - 1] as number) > value; gap--) values[gap] = values[gap - 1] as number;
    values[gap] = value;
  }
}

function swap(values: Float64Array, i: number, j: number): void {
  const kept = values[i] as number;
  values[i] = values[j] as number;
  values[j] = kept;
}
