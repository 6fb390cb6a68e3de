import { copyFile, lstat, mkdir, readlink, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { leadsInto } from "../reach.ts";
import type { GitCommand } from "./command.ts";

/** Paths of one tree that another is to be given, relative to both. */
export interface Overlay {
  /** With everything below them that git tracks or would track: what is ignored is built, not written. */
  readonly folders: readonly string[];
  /** As they are, whatever git says of them. */
  readonly files: readonly string[];
}

/**
 * Makes these files and folders of the tree `to` what they are in the tree `from`: byte for byte, with modes and links, and without
 * what only `to` has there. Nothing outside of `to` is touched: a link that leads out of it gives way to a folder, and what is behind one of `from` is not there.
 */
export async function overlay(
  git: { readonly from: GitCommand; readonly to: GitCommand },
  from: string,
  to: string,
  { folders, files }: Overlay,
): Promise<void> {
  const [here, there] = await Promise.all([written(git.from, from, folders), written(git.to, to, folders)]);
  const wanted = new Set([...here, ...files]);
  for (const path of there) if (!wanted.has(path)) await rm(join(to, path), { recursive: true, force: true });
  const known = new Map<string, boolean>();
  const isInside = async (tree: string, path: string) => {
    const folder = dirname(join(tree, path));
    const found = known.get(folder) ?? (await leadsInto(folder, [tree]));
    known.set(folder, found);
    return found;
  };
  for (const path of wanted) {
    const source = (await isInside(from, path)) ? join(from, path) : null;
    if (!(await isInside(to, path))) {
      if (source === null) continue;
      await rm(await exitOf(to, path));
      known.clear();
    }
    // What is behind a new link may lead elsewhere.
    if (await copy(source, join(to, path))) known.clear();
  }
}

/** The first part of a path that leads out of its tree: a link. */
async function exitOf(tree: string, path: string): Promise<string> {
  let folder = tree;
  for (const name of path.split("/")) {
    folder = join(folder, name);
    if (!(await leadsInto(folder, [tree]))) break;
  }
  return folder;
}

async function written(git: GitCommand, tree: string, folders: readonly string[]): Promise<readonly string[]> {
  if (folders.length === 0) return [];
  const which = ["-z", "--cached", "--others", "--exclude-standard", "--", ...folders];
  const output = await git.output(["-C", tree, "--literal-pathspecs", "ls-files", ...which]);
  return output.toString("utf8").split("\0").filter(Boolean);
}

/**
 * Copies a file or a link, and no pipe, which nobody may write to; what is gone from the working tree (null), and what git does not look into, is not copied.
 * Whether it is a link now.
 */
async function copy(source: string | null, target: string): Promise<boolean> {
  const status = source === null ? null : await lstat(source).catch(() => null);
  await rm(target, { recursive: true, force: true });
  if (source === null || !(status?.isFile() || status?.isSymbolicLink())) return false;
  await mkdir(dirname(target), { recursive: true });
  if (status.isSymbolicLink()) await symlink(await readlink(source), target);
  else await copyFile(source, target);
  return status.isSymbolicLink();
}
