import type { Terminal } from "../ports/index.ts";
import { folded } from "../report/parts/width.ts";

/** A terminal whose prose on stderr is broken between words, where people read it there; a log keeps its lines whole. */
export function readable(terminal: Terminal): Terminal {
  if (terminal.live !== true) return terminal;
  return { ...terminal, err: (text) => terminal.err(folded(text, terminal.columns)) };
}
