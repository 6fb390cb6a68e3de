import type { FileHandle } from "node:fs/promises";
import { encodingOf } from "./encoding.ts";
import { unpackedPieces } from "./gzip.ts";
import { type Deadline, deadlineIn, openRegular, type ReadBounds, release, tooLarge } from "./regular-file.ts";

/** How much is read at once, in bytes. */
const PIECE = 2 ** 21;

/**
 * The text of a regular file in UTF-8, in pieces; one in gzip is unpacked and one in UTF-16 made UTF-8 on the way. The next piece is read while one is
 * used, and the memory of the one before is used again: a file of any size takes no more than two. `named` gives an error the file's name. Only the
 * time that reading takes counts.
 */
export async function* chunksOf(
  path: string,
  bounds: ReadBounds,
  named: <T>(step: () => Promise<T>) => Promise<T>,
): AsyncGenerator<Uint8Array, void, void> {
  const { handle } = await named(() => openRegular(path));
  const pieces = asUtf8(unpackedPieces(piecesOf(handle, bounds, named)));
  try {
    for (;;) {
      const { value, done } = await named(() => pieces.next());
      if (done === true) return;
      yield value;
    }
  } finally {
    await pieces.return();
    await release(handle);
  }
}

/** The same text in UTF-8, where a byte order mark says that it is in UTF-16. */
export async function* asUtf8(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let isFirst = true;
  for await (const piece of pieces) {
    if (isFirst && encodingOf(piece) !== "utf-8") decoder = new TextDecoder(encodingOf(piece));
    isFirst = false;
    yield decoder === null ? piece : new TextEncoder().encode(decoder.decode(piece, { stream: true }));
  }
  if (decoder !== null) yield new TextEncoder().encode(decoder.decode());
}

async function* piecesOf(
  handle: FileHandle,
  { bytes, seconds }: ReadBounds,
  named: <T>(step: () => Promise<T>) => Promise<T>,
): AsyncGenerator<Uint8Array, void, void> {
  let [current, other] = [Buffer.alloc(PIECE), Buffer.alloc(PIECE)];
  let pending = handle.read(current, 0, PIECE);
  let left = seconds;
  let total = 0;
  /** Waits for the piece that is being read, no longer than there is time left. */
  const next = async (): Promise<number> => {
    const started = performance.now();
    const deadline: Deadline = deadlineIn(left);
    try {
      return (await deadline.within(pending)).bytesRead;
    } finally {
      deadline.clear();
      left = Math.max(0, left - (performance.now() - started) / 1000);
    }
  };
  try {
    for (;;) {
      const bytesRead = await named(next);
      if (bytesRead === 0) return;
      total += bytesRead;
      if (total > bytes) {
        await named(() => Promise.reject(tooLarge(bytes)));
      }
      const piece = current.subarray(0, bytesRead);
      [current, other] = [other, current];
      pending = handle.read(current, 0, PIECE);
      yield piece;
    }
  } finally {
    // Nothing may write into the memory, or use the file, once this is over; a read that never ends keeps its memory.
    const deadline = deadlineIn(1);
    await deadline.within(pending).catch(() => null);
    deadline.clear();
  }
}
