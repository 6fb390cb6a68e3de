import { functionText } from "./extent.ts";
import type { PlacedFrame, PlacedProfile } from "./place.ts";
import type { Sources } from "./sources.ts";

interface Side {
  readonly profiles: readonly PlacedProfile[];
  readonly sources: Sources;
}

/**
 * The candidate's profiles, in which a function that was only moved to another file, or only renamed, has the key that it has on the baseline. Functions that
 * one side alone has are partners where both have the same name, or texts that differ in nothing but the name, and nobody else has.
 */
export async function pairedNames(baseline: Side, candidate: Side): Promise<readonly PlacedProfile[]> {
  const [before, after] = [ownFrames(baseline), ownFrames(candidate)];
  const gone = [...before.values()].filter(({ key }) => !after.has(key));
  const fresh = [...after.values()].filter(({ key }) => !before.has(key));
  const partners = new Map<string, string>();
  const traits = [async ({ place, named }: PlacedFrame) => (named ? place.name : null), bodyOf];
  for (const trait of traits) {
    const taken = new Set(partners.values());
    const left = await byTrait(
      gone.filter(({ key }) => !taken.has(key)),
      baseline.sources,
      trait,
    );
    const right = await byTrait(
      fresh.filter(({ key }) => !partners.has(key)),
      candidate.sources,
      trait,
    );
    for (const [name, keys] of right) {
      const others = left.get(name) ?? [];
      if (keys.length === 1 && others.length === 1) partners.set(keys[0]!, others[0]!);
    }
  }
  if (partners.size === 0) return candidate.profiles;
  return candidate.profiles.map((profile) => ({
    ...profile,
    frames: profile.frames.map((frame) => ({ ...frame, key: partners.get(frame.key) ?? frame.key })),
  }));
}

/** What tells a function that was moved or renamed; null where it does not. */
type Trait = (frame: PlacedFrame, sources: Sources) => Promise<string | null>;

/** The keys of frames by what they have of a trait. */
async function byTrait(
  frames: readonly PlacedFrame[],
  sources: Sources,
  trait: Trait,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  for (const frame of frames) {
    const name = await trait(frame, sources);
    if (name === null) continue;
    found.set(name, [...(found.get(name) ?? []), frame.key]);
  }
  return found;
}

function ownFrames({ profiles }: Side): ReadonlyMap<string, PlacedFrame> {
  const own = profiles.flatMap(({ frames }) => frames.filter(({ owner }) => owner === "code"));
  return new Map(own.map((frame) => [frame.key, frame]));
}

/** The text of a function with its own name left out; null where it is not known, or too short to tell functions apart. */
async function bodyOf({ path, place: { line, name } }: PlacedFrame, sources: Sources): Promise<string | null> {
  const text = path === null || line === null ? null : await sources.text(path);
  const body = text === null ? null : functionText(text, line!);
  const nameless = body?.replaceAll(name, "") ?? "";
  return nameless.length < 20 ? null : nameless;
}
