import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairedEstimate, predictionEstimate } from "../../src/stats/estimate.ts";
import { benjaminiHochberg } from "../../src/stats/multiplicity.ts";
import { detectableEffect, falseAlarm, roundsNeeded } from "../../src/stats/power.ts";
import { twoModes } from "../../src/stats/shape.ts";
import { tInv } from "../../src/stats/student-t.ts";
import { reference, relativeError } from "../reference/stats.ts";

/** An estimate of `n` pairs by Student's t with this noise, without drawing any. */
const pairs = (n: number, mean: number, sd: number) => ({ mean, se: sd / Math.sqrt(n), df: n - 1, sd, n });

describe("Benjamini-Hochberg", () => {
  it("agrees with its definition, ties and all", () => {
    const { p, adjusted } = reference.benjaminiHochberg;
    benjaminiHochberg(p).forEach((value, i) => {
      expect(relativeError(value, adjusted[i] as number)).toBeLessThan(1e-14);
    });
  });

  it("by hand", () => {
    // Ranked .01 .02 .03 .5 of 4: .04, .04, .04, .5.
    expect(benjaminiHochberg([0.03, 0.5, 0.01, 0.02])).toEqual([0.04, 0.5, 0.04, 0.04]);
    expect([benjaminiHochberg([]), benjaminiHochberg([0.2]), benjaminiHochberg([0, 1])]).toEqual([[], [0.2], [0, 1]]);
  });

  it("keeps the order, never lowers a p and never exceeds one", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (ps) => {
        const adjusted = benjaminiHochberg(ps);
        ps.forEach((p, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p * (1 - 1e-12));
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          ps.forEach((other, j) => {
            if (p < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] as number);
          });
        });
      }),
    );
  });
});

describe("detectable effect", () => {
  it.each([
    [3, 5.1725],
    [5, 2.1803],
    [8, 1.3999],
    [10, 1.1853],
    [20, 0.7637],
  ])("is the multiple of the noise that the noncentral t gives: %d pairs, %d sd at level 0.01", (n, multiple) => {
    const found = detectableEffect(pairs(n, 0, 1), 0, 0.01) as number;
    expect(found).toBeCloseTo(multiple, 4);
  });

  it("lies beyond the bound, and at it where nothing varies", () => {
    const bound = Math.log(1.05);
    expect((detectableEffect(pairs(10, 0, 0.02), bound, 0.01) as number) - bound).toBeCloseTo(0.024, 3);
    expect(detectableEffect(pairedEstimate([0.1, 0.1, 0.1]), bound, 0.01)).toBe(bound);
    expect(detectableEffect(pairs(2, 0, 0.02), bound, 0.01)).toBeNull();
  });

  it("grows with the noise in proportion and falls with rounds, level and modesty", () => {
    const base = detectableEffect(pairs(8, 0, 1), 0, 0.01) as number;
    expect(detectableEffect(pairs(8, 0, 3), 0, 0.01)).toBeCloseTo(3 * base, 9);
    expect(detectableEffect(pairs(16, 0, 1), 0, 0.01)).toBeLessThan(base);
    expect(detectableEffect(pairs(8, 0, 1), 0, 0.05)).toBeLessThan(base);
    expect(detectableEffect(pairs(8, 0, 1), 0, 0.01, 0.5)).toBeLessThan(base);
    expect(
      detectableEffect(pairs(3, 0, 1), 0, 1e-5),
      "a level that two degrees of freedom hardly reach",
    ).toBeGreaterThan(50);
  });
});

describe("rounds needed", () => {
  it("is where the interval leaves the bound", () => {
    // Effect 10 %, bound 5 %, sd 4 %: the first n with t(0.95, n − 1) · 0.04/√n < 0.05.
    const needed = roundsNeeded(pairs(3, 0.1, 0.04), 0.05, 0.05) as number;
    const half = (n: number): number => (tInv(0.95, n - 1) * 0.04) / Math.sqrt(n);
    expect(half(needed)).toBeLessThan(0.05);
    expect(half(needed - 1)).toBeGreaterThanOrEqual(0.05);
  });

  it("is the same for an effect as far inside the bound as another is beyond it", () => {
    expect(roundsNeeded(pairs(6, 0.02, 0.1), 0.05, 0.05)).toBe(roundsNeeded(pairs(6, 0.08, 0.1), 0.05, 0.05));
    expect(roundsNeeded(pairs(6, -0.08, 0.1), -0.05, 0.05)).toBe(roundsNeeded(pairs(6, 0.08, 0.1), 0.05, 0.05));
  });

  it("is none where more rounds do not help", () => {
    expect(roundsNeeded(pairs(6, 0.05, 0.1), 0.05, 0.05), "the effect is the bound").toBeNull();
    expect(roundsNeeded(pairs(6, 0.051, 0.1), 0.05, 0.05), "more than a thousand").toBeNull();
    expect(roundsNeeded(pairedEstimate([0.2]), 0.05, 0.05)).toBeNull();
    const stored = predictionEstimate([0, 0.1, -0.1, 0.05, -0.05], 0.02, null);
    expect(roundsNeeded(stored, 0.05, 0.05), "one run's own noise stays").toBeNull();
  });

  it("does not ask for more than three where nothing varies", () => {
    expect(roundsNeeded(pairedEstimate([0.1, 0.1, 0.1, 0.1]), 0.05, 0.05)).toBe(3);
  });
});

describe("false alarm", () => {
  it("is the level at a bound of zero, far less beyond, and nothing without noise", () => {
    expect(falseAlarm(pairs(6, 0, 0.1), 0, 0.05)).toBe(0.05);
    expect(falseAlarm(pairs(6, 0, 0.02), 0.05, 0.05)).toBeLessThan(1e-4);
    expect(falseAlarm(pairs(6, 0, 0.5), 0.05, 0.05)).toBeGreaterThan(0.03);
    expect([falseAlarm(pairedEstimate([0, 0, 0]), 0, 0.05), falseAlarm(pairedEstimate([0.1]), 0.05, 0.05)]).toEqual([
      0, 0,
    ]);
  });

  it("falls with the bound and stays a probability, whatever the noise", () => {
    const noise = fc.double({ min: 1e-6, max: 10, noNaN: true });
    fc.assert(
      fc.property(
        noise,
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        fc.integer({ min: 3, max: 40 }),
        (sd, bound, n) => {
          const [near, far] = [falseAlarm(pairs(n, 0, sd), bound, 0.05), falseAlarm(pairs(n, 0, sd), 2 * bound, 0.05)];
          expect(far).toBeLessThanOrEqual(near + 1e-12);
          expect(near).toBeLessThanOrEqual(0.05 + 1e-9);
          expect(far).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("two modes", () => {
  it("are seen where a wide gap parts the rounds", () => {
    expect(twoModes([1, 1.01, 1.02, 1.5, 1.51, 0.99])).toEqual({
      lower: { count: 4, centre: 1.005 },
      upper: { count: 2, centre: 1.505 },
    });
  });

  it("are not seen in a single outlier, an even spread, equal values or too few", () => {
    expect(twoModes([1, 1.01, 1.02, 1.03, 1.04, 9])).toBeNull();
    expect(twoModes([1, 2, 3, 4, 5, 6, 7])).toBeNull();
    expect(twoModes([1, 1, 1, 1, 1, 1])).toBeNull();
    expect(twoModes([1, 1, 1, 9, 9])).toBeNull();
  });
});
