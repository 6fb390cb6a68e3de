import { GateError } from "../../model/error.ts";
import { LONGEST_LINE, textOf } from "./lines.ts";

/** What takes the tags of an XML document, with the line that each begins on. `text` is told of text that is more than spaces. */
export interface TagTaker {
  open(name: string, attributes: ReadonlyMap<string, string>, line: number): void;
  close(name: string, line: number): void;
  text(line: number): void;
}

const [LESS, GREATER, NEWLINE, SPACE, QUOTE, APOSTROPHE] = [60, 62, 10, 32, 34, 39];
const [BANG, QUESTION] = [33, 63];

const TAG = /^<([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>$/;
const CLOSING = /^<\/([A-Za-z_][\w.:-]*)\s*>$/;
const ATTRIBUTE = /([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const REMEDY = "The file is damaged, or not this tool's output: check `tool`";

/** What stands between `<` and `>` but is no tag, by how it begins, with how it ends. */
const OTHERS = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
] as const;

/**
 * Takes the tags out of an XML document that comes in pieces, in constant memory. Comments, CDATA and processing instructions are passed over; a
 * document type is refused, because it can redefine what follows.
 *
 * Note: fast-xml-parser, which reads other XML here, must have the whole document.
 */
export function tagReader(taker: TagTaker): { push(bytes: Uint8Array): void; end(): number } {
  let line = 1;
  let tagLine = 1;
  /** The bytes since the last `<`; null between tags. */
  let tag: number[] | null = null;
  let quote = 0;
  let ending: string | null = null;
  let isFirst = true;

  const begin = () => {
    tag = [LESS];
    tagLine = line;
    quote = 0;
    ending = null;
  };

  const inTag = (open: number[], byte: number) => {
    open.push(byte);
    if (open.length > LONGEST_LINE) throw refuse("A tag is never closed", tagLine);
    if (ending === null && open.length <= 9 && (open[1] === BANG || open[1] === QUESTION))
      ending = OTHERS.find(([start]) => startsAs(open, start))?.[1] ?? null;
    if (ending !== null) {
      if (byte === GREATER && endsAs(open, ending)) tag = null;
      // Only the end of what is passed over matters.
      else if (open.length > 1024) open.splice(9, open.length - 18);
      return;
    }
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === QUOTE || byte === APOSTROPHE) quote = byte;
    else if (byte === GREATER) {
      tag = null;
      takeTag(Uint8Array.from(open), taker, tagLine);
    }
  };

  return {
    push(bytes) {
      for (const byte of isFirst && bytes[0] === 0xef ? bytes.subarray(3) : bytes) {
        if (tag !== null) inTag(tag, byte);
        else if (byte === LESS) begin();
        else if (byte > SPACE) taker.text(line);
        if (byte === NEWLINE) line++;
      }
      isFirst &&= bytes.length === 0;
    },
    end() {
      if (tag !== null) throw refuse("the file is cut off within a tag", tagLine);
      return line;
    },
  };
}

function takeTag(bytes: Uint8Array, taker: TagTaker, line: number): void {
  const text = textOf(bytes, 0, bytes.length);
  const closing = CLOSING.exec(text);
  if (closing !== null) {
    taker.close(closing[1]!, line);
    return;
  }
  const opening = TAG.exec(text);
  if (opening === null) throw refuse(`This is no tag: ${text.slice(0, 40).replaceAll(/\s+/g, " ")}`, line);
  const [, name = "", attributes = "", alone] = opening;
  taker.open(
    name,
    new Map(
      [...attributes.matchAll(ATTRIBUTE)].map(([, key = "", double, single = ""]) => [
        key,
        unescaped(double ?? single, line),
      ]),
    ),
    line,
  );
  if (alone === "/") taker.close(name, line);
}

function unescaped(text: string, line: number): string {
  return text.replaceAll(/&(#?\w{1,8});|&/g, (entity, name: string | undefined) => {
    const code = /^#(?:x([\da-f]+)|(\d+))$/i.exec(name ?? "");
    const point = code === null ? Number.NaN : code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16);
    if (point > 0 && point <= 0x10ffff) return String.fromCodePoint(point);
    const character = name !== undefined && Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    if (character === undefined) throw refuse(`${entity} is no character`, line);
    return character;
  });
}

function startsAs(bytes: readonly number[], start: string): boolean {
  return bytes.length === start.length && bytes.every((byte, i) => byte === start.charCodeAt(i));
}

function endsAs(bytes: readonly number[], end: string): boolean {
  const first = bytes.length - end.length;
  return first > 0 && Array.from(end).every((character, i) => bytes[first + i] === character.charCodeAt(0));
}

function refuse(problem: string, line: number): GateError {
  return new GateError(problem, REMEDY, { line });
}
