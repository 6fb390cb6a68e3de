import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { pytestBenchmark } from "../../../src/adapters/tools/pytest-benchmark.ts";

function fixture(file: string): string {
  return readFileSync(join(import.meta.dirname, "..", "..", "fixtures", "pytest-benchmark", file), "utf8");
}

function parse(text: string) {
  const rounds = pytestBenchmark.parse(outputOf(text));
  expect(rounds).toHaveLength(1);
  return rounds[0]!;
}

const NAMES = [
  "test_text.py::test_sort",
  "test_text.py::test_join[1]",
  "test_text.py::test_join[10]",
  "test_text.py::TestGroup::test_int",
  "test_text.py::test_asserts_after",
];

describe("pytest-benchmark", () => {
  it("takes the raw data, in seconds, under the full name", () => {
    const { benchmarks } = JSON.parse(fixture("data.json"));
    const { measurements, failures } = parse(fixture("data.json"));
    expect(failures).toEqual([]);
    expect(measurements.map(({ benchmark }) => benchmark)).toEqual(NAMES);
    for (const [i, { distribution }] of measurements.entries()) {
      expect(distribution).toEqual({
        kind: "samples",
        samples: Float64Array.from(benchmarks[i].stats.data as number[]),
      });
      expect(benchmarks[i].stats.data).toHaveLength(benchmarks[i].stats.rounds);
    }
  });

  it("marks what is the mean of several calls", () => {
    const estimators = parse(fixture("data.json")).measurements.map(({ estimator }) => estimator);
    const { benchmarks } = JSON.parse(fixture("data.json"));
    expect(estimators).toEqual(
      benchmarks.map(({ stats }: { stats: { iterations: number } }) =>
        stats.iterations > 1 ? "batch-means" : undefined,
      ),
    );
    expect(estimators[3]).toBe("batch-means");
    expect(estimators[4]).toBeUndefined();
  });

  it("takes quartiles and extremes where no data was saved", () => {
    const { min, q1, median, q3, max, mean, rounds } = JSON.parse(fixture("saved.json")).benchmarks[0].stats;
    expect(parse(fixture("saved.json")).measurements[0]!.distribution).toEqual({
      kind: "quantiles",
      quantiles: { 0: min, 0.25: q1, 0.5: median, 0.75: q3, 1: max },
      count: rounds,
      mean,
    });
  });

  it("says in which file a benchmark is", () => {
    expect(parse(fixture("data.json")).measurements[3]!.source).toEqual({ file: "test_text.py" });
  });

  it("refuses a broken number with its path", () => {
    const root = JSON.parse(fixture("data.json"));
    root.benchmarks[3].stats.data[2] = null;
    expect(() => parse(JSON.stringify(root))).toThrow(
      /^benchmarks\[3\]\.stats\.data\[2\]: Expected a finite number, found null/,
    );
  });

  it("refuses Python's NaN with its place where a number is needed", () => {
    expect(() => parse('{"machine_info": {},\n "benchmarks": [NaN]}')).toThrow(
      /^benchmarks\[0\]: Expected an object, found NaN/,
    );
  });

  it("refuses a file without benchmarks, with the way to get some", () => {
    expect(() => parse('{"machine_info": {}, "benchmarks": []}')).toThrow("It holds no benchmarks. Run pytest");
  });
});
