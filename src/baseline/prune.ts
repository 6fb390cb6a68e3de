import { GateError } from "../model/error.ts";
import type { Git } from "../ports/index.ts";
import { byRun, type StoredEntry } from "./entry.ts";

/** What is kept: the newest so many runs of each gate and machine, or those of commits of the last so many days. */
export type Keep = { readonly runs: number } | { readonly days: number };

/** The least that may be kept of each gate and machine: what a candidate is compared with. */
const FEWEST = 20;

/** What `--keep` says: `100` runs, `180d` days. Throws a `GateError` on anything else, and where less would be left than a candidate is compared with. */
export function keepOf(word: string): Keep {
  const [, digits = "", unit = ""] = /^([1-9]\d{0,6})(d?)$/.exec(word) ?? [];
  if (digits === "") {
    throw new GateError(
      `${JSON.stringify(word)} is neither a number of runs nor of days`,
      "Write how many runs of each gate and machine stay, such as 100, or for how long, such as 180d",
    );
  }
  if (unit === "d") return { days: Number(digits) };
  if (Number(digits) >= FEWEST) return { runs: Number(digits) };
  throw new GateError(`${digits} runs are fewer than a candidate is compared with`, `Keep ${FEWEST} or more`);
}

/** Which entries go. */
export interface Pruning {
  /** Oldest last. */
  readonly dropped: readonly StoredEntry[];
  readonly kept: number;
  /** How many of those kept are of commits that HEAD does not descend from, so that nobody can tell their age. */
  readonly strays: number;
}

/**
 * The entries that are not kept. `ancestors`: HEAD and what it descends from, newest first. The newest twenty runs of each gate and machine stay whatever
 * their age, and so does what HEAD does not descend from.
 */
export async function pruning(
  git: Pick<Git, "revision">,
  entries: readonly StoredEntry[],
  ancestors: readonly string[],
  keep: Keep,
  now: Date,
): Promise<Pruning> {
  const age = new Map(ancestors.map((sha, index): [string, number] => [sha, index]));
  const oldest = "runs" in keep ? 0 : await firstBefore(git, ancestors, now.getTime() - keep.days * 86_400_000);
  const seen = new Map<string, number>();
  const known = entries
    .filter(({ sha }) => age.has(sha))
    .sort((a, b) => age.get(a.sha)! - age.get(b.sha)! || byRun(b, a));
  const dropped = known.filter(({ gate, fingerprint, sha }) => {
    const place = (seen.get(`${gate} ${fingerprint}`) ?? 0) + 1;
    seen.set(`${gate} ${fingerprint}`, place);
    return place > ("runs" in keep ? keep.runs : FEWEST) && age.get(sha)! >= oldest;
  });
  return { dropped, kept: entries.length - dropped.length, strays: entries.length - known.length };
}

/** The place of the first commit, newest first, that is from before a time in ms; a history's times fall as one goes back, but for a few seconds. */
async function firstBefore(git: Pick<Git, "revision">, ancestors: readonly string[], time: number): Promise<number> {
  let [low, high] = [0, ancestors.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const found = await git.revision(ancestors[middle]!);
    if (found === null || Date.parse(found.committedAt) >= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
