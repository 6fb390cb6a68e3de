import type { Sources } from "./sources.ts";
import type { Tally } from "./tally.ts";

/** A line is told only where it has so much of what is known by lines of its function. */
const LEAST = 0.2;

/** One side's rounds, and the file of the function in it. */
interface Seen {
  readonly tallies: readonly Tally[];
  readonly sources: Sources;
  readonly path: string | null;
}

/** The line on which a function takes most more than it did, from 1, lines matched by what they say; null where lines are not known. */
export async function hotLine(key: string, baseline: Seen, candidate: Seen): Promise<number | null> {
  const [before, after] = [linesOf(key, baseline), linesOf(key, candidate)];
  const all = [...after.values()].reduce((sum, each) => sum + each, 0);
  if (all === 0) return null;
  const was = new Map<string, number>();
  for (const [line, weight] of before) {
    const text = await textOf(baseline, line);
    was.set(text, (was.get(text) ?? 0) + weight);
  }
  const rises: { readonly line: number; readonly rise: number }[] = [];
  for (const [line, weight] of after) {
    rises.push({ line, rise: weight - (was.get(await textOf(candidate, line)) ?? 0) });
  }
  const [most] = rises.sort((a, b) => b.rise - a.rise);
  return most !== undefined && most.rise >= LEAST * all ? most.line : null;
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
