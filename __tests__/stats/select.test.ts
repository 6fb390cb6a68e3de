import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { harrellDavis, harrellDavisOf, quantile, quantileOf, sorted } from "../../src/stats/quantile.ts";
import { gaussian, shuffle, xoshiro128 } from "../../src/stats/random.ts";
import { orderStatistics } from "../../src/stats/select.ts";

/** Orders and shapes that selections have failed on: each makes `n` samples from a seed. */
const SHAPES: Readonly<Record<string, (n: number, seed: number) => Float64Array>> = {
  "log-normal": (n, seed) => drawn(n, seed, (random) => Math.exp(0.3 * gaussian(random))),
  "heavy-tailed": (n, seed) => drawn(n, seed, (random) => (1 - random()) ** -3),
  "a coarse clock": (n, seed) => drawn(n, seed, (random) => Math.floor(4 * random()) + 1),
  "two values": (n, seed) => drawn(n, seed, (random) => (random() < 0.985 ? 1 : 1e9)),
  "all equal": (n) => new Float64Array(n).fill(0.1),
  "of either sign": (n, seed) => drawn(n, seed, (random) => 1e3 * gaussian(random)),
  infinite: (n, seed) =>
    drawn(n, seed, (random) => [Number.NEGATIVE_INFINITY, 1, Number.POSITIVE_INFINITY][Math.floor(3 * random())]!),
  rising: (n) => Float64Array.from({ length: n }, (_, i) => i + 1),
  falling: (n) => Float64Array.from({ length: n }, (_, i) => n - i),
  "rising and falling": (n) => Float64Array.from({ length: n }, (_, i) => Math.min(i, n - i) + 1),
  "a saw with the teeth of the sample": (n) => Float64Array.from({ length: n }, (_, i) => (i % Math.ceil(n / 48)) + 1),
  "one outlier in sorted data": (n, seed) => {
    const samples = drawn(n, seed, gaussian).sort();
    samples[n >>> 1] = 1e12;
    return samples;
  },
};

function drawn(n: number, seed: number, one: (random: () => number) => number): Float64Array {
  const random = xoshiro128(seed);
  return Float64Array.from({ length: n }, () => one(random));
}

/** Samples of any shape, below and above every size at which the selection changes its way. */
const samples = fc
  .record({
    shape: fc.constantFrom(...Object.keys(SHAPES)),
    n: fc.oneof(
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 150, max: 450 }),
      fc.integer({ min: 900, max: 6000 }),
    ),
    seed: fc.nat(),
  })
  .map(({ shape, n, seed }) => SHAPES[shape]!(n, seed));
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe("order statistics", () => {
  it("are what a full sort gives, for any ranks of any samples, which stay as they are", () => {
    fc.assert(
      fc.property(samples, share, share, (xs, p, q) => {
        const [first, last] = [p, q].map((each) => Math.floor(each * (xs.length - 1))).sort((a, b) => a - b) as [
          number,
          number,
        ];
        const before = xs.slice();
        const found = orderStatistics(xs, first, last).slice(first, last + 1);
        expect(found).toEqual(sorted(xs).subarray(first, last + 1));
        expect(xs).toEqual(before);
      }),
      { numRuns: 400 },
    );
  });

  it.each(Object.keys(SHAPES))("neighbouring ranks, the lowest and the highest of samples that are %s", (shape) => {
    for (const n of [1, 2, 3, 199, 201, 1000, 4800]) {
      const xs = SHAPES[shape]!(n, n);
      const ascending = sorted(xs);
      for (const first of [0, (n - 1) >>> 1, Math.floor(0.99 * n), n - 1]) {
        const last = Math.min(first + 1, n - 1);
        expect(orderStatistics(xs, first, last).slice(first, last + 1)).toEqual(ascending.slice(first, last + 1));
      }
    }
  });

  it("rank NaN highest, as a sort does", () => {
    for (const n of [5, 1000]) {
      const xs = SHAPES["log-normal"]!(n, 1);
      for (const at of [0, 2, n - 1]) xs[at] = Number.NaN;
      for (const [first, last] of [
        [0, 1],
        [(n - 1) >>> 1, n >>> 1],
        [0, n - 1],
      ] as const) {
        expect(orderStatistics(xs, first, last).slice(first, last + 1)).toEqual(sorted(xs).slice(first, last + 1));
      }
    }
  });

  it("know nothing of the samples before, be they more or fewer", () => {
    const random = xoshiro128(3);
    for (const n of shuffle([1, 10, 150, 1000, 1001, 4000, 300, 2, 4001], random)) {
      const xs = SHAPES["log-normal"]!(n, n);
      expect(orderStatistics(xs, 0, n - 1)).toEqual(sorted(xs));
    }
  });
});

describe("quantiles of samples in any order", () => {
  // The plain way: sort everything, then read. Equal to the last digit, so well within 1e-12.
  it("are those of the sorted samples to the last digit", () => {
    fc.assert(
      fc.property(samples, share, (xs, level) => {
        expect(quantileOf(xs, level)).toBe(quantile(sorted(xs), level));
        fc.pre(xs.every(Number.isFinite));
        const size = Math.min(xs.length, 400);
        const scale = xs.every((x) => x > 0) ? "log" : "linear";
        for (const at of [level, 0.9, 0.99]) {
          expect(harrellDavisOf(xs, at, size, scale)).toBe(harrellDavis(sorted(xs), at, size, scale));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("do not depend on what was asked before: weights are remembered, never mistaken", () => {
    const xs = SHAPES["log-normal"]!(700, 9);
    const asked = [50, 51, 700].flatMap((size) => [0.9, 0.95, 0.99].map((level) => [level, size] as const));
    const ask = ([level, size]: readonly [number, number]): number => harrellDavisOf(xs.subarray(0, 650), level, size);
    const once = asked.map(ask);
    expect(asked.toReversed().map(ask).toReversed()).toEqual(once);
    expect(new Set(once).size).toBe(asked.length);
  });

  it("are finite for finite samples", () => {
    const finite = fc.array(fc.double({ min: -1e150, max: 1e150, noNaN: true }), { minLength: 1, maxLength: 500 });
    fc.assert(
      fc.property(finite, share, (xs, level) => {
        const array = Float64Array.from(xs);
        expect(Number.isFinite(quantileOf(array, level))).toBe(true);
        expect(Number.isFinite(harrellDavisOf(array, level))).toBe(true);
      }),
    );
  });

  it("refuse no samples", () => {
    expect(() => quantileOf(new Float64Array(0), 0.5)).toThrow(RangeError);
    expect(() => harrellDavisOf(new Float64Array(0), 0.5)).toThrow(RangeError);
  });
});
