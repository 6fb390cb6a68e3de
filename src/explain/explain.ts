import type { Culprit, Explanation, Origin } from "../model/explanation.ts";
import { LEAST_ROUNDS, type Riser, risers, unproven } from "./difference.ts";
import { flameTree } from "./flame.ts";
import { callLine, hotLine } from "./hot-line.ts";
import { callersOf, changedLine, originOf, type Reading } from "./origin.ts";
import { type PlacedFrame, type PlacedProfile, placeProfile, type Tree } from "./place.ts";
import type { Profile } from "./profile.ts";
import { pairedNames } from "./renames.ts";
import { type SourceFiles, Sources } from "./sources.ts";
import { COLLECTORS, IDLE, type Tally, tallyOf } from "./tally.ts";
import { usageRises } from "./usage.ts";
import { Versions } from "./versions.ts";

/** One side's profiles, a round each, and the tree that they are of. */
interface ProfiledSide {
  readonly rounds: readonly Profile[];
  readonly tree: Tree;
}

/** What profiles are to explain. */
export interface ExplainRequest {
  readonly baseline: ProfiledSide;
  readonly candidate: ProfiledSide;
  /** The change that a verdict has proven, as a share of the baseline; 0 where none has. */
  readonly proven: number;
  readonly inlining: boolean;
  /** Whether rounds too few to prove anything are shown all the same. */
  readonly unproven?: boolean;
}

/** What profiled rounds show, and nothing of where they come from. */
export type Findings = Omit<Extract<Explanation, { readonly kind: "profiled" }>, "suite" | "benchmark" | "seconds">;

/** The most functions that are told. */
const MOST = 3;

/** The functions that explain a change, as far as the rounds prove it, and how each stands to what was changed. */
export async function explainRounds(
  files: SourceFiles,
  { baseline, candidate, proven, inlining, unproven: shown = false }: ExplainRequest,
): Promise<Findings> {
  const before = await sideOf(files, baseline);
  const unpaired = await sideOf(files, candidate);
  const after = { ...unpaired, profiles: await pairedNames(before, unpaired) };
  const tallies = { baseline: before.profiles.map(tallyOf), candidate: after.profiles.map(tallyOf) };
  const frames = new Map([...framesOf(before.profiles), ...framesOf(after.profiles)]);
  const ignored = new Set([...frames.values()].filter(({ owner }) => owner === "tool").map(({ key }) => key));
  const few = Math.min(baseline.rounds.length, candidate.rounds.length) < LEAST_ROUNDS;
  const found =
    few && shown
      ? unproven(tallies.baseline, tallies.candidate, ignored)
      : risers(tallies.baseline, tallies.candidate, { proven, ignored });
  const looked: Suspect[] = [];
  for (const riser of found.filter(({ key }) => key !== IDLE).slice(0, 2 * MOST)) {
    const culprit = await culpritOf(riser, frames.get(riser.key)!, { before, after, tallies });
    looked.push({ key: riser.key, culprit, callers: callersOf(riser.key, after.profiles) });
  }
  // What else a runtime does by itself, such as to schedule, follows from what the program does.
  const isTelling = ({ key }: Suspect) => frames.get(key)!.owner !== "runtime" || COLLECTORS.has(key);
  const telling = looked.some(isTelling) ? looked.filter(isTelling) : looked;
  const culprits = telling
    .filter((each) => !isShadow(each, looked))
    .map(({ culprit }) => culprit)
    .slice(0, MOST);
  // What nobody has called slower may take more of anything.
  const usage = proven > 0 ? usageRises(baseline.rounds, candidate.rounds) : [];
  return {
    kind: "profiled",
    unit: baseline.rounds[0]?.unit ?? "s",
    per: [...baseline.rounds, ...candidate.rounds].every(({ runs }) => runs !== undefined) ? "operation" : "round",
    rounds: Math.min(baseline.rounds.length, candidate.rounds.length),
    culprits,
    ...(usage.length > 0 && { usage }),
    waits: found[0]?.key === IDLE,
    inlining,
    flame: flameTree(before.profiles, after.profiles),
  };
}

/** A function that stands out, and who calls it. */
interface Suspect {
  readonly key: string;
  readonly culprit: Culprit;
  readonly callers: ReadonlyMap<string, number>;
}

/**
 * Whether a function stands out only because it calls another that does: V8 takes a function whose own frame is not complete, or that is in a builtin without one,
 * for its caller. What is changed itself is no shadow of what is not.
 */
function isShadow({ key, culprit }: Suspect, all: readonly Suspect[]): boolean {
  if (culprit.origin.kind === "changed") return false;
  return all.some(
    (other) =>
      other.key !== key &&
      (other.callers.get(key) ?? 0) >= 0.5 &&
      (other.culprit.origin.kind === "changed" || other.culprit.share.value >= culprit.share.value),
  );
}

interface Side extends Reading {
  readonly profiles: readonly PlacedProfile[];
}

async function sideOf(files: SourceFiles, { rounds, tree }: ProfiledSide): Promise<Side> {
  const sources = new Sources(files);
  const profiles: PlacedProfile[] = [];
  for (const round of rounds) profiles.push(await placeProfile(round, tree, sources));
  return { tree, sources, profiles, versions: new Versions(sources, tree, framesOf(profiles).values()) };
}

/** All functions by their keys. Where several of a file have the same name (`__init__`), it is the place of the one that takes most. */
function framesOf(profiles: readonly PlacedProfile[]): ReadonlyMap<string, PlacedFrame> {
  const weights = new Map<string, number>();
  const found = new Map<string, PlacedFrame>();
  const weightAt = ({ key, place }: PlacedFrame) => weights.get(`${key}\n${place.line}`) ?? 0;
  for (const { frames, nodes } of profiles) {
    for (const { frame, weight } of nodes) {
      const { key, place } = frames[frame]!;
      weights.set(`${key}\n${place.line}`, weightAt(frames[frame]!) + weight);
    }
  }
  for (const frame of profiles.flatMap(({ frames }) => frames)) {
    const known = found.get(frame.key);
    if (known === undefined || weightAt(frame) >= weightAt(known)) found.set(frame.key, frame);
  }
  return found;
}

interface Sides {
  readonly before: Side;
  readonly after: Side;
  readonly tallies: { readonly baseline: readonly Tally[]; readonly candidate: readonly Tally[] };
}

async function culpritOf(
  { key, baseline, candidate, share }: Riser,
  frame: PlacedFrame,
  { before, after, tallies }: Sides,
): Promise<Culprit> {
  const { place, path, owner } = frame;
  const sides = { baseline: before, candidate: after };
  const was = framesOf(before.profiles).get(key);
  const seen = { tallies: tallies.candidate, sources: after.sources, path, begins: place.line };
  const line = await hotLine(
    key,
    { tallies: tallies.baseline, sources: before.sources, path: was?.path ?? null, begins: was?.place.line ?? null },
    seen,
  );
  const origin: Origin = owner === "code" ? await originOf(key, after.profiles, sides) : { kind: "unexplained" };
  const by = waysOf(key, tallies);
  // What the runtime does for a function has no line in it: then the line that calls it, or what is new in it, is nearest.
  const told =
    line ??
    (await callLine(seen, by)) ??
    (origin.kind === "changed" ? await changedLine(frame, sides) : null) ??
    place.line;
  return { ...place, line: told, baseline, candidate, share, by, origin };
}

/** A way is told only where it has so much of what is new in a function. */
const WAY = 0.2;

/** The functions of the runtime by way of which a function takes more than it did, most of it first. */
function waysOf(key: string, { baseline, candidate }: Sides["tallies"]): readonly string[] {
  const average = (tallies: readonly Tally[], name: string) =>
    tallies.reduce((sum, { by }) => sum + (by.get(key)?.get(name) ?? 0), 0) / tallies.length;
  const own = (tallies: readonly Tally[]) =>
    tallies.reduce((sum, { self }) => sum + (self.get(key) ?? 0), 0) / tallies.length;
  const rise = own(candidate) - own(baseline);
  const names = new Set(candidate.flatMap(({ by }) => [...(by.get(key)?.keys() ?? [])]));
  return [...names]
    .map((name) => ({ name, more: average(candidate, name) - average(baseline, name) }))
    .filter(({ more }) => more >= WAY * rise)
    .sort((a, b) => b.more - a.more)
    .map(({ name }) => name);
}
