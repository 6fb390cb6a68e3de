import type { Direction } from "../model/measurement.ts";
import type { Design } from "../model/verdict.ts";
import { signInterval } from "../stats/distribution-free.ts";
import {
  type Estimate,
  pairedEstimate,
  predictionEstimate,
  type VariancePrior,
  welchEstimate,
} from "../stats/estimate.ts";
import type { Looks } from "../stats/sequential.ts";
import { isExact, type Reading, type Readings } from "./readings.ts";
import type { Subject } from "./subjects.ts";

/** How the baseline's recordings are to be read: as history of the base branch, or as the other arm of this experiment. */
export type BaselineMode = "stored" | "side-by-side" | "file";

/** A contrast that a verdict can be tested on, positive where the candidate is worse. */
export interface TestedContrast {
  readonly design: Exclude<Design, "exact">;
  /** Geometric means over rounds, in the metric's unit; the candidate's is the baseline's times the estimated ratio. */
  readonly baseline: number;
  readonly candidate: number;
  /** On the log scale. */
  readonly estimate: Estimate;
  /** The looks at these data: how many there were to be, and what each saw; the last one is `estimate`. */
  readonly looks: { readonly plan: Looks; readonly estimates: readonly Estimate[] };
  /** The log ratio of each pair in time order, positive where the candidate is worse; empty where there are no pairs. */
  readonly differences: readonly number[];
  /** An interval of the median log ratio that assumes nothing of the noise; null where there are too few pairs. */
  readonly check: { readonly lower: number; readonly upper: number; readonly level: number } | null;
  /** Against the newest stored run alone: a level that the history has left must not be held against anyone. Null where not stored. */
  readonly newest: Estimate | null;
  /** Pairs; rounds of the smaller arm; stored runs. */
  readonly rounds: number;
}

/** Baseline against candidate; `exact` needs no statistics, `impossible` says why there is no contrast. */
export type Contrast =
  | TestedContrast
  | { readonly design: "exact"; readonly baseline: number; readonly candidate: number; readonly rounds: number }
  | {
      readonly design: "impossible";
      readonly baseline: number | null;
      readonly candidate: number | null;
      readonly reason: "non-positive" | "too-few";
      readonly rounds: number;
    };

/** Rounds that must all agree before a side counts as zero, or as constant. */
const ROUNDS_TO_TRUST = 5;

/**
 * Baseline against candidate. Stored history: a prediction interval for one new run, run means as the unit.
 * One recording: paired where session and pair number match, Welch's otherwise.
 *
 * @param looks the rounds after which the data were to be looked at, where the measurement could stop early; null: at their end alone.
 * @param prior the variance that other benchmarks of the suite show between runs; short, quiet histories are widened toward it.
 */
export function contrast(
  subject: Subject,
  values: Readings,
  { mode, looks, prior }: { mode: BaselineMode; looks: Looks | null; prior: VariancePrior | null },
): Contrast {
  const { baseline, candidate } = values;
  const newest = baseline[0] ?? [];
  const certain = withoutStatistics(subject, values, mode);
  if (certain !== null) return certain;
  if ([...baseline.flat(), ...candidate].some(({ value }) => value <= 0)) {
    const mean = (arm: readonly Reading[]) => average(arm.map(({ value }) => value));
    return {
      design: "impossible",
      baseline: mean(baseline.flat()),
      candidate: mean(candidate),
      reason: "non-positive",
      rounds: candidate.length,
    };
  }
  if (mode === "stored") return storedContrast(subject, baseline, candidate, prior);

  const sign = worse(subject.measurement.better);
  const pairs = pairUp(newest, candidate);
  const [left, right] = pairs.length > 0 ? [pairs.map(([a]) => a), pairs.map(([, b]) => b)] : [newest, candidate];
  const level = geometricMean(left);
  const rounds = Math.min(left.length, right.length);
  if (rounds < 2)
    return { design: "impossible", baseline: level, candidate: geometricMean(right), reason: "too-few", rounds };
  const floor = errorFloor(subject.resolution, level);
  if (pairs.length === 0) {
    const estimate = welchEstimate(logs(left, sign), logs(right, sign), floor);
    return {
      design: "unpaired",
      baseline: level,
      candidate: moved(level, sign * estimate.mean),
      rounds,
      ...oneLook(estimate),
    };
  }
  const differences = pairs.map(([a, b]) => sign * (Math.log(b.value) - Math.log(a.value)));
  const { plan, counts } = looksAt(right, looks);
  const estimates = counts.map((count) => pairedEstimate(differences.slice(0, count), floor));
  const estimate = estimates.at(-1)!;
  return {
    design: "pairs",
    baseline: level,
    candidate: moved(level, sign * estimate.mean),
    estimate,
    looks: { plan, estimates },
    differences,
    check: signInterval(differences, 0.95),
    newest: null,
    rounds,
  };
}

/** What a contrast has that was looked at once. */
function oneLook(estimate: Estimate) {
  return { estimate, looks: { plan: [1], estimates: [estimate] }, differences: [], check: null, newest: null };
}

/**
 * The looks that were taken at pairs in time order: those of the plan, or one at the end of each session. A run of the same revision that
 * is repeated is one more look at one growing experiment, paid for like any other; it is never a second chance.
 */
function looksAt(rounds: readonly Reading[], planned: Looks | null): { plan: Looks; counts: readonly number[] } {
  const ends = rounds.flatMap(({ session }, index) => (rounds[index + 1]?.session === session ? [] : [index + 1]));
  if (ends.length > 1 || planned === null) return { plan: ends, counts: ends };
  // A time budget, which knows nothing of the data, may end the last look early.
  return { plan: planned, counts: [...planned.filter((count) => count < rounds.length), rounds.length] };
}

/** +1 where a larger value is worse, −1 where it is better. */
export function worse(better: Direction): 1 | -1 {
  return better === "lower" ? 1 : -1;
}

/**
 * The variance of run means that the median benchmark of a family shows: the prior of short histories. Constant benchmarks say nothing
 * about noise. The median of s² is below σ² by the median of χ²/df ≈ (1 − 2/(9 df))³ (Wilson & Hilferty 1931), which is divided out.
 */
export function historyVariance(runs: readonly (readonly number[])[]): VariancePrior | null {
  const variances = runs
    .filter((means) => means.length >= 2)
    .map((means) => ({ df: means.length - 1, variance: variance(means) }))
    .filter((each) => each.variance > 0)
    .map(({ df, variance }) => variance / (1 - 2 / (9 * df)) ** 3)
    .sort((a, b) => a - b);
  // Fewer than three benchmarks say nothing about the suite that they do not say about themselves.
  return variances.length < 3 ? null : { variance: variances[Math.floor(variances.length / 2)]!, df: 4 };
}

/** The run means (ln) of a subject's stored readings. */
export function runMeans({ baseline }: Readings): readonly number[] {
  return baseline.filter((arm) => arm.every(({ value }) => value > 0)).map((arm) => average(logs(arm, 1)));
}

/** What needs no statistics: deterministic values, rounds that all agree, and something where there never was anything. */
function withoutStatistics(subject: Subject, { baseline, candidate }: Readings, mode: BaselineMode): Contrast | null {
  const newest = baseline[0] ?? [];
  const before = newest[0]!.value;
  const after = candidate[0]!.value;
  const exactly = (from: number, to: number): Contrast => ({
    design: "exact",
    baseline: from,
    candidate: to,
    rounds: candidate.length,
  });
  const agree = (arm: readonly Reading[], value: number) => arm.every((reading) => reading.value === value);

  const declared = [...subject.baseline.flat(), ...subject.candidate].every(({ distribution }) =>
    isExact(distribution),
  );
  // Of deterministic values the newest run is the baseline: older code had its own.
  const arm = mode === "stored" ? newest : baseline.flat();
  if (declared && agree(arm, before) && agree(candidate, after)) return exactly(before, after);

  const enough = arm.length >= ROUNDS_TO_TRUST && candidate.length >= ROUNDS_TO_TRUST;
  // A clock's tick makes times agree as well, and a tool's rounding: they are not deterministic for that.
  const counts = subject.measurement.unit !== "s" && subject.resolution === 0;
  if (enough && counts && agree(baseline.flat(), before) && agree(candidate, after)) return exactly(before, after);
  if (enough && agree(baseline.flat(), 0) && candidate.every(({ value }) => value > 0)) {
    return exactly(0, average(candidate.map(({ value }) => value)));
  }
  return agree(baseline.flat(), 0) && agree(candidate, 0) ? exactly(0, 0) : null;
}

function storedContrast(
  subject: Subject,
  baseline: readonly (readonly Reading[])[],
  candidate: readonly Reading[],
  prior: VariancePrior | null,
): Contrast {
  const sign = worse(subject.measurement.better);
  // Note: trimmed means of a run's rounds were tried. Where one round of ten is slow they are quiet until two slow ones meet in a run,
  // and then far out: 34 to 46 % of gates of 100 turned red, against 0 to 3 % with plain means.
  const runs = baseline.map((arm) => average(logs(arm, sign)));
  const head = average(logs(candidate, sign));
  const level = Math.exp(sign * average(runs));
  if (runs.length < 2) {
    const after = geometricMean(candidate);
    return { design: "impossible", baseline: level, candidate: after, reason: "too-few", rounds: runs.length };
  }
  // Neighbours may only widen: a benchmark that is noisier than they are knows that best itself.
  const help = prior !== null && prior.variance > variance(runs) ? prior : null;
  const floor = errorFloor(subject.resolution, level);
  const predicted = predictionEstimate(runs, head, help, floor);
  const fewer = median(baseline.map((arm) => arm.length)) / candidate.length;
  const estimate = widened(predicted, fewer);
  // A single run in place of the history's mean: its own deviation counts once more.
  const newest = {
    ...estimate,
    mean: head - runs[0]!,
    se: Math.hypot(estimate.se, predicted.sd * Math.sqrt(1 - 1 / runs.length)),
  };
  return {
    design: "stored",
    baseline: level,
    candidate: moved(level, sign * estimate.mean),
    ...oneLook(estimate),
    newest,
    rounds: runs.length,
  };
}

/** The candidate's run with `factor` times fewer rounds than the stored ones deviates by so much more. */
function widened(estimate: Estimate, factor: number): Estimate {
  if (factor <= 1) return estimate;
  const own = estimate.fixedVariance ?? estimate.sd ** 2;
  return { ...estimate, se: Math.sqrt(estimate.se ** 2 + (factor - 1) * own), fixedVariance: factor * own };
}

/** Rounds with equal session and pair. An empty session names no experiment, so it pairs nothing. */
function pairUp(baseline: readonly Reading[], candidate: readonly Reading[]): [Reading, Reading][] {
  const key = ({ session, pair }: Reading) => `${session}\u0000${pair}`;
  const left = new Map(baseline.filter(({ session }) => session !== "").map((reading) => [key(reading), reading]));
  return candidate.flatMap((reading) => {
    const other = left.get(key(reading));
    return other === undefined ? [] : [[other, reading] as [Reading, Reading]];
  });
}

/** The least error of one round's log statistic: the tool's resolution, and never below a thousandth (reference: stats 2.3). */
function errorFloor(resolution: number, value: number): number {
  return Math.max(0.001, resolution === 0 ? 0 : Math.log1p(resolution / value));
}

/** `level` times exp(`log`), also where one of them alone would be beyond what a double holds. */
function moved(level: number, log: number): number {
  return Math.exp(Math.log(level) + log);
}

function logs(arm: readonly Reading[], sign: 1 | -1): number[] {
  return arm.map(({ value }) => sign * Math.log(value));
}

function geometricMean(arm: readonly Reading[]): number {
  return Math.exp(average(logs(arm, 1)));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const centre = average(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
