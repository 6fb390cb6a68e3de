import { isHopeless } from "../../src/judge/undecided.ts";
import { pairedEstimate } from "../../src/stats/estimate.ts";
import { pAbove, pBelow } from "../../src/stats/p-value.ts";
import { roundsNeeded } from "../../src/stats/power.ts";
import { nominalLevel, repeatedInterval, sequentialP } from "../../src/stats/sequential.ts";
import { BOUND, differences, FLOOR, Q, regressions } from "./ours.ts";
import type { Call, Rule } from "./rule.ts";
import { GATED } from "./within.ts";

/** The planned looks. */
export const LOOKS = [6, 12, 24] as const;
const LAST = 24;
/** The one-sided level at each look that leaves 2.5 % on either side to the plan as a whole. */
const SIDE = nominalLevel(LOOKS, 0.025);

/** Benchgate with looks at 6, 12 and 24 pairs, each comparison stopping for itself. */
export const WITH_LOOKS: Rule = {
  name: "**Benchgate**, looks 6/12/24",
  about:
    "stops where a comparison is a regression even as the only one of its gate, where its repeated 95 % interval lies within the threshold, or where more pairs are hopeless",
  statistics: GATED,
  knowsGate: true,
  calls: ({ suite, statistic, effect, comparisons }) =>
    suite.map((drawn) => callOf(differences(drawn, statistic, LAST, effect), BOUND[statistic], effect, comparisons)),
  red: regressions,
};

/** What the looks make of one comparison: the sequential p-value at the look where it stopped, and the pairs it took. */
function callOf(all: readonly number[], bound: number, truth: number, comparisons: number): Call {
  const ps: number[] = [];
  for (const pairs of LOOKS) {
    const estimate = pairedEstimate(all.slice(0, pairs), FLOOR);
    ps.push(pAbove(estimate, bound));
    const p = sequentialP(LOOKS, ps);
    const shown = pAbove(estimate, bound) < SIDE;
    const proven = p <= Q / comparisons && shown;
    // The repeated interval lies from 1 − threshold to 1 + threshold exactly where both one-sided tests reject at its level.
    const threshold = Math.expm1(bound);
    const unchanged = pAbove(estimate, Math.log1p(-threshold)) < SIDE && pBelow(estimate, bound) < SIDE;
    const { lower, upper } = repeatedInterval(LOOKS, estimate, 1 - 2 * 0.025);
    const comparison = {
      rounds: pairs,
      ratio: Math.exp(estimate.mean),
      interval: { lower: Math.exp(lower), upper: Math.exp(upper), level: 0.95 },
      roundsNeeded: roundsNeeded(
        estimate,
        estimate.mean < 0 ? -Math.log1p(-threshold) : bound,
        nominalLevel(LOOKS, Math.min(Q / comparisons, 0.025)),
      ),
    };
    const hopeless = isHopeless({ comparison, threshold, better: "lower" }, LAST);
    if (proven || unchanged || hopeless || pairs === LAST) {
      const held = pAbove(estimate, truth) >= SIDE && pBelow(estimate, truth) >= SIDE;
      return { p, shown, rounds: pairs, held };
    }
  }
  throw new RangeError("there is always a last look");
}
