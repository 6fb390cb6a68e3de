/** A JSON object or list that stands in a text among other lines: `line` is the one that it begins on, from 1. */
export interface EmbeddedJson {
  readonly text: string;
  readonly line: number;
}

/** What JSON is made of, and the numbers that it does not have. */
const TOKEN =
  /[ \t\r\n]*(?:[{}[\],:]|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null|-?(?:nan|inf(?:inity)?)\b)/iy;

/** From so many tokens on what is no document in the end was meant to be one. */
const MEANT = 5;
/** The most documents that are looked for, and how often a text's length is looked at: noise may hold a bracket on every line. */
const MOST = 1000;
const PASSES = 4;

/**
 * The JSON documents in a text that holds other lines before, between and after them, as consoles mix what a program prints with a tool's result. None where
 * one of them is cut short or broken by what was printed: a part of it must not be taken for the whole.
 */
export function embeddedJson(text: string): readonly EmbeddedJson[] {
  const found: EmbeddedJson[] = [];
  let [line, counted, looked] = [1, 0, 0];
  for (let start = nextBracket(text, 0); start >= 0; ) {
    const { end, tokens } = documentAt(text, start);
    looked += Math.abs(end) - start;
    if (looked > PASSES * text.length || found.length === MOST) return [];
    if (end < 0 && tokens >= MEANT) return [];
    if (end > 0 && tokens > 2) {
      for (; counted < start; counted++) if (text.charCodeAt(counted) === 10) line++;
      found.push({ text: text.slice(start, end), line });
    }
    start = nextBracket(text, end > 0 ? end : start + 1);
  }
  return found;
}

const BRACKET = /[{[]/g;

function nextBracket(text: string, from: number): number {
  BRACKET.lastIndex = from;
  return BRACKET.exec(text)?.index ?? -1;
}

/** Where the document that opens at `start` ends; below zero where it is none, by where it stops to be one. */
function documentAt(text: string, start: number): { readonly end: number; readonly tokens: number } {
  TOKEN.lastIndex = start;
  for (let depth = 0, tokens = 1; ; tokens++) {
    const at = TOKEN.lastIndex;
    if (!TOKEN.test(text)) return { end: -at - 1, tokens };
    const last = text[TOKEN.lastIndex - 1]!;
    if (last === "{" || last === "[") depth++;
    else if (last === "}" || last === "]") depth--;
    if (depth === 0) return { end: TOKEN.lastIndex, tokens };
  }
}
