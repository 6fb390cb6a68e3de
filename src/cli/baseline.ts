import { describeEntries } from "../baseline/describe.ts";
import type { StoredEntry } from "../baseline/entry.ts";
import { loadOne } from "../baseline/load.ts";
import { migrate } from "../baseline/migrate.ts";
import { BASELINE_BRANCH, BASELINE_REF } from "../baseline/places.ts";
import { type Keep, keepOf, pruning } from "../baseline/prune.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { encodeRecording } from "../codec/recording.ts";
import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { one, SWITCH, type Values } from "../model/setting.ts";
import { plural } from "../report/words/format.ts";
import { BACKFILL_FLAGS, backfill } from "./backfill.ts";
import { EXPORT_FLAGS, exportTable } from "./baseline-export.ts";
import { importHistory } from "./baseline-import.ts";
import { command, type World } from "./command.ts";
import { ancestorsOfHead } from "./here.ts";
import { entriesIn, nothingWords, STORE_FLAGS, storeOf } from "./store-flags.ts";

/** How far back it is looked for what may go. */
const WHOLE = 1_000_000;

/** How far back the ancestry is looked at. */
const DEPTH = 1000;

/** What is stored. */
export const baseline = command({
  name: "baseline",
  usage:
    "list | show ENTRY | export --csv|--parquet [FILE] | import FILE | prune --keep WHAT | migrate | backfill [FROM]",
  summary:
    "what is stored: all entries, or one recording by its path or commit; export prints the numbers of all; import takes over what github-action-benchmark kept in `data.js`, asv in `.asv/results` or Bencher in a perf query, for the history alone; prune removes old ones; migrate moves a branch to a ref that clones do not carry; backfill measures tags, or every n-th commit, in turns with one anchor",
  flags: {
    ...STORE_FLAGS,
    ...EXPORT_FLAGS,
    keep: {
      type: one(keepOf),
      value: "WHAT",
      about:
        "For prune: the newest runs of each gate and machine, by their number (`100`), or those of the last days (`180d`). The newest twenty always stay.",
    },
    yes: { type: SWITCH, about: "For prune: removes them. Without it, they are only listed." },
    "keep-branch": { type: SWITCH, about: "For migrate: leaves the branch where it is." },
    ...BACKFILL_FLAGS,
  },
  operands: 2,
  async run({ given, operands }, world) {
    const [action = "list", ...rest] = operands;
    const does = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    if (does === undefined) {
      const near = nearest(action, Object.keys(ACTIONS));
      throw new GateError(
        `baseline cannot ${action}`,
        near === null ? "It can list, show, export, import, prune, migrate and backfill." : `Did you mean ${near}?`,
      );
    }
    // What is migrated goes from one place to another.
    const store = storeOf(action === "migrate" ? { ...given, "baseline-branch": null } : given, world.ports);
    const entries = () => entriesIn(store, given.gate);
    return does({ store, entries, given }, rest, world);
  },
});

type Given = Parameters<typeof storeOf>[0] &
  Values<typeof BACKFILL_FLAGS> &
  Values<typeof EXPORT_FLAGS> & {
    readonly keep: Keep | null;
    readonly yes: boolean;
    readonly "keep-branch": boolean;
  };

/** A store, and how its entries are listed: those of the gate that was named, or all. */
interface Stored {
  readonly given: Given;
  readonly store: BaselineStore;
  readonly entries: () => Promise<readonly StoredEntry[]>;
}

const ACTIONS: Readonly<Record<string, (stored: Stored, rest: readonly string[], world: World) => Promise<number>>> = {
  async list({ store, entries: list }, _, { ports, terminal }) {
    const entries = await list();
    for (const { path, behind } of describeEntries(entries, await ancestorsOfHead(ports.git, DEPTH))) {
      terminal.out(
        `${path}  ${behind === null ? "not an ancestor of HEAD" : behind === 0 ? "HEAD" : `HEAD~${behind}`}`,
      );
    }
    terminal.err(`${store.place}: ${plural(entries.length, "recording", "recordings")}`);
    if (entries.length === 0) terminal.err(await nothingWords(store));
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
    const recording = await loadOne(store, entry);
    if ("unreadable" in recording)
      throw new GateError(recording.unreadable, "Remove the entry from the store", { file: entry.path });
    terminal.out(encodeRecording(recording));
    return 0;
  },
  export: (stored, [file], world) => exportTable(stored, file, world),
  import: ({ store }, [file], world) => importHistory(store, file, world),
  async prune({ store, entries: list, given: { keep, yes } }, _, { ports, terminal }) {
    if (keep === null)
      throw new GateError(
        "prune needs to know what stays",
        "Give `--keep 100`, which is a number of runs, or `--keep 180d`, which is days",
      );
    const entries = await list();
    const ancestors = await ancestorsOfHead(ports.git, WHOLE);
    const { dropped, kept, strays } = await pruning(ports.git, entries, ancestors, keep, ports.clock.now());
    const moved = yes ? await store.remove(dropped) : 0;
    for (const { path } of dropped) terminal.out(path);
    terminal.err(
      `${store.place}: ${yes ? "removed" : "would remove"} ${dropped.length} of ${entries.length} recordings; ${kept} stay${strays === 0 ? "" : `, ${strays} of them of commits that HEAD does not descend from`}.${moved === 0 ? "" : ` Moved ${moved} to where new ones are stored.`}${yes || dropped.length === 0 ? "" : " Add --yes to remove them."}`,
    );
    return 0;
  },
  backfill: (stored, [from], world) => backfill(stored, from, world),
  async migrate({ given }, _, { ports, terminal }) {
    const branch = given["baseline-branch"] ?? BASELINE_BRANCH;
    const ref = given["baseline-ref"] ?? BASELINE_REF;
    const { entries, removed } = await migrate(ports, { branch, ref, keep: given["keep-branch"] });
    terminal.err(
      `ref ${ref}: ${plural(entries, "recording", "recordings")}, moved from branch ${branch}. Write \`baseline-store: ref\` in the workflow${ref === BASELINE_REF ? "" : `, and \`baseline-ref: ${ref}\``}.`,
    );
    if (removed !== null && removed !== "kept") terminal.err(`Branch ${branch} is still there: ${removed}`);
    if (removed === "kept") terminal.err(`Branch ${branch} is still there, and clones go on carrying it.`);
    return 0;
  },
};
