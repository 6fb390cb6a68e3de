import { parse as parseCsv } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tableReader } from "../../../src/adapters/reading/rows.ts";

/** The rows of a table whose bytes come in pieces of so many, each with the line that it begins on. */
function rowsOf(text: string, size = text.length + 1, options: Parameters<typeof tableReader>[1] = {}) {
  const rows: { cells: string[]; line: number }[] = [];
  const reader = tableReader(
    {
      row: (fields, line) =>
        void rows.push({ cells: Array.from({ length: fields.count }, (_, i) => fields.text(i)), line }),
      end: () => [],
    },
    options,
  );
  const bytes = new TextEncoder().encode(text);
  const memory = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    memory.set(piece);
    reader.push(memory.subarray(0, piece.length));
  }
  reader.end();
  return rows;
}

const cells = (text: string, size?: number) => rowsOf(text, size).map((row) => row.cells);

describe("the rows of a table", () => {
  it("are those that csv-parse finds, however the bytes are cut", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "µ", ",", '"', "\n", " ", "1"), maxLength: 6 });
    const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        (rows, size) => {
          const text = rows.map((row) => `${row.map(quoted).join(",")}\n`).join("");
          expect(cells(text, size)).toEqual(parseCsv(text, { relax_column_count: true }));
          expect(cells(text, size)).toEqual(rows);
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });

  it("begin on the line that is told, with line breaks between quotes, empty lines and CRLF", () => {
    expect(rowsOf('a,"b\r\nc"\r\n\r\nd,e\r\n')).toEqual([
      { cells: ["a", "b\nc"], line: 1 },
      { cells: ["d", "e"], line: 4 },
    ]);
  });

  it("may be parted by tabs, where a quote is a character like any other", () => {
    expect(rowsOf('a "b\t"c\n', 3, { delimiter: "\t", quoted: false })[0]!.cells).toEqual(['a "b', '"c']);
  });

  it.each([
    ["a,b\nc,d", "2: the last line is cut off"],
    ['a,b\nc,"d', "2: the last line is cut off"],
    ['a,b\nc,"d\ne,f\n', "2: A quote is never closed"],
    ['a,b\n"c"x,d\n', "2: There is a quote inside a field"],
    ['a,"\n'.repeat(3), "3: A quote is never closed"],
  ])("are refused at a line: %j", (text, message) => {
    expect(() => rowsOf(text)).toThrow(message);
  });

  it("are read in linear time where a quote is never closed", () => {
    expect(() => rowsOf(`"${"a\n".repeat(200_000)}`, 4096)).toThrow("1: A quote is never closed");
  });
});
