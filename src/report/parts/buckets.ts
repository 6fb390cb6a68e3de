import { onceFor } from "../../model/once.ts";
import type { Judgement } from "../../model/verdict.ts";
import { plural } from "../words/format.ts";
import { label } from "./labels.ts";

/** The class under which a report counts a judgement. Each judgement is in exactly one. */
export type BucketName =
  | "regression"
  | "limit"
  | "missed-goal"
  | "failed"
  | "failed-before"
  | "removed"
  | "advisory"
  | "accepted"
  | "limit-before"
  | "inconclusive"
  | "open-goal"
  | "improvement"
  | "added"
  | "undecided"
  | "same-code"
  | "unchanged";

/** A class of judgements: how it is recognised, and how it is called. */
export interface Bucket {
  readonly name: BucketName;
  /** A sign for those who see it, always beside the word. */
  readonly symbol: string;
  /** Of one judgement: the same word in titles, tables, and for those who see no colour. */
  readonly word: string;
  readonly many: string;
  readonly colour: "red" | "yellow" | "green" | "none";
  readonly holds: (judgement: Judgement) => boolean;
}

/** All classes, most urgent first. The first that holds counts. */
const BUCKETS: readonly Bucket[] = [
  {
    name: "accepted",
    symbol: "☑️",
    word: "accepted",
    many: "accepted",
    colour: "yellow",
    holds: ({ accepted }) => accepted !== null,
  },
  {
    name: "limit",
    symbol: "❌",
    word: "broken limit",
    many: "broken limits",
    colour: "red",
    holds: ({ verdict, limit, severity }) => verdict === "regression" && limit?.broken === true && severity === "gate",
  },
  {
    name: "regression",
    symbol: "❌",
    word: "regression",
    many: "regressions",
    colour: "red",
    holds: ({ verdict, severity }) => verdict === "regression" && severity === "gate",
  },
  {
    name: "missed-goal",
    symbol: "❌",
    word: "missed goal",
    many: "missed goals",
    colour: "red",
    holds: ({ goal, severity }) => goal?.state === "missed" && severity === "gate",
  },
  {
    name: "advisory",
    symbol: "⚠️",
    word: "advisory regression",
    many: "advisory regressions",
    colour: "yellow",
    holds: ({ verdict }) => verdict === "regression",
  },
  {
    name: "limit-before",
    symbol: "⚠️",
    word: "old broken limit",
    many: "old broken limits",
    colour: "yellow",
    holds: ({ limit, severity }) => limit?.broken === true && severity === "advisory",
  },
  {
    name: "failed-before",
    symbol: "⚠️",
    word: "failed on the base",
    many: "failed on the base",
    colour: "yellow",
    holds: ({ verdict, failure }) => verdict === "failed" && failure?.side === "baseline",
  },
  {
    name: "failed",
    symbol: "❌",
    word: "failed",
    many: "failed",
    colour: "red",
    holds: ({ verdict }) => verdict === "failed",
  },
  {
    name: "removed",
    symbol: "⚠️",
    word: "removed",
    many: "removed",
    colour: "yellow",
    holds: ({ verdict }) => verdict === "removed",
  },
  {
    name: "inconclusive",
    symbol: "⚠️",
    word: "inconclusive",
    many: "inconclusive",
    colour: "yellow",
    holds: ({ verdict, severity }) => verdict === "inconclusive" && severity === "gate",
  },
  {
    name: "undecided",
    symbol: "⚪",
    word: "advisory undecided",
    many: "advisory undecided",
    colour: "none",
    holds: ({ verdict }) => verdict === "inconclusive",
  },
  {
    name: "open-goal",
    symbol: "⚠️",
    word: "open goal",
    many: "open goals",
    colour: "yellow",
    holds: ({ goal, severity }) => goal?.state === "open" && severity === "gate",
  },
  {
    name: "improvement",
    symbol: "✅",
    word: "improvement",
    many: "improvements",
    colour: "green",
    holds: ({ verdict }) => verdict === "improvement",
  },
  {
    name: "added",
    symbol: "⚪",
    word: "new",
    many: "new",
    colour: "none",
    holds: ({ verdict }) => verdict === "added",
  },
  {
    name: "same-code",
    symbol: "⚪",
    word: "unchanged, same code",
    many: "unchanged, same code",
    colour: "none",
    holds: ({ verdict }) => verdict === "same-code",
  },
  {
    name: "unchanged",
    symbol: "⚪",
    word: "unchanged",
    many: "unchanged",
    colour: "none",
    holds: () => true,
  },
];

/** The order in which titles count and tables list. */
export const READING_ORDER: readonly BucketName[] = [
  "regression",
  "limit",
  "missed-goal",
  "failed",
  "failed-before",
  "removed",
  "advisory",
  "limit-before",
  "accepted",
  "inconclusive",
  "open-goal",
  "improvement",
  "added",
  "unchanged",
  "same-code",
  "undecided",
];

/** The class of a judgement. What is not slower is counted with what is unchanged, and called by its own name. */
export function bucketOf(judgement: Judgement): Bucket {
  const bucket = BUCKETS.find(({ holds }) => holds(judgement))!;
  return bucket === UNCHANGED && judgement.verdict === "not-slower" ? NOT_SLOWER : bucket;
}

const UNCHANGED = BUCKETS.at(-1)!;
const NOT_SLOWER: Bucket = { ...UNCHANGED, word: "not slower" };

/** The judgements of each class, in reading order; within a class the largest change first, but what did not change by name. */
export const byBucket: (judgements: readonly Judgement[]) => ReadonlyMap<BucketName, readonly Judgement[]> = onceFor(
  (judgements) => {
    const found = new Map<BucketName, Placed[]>(READING_ORDER.map((name) => [name, []]));
    for (const of of judgements) {
      const { name } = bucketOf(of);
      const size = name === "unchanged" || name === "same-code" ? 0 : sizeOf(of);
      found.get(name)!.push({ of, size, name: label(of) });
    }
    return new Map(
      [...found].map(([name, rows]) => [name, rows.sort(largestFirst).map((placed) => placed.of)] as const),
    );
  },
);

/** A judgement, and what it is put in order by. */
interface Placed {
  readonly of: Judgement;
  readonly size: number;
  readonly name: string;
}

/** How many entries there are of each class that has any, by the classes of all of them: "2 regressions", "41 unchanged". */
export function countedWords(names: readonly BucketName[]): readonly string[] {
  const counts = new Map<BucketName, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return READING_ORDER.flatMap((name) => {
    const count = counts.get(name) ?? 0;
    const { word, many } = BUCKETS.find((bucket) => bucket.name === name)!;
    return count === 0 ? [] : [plural(count, word, many)];
  });
}

function largestFirst(a: Placed, b: Placed): number {
  return b.size - a.size || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

function sizeOf({ comparison }: Judgement): number {
  const distance = Math.abs(Math.log(comparison?.ratio ?? 1));
  return Number.isNaN(distance) ? 0 : Math.min(distance, 1e9);
}
