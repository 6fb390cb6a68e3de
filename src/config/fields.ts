import type { Dimension } from "../model/dimension.ts";
import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { kindOf, notThe, parseQuantity, quote } from "./scalars.ts";

/** A text with something in it, without the white space around it. */
export function text(value: unknown): string {
  if (typeof value === "string" && value.trim() !== "") {
    if (value.includes("\u0000")) throw new GateError("The text holds a NUL character", "Remove it");
    return value.trim();
  }
  if (typeof value === "number" || typeof value === "boolean") {
    throw new GateError(`${value} is ${kindOf(value)} where a text is needed`, `Quote it: "${value}"`);
  }
  throw new GateError(notThe(value, "a text"), "Write the text after the colon");
}

/** A list of texts with at least one in it; a single text is a list of one. */
export function texts(value: unknown): readonly string[] {
  const items = Array.isArray(value) ? value : [value];
  if (items.length === 0) throw new GateError("The list is empty", "Write at least one item");
  return items.map(text);
}

/**
 * Globs of files inside the folder they are looked for in: relative, and without a step up. A `!` in front excludes. Braces and brackets
 * are looked into, so that `{..,src}/*.js` is found out as well.
 */
export function globs(value: unknown): readonly string[] {
  const patterns = texts(value);
  const outside = patterns.find(
    (pattern) =>
      /^!?(?:[/\\]|[A-Za-z]:)/.test(pattern) || pattern.split(/[/\\{},()|!]/).some((segment) => segment === ".."),
  );
  if (outside === undefined) return patterns;
  throw new GateError(
    `${quote(outside)} leads out of the repository`,
    'Patterns stay inside it: write one such as "bench/**/*.bench.js"',
  );
}

/** A folder inside the repository, `/` as separator, without one at its end; null for the repository itself. */
export function folder(value: unknown): string | null {
  const written = text(value);
  const names = written.split(/[/\\]+/).filter((name) => name !== "" && name !== ".");
  if (/^(?:[/\\]|[A-Za-z]:)/.test(written) || names.includes("..")) {
    throw new GateError(
      `${quote(written)} leads out of the repository`,
      'Name a folder inside it, such as "packages/parser"',
    );
  }
  return names.length === 0 ? null : names.join("/");
}

/** A whole number of at least 1 and at most `largest`. */
export function wholeNumber(value: unknown, largest: number): number {
  const number = typeof value === "string" && /^-?\d+$/.test(value.trim()) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number)) {
    throw new GateError(`${quote(value)} is not a whole number`, `Write a number from 1 to ${largest}`);
  }
  if (number < 1) throw new GateError(`${number} is less than 1`, `Write a number from 1 to ${largest}`);
  if (number > largest) throw new GateError(`${number} is more than ${largest}`, `Write a number from 1 to ${largest}`);
  return number;
}

/** One of `choices`. */
export function choice<T extends string>(value: unknown, choices: readonly T[]): T {
  const found = choices.find((word) => word === value);
  if (found !== undefined) return found;
  const near = typeof value === "string" ? nearest(value, choices) : null;
  throw new GateError(
    `${quote(value)} is not ${choices.length > 1 ? `one of ${choices.join(", ")}` : quote(choices[0])}`,
    near === null ? `Write ${choices.length > 1 ? "one of them" : choices[0]}` : `Did you mean ${quote(near)}?`,
  );
}

/** A length of time in seconds, more than none. */
export function duration(value: unknown): number {
  const seconds = parseQuantity(value, ["duration"]);
  if (seconds === 0) throw new GateError("No time at all is left", "Write a duration such as 10m");
  return seconds;
}

/** A share of one, written as a percentage. */
export function share(value: unknown): number {
  return parseQuantity(value, ["share"]);
}

/** A reader of one quantity in any of `dimensions`. */
export function quantity(dimensions: readonly Dimension[]): (value: unknown) => number {
  return (value) => parseQuantity(value, dimensions);
}

/** A day of the calendar, `YYYY-MM-DD`. */
export function day(value: unknown): string {
  const written = text(value);
  const date = /^\d{4}-\d\d-\d\d$/.test(written) ? new Date(`${written}T00:00:00Z`) : new Date(Number.NaN);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== written) {
    throw new GateError(`${quote(written)} is not a day of the calendar`, "Write it like 2027-03-01");
  }
  return written;
}
