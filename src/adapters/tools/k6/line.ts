import { decimalIn, endOfNumber } from "../../reading/decimal.ts";
import { instantIn } from "../../reading/instant.ts";
import { Names } from "../../reading/names.ts";

const encoder = new TextEncoder();
/** A point as k6 writes it, between its metric, its time, its value and its tags. */
const [BEFORE_METRIC, BEFORE_TIME, BEFORE_VALUE, BEFORE_TAGS] = [
  '{"metric":"',
  '","type":"Point","data":{"time":"',
  '","value":',
  ',"tags":{',
].map((text) => encoder.encode(text)) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];

const [QUOTE, COMMA, COLON, BACKSLASH, CLOSING, SPACE] = [34, 44, 58, 92, 125, 32];

/** The most tags of a point that are looked at, and the most bytes of them that are remembered. */
const MOST_TAGS = 64;
const REMEMBERED = 4096;
const NOWHERE = -1;

/**
 * One line of k6's `--out json` as k6 itself writes a point, found in its bytes: no spaces, keys in their order, nothing escaped, tags that are texts.
 * Such a line is valid JSON by its form. Any other line, valid or not, is for `JSON.parse`. One object serves all lines of an output.
 * All metrics of a request carry the same tags, so these are compared with those of the line before, and taken apart only where they differ.
 */
export class PointLine {
  value = 0;
  /** Another number whenever the tags are not those of the line before. */
  tagsNumber = 0;
  readonly #names = new Names();
  #bytes: Uint8Array = new Uint8Array(0);
  #metricStart = 0;
  #metricEnd = 0;
  #timeStart = 0;
  #timeEnd = 0;
  /** Four places for each tag: where its key starts and ends, and its value, counted from the end of the point's value. */
  readonly #tags = new Int32Array(4 * MOST_TAGS);
  #tagCount = 0;
  #valueEnd = 0;
  /** What stood behind the value in the line before; none where its length is 0. */
  readonly #tail = new Uint8Array(REMEMBERED);
  readonly #tailView = new DataView(this.#tail.buffer);
  #tailLength = 0;
  #view: DataView = new DataView(new ArrayBuffer(0));

  /** Whether `bytes[start]` up to `bytes[end]` is a point in that form. */
  find(bytes: Uint8Array, start: number, end: number): boolean {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    if (!stands(BEFORE_METRIC, bytes, start)) return false;
    this.#metricStart = start + BEFORE_METRIC.length;
    this.#metricEnd = endOfText(bytes, this.#metricStart, end);
    if (this.#metricEnd === NOWHERE || !stands(BEFORE_TIME, bytes, this.#metricEnd)) return false;
    this.#timeStart = this.#metricEnd + BEFORE_TIME.length;
    this.#timeEnd = endOfText(bytes, this.#timeStart, end);
    if (this.#timeEnd === NOWHERE || !stands(BEFORE_VALUE, bytes, this.#timeEnd)) return false;
    const valueStart = this.#timeEnd + BEFORE_VALUE.length;
    const valueEnd = endOfNumber(bytes, valueStart, end);
    this.value = decimalIn(bytes, valueStart, valueEnd);
    if (Number.isNaN(this.value)) return false;
    this.#valueEnd = valueEnd;
    return this.#isSameTail(valueEnd, end) || this.#takeTail(bytes, valueEnd, end);
  }

  #isSameTail(start: number, end: number): boolean {
    const length = end - start;
    if (length !== this.#tailLength || length === 0) return false;
    const [view, tail] = [this.#view, this.#tailView];
    let at = 0;
    for (; at + 4 <= length; at += 4) if (view.getInt32(start + at) !== tail.getInt32(at)) return false;
    for (; at < length; at++) if (view.getUint8(start + at) !== tail.getUint8(at)) return false;
    return true;
  }

  /** Takes what stands behind the value apart, and remembers it; false where it is not as k6 writes it. */
  #takeTail(bytes: Uint8Array, start: number, end: number): boolean {
    this.#tailLength = 0;
    this.tagsNumber++;
    if (!stands(BEFORE_TAGS, bytes, start)) return false;
    const at = this.#findTags(bytes, start + BEFORE_TAGS.length, end);
    if (at === NOWHERE || at + 2 !== end || bytes[at] !== CLOSING || bytes[at + 1] !== CLOSING) return false;
    if (end - start <= REMEMBERED) {
      this.#tail.set(bytes.subarray(start, end));
      this.#tailLength = end - start;
    }
    return true;
  }

  metric(): string {
    return this.#names.of(this.#bytes, this.#metricStart, this.#metricEnd);
  }

  /** In seconds; NaN where it is no time. */
  time(): number {
    return instantIn(this.#bytes, this.#timeStart, this.#timeEnd);
  }

  /** The value of a tag, or empty where the point has no such tag. */
  tag(key: string): string {
    const [tags, from] = [this.#tags, this.#valueEnd];
    for (let place = 4 * (this.#tagCount - 1); place >= 0; place -= 4) {
      const [keyStart, keyEnd] = [from + tags[place]!, from + tags[place + 1]!];
      if (keyEnd - keyStart !== key.length || this.#names.of(this.#bytes, keyStart, keyEnd) !== key) continue;
      return this.#names.of(this.#bytes, from + tags[place + 2]!, from + tags[place + 3]!);
    }
    return "";
  }

  /** Finds `"key":"value","key":"value"}` from `start` on; the place after the brace, or -1. */
  #findTags(bytes: Uint8Array, start: number, end: number): number {
    const [tags, from] = [this.#tags, this.#valueEnd];
    this.#tagCount = 0;
    if (bytes[start] === CLOSING) return start + 1;
    for (let at = start; at < end && this.#tagCount < MOST_TAGS; at++) {
      if (bytes[at] !== QUOTE) return NOWHERE;
      const keyEnd = endOfText(bytes, at + 1, end);
      if (keyEnd === NOWHERE || bytes[keyEnd + 1] !== COLON || bytes[keyEnd + 2] !== QUOTE) return NOWHERE;
      const valueEnd = endOfText(bytes, keyEnd + 3, end);
      if (valueEnd === NOWHERE) return NOWHERE;
      const place = 4 * this.#tagCount++;
      tags[place] = at + 1 - from;
      tags[place + 1] = keyEnd - from;
      tags[place + 2] = keyEnd + 3 - from;
      tags[place + 3] = valueEnd - from;
      at = valueEnd + 1;
      if (bytes[at] === CLOSING) return at + 1;
      if (bytes[at] !== COMMA) return NOWHERE;
    }
    return NOWHERE;
  }
}

/** The place of the quote that ends a text which begins at `start`; -1 where none does, or where something is escaped or should be. */
function endOfText(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH || byte < SPACE) return NOWHERE;
  }
  return NOWHERE;
}

function stands(text: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text[i]) return false;
  return true;
}
