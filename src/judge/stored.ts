import { type Measurement, worse } from "../model/measurement.ts";
import { type Estimate, errorFloor, predictionEstimate, type VariancePrior } from "../stats/estimate.ts";
import { mean, median, variance } from "../stats/summary.ts";
import { logs, type Readings } from "./rows/readings.ts";

/** One new run against the runs of a history, on the log scale, positive where it is worse. */
export interface Prediction {
  /** Against the history's mean. */
  readonly estimate: Estimate;
  /** Against its newest run alone. */
  readonly newest: Estimate;
  /** Each of the new run's rounds against the history's mean. */
  readonly each: readonly number[];
}

/** The run means (ln) of a subject's stored readings; runs that are not all positive are left out. */
export function runMeans({ baseline }: Readings): readonly number[] {
  return baseline.filter((arm) => arm.every(({ value }) => value > 0)).map((arm) => mean(logs(arm, 1)));
}

/**
 * A prediction interval for one new run, run means as the unit; null for fewer than two runs.
 *
 * @param level the history's mean, in the metric's unit.
 */
export function predict(
  { better }: Pick<Measurement, "better">,
  { baseline, candidate, resolution }: Readings,
  level: number,
  prior: VariancePrior | null,
): Prediction | null {
  const sign = worse(better);
  // Note: trimmed means of a run's rounds were tried. Where one round of ten is slow they are quiet until two slow ones meet in a run,
  // and then far out: 34 to 46 % of gates of 100 turned red, against 0 to 3 % with plain means.
  const runs = baseline.map((arm) => mean(logs(arm, sign)));
  if (runs.length < 2) return null;
  const own = logs(candidate, sign);
  const head = mean(own);
  const centre = mean(runs);
  // Neighbours may only widen: a benchmark that is noisier than they are knows that best itself.
  const help = prior !== null && prior.variance > variance(runs) ? prior : null;
  const predicted = predictionEstimate(runs, head, help, errorFloor(resolution, level));
  const fewer = median(baseline.map((arm) => arm.length)) / candidate.length;
  const estimate = widened(predicted, fewer);
  return {
    estimate,
    // A single run in place of the history's mean: its own deviation counts once more.
    newest: {
      ...estimate,
      mean: head - runs[0]!,
      se: Math.hypot(estimate.se, predicted.sd * Math.sqrt(1 - 1 / runs.length)),
    },
    each: own.map((y) => y - centre),
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
