import type { Recording, Round } from "../model/recording.ts";
import type { Git } from "../ports/index.ts";
import { evaluate, sampleCount } from "../stats/statistic.ts";
import { mean, median } from "../stats/summary.ts";
import { byRun, wholeGate } from "./entry.ts";
import { together } from "./history.ts";
import { runsOf, type StoredRun } from "./select.ts";
import type { BaselineStore } from "./store.ts";

/** How many of the newest runs are asked what benchmarks take, and how many commits back. */
const RUNS = 5;
const DEPTH = 1000;

/** So long before the commit a run must have begun to count, in milliseconds: no job of GitHub's own runners takes longer. */
const SETTLED = 6 * 3600 * 1000;

/**
 * What benchmarks took in stored runs of a gate on whatever machines, by `suite/benchmark`, in seconds a round: all shards of a change must deal by the same
 * numbers, and need not be of one kind. They start one after the other, so that what is of this commit, or was begun hardly earlier, may be stored in between: the
 * newest runs count of those that are settled. Empty where there are none. Throws a `GateError` where the store cannot be reached: a shard that does
 * not know what the others do would measure other benchmarks than they take it to.
 */
export async function storedCosts(
  { git }: { readonly git: Pick<Git, "ancestors" | "revision"> },
  store: Pick<BaselineStore, "list" | "load">,
  { gate, sha }: { readonly gate: string; readonly sha: string },
): Promise<ReadonlyMap<string, number>> {
  const entries =
    sha === "" ? [] : (await store.list()).filter((entry) => wholeGate(entry) === gate && entry.sha !== sha);
  if (entries.length === 0) return new Map();
  const ages = new Map((await git.ancestors(sha, DEPTH)).map((each, index): [string, number] => [each, index]));
  const runs = runsOf(
    entries.filter((entry) => ages.has(entry.sha)).sort((a, b) => ages.get(a.sha)! - ages.get(b.sha)! || byRun(b, a)),
  );
  const settledBy = ((await committedAt(git, sha)) ?? Number.NaN) - SETTLED;
  const settled: Recording[] = [];
  for (let next = 0; next < runs.length && settled.length < RUNS; ) {
    const some: StoredRun[] = [];
    for (; next < runs.length && settled.length + some.length < RUNS; next++) {
      const date = await committedAt(git, runs[next]![0].sha);
      if (date !== null && date <= settledBy) some.push(runs[next]!);
    }
    // An old commit may be pushed, or measured again, while shards start.
    for (const each of together(some, await store.load(some.flat())))
      if (isBegunBy(each, settledBy)) settled.push(each);
  }
  return costsOf(settled);
}

/** Whether all of a recording was begun by then, in milliseconds. */
function isBegunBy({ rounds }: Recording, then: number): boolean {
  return rounds.every(({ startedAt }) => Date.parse(startedAt) <= then);
}

/** When a commit was made, in milliseconds; null where nobody knows. */
async function committedAt(git: Pick<Git, "revision">, sha: string): Promise<number | null> {
  const date = Date.parse((await git.revision(sha))?.committedAt ?? "");
  return Number.isNaN(date) ? null : date;
}

/**
 * What benchmarks take a round, by `suite/benchmark`: in each round, of the time that their suite took, the part that their own samples take up; then the median
 * over rounds. A benchmark whose samples have no length takes as much as the others of its suite do on average; of a suite that nobody has timed the samples
 * alone count.
 *
 * @internal Exported for its tests.
 */
export function costsOf(recordings: readonly Recording[]): ReadonlyMap<string, number> {
  const seen = new Map<string, number[]>();
  for (const round of recordings.flatMap(({ rounds }) => rounds)) {
    for (const [name, cost] of costsIn(round)) seen.set(name, [...(seen.get(name) ?? []), cost]);
  }
  return new Map([...seen].map(([name, costs]) => [name, median(costs)]));
}

function costsIn({ measurements, seconds = [] }: Round): readonly (readonly [name: string, cost: number])[] {
  const suites = new Map<string, Map<string, number | null>>();
  for (const { suite, benchmark, metric, unit, distribution } of measurements) {
    const own = suites.get(suite) ?? new Map<string, number | null>();
    suites.set(suite, own);
    const isTime = metric === "latency" && unit === "s";
    const length = isTime ? (evaluate(distribution, "mean", null) ?? evaluate(distribution, "p50", null)) : null;
    own.set(benchmark, own.get(benchmark) ?? (length === null ? null : length * (sampleCount(distribution) ?? 1)));
  }
  return [...suites].flatMap(([suite, own]) => {
    const known = [...own.values()].filter((time) => time !== null);
    const usual = known.length === 0 ? 1 : mean(known);
    const sum = [...own.values()].reduce<number>((all, time) => all + (time ?? usual), 0);
    const took = seconds.find((each) => each.suite === suite)?.seconds ?? sum;
    return [...own].map(
      ([benchmark, time]) =>
        [`${suite}/${benchmark}`, sum > 0 ? (took * (time ?? usual)) / sum : took / own.size] as const,
    );
  });
}
