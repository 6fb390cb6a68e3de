import { pieces } from "../report/html/ink.ts";
import { el } from "./dom.ts";

/** A text in page ink as nodes: our code in `code`, names from outside kept apart from the direction of the text around them. */
export function prose(text: string): readonly (Node | string)[] {
  return pieces(text).map(({ kind, text: own }) => {
    if (kind === "words") return own;
    return el(kind === "code" ? "code" : "bdi", {}, own);
  });
}
