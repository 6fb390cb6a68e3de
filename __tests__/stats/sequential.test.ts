import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pAbove, pBelow } from "../../src/stats/p-value.ts";
import { nominalLevel, repeatedInterval, sequentialP } from "../../src/stats/sequential.ts";
import { tInv } from "../../src/stats/student-t.ts";

const THREE = [6, 12, 24];
const level = fc.double({ min: -20, max: 0, noNaN: true }).map((exponent) => 10 ** exponent);
const plan = fc.constantFrom([], [24], [6, 12], THREE, [5, 10, 20], [6, 12, 18, 24]);

describe("the level of each look", () => {
  it("is the whole level where there is one look", () => {
    for (const alpha of [0.05, 1e-3, 1e-12]) expect(nominalLevel([6], 0, alpha)).toBe(alpha);
  });

  it("doubles from look to look", () => {
    for (const alpha of [0.2, 0.05, 1e-9]) {
      const [first, second, third] = [0, 1, 2].map((at) => nominalLevel(THREE, at, alpha)) as [number, number, number];
      expect(second / first).toBeCloseTo(2, 12);
      expect(third / second).toBeCloseTo(2, 12);
    }
  });

  it("is more at all looks together than the level, and less at each; and less where more looks were planned", () => {
    for (const alpha of [0.5, 0.2, 0.05, 0.03, 0.01, 1e-4, 1e-9]) {
      const [two, three] = [nominalLevel([6, 12], 0, alpha), nominalLevel(THREE, 0, alpha)];
      expect(7 * three).toBeGreaterThan(alpha);
      expect(3 * two).toBeGreaterThan(alpha);
      expect(nominalLevel([6, 12], 1, alpha)).toBeLessThan(alpha);
      expect(nominalLevel(THREE, 2, alpha)).toBeLessThan(alpha);
      expect(three).toBeLessThan(two);
    }
  });

  it("is near what another simulation found for 6, 12, 24", () => {
    // Simulated in numpy, four million Gaussian draws.
    for (const [alpha, first] of [
      [0.5, 0.1125],
      [0.25, 0.05074],
      [0.1, 0.01834],
      [0.05, 0.008656],
      [0.025, 0.004135],
      [0.01, 0.001584],
      [0.005, 0.000783],
      [0.001, 0.0001495],
      [0.00025, 0.0000376],
    ] as const) {
      expect(Math.abs(nominalLevel(THREE, 0, alpha) / first - 1), `${alpha}`).toBeLessThan(0.03);
    }
  });

  it("is a share in a plan that was not simulated, and all shares are the whole", () => {
    expect([0, 1, 2].map((at) => nominalLevel([5, 10, 20], at, 0.07))).toEqual([0.01, 0.02, 0.04]);
    expect(nominalLevel([6, 12, 18, 24], 0, 1.5e-8)).toBeCloseTo(1e-9, 20);
  });

  it("between simulated levels lies on a straight line of logarithms, beyond them in proportion", () => {
    const middle = nominalLevel(THREE, 1, Math.sqrt(0.05 * 0.025));
    expect(middle).toBeCloseTo(Math.sqrt(nominalLevel(THREE, 1, 0.05) * nominalLevel(THREE, 1, 0.025)), 12);
    expect(nominalLevel(THREE, 0, 1e-9) / nominalLevel(THREE, 0, 1e-3)).toBeCloseTo(1e-6, 15);
    expect(nominalLevel(THREE, 0, 1) / nominalLevel(THREE, 0, 0.5)).toBeCloseTo(2, 12);
  });

  it("rises with the overall level, and never above it", () => {
    fc.assert(
      fc.property(plan, level, level, fc.nat(3), (looks, a, b, at) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(nominalLevel(looks, at, low)).toBeLessThanOrEqual(nominalLevel(looks, at, high) * (1 + 1e-12));
        expect(nominalLevel(looks, at, high)).toBeLessThanOrEqual(high * (1 + 1e-12));
      }),
    );
  });
});

describe("the p-value of the whole plan", () => {
  it("is the overall level at which one of the looks so far would just have rejected", () => {
    fc.assert(
      fc.property(plan, level, (looks, alpha) => {
        fc.pre(looks.length > 0);
        const at = Math.min(1, looks.length - 1);
        const ps = [...Array<number>(at).fill(1), nominalLevel(looks, at, alpha)];
        expect(Math.abs(sequentialP(looks, ps) / alpha - 1)).toBeLessThan(1e-9);
      }),
    );
  });

  it("rejects at a level exactly where a look was rejected at its share of it", () => {
    fc.assert(
      fc.property(fc.array(level, { minLength: 1, maxLength: 3 }), level, (ps, alpha) => {
        const levels = ps.map((_, at) => nominalLevel(THREE, at, alpha));
        fc.pre(alpha < 0.9 && ps.every((p, at) => Math.abs(p / levels[at]! - 1) > 1e-9));
        expect(sequentialP(THREE, ps) <= alpha).toBe(ps.some((p, at) => p <= levels[at]!));
      }),
    );
  });

  it("never rises with another look of the plan, whatever it brings", () => {
    fc.assert(
      fc.property(plan, fc.array(level, { maxLength: 4 }), (looks, ps) => {
        const all = ps.slice(0, looks.length);
        const values = all.map((_, i) => sequentialP(looks, all.slice(0, i + 1)));
        values.forEach((value, i) => {
          expect(value).toBeLessThanOrEqual(values[i - 1] ?? 1);
          expect(value).toBeGreaterThanOrEqual(Math.min(...all.slice(0, i + 1)) * (1 - 1e-12));
        });
      }),
    );
  });

  it("is one before the first look and zero after certainty", () => {
    expect([sequentialP(THREE, []), sequentialP([6], [1]), sequentialP(THREE, [0.9])]).toEqual([1, 1, 1]);
    expect([sequentialP(THREE, [0.2, 0]), sequentialP([6], [0]), sequentialP([5, 9], [0])]).toEqual([0, 0, 0]);
  });

  it("pays for looks that nobody planned", () => {
    expect(sequentialP([6], [0.01, 0.5])).toBeCloseTo(0.03, 15);
    expect(sequentialP(THREE, [0.5, 0.5, 0.5, 0.008])).toBeCloseTo(0.015, 15);
    expect(sequentialP([6], [0.9, 0.9])).toBe(1);
  });
});

describe("the repeated interval", () => {
  const estimate = { mean: 0.1, se: 0.02, df: 5, sd: 0.05, n: 6 };

  it("is the look's own interval where it is the only one", () => {
    const { lower, upper } = repeatedInterval([6], 0, estimate, 0.95);
    expect(upper - lower).toBeCloseTo(2 * tInv(0.975, 5) * 0.02, 12);
    expect((upper + lower) / 2).toBeCloseTo(0.1, 14);
  });

  it("is wider by as much as the looks cost", () => {
    const { lower, upper } = repeatedInterval(THREE, 0, estimate, 0.9);
    expect(upper - lower).toBeCloseTo(2 * -tInv(nominalLevel(THREE, 0, 0.05), 5) * 0.02, 10);
    expect(upper - lower).toBeGreaterThan(2 * tInv(0.95, 5) * 0.02);
  });

  it("leaves out a bound exactly where the sequential p against it rejects", () => {
    fc.assert(
      fc.property(plan, fc.double({ min: -0.5, max: 0.5, noNaN: true }), (looks, bound) => {
        fc.pre(looks.length > 0);
        const { lower, upper } = repeatedInterval(looks, 0, estimate, 0.9);
        const [above, below] = [pAbove(estimate, bound), pBelow(estimate, bound)].map((p) => sequentialP(looks, [p]));
        fc.pre(Math.abs(above! - 0.05) > 1e-9 && Math.abs(below! - 0.05) > 1e-9);
        expect(bound < lower).toBe(above! < 0.05);
        expect(bound > upper).toBe(below! < 0.05);
      }),
    );
  });

  it("is infinite where nothing is known and a point where nothing varies", () => {
    expect(repeatedInterval(THREE, 0, { ...estimate, se: Infinity, df: 0 }, 0.9)).toEqual({
      lower: -Infinity,
      upper: Infinity,
    });
    expect(repeatedInterval(THREE, 0, { ...estimate, se: 0 }, 0.9)).toEqual({ lower: 0.1, upper: 0.1 });
  });
});
