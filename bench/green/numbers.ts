import { visit } from "jsonc-parser";
import { outputOf } from "../../src/adapters/reading/output.ts";

/** A number in an output: where it stands, and the name of the place, which all numbers share that mean the same. */
export interface NumberAt {
  readonly start: number;
  readonly end: number;
  readonly place: string;
}

/** A number that no word, version or path holds: `12`, `1,234.5`, `1.5e-3`. */
const NUMBER = /(?<![\w./-])\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** The same where a comma parts columns. */
const CELL_NUMBER = /(?<![\w./-])\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** More places than this are more than a format has: then what only names one benchmark is left out of them. */
const MOST_PLACES = 250;

/**
 * Every number of an output, by the form that it is written in: by key in JSON and JSON lines, by column in tables, by attribute in XML, and in any other text
 * by the words of its line.
 */
export function numbersIn(text: string): readonly NumberAt[] {
  const found = formOf(text)(text);
  if (new Set(found.map(({ place }) => place)).size <= MOST_PLACES) return found;
  return found.map((each) => ({ ...each, place: tailOf(each.place) }));
}

/** The forms of outputs. */
export type Form = "json" | "json-lines" | "xml" | "table" | "text";

/** The form of an output, by its looks. */
export function formName(text: string): Form {
  const start = text.replace(/^\uFEFF/, "").trimStart();
  if (start.startsWith("<")) return "xml";
  if (isJson(start)) return "json";
  const lines = start.split("\n").filter((line) => line.trim() !== "");
  if (lines.filter((line) => line.startsWith("{")).length > lines.length / 2) return "json-lines";
  return separatorOf(lines) === null ? "text" : "table";
}

function formOf(text: string): (text: string) => readonly NumberAt[] {
  return {
    json: inJson,
    "json-lines": inJsonLines,
    xml: inXml,
    table: inTable,
    text: (of: string) => linesOf(of).flatMap(({ line, start }) => inLine(line, start)),
  }[formName(text)];
}

function isJson(text: string): boolean {
  return outputOf(text).json() !== undefined;
}

function inJson(text: string): readonly NumberAt[] {
  return inDocument(text, 0, "");
}

/** The words by which lines of one file differ in kind. */
const KINDS = ["type", "metric", "event", "reason", "Action"];

function inJsonLines(text: string): readonly NumberAt[] {
  return linesOf(text).flatMap(({ line, start }) => {
    if (!isJson(line.trim())) return inLine(line, start);
    const value = outputOf(line).json() as Readonly<Record<string, unknown>>;
    const kind = KINDS.map((key) => (typeof value[key] === "string" ? value[key] : "")).join("|");
    return inDocument(line, start, kind);
  });
}

function inDocument(text: string, start: number, kind: string): readonly NumberAt[] {
  const found: NumberAt[] = [];
  const mixed = mixedLists(text);
  visit(text, {
    onLiteralValue(value, offset, length, _line, _character, path) {
      if (typeof value !== "number" && typeof value !== "string") return;
      const place = `${kind}${pathName(path(), mixed)}`;
      const raw = text.slice(offset, offset + length);
      for (const [index, match] of [...raw.matchAll(typeof value === "number" ? /[\d.eE+]+/g : NUMBER)].entries()) {
        const from = start + offset + match.index;
        found.push({ start: from, end: from + match[0].length, place: `${place}#${index}` });
      }
    },
  });
  return found;
}

/** The lists that hold values of several kinds, by their paths: what stands in each place is something of its own. */
function mixedLists(text: string): ReadonlySet<string> {
  const mixed = new Set<string>();
  const look = (value: unknown, path: string) => {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value) && new Set(value.map((each) => typeof each)).size > 1) mixed.add(path);
    for (const [key, inner] of Object.entries(value)) look(inner, `${path}/${key}`);
  };
  look(outputOf(text).json(), "");
  return mixed;
}

function pathName(path: readonly (string | number)[], mixed: ReadonlySet<string>): string {
  let [exact, name] = ["", ""];
  for (const part of path) {
    name += typeof part === "number" && !mixed.has(exact) ? "/*" : `/${part}`;
    exact += `/${part}`;
  }
  return name;
}

function inXml(text: string): readonly NumberAt[] {
  const found: NumberAt[] = [];
  for (const tag of text.matchAll(/<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*"[^"]*")*)\s*\/?>([^<]*)/g)) {
    const [all, name, attributes, content] = tag as unknown as [string, string, string, string];
    const from = tag.index + 1 + name.length;
    for (const attribute of attributes.matchAll(/([\w:.-]+)\s*=\s*"([^"]*)"/g)) {
      const at = from + attribute.index + attribute[0].length - 1 - attribute[2]!.length;
      found.push(...numbersOf(attribute[2]!, at, `${name} ${attribute[1]}`));
    }
    found.push(...numbersOf(content, tag.index + all.length - content.length, name));
  }
  return found;
}

/** The most kinds of rows that a table has, by the first word in them. */
const MOST_KINDS = 30;

function inTable(text: string): readonly NumberAt[] {
  const lines = linesOf(text);
  const separator = separatorOf(lines.map(({ line }) => line).filter((line) => line.trim() !== ""))!;
  const word = (line: string) => cellsOf(line, separator).find((cell) => /^["\s]*[A-Za-z_]/.test(cell)) ?? "";
  const words = new Set(lines.map(({ line }) => word(line)));
  return lines.flatMap(({ line, start }) => {
    const kind = words.size <= MOST_KINDS ? word(line) : "";
    let at = start;
    return cellsOf(line, separator).flatMap((cell, column) => {
      const from = at;
      at += cell.length + 1;
      return numbersOf(cell, from, `${kind}:${column}`, CELL_NUMBER);
    });
  });
}

/** What parts the columns of a table; null where the lines are none: nearly all of them must have the same number of columns, three at least. */
function separatorOf(lines: readonly string[]): string | null {
  const found = [",", "\t", ";"].find((separator) => {
    const counts = lines.map((line) => cellsOf(line, separator).length);
    const usual = [...counts].sort((a, b) => a - b)[counts.length >> 1] ?? 0;
    return usual >= 3 && counts.filter((count) => count === usual).length >= 0.9 * counts.length;
  });
  return found ?? null;
}

/** The cells of a row; what is quoted holds no separators. */
function cellsOf(line: string, separator: string): readonly string[] {
  const cells = [""];
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    if (character === separator && !quoted) cells.push("");
    else cells[cells.length - 1] += character;
  }
  return cells;
}

function inLine(line: string, start: number): readonly NumberAt[] {
  return numbersOf(line, start, line.replace(NUMBER, "#").replace(/\s+/g, " "));
}

function numbersOf(text: string, start: number, place: string, pattern: RegExp = NUMBER): readonly NumberAt[] {
  return [...text.matchAll(pattern)].map((match, index) => ({
    start: start + match.index,
    end: start + match.index + match[0].length,
    place: `${place}#${index}`,
  }));
}

function linesOf(text: string): readonly { readonly line: string; readonly start: number }[] {
  let start = 0;
  return text.split("\n").map((line) => {
    const from = start;
    start += line.length + 1;
    return { line, start: from };
  });
}

/** The end of a place, without what names a single benchmark. */
function tailOf(place: string): string {
  return place.includes("/") ? place.split("/").slice(-2).join("/") : place.split(/\s+/).slice(-3).join(" ");
}
