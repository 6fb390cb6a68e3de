import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ADAPTERS } from "../../../src/adapters/index.ts";
import { parseText } from "../../../src/adapters/parse.ts";
import { HEAD, outputOf, searched } from "../../../src/adapters/reading/output.ts";
import { selectAdapter } from "../../../src/adapters/select.ts";

const FIXTURES = join(import.meta.dirname, "..", "..", "fixtures");

/** A JSON document of each tool that writes some, as `tool: auto` takes it. */
const documents = ADAPTERS.filter(({ name }) => !name.startsWith("custom")).flatMap(({ name }) => {
  const folder = join(FIXTURES, name === "go" ? "go-bench" : name);
  const files = readdirSync(folder).filter((file) => file.endsWith(".json") && file !== "rate.json");
  const texts = files.map((file) => ({ file: `${name}/${file}`, text: readFileSync(join(folder, file), "utf8") }));
  return texts.filter(({ text }) => outputOf(text).json() !== undefined).slice(0, 1);
});

describe("an output at hand as text", () => {
  afterEach(() => vi.restoreAllMocks());

  it("has its JSON only where it is one object or list, whatever stands before it", () => {
    expect(outputOf('\uFEFF [{"a":1}]').json()).toEqual([{ a: 1 }]);
    for (const text of ["", "null", "5", '"a"', "{", '{"a":1}\n{"a":2}\n'])
      expect(outputOf(text).json()).toBeUndefined();
  });

  it.each(documents)("is parsed once for all who look at it: $file", ({ text }) => {
    const parse = vi.spyOn(JSON, "parse");
    const output = outputOf(text);
    parseText(selectAdapter("auto", output), output);
    expect(parse.mock.calls.filter(([parsed]) => parsed === text)).toHaveLength(1);
  });

  it("is searched for lines to its end, and a long JSON document in its beginning alone", () => {
    const long = "x".repeat(HEAD);
    expect(searched(outputOf(`${long}\nend`))).toBe(`${long}\nend`);
    expect(searched(outputOf(`["${long}"]`))).toBe(`["${long.slice(2)}`);
    expect(searched(outputOf("[1]"))).toBe("[1]");
  });

  it("shows its first 64 KiB without a byte order mark", () => {
    expect(outputOf("\uFEFFabc").head).toBe("abc");
    expect(outputOf("x".repeat(HEAD + 1)).head).toHaveLength(HEAD);
  });
});
