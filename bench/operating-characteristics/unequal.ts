import type { Measurement } from "../../src/model/measurement.ts";
import { pairedEstimate } from "../../src/stats/estimate.ts";
import { pAbove } from "../../src/stats/p-value.ts";
import { quantile, sorted } from "../../src/stats/quantile.ts";
import { gaussian, type Random } from "../../src/stats/random.ts";
import { evaluate } from "../../src/stats/statistic.ts";
import { judgementsOf, recordingFrom } from "./judged.ts";
import { BOUND, FLOOR, Q } from "./ours.ts";
import { randomOf } from "./seed.ts";
import { samplesOf } from "./within.ts";

const PAIRS = 12;
const SIZES = [
  [100, 1000],
  [200, 400],
  [1000, 10000],
] as const;

/** How often identical code has a slower p99 where the candidate's rounds hold more samples; one-sided 5 %, 12 pairs. */
export interface UnequalRow {
  readonly baseline: number;
  readonly candidate: number;
  /** The quantile of all samples that each side has, against no change and against the threshold of 15 %. */
  readonly naive: { readonly change: number; readonly threshold: number };
  /** Both sides at the number of samples of the smaller. */
  readonly ours: { readonly change: number; readonly threshold: number };
  /** Regressions by `judge()` on the samples themselves, under the default budgets, of so many gates. */
  readonly judged: { readonly red: number; readonly gates: number };
}

/** Requests with a collector's tail (2 of 100 three times as slow and more), rounds 2 % apart. Gates are put together from a pool of drawn rounds. */
export function unequalTable(
  { rounds, repeats, judged }: { readonly rounds: number; readonly repeats: number; readonly judged: number },
  seed: number,
): readonly UnequalRow[] {
  return SIZES.map(([few, many]) => {
    const random = randomOf(seed, "unequal", few, many);
    const baseline = poolOf(few, few, rounds, random);
    const candidate = poolOf(many, few, rounds, random);
    const count = (statistic: "naive" | "ours") => {
      const picks = randomOf(seed, "unequal", few, many, "gates");
      let [change, threshold] = [0, 0];
      for (let i = 0; i < repeats; i++) {
        const differences = Array.from(
          { length: PAIRS },
          () =>
            pick(candidate[statistic], picks) -
            pick(baseline[statistic], picks) +
            0.02 * (gaussian(picks) - gaussian(picks)),
        );
        const estimate = pairedEstimate(differences, FLOOR);
        if (pAbove(estimate, 0) <= Q) change++;
        if (pAbove(estimate, BOUND.p99) <= Q) threshold++;
      }
      return { change: change / repeats, threshold: threshold / repeats };
    };
    const red = Array.from({ length: judged }, () => judgedRed(few, many, random)).filter(Boolean).length;
    return {
      baseline: few,
      candidate: many,
      naive: count("naive"),
      ours: count("ours"),
      judged: { red, gates: judged },
    };
  });
}

/** ln p99 of drawn rounds: of all samples (type 7), and as the project evaluates it for a comparison with rounds of `common` samples. */
function poolOf(size: number, common: number, rounds: number, random: Random) {
  const pool = { naive: new Float64Array(rounds), ours: new Float64Array(rounds) };
  for (let i = 0; i < rounds; i++) {
    const samples = samplesOf("collector", size, random);
    pool.naive[i] = Math.log(quantile(sorted(samples), 0.99));
    pool.ours[i] = Math.log(evaluate({ kind: "samples", samples }, "p99", common) as number);
  }
  return pool;
}

/** Whether the judge itself, given all samples, calls the p99 of identical code a regression. */
function judgedRed(few: number, many: number, random: Random): boolean {
  const side = (size: number) =>
    recordingFrom(PAIRS, "s", (): readonly Measurement[] => {
      const level = Math.exp(0.02 * gaussian(random));
      return [
        {
          suite: "simulated",
          benchmark: "0",
          metric: "latency",
          unit: "s",
          better: "lower",
          distribution: { kind: "samples", samples: samplesOf("collector", size, random).map((each) => level * each) },
        },
      ];
    });
  const judgements = judgementsOf({ kind: "side-by-side", recordings: [side(few)] }, side(many));
  return judgements.some(({ statistic, verdict }) => statistic === "p99" && verdict === "regression");
}

function pick(entries: Float64Array, random: Random): number {
  return entries[Math.floor(random() * entries.length)] as number;
}
