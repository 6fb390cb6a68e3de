import { GateError, placed } from "../../model/error.ts";

/** The longest line that is kept, in bytes: no tool writes one, and memory is not what a hostile file may ask for. */
export const LONGEST_LINE = 16 * 2 ** 20;

/**
 * What takes the lines of an output: line `number` (from 1) is `bytes[start]` up to, not including, `bytes[end]`, its line break left out. The bytes
 * are valid during the call only. `ended` is false where the output ends without a line break.
 */
export type TakeLine = (bytes: Uint8Array, start: number, end: number, number: number, ended: boolean) => void;

const NEWLINE = 10;
const RETURN = 13;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The text of `bytes[start]` up to `bytes[end]`, in UTF-8; what is not UTF-8 becomes U+FFFD, as in every text that is read. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

/** Puts bytes that come in pieces of any size together to lines; only a line that is cut between two pieces is copied. */
export class Lines {
  readonly #take: TakeLine;
  /** The beginning of a line whose end has not come yet. */
  #rest: Uint8Array = new Uint8Array(1024);
  #kept = 0;
  #number = 0;

  constructor(take: TakeLine) {
    this.#take = take;
  }

  /** How many lines there were so far. */
  get number(): number {
    return this.#number;
  }

  /** Throws a `GateError` with the line where one is longer than `LONGEST_LINE`. */
  push(bytes: Uint8Array): void {
    let start = 0;
    if (this.#kept > 0) {
      const newline = bytes.indexOf(NEWLINE);
      this.#keep(bytes, 0, newline === -1 ? bytes.length : newline);
      if (newline === -1) return;
      const kept = this.#kept;
      this.#kept = 0;
      this.#emit(this.#rest, 0, kept, true);
      start = newline + 1;
    }
    for (let newline = bytes.indexOf(NEWLINE, start); newline !== -1; newline = bytes.indexOf(NEWLINE, start)) {
      this.#emit(bytes, start, newline, true);
      start = newline + 1;
    }
    if (start < bytes.length) this.#keep(bytes, start, bytes.length);
  }

  /**
   * The output is at its end: what it holds after the last line break is a line as well. What `conclude` gives then; a `GateError` of its own that
   * has no place gets that of the last line.
   */
  end<T>(conclude: () => T): T {
    const kept = this.#kept;
    this.#kept = 0;
    if (kept > 0) this.#emit(this.#rest, 0, kept, false);
    return placed({ line: Math.max(1, this.#number) }, conclude);
  }

  #emit(bytes: Uint8Array, start: number, end: number, ended: boolean): void {
    this.#number++;
    const begin = this.#number === 1 ? start + markLength(bytes, start) : start;
    this.#take(bytes, begin, end > begin && bytes[end - 1] === RETURN ? end - 1 : end, this.#number, ended);
  }

  #keep(bytes: Uint8Array, start: number, end: number): void {
    const needed = this.#kept + end - start;
    if (needed > LONGEST_LINE) {
      const remedy = "The file is not this tool's output, or is damaged: check `tool` and `output`";
      throw new GateError(`The line is longer than ${LONGEST_LINE / 2 ** 20} MiB`, remedy, { line: this.#number + 1 });
    }
    if (needed > this.#rest.length) {
      const longer = new Uint8Array(2 * needed);
      longer.set(this.#rest.subarray(0, this.#kept));
      this.#rest = longer;
    }
    this.#rest.set(bytes.subarray(start, end), this.#kept);
    this.#kept = needed;
  }
}

/** The length of a byte order mark of UTF-8 at `start`: 3 or 0. */
function markLength(bytes: Uint8Array, start: number): number {
  return bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf ? 3 : 0;
}
