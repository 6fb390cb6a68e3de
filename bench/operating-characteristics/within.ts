import type { Distribution } from "../../src/model/measurement.ts";
import { gaussian, type Random } from "../../src/stats/random.ts";
import { evaluate } from "../../src/stats/statistic.ts";

/** How requests scatter inside one round, as a factor on the round's level. */
export type Within = "log-normal" | "collector";

/** The two statistics that gate by default. */
export type Gated = "p50" | "p99";
export const GATED: readonly Gated[] = ["p50", "p99"];

/** ln p50 and ln p99 of many rounds of one size, drawn sample by sample. */
export interface Pool {
  readonly p50: Float64Array;
  readonly p99: Float64Array;
}

/**
 * The factor of one request. `log-normal`: 10 % either way. `collector`: 20 % either way, and 2 of 100 requests take at least three times as long
 * with an exponential tail, as where a garbage collector stops the process.
 */
const REQUEST: Readonly<Record<Within, (random: Random) => number>> = {
  "log-normal": (random) => Math.exp(0.1 * gaussian(random)),
  collector: (random) => Math.exp(0.2 * gaussian(random)) * (random() < 0.02 ? 3 - 2 * Math.log(1 - random()) : 1),
};

/** The samples of one round at level 1, drawn for real. */
export function samplesOf(within: Within, size: number, random: Random): Float64Array {
  const samples = new Float64Array(size);
  for (let i = 0; i < size; i++) samples[i] = REQUEST[within](random);
  return samples;
}

/**
 * `rounds` rounds of `size` samples each, reduced to their statistics by the project's own estimators at `evaluatedAt` samples.
 *
 * A round's level multiplies all its samples, so ln p99 of a round is its level plus an entry of this pool: exactly, but for entries being used
 * more than once.
 */
export function poolOf(within: Within, size: number, rounds: number, random: Random, evaluatedAt = size): Pool {
  const pool = { p50: new Float64Array(rounds), p99: new Float64Array(rounds) };
  for (let i = 0; i < rounds; i++) {
    const round: Distribution = { kind: "samples", samples: samplesOf(within, size, random) };
    for (const statistic of GATED) pool[statistic][i] = Math.log(evaluate(round, statistic, evaluatedAt) as number);
  }
  return pool;
}
