import type { Terminal } from "../../src/ports/index.ts";

/** A terminal without colour that keeps what is written to it. `input` is its stdin: a text, or pieces of one. */
export function fakeTerminal(
  input: string | AsyncIterable<Uint8Array> = "",
): Terminal & { readonly stdout: () => string; readonly stderr: () => string } {
  const [out, err]: [string[], string[]] = [[], []];
  const ended = (text: string) => (text.endsWith("\n") ? text : `${text}\n`);
  return {
    out: (text) => void out.push(ended(text)),
    // Bytes stand as characters of Latin-1.
    bytes: (bytes) => void out.push([...bytes].map((byte) => String.fromCharCode(byte)).join("")),
    err: (text) => void err.push(ended(text)),
    progress: (line) => void (line !== "" && err.push(`${line}\n`)),
    input: () => (typeof input === "string" ? whole(input) : input),
    columns: 120,
    colour: false,
    stdout: () => out.join(""),
    stderr: () => err.join(""),
  };
}

async function* whole(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
