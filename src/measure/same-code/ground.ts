import { GateError } from "../../model/error.ts";
import type { Ports, Trees } from "../../ports/index.ts";
import { type Difference, type How, isManifest, outlineOf, resolvesAlike } from "./difference.ts";

/** Two trees of one project, both set up, and how they differ. */
export interface Ground {
  readonly trees: Trees;
  /** The roots of the baseline's and of the candidate's tree, without links on the way. */
  readonly roots: readonly [string, string];
  readonly difference: Difference;
}

/** The most paths that may differ: beyond them hardly anything is the same, and to watch them all takes time. */
const MOST = 20_000;

/** Holds two trees against each other; null where they cannot be compared, or differ in too much. */
export async function groundOf(
  { trees, files }: Pick<Ports, "trees" | "files">,
  folders: readonly [string, string],
): Promise<Ground | null> {
  if (trees === undefined) return null;
  try {
    const roots = [await trees.real(folders[0]), await trees.real(folders[1])] as const;
    // One within the other would be a part of it.
    if (`${roots[0]}/`.startsWith(`${roots[1]}/`) || roots[1].startsWith(`${roots[0]}/`)) return null;
    const [one, other] = [await trees.walk(roots[0]), await trees.walk(roots[1])];
    if (one === null || other === null) return null;
    const { shape, resized, alike } = outlineOf(one, other);
    const unequal = shape.length + resized.length > MOST ? null : await trees.unequal(...roots, alike);
    if (unequal === null) return null;
    const difference = new Map<string, How>(shape.map((path) => [path, "shape"]));
    for (const path of [...resized, ...unequal]) {
      const texts = isManifest(path)
        ? [await files.readTextIfAny(`${roots[0]}/${path}`), await files.readTextIfAny(`${roots[1]}/${path}`)]
        : [];
      difference.set(path, resolvesAlike(texts[0] ?? null, texts[1] ?? null) ? "manifest" : "changed");
    }
    return difference.size > MOST ? null : { trees, roots, difference };
  } catch (error) {
    // What cannot be read cannot be known: it is measured.
    if (error instanceof GateError || isOfSystem(error)) return null;
    throw error;
  }
}

function isOfSystem(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error;
}

/** The paths to watch in a tree: what differs, the folders of what is not there on both sides, and what tells Git's state. */
export function watchedPaths(root: string, difference: Difference): readonly string[] {
  const found = new Set([".git", ".git/HEAD", ".git/index", ".git/packed-refs"]);
  for (const [path, how] of difference) {
    found.add(path);
    if (how === "shape") found.add(path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "");
  }
  return [...found].map((path) => (path === "" ? root : `${root}/${path}`));
}
