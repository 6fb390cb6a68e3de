import { describe, expect, it } from "vitest";
import { blockedEstimate } from "../../src/stats/blocks.ts";
import { pairedEstimate } from "../../src/stats/estimate.ts";
import { pAbove } from "../../src/stats/p-value.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";

const draw = (seed: number, means: readonly number[], pairs: number, sd = 0.02): readonly (readonly number[])[] => {
  const random = xoshiro128(seed);
  return means.map((mean) => Array.from({ length: pairs }, () => mean + sd * gaussian(random)));
};

describe("an estimate over blocks", () => {
  it("is that of all pairs where blocks differ no more than their pairs do, and where there is one", () => {
    const blocks = draw(3, [0.05, 0.05, 0.05, 0.05], 6);
    expect(blockedEstimate(blocks)).toEqual(pairedEstimate(blocks.flat()));
    expect(blockedEstimate([blocks.flat()], 0.001)).toEqual(pairedEstimate(blocks.flat(), 0.001));
    expect(blockedEstimate([[0.1], [0.2], [0.15]])).toEqual(pairedEstimate([0.1, 0.2, 0.15]));
  });

  it("adds the variance between blocks by hand: two blocks of two pairs", () => {
    // Means 0.1 and 0.3, each ± 0.01: within 2e-4, between 2·2·0.1² = 0.04; τ² = (0.04 − 2e-4)/2, and half of it is added.
    const { mean, se, df, fixedVariance } = blockedEstimate([
      [0.09, 0.11],
      [0.29, 0.31],
    ]);
    const pooled = pairedEstimate([0.09, 0.11, 0.29, 0.31]);
    const added = (0.04 - 2e-4) / 2 / 2;
    expect(mean).toBeCloseTo(0.2, 12);
    expect(fixedVariance).toBeCloseTo(added, 12);
    expect(se ** 2).toBeCloseTo(pooled.se ** 2 + added, 12);
    expect(df).toBeCloseTo((pooled.se ** 2 + added) ** 2 / (pooled.se ** 4 / 3 + added ** 2), 9);
  });

  it("lets no single odd block call a change, however far off it is", () => {
    for (const off of [0.2, 1, 5]) {
      for (const blocks of [2, 4, 8]) {
        const means = [off, ...Array.from({ length: blocks - 1 }, () => 0)];
        expect(pAbove(blockedEstimate(draw(blocks, means, 6)), Math.log(1.05))).toBeGreaterThan(0.025);
      }
    }
  });

  it("weighs blocks of unequal size by their pairs, and takes empty ones for none", () => {
    const [a, b] = draw(5, [0, 0], 8) as [readonly number[], readonly number[]];
    expect(blockedEstimate([a, [], b.slice(0, 2)]).mean).toBe(pairedEstimate([...a, ...b.slice(0, 2)]).mean);
  });

  it("believes no block to be sure of its mean to the last digit", () => {
    const { se } = blockedEstimate(
      [
        [0.1, 0.1],
        [0.1, 0.1],
      ],
      0.001,
    );
    expect(se).toBeCloseTo(0.0005, 9);
  });
});
