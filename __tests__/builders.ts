import type { Environment } from "../src/model/environment.ts";
import type { Revision } from "../src/model/recording.ts";
import type { Comparison, Judgement, Outcome } from "../src/model/verdict.ts";

/** A revision of the base branch. */
export const BASE: Revision = {
  sha: "abc1234def5678901234567890abcdef12345678",
  ref: "refs/heads/main",
  committedAt: "2026-11-22T10:00:00Z",
};

/** A revision on trial. */
export const HEAD: Revision = {
  sha: "def5678abc1234901234567890abcdef12345678",
  ref: "refs/pull/7/merge",
  committedAt: "2026-11-22T15:30:00Z",
};

/** Six hours after `BASE`. */
export const NOW = "2026-11-22T16:20:00Z";

/** A hosted runner. */
export const MACHINE: Environment = {
  os: "linux",
  arch: "x64",
  cpu: "AMD EPYC 7763 64-Core Processor",
  cores: 4,
  runtime: "node 24.19.0",
};

/** Twelve pairs, nothing changed, unless told otherwise. The interval surrounds the ratio by 1.5 %. */
export function aComparison(parts: Partial<Comparison> = {}): Comparison {
  const ratio = parts.ratio ?? 1.002;
  return {
    design: "pairs",
    ratio,
    interval: { lower: ratio * 0.985, upper: ratio * 1.015, level: 0.95 },
    check: null,
    p: 0.9,
    adjustedP: 0.95,
    rounds: 12,
    noise: 0.022,
    detectable: 0.068,
    roundsNeeded: null,
    falseAlarm: 0.0004,
    ...parts,
  };
}

/** An unchanged p50 latency of parser/json, unless told otherwise; the candidate's value follows from the ratio. */
export function aJudgement(parts: Partial<Judgement> = {}): Judgement {
  const comparison = parts.comparison === undefined ? aComparison() : parts.comparison;
  const baseline = parts.baseline === undefined ? 0.0012 : parts.baseline;
  return {
    suite: "parser",
    benchmark: "json",
    metric: "latency",
    statistic: "p50",
    unit: "s",
    better: "lower",
    verdict: "unchanged",
    severity: "gate",
    threshold: 0.05,
    baseline,
    candidate: baseline === null ? null : baseline * (comparison?.ratio ?? 1),
    comparison,
    limit: null,
    goal: null,
    accepted: null,
    failure: null,
    warnings: [],
    source: null,
    ...parts,
  };
}

/** A proven regression by `ratio`. */
export function aRegression(ratio: number, parts: Partial<Judgement> = {}): Judgement {
  const interval = { lower: ratio * 0.986, upper: ratio * 1.015, level: 0.95 };
  const comparison = aComparison({ ratio, interval, p: 0.00002, adjustedP: 0.0008 });
  return aJudgement({ verdict: "regression", comparison, ...parts });
}

/** A benchmark that only the candidate has. */
export function anAddition(parts: Partial<Judgement> = {}): Judgement {
  return aJudgement({ verdict: "added", baseline: null, candidate: 0.0031, comparison: null, ...parts });
}

/** Side by side on one machine; passes, unless told otherwise. */
export function anOutcome(parts: Partial<Outcome> = {}): Outcome {
  return {
    outcome: "pass",
    baseline: { kind: "side-by-side", revision: BASE, runs: 1, environment: MACHINE },
    candidate: { revision: HEAD, environment: MACHINE },
    differences: [],
    judgements: [aJudgement()],
    warnings: [],
    ...parts,
  };
}
