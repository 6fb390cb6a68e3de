import { describe, expect, it } from "vitest";
import { largerThan, shift, smallestP } from "../../src/explain/ranks.ts";

describe("the rank test", () => {
  it("gives the exact tail: 1 of 252 orders where five lie above five", () => {
    expect(largerThan([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).toBeCloseTo(1 / 252, 12);
    expect(smallestP(5, 5)).toBeCloseTo(1 / 252, 12);
    // U = 23: 1 + 1 + 2 orders are at least as far out.
    expect(largerThan([1, 2, 3, 4, 6.5], [5, 6, 8, 9, 10])).toBeCloseTo(4 / 252, 12);
  });

  it("never finds for ties", () => {
    expect(largerThan([1, 1, 1], [1, 1, 1])).toBeGreaterThan(0.5);
  });

  it("agrees with R: wilcox.test of Hollander & Wolfe's permeability data gives p = 0.1272", () => {
    const late = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    expect(largerThan([1.15, 0.88, 0.9, 0.74, 1.21], late)).toBeCloseTo(0.1272, 4);
  });
});

describe("the shift between two groups", () => {
  it("is the median difference, with the interval that the test does not reject", () => {
    const found = shift([1, 2, 3, 4, 5], [11, 12, 13, 14, 15]);
    expect(found.value).toBe(10);
    expect([found.lower, found.upper]).toEqual([7, 13]);
    expect(found.level).toBeCloseTo(1 - 8 / 252, 12);
  });

  it("reaches no more than so few values can", () => {
    const found = shift([1, 2], [3, 4]);
    expect([found.lower, found.upper]).toEqual([1, 3]);
    expect(found.level).toBeCloseTo(1 - 2 / 6, 12);
  });
});
