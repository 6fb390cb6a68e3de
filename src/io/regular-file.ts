import { constants, type Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/** A file that is none: reading it may never end, or take from somebody else. `what` it is, for people. */
export class NotRegularError extends Error {
  readonly what: string;

  constructor(what: string) {
    super(what);
    this.name = "NotRegularError";
    this.what = what;
  }
}

/** An open file of an ordinary kind. */
export interface RegularFile {
  readonly handle: FileHandle;
  /** In bytes, when it was opened. */
  readonly size: number;
}

/**
 * Opens a regular file to be read. A FIFO without a writer would hold an ordinary `open` for good, so it does not wait; and it looks at
 * what it has opened, not at what had that name before. Throws `NotRegularError`, or what the system says.
 */
export async function openRegular(path: string): Promise<RegularFile> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENXIO" ? new NotRegularError("a socket") : error;
  });
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new NotRegularError(kindOf(stats));
    return { handle, size: stats.size };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The text of a small regular file (1 MiB at most); null where there is none. */
export async function readSmall(path: string): Promise<string | null> {
  try {
    const { handle, size } = await openRegular(path);
    try {
      const buffer = Buffer.alloc(Math.min(size, 2 ** 20));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
      return size > buffer.length ? null : buffer.toString("utf8", 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}

/** What a file is that is no regular one. */
export function kindOf(stats: Pick<Stats, "isDirectory" | "isFIFO" | "isSocket" | "isCharacterDevice">): string {
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a named pipe";
  if (stats.isSocket()) return "a socket";
  return stats.isCharacterDevice() ? "a device" : "a disk";
}
