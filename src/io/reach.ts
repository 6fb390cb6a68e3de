import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";

/** The folder of the repository around `cwd`; `cwd` itself where there is none. To be asked before anything of the repository runs. */
export function treeAround(cwd: string): string {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return resolve(cwd);
  }
}

/** Whether a path leads, links followed, to a place in one of the folders. */
export async function leadsInto(path: string, folders: readonly string[]): Promise<boolean> {
  const target = await endOf(resolve(path));
  const ends = await Promise.all(folders.map((folder) => endOf(resolve(folder))));
  return ends.some((end) => target === end || target.startsWith(end.endsWith(sep) ? end : end + sep));
}

/** Where a path leads, as far as something is there. */
async function endOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return dirname(path) === path ? path : join(await endOf(dirname(path)), basename(path));
  }
}
