import { keyOf } from "../model/key.ts";
import type { VariancePrior } from "../stats/estimate.ts";
import { median, variance } from "../stats/summary.ts";
import type { Row } from "./rows/row.ts";
import { runMeans } from "./stored.ts";

/** The variance between stored runs that the neighbours of a row show; null where they say nothing. */
export type Prior = (row: Row) => VariancePrior | null;

/** Priors for rows: the benchmarks of a suite share one for each statistic of a metric. */
export function priorsOf(rows: readonly Row[]): Prior {
  const families = new Map<string, Row[]>();
  for (const row of rows) {
    const family = families.get(familyOf(row)) ?? [];
    family.push(row);
    families.set(familyOf(row), family);
  }
  const priors = new Map<string, VariancePrior | null>();
  return (row) => {
    const family = familyOf(row);
    const known = priors.get(family);
    if (known !== undefined) return known;
    const prior = historyVariance((families.get(family) ?? []).map(({ readings }) => runMeans(readings)));
    priors.set(family, prior);
    return prior;
  };
}

function familyOf({ subject, budget }: Row): string {
  return keyOf(subject.suite, subject.measurement.metric, budget.statistic);
}

/**
 * The variance of run means that the median benchmark of a family shows: the prior of short histories. Constant benchmarks say nothing
 * about noise. The median of s² is below σ² by the median of χ²/df ≈ (1 − 2/(9 df))³ (Wilson & Hilferty 1931), which is divided out.
 *
 * @internal Exported for the operating characteristics in bench/.
 */
export function historyVariance(runs: readonly (readonly number[])[]): VariancePrior | null {
  const variances = runs
    .filter((means) => means.length >= 2)
    .map((means) => ({ df: means.length - 1, own: variance(means) }))
    .filter(({ own }) => own > 0)
    .map(({ df, own }) => own / (1 - 2 / (9 * df)) ** 3);
  // Fewer than three benchmarks say nothing about the suite that they do not say about themselves.
  return variances.length < 3 ? null : { variance: median(variances), df: 4 };
}
