import { functionText } from "./extent.ts";
import type { Sources } from "./sources.ts";
import type { Tally } from "./tally.ts";

/** A line is told only where it has so much of what its function takes, what the runtime did for it included. */
const LEAST = 0.2;

/** One side's rounds, and the file of the function in it. */
interface Seen {
  readonly tallies: readonly Tally[];
  readonly sources: Sources;
  readonly path: string | null;
  /** The line where it begins, from 1: profilers count there what they have no line for. */
  readonly begins: number | null;
}

/** The line on which a function takes most more than it did, from 1, lines matched by what they say; null where lines are not known, or where it begins has most. */
export async function hotLine(key: string, baseline: Seen, candidate: Seen): Promise<number | null> {
  const [before, after] = [linesOf(key, baseline), linesOf(key, candidate)];
  const all = candidate.tallies.reduce((sum, { self }) => sum + (self.get(key) ?? 0), 0) / candidate.tallies.length;
  if (after.size === 0) return null;
  const was = new Map<string, number>();
  for (const [line, weight] of before) {
    if (line === baseline.begins) continue;
    const text = await textOf(baseline, line);
    was.set(text, (was.get(text) ?? 0) + weight);
  }
  const rises: { readonly line: number; readonly rise: number }[] = [];
  for (const [line, weight] of after) {
    if (line === candidate.begins) continue;
    rises.push({ line, rise: weight - (was.get(await textOf(candidate, line)) ?? 0) });
  }
  const [most] = rises.sort((a, b) => b.rise - a.rise);
  return most !== undefined && most.rise >= LEAST * all ? most.line : null;
}

/**
 * The line of a function, from 1, that calls one of these functions of the runtime, by way of which it takes more: of the first of them that a single line of it
 * names; null where there is none.
 */
export async function callLine(
  { sources, path, begins }: Pick<Seen, "sources" | "path" | "begins">,
  ways: readonly string[],
): Promise<number | null> {
  const text = path === null ? null : await sources.text(path);
  if (text === null || begins === null) return null;
  const body = functionText(text, begins)?.split("\n").length ?? 0;
  // A regular expression has no name that a line could call it by, whatever is in it.
  for (const way of ways.filter((each) => !each.startsWith("RegExp: "))) {
    const name = /^[\w$]+(?![\w$:])/.exec(way.replace(/^.*\.(?=[\w$]+(?: |$))/, ""))?.[0];
    if (name === undefined) continue;
    const called = linesFrom(text, begins, body).filter(({ line }) => callsOf(name).test(line));
    if (called.length === 1) return called[0]!.at;
  }
  return null;
}

function callsOf(name: string): RegExp {
  return new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}\\s*(?:\\?\\.)?\\(`);
}

/** What is only said of code, and not run. */
const COMMENT = /^\s*(?:\/\/|\/?\*|#)/;

/** So many lines of a text that are not empty, with where they are: those that are run. */
function linesFrom(text: string, begins: number, count: number) {
  const lines = text.split("\n").map((line, index) => ({ line, at: index + 1 }));
  const all = lines.filter(({ line, at }) => at >= begins && line.trim() !== "").slice(0, count);
  return all.filter(({ line }) => !COMMENT.test(line));
}

/** What lines took on average over the rounds. */
function linesOf(key: string, { tallies }: Seen): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const { lines } of tallies) {
    for (const [line, weight] of lines.get(key) ?? []) sums.set(line, (sums.get(line) ?? 0) + weight / tallies.length);
  }
  return sums;
}

async function textOf({ sources, path }: Seen, line: number): Promise<string> {
  return (path === null ? null : await sources.line(path, line)) ?? `line ${line}`;
}
