import { describe, expect, it } from "vitest";
import { embeddedJson } from "../../../src/adapters/reading/documents.ts";

const documents = (text: string) => embeddedJson(text).map(({ text: found, line }) => [line, JSON.parse(found)]);

describe("JSON among other lines", () => {
  it("is found before, between and behind them, with the line that it begins on", () => {
    const text = 'Check file.ts\n{"a": [1, "}{\\""]}\nload [1/4] {x} [32m ok\n  x [{"b":\n null}]done\n';
    expect(documents(text)).toEqual([
      [2, { a: [1, '}{"'] }],
      [4, [{ b: null }]],
    ]);
  });

  it("is not taken from what looks like it, nor from empty brackets", () => {
    for (const text of ["", "no", "[1/4]", "{ name: 'x' }", "{'a': 1}", "{} and []", "\u001b[32mgreen\u001b[39m [x]"])
      expect(embeddedJson(text)).toEqual([]);
  });

  it("is not taken in parts where it is cut short, or broken by what was printed", () => {
    for (const text of [
      'x\n[{"name": "a", "hz": 1},\n{"name": "b", "h',
      'x\n[{"name": "a", "hz": 1},\nloading {"name": "b", "hz": 2}]',
      'x\n{"results": [{"a": 1}',
    ])
      expect(embeddedJson(text)).toEqual([]);
  });

  it("is found however many brackets a text holds, which a quadratic search would never get through", () => {
    expect(embeddedJson("[".repeat(200_000))).toEqual([]);
    expect(embeddedJson("x[1,2 ".repeat(100_000))).toEqual([]);
    expect(embeddedJson(`"${"\\".repeat(1_000_000)}`)).toEqual([]);
    expect(embeddedJson(`["${"a".repeat(5_000_000)}"]`)).toHaveLength(1);
  });
});
