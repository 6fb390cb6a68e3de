import { describeEntries } from "../baseline/describe.ts";
import type { StoredEntry } from "../baseline/entry.ts";
import { migrate } from "../baseline/migrate.ts";
import { BASELINE_BRANCH, BASELINE_REF } from "../baseline/places.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { encodeRecording } from "../codec/recording.ts";
import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { SWITCH } from "../model/setting.ts";
import { command, type World } from "./command.ts";
import { STORE_FLAGS, storeOf } from "./store-flags.ts";

/** How far back the ancestry is looked at. */
const DEPTH = 1000;

/** What is stored. */
export const baseline = command({
  name: "baseline",
  usage: "list | show ENTRY | migrate",
  summary:
    "what is stored: all entries, or one recording by its path or commit; migrate moves a branch to a ref that clones do not carry",
  flags: {
    ...STORE_FLAGS,
    "keep-branch": { type: SWITCH, about: "For migrate: leaves the branch where it is." },
  },
  operands: 2,
  async run({ given, operands }, world) {
    const [action = "list", ...rest] = operands;
    const does = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    if (does === undefined) {
      const near = nearest(action, Object.keys(ACTIONS));
      throw new GateError(
        `baseline cannot ${action}`,
        near === null ? "It can list, show and migrate." : `Did you mean ${near}?`,
      );
    }
    const store = storeOf(given, world.ports);
    const entries = async () => (await store.list()).filter(({ gate }) => given.gate === null || gate === given.gate);
    return does({ store, entries, given }, rest, world);
  },
});

type Given = Parameters<typeof storeOf>[0] & { readonly "keep-branch": boolean };

/** A store, and how its entries are listed: those of the gate that was named, or all. */
interface Stored {
  readonly given: Given;
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
  async migrate({ given }, _, { ports, terminal }) {
    const branch = given["baseline-branch"] ?? BASELINE_BRANCH;
    const ref = given["baseline-ref"] ?? BASELINE_REF;
    const { entries, removed } = await migrate(ports, { branch, ref, keep: given["keep-branch"] });
    terminal.err(
      `ref ${ref}: ${entries === 1 ? "1 recording" : `${entries} recordings`}, moved from branch ${branch}. Write \`baseline-store: ref\` in the workflow${ref === BASELINE_REF ? "" : `, and \`baseline-ref: ${ref}\``}.`,
    );
    if (removed !== null && removed !== "kept") terminal.err(`Branch ${branch} is still there: ${removed}`);
    if (removed === "kept") terminal.err(`Branch ${branch} is still there, and clones go on carrying it.`);
    return 0;
  },
};
