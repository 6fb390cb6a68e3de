import { ASV_FILES, asvResults, readAsvRun } from "../adapters/history/asv.ts";
import { isBencher, readBencher } from "../adapters/history/bencher.ts";
import { readGithubActionBenchmark } from "../adapters/history/github-action-benchmark.ts";
import { CSV_HEAD, csvLine } from "../baseline/csv.ts";
import { describeEntries } from "../baseline/describe.ts";
import type { StoredEntry } from "../baseline/entry.ts";
import { asRecordings } from "../baseline/imported.ts";
import { migrate } from "../baseline/migrate.ts";
import { BASELINE_BRANCH, BASELINE_REF } from "../baseline/places.ts";
import { type Keep, keepOf, pruning } from "../baseline/prune.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { COLUMNS, rowsOf } from "../baseline/table.ts";
import type { Cell } from "../codec/parquet.ts";
import { encodeRecording } from "../codec/recording.ts";
import { GateError, placed } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { one, SWITCH, type Values } from "../model/setting.ts";
import { plural } from "../report/words/format.ts";
import { BACKFILL_FLAGS, backfill } from "./backfill.ts";
import { command, type World } from "./command.ts";
import { entriesIn, STORE_FLAGS, storeOf } from "./store-flags.ts";

/** How many recordings are in memory at once. */
const AT_ONCE = 20;

/** How many of asv's files are in memory at once. */
const ASV_AT_ONCE = 200;

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
    csv: { type: SWITCH, about: "For export: as CSV, one line for each round, benchmark and metric." },
    parquet: { type: SWITCH, about: "For export: the same as Apache Parquet, one row group for twenty runs." },
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
    const store = storeOf(given, world.ports);
    const entries = () => entriesIn(store, given.gate);
    return does({ store, entries, given }, rest, world);
  },
});

type Given = Parameters<typeof storeOf>[0] &
  Values<typeof BACKFILL_FLAGS> & {
    readonly keep: Keep | null;
    readonly yes: boolean;
    readonly csv: boolean;
    readonly parquet: boolean;
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
  async export({ store, entries: list, given }, [file], { ports, terminal }) {
    if (given.csv === given.parquet) {
      throw new GateError("export needs to know in which form", "Say it: `--csv` or `--parquet`.");
    }
    if (given.parquet && file === undefined && terminal.colour) {
      throw new GateError("Parquet is nothing for a terminal", "Name a file: `baseline export --parquet FILE`");
    }
    const entries = await list();
    const pieces = tableOf({ store, entries }, { ports, terminal });
    // The library is loaded by who asks for it.
    const bytes = given.parquet ? (await import("../codec/parquet.ts")).parquet(COLUMNS, pieces) : csvBytes(pieces);
    if (file !== undefined) await ports.files.write(file, bytes);
    else for await (const piece of bytes) terminal.bytes(piece);
    terminal.err(`${store.place}: ${entries.length === 1 ? "1 recording" : `${entries.length} recordings`}`);
    return 0;
  },
  async import({ store }, [file], { ports, terminal }) {
    if (file === undefined) {
      throw new GateError(
        "import needs a file",
        "Name github-action-benchmark's: `git show origin/gh-pages:dev/bench/data.js > data.js`, then `benchgate baseline import data.js`; or asv's folder: `benchgate baseline import .asv/results`",
      );
    }
    const root = file.replace(/[\\/]+$/, "");
    const folder = await ports.files.listFolder(root, ASV_FILES);
    if (folder !== null)
      return importAsv(store, { file: root, paths: folder.map(({ path }) => path) }, { ports, terminal });
    const text = await ports.files.readText(file);
    const bencher = isBencher(text);
    const { runs, leftOut } = placed({ file }, () => (bencher ? readBencher(text) : readGithubActionBenchmark(text)));
    const all = asRecordings(runs, "github-action-benchmark");
    const refused = await store.saveAll(all);
    if (refused?.code === "not-stored") throw new GateError(refused.reason, "Nothing was imported", {}, "measure");
    terminal.err(
      `${store.place}: ${plural(runs.length, "run", "runs")} of ${plural(all.length, "commit", "commits")} imported${leftOut === 0 ? "" : `, ${leftOut} left out that name no whole commit or hold nothing`}. \`benchgate trend\` shows them. They hold one number a benchmark, no samples, and no check is ever judged by them.`,
    );
    return 0;
  },
  async prune({ store, entries: list, given: { keep, yes } }, _, { ports, terminal }) {
    if (keep === null)
      throw new GateError("prune needs to know what stays", "Say it: `--keep 100` runs, or `--keep 180d`.");
    const entries = await list();
    const head = await ports.git.revision("HEAD");
    const ancestors = head === null ? [] : await ports.git.ancestors(head.sha, WHOLE);
    const { dropped, kept, strays } = await pruning(ports.git, entries, ancestors, keep, ports.clock.now());
    if (yes && dropped.length > 0) await store.remove(dropped);
    for (const { path } of dropped) terminal.out(path);
    terminal.err(
      `${store.place}: ${yes ? "removed" : "would remove"} ${dropped.length} of ${entries.length} recordings; ${kept} stay${strays === 0 ? "" : `, ${strays} of them of commits that HEAD does not descend from`}.${yes || dropped.length === 0 ? "" : " Add --yes to remove them."}`,
    );
    return 0;
  },
  backfill: (stored, [from], world) => backfill(stored, from, world),
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

/** How many of asv's files that cannot be read are named. */
const MOST_NAMED = 10;

/** Takes over asv's results, some files at a time. One that holds none is named and left out. Resolves to the exit code. */
async function importAsv(
  store: BaselineStore,
  { file, paths }: { readonly file: string; readonly paths: readonly string[] },
  { ports, terminal }: Pick<World, "ports" | "terminal">,
): Promise<number> {
  const { results, definitions } = asvResults(paths);
  if (results.length === 0) {
    throw new GateError("this folder holds no results of asv", "Name asv's: `.asv/results`", { file });
  }
  const at = (path: string) => `${file}/${path}`;
  const units = definitions === null ? null : await ports.files.readText(at(definitions));
  let [taken, leftOut] = [0, 0];
  for (let from = 0; from < results.length; from += ASV_AT_ONCE) {
    const runs = [];
    for (const path of results.slice(from, from + ASV_AT_ONCE)) {
      try {
        runs.push(readAsvRun(path, await ports.files.readText(at(path)), units));
      } catch (error) {
        if (!(error instanceof GateError)) throw error;
        if (leftOut++ < MOST_NAMED) terminal.err(`left out: ${path}: ${error.problem}`);
      }
    }
    const all = asRecordings(runs, "asv");
    const refused = await store.saveAll(all);
    if (refused?.code === "not-stored") {
      throw new GateError(refused.reason, `${taken} runs were imported; the same words go on`, {}, "measure");
    }
    taken += runs.length;
  }
  terminal.err(
    `${store.place}: ${plural(taken, "run", "runs")} imported${leftOut === 0 ? "" : `, ${leftOut} left out that cannot be read`}. \`benchgate trend\` shows them, and no check is ever judged by them.`,
  );
  return 0;
}

/** The rows of all entries, oldest first, as they are read: a history need not fit in memory. What cannot be read is named. */
async function* tableOf(
  { store, entries }: { readonly store: BaselineStore; readonly entries: readonly StoredEntry[] },
  { ports, terminal }: Pick<World, "ports" | "terminal">,
): AsyncGenerator<readonly (readonly Cell[])[], void, void> {
  const head = (await ports.git.root()) === null ? null : await ports.git.revision("HEAD");
  const ancestors = head === null ? [] : await ports.git.ancestors(head.sha, WHOLE);
  const sorted = describeEntries(entries, ancestors);
  for (let from = 0; from < sorted.length; from += AT_ONCE) {
    const { recordings, warnings } = await store.load(sorted.slice(from, from + AT_ONCE));
    yield recordings.flatMap(rowsOf);
    for (const each of warnings)
      if (each.code === "unreadable-baseline") terminal.err(`left out: ${each.entry}: ${each.reason}`);
  }
}

async function* csvBytes(pieces: AsyncIterable<readonly (readonly Cell[])[]>): AsyncGenerator<Uint8Array, void, void> {
  const encoder = new TextEncoder();
  yield encoder.encode(`${CSV_HEAD}\n`);
  for await (const rows of pieces) yield encoder.encode(rows.map((row) => `${csvLine(row)}\n`).join(""));
}
