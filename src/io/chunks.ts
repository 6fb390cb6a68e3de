import { type FileHandle, open } from "node:fs/promises";
import { encodingOf } from "./encoding.ts";
import { unpackedPieces } from "./gzip.ts";

/** How much is read at once, in bytes. */
const PIECE = 2 ** 21;

/**
 * The text of a file in UTF-8, in pieces; one in gzip is unpacked and one in UTF-16 made UTF-8 on the way. The next piece is read while one is used, and the memory of the one
 * before is used again: a file of any size takes no more than two. `named` gives an error the file's name.
 */
export async function* chunksOf(
  path: string,
  named: <T>(step: () => Promise<T>) => Promise<T>,
): AsyncGenerator<Uint8Array, void, void> {
  const handle = await named(() => open(path));
  try {
    let decoder: InstanceType<typeof TextDecoder> | null = null;
    let isFirst = true;
    for await (const piece of unpackedPieces(piecesOf(handle, named))) {
      if (isFirst && encodingOf(piece) !== "utf-8") decoder = new TextDecoder(encodingOf(piece));
      isFirst = false;
      yield decoder === null ? piece : new TextEncoder().encode(decoder.decode(piece, { stream: true }));
    }
    if (decoder !== null) yield new TextEncoder().encode(decoder.decode());
  } finally {
    await handle.close();
  }
}

async function* piecesOf(
  handle: FileHandle,
  named: <T>(step: () => Promise<T>) => Promise<T>,
): AsyncGenerator<Uint8Array, void, void> {
  let [current, other] = [Buffer.alloc(PIECE), Buffer.alloc(PIECE)];
  let pending = handle.read(current, 0, PIECE);
  try {
    for (;;) {
      const { bytesRead } = await named(() => pending);
      if (bytesRead === 0) return;
      const piece = current.subarray(0, bytesRead);
      [current, other] = [other, current];
      pending = handle.read(current, 0, PIECE);
      yield piece;
    }
  } finally {
    // Nothing may write into the memory, or use the file, once this is over.
    await pending.catch(() => null);
  }
}
