import type { Suite } from "../model/plan.ts";
import { shuffle, xoshiro128 } from "../stats/random.ts";
import { isDivisible } from "./deal.ts";

/** The arms of an experiment. The control is the candidate once more: what differs between those two is the machine. */
export type Side = "baseline" | "candidate" | "control";

/** One pair of one suite: an execution on each side. */
export interface Turn {
  readonly suite: string;
  /** The sides in the order in which they begin. */
  readonly order: readonly Side[];
  /** Counts from 0. Meaningless where `warmup`. */
  readonly pair: number;
  /** Whether what it measures is thrown away. */
  readonly warmup: boolean;
  /** A warm-up that measures nothing: it tells which benchmarks there are. */
  readonly listing?: true;
}

/** What is to be put in order. */
export interface ScheduleOptions {
  readonly suites: readonly string[];
  /** The candidate alone, or the sides that are compared. */
  readonly sides: readonly Side[];
  /** Rounds a side, at most. */
  readonly rounds: number;
  /** Whether the rounds begin at once, without a turn for each suite that is thrown away. */
  readonly cold?: boolean;
  readonly seed: number;
}

/**
 * The turns of a shard, which begin with what tells all benchmarks that there are to be dealt: of modules a list, of tools a warm-up. Also how many those are.
 */
export function dealtFirst(
  turns: readonly Turn[],
  suites: readonly Suite[],
): { readonly turns: readonly Turn[]; readonly before: number } {
  const kindOf = (turn: Turn) => suites.find(({ name }) => name === turn.suite)!;
  const divisible = turns.filter((turn) => turn.warmup && isDivisible(kindOf(turn)));
  const listed = divisible.map(
    (turn): Turn => (kindOf(turn).workload.kind === "bench" ? { ...turn, listing: true } : turn),
  );
  return { turns: [...listed, ...turns.filter((turn) => !listed.includes(turn))], before: listed.length };
}

/**
 * The order in which everything is measured: a throw-away turn for each suite unless it is `cold`, then pair after pair over all suites.
 *
 * The sides of a suite alternate in blocks of two pairs, ABBA or BAAB as the seed falls, so that a linear drift of the
 * machine cancels within each block and no periodic disturbance can keep step with one side. With an odd number of
 * rounds the last block is half a block. Of three sides, each block has an order of its own and its mirror image.
 */
export function schedule({ suites, sides, rounds, cold = false, seed }: ScheduleOptions): Turn[] {
  const random = xoshiro128(seed);
  const shuffled = () => shuffle(sides, random);
  const warmups = (cold ? [] : suites).map((suite) => ({ suite, order: shuffled(), pair: 0, warmup: true }));
  const first = new Map<string, readonly Side[]>();
  const pairs = Array.from({ length: rounds }, (_, pair) =>
    suites.map((suite): Turn => {
      const opensBlock = pair % 2 === 0;
      const order = opensBlock ? shuffled() : [...(first.get(suite) ?? sides)].reverse();
      if (opensBlock) first.set(suite, order);
      return { suite, order, pair, warmup: false };
    }),
  );
  return [...warmups, ...pairs.flat()];
}
