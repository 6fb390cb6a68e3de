import { createBranchStore } from "../baseline/branch-store.ts";
import { createDirectoryStore } from "../baseline/directory-store.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { DEFAULT_BASELINE_BRANCH } from "../config/defaults.ts";
import type { Flags, FlagTypes } from "../io/argv.ts";
import type { Ports } from "../ports/index.ts";

/** Where baselines are kept. */
export type StoreAddress =
  | { readonly kind: "branch"; readonly branch: string }
  | { readonly kind: "directory"; readonly directory: string };

/** The flags that name a store, and the gate whose entries count where several workflows share it. */
export const STORE_FLAGS: FlagTypes = { "baseline-branch": "value", "baseline-directory": "value", gate: "value" };

/** The store that flags name: a directory where one is given, else a branch. */
export function storeOf(flags: Flags): StoreAddress {
  const directory = flags.value("baseline-directory");
  if (directory !== null) return { kind: "directory", directory };
  return { kind: "branch", branch: flags.value("baseline-branch") ?? DEFAULT_BASELINE_BRANCH };
}

/** The store at an address. */
export function openStore(ports: Ports, address: StoreAddress): BaselineStore {
  return address.kind === "branch"
    ? createBranchStore(ports, address.branch)
    : createDirectoryStore(ports.files, address.directory);
}
