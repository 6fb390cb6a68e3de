import { clean } from "../parts/escape.ts";
import { type Ink, PLAIN } from "../parts/ink.ts";

/** Private-use characters, which `clean` takes out of everything that comes from outside: nobody can forge them. */
const OPEN = "\uE000";
const CLOSE = "\uE001";

/** Ink for the page: what comes from outside stands between two marks, so that `pieces` can tell it from our own words. */
export const PAGE: Ink = {
  ...PLAIN,
  name: (text, limit) => `${OPEN}${clean(text, limit) || "(empty)"}${CLOSE}`,
  path: (suite, benchmark) => `${OPEN}${PLAIN.path(suite, benchmark)}${CLOSE}`,
};

/** A part of a text in page ink: our words, our code, or a name from outside. */
export interface Piece {
  readonly kind: "words" | "code" | "name";
  readonly text: string;
}

/** The parts of a text in page ink, in order. Backticks are code in our words alone. */
export function pieces(text: string): readonly Piece[] {
  return text.split(new RegExp(`(${OPEN}[^${CLOSE}]*${CLOSE})`)).flatMap((part): readonly Piece[] => {
    if (part.startsWith(OPEN)) return [{ kind: "name", text: part.slice(1, -1) }];
    return part
      .split(/(`[^`]+`)/)
      .filter((words) => words !== "")
      .map((words) =>
        words.startsWith("`") && words.length > 2
          ? { kind: "code", text: words.slice(1, -1) }
          : { kind: "words", text: words },
      );
  });
}
