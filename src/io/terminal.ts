import { placed } from "../model/error.ts";
import type { Terminal } from "../ports/index.ts";
import { asUtf8 } from "./chunks.ts";
import { unpackedPieces } from "./gzip.ts";

/** The part of a process that a terminal is made of. */
export type TerminalProcess = Pick<NodeJS.Process, "stdin" | "stdout" | "stderr" | "env" | "once" | "exitCode">;

/** The exit code of a program whose report could not be written: the user's to mend. */
const UNWRITTEN = 2;

/**
 * The real terminal. Colour only where stdout is one, and never with NO_COLOR (https://no-color.org).
 *
 * Whoever reads stdout may leave early (`| head`): what is left to say is dropped in silence, and the exit code stays. Any other failure to
 * write, such as a full disk, is one line on stderr and exit code 2, whatever the verdict.
 */
export function createTerminal(owner: TerminalProcess = process): Terminal {
  const { stdin, env } = owner;
  const [stdout, stderr] = [writer(owner.stdout, "stdout"), writer(owner.stderr, "stderr")];
  const live = owner.stderr.isTTY === true && env.CI === undefined && env.TERM !== "dumb";
  let shown = false;
  let line = "";
  let began = 0;
  let clock: NodeJS.Timeout | undefined;
  const still = () => {
    clear();
    clearInterval(clock);
    clock = undefined;
  };
  const draw = () => {
    const seconds = Math.floor((Date.now() - began) / 1000);
    const elapsed = seconds < 1 ? "" : ` · ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    // A terminal without a size says 0.
    const room = (owner.stderr.columns || 80) - 1 - elapsed.length;
    stderr(line.slice(0, Math.max(0, room)) + elapsed);
    shown = true;
  };
  const clear = () => {
    if (shown) stderr("\r\u001b[K");
    shown = false;
  };
  return {
    live,
    out(line) {
      still();
      stdout(line.endsWith("\n") ? line : `${line}\n`);
    },
    bytes(bytes) {
      still();
      stdout(bytes);
    },
    err(line) {
      clear();
      stderr(line.endsWith("\n") ? line : `${line}\n`);
    },
    progress(text) {
      if (!live) {
        if (text !== "") stderr(`${text}\n`);
        return;
      }
      if (text === "") {
        still();
        return;
      }
      clear();
      line = text;
      if (clock === undefined) {
        began = Date.now();
        // A round may take minutes: the clock shows that something runs. It keeps no process alive.
        clock = setInterval(() => {
          clear();
          draw();
        }, 1000).unref();
      }
      draw();
    },
    input: () => textOf(stdin),
    columns: owner.stdout.columns || 120,
    colour: owner.stdout.isTTY === true && (env.NO_COLOR ?? "") === "",
  };

  /** Writes to a stream until it fails. */
  function writer(stream: NodeJS.WriteStream, name: string): (text: string | Uint8Array) => void {
    let broken = false;
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (broken) return;
      broken = true;
      if (error.code === "EPIPE") return;
      // Set at the very end: until then the program says itself how it ended.
      owner.once("exit", () => {
        owner.exitCode = UNWRITTEN;
      });
      if (name !== "stderr")
        stderr(
          `benchgate: ${name} cannot be written: ${error.message}. Free some space, or write to a file elsewhere\n`,
        );
    });
    return (text) => {
      if (!broken) stream.write(text);
    };
  }
}

/** What comes through stdin, as text in UTF-8, unpacked where it is in gzip. Throws a `GateError` where that is damaged. */
async function* textOf(stdin: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  async function* pieces(): AsyncGenerator<Uint8Array, void, void> {
    yield* stdin;
  }
  const text = asUtf8(unpackedPieces(pieces()));
  try {
    for (;;) {
      const { done, value } = await placed({ file: "stdin" }, () => text.next());
      if (done === true) return;
      yield value;
    }
  } finally {
    await text.return();
  }
}
