import { keyOf } from "../../model/key.ts";
import type { StatisticName } from "../../model/statistic.ts";
import { geometricMean, type Readings, readings } from "../rows/readings.ts";
import type { Subject } from "../rows/subjects.ts";
import { type Family, familiesOf, type Named } from "./families.ts";

/** How long one size takes on both sides, round by round. */
export interface Column extends Named {
  readonly subject: Subject;
  readonly statistic: StatisticName;
  readonly readings: Readings;
}

/** Below so many of its clock's steps a value is more rounding than time. */
const FEWEST_STEPS = 50;

/** What is tried in turn for a benchmark: how long it takes, else how often a second it is done. */
const SPEEDS: readonly (readonly [metric: string, statistics: readonly StatisticName[]])[] = [
  ["latency", ["p50", "mean"]],
  ["throughput", ["mean"]],
];

/** The families of what the candidate has: sizes that are measured alike, and well enough. */
export function columnsOf(subjects: readonly Subject[]): readonly Family<Column>[] {
  const found = new Map<string, Column[]>();
  const taken = new Set<string>();
  for (const [metric, statistics] of SPEEDS) {
    for (const subject of subjects) {
      const name = keyOf(subject.suite, subject.benchmark);
      if (subject.measurement.metric !== metric || taken.has(name)) continue;
      const column = columnOf(subject, statistics);
      if (column === null) continue;
      taken.add(name);
      const { unit, better } = subject.measurement;
      const key = keyOf(metric, column.statistic, unit, better);
      const alike = found.get(key);
      if (alike === undefined) found.set(key, [column]);
      else alike.push(column);
    }
  }
  return [...found.values()].flatMap(familiesOf);
}

function columnOf(subject: Subject, statistics: readonly StatisticName[]): Column | null {
  for (const statistic of statistics) {
    const values = readings(subject, statistic);
    const { baseline, candidate, resolution, estimators } = values;
    if (candidate.length === 0 || estimators !== null || (subject.baseline.length > 0 && baseline.length === 0))
      continue;
    if ([...baseline.flat(), ...candidate].some(({ value }) => !(value > 0))) continue;
    const least = FEWEST_STEPS * resolution;
    const isFine = [...baseline.slice(0, 1), candidate].every((arm) => geometricMean(arm) >= least);
    if (!isFine) continue;
    return { suite: subject.suite, benchmark: subject.benchmark, subject, statistic, readings: values };
  }
  return null;
}
