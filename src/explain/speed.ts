import { mean } from "../stats/summary.ts";
import { IDLE, type Tally } from "./tally.ts";

/** Functions of less than this share of the time say nothing of a round's speed. */
const LEAST = 0.01;

/**
 * How slow each round was as a whole: the median over functions, weighted by their time, of what they took in it divided by what they take on average over all
 * rounds of both sides. A machine that is slower for a while slows all functions, and a round that did less work took less in all of them; a change slows few.
 * It holds for as long as less than half of the time has changed.
 *
 * Source: the size factors of Anders & Huber (Genome Biology 11:R106, 2010), with the median weighted.
 */
export function speedsOf(tallies: readonly Tally[]): readonly number[] {
  const means = new Map<string, number>();
  for (const key of tallies[0]?.self.keys() ?? []) {
    const seen = tallies.map(({ self }) => self.get(key) ?? 0);
    if (key !== IDLE && seen.every((each) => each > 0)) means.set(key, mean(seen));
  }
  const all = sum(means.values());
  const known = [...means].filter(([, value]) => value >= LEAST * all);
  return tallies.map(({ self }) => {
    const ratios = known
      .map(([key, value]) => ({ ratio: (self.get(key) ?? 0) / value, weight: value }))
      .sort((a, b) => a.ratio - b.ratio);
    const half = sum(ratios.map(({ weight }) => weight)) / 2;
    let passed = 0;
    for (const { ratio, weight } of ratios) {
      passed += weight;
      if (passed >= half) return ratio;
    }
    return 1;
  });
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
