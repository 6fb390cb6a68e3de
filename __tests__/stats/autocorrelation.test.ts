import { describe, expect, it } from "vitest";
import { dependence, ofMean } from "../../src/stats/autocorrelation.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";

const flat = (series: readonly number[]) => [{ from: 0, to: series.length, value: 0 }];

describe("how far neighbours depend on each other", () => {
  const random = xoshiro128(1);
  let last = 0;
  const wandering = Array.from({ length: 5000 }, () => {
    last = 0.6 * last + gaussian(random);
    return last;
  });

  it("is the correlation of residuals with the one before", () => {
    // 1·1 + 1·(−1) + (−1)·(−1) of 4.
    expect(dependence([1, 1, -1, -1], flat([1, 1, -1, -1]))).toBe(0.25);
    expect(dependence(wandering, flat(wandering))).toBeCloseTo(0.6, 1);
  });

  it("is 0 of values that take turns, that are equal, or equal but for a few", () => {
    const turns = [1, -1, 1, -1, 1, -1];
    expect(dependence(turns, flat(turns))).toBe(0);
    expect(dependence([0, 0, 0], flat([0, 0, 0]))).toBe(0);
    expect(dependence([0, 0, 5, 5, 0, 0, 0], flat(Array(7).fill(0)))).toBe(0);
  });

  it("knows nothing of the levels, and is not hidden by one value that stands out", () => {
    const stepped = wandering.map((value, index) => value + (index < 2000 ? 0 : 50));
    const levels = [
      { from: 0, to: 2000, value: 0 },
      { from: 2000, to: 5000, value: 50 },
    ];
    expect(dependence(stepped, levels)).toBeCloseTo(dependence(wandering, flat(wandering)), 2);
    const struck = wandering.map((value, index) => (index === 700 ? 1000 : value));
    expect(dependence(struck, flat(struck))).toBeCloseTo(dependence(wandering, flat(wandering)), 2);
  });
});

describe("the variance of a mean of values that depend on the one before", () => {
  it("is the sum of all covariances over n²", () => {
    const [n, rho] = [7, 0.6];
    let sum = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += rho ** Math.abs(i - j);
    expect(ofMean(n, rho)).toBeCloseTo(sum / n ** 2, 12);
    expect(ofMean(2, 0.5)).toBe(0.75);
    expect(ofMean(10, 0)).toBe(0.1);
  });
});
