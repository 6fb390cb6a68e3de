import type { EmbeddedOutput, ToolOutput } from "../adapter.ts";
import { embeddedJson } from "./documents.ts";
import { stripMark, tryJson } from "./json.ts";

/** As much of an output's beginning as tells what it is, in bytes. */
export const HEAD = 64 * 1024;

/** An output that is at hand as text. The JSON in it is parsed once, when somebody first asks, for all who look at it. */
export function outputOf(text: string): ToolOutput {
  let parsed: { readonly value: unknown } | null = null;
  const json = () => {
    parsed ??= { value: tryJson(text) };
    return parsed.value;
  };
  let embedded: readonly EmbeddedOutput[] | null = null;
  const documents = () => {
    embedded ??=
      json() === undefined ? embeddedJson(text).map((each) => ({ ...outputOf(each.text), line: each.line })) : [];
    return embedded;
  };
  return { text, head: stripMark(text.slice(0, HEAD)), json, documents };
}

/**
 * Where a format of lines is looked for by its marks: in the whole text, or in the beginning of what is one JSON document. There are no such lines in
 * a document, and to search a large one through for every tool would take many times as long as to parse it.
 */
export function searched({ text, head, json }: ToolOutput): string {
  return json() === undefined ? text : head;
}

/** The beginning of an output as text; a character that is cut at its end is left out. */
export function headOf(bytes: Uint8Array): string {
  const head = bytes.subarray(0, HEAD);
  return stripMark(new TextDecoder("utf-8", { ignoreBOM: true }).decode(head, { stream: true }));
}

/** Whether a text that is no JSON may be the beginning of one that is longer than `HEAD`: a character has at most four bytes. */
export function isCutHead(text: string): boolean {
  return text.length >= HEAD / 4 && text.length <= HEAD;
}
