import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Observed, SAMPLES_KEPT } from "../../../src/adapters/reading/observed.ts";
import { decodeHistogram } from "../../../src/codec/histogram.ts";
import type { Distribution } from "../../../src/model/measurement.ts";
import { quantile, quantileOfCounts } from "../../../src/stats/quantile.ts";
import { gaussian, xoshiro128 } from "../../../src/stats/random.ts";

const LEVELS = [0, 0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999, 1];

function observed(values: Iterable<number>): Observed {
  const all = new Observed();
  for (const value of values) all.add(value);
  return all;
}

function histogramOf(distribution: Distribution | null) {
  if (distribution?.kind !== "histogram") throw new Error(String(distribution?.kind));
  return distribution;
}

/** Many values: more than are kept one by one. */
function many(draw: (random: () => number) => number, count = 3 * SAMPLES_KEPT): Float64Array {
  const random = xoshiro128(5);
  return Float64Array.from({ length: count }, () => draw(random));
}

describe("observed values", () => {
  it("are all kept while they are few, in their order", () => {
    const values = Array.from({ length: SAMPLES_KEPT }, (_, i) => (i * 7919) % 10_007);
    expect(observed(values).distribution(1000)).toEqual({
      kind: "samples",
      samples: Float64Array.from(values, (value) => value / 1000),
    });
  });

  it.each([
    ["log-normal milliseconds", (random: () => number) => 20 * Math.exp(0.8 * gaussian(random)), 1000],
    ["nanoseconds", (random: () => number) => Math.round(3e6 * Math.exp(gaussian(random))), 1e9],
    ["seconds over nine decades", (random: () => number) => 10 ** (9 * random() - 6), 1],
    ["tiny ones", (random: () => number) => 1e-280 * (1 + random()), 1],
  ])("have quantiles within 0.03 %% where they are many: %s", (_, draw, per) => {
    const values = many(draw);
    const { values: found, counts } = histogramOf(observed(values).distribution(per));
    const sorted = values.slice().sort();
    for (const level of LEVELS) {
      const exact = quantile(sorted, level) / per;
      expect(Math.abs(quantileOfCounts(found, counts, level) / exact - 1)).toBeLessThan(3e-4);
    }
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
  });

  it("stay what they are where they are whole milliseconds, zero among them", () => {
    const values = many((random) => Math.floor(4096 * random() ** 4));
    const { values: found, counts } = histogramOf(observed(values).distribution(1000));
    const exact = new Map<number, number>();
    for (const value of values) exact.set(value, (exact.get(value) ?? 0) + 1);
    expect(found).toHaveLength(exact.size);
    for (const [i, value] of found.entries()) {
      expect(Math.abs(value * 1000 - Math.round(value * 1000))).toBeLessThan(1e-9);
      expect(exact.get(Math.round(value * 1000))).toBe(counts[i]);
    }
  });

  it("come back from a recording as they went in", () => {
    const histogram = histogramOf(observed(many((random) => 1 + random())).distribution(1000));
    if (!("encoded" in histogram)) throw new Error("it is a sketch");
    expect(decodeHistogram(histogram.encoded, histogram.scale)).toEqual(histogram);
  });

  it("may be counted already", () => {
    const all = observed([5, 7]);
    all.addCounted(7, 3);
    expect(histogramOf(all.distribution(1))).toMatchObject({
      values: Float64Array.of(5, 7),
      counts: Float64Array.of(1, 4),
    });
    expect(all.count).toBe(5);
  });

  it("are nothing that a histogram holds where they are many and some are below zero", () => {
    expect(observed(many((random) => random() - 0.5)).distribution(1)).toBeNull();
    expect(observed([-1, 2]).distribution(1)).toMatchObject({ samples: Float64Array.of(-1, 2) });
  });

  it("never fail, however large, small or far apart they are", () => {
    const value = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, fc.integer({ min: 1, max: 1e9 })), { minLength: 1, maxLength: 20 }),
        (counted) => {
          const all = new Observed();
          for (const [each, count] of counted) all.addCounted(each, count);
          const distribution = all.distribution(1);
          if (distribution !== null) expect(histogramOf(distribution).values.every(Number.isFinite)).toBe(true);
        },
      ),
      { numRuns: 1000, seed: 1 },
    );
  });
});
