import type { GateError } from "../../model/error.ts";
import { stripMark } from "./json.ts";

/** One line of a text; `number` counts from 1. */
export interface TextLine {
  readonly text: string;
  readonly number: number;
}

/** What the lines of a format look like, by name: the first pattern that fits a line names it. */
export type LineTable<Name extends string> = readonly (readonly [name: Name, pattern: RegExp])[];

/** A line that fitted a pattern: `cells` are the pattern's groups. */
export interface FoundLine {
  readonly cells: readonly string[];
  readonly number: number;
}

/** The lines of a text, without a byte order mark, with LF or CRLF between them. */
export function textLines(text: string): readonly TextLine[] {
  return stripMark(text)
    .split(/\r?\n/)
    .map((line, i) => ({ text: line, number: i + 1 }));
}

/** No count, size or time that a tool prints is larger; a number that is would lose digits or be infinite. */
const LARGEST = 1e15;

/**
 * The lines by name, in order; blank ones are passed over. Throws what `unknown` makes of a line that fits no pattern, or holds a number beyond
 * what any tool can mean.
 */
export function readTable<Name extends string>(
  lines: readonly TextLine[],
  table: LineTable<Name>,
  unknown: (line: TextLine) => GateError,
): ReadonlyMap<Name, readonly FoundLine[]> {
  const found = new Map<Name, FoundLine[]>();
  for (const line of lines) {
    if (line.text.trim() === "") continue;
    const fitting = table.find(([, pattern]) => pattern.test(line.text));
    if (fitting === undefined) throw unknown(line);
    const [name, pattern] = fitting;
    const cells = pattern.exec(line.text)!.slice(1);
    if (cells.some((cell) => Number(cell) > LARGEST)) throw unknown(line);
    const list = found.get(name) ?? [];
    found.set(name, list);
    list.push({ cells: cells.map((cell) => cell ?? ""), number: line.number });
  }
  return found;
}

/** The lines in runs that each begin where `starts` fits; `before` are those ahead of the first. */
export function splitRuns(
  lines: readonly TextLine[],
  starts: RegExp,
): { readonly before: readonly TextLine[]; readonly runs: readonly (readonly TextLine[])[] } {
  const at = lines.flatMap(({ text }, i) => (starts.test(text) ? [i] : []));
  return { before: lines.slice(0, at[0] ?? lines.length), runs: at.map((from, i) => lines.slice(from, at[i + 1])) };
}
