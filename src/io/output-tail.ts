import { stripVTControlCharacters } from "node:util";

/** Lines that a tail keeps, characters that it shows of each, and bytes that it looks at of each. */
const LINES = 40;
const SHOWN = 400;
const LOOKED_AT = 8192;

const NEWLINE = 10;
const NOTHING: Buffer = Buffer.alloc(0);

/**
 * The last lines of several streams, interleaved by line as they arrived; terminal codes are removed and long lines
 * cut.
 */
export class Tail {
  readonly #lines: string[] = [];
  /** What each stream has written of a line that has not ended yet. */
  readonly #rests = new Map<string, Buffer>();

  push(stream: string, chunk: Buffer): void {
    const last = chunk.lastIndexOf(NEWLINE);
    const rest = this.#rests.get(stream) ?? NOTHING;
    if (last < 0) {
      this.#rests.set(stream, joined(rest, chunk));
      return;
    }
    // From the end, so that a flood of lines costs no more than the few that are kept.
    const ends = [last];
    let end = last;
    while (end > 0 && ends.length < LINES) {
      end = chunk.lastIndexOf(NEWLINE, end - 1);
      if (end < 0) break;
      ends.unshift(end);
    }
    const first = ends[0] ?? last;
    const before = first > 0 ? chunk.lastIndexOf(NEWLINE, first - 1) : -1;
    const opening = chunk.subarray(before + 1, first);
    this.#keep(before < 0 ? joined(rest, opening) : opening);
    for (const [index, start] of ends.slice(0, -1).entries()) this.#keep(chunk.subarray(start + 1, ends[index + 1]));
    this.#rests.set(stream, Buffer.from(chunk.subarray(last + 1).subarray(-LOOKED_AT)));
  }

  /** The text so far. A last line without an end counts. */
  text(): string {
    for (const rest of this.#rests.values()) {
      if (rest.length > 0) this.#keep(rest);
    }
    this.#rests.clear();
    return this.#lines.join("\n");
  }

  #keep(line: Buffer): void {
    // A progress bar draws over itself: what it drew last is what a person would have seen.
    const drawn = line.subarray(-LOOKED_AT).toString("utf8").replace(/\r+$/, "").split("\r").at(-1) ?? "";
    const plain = stripVTControlCharacters(drawn);
    this.#lines.push(plain.length > SHOWN ? `${plain.slice(0, SHOWN)}…` : plain);
    if (this.#lines.length > LINES) this.#lines.shift();
  }
}

/** A copy, so that a few bytes do not hold on to the memory of a whole chunk. */
function joined(rest: Buffer, more: Buffer): Buffer {
  return Buffer.from(Buffer.concat([rest, more.subarray(-LOOKED_AT)]).subarray(-LOOKED_AT));
}
