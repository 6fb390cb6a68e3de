import { GateError } from "../../../model/error.ts";

/** The longest text and the longest list that a log may claim: more is damage, not a log. */
const MOST = 2 ** 20;

/** What `Bytes` throws where a record goes on behind the bytes that are there so far. */
export const UNFINISHED = Symbol("the record is unfinished");

/** Refuses a binary log. Throws a `GateError`. */
export function damaged(problem: string): never {
  throw new GateError(`the log is damaged: ${problem}`, "Give the file as Gatling wrote it, byte for byte", {
    line: 1,
  });
}

/** Java's numbers and texts, read one after another as Gatling's `BufferedFileChannelWriter` writes them. */
export class Bytes {
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** How many bytes were read. */
  get position(): number {
    return this.#at;
  }

  byte(): number {
    return this.#view.getUint8(this.#take(1));
  }

  flag(): boolean {
    const value = this.byte();
    return value === 0 || value === 1 ? value === 1 : damaged(`${value} where yes or no is needed`);
  }

  int(): number {
    return this.#view.getInt32(this.#take(4));
  }

  /** A time in milliseconds since 1970. */
  instant(): number {
    const value = this.#view.getBigInt64(this.#take(8));
    return value >= 0n && value < 2n ** 53n ? Number(value) : damaged(`${value} where a time is needed`);
  }

  /** The length of a list, or of so many bytes. */
  length(): number {
    const value = this.int();
    return value >= 0 && value <= MOST ? value : damaged(`${value} where a length is needed`);
  }

  /** Bytes that mean nothing here. */
  skip(): void {
    this.#take(this.length());
  }

  /** A text as the Java machine holds it: its bytes, then whether one or two of them are a character. The empty text has no such mark. */
  text(): string {
    const size = this.length();
    if (size === 0) return "";
    const start = this.#take(size);
    const bytes = new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, size);
    const mark = this.byte();
    if (mark > 1) damaged(`${mark} behind a text`);
    if (mark === 1) return new TextDecoder("utf-16le").decode(bytes);
    return Array.from(bytes.subarray(0, 65_536), (byte) => String.fromCharCode(byte)).join("");
  }

  #take(size: number): number {
    const start = this.#at;
    if (start + size > this.#view.byteLength) throw UNFINISHED;
    this.#at += size;
    return start;
  }
}
