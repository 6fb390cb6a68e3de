import { beyond } from "../../src/judge/bounds.ts";
import { roundsToSettle } from "../../src/judge/comparison.ts";
import { isHopeless } from "../../src/judge/undecided.ts";
import { pairedEstimate } from "../../src/stats/estimate.ts";
import { interval, pAbove, pBelow } from "../../src/stats/p-value.ts";
import { BOUND, differences, FLOOR, Q, regressions, SIDE } from "./ours.ts";
import { IN_USE, LOOKS } from "./plan.ts";
import type { Call, Rule } from "./rule.ts";
import { GATED } from "./within.ts";

const LAST = LOOKS.at(-1)!;

/** Benchgate with looks at 6, 12 and 24 pairs, each comparison stopping for itself. */
export const WITH_LOOKS: Rule = {
  name: "**Benchgate**, looks 6/12/24",
  about:
    "stops where a comparison is a regression even as the only one of its gate, where its repeated interval says that it is none, or where more pairs are hopeless",
  statistics: GATED,
  knowsGate: true,
  calls: ({ suite, statistic, effect, comparisons }) =>
    suite.map((drawn) => callOf(differences(drawn, statistic, LAST, effect), BOUND[statistic], effect, comparisons)),
  red: regressions,
};

/** What the looks make of one comparison: the sequential p-value at the look where it stopped, and the pairs it took. */
function callOf(all: readonly number[], bound: number, truth: number, comparisons: number): Call {
  const threshold = Math.expm1(bound);
  const bounds = beyond(threshold, "lower");
  const ps: number[] = [];
  for (const [at, pairs] of LOOKS.entries()) {
    const estimate = pairedEstimate(all.slice(0, pairs), FLOOR);
    ps.push(pAbove(estimate, IN_USE.share * bound));
    const p = IN_USE.overall(ps);
    const side = IN_USE.level(at, SIDE);
    const { lower, upper } = interval(estimate, 1 - 2 * side);
    const within = interval(estimate, 1 - 2 * IN_USE.level(at, IN_USE.equivalence));
    const shown = lower > bound;
    const proven = p <= Q / comparisons && shown;
    const settled = upper < bound || (-bounds.better < within.lower && within.upper < bound);
    const comparison = {
      rounds: pairs,
      ratio: Math.exp(estimate.mean),
      interval: { lower: Math.exp(lower), upper: Math.exp(upper), level: 0.95 },
      roundsNeeded: roundsToSettle(estimate, LOOKS, bounds, Q / comparisons),
    };
    if (proven || settled || pairs === LAST || isHopeless({ comparison, threshold, better: "lower" }, LAST)) {
      const held = pAbove(estimate, truth) >= side && pBelow(estimate, truth) >= side;
      return { p, shown, rounds: pairs, held };
    }
  }
  throw new RangeError("there is always a last look");
}
