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
    for (const alpha of [0.05, 1e-3, 1e-12]) expect(nominalLevel([6], alpha)).toBe(alpha);
  });

  it("lies between an equal share and the whole, and leaves less where more looks were planned", () => {
    for (const alpha of [0.5, 0.2, 0.05, 0.03, 0.01, 1e-4, 1e-9]) {
      const [two, three] = [nominalLevel([6, 12], alpha), nominalLevel(THREE, alpha)];
      expect(three).toBeGreaterThan(alpha / 3);
      expect(two).toBeGreaterThan(alpha / 2);
      expect(two).toBeLessThan(alpha);
      expect(three).toBeLessThan(two);
    }
  });

  it("is near the published one of Student's t for 6, 12, 24, which knows no trimming", () => {
    // Simulated independently, about a million paths: .0208 .00979 .00371 .00181 .000344.
    for (const [alpha, published] of [
      [0.05, 0.0208],
      [0.025, 0.00979],
      [0.01, 0.00371],
      [0.005, 0.00181],
      [0.001, 0.000344],
    ] as const) {
      expect(Math.abs(nominalLevel(THREE, alpha) / published - 1)).toBeLessThan(0.06);
    }
  });

  it("is an equal share in a plan that was not simulated", () => {
    expect(nominalLevel([5, 10, 20], 0.06)).toBeCloseTo(0.02, 15);
    expect(nominalLevel([6, 12, 18, 24], 1e-8)).toBeCloseTo(2.5e-9, 20);
  });

  it("between simulated levels lies on a straight line of logarithms, beyond them in proportion", () => {
    const middle = nominalLevel(THREE, Math.sqrt(0.05 * 0.025));
    expect(middle).toBeCloseTo(Math.sqrt(nominalLevel(THREE, 0.05) * nominalLevel(THREE, 0.025)), 12);
    expect(nominalLevel(THREE, 1e-9) / nominalLevel(THREE, 1e-3)).toBeCloseTo(1e-6, 15);
    expect(nominalLevel(THREE, 1) / nominalLevel(THREE, 0.5)).toBeCloseTo(2, 12);
  });

  it("rises with the overall level, and never above it", () => {
    fc.assert(
      fc.property(plan, level, level, (looks, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(nominalLevel(looks, low)).toBeLessThanOrEqual(nominalLevel(looks, high) * (1 + 1e-12));
        expect(nominalLevel(looks, high)).toBeLessThanOrEqual(high * (1 + 1e-12));
      }),
    );
  });
});

describe("the p-value of the whole plan", () => {
  it("is the overall level whose looks are tested at the smallest p so far", () => {
    fc.assert(
      fc.property(plan, level, (looks, alpha) => {
        fc.pre(looks.length > 0);
        expect(
          Math.abs(sequentialP(looks, [1, nominalLevel(looks, alpha)].slice(-looks.length)) / alpha - 1),
        ).toBeLessThan(1e-9);
      }),
    );
  });

  it("rejects at a level exactly where a look was rejected at its share of it", () => {
    fc.assert(
      fc.property(fc.array(level, { minLength: 1, maxLength: 3 }), level, (ps, alpha) => {
        fc.pre(alpha < 0.9 && Math.abs(Math.min(...ps) / nominalLevel(THREE, alpha) - 1) > 1e-9);
        expect(sequentialP(THREE, ps) <= alpha).toBe(ps.some((p) => p <= nominalLevel(THREE, alpha)));
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
          expect(value).toBeGreaterThanOrEqual(Math.min(...all.slice(0, i + 1)));
        });
      }),
    );
  });

  it("is one before the first look and zero after certainty", () => {
    expect([sequentialP(THREE, []), sequentialP([6], [1]), sequentialP(THREE, [0.9])]).toEqual([1, 1, 1]);
    expect([sequentialP(THREE, [0.2, 0]), sequentialP([6], [0]), sequentialP([5, 9], [0])]).toEqual([0, 0, 0]);
  });

  it("pays for looks that nobody planned", () => {
    expect(sequentialP([6], [0.01, 0.5])).toBeCloseTo(0.02, 15);
    expect(sequentialP(THREE, [0.5, 0.5, 0.5, 0.001])).toBeCloseTo(0.004, 15);
    expect(sequentialP([6], [0.9, 0.9])).toBe(1);
  });
});

describe("the repeated interval", () => {
  const estimate = { mean: 0.1, se: 0.02, df: 5, sd: 0.05, n: 6 };

  it("is the look's own interval where it is the only one", () => {
    const { lower, upper } = repeatedInterval([6], estimate, 0.95);
    expect(upper - lower).toBeCloseTo(2 * tInv(0.975, 5) * 0.02, 12);
    expect((upper + lower) / 2).toBeCloseTo(0.1, 14);
  });

  it("is wider by as much as the looks cost", () => {
    const { lower, upper } = repeatedInterval(THREE, estimate, 0.9);
    expect(upper - lower).toBeCloseTo(2 * -tInv(nominalLevel(THREE, 0.05), 5) * 0.02, 10);
    expect(upper - lower).toBeGreaterThan(2 * tInv(0.95, 5) * 0.02);
  });

  it("leaves out a bound exactly where the sequential p against it rejects", () => {
    fc.assert(
      fc.property(plan, fc.double({ min: -0.5, max: 0.5, noNaN: true }), (looks, bound) => {
        fc.pre(looks.length > 0);
        const { lower, upper } = repeatedInterval(looks, estimate, 0.9);
        const [above, below] = [pAbove(estimate, bound), pBelow(estimate, bound)].map((p) => sequentialP(looks, [p]));
        fc.pre(Math.abs(above! - 0.05) > 1e-9 && Math.abs(below! - 0.05) > 1e-9);
        expect(bound < lower).toBe(above! < 0.05);
        expect(bound > upper).toBe(below! < 0.05);
      }),
    );
  });

  it("is infinite where nothing is known and a point where nothing varies", () => {
    expect(repeatedInterval(THREE, { ...estimate, se: Infinity, df: 0 }, 0.9)).toEqual({
      lower: -Infinity,
      upper: Infinity,
    });
    expect(repeatedInterval(THREE, { ...estimate, se: 0 }, 0.9)).toEqual({ lower: 0.1, upper: 0.1 });
  });
});
