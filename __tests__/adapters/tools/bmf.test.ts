import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { bmf } from "../../../src/adapters/tools/bmf.ts";
import { corpusFile, fixture, hasCorpus, onlyRound } from "../outputs.ts";

function rowsOf(text: string): unknown[] {
  return onlyRound(bmf, text).measurements.map(({ benchmark, metric, unit, better, distribution }) => [
    benchmark,
    metric,
    unit,
    better,
    distribution,
  ]);
}

const single = (value: number) => ({ kind: "value", value, exact: false });

describe("the Bencher Metric Format", () => {
  it("gives Bencher's measures in its units, and others under their own names", () => {
    expect(rowsOf(fixture("bmf/measures.json"))).toEqual([
      ["parse", "latency", "s", "lower", single(12500 * 1e-9)],
      ["parse", "throughput", "1/s", "higher", single(80000)],
      ["tests::build", "build-time", "s", "lower", single(3.5)],
      ["tests::build", "file-size", "B", "lower", single(48128)],
      ["tests::build", "Max Blocks", "Max Blocks", "lower", single(1)],
    ]);
  });

  it.each([
    ['{"a":{"latency":{"value":null}}}', "a.latency.value: Expected a finite number, found null"],
    ['{"a":{"latency":5}}', "a.latency: Expected an object, found 5"],
    ['{"a b":[]}', '["a b"]: Expected an object, found a list'],
    ["{}", "It holds no benchmarks"],
  ])("is refused as %j", (text, message) => {
    expect(() => bmf.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("the corpus", () => {
  it.each(["bencher-report_bmf_mixed.json", "bencher-report_dhat.json"])(
    "%s gives the numbers that stand in it",
    (file) => {
      const text = corpusFile(`bencher-bmf/${file}`);
      const expected = Object.entries(JSON.parse(text) as Record<string, Record<string, { value: number }>>).flatMap(
        ([name, measures]) =>
          Object.entries(measures).map(([measure, { value }]) =>
            measure === "latency"
              ? [name, "latency", "s", "lower", single(value * 1e-9)]
              : [name, measure, measure, "lower", single(value)],
          ),
      );
      expect(expected.length).toBeGreaterThan(2);
      expect(rowsOf(text)).toEqual(expected);
    },
  );
});
