import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { dart } from "../../../src/adapters/tools/dart.ts";
import { corpusFile, corpusFolder, fixture, hasCorpus, numbersOf, onlyRound } from "../outputs.ts";

/** Name → seconds, read from the end of each line. */
function byWords(text: string): Record<string, number[]> {
  const lines = text.split("\n").filter((line) => line.endsWith(" us."));
  return Object.fromEntries(
    lines.map((line) => [line.split("(RunTime): ")[0]!, [Number(line.split(" ").at(-2)) * 1e-6]]),
  );
}

describe("benchmark_harness", () => {
  it("gives the mean time of a call, in seconds", () => {
    const round = onlyRound(dart, fixture("dart/two.txt"));
    expect(numbersOf(round)).toEqual(byWords(fixture("dart/two.txt")));
    expect(round.measurements[1]).toMatchObject({
      benchmark: "Sort(n=1000)",
      unit: "s",
      better: "lower",
      estimator: "batch-means",
    });
  });

  it("keeps the metric and the unit of another emitter", () => {
    const { measurements } = onlyRound(
      dart,
      "App(CodeSize): 1024 bytes\nApp(Rate): 12 ops/s\nApp(RunTime): 1.5e-7 s\n",
    );
    expect(measurements.map(({ metric, unit, better, distribution }) => [metric, unit, better, distribution])).toEqual([
      ["CodeSize", "B", "lower", { kind: "value", value: 1024, exact: false }],
      ["Rate", "1/s", "higher", { kind: "value", value: 12, exact: false }],
      ["latency", "s", "lower", { kind: "value", value: 1.5e-7, exact: false }],
    ]);
  });

  it("reports a score that is no number", () => {
    expect(onlyRound(dart, "A(RunTime): NaN us.\nB(RunTime): Infinity us.\n").failures).toEqual([
      { benchmark: "A", reason: "It scored NaN (line 1)" },
      { benchmark: "B", reason: "It scored Infinity (line 2)" },
    ]);
  });

  it.each([
    ["A(RunTime): 12\n", /^1: A score without a unit that is known/],
    ["A(RunTime): 12 parsecs.\n", /^1: A score without a unit that is known/],
    ["\nA(RunTime): \n", /^2: Not a score: A\(RunTime\):/],
    ["A(RunTime): 1 us.\nA(RunTime): 1 us.\n", /Two benchmarks are called "A"/],
    ["warming up\n", /^It holds no benchmarks/],
  ])("refuses %j", (text, message) => {
    expect(() => dart.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("the corpus", () => {
  it.each(corpusFolder("dart-benchmark-harness"))("%s gives what it prints", (file) => {
    expect(Object.keys(byWords(corpusFile(file))).length).toBeGreaterThan(0);
    expect(numbersOf(onlyRound(dart, corpusFile(file)))).toEqual(byWords(corpusFile(file)));
  });
});
