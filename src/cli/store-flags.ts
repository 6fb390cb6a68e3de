import { type StoredEntry, wholeGate } from "../baseline/entry.ts";
import { type AddressName, addressSettings, openStore, STORES } from "../baseline/index.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { GateError } from "../model/error.ts";
import { type FlagTable, TEXT, type Values } from "../model/setting.ts";
import type { Warning } from "../model/warning.ts";
import type { Ports } from "../ports/index.ts";

/** The flags that name a store, and the gate whose entries count where several workflows share it. */
export const STORE_FLAGS = {
  ...addressSettings(({ type, value, flag }) => ({ type, value, about: flag })),
  gate: {
    type: TEXT,
    value: "GATE",
    about: "The gate whose baselines count, where the store holds those of several.",
  },
} as const satisfies FlagTable;

/** The store that flags name: of the kind whose address is given, else the default one. */
export function storeOf(given: Pick<Values<typeof STORE_FLAGS>, AddressName>, ports: Ports): BaselineStore {
  const [first, second] = STORES.filter(({ address }) => given[address.name] !== null);
  if (second !== undefined) {
    const names = `--${first!.address.name} and --${second.address.name}`;
    throw new GateError(`${names} name two places`, "Baselines are kept in one: leave out either");
  }
  const chosen = STORES.findLast(({ address }) => given[address.name] !== null) ?? STORES[0];
  return openStore(ports, chosen.kind, given);
}

/** The entries of the gate that was named, with those of its shards; of all gates where none was. */
export async function entriesIn(store: BaselineStore, gate: string | null): Promise<readonly StoredEntry[]> {
  return (await store.list()).filter((entry) => gate === null || wholeGate(entry) === gate);
}

/** Throws a `GateError` with the reason where a store has taken nothing. */
export function refuseUnstored(refused: Warning | null, remedy: string): void {
  if (refused?.code === "not-stored") throw new GateError(refused.reason, remedy, {}, "measure");
}

/** What is said where nothing was found in a store: it is empty, or holds other gates than the one that was named. */
export async function nothingWords(store: BaselineStore): Promise<string> {
  const gates = [...new Set((await store.list()).map((entry) => wholeGate(entry)))];
  if (gates.length > 0) return `The gates that are there: ${gates.join(", ")}.`;
  return "Nothing is stored there yet. In a workflow, each push to the default branch stores a run.";
}
