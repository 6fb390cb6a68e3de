import { describe, expect, it } from "vitest";
import { mean, median, medianOfSorted, variance } from "../../src/stats/summary.ts";

describe("the mean", () => {
  it("loses nothing of small values beside large ones, in lists and in typed arrays", () => {
    const values = [1, 1e100, 1, -1e100];
    expect(mean(values)).toBe(0.5);
    expect(mean(Float64Array.from(values))).toBe(0.5);
  });

  it("is infinite where the sum is, not a number that no limit is held against", () => {
    expect(mean([1.7e308, 1.7e308])).toBe(Number.POSITIVE_INFINITY);
    expect(mean([-1.7e308, -1.7e308])).toBe(Number.NEGATIVE_INFINITY);
    expect(mean([1, Number.NaN])).toBeNaN();
  });
});

describe("the median", () => {
  it("is the middle value, and the mean of both where there are two", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7, 5])).toBe(6);
    expect(medianOfSorted(Float64Array.of(1, 2, 4, 8))).toBe(3);
  });

  it("leaves the values in their order", () => {
    const values = Float64Array.of(3, 1, 2);
    median(values);
    expect([...values]).toEqual([3, 1, 2]);
  });
});

describe("the variance", () => {
  it("has n − 1 in the denominator", () => {
    expect(variance([1, 2, 3, 4])).toBeCloseTo(5 / 3, 15);
  });
});

describe("summaries of nothing", () => {
  it("are errors, never numbers", () => {
    for (const of of [mean, median, variance]) expect(() => of([])).toThrow();
    expect(() => variance([1])).toThrow();
  });
});
