import { wholeIn } from "./decimal.ts";

const [DASH, SLASH, COLON, POINT, COMMA, SPACE, PLUS, LETTER_T, LETTER_Z] = [45, 47, 58, 46, 44, 32, 43, 84, 90];

/** Where the parts of `2026-11-23T00:43:18` stand. */
const PARTS = { year: 0, month: 5, day: 8, hour: 11, minute: 14, second: 17, length: 19 } as const;

/**
 * The instant, in seconds since 1970, that `bytes[start]` up to `bytes[end]` tell as RFC 3339 (`2026-11-23T00:43:18.477Z`, `…+01:00`) or as
 * `2026/11/23 00:43:18.477`; NaN where they tell none. A time without a zone is taken for UTC: only differences are ever used.
 */
export function instantIn(bytes: Uint8Array, start: number, end: number): number {
  const part = (at: number, length: number) => wholeIn(bytes, start + at, start + at + length);
  const mark = (at: number) => bytes[start + at];
  if (end - start < PARTS.length) return Number.NaN;
  const separator = mark(PARTS.month - 1);
  const shaped =
    (separator === DASH || separator === SLASH) &&
    mark(PARTS.day - 1) === separator &&
    (mark(PARTS.hour - 1) === LETTER_T || mark(PARTS.hour - 1) === SPACE) &&
    mark(PARTS.minute - 1) === COLON &&
    mark(PARTS.second - 1) === COLON;
  if (!shaped) return Number.NaN;
  const [month, day, hour] = [part(PARTS.month, 2), part(PARTS.day, 2), part(PARTS.hour, 2)];
  const [minute, second] = [part(PARTS.minute, 2), part(PARTS.second, 2)];
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 24 && minute <= 59 && second <= 60)) {
    return Number.NaN;
  }
  const whole = Date.UTC(part(PARTS.year, 4), month - 1, day, hour, minute, second) / 1000;
  let at = start + PARTS.length;
  let fraction = 0;
  if (at < end && (bytes[at] === POINT || bytes[at] === COMMA)) {
    const first = at + 1;
    for (at = first; at < end && bytes[at]! >= 48 && bytes[at]! <= 57; at++);
    fraction = wholeIn(bytes, first, Math.min(at, first + 9)) / 10 ** Math.min(at - first, 9);
  }
  return whole + fraction - zoneIn(bytes, at, end);
}

/** Seconds that a zone is ahead of UTC. */
function zoneIn(bytes: Uint8Array, start: number, end: number): number {
  if (start === end || (bytes[start] === LETTER_Z && end - start === 1)) return 0;
  const sign = bytes[start] === PLUS ? 1 : bytes[start] === DASH ? -1 : Number.NaN;
  if (end - start !== 6 || bytes[start + 3] !== COLON) return Number.NaN;
  return sign * (wholeIn(bytes, start + 1, start + 3) * 3600 + wholeIn(bytes, start + 4, end) * 60);
}
