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
  return slice.take().whole.middles[0]!;
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
    expect(slices.take().whole.tails).toEqual([199, 100]);
  });

  it("is none where slices hold fewer than 15 samples on average", () => {
    const slices = new Slices();
    noted(slices, rising(14));
    noted(slices, rising(15));
    expect(slices.take().whole).toMatchObject({ middles: [expect.any(Number), expect.any(Number)], tails: [] });
    noted(slices, rising(14));
    noted(slices, rising(16));
    expect(slices.take().whole.tails).toHaveLength(2);
  });

  it("is told with the number of samples that slices hold on average, kept or not", () => {
    const slices = new Slices();
    noted(slices, rising(20));
    noted(slices, rising(9980));
    expect(slices.take().whole.samples).toBe(5000);
    expect(slices.take().whole.samples).toBe(0);
  });
});

describe("samples that come before a process has settled", () => {
  const noted = (slices: Slices, samples: readonly number[]) => {
    for (const sample of samples) {
      slices.note(0);
      slices.note(sample);
    }
  };
  /** Slices of one sample each. */
  const cut = (slices: Slices, samples: readonly number[]) => {
    for (const sample of samples) {
      noted(slices, [sample]);
      slices.cut();
    }
  };
  const settledOf = (slices: Slices) => {
    const { settled } = slices.take();
    return settled && { early: [...settled.early], middles: settled.slices.middles, samples: settled.slices.samples };
  };

  it("are known one by one, and in no slice that counts: nor is the slice in which it settles", () => {
    const slices = new Slices();
    cut(slices, [9, 8, 9, 8, 9, 8]);
    noted(slices, [7]);
    expect(slices.settle(7)).toBe(true);
    noted(slices, [6]);
    slices.cut();
    cut(slices, [1, 2]);
    noted(slices, [3, 3, 3]);
    slices.cut();
    const settled = { early: [9, 8, 9, 8, 9, 8, 7], middles: [1, 2, 3], samples: 5 / 3 };
    expect(settledOf(slices)).toEqual(settled);
  });

  it("take five slices at least, so that both sides of a lockstep have the same ones left", () => {
    for (const at of [3, 4]) {
      const slices = new Slices();
      cut(slices, [1, 2, 3, 4].slice(0, at));
      expect(slices.settle(at)).toBe(true);
      cut(slices, [4, 5, 6, 7, 8].slice(at - 3));
      expect(settledOf(slices)?.middles, `${at}`).toEqual([6, 7, 8]);
    }
  });

  it("leave all slices there as well", () => {
    const slices = new Slices();
    cut(slices, [9, 8]);
    slices.settle(2);
    cut(slices, [1, 2, 3, 4]);
    expect(slices.take().whole.middles).toEqual([9, 8, 1, 2, 3, 4]);
  });

  it("are those of the task at hand", () => {
    const slices = new Slices();
    cut(slices, [9]);
    slices.settle(1);
    slices.take();
    cut(slices, [8]);
    expect(settledOf(slices)).toBeNull();
    cut(slices, [7]);
    slices.settle(1);
    expect(settledOf(slices)?.early).toEqual([7]);
  });

  it("count where there are not as many as calls were made: somebody else reads the clock, or nobody does", () => {
    const slices = new Slices();
    expect(slices.settle(1)).toBe(false);
    noted(slices, [1, 2]);
    for (const calls of [0, 1, 3]) expect([slices.hasNoted(calls), slices.settle(calls)]).toEqual([false, false]);
    expect(slices.hasNoted(2)).toBe(true);
    slices.note(0);
    expect([slices.hasNoted(2), slices.settle(2)]).toEqual([false, false]);
    expect(settledOf(slices)).toBeNull();
  });

  it("count where they are too many to be known, in one slice or in all", () => {
    const [one, all] = [new Slices(), new Slices()];
    const many = (length: number) => Array.from({ length }, (_, index) => 1 + (index % 3));
    noted(one, many((1 << 16) + 1));
    expect(one.settle((1 << 16) + 1)).toBe(false);
    for (let slice = 0; slice < 5; slice++) {
      noted(all, many((1 << 16) - 1));
      all.cut();
    }
    expect(all.settle(5 * ((1 << 16) - 1))).toBe(false);
    for (const slices of [one, all]) {
      const { whole, settled } = slices.take();
      expect(whole.middles[0]).toBeCloseTo(2, 2);
      expect(settled).toBeNull();
    }
  });
});
