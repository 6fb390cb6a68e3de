import { describe, expect, it } from "vitest";
import { Slices } from "../../src/harness/slices.ts";
import { shuffle, xoshiro128 } from "../../src/stats/random.ts";
import { median } from "../../src/stats/summary.ts";

const FAST = 14.7;
const SLOW = 17.4;

function middleOf(samples: readonly number[]): number {
  const slice = new Slices();
  for (const sample of samples) {
    slice.note(0);
    slice.note(sample);
  }
  return slice.take().middles[0]!;
}

/** 200 calls, of which so large a share is slow, one call at one speed and the next at the other. */
function twoSpeeds(share: number, factor = 1): readonly number[] {
  const calls = Array.from({ length: 200 }, (_, call) => factor * (call < 200 * share ? SLOW : FAST));
  return shuffle(calls, xoshiro128(1));
}

const change = (before: readonly number[], after: readonly number[], of = middleOf) => of(after) / of(before) - 1;

describe("the middle of a slice", () => {
  it("is the median of up to four samples, and of more the mean without a quarter or just over at either end", () => {
    expect([[7], [7, 1], [1, 90, 4], [9, 1, 2, 4]].map(middleOf)).toEqual([7, 4, 4, 3]);
    expect(middleOf([1, 2, 4, 9, 99])).toBe(5);
    expect(middleOf([0, 0, 1, 2, 4, 9, 99, 999])).toBe(4);
  });

  it("does not hear what disturbs less than a quarter of the samples, however much", () => {
    const quiet = Array.from({ length: 100 }, (_, call) => 10 + (call % 10) / 100);
    const disturbed = quiet.map((sample, call) => (call % 5 === 0 ? 1000 * sample : sample));
    expect(Math.abs(change(quiet, disturbed))).toBeLessThan(0.003);
  });

  it("moves little where a few more calls of two speeds are slow, though the median jumps from one to the other", () => {
    const [before, after] = [twoSpeeds(0.46), twoSpeeds(0.54)];
    expect(change(before, after, median)).toBeGreaterThan(0.18);
    expect(change(before, after)).toBeGreaterThan(0.02);
    expect(change(before, after)).toBeLessThan(0.03);
  });

  it("follows both speeds as one does, and tells a large change of how many calls run at which", () => {
    for (const share of [0.1, 0.4, 0.5, 0.9])
      expect(change(twoSpeeds(share), twoSpeeds(share, 1.07))).toBeCloseTo(0.07, 9);
    expect(change(twoSpeeds(0.3), twoSpeeds(0.6))).toBeGreaterThan(0.1);
    expect(change(twoSpeeds(0.2), twoSpeeds(0.8))).toBeCloseTo(SLOW / FAST - 1, 9);
  });

  it("follows the slower of two speeds where most calls run at it", () => {
    const slower = twoSpeeds(0.8).map((sample) => (sample === SLOW ? 1.1 * sample : sample));
    expect(change(twoSpeeds(0.8), slower)).toBeCloseTo(0.1, 9);
  });
});

describe("the tail of a slice", () => {
  const noted = (slices: Slices, samples: Iterable<number>) => {
    for (const sample of samples) {
      slices.note(0);
      slices.note(sample);
    }
    slices.cut();
  };
  const rising = (length: number) => Array.from({ length }, (_, index) => index + 1);

  it("is its p99, slice by slice", () => {
    const slices = new Slices();
    noted(slices, shuffle(rising(201), xoshiro128(1)));
    noted(slices, rising(101));
    expect(slices.take().tails).toEqual([199, 100]);
  });

  it("is none where slices hold fewer than 15 samples on average", () => {
    const slices = new Slices();
    noted(slices, rising(14));
    noted(slices, rising(15));
    expect(slices.take()).toMatchObject({ middles: [expect.any(Number), expect.any(Number)], tails: [] });
    noted(slices, rising(14));
    noted(slices, rising(16));
    expect(slices.take().tails).toHaveLength(2);
  });

  it("is told with the number of samples that slices hold on average, kept or not", () => {
    const slices = new Slices();
    noted(slices, rising(20));
    noted(slices, rising(9980));
    expect(slices.take().samples).toBe(5000);
    expect(slices.take().samples).toBe(0);
  });
});
