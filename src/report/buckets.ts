import type { Judgement } from "../model/verdict.ts";
import { plural } from "./format.ts";

/** The class under which a report counts a judgement. Each judgement is in exactly one. */
export type BucketName =
  | "regression"
  | "limit"
  | "failed"
  | "removed"
  | "advisory"
  | "accepted"
  | "inconclusive"
  | "improvement"
  | "added"
  | "unchanged";

/** A class of judgements: how it is recognised, and how it is called. */
export interface Bucket {
  readonly name: BucketName;
  /** A sign for those who see it, always beside the word. */
  readonly symbol: string;
  /** Of one judgement. */
  readonly word: string;
  /** Of one judgement, where a column must stay narrow. */
  readonly short: string;
  readonly one: string;
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
    short: "accepted",
    one: "accepted",
    many: "accepted",
    colour: "yellow",
    holds: ({ accepted }) => accepted !== null,
  },
  {
    name: "limit",
    symbol: "❌",
    word: "over limit",
    short: "over limit",
    one: "broken limit",
    many: "broken limits",
    colour: "red",
    holds: ({ verdict, limit, severity }) => verdict === "regression" && limit?.broken === true && severity === "gate",
  },
  {
    name: "regression",
    symbol: "❌",
    word: "regression",
    short: "worse",
    one: "regression",
    many: "regressions",
    colour: "red",
    holds: ({ verdict, severity }) => verdict === "regression" && severity === "gate",
  },
  {
    name: "advisory",
    symbol: "⚠️",
    word: "advisory",
    short: "advisory",
    one: "advisory regression",
    many: "advisory regressions",
    colour: "yellow",
    holds: ({ verdict }) => verdict === "regression",
  },
  {
    name: "failed",
    symbol: "❌",
    word: "failed",
    short: "failed",
    one: "failed",
    many: "failed",
    colour: "red",
    holds: ({ verdict }) => verdict === "failed",
  },
  {
    name: "removed",
    symbol: "⚠️",
    word: "removed",
    short: "removed",
    one: "removed",
    many: "removed",
    colour: "yellow",
    holds: ({ verdict }) => verdict === "removed",
  },
  {
    name: "inconclusive",
    symbol: "⚠️",
    word: "inconclusive",
    short: "inconclusive",
    one: "inconclusive",
    many: "inconclusive",
    colour: "yellow",
    holds: ({ verdict }) => verdict === "inconclusive",
  },
  {
    name: "improvement",
    symbol: "✅",
    word: "improvement",
    short: "better",
    one: "improvement",
    many: "improvements",
    colour: "green",
    holds: ({ verdict }) => verdict === "improvement",
  },
  {
    name: "added",
    symbol: "⚪",
    word: "new",
    short: "new",
    one: "new",
    many: "new",
    colour: "none",
    holds: ({ verdict }) => verdict === "added",
  },
  {
    name: "unchanged",
    symbol: "⚪",
    word: "unchanged",
    short: "unchanged",
    one: "unchanged",
    many: "unchanged",
    colour: "none",
    holds: () => true,
  },
];

/** The order in which titles count and tables list. */
const READING_ORDER: readonly BucketName[] = [
  "regression",
  "limit",
  "failed",
  "removed",
  "advisory",
  "accepted",
  "inconclusive",
  "improvement",
  "added",
  "unchanged",
];

/** The class of a judgement. */
export function bucketOf(judgement: Judgement): Bucket {
  return BUCKETS.find(({ holds }) => holds(judgement))!;
}

/** The judgements of each class, in reading order; within a class the largest change first, but what did not change by name. */
export function byBucket(judgements: readonly Judgement[]): ReadonlyMap<BucketName, readonly Judgement[]> {
  const found = new Map<BucketName, Judgement[]>(READING_ORDER.map((name) => [name, []]));
  for (const judgement of judgements) found.get(bucketOf(judgement).name)!.push(judgement);
  for (const [name, rows] of found) rows.sort(name === "unchanged" ? byName : largestFirst);
  return found;
}

/** How many judgements there are of each class that has any: "2 regressions", "41 unchanged". */
export function countWords(judgements: readonly Judgement[]): readonly string[] {
  const counts = new Map<BucketName, number>();
  for (const judgement of judgements) {
    const { name } = bucketOf(judgement);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return READING_ORDER.flatMap((name) => {
    const count = counts.get(name) ?? 0;
    const { one, many } = BUCKETS.find((bucket) => bucket.name === name)!;
    return count === 0 ? [] : [plural(count, one, many)];
  });
}

function largestFirst(a: Judgement, b: Judgement): number {
  return size(b) - size(a) || byName(a, b);
}

function byName(a: Judgement, b: Judgement): number {
  const [first, second] = [label(a), label(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function size({ comparison }: Judgement): number {
  const distance = Math.abs(Math.log(comparison?.ratio ?? 1));
  return Number.isNaN(distance) ? 0 : Math.min(distance, 1e9);
}

/** What `accept:` and notes call a judgement: `suite/benchmark metric statistic`. */
export function label({ suite, benchmark, metric, statistic }: Judgement): string {
  return `${suite}/${benchmark} ${metric} ${statistic}`;
}
