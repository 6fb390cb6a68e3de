import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noncentralTSf } from "../../src/stats/noncentral-t.ts";
import { normalCdf } from "../../src/stats/normal.ts";
import { root } from "../../src/stats/root.ts";
import { incompleteBeta, lnGamma } from "../../src/stats/special.ts";
import { tInv, tSf } from "../../src/stats/student-t.ts";
import { reference, relativeError } from "../reference/stats.ts";

describe("special functions agree with independent numbers", () => {
  it.each(reference.lnGamma)("ln Γ($x)", ({ x, value }) => {
    expect(relativeError(lnGamma(x), value)).toBeLessThan(2e-12);
  });

  it("ln Γ keeps its digits beside its zeros, where libraries lose them", () => {
    // Derivation: ln Γ(1 + z) = −γ z + ζ(2)/2 z² − …, so at z = 1e-9 the first two terms carry 17 digits; ln Γ(2 + z) = ln Γ(1 + z) + ln(1 + z).
    const z = 2 ** -30;
    const atOne = -0.5772156649015329 * z + (Math.PI ** 2 / 12) * z * z;
    expect(relativeError(lnGamma(1 + z), atOne)).toBeLessThan(1e-14);
    expect(relativeError(lnGamma(2 + z), atOne + Math.log1p(z))).toBeLessThan(1e-14);
    expect([lnGamma(1), lnGamma(2)]).toEqual([0, 0]);
  });

  it("ln Γ of whole numbers is the logarithm of a factorial", () => {
    for (let n = 1, factorial = 1; n < 20; factorial *= n++) {
      expect(Math.abs(lnGamma(n) - Math.log(factorial))).toBeLessThan(1e-14 * Math.max(1, Math.log(factorial)));
    }
  });

  it.each(reference.incompleteBeta)("I_$x($a, $b)", ({ x, a, b, value }) => {
    expect(relativeError(incompleteBeta(x, a, b), value)).toBeLessThan(3e-12);
  });

  it("I_x(1, 1) is x, I_x(a, 1) is x^a, and the middle of a symmetric one is exactly one half", () => {
    expect(incompleteBeta(0.3, 1, 1)).toBeCloseTo(0.3, 15);
    expect(relativeError(incompleteBeta(1e-5, 20, 1), 1e-100)).toBeLessThan(1e-13);
    expect(Math.abs(incompleteBeta(0.5, 500.5, 500.5) - 0.5)).toBeLessThan(1e-14);
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
  });

  it("both tails of a beta variable sum to one and rise with x", () => {
    const shape = fc.double({ min: 0.05, max: 3000, noNaN: true });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, shape, shape, (x, other, a, b) => {
        expect(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a, x)).toBeCloseTo(1, 10);
        const [low, high] = [Math.min(x, other), Math.max(x, other)];
        expect(incompleteBeta(low, a, b)).toBeLessThanOrEqual(incompleteBeta(high, a, b) + 1e-12);
      }),
    );
  });

  it.each(reference.normal)("Φ($z)", ({ z, value }) => {
    expect(relativeError(normalCdf(z), value)).toBeLessThan(1e-12);
  });

  it("finds a zero between two points, also where a function is flat or steep", () => {
    expect(root((x) => x ** 3 - 2, 0, 5)).toBeCloseTo(Math.cbrt(2), 14);
    expect(root((x) => Math.atan(1e6 * (x - 0.1)), -10, 10)).toBeCloseTo(0.1, 12);
    expect(root((x) => (x - 1) ** 9, 0, 4)).toBeCloseTo(1, 1);
    expect(
      root((x) => x + 7, 1, 2),
      "no change of sign: the nearer end",
    ).toBe(1);
  });
});

describe("Student's t", () => {
  it.each(reference.tTail)("P(T > $t), $df degrees of freedom", ({ t, df, value }) => {
    expect(relativeError(tSf(t, df), value)).toBeLessThan(1e-12);
  });

  it.each(reference.tPoint)("the point above which lies $p, $df degrees of freedom", ({ p, df, upper }) => {
    expect(relativeError(-tInv(p, df), upper)).toBeLessThan(1e-12);
  });

  it("is Cauchy's distribution for one degree of freedom and algebraic for two", () => {
    // df = 1: P(T > t) = arctan(1/t)/π. df = 2: P(T > t) = ½ (1 − t/√(2 + t²)) = 1/(√(2+t²) (√(2+t²) + t)).
    for (const t of [0.01, 1, 31, 1e5, 1e9]) {
      const side = Math.sqrt(2 + t * t);
      expect(relativeError(tSf(t, 1), Math.atan(1 / t) / Math.PI)).toBeLessThan(1e-14);
      expect(relativeError(tSf(t, 2), 1 / (side * (side + t)))).toBeLessThan(1e-14);
    }
  });

  it("has the quantiles that tables print", () => {
    expect(tInv(0.975, 4)).toBeCloseTo(2.7764451052, 9);
    expect(tInv(0.99, 9)).toBeCloseTo(2.821437925, 9);
    expect(tInv(0.999, 2.5)).toBeCloseTo(13.82219311, 7);
    expect(tSf(40, 9) / 9.4914992e-12).toBeCloseTo(1, 7);
    expect(1 - tSf(-3.2, 3.7)).toBeCloseTo(0.01837008035478, 13);
  });

  it("comes back from its quantile, for any degrees of freedom", () => {
    const df = fc.double({ min: 0.3, max: 1000, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 1e-14, max: 0.5, noNaN: true }), df, (p, freedom) => {
        expect(relativeError(tSf(-tInv(p, freedom), freedom), p)).toBeLessThan(1e-10);
        expect(tInv(1 - p, freedom) + tInv(1 - (1 - p), freedom)).toBe(0);
      }),
    );
  });

  it("knows nothing without degrees of freedom and never answers NaN", () => {
    expect([tSf(3, 0), tSf(-3, 0), tInv(0.9, 0), tInv(0.1, -1), tInv(0.5, 0)]).toEqual([
      0.5,
      0.5,
      Infinity,
      -Infinity,
      0,
    ]);
    expect([tInv(0, 5), tInv(1, 5), tSf(Infinity, 5), tSf(-Infinity, 5)]).toEqual([-Infinity, Infinity, 0, 1]);
    const any = fc.double({ noNaN: true });
    fc.assert(fc.property(any, fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (t, df) => !Number.isNaN(tSf(t, df))));
  });
});

describe("noncentral t", () => {
  it.each(reference.noncentral)(
    "P(T > $critical), $df degrees of freedom, shifted $shift",
    ({ critical, df, shift, value }) => {
      expect(relativeError(noncentralTSf(critical, df, shift), value)).toBeLessThan(1e-11);
    },
  );

  it("is Student's t without a shift", () => {
    for (const [t, df] of [
      [0.7, 1],
      [3, 2.5],
      [2.5, 40],
      [5, 300],
    ] as const) {
      expect(relativeError(noncentralTSf(t, df, 0), tSf(t, df))).toBeLessThan(1e-10);
    }
  });
});
