import { pieces } from "./ink.ts";

/** Text that is safe between tags and inside quoted attributes. */
export function text(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A text in page ink as HTML: our code in `code`, names from outside kept apart from the direction of the text around them. */
export function prose(value: string): string {
  const write = { words: text, code: (own: string) => `<code>${text(own)}</code>`, name: nameOf };
  return pieces(value)
    .map(({ kind, text: own }) => write[kind](own))
    .join("");
}

/** Words, as HTML, that lead to an address, where there is one. Only addresses that `CommitPages` has made get here. */
export function linked(address: string | null, words: string): string {
  return address === null ? words : `<a href="${text(address)}" rel="noopener noreferrer">${words}</a>`;
}

/** A JSON document as the contents of a `script` element: `<` is written as an escape, so that nothing in it ends the element. */
export function embedded(value: unknown): string {
  return JSON.stringify(value).replace(/[<\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

function nameOf(own: string): string {
  return `<bdi>${text(own)}</bdi>`;
}
