import { readSync, writeSync } from "node:fs";
import { GO, messageLine, type SideMessage } from "./messages.ts";

/** How long to wait before an interrupted or unready pipe is tried again, in ms. */
const RETRY = 0.2;

const RETRIED = new Set(["EAGAIN", "EINTR"]);

/**
 * A side's end of the conductor's pipe. Every message but that of its benchmarks says that the side stops here; `say` returns once it is the
 * side's turn again. The whole process stands still meanwhile, its event loop included.
 */
export class Turns {
  readonly #fd: number;
  readonly #pause = new Int32Array(new SharedArrayBuffer(4));
  readonly #byte = new Uint8Array(1);

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Whether every other side had left the phase that this one is in when it was given the turn. */
  get isLast(): boolean {
    return this.#byte[0] === GO.last.charCodeAt(0);
  }

  /** Tells the conductor, and waits for the turn. */
  say(message: SideMessage): void {
    this.tell(message);
    // Where the conductor is gone there will be no turn, and nobody who reads what we would write.
    if (this.#retry(() => readSync(this.#fd, this.#byte, 0, 1, null)) === 0) process.exit(1);
  }

  /** Tells the conductor, and goes on. */
  tell(message: SideMessage): void {
    let rest = Buffer.from(messageLine(message));
    while (rest.length > 0) rest = rest.subarray(this.#retry(() => writeSync(this.#fd, rest)));
  }

  #retry(attempt: () => number): number {
    for (;;) {
      try {
        return attempt();
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === "EPIPE" || code === "ECONNRESET") process.exit(1);
        if (code === undefined || !RETRIED.has(code)) throw error;
        Atomics.wait(this.#pause, 0, 0, RETRY);
      }
    }
  }
}
