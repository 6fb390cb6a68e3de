import { LONG } from "./extent.ts";
import type { Frame } from "./profile.ts";
import type { Sources } from "./sources.ts";

/** What V8 calls a function that has no name. */
const ANONYMOUS = "(anonymous)";

/** What a function is known by in its file on both sides: its name, or else a text. */
export type Mark = readonly [name: string, text: string];

/** So much of a function's beginning tells it from the others of its line. */
const BEGINNING = 160;

/** Names so short are a minifier's, in such lines: its next run gives them to other functions. */
const SHORT = 2;

/** A function that has a name is known by it; another by the text of its line, or by how it begins where it shares the line with many. */
export async function markOf(
  { name, line, column = 0 }: Pick<Frame, "name" | "line" | "column">,
  path: string,
  sources: Sources,
): Promise<Mark> {
  const whole = line === null ? "" : ((await sources.text(path))?.split("\n")[line - 1] ?? "");
  const isShared = whole.length > LONG;
  if (name !== ANONYMOUS && !(isShared && name.length <= SHORT)) return [name, ""];
  if (isShared) return ["", withoutNames(whole.slice(column, column + BEGINNING))];
  return ["", (await sources.line(path, line)) ?? String(line)];
}

/** A text in which all names that a minifier may have given are the same. */
function withoutNames(text: string): string {
  return text.replace(/(?<![\w$.])[A-Za-z_$][\w$]?(?![\w$])/g, "_");
}
