import type { Tree, TreeEntry } from "../../ports/index.ts";
import type { Ground } from "./ground.ts";
import type { Reach } from "./why-measured.ts";

/** Stamps of files are set to less than a microsecond while they are watched, in milliseconds. */
const STAMP = 0.5;

/** How what a module depends on looked when it had run, on both sides; each package.json that Node reads on the way is among its places. */
export interface Snapshot extends Reach {
  readonly seen: readonly Seen[];
}

/** One side of it: what is at its places, and below its folders; null of a folder that is not there or not to be walked. */
interface Seen {
  readonly at: Tree;
  readonly below: ReadonlyMap<string, Tree | null>;
}

/** Looks at everything that a module depends on. */
export async function snapshotOf(ground: Ground, reach: Reach): Promise<Snapshot> {
  const places = [...new Set([...reach.places, ...manifestsOf(reach.places)])];
  return { ...reach, places, seen: await see(ground, places, reach.folders) };
}

/**
 * The first path that has been written since a snapshot, be it the same on both sides or not; null where none has. Who writes what another reads may write
 * something else the next time.
 */
export async function writtenSince(ground: Ground, { places, folders, asked, seen }: Snapshot): Promise<string | null> {
  const now = await see(ground, places, folders);
  for (const [index, before] of seen.entries()) {
    const { at, below } = now[index]!;
    for (const place of places) {
      if (!isAsBefore(before.at.get(place), at.get(place), asked.has(place))) return place;
    }
    for (const folder of folders) {
      const [old, fresh] = [before.below.get(folder) ?? null, below.get(folder) ?? null];
      if ((old === null) !== (fresh === null)) return folder;
      for (const path of new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])])) {
        if (!isAsBefore(old!.get(path), fresh!.get(path), false)) return folder === "" ? path : `${folder}/${path}`;
      }
    }
  }
  return null;
}

/** Why a module must be measured that depends on a path which has been written since, as the rest of a sentence. */
export function rewritten(path: string): string;
export function rewritten(path: string | null): string | null;
export function rewritten(path: string | null): string | null {
  return path === null ? null : `touches ${path}, which something else has written since`;
}

async function see({ trees, roots }: Ground, places: readonly string[], folders: readonly string[]) {
  return Promise.all(
    roots.map(async (root): Promise<Seen> => {
      const below = folders.map(async (folder) => [folder, await trees.walk(`${root}/${folder}`)] as const);
      return { at: await trees.look(root, places), below: new Map(await Promise.all(below)) };
    }),
  );
}

/** A folder on the way is the same whatever is in it, unless its own state was asked for. */
function isAsBefore(old: TreeEntry | undefined, now: TreeEntry | undefined, asked: boolean): boolean {
  if (old === undefined || now === undefined) return old === now;
  const { kind, size, runs, to, links, inode } = old;
  const same = now.kind === kind && now.size === size && now.runs === runs && now.to === to && now.inode === inode;
  if (!same || (kind === "folder" && !asked)) return same;
  return now.links === links && Math.abs(now.written - old.written) < STAMP;
}

/** Where Node looks for the package.json that tells what a module is: in each folder above it. It does so by itself, and no note tells of it. */
function manifestsOf(places: Iterable<string>): ReadonlySet<string> {
  const found = new Set(["package.json"]);
  for (const place of places) {
    for (let end = place.lastIndexOf("/"); end > 0; end = place.lastIndexOf("/", end - 1)) {
      const manifest = `${place.slice(0, end)}/package.json`;
      // Those above it are known as well.
      if (found.has(manifest)) break;
      found.add(manifest);
    }
  }
  return found;
}
