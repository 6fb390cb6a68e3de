import { pairedEstimate } from "../../src/stats/estimate.ts";
import { pAbove, pBelow } from "../../src/stats/p-value.ts";
import { gaussian, type Random } from "../../src/stats/random.ts";
import { sequentialP } from "../../src/stats/sequential.ts";
import { slowRound } from "./noise.ts";
import { BOUND, FLOOR } from "./ours.ts";
import { LOOKS } from "./plan.ts";
import { randomOf } from "./seed.ts";

/** The noise of one round, for tables that need no samples: round statistics are drawn directly. */
const ROUND_NOISES: readonly { readonly name: string; readonly one: (random: Random) => number }[] = [
  { name: "Gaussian 2 %", one: (random) => 0.02 * gaussian(random) },
  { name: "slow rounds", one: slowRound },
];

/** The one-sided levels at which false regressions are counted. */
export const LEVELS = [0.05, 0.025, 0.01] as const;

const PAIRS = [3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 24] as const;

/** One row of the boundary table: shares over nominal levels, and the coverage of the 95 % interval. */
export interface BoundaryRow {
  readonly noise: string;
  readonly design: string;
  /** False regressions ÷ nominal, for each of `LEVELS`. */
  readonly overNominal: readonly number[];
  readonly coverage: number;
}

/** A true ratio exactly at 1 + threshold: how often it is called a regression, by the number of pairs, and over the looks. */
export function boundaryTable(repeats: number, seed: number): readonly BoundaryRow[] {
  return ROUND_NOISES.flatMap(({ name, one }) => {
    const differences = (random: Random, pairs: number) =>
      Array.from({ length: pairs }, () => BOUND.p50 + one(random) - one(random));
    const fixed = PAIRS.map((pairs) => {
      const random = randomOf(seed, "boundary", name, pairs);
      const counts = LEVELS.map(() => 0);
      let held = 0;
      for (let i = 0; i < repeats; i++) {
        const estimate = pairedEstimate(differences(random, pairs), FLOOR);
        const above = pAbove(estimate, BOUND.p50);
        LEVELS.forEach((level, j) => {
          if (above <= level) counts[j] = (counts[j] ?? 0) + 1;
        });
        if (above >= 0.025 && pBelow(estimate, BOUND.p50) >= 0.025) held++;
      }
      return row(name, `${pairs} pairs`, counts, held, repeats);
    });
    return [...fixed, overLooks(name, differences, repeats, randomOf(seed, "boundary", name, "looks"))];
  });
}

/** The p-value of all looks together, and whether every look's repeated interval held the truth. */
function overLooks(
  noise: string,
  differences: (random: Random, pairs: number) => number[],
  repeats: number,
  random: Random,
): BoundaryRow {
  const counts = LEVELS.map(() => 0);
  let held = 0;
  for (let i = 0; i < repeats; i++) {
    const all = differences(random, 24);
    const estimates = LOOKS.map((pairs) => pairedEstimate(all.slice(0, pairs), FLOOR));
    const over = (p: typeof pAbove) =>
      sequentialP(
        LOOKS,
        estimates.map((estimate) => p(estimate, BOUND.p50)),
      );
    const above = over(pAbove);
    LEVELS.forEach((level, j) => {
      if (above <= level) counts[j] = (counts[j] ?? 0) + 1;
    });
    if (above >= 0.025 && over(pBelow) >= 0.025) held++;
  }
  return row(noise, "looks 6/12/24, overall", counts, held, repeats);
}

function row(noise: string, design: string, counts: readonly number[], held: number, repeats: number): BoundaryRow {
  return {
    noise,
    design,
    overNominal: counts.map((count, j) => count / repeats / (LEVELS[j] as number)),
    coverage: held / repeats,
  };
}
