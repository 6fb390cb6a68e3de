import { GateError } from "../../model/error.ts";
import type { GitCommand } from "./command.ts";

/** What a commit has under a path. */
export interface TreeEntry {
  readonly oid: string;
  /** Whether it is a plain file: no link, no program, no submodule. */
  readonly plain: boolean;
}

/** What is in place of a text that could not be read, and why. */
export interface Unreadable {
  readonly unreadable: string;
}

/** The largest file that is read, in bytes. */
const LARGEST = 128 * 2 ** 20;

/** The entries of a commit by path: files, links and submodules. Reads trees only. */
export async function entriesAt(git: GitCommand, commit: string): Promise<ReadonlyMap<string, TreeEntry>> {
  const output = await git.output(["ls-tree", "-r", "-z", "--full-tree", commit]);
  const entries = new Map<string, TreeEntry>();
  for (const row of output.toString("utf8").split("\0")) {
    const tab = row.indexOf("\t");
    if (tab < 0) continue;
    const [mode, , oid = ""] = row.slice(0, tab).split(" ");
    entries.set(row.slice(tab + 1), { oid, plain: mode === "100644" });
  }
  return entries;
}

/**
 * The plain files under `paths`, in order; in place of one that is none, what there is. Throws `GateError` for a path that is not in the
 * commit.
 */
export function pick(
  entries: ReadonlyMap<string, TreeEntry>,
  commit: string,
  paths: readonly string[],
): readonly (string | Unreadable)[] {
  return paths.map((path) => {
    const entry = entries.get(path);
    if (entry === undefined) {
      throw new GateError(`commit ${commit} has no file ${path}`, "List its files again", {}, "measure");
    }
    return entry.plain ? entry.oid : { unreadable: "it is a link, a program or a submodule, not a plain file" };
  });
}

/**
 * The text of each object, in order, by one process; in place of one that is not here, or too large, why. Counts bytes, so content of any
 * kind comes through.
 */
export async function contents(
  git: GitCommand,
  oids: readonly (string | Unreadable)[],
): Promise<readonly (string | Unreadable)[]> {
  const wanted = [...new Set(oids.filter((oid) => typeof oid === "string"))];
  const texts = new Map<string, string | Unreadable>();
  const readable: string[] = [];
  for (const [index, row] of (await batch(git, "--batch-check", wanted)).toString("utf8").split("\n").entries()) {
    const oid = wanted[index];
    if (oid === undefined) break;
    const [, type, size] = row.split(" ");
    if (type !== "blob") texts.set(oid, { unreadable: "its contents are not to be had" });
    else if (Number(size) > LARGEST) texts.set(oid, { unreadable: `it is larger than ${LARGEST / 2 ** 20} MiB` });
    else readable.push(oid);
  }
  const output = await batch(git, "--batch", readable);
  let at = 0;
  for (const oid of readable) {
    const end = output.indexOf(0x0a, at);
    const size = Number(output.toString("utf8", at, end).split(" ")[2]);
    at = end + 1 + size + 1;
    texts.set(oid, output.toString("utf8", end + 1, at - 1));
  }
  return oids.map((oid) => (typeof oid === "string" ? texts.get(oid)! : oid));
}

async function batch(git: GitCommand, how: "--batch" | "--batch-check", oids: readonly string[]): Promise<Buffer> {
  if (oids.length === 0) return Buffer.alloc(0);
  return git.output(["cat-file", how], { input: `${oids.join("\n")}\n` });
}
