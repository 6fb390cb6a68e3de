import { constants } from "node:fs";
import { lstat, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { isRunning } from "./temporary-folders.ts";

/** Where a path stands for something that is open already (`/dev/stdout`, `/dev/fd/63`): it is written to, not replaced. */
const SYSTEM = /^\/(?:dev|proc)\//;

/** What the system says where nothing can be made or moved beside a file that can itself be written. */
const FIXED = ["EACCES", "EPERM", "EROFS", "EBUSY", "EXDEV", "ETXTBSY"];

type Content = string | Iterable<string> | AsyncIterable<Uint8Array>;

let writes = 0;

/**
 * Makes a text, or pieces of bytes, the content of a file in one step: it is written under a new name, which then takes the place of whatever had the name, be
 * that a FIFO, a link or a file of somebody else. A reader finds the whole old text or the whole new one.
 */
export async function replaceFile(path: string, text: Content): Promise<void> {
  const target = resolve(path);
  if (process.platform !== "win32" && SYSTEM.test(target)) return writeInPlace(target, text);
  const present = await lstat(target).catch(() => null);
  if (present?.isDirectory()) throw Object.assign(new Error("EISDIR"), { code: "EISDIR" });
  const fresh = join(dirname(target), `.${basename(target)}.${process.pid}-${writes++}.benchgate`);
  // Pieces come once.
  let isThere = true;
  try {
    await removeLeftOvers(target);
    const handle = await open(fresh, "wx", present?.isFile() ? present.mode & 0o777 : 0o666);
    try {
      isThere = typeof text === "string";
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
    await rename(fresh, target);
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => {});
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!present?.isFile() || !FIXED.includes(code) || !isThere) throw error;
    await writeInPlace(target, text);
  }
}

/** Writes into what is there. */
async function writeInPlace(path: string, text: Content): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC;
  const handle = await open(path, flags, 0o666);
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
}

/** Removes what a process that was killed in the middle has left of the same file. */
async function removeLeftOvers(target: string): Promise<void> {
  const [start, end] = [`.${basename(target)}.`, ".benchgate"];
  for (const name of await readdir(dirname(target)).catch(() => [])) {
    if (!name.startsWith(start) || !name.endsWith(end)) continue;
    const pid = /^(\d+)-\d+$/.exec(name.slice(start.length, -end.length))?.[1];
    if (pid !== undefined && !isRunning(Number(pid)))
      await rm(join(dirname(target), name), { force: true }).catch(() => {});
  }
}
