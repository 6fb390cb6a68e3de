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

/** The first line of the table. */
export const CSV_HEAD = [
  ...["sha", "committed_at", "gate", "machine", "run", "attempt", "copy", "round", "started_at"],
  ...["suite", "benchmark", "metric", "unit", "better", "samples", ...STATISTICS],
].join(",");

/**
 * A stored recording as lines of CSV (RFC 4180): one for each round, benchmark and metric, numbers in the metric's unit, nothing where the tool did not
 * give one. A percentile is that of the round's own number of samples.
 */
export function csvLines({ entry, recording }: Loaded["recordings"][number]): readonly string[] {
  const { sha, gate, fingerprint, run, attempt, copy } = entry;
  const about = [sha, recording.revision.committedAt, gate, fingerprint, run, attempt, copy];
  return recording.rounds.flatMap(({ startedAt, measurements }, round) =>
    measurements.map(({ suite, benchmark, metric, unit, better, distribution }) =>
      [
        ...[...about, round, startedAt, suite, benchmark, metric, unit, better, sampleCount(distribution)],
        ...STATISTICS.map((statistic) => evaluate(distribution, statistic, null)),
      ]
        .map(field)
        .join(","),
    ),
  );
}

function field(value: string | number | null): string {
  const text = String(value ?? "");
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
