import { GateError } from "../../../model/error.ts";

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
/** The lines of the tree before what goes on about a benchmark. */
const STEM = /^(?:\u2502 {2}| {3}){0,100}\u2502? */;

const SECONDS: Readonly<Record<string, number>> = {
  ps: 1e-12,
  ns: 1e-9,
  "\u00b5s": 1e-6,
  "\u03bcs": 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86400,
};
const TIME = /^(\d{1,30}(?:\.\d{1,30})?) (\S{1,4})$/;

const REMEDY = "Keep other output out of Divan's table: have the program write to stderr";

/** The row that a line holds; null for a blank one. Throws a `GateError` with the line for what is no row. */
export function readRow(text: string, line: number): DivanRow | null {
  const parts = text.trimEnd().split(` ${BAR}`);
  if (text.trim() === "") return null;
  const cells = parts.slice(1 - COLUMNS).map((cell) => cell.trim());
  const head = parts
    .slice(0, 1 - COLUMNS)
    .join(` ${BAR}`)
    .trimEnd();
  const [, stem, named] = NODE.exec(head) ?? [];
  if (parts.length < COLUMNS) throw new GateError(`Not a row of Divan's table: ${text.slice(0, 80)}`, REMEDY, { line });
  if (named === undefined) return { depth: 0, name: null, cells: [head.replace(STEM, ""), ...cells] };
  // Two spaces or more set the first cell apart from a name, which may hold single ones.
  const gap = named.lastIndexOf("  ");
  const first = gap < 0 ? "" : named.slice(gap).trim();
  const isCell = first === "(ignored)" || TIME.test(first);
  return {
    depth: stem!.length / 3,
    name: (isCell ? named.slice(0, gap) : named).trim(),
    cells: [isCell ? first : "", ...cells],
  };
}

/** The seconds that a cell such as `6.267 ms` tells. Throws a `GateError` with the line where it tells none. */
export function readTime(cell: string, line: number): number {
  const [, digits, unit] = TIME.exec(cell) ?? [];
  const scale = Object.hasOwn(SECONDS, unit ?? "") ? SECONDS[unit!] : undefined;
  if (scale === undefined) throw new GateError(`Not a time: ${cell.slice(0, 40)}`, REMEDY, { line });
  return Number(digits) * scale;
}
