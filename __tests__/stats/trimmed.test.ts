import { describe, expect, it } from "vitest";
import { pairedEstimate } from "../../src/stats/estimate.ts";
import { xoshiro128 } from "../../src/stats/random.ts";
import { ascending, trimmedCorrection, trimmedEnd, trimmedMean } from "../../src/stats/trimmed.ts";
import { reference, relativeError } from "../reference/stats.ts";

describe("the trimmed mean", () => {
  it("drops two of ten at either end, by hand", () => {
    // 1…10: kept 3…8, mean 5.5. Winsorised: 3 3 3 4 5 6 7 8 8 8, squares about 5.5: 3·6.25·2 + 2·(2.25 + 0.25) = 42.5, variance 42.5/9,
    // se = √(42.5/9)/((1 − 0.4) √10).
    const { mean, se, kept } = trimmedMean([10, 1, 9, 2, 8, 3, 7, 4, 6, 5]);
    expect(mean).toBeCloseTo(5.5, 14);
    expect(se).toBeCloseTo(Math.sqrt(42.5 / 9) / (0.6 * Math.sqrt(10)), 14);
    expect(kept).toBe(6);
  });

  it("of uneven values moves the winsorised centre, not only the mean, by hand", () => {
    // Five values, one off either end: 1 2 3 kept of 0 1 2 3 14; winsorised 1 1 2 3 3, mean 2, squares 4, variance 1.
    expect(trimmedMean([14, 2, 0, 3, 1])).toEqual({ mean: 2, se: 1 / (0.6 * Math.sqrt(5)), kept: 3 });
    // 1 1 1 5 5 of 0 1 1 5 9: mean 7/3; winsorised 1 1 1 5 5, mean 2.6, squares 3·2.56 + 2·5.76 = 19.2, variance 4.8.
    const uneven = trimmedMean([0, 1, 1, 5, 9]);
    expect(uneven.mean).toBeCloseTo(7 / 3, 14);
    expect(uneven.se).toBeCloseTo(Math.sqrt(4.8) / (0.6 * Math.sqrt(5)), 14);
  });

  it.each(Object.keys(reference.yuen))("has Yuen's error: %s", (name) => {
    const { mean, se, kept } = trimmedMean(reference.arms[name] as readonly number[]);
    const expected = reference.yuen[name] as { mean: number; se: number; df: number };
    expect(relativeError(mean, expected.mean)).toBeLessThan(1e-12);
    expect(relativeError(se, expected.se)).toBeLessThan(1e-12);
    expect(kept - 1).toBe(expected.df);
  });

  it("with one value fewer trimmed at either end, by hand", () => {
    // 1…10, one off either end: kept 2…9, mean 5.5. Winsorised: 2 2 3 4 5 6 7 8 9 9, squares about 5.5: 2·(2·3.5² + 2.5² + 1.5² + 0.5²) = 66.5.
    const { mean, se, kept } = trimmedMean([10, 1, 9, 2, 8, 3, 7, 4, 6, 5], trimmedEnd(10) - 1);
    expect(mean).toBeCloseTo(5.5, 14);
    expect(se).toBeCloseTo(Math.sqrt(66.5 / 9) / (0.8 * Math.sqrt(10)), 14);
    expect(kept).toBe(8);
  });

  it("trims a fifth at either end, rounded down", () => {
    expect([4, 5, 9, 10, 14, 15, 24].map(trimmedEnd)).toEqual([0, 1, 1, 2, 2, 3, 4]);
  });

  it("without trimming is the mean", () => {
    expect(trimmedMean([1, 2, 6])).toEqual({ mean: 3, se: expect.closeTo(Math.sqrt(7 / 3), 14), kept: 3 });
  });
});

describe("values in ascending order", () => {
  it("are those of a sort, however many they are and whichever are equal, and leave the others as they were", () => {
    const random = xoshiro128(32);
    for (let n = 0; n <= 40; n++) {
      for (const kinds of [3, 1e6]) {
        const values = Array.from({ length: n }, () => Math.floor(random() * kinds) - 1);
        const before = [...values];
        expect(Array.from(ascending(values))).toEqual(values.toSorted((a, b) => a - b));
        expect(values).toEqual(before);
      }
    }
    expect(Array.from(ascending([1, Number.POSITIVE_INFINITY, 0, Number.NEGATIVE_INFINITY]))).toEqual([
      Number.NEGATIVE_INFINITY,
      0,
      1,
      Number.POSITIVE_INFINITY,
    ]);
  });
});

describe("the correction for few values", () => {
  it("lengthens the error and lowers the degrees of freedom, by less than a tenth and a fifth", () => {
    for (let n = 8; n <= 200; n++) {
      const { scale, df } = trimmedCorrection(n);
      const own = n - 2 * Math.floor(0.2 * n) - 1;
      expect(scale, `${n}`).toBeGreaterThan(1);
      expect(scale, `${n}`).toBeLessThan(1.1);
      expect(df, `${n}`).toBeLessThan(own);
      expect(df, `${n}`).toBeGreaterThan(0.8 * own);
    }
  });

  it("goes over from table to formula without a jump: what is trimmed in the same way is corrected in the same way", () => {
    for (const [n, next] of [
      [20, 25],
      [21, 26],
      [22, 27],
      [23, 28],
      [24, 29],
    ] as const) {
      const [before, after] = [trimmedCorrection(n), trimmedCorrection(next)];
      expect(after.df - before.df, `${n}`).toBeGreaterThan(1.8);
      expect(after.df - before.df, `${n}`).toBeLessThan(3.2);
      expect(Math.abs(after.scale - before.scale), `${n}`).toBeLessThan(0.012);
    }
  });

  it("goes into the estimate of pairs", () => {
    const d = [10, 1, 9, 2, 8, 3, 7, 4, 6, 5];
    const { scale, df } = trimmedCorrection(10);
    expect(pairedEstimate(d)).toMatchObject({ mean: trimmedMean(d).mean, se: scale * trimmedMean(d).se, df });
  });
});
