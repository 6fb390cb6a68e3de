import type { Change } from "../../model/bisect.ts";
import { keyOf } from "../../model/key.ts";
import { worse } from "../../model/measurement.ts";
import type { Budget } from "../../model/plan.ts";
import type { Recording } from "../../model/recording.ts";
import type { RowName } from "../../model/row-name.ts";
import { type Looks, repeatedInterval } from "../../stats/sequential.ts";
import { boundsOf } from "../bounds.ts";
import { FAMILY_SHARE } from "../comparison.ts";
import { priorsOf } from "../prior.ts";
import { inForce } from "../rows/in-force.ts";
import { isTold, type Row, rowsOf } from "../rows/row.ts";
import { lineUp } from "../rows/subjects.ts";
import { trialOf } from "../trial.ts";

/** What one statistic of one benchmark changed by between two revisions. */
export interface RowChange extends Change, RowName {
  /** The log change from which on it matters: half of the threshold, as for a verdict. */
  readonly matters: number;
}

/** How changes are read off recordings. */
export interface Reading {
  readonly budgets: readonly Budget[];
  readonly looks: Looks;
  /** The level of all intervals together: of a row's own where it is the only one. */
  readonly level: number;
  /** The row that is followed; absent: all. */
  readonly row?: string;
}

/**
 * Every gating statistic that two revisions have in common, side by side, with its change. What bars a verdict leaves no change to speak of. All intervals hold at
 * once with `level` (Bonferroni): the plainest of many rows is chosen from them.
 */
export function changesBetween(
  baseline: Recording,
  candidate: Recording,
  { budgets, looks, level, row }: Reading,
): readonly RowChange[] {
  const subjects = inForce(lineUp([baseline], candidate, budgets).subjects);
  const both = subjects.filter((subject) => subject.baseline.length > 0 && subject.candidate.length > 0);
  const rows = both.flatMap((subject) => rowsOf(subject, looks)).filter(isTold);
  const circumstances = { mode: "side-by-side", looks, prior: priorsOf(rows) } as const;
  const trials = rows
    .filter((each) => row === undefined || rowKey(nameOf(each)) === row)
    .flatMap((each) => trialOf(each, circumstances) ?? [])
    .filter(({ barred, severity }) => !barred && severity === "gate");
  const each = 1 - (1 - level) / Math.max(1, trials.length);
  return trials.flatMap((trial) => {
    const { contrast } = trial;
    const { better } = trial.subject.measurement;
    if (contrast.design === "impossible") return [];
    const named = { ...nameOf(trial), matters: FAMILY_SHARE * boundsOf(trial, contrast.baseline).worse };
    if (contrast.design === "exact") {
      const { baseline: before, candidate: after } = contrast;
      const mean = before === after ? 0 : worse(better) * Math.log(after / before);
      return Number.isFinite(mean) ? [{ ...named, mean, lower: mean, upper: mean }] : [];
    }
    const { plan, first, estimates } = contrast.looks;
    const { lower, upper } = repeatedInterval(plan, first + estimates.length - 1, contrast.estimate, each);
    return [{ ...named, mean: contrast.estimate.mean, lower, upper }];
  });
}

function nameOf({ subject, budget }: Row): RowName {
  const { suite, benchmark } = subject;
  const { metric, unit, better } = subject.measurement;
  return { suite, benchmark, metric, statistic: budget.statistic, unit, better };
}

/** Names the row that a search follows. */
export function rowKey({ suite, benchmark, metric, statistic, unit }: RowName): string {
  return keyOf(suite, benchmark, metric, statistic, unit);
}

/**
 * Whether a change is so plain that a search can follow it: its whole interval is beyond half of what was found, and beyond what matters. Half way is where the
 * search divides good from bad.
 */
export function isPlain({ mean, lower, upper, matters }: RowChange): boolean {
  const [near, size] = mean > 0 ? [lower, mean] : [-upper, -mean];
  return near > Math.max(size / 2, matters);
}

/** The row that a search follows: the largest change for the worse, else the largest for the better; null where none is plain. */
export function followed(changes: readonly RowChange[]): RowChange | null {
  const plain = changes.filter(isPlain).sort((a, b) => b.mean - a.mean);
  const [first] = plain;
  if (first === undefined) return null;
  return first.mean > 0 ? first : plain.at(-1)!;
}
