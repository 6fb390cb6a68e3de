import type { FunctionPlace } from "../model/explanation.ts";
import { dependencyOf } from "./dependency.ts";
import { type Mark, markOf } from "./mark.ts";
import type { Frame, Owner, Profile } from "./profile.ts";
import type { Sources } from "./sources.ts";

/** A frame that is known by the same key on both sides. */
export interface PlacedFrame {
  readonly key: string;
  readonly place: FunctionPlace;
  readonly owner: Owner;
  /** Where its text is on this machine; null where it has none. */
  readonly path: string | null;
  /** Whether it has a name that somebody gave it. */
  readonly named: boolean;
  /** The dependency's version as its path tells it, and the folder that holds it. */
  readonly version?: string;
  readonly folder?: string;
}

/** A profile of one side, its functions known by their keys. */
export interface PlacedProfile extends Omit<Profile, "frames"> {
  readonly frames: readonly PlacedFrame[];
}

/** One side's tree, as profiles see it. */
export interface Tree {
  /** Its root, absolute. */
  readonly root: string;
  /** The folder in it where relative paths begin; "" at the root. */
  readonly below: string;
  /** Files that belong to the tool that runs benchmarks, whole folders with a slash at the end. */
  readonly tools: readonly string[];
}

/** The name of all functions of what runs benchmarks. */
const ENGINE = "(benchmark engine)";

/** tinybench, whoever brought it, runs benchmarks and is none. */
const ENGINES = /(?:^|\/)node_modules\/(?:\.pnpm\/[^/]+\/node_modules\/)?(?:tinybench|benchmark|mitata|autocannon)\//;

/** Puts the functions of a profile where both sides know them by the same key. Compiled code is read back to its source where a map tells it. */
export async function placeProfile(profile: Profile, tree: Tree, sources: Sources): Promise<PlacedProfile> {
  const frames: PlacedFrame[] = [];
  const mapped = new Map<number, (line: number) => number | null>();
  for (const [index, frame] of profile.frames.entries()) {
    const { placed, lines } = await placeFrame(frame, tree, sources);
    frames.push(placed);
    if (lines !== null) mapped.set(index, lines);
  }
  if (mapped.size === 0) return { ...profile, frames };
  const nodes = profile.nodes.map((node) => {
    const original = mapped.get(node.frame);
    if (original === undefined || node.lines === undefined) return node;
    const lines = new Map<number, number>();
    for (const [line, weight] of node.lines) {
      const at = original(line);
      if (at !== null) lines.set(at, (lines.get(at) ?? 0) + weight);
    }
    return { ...node, lines };
  });
  return { ...profile, frames, nodes };
}

interface Found {
  readonly placed: PlacedFrame;
  /** Where a line of the compiled file comes from; null where it is the source itself. */
  readonly lines: ((line: number) => number | null) | null;
}

async function placeFrame(frame: Frame, tree: Tree, sources: Sources): Promise<Found> {
  const { name, file, owner } = frame;
  if (owner === "runtime" || file === null) {
    const place = { name: file?.startsWith("node:") ? `${name} (${file})` : name, file: null, line: null };
    return { placed: { key: place.name, place, owner, path: null, named: true }, lines: null };
  }
  const path = absolute(file, tree);
  if (ENGINES.test(path) || tree.tools.some((tool) => path === tool || (tool.endsWith("/") && path.startsWith(tool)))) {
    return {
      placed: { key: ENGINE, place: { name: ENGINE, file: null, line: null }, owner: "tool", path, named: true },
      lines: null,
    };
  }
  const dependency = dependencyOf(path);
  const mapped = await sources.original(path, frame);
  // A map may lead out of a package, to where it was built: nobody has that file here.
  const isThere = dependency === null || (mapped !== null && dependencyOf(mapped.path)?.folder === dependency.folder);
  const original = isThere ? mapped : null;
  const defined = dependency === null && frame.line === null ? await sources.definition(path, name) : frame.line;
  const at = original ?? { name, path, line: defined, lineOf: null };
  const mark = await markOf(original ?? { ...frame, line: defined }, at.path, sources);
  const shown = relative(at.path, tree);
  const place = { name: at.name, file: shown, line: at.line };
  const placed = { owner, path: at.path, named: mark[0] !== "" };
  if (dependency === null) return { placed: { ...placed, key: keyOf(mark, shown), place }, lines: at.lineOf };
  const { name: dependent, inside, ...where } = dependencyOf(at.path)!;
  const key = keyOf(mark, `${dependent}\n${inside}`);
  return { placed: { ...placed, ...where, key, place: { ...place, dependency: dependent } }, lines: at.lineOf };
}

function keyOf([name, text]: Mark, file: string): string {
  return `${name}\n${file}\n${text}`;
}

function absolute(file: string, { root, below }: Tree): string {
  const path = file.replaceAll("\\", "/");
  if (path.startsWith("/") || /^[A-Za-z]:\//.test(path)) return path;
  return [root, below, path.replace(/^\.\//, "")].filter(Boolean).join("/");
}

/** A path as seen from the root of its tree, wherever links have led to it; as it is where it lies outside. */
export function relative(path: string, { root }: Pick<Tree, "root">): string {
  const at = path.indexOf(`${root.replaceAll("\\", "/")}/`);
  return at < 0 ? path : path.slice(at + root.length + 1);
}
