import { benchmarkKey } from "../../model/key.ts";
import { onceFor } from "../../model/once.ts";
import type { Judgement } from "../../model/verdict.ts";
import { bucketOf, countedWords } from "./buckets.ts";
import { label } from "./labels.ts";

/** The judgements of one benchmark that are of one class: what a table has one row for. */
export type Entry = readonly [Judgement, ...Judgement[]];

/**
 * Judgements as entries, in the order of the first of each. No statistic is in an entry twice. By `word` each says one verdict; by `name` each is counted once,
 * whether unchanged or not slower.
 */
export function entriesOf(judgements: readonly Judgement[], by: "word" | "name" = "word"): readonly Entry[] {
  return by === "word" ? entriesByWord(judgements) : entriesBy(judgements, by);
}

const entriesByWord = onceFor((judgements: readonly Judgement[]) => entriesBy(judgements, "word"));

function entriesBy(judgements: readonly Judgement[], by: "word" | "name"): readonly Entry[] {
  const entries = new Map<string, [Judgement, ...Judgement[]]>();
  const seen = new Map<string, number>();
  for (const judgement of judgements) {
    const word = bucketOf(judgement)[by];
    const own = `${word} ${label(judgement)}`;
    const times = seen.get(own) ?? 0;
    seen.set(own, times + 1);
    const key = `${word} ${times} ${benchmarkKey(judgement)}`;
    const known = entries.get(key);
    if (known === undefined) entries.set(key, [judgement]);
    else known.push(judgement);
  }
  return [...entries.values()];
}

/**
 * How many benchmarks there are of each class that has any: "2 regressions", "41 unchanged". One that was measured and is unchanged is none of the same code, though
 * something else of it was left in doubt.
 */
export const countWords: (judgements: readonly Judgement[]) => readonly string[] = onceFor((judgements) => {
  const counted = entriesOf(judgements, "name").map(([first]) => ({ first, name: bucketOf(first).name }));
  const unchanged = new Set(counted.filter(({ name }) => name === "unchanged").map(({ first }) => benchmarkKey(first)));
  const once = counted.filter(({ first, name }) => name !== "same-code" || !unchanged.has(benchmarkKey(first)));
  return countedWords(once.map(({ name }) => name));
});
