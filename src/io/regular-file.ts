import { constants, type Stats } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";

/** A file that is none: reading it may never end, or take from somebody else. `what` it is, for people. */
export class NotRegularError extends Error {
  readonly what: string;

  constructor(what: string) {
    super(what);
    this.name = "NotRegularError";
    this.what = what;
  }
}

/** A file that is larger, or takes longer to read, than it may. `what` is exceeded, for people. */
export class UnboundedError extends Error {
  readonly what: string;

  constructor(what: string) {
    super(what);
    this.name = "UnboundedError";
    this.what = what;
  }
}

/** How much of a file is read, in bytes, and for how long, in seconds. */
export interface ReadBounds {
  readonly bytes: number;
  readonly seconds: number;
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
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(
    async (error: NodeJS.ErrnoException) => {
      // A socket, or a device that is not there.
      throw error.code === "ENXIO" ? new NotRegularError(kindOf(await stat(path))) : error;
    },
  );
  try {
    const stats = await handle.stat();
    regularOnly(stats);
    return { handle, size: stats.size };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Throws `NotRegularError` for what is no ordinary file. */
export function regularOnly(stats: Stats): void {
  if (!stats.isFile()) throw new NotRegularError(kindOf(stats));
}

/** The bytes of a regular file. Throws as `openRegular` does, and `UnboundedError` past the bounds. */
export async function readRegular(path: string, { bytes, seconds }: ReadBounds): Promise<Buffer> {
  const { handle, size } = await openRegular(path);
  const deadline = deadlineIn(seconds);
  try {
    // What a file says of its size is no promise: some have none, and one may grow while it is read.
    const pieces: Buffer[] = [];
    let total = 0;
    if (size > bytes) throw tooLarge(bytes);
    for (let want = size + 1; ; want = 2 ** 16) {
      const { buffer, bytesRead } = await deadline.within(handle.read(Buffer.alloc(want), 0, want, null));
      if (bytesRead === 0) return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
      total += bytesRead;
      if (total > bytes) throw tooLarge(bytes);
      pieces.push(buffer.subarray(0, bytesRead));
    }
  } finally {
    deadline.clear();
    await release(handle);
  }
}

/** Closes a file; not waited for where a read that never ends still holds it. */
export async function release(handle: FileHandle): Promise<void> {
  const deadline = deadlineIn(1);
  await deadline.within(handle.close()).catch(() => {});
  deadline.clear();
}

/** The text of a small regular file (1 MiB at most); null where there is none. */
export async function readSmall(path: string): Promise<string | null> {
  return readRegular(path, { bytes: 2 ** 20, seconds: 10 }).then(
    (bytes) => bytes.toString("utf8"),
    () => null,
  );
}

/** A moment after which reading is over, whatever the system still waits for. */
export interface Deadline {
  /** The result of a step; throws `UnboundedError` once the moment has come. */
  within<T>(step: Promise<T>): Promise<T>;
  clear(): void;
}

/** The moment that is so many seconds away. */
export function deadlineIn(seconds: number): Deadline {
  let over: (error: UnboundedError) => void = () => {};
  const end = new Promise<never>((_, reject) => {
    over = reject;
  });
  end.catch(() => {});
  const timer = setTimeout(() => over(new UnboundedError(`it takes longer than ${seconds} s to read`)), seconds * 1000);
  return { within: (step) => Promise.race([step, end]), clear: () => clearTimeout(timer) };
}

/** The error for a file of more bytes than that. */
export function tooLarge(bytes: number): UnboundedError {
  return new UnboundedError(`it is larger than ${bytes / 2 ** 20} MiB`);
}

/** What a file is that is no regular one. */
function kindOf(stats: Pick<Stats, "isDirectory" | "isFIFO" | "isSocket" | "isCharacterDevice">): string {
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a named pipe";
  if (stats.isSocket()) return "a socket";
  return stats.isCharacterDevice() ? "a device" : "a disk";
}
