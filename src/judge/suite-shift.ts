import { smallest } from "../model/extremes.ts";
import type { Warning } from "../model/warning.ts";
import { predictionEstimate } from "../stats/estimate.ts";
import { interval } from "../stats/p-value.ts";
import { mean, median, variance } from "../stats/summary.ts";
import { RUNS_TO_JUDGE } from "./bars.ts";
import { isFact } from "./rows/fact.ts";
import type { Reading } from "./rows/readings.ts";
import type { Row } from "./rows/row.ts";
import { runMeans } from "./stored.ts";

/** Fewer benchmarks have nothing in common that could be told from chance. */
const FEWEST_BENCHMARKS = 5;

/** How many times more than chance explains the runs' shifts must vary: F with few degrees of freedom exceeds it once in fifty to a hundred times. */
const PROVEN = 4;

/** The share of stored runs' shifts among which the candidate's must be: 95 %. */
const USUAL = 0.95;

/** How many benchmarks tell the machine's shift from the code's, where both sides are measured on one machine. */
const SENTINELS = 3;

/** One benchmark's run means (ln), by run, and the candidate's. */
interface Series {
  readonly row: Row;
  readonly runs: ReadonlyMap<string, number>;
  readonly candidate: number;
  readonly centre: number;
}

/** By how much (ln) all benchmarks of a suite were slower in each run together, against their own means over all stored runs. */
interface Shifts {
  readonly runs: ReadonlyMap<string, number>;
  readonly candidate: number;
}

/**
 * Rows of stored runs as they would be had all runs been on one machine: where stored runs of a suite go up and down together, which is what machines of
 * different speed do, each run's shift is taken off all latencies of its suite. A shift is the median, over the suite's benchmarks, of ln(p50 ÷ the benchmark's
 * own mean). It is taken off only where it is proven to be common (it varies more than the benchmarks' own noise explains), where it matters (a usual one hides
 * half the threshold), and where the candidate's is one of the usual ones: beyond those it is the code's until shown otherwise.
 *
 * What slows all benchmarks of a suite alike looks the same. So the warnings name some of them for a second measurement, side by side, which a machine cannot
 * move; without it they say what cannot be seen.
 */
export function withoutSuiteShifts(rows: readonly Row[]): {
  readonly rows: readonly Row[];
  readonly warnings: readonly Warning[];
} {
  const warnings: Warning[] = [];
  const shifts = new Map<string, Shifts>();
  for (const suite of new Set(rows.map(({ subject }) => subject.suite))) {
    const found = shiftOf(rows.filter((row) => row.subject.suite === suite && isTimed(row)));
    if (found === null) continue;
    shifts.set(suite, found.shifts);
    warnings.push({ code: "suite-shift", suite, ...found.said });
  }
  return { rows: rows.map((row) => moved(row, shifts.get(row.subject.suite))), warnings };
}

/** Whether the speed of a machine moves it. */
function isTimed({ subject }: Row): boolean {
  const { metric, unit } = subject.measurement;
  return metric === "latency" && unit === "s" && !isFact(subject);
}

function shiftOf(rows: readonly Row[]) {
  const typical = rows.filter(({ budget }) => budget.statistic === "p50");
  const series = complete(typical.flatMap((row) => seriesOf(row) ?? []));
  const [first] = series;
  if (first === undefined || series.length < FEWEST_BENCHMARKS || first.runs.size < RUNS_TO_JUDGE) return null;
  const keys = [...first.runs.keys()];
  const runs = new Map(keys.map((key) => [key, median(series.map((each) => each.runs.get(key)! - each.centre))]));
  const candidate = median(series.map((each) => each.candidate - each.centre));
  const history = [...runs.values()];
  const own = series.map((each) => variance(keys.map((key) => each.runs.get(key)! - each.centre - runs.get(key)!)));
  // The error of a median of so many benchmarks, were their noise their own.
  const chance = ((Math.PI / 2) * median(own)) / series.length;
  const usual = predictionEstimate(history, candidate, null);
  const { lower, upper } = interval(usual, USUAL);
  const half = (upper - lower) / 2;
  const threshold = smallest(series.map(({ row }) => row.budget.threshold ?? Number.POSITIVE_INFINITY));
  const isProven = variance(history) > PROVEN * chance;
  const isUsual = lower <= 0 && upper >= 0;
  if (!isProven || !isUsual || half <= Math.log1p(threshold) / 2) return null;
  // Were the shift the code's, those that moved no less than it would show it: the quietest of the suite may be the ones that it left alone.
  const telling = series.flatMap((each, index) =>
    each.candidate - each.centre >= candidate ? [{ name: each.row.subject.benchmark, own: own[index]! }] : [],
  );
  return {
    shifts: { runs, candidate },
    said: {
      ratio: Math.exp(candidate),
      lower: Math.exp(-half),
      upper: Math.exp(half),
      benchmarks: series.length,
      sentinels: telling
        .sort((a, b) => a.own - b.own)
        .slice(0, SENTINELS)
        .map(({ name }) => name),
    },
  };
}

function seriesOf(row: Row): Series | null {
  const { baseline, candidate } = row.readings;
  const means = runMeans(row.readings);
  if (means.length !== baseline.length || candidate.length === 0 || candidate.some(({ value }) => value <= 0))
    return null;
  const runs = new Map(baseline.map((arm, index) => [keyOfRun(arm), means[index]!]));
  if (runs.size !== baseline.length) return null;
  return { row, runs, candidate: mean(candidate.map(({ value }) => Math.log(value))), centre: mean(means) };
}

/** The series that have the runs that most have. */
function complete(series: readonly Series[]): readonly Series[] {
  const key = ({ runs }: Series) => [...runs.keys()].join("\n");
  const counts = new Map<string, number>();
  for (const each of series) counts.set(key(each), (counts.get(key(each)) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  return series.filter((each) => key(each) === most);
}

function keyOfRun(arm: readonly Reading[]): string {
  return arm[0]?.session ?? "";
}

/** A row without its suite's shifts, where it is one of them and all of its runs' are known. */
function moved(row: Row, shifts: Shifts | undefined): Row {
  if (shifts === undefined || !isTimed(row)) return row;
  const { baseline, candidate } = row.readings;
  const known = baseline.map((arm) => shifts.runs.get(keyOfRun(arm)));
  if (known.some((shift) => shift === undefined)) return row;
  const by = (arm: readonly Reading[], shift: number) =>
    arm.map((reading) => ({ ...reading, value: reading.value * Math.exp(-shift) }));
  return {
    ...row,
    readings: {
      ...row.readings,
      baseline: baseline.map((arm, index) => by(arm, known[index]!)),
      candidate: by(candidate, shifts.candidate),
    },
  };
}
