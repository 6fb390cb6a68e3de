import { fingerprint } from "../model/environment.ts";
import type { Distribution, Measurement } from "../model/measurement.ts";
import type { Recording } from "../model/recording.ts";
import type { StatisticName } from "../model/statistic.ts";
import type { TrendMachine, TrendPoint, TrendSeries } from "../model/trend.ts";
import { evaluate, sampleCount } from "../stats/statistic.ts";

/** A series before anything was looked for in it; `exact` where its values are deterministic. */
export interface RawSeries extends Omit<TrendSeries, "levels" | "changes" | "drift"> {
  readonly exact: boolean;
}

/** Recordings reduced to series, one at a time: a history of raw samples would not fit in memory. */
export interface SeriesCollector {
  /** Adds a run; oldest first. */
  add(gate: string, recording: Recording): void;
  series(): readonly RawSeries[];
  machines(): readonly TrendMachine[];
}

/** The statistics that are followed, by metric: the first that a round has. p99 is followed beside p50 where it rests on enough samples. */
const FOLLOWED: Readonly<Record<string, readonly StatisticName[]>> = {
  latency: ["p50", "mean"],
  throughput: ["mean", "p50"],
  memory: ["max", "mean"],
};
const OTHERS: readonly StatisticName[] = ["mean", "p50"];
/** Ten samples beyond p99. */
const ENOUGH_FOR_P99 = 1000;

interface Draft extends Omit<RawSeries, "points" | "exact"> {
  readonly points: TrendPoint[];
  exact: boolean;
}

/** An empty collector. */
export function collectSeries(): SeriesCollector {
  const drafts = new Map<string, Draft>();
  const machines = new Map<string, TrendMachine>();
  return {
    add(gate, { revision, environment, rounds }) {
      const machine = fingerprint(environment);
      const known = machines.get(`${gate} ${machine}`);
      const { os, cpu, cores, runtime } = environment;
      machines.set(`${gate} ${machine}`, {
        gate,
        fingerprint: machine,
        os,
        cpu,
        cores,
        runtime,
        runs: (known?.runs ?? 0) + 1,
      });
      for (const measurements of bySubject(rounds.flatMap((round) => round.measurements))) {
        const { suite, benchmark, metric, unit, better, distribution } = measurements[0]!;
        for (const statistic of statisticsOf(metric, distribution)) {
          const summary = summarise(measurements, statistic);
          if (summary === null) continue;
          const key = [gate, machine, suite, benchmark, metric, unit, better, statistic].join("\u0000");
          const about = { gate, fingerprint: machine, suite, benchmark, metric, statistic, unit, better };
          const draft = drafts.get(key) ?? { ...about, points: [], exact: true };
          draft.exact &&= distribution.kind === "value" && distribution.exact;
          draft.points.push({ sha: revision.sha, committedAt: revision.committedAt, ...summary });
          drafts.set(key, draft);
        }
      }
    },
    series: () => [...drafts.values()],
    machines: () => [...machines.values()],
  };
}

function bySubject(measurements: readonly Measurement[]): Iterable<readonly Measurement[]> {
  const found = new Map<string, Measurement[]>();
  for (const each of measurements) {
    const key = [each.suite, each.benchmark, each.metric, each.unit, each.better].join("\u0000");
    const list = found.get(key);
    if (list === undefined) found.set(key, [each]);
    else list.push(each);
  }
  return found.values();
}

function statisticsOf(metric: string, distribution: Distribution): readonly StatisticName[] {
  const first = (FOLLOWED[metric] ?? OTHERS).find((name) => evaluate(distribution, name, null) !== null);
  const tail =
    metric === "latency" &&
    (sampleCount(distribution) ?? 0) >= ENOUGH_FOR_P99 &&
    evaluate(distribution, "p99", null) !== null;
  return [...(first === undefined ? [] : [first]), ...(tail ? (["p99"] as const) : [])];
}

function summarise(
  measurements: readonly Measurement[],
  statistic: StatisticName,
): Pick<TrendPoint, "value" | "spread"> | null {
  const values = measurements
    .map(({ distribution }) => evaluate(distribution, statistic, null))
    .filter((value) => value !== null);
  const n = values.length;
  if (n === 0) return null;
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / n;
  if (!values.every((value) => value > 0)) return { value: mean(values), spread: null };
  const logs = values.map(Math.log);
  const centre = mean(logs);
  const variance = n < 2 ? null : (n / (n - 1)) * mean(logs.map((y) => (y - centre) ** 2));
  return { value: Math.exp(centre), spread: variance === null ? null : Math.sqrt(variance) };
}
