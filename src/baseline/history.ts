import {
  type Environment,
  type EnvironmentDifference,
  environmentDifferences,
  fingerprint,
} from "../model/environment.ts";
import { GateError } from "../model/error.ts";
import type { Recording } from "../model/recording.ts";
import type { Warning } from "../model/warning.ts";
import type { Git } from "../ports/index.ts";
import { HISTORY_LIMIT, type StoredRun, select } from "./select.ts";
import type { BaselineStore, Loaded } from "./store.ts";

/** Whose history is asked for. */
export interface HistoryQuery {
  /** The base revision. Empty where there is none: then there is no history. */
  readonly sha: string;
  readonly gate: string;
  /** The candidate's. */
  readonly environment: Environment;
  /** At most so many runs; 20 where absent. */
  readonly limit?: number;
  /** How many commits back a run may lie; 1000 where absent. */
  readonly depth?: number;
}

/** The stored runs a candidate is compared with. */
export interface History {
  /** Newest first. */
  readonly recordings: readonly Recording[];
  /** How many commits the newest of them lies behind the base revision; null where there is none. */
  readonly distance: number | null;
  /** `unreadable-baseline`, one for each entry that was skipped. */
  readonly warnings: readonly Warning[];
  /** How many runs were selected that cannot be read. */
  readonly unreadable: number;
  /** How many runs of the same gate and ancestry are of other environments. */
  readonly others: number;
  /** What makes the newest of those incomparable; empty where there is none, or `recordings` is not empty. */
  readonly differences: readonly EnvironmentDifference[];
}

const DEPTH = 1000;

/** How many entries that cannot be read are gone past, and how many of them are named. */
const MOST_UNREADABLE = 1000;
const MOST_NAMED = 100;

/**
 * Reads the history of `query.sha` from a store: at most `limit` runs of the same gate and environment.
 *
 * An entry that cannot be read is skipped with a warning and the next older one takes its place, up to a thousand of them. Throws `GateError` where the
 * store or the ancestry cannot be reached: a baseline that is there but out of reach must not look like none.
 */
export async function history(
  ports: { readonly git: Pick<Git, "ancestors"> },
  store: Pick<BaselineStore, "list" | "load">,
  query: HistoryQuery,
): Promise<History> {
  const { sha, gate, environment, limit = HISTORY_LIMIT, depth = DEPTH } = query;
  const entries = sha === "" ? [] : await store.list();
  const ancestors = entries.length === 0 ? [] : await ports.git.ancestors(sha, depth);
  const most = limit + MOST_UNREADABLE;
  const selected = select({ entries, ancestors, gate, fingerprint: fingerprint(environment), limit: most });

  const recordings: Recording[] = [];
  const warnings: Warning[] = [];
  let next = 0;
  while (recordings.length < limit && next < selected.chosen.length) {
    // Where nothing could be read so far there may be much of that: it is gone through in larger steps.
    const size = recordings.length === 0 && next > 0 ? 4 * limit : limit - recordings.length;
    const batch = selected.chosen.slice(next, next + size);
    next += batch.length;
    const loaded = await store.load(batch.flat());
    for (const recording of together(batch, loaded).slice(0, limit - recordings.length)) recordings.push(recording);
    for (const warning of loaded.warnings) warnings.push(warning);
  }

  const { others, nearestOther } = selected;
  const other = recordings.length > 0 || nearestOther === null ? null : await store.load([nearestOther]);
  const found = other?.recordings[0]?.recording;
  const differences = found === undefined ? [] : environmentDifferences(found.environment, environment);
  const newest = recordings[0];
  return {
    recordings,
    distance: newest === undefined ? null : ancestors.indexOf(newest.revision.sha),
    warnings: [...named(warnings), ...(other?.warnings ?? [])],
    unreadable: warnings.length,
    others,
    differences: differences.filter(({ gated }) => gated),
  };
}

/** The recordings of runs, the shards of each as one; none of a run of which nothing could be read. */
export function together(runs: readonly StoredRun[], { recordings }: Loaded): readonly Recording[] {
  const byPath = new Map(recordings.map(({ entry, recording }) => [entry.path, recording]));
  return runs.flatMap((run) => {
    const shards = run.flatMap(({ path }) => byPath.get(path) ?? []);
    const [first, ...others] = shards;
    if (first === undefined) return [];
    return others.length === 0 ? first : { ...first, rounds: shards.flatMap(({ rounds }) => rounds) };
  });
}

/**
 * Why a gate that has nothing but stored runs cannot judge, where there are some and none of them can be read: a history that is damaged must not look like
 * none. Null where it can.
 */
export function damaged({ recordings, unreadable, warnings }: History): GateError | null {
  const first = warnings.find((warning) => warning.code === "unreadable-baseline");
  if (recordings.length > 0 || first === undefined || unreadable === 0) return null;
  return new GateError(
    `none of the ${unreadable} stored runs can be read: ${first.entry}: ${first.reason.replace(/\.\s*$/, "")}`,
    "Update Benchgate if a newer version wrote them, delete them where they are stored, or use `compare: auto`, which then measures side by side with the base",
    {},
    "measure",
  );
}

/** The first so many by name, the others by their number. */
function named(warnings: readonly Warning[]): readonly Warning[] {
  if (warnings.length <= MOST_NAMED) return warnings;
  const entry = `${warnings.length - MOST_NAMED} more`;
  const rest: Warning = { code: "unreadable-baseline", entry, reason: "they cannot be read either" };
  return [...warnings.slice(0, MOST_NAMED), rest];
}
