import { largest, smallest } from "../model/extremes.ts";
import { keyOf } from "../model/key.ts";
import type { Warning } from "../model/warning.ts";
import { boundsOf } from "./bounds.ts";
import { shownInterval } from "./comparison.ts";
import type { Decided } from "./decision.ts";
import { fewestOf } from "./rows/tail.ts";

/** From so many pairs on the noise is known well enough to say what the whole plan could see. */
const FEWEST_TO_FORETELL = 12;

/** A change that not even the whole plan could have found: a doubling. */
const HIDDEN = Math.log(2);

/**
 * Rows without the default tails that nobody means, and that cannot be judged: of tools that by their nature take few samples in every round of either
 * side; and those whose noise hides even a doubling from the whole plan. They are counted in one warning for each statistic, which is no alarm. In a load
 * suite whoever measures means the tail; and a change that lies wholly beyond the threshold all the same is told as a doubt.
 */
export function withoutUnjudged(rows: readonly Decided[]): {
  readonly judged: readonly Decided[];
  readonly notJudged: readonly Warning[];
} {
  const few = rows.filter(isOfFewSamples);
  const noisy = rows.filter(isTooNoisy);
  const left = new Set([...few, ...noisy]);
  return {
    judged: rows.filter((row) => !left.has(row)),
    notJudged: [...families(few).map(fewWarning), ...families(noisy).map((family) => noisyWarning(family, rows))],
  };
}

/** The samples that a default tail needs where nobody asked for it; null for anything else. */
function neededByDefault({ row: { subject, budget } }: Decided): number | null {
  return subject.load || budget.origin === "user" || budget.limit !== null ? null : fewestOf(budget.statistic);
}

function isOfFewSamples(decided: Decided): boolean {
  const { row, trial } = decided;
  const needed = neededByDefault(decided);
  if (trial === null || needed === null) return false;
  if (row.counts === null || row.counts.most >= needed) return false;
  const { contrast } = trial;
  if (!("estimate" in contrast)) return true;
  return shownInterval(contrast).lower <= boundsOf(trial, contrast.baseline).worse;
}

/** Stored runs have the last word of nothing: what they hide may show side by side. */
function isTooNoisy(decided: Decided): boolean {
  const { row, trial, decision } = decided;
  if (trial === null || trial.barred || neededByDefault(decided) === null) return false;
  const { contrast } = trial;
  if (decision.verdict !== "inconclusive" || !("estimate" in contrast) || contrast.design === "stored") return false;
  const { rounds, looks } = contrast;
  const last = looks.plan.at(-1)!;
  if (rounds < Math.min(FEWEST_TO_FORETELL, last)) return false;
  // A proven slowdown of whatever size is told; so is what the user set a threshold for.
  if (shownInterval(contrast).lower > 0 || row.budget.origin !== "default") return false;
  const bound = boundsOf(trial, contrast.baseline).worse;
  const detectable = decision.comparison?.detectable ?? Number.POSITIVE_INFINITY;
  const beyond = (Math.log1p(detectable) - bound) * Math.sqrt(Math.min(1, rounds / last));
  return bound + beyond > HIDDEN;
}

function families(rows: readonly Decided[]): readonly (readonly [Decided, ...Decided[]])[] {
  const found = new Map<string, [Decided, ...Decided[]]>();
  for (const each of rows) {
    const family = found.get(familyOf(each));
    if (family === undefined) found.set(familyOf(each), [each]);
    else family.push(each);
  }
  return [...found.values()];
}

function familyOf({ row: { subject, budget } }: Decided): string {
  return keyOf(subject.measurement.metric, budget.statistic);
}

function fewWarning(family: readonly [Decided, ...Decided[]]): Warning {
  const counts = family.flatMap(({ row }) => row.counts ?? []);
  return {
    code: "not-judged",
    ...whatOf(family[0]),
    fewest: smallest(counts.map(({ fewest }) => fewest)),
    most: largest(counts.map(({ most }) => most)),
    benchmarks: family.length,
  };
}

function noisyWarning(family: readonly [Decided, ...Decided[]], rows: readonly Decided[]): Warning {
  const of = rows.filter((row) => familyOf(row) === familyOf(family[0])).length;
  return { code: "too-noisy", ...whatOf(family[0]), benchmarks: family.length, of };
}

function whatOf({ row: { subject, budget } }: Decided) {
  return { metric: subject.measurement.metric, statistic: budget.statistic };
}
