import { build } from "hdr-histogram-js";
import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { swift } from "../../../src/adapters/tools/swift.ts";
import { corpusFile, fixture, hasCorpus, onlyRound } from "../outputs.ts";

function distributionOf(text: string, benchmark: string, metric: string) {
  const found = onlyRound(swift, text).measurements.find(
    (each) => each.benchmark === benchmark && each.metric === metric,
  )!;
  const { distribution } = found;
  if (distribution.kind !== "histogram") throw new Error("no histogram");
  return { ...found, pairs: [...distribution.values].map((value, i) => [value, distribution.counts[i]]) };
}

function changed(change: (results: unknown[]) => void): string {
  const root = JSON.parse(fixture("swift/results.json"));
  change(root.results);
  return JSON.stringify(root);
}

describe("package-benchmark's baseline", () => {
  it("gives the histogram of every metric: buckets at their upper ends, and nothing above the maximum", () => {
    const { pairs, ...latency } = distributionOf(fixture("swift/results.json"), "Texts > parse", "latency");
    expect(latency).toMatchObject({ unit: "s", better: "lower", estimator: "hdr" });
    const expected = [100, 2047, 2049, 4095, 4097].map((ns) => ns * 1e-9);
    expect(pairs.map(([, count]) => count)).toEqual([2, 3, 1, 1, 1]);
    for (const [i, [value]] of pairs.entries()) expect(value! / expected[i]!).toBeCloseTo(1, 4);
  });

  it("knows units, directions and metrics of a user's own", () => {
    const { measurements } = onlyRound(swift, fixture("swift/results.json"));
    expect(measurements.map(({ benchmark, metric, unit, better }) => [benchmark, metric, unit, better])).toEqual([
      ["Texts > parse", "latency", "s", "lower"],
      ["Texts > parse", "memory", "B", "lower"],
      ["Texts > parse", "allocations", "1", "lower"],
      ["Texts > score", "throughput", "1/s", "higher"],
      ["Texts > score", "words", "1", "higher"],
    ]);
  });

  it.each([
    [changed((results) => results.pop()), "results[2]: Expected pairs of a benchmark and its metrics"],
    [changed((results) => results.splice(0, 1, {})), "results[0].target: Expected a text, found nothing"],
    [
      changed((results) => results.splice(1, 1, [{ metric: {} }])),
      "results[1][0].metric: Expected a metric, found an object",
    ],
    [
      fixture("swift/results.json").replace('"maxValue":4097', '"maxValue":-1'),
      "histogram.maxValue: Expected a number of at least 0",
    ],
    [
      fixture("swift/results.json").replace(/"counts":\[[^\]]*\]/, '"counts":[0,0]'),
      "counts: A histogram without values",
    ],
    ['{"machine":{},"results":[]}', "It holds no benchmarks"],
  ])("is refused: %#", (text, message) => {
    expect(() => swift.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("the corpus", () => {
  it("gives the percentiles of HdrHistogram itself", () => {
    const text = corpusFile("swift-package-benchmark/ordo-one-BenchmarkDateTime-test1.json");
    const results = JSON.parse(text).results;
    const names = results
      .filter((_: unknown, i: number) => i % 2 === 0)
      .map(({ target, name }: Record<string, string>) => `${target} > ${name}`);
    expect(onlyRound(swift, text).measurements.map(({ benchmark, metric }) => [benchmark, metric])).toEqual(
      names.map((name: string) => [name, "latency"]),
    );
    for (const [i, name] of names.entries()) {
      const { counts, maxValue, minNonZeroValue, _totalCount } = results[2 * i + 1][0].statistics.histogram;
      // Another implementation of the layout: each bucket's first value is recorded, and falls into the same bucket again.
      const theirs = build({
        lowestDiscernibleValue: 1,
        highestTrackableValue: 1_000_000_000,
        numberOfSignificantValueDigits: 3,
      });
      for (const [index, count] of counts.entries()) if (count > 0) theirs.recordValueWithCount(firstOf(index), count);
      const { pairs } = distributionOf(text, name, "latency");
      expect(pairs.reduce((sum, [, count]) => sum + count!, 0)).toBe(_totalCount);
      expect(pairs.at(-1)![0]! / 1e-9 / maxValue).toBeCloseTo(1, 4);
      expect(pairs[0]![0]! / 1e-9 / minNonZeroValue).toBeCloseTo(1, 2);
      for (const percent of [25, 50, 90, 99]) {
        const rank = Math.ceil((percent / 100) * _totalCount);
        const below = (i: number) => pairs.slice(0, i + 1).reduce((sum, [, count]) => sum + count!, 0);
        const ours = pairs.find((_, i) => below(i) >= rank)![0]!;
        expect(ours / 1e-9 / theirs.getValueAtPercentile(percent)).toBeCloseTo(1, 4);
      }
    }
  });
});

/** The smallest value of a bucket with 2,048 sub-buckets: doubling until the index lies in the upper half. */
function firstOf(index: number): number {
  let [within, width] = [index, 1];
  while (within >= 2048) [within, width] = [within - 1024, width * 2];
  return within * width;
}
