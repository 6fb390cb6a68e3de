import { copyFile, lstat, mkdir, readlink, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
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
 * what only `to` has there.
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
  for (const path of wanted) await copy(join(from, path), join(to, path));
}

async function written(git: GitCommand, tree: string, folders: readonly string[]): Promise<readonly string[]> {
  if (folders.length === 0) return [];
  const which = ["-z", "--cached", "--others", "--exclude-standard", "--", ...folders];
  const output = await git.output(["-C", tree, "--literal-pathspecs", "ls-files", ...which]);
  return output.toString("utf8").split("\0").filter(Boolean);
}

/** Copies a file or a link, and no pipe, which nobody may write to; what is gone from the working tree, and what git does not look into, is not copied. */
async function copy(source: string, target: string): Promise<void> {
  const status = await lstat(source).catch(() => null);
  await rm(target, { recursive: true, force: true });
  if (!status?.isFile() && !status?.isSymbolicLink()) return;
  await mkdir(dirname(target), { recursive: true });
  if (status.isSymbolicLink()) await symlink(await readlink(source), target);
  else await copyFile(source, target);
}
