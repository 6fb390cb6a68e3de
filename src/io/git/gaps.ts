import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { GitCommand } from "./command.ts";

/** What stands in a file that git-lfs has not fetched (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). */
const POINTER = "version https://git-lfs.github.com/spec/";

/** What a commit names and a tree of it lacks, by path: submodules that are not there, and LFS files of which only the pointer is. */
export async function gapsOf(git: GitCommand, tree: string): Promise<ReadonlySet<string>> {
  const [modules, pointers] = await Promise.all([submodules(git, tree), lfsFiles(git, tree)]);
  const lacking = modules.filter((path) => !existsSync(join(tree, path, ".git")));
  for (const path of pointers) if (await isPointer(join(tree, path))) lacking.push(path);
  return new Set(lacking);
}

/** The submodules of a tree, by path. */
export async function submodules(git: GitCommand, tree: string): Promise<string[]> {
  const rows = await listed(git, tree, ["--stage"]);
  return rows.flatMap((row) => (row.startsWith("160000 ") ? [row.slice(row.indexOf("\t") + 1)] : []));
}

/** Whether files of a tree were left as pointers on purpose, or for want of git-lfs. */
export async function hasPointers(git: GitCommand, tree: string): Promise<boolean> {
  for (const path of await lfsFiles(git, tree)) if (await isPointer(join(tree, path))) return true;
  return false;
}

function lfsFiles(git: GitCommand, tree: string): Promise<string[]> {
  return listed(git, tree, ["--", ":(top,attr:filter=lfs)"]);
}

async function listed(git: GitCommand, tree: string, args: readonly string[]): Promise<string[]> {
  const output = await git.output(["-C", tree, "ls-files", "-z", ...args]);
  return output.toString("utf8").split("\0").filter(Boolean);
}

async function isPointer(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(POINTER.length), 0, POINTER.length, 0);
      return buffer.toString("latin1", 0, bytesRead) === POINTER;
    } finally {
      await file.close();
    }
  } catch {
    // A file that cannot be read here is no pointer that could be read.
    return false;
  }
}
