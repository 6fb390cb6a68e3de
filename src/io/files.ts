import { rmSync } from "node:fs";
import { mkdir, mkdtemp, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { glob } from "tinyglobby";
import { GateError } from "../model/error.ts";
import type { Files } from "../ports/index.ts";
import { chunksOf } from "./chunks.ts";
import { encodingOf } from "./encoding.ts";
import { listFolder } from "./folder.ts";
import { isGzip, unpacked, unpackedSize } from "./gzip.ts";

/** No file in gzip is smaller, in bytes: its header and its trailer. */
const LEAST_GZIP = 18;

/** What a failed operation means, by its code. */
const REMEDIES: Readonly<Record<string, readonly [problem: string, remedy: string]>> = {
  ENOENT: ["there is no such file", "Check the path, which is relative to the folder the command runs in"],
  EEXIST: ["a file is where a folder is needed", "A part of the path is a file, not a folder: check the path"],
  ENOTDIR: ["there is no such file", "A part of the path is a file, not a folder: check the path"],
  EISDIR: ["this is a folder", "Name a file"],
  ERR_FS_EISDIR: ["this is a folder", "Name a file"],
  EACCES: ["permission denied", "Make the file accessible to the user that runs the job"],
  EPERM: ["permission denied", "Make the file accessible to the user that runs the job"],
  ENOSPC: ["the disk is full", "Free some space"],
  ERR_FS_FILE_TOO_LARGE: ["the file is too large to read", "Have the tool write less, or a summary"],
  ERR_STRING_TOO_LONG: ["the file is too large to read", "Have the tool write less, or a summary"],
};

/**
 * The port to files. Errors are `GateError`s that name the file. `remove` removes one file and never a folder; to
 * remove none is no error. Temporary folders are made in `temporary` (default: the system's) and are removed when the
 * program exits.
 */
export function createFiles(temporary: string = tmpdir()): Files {
  const folders: string[] = [];
  return {
    readText: (path) => named(path, async () => decoded(await readFile(path))),
    writeText: (path, text) =>
      named(path, async () => {
        await makeFolder(dirname(path));
        await writeFile(path, text);
      }),
    readTextIfAny: (path) =>
      named(path, async () => {
        try {
          return await decoded(await readFile(path));
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
          throw error;
        }
      }),
    open: (path) =>
      named(path, async () => {
        try {
          return { size: await sizeOf(path), chunks: () => chunksOf(path, (step) => named(path, step)) };
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
          throw error;
        }
      }),
    listFolder: (path, patterns) => named(path, () => listFolder(path, patterns)),
    remove: (path) => named(path, () => rm(path, { force: true })),
    glob: async (patterns, cwd) =>
      (
        await glob([...patterns], {
          cwd,
          ignore: ["**/node_modules/**", "**/.git/**"],
          onlyFiles: true,
          expandDirectories: false,
        })
      ).sort(),
    temporaryFolder: () =>
      named(temporary, async () => {
        await makeFolder(temporary);
        const folder = await mkdtemp(join(temporary, "benchgate-"));
        if (folders.length === 0) process.once("exit", () => removeAll(folders));
        folders.push(folder);
        return folder;
      }),
  };
}

/** Text in UTF-8, or in UTF-16 where a byte order mark says so, unpacked where it is in gzip; the mark is not part of the text. */
async function decoded(bytes: Uint8Array): Promise<string> {
  const plain = await unpacked(bytes);
  return new TextDecoder(encodingOf(plain)).decode(plain);
}

/** The size of a file's text in bytes; of one in gzip what it unpacks to. */
async function sizeOf(path: string): Promise<number> {
  const { size } = await stat(path);
  if (size < LEAST_GZIP) return size;
  const handle = await open(path);
  try {
    const [mark, trailer] = [new Uint8Array(3), new Uint8Array(4)];
    await handle.read(mark, 0, mark.length, 0);
    if (!isGzip(mark)) return size;
    await handle.read(trailer, 0, trailer.length, size - trailer.length);
    return Math.max(size, unpackedSize(trailer));
  } finally {
    await handle.close();
  }
}

/**
 * Makes a folder and those above it; one that is there is fine.
 *
 * Note: Node's own recursive `mkdir` never ends where a file system answers ENOENT below a folder that is there, as /proc does.
 */
async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  try {
    await mkdir(folder);
  } catch (error) {
    if (await isFolder(folder)) return;
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new GateError("no folder can be made here", "Choose a place on an ordinary disk", { file: folder });
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

async function named<T>(file: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof GateError) throw error.at({ file });
    if (code === undefined) throw error;
    const [problem, remedy] = REMEDIES[code] ?? [`the file cannot be used (${message})`, "Check the path"];
    throw new GateError(problem, remedy, { file });
  }
}

function removeAll(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // The program is at its end: a folder that cannot be removed is left to the system's own cleaning.
    }
  }
}
