import type { Way } from "../../ports/index.ts";
import { type Difference, inTree, isManifest } from "./difference.ts";
import type { Notes } from "./notes.ts";

/** What a module did on one side while it was watched. */
export interface Watched {
  /** The side's tree, without links on the way. */
  readonly root: string;
  /** The module that was run, in its tree. */
  readonly module: string;
  readonly notes: Notes;
  /** How each path of the notes is found. */
  readonly ways: ReadonlyMap<string, Way>;
  /** The paths of the difference, in the tree, that the system saw being read. */
  readonly read: readonly string[];
}

/** All of a tree that a module depends on. */
export interface Reach {
  /** Whatever it looked at or for, with everything on the way. */
  readonly places: readonly string[];
  /** The folders whose names it saw. */
  readonly folders: readonly string[];
  /** Those places whose state it asked for. */
  readonly asked: ReadonlySet<string>;
}

/** What either side of a module touched. */
export function reachOf(sides: readonly [Watched, Watched]): Reach {
  const all = (of: (side: Watched) => ReadonlySet<string>) => new Set(sides.flatMap((side) => [...of(side)]));
  return { places: [...all(placesOf)], folders: [...all(foldersOf)], asked: all(askedOf) };
}

/** Places that are somebody's own affair: what they lead to depends on who asks, or is all that Git knows. */
const UNKNOWABLE = /\/\.git(?:\/|$)|^\/proc\/[^/]+\/(?:cwd|root|fd|task|map_files)(?:\/|$)|^\/dev\/(?:fd|std)|\uFFFD/;

/**
 * Why a module has to be measured, as the rest of a sentence that begins with its name; null where both sides run the same code: neither touched anything
 * that differs, nor did anything that cannot be seen.
 */
export function whyMeasured(difference: Difference, sides: readonly [Watched, Watched]): string | null {
  for (const side of sides) {
    const why = refusal(side) ?? touches(difference, side);
    if (why !== null) return why;
  }
  const [one, other] = sides.map(doings);
  const odd = [...one!].find((each) => !other!.has(each)) ?? [...other!].find((each) => !one!.has(each));
  return odd === undefined ? null : `does not do the same on both sides (${odd})`;
}

function refusal({ root, module, notes, ways }: Watched): string | null {
  const [first] = notes.refusals;
  if (first !== undefined) return first;
  const places = pathsOf(notes).flatMap((path) => ways.get(path)?.places ?? []);
  const odd = places.find((place) => UNKNOWABLE.test(place));
  if (odd !== undefined) return `looks at ${odd}`;
  const own = `${root}/${module}`;
  // Without hooks for its loader, Node is seen reading modules, not loading them.
  return [...notes.loaded, ...notes.touched].some((path) => ways.get(path)?.end === own)
    ? null
    : "was not seen being loaded";
}

/** The paths of its tree that a module touched, every folder and link on the way included. */
function placesOf({ root, notes, ways }: Watched): ReadonlySet<string> {
  const places = new Set<string>();
  for (const named of pathsOf(notes)) {
    for (const place of ways.get(named)?.places ?? []) {
      const path = inTree(root, place);
      if (path !== null) places.add(path);
    }
  }
  return places;
}

/** The folders of its tree that a module listed; the empty text is the tree itself. */
function foldersOf({ root, notes, ways }: Watched): ReadonlySet<string> {
  const ends = notes.listed.map((path) => ways.get(path)?.end ?? path);
  return new Set(ends.flatMap((end) => (`${root}/`.startsWith(`${end}/`) ? [""] : (inTree(root, end) ?? []))));
}

/** What it touches of the difference, as the rest of a sentence. */
function touches(difference: Difference, watched: Watched): string | null {
  const places = placesOf(watched);
  for (const place of places) if (difference.has(place)) return `touches ${place}, which differs`;
  // Whoever lists a folder may go on into those below it.
  for (const folder of foldersOf(watched)) {
    for (const each of difference.keys()) {
      if (folder === "" || each.startsWith(`${folder}/`)) {
        return `lists ${folder || "the whole tree"}, where ${each} differs`;
      }
    }
  }
  // What a folder answers depends on the names in it, as its number of links and its size do.
  const asked = askedOf(watched);
  for (const [path, how] of difference) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    if (how === "shape" && asked.has(folder)) return `asks about ${folder || "the tree"}, where ${path} differs`;
  }
  // Node reads these by itself, and no note tells of it.
  for (const [path, how] of difference) {
    if (how === "manifest" || !isManifest(path)) continue;
    const folder = path.slice(0, -"package.json".length);
    for (const place of places) if (place.startsWith(folder)) return `is in reach of ${path}, which differs`;
  }
  const seen = watched.read.find((path) => difference.get(path) !== "manifest");
  return seen === undefined ? null : `reads ${seen}, which differs`;
}

/** The places of its tree that a module asked about; the empty text is the tree itself. */
function askedOf({ root, notes, ways }: Watched): ReadonlySet<string> {
  return new Set(
    notes.asked
      // A link is asked about as such, or what it leads to.
      .flatMap((path) => [path.replace(/\/+$/, ""), ways.get(path)?.end ?? path])
      .flatMap((end) => (end === root ? [""] : (inTree(root, end) ?? []))),
  );
}

/** All paths that a module named. */
export function pathsOf({ loaded, touched, asked, listed }: Notes): readonly string[] {
  return [...new Set([...loaded, ...touched, ...asked, ...listed])];
}

/** What a side did, in words that are the same on both: where it went in its tree, and what it loaded from elsewhere. */
function doings({ root, notes, ways }: Watched): ReadonlySet<string> {
  const found = new Set<string>();
  const { loaded, touched, asked, listed } = notes;
  for (const [kind, paths] of Object.entries({ loads: loaded, touches: touched, asks: asked, lists: listed })) {
    for (const path of paths) {
      const end = ways.get(path)?.end ?? path;
      const inside = inTree(root, end);
      if (inside !== null) found.add(`${kind} ${inside}`);
      else if (kind === "loads") found.add(`${kind} ${end}`);
    }
  }
  return found;
}
