import { visit } from "jsonc-parser";
import { GateError, type Position } from "../model/error.ts";

/** Where a value stands in a document: object keys and list indices from the root. */
export type Path = readonly PropertyKey[];

/** Throws the `GateError` for what is wrong at a path. */
export type Refuse = (path: Path, problem: string, remedy?: string) => never;

/** The value of a JSON text. Throws a `GateError` with the line and column of the first thing that is not JSON. */
export function parseRecordingJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    if (brokenOff(json) !== null) throw new GateError(BROKEN_OFF.problem, BROKEN_OFF.remedy, placeOfMistake(json));
    const remedy = "A recording is one JSON document, and JSON has no comments, NaN or Infinity";
    throw new GateError("this is not JSON", remedy, placeOfMistake(json));
  }
}

/** A path as people write it: `rounds[3].measurements[0].samples[17]`, `quantiles["0.5"]`. */
export function keyPath(path: Path): string {
  return path.reduce<string>((before, key) => {
    if (typeof key === "number") return `${before}[${key}]`;
    const word = String(key).slice(0, 100);
    if (!/^[A-Za-z_$][\w$]*$/.test(word)) return `${before}[${JSON.stringify(word)}]`;
    return before === "" ? word : `${before}.${word}`;
  }, "");
}

/**
 * Line and column of the value at `path`, or of the innermost value around it that is there; nothing where the text is nested too deeply.
 * Reads the text again as a stream of tokens: only errors pay for positions, and a tree of a 50 MB recording would not fit in memory.
 */
export function locate(json: string, path: Path): Position {
  let depth = -1;
  let found: Position = {};
  const look = (line: number, character: number, supply: () => Path) => {
    if (depth === path.length) return;
    const here = supply();
    if (here.length <= depth || here.length > path.length || here.some((key, i) => key !== path[i])) return;
    depth = here.length;
    found = { line: line + 1, column: character + 1 };
  };
  walk(json, {
    onObjectBegin: (_offset, _length, line, character, supply) => look(line, character, supply),
    onArrayBegin: (_offset, _length, line, character, supply) => look(line, character, supply),
    onLiteralValue: (_value, _offset, _length, line, character, supply) => look(line, character, supply),
  });
  return found;
}

/** Line and column of the first thing in a text that is not JSON; neither where the text is nested too deeply to look. */
export function placeOfMistake(json: string): Position {
  let found: Position | undefined;
  walk(json, {
    onError: (_code, _offset, _length, line, character) => {
      found ??= { line: line + 1, column: character + 1 };
    },
  });
  return found ?? {};
}

/** What is wrong with a JSON text that `brokenOff` finds, and what to do. */
export const BROKEN_OFF = {
  problem: "The JSON ends in the middle: its end is missing",
  remedy: "Give the whole output; the tool may have been stopped",
} as const;

/** The longest text that is looked into for a missing end. */
const LOOKED_INTO = 1 << 24;

/** The line on which a JSON document breaks off that began soundly; null where it is whole, or no JSON. */
export function brokenOff(text: string): number | null {
  const start = text.trimStart();
  if (!/^[{[]/.test(start) || text.length > LOOKED_INTO) return null;
  try {
    JSON.parse(start);
    return null;
  } catch (error) {
    // What V8 says where nothing but the end is wrong.
    const { message } = error as Error;
    const at = message.startsWith("Unexpected end")
      ? start.length
      : Number(/at position (\d+)/.exec(message)?.[1] ?? 0);
    if (at < start.trimEnd().length) return null;
    return text.trimEnd().split("\n").length;
  }
}

/** Visits the tokens; a text that is nested too deeply for the stack is left where it is. */
function walk(json: string, visitor: Parameters<typeof visit>[1]): void {
  try {
    visit(json, visitor, { disallowComments: true, allowTrailingComma: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}
