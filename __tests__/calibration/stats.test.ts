import { describe, expect, it } from "vitest";
import type { Distribution } from "../../src/model/measurement.ts";
import { pairedEstimate, predictionEstimate, welchEstimate } from "../../src/stats/estimate.ts";
import { benjaminiHochberg } from "../../src/stats/multiplicity.ts";
import { interval, pAbove } from "../../src/stats/p-value.ts";
import { detectableEffect, falseAlarm } from "../../src/stats/power.ts";
import { quantile, sorted } from "../../src/stats/quantile.ts";
import { gaussian, type Random, xoshiro128 } from "../../src/stats/random.ts";
import { evaluate } from "../../src/stats/statistic.ts";

/** How often `event` happens in `repeats` seeded draws. */
function rate(repeats: number, seed: number, event: (random: Random) => boolean): number {
  const random = xoshiro128(seed);
  let count = 0;
  for (let i = 0; i < repeats; i++) if (event(random)) count++;
  return count / repeats;
}

const draw = (n: number, one: () => number): number[] => Array.from({ length: n }, one);
const NOISE = 0.03;
const L = Math.log(1.05);
const REPEATS = 10_000;
/** Four standard errors of a rate over that many draws. */
const slack = (rate: number): number => 4 * Math.sqrt((rate * (1 - rate)) / REPEATS);

/** Log ratio of a pair in which either side is 30 % slower in one round of ten, beside Gaussian noise. */
const disturbed = (random: Random): number =>
  (random() < 0.1 ? Math.log(1.3) : 0) - (random() < 0.1 ? Math.log(1.3) : 0) + NOISE * gaussian(random);

describe("a true change exactly at the threshold is called a regression as often as the level says", () => {
  // Trimming from 8 on is known to be up to one point liberal at 5 % (the group-sequential levels absorb that).
  it.each([3, 4, 5, 6, 7])("%d pairs, Student's t: exact", (n) => {
    for (const alpha of [0.05, 0.01]) {
      const alarms = rate(
        REPEATS,
        n,
        (random) => pAbove(pairedEstimate(draw(n, () => L + NOISE * gaussian(random))), L) <= alpha,
      );
      expect(Math.abs(alarms - alpha)).toBeLessThan(slack(alpha));
    }
  });

  it.each([8, 10, 12, 24])("%d pairs, Yuen's t: at most a little liberal", (n) => {
    for (const [alpha, most] of [
      [0.05, 0.068],
      [0.01, 0.018],
    ] as const) {
      const alarms = rate(
        REPEATS,
        n,
        (random) => pAbove(pairedEstimate(draw(n, () => L + NOISE * gaussian(random))), L) <= alpha,
      );
      expect(alarms).toBeLessThan(most);
      expect(alarms).toBeGreaterThan(alpha / 2);
    }
  });

  it.each([
    [5, 5],
    [20, 3],
    [3, 20],
    [12, 6],
  ])("%d against %d rounds, unpaired, one side twice as noisy", (a, b) => {
    for (const noisier of [0.5, 2]) {
      const alarms = rate(REPEATS, 10 * a + b, (random) => {
        const baseline = draw(a, () => NOISE * gaussian(random));
        return (
          pAbove(
            welchEstimate(
              baseline,
              draw(b, () => L + noisier * NOISE * gaussian(random)),
            ),
            L,
          ) <= 0.01
        );
      });
      expect(alarms).toBeLessThan(0.0155);
    }
  });
});

describe("a 95 % interval holds the truth", () => {
  it.each([3, 5, 6, 7, 8, 12, 16, 24])("%d pairs, Gaussian noise", (n) => {
    const held = rate(REPEATS, n, (random) => {
      const { lower, upper } = interval(pairedEstimate(draw(n, () => L + NOISE * gaussian(random))), 0.95);
      return lower <= L && L <= upper;
    });
    expect(held).toBeGreaterThan(n < 8 ? 0.944 : 0.93);
    expect(held).toBeLessThan(0.96);
  });

  it.each([3, 5, 6, 7, 8, 12, 16, 24])("%d pairs, one round of ten a third slower", (n) => {
    const held = rate(REPEATS, 100 + n, (random) => {
      const { lower, upper } = interval(pairedEstimate(draw(n, () => L + disturbed(random))), 0.95);
      return lower <= L && L <= upper;
    });
    expect(held).toBeGreaterThan(0.935);
  });

  it("trimming keeps its power among slow rounds, where Student's t loses it", () => {
    const student = (d: readonly number[]): number => {
      const mean = d.reduce((a, b) => a + b) / d.length;
      const sd = Math.sqrt(d.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (d.length - 1));
      return pAbove({ mean, se: sd / Math.sqrt(d.length), df: d.length - 1, sd, n: d.length }, 0);
    };
    const power = (p: (d: readonly number[]) => number): number =>
      rate(5000, 5, (random) => p(draw(12, () => 0.08 + disturbed(random))) <= 0.025);
    expect(power((d) => pAbove(pairedEstimate(d), 0))).toBeGreaterThan(power(student) + 0.15);
  });

  it.each([5, 10, 20])("of a new run, from %d stored runs", (k) => {
    const held = rate(REPEATS, 200 + k, (random) => {
      const history = draw(k, () => 0.08 * gaussian(random));
      const { lower, upper } = interval(predictionEstimate(history, 0.08 * gaussian(random), null), 0.95);
      return lower <= 0 && 0 <= upper;
    });
    expect(Math.abs(held - 0.95)).toBeLessThan(slack(0.95));
  });

  it("of a new run, with variance borrowed from a suite of like benchmarks: right on the average benchmark, and shorter", () => {
    // The model behind the borrowing: variances scatter about the suite's as 1/(χ²(4)/4), and the prior is known.
    const scatter = (random: Random): number => 4 / draw(4, () => gaussian(random) ** 2).reduce((a, b) => a + b);
    let [borrowed, alone] = [0, 0];
    const held = rate(REPEATS, 300, (random) => {
      const sd = 0.08 * Math.sqrt(scatter(random));
      const history = draw(5, () => sd * gaussian(random));
      const now = sd * gaussian(random);
      const { lower, upper } = interval(predictionEstimate(history, now, { variance: 0.08 ** 2, df: 4 }), 0.95);
      const own = interval(predictionEstimate(history, now, null), 0.95);
      borrowed += upper - lower;
      alone += own.upper - own.lower;
      return lower <= 0 && 0 <= upper;
    });
    expect(Math.abs(held - 0.95)).toBeLessThan(slack(0.95));
    expect(borrowed).toBeLessThan(0.95 * alone);
  });
});

describe("what is said about power and false alarms comes true", () => {
  it.each([3, 6, 7])("a change of the detectable size is found in four of five cases, %d pairs", (n) => {
    const truth = { mean: 0, se: NOISE / Math.sqrt(n), df: n - 1, sd: NOISE, n };
    const effect = detectableEffect(truth, L, 0.01) as number;
    const found = rate(
      REPEATS,
      400 + n,
      (random) => pAbove(pairedEstimate(draw(n, () => effect + NOISE * gaussian(random))), L) <= 0.01,
    );
    expect(Math.abs(found - 0.8)).toBeLessThan(slack(0.8));
  });

  it("no change is called a regression as often as announced", () => {
    const [n, sd] = [5, 0.15];
    const announced = falseAlarm({ mean: 0, se: sd / Math.sqrt(n), df: n - 1, sd, n }, L, 0.05);
    const alarms = rate(
      50_000,
      500,
      (random) => pAbove(pairedEstimate(draw(n, () => sd * gaussian(random))), L) <= 0.05,
    );
    expect(announced).toBeGreaterThan(0.005);
    expect(Math.abs(alarms - announced)).toBeLessThan(slack(announced));
  });

  it("one hundred unchanged benchmarks at a threshold of zero turn a gate red in at most 5 % of gates", () => {
    const red = rate(1000, 600, (random) => {
      const ps = draw(100, () => pAbove(pairedEstimate(draw(6, () => NOISE * gaussian(random))), 0));
      return benjaminiHochberg(ps).some((p) => p <= 0.05);
    });
    expect(red).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / 1000));
    expect(red).toBeGreaterThan(0.02);
  });
});

describe("p99 of unequal numbers of samples, identical code", () => {
  /** Requests of which two in a hundred take three times as long and more: the tail of a garbage-collected service. */
  const request = (random: Random): number =>
    Math.exp(0.2 * gaussian(random)) * (random() < 0.02 ? 3 - 2 * Math.log(1 - random()) : 1);
  const round = (random: Random, n: number): Distribution => ({
    kind: "samples",
    samples: Float64Array.from({ length: n }, () => request(random)),
  });
  const typeSeven = (measured: Distribution): number =>
    measured.kind === "samples" ? quantile(sorted(measured.samples), 0.99) : Number.NaN;

  it.each([
    [100, 1000, 3600],
    [300, 900, 2400],
    [1000, 4000, 1200],
  ])(
    "%d against %d: as they are they differ, at the same size they do not (%d pairs)",
    (few, many, pairs) => {
      const random = xoshiro128(few);
      const drawn = draw(pairs, () => 0).map(() => {
        const [baseline, candidate] = [round(random, few), round(random, many)];
        const fair = (measured: Distribution): number => Math.log(evaluate(measured, "p99", few) as number);
        return {
          naive: Math.log(typeSeven(candidate) / typeSeven(baseline)),
          fair: fair(candidate) - fair(baseline),
        };
      });
      const describeBias = (d: readonly number[]): { mean: number; error: number } => {
        const mean = d.reduce((a, b) => a + b) / d.length;
        return { mean, error: Math.sqrt(d.reduce((sum, x) => sum + (x - mean) ** 2, 0)) / d.length };
      };
      const [naive, fair] = [describeBias(drawn.map((d) => d.naive)), describeBias(drawn.map((d) => d.fair))];
      expect(naive.mean).toBeGreaterThan(6 * naive.error);
      expect(Math.abs(fair.mean)).toBeLessThan(3.5 * fair.error);
      const gates = pairs / 12;
      const alarms = (d: readonly number[]): number =>
        draw(gates, () => 0).filter((_, i) => pAbove(pairedEstimate(d.slice(12 * i, 12 * (i + 1))), 0) <= 0.05).length /
        gates;
      expect(alarms(drawn.map((d) => d.fair))).toBeLessThan(0.06 + 4 * Math.sqrt((0.06 * 0.94) / gates));
      if (few === 100) expect(alarms(drawn.map((d) => d.naive))).toBeGreaterThan(0.3);
    },
    30_000,
  );
});
