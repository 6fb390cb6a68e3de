import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { devNull } from "node:os";
import { dirname, join } from "node:path";
import { glob } from "tinyglobby";
import { GateError } from "../model/error.ts";
import type { Files } from "../ports/index.ts";
import { chunksOf } from "./chunks.ts";
import { encodingOf } from "./encoding.ts";
import { listFolder } from "./folder.ts";
import { isGzip, unpacked, unpackedSize } from "./gzip.ts";
import { leadsInto, treeAround } from "./reach.ts";
import {
  NotRegularError,
  openRegular,
  type ReadBounds,
  type RegularFile,
  readRegular,
  UnboundedError,
} from "./regular-file.ts";
import { replaceFile } from "./replace-file.ts";
import { makeTemporaryFolder, temporaryPlaces } from "./temporary-folders.ts";

/** No file in gzip is smaller, in bytes: its header and its trailer. */
const LEAST_GZIP = 18;

/** What is read of a file as one text, and piece by piece. */
const TEXT: ReadBounds = { bytes: 2 ** 29, seconds: 60 };
const PIECES: ReadBounds = { bytes: 2 ** 34, seconds: 300 };

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
 * The port to files. Errors are `GateError`s that name the file. Only regular files are read, so far and so long; files are written under
 * a new name and moved. `remove` removes one file and never a folder; to remove none is no error. Temporary folders are made in the first of
 * `temporary` where one can be made and written to, and are removed when the program exits. The working tree is the one around `cwd`.
 */
export function createFiles(temporary: readonly string[] = temporaryPlaces(), cwd: string = process.cwd()): Files {
  const within = [treeAround(cwd), ...temporary];
  return {
    readText: (path) => named(path, () => text(path)),
    write: (path, content) =>
      named(path, async () => {
        await makeFolder(dirname(path));
        await replaceFile(path, content);
      }),
    readTextIfAny: (path) => named(path, () => ifAny(() => text(path))),
    readPipe: (path) =>
      named(path, () =>
        ifAny(async () => {
          const status = await stat(path);
          return status.isFile() || status.isDirectory() ? null : decoded(await readFile(path));
        }),
      ),
    open: (path) =>
      named(path, () =>
        ifAny(async () => {
          const opened = await openRegular(path);
          const size = await sizeOf(opened).finally(() => opened.handle.close());
          return { size, chunks: () => chunksOf(path, PIECES, (step) => named(path, step)) };
        }),
      ),
    listFolder: (path, patterns) => named(path, () => listFolder(path, patterns)),
    isOutside: async (path) => !(await leadsInto(path, within)),
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
    temporaryFolder: async () => {
      let first: unknown;
      for (const place of temporary) {
        try {
          return await named(place, () => usableFolder(place));
        } catch (error) {
          first ??= error;
        }
      }
      throw first;
    },
  };
}

/** A new temporary folder in which a file can be made: a full disk may still have room for a folder. */
async function usableFolder(place: string): Promise<string> {
  await makeFolder(place);
  const folder = await makeTemporaryFolder(place);
  const probe = join(folder, "probe");
  await writeFile(probe, "x".repeat(4096));
  await rm(probe);
  return folder;
}

async function text(path: string): Promise<string> {
  return path === devNull ? "" : decoded(await readRegular(path, TEXT));
}

/** Null where there is no such file. */
async function ifAny<T>(step: () => Promise<T>): Promise<T | null> {
  try {
    return await step();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/**
 * Text in UTF-8, or in UTF-16 where a byte order mark says so, unpacked where it is in gzip; the mark is not part of the text. No text begins with a zero:
 * what does is binary, and kept whole, a character for a byte.
 */
async function decoded(bytes: Uint8Array): Promise<string> {
  const plain = await unpacked(bytes);
  if (plain[0] === 0) return Buffer.from(plain).toString("latin1");
  return new TextDecoder(encodingOf(plain)).decode(plain);
}

/** The size of an open file's text in bytes; of one in gzip what it unpacks to. */
async function sizeOf({ handle, size }: RegularFile): Promise<number> {
  if (size < LEAST_GZIP) return size;
  const [mark, trailer] = [new Uint8Array(3), new Uint8Array(4)];
  await handle.read(mark, 0, mark.length, 0);
  if (!isGzip(mark)) return size;
  await handle.read(trailer, 0, trailer.length, size - trailer.length);
  return Math.max(size, unpackedSize(trailer));
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
    if (error instanceof NotRegularError) {
      const remedy = error.what === "a folder" ? "Name a file" : "Have an ordinary file written there";
      throw new GateError(`this is ${error.what}${error.what === "a folder" ? "" : ", not a file"}`, remedy, { file });
    }
    if (error instanceof UnboundedError) {
      throw new GateError(`the file cannot be read: ${error.what}`, "Have the tool write less, or a summary", { file });
    }
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof GateError) throw error.at({ file });
    if (code === undefined) throw error;
    const [problem, remedy] = REMEDIES[code] ?? [`the file cannot be used (${message})`, "Check the path"];
    throw new GateError(problem, remedy, { file });
  }
}
