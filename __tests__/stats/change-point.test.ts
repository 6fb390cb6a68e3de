import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChangePoint, changePoints, levelsOf } from "../../src/stats/change-point.ts";
import { drift } from "../../src/stats/cusum.ts";
import { energySplits } from "../../src/stats/energy-split.ts";
import { largeStep, stepAt } from "../../src/stats/large-step.ts";
import { gaussian, type Random, xoshiro128 } from "../../src/stats/random.ts";

/** A series of `n` values by index, with Gaussian noise of sd 1. */
const noisy = (n: number, random: Random, level: (index: number) => number = () => 0) =>
  Array.from({ length: n }, (_, index) => level(index) + gaussian(random));

const found = (series: readonly number[], seed = 1) => changePoints(series, { seed }).map(({ index }) => index);

/** How often `event` happens in `repeats` seeded draws. */
function rate(repeats: number, seed: number, event: (random: Random, index: number) => boolean): number {
  const random = xoshiro128(seed);
  return Array.from({ length: repeats }, (_, index) => event(random, index)).filter(Boolean).length / repeats;
}

describe("the energy distance of a split", () => {
  /** Equation 5 of Matteson & James as it is written: every pair. */
  function direct(values: readonly number[], at: number): number {
    const [x, y] = [values.slice(0, at), values.slice(at)];
    const across = x.flatMap((a) => y.map((b) => Math.abs(a - b)));
    const inside = (part: readonly number[]) => part.flatMap((a, i) => part.slice(i + 1).map((b) => Math.abs(a - b)));
    const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length);
    const [m, n] = [x.length, y.length];
    return ((m * n) / (m + n)) * (2 * mean(across) - mean(inside(x)) - mean(inside(y)));
  }

  it("is worked out by hand: 0, 0 | 1, 1 has distance 2 across and none inside", () => {
    expect(energySplits([0, 0, 1, 1], 2)([0, 1, 2, 3])).toEqual({ at: 2, energy: 2 });
    expect(energySplits([0, 0, 1, 1], 2)([0, 2, 1, 3]).energy).toBeCloseTo(-1 + 1 - 1, 12);
  });

  it("is that of every pair, in any order, ties included", () => {
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e3, max: 1e3, noNaN: true }));
    const lists = fc.array(value, { minLength: 4, maxLength: 40 }).chain((values) =>
      fc.record({
        values: fc.constant(values),
        order: fc.shuffledSubarray([...values.keys()], { minLength: values.length }),
      }),
    );
    fc.assert(
      fc.property(lists, ({ values, order }) => {
        const arranged = order.map((index) => values[index]!);
        const { at, energy } = energySplits(values, 2)(order);
        const all = Array.from({ length: values.length - 3 }, (_, i) => direct(arranged, i + 2));
        const scale = Math.max(1, ...values.map(Math.abs)) * values.length;
        expect(Math.abs(energy - Math.max(...all))).toBeLessThan(1e-9 * scale);
        expect(Math.abs(energy - all[at - 2]!)).toBeLessThan(1e-9 * scale);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe("changes of level", () => {
  it("of a rise and a fall are both found, in order, and so is a stretch that comes back", () => {
    const random = xoshiro128(3);
    const stairs = noisy(90, random, (index) => (index < 30 ? 0 : index < 60 ? 4 : 8));
    expect(found(stairs)).toEqual([30, 60]);
    const pulse = noisy(90, random, (index) => (index >= 40 && index < 55 ? 4 : 0));
    const [start, end, ...more] = found(pulse);
    expect(Math.abs(start! - 40)).toBeLessThanOrEqual(1);
    expect(Math.abs(end! - 55)).toBeLessThanOrEqual(1);
    expect(more).toEqual([]);
  });

  it("are not found in equal values, in too few, or in one that stands out", () => {
    expect(found(Array.from({ length: 50 }, () => 0.1 + 0.2))).toEqual([]);
    expect(found([1, 1, 1, 9, 9, 9, 9])).toEqual([]);
    expect(found([])).toEqual([]);
    const random = xoshiro128(5);
    expect(found(noisy(50, random, (index) => (index === 25 ? 30 : 0)))).toEqual([]);
  });

  it("are found in exact values, which have no noise at all", () => {
    expect(changePoints([...Array(10).fill(100), ...Array(10).fill(101)], { seed: 1 })).toMatchObject([{ index: 10 }]);
  });

  it("are drawn from a seed: the same series gives the same changes", () => {
    const series = noisy(120, xoshiro128(9), (index) => (index > 70 ? 1.2 : 0));
    expect(changePoints(series, { seed: 4 })).toEqual(changePoints(series, { seed: 4 }));
  });

  it("are not found in eight values: of 70 ways to deal them two make the same parts, whatever rounding does to their sums", () => {
    const random = xoshiro128(8);
    const few = Array.from({ length: 40 }, () =>
      Array.from({ length: 8 }, (_, at) => (at < 4 ? 0.02 : 0.12) + 0.01 * random()),
    );
    expect(few.filter((series, seed) => found(series, seed).length > 0)).toEqual([]);
  });

  it("have a p-value that is never 0 and never above the level", () => {
    for (const { p } of changePoints(
      noisy(60, xoshiro128(2), (index) => (index >= 30 ? 9 : 0)),
      { seed: 1 },
    )) {
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThanOrEqual(0.005);
    }
  });

  it("that are smaller than what matters are left out, the smallest first", () => {
    const series = noisy(90, xoshiro128(3), (index) => (index < 30 ? 0 : index < 60 ? 3 : 10));
    expect(changePoints(series, { seed: 1, smallest: 5 }).map(({ index }) => index)).toEqual([60]);
    expect(changePoints(series, { seed: 1, smallest: 50 })).toEqual([]);
  });

  it("do not depend on unit or place, and turn round with the series", () => {
    const change = ({ index }: ChangePoint) => index;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 10, max: 50 }), (seed, at) => {
        const series = noisy(60, xoshiro128(seed), (index) => (index >= at ? 6 : 0));
        const base = changePoints(series, { seed }).map(change);
        expect(
          changePoints(
            series.map((y) => 1024 * y),
            { seed },
          ).map(change),
        ).toEqual(base);
        expect(base.some((index) => Math.abs(index - at) <= 1)).toBe(true);
        const reversed = changePoints(series.toReversed(), { seed }).map(({ index }) => 60 - index);
        expect(reversed.some((index) => Math.abs(index - at) <= 1)).toBe(true);
      }),
      { numRuns: 25, seed: 1 },
    );
  });

  it("cut the whole series into levels that lie end to end", () => {
    expect(levelsOf([1, 3, 10, 12, 14], [{ index: 2 }])).toEqual([
      { from: 0, to: 2, value: 2 },
      { from: 2, to: 5, value: 12 },
    ]);
  });

  it("of 500 runs are found as well", () => {
    const series = noisy(500, xoshiro128(6), (index) => (index < 200 ? 0 : index < 430 ? 2 : 3.5));
    const [first, second] = found(series);
    expect(Math.abs(first! - 200)).toBeLessThanOrEqual(3);
    expect(Math.abs(second! - 430)).toBeLessThanOrEqual(5);
  });
});

describe("drift from the anchor", () => {
  it("is rarely seen in a flat series of 100", () => {
    // Two sides; 20 values alone say what the spread is.
    expect(rate(2000, 1, (random) => drift(noisy(100, random), 0) !== null)).toBeLessThan(0.04);
  });

  it("sees a creep of ten steps that no window of ten sees", () => {
    // +10 % in steps of 1 % with 2 % noise, as logarithms.
    const creep = (random: Random) => noisy(100, random, (index) => 0.5 * Math.max(0, Math.floor((index - 20) / 8)));
    expect(rate(200, 2, (random) => drift(creep(random), 0)?.direction === 1)).toBe(1);
    const down = (random: Random) => creep(random).map((value) => -value);
    expect(rate(200, 2, (random) => drift(down(random), 0)?.direction === -1)).toBe(1);
  });

  it("says where it may have begun, and when it was certain", () => {
    const series = [...Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? -1 : 1)), ...Array(10).fill(5)];
    const seen = drift(series, 0);
    expect(seen).toMatchObject({ anchor: 0, direction: 1 });
    expect(seen!.from).toBeLessThanOrEqual(30);
    expect([31, 32]).toContain(seen!.alarm);
  });

  it("needs more than the anchor, and takes no rounding error of equal values for one", () => {
    expect(drift(Array(20).fill(1), 0.001)).toBeNull();
    expect(drift([...Array(20).fill(1), ...Array(50).fill(1 + 1e-12)], 0.001)).toBeNull();
    expect(drift([...Array(20).fill(1), ...Array(50).fill(1.01)], 0.001)).toMatchObject({ direction: 1, alarm: 21 });
  });
});

describe("a large step at the end of a series", () => {
  const stepped = (steps: readonly number[], before = 40) => [...noisy(before, xoshiro128(11)), ...steps];

  it("is seen after two values of it, and not after one", () => {
    expect(found(stepped([8, 8.5]))).toEqual([40]);
    expect(found(stepped([-8, -8.5]))).toEqual([40]);
    expect(found(stepped([8]))).toEqual([]);
  });

  it("is none where it is small, or came back", () => {
    expect(found(stepped([2, 2.5]))).toEqual([]);
    expect(found(stepped([8, 0]))).toEqual([]);
  });

  it("is none where a value before lies as far out, however small its p", () => {
    const spiked = [9, ...noisy(23, xoshiro128(11))];
    const p = (steps: readonly number[]) => stepAt([...spiked, ...steps], 2).p;
    expect(p([8.8, 8.9])).toBeLessThan(1e-4);
    expect(largeStep([...spiked, 8.8, 8.9], 0)).toBeNull();
    expect(largeStep([...spiked, 9.1, 9.2], 0)).toEqual({ at: 24, p: p([9.1, 9.2]) });
    // One in 25 may.
    expect(largeStep([0.5, ...spiked, 8.8, 8.9], 0)?.at).toBe(25);
    const down = (series: readonly number[]) =>
      largeStep(
        series.map((value) => -value),
        0,
      );
    expect(down([...spiked, 8.8, 8.9])).toBeNull();
    expect(down([...spiked, 9.1, 9.2])?.at).toBe(24);
  });

  it("must be the rarer, the more values there are", () => {
    const series = (n: number, step: number) => [
      ...Array.from({ length: n }, (_, index) => (index % 2 === 0 ? -1 : 1)),
      step,
      step + 0.4,
    ];
    const [few, many] = [series(20, 3), series(40, 2.7)];
    expect(stepAt(many, 2).p).toBeLessThan(stepAt(few, 2).p);
    expect(largeStep(few, 0)?.at).toBe(20);
    expect(largeStep(many, 0)).toBeNull();
  });

  it("of values that never varied is seen as well, as far as it matters", () => {
    const flat = Array<number>(20).fill(1);
    expect(changePoints([...flat, 1.1, 1.1], { seed: 1, smallest: 0.05 })).toEqual([{ index: 20, p: 0 }]);
    expect(changePoints([...flat, 1.01, 1.01], { seed: 1, smallest: 0.05 })).toEqual([]);
  });

  it("stays where it was found as more values come", () => {
    for (let count = 2; count < 12; count++) expect(found(stepped(Array(count).fill(8))), `${count}`).toEqual([40]);
  });
});
