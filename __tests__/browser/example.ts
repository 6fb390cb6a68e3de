import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import type { Baseline } from "../../src/judge/baseline.ts";
import { evidenceIn } from "../../src/judge/evidence.ts";
import { judge } from "../../src/judge/judge.ts";
import type { Evidence, HistoryStep } from "../../src/model/evidence.ts";
import type { Measurement } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";
import type { Outcome } from "../../src/model/verdict.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";
import { BASE, HEAD, MACHINE } from "../builders.ts";

/** What one benchmark of an example is. */
export interface Shape {
  readonly suite: string;
  readonly benchmark: string;
  /** Median latency in seconds. */
  readonly median: number;
  /** Candidate ÷ baseline. */
  readonly ratio: number;
  /** Standard deviation of ln latency between rounds. */
  readonly noise: number;
}

const SHAPES: readonly Shape[] = [
  { suite: "parser", benchmark: "json", median: 0.0012, ratio: 1.125, noise: 0.012 },
  { suite: "parser", benchmark: "yaml", median: 0.0084, ratio: 1.01, noise: 0.012 },
  { suite: "parser", benchmark: "toml", median: 0.0031, ratio: 0.99, noise: 0.01 },
  { suite: "parser", benchmark: "csv, 10k rows", median: 0.0212, ratio: 1.0, noise: 0.02 },
  { suite: "render", benchmark: "table", median: 0.0163, ratio: 0.8, noise: 0.015 },
  { suite: "render", benchmark: "list", median: 0.0009, ratio: 1.004, noise: 0.015 },
  { suite: "api", benchmark: "GET /search", median: 0.0412, ratio: 1.06, noise: 0.16 },
  { suite: "api", benchmark: "POST /orders", median: 0.0688, ratio: 1.62, noise: 0.05 },
];

/** An example, judged and reduced. */
export interface Example {
  readonly outcome: Outcome;
  readonly evidence: readonly Evidence[];
  readonly recordings: { readonly baseline: readonly Recording[]; readonly candidate: Recording };
}

/** Twelve pairs of eight benchmarks side by side: the same numbers on every machine. */
export function sideBySide(shapes: readonly Shape[] = SHAPES, rounds = 12, samples = 1200): Example {
  const random = xoshiro128(7);
  const baseline: Recording = recording(shapes, { random, rounds, samples, side: "baseline" });
  const candidate: Recording = recording(shapes, { random, rounds, samples, side: "candidate" });
  const example = judged({ kind: "side-by-side", recordings: [baseline] }, candidate);
  return {
    ...example,
    outcome: {
      ...example.outcome,
      differences: [{ fact: "runtime", baseline: "node 24.18.0", candidate: "node 24.19.0", gated: false }],
      experiment: { session: "1234567890/1", seed: 42, looks: [6, 12, 24], secondsPerPair: 8 },
    },
  };
}

/** Ten stored runs, the last four of them on another level, and a candidate. `steps` are drawn into every history: ten runs are too few to find any. */
export function stored(steps: readonly HistoryStep[]): Example {
  const random = xoshiro128(11);
  const runs = Array.from({ length: 10 }, (_, index) => {
    const level = index < 6 ? 1 : 1.04;
    const shapes = SHAPES.slice(0, 4).map((shape) => ({ ...shape, median: shape.median * level }));
    return {
      ...recording(shapes, { random, rounds: 6, samples: 300, side: "baseline", session: `run ${index}` }),
      revision: { ...BASE, sha: `${index}abc123${"0".repeat(33)}`, committedAt: `2026-11-${10 + index}T10:00:00Z` },
    };
  });
  const candidate = recording(SHAPES.slice(0, 4), {
    random,
    rounds: 6,
    samples: 300,
    side: "candidate",
    session: "new",
  });
  const [newest, ...older] = [...runs].reverse();
  const example = judged({ kind: "stored", recordings: [newest!, ...older] }, candidate);
  const evidence = example.evidence.map((each) => ({
    ...each,
    subjects: each.subjects.map((subject) => ({ ...subject, steps: subject.statistics.map(() => steps) })),
  }));
  return { ...example, evidence };
}

function judged(baseline: Extract<Baseline, { recordings: unknown }>, candidate: Recording): Example {
  const rules = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "warn", today: "2026-11-22" } as const;
  const outcome = judge(baseline, candidate, rules);
  const compared = { kind: baseline.kind, baseline: baseline.recordings, candidate };
  const evidence = evidenceIn(outcome, [compared], []);
  return { outcome, evidence, recordings: { baseline: baseline.recordings, candidate } };
}

const STARTED = { baseline: "2026-11-22T15:40:00Z", candidate: "2026-11-22T15:42:00Z" } as const;

interface Making {
  readonly random: () => number;
  readonly rounds: number;
  readonly samples: number;
  readonly side: "baseline" | "candidate";
  readonly session?: string;
}

function recording(
  shapes: readonly Shape[],
  { random, rounds, samples, side, session = "1234567890/1" }: Making,
): Recording {
  return {
    revision: side === "baseline" ? BASE : HEAD,
    environment: { ...MACHINE, runtime: side === "baseline" ? "node 24.18.0" : "node 24.19.0" },
    rounds: Array.from({ length: rounds }, (_, pair) => ({
      session,
      pair,
      startedAt: new Date(Date.parse(STARTED[side]) + pair * 8_000).toISOString(),
      failures: [],
      measurements: shapes.map((shape) => measurement(shape, side, random, samples)),
    })),
  };
}

function measurement(
  { suite, benchmark, median, ratio, noise }: Shape,
  side: "baseline" | "candidate",
  random: () => number,
  samples: number,
): Measurement {
  const level = median * (side === "candidate" ? ratio : 1) * Math.exp(noise * gaussian(random));
  const values = Float64Array.from({ length: samples }, () => {
    const tail = random() < 0.03 ? 1 + 2 * random() ** 3 : 1;
    return level * tail * Math.exp(0.08 * gaussian(random));
  });
  return {
    suite,
    benchmark,
    metric: "latency",
    unit: "s",
    better: "lower",
    distribution: { kind: "samples", samples: values },
    source: { file: `bench/${suite}.bench.ts`, line: 12 },
  };
}
