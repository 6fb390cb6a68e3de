import { likeliest } from "../../model/nearest.ts";
import type { Names, Warning } from "../../model/warning.ts";
import type { Lineup, Subject } from "./subjects.ts";

/** The most names of each side that are told. */
const TOLD = 20;
/** The most names among which likenesses are looked for: beyond, comparing them all would take long. */
const SOUGHT = 200;

/**
 * Warnings that a suite of the baseline's has nothing in common with the candidate: its names are all others, or it is gone. A gate that compares nothing must
 * not be green, nor a suite that does be quiet. Where the candidate has nothing of the suite, what it has elsewhere is told.
 */
export function apart({ subjects, failures }: Lineup): readonly Warning[] {
  const failed = new Set(failures.map(({ suite }) => suite));
  const suites = new Set(subjects.filter(({ baseline }) => baseline.length > 0).map(({ suite }) => suite));
  return [...suites].flatMap((suite) => {
    const own = subjects.filter((subject) => subject.suite === suite);
    if (failed.has(suite) || own.some(({ baseline, candidate }) => baseline.length > 0 && candidate.length > 0))
      return [];
    const before = own.filter(({ baseline }) => baseline.length > 0);
    const after = own.filter(({ candidate }) => candidate.length > 0);
    return [warningOn(suite, before, after.length > 0 ? after : newIn(subjects))];
  });
}

/** What the candidate has in suites that the baseline lacks: where a suite may have gone to. */
function newIn(subjects: readonly Subject[]): readonly Subject[] {
  const known = new Set(subjects.filter(({ baseline }) => baseline.length > 0).map(({ suite }) => suite));
  return subjects.filter(({ suite }) => !known.has(suite));
}

function warningOn(suite: string, before: readonly Subject[], after: readonly Subject[]): Warning {
  const plain = new Set(before.map(nameOf));
  const others = new Set(after.map(nameOf));
  // Benchmarks of one name may still have nothing in common: other metrics, or another unit.
  const sameNames = [...plain].some((name) => others.has(name));
  const [baseline, candidate] = sameNames ? [before.map(fullName), after.map(fullName)] : [[...plain], [...others]];
  const sought = candidate.slice(0, SOUGHT);
  const alike = baseline.slice(0, TOLD).flatMap((name) => {
    const near = likeliest(name, sought);
    return near === null ? [] : [{ baseline: name, candidate: near }];
  });
  return { code: "nothing-in-common", suite, baseline: cut(baseline), candidate: cut(candidate), alike };
}

function cut(names: readonly string[]): Names {
  return { names: names.slice(0, TOLD), count: names.length };
}

function nameOf({ suite, benchmark }: Subject): string {
  return `${suite}/${benchmark}`;
}

function fullName(subject: Subject): string {
  const { metric, unit } = subject.measurement;
  return `${nameOf(subject)} ${metric} (${unit})`;
}
