import { BROKEN_OFF, brokenOff, placeOfMistake } from "../../codec/place.ts";
import { GateError, type Position } from "../../model/error.ts";
import type { ToolOutput } from "../adapter.ts";
import { isNotFinite, quoteNaN } from "./json-nan.ts";

/** A JSON object, its keys as they were written: `__proto__` is a key like any other, so read it with `field`. */
export type JsonObject = Readonly<Record<string, unknown>>;

const NOT_ALONE = "The file may hold more than the tool's output: have the tool write it to a file of its own";

/**
 * The value that a JSON text holds. A leading byte order mark is tolerated, and a number that JSON does not have is a text, as `quoteNaN` tells.
 * Throws a `GateError` with line and column where the text is not JSON; `line` is where `text` starts, for one line of many.
 */
export function parseJson(text: string, line = 1): unknown {
  const clean = stripMark(text);
  const value = valueIn(clean);
  if (value === undefined) {
    const { line: within, ...place } = placeOfMistake(quoteNaN(clean));
    const { problem, remedy } = describe(clean);
    throw new GateError(problem, remedy, {
      ...place,
      ...(within === undefined ? {} : { line: line + within - 1 }),
    });
  }
  return value;
}

/** The value of a text without a mark; undefined where it is no JSON. */
function valueIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const quoted = quoteNaN(text);
    if (quoted === text) return undefined;
    try {
      return JSON.parse(quoted);
    } catch {
      return undefined;
    }
  }
}

/** `text` without the byte order mark that some shells put before it. */
export function stripMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

/** Whether `text` begins, spaces aside, with one of `openings`: the cheap look that `recognises` takes before it parses. */
export function opensWith(text: string, ...openings: readonly string[]): boolean {
  const start = stripMark(text).slice(0, 4096).trimStart();
  return openings.some((opening) => start.startsWith(opening));
}

/** Whether `text` begins as a JSON object or list does, and no line such as `[info] ready` or `[1/4] building`. */
export function opensAsJson(text: string): boolean {
  const start = stripMark(text).slice(0, 4096).trimStart();
  return /^(?:\{\s*["}]|\[\s*(?:["[{\]]|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\s*[,\]]))/.test(start);
}

/** The JSON value of `text`, or undefined where there is none: for `recognises`, which never throws. */
export function tryJson(text: string): unknown {
  return opensWith(text, "{", "[") ? valueIn(stripMark(text)) : undefined;
}

/** The JSON value of an output. Throws what `parseJson` throws. */
export function jsonOf({ text, json }: ToolOutput): unknown {
  return json() ?? parseJson(text);
}

/** The path of a member: `at("benchmarks[3]", "stats")` is `benchmarks[3].stats`, `at("data", 2)` is `data[2]`. */
export function at(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  if (!/^[A-Za-z_$][\w$]{0,99}$/.test(key)) return `${path}[${JSON.stringify(key.slice(0, 100))}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** Whether a value is a JSON object, not null and not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value under a key that the object itself holds; undefined for an absent key and for what objects inherit. */
export function field(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The value as an object. */
export function readObject(value: unknown, path: string): JsonObject {
  return isObject(value) ? value : mistake("an object", value, path);
}

/** The value as a list. */
export function readArray(value: unknown, path: string): readonly unknown[] {
  return Array.isArray(value) ? value : mistake("a list", value, path);
}

/** The value as a text; it may be empty. */
export function readString(value: unknown, path: string): string {
  return typeof value === "string" ? value : mistake("a text", value, path);
}

/** The value as a name: a text that holds more than spaces. */
export function readName(value: unknown, path: string): string {
  return readString(value, path).trim() === "" ? mistake("a name", value, path) : (value as string);
}

/** The value as a finite number. */
export function readNumber(value: unknown, path: string): number {
  return typeof value === "number" && Number.isFinite(value) ? value : mistake("a finite number", value, path);
}

/** The value as a finite number of at least zero: a duration, a size, a count. */
export function readPositive(value: unknown, path: string): number {
  return readNumber(value, path) >= 0 ? (value as number) : mistake("a number of at least 0", value, path);
}

/** The value as a list of finite numbers of at least zero, each multiplied by `scale`. */
export function readSamples(value: unknown, path: string, scale = 1): Float64Array {
  const samples = readArray(value, path);
  // Paths are for errors alone: a list may hold millions.
  const wrong = samples.findIndex((sample) => !(typeof sample === "number" && sample >= 0 && Number.isFinite(sample)));
  if (wrong >= 0) readPositive(samples[wrong], at(path, wrong));
  return Float64Array.from(samples as readonly number[], (sample) => sample * scale);
}

/** How many entries of a list `recognises` looks at before it takes the list for another tool's. */
const TELLING = 1000;

/** Whether one of the first entries of a list is what a tool writes. A long list of another tool's is not looked through to its end. */
export function holdsSome(list: readonly unknown[], is: (value: unknown) => boolean): boolean {
  return list.slice(0, TELLING).some(is);
}

/** Refuses a value that is not what the tool writes there, naming both. */
export function mistake(expected: string, value: unknown, path: string): never {
  const where: Position = path === "" ? {} : { path };
  const remedy = "The file is not this tool's output, or of a version that is not supported: check `tool`";
  throw new GateError(`Expected ${expected}, found ${kindOf(value)}`, remedy, where);
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return String(value);
  if (isNotFinite(value)) return value;
  if (typeof value === "string") return `the text ${JSON.stringify(value.slice(0, 40))}`;
  return typeof value === "object" ? "an object" : String(value);
}

function describe(text: string): { readonly problem: string; readonly remedy: string } {
  if (text.trim() !== "" && brokenOff(quoteNaN(text)) !== null) return BROKEN_OFF;
  return { problem: text.trim() === "" ? "Expected JSON, found no text" : "Not valid JSON", remedy: NOT_ALONE };
}
