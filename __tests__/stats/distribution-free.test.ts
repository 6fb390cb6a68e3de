import { describe, expect, it } from "vitest";
import { signInterval } from "../../src/stats/distribution-free.ts";

describe("the sign interval", () => {
  it("by hand: of six between the ends at 96.9 %, of nine between the second ones at 96.1 %", () => {
    // 1 − 2/2⁶ and 1 − 2·(1 + 9)/2⁹.
    expect(signInterval([5, 1, 3, 6, 2, 4], 0.95)).toEqual({
      lower: 1,
      upper: 6,
      level: expect.closeTo(1 - 2 / 64, 13),
    });
    expect(signInterval([9, 1, 8, 2, 7, 3, 6, 4, 5], 0.95)).toEqual({
      lower: 2,
      upper: 8,
      level: expect.closeTo(1 - 20 / 512, 13),
    });
  });

  it.each([
    [0.95, 6],
    [0.99, 8],
    [0.9, 5],
    [0.999, 11],
  ])("at %d needs %d differences", (level, fewest) => {
    const ascending = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
    expect(signInterval(ascending(fewest - 1), level)).toBeNull();
    expect(signInterval(ascending(fewest), level)).toMatchObject({ lower: 0, upper: fewest - 1 });
    expect(signInterval([], level)).toBeNull();
  });

  it("reaches the level asked for, and is the narrowest that does", () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
    const reached = (n: number, k: number): number =>
      1 - 2 * Array.from({ length: k }, (_, i) => choose(n, i) / 2 ** n).reduce((a, b) => a + b, 0);
    for (let n = 6; n <= 60; n++) {
      const { lower, upper, level } = signInterval(
        Array.from({ length: n }, (_, i) => i + 1),
        0.95,
      )!;
      expect(lower + upper).toBe(n + 1);
      expect(level).toBeCloseTo(reached(n, lower), 12);
      expect(level).toBeGreaterThanOrEqual(0.95);
      if (lower < n / 2) expect(reached(n, lower + 1)).toBeLessThan(0.95);
    }
  });

  it("at a level of zero is the middle itself", () => {
    expect(signInterval([1, 2, 3], 0)).toMatchObject({ lower: 2, upper: 2 });
    expect(signInterval([1, 2, 3, 4], 0)).toMatchObject({ lower: 2, upper: 3 });
  });
});
