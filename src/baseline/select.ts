import { keyOf } from "../model/key.ts";
import { byRun, type StoredEntry, wholeGate } from "./entry.ts";

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

/** The entries of one run: one, or those of its shards. */
export type StoredRun = readonly [StoredEntry, ...StoredEntry[]];

/** Stored runs to compare with, by name. */
export interface Selected {
  /** Of this gate, environment and ancestry: newest ancestor first, its newest run first. */
  readonly chosen: readonly StoredRun[];
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
    .filter((entry) => wholeGate(entry) === gate && age.has(entry.sha))
    .sort((a, b) => (age.get(a.sha) ?? 0) - (age.get(b.sha) ?? 0) || byRun(b, a));
  const others = runsOf(related.filter((entry) => entry.fingerprint !== fingerprint));
  return {
    chosen: runsOf(related.filter((entry) => entry.fingerprint === fingerprint)).slice(0, limit),
    others: others.length,
    nearestOther: others[0]?.[0] ?? null,
  };
}

/** Entries as runs, in the order of their first ones: the shards of a run go together, and what a pool's runners stored is a run each. */
export function runsOf(entries: readonly StoredEntry[]): readonly StoredRun[] {
  const runs = new Map<string, StoredEntry[]>();
  for (const entry of entries) {
    const { sha, run, attempt, fingerprint, copy } = entry;
    const key = keyOf(sha, run, attempt, wholeGate(entry), fingerprint, copy);
    runs.set(key, [...(runs.get(key) ?? []), entry]);
  }
  return [...runs.values()] as unknown as readonly StoredRun[];
}
