import type { Origin } from "../model/explanation.ts";
import { firstNewLine, functionText, holds } from "./extent.ts";
import type { PlacedFrame, PlacedProfile, Tree } from "./place.ts";
import { relative } from "./place.ts";
import type { Sources } from "./sources.ts";
import { ownersOf } from "./tally.ts";
import type { Versions } from "./versions.ts";

/** A side's tree, and what can be read in it. */
export interface Reading {
  readonly tree: Tree;
  readonly sources: Sources;
  readonly versions: Versions;
}

/**
 * How a function stands to the change: what is nearest to it on its stacks, itself first, that is changed; by most of its time where stacks differ.
 *
 * @param frames the same function on the baseline, where it was seen there.
 */
export async function originOf(
  key: string,
  candidate: readonly PlacedProfile[],
  sides: { readonly baseline: Reading; readonly candidate: Reading },
): Promise<Origin> {
  const found = new Map<string, { readonly origin: Origin; weight: number }>();
  for (const { stack, weight } of stacksOf(key, candidate)) {
    const origin = await nearest(stack, sides);
    if (origin === null) continue;
    const name = JSON.stringify(origin);
    const known = found.get(name) ?? { origin, weight: 0 };
    known.weight += weight;
    found.set(name, known);
  }
  const [most] = [...found.values()].sort((a, b) => b.weight - a.weight);
  return most?.origin ?? { kind: "unexplained" };
}

/** How much of a function's time was seen in calls by each other function, as shares. */
export function callersOf(key: string, candidate: readonly PlacedProfile[]): ReadonlyMap<string, number> {
  const stacks = stacksOf(key, candidate);
  const all = stacks.reduce((sum, { weight }) => sum + weight, 0);
  const shares = new Map<string, number>();
  for (const { stack, weight } of stacks) {
    const caller = stack[1]?.key;
    if (caller !== undefined) shares.set(caller, (shares.get(caller) ?? 0) + weight / all);
  }
  return shares;
}

interface Stack {
  /** The function itself, then its callers, each once. */
  readonly stack: readonly PlacedFrame[];
  readonly weight: number;
}

/** The stacks on which a function was seen, equal ones together. */
function stacksOf(key: string, profiles: readonly PlacedProfile[]): readonly Stack[] {
  const found = new Map<string, { readonly stack: readonly PlacedFrame[]; weight: number }>();
  for (const profile of profiles) {
    const owners = ownersOf(profile);
    for (const [index, { weight, parent }] of profile.nodes.entries()) {
      if (weight === 0 || owners[index]!.frame?.key !== key) continue;
      const stack = new Map<string, PlacedFrame>();
      for (const frame of [owners[index]!.frame!, ...callers(profile, owners, parent)]) {
        if (frame.owner === "code" && !stack.has(frame.key)) stack.set(frame.key, frame);
      }
      const name = [...stack.keys()].join("\u0001");
      const known = found.get(name) ?? { stack: [...stack.values()], weight: 0 };
      known.weight += weight;
      found.set(name, known);
    }
  }
  return [...found.values()];
}

function* callers(profile: PlacedProfile, owners: ReturnType<typeof ownersOf>, parent: number): Iterable<PlacedFrame> {
  for (let at = parent; at >= 0; at = profile.nodes[at]!.parent) {
    const { frame } = owners[at]!;
    if (frame !== null) yield frame;
  }
}

async function nearest(
  stack: readonly PlacedFrame[],
  sides: { readonly baseline: Reading; readonly candidate: Reading },
): Promise<Origin | null> {
  for (const [index, frame] of stack.entries()) {
    if (frame.place.dependency !== undefined) {
      const other = await versionChange(frame, sides);
      if (other !== null) return other;
    } else if (await isChanged(frame, sides)) {
      return index === 0 ? { kind: "changed" } : { kind: "called-by", caller: frame.place };
    }
  }
  const own = stack.find(({ place, path }) => place.dependency === undefined && path !== null);
  if (own === undefined) return null;
  const [before, after] = await texts(own, sides);
  const line = before === null || after === null ? null : firstNewLine(before, after);
  return line === null ? null : { kind: "same-file", line };
}

/** The first line of a changed function, from 1, that the baseline's file does not have; null where it is not changed so. */
export async function changedLine(
  frame: PlacedFrame,
  sides: { readonly baseline: Reading; readonly candidate: Reading },
): Promise<number | null> {
  const { line } = frame.place;
  if (frame.path === null || line === null) return null;
  const [before, after] = await texts(frame, sides);
  return before === null || after === null ? null : firstNewLine(before, after, line);
}

async function isChanged(
  frame: PlacedFrame,
  sides: { readonly baseline: Reading; readonly candidate: Reading },
): Promise<boolean> {
  const { line } = frame.place;
  if (frame.path === null || line === null) return false;
  const [before, after] = await texts(frame, sides);
  const text = after === null ? null : functionText(after, line);
  if (text === null) return false;
  return before === null || !holds(before, text);
}

/** The file of a frame on both sides; null where there is none. A file outside of the trees is the same on both. */
function texts(
  { path }: PlacedFrame,
  { baseline, candidate }: { readonly baseline: Reading; readonly candidate: Reading },
): Promise<[string | null, string | null]> {
  const inside = relative(path!, candidate.tree);
  const before = inside === path ? path : `${baseline.tree.root}/${inside}`;
  return Promise.all([baseline.sources.text(before), candidate.sources.text(path!)]);
}

async function versionChange(
  frame: PlacedFrame,
  { baseline, candidate }: { readonly baseline: Reading; readonly candidate: Reading },
): Promise<Origin | null> {
  const name = frame.place.dependency!;
  // Where the path itself tells the version, another one has another path.
  const like = frame.version === undefined;
  const from = await (like ? baseline.versions.like(frame, candidate.tree) : baseline.versions.met(name));
  const to = await candidate.versions.of(frame);
  return from === to ? null : { kind: "dependency", name, from, to };
}
