import { pairedEstimate, welchEstimate } from "../../src/stats/estimate.ts";
import { pAbove, pBelow } from "../../src/stats/p-value.ts";
import { quantile, sorted } from "../../src/stats/quantile.ts";
import { gaussian, type Random } from "../../src/stats/random.ts";
import { BOUND, FLOOR, SIDE } from "./ours.ts";
import { mannWhitney } from "./peers.ts";
import { randomOf } from "./seed.ts";
import { samplesOf } from "./within.ts";

const DESIGNS = [
  { rounds: 5, samples: 1000 },
  { rounds: 12, samples: 1000 },
] as const;

/** How often identical code is called different, either way at nominal 5 %, by rules that see the same samples. */
export interface TrapRow {
  readonly rounds: number;
  readonly samples: number;
  readonly pooledMannWhitney: number;
  readonly pooledWelch: number;
  readonly welchOnRounds: number;
  /** The 95 % interval of Benchgate excludes "no change". */
  readonly interval: number;
  /** Benchgate's verdict at the default threshold, alone in its gate. */
  readonly regression: number;
}

type Count = keyof Omit<TrapRow, "rounds" | "samples">;

/** Rounds 2 % apart, a thousand samples in each (10 % within): who takes the samples for evidence about the code? All samples are drawn. */
export function trapTable(repeats: number, seed: number): readonly TrapRow[] {
  return DESIGNS.map(({ rounds, samples }) => {
    const random = randomOf(seed, "trap", rounds, samples);
    const counts: Record<Count, number> = {
      pooledMannWhitney: 0,
      pooledWelch: 0,
      welchOnRounds: 0,
      interval: 0,
      regression: 0,
    };
    for (let i = 0; i < repeats; i++) {
      const [baseline, candidate] = [arm(random, rounds, samples), arm(random, rounds, samples)];
      const found = verdicts(baseline, candidate);
      for (const name of Object.keys(counts) as Count[]) if (found[name]) counts[name]++;
    }
    const shares = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count / repeats]));
    return { rounds, samples, ...(shares as Record<Count, number>) };
  });
}

function arm(random: Random, rounds: number, samples: number): readonly Float64Array[] {
  return Array.from({ length: rounds }, () => {
    const level = Math.exp(0.02 * gaussian(random));
    return samplesOf("log-normal", samples, random).map((sample) => level * sample);
  });
}

function verdicts(baseline: readonly Float64Array[], candidate: readonly Float64Array[]): Record<Count, boolean> {
  const [a, b] = [logMedians(baseline), logMedians(candidate)];
  const paired = pairedEstimate(
    b.map((y, i) => y - (a[i] as number)),
    FLOOR,
  );
  const welch = welchEstimate(a, b);
  const pooled = { baseline: concatenated(baseline), candidate: concatenated(candidate) };
  const [before, after] = [moments(pooled.baseline), moments(pooled.candidate)];
  const z = (after.mean - before.mean) / Math.sqrt(before.variance / before.n + after.variance / after.n);
  return {
    pooledMannWhitney: Math.abs(mannWhitney(pooled)) > 1.96,
    // Thousands of samples: Student's t is the normal distribution.
    pooledWelch: Math.abs(z) > 1.96,
    welchOnRounds: Math.min(pAbove(welch, 0), pBelow(welch, 0)) < 0.025,
    interval: Math.min(pAbove(paired, 0), pBelow(paired, 0)) < SIDE,
    regression: pAbove(paired, BOUND.p50) < SIDE,
  };
}

function logMedians(rounds: readonly Float64Array[]): number[] {
  return rounds.map((samples) => Math.log(quantile(sorted(samples), 0.5)));
}

function concatenated(rounds: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(rounds.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const samples of rounds) {
    all.set(samples, at);
    at += samples.length;
  }
  return all;
}

function moments(values: Float64Array): { readonly n: number; readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n: values.length, mean, variance: squares / (values.length - 1) };
}
