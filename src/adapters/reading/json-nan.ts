import type { ToolOutput } from "../adapter.ts";
import { opensWith, parseJson, stripMark } from "./json.ts";

const LITERALS = ["NaN", "-Infinity", "Infinity"] as const;

/**
 * The value of an output that is JSON, in which numbers may be `NaN`, `Infinity` or `-Infinity`, as Python and C++ programs write them. They come out as
 * texts of that name, so that whoever reads a number there refuses it, or knows what its tool means by it. Throws what `parseJson` throws.
 */
export function jsonWithNaN({ text, json }: ToolOutput): unknown {
  return json() ?? parseJson(quoteNaN(text));
}

/** `jsonWithNaN` for `recognises`, which never throws: undefined where there is no such value. */
export function tryJsonWithNaN({ text, json }: ToolOutput): unknown {
  const plain = json();
  if (plain !== undefined) return plain;
  if (!opensWith(text, "{", "[")) return undefined;
  try {
    return JSON.parse(stripMark(quoteNaN(text)));
  } catch {
    return undefined;
  }
}

/** `text` with quotes around those numbers; what stands within quotes already is left alone. */
function quoteNaN(text: string): string {
  if (!text.includes("NaN") && !text.includes("Infinity")) return text;
  const parts: string[] = [];
  let copied = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '"') i = endOfString(text, i);
    else if (character === "N" || character === "I" || character === "-") {
      const literal = LITERALS.find((each) => text.startsWith(each, i));
      if (literal === undefined) continue;
      parts.push(text.slice(copied, i), JSON.stringify(literal));
      copied = i + literal.length;
      i = copied - 1;
    }
  }
  return [...parts, text.slice(copied)].join("");
}

/** Where the string that opens at `start` closes, or the end of a text that is cut within it. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i;
  }
  return text.length;
}
