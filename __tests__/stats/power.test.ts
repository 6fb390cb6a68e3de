import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Estimate } from "../../src/stats/estimate.ts";
import { noncentralTSf } from "../../src/stats/noncentral-t.ts";
import { normalCdf } from "../../src/stats/normal.ts";
import { interval } from "../../src/stats/p-value.ts";
import { detectableEffect, falseAlarm, roundsNeeded } from "../../src/stats/power.ts";
import { tInv, tSf } from "../../src/stats/student-t.ts";
import { relativeError } from "../reference/stats.ts";

/** The noncentral t tail by its definition: the mean of Φ over the density of ln S, finely and far out, without any table. */
function plainTail(critical: number, df: number, shift: number): number {
  const exponent = (u: number): number => df * (u - Math.expm1(2 * u) / 2);
  const step = 0.3 / Math.max(Math.sqrt(2 * df), Math.abs(shift) + 6);
  let from = -1 / Math.sqrt(df);
  while (exponent(from) > -60) from *= 1.25;
  let [mass, sum] = [0, 0];
  for (let u = from; u < 0 || exponent(u) > -60; u += step) {
    const density = Math.exp(exponent(u));
    mass += density;
    sum += density * normalCdf(shift - critical * Math.exp(u));
  }
  return sum / mass;
}

/** The rounds needed by their definition: the first number whose interval has left the bound. */
function plainRounds(estimate: Estimate, bound: number, alpha: number): number | null {
  const distance = Math.abs(estimate.mean - bound);
  for (let n = 3; n <= 1000; n++) {
    const df = ((estimate.df + 1) * n) / estimate.n - 1;
    if (df > 0 && -tInv(alpha, df) * estimate.se * Math.sqrt(estimate.n / n) < distance) return n;
  }
  return null;
}

const estimateOf = (df: number, se: number, mean = 0): Estimate => ({ mean, se, df, sd: se, n: Math.ceil(df) + 1 });
const freedom = fc.double({ min: 2, max: 300, noNaN: true });
const level = fc.double({ min: -6, max: -0.5, noNaN: true }).map((exponent) => 10 ** exponent);
const positive = fc.double({ min: 1e-4, max: 1, noNaN: true });

describe("noncentral t", () => {
  // By mpmath's quadrature in 30 digits: tails of few degrees of freedom and of many, levels that large gates reach.
  it.each([
    [2, 1, 1, 0.37712803553971835],
    [18, 2, 20, 0.7077281152633019],
    [5.5, 3.7, 6, 0.6664664388846642],
    [140, 3.7, -2, 1.2250683708241394e-10],
    [0.5, 5, -2, 0.00718191348428229],
    [5.5, 5, -5, 3.243542609326549e-12],
    [5.5, 15, 6, 0.6655541057889217],
    [18, 15, 0, 7.2188799756065334e-12],
    [140, 15, 20, 6.118237918469626e-11],
    [5.5, 31.4, 0, 2.4592711431165415e-6],
    [5.5, 300, 1, 5.73029813189116e-6],
    [2, 2000, -2, 3.197329524295954e-5],
  ])("P(T > %d), %d degrees of freedom, shifted %d", (critical, df, shift, value) => {
    expect(relativeError(noncentralTSf(critical, df, shift), value)).toBeLessThan(1e-11);
  });

  it("is what its definition gives, whatever was asked before", () => {
    const point = fc.double({ min: 0, max: 30, noNaN: true });
    const shift = fc.double({ min: -8, max: 30, noNaN: true });
    fc.assert(
      fc.property(point, fc.double({ min: 1, max: 500, noNaN: true }), shift, (critical, df, by) => {
        const expected = plainTail(critical, df, by);
        fc.pre(expected > 1e-12);
        expect(relativeError(noncentralTSf(critical, df, by), expected)).toBeLessThan(1e-10);
      }),
      { numRuns: 150 },
    );
  });
});

describe("detectable effect", () => {
  it("is found with the chance that was asked for", () => {
    fc.assert(
      fc.property(freedom, level, fc.constantFrom(0.5, 0.8, 0.95), (df, alpha, power) => {
        const found = detectableEffect(estimateOf(df, 1), 0, alpha, power) as number;
        expect(Math.abs(noncentralTSf(-tInv(alpha, df), df, found) - power)).toBeLessThan(1e-10);
      }),
      { numRuns: 150 },
    );
  });

  it("is found too where the normal approximation is far off, and is never below the bound", () => {
    for (const [df, alpha, power] of [
      [2, 1e-9, 0.999999],
      [3, 0.4, 0.9999],
      [2, 1e-12, 0.01],
    ] as const) {
      const found = detectableEffect(estimateOf(df, 1), 0, alpha, power) as number;
      expect(Math.abs(noncentralTSf(-tInv(alpha, df), df, found) - power)).toBeLessThan(1e-10);
    }
    expect(detectableEffect(estimateOf(5, 1), 0.1, 0.4, 0.05), "less than the level: nothing need have changed").toBe(
      0.1,
    );
  });

  it("is a number for any finite estimate, and bound and noise enter it in proportion", () => {
    fc.assert(
      fc.property(freedom, positive, positive, level, (df, se, bound, alpha) => {
        const unit = detectableEffect(estimateOf(df, 1), 0, alpha) as number;
        expect(
          relativeError(detectableEffect(estimateOf(df, se), bound, alpha) as number, bound + se * unit),
        ).toBeLessThan(1e-12);
      }),
    );
  });
});

describe("rounds needed", () => {
  it("is the first number whose interval leaves the bound", () => {
    const effect = fc.double({ min: -0.3, max: 0.3, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), positive, effect, positive, level, (df, se, mean, bound, alpha) => {
        expect(roundsNeeded(estimateOf(df, se, mean), bound, alpha)).toBe(
          plainRounds(estimateOf(df, se, mean), bound, alpha),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("is three without noise, and none at level zero", () => {
    expect(roundsNeeded(estimateOf(5, 0, 0.2), 0.05, 0.05)).toBe(3);
    expect(roundsNeeded(estimateOf(5, 0.01, 0.2), 0.05, 0)).toBeNull();
  });
});

describe("false alarm", () => {
  it("is the noncentral tail beyond the critical point, however often and in whatever order it is asked for", () => {
    const ask = (df: number): number => falseAlarm(estimateOf(df, 0.03), 0.05, 0.01);
    const freedoms = Array.from({ length: 200 }, (_, i) => 2 + i / 7);
    const once = freedoms.map(ask);
    expect(freedoms.toReversed().map(ask).toReversed()).toEqual(once);
    freedoms.forEach((df, i) => {
      const expected = plainTail(-tInv(0.01, df), df, -0.05 / 0.03);
      expect(relativeError(once[i] as number, expected)).toBeLessThan(1e-10);
    });
  });
});

test("an interval and a tail are what Student's t gives, however many others were asked for in between", () => {
  const asked = Array.from({ length: 200 }, (_, i) => ({ df: 1 + (i % 90) / 3, level: 0.9 + (i % 7) / 100 }));
  const widths = ({ df, level }: (typeof asked)[number]) => interval({ mean: 0, se: 1, df, sd: 1, n: 3 }, level).upper;
  const once = asked.map(widths);
  expect([...asked].reverse().map(widths).reverse()).toEqual(once);
  // Back through the tail to the level: a width that was another's would not come back.
  for (const [i, { df, level }] of asked.entries())
    expect(relativeError(2 * tSf(once[i]!, df), 1 - level)).toBeLessThan(1e-9);
});
