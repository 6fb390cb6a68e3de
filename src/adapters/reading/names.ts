import { textOf } from "./lines.ts";

/** How many names are remembered: a power of two. */
const PLACES = 4096;

interface Known {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** The texts of short byte strings that come again and again, such as a request's label: decoded once, and then the same string each time. */
export class Names {
  readonly #known: (Known | undefined)[] = new Array(PLACES);

  /** The text of `bytes[start]` up to `bytes[end]`. */
  of(bytes: Uint8Array, start: number, end: number): string {
    let hash = 0;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
    const place = (hash ^ (hash >>> 15)) & (PLACES - 1);
    const known = this.#known[place];
    if (known !== undefined && equal(known.bytes, bytes, start, end)) return known.text;
    const text = textOf(bytes, start, end);
    this.#known[place] = { bytes: bytes.slice(start, end), text };
    return text;
  }
}

function equal(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  const { length } = known;
  if (length !== end - start) return false;
  for (let i = 0; i < length; i++) if (known[i] !== bytes[start + i]) return false;
  return true;
}
