import { smallest } from "../../model/extremes.ts";
import { onceFor } from "../../model/once.ts";
import type { Judgement } from "../../model/verdict.ts";
import { bucketOf, READING_ORDER } from "../parts/buckets.ts";
import { countWords } from "../parts/entries.ts";
import type { Ink } from "../parts/ink.ts";

/** One suite of a gate in one line, for the overview of several. */
export interface SuiteLine {
  readonly suite: string;
  /** The counts in words, the worst first. */
  readonly counts: readonly string[];
  /** Whether anything in it fails the gate. */
  readonly failing: boolean;
  readonly text: string;
}

const FEWEST = 3;

/** The suites of a gate, the worst first, as rows of a table; fewer than three need no overview. */
export function suiteLines(judgements: readonly Judgement[], ink: Ink): readonly SuiteLine[] {
  const suites = bySuite(judgements);
  if (suites.size < FEWEST) return [];
  return [...suites]
    .map(([suite, rows]) => {
      const buckets = rows.map(bucketOf);
      const rank = smallest(buckets.map(({ name }) => READING_ORDER.indexOf(name)));
      const worst = buckets.find(({ name }) => name === READING_ORDER[rank])!;
      const counts = countWords(rows);
      const failing = buckets.some(({ colour }) => colour === "red");
      return { suite, counts, failing, rank, text: `| ${ink.name(suite)} | ${worst.symbol} ${counts.join(" · ")} |` };
    })
    .sort((a, b) => a.rank - b.rank || (a.suite < b.suite ? -1 : 1));
}

/** The judgements of each suite, in the order in which suites first occur. */
export const bySuite: (judgements: readonly Judgement[]) => ReadonlyMap<string, readonly Judgement[]> = onceFor(
  (judgements) => {
    const suites = new Map<string, Judgement[]>();
    for (const judgement of judgements) {
      const rows = suites.get(judgement.suite);
      if (rows === undefined) suites.set(judgement.suite, [judgement]);
      else rows.push(judgement);
    }
    return suites;
  },
);
