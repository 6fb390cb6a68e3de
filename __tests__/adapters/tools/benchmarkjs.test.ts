import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { benchmarkjs } from "../../../src/adapters/tools/benchmarkjs.ts";
import { corpusFile, fixture, hasCorpus, numbersOf, onlyRound } from "../outputs.ts";

/** Name → operations a second, read from the end of each line. */
function rates(text: string): Record<string, number[]> {
  const lines = text.split(/\r?\n/).filter((line) => line.includes(" ops/sec "));
  return Object.fromEntries(
    lines.map((line) => {
      const words = line.split(" ");
      const at = words.indexOf("ops/sec");
      return [words.slice(0, at - 2).join(" "), [Number(words[at - 1]!.replace(/,/g, ""))]];
    }),
  );
}

describe("the lines of a suite", () => {
  it("give the mean rate of each benchmark, whose name may hold an x", () => {
    const text = fixture("benchmarkjs/lines.txt");
    const round = onlyRound(benchmarkjs, text);
    expect(numbersOf(round, "throughput")).toEqual(rates(text));
    expect(Object.keys(rates(text))).toEqual(["indexOf x many", "sort 5,000"]);
    expect(round.measurements[0]).toMatchObject({
      unit: "1/s",
      better: "higher",
      estimator: "batch-means",
      resolution: 1,
    });
  });

  it("report a benchmark that threw, which prints its name and no more", () => {
    expect(onlyRound(benchmarkjs, fixture("benchmarkjs/lines.txt")).failures).toEqual([
      { benchmark: "breaks", reason: "The benchmark threw" },
    ]);
  });

  it.each([
    ["a x 1,2 ops/sec \u00b11.00% (9 runs sampled)\n", /^1: Not a line that Benchmark.js prints/],
    ["\na x 12 ops/sec \u00b1", /^2: Not a line that Benchmark.js prints/],
    ["x 12 ops/sec \u00b11.00% (9 runs sampled)\n", /^1: Not a line/],
    [
      "a x 1 ops/sec \u00b11% (9 runs sampled)\na x 1 ops/sec \u00b11% (9 runs sampled)\n",
      /Two benchmarks are called "a"/,
    ],
    ["Fastest is a\n", /^It holds no benchmarks/],
  ])("are refused as %j", (text, message) => {
    expect(() => benchmarkjs.parse(outputOf(text))).toThrow(message);
  });
});

describe("JSON of a suite", () => {
  it.each(["suite.json", "list.json"])("gives the samples, in seconds: %s", (file) => {
    const text = fixture(`benchmarkjs/${file}`);
    const all: { name: string; stats: { sample: number[] } }[] = Object.values(JSON.parse(text));
    const expected = all.filter((each) => each.stats?.sample.length > 0).map(({ name, stats }) => [name, stats.sample]);
    expect(expected).toHaveLength(2);
    const round = onlyRound(benchmarkjs, text);
    expect(numbersOf(round)).toEqual(Object.fromEntries(expected));
    expect(round.measurements[0]).toMatchObject({ unit: "s", better: "lower", estimator: "batch-means" });
    expect(round.failures).toEqual([{ benchmark: "breaks", reason: "The benchmark threw an error" }]);
  });

  it("gives samples of calls where each was one", () => {
    const text = JSON.stringify([{ name: "a", hz: 1, count: 1, stats: { sample: [1, 2] } }]);
    expect(onlyRound(benchmarkjs, text).measurements[0]).not.toHaveProperty("estimator");
  });

  it.each([
    [[{ name: "a", hz: 1, stats: { sample: [1, -1] } }], "[0].stats.sample[1]: Expected a number of at least 0"],
    [[{ hz: 1, stats: { sample: [1] } }], "[0].name: Expected a text, found nothing"],
    [[], "Expected a suite or a list of benchmarks"],
    [{ 0: { name: "a", hz: 1, stats: { sample: [1] } }, length: 2 }, "Expected a suite or a list of benchmarks"],
  ])("is refused as %j", (value, message) => {
    expect(() => benchmarkjs.parse(outputOf(JSON.stringify(value)))).toThrow(message);
  });

  it("tells a benchmark that took no sample", () => {
    const text = JSON.stringify([{ name: "a", hz: 0, stats: { sample: [] } }]);
    expect(onlyRound(benchmarkjs, text).failures).toEqual([
      { benchmark: "a", reason: "The benchmark took no sample: it was aborted, or did not run" },
    ]);
  });
});

describe.skipIf(!hasCorpus)("the corpus", () => {
  it("has lines, one of them of the program's own", () => {
    const text = corpusFile("benchmarkjs/bencher-four.txt");
    expect(Object.keys(rates(text))).toHaveLength(4);
    expect(numbersOf(onlyRound(benchmarkjs, text), "throughput")).toEqual(rates(text));
  });
});
