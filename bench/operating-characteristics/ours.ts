import { FAMILY_SHARE, familyShare } from "../../src/judge/comparison.ts";
import { contrastOf } from "../../src/judge/contrast.ts";
import { historyVariance } from "../../src/judge/prior.ts";
import type { Reading, Readings } from "../../src/judge/rows/readings.ts";
import type { Subject } from "../../src/judge/rows/subjects.ts";
import { runMeans, slowRounds } from "../../src/judge/stored.ts";
import { type Estimate, pairedEstimate, type VariancePrior } from "../../src/stats/estimate.ts";
import { benjaminiHochberg } from "../../src/stats/multiplicity.ts";
import { pAbove, pBelow } from "../../src/stats/p-value.ts";
import { type Drawn, ROUNDS_A_RUN } from "./drawn.ts";
import type { Call, Rule } from "./rule.ts";
import { GATED, type Gated } from "./within.ts";

/** The default thresholds, as log ratios. */
export const BOUND: Readonly<Record<Gated, number>> = { p50: Math.log(1.05), p99: Math.log(1.15) };
/** Benjamini-Hochberg's q. */
export const Q = 0.05;
/** What the 95 % interval leaves on either side. */
export const SIDE = 0.025;
/** The smallest standard deviation of one log value that the judge believes. */
export const FLOOR = 0.001;

/** Which of the calls of a gate are regressions: those that Benjamini and Hochberg's procedure and the interval agree on. */
export function regressions(calls: readonly Call[]): readonly boolean[] {
  return benjaminiHochberg(calls.map(({ p }) => p)).map((p, i) => p <= Q && (calls[i] as Call).shown);
}

/**
 * Benchgate's rules of fixed size, by the functions that `judge()` calls. `judge()` itself also describes each comparison (detectable change, rounds
 * needed), at a hundred times the price; `agreement.ts` holds both against each other in every source of noise.
 */
export const FIXED: readonly Rule[] = [
  ...[6, 12, 24].map((pairs) => fixedPairs(pairs)),
  ...[5, 10, 20].map((runs) => stored(runs)),
];

/** Side by side, so many pairs. */
export function fixedPairs(pairs: number): Rule {
  return {
    name: `**Benchgate**, ${pairs} pairs`,
    about: `side by side, ${pairs} pairs`,
    statistics: GATED,
    knowsGate: false,
    calls: ({ suite, statistic, effect }) =>
      suite.map((drawn) => {
        const estimate = pairedEstimate(differences(drawn, statistic, pairs, effect), FLOOR);
        const p = pAbove(estimate, FAMILY_SHARE * BOUND[statistic]);
        // An interval lies beyond a bound exactly where the one-sided p against it is below what it leaves on that side.
        return { p, shown: pAbove(estimate, BOUND[statistic]) < SIDE, rounds: pairs, held: holds(estimate, effect) };
      }),
    red: regressions,
  };
}

function stored(runs: number): Rule {
  return {
    name: `**Benchgate**, ${runs} stored runs`,
    about: `one run of ${ROUNDS_A_RUN} rounds against ${runs} stored ones of ${ROUNDS_A_RUN}`,
    statistics: GATED,
    knowsGate: false,
    calls: ({ suite, statistic, effect }) => {
      const drawn = suite.map((each) => each.runs(statistic));
      const prior = historyVariance(drawn.map(({ history }) => runMeans(storedReadings(history.slice(0, runs)))));
      return drawn.map(({ history, candidate }) =>
        againstStored(history.slice(0, runs), candidate, statistic, effect, prior),
      );
    },
    red: regressions,
  };
}

function againstStored(
  history: readonly Float64Array[],
  candidate: Float64Array,
  statistic: Gated,
  effect: number,
  prior: VariancePrior | null,
): Call {
  const values = { ...storedReadings(history), candidate: readingsOf(candidate, "candidate", effect) };
  const found = contrastOf(SUBJECT, values, { mode: "stored", looks: null, prior });
  if (!("estimate" in found) || found.newest === null || found.each === null) {
    throw new RangeError("stored runs without an estimate");
  }
  const p = pAbove(found.estimate, familyShare("stored") * BOUND[statistic]);
  const beyond = pAbove(found.estimate, BOUND[statistic]) < SIDE;
  // A candidate that is no worse than the newest stored run does not answer for what happened before.
  const moved = pAbove(found.newest, BOUND[statistic]) >= SIDE;
  // Nor does one whose mean a few slow rounds carry.
  const few = slowRounds(found.each, BOUND[statistic]) !== null;
  return { p, shown: beyond && !moved && !few, rounds: ROUNDS_A_RUN, held: holds(found.estimate, effect) };
}

/** What the judge knows of a latency whose tool computes its own quantiles. */
const SUBJECT: Subject = {
  suite: "simulated",
  benchmark: "0",
  measurement: {
    suite: "simulated",
    benchmark: "0",
    metric: "latency",
    unit: "s",
    better: "lower",
    distribution: { kind: "quantiles", quantiles: {}, count: 1000 },
  },
  budgets: [],
  baseline: [],
  candidate: [],
  failed: { baseline: [], candidate: [] },
  resolution: 0,
  closedLoop: false,
  load: false,
};

const NOTHING_KNOWN = {
  samples: null,
  needed: null,
  counts: null,
  resolution: 0,
  leftOut: [],
  estimators: null,
} as const;

function storedReadings(history: readonly Float64Array[]): Readings {
  const baseline = history.map((run, index) => readingsOf(run, `run ${index}`, 0));
  return { ...NOTHING_KNOWN, baseline, candidate: [] };
}

function readingsOf(run: Float64Array, session: string, effect: number): Reading[] {
  const readings: Reading[] = [];
  for (let pair = 0; pair < run.length; pair++) {
    readings.push({ session, pair, value: Math.exp((run[pair] as number) + effect) });
  }
  return readings;
}

/** ln candidate − ln baseline of each pair, with a true change added. */
export function differences(drawn: Drawn, statistic: Gated, pairs: number, effect: number): number[] {
  const { baseline, candidate } = drawn.pairs(statistic, pairs);
  const found: number[] = [];
  for (let i = 0; i < candidate.length; i++) found.push((candidate[i] as number) + effect - (baseline[i] as number));
  return found;
}

/** Whether the 95 % interval holds the truth: exactly where neither one-sided p against it is below 2.5 %. */
function holds(estimate: Estimate, truth: number): boolean {
  return pAbove(estimate, truth) >= SIDE && pBelow(estimate, truth) >= SIDE;
}
