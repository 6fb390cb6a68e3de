import { NO_SLICES, type Noted, SLICE, type Sliced } from "./slices.ts";

/**
 * The most samples of one task that are written. A function of nanoseconds gives millions in a round; recordings are kept on a git branch, and p99 needs
 * no more than this.
 */
const SAMPLE_LIMIT = 3000;

/** Values from the smallest on, which need not be on the heap. */
type Sorted = Readonly<ArrayLike<number>>;

/**
 * At most `limit` of the samples, which are in ascending order, standing for all of them: in that order as well.
 *
 * Where there are more, it is the systematic sample x₍⌊(j + ½)·n/m⌋₎ of the sorted values: it keeps every quantile up
 * to p99 to within a rank of n/m, and the mean, better than a random sample would (Cochran, Sampling Techniques, ch.
 * 8). The extremes are not among them: one of them in a
 * few thousand would weigh more than it does in millions.
 */
export function sampleOf(sorted: Sorted, limit: number = SAMPLE_LIMIT): readonly number[] {
  const size = Math.min(sorted.length, limit);
  const chosen: number[] = [];
  for (let j = 0; j < size; j++) chosen.push(sorted[Math.floor(((j + 0.5) * sorted.length) / size)]!);
  return chosen;
}

/** The values in an order that means nothing, in steps of the golden ratio: of those that were sorted, every prefix of the result is a fair sample as well. */
export function mixed(sorted: readonly number[]): Float64Array {
  const { length } = sorted;
  const step = coprime(Math.round(length * 0.618), length);
  return new Float64Array(length).map((_, index) => sorted[(index * step) % length]!);
}

/**
 * What counts of `all` samples, and the slices of just that: what came after the process had settled. All of both where any of what came before is not among the
 * samples as it was noted: a timer's overhead was taken off, a call told its own duration, or a clock was read that rounds in another way.
 */
export function settledOf(
  { whole, settled }: Noted,
  all: Sorted,
): { readonly samples: Sorted; readonly slices: Sliced } {
  const rest = settled && without(settled.early, all);
  return settled && rest ? { samples: rest, slices: settled.slices } : { samples: all, slices: whole };
}

/** The samples but for the `early` ones; null where one of these is not among them, or nothing is left. */
function without(early: Float64Array, samples: Sorted): Float64Array | null {
  if (early.length >= samples.length) return null;
  const sorted = early.toSorted();
  const rest = new Float64Array(samples.length - sorted.length);
  let next = 0;
  for (let i = 0; i < samples.length; i++) {
    if (samples[i] === sorted[next]) next++;
    // Where one of the early ones is missing there are more than there is room for, which a typed array lets pass.
    else rest[i - next] = samples[i]!;
  }
  return next === sorted.length ? rest : null;
}

/** The most slices that are kept of a task: neighbours are joined until there are no more. */
const SLICE_LIMIT = 64;

/**
 * Slices whose middle half is this far from the samples' are of something else: of calls that measured themselves, whose set-up would hide a part
 * of every change. Of the same calls they stay within 3 %. Means of the middle halves are compared, not medians: where a process changes between two
 * speeds, either median may lie at either of them.
 */
const ALIKE = 1.1;

/**
 * What is recorded of slices, beside samples of the same task in ascending order; nothing where they cannot be of those. `overhead` is what was taken off
 * every sample.
 */
export function slicesOf(sliced: Sliced, samples: Sorted, overhead: number): Sliced {
  const [middles, tails] = [joined(sliced.middles), joined(sliced.tails)];
  const ratio = (midmeanOfCalls(middles.filter(isTime)) - overhead) / midmean(samples);
  if (!(ratio < ALIKE && ratio > 1 / ALIKE)) return NO_SLICES;
  const less = (times: readonly number[]) => times.map((time) => Math.max(0, time - overhead));
  return { middles: less(middles), tails: less(tails), samples: sliced.samples };
}

/** Each the mean of two neighbours, until there are no more than are kept. */
function joined(times: readonly number[]): readonly number[] {
  if (times.length <= SLICE_LIMIT) return times;
  return joined(Array.from({ length: times.length >> 1 }, (_, i) => (times[2 * i]! + times[2 * i + 1]!) / 2));
}

function isTime(value: number): boolean {
  return value > 0;
}

/** The calls that a slice holds: it ends with the first of them that ends after so long. */
function callsOf(middle: number): number {
  return Math.ceil(SLICE / middle);
}

/** The mean of the middle half of the values, which are in ascending order. */
function midmean(sorted: Sorted): number {
  const [from, to] = [0.25 * sorted.length, 0.75 * sorted.length];
  let sum = 0;
  for (let i = Math.floor(from); i < to; i++) sum += sorted[i]! * (Math.min(i + 1, to) - Math.max(i, from));
  return sum / (to - from);
}

/** As `midmean`, of all calls of slices with these middles. */
function midmeanOfCalls(middles: readonly number[]): number {
  const sorted = ascending(middles);
  const all = sorted.reduce((sum, value) => sum + callsOf(value), 0);
  let [before, sum] = [0, 0];
  for (const value of sorted) {
    const after = before + callsOf(value);
    sum += value * Math.max(0, Math.min(after, 0.75 * all) - Math.max(before, 0.25 * all));
    before = after;
  }
  return sum / (0.5 * all);
}

/**
 * The values from the smallest on. tinybench's samples are that already, and to sort a hundred thousand again takes longer than to measure them did.
 *
 * Note: no closure sees the samples here or above. One that is called a million times is compiled on another thread, which holds on to all that it sees until that is
 * done: on a busy machine the samples would still be there when the module's memory is taken.
 */
export function ascending(values: readonly number[]): readonly number[] {
  for (let i = 1; i < values.length; i++) {
    if (!(values[i - 1]! <= values[i]!)) return [...Float64Array.from(values).sort()];
  }
  return values;
}

/** Differences below a thousandth of a nanosecond are how a double rounds, not how a clock ticks. In seconds. */
const ROUNDING = 1e-12;

/** The smallest step between two different samples, which are in ascending order, in their unit: the clock's tick where that is coarse; null where all are equal. */
export function tickOf(sorted: readonly number[]): number | null {
  let tick = Number.POSITIVE_INFINITY;
  for (let i = 1; i < sorted.length; i++) {
    const gap = sorted[i]! - sorted[i - 1]!;
    if (gap > ROUNDING && gap < tick) tick = gap;
  }
  return Number.isFinite(tick) ? tick : null;
}

/** The first number from `start` on that shares no divisor with `size`: steps of it visit every place once. */
function coprime(start: number, size: number): number {
  let step = Math.max(1, start);
  while (divisor(step, size) !== 1) step++;
  return step;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
