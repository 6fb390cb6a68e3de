import type { Dimension } from "../model/dimension.ts";
import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";

/** A unit as a fraction of the canonical one: value × times ÷ per. Two whole numbers, so that `15%` is exactly 0.15. */
type Unit = readonly [times: number, per: number];

const SECOND_PARTS: Readonly<Record<string, Unit>> = {
  ns: [1, 1e9],
  us: [1, 1e6],
  µs: [1, 1e6],
  ms: [1, 1e3],
  s: [1, 1],
  m: [60, 1],
  min: [60, 1],
  h: [3600, 1],
};

const BYTES: Readonly<Record<string, Unit>> = {
  B: [1, 1],
  kB: [1e3, 1],
  MB: [1e6, 1],
  GB: [1e9, 1],
  KiB: [1024, 1],
  MiB: [1024 ** 2, 1],
  GiB: [1024 ** 3, 1],
};

const BYTE_RATES = Object.fromEntries(Object.entries(BYTES).map(([unit, factor]) => [`${unit}/s`, factor]));

/** How every dimension is written: its word, a well-written example, and its units, as fractions of its canonical one. */
const WRITTEN: Readonly<
  Record<Dimension, { readonly word: string; readonly example: string; readonly units: Readonly<Record<string, Unit>> }>
> = {
  share: { word: "a percentage", example: "5%", units: { "%": [1, 100] } },
  duration: { word: "a duration", example: "250ms", units: SECOND_PARTS },
  bytes: { word: "a size", example: "64KiB", units: BYTES },
  rate: {
    word: "a rate",
    example: "500/s",
    units: { "/s": [1, 1], "k/s": [1e3, 1], "M/s": [1e6, 1], "/min": [1, 60] },
  },
  "byte-rate": { word: "bytes per second", example: "20MB/s", units: BYTE_RATES },
  count: { word: "a plain number", example: "12", units: { "": [1, 1] } },
};

const SHAPE = /^(-?(?:\d+(?:\.\d+)?|\.\d+))\s*([^\s\d.][^\s]*)?$/;

/**
 * A quantity as people write it (`5%`, `250ms`, `64KiB`, `10m`, `500/s`) in its canonical unit (0.05, 0.25, 65536, 600, 500).
 *
 * `dimensions` are those that make sense here, the usual one first. A bare number is refused where a unit is needed: nobody
 * guesses whether 250 is milliseconds. Throws a `GateError` that says what to write instead.
 */
export function parseQuantity(value: unknown, dimensions: readonly Dimension[]): number {
  const text = typeof value === "number" || typeof value === "string" ? String(value).trim() : null;
  if (text === null) throw new GateError(notThe(value, wanted(dimensions)), like(dimensions));
  const [, digits, unit = ""] = SHAPE.exec(text) ?? [];
  if (digits === undefined) throw new GateError(`${quote(text)} is not ${wanted(dimensions)}`, like(dimensions));
  if (digits.startsWith("-")) throw new GateError(`${quote(text)} is negative`, `${like(dimensions)}, without a sign`);
  const known = dimensions.map((dimension) => WRITTEN[dimension].units[unit]).find((found) => found !== undefined);
  if (known === undefined) throw wrongUnit(text, digits, unit, dimensions);
  const [times, per] = known;
  const canonical = (Number(digits) * times) / per;
  if (!Number.isFinite(canonical)) throw new GateError(`${quote(text)} is too large`, like(dimensions));
  return canonical;
}

/** The pattern of a well-written quantity, for editors that read the JSON schema. */
export function quantityPattern(dimensions: readonly Dimension[]): string {
  const units = dimensions.flatMap((dimension) => Object.keys(WRITTEN[dimension].units));
  return `^\\d*\\.?\\d+\\s*(${units.map((unit) => unit.replace(/[/.]/g, "\\$&")).join("|")})$`;
}

/** A value as it is quoted in messages, cut where it is long. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 56)}…"` : text;
}

/** What a YAML or JSON value is, in words: `a list`. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (Array.isArray(value)) return "a list";
  return { object: "a mapping", number: "a number", boolean: "a yes or no" }[typeof value as string] ?? "a text";
}

/** What is wrong with a value that is of another kind than `wanted`, such as `a list`. */
export function notThe(value: unknown, wanted: string): string {
  const kind = kindOf(value);
  if (kind !== "nothing") return `This is ${kind}, not ${wanted}`;
  return `${wanted.charAt(0).toUpperCase()}${wanted.slice(1)} is missing`;
}

function wrongUnit(text: string, digits: string, unit: string, dimensions: readonly Dimension[]): GateError {
  if (unit === "") return new GateError(`${text} has no unit`, `Write ${withUnit(digits, dimensions)}`);
  const foreign = Object.values(WRITTEN).find(({ units }) => units[unit] !== undefined);
  if (foreign !== undefined) {
    return new GateError(`${text} is ${foreign.word} where ${wanted(dimensions)} is needed`, like(dimensions));
  }
  const units = dimensions.flatMap((dimension) => Object.keys(WRITTEN[dimension].units)).filter(Boolean);
  const near = nearest(unit, units);
  const remedy = near === null ? `Known here: ${units.join(", ") || "no unit at all"}` : `Write ${digits}${near}`;
  return new GateError(`${quote(unit)} in ${quote(text)} is not a unit of ${wanted(dimensions)}`, remedy);
}

/** The usual unit put behind a bare number; a fraction of one becomes the percentage it probably was. */
function withUnit(digits: string, dimensions: readonly Dimension[]): string {
  if (dimensions[0] === "share")
    return `${Number(digits) < 1 ? Number((Number(digits) * 100).toPrecision(12)) : digits}%`;
  const unit = { duration: "s", bytes: "B", rate: "/s", "byte-rate": "B/s", share: "%", count: "" };
  const usual = dimensions[0] ?? "count";
  return `${digits}${unit[usual]}, or what you mean in ${Object.keys(WRITTEN[usual].units).join(", ")}`;
}

function wanted(dimensions: readonly Dimension[]): string {
  return [...new Set(dimensions.map((dimension) => WRITTEN[dimension].word))].join(" or ");
}

function like(dimensions: readonly Dimension[]): string {
  return `Write it like ${dimensions.map((dimension) => WRITTEN[dimension].example).join(" or ")}`;
}
