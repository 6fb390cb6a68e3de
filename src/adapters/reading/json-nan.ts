/** A number that JSON does not have, as Python and C# write it (`NaN`, `Infinity`) and as the streams of C++ do (`nan`, `-nan(ind)`, `inf`). */
const LITERAL = /-?(?:nan(?:\([a-z]{0,10}\))?|inf(?:inity)?)(?![\w.])/iy;

/**
 * A JSON text with quotes around such numbers, which come out as the texts `NaN`, `Infinity` and `-Infinity`: whoever reads a number there refuses it, or
 * knows what its tool means by it. What stands within quotes already is left alone.
 */
export function quoteNaN(text: string): string {
  if (!/nan|inf/i.test(text)) return text;
  const parts: string[] = [];
  let copied = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === '"') i = endOfString(text, i);
    else if ("nNiI-".includes(character)) {
      LITERAL.lastIndex = i;
      const literal = LITERAL.exec(text)?.[0];
      if (literal === undefined) continue;
      parts.push(text.slice(copied, i), JSON.stringify(nameOf(literal)));
      copied = i + literal.length;
      i = copied - 1;
    }
  }
  return [...parts, text.slice(copied)].join("");
}

/** Whether a value is one of those texts, or as JMH writes them. */
export function isNotFinite(value: unknown): value is string {
  return typeof value === "string" && /^(?:NaN|[-+]?(?:Infinity|INF))$/.test(value);
}

function nameOf(literal: string): string {
  if (/nan/i.test(literal)) return "NaN";
  return literal.startsWith("-") ? "-Infinity" : "Infinity";
}

/** Where the string that opens at `start` closes, or the end of a text that is cut within it. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i;
  }
  return text.length;
}
