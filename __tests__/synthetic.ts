import type { Environment } from "../src/model/environment.ts";
import type { Measurement } from "../src/model/measurement.ts";
import type { Recording, Round } from "../src/model/recording.ts";
import { gaussian, xoshiro128 } from "../src/stats/random.ts";

const ENVIRONMENT: Environment = {
  os: "linux",
  arch: "x64",
  cpu: "Test CPU",
  cores: 4,
  runtime: "node 24.19.0",
};

/** What a synthetic recording is made of. Times in seconds. */
export interface Synthetic {
  readonly seed: number;
  readonly rounds?: number;
  readonly session?: string;
  readonly sha?: string;
  /** Median latency of each benchmark. */
  readonly benchmarks: Readonly<Record<string, number>>;
  /** Standard deviation of ln latency between rounds, and within one. */
  readonly between?: number;
  readonly within?: number;
  readonly samples?: number;
  readonly environment?: Environment;
}

/** A recording of log-normal latencies from a seed: the same numbers on every machine. */
export function aRecording(options: Synthetic): Recording {
  const {
    seed,
    rounds = 12,
    session = "s/1",
    sha = "a".repeat(40),
    benchmarks,
    between = 0.02,
    within = 0.1,
    samples = 1000,
    environment = ENVIRONMENT,
  } = options;
  const random = xoshiro128(seed);
  return {
    revision: { sha, ref: "refs/heads/main", committedAt: "2026-11-22T10:00:00Z" },
    environment,
    rounds: Array.from({ length: rounds }, (_, pair) => ({
      session,
      pair,
      startedAt: "2026-11-22T10:00:00Z",
      failures: [],
      measurements: Object.entries(benchmarks).map(([benchmark, median]) => {
        const level = median * Math.exp(between * gaussian(random));
        return latency(
          benchmark,
          Float64Array.from({ length: samples }, () => level * Math.exp(within * gaussian(random))),
        );
      }),
    })),
  };
}

/** A latency measurement in suite `s`. */
export function latency(benchmark: string, samples: Float64Array | readonly number[]): Measurement {
  return {
    suite: "s",
    benchmark,
    metric: "latency",
    unit: "s",
    better: "lower",
    distribution: { kind: "samples", samples: Float64Array.from(samples) },
  };
}

/** A recording with other rounds. */
export function withRounds(recording: Recording, change: (round: Round, index: number) => Round): Recording {
  return { ...recording, rounds: recording.rounds.map(change) };
}

/** The same recording with every measurement changed, or dropped where `change` gives null. */
export function mapMeasurements(
  recording: Recording,
  change: (measurement: Measurement, round: number) => Measurement | null,
): Recording {
  return withRounds(recording, (round, index) => ({
    ...round,
    measurements: round.measurements
      .map((measurement) => change(measurement, index))
      .filter((measurement) => measurement !== null),
  }));
}

/** What a hand-made side is, beside what each of its rounds measured. */
export interface Series {
  readonly session?: string;
  /** The pair number of the first round. */
  readonly from?: number;
}

/** A recording of one measurement a round: what `measure` gives for each round, numbered from 0. */
export function aSeries(
  rounds: number,
  measure: (round: number) => Partial<Measurement> & Pick<Measurement, "distribution">,
  { session = "s/1", from = 0 }: Series = {},
): Recording {
  return {
    revision: { sha: "a".repeat(40), ref: "refs/heads/main", committedAt: "2026-11-22T10:00:00Z" },
    environment: ENVIRONMENT,
    rounds: Array.from({ length: rounds }, (_, round) => ({
      session,
      pair: from + round,
      startedAt: "2026-11-22T10:00:00Z",
      failures: [],
      measurements: [{ ...latency("a", []), ...measure(round) }],
    })),
  };
}

/** A little noise that is the same on every machine: a factor of some thousandths either way for each round. */
export function jitter(round: number, size = 0.004): number {
  return 1 + size * Math.sin(7 * round + 1);
}

/** A round's one value. */
export function one(value: number, exact = false): Pick<Measurement, "distribution"> {
  return { distribution: { kind: "value", value, exact } };
}

/** A round's samples. */
export function many(samples: ArrayLike<number>): Pick<Measurement, "distribution"> {
  return { distribution: { kind: "samples", samples: Float64Array.from(samples) } };
}
