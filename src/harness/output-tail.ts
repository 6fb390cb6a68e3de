/** Lines and bytes of a side's output that are kept for people. */
const LINES = 40;
const BYTES = 64 * 1024;

/** The last lines of what a process printed, however much that is. */
export class Tail {
  #kept: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): void {
    // Copied, so that a few bytes do not hold on to the memory of a whole chunk.
    this.#kept = Buffer.from(Buffer.concat([this.#kept, chunk.subarray(-BYTES)]).subarray(-BYTES));
  }

  /** The text so far, without line ends after the last line. */
  text(): string {
    return this.#kept.toString("utf8").trimEnd().split("\n").slice(-LINES).join("\n");
  }
}
