import { byRun, type StoredEntry } from "./entry.ts";

/** One row of `benchgate baseline list`. */
export interface EntryDescription extends StoredEntry {
  /** How many commits it lies behind the revision that was asked about; null where it is not among its ancestors. */
  readonly behind: number | null;
}

/**
 * The entries as rows, newest last: first those outside the ancestry by commit and run, then oldest to newest ancestor with
 * its runs in order. Without `ancestors` (newest first) all are sorted by commit and run.
 */
export function describeEntries(
  entries: readonly StoredEntry[],
  ancestors: readonly string[] = [],
): readonly EntryDescription[] {
  const age = new Map(ancestors.map((sha, index): [string, number] => [sha, index]));
  return entries
    .map((entry) => ({ ...entry, behind: age.get(entry.sha) ?? null }))
    .sort((a, b) => {
      if (a.behind !== b.behind) return (b.behind ?? Infinity) - (a.behind ?? Infinity);
      return a.sha === b.sha ? byRun(a, b) : a.sha < b.sha ? -1 : 1;
    });
}
