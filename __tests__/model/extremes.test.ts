import { describe, expect, it } from "vitest";
import { largest, smallest } from "../../src/model/extremes.ts";

describe("the largest and the smallest of values", () => {
  it("are those of a million", () => {
    const values = Array.from({ length: 1_000_000 }, (_, index) => (index * 7919) % 1_000_000);
    expect([smallest(values), largest(values)]).toEqual([0, 999_999]);
    expect(largest(Float64Array.from(values))).toBe(largest(values));
  });

  it("are within the bound, and the bound where there is none", () => {
    expect([largest([1, 5, 3]), largest([1], 2), largest([], 0)]).toEqual([5, 2, 0]);
    expect([smallest([4, 2, 3]), smallest([4], 1), smallest([], 0)]).toEqual([2, 1, 0]);
    expect([largest([]), smallest([])]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});
