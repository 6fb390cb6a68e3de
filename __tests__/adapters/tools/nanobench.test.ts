import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { nanobench } from "../../../src/adapters/tools/nanobench.ts";
import { corpusFile, fixture, hasCorpus, numbersOf, onlyRound } from "../outputs.ts";

const QUOTED = 'sums > accumulate; "quoted" \\ x';

/** The numbers of a key under every epoch, in the order of the file. */
function column(text: string, key: string): number[] {
  return [...text.matchAll(new RegExp(`^ {20}"${key}": ([-+.e\\d]+)`, "gm"))].map(([, value]) => Number(value));
}

describe("nanobench", () => {
  it("takes each epoch as a sample, and reads the quotes that nanobench does not escape", () => {
    const text = fixture("nanobench/quoted.json");
    expect(() => JSON.parse(text)).toThrow();
    const elapsed = column(text, "elapsed");
    expect(elapsed).toHaveLength(10);
    expect(numbersOf(onlyRound(nanobench, text))).toEqual({
      "sums > iota": elapsed.slice(0, 5),
      [QUOTED]: elapsed.slice(5),
    });
    expect(onlyRound(nanobench, text).measurements[0]).toMatchObject({
      metric: "latency",
      unit: "s",
      better: "lower",
      estimator: "batch-means",
    });
  });

  it("reads such a name out of the CSV, with the median", () => {
    const text = fixture("nanobench/quoted.csv");
    const [first, second] = text
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => Number(line.split(";").at(-6)));
    expect(numbersOf(onlyRound(nanobench, text))).toEqual({ "sums > iota": [first], [QUOTED]: [second] });
  });

  it("keeps one name under several complexities apart", () => {
    expect(Object.keys(numbersOf(onlyRound(nanobench, fixture("nanobench/complexity.json"))))).toEqual([
      "search > find (N=10)",
      "search > find (N=100)",
    ]);
  });

  it("leaves out counters of a machine that has none", () => {
    expect(
      new Set(onlyRound(nanobench, fixture("nanobench/quoted.json")).measurements.map(({ metric }) => metric)),
    ).toEqual(new Set(["latency"]));
  });

  const document = (result: object) =>
    JSON.stringify({ results: [{ title: "t", name: "n", "median(elapsed)": 1, ...result }] });
  const HEADER = '"title";"name";"unit";"batch";"elapsed";"error %";"instructions";"branches";"branch misses";"total"';

  it.each([
    [document({ measurements: [] }), "results[0].measurements: Expected at least one epoch"],
    [document({ measurements: [{ elapsed: "1" }] }), "results[0].measurements[0].elapsed: Expected a finite number"],
    [document({ name: " ", measurements: [{ elapsed: 1 }] }), "results[0].name: Expected a name"],
    [JSON.stringify({ results: [] }), "It holds no benchmarks. Render the results"],
    ['{\n"name": "a "b"",\n"results": oops}', "3:12: Not valid JSON"],
    [`${HEADER}\n"t";"n";"op";1;fast;0;0;0;0;1\n`, "2: Not a row of nanobench's CSV"],
    [`${HEADER}\n"t";"n";"op";1;0.1;0\n`, "2: Not a row of nanobench's CSV"],
    [`${HEADER}\n"t";"a";"b";"op";1;0.1;0;0;0;0;1\n`, "2: Not a row of nanobench's CSV"],
    ["| ns/op | op/s | err% | total | x\n", "1: This is the table that nanobench prints"],
  ])("refuses %s", (text, message) => {
    expect(() => nanobench.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("nanobench in the corpus", () => {
  it("gives the epochs and the counters of the rendered JSON", () => {
    const text = corpusFile("nanobench/nanobench-render.json");
    const round = onlyRound(nanobench, text);
    for (const [metric, key] of [
      ["latency", "elapsed"],
      ["instructions", "instructions"],
      ["branch-misses", "branchmisses"],
      ["cycles", "cpucycles"],
    ] as const) {
      expect(Object.values(numbersOf(round, metric)).flat()).toEqual(column(text, key));
    }
    // Nanobench's own median of the first benchmark's epochs.
    const sorted = [...numbersOf(round)["Benchmarking std::mt19937_64 and std::knuth_b > std::mt19937_64"]!].sort(
      (a, b) => a - b,
    );
    expect(sorted[5]).toBe(Number(/"median\(elapsed\)": ([-.e\d]+)/.exec(text)![1]));
    expect(round.measurements).toHaveLength(14);
  });

  it.each(["nanobench-render.csv", "nanobench-4.6.csv"])("gives the medians of %s", (file) => {
    const text = corpusFile(`nanobench/${file}`);
    const rows = text
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(";"));
    expect(Object.values(numbersOf(onlyRound(nanobench, text))).flat()).toEqual(rows.map((cells) => Number(cells[4])));
    expect(rows).toHaveLength(2);
  });

  it("refuses the printed table, and leaves pyperf's format to pyperf", () => {
    expect(() => nanobench.parse(outputOf(corpusFile("nanobench/nanobench-4.6.txt")))).toThrow(
      /^1: This is the table that nanobench prints/,
    );
    expect(nanobench.recognises(outputOf(corpusFile("nanobench/nanobench-4.6-pyperf.json")))).toBe(false);
  });
});
