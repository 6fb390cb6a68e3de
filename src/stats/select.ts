/** More values than this are first narrowed to those about the ranks that are asked for. */
const NARROWED_FROM = 200;
/** How many values the narrowing looks at beforehand. */
const SAMPLE = 48;
/** How far from the ranks it cuts, in standard errors of a quantile of that sample: once in a hundred cuts is too near. */
const MARGIN = 2.5;
/** Ranges longer than this take their pivot from a sample about the rank. */
const SAMPLED_FROM = 300;
/** Ranges up to this long are sorted by insertion: cheaper than a call of the sort that is built in. */
const INSERTED_BELOW = 80;
/** A range of `n` that is not settled after this many times log₂ n partitions is sorted. */
const PATIENCE = 2;

/** As long as the samples that were last read, and kept: a gate reads thousands of rounds of one length. */
let scratch = new Float64Array(0);
const sample = new Float64Array(SAMPLE);
/** How many values the latest narrowing left out because they are lower. */
let lower = 0;

/**
 * An array that holds, at the indices `first` to `last` (inclusive), what sorting the samples would put there, and anything elsewhere. The next call
 * overwrites it: read it at once. NaN ranks highest, as in a sort.
 *
 * Time grows with the number of samples plus that of sorting the ranks asked for, at worst with that of sorting everything.
 * Nothing is allocated where the latest samples were as many, but a view where many ranks are asked for.
 */
export function orderStatistics(samples: Float64Array, first: number, last: number): Float64Array {
  if (scratch.length !== samples.length) scratch = room(samples.length);
  let [values, count, below] = [samples, samples.length, 0];
  while (count > NARROWED_FROM) {
    const kept = narrow(values, count, first - below, last - below);
    if (kept === null) break;
    [values, count, below] = [scratch, kept, below + lower];
  }
  if (values === samples || count > NARROWED_FROM) return sortedCopy(samples, first, last);
  sortRanks(scratch, first - below, last - below, count - 1);
  return scratch.copyWithin(first, first - below, last - below + 1);
}

/** The scratch array after a full copy, in place where the narrowing could not help. */
function sortedCopy(samples: Float64Array, first: number, last: number): Float64Array {
  scratch.set(samples);
  if (scratch.includes(Number.NaN)) scratch.sort();
  else sortRanks(scratch, first, last, samples.length - 1);
  return scratch;
}

/**
 * Gathers those of the first `count` values that may have the ranks `first` to `last` in the scratch array, and counts the lower ones. The number that
 * was gathered; null where the cuts left out a rank, or hardly anything.
 */
function narrow(values: Float64Array, count: number, first: number, last: number): number | null {
  for (let i = 0; i < SAMPLE; i++) sample[i] = values[Math.floor(((i + 0.5) * count) / SAMPLE)] as number;
  sortRange(sample, 0, SAMPLE - 1);
  const low = sample[Math.floor(expected(first / count, -MARGIN))] ?? Number.NEGATIVE_INFINITY;
  const high = sample[Math.ceil(expected((last + 1) / count, MARGIN))] ?? Number.POSITIVE_INFINITY;
  // Comparisons are added up, not branched on: no processor can predict on which side of a cut a value lies.
  let [under, kept] = [0, 0];
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    const short = Number(value < low);
    scratch[kept] = value;
    under += short;
    kept += Number(value <= high) - short;
  }
  lower = under;
  return under <= first && last < under + kept && kept < 0.9 * count ? kept : null;
}

/** The place of the quantile at `level` in the sample, `errors` standard errors further up. */
function expected(level: number, errors: number): number {
  return SAMPLE * level + errors * Math.sqrt(SAMPLE * level * (1 - level)) - 0.5;
}

/** An array of `length` in the memory of the scratch array, or in new memory where that is too small. */
function room(length: number): Float64Array<ArrayBuffer> {
  const { buffer } = scratch;
  const enough = length * Float64Array.BYTES_PER_ELEMENT <= buffer.byteLength;
  return enough ? new Float64Array(buffer, 0, length) : new Float64Array(length);
}

/** Puts the ranks `first` to `last` of the values up to `end` in their places. None may be NaN. */
function sortRanks(values: Float64Array, first: number, last: number, end: number): void {
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
      const size = 0.5 * Math.exp((2 * Math.log(n)) / 3);
      const spread = 0.5 * Math.sqrt((Math.log(n) * size * (n - size)) / n) * Math.sign(place - n / 2);
      const share = size / n;
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
