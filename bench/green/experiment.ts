import type { Distribution, Measurement } from "../../src/model/measurement.ts";
import type { Recording, Round } from "../../src/model/recording.ts";
import { gaussian, type Random } from "../../src/stats/random.ts";
import { mapped } from "./worse.ts";

/** Pairs of rounds that an experiment has at least. */
const PAIRS = 8;
/** The standard deviation of a round's logarithm: a quiet machine. */
const NOISE = 0.005;

/**
 * One side of an experiment as `benchgate run` would record it: the rounds of an output again and again until there are `PAIRS`, each measurement with
 * a noise of its own. What is deterministic stays as it is. `change` may alter a round once it has its place.
 */
export function experiment(
  { rounds: given, ...recording }: Recording,
  random: Random,
  change: (round: Round) => Round = (round) => round,
): Recording {
  const times = Math.ceil(PAIRS / Math.max(1, given.length));
  const repeated = Array.from({ length: times }, () => given).flat();
  return {
    ...recording,
    rounds: repeated.map((round, pair) => {
      const measurements = round.measurements.map((measurement) => noisy(measurement, random));
      return change({ ...round, session: "green", pair, measurements });
    }),
  };
}

function noisy(measurement: Measurement, random: Random): Measurement {
  const factor = Math.exp(NOISE * gaussian(random));
  return isDeterministic(measurement) ? measurement : mapped(measurement, (value) => value * factor);
}

/** What an operation costs in bytes or allocations does not vary from round to round. */
function isDeterministic({ unit, distribution }: Measurement): boolean {
  if (distribution.kind === "value" && distribution.exact) return true;
  return (unit === "B" || unit === "1") && isConstant(distribution);
}

function isConstant(distribution: Distribution): boolean {
  if (distribution.kind === "value") return true;
  return distribution.kind === "samples" && distribution.samples.every((value) => value === distribution.samples[0]);
}
