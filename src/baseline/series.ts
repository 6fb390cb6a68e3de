import { fingerprint } from "../model/environment.ts";
import { keyOf, subjectKey } from "../model/key.ts";
import type { Distribution, Measurement } from "../model/measurement.ts";
import { traitsOf } from "../model/metric.ts";
import type { Recording } from "../model/recording.ts";
import { quantileLevel, type StatisticName } from "../model/statistic.ts";
import type { RawSeries, TrendMachine, TrendPoint } from "../model/trend.ts";
import { evaluate, sampleCount } from "../stats/statistic.ts";
import { mean, variance } from "../stats/summary.ts";

/** Recordings reduced to series, one at a time: a history of raw samples would not fit in memory. */
export interface SeriesCollector {
  /** Adds a run; oldest first. */
  add(gate: string, recording: Recording): void;
  series(): readonly RawSeries[];
  machines(): readonly TrendMachine[];
}

/** A tail is followed where it rests on so many samples beyond it. */
const BEYOND_THE_TAIL = 10;

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
          const key = keyOf(gate, machine, suite, benchmark, metric, unit, better, statistic);
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
    const key = subjectKey(each);
    const list = found.get(key);
    if (list === undefined) found.set(key, [each]);
    else list.push(each);
  }
  return found.values();
}

function statisticsOf(metric: string, distribution: Distribution): readonly StatisticName[] {
  const { first, tail } = traitsOf(metric).followed;
  const has = (name: StatisticName) => evaluate(distribution, name, null) !== null;
  const followed = [first.find(has), tail !== null && isFounded(tail, distribution) && has(tail) ? tail : undefined];
  return followed.filter((name) => name !== undefined);
}

function isFounded(tail: StatisticName, distribution: Distribution): boolean {
  const share = 1 - (quantileLevel(tail) ?? 0);
  return (sampleCount(distribution) ?? 0) >= Math.round(BEYOND_THE_TAIL / share);
}

function summarise(
  measurements: readonly Measurement[],
  statistic: StatisticName,
): Pick<TrendPoint, "value" | "spread"> | null {
  const values = measurements
    .map(({ distribution }) => evaluate(distribution, statistic, null))
    .filter((value) => value !== null);
  if (values.length === 0) return null;
  if (!values.every((value) => value > 0)) return { value: mean(values), spread: null };
  const logs = values.map(Math.log);
  return { value: Math.exp(mean(logs)), spread: logs.length < 2 ? null : Math.sqrt(variance(logs)) };
}
