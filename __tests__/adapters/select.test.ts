import { describe, expect, it } from "vitest";
import type { Adapter } from "../../src/adapters/adapter.ts";
import { selectAdapter } from "../../src/adapters/select.ts";

function fake(name: string, word: string): Adapter {
  return {
    name,
    title: name,
    command: name,
    gives: { samples: true, p99: true, memory: true },
    exitCodes: [0],
    recognises: (text) => text.includes(word),
    parse: () => [],
  };
}

const ADAPTERS = [fake("hyperfine", "fine"), fake("vitest", "test"), fake("k6", "k6")];

describe("by name", () => {
  it("takes the tool without looking at its output", () => {
    expect(selectAdapter(ADAPTERS, "vitest", "k6 and fine").name).toBe("vitest");
  });

  it("offers the nearest word and the whole list for an unknown one", () => {
    expect(() => selectAdapter(ADAPTERS, "hyprefine", "")).toThrow(
      'There is no tool "hyprefine". Did you mean "hyperfine"? Tools: hyperfine, vitest, k6, auto',
    );
    expect(() => selectAdapter(ADAPTERS, "criterion", "")).toThrow(
      'There is no tool "criterion". Tools: hyperfine, vitest, k6, auto',
    );
    expect(() => selectAdapter(ADAPTERS, "atuo", "")).toThrow('Did you mean "auto"?');
  });
});

describe("auto", () => {
  it("takes the only tool that recognises the output", () => {
    expect(selectAdapter(ADAPTERS, "auto", "a test").name).toBe("vitest");
  });

  it("names all tools where none fits", () => {
    expect(() => selectAdapter(ADAPTERS, "auto", "nothing")).toThrow(
      "No tool that we know has written this output. Name the tool: hyperfine, vitest, k6",
    );
    expect(() => selectAdapter(ADAPTERS, "auto", " \n")).toThrow("it is empty");
  });

  it("names those that fit where there are two", () => {
    expect(() => selectAdapter(ADAPTERS, "auto", "a fine k6")).toThrow("Name the tool: hyperfine, k6");
  });
});
