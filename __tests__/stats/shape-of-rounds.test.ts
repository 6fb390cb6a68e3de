import { describe, expect, it } from "vitest";
import { effectiveSampleSize } from "../../src/stats/autocorrelation.ts";
import { commonShift } from "../../src/stats/common-mode.ts";
import { firstRoundOutlier } from "../../src/stats/first-round.ts";
import { pAbove } from "../../src/stats/p-value.ts";
import { gaussian, shuffle, xoshiro128 } from "../../src/stats/random.ts";
import { quantised } from "../../src/stats/resolution.ts";
import { hillIndex, hillIndexOfCounts } from "../../src/stats/tail-index.ts";
import { trimmedMean } from "../../src/stats/trimmed.ts";

const draw = (n: number, one: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => one(i));

describe("the effective sample size", () => {
  it("by hand: batches of ten that alternate between two levels", () => {
    // 0 … 0 1 … 1: batch means have variance (10 · ¼)/9, samples (100 · ¼)/99: inflation 10 · (2.5/9)/(25/99) = 11.
    const levels = draw(100, (i) => Math.floor(i / 10) % 2);
    expect(effectiveSampleSize(levels)).toBeCloseTo(100 / 11, 12);
  });

  it("is all of them where the next does not depend on the last, also where neighbours make up for each other", () => {
    expect(effectiveSampleSize(draw(100, (i) => i % 2))).toBe(100);
    const random = xoshiro128(1);
    expect(effectiveSampleSize(draw(10_000, () => gaussian(random)))).toBeGreaterThan(7000);
  });

  it("is (1 − φ)/(1 + φ) of them where each keeps φ of the last", () => {
    const random = xoshiro128(2);
    let x = 0;
    const share = (effectiveSampleSize(draw(40_000, () => (x = 0.6 * x + gaussian(random)))) as number) / 40_000;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.31);
  });

  it("is not told by samples in order of size, all equal, or few", () => {
    const random = xoshiro128(3);
    const samples = draw(400, () => gaussian(random));
    expect(effectiveSampleSize(samples)).toBeGreaterThan(100);
    expect(effectiveSampleSize([...samples].sort((a, b) => a - b))).toBeNull();
    expect(effectiveSampleSize([...samples].sort((a, b) => b - a))).toBeNull();
    expect(effectiveSampleSize(Float64Array.from({ length: 400 }, () => 2))).toBeNull();
    expect(effectiveSampleSize(samples.slice(0, 99))).toBeNull();
    expect(effectiveSampleSize(samples.slice(0, 100))).not.toBeNull();
    expect(effectiveSampleSize([])).toBeNull();
  });
});

describe("the shift that a suite shares", () => {
  const effects = (means: readonly number[], se = 0.001) => means.map((mean) => ({ mean, se, df: 5, sd: 0.01, n: 6 }));
  const L = Math.log(1.05);

  it("is the median of all, with the error of their spread, by hand", () => {
    // 0 1 1 5 9: the trimmed mean's error is √4.8/(0.6 √5), see trimmed.test.ts; three are kept.
    const shift = commonShift(effects([5, 0, 9, 1, 1]));
    expect(shift).toEqual({
      mean: 1,
      se: expect.closeTo((Math.sqrt(Math.PI / 2) * Math.sqrt(4.8)) / (0.6 * Math.sqrt(5)), 12),
      df: 2,
      sd: expect.closeTo(Math.sqrt(56.8 / 4), 12),
      n: 5,
    });
  });

  it("is found where nearly all moved, and not where half did, or one", () => {
    const random = xoshiro128(4);
    const moved = (share: number) => draw(20, (i) => (i < 20 * share ? 0.1 : 0) + 0.01 * gaussian(random));
    expect(pAbove(commonShift(effects(moved(1)))!, L)).toBeLessThan(1e-6);
    expect(pAbove(commonShift(effects(moved(0.85)))!, L)).toBeLessThan(0.01);
    expect(pAbove(commonShift(effects(moved(0.6)))!, L)).toBeGreaterThan(0.05);
    expect(pAbove(commonShift(effects(moved(0.05)))!, L)).toBeGreaterThan(0.99);
  });

  it("has no smaller error than the benchmarks' own would make it", () => {
    const close = commonShift(effects([0.1, 0.1001, 0.0999, 0.1, 0.1, 0.1002], 0.06))!;
    expect(close.se).toBeCloseTo((Math.sqrt(Math.PI / 2) * 0.06) / Math.sqrt(6), 12);
  });

  it("is not told by fewer than five, nor by those of which nothing is known", () => {
    expect(commonShift(effects([0.1, 0.1, 0.1, 0.1]))).toBeNull();
    expect(commonShift([])).toBeNull();
    const unknown = { mean: 9, se: Infinity, df: 0, sd: 0, n: 1 };
    expect(commonShift([...effects([0.1, 0.1, 0.1, 0.1]), unknown])).toBeNull();
    expect(commonShift([...effects([0.1, 0.1, 0.1, 0.1, 0.1]), unknown])).toMatchObject({ n: 5, mean: 0.1 });
  });

  it("is that of trimmed spread, so one wild benchmark does not hide it", () => {
    const means = [0.1, 0.11, 0.09, 0.1, 0.105, 0.095, 0.1, 0.1, 0.102, 3];
    expect(trimmedMean(means).se).toBeLessThan(0.01);
    expect(pAbove(commonShift(effects(means))!, L)).toBeLessThan(1e-3);
  });
});

describe("the tail index", () => {
  it("by hand: the ten largest of 100 lie a factor e above the next", () => {
    expect(hillIndex([...draw(90, () => 1), ...draw(10, () => Math.E)])).toBeCloseTo(1, 13);
    expect(
      hillIndex(shuffle([...draw(90, () => 2), ...draw(10, () => 2 * Math.sqrt(Math.E))], xoshiro128(5))),
    ).toBeCloseTo(2, 12);
  });

  it("of exact Pareto quantiles is their exponent", () => {
    for (const alpha of [0.8, 1.5, 3]) {
      const pareto = draw(10_000, (i) => ((i + 0.5) / 10_000) ** (-1 / alpha));
      expect(Math.abs((hillIndex(pareto) as number) / alpha - 1)).toBeLessThan(0.05);
    }
  });

  it("of values with their counts is that of the samples they stand for", () => {
    const random = xoshiro128(7);
    const samples = draw(1_000, () => Math.ceil(20 * random() ** (-1 / 1.3)));
    const values = [...new Set(samples)].sort((a, b) => a - b);
    const counts = values.map((value) => samples.filter((sample) => sample === value).length);
    expect(hillIndexOfCounts(values, counts)).toBeCloseTo(hillIndex(samples) as number, 12);
    expect(hillIndexOfCounts([1, Math.E], [90, 10])).toBeCloseTo(1, 13);
    expect(hillIndexOfCounts([7], [100])).toBe(Infinity);
    expect(hillIndexOfCounts([1, 2], [80, 1])).toBeNull();
    expect(hillIndexOfCounts([-1, 2], [95, 5])).toBeNull();
  });

  it("is not told by few, nor where the tail is not positive, and infinite without a tail", () => {
    expect(hillIndex(draw(81, (i) => i + 1))).toBeNull();
    expect(hillIndex(draw(82, (i) => i + 1))).not.toBeNull();
    expect(hillIndex(draw(100, (i) => i - 95))).toBeNull();
    expect(hillIndex(draw(100, () => 7))).toBe(Infinity);
  });
});

describe("the first round", () => {
  const others = [1, 1.01, 0.99, 1.02, 0.98, 1, 1.01, 0.99, 1.02, 0.98, 1];

  it("stands apart beyond four median absolute deviations, on either side", () => {
    // The others' median is 1, their median absolute deviation 0.01: 4 · 1.4826 · 0.01 = 0.0593.
    expect([1.059, 1.0595, 0.941, 0.9405].map((first) => firstRoundOutlier([first, ...others]))).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  it("alone counts: a later round is not meant", () => {
    expect(firstRoundOutlier([1, 9, ...others])).toBe(false);
    expect(firstRoundOutlier([9, 1, ...others])).toBe(true);
  });

  it("among equal ones stands apart where it differs by more than rounding", () => {
    const equal = draw(11, () => 0.1);
    expect([0.1, 0.1 + 1e-15, 0.11].map((first) => firstRoundOutlier([first, ...equal]))).toEqual([false, false, true]);
  });

  it("is not judged among fewer than twelve", () => {
    expect(firstRoundOutlier([9, ...others.slice(0, 10)])).toBe(false);
    expect(firstRoundOutlier([])).toBe(false);
  });

  it("is rarely flagged without an effect", () => {
    const random = xoshiro128(6);
    const flagged = (n: number): number =>
      draw(10_000, () => Number(firstRoundOutlier(draw(n, () => gaussian(random))))).reduce((a, b) => a + b) / 10_000;
    expect(flagged(12)).toBeLessThan(0.026);
    expect(flagged(24)).toBeLessThan(0.007);
  });
});

describe("a quantised timer", () => {
  const random = xoshiro128(7);
  const fine = draw(1000, () => 1e-3 * Math.exp(0.1 * gaussian(random)));
  const ticks = (tick: number): number[] => fine.map((x) => tick * Math.round(x / tick));

  it("is seen by few distinct values", () => {
    expect(quantised(ticks(1e-4))).toEqual({ distinct: 8, tick: expect.closeTo(1e-4, 12) });
  });

  it("is seen by a tick beyond 1 % of the median", () => {
    expect(quantised(ticks(1.1e-5))).toMatchObject({ tick: expect.closeTo(1.1e-5, 12), distinct: expect.any(Number) });
    expect(quantised(ticks(1.1e-5))!.distinct).toBeGreaterThan(20);
  });

  it("is not seen where ticks are fine, nor in samples that never repeat", () => {
    expect(quantised(ticks(5e-6))).toBeNull();
    expect(quantised(fine)).toBeNull();
    expect(quantised([1, 2, 3, 5])).toBeNull();
    expect([quantised([]), quantised([1])]).toEqual([null, null]);
  });

  it("does not take rounding for ticks, nor a single value for many", () => {
    expect(quantised(draw(100, (i) => (i % 3) * 0.1 + 1e-16 * i))).toMatchObject({ distinct: 3 });
    expect(quantised([0.1, 0.1, 0.1])).toEqual({ distinct: 1, tick: null });
    expect(quantised([0, 0, 0, 0, 5])).toEqual({ distinct: 2, tick: 5 });
  });

  it("is the same for samples in any order and unit", () => {
    const coarse = ticks(1e-4);
    expect(quantised(shuffle(coarse, random))).toEqual(quantised(coarse));
    expect(quantised(coarse.map((x) => 1e9 * x))!.distinct).toBe(8);
  });
});
