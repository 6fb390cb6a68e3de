import type { Judgement } from "../../model/verdict.ts";
import { byBucket } from "./buckets.ts";
import { countWords } from "./entries.ts";

/** So many comparisons are written out in a report that people or their tools open as a whole: some 20 MB. */
const MOST = 20_000;

/** The judgements that a report has room for, in their order: all, or those that a reader looks for first. */
export function mostTelling(judgements: readonly Judgement[], most: number = MOST): readonly Judgement[] {
  if (judgements.length <= most) return judgements;
  const first = new Set([...byBucket(judgements).values()].flat().slice(0, most));
  return judgements.filter((judgement) => first.has(judgement));
}

/** What is said of those that had no room; nothing where all had. */
export function restWords(judgements: readonly Judgement[], shown: readonly Judgement[]): readonly string[] {
  if (shown.length === judgements.length) return [];
  const known = new Set(shown);
  const rest = judgements.filter((judgement) => !known.has(judgement));
  return [`Not listed here, but in the JSON result: ${countWords(rest).join(", ")}.`];
}
