import { gaussian, type Random } from "../../src/stats/random.ts";
import type { Within } from "./within.ts";

/** One kind of disturbance between rounds. */
export interface Noise {
  /** Also the name of its random numbers. */
  readonly name: string;
  readonly about: string;
  /** The logarithm of the level of each round, in the order of time. */
  readonly levels: (random: Random, rounds: number) => Float64Array;
  /** Whether both sides alternate (ABBA, BAAB), or all rounds of the baseline come first. */
  readonly order: "interleaved" | "blocks";
  /** What differs from one run to the next (another machine): standard deviation of the logarithm. */
  readonly betweenRuns: number;
  readonly within: Within;
}

const SLOW_ROUND = Math.log(1.3);
const OTHER_MODE = Math.log(1.1);

const independent =
  (one: (random: Random) => number) =>
  (random: Random, rounds: number): Float64Array =>
    Float64Array.from({ length: rounds }, () => one(random));

/** Normal deviates that forget a tenth of themselves from round to round, started in their stationary distribution. */
const drift =
  (sd: number, memory: number) =>
  (random: Random, rounds: number): Float64Array => {
    const levels = new Float64Array(rounds);
    let level = sd * gaussian(random);
    for (let i = 0; i < rounds; i++) {
      levels[i] = level;
      level = memory * level + sd * Math.sqrt(1 - memory * memory) * gaussian(random);
    }
    return levels;
  };

/** One round at Gaussian noise of 2 %, one of ten 30 % slower. */
export const slowRound = (random: Random): number => 0.02 * gaussian(random) + (random() < 0.1 ? SLOW_ROUND : 0);

const SIMPLE = { order: "interleaved", betweenRuns: 0, within: "log-normal" } as const;

/** Every simulated disturbance. Percentages are standard deviations of one round on one side; a pair's log ratio has √2 times that. */
export const NOISES: readonly Noise[] = [
  {
    ...SIMPLE,
    name: "Gaussian 2 %",
    about: "independent rounds",
    levels: independent((random) => 0.02 * gaussian(random)),
  },
  {
    ...SIMPLE,
    name: "Gaussian 5 %",
    about: "independent rounds",
    levels: independent((random) => 0.05 * gaussian(random)),
  },
  {
    ...SIMPLE,
    name: "slow rounds",
    about: "Gaussian 2 %, one round of ten 30 % slower",
    levels: independent(slowRound),
  },
  {
    ...SIMPLE,
    name: "drift, ABBA",
    about: "AR(1), sd 3 %, φ 0.9, sides alternating in seeded blocks",
    levels: drift(0.03, 0.9),
  },
  {
    ...SIMPLE,
    name: "drift, blocks",
    about: "the same drift, all baseline rounds before all candidate rounds: a design Benchgate does not use",
    levels: drift(0.03, 0.9),
    order: "blocks",
  },
  {
    ...SIMPLE,
    name: "bimodal",
    about: "three rounds of ten in a mode 10 % slower, Gaussian 1 %",
    levels: independent((random) => 0.01 * gaussian(random) + (random() < 0.3 ? OTHER_MODE : 0)),
  },
  {
    ...SIMPLE,
    name: "collector tail",
    about: "Gaussian 2 %, 2 of 100 requests three times as slow and more",
    levels: independent((random) => 0.02 * gaussian(random)),
    within: "collector",
  },
  {
    ...SIMPLE,
    name: "other machines",
    about: "Gaussian 2 % within a run, runs 8.5 % apart as on hosted runners",
    levels: independent((random) => 0.02 * gaussian(random)),
    betweenRuns: 0.085,
  },
];
