import type { Distribution } from "../model/measurement.ts";
import type { Spend } from "./allowance.ts";
import { deflate, inflate } from "./inflate.ts";

/** The longest base64 text that is decoded; what it inflates to has a bound of its own, `MOST_INFLATED`. */
const LONGEST_HISTOGRAM = 256 * 1024;
/** The most distinct values that are kept. So long a text can hold a value a byte of what it inflates to, which is 64 million. */
const MOST_VALUES = 500_000;

/** A `histogram` distribution: distinct values, ascending, with their counts. */
export type HistogramDistribution = Extract<Distribution, { kind: "histogram"; encoded: string }>;

/** Where the numbers of an uncompressed V2 histogram stand, and where its counts begin. */
const LAYOUT = { cookie: 0, payloadLength: 4, digits: 12, lowest: 16, highest: 24, ratio: 32, payload: 40 } as const;

/** The first word of each version, without the bits that tell the size of a count. */
const COOKIES = { v1: 0x1c849301, v2: 0x1c849303 } as const;
const COMPRESSED_COOKIES = { v1: 0x1c849302, v2: 0x1c849304 } as const;
const WORD_SIZE = 0xf0;
/** V2 always says so where the size of a count would stand. */
const V2_WORD = 0x10;

type Version = keyof typeof COOKIES;

/**
 * The distribution that a compressed HdrHistogram V2 (base64) holds; each value is the upper end of its bucket, which is what
 * HdrHistogram prints as a percentile, times `scale`; `spend` is told how much there is of it. The format: https://github.com/HdrHistogram/HdrHistogram, `EncodableHistogram`.
 * Throws an `Error` whose message says in a few words what is wrong with `encoded`; callers know where it came from.
 *
 * Note: hdr-histogram-js could decode it whole, but it believes the announced payload length (4 GiB of nothing are read for 100 bytes) and
 * allocates every bucket that the header allows; this reads only the counts that are there.
 */
export function decodeHistogram(encoded: string, scale: number, spend?: Spend): HistogramDistribution {
  const counted = countsOf(unpacked(encoded, ["v2"], (size) => spend?.("inflated", size)));
  spend?.("values", counted.length);
  if (counted.length === 0) throw new Error("holds no values");
  const values = Float64Array.from(counted, ([value]) => value * scale);
  if (!values.every(Number.isFinite)) throw new Error("holds values that are not finite");
  return { kind: "histogram", values, counts: Float64Array.from(counted, ([, count]) => count), encoded, scale };
}

/**
 * What an interval of a histogram log holds, V1 or V2, compressed and in base64: whole numbers, ascending, with their counts; none where nothing
 * was recorded. Each number is the upper end of its bucket. Throws as `decodeHistogram` does.
 */
export function decodeInterval(encoded: string): readonly (readonly [value: number, count: number])[] {
  return countsOf(unpacked(encoded, ["v1", "v2"]));
}

/** Significant digits of what is written here, and how many buckets of half an octave's first step that makes: `AbstractHistogram.init`. */
const DIGITS = 5;
const HALF = 2 ** 17;

/**
 * Whole numbers (up to 2^53) with their counts as a `histogram` distribution in steps of `scale`: exact up to 262,143, to 0.001 % above.
 *
 * Note: hdr-histogram-js could encode it, but it counts in an array that holds every bucket below the largest value: 25 MB for the nanoseconds of
 * a few seconds. This writes the buckets that are there, in the same form.
 */
export function encodeHistogram(
  counted: Iterable<readonly [value: number, count: number]>,
  scale: number,
): HistogramDistribution {
  const buckets = new Map<number, number>();
  let highest = 2;
  for (const [value, count] of counted) {
    if (count > 0) buckets.set(bucketOf(value), (buckets.get(bucketOf(value)) ?? 0) + count);
    highest = Math.max(highest, value);
  }
  const payload: number[] = [];
  let next = 0;
  for (const [bucket, count] of [...buckets].sort(([a], [b]) => a - b)) {
    if (bucket > next) pushWord(payload, next - bucket);
    pushWord(payload, count);
    next = bucket + 1;
  }
  const bytes = new Uint8Array(LAYOUT.payload + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(LAYOUT.cookie, COOKIES.v2 | V2_WORD);
  view.setUint32(LAYOUT.payloadLength, payload.length);
  view.setUint32(LAYOUT.digits, DIGITS);
  view.setBigInt64(LAYOUT.lowest, 1n);
  view.setBigInt64(LAYOUT.highest, BigInt(highest));
  view.setFloat64(LAYOUT.ratio, 1);
  bytes.set(payload, LAYOUT.payload);
  return decodeHistogram(compressed(bytes), scale);
}

/** The index of the bucket that a value falls into: `AbstractHistogram.countsArrayIndex` at five digits. */
function bucketOf(value: number): number {
  let exponent = Math.max(0, Math.ceil(Math.log2(value + 1)) - 18);
  // The logarithm of a large number may come out as that of its neighbour.
  if (value / 2 ** exponent >= 2 * HALF) exponent++;
  if (exponent > 0 && value / 2 ** exponent < HALF) exponent--;
  return exponent * HALF + Math.floor(value / 2 ** exponent);
}

/** A count, or below zero a number of empty buckets, as zigzag LEB128. */
function pushWord(payload: number[], count: number): void {
  let word = count < 0 ? -2 * count - 1 : 2 * count;
  for (; word >= 0x80; word = Math.floor(word / 0x80)) payload.push((word % 0x80) | 0x80);
  payload.push(word);
}

function compressed(bytes: Uint8Array): string {
  const body = deflate(bytes);
  const outer = new Uint8Array(8 + body.length);
  const view = new DataView(outer.buffer);
  view.setUint32(0, COMPRESSED_COOKIES.v2 | V2_WORD);
  view.setUint32(4, body.length);
  outer.set(body, 8);
  return btoa(Array.from(outer, (byte) => String.fromCharCode(byte)).join(""));
}

interface Unpacked {
  readonly view: DataView;
  readonly version: Version;
}

function unpacked(encoded: string, allowed: readonly Version[], onPart?: (size: number) => void): Unpacked {
  if (encoded.length > LONGEST_HISTOGRAM) throw new Error(`is longer than ${LONGEST_HISTOGRAM} characters`);
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(encoded.trim()), (character) => character.charCodeAt(0));
  } catch {
    throw new Error("is not base64");
  }
  const header = new DataView(bytes.buffer);
  const cookie = bytes.length < 8 ? 0 : (header.getUint32(0) & ~WORD_SIZE) >>> 0;
  const version = allowed.find((each) => COMPRESSED_COOKIES[each] === cookie);
  const inflated = version === undefined ? null : inflate(bytes.subarray(8, 8 + header.getUint32(4)), onPart);
  if (version === undefined || inflated === null) {
    throw new Error("is not a compressed HdrHistogram V2 (base64 that begins with HISTFAAA)");
  }
  const view = new DataView(inflated.buffer);
  if (view.byteLength < LAYOUT.payload) throw new Error("is cut short");
  if ((view.getUint32(LAYOUT.cookie) & ~WORD_SIZE) !== COOKIES[version]) {
    throw new Error(`has a header that is not of ${version.toUpperCase()}`);
  }
  if (view.getUint32(LAYOUT.payloadLength) > view.byteLength - LAYOUT.payload) throw new Error("is cut short");
  return { view, version };
}

/** The counts above zero by the upper end of their bucket, in steps of the histogram. */
function countsOf({ view, version }: Unpacked): [value: number, count: number][] {
  const upperEnd = bucketEnds(view);
  const counted: [number, number][] = [];
  let bucket = 0;
  for (const count of version === "v1" ? readFixedCounts(view) : readCounts(view)) {
    if (count > 0 && counted.push([upperEnd(bucket), count]) > MOST_VALUES)
      throw new Error(`holds more than ${MOST_VALUES.toLocaleString("en-US")} distinct values`);
    bucket += count > 0 ? 1 : Math.max(1, -count);
  }
  return counted;
}

/** The highest value that falls into each bucket, by its index: `AbstractHistogram.valueFromIndex` and `highestEquivalentValue`. */
function bucketEnds(view: DataView): (index: number) => number {
  const digits = view.getUint32(LAYOUT.digits);
  const lowest = Number(view.getBigInt64(LAYOUT.lowest));
  if (digits > 5 || lowest < 1) throw new Error("has a damaged header");
  const unitMagnitude = Math.floor(Math.log2(lowest));
  const halfMagnitude = Math.max(1, Math.ceil(Math.log2(2 * 10 ** digits))) - 1;
  const half = 2 ** halfMagnitude;
  return (index) => {
    const exponent = Math.max(0, Math.floor(index / half) - 1);
    if (exponent + unitMagnitude > 63) throw new Error("holds values beyond 64 bits");
    const step = 2 ** (exponent + unitMagnitude);
    return (index - exponent * half) * step + step - 1;
  };
}

/** The counts as they are written: zigzag LEB128 of at most nine bytes; below zero, as many empty buckets. */
function* readCounts(view: DataView): Generator<number> {
  const end = LAYOUT.payload + view.getUint32(LAYOUT.payloadLength);
  for (let at = LAYOUT.payload; at < end; ) {
    let word = 0;
    for (let place = 0, more = true; more; place++) {
      if (at === end) throw new Error("is cut short");
      const byte = view.getUint8(at++);
      more = place < 8 && byte >= 0x80;
      word += (more ? byte & 0x7f : byte) * 2 ** (7 * place);
    }
    if (!Number.isSafeInteger(word)) throw new Error("holds counts beyond 53 bits");
    yield word % 2 === 0 ? word / 2 : -(word + 1) / 2;
  }
}

/** The counts of V1: words of 2, 4 or 8 bytes, empty buckets written out. */
function* readFixedCounts(view: DataView): Generator<number> {
  const size = ((view.getUint32(LAYOUT.cookie) & WORD_SIZE) >> 4) & 0xe;
  const end = LAYOUT.payload + view.getUint32(LAYOUT.payloadLength);
  if (![2, 4, 8].includes(size)) throw new Error("has a damaged header");
  if ((end - LAYOUT.payload) % size !== 0) throw new Error("is cut short");
  for (let at = LAYOUT.payload; at < end; at += size) {
    const count = size === 2 ? view.getInt16(at) : size === 4 ? view.getInt32(at) : Number(view.getBigInt64(at));
    if (count < 0) throw new Error("holds counts below zero");
    if (!Number.isSafeInteger(count)) throw new Error("holds counts beyond 53 bits");
    yield count;
  }
}
