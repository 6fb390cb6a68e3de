import { keyOf } from "../model/key.ts";
import type { Warning } from "../model/warning.ts";
import { sampleCount } from "../stats/statistic.ts";
import { boundsOf } from "./bounds.ts";
import { shownInterval } from "./comparison.ts";
import type { Decided } from "./decision.ts";
import type { Subject } from "./rows/subjects.ts";
import { fewestOf } from "./rows/tail.ts";

/**
 * Rows without the default tails that nobody means: of tools that by their nature take few samples in every round of either side. They are counted in one
 * warning for each statistic, which is no alarm. In a load suite whoever measures means the tail; and where so few samples show a change that lies wholly
 * beyond the threshold, it is told as a doubt.
 */
export function withoutUnjudged(rows: readonly Decided[]): {
  readonly judged: readonly Decided[];
  readonly notJudged: readonly Warning[];
} {
  const left = rows.filter((row) => isUnjudged(row));
  return { judged: rows.filter((row) => !left.includes(row)), notJudged: warningsOn(left) };
}

function isUnjudged({ row, trial }: Decided): boolean {
  const { subject, budget } = row;
  const needed = fewestOf(budget.statistic);
  if (trial === null || needed === null || subject.load || budget.origin === "user" || budget.limit !== null)
    return false;
  if (countsOf(subject).some((count) => count === null || count >= needed)) return false;
  const { contrast } = trial;
  if (!("estimate" in contrast)) return true;
  return shownInterval(contrast).lower <= boundsOf(trial, contrast.baseline).worse;
}

/** The numbers of samples of all rounds; null for one that counts none. */
function countsOf({ baseline, candidate }: Subject): readonly (number | null)[] {
  return [...baseline.flat(), ...candidate].map(({ distribution }) => sampleCount(distribution));
}

function warningsOn(rows: readonly Decided[]): readonly Warning[] {
  const families = new Map<string, Decided[]>();
  for (const each of rows) {
    const key = keyOf(each.row.subject.measurement.metric, each.row.budget.statistic);
    families.set(key, [...(families.get(key) ?? []), each]);
  }
  return [...families.values()].map((family): Warning => {
    const [{ row }] = family as [Decided];
    const counts = family.flatMap(({ row: { subject } }) => countsOf(subject)).map(Number);
    return {
      code: "not-judged",
      metric: row.subject.measurement.metric,
      statistic: row.budget.statistic,
      fewest: counts.reduce((least, count) => Math.min(least, count)),
      most: counts.reduce((most, count) => Math.max(most, count)),
      benchmarks: family.length,
    };
  });
}
