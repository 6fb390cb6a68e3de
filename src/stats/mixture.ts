import type { Distribution } from "../model/measurement.ts";
import { sampleCount } from "./statistic.ts";

/** A round's values in ascending order with the share of samples up to each. */
interface Steps {
  readonly values: ArrayLike<number>;
  /** The share of samples at or below the value of that rank. */
  readonly share: (rank: number) => number;
}

/** The error that a quantile may have, relative to the spread of the rounds at its level. */
const PRECISION = 1e-4;

/**
 * Quantiles of all rounds pooled with equal weight, however many samples each has: the smallest x at which the mean of the rounds'
 * distribution functions reaches the level (inverse of the mixture's ECDF). It lies between the smallest and the largest quantile that any
 * round has at that level, and is found there by bisection. Null for a level that so few samples do not reach: less than one of them lies
 * beyond it. Null as a whole where a round is neither samples nor a histogram.
 *
 * @param levels in [0, 1].
 */
export function mixtureQuantiles(
  rounds: readonly Distribution[],
  levels: readonly number[],
): { readonly values: readonly (number | null)[]; readonly samples: number } | null {
  const steps = rounds.map(stepsOf).filter((each) => each !== null);
  if (steps.length === 0 || steps.length < rounds.length) return null;
  const samples = rounds.reduce((sum, round) => sum + sizeOf(round), 0);
  const values = levels.map((level) => {
    const within = level <= 0 || level >= 1 || (1 - level) * samples >= 1;
    return within ? inverse(steps, Math.min(1, Math.max(0, level))) : null;
  });
  return { values, samples };
}

function inverse(rounds: readonly Steps[], level: number): number {
  const own = rounds.map((round) => round.values[rankReaching(round, level)] as number);
  let lower = own.reduce((a, b) => Math.min(a, b));
  let upper = own.reduce((a, b) => Math.max(a, b));
  if (level === 0) return lower;
  if (level === 1 || lower === upper) return upper;
  const enough = (upper - lower) * PRECISION;
  // At `lower` the mean may already reach the level, which bisection would only approach.
  if (meanShare(rounds, lower) >= level) return lower;
  while (upper - lower > enough) {
    const middle = lower + (upper - lower) / 2;
    if (middle <= lower || middle >= upper) break;
    if (meanShare(rounds, middle) >= level) upper = middle;
    else lower = middle;
  }
  return upper;
}

function meanShare(rounds: readonly Steps[], x: number): number {
  let sum = 0;
  for (const { values, share } of rounds) {
    const rank = firstBeyond(values, x) - 1;
    sum += rank < 0 ? 0 : share(rank);
  }
  return sum / rounds.length + 1e-12;
}

/** The first rank whose share reaches the level. */
function rankReaching({ values, share }: Steps, level: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (share(middle) + 1e-12 >= level) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first rank whose value is larger than x. */
function firstBeyond(values: ArrayLike<number>, x: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) > x) high = middle;
    else low = middle + 1;
  }
  return low;
}

function stepsOf(round: Distribution): Steps | null {
  if (round.kind === "samples" && round.samples.length > 0) {
    const values = Float64Array.from(round.samples).sort();
    return { values, share: (rank) => (rank + 1) / values.length };
  }
  if (round.kind !== "histogram" || sizeOf(round) === 0) return null;
  const all = sizeOf(round);
  const shares = new Float64Array(round.counts.length);
  let seen = 0;
  for (let i = 0; i < shares.length; i++) {
    seen += round.counts[i] as number;
    shares[i] = seen / all;
  }
  return { values: round.values, share: (rank) => shares[rank] as number };
}

function sizeOf(round: Distribution): number {
  return round.kind === "samples" || round.kind === "histogram" ? (sampleCount(round) ?? 0) : 0;
}
