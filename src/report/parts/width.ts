const ZERO_WIDTH = /\p{M}/u;
/** Characters that terminals draw two cells wide: East Asian wide blocks (UAX #11, W and F) and emoji. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;

/** How many cells a terminal gives to a printable text. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += ZERO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** A text filled with spaces to `width` cells. */
export function pad(text: string, width: number, align: "left" | "right"): string {
  const fill = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "left" ? text + fill : fill + text;
}

/** Where a line may end: not between a number and its %, and not before the dot between two parts. */
const BREAK = / (?![%·])/;

/** A text broken at spaces into lines of at most `width` cells; a longer word has a line of its own. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(BREAK)) {
    const last = lines.at(-1);
    if (last !== undefined && displayWidth(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Lines of prose, each broken into lines of at most `width` cells; what goes on is indented by two more than where it began. */
export function folded(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => {
      const [indent = ""] = /^ */.exec(line) ?? [];
      const further = `${indent}  `;
      const [first = "", ...rest] = wrap(line.slice(indent.length), width - further.length);
      return [indent + first, ...rest.map((part) => further + part)];
    })
    .join("\n");
}
