import { GateError } from "../../model/error.ts";
import type { OutputReader, ParsedRound, ToolOutput } from "../adapter.ts";
import { atLeastAtTheStart } from "../parse.ts";
import { stripMark } from "./json.ts";
import { HEAD, headOf, outputOf } from "./output.ts";

/** The largest output in a form that cannot be read piece by piece. */
const LARGEST_TEXT = 256 * 2 ** 20;

/** Characters of a text that are made bytes at a time. */
const PIECE = 2 ** 20;

const encoder = new TextEncoder();

/** A reader of an output in pieces that can do better with one that is at hand as a whole. */
interface WholeReader extends OutputReader {
  take(output: ToolOutput): readonly ParsedRound[];
}

/** What `reader` makes of a whole output: so that `parse` and `stream` are one. */
export function feed(reader: OutputReader | WholeReader, output: ToolOutput): readonly ParsedRound[] {
  if ("take" in reader) return reader.take(output);
  const { text } = output;
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + PIECE, text.length);
    // Never between the two halves of one character.
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end--;
    reader.push(encoder.encode(text.slice(start, end)));
    start = end;
  }
  return reader.end();
}

/** A reader that looks at the beginning (at most `HEAD` bytes, as text without a byte order mark) before it chooses how to read. */
export function headed(choose: (head: string) => OutputReader | WholeReader): WholeReader {
  let chosen: OutputReader | null = null;
  let kept: Uint8Array[] = [];
  let size = 0;
  const decide = () => {
    const bytes = joined(kept, size);
    const reader = atLeastAtTheStart(() => choose(headOf(bytes)));
    kept = [];
    reader.push(bytes);
    chosen = reader;
    return reader;
  };
  return {
    push(bytes) {
      if (chosen !== null) return chosen.push(bytes);
      kept.push(bytes.slice());
      size += bytes.length;
      if (size >= HEAD) decide();
    },
    end: () => (chosen ?? decide()).end(),
    take: (output) =>
      feed(
        atLeastAtTheStart(() => choose(output.head)),
        output,
      ),
  };
}

/** A reader of an output that must be had whole. `read` gets it without a byte order mark. */
export function whole(read: (output: ToolOutput) => readonly ParsedRound[]): WholeReader {
  const take = (output: ToolOutput) => atLeastAtTheStart(() => read({ ...output, text: stripMark(output.text) }));
  const kept: Uint8Array[] = [];
  let size = 0;
  return {
    push(bytes) {
      size += bytes.length;
      if (size > LARGEST_TEXT) {
        throw new GateError(
          `the output is larger than ${LARGEST_TEXT / 2 ** 20} MiB`,
          "Have the tool write less, or a format that holds one sample a line",
          { line: 1 },
        );
      }
      kept.push(bytes.slice());
    },
    end: () => take(outputOf(decode(joined(kept, size)))),
    take,
  };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
