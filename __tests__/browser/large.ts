import { type ArmEvidence, EVIDENCE_LEVELS, type Evidence, type RoundSlot } from "../../src/model/evidence.ts";
import type { Judgement, Outcome } from "../../src/model/verdict.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";
import { aComparison, aJudgement, anOutcome } from "../builders.ts";

const SUITES = 12;
const STATISTICS = ["p50", "p99"] as const;

/**
 * Very many benchmarks side by side, p50 and p99 of each judged, all numbers with all digits that a measurement has: the same on every
 * machine. Nothing is measured or tested for it, so that it costs seconds.
 */
export function largeExample(benchmarks: number, rounds: number): { outcome: Outcome; evidence: readonly Evidence[] } {
  const random = xoshiro128(5);
  const names = Array.from({ length: benchmarks }, (_, index) => ({
    suite: `suite-${index % SUITES}`,
    benchmark: `group ${Math.floor(index / 100)} / a benchmark with an ordinary name, case ${index}`,
    level: 1e-6 * 10 ** (4 * ((index * 0.618) % 1)),
  }));
  const slots = Array.from(
    { length: rounds },
    (_, pair): RoundSlot => ({
      session: "1234567890/1",
      pair,
      startedAt: new Date(Date.parse("2026-11-22T15:40:00Z") + pair * 60_000).toISOString(),
    }),
  );
  const subjects = names.map(({ suite, benchmark, level }) => ({
    suite,
    benchmark,
    metric: "latency",
    unit: "s",
    better: "lower" as const,
    statistics: STATISTICS,
    baseline: arm(level, rounds, random),
    candidate: arm(level, rounds, random),
    history: [[], []],
    steps: [[], []],
  }));
  const judgements = names.flatMap(({ suite, benchmark, level }, index) =>
    STATISTICS.map((statistic): Judgement => {
      const noise = statistic === "p50" ? 0.01 : 0.1;
      const slower = index % 50 === 0 ? 1.2 : 1;
      return judgement(
        { suite, benchmark, statistic, baseline: level * (statistic === "p50" ? 1 : 1.6) },
        slower,
        noise,
        random,
      );
    }),
  );
  return {
    outcome: anOutcome({ outcome: "fail", judgements }),
    evidence: [{ kind: "side-by-side", baseline: slots, candidate: slots, history: [], subjects }],
  };
}

function judgement(
  named: Pick<Judgement, "suite" | "benchmark" | "statistic" | "baseline">,
  slower: number,
  noise: number,
  random: () => number,
): Judgement {
  const ratio = slower * Math.exp(0.3 * noise * gaussian(random));
  const interval = {
    lower: ratio * Math.exp(-noise),
    upper: ratio * Math.exp(noise * (1 + 0.1 * random())),
    level: 0.95,
  };
  const threshold = named.statistic === "p50" ? 0.05 : 0.15;
  const verdict =
    interval.lower > 1 + threshold ? "regression" : interval.upper < 1 + threshold ? "unchanged" : "inconclusive";
  const detectable = noise * (2 + random());
  const comparison = aComparison({
    ratio,
    interval,
    check: { lower: interval.lower * 0.99, upper: interval.upper * 1.01, level: 0.957 + 0.01 * random() },
    p: random(),
    adjustedP: random(),
    rounds: 24,
    noise: noise * (1 + random()),
    detectable,
    roundsNeeded: verdict === "inconclusive" ? 24 + Math.ceil(100 * random()) : null,
    falseAlarm: 0.001 * random(),
  });
  const noisy = { code: "noisy", detectable, roundsNeeded: comparison.roundsNeeded } as const;
  return aJudgement({ ...named, threshold, verdict, comparison, warnings: verdict === "inconclusive" ? [noisy] : [] });
}

function arm(level: number, rounds: number, random: () => number): ArmEvidence {
  const values = (factor: number, noise: number) =>
    Array.from({ length: rounds }, () => level * factor * Math.exp(noise * gaussian(random)));
  const tail = (share: number) => 1 + 0.2 * share + 0.02 / (1.001 - share) ** 0.7;
  return {
    rounds: [values(1, 0.02), values(1.6, 0.1)],
    distribution: {
      kind: "pooled",
      samples: 1000 * rounds,
      values: EVIDENCE_LEVELS.map((share) => level * tail(share) * (1 + 0.001 * random())),
    },
  };
}
