import { describe, expect, it } from "vitest";
import { gaussian, shuffle, xoshiro128 } from "../../src/stats/random.ts";
import { reference } from "../reference/stats.ts";

describe("seeded randomness", () => {
  it.each(reference.xoshiro128)("is the published generator, seed $seed", ({ seed, words }) => {
    const random = xoshiro128(seed);
    expect(words.map(() => random() * 2 ** 32)).toEqual(words);
  });

  it("repeats with its seed and differs with another", () => {
    const draw = (seed: number): number[] => {
      const random = xoshiro128(seed);
      return [random(), random(), random()];
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7), "the upper half of a large seed counts").not.toEqual(draw(7 + 2 ** 32));
  });

  it("has the moments of its distributions", () => {
    const random = xoshiro128(1);
    const n = 100_000;
    const uniform = Array.from({ length: n }, random);
    const normal = Array.from({ length: n }, () => gaussian(random));
    const moment = (values: number[], power: number): number => values.reduce((sum, x) => sum + x ** power, 0) / n;
    // Bounds are four standard errors: sd of U is 0.289, of Z² √2, of Z⁴ √96.
    expect(Math.abs(moment(uniform, 1) - 0.5)).toBeLessThan((4 * 0.289) / Math.sqrt(n));
    expect(Math.abs(moment(normal, 1))).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(moment(normal, 2) - 1)).toBeLessThan((4 * Math.SQRT2) / Math.sqrt(n));
    expect(Math.abs(moment(normal, 4) - 3)).toBeLessThan((4 * Math.sqrt(96)) / Math.sqrt(n));
    expect(Math.min(...uniform.slice(0, 50_000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...uniform.slice(0, 50_000))).toBeLessThan(1);
  });

  it("shuffles every order equally often and leaves its input alone", () => {
    const random = xoshiro128(3);
    const items = ["a", "b", "c"] as const;
    const seen = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = shuffle(items, random).join("");
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(items).toEqual(["a", "b", "c"]);
    expect([...seen.keys()].sort()).toEqual(["abc", "acb", "bac", "bca", "cab", "cba"]);
    // Binomial(6000, 1/6): sd 28.9.
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(4 * 28.9);
  });
});
