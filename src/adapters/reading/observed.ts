import { encodeHistogram } from "../../codec/histogram.ts";
import type { Distribution } from "../../model/measurement.ts";

/** Up to this many values of one metric are kept one by one; more are counted in buckets. */
export const SAMPLES_KEPT = 10_000;

/**
 * A value's bucket is the upper part of its double: sign, exponent and 11 of the 52 bits that follow, so 2,048 buckets an octave. A value is 1/4096
 * = 0.0244 % away from the middle of its bucket at most, and not at all where it is the only one there, as whole milliseconds are. With the rounding of
 * the recorded form (0.004 %) every value, and so every quantile, is within 0.03 %.
 */
const SHIFT = 9;
/** Buckets are made in pages of so many, when they are needed. */
const PAGE = 128;

/** How many steps the smallest value is worth where values are written as whole numbers. */
const FINENESS = 2 ** 14;
const SMALLEST_POWER = -300;
/** Whole numbers up to here are written exactly. */
const EXACT = 2 ** 18;

interface Page {
  readonly counts: Float64Array;
  /** The value that is alone in a bucket; NaN where several are. */
  readonly only: Float64Array;
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
/** Where the high half of a double stands. */
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/** The values of one metric, in whatever unit: each of them while they are few, a log-linear histogram from then on. The memory has a bound. */
export class Observed {
  #samples: Float64Array | null = new Float64Array(16);
  #count = 0;
  #zeros = 0;
  #negative = false;
  readonly #pages = new Map<number, Page>();

  /** How many values there are. */
  get count(): number {
    return this.#count;
  }

  /** Adds a finite value. */
  add(value: number): void {
    const kept = this.#samples;
    if (kept === null) this.#tally(value, 1);
    else if (this.#count === SAMPLES_KEPT) {
      this.#samples = null;
      for (const sample of kept.subarray(0, this.#count)) this.#tally(sample, 1);
      this.#tally(value, 1);
    } else {
      if (this.#count === kept.length) this.#samples = grown(kept);
      this.#samples![this.#count] = value;
    }
    this.#count++;
  }

  /** Adds a value that was counted already; then nothing is kept one by one. */
  addCounted(value: number, count: number): void {
    const kept = this.#samples;
    this.#samples = null;
    for (const sample of kept?.subarray(0, this.#count) ?? []) this.#tally(sample, 1);
    this.#tally(value, count);
    this.#count += count;
  }

  /**
   * All values, divided by `per`: how many of the tool's units make one of ours, a power of ten. Null where they are too many to be kept and a
   * histogram cannot hold them: some are below zero, or beyond what a number can be.
   */
  distribution(per: number): Distribution | null {
    if (this.#samples !== null) {
      return { kind: "samples", samples: this.#samples.slice(0, this.#count).map((value) => value / per) };
    }
    return this.#negative ? null : histogramOf(this.#counted(), per);
  }

  #tally(value: number, count: number): void {
    if (value === 0) {
      this.#zeros += count;
      return;
    }
    if (value < 0) {
      this.#negative = true;
      return;
    }
    double[0] = value;
    const bucket = words[HIGH]! >>> SHIFT;
    const number = bucket >>> 7;
    let page = this.#pages.get(number);
    if (page === undefined) {
      page = { counts: new Float64Array(PAGE), only: new Float64Array(PAGE) };
      this.#pages.set(number, page);
    }
    const place = bucket & (PAGE - 1);
    if (page.counts[place] === 0) page.only[place] = value;
    else if (page.only[place] !== value) page.only[place] = Number.NaN;
    page.counts[place]! += count;
  }

  /** Values, ascending, with their counts: a bucket with several by its middle. */
  #counted(): (readonly [value: number, count: number])[] {
    const counted: (readonly [number, number])[] = this.#zeros > 0 ? [[0, this.#zeros]] : [];
    for (const [number, { counts, only }] of [...this.#pages].sort(([a], [b]) => a - b)) {
      for (let place = 0; place < PAGE; place++) {
        if (counts[place] === 0) continue;
        const value = only[place]!;
        counted.push([Number.isNaN(value) ? middleOf(number * PAGE + place) : value, counts[place]!]);
      }
    }
    return counted;
  }
}

/**
 * Values, ascending and none below zero, with their counts, divided by `per` as in `Observed`. Null where they are beyond what a number can be, or too many
 * for a histogram.
 */
export function histogramOf(
  counted: readonly (readonly [value: number, count: number])[],
  per: number,
): Distribution | null {
  const step = stepOf(counted.map(([value]) => value).filter((value) => value > 0));
  try {
    return encodeHistogram(
      counted.map(([value, count]) => [Math.round(value / step), count]),
      Number((step / per).toPrecision(12)),
    );
  } catch {
    return null;
  }
}

/** What one step of a histogram of these values, all above zero, is worth: 1 where they are small whole numbers, else a power of ten that is fine enough. */
function stepOf(ascending: readonly number[]): number {
  const [lowest, highest] = [ascending[0] ?? 1, ascending.at(-1) ?? 1];
  if (highest < EXACT && ascending.every(Number.isInteger)) return 1;
  const largest = Math.ceil(Math.log10(highest / Number.MAX_SAFE_INTEGER));
  return 10 ** Math.max(largest, Math.floor(Math.log10(lowest / FINENESS)), SMALLEST_POWER);
}

function middleOf(bucket: number): number {
  const lower = startOf(bucket);
  return lower + (startOf(bucket + 1) - lower) / 2;
}

function startOf(bucket: number): number {
  words[HIGH] = (bucket << SHIFT) >>> 0;
  words[1 - HIGH] = 0;
  return double[0]!;
}

function grown(samples: Float64Array): Float64Array {
  const longer = new Float64Array(Math.min(2 * samples.length, SAMPLES_KEPT));
  longer.set(samples);
  return longer;
}
