import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Lines, LONGEST_LINE, textOf } from "../../../src/adapters/reading/lines.ts";

interface Line {
  readonly text: string;
  readonly number: number;
  readonly ended: boolean;
}

/** The lines of bytes that come in pieces of so many. */
function linesOf(bytes: Uint8Array, size: number): Line[] {
  const found: Line[] = [];
  const lines = new Lines((within, start, end, number, ended) => {
    found.push({ text: textOf(within, start, end), number, ended });
  });
  // The same memory again and again, as files are read.
  const memory = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    memory.set(piece);
    lines.push(memory.subarray(0, piece.length));
  }
  lines.end(() => undefined);
  return found;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("lines", () => {
  it("are the same however the bytes are cut", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "µ", "😀", "\n", "\r\n", " ", '"'), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 20 }), (given, size) => {
        const expected = given.split("\n");
        if (expected.at(-1) === "") expected.pop();
        const found = linesOf(bytesOf(given), size);
        expect(found.map((line) => line.text)).toEqual(expected.map((line) => line.replace(/\r$/, "")));
        expect(found.map(({ number }) => number)).toEqual(expected.map((_, i) => i + 1));
        expect(found.map(({ ended }) => ended)).toEqual(
          expected.map((_, i) => i + 1 < expected.length || given.endsWith("\n")),
        );
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it.each([1, 2, 3, 100])(
    "leave a byte order mark out, in pieces of %i bytes, and only at the very beginning",
    (size) => {
      const lines = linesOf(bytesOf("\uFEFFa\n\uFEFFb\n"), size);
      expect(lines.map(({ text }) => text)).toEqual(["a", "\uFEFFb"]);
    },
  );

  it("show bytes that are not UTF-8 as U+FFFD, and never end at one", () => {
    expect(linesOf(Uint8Array.of(0x61, 0xff, 0xc3, 0x0a, 0x62, 0x0a), 2).map(({ text }) => text)).toEqual([
      "a\uFFFD\uFFFD",
      "b",
    ]);
  });

  it("are refused where one is longer than may be kept, with its number", () => {
    const lines = new Lines(() => undefined);
    lines.push(bytesOf("short\n"));
    const piece = new Uint8Array(2 ** 20).fill(97);
    expect(() => {
      for (let size = 0; size <= LONGEST_LINE; size += piece.length) lines.push(piece);
    }).toThrow("2: The line is longer than 16 MiB");
  });
});
