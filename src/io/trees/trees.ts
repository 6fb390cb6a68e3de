import { closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync } from "node:fs";
import { realpath } from "node:fs/promises";
import type { TreeEntry, Trees } from "../../ports/index.ts";
import { ageAll } from "./age.ts";
import { waysOf } from "./ways.ts";

/** The most that trees are compared for: entries of one, and bytes of one that are read. */
const MOST = { entries: 300_000, bytes: 2 ** 31 } as const;

/** How much is read at a time, in bytes. */
const PIECE = 2 ** 20;

/**
 * The port to trees. Files are looked at in the foreground: nothing else is to be done meanwhile, and a queue for tens of thousands of small files takes
 * longer than they do.
 */
export function createTrees(): Trees {
  return {
    real: (folder) => realpath(folder),
    walk: async (folder) => {
      const found = new Map<string, TreeEntry>();
      try {
        return walk(folder, "", found) ? found : null;
      } catch {
        return null;
      }
    },
    look: async (folder, paths) => {
      const found = new Map<string, TreeEntry>();
      for (const path of paths) {
        const entry = entryAt(`${folder}/${path}`);
        if (entry !== null) found.set(path, entry);
      }
      return found;
    },
    unequal: async (one, other, paths) => {
      let bytes = 0;
      const buffers = [Buffer.alloc(PIECE), Buffer.alloc(PIECE)] as const;
      const found: string[] = [];
      for (const path of paths) {
        const read = compare(`${one}/${path}`, `${other}/${path}`, buffers);
        bytes += Math.abs(read);
        if (bytes > MOST.bytes) return null;
        if (read < 0) found.push(path);
      }
      return found;
    },
    age: async (paths) => ageAll(paths),
    ways: async (paths) => waysOf(paths),
  };
}

/** False where there is more than is compared. */
function walk(root: string, folder: string, found: Map<string, TreeEntry>): boolean {
  for (const entry of readdirSync(`${root}/${folder}`, { withFileTypes: true })) {
    if (found.size >= MOST.entries) return false;
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    const here = entryAt(`${root}/${path}`);
    // It has gone meanwhile.
    if (here === null) continue;
    found.set(path, here);
    if (here.kind === "folder" && entry.name !== ".git" && !walk(root, path, found)) return false;
  }
  return true;
}

/** What is at a path; null where nothing is. What the system does not tell of, such as a name that it cannot have, is of no known kind. */
function entryAt(path: string): TreeEntry | null {
  const unknown = { kind: "other", size: 0, runs: false, to: "", links: 0, written: 0, inode: 0 } as const;
  try {
    const status = lstatSync(path, { throwIfNoEntry: false });
    if (status === undefined) return null;
    const { nlink: links, mtimeMs: written, ino: inode } = status;
    const plain = { ...unknown, links, written, inode };
    if (status.isDirectory()) return { ...plain, kind: "folder" };
    if (status.isSymbolicLink()) return { ...plain, kind: "link", to: readlinkSync(path) };
    if (!status.isFile()) return plain;
    return { ...plain, kind: "file", size: status.size, runs: (status.mode & 0o111) !== 0 };
  } catch (error) {
    // Below a file there is nothing, which `throwIfNoEntry` does not cover.
    return (error as NodeJS.ErrnoException).code === "ENOTDIR" ? null : unknown;
  }
}

/** How many bytes two files were found to have in common; below 0 (by at least one) where they differ, or cannot be read. A link has where it leads. */
function compare(one: string, other: string, [mine, yours]: readonly [Buffer, Buffer]): number {
  const open: number[] = [];
  let bytes = 0;
  try {
    const [a, b] = [lstatSync(one, { bigint: true }), lstatSync(other, { bigint: true })];
    // Package managers link the same file into both.
    if (a.dev === b.dev && a.ino === b.ino) return 0;
    if (a.isSymbolicLink() && b.isSymbolicLink()) return readlinkSync(one) === readlinkSync(other) ? 0 : -1;
    // To open a pipe may never end.
    if (!a.isFile() || !b.isFile() || a.size !== b.size) return -1;
    for (const file of [one, other]) open.push(openSync(file, "r"));
    for (;;) {
      const read = readSync(open[0]!, mine);
      if (readSync(open[1]!, yours) !== read) return -1 - bytes;
      if (read === 0) return bytes;
      bytes += read;
      if (mine.compare(yours, 0, read, 0, read) !== 0) return -bytes;
    }
  } catch {
    return -1 - bytes;
  } finally {
    for (const descriptor of open) closeSync(descriptor);
  }
}
