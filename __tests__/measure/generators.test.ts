import { describe, expect, it } from "vitest";
import type { SlotResult } from "../../src/measure/execution.ts";
import { Generators } from "../../src/measure/generators.ts";

/** What a round gave whose outputs were so many, with the number of those that tell of each benchmark. */
const round = (all: number, of: Readonly<Record<string, number>>): SlotResult => ({
  measurements: Object.keys(of).map((benchmark) => ({
    ...{ suite: "load", benchmark, metric: "latency", unit: "s", better: "lower" },
    distribution: { kind: "value", value: 1, exact: false },
  })),
  failures: [],
  outputs: { all, of: new Map(Object.entries(of)) },
});
const left = (results: readonly SlotResult[]) =>
  results.map(({ measurements, failures }) => [
    measurements.map(({ benchmark }) => benchmark).join(),
    failures.map(({ benchmark }) => benchmark).join(),
  ]);

describe("a generator that wrote nothing", () => {
  it("fails what the others measured, whichever side comes first, until it is there again", () => {
    const generators = new Generators();
    const both = [round(2, { a: 2 }), round(3, { a: 3 })];
    expect(left(generators.checked("load", both))).toEqual([
      ["", "a"],
      ["a", ""],
    ]);
    const [short, whole] = [generators.checked("load", [round(2, { a: 2 })]), [round(3, { a: 3 })]];
    expect(short[0]!.failures[0]!.reason).toContain("2 of 3 generators' outputs have it");
    expect(generators.checked("load", whole)).toEqual(whole);
    expect(left(generators.checked("another", [round(2, { a: 2 })]))).toEqual([["a", ""]]);
  });

  it("is told from a request that is seldom sent, and from a benchmark that is decided", () => {
    const generators = new Generators();
    generators.checked("load", [round(3, { often: 3, seldom: 2 })]);
    expect(left(generators.checked("load", [round(3, { often: 3, seldom: 1 })]))).toEqual([["often,seldom", ""]]);
    const files = new Generators();
    files.checked("load", [round(2, { a: 1, b: 1 })]);
    expect(left(files.checked("load", [round(1, { b: 1 })]))).toEqual([["b", ""]]);
  });

  it("is nothing where outputs are not read as one", () => {
    const plain: SlotResult = { measurements: [], failures: [] };
    expect(new Generators().checked("load", [plain])).toEqual([plain]);
  });
});
