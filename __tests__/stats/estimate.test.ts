import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Estimate, pairedEstimate, predictionEstimate, welchEstimate } from "../../src/stats/estimate.ts";
import { interval, pAbove, pBelow } from "../../src/stats/p-value.ts";
import { trimmedCorrection } from "../../src/stats/trimmed.ts";
import { reference, relativeError } from "../reference/stats.ts";

const arm = (name: string): readonly number[] => reference.arms[name] as readonly number[];
const logs = (minLength: number, maxLength = 30): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength, maxLength });
const numbers = (estimate: Estimate): number[] => Object.values(estimate);

describe("pairs", () => {
  it.each(Object.keys(reference.paired))("are tested by Student's t below eight: %s", (name) => {
    const estimate = pairedEstimate(arm(name));
    expect(relativeError(estimate.mean / estimate.se, reference.paired[name]?.t as number)).toBeLessThan(1e-12);
    expect(relativeError(pAbove(estimate, 0), reference.paired[name]?.p as number)).toBeLessThan(1e-10);
  });

  it.each(Object.keys(reference.yuen))("are tested by Yuen's trimmed t from eight on: %s", (name) => {
    const estimate = pairedEstimate(arm(name));
    const { mean, se, df, p } = reference.yuen[name] as { mean: number; se: number; df: number; p: number };
    const correction = trimmedCorrection(estimate.n);
    expect(relativeError(estimate.mean, mean)).toBeLessThan(1e-12);
    expect(relativeError(estimate.se / correction.scale, se)).toBeLessThan(1e-12);
    expect(estimate.df).toBe(correction.df);
    const uncorrected = { ...estimate, se: estimate.se / correction.scale, df };
    expect(relativeError(pAbove(uncorrected, 0), p)).toBeLessThan(1e-10);
    expect(pAbove(estimate, mean - se)).toBeGreaterThan(pAbove(uncorrected, mean - se));
  });

  it("trim two of ten at either end, by hand", () => {
    // 1…10: cut = 2, kept 3…8, mean 5.5; the error by hand is in trimmed.test.ts. Squares about 5.5: 82.5.
    const estimate = pairedEstimate([10, 1, 9, 2, 8, 3, 7, 4, 6, 5]);
    expect(estimate.mean).toBeCloseTo(5.5, 14);
    expect(estimate.sd).toBeCloseTo(Math.sqrt(82.5 / 9), 14);
    expect(estimate.n).toBe(10);
  });

  it("all equal leave nothing to chance: p is exactly 0 or 1", () => {
    for (const n of [2, 5, 8, 24]) {
      const estimate = pairedEstimate(Array<number>(n).fill(Math.log(1.1)));
      expect(estimate.se).toBe(0);
      expect([pAbove(estimate, 0.05), pAbove(estimate, 0.2), pBelow(estimate, 0.2), pBelow(estimate, 0.05)]).toEqual([
        0, 1, 0, 1,
      ]);
      expect(interval(estimate, 0.95)).toEqual({ lower: estimate.mean, upper: estimate.mean });
    }
  });

  it("know what one more slow round would make of their error, where ends are trimmed", () => {
    const quiet = [0.011, -0.008, 0.003, 0.006, -0.011, 0.001, -0.004, 0.009, -0.002, 0.005];
    const slow = (count: number) => pairedEstimate(quiet.map((y, i) => (i < count ? y + 0.26 : y)));
    expect(pairedEstimate(quiet.slice(0, 7)).spareSe).toBeUndefined();
    expect(slow(0).spareSe).toBeLessThan(1.5 * slow(0).se);
    // Two slow ones are trimmed; without one of them the error is that of the other.
    expect(slow(2).se).toBeLessThan(3 * slow(0).se);
    expect(slow(2).spareSe).toBeGreaterThan(5 * slow(2).se);
    expect(slow(5).spareSe).toBeGreaterThanOrEqual(slow(5).se);
  });

  it("at the bound itself prove nothing", () => {
    const estimate = pairedEstimate([0.05, 0.05, 0.05]);
    expect([pAbove(estimate, 0.05), pBelow(estimate, 0.05)]).toEqual([1, 1]);
  });

  it("have at least the error of a clock that ticks", () => {
    expect(pairedEstimate([0.1, 0.1, 0.1, 0.1], 0.02).se).toBeCloseTo(0.01, 15);
    expect(pairedEstimate(Array<number>(16).fill(0.1), 0.02).se).toBeCloseTo(0.005, 15);
    expect(pairedEstimate([0, 1, 2], 0.02).se).toBeCloseTo(1 / Math.sqrt(3), 15);
  });

  it("mostly equal, from a coarse clock, are not taken for certain", () => {
    const estimate = pairedEstimate([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0, 0.3]);
    expect(estimate.se).toBeGreaterThan(0);
    expect(pAbove(estimate, 0.05)).toBeGreaterThan(0);
  });

  it("are not judged by one alone, nor by none", () => {
    for (const estimate of [pairedEstimate([0.3]), pairedEstimate([])]) {
      expect(estimate).toMatchObject({ se: Infinity, df: 0 });
      expect([pAbove(estimate, 0.05), pBelow(estimate, 0.05)]).toEqual([0.5, 0.5]);
      expect(interval(estimate, 0.95)).toEqual({ lower: -Infinity, upper: Infinity });
    }
  });

  it("swapped give the opposite verdict exactly, in any order", () => {
    fc.assert(
      fc.property(logs(2), fc.double({ min: 0, max: 0.3, noNaN: true }), (d, bound) => {
        const [one, other] = [pairedEstimate(d), pairedEstimate(d.map((x) => -x).reverse())];
        expect(other.mean).toBeCloseTo(-one.mean, 10);
        expect(other.se).toBeCloseTo(one.se, 10);
        expect(pBelow(other, -bound)).toBeCloseTo(pAbove(one, bound), 6);
      }),
    );
  });

  it("never become NaN", () => {
    fc.assert(
      fc.property(logs(0), fc.double({ min: 0, max: 1, noNaN: true }), (d, floor) => {
        const estimate = pairedEstimate(d, floor);
        expect([
          ...numbers(estimate),
          pAbove(estimate, 0.05),
          pBelow(estimate, 0.05),
          ...Object.values(interval(estimate, 0.95)),
        ]).not.toContain(Number.NaN);
      }),
    );
  });
});

describe("unpaired rounds", () => {
  it.each(reference.welch)("$baseline against $candidate agree with Welch", ({ baseline, candidate, t, p, df }) => {
    const estimate = welchEstimate(arm(baseline), arm(candidate));
    expect(relativeError(estimate.mean / estimate.se, t)).toBeLessThan(1e-11);
    expect(relativeError(estimate.df, df)).toBeLessThan(1e-11);
    expect(relativeError(pAbove(estimate, 0), p)).toBeLessThan(1e-10);
  });

  it("give the published example", () => {
    const estimate = welchEstimate([2, 3, 4, 5, 9], [1, 2, 3, 4, 5]);
    expect(estimate.mean / estimate.se).toBeCloseTo(-1.142857, 6);
    // (7.3/5 + 2.5/5)² / ((1.46² + 0.5²)/4) = 3.8416/0.5954.
    expect(estimate.df).toBeCloseTo(3.8416 / 0.5954, 12);
    expect(2 * pBelow(estimate, 0)).toBeCloseTo(0.293725, 6);
    // Variances 7.3 and 2.5: the noise of one round is √4.9.
    expect(estimate.sd).toBeCloseTo(Math.sqrt(4.9), 12);
  });

  it("take the smaller side's degrees of freedom where it has fewer than five", () => {
    expect(welchEstimate(arm("twelve"), arm("three"))).toMatchObject({ df: 2, n: 3 });
    expect(welchEstimate(arm("three"), arm("twelve")).df).toBe(2);
  });

  it("without variance are exact, or as exact as the clock", () => {
    expect(welchEstimate([1, 1, 1, 1, 1], [1.1, 1.1, 1.1, 1.1, 1.1])).toMatchObject({ se: 0, df: 4 });
    expect(welchEstimate([1, 1, 1, 1], [2, 2, 2, 2], 0.1).se).toBeCloseTo(0.1 * Math.sqrt(0.5), 14);
    expect(welchEstimate([1, 2, 3], [2])).toMatchObject({ mean: 0, se: Infinity, df: 0 });
    expect(welchEstimate([], [2])).toMatchObject({ mean: 0, se: Infinity, df: 0 });
  });

  it("swapped give the opposite, and never NaN", () => {
    fc.assert(
      fc.property(logs(0, 12), logs(0, 12), (a, b) => {
        const [one, other] = [welchEstimate(a, b), welchEstimate(b, a)];
        expect(numbers(one)).not.toContain(Number.NaN);
        expect(other.mean).toBeCloseTo(-one.mean, 12);
        if (one.df > 0) expect([other.se, other.df]).toEqual([expect.closeTo(one.se, 12), expect.closeTo(one.df, 8)]);
      }),
    );
  });
});

describe("one run against stored runs", () => {
  it("is a prediction: the new run's own deviation stays however many are stored", () => {
    // Variance of 1…5 is 2.5, k = 5: se = √(2.5 (1 + 1/5)) = √3.
    const estimate = predictionEstimate([1, 2, 3, 4, 5], 7, null);
    expect(estimate).toMatchObject({ mean: 4, df: 4, n: 6, fixedVariance: expect.closeTo(2.5, 12) });
    expect(estimate.se).toBeCloseTo(Math.sqrt(3), 14);
  });

  it("borrows variance from its neighbours while there are few runs", () => {
    // (4 · 0.5 + 4 · 2.5)/8 = 1.5: se = √(1.5 · 1.2), df = 8.
    const estimate = predictionEstimate([1, 2, 3, 4, 5], 7, { variance: 0.5, df: 4 });
    expect(estimate.se).toBeCloseTo(Math.sqrt(1.8), 14);
    expect(estimate.df).toBe(8);
    expect(predictionEstimate([1], 2, { variance: 0.5, df: 4 })).toMatchObject({ mean: 1, se: 1, df: 4, n: 2 });
  });

  it("stands on its own from ten runs on", () => {
    const history = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(predictionEstimate(history, 7, { variance: 100, df: 4 })).toEqual(predictionEstimate(history, 7, null));
  });

  it("knows nothing from one run without a prior, nor from none", () => {
    expect(predictionEstimate([1], 2, null)).toMatchObject({ mean: 1, se: Infinity, df: 0 });
    expect(predictionEstimate([], 2, { variance: 1, df: 4 })).toMatchObject({ mean: 0, se: Infinity, df: 0 });
  });

  it("has at least the error of the clock for the new run, and none where nothing ever varied", () => {
    expect(predictionEstimate([1, 1, 1, 1], 1, null)).toMatchObject({ se: 0, df: 3 });
    expect(predictionEstimate([1, 1, 1, 1], 1, null, 0.2).se).toBeCloseTo(0.2, 15);
  });
});

describe("tests and intervals", () => {
  it("say the same: a bound is outside the interval where its one-sided p is below half of the rest", () => {
    fc.assert(
      fc.property(
        logs(3),
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: 0.5, max: 0.999, noNaN: true }),
        (d, bound, level) => {
          const estimate = pairedEstimate(d);
          const { lower, upper } = interval(estimate, level);
          const alpha = (1 - level) / 2;
          fc.pre(Math.abs(pAbove(estimate, bound) - alpha) > 1e-9 && Math.abs(pBelow(estimate, bound) - alpha) > 1e-9);
          fc.pre(Math.abs(estimate.mean - bound) > 1e-9 || estimate.se > 0);
          expect(bound < lower).toBe(pAbove(estimate, bound) < alpha);
          expect(bound > upper).toBe(pBelow(estimate, bound) < alpha);
        },
      ),
    );
  });

  it("widen with the level", () => {
    const estimate = pairedEstimate(arm("six"));
    const width = (level: number): number => interval(estimate, level).upper - interval(estimate, level).lower;
    expect(width(0)).toBe(0);
    expect(width(0.9)).toBeLessThan(width(0.99));
  });
});
