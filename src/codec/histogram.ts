import { build, encodeIntoCompressedBase64 } from "hdr-histogram-js";
import { decompress } from "hdr-histogram-js/dist/encoding.js";
import type { Distribution } from "../model/measurement.ts";

/** The longest base64 text that is decoded: 1 KiB of it can inflate to 0.75 MiB, so this bounds the memory that a hostile file can ask for. */
export const LONGEST_HISTOGRAM = 256 * 1024;

/** A `histogram` distribution: distinct values, ascending, with their counts. */
export type HistogramDistribution = Extract<Distribution, { kind: "histogram" }>;

/** Where the numbers of an uncompressed V2 histogram stand, and where its counts begin. */
const LAYOUT = { cookie: 0, payloadLength: 4, digits: 12, lowest: 16, payload: 40 } as const;

const V2_COOKIE = 0x1c849303;

/**
 * The distribution that a compressed HdrHistogram V2 (base64) holds; each value is the upper end of its bucket, which is what
 * HdrHistogram prints as a percentile, times `scale`. The format: https://github.com/HdrHistogram/HdrHistogram, `EncodableHistogram`.
 * Throws an `Error` whose message says in a few words what is wrong with `encoded`; callers know where it came from.
 *
 * Note: hdr-histogram-js could decode it whole, but it believes the announced payload length (4 GiB of nothing are read for 100 bytes) and
 * allocates every bucket that the header allows; this reads only the counts that are there.
 */
export function decodeHistogram(encoded: string, scale: number): HistogramDistribution {
  const view = inflate(encoded);
  const upperEnd = bucketEnds(view);
  const values: number[] = [];
  const counts: number[] = [];
  let bucket = 0;
  for (const count of readCounts(view)) {
    if (count > 0) {
      values.push(upperEnd(bucket) * scale);
      counts.push(count);
    }
    bucket += count > 0 ? 1 : Math.max(1, -count);
  }
  if (values.length === 0) throw new Error("holds no values");
  if (!values.every(Number.isFinite)) throw new Error("holds values that are not finite");
  return { kind: "histogram", values: Float64Array.from(values), counts: Float64Array.from(counts), encoded, scale };
}

/** Whole numbers with their counts as a `histogram` distribution in steps of `scale`: exact up to 262,143, to 0.001 % above. */
export function encodeHistogram(
  counted: Iterable<readonly [value: number, count: number]>,
  scale: number,
): HistogramDistribution {
  const histogram = build({ bitBucketSize: 64, autoResize: true, numberOfSignificantValueDigits: 5 });
  for (const [value, count] of counted) histogram.recordValueWithCount(value, count);
  return decodeHistogram(encodeIntoCompressedBase64(histogram), scale);
}

function inflate(encoded: string): DataView {
  if (encoded.length > LONGEST_HISTOGRAM) throw new Error(`is longer than ${LONGEST_HISTOGRAM} characters`);
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(encoded.trim()), (character) => character.charCodeAt(0));
  } catch {
    throw new Error("is not base64");
  }
  let inflated: Uint8Array;
  try {
    inflated = decompress(bytes);
  } catch {
    throw new Error("is not a compressed HdrHistogram V2 (base64 that begins with HISTFAAA)");
  }
  const view = new DataView(inflated.buffer, inflated.byteOffset, inflated.byteLength);
  if (view.byteLength < LAYOUT.payload) throw new Error("is cut short");
  if ((view.getUint32(LAYOUT.cookie) & ~0xf0) !== V2_COOKIE) throw new Error("has a header that is not of V2");
  if (view.getUint32(LAYOUT.payloadLength) > view.byteLength - LAYOUT.payload) throw new Error("is cut short");
  return view;
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
