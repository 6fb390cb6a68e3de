import { Inflate, deflate as zlibDeflate } from "pako";

/**
 * The most that compressed data may inflate to, in bytes, because a small text can ask for a thousand times its size. The largest histogram that the
 * format knows has 48 MiB: V1 with five digits over 64 bits and eight bytes for each bucket.
 */
const MOST_INFLATED = 64 * 2 ** 20;

/**
 * What zlib data (RFC 1950) holds; null where it is not whole and sound, its checksum included. Throws an `Error` in a few words where it would inflate
 * to more than `MOST_INFLATED`, before that is in memory. `onPart` is told the size of each part, and may throw to end it.
 *
 * Note: fflate is smaller, but reads past a wrong checksum, and tells neither where the data end nor how much a piece of them will inflate to.
 */
export function inflate(bytes: Uint8Array, onPart?: (size: number) => void): Uint8Array | null {
  const parts: Uint8Array[] = [];
  let size = 0;
  const inflater = new Inflate({ windowBits: 15 });
  inflater.onData = (part) => {
    size += part.length;
    onPart?.(part.length);
    if (size > MOST_INFLATED) throw new Error(`inflates to more than ${MOST_INFLATED / 2 ** 20} MiB`);
    parts.push(part);
  };
  if (!inflater.push(bytes, true) || !inflater.ended) return null;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes as zlib data. `legacyHash` is what gives the bytes of zlib itself, so that an equal histogram is written equally by every version of Benchgate. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return zlibDeflate(bytes, { legacyHash: true });
}
