import { lstat, stat } from "node:fs/promises";
import { join } from "node:path";
import { glob } from "tinyglobby";
import { GateError } from "../model/error.ts";
import type { FolderFile } from "../ports/index.ts";

/** The most files that a folder of results may hold. */
const MOST_FILES = 20_000;

/** The files of a folder that fit the patterns, as `Files.listFolder` has it. */
export async function listFolder(folder: string, patterns: readonly string[]): Promise<readonly FolderFile[] | null> {
  if (!(await isFolder(folder))) return null;
  const paths = await glob([...patterns], {
    cwd: folder,
    onlyFiles: true,
    dot: true,
    followSymbolicLinks: false,
    expandDirectories: false,
  });
  if (paths.length > MOST_FILES) {
    const problem = `the folder holds ${paths.length} files of results, more than ${MOST_FILES}`;
    throw new GateError(problem, "Let the tool write into a folder of its own", { file: folder });
  }
  const files: FolderFile[] = [];
  for (const path of paths.sort()) {
    const { size, ino, mtimeNs, ctimeNs, isFile } = await about(join(folder, path));
    if (isFile) files.push({ path, size, stamp: `${ino} ${size} ${mtimeNs} ${ctimeNs}` });
  }
  return files;
}

async function about(path: string) {
  const found = await lstat(path, { bigint: true });
  const { ino, mtimeNs, ctimeNs } = found;
  return { size: Number(found.size), ino, mtimeNs, ctimeNs, isFile: found.isFile() };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}
