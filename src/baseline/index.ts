import { GateError } from "../model/error.ts";
import { one, type SettingType, TEXT } from "../model/setting.ts";
import type { Ports } from "../ports/index.ts";
import { createBranchStore } from "./branch-store.ts";
import { createDirectoryStore } from "./directory-store.ts";
import { BASELINE_BRANCH, BASELINE_REF, branchName, refName } from "./places.ts";
import { createRefStore } from "./ref-store.ts";
import type { BaselineStore } from "./store.ts";

/** A kind of store: the words that choose and address it, and how it is opened. */
export interface StoreKind {
  /** The word for the input `baseline-store`. */
  readonly kind: string;
  /** Where such a store is, in Markdown, after "Baselines are kept": "on a `branch` of this repository". */
  readonly where: string;
  /** The setting that addresses one, as an input and as a flag; a flag that is given chooses the kind as well. */
  readonly address: {
    readonly name: `baseline-${string}`;
    readonly type: SettingType<string | null>;
    readonly value: string;
    readonly default: string;
    /** What the input is, and what the flag is: whole sentences. */
    readonly input: string;
    readonly flag: string;
  };
  /** The store at an address. Throws a `GateError` where none can be there. */
  readonly open: (ports: Ports, address: string, surroundings: Surroundings) => BaselineStore;
}

/** What a store must keep clear of. */
export interface Surroundings {
  /** The repository's default branch, where that is known. */
  readonly defaultBranch?: string | undefined;
}

/** Every kind of store; the first is the default. A new one is a file and a row. */
export const STORES = [
  {
    kind: "branch",
    where: "on a `branch` of this repository",
    address: {
      name: "baseline-branch",
      type: one(branchName),
      value: "BRANCH",
      default: BASELINE_BRANCH,
      input:
        "The branch that baselines are appended to. It is made when it is first needed; one that holds anything else is never written to.",
      flag: `The branch that holds the baselines. Without it, \`${BASELINE_BRANCH}\`.`,
    },
    open(ports, branch, { defaultBranch }) {
      if (branch !== defaultBranch) return createBranchStore(ports, branch);
      throw new GateError(
        `${branch} is the default branch, and baselines need one of their own`,
        "Leave it out, or name a branch that nothing else uses",
        { path: "input baseline-branch" },
      );
    },
  },
  {
    kind: "ref",
    where: "on a `ref` of it that clones do not carry",
    address: {
      name: "baseline-ref",
      type: one(refName),
      value: "REF",
      default: BASELINE_REF,
      input:
        "The ref for `baseline-store` `ref`: neither branch nor tag, so that no clone carries it. Until this ref exists, an existing branch `benchgate-baseline` stays in use.",
      flag: `The ref that holds the baselines, in place of a branch. \`${BASELINE_REF}\` is found without it.`,
    },
    open: (ports, ref) => createRefStore(ports, ref),
  },
  {
    kind: "directory",
    where: "in a `directory`",
    address: {
      name: "baseline-directory",
      type: TEXT,
      value: "FOLDER",
      default: ".benchgate/baseline",
      input: "The folder for `baseline-store` `directory`. Keeping it from one run to the next is up to the workflow.",
      flag: "The folder that holds the baselines, in place of a branch.",
    },
    open: ({ files }, folder) => createDirectoryStore(files, folder),
  },
] as const satisfies readonly StoreKind[];

/** The word for a kind of store. */
export type StoreWord = (typeof STORES)[number]["kind"];

/** The name of a setting that addresses a store. */
export type AddressName = (typeof STORES)[number]["address"]["name"];

/** The settings that address the stores, by name: `row` makes one of them. */
export function addressSettings<Row>(row: (address: StoreKind["address"]) => Row): Readonly<Record<AddressName, Row>> {
  return Object.fromEntries(STORES.map(({ address }) => [address.name, row(address)])) as Record<AddressName, Row>;
}

/** The inputs of the action that say where baselines are kept. */
export const STORE_INPUTS: readonly string[] = ["baseline-store", ...STORES.map(({ address }) => address.name)];

/** Opens the store of a kind at its address, which is the default one where none is given. */
export function openStore(
  ports: Ports,
  kind: StoreWord,
  addresses: Readonly<Record<AddressName, string | null>>,
  surroundings: Surroundings = {},
): BaselineStore {
  const { address, open }: StoreKind = STORES.find((store) => store.kind === kind)!;
  return open(ports, addresses[address.name as AddressName] ?? address.default, surroundings);
}
