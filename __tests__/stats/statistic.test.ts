import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Distribution } from "../../src/model/measurement.ts";
import { STATISTICS } from "../../src/model/statistic.ts";
import { harrellDavis, quantile, sorted } from "../../src/stats/quantile.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";
import { evaluate, sampleCount } from "../../src/stats/statistic.ts";
import { relativeError } from "../reference/stats.ts";

const samplesOf = (samples: ArrayLike<number>): Distribution => ({
  kind: "samples",
  samples: Float64Array.from(samples),
});
const histogramOf = (values: number[], counts: number[]): Distribution => ({
  kind: "histogram",
  values: Float64Array.from(values),
  counts: Float64Array.from(counts),
  encoded: "",
  scale: 1,
});
const lognormal = (n: number, seed: number): number[] => {
  const random = xoshiro128(seed);
  return Array.from({ length: n }, () => Math.exp(0.5 * gaussian(random)));
};

describe("statistics of samples", () => {
  const few = samplesOf([3, 1, 2, 10]);

  it("gives the middle, the mean and the extremes", () => {
    expect((["p50", "mean", "min", "max"] as const).map((name) => evaluate(few, name, null))).toEqual([2.5, 4, 1, 10]);
    expect(sampleCount(few)).toBe(4);
  });

  it("smooths tails below 3,000 samples, on the log scale", () => {
    const xs = lognormal(1000, 1);
    const expected = Math.exp(harrellDavis(sorted(xs).map(Math.log), 0.99));
    expect(relativeError(evaluate(samplesOf(xs), "p99", null) as number, expected)).toBeLessThan(1e-12);
    expect(
      relativeError(evaluate(samplesOf(xs), "p99", null) as number, harrellDavis(sorted(xs), 0.99)),
      "a hair from the textbook",
    ).toBeLessThan(0.01);
  });

  it("takes type 7 from 3,000 samples on", () => {
    const xs = lognormal(3000, 2);
    expect(evaluate(samplesOf(xs), "p99", null)).toBe(quantile(sorted(xs), 0.99));
    expect(evaluate(samplesOf(xs), "p99", 2999)).not.toBe(quantile(sorted(xs), 0.99));
  });

  it("evaluates tails at the size asked for, and never beyond its own", () => {
    const xs = lognormal(500, 3);
    expect(evaluate(samplesOf(xs), "p99", 100)).not.toBe(evaluate(samplesOf(xs), "p99", null));
    expect(evaluate(samplesOf(xs), "p99", 800)).toBe(evaluate(samplesOf(xs), "p99", null));
    expect(evaluate(samplesOf(xs), "p50", 100)).toBe(evaluate(samplesOf(xs), "p50", null));
  });

  it("has nothing to say of no samples", () => {
    for (const name of STATISTICS) expect(evaluate(samplesOf([]), name, null)).toBeNull();
    for (const name of STATISTICS) expect(evaluate(histogramOf([1], [0]), name, null)).toBeNull();
  });

  it("accepts zero and negative samples", () => {
    const xs = [-1, 0, ...lognormal(400, 4)];
    expect(evaluate(samplesOf(xs), "p90", null)).toBe(harrellDavis(sorted(xs), 0.9));
  });

  it("depends on neither order nor unit and is always finite", () => {
    const values = fc.array(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(
        values,
        fc.constantFrom(...STATISTICS),
        fc.option(fc.integer({ min: 1, max: 100 })),
        (xs, name, size) => {
          const result = evaluate(samplesOf(xs), name, size) as number;
          expect(Number.isFinite(result)).toBe(true);
          expect(relativeError(evaluate(samplesOf(xs.toReversed()), name, size) as number, result)).toBeLessThan(1e-12);
          expect(
            relativeError(evaluate(samplesOf(xs.map((x) => x * 1000)), name, size) as number, result * 1000),
          ).toBeLessThan(1e-9);
        },
      ),
    );
  });
});

describe("statistics of what a tool summarised", () => {
  it("takes a tool's percentiles as they are and has no others", () => {
    const printed: Distribution = {
      kind: "quantiles",
      quantiles: { "0": 1, "0.50": 2, "0.999": 9, "1": 11 },
      count: 5000,
    };
    expect((["min", "p50", "p99.9", "max"] as const).map((name) => evaluate(printed, name, 100))).toEqual([
      1, 2, 9, 11,
    ]);
    expect((["p90", "p99", "mean"] as const).map((name) => evaluate(printed, name, null))).toEqual([null, null, null]);
    expect(evaluate({ ...printed, mean: 2.5 }, "mean", null)).toBe(2.5);
    expect(sampleCount(printed)).toBe(5000);
  });

  it("lets one number stand for the middle and the extremes, never for a tail", () => {
    const one: Distribution = { kind: "value", value: 48128, exact: true };
    expect((["p50", "mean", "min", "max"] as const).map((name) => evaluate(one, name, null))).toEqual([
      48128, 48128, 48128, 48128,
    ]);
    expect((["p75", "p90", "p95", "p99", "p99.9"] as const).map((name) => evaluate(one, name, null))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(sampleCount(one)).toBeNull();
  });

  it("reads a histogram as the samples that it counts", () => {
    const [values, counts] = [
      [1, 2, 4, 8],
      [500, 300, 195, 5],
    ];
    const written = samplesOf(values.flatMap((value, i) => Array<number>(counts[i] as number).fill(value)));
    const histogram = histogramOf(values, counts);
    expect(sampleCount(histogram)).toBe(1000);
    for (const name of STATISTICS) {
      for (const size of [null, 400]) {
        expect(
          relativeError(evaluate(histogram, name, size) as number, evaluate(written, name, size) as number),
        ).toBeLessThan(1e-12);
      }
    }
  });

  it("counts equal neighbours as one value, to the last digit", () => {
    const values = lognormal(60, 3).toSorted((a, b) => a - b);
    const counts = values.map((_, i) => 1 + (i % 7));
    // Every third value in two groups, as sketches hold it.
    const twice = values.flatMap((value, i) => (i % 3 === 0 ? [value, value] : [value]));
    const shared = counts.flatMap((count, i) => (i % 3 === 0 ? [2, count] : [count]));
    const whole = counts.map((count, i) => (i % 3 === 0 ? count + 2 : count));
    for (const name of STATISTICS)
      for (const size of [null, 40])
        expect(evaluate(histogramOf(twice, shared), name, size), name).toBe(
          evaluate(histogramOf(values, whole), name, size),
        );
  });
});
