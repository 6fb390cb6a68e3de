import { describeEntries } from "../baseline/describe.ts";
import type { StoredEntry } from "../baseline/entry.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { encodeRecording } from "../codec/recording.ts";
import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { command, type World } from "./command.ts";
import { STORE_FLAGS, storeOf } from "./store-flags.ts";

/** How far back the ancestry is looked at. */
const DEPTH = 1000;

/** What is stored. */
export const baseline = command({
  name: "baseline",
  usage: "list | show ENTRY",
  summary: "what is stored: all entries, or one recording by its path or commit",
  flags: STORE_FLAGS,
  operands: 2,
  async run({ given, operands }, world) {
    const [action = "list", ...rest] = operands;
    const does = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    if (does === undefined) {
      const near = nearest(action, Object.keys(ACTIONS));
      throw new GateError(
        `baseline cannot ${action}`,
        near === null ? "It can list and show." : `Did you mean ${near}?`,
      );
    }
    const store = storeOf(given, world.ports);
    const entries = async () => (await store.list()).filter(({ gate }) => given.gate === null || gate === given.gate);
    return does({ store, entries }, rest, world);
  },
});

/** A store, and how its entries are listed: those of the gate that was named, or all. */
interface Stored {
  readonly store: BaselineStore;
  readonly entries: () => Promise<readonly StoredEntry[]>;
}

const ACTIONS: Readonly<Record<string, (stored: Stored, rest: readonly string[], world: World) => Promise<number>>> = {
  async list({ store, entries: list }, _, { ports, terminal }) {
    const entries = await list();
    const head = (await ports.git.root()) === null ? null : await ports.git.revision("HEAD");
    const ancestors = head === null ? [] : await ports.git.ancestors(head.sha, DEPTH);
    for (const { path, behind } of describeEntries(entries, ancestors)) {
      terminal.out(
        `${path}  ${behind === null ? "not an ancestor of HEAD" : behind === 0 ? "HEAD" : `HEAD~${behind}`}`,
      );
    }
    terminal.err(`${store.place}: ${entries.length === 1 ? "1 recording" : `${entries.length} recordings`}`);
    return 0;
  },
  async show({ store, entries }, [wanted], { terminal }) {
    if (wanted === undefined)
      throw new GateError(
        "baseline show needs an entry",
        "Name its path or its commit: `benchgate baseline list` prints them.",
      );
    const found = (await entries()).filter(({ path, sha }) => path === wanted || sha.startsWith(wanted));
    const [entry, ...others] = found;
    if (entry === undefined)
      throw new GateError(
        `Nothing is stored under ${JSON.stringify(wanted)}`,
        "`benchgate baseline list` prints what is.",
      );
    if (others.length > 0) {
      throw new GateError(
        `${found.length} entries fit ${JSON.stringify(wanted)}`,
        `Name one by its path: ${found.map(({ path }) => path).join(", ")}.`,
      );
    }
    const { recordings, warnings } = await store.load([entry]);
    const [stored] = recordings;
    if (stored === undefined) {
      const [warning] = warnings;
      throw new GateError(
        warning?.code === "unreadable-baseline" ? warning.reason : "it cannot be read",
        "Remove the entry from the store.",
        { file: entry.path },
      );
    }
    terminal.out(encodeRecording(stored.recording));
    return 0;
  },
};
