import { text } from "node:stream/consumers";
import type { Terminal } from "../ports.ts";

/** The real terminal. Colour only where stdout is one, and never with NO_COLOR (https://no-color.org). */
export function createTerminal(
  streams: Pick<NodeJS.Process, "stdin" | "stdout" | "stderr" | "env"> = process,
): Terminal {
  const { stdin, stdout, stderr, env } = streams;
  const live = stderr.isTTY === true && env.CI === undefined && env.TERM !== "dumb";
  let shown = false;
  const clear = () => {
    if (shown) stderr.write("\r\u001b[K");
    shown = false;
  };
  return {
    out(line) {
      clear();
      stdout.write(line.endsWith("\n") ? line : `${line}\n`);
    },
    err(line) {
      clear();
      stderr.write(line.endsWith("\n") ? line : `${line}\n`);
    },
    progress(line) {
      if (!live) {
        if (line !== "") stderr.write(`${line}\n`);
        return;
      }
      clear();
      if (line === "") return;
      stderr.write(line.slice(0, (stderr.columns ?? 80) - 1));
      shown = true;
    },
    readInput: () => text(stdin),
    columns: stdout.columns ?? 120,
    colour: stdout.isTTY === true && (env.NO_COLOR ?? "") === "",
  };
}
