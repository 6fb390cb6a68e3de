import { displayWidth } from "./width.ts";

/** What names are made of: the common beginning is left out up to the end of one of these. */
const BOUNDARY = /[\s/\\.:>_-]/;

/** The shares of the room that the beginning of a name gets where its middle is left out: names differ at their ends first of all. */
const HEADS = [1 / 3, 1 / 2, 2 / 3, 0] as const;

/**
 * What stands for names that are too long, each of at most `room` cells, so that two that differ still do: without the beginning that all
 * have in common, else without their middles. Null where no two of these ways tell them apart.
 */
export function shortNames(names: readonly string[], room: number): readonly string[] | null {
  if (names.every((name) => displayWidth(name) <= room)) return names;
  const start = commonBeginning(names);
  const ends = start === 0 ? names : names.map((name) => `…${name.slice(start)}`);
  // The suite, where there is room for it.
  const suite = /^.*? \/ (?=.)/.exec(names[0]?.slice(0, start) ?? "")?.[0] ?? "";
  const different = new Set(names).size;
  const ways = [
    () => ends.map((end) => suite + end),
    () => ends,
    ...[ends, names].flatMap((texts) =>
      HEADS.map((share) => () => texts.map((text) => withoutMiddle(text, room, share))),
    ),
  ];
  for (const way of ways) {
    const short = way();
    if (short.every((text) => displayWidth(text) <= room) && new Set(short).size === different) return short;
  }
  return null;
}

/** How many characters of the names' beginning are the same in all, up to a boundary. */
function commonBeginning([first = "", ...others]: readonly string[]): number {
  const rest = others.filter((name) => name !== first);
  if (rest.length === 0) return 0;
  let same = 0;
  while (same < first.length && rest.every((name) => name[same] === first[same])) same++;
  while (same > 0 && !BOUNDARY.test(first[same - 1]!)) same--;
  return same;
}

/** A text of at most `room` cells, its middle replaced by an ellipsis where it is longer; its beginning gets a share of what is left. */
function withoutMiddle(text: string, room: number, share: number): string {
  if (displayWidth(text) <= room) return text;
  const characters = [...text];
  const head = taken(characters, Math.floor((room - 1) * share));
  const tail = taken(characters.toReversed(), room - 1 - displayWidth(head.join("")));
  return `${head.join("")}…${tail.toReversed().join("")}`;
}

/** As many of the first characters as fit into so many cells. */
function taken(characters: readonly string[], cells: number): readonly string[] {
  let used = 0;
  const end = characters.findIndex((character) => {
    used += displayWidth(character);
    return used > cells;
  });
  return end < 0 ? characters : characters.slice(0, end);
}
