import { textOf } from "./lines.ts";

const [PLUS, MINUS, POINT, ZERO] = [43, 45, 46, 48];

/** As many decimal digits as every whole number of a `number` has. */
const EXACT_DIGITS = 15;
const POWERS: Float64Array = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power);

/** What JSON calls a number. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/**
 * The decimal number that stands in `bytes[start]` up to `bytes[end]`, or NaN where none stands there: `12`, `-0.5`, `1e-7`, never `+1`, `.5` or `Infinity`.
 * To the last digit what `Number` makes of the text: up to 15 digits are a whole number that is exact, and one division rounds once.
 */
export function decimalIn(bytes: Uint8Array, start: number, end: number): number {
  const negative = bytes[start] === MINUS;
  const first = negative ? start + 1 : start;
  let whole = 0;
  let point = -1;
  for (let at = first; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit >= 0 && digit <= 9) whole = whole * 10 + digit;
    else if (bytes[at] === POINT && point === -1 && at > first && at + 1 < end) point = at;
    else return slowly(bytes, start, end);
  }
  const digits = end - first - (point === -1 ? 0 : 1);
  const padded = bytes[first] === ZERO && digits > 1 && point !== first + 1;
  if (digits === 0 || digits > EXACT_DIGITS || padded) return slowly(bytes, start, end);
  const value = point === -1 ? whole : whole / POWERS[end - point - 1]!;
  return negative ? -value : value;
}

/** The whole number of at least zero that stands there, or NaN. */
export function wholeIn(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > EXACT_DIGITS || start >= end) return slowWhole(bytes, start, end);
  let whole = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    whole = whole * 10 + digit;
  }
  return whole;
}

/** The place after the number that begins at `start`, seen by its characters alone. */
export function endOfNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    const isPart =
      (byte >= ZERO && byte <= 57) || byte === POINT || byte === MINUS || byte === PLUS || (byte | 32) === 101;
    if (!isPart) break;
  }
  return at;
}

function slowly(bytes: Uint8Array, start: number, end: number): number {
  const text = end - start > 400 ? "" : textOf(bytes, start, end);
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
}

function slowWhole(bytes: Uint8Array, start: number, end: number): number {
  const text = end - start > 400 ? "" : textOf(bytes, start, end);
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
