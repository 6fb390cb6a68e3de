import { GateError } from "../../model/error.ts";
import type { OutputReader, ParsedRound } from "../adapter.ts";
import { Lines, LONGEST_LINE, textOf } from "./lines.ts";
import { Names } from "./names.ts";

const QUOTE = 34;
const NEWLINE = 10;

/** The most columns that are looked for. */
const MOST_COLUMNS = 256;

/**
 * The fields of one row of a table: comma-separated with quotes as RFC 4180 has them, or separated by anything else. One object serves all rows of
 * an output, so what it gives holds until the next row.
 */
export class Fields {
  readonly #delimiter: number;
  readonly #quoted: boolean;
  readonly #names = new Names();
  readonly starts: Int32Array = new Int32Array(MOST_COLUMNS);
  readonly ends: Int32Array = new Int32Array(MOST_COLUMNS);
  bytes: Uint8Array = new Uint8Array(0);
  count = 0;
  /** How many columns are looked for: those after them are passed over. */
  wanted = MOST_COLUMNS;

  constructor(delimiter: string, quoted: boolean) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#quoted = quoted;
  }

  /** Takes `bytes[start]` up to `bytes[end]` apart, as far as `wanted` says. Throws a `GateError` without a line for what is no row. */
  split(bytes: Uint8Array, start: number, end: number): void {
    const [starts, ends, delimiter, quoted, wanted] = [
      this.starts,
      this.ends,
      this.#delimiter,
      this.#quoted,
      this.wanted,
    ];
    let count = 0;
    for (let at = start; count < wanted; at++) {
      starts[count] = at;
      if (quoted && bytes[at] === QUOTE && at < end) {
        at = endOfQuoted(bytes, at, end);
        if (at < end && bytes[at] !== delimiter) throw new GateError("There is a quote inside a field", DAMAGED);
      } else while (at < end && bytes[at] !== delimiter) at++;
      ends[count++] = at;
      if (at >= end) break;
    }
    this.bytes = bytes;
    this.count = count;
  }

  /** The text of a field, its quotes taken off; empty where the row has no such column. */
  text(column: number): string {
    if (column < 0 || column >= this.count) return "";
    const text = this.#names.of(this.bytes, this.starts[column]!, this.ends[column]!);
    return this.#quoted && text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
  }

  /** Whether a field is empty, or not there. */
  isEmpty(column: number): boolean {
    return column < 0 || column >= this.count || this.starts[column] === this.ends[column];
  }

  /** What `read` makes of the bytes of a field. */
  number(column: number, read: (bytes: Uint8Array, start: number, end: number) => number): number {
    return column < 0 || column >= this.count ? Number.NaN : read(this.bytes, this.starts[column]!, this.ends[column]!);
  }

  /** Whether the row is the header once more, as in files that were joined: each of the columns (by its name) that is there holds its own name. */
  isHeader(columns: Readonly<Record<string, number>>): boolean {
    const present = Object.entries(columns).filter(([, column]) => column >= 0);
    return present.length > 0 && present.every(([name, column]) => this.text(column).replace(/^\uFEFF/, "") === name);
  }

  /** Refuses the row for what stands in a column. */
  refuse(expected: string, column: number, name: string): never {
    const text = this.text(column).slice(0, 40);
    const found = column < this.count ? JSON.stringify(text) : "nothing";
    throw new GateError(`Expected ${expected}, found ${found}`, /^-\d/.test(text) ? SET_BACK : DAMAGED, { path: name });
  }
}

const DAMAGED = "The file is damaged, or not this tool's output: check `tool`";

/** What to do about a time below zero, which tools write as they measured it. */
export const SET_BACK =
  "It is below zero: the clock was set back while this was measured. Measure again, or leave this one out of the file";

/** What reads a table row by row. */
export interface TableReader {
  /** The first row is given as well. `line` is the one that the row begins on. */
  row(fields: Fields, line: number): void;
  end(): readonly ParsedRound[];
}

/**
 * A reader of a table. A row may hold line breaks between quotes. Empty lines are no rows. A last row without a line break is refused: its last
 * number may be cut short and look whole. `GateError`s get the line.
 */
export function tableReader(
  table: TableReader,
  { delimiter = ",", quoted = true }: { readonly delimiter?: string; readonly quoted?: boolean } = {},
): OutputReader {
  const fields = new Fields(delimiter, quoted);
  const open = new OpenRow();
  let [seen, nextQuote]: [Uint8Array | null, number] = [null, -1];

  const take = (bytes: Uint8Array, start: number, end: number, line: number, ended: boolean) => {
    if (quoted) {
      if (bytes !== seen || (nextQuote !== -1 && nextQuote < start)) {
        seen = bytes;
        nextQuote = bytes.indexOf(QUOTE, start);
      }
      const quotes = nextQuote === -1 || nextQuote >= end ? 0 : quotesIn(bytes, nextQuote, end);
      if (open.isOpen || quotes % 2 === 1) {
        const isWhole = open.add(bytes, start, end, line, quotes);
        if (!ended) throw cut(line);
        if (isWhole) row(open.bytes, 0, open.bytes.length, open.line);
        return;
      }
    }
    if (start === end) return;
    if (!ended) throw cut(line);
    row(bytes, start, end, line);
  };

  const row = (bytes: Uint8Array, start: number, end: number, line: number) => {
    try {
      fields.split(bytes, start, end);
      table.row(fields, line);
    } catch (error) {
      throw error instanceof GateError ? error.at({ line }) : error;
    }
  };

  const lines = new Lines(take);
  return {
    push: (bytes) => {
      // The same memory may come again with other bytes.
      seen = null;
      lines.push(bytes);
    },
    end: () =>
      lines.end(() => {
        if (open.isOpen) throw new GateError("A quote is never closed", DAMAGED, { line: open.line });
        return table.end();
      }),
  };
}

/** A row whose quotes are still open at the end of a line. */
class OpenRow {
  isOpen = false;
  bytes: Uint8Array = new Uint8Array(0);
  line = 0;
  #parts: Uint8Array[] = [];
  #size = 0;

  /** Adds a line with so many quotes; true where the row is whole now, and stands in `bytes`. */
  add(bytes: Uint8Array, start: number, end: number, line: number, quotes: number): boolean {
    if (!this.isOpen) [this.#parts, this.#size, this.line] = [[], 0, line];
    else this.#parts.push(Uint8Array.of(NEWLINE));
    this.#parts.push(bytes.slice(start, end));
    this.#size += end - start + 1;
    if (this.#size > LONGEST_LINE) throw new GateError("A quote is never closed", DAMAGED, { line: this.line });
    if (quotes % 2 === 1) this.isOpen = !this.isOpen;
    if (this.isOpen) return false;
    this.bytes = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      this.bytes.set(part, at);
      at += part.length;
    }
    return true;
  }
}

function quotesIn(bytes: Uint8Array, start: number, end: number): number {
  let quotes = 0;
  for (let at = start; at < end; at++) if (bytes[at] === QUOTE) quotes++;
  return quotes;
}

/** The place after the closing quote of the field that opens at `start`. */
function endOfQuoted(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start + 1; at < end; at++) {
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE || at + 1 >= end) return at + 1;
    at++;
  }
  const shown = JSON.stringify(textOf(bytes, start, Math.min(end, start + 40)));
  throw new GateError(`A quote is never closed: ${shown}`, DAMAGED);
}

function cut(line: number): GateError {
  return new GateError("the last line is cut off", "The tool was stopped while it wrote: let it end by itself", {
    line,
  });
}
