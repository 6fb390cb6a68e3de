import { describe, expect, it } from "vitest";
import type { TestedContrast } from "../../src/judge/contrast.ts";
import { promisedEffect } from "../../src/judge/detectable.ts";
import { slowRounds } from "../../src/judge/stored.ts";
import { type Estimate, pairedEstimate, predictionEstimate, welchEstimate } from "../../src/stats/estimate.ts";
import { pAbove } from "../../src/stats/p-value.ts";
import { detectableEffect } from "../../src/stats/power.ts";
import { gaussian, type Random, xoshiro128 } from "../../src/stats/random.ts";

const L = Math.log(1.05);
const SIDE = 0.025;
const REPEATS = 1500;

const NOISES: Readonly<Record<string, (random: Random) => number>> = {
  Gaussian: (random) => 0.02 * gaussian(random),
  "one round of ten a third slower": (random) => 0.02 * gaussian(random) + (random() < 0.1 ? Math.log(1.3) : 0),
  "two modes": (random) => 0.01 * gaussian(random) + (random() < 0.3 ? Math.log(1.1) : 0),
};

type Design = TestedContrast["design"];
const of = (
  design: Design,
  estimate: Estimate,
  rounds = estimate.n,
  newest: Estimate | null = null,
): TestedContrast => ({
  design,
  baseline: 1,
  candidate: 1,
  rounds,
  estimate,
  looks: { plan: [1], first: 0, estimates: [estimate] },
  check: null,
  newest,
  each: null,
  sliced: null,
  runners: [],
});

/** What a regression must satisfy: the interval, and the false discovery rate of its family. */
const conditions = (alpha: number) => [
  { bound: L, level: SIDE },
  { bound: L / 2, level: alpha },
];
/** One of them alone. */
const ALONE = [{ bound: L, level: SIDE }];

/** How one measurement promises, and whether it finds a change. */
interface Measured {
  readonly promise: number;
  readonly finds: (change: number) => boolean;
}

function measuredBy(contrast: TestedContrast, alpha: number, each: readonly number[] | null = null): Measured {
  const { estimate, newest } = contrast;
  const moved = (by: Estimate, change: number): Estimate => ({ ...by, mean: by.mean + change });
  return {
    promise: promisedEffect(contrast, conditions(alpha), SIDE) as number,
    finds: (change) =>
      conditions(alpha).every(({ bound, level }) => pAbove(moved(estimate, change), bound) <= level) &&
      (newest === null || pAbove(moved(newest, change), L) < SIDE) &&
      (each === null ||
        slowRounds(
          each.map((y) => y + change),
          L,
        ) === null),
  };
}

const DESIGNS: Readonly<Record<string, (one: () => number, alpha: number) => Measured>> = Object.fromEntries([
  ...[6, 8, 12, 24].map((pairs) => [
    `${pairs} pairs`,
    (one: () => number, alpha: number) =>
      measuredBy(of("pairs", pairedEstimate(Array.from({ length: pairs }, () => one() - one()))), alpha),
  ]),
  [
    "12 rounds a side, unpaired",
    (one: () => number, alpha: number) => {
      const arm = () => Array.from({ length: 12 }, one);
      return measuredBy(of("unpaired", welchEstimate(arm(), arm())), alpha);
    },
  ],
  ...[5, 10, 20].map((runs) => [
    `${runs} stored runs`,
    (one: () => number, alpha: number) => {
      const run = () => Array.from({ length: 6 }, one);
      const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
      const history = Array.from({ length: runs }, () => mean(run()));
      const candidate = run();
      const estimate = predictionEstimate(history, mean(candidate), null);
      const newest = {
        ...estimate,
        mean: mean(candidate) - (history[0] as number),
        se: Math.hypot(estimate.se, estimate.sd * Math.sqrt(1 - 1 / runs)),
      };
      const centre = mean(history);
      return measuredBy(
        of("stored", estimate, runs, newest),
        alpha,
        candidate.map((y) => y - centre),
      );
    },
  ]),
]);

describe("a change of the size that is printed", () => {
  describe.each(Object.entries(NOISES))("%s", (_, noise) => {
    it.each(Object.entries(DESIGNS))("is found by the next measurement in four of five cases: %s", (_, design) => {
      for (const alpha of [0.025, 0.0005]) {
        const random = xoshiro128(11);
        const measured = Array.from({ length: REPEATS }, () => design(() => noise(random), alpha));
        const kept = measured.filter(({ finds }, i) => finds((measured[(i + 1) % REPEATS] as Measured).promise)).length;
        // Three standard errors below 0.8 and no more.
        expect(kept / REPEATS, `at ${alpha}`).toBeGreaterThan(0.769);
      }
    });
  });

  it("is at most half as far again beyond the threshold as the noise says, from eight pairs on under Gaussian noise", () => {
    const random = xoshiro128(5);
    for (const pairs of [8, 12, 24]) {
      const ratios = Array.from({ length: 200 }, () => {
        const estimate = pairedEstimate(Array.from({ length: pairs }, () => 0.03 * gaussian(random)));
        const plain = (detectableEffect(estimate, L, SIDE) as number) - L;
        return ((promisedEffect(of("pairs", estimate), ALONE, SIDE) as number) - L) / plain;
      });
      expect(ratios.toSorted((a, b) => a - b)[100]).toBeLessThan(1.5);
      expect(Math.min(...ratios)).toBeGreaterThan(1.19);
    }
  });

  it("is not known from two rounds, nor from two stored runs", () => {
    expect(promisedEffect(of("pairs", pairedEstimate([0.1, 0.2])), ALONE, SIDE)).toBeNull();
    const two = predictionEstimate([0, 0.1], 0, { variance: 0.01, df: 4 });
    expect(promisedEffect(of("stored", two, 2, two), ALONE, SIDE)).toBeNull();
  });
});

describe("rounds that carry a difference", () => {
  it("are named where they are two thirds of all or fewer", () => {
    expect(slowRounds([0.3, 0, 0.01, -0.01, 0, 0.02], L)).toEqual({ slow: 1, rounds: 6 });
    expect(slowRounds([0.3, 0.3, 0.3, 0.06, 0, 0.02], L)).toEqual({ slow: 4, rounds: 6 });
    expect(slowRounds([0.3, 0.3, 0.3, 0.06, 0.05, 0.02], L)).toBeNull();
    expect(slowRounds([0.3, 0.3, 0], L)).toEqual({ slow: 2, rounds: 3 });
    expect(slowRounds([0.3, 0.3, 0.1], L)).toBeNull();
    expect(slowRounds([0.3], L)).toBeNull();
  });

  it("that meet in one run after ten quiet ones turn it red by their mean, and never by this rule", () => {
    const random = xoshiro128(3);
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
    let byMean = 0;
    for (let i = 0; i < 500; i++) {
      const history = Array.from({ length: 10 }, () => mean(Array.from({ length: 6 }, () => 0.01 * gaussian(random))));
      const rounds = Array.from({ length: 6 }, (_, round) => 0.01 * gaussian(random) + (round < 3 ? Math.log(1.3) : 0));
      if (pAbove(predictionEstimate(history, mean(rounds), null), L) <= 0.05 / 200) byMean++;
      const centre = mean(history);
      const each = rounds.map((y) => y - centre);
      expect(slowRounds(each, L)).not.toBeNull();
      expect(
        slowRounds(
          each.map((y) => y + Math.log(1.2)),
          L,
        ),
      ).toBeNull();
    }
    expect(byMean / 500).toBeGreaterThan(0.5);
  });
});
