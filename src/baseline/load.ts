import { inPieces } from "../model/pieces.ts";
import type { Recording } from "../model/recording.ts";
import { type StoredEntry, wholeGate } from "./entry.ts";
import { collectSeries, type SeriesCollector } from "./series.ts";
import type { BaselineStore } from "./store.ts";

/** How many recordings are in memory at once. */
const BATCH = 20;

/** What was read of a history. */
export interface LoadedSeries {
  readonly collected: SeriesCollector;
  readonly unreadable: readonly { readonly entry: string; readonly reason: string }[];
}

/** One entry of the store's last `list`, or why it cannot be read. */
export async function loadOne(
  store: BaselineStore,
  entry: StoredEntry,
): Promise<Recording | { readonly unreadable: string }> {
  const { recordings, warnings } = await store.load([entry]);
  const [found] = recordings;
  if (found !== undefined) return found.recording;
  const [warning] = warnings;
  return { unreadable: warning?.code === "unreadable-baseline" ? warning.reason : "it is gone" };
}

/** Reads entries of the store's last `list`, oldest first, and keeps the series alone. */
export async function loadSeries(store: BaselineStore, entries: readonly StoredEntry[]): Promise<LoadedSeries> {
  const collected = collectSeries();
  const unreadable: { entry: string; reason: string }[] = [];
  for (const batch of inPieces(entries, BATCH)) {
    const { recordings, warnings } = await store.load(batch);
    for (const { entry, recording } of recordings) collected.add(wholeGate(entry), recording);
    for (const warning of warnings) {
      if (warning.code === "unreadable-baseline") unreadable.push({ entry: warning.entry, reason: warning.reason });
    }
  }
  return { collected, unreadable };
}
