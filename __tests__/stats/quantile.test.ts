import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { harrellDavisWeights, harrellDavisWeightsOfEach } from "../../src/stats/order-weights.ts";
import { harrellDavis, harrellDavisOfCounts, quantile, quantileOfCounts, sorted } from "../../src/stats/quantile.ts";
import { gaussian, shuffle, xoshiro128 } from "../../src/stats/random.ts";
import { reference, relativeError } from "../reference/stats.ts";

const upTo = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i + 1);
const level = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const positive = fc.double({ min: 1e-9, max: 1e9, noNaN: true });

describe("quantiles agree with numpy and scipy", () => {
  it.each(reference.quantiles)("$samples at $level", ({ samples, level, type7, harrellDavis: smoothed }) => {
    const ascending = sorted(reference.samples[samples] as number[]);
    expect(relativeError(quantile(ascending, level), type7)).toBeLessThan(1e-14);
    expect(relativeError(harrellDavis(ascending, level), smoothed)).toBeLessThan(1e-12);
  });

  it("gives the published vectors", () => {
    expect(harrellDavis(upTo(100), 0.99)).toBeCloseTo(99.41982593639, 10);
    expect(harrellDavis(upTo(1000), 0.99)).toBeCloseTo(990.4999999972, 9);
  });
});

describe("type 7", () => {
  it("is linear between neighbours", () => {
    // (n − 1) level = 3 × 0.4 = 1.2: a fifth of the way from 20 to 40.
    expect(quantile(Float64Array.of(10, 20, 40, 80), 0.4)).toBeCloseTo(24, 12);
    expect([0, 0.5, 1].map((q) => quantile(Float64Array.of(10, 20, 40, 80), q))).toEqual([10, 30, 80]);
    expect(quantile(Float64Array.of(7), 0.99)).toBe(7);
  });

  it("sorts numbers as numbers and leaves the samples alone", () => {
    const samples = [10, 9, 100, 1];
    expect([...sorted(samples)]).toEqual([1, 9, 10, 100]);
    expect(samples).toEqual([10, 9, 100, 1]);
  });

  it("of counts is that of the values written out", () => {
    const bins = fc.uniqueArray(fc.tuple(positive, fc.nat(20)), {
      minLength: 1,
      maxLength: 30,
      selector: ([value]) => value,
    });
    fc.assert(
      fc.property(bins, fc.double({ min: 0, max: 1, noNaN: true }), (unordered, q) => {
        const pairs = unordered.toSorted(([a], [b]) => a - b);
        fc.pre(pairs.some(([, count]) => count > 0));
        const values = Float64Array.from(pairs, ([value]) => value);
        const counts = Float64Array.from(pairs, ([, count]) => count);
        const all = Float64Array.from(pairs.flatMap(([value, count]) => Array<number>(count).fill(value)));
        expect(quantileOfCounts(values, counts, q)).toBe(quantile(all, q));
        const size = Math.ceil(all.length / 2);
        expect(
          relativeError(harrellDavisOfCounts(values, counts, 0.9, size), harrellDavis(all, 0.9, size)),
        ).toBeLessThan(1e-9);
      }),
    );
  });

  it("refuses no samples", () => {
    expect(() => quantile(new Float64Array(0), 0.5)).toThrow(RangeError);
    expect(() => harrellDavis(new Float64Array(0), 0.5)).toThrow(RangeError);
    expect(() => quantileOfCounts(Float64Array.of(1), Float64Array.of(0), 0.5)).toThrow(RangeError);
  });
});

describe("Harrell-Davis", () => {
  it("weighs two samples by the beta distribution", () => {
    // n = 2, level ½: a = b = 1.5, symmetric, so both weigh one half. Level 2/3 at size 2: a = 2, b = 1, I_½(2, 1) = ¼.
    expect(harrellDavis(Float64Array.of(0, 1), 0.5)).toBeCloseTo(0.5, 14);
    expect(harrellDavis(Float64Array.of(0, 1), 2 / 3)).toBeCloseTo(0.75, 14);
  });

  it("at a smaller size is the mean over all subsets of that size", () => {
    // The definition written out: every subset of 3 of 6 samples, each with its own estimate.
    const all = Float64Array.of(1, 2, 4, 8, 16, 32);
    const estimates: number[] = [];
    for (let i = 0; i < 6; i++)
      for (let j = i + 1; j < 6; j++)
        for (let k = j + 1; k < 6; k++)
          estimates.push(harrellDavis(Float64Array.of(all[i] as number, all[j] as number, all[k] as number), 0.9));
    const mean = estimates.reduce((sum, x) => sum + x) / estimates.length;
    expect(estimates).toHaveLength(20);
    expect(relativeError(harrellDavis(all, 0.9, 3), mean)).toBeLessThan(1e-13);
  });

  it("at size one is the mean, and at a size beyond the samples the resampling mean of that size", () => {
    expect(harrellDavis(upTo(9), 0.9, 1)).toBeCloseTo(5, 12);
    // size 5, level ½, two samples: a = b = 3, symmetric.
    expect(harrellDavis(Float64Array.of(0, 1), 0.5, 5)).toBeCloseTo(0.5, 14);
  });

  it("on the log scale is the exponential of the estimate of logarithms", () => {
    const samples = sorted(reference.samples.lognormal as number[]);
    const expected = Math.exp(harrellDavis(samples.map(Math.log), 0.99, 50));
    expect(relativeError(harrellDavis(samples, 0.99, 50, "log"), expected)).toBeLessThan(1e-12);
  });

  it("of equal values is exactly that value, on either scale and at any size", () => {
    const same = new Float64Array(1200).fill(0.1);
    expect([harrellDavis(same, 0.99), harrellDavis(same, 0.99, 700), harrellDavis(same, 0.99, 700, "log")]).toEqual([
      0.1, 0.1, 0.1,
    ]);
  });

  it("is monotone in the level, within the samples, and free of their unit and order", () => {
    const samples = fc.array(positive, { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        samples,
        level,
        level,
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom("linear", "log"),
        (xs, p, q, size, scale) => {
          const ascending = sorted(xs);
          const at = (l: number): number => harrellDavis(ascending, l, Math.min(size, xs.length), scale);
          const [low, high] = [at(Math.min(p, q)), at(Math.max(p, q))];
          expect(low).toBeLessThanOrEqual(high * (1 + 1e-9));
          expect(high).toBeGreaterThanOrEqual((ascending[0] as number) * (1 - 1e-9));
          expect(high).toBeLessThanOrEqual((ascending.at(-1) as number) * (1 + 1e-9));
          const milli = harrellDavis(
            sorted(shuffle(xs, xoshiro128(size)).map((x) => x * 1000)),
            p,
            Math.min(size, xs.length),
            scale,
          );
          expect(relativeError(milli / 1000, at(p))).toBeLessThan(1e-9);
        },
      ),
    );
  });

  it("weighs samples of a few more alike, however far one has to go from the smaller size to theirs", () => {
    for (const [size, level] of [
      [1, 0.9],
      [40, 0.5],
      [100, 0.99],
      [720, 0.99],
    ] as const) {
      for (const count of [size + 1, size + 450, size + 17, size + 1000, size + 1001]) {
        const direct = harrellDavisWeights(count, (k) => k + 1, level, size);
        const found = harrellDavisWeightsOfEach(count, level, size);
        for (let k = 0; k < count; k++) {
          const gap = (direct.weights[k - direct.first] ?? 0) - (found.weights[k - found.first] ?? 0);
          expect(Math.abs(gap), `${size} of ${count}, ${k}`).toBeLessThan(1e-13);
        }
      }
    }
  });

  it("of a million samples at the size of three thousand stays near their quantile", () => {
    const random = xoshiro128(5);
    const many = sorted(Float64Array.from({ length: 1_000_000 }, () => Math.exp(0.5 * gaussian(random))));
    expect(relativeError(harrellDavis(many, 0.99, 2999, "log"), quantile(many, 0.99))).toBeLessThan(0.01);
  });
});
