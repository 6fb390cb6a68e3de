/** A line with more characters holds many functions: a compiler has put them there. */
export const LONG = 500;

const OPENS = /[({[]\s*(?:(?:\/\/|\/\*|#).*)?$/;
const CLOSES = /^\s*[)}\]]/;

/**
 * The text of the function that begins on a line, its lines without the spaces around them: up to the first later line that is indented no deeper, together
 * with the brackets that close it. Null where nothing is on that line. Told by indentation, so that it holds for any language whose code is laid out as
 * formatters do.
 */
export function functionText(text: string, line: number): string | null {
  const lines = text.split("\n");
  const first = lines[line - 1];
  if (first === undefined || first.trim() === "") return null;
  const depth = depthOf(first);
  let end = line;
  for (let index = line; index < lines.length; index++) {
    const here = lines[index]!;
    if (here.trim() === "") continue;
    const deeper = depthOf(here) > depth;
    const opening = end === line && here.trim() === "{";
    const closing = CLOSES.test(here) && depthOf(here) === depth && (end > line || OPENS.test(first));
    if (!deeper && !opening && !closing) break;
    end = index + 1;
    if (closing && !OPENS.test(here)) break;
  }
  return plainLines(lines.slice(line - 1, end)).join("\n");
}

/** How languages begin the definition of a function. */
const DEFINES = /\b(?:def|fn|func|function|fun|sub|proc|defp?)\b/;

/** The line, from 1, on which a text defines a function that a profiler knows by this name; null where none does. */
export function definitionLine(text: string, name: string): number | null {
  // What stands before the name is its module or class, what comes after it its arguments.
  const own = /([A-Za-z_$][\w$]*)\W*$/.exec(name.replace(/\([^()]*\)(?: const)?$/, "").replace(/<[^<>]*>$/, ""))?.[1];
  if (own === undefined) return null;
  const called = new RegExp(`(?<![\\w$.])${own.replaceAll("$", "\\$")}\\s*[<(:=]`);
  const lines = text.split("\n").map((line, index) => ({ line, at: index + 1 }));
  const likely = lines.filter(({ line }) => called.test(line) && !/;\s*$/.test(line));
  return (
    (likely.find(({ line }) => DEFINES.test(line)) ?? likely.find(({ line }) => /[{:]\s*$/.test(line)))?.at ?? null
  );
}

/** Whether a text holds those lines one after the other, whatever the spaces around them. */
export function holds(text: string, lines: string): boolean {
  return `\n${plainLines(text.split("\n")).join("\n")}\n`.includes(`\n${lines}\n`);
}

/** The first line of `after`, from 1 and not before `from`, that `before` does not have; null where it has all of them. */
export function firstNewLine(before: string, after: string, from = 1): number | null {
  const known = new Set(plainLines(before.split("\n")));
  const at = after
    .split("\n")
    .findIndex((line, index) => index + 1 >= from && line.trim() !== "" && !known.has(line.trim()));
  return at < 0 ? null : at + 1;
}

function plainLines(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}

function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}
