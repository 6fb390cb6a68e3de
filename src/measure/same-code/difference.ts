import type { Tree } from "../../ports/index.ts";

/**
 * How two trees differ at a path: `shape` where it is there on one side only, or is something else, or leads elsewhere; `changed` in what is in it; `manifest`
 * where it is a package.json whose changes Node's own search for modules does not see.
 */
export type How = "shape" | "changed" | "manifest";

/** The paths at which two trees differ. */
export type Difference = ReadonlyMap<string, How>;

/** What the names and sizes of two trees tell: paths of another shape, files of another size, and files that must be read to know. */
export interface Outline {
  readonly shape: readonly string[];
  readonly resized: readonly string[];
  readonly alike: readonly string[];
}

/** Holds two trees against each other as far as that goes without reading a file. A path with a name that is no text counts as one that differs. */
export function outlineOf(one: Tree, other: Tree): Outline {
  const shape: string[] = [];
  const resized: string[] = [];
  const alike: string[] = [];
  for (const path of new Set([...one.keys(), ...other.keys()])) {
    const [a, b] = [one.get(path), other.get(path)];
    const same = a !== undefined && b !== undefined && a.kind === b.kind && a.to === b.to && a.runs === b.runs;
    if (!same || a.kind === "other" || path.includes("\uFFFD")) shape.push(path);
    else if (a.kind === "file") (a.size === b.size ? alike : resized).push(path);
  }
  return { shape, resized, alike };
}

/** A path as its tree has it; null where it is not below the tree's root. */
export function inTree(root: string, path: string): string | null {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : null;
}

/** Whether a path is that of a package.json. */
export function isManifest(path: string): boolean {
  return path === "package.json" || path.endsWith("/package.json");
}

/** Whether Node's search for modules finds the same by both texts of a package.json: the order of its keys counts as well. */
export function resolvesAlike(one: string | null, other: string | null): boolean {
  const [a, b] = [readByNode(one), readByNode(other)];
  return a !== null && a === b;
}

function readByNode(text: string | null): string | null {
  try {
    const { name, type, main, exports, imports } = JSON.parse(text ?? "");
    return JSON.stringify([name, type, main, exports, imports]);
  } catch {
    return null;
  }
}
