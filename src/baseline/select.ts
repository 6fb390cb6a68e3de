import { byRun, type StoredEntry } from "./entry.ts";

/** What is looked for in a store. */
export interface Selection {
  readonly entries: readonly StoredEntry[];
  /** The base revision and what it descends from, newest first. */
  readonly ancestors: readonly string[];
  readonly gate: string;
  readonly fingerprint: string;
  /** At most so many runs; 20 where absent. */
  readonly limit?: number;
}

/** Stored runs to compare with, by name. */
export interface Selected {
  /** Of this gate, environment and ancestry: newest ancestor first, its newest run first. */
  readonly chosen: readonly StoredEntry[];
  /** How many runs of this gate and ancestry are of other environments. */
  readonly others: number;
  /** The newest of those. */
  readonly nearestOther: StoredEntry | null;
}

/** How many stored runs a candidate is compared with where nothing else is said. */
export const HISTORY_LIMIT = 20;

/**
 * The runs that the candidate may be compared with. Entries of commits that are not in `ancestors` are of another line of
 * development and are ignored; several runs or attempts of one commit all count, because each is a run of its own.
 */
export function select({ entries, ancestors, gate, fingerprint, limit = HISTORY_LIMIT }: Selection): Selected {
  const age = new Map(ancestors.map((sha, index): [string, number] => [sha, index]));
  const related = entries
    .filter((entry) => entry.gate === gate && age.has(entry.sha))
    .sort((a, b) => (age.get(a.sha) ?? 0) - (age.get(b.sha) ?? 0) || byRun(b, a));
  const others = related.filter((entry) => entry.fingerprint !== fingerprint);
  return {
    chosen: related.filter((entry) => entry.fingerprint === fingerprint).slice(0, limit),
    others: others.length,
    nearestOther: others[0] ?? null,
  };
}
