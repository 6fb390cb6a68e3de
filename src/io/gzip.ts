import { pipeline, Readable } from "node:stream";
import { promisify } from "node:util";
import { createGunzip, gunzip } from "node:zlib";
import { GateError } from "../model/error.ts";

/** The most that a file at hand as text may unpack to, which is about the longest text that there can be; and one that is read piece by piece, in bytes. */
const MOST_AT_ONCE = 512 * 2 ** 20;
const MOST_IN_PIECES = 16 * 2 ** 30;

const unpack = promisify(gunzip);

/** Whether a file that begins with these bytes is in gzip (RFC 1952: two bytes that mark it, and deflate as the method). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/** The bytes of a file, unpacked where it is in gzip. Throws a `GateError` where that is damaged, cut short, or unpacks to more than can be read. */
export async function unpacked(bytes: Uint8Array, most: number = MOST_AT_ONCE): Promise<Uint8Array> {
  if (!isGzip(bytes)) return bytes;
  return orGateError(() => unpack(bytes, { maxOutputLength: most }), most);
}

/** The same piece by piece, in constant memory. A piece that is given is not used any more once the next one is asked for. */
export async function* unpackedPieces(
  pieces: AsyncGenerator<Uint8Array, void, void>,
  most: number = MOST_IN_PIECES,
): AsyncGenerator<Uint8Array, void, void> {
  const { value: first } = await pieces.next();
  if (first === undefined) return;
  if (!isGzip(first)) {
    // Whoever stops reading early lets go of what is read from: an open pipe would hold the program.
    try {
      yield first;
      yield* pieces;
    } finally {
      await pieces.return();
    }
    return;
  }
  const unpacking = createGunzip();
  pipeline(Readable.from(copies(first, pieces)), unpacking, () => undefined);
  const parts = unpacking[Symbol.asyncIterator]();
  try {
    for (let size = 0; ; ) {
      const { value: part, done } = await orGateError(() => parts.next(), most);
      if (done === true) return;
      size += part.length;
      if (size > most) throw tooLarge(most);
      yield part;
    }
  } finally {
    await parts.return?.();
  }
}

/** How large a file in gzip unpacks to by its last four bytes; of several that were joined it is the last one's alone. */
export function unpackedSize(trailer: Uint8Array): number {
  return new DataView(trailer.buffer, trailer.byteOffset, trailer.byteLength).getUint32(trailer.byteLength - 4, true);
}

async function* copies(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void, void>,
): AsyncGenerator<Uint8Array, void, void> {
  yield first.slice();
  for await (const piece of rest) yield piece.slice();
}

async function orGateError<T>(step: () => Promise<T>, most: number): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(most);
    if (code === "Z_BUF_ERROR")
      throw new GateError("this gzip file is cut short", "Let the tool that wrote it end by itself");
    if (code.startsWith("Z_"))
      throw new GateError("this gzip file is damaged", "Try `gunzip` on it, and write it again");
    throw error;
  }
}

function tooLarge(most: number): GateError {
  const problem = `this gzip file unpacks to more than ${most / 2 ** 20} MiB`;
  return new GateError(problem, "Have the tool write less, or a summary");
}
