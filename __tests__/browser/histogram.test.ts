import { describe, expect, it } from "vitest";
import { sharesIn } from "../../src/browser/histogram.ts";

const levels = [0, 0.25, 0.5, 0.75, 1];
const quantiles = (values: readonly number[]) => values.map((value, index) => ({ level: levels[index]!, value }));

describe("the steps of a histogram", () => {
  it("share what lies straight between two quantiles", () => {
    expect(sharesIn(quantiles([0, 1, 2, 3, 4]), [0, 2, 4])).toEqual([0.5, 0.5]);
    expect(sharesIn(quantiles([0, 1, 2, 3, 4]), [0, 0.5, 4])).toEqual([0.125, 0.875]);
  });

  it("lose no sample that is the smallest of all, as half of them are where a clock is coarse", () => {
    expect(sharesIn(quantiles([1, 1, 1, 2, 2]), [1, 1.5, 2])).toEqual([0.625, 0.375]);
  });

  it("hold nothing of what lies beyond them", () => {
    expect(sharesIn(quantiles([2, 3, 4, 5, 6]), [0, 1, 2, 4])).toEqual([0, 0, 0.5]);
    expect(sharesIn([], [0, 1])).toEqual([0]);
  });
});
