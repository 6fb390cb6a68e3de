import { GateError } from "../../../model/error.ts";
import { secondsIn } from "../../reading/time-unit.ts";

/** One line of Divan's table. */
export interface DivanRow {
  /** How deep its name stands in the tree, from 0; null as the name where the line goes on about the benchmark above. */
  readonly depth: number;
  readonly name: string | null;
  /** Fastest, slowest, median, mean, samples, iterations: as printed, empty where nothing was. */
  readonly cells: readonly string[];
}

const BAR = "\u2502";
const COLUMNS = 6;
/** A node of the tree: three characters for each level above it. */
const NODE = /^((?:\u2502 {2}| {3}){0,100})(?:\u251c\u2500 |\u2570\u2500 )(.*)$/;
const BRANCH = /[\u251c\u2570]\u2500 /;
/** The lines of the tree before what goes on about a benchmark. */
const STEM = /^(?:\u2502 {2}| {3}){0,100}\u2502? */;

/** Units of time that Divan has beside those of all tools. */
const LONG: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86400 };
const TIME = /^(\d{1,30}(?:\.\d{1,30})?) (\S{1,6})$/;

/** The first cell, at the end of what stands behind a name. */
const CELL = /(?:\(ignored\)|(?<!\d|\d\.)\d{1,30}(?:\.\d{1,30})? \S{1,6})$/;

/** What to do about a table that holds other output. */
export const REMEDY = "Keep other output out of Divan's table: have the program write to stderr";

/** Whether a line is a row of some table: outside of one it has lost its heading. */
export function isRow(text: string): boolean {
  return NODE.test(text) && text.split(` ${BAR}`).length >= COLUMNS;
}

/**
 * The row that a line holds; null for a blank one. Names are filled up to `width` columns, and written before the benchmark runs: what stands between
 * there and the first cell is the program's own. Throws a `GateError` with the line for what is no row.
 */
export function readRow(text: string, line: number, width: number): DivanRow | null {
  const parts = text.trimEnd().split(` ${BAR}`);
  if (text.trim() === "") return null;
  const cells = parts.slice(1 - COLUMNS).map((cell) => cell.trim());
  const head = parts
    .slice(0, 1 - COLUMNS)
    .join(` ${BAR}`)
    .trimEnd();
  const [, stem, named] = NODE.exec(head) ?? [];
  // A branch that is no node has something printed in front of it.
  if (parts.length < COLUMNS || (named === undefined && BRANCH.test(head)))
    throw new GateError(`Not a row of Divan's table: ${text.slice(0, 80)}`, REMEDY, { line });
  if (named === undefined) return { depth: 0, name: null, cells: [head.replace(STEM, ""), ...cells] };
  const name = head.slice(0, width).slice(stem!.length + "\u251c\u2500 ".length);
  const rest = head.slice(width).trim();
  const cell = CELL.exec(rest)?.[0] ?? "";
  if (rest !== "" && (cell === "" || !name.endsWith(" ")))
    throw new GateError(`Not a row of Divan's table: ${text.slice(0, 80)}`, REMEDY, { line });
  return { depth: stem!.length / 3, name: name.trim(), cells: [cell, ...cells] };
}

/** The seconds that a cell such as `6.267 ms` tells. Throws a `GateError` with the line where it tells none. */
export function readTime(cell: string, line: number): number {
  const [, digits, unit] = TIME.exec(cell) ?? [];
  const scale = unit === undefined ? undefined : (secondsIn(unit) ?? LONG[unit]);
  if (scale === undefined) throw new GateError(`Not a time: ${cell.slice(0, 40)}`, REMEDY, { line });
  return Number(digits) * scale;
}
