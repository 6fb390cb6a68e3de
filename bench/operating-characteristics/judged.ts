import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import type { Baseline } from "../../src/judge/baseline.ts";
import { judge } from "../../src/judge/judge.ts";
import type { Measurement } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";
import type { Judgement } from "../../src/model/verdict.ts";
import type { Looks } from "../../src/stats/sequential.ts";
import type { Drawn } from "./drawn.ts";
import { GATED, type Gated } from "./within.ts";

/** As many as p99 needs to gate. */
const SAMPLES = 1000;

/** ln of each statistic in each round of one benchmark. */
type Rounds = Readonly<Partial<Record<Gated, ArrayLike<number>>>>;

/** A recording whose rounds state their quantiles, one benchmark an entry: what a tool with its own percentiles gives. */
function recordingOf(benchmarks: readonly Rounds[], session = "s"): Recording {
  const rounds = Math.max(...benchmarks.flatMap((each) => GATED.map((statistic) => each[statistic]?.length ?? 0)));
  return recordingFrom(rounds, session, (pair) => benchmarks.map((each, index) => measurement(`${index}`, each, pair)));
}

/** A recording from what each of its rounds measured. */
export function recordingFrom(
  rounds: number,
  session: string,
  measurements: (pair: number) => readonly Measurement[],
): Recording {
  return {
    revision: { sha: session.padEnd(40, "0"), ref: "refs/heads/main", committedAt: "2026-01-01T00:00:00Z" },
    environment: { os: "linux", arch: "x64", cpu: "simulated", cores: 4, runtime: "node 24.0.0" },
    rounds: Array.from({ length: rounds }, (_, pair) => ({
      session,
      pair,
      startedAt: "2026-01-01T00:00:00Z",
      failures: [],
      measurements: measurements(pair),
    })),
  };
}

/** What the judge says of a gate under the default budgets; in the order of benchmarks, p50 before p99. */
export function judgementsOf(
  baseline: Baseline,
  candidate: Recording,
  looks: Looks | null = null,
): readonly Judgement[] {
  const rules = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "pass", today: "2026-01-01" } as const;
  return judge(baseline, candidate, looks === null ? rules : { ...rules, looks }).judgements;
}

/** A gate of benchmarks measured side by side. */
export function judgePairs(
  suite: readonly Drawn[],
  pairs: number,
  effects: Readonly<Record<Gated, number>>,
  looks: Looks | null = null,
): readonly Judgement[] {
  const arms = suite.map((drawn) => ({ p50: drawn.pairs("p50", pairs), p99: drawn.pairs("p99", pairs) }));
  const baseline = recordingOf(arms.map(({ p50, p99 }) => ({ p50: p50.baseline, p99: p99.baseline })));
  const candidate = recordingOf(
    arms.map(({ p50, p99 }) => ({
      p50: p50.candidate.map((y) => y + effects.p50),
      p99: p99.candidate.map((y) => y + effects.p99),
    })),
  );
  return judgementsOf({ kind: "side-by-side", recordings: [baseline] }, candidate, looks);
}

/** A gate of benchmarks against stored runs. */
export function judgeStored(
  suite: readonly Drawn[],
  runs: number,
  effects: Readonly<Record<Gated, number>>,
): readonly Judgement[] {
  const drawn = suite.map((each) => ({ p50: each.runs("p50"), p99: each.runs("p99") }));
  const history = Array.from({ length: runs }, (_, run) =>
    recordingOf(
      drawn.map(({ p50, p99 }) => ({
        p50: p50.history[run] as Float64Array,
        p99: p99.history[run] as Float64Array,
      })),
      `run ${run}`,
    ),
  ) as [Recording, ...Recording[]];
  const candidate = recordingOf(
    drawn.map(({ p50, p99 }) => ({
      p50: p50.candidate.map((y) => y + effects.p50),
      p99: p99.candidate.map((y) => y + effects.p99),
    })),
    "candidate",
  );
  return judgementsOf({ kind: "stored", recordings: history }, candidate);
}

/** A latency of which a tool states the quantiles, of so many samples. */
export function simulated(
  benchmark: string,
  quantiles: Readonly<Record<string, number>>,
  count: number,
): Omit<Measurement, "medians"> {
  return {
    suite: "simulated",
    benchmark,
    metric: "latency",
    unit: "s",
    better: "lower",
    distribution: { kind: "quantiles", quantiles, count },
  };
}

function measurement(benchmark: string, rounds: Rounds, pair: number): Measurement {
  const quantiles = Object.fromEntries(
    GATED.flatMap((statistic) => {
      const y = rounds[statistic]?.[pair];
      return y === undefined ? [] : [[statistic === "p50" ? "0.5" : "0.99", Math.exp(y)]];
    }),
  );
  return simulated(benchmark, quantiles, SAMPLES);
}
