import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayWidth, folded, wrap } from "../../../src/report/parts/width.ts";

describe("wrapped text", () => {
  it("ends lines between words, and never between a number and its per cent", () => {
    expect(wrap("render takes +276 % of the time", 20)).toEqual(["render takes +276 %", "of the time"]);
    expect(wrap("render takes +276 % of the time", 18)).toEqual(["render takes", "+276 % of the time"]);
  });

  it("ends a line with the dot between two parts, and begins none with it", () => {
    expect(wrap("1 regression · 2 unchanged · 3 new", 14)).toEqual(["1 regression ·", "2 unchanged ·", "3 new"]);
  });
});

describe("folded prose", () => {
  it("keeps the indentation of each line, and indents what goes on by two more", () => {
    expect(folded("benchgate: up to 24 pairs, or until decided\n  setup, once for each side", 24)).toBe(
      "benchgate: up to 24\n  pairs, or until\n  decided\n  setup, once for each\n    side",
    );
    expect(folded("", 20)).toBe("");
  });

  it("loses no word, and is no wider than asked for where words allow it", () => {
    const prose = fc
      .array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1, maxLength: 60 })
      .map((words) => words.join(" "));
    fc.assert(
      fc.property(prose, fc.integer({ min: 12, max: 100 }), (text, width) => {
        const lines = folded(text, width).split("\n");
        expect(lines.map((line) => line.trim()).join(" ")).toBe(text);
        expect(lines.every((line) => displayWidth(line) <= width)).toBe(true);
      }),
    );
  });
});
