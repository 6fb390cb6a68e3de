import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Allowance } from "../../src/codec/allowance.ts";
import { cut } from "../../src/codec/rank-groups.ts";
import { decodeRecording, encodeRecording } from "../../src/codec/recording.ts";
import { readSketch, sketchGroups, sketchValues } from "../../src/codec/sketch.ts";
import { decodeUntrusted } from "../../src/codec/untrusted.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";
import { evaluate } from "../../src/stats/statistic.ts";

/** Log-normal values, ascending, each counted once. */
function drawn(n: number, spread: number, seed = 1) {
  const random = xoshiro128(seed);
  const values = Float64Array.from({ length: n }, () => 1e-3 * Math.exp(spread * gaussian(random))).sort();
  return { values, counts: new Float64Array(n).fill(1) };
}

/** A recording of one measurement, as it is written. */
const written = (measurement: object) =>
  JSON.stringify({
    schema: "benchgate.recording/3",
    rounds: [{ measurements: [{ benchmark: "json", metric: "latency", unit: "s", ...measurement }] }],
  });

describe("the groups of ranks", () => {
  it("hold every value once, few groups however many values", () => {
    for (const n of [1, 2, 50, 256, 257, 258, 300, 2999, 3000, 50_000, 1e9, Number.MAX_SAFE_INTEGER]) {
      const sizes = cut(n);
      expect(sizes.every((size) => size >= 1)).toBe(true);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(n);
      expect(sizes.length).toBeLessThan(1000);
    }
    expect(cut(3000).length).toBeLessThan(260);
  });
});

describe("a sketch of groups", () => {
  it.each([60, 256, 257, 1000, 3000, 20_000])(
    "keeps percentiles of %d values within 0.03 %%, at any smaller number too",
    (n) => {
      for (const spread of [0.001, 0.1, 1]) {
        const whole = drawn(n, spread);
        const near = readSketch(sketchGroups(whole)!);
        for (const statistic of ["p50", "p75", "p90", "p95", "p99", "p99.9", "mean", "min", "max"] as const) {
          for (const size of [null, Math.floor(0.7 * n)]) {
            const [exact, kept] = [whole, near].map((counted) =>
              evaluate({ kind: "histogram", ...counted, encoded: "", scale: 1 }, statistic, size),
            );
            expect(Math.abs(kept! / exact! - 1), `${statistic} at ${size}`).toBeLessThan(3e-4);
          }
        }
        expect(near.counts.reduce((sum, count) => sum + count, 0)).toBe(n);
      }
    },
  );

  it("keeps p50 and p99 of all values within 0.002 %, and the smallest as it is", () => {
    const samples = drawn(3000, 0.2);
    const near = readSketch(sketchGroups(samples)!);
    for (const statistic of ["p50", "p99"] as const) {
      const [exact, kept] = [samples, near].map((counted) =>
        evaluate({ kind: "histogram", ...counted, encoded: "", scale: 1 }, statistic, null),
      );
      expect(Math.abs(kept! / exact! - 1)).toBeLessThan(2e-5);
    }
    expect(near.values[0]).toBe(samples.values[0]);
  });

  it("never falls, whatever was rounded", () => {
    const values = fc.array(fc.double({ min: 1, max: 1.01, noNaN: true }), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(values, (list) => {
        const read = readSketch(
          sketchGroups({ values: Float64Array.from(list).sort(), counts: new Float64Array(list.length).fill(1) })!,
        );
        expect(read.values).toEqual(read.values.toSorted());
      }),
      { numRuns: 50 },
    );
  });

  it("is not made of values that have no logarithm", () => {
    expect(sketchGroups({ values: Float64Array.of(0, 1), counts: Float64Array.of(1, 1) })).toBeNull();
  });
});

describe("a sketch of values", () => {
  it.each([[[0, 1e-9, 2.5e-8, 0.1, 123.456]], [[-3, 0, 48_128, 2 ** 40]], [[7]]])(
    "gives back every one: %j",
    (values) => {
      const counted = { values: Float64Array.from(values), counts: Float64Array.from(values, (_, i) => i + 1) };
      expect(readSketch(sketchValues(counted, "decimal")!)).toEqual(counted);
    },
  );

  it("takes what is no decimal fraction only where it may, and never more than it holds", () => {
    const thirds = { values: Float64Array.of(1 / 3, 2 / 3), counts: Float64Array.of(1, 1) };
    expect(sketchValues(thirds, "decimal")).toBeNull();
    expect(readSketch(sketchValues(thirds, "any")!)).toEqual(thirds);
    const many = { values: Float64Array.from({ length: 257 }, (_, i) => i), counts: new Float64Array(257).fill(1) };
    expect(sketchValues(many, "any")).toBeNull();
  });
});

describe("a recording with a sketch", () => {
  const { d, a, n, min } = sketchGroups(drawn(60, 0.1))!;

  it("says the version that knows them, and is written as it was read, slices included", () => {
    for (const sketch of [
      { n, min, d, a, m: [400, -3, 5], independent: true },
      { e: 9, v: [5, 1, 1], c: [100, 2, 3] },
    ]) {
      const recording = decodeRecording(written({ sketch }));
      expect(encodeRecording(recording)).toContain(
        `"sketch":${JSON.stringify({ ...("n" in sketch ? { n, min, d, a, independent: true, m: sketch.m } : sketch) })}`,
      );
      expect(encodeRecording(recording)).toContain('"schema":"benchgate.recording/3"');
      expect(decodeRecording(encodeRecording(recording))).toEqual(recording);
    }
  });

  it.each([
    ["too few groups", { n: 61, min, d, a }, /has 60 groups; 61 values make 61/],
    ["a group too many for so many values", { n: 3000, min, d, a }, /has 60 groups; 3000 values make 252/],
    ["too few percentiles", { n, min, d, a: a.slice(1) }, /percentiles; 60 values make/],
    ["groups that fall", { n, min, d: d.map((step, i) => (i === 9 ? -1 : step)), a }, /groups that fall/],
    ["values beyond all numbers", { n, min, d: d.map(() => 1e9), a }, /not finite/],
    ["no smallest value", { n, min: 0, d, a }, /sketch/],
    ["half a step too much", { n, min, d, a: a.map(() => 9) }, /sketch/],
    ["neither form", { n, min }, /must hold n, min, d and a, or v and c/],
    ["a count too few", { e: 0, v: [1, 1], c: [1] }, /has 2 values and 1 counts/],
    ["values that do not rise", { e: 0, v: [5, 0], c: [1, 1] }, /do not rise/],
    ["a negative latency", { e: 0, v: [-5], c: [1] }, /a latency below zero/],
    ["counts beyond all numbers", { e: 0, v: [1, 1], c: [2 ** 53 - 1, 2 ** 53 - 1] }, /53 bits/],
    ["a number of values that none is", { n: 1e300, min, d, a }, /sketch/],
  ])("is refused by its place: %s", (_, sketch, message) => {
    expect(() => decodeRecording(written({ sketch }))).toThrow(message);
    expect(() => decodeRecording(written({ sketch }))).toThrow(/rounds\[0\]\.measurements\[0\]\.sketch/);
  });

  it("costs a stranger's reader no more than its text", () => {
    const few = { measurements: 10, percentiles: 10, exits: 10, said: 10, subjects: 10, inflated: 1 };
    const limits = { characters: 1e6, values: 1e4, parts: 1e3, ...few };
    const huge = written({ sketch: { n: Number.MAX_SAFE_INTEGER, min: 1, d: [1], a: [] } });
    expect(() => decodeUntrusted(huge, new Allowance(limits, limits))).toThrow(/has 1 groups/);
  });
});
