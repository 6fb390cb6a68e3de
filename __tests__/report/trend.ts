import { collectSeries } from "../../src/baseline/series.ts";
import { analyse } from "../../src/judge/trend.ts";
import type { Acceptance } from "../../src/model/plan.ts";
import type { Trend } from "../../src/model/trend.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";
import { MACHINE } from "../builders.ts";
import { latency } from "../synthetic.ts";

/** The level of each benchmark by run; the name of a benchmark is its key. */
type Levels = Readonly<Record<string, (run: number) => number>>;

/** What a history of `runs` runs with 2 % noise between rounds looks like once it is analysed. */
export function aTrend(levels: Levels, runs = 60, accept: readonly Acceptance[] = []): Trend {
  const random = xoshiro128(7);
  const collected = collectSeries();
  for (let run = 0; run < runs; run++) {
    const committedAt = new Date(Date.UTC(2026, 8, 1 + run)).toISOString();
    const rounds = Array.from({ length: 4 }, (_, pair) => ({
      session: `${run}`,
      pair,
      startedAt: committedAt,
      failures: [],
      measurements: Object.entries(levels).map(([benchmark, level]) =>
        latency(benchmark, [0.001 * level(run) * Math.exp(0.02 * gaussian(random))]),
      ),
    }));
    const revision = { sha: run.toString(16).padStart(40, "0"), ref: "refs/heads/main", committedAt };
    collected.add("benchmarks-bench", { revision, environment: MACHINE, rounds });
  }
  const series = collected.series().map((each) => analyse(each, accept));
  return { place: "branch benchgate-baseline", machines: collected.machines(), series, unreadable: [], unrelated: 0 };
}
