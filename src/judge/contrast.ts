import { pairKey } from "../model/key.ts";
import { worse } from "../model/measurement.ts";
import type { Design } from "../model/verdict.ts";
import { blockedEstimate } from "../stats/blocks.ts";
import { signInterval } from "../stats/distribution-free.ts";
import { type Estimate, errorFloor, pairedEstimate, type VariancePrior, welchEstimate } from "../stats/estimate.ts";
import type { Looks } from "../stats/sequential.ts";
import { mean } from "../stats/summary.ts";
import { agreeingRounds, certainContrast, type ExactContrast } from "./certain.ts";
import type { BaselineMode } from "./rows/compared.ts";
import { isPaired } from "./rows/left-out.ts";
import { slicedRatios, wholeRatios } from "./rows/pair-ratio.ts";
import { geometricMean, logs, meanOf, type Reading, type Readings } from "./rows/readings.ts";
import type { Subject } from "./rows/subjects.ts";
import { predict, runMeans } from "./stored.ts";

/** A contrast that a verdict can be tested on, positive where the candidate is worse. */
export interface TestedContrast {
  readonly design: Exclude<Design, "exact">;
  /** Geometric means over rounds, in the metric's unit; the candidate's is the baseline's times the estimated ratio. */
  readonly baseline: number;
  readonly candidate: number;
  /** On the log scale. */
  readonly estimate: Estimate;
  /** The looks at these data: how many there were to be, and what those from `first` (from 0) on saw; the last one is `estimate`. */
  readonly looks: { readonly plan: Looks; readonly first: number; readonly estimates: readonly Estimate[] };
  /** An interval of the median log ratio that assumes nothing of the noise; null where there are too few pairs. */
  readonly check: { readonly lower: number; readonly upper: number; readonly level: number } | null;
  /** Against the newest stored run alone: a level that the history has left must not be held against anyone. Null where not stored. */
  readonly newest: Estimate | null;
  /** Each of the candidate's rounds against the history's level, as a log ratio: a few slow ones must not speak for all. Null where not stored. */
  readonly each: readonly number[] | null;
  /** Of a tail whose rounds ran in lockstep the same slice by slice: less noise, and deaf to what comes in bursts. Null for anything else. */
  readonly sliced: TestedContrast | null;
  /** What each of several runners found; empty where one measured it all. */
  readonly runners: readonly RunnerEffect[];
  /** Pairs; rounds of the smaller arm; stored runs. */
  readonly rounds: number;
}

/** The log ratios of the pairs that one runner of several measured. */
export interface RunnerEffect {
  readonly runner: string;
  readonly ratios: readonly number[];
}

/** Baseline against candidate; `impossible` says why there is no contrast. */
export type Contrast =
  | TestedContrast
  | ExactContrast
  | {
      readonly design: "impossible";
      readonly baseline: number | null;
      readonly candidate: number | null;
      /** `few-rounds`: there is no ratio, but where more rounds agree as these do there is an exact answer. */
      readonly reason: "non-positive" | "few-rounds" | "too-few";
      readonly rounds: number;
    };

/** How two sides are to be contrasted. */
export interface ContrastOptions {
  readonly mode: BaselineMode;
  /** The rounds after which the data were to be looked at, where the measurement could stop early; null: at their end alone. */
  readonly looks: Looks | null;
  /** The variance that other benchmarks of the suite show between runs; short, quiet histories are widened toward it. */
  readonly prior: VariancePrior | null;
}

/**
 * The contrast of a subject's readings. Stored history: a prediction interval for one new run, run means as the unit.
 * One recording: paired where session and pair number match, Welch's otherwise.
 */
export function contrastOf(subject: Subject, values: Readings, { mode, looks, prior }: ContrastOptions): Contrast {
  const { baseline, candidate } = values;
  const certain = certainContrast(subject, values, mode);
  if (certain !== null) return certain;
  if ([...baseline.flat(), ...candidate].some(({ value }) => value <= 0)) {
    const rounds = agreeingRounds(subject, values, mode);
    return {
      design: "impossible",
      baseline: meanOf(baseline.flat()),
      candidate: meanOf(candidate),
      reason: rounds === null ? "non-positive" : "few-rounds",
      rounds: rounds ?? candidate.length,
    };
  }
  return mode === "stored" ? withHistory(subject, values, prior) : besides(subject, values, looks);
}

function withHistory(subject: Subject, values: Readings, prior: VariancePrior | null): Contrast {
  const means = runMeans(values);
  const level = Math.exp(mean(means));
  const rounds = means.length;
  const found = predict(subject.measurement, values, level, prior);
  if (found === null) return tooFew(level, geometricMean(values.candidate), rounds);
  return {
    design: "stored",
    baseline: level,
    candidate: moved(level, worse(subject.measurement.better) * found.estimate.mean),
    ...found,
    looks: { plan: [1], first: 0, estimates: [found.estimate] },
    check: null,
    sliced: null,
    runners: [],
    rounds,
  };
}

function besides(subject: Subject, values: Readings, looks: Looks | null): Contrast {
  const newest = values.baseline[0] ?? [];
  const pairs = pairUp(newest, values.candidate);
  const arms = {
    baseline: pairs.length > 0 ? pairs.map(([a]) => a) : newest,
    candidate: pairs.length > 0 ? pairs.map(([, b]) => b) : values.candidate,
    sign: worse(subject.measurement.better),
    resolution: values.resolution,
  };
  const rounds = Math.min(arms.baseline.length, arms.candidate.length);
  if (rounds < 2) return tooFew(geometricMean(arms.baseline), geometricMean(arms.candidate), rounds);
  if (pairs.length === 0) return unpaired(arms, rounds);
  const sliced = slicedRatios(pairs);
  const bySlices = sliced && paired(arms, sliced, looks);
  const isTail = values.needed !== null;
  if (bySlices !== null && !isTail) return bySlices;
  return { ...paired(arms, wholeRatios(pairs), looks), sliced: bySlices };
}

/** Both sides of what was measured by itself, in the order of time. */
interface Arms {
  readonly baseline: readonly Reading[];
  readonly candidate: readonly Reading[];
  readonly sign: 1 | -1;
  readonly resolution: number;
}

function unpaired({ baseline, candidate, sign, resolution }: Arms, rounds: number): TestedContrast {
  const level = geometricMean(baseline);
  const estimate = welchEstimate(logs(baseline, sign), logs(candidate, sign), errorFloor(resolution, level));
  // Sessions that were added one after the other are looks at one growing experiment where nothing pairs, too.
  const { plan } = looksAt(candidate, null);
  return {
    ...told({ baseline, sign }, estimate, rounds),
    design: "unpaired",
    looks: { plan, first: plan.length - 1, estimates: [estimate] },
    check: null,
    runners: [],
  };
}

/** @param ratios the log ratio of each pair, candidate over baseline. */
function paired(
  { baseline, candidate, sign, resolution }: Arms,
  ratios: readonly number[],
  looks: Looks | null,
): TestedContrast {
  const floor = errorFloor(resolution, geometricMean(baseline));
  const differences = ratios.map((ratio) => sign * ratio);
  const runners = runnersOf(candidate, differences);
  const ofRunners = runners.map((each) => each.ratios);
  const { plan, counts } =
    runners.length > 0 ? { plan: [ratios.length], counts: [ratios.length] } : looksAt(candidate, looks);
  const estimates =
    runners.length > 0
      ? [blockedEstimate(ofRunners, floor)]
      : counts.map((count) => pairedEstimate(differences.slice(0, count), floor));
  return {
    ...told({ baseline, sign }, estimates.at(-1)!, ratios.length),
    design: "pairs",
    looks: { plan, first: 0, estimates },
    check: signInterval(differences, 0.95),
    runners,
  };
}

/** What is told of an estimate of both sides beside each other. */
function told({ baseline, sign }: Pick<Arms, "baseline" | "sign">, estimate: Estimate, rounds: number) {
  const level = geometricMean(baseline);
  return {
    baseline: level,
    candidate: moved(level, sign * estimate.mean),
    estimate,
    newest: null,
    each: null,
    sliced: null,
    rounds,
  } as const;
}

/**
 * The log ratios of pairs by the runner that measured them; none where that was one. Runners measure side by side, each as many pairs as was settled before,
 * so that the data are looked at once, at their end.
 */
function runnersOf(rounds: readonly Reading[], differences: readonly number[]): readonly RunnerEffect[] {
  const found = new Map<string, number[]>();
  for (const [index, { runner }] of rounds.entries()) {
    if (runner === undefined) return [];
    found.set(runner, [...(found.get(runner) ?? []), differences[index]!]);
  }
  return found.size < 2 ? [] : [...found].map(([runner, ratios]) => ({ runner, ratios }));
}

function tooFew(baseline: number, candidate: number, rounds: number): Contrast {
  return { design: "impossible", baseline, candidate, reason: "too-few", rounds };
}

/** `level` times exp(`log`), also where one of them alone would be beyond what a double holds. */
function moved(level: number, log: number): number {
  return Math.exp(Math.log(level) + log);
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

/** Rounds with equal session and pair, each once: to repeat a reading adds no evidence. */
function pairUp(baseline: readonly Reading[], candidate: readonly Reading[]): [Reading, Reading][] {
  const left = new Map(baseline.filter(isPaired).map((reading) => [pairKey(reading), reading]));
  return candidate.flatMap((reading) => {
    const key = pairKey(reading);
    const other = left.get(key);
    left.delete(key);
    return other === undefined ? [] : [[other, reading] as [Reading, Reading]];
  });
}
