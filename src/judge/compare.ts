import type { Direction, Distribution } from "../model/measurement.ts";
import { quantileLevel, type StatisticName } from "../model/statistic.ts";
import type { Design } from "../model/verdict.ts";
import { type Estimate, pairedEstimate, predictionEstimate, welchEstimate } from "../stats/estimate.ts";
import { evaluate, sampleCount } from "../stats/statistic.ts";
import type { Observation, Subject } from "./subjects.ts";

/** How the baseline's recordings are to be read: as history of the base branch, or as the other arm of this experiment. */
export type BaselineMode = "stored" | "side-by-side" | "file";

/** One statistic of one subject, reduced to a number a round. */
export interface Readings {
  /** One list a baseline recording. */
  readonly baseline: readonly (readonly Reading[])[];
  readonly candidate: readonly Reading[];
  /** The smallest number of samples behind any reading; null where the tool counts none. */
  readonly samples: number | null;
  /** Median sample counts of each side. */
  readonly counts: { readonly baseline: number; readonly candidate: number } | null;
}

interface Reading {
  readonly session: string;
  readonly pair: number;
  readonly value: number;
}

/** A contrast of both sides on the log scale, positive where the candidate is worse; `exact` where no statistics are needed. */
export type Contrast =
  | { readonly design: "exact"; readonly baseline: number; readonly candidate: number; readonly rounds: number }
  | {
      readonly design: Exclude<Design, "exact">;
      readonly baseline: number;
      readonly candidate: number;
      readonly estimate: Estimate;
      /** Pairs; rounds of the smaller arm; stored runs. */
      readonly rounds: number;
    }
  | {
      readonly design: "impossible";
      readonly baseline: number | null;
      readonly candidate: number | null;
      readonly reason: "non-positive" | "too-few";
      readonly rounds: number;
    };

/** Every round's statistic, both sides computed at the same sample size so that neither is biased; null where a side lacks it. */
export function readings(subject: Subject, statistic: StatisticName): Readings | null {
  const all = [...subject.baseline.flat(), ...subject.candidate];
  const counts = all.map(({ distribution }) => sampleCount(distribution));
  const known = counts.filter((count) => count !== null);
  const samples = known.length === 0 ? null : Math.min(...known);
  const read = ({ session, pair, distribution }: Observation): Reading | null => {
    const value = evaluate(distribution, statistic, samples);
    return value === null ? null : { session, pair, value };
  };
  const side = (observations: readonly Observation[]) => observations.map(read).filter((reading) => reading !== null);
  const baseline = subject.baseline.map(side).filter((rounds) => rounds.length > 0);
  const candidate = side(subject.candidate);
  if (candidate.length === 0 && baseline.length === 0) return null;
  return { baseline, candidate, samples, counts: medianCounts(subject) };
}

/** Whether a distribution was measured exactly, so that any difference is real. */
export function isExact(distribution: Distribution): boolean {
  return distribution.kind === "value" && distribution.exact;
}

/**
 * Baseline against candidate. Stored history: a prediction interval for one new run, run means as the unit.
 * One recording: paired where session and pair number match, Welch's otherwise.
 *
 * @param prior the variance that other benchmarks of the suite show between runs; short histories are shrunk toward it.
 */
export function contrast(
  subject: Subject,
  { baseline, candidate }: Readings,
  mode: BaselineMode,
  prior: { variance: number; df: number } | null,
): Contrast {
  const observations = [...subject.baseline.flat(), ...subject.candidate];
  const newest = baseline[0] ?? [];
  const exact = observations.every(({ distribution }) => isExact(distribution));
  const arms = mode === "stored" ? [newest, candidate] : [baseline.flat(), candidate];
  const constant = arms.every((arm) => arm.every(({ value }) => value === arm[0]?.value));
  const steady = constant && baseline.flat().every(({ value }) => value === newest[0]?.value);
  const unresolved = subject.measurement.resolution === undefined;
  // Rounds that all agree to the last digit are deterministic, unless the tool's own rounding made them agree.
  if (constant && (exact || (steady && unresolved && arms.every((arm) => arm.length >= 3)))) {
    return { design: "exact", baseline: newest[0]!.value, candidate: candidate[0]!.value, rounds: candidate.length };
  }

  const values = [...baseline.flat(), ...candidate].map(({ value }) => value);
  if (values.some((value) => value <= 0)) {
    const centre = (arm: readonly Reading[]) => average(arm.map(({ value }) => value));
    return {
      design: "impossible",
      baseline: centre(baseline.flat()),
      candidate: centre(candidate),
      reason: "non-positive",
      rounds: candidate.length,
    };
  }

  const sign = worse(subject.measurement.better);
  const log = (arm: readonly Reading[]) => arm.map(({ value }) => sign * Math.log(value));
  const centre = (logs: readonly number[]) => Math.exp(sign * average(logs));
  const runs = baseline.map((arm) => average(log(arm)));
  const head = log(candidate);
  const sides = { baseline: centre(mode === "stored" ? runs : log(baseline.flat())), candidate: centre(head) };
  const floor = errorFloor(subject.measurement.resolution, sides.baseline);

  if (mode === "stored" && runs.length >= 2) {
    const estimate = predictionEstimate(runs, average(head), prior, floor);
    return { design: "stored", ...sides, estimate, rounds: runs.length };
  }
  const differences = pairUp(newest, candidate).map(([base, cand]) => sign * Math.log(cand.value / base.value));
  if (mode !== "stored" && differences.length > 0) {
    if (differences.length < 2)
      return { design: "impossible", ...sides, reason: "too-few", rounds: differences.length };
    return { design: "pairs", ...sides, estimate: pairedEstimate(differences, floor), rounds: differences.length };
  }
  const smaller = Math.min(newest.length, candidate.length);
  if (smaller < 2)
    return { design: "impossible", ...sides, reason: "too-few", rounds: mode === "stored" ? runs.length : smaller };
  const estimate = welchEstimate(log(newest), head, floor);
  return mode === "stored"
    ? { design: "stored", ...sides, estimate, rounds: 1 }
    : { design: "unpaired", ...sides, estimate, rounds: smaller };
}

/** +1 where a larger value is worse, −1 where it is better. */
export function worse(better: Direction): 1 | -1 {
  return better === "lower" ? 1 : -1;
}

/** The variance of run means that the median benchmark of each (suite, metric) shows; the prior of short histories. */
export function historyVariance(runs: readonly (readonly number[])[]): { variance: number; df: number } | null {
  const variances = runs
    .filter((means) => means.length >= 2)
    .map((means) => {
      const centre = average(means);
      return means.reduce((sum, mean) => sum + (mean - centre) ** 2, 0) / (means.length - 1);
    })
    .sort((a, b) => a - b);
  // Fewer than three benchmarks say nothing about the suite that they do not say about themselves.
  return variances.length < 3 ? null : { variance: variances[Math.floor(variances.length / 2)]!, df: 4 };
}

/** The run means (ln) of a subject's stored readings. */
export function runMeans({ baseline }: Readings): readonly number[] {
  return baseline
    .filter((arm) => arm.every(({ value }) => value > 0))
    .map((arm) => average(arm.map(({ value }) => Math.log(value))));
}

/** Rounds with equal session and pair number. An empty session names no experiment, so it pairs nothing. */
function pairUp(baseline: readonly Reading[], candidate: readonly Reading[]): [Reading, Reading][] {
  const key = ({ session, pair }: Reading) => `${session}\u0000${pair}`;
  const left = new Map(baseline.filter(({ session }) => session !== "").map((reading) => [key(reading), reading]));
  return candidate.flatMap((reading) => {
    const other = left.get(key(reading));
    return other === undefined ? [] : [[other, reading] as [Reading, Reading]];
  });
}

/** The least error of one round's log statistic: the tool's resolution, and never below a thousandth (reference: stats 2.3). */
function errorFloor(resolution: number | undefined, value: number): number {
  return Math.max(0.001, resolution === undefined ? 0 : Math.log1p(resolution / value));
}

/** The tail share that a statistic needs samples of: 0.01 for p99; null where it has no tail. */
export function tailShare(statistic: StatisticName): number | null {
  const level = quantileLevel(statistic);
  return level === null || level <= 0.5 || level >= 1 ? null : 1 - level;
}

function medianCounts(subject: Subject): Readings["counts"] {
  const median = (observations: readonly Observation[]) => {
    const counts = observations.map(({ distribution }) => sampleCount(distribution)).filter((count) => count !== null);
    return counts.sort((a, b) => a - b)[Math.floor(counts.length / 2)] ?? null;
  };
  const baseline = median(subject.baseline.flat());
  const candidate = median(subject.candidate);
  return baseline === null || candidate === null ? null : { baseline, candidate };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
