import type { Cell, Column } from "../codec/parquet.ts";
import type { StatisticName } from "../model/statistic.ts";
import { evaluate, sampleCount } from "../stats/statistic.ts";
import type { Loaded } from "./store.ts";

/** What is told of each round's distribution. */
const STATISTICS = [
  "p50",
  "p75",
  "p90",
  "p95",
  "p99",
  "p99.9",
  "mean",
  "min",
  "max",
] as const satisfies readonly StatisticName[];

/** The columns of what is exported: numbers are in the metric's unit. */
export const COLUMNS: readonly Column[] = [
  { name: "sha", type: "text" },
  { name: "committed_at", type: "time" },
  { name: "gate", type: "text" },
  { name: "machine", type: "text" },
  { name: "run", type: "text" },
  { name: "attempt", type: "text" },
  { name: "copy", type: "whole" },
  { name: "round", type: "whole" },
  { name: "started_at", type: "time" },
  { name: "suite", type: "text" },
  { name: "benchmark", type: "text" },
  { name: "metric", type: "text" },
  { name: "unit", type: "text" },
  { name: "better", type: "text" },
  { name: "samples", type: "number" },
  ...STATISTICS.map((name) => ({ name, type: "number" }) as const),
];

/**
 * A stored recording as rows: one for each round, benchmark and metric, nothing where the tool did not give a number. A percentile is that of the round's own
 * number of samples.
 */
export function rowsOf({ entry, recording }: Loaded["recordings"][number]): readonly (readonly Cell[])[] {
  const { sha, gate, fingerprint, run, attempt, copy } = entry;
  const about = [sha, recording.revision.committedAt, gate, fingerprint, run, attempt, copy];
  return recording.rounds.flatMap(({ startedAt, measurements }, round) =>
    measurements.map(({ suite, benchmark, metric, unit, better, distribution }) => [
      ...[...about, round, startedAt, suite, benchmark, metric, unit, better, sampleCount(distribution)],
      ...STATISTICS.map((statistic) => evaluate(distribution, statistic, null)),
    ]),
  );
}
