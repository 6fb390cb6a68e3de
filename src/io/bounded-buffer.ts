const FIRST = 64 * 2 ** 10;

/**
 * The bytes of a stream, as long as they are no more than `limit`; a stream that grows beyond it is forgotten altogether, since half an
 * output is none. They lie in one piece that doubles, so that millions of small chunks cost no more than a few large ones.
 */
export class Kept {
  readonly #limit: number;
  #bytes: Buffer = Buffer.alloc(0);
  #length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(chunk: Buffer): void {
    const length = this.#length + chunk.length;
    if (length > this.#limit) this.#bytes = Buffer.alloc(0);
    else {
      if (length > this.#bytes.length) this.#grow(length);
      chunk.copy(this.#bytes, this.#length);
    }
    this.#length = Math.min(length, this.#limit + 1);
  }

  /** Whether there was more than could be kept. */
  get overflowed(): boolean {
    return this.#length > this.#limit;
  }

  /** What was kept, decoded as UTF-8; it is not kept any longer. Empty where it overflowed. */
  take(): string {
    const text = this.overflowed ? "" : this.#bytes.toString("utf8", 0, this.#length);
    this.#bytes = Buffer.alloc(0);
    return text;
  }

  #grow(needed: number): void {
    const size = Math.min(this.#limit, Math.max(FIRST, needed, 2 * this.#bytes.length));
    const larger = Buffer.allocUnsafeSlow(size);
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
