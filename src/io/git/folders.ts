import { GateError } from "../../model/error.ts";
import { largest } from "../../model/extremes.ts";
import { inPieces } from "../../model/pieces.ts";
import type { GitCommand } from "./command.ts";

/** What a folder has under a name, in git's own words. */
interface Row {
  readonly mode: string;
  readonly type: string;
  readonly oid: string;
}

/** What is right in a folder, by name. What is added to it is written with it. */
export type Folder = Map<string, Row>;

/** Folders by their paths: "" is the root, any other ends with `/`. */
export type Folders = ReadonlyMap<string, Folder>;

/** How many folders are asked for at once: a command line is only so long. */
const AT_ONCE = 100;

/** Names that git itself puts into no folder, and those that are no text: a folder that has one is not written anew. */
const UNSOUND = /^\.{1,2}$|^\.git$|\uFFFD/i;

/** The folder that a path is in. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/", path.length - 2) + 1);
}

/** Folders of a commit, null: of nothing, and those around them; one that is not there is empty. Reads the trees of these alone. */
export async function foldersAt(git: GitCommand, commit: string | null, wanted: readonly string[]): Promise<Folders> {
  const folders = new Map<string, Folder>([["", new Map()]]);
  for (let folder of wanted) for (; !folders.has(folder); folder = folderOf(folder)) folders.set(folder, new Map());
  if (commit === null) return folders;
  const listing = ["--literal-pathspecs", "ls-tree", "-z", "--full-tree", commit];
  const below = [...folders.keys()].filter((folder) => folder !== "");
  for (const which of [[], ...inPieces(below, AT_ONCE)]) {
    const output = await git.output([...listing, ...(which.length === 0 ? [] : ["-t", "--", ...which])]);
    for (const line of output.toString("utf8").split("\0")) {
      const tab = line.indexOf("\t");
      if (tab < 0) continue;
      const [path, [mode = "", type = "", oid = ""]] = [line.slice(tab + 1), line.slice(0, tab).split(" ")];
      folders.get(folderOf(path))?.set(path.slice(folderOf(path).length), { mode, type, oid });
    }
  }
  return folders;
}

/** The paths of what is right in folders of a commit; those of folders end with `/`. */
export async function pathsIn(git: GitCommand, commit: string, wanted: readonly string[]): Promise<readonly string[]> {
  const folders = await foldersAt(git, commit, wanted);
  return wanted.flatMap((folder) =>
    [...(folders.get(folder) ?? [])].map(([name, { type }]) => `${folder}${name}${type === "tree" ? "/" : ""}`),
  );
}

/** Writes folders, and what they are in: the name of the root's tree. Folders that are not among them stay as they are. */
export async function treeOf(git: GitCommand, folders: Folders): Promise<string> {
  for (let depth = largest([...folders.keys()].map(depthOf)); depth > 0; depth--) {
    const level = [...folders].filter(([folder, rows]) => depthOf(folder) === depth && rows.size > 0);
    const oids = await write(git, level);
    for (const [index, [folder]] of level.entries()) {
      const [above, name] = [folders.get(folderOf(folder))!, folder.slice(folderOf(folder).length, -1)];
      const there = above.get(name);
      if (there !== undefined && there.type !== "tree") {
        throw new GateError(`${folder.slice(0, -1)} is not a folder`, "Remove it from where the recordings are");
      }
      above.set(name, { mode: "040000", type: "tree", oid: oids[index]! });
    }
  }
  return (await write(git, [["", folders.get("")!]]))[0]!;
}

function depthOf(folder: string): number {
  return folder.split("/").length - 1;
}

/** Writes trees, by one process; their names. */
async function write(
  git: GitCommand,
  level: readonly (readonly [folder: string, rows: Folder])[],
): Promise<readonly string[]> {
  const input = level.map(([folder, rows]) => {
    const unsound = [...rows.keys()].find((name) => UNSOUND.test(name));
    if (unsound === undefined) {
      return [...rows].map(([name, { mode, type, oid }]) => `${mode} ${type} ${oid}\t${name}\0`).join("");
    }
    throw new GateError(
      `${JSON.stringify(folder + unsound)} cannot be the name of a file`,
      "Remove it from where the recordings are",
    );
  });
  // The other files' contents are not here, and need not be.
  return (await git.text(["mktree", "-z", "--missing", "--batch"], { input: input.join("\0") })).split("\n");
}
