import { describe, expect, it } from "vitest";
import { changePoints } from "../../src/stats/change-point.ts";
import { rampsIn } from "../../src/stats/ramp.ts";
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

describe("changes of level, counted over many series", () => {
  // The nominal rate is 0.005; over 1,000 draws four standard errors are 0.0089.
  it.each([20, 50, 200])("are found in a flat series of %d as often as the level says", (n) => {
    const alarms = rate(1000, n, (random, index) => found(noisy(n, random), index).length > 0);
    expect(alarms).toBeLessThan(0.0139);
  });

  // 98 % of many such series; one level for all lengths found 90 % of the short ones.
  it.each([20, 40])("of five sd are found two values after they came, and %d before", (n) => {
    const hits = rate(200, 12, (random, index) => {
      const series = noisy(n + 2, random, (at) => (at >= n ? 5 : 0));
      return found(series, index).some((at) => Math.abs(at - n) <= 1);
    });
    expect(hits).toBeGreaterThan(0.94);
  });

  it("are rarely found where there is heavy noise", () => {
    const heavy = (random: Random) => Array.from({ length: 100 }, () => gaussian(random) / Math.sqrt(random()));
    expect(rate(300, 7, (random, index) => found(heavy(random), index).length > 0)).toBeLessThan(0.0213);
  });

  // 3 and 10 % of many such series, each bound nearly three standard errors above.
  it.each([
    [0.4, 300, 0.06],
    [0.7, 100, 0.18],
  ])("are rarely found where neighbours are correlated at %d", (phi, repeats, most) => {
    const dependent = (random: Random) => {
      let last = gaussian(random);
      return Array.from({ length: 50 }, () => {
        last = phi * last + Math.sqrt(1 - phi * phi) * gaussian(random);
        return last;
      });
    };
    expect(rate(repeats, 8, (random, index) => found(dependent(random), index).length > 0)).toBeLessThan(most);
  });

  it.each([
    [40, 20, 0.8],
    [60, 30, 0.9],
    [60, 50, 0.8],
    [200, 100, 0.9],
    [200, 185, 0.8],
  ])("in a series of %d, a step of 2 sd at %d is found within two runs", (n, at, least) => {
    const hits = rate(n > 100 ? 60 : 120, n + at, (random, seed) => {
      const series = noisy(n, random, (index) => (index >= at ? 2 : 0));
      return found(series, seed).some((index) => Math.abs(index - at) <= 2);
    });
    expect(hits).toBeGreaterThan(least);
  });

  it("that are a steady drift of ten sd are one ramp, and a step of two sd is none", () => {
    const ramps = (series: readonly number[], seed: number) => rampsIn(series, found(series, seed)).length;
    expect(
      rate(
        100,
        30,
        (random, seed) =>
          ramps(
            noisy(60, random, (at) => at / 6),
            seed,
          ) === 1,
      ),
    ).toBeGreaterThanOrEqual(0.9);
    expect(
      rate(
        100,
        31,
        (random, seed) =>
          ramps(
            noisy(60, random, (at) => (at < 30 ? 0 : 2)),
            seed,
          ) > 0,
      ),
    ).toBeLessThan(0.1);
  });

  // Too many for the rule of large steps, which looks no further back than eight.
  it("of five sd are still found ten values after they came", () => {
    const hits = rate(
      100,
      32,
      (random, seed) =>
        found(
          noisy(60, random, (at) => (at < 50 ? 0 : 5)),
          seed,
        ).length > 0,
    );
    expect(hits).toBeGreaterThan(0.98);
  });
});
