/** A number as JSON can write it: what is not finite is a word. */
export type WireNumber = number | "Infinity" | "-Infinity" | "NaN" | null;

/** A list of numbers as whole multiples of a power of ten: [exponent, …multiples]; null where one is missing. */
export type WireNumbers = readonly (number | null)[];

/** Digits that a chart can show. */
const DIGITS = 4;
/** How many more digits the largest number of a list may have than the smallest: beyond that no chart shows both. */
const SPAN = 6;

/** Below 10 to this power doubles have no digits to spare. */
const SMALLEST = -290;

/**
 * A number of so many significant digits, which reports then print with fewer. One that rounds to a round number keeps all its digits:
 * it may lie beside a tie, and rounding twice would print what rounding once does not.
 */
export function wireNumber(value: number | null, digits: number): WireNumber {
  if (value === null) return null;
  if (!Number.isFinite(value)) return String(value) as WireNumber;
  const short = Number(value.toPrecision(digits));
  return short === Number(value.toPrecision(digits - 2)) ? value : short;
}

/** The number that `wireNumber` wrote. */
export function fromWire(value: WireNumber): number | null {
  return value === null ? null : Number(value);
}

/** Numbers to four significant digits; those that are smaller than the largest by a factor of a million and more lose some of them. */
export function packed(values: readonly (number | null)[]): WireNumbers {
  const sizes = values.flatMap((value) => (value === null || value === 0 || !Number.isFinite(value) ? [] : [value]));
  const exponents = sizes.map((value) => Math.floor(Math.log10(Math.abs(value))));
  const least = exponents.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = exponents.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const exponent = sizes.length === 0 ? 0 : Math.max(least, most - SPAN, SMALLEST) - DIGITS + 1;
  return [exponent, ...values.map((value) => multiple(value, exponent))];
}

/** The numbers that `packed` wrote. */
export function unpacked([exponent, ...multiples]: WireNumbers): readonly (number | null)[] {
  return multiples.map((value) => (value === null ? null : scaled(value, exponent ?? 0)));
}

function multiple(value: number | null, exponent: number): number | null {
  if (value === null || !Number.isFinite(value)) return null;
  const short = Number(value.toPrecision(DIGITS));
  return Math.round(scaled(short, -exponent));
}

/** Powers of ten are exact only from 10⁰ to 10²², so small ones divide. */
function scaled(value: number, exponent: number): number {
  return exponent < 0 ? value / 10 ** -exponent : value * 10 ** exponent;
}
