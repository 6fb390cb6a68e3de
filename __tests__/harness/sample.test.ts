import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ascending, mixed, sampleOf, settledOf, slicesOf, tickOf } from "../../src/harness/sample.ts";

const quantile = (values: readonly number[], level: number) => {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(level * sorted.length))] ?? Number.NaN;
};
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** A long tail, in order, as tinybench leaves it. */
const tail = Array.from({ length: 1_000_000 }, (_, index) => 1 / (1 - (index + 0.5) / 1_000_001) ** 0.3);

describe("the samples that are written", () => {
  it("are all of them, in another order, up to the limit", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 }), (values) => {
        const sorted = [...values].sort((a, b) => a - b);
        expect(ascending(values)).toEqual(sorted);
        expect(sampleOf(sorted, 60)).toEqual(sorted);
        expect([...mixed(sorted)].sort((a, b) => a - b)).toEqual(sorted);
      }),
    );
  });

  it("are sorted with what is no number last, where they are not sorted already", () => {
    expect(ascending([3, Number.NaN, 1])).toEqual([1, 3, Number.NaN]);
    expect(ascending([Number.POSITIVE_INFINITY, -1])).toEqual([-1, Number.POSITIVE_INFINITY]);
    const sorted = [1, 2, 2];
    expect(ascending(sorted)).toBe(sorted);
  });

  it("stand for millions: median, p90, p99 and mean hardly move", () => {
    const few = sampleOf(tail);
    expect(few).toHaveLength(3000);
    for (const level of [0.5, 0.9, 0.99])
      expect(Math.abs(quantile(few, level) / quantile(tail, level) - 1)).toBeLessThan(0.01);
    expect(mean(few) / mean(tail)).toBeCloseTo(1, 2);
  });

  it("are observed values only, from the smallest on", () => {
    const observed = new Set(tail);
    const few = sampleOf(tail);
    expect(few.every((value) => observed.has(value))).toBe(true);
    expect(ascending(few)).toBe(few);
  });

  it("tell the tick of a coarse clock, and none where nothing differs", () => {
    expect(tickOf([1, 1, 3, 5, 5].map((ticks) => ticks * 41.67e-9))).toBeCloseTo(2 * 41.67e-9, 15);
    expect(tickOf([1, 1 + 1e-15])).toBeNull();
    expect(tickOf([])).toBeNull();
  });

  it("are fair in every prefix: who cuts both sides to one length does not cut the tail off", () => {
    const few = [...mixed(sampleOf(tail))];
    for (const length of [100, 1000, 3000]) {
      const prefix = few.slice(0, length);
      expect(quantile(prefix, 0.5) / quantile(tail, 0.5)).toBeCloseTo(1, 1);
      expect(Math.max(...prefix)).toBeGreaterThan(quantile(tail, 0.97));
    }
  });
});

describe("the middles of slices that are written", () => {
  const flat = (value: number, length: number) => Array.from({ length }, () => value);
  const middlesOf = (middles: readonly number[], samples: readonly number[], overhead: number) =>
    slicesOf({ middles, tails: [], samples: 9 }, samples, overhead).middles;

  it("are all of them in their order, without what was taken off the samples", () => {
    expect(middlesOf([2, 1.5, 2.5], flat(1.9, 9), 0)).toEqual([2, 1.5, 2.5]);
    expect(middlesOf([2, 1.5, 2.5], flat(1.4, 9), 0.5)).toEqual([1.5, 1, 2]);
  });

  it("are those of a process between two speeds, where either median may be at either of them", () => {
    const samples = [...flat(1, 51), ...flat(1.2, 49)];
    const slices = [1, 1.2, 1.2, 1, 1.2, 1, 1.2];
    expect(middlesOf(slices, samples, 0)).toEqual(slices);
    // Six slices of ten are half as slow again, and hold as many calls as the other four.
    const uneven = [1.5, 1, 1.5, 1.5, 1, 1.5, 1, 1.5, 1, 1.5];
    expect(middlesOf(uneven, [...flat(1, 50), ...flat(1.5, 50)], 0)).toEqual(uneven);
    // Calls that take longer than a slice: each holds one.
    const slow = [...flat(4, 10), ...flat(40, 10)];
    expect(middlesOf(slow, slow, 0)).toEqual(slow);
  });

  it("are means of neighbours where there are more than are kept", () => {
    const slices = Array.from({ length: 131 }, (_, index) => 100 + index);
    const kept = middlesOf(slices, flat(160, 9), 0);
    expect(kept).toHaveLength(32);
    expect(kept[0]).toBe(101.5);
    expect(kept[31]).toBe(225.5);
  });

  it("have their tails beside them, treated alike", () => {
    const slices = Array.from({ length: 131 }, (_, index) => 100 + index);
    const kept = slicesOf({ middles: slices, tails: slices.map((each) => 2 * each), samples: 9 }, flat(150, 9), 10);
    expect(kept.tails).toEqual(kept.middles.map((middle) => 2 * (middle + 10) - 10));
    expect(slicesOf({ middles: flat(1, 9), tails: flat(2, 9), samples: 9 }, flat(0.6, 9), 0)).toMatchObject({
      middles: [],
      tails: [],
    });
  });

  it("are none where they are not of the samples: a call may tell its own duration", () => {
    expect(middlesOf(flat(2, 9), flat(0.5, 9), 0)).toEqual([]);
    // A set-up of two thirds of what the call times would hide two fifths of a change.
    expect(middlesOf(flat(1, 9), flat(0.6, 9), 0)).toEqual([]);
    expect(middlesOf([], flat(0.5, 9), 0)).toEqual([]);
    // Calls that take no longer than reading the clock.
    expect(middlesOf(flat(1, 9), flat(0, 9), 1.2)).toEqual([]);
    expect(middlesOf(flat(1, 9), [...flat(0, 60), ...flat(0.2, 40)], 1.2)).toEqual([]);
  });
});

describe("what was measured once a process had settled", () => {
  const [whole, slices] = [
    { middles: [9, 1, 2], tails: [], samples: 3 },
    { middles: [1, 2], tails: [], samples: 3 },
  ];
  const plain = ({ samples, slices }: ReturnType<typeof settledOf>) => ({ samples: Array.from(samples), slices });
  const counted = (early: readonly number[], all: readonly number[]) =>
    plain(settledOf({ whole, settled: { slices, early: Float64Array.from(early) } }, all));

  it("is the samples that did not come early, each as often as it is there otherwise, and their slices", () => {
    expect(counted([5, 1, 2], [1, 2, 2, 3, 5, 8])).toEqual({ samples: [2, 3, 8], slices });
    expect(counted([2, 2], [1, 2, 2])).toEqual({ samples: [1], slices });
    expect(counted([], [1, 2])).toEqual({ samples: [1, 2], slices });
  });

  it("is everything where any early one is not among the samples: they were not timed as it was noted", () => {
    for (const all of [[1, 2, 3], [2, 3, 4.5], [1], [4, 1]]) {
      expect(counted([1, 4], all)).toEqual({ samples: all, slices: whole });
    }
    expect(counted([2, 2], [1, 2, 3])).toEqual({ samples: [1, 2, 3], slices: whole });
  });

  it("is everything where nothing else would be left, and where nothing came early", () => {
    expect(counted([1], [1])).toEqual({ samples: [1], slices: whole });
    expect(settledOf({ whole, settled: null }, [1, 2])).toEqual({ samples: [1, 2], slices: whole });
  });
});
