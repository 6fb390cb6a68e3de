import { mean, sampleStandardDeviation, sampleVariance } from "simple-statistics";
import { tInv, tSf } from "../../src/stats/student-t.ts";
import { type Arms, type Drawn, POOLED_SAMPLES } from "./drawn.ts";
import type { Call, Rule, Trial } from "./rule.ts";
import { GATED, type Gated } from "./within.ts";

/** Rounds a side that rules on rounds or pooled samples get: as many as Benchgate side by side. */
const ROUNDS = 12;
const STREAM = { first: 50, step: 10, most: 200 } as const;
/** Φ⁻¹(0.975). */
const TWO_SIDED_5 = 1.959963984540054;

/** What a peer's rule makes of one benchmark. */
interface Found {
  readonly slower: boolean;
  readonly rounds: number;
  readonly held?: boolean;
}

/** The rules that users have today. They decide each comparison for itself: one red comparison is a red gate. */
export const PEERS: readonly Rule[] = [
  ...[1.05, 1.1, 1.5, 2].map((factor) =>
    peer(
      `last run × ${factor.toFixed(2)}`,
      "one number from one round each, as github-action-benchmark stores it",
      GATED,
      (drawn, statistic, effect) => {
        const { history, candidate } = drawn.runs(statistic);
        const ratio = Math.exp(effect + (candidate[0] as number) - (history[0]?.[0] as number));
        return { slower: ratio > factor, rounds: 1 };
      },
    ),
  ),
  peer(
    "mean of ten runs + 5 %",
    "one number a run, against the mean of the last ten",
    GATED,
    (drawn, statistic, effect) => {
      const { history, candidate } = drawn.runs(statistic);
      const before = mean(history.slice(0, 10).map((run) => Math.exp(run[0] as number)));
      return { slower: Math.exp(effect + (candidate[0] as number)) > 1.05 * before, rounds: 1 };
    },
  ),
  peer(
    "pooled Mann-Whitney, 5 %",
    `two-sided p < 0.05 and slower, ${ROUNDS} × ${POOLED_SAMPLES} samples a side in one pot`,
    ["p50"],
    (drawn, _, effect) => {
      const arms = drawn.samples?.(ROUNDS);
      if (arms === undefined) return null;
      return { slower: mannWhitney(scaled(arms, effect)) > TWO_SIDED_5, rounds: ROUNDS };
    },
  ),
  peer(
    "Welch on rounds, 5 %",
    `two-sided p < 0.05 and slower, ${ROUNDS} rounds a side, no threshold`,
    GATED,
    (drawn, statistic, effect) => {
      const { baseline, candidate } = durations(drawn.pairs(statistic, ROUNDS), effect);
      const { t, df, difference, se } = welch(baseline, candidate);
      const margin = -tInv(0.025, df) * se;
      const truth = Math.expm1(effect) * mean(baseline);
      return { slower: t > 0 && 2 * tSf(t, df) < 0.05, rounds: ROUNDS, held: Math.abs(difference - truth) <= margin };
    },
  ),
  peer(
    "mean ± sd",
    `either mean outside the other's mean ± sd and slower, as criterion-compare does; ${ROUNDS} rounds a side`,
    GATED,
    (drawn, statistic, effect) => {
      const { baseline, candidate } = durations(drawn.pairs(statistic, ROUNDS), effect);
      const difference = mean(candidate) - mean(baseline);
      const smaller = Math.min(sampleStandardDeviation(baseline), sampleStandardDeviation(candidate));
      return { slower: difference > smaller, rounds: ROUNDS };
    },
  ),
  peer(
    "re-check every 10",
    `95 % t interval of the relative difference, looked at after ${STREAM.first}, ${STREAM.first + STREAM.step}, … ${STREAM.most} measurements a side until it excludes 0, as tachometer does`,
    ["p50"],
    recheck,
  ),
];

function peer(
  name: string,
  about: string,
  statistics: readonly Gated[],
  decide: (drawn: Drawn, statistic: Gated, effect: number) => Found | null,
): Rule {
  return {
    name,
    about,
    statistics,
    knowsGate: false,
    calls({ suite, statistic, effect }: Trial): readonly Call[] | null {
      const found = suite.map((drawn) => decide(drawn, statistic, effect));
      if (found.some((each) => each === null)) return null;
      return (found as Found[]).map(({ slower, rounds, held }) => ({
        p: slower ? 0 : 1,
        shown: true,
        rounds,
        held: held ?? null,
      }));
    },
    red: (calls) => calls.map(({ p }) => p === 0),
  };
}

function recheck(drawn: Drawn, _: Gated, effect: number): Found | null {
  if (drawn.stream === null) return null;
  const { baseline, candidate } = scaled(drawn.stream(STREAM.most), effect);
  const [a, b] = [running(baseline), running(candidate)];
  for (let n: number = STREAM.first; ; n += STREAM.step) {
    const [before, after] = [a(n), b(n)];
    const change = after.mean / before.mean - 1;
    // The delta method on the ratio of two independent means.
    const error = Math.sqrt(after.variance / n + (before.variance / n) * (1 + change) ** 2) / before.mean;
    const margin = criticalAt(n) * error;
    if (Math.abs(change) > margin || n >= STREAM.most) {
      return { slower: change > margin, rounds: n, held: Math.abs(change - Math.expm1(effect)) <= margin };
    }
  }
}

const criticals = new Map<number, number>();

function criticalAt(n: number): number {
  const known = criticals.get(n) ?? -tInv(0.025, n - 1);
  criticals.set(n, known);
  return known;
}

/** Mean and variance of the first n, from sums that are made once. */
function running(values: Float64Array): (n: number) => { readonly mean: number; readonly variance: number } {
  const sums = new Float64Array(values.length + 1);
  const squares = new Float64Array(values.length + 1);
  values.forEach((value, i) => {
    sums[i + 1] = (sums[i] as number) + value;
    squares[i + 1] = (squares[i] as number) + (value - 1) ** 2;
  });
  return (n) => {
    const mean = (sums[n] as number) / n;
    return { mean, variance: Math.max(0, ((squares[n] as number) - n * (mean - 1) ** 2) / (n - 1)) };
  };
}

/** The standardised Mann-Whitney statistic, positive where the candidate is slower; ties are not expected among continuous durations. */
export function mannWhitney({ baseline, candidate }: Arms): number {
  const [a, b] = [Float64Array.from(baseline).sort(), Float64Array.from(candidate).sort()];
  let [u, below] = [0, 0];
  for (const value of b) {
    while (below < a.length && (a[below] as number) < value) below++;
    u += below;
  }
  const centre = (a.length * b.length) / 2;
  return (u - centre) / Math.sqrt((centre * (a.length + b.length + 1)) / 6);
}

/** Welch's test of durations as textbooks have it. */
function welch(baseline: readonly number[], candidate: readonly number[]) {
  const [a, b] = [sampleVariance(baseline) / baseline.length, sampleVariance(candidate) / candidate.length];
  const difference = mean(candidate) - mean(baseline);
  const se = Math.sqrt(a + b);
  const df = (a + b) ** 2 / (a ** 2 / (baseline.length - 1) + b ** 2 / (candidate.length - 1));
  return { difference, se, t: difference / se, df };
}

function durations({ baseline, candidate }: Arms, effect: number) {
  return { baseline: Array.from(baseline, Math.exp), candidate: Array.from(candidate, (y) => Math.exp(y + effect)) };
}

function scaled({ baseline, candidate }: Arms, effect: number): Arms {
  const factor = Math.exp(effect);
  return { baseline, candidate: candidate.map((value) => factor * value) };
}
