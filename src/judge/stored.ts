import { type Estimate, predictionEstimate, type VariancePrior } from "../stats/estimate.ts";
import { type Contrast, oneLook } from "./contrast.ts";
import { average, errorFloor, geometricMean, logs, median, moved, variance, worse } from "./logarithms.ts";
import type { Reading, Readings } from "./readings.ts";
import type { Subject } from "./subjects.ts";

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

/** One new run against the runs of a history: a prediction interval, run means as the unit. */
export function storedContrast(
  subject: Subject,
  baseline: readonly (readonly Reading[])[],
  candidate: readonly Reading[],
  prior: VariancePrior | null,
): Contrast {
  const sign = worse(subject.measurement.better);
  // Note: trimmed means of a run's rounds were tried. Where one round of ten is slow they are quiet until two slow ones meet in a run,
  // and then far out: 34 to 46 % of gates of 100 turned red, against 0 to 3 % with plain means.
  const runs = baseline.map((arm) => average(logs(arm, sign)));
  const own = logs(candidate, sign);
  const head = average(own);
  const centre = average(runs);
  const level = Math.exp(sign * centre);
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
    each: own.map((y) => y - centre),
    rounds: runs.length,
  };
}

/**
 * How many of the candidate's rounds carry a mean beyond `bound`, where they are at most two thirds of them: then slow rounds moved the mean, not the
 * code. Null where more lie beyond the bound themselves. A further condition on regressions, which can only take some away: where one round of ten is
 * 30 % slower, two to four that meet in one run of six are far outside what quiet runs before it showed. One half in place of two thirds leaves 1.7 % of
 * gates of 100 red there (20 runs; 1.9 % without, 0.25 % so); at the promised change two thirds cost 0.4 points of power at most.
 */
export function slowRounds(
  each: readonly number[],
  bound: number,
): { readonly slow: number; readonly rounds: number } | null {
  const slow = each.filter((y) => y > bound).length;
  return 3 * slow > 2 * each.length ? null : { slow, rounds: each.length };
}

/** The candidate's run with `factor` times fewer rounds than the stored ones deviates by so much more. */
function widened(estimate: Estimate, factor: number): Estimate {
  if (factor <= 1) return estimate;
  const own = estimate.fixedVariance ?? estimate.sd ** 2;
  return { ...estimate, se: Math.sqrt(estimate.se ** 2 + (factor - 1) * own), fixedVariance: factor * own };
}
