import type { FunctionPlace } from "../model/explanation.ts";
import { dependencyOf } from "./dependency.ts";
import type { Frame, Owner, Profile } from "./profile.ts";
import type { Sources } from "./sources.ts";

/** A frame that is known by the same key on both sides. */
export interface PlacedFrame {
  readonly key: string;
  readonly place: FunctionPlace;
  readonly owner: Owner;
  /** Where its text is on this machine; null where it has none. */
  readonly path: string | null;
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
    return { placed: { key: place.name, place, owner, path: null }, lines: null };
  }
  const path = absolute(file, tree);
  if (ENGINES.test(path) || tree.tools.some((tool) => path === tool || (tool.endsWith("/") && path.startsWith(tool)))) {
    return {
      placed: { key: `${name}\n(tool)`, place: { name, file: null, line: null }, owner: "tool", path },
      lines: null,
    };
  }
  const dependency = dependencyOf(path);
  if (dependency !== null) {
    const { name: dependent, inside, ...where } = dependency;
    const place = { name, file: relative(path, tree), line: frame.line, dependency: dependent };
    return { placed: { key: keyOf(name, `${dependent}\n${inside}`, ""), place, owner, path, ...where }, lines: null };
  }
  const original = await sources.original(path, frame.line, frame.column ?? 0);
  const at = original ?? { path, line: frame.line ?? (await sources.definition(path, name)) };
  const shown = relative(at.path, tree);
  const text = name === "(anonymous)" ? ((await sources.line(at.path, at.line)) ?? String(at.line)) : "";
  const place = { name, file: shown, line: at.line };
  return {
    placed: { key: keyOf(name, shown, text), place, owner, path: at.path },
    lines: original === null ? null : original.lineOf,
  };
}

function keyOf(name: string, file: string, text: string): string {
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
