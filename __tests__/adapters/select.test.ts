import { describe, expect, it } from "vitest";
import type { Adapter } from "../../src/adapters/adapter.ts";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { selectAdapter } from "../../src/adapters/select.ts";

function fake(name: string, word: string): Adapter {
  return {
    name,
    title: name,
    command: name,
    gives: { samples: true, p99: true, memory: true },
    exitCodes: [0],
    recognises: ({ text }) => text.includes(word),
    parse: () => [],
  };
}

const ADAPTERS = [fake("hyperfine", "fine"), fake("vitest", "test"), fake("k6", "k6")];

const select = (tool: string, text: string) => selectAdapter(tool, outputOf(text), ADAPTERS);

describe("by name", () => {
  it("takes the tool without looking at its output", () => {
    expect(select("vitest", "k6 and fine").name).toBe("vitest");
  });

  it("offers the nearest word for an unknown one, and says where they all are", () => {
    expect(() => select("hyprefine", "")).toThrow(
      'There is no tool "hyprefine". Did you mean "hyperfine"? `benchgate parse --tool list` shows them all',
    );
    expect(() => select("criterion", "")).toThrow(
      'There is no tool "criterion". `benchgate parse --tool list` shows them all',
    );
    expect(() => select("atuo", "")).toThrow('Did you mean "auto"?');
  });
});

describe("auto", () => {
  it.each(['{"a":[1,2', '{"a":1,', '[{"a":"xy', '{"a"', '{"a":'])("says of JSON that it breaks off: %s", (text) => {
    expect(() => select("auto", `\n${text}\n`)).toThrow(/^2: The JSON ends in the middle/);
  });

  it.each(['{"a":1}', "{a: 1}", '{"a":1}\n{"a":', "[section]"])("says so of nothing else: %s", (text) => {
    expect(() => select("auto", text)).toThrow(/^1: No tool that we know/);
  });

  it("takes the only tool that recognises the output", () => {
    expect(select("auto", "a test").name).toBe("vitest");
  });

  it("says where all tools are named where none fits", () => {
    expect(() => select("auto", "nothing")).toThrow(
      "1: No tool that we know has written this output. Name the tool; `benchgate parse --tool list` shows them all",
    );
    expect(() => select("auto", " \n")).toThrow("it is empty");
  });

  it("names those that fit where there are two", () => {
    expect(() => select("auto", "a fine k6")).toThrow("Name the tool: hyperfine, k6");
  });
});
