import { describeEntries } from "../baseline/describe.ts";
import { encodeRecording } from "../codec/recording.ts";
import type { Flags } from "../io/argv.ts";
import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import type { CliCommand, World } from "./command.ts";
import { openStore, STORE_FLAGS, storeOf } from "./stores.ts";

/** How far back the ancestry is looked at. */
const DEPTH = 1000;

/** What is stored. */
export const baseline: CliCommand = {
  name: "baseline",
  usage: "list | show ENTRY",
  summary: "what is stored: all entries, or one recording by its path or commit",
  flags: STORE_FLAGS,
  operands: 2,
  async run(flags, world) {
    const [action = "list", ...rest] = flags.positionals;
    const does = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    if (does === undefined) {
      const near = nearest(action, Object.keys(ACTIONS));
      throw new GateError(
        `baseline cannot ${action}`,
        near === null ? "It can list and show." : `Did you mean ${near}?`,
      );
    }
    return does(flags, rest, world);
  },
};

const ACTIONS: Readonly<Record<string, (flags: Flags, rest: readonly string[], world: World) => Promise<number>>> = {
  async list(flags, _, { ports, terminal }) {
    const store = openStore(ports, storeOf(flags));
    const entries = await store.list();
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
  async show(flags, [wanted], { ports, terminal }) {
    if (wanted === undefined)
      throw new GateError(
        "baseline show needs an entry",
        "Name its path or its commit: `benchgate baseline list` prints them.",
      );
    const store = openStore(ports, storeOf(flags));
    const found = (await store.list()).filter(({ path, sha }) => path === wanted || sha.startsWith(wanted));
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
