import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anytimeInterval, eValue } from "../../src/stats/anytime.ts";
import { eBenjaminiHochberg } from "../../src/stats/multiplicity.ts";
import { tSf } from "../../src/stats/student-t.ts";

const half = (n: number, sd = 1, alpha = 0.05): number => anytimeInterval({ n, mean: 0, sd }, alpha).upper;
const running = fc.record({
  n: fc.integer({ min: 0, max: 500 }),
  mean: fc.double({ min: -5, max: 5, noNaN: true }),
  sd: fc.double({ min: 0, max: 5, noNaN: true }),
});

describe("the anytime-valid interval", () => {
  it.each([
    [5, 2.44],
    [10, 1.24],
    [20, 0.8],
    [50, 0.49],
  ])("of %d values has the published width", (n, width) => {
    expect(half(n)).toBeCloseTo(width, 2);
  });

  it("by hand: two values at 50 %, g = 12", () => {
    // r = 25, K = √(25/0.25) = 10: √(1/2 · 9/(1 − 10/25)) = √7.5.
    const { lower, upper } = anytimeInterval({ n: 2, mean: 1, sd: 2 }, 0.5, 12);
    expect(upper).toBeCloseTo(1 + 2 * Math.sqrt(7.5), 13);
    expect(lower).toBeCloseTo(1 - 2 * Math.sqrt(7.5), 13);
  });

  it("is infinite while too little is known", () => {
    for (const n of [0, 1, 2]) expect(half(n), `${n}`).toBe(Infinity);
    expect(half(4, 1, 1e-6)).toBe(Infinity);
    expect(half(3, 0, 1e-9)).toBe(Infinity);
  });

  it("grows with the noise and the confidence and shrinks with the number", () => {
    expect(half(12, 3)).toBeCloseTo(3 * half(12), 12);
    expect(half(12, 1, 0.01)).toBeGreaterThan(half(12));
    for (let n = 4; n < 300; n++) expect(half(n + 1)).toBeLessThan(half(n));
  });

  it("holds exactly the means that the e-value does not reject", () => {
    fc.assert(
      fc.property(
        running,
        fc.double({ min: -8, max: 8, noNaN: true }),
        fc.double({ min: 1e-6, max: 0.5, noNaN: true }),
        (d, mu0, alpha) => {
          fc.pre(d.sd > 1e-9);
          const { lower, upper } = anytimeInterval(d, alpha);
          const e = eValue(d, mu0);
          fc.pre(Math.abs(e * alpha - 1) > 1e-6);
          expect(lower < mu0 && mu0 < upper).toBe(e < 1 / alpha);
        },
      ),
    );
  });
});

describe("the e-value", () => {
  it("is 1 in expectation where the hypothesis is true: integrated over Student's t", () => {
    for (const n of [2, 5, 20]) {
      for (const g of [0.5, 3]) {
        const at = (t: number): number => eValue({ n, mean: t / Math.sqrt(n), sd: 1 }, 0, g);
        let [sum, t] = [0, 0];
        for (let step = 1e-3; t < 1e7; step = Math.max(1e-3, t / 2000)) {
          sum += 2 * at(t + step / 2) * (tSf(t, n - 1) - tSf(t + step, n - 1));
          t += step;
        }
        expect(sum, `${n} values, g = ${g}`).toBeCloseTo(1, 3);
      }
    }
  });

  it("by hand: n = 2, t = 2, g = 1.5", () => {
    // (1 + 3)^(−1/2) · (1 + 4)/(1 + 4/4) = 1.25.
    expect(eValue({ n: 2, mean: Math.SQRT2, sd: 1 }, 0, 1.5)).toBeCloseTo(1.25, 13);
  });

  it("is two-sided, and smallest at the mean", () => {
    const d = { n: 9, mean: 0.3, sd: 0.1 };
    expect(eValue(d, 0.2)).toBeCloseTo(eValue(d, 0.4), 10);
    expect(eValue(d, 0.3)).toBeCloseTo((1 + 27) ** -0.5, 13);
  });

  it("says nothing of one value and everything where nothing varies", () => {
    expect([eValue({ n: 1, mean: 9, sd: 0 }, 0), eValue({ n: 0, mean: 0, sd: 0 }, 1)]).toEqual([1, 1]);
    expect([eValue({ n: 4, mean: 1, sd: 0 }, 1), eValue({ n: 4, mean: 1, sd: 0 }, 0)]).toEqual([1, Infinity]);
  });

  it("never becomes NaN", () => {
    fc.assert(
      fc.property(running, fc.double({ noNaN: true, noDefaultInfinity: true }), (d, mu0) => {
        expect(eValue(d, mu0)).not.toBeNaN();
        expect(Object.values(anytimeInterval(d, 0.05))).not.toContain(Number.NaN);
      }),
    );
  });
});

describe("Benjamini-Hochberg with e-values", () => {
  it("by hand", () => {
    // Five at 10 %: needed 50, 25, 16.7, 12.5, 10. The third largest, 20, is enough; the second, 24, need not be.
    expect(eBenjaminiHochberg([3, 60, 20, 24, 12], 0.1)).toEqual([false, true, true, true, false]);
    expect(eBenjaminiHochberg([49, 24, 16], 0.05)).toEqual([false, false, false]);
    expect([eBenjaminiHochberg([], 0.05), eBenjaminiHochberg([20], 0.05), eBenjaminiHochberg([19.9], 0.05)]).toEqual([
      [],
      [true],
      [false],
    ]);
    expect(eBenjaminiHochberg([Infinity, 0], 0.05)).toEqual([true, false]);
  });

  it("rejects the largest, each at least number/(q · rejected)", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 2000, noNaN: true }), { maxLength: 30 }), (es) => {
        const rejected = eBenjaminiHochberg(es, 0.05);
        const count = rejected.filter(Boolean).length;
        es.forEach((e, i) => {
          if (rejected[i]) expect(e * 0.05 * count).toBeGreaterThanOrEqual(es.length * (1 - 1e-12));
          else expect(e * 0.05 * (count + 1)).toBeLessThan(es.length * (1 + 1e-12));
        });
      }),
    );
  });
});
