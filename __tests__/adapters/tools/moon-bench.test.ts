import { describe, expect, it } from "vitest";
import { moonBench } from "../../../src/adapters/tools/moon-bench.ts";
import { fixture, measured, onlyRound, refusal } from "../outputs.ts";

const TEST = '[shop/cart] bench lib/sum_test.mbt:24 ("sum") ok\n';
const HEADING = "time (mean ± σ)         range (min … max) \n";
const ROW = "  21.67 µs ±   0.54 µs    21.28 µs …  23.14 µs  in 10 ×   4619 runs\n";

describe("moon bench", () => {
  it("names benchmarks by package, file and test, without lines, and reports a test that failed", () => {
    const round = onlyRound(moonBench, fixture("moon-bench/tests.txt"));
    expect(round.measurements.map(({ benchmark }) => benchmark)).toEqual([
      "shop/cart/random/random_test.mbt bench random",
      "shop/cart/vector/iter_bench_test.mbt iter, (fold) n=100000",
      "shop/cart/math/tan.mbt #3 > @math.tanf",
      "shop/cart/math/tan.mbt #3 > @mine.tan 64",
    ]);
    expect(round.failures).toEqual([
      { benchmark: "shop/cart/math/sin.mbt sin", reason: expect.stringContaining("failed: math/sin.mbt") },
    ]);
  });

  it("gives the mean of the batches with its extremes, and the step of what is printed", () => {
    const round = onlyRound(moonBench, TEST + HEADING + ROW);
    expect(measured(round, "shop/cart/lib/sum_test.mbt sum", "latency")).toEqual({
      ...{ benchmark: "shop/cart/lib/sum_test.mbt sum", metric: "latency", unit: "s", better: "lower" },
      ...{ resolution: 1e-8, estimator: "batch-means" },
      distribution: { kind: "quantiles", count: 10, mean: 21.67e-6, quantiles: { "0": 21.28e-6, "1": 23.14e-6 } },
    });
  });

  it("goes by the names of rows where no test stands above them", () => {
    const names = onlyRound(moonBench, fixture("moon-bench/batch.txt")).measurements.map(({ benchmark }) => benchmark);
    expect(names).toEqual(["mine/prime BPSW", "core/math is_probable_prime"]);
  });

  it("reads what moon prints around its rows", () => {
    const text = `warning: unused\n${TEST}loading 3 of 4\n${HEADING}5 items\n${ROW}Total tests: 1, passed: 1, failed: 0.\n`;
    expect(onlyRound(moonBench, text).measurements).toHaveLength(1);
  });

  it.each([
    [HEADING, "It holds no benchmarks"],
    [HEADING + ROW, "2: A result without a name"],
    [TEST + ROW, "2: A result without its heading"],
    [
      TEST + HEADING + ROW.replace("21.67 µs", "1.20 min"),
      "3: Not a row that moon prints|is not a time that moon prints correctly",
    ],
    [TEST + HEADING + ROW.replace(" in 10", " in ten"), "3: Not a row that moon prints"],
    [`${TEST}${HEADING}tick ${ROW}`, "3: Not a row that moon prints: tick"],
    [TEST + HEADING + ROW + ROW, "Two benchmarks are called"],
    [`${TEST}name ${HEADING}loading... fib ${ROW}`, "3: What the program printed cannot be distinguished"],
  ])("refuses %#", (text, message) => {
    expect(refusal(moonBench, text).message).toMatch(new RegExp(message));
  });
});
