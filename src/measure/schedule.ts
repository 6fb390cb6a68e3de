import { xoshiro128 } from "../stats/random.ts";

/** The two arms of a comparison. */
export type Side = "baseline" | "candidate";

/** One execution of one suite on one side. */
export interface Slot {
  readonly suite: string;
  readonly side: Side;
  /** Counts from 0. Meaningless where `warmup`. */
  readonly pair: number;
  /** Whether what it measures is thrown away. */
  readonly warmup: boolean;
}

/** What is to be put in order. */
export interface ScheduleOptions {
  readonly suites: readonly string[];
  /** The candidate alone, or both. */
  readonly sides: readonly Side[];
  /** Rounds a side. */
  readonly rounds: number;
  readonly seed: number;
}

/**
 * The order in which everything is measured: a throw-away slot for each suite and side, then pair after pair over all
 * suites.
 *
 * The sides of a suite alternate in blocks of two pairs, ABBA or BAAB as the seed falls, so that a linear drift of the
 * machine cancels within each block and no periodic disturbance can keep step with one side. With an odd number of
 * rounds the last block is half a block.
 */
export function schedule({ suites, sides, rounds, seed }: ScheduleOptions): Slot[] {
  const random = xoshiro128(seed);
  const shuffled = () => (random() < 0.5 ? [...sides] : [...sides].reverse());
  const warmups = suites.flatMap((suite) => shuffled().map((side) => ({ suite, side, pair: 0, warmup: true })));
  const first = new Map<string, readonly Side[]>();
  const pairs = Array.from({ length: rounds }, (_, pair) =>
    suites.flatMap((suite) => {
      const opensBlock = pair % 2 === 0;
      const order = opensBlock ? shuffled() : [...(first.get(suite) ?? sides)].reverse();
      if (opensBlock) first.set(suite, order);
      return order.map((side) => ({ suite, side, pair, warmup: false }));
    }),
  );
  return [...warmups, ...pairs.flat()];
}
