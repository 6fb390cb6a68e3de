import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { pytestBenchmark } from "../../../src/adapters/tools/pytest-benchmark.ts";
import { corpusFile, corpusFolder, hasCorpus, onlyRound } from "../outputs.ts";

interface Benchmark {
  readonly fullname: string;
  readonly stats: Readonly<Record<string, number>> & { readonly data?: readonly number[] };
}

describe.skipIf(!hasCorpus)("pytest-benchmark in the corpus", () => {
  /** Their data was shortened by hand, with a sentence in its place. */
  const SHORTENED = ["pytest-benchmark/gha-pytest.json", "pytest-benchmark/gha-pytest_several_units.json"];
  const CONSOLE = "pytest-benchmark/pytest-benchmark-3.2.2-console.txt";

  it.each(corpusFolder("pytest-benchmark").filter((file) => ![CONSOLE, ...SHORTENED].includes(file)))(
    "%s gives its data, or its quartiles",
    (file) => {
      const { benchmarks } = JSON.parse(corpusFile(file)) as { benchmarks: Benchmark[] };
      const { measurements, failures } = onlyRound(pytestBenchmark, corpusFile(file));
      expect(failures).toEqual([]);
      expect(measurements.map(({ benchmark }) => benchmark)).toEqual(benchmarks.map(({ fullname }) => fullname));
      for (const [i, { stats }] of benchmarks.entries()) {
        const { distribution, estimator } = measurements[i]!;
        expect(estimator === "batch-means").toBe(stats.iterations! > 1);
        if (stats.data !== undefined && stats.data.length > 0) {
          expect(distribution).toEqual({ kind: "samples", samples: Float64Array.from(stats.data) });
        } else {
          expect(distribution).toMatchObject({ kind: "quantiles", count: stats.rounds, mean: stats.mean });
          expect((distribution as { quantiles: Record<string, number> }).quantiles["0.5"]).toBe(stats.median);
        }
      }
    },
  );

  it.each(SHORTENED)("%s is refused where its data ends", (file) => {
    const { benchmarks } = JSON.parse(corpusFile(file)) as { benchmarks: Benchmark[] };
    const place = benchmarks[0]!.stats.data!.findIndex((value) => typeof value !== "number");
    expect(() => pytestBenchmark.parse(outputOf(corpusFile(file)))).toThrow(
      `benchmarks[0].stats.data[${place}]: Expected a finite number`,
    );
  });

  it("the printed table is refused at its first line", () => {
    expect(() => pytestBenchmark.parse(outputOf(corpusFile(CONSOLE)))).toThrow(/^1:1: Not valid JSON/);
  });
});
