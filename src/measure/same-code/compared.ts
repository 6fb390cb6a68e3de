import type { Tree } from "../../ports/index.ts";
import { outlineOf } from "./difference.ts";
import type { Ground } from "./ground.ts";
import type { Reach, Watched } from "./why-measured.ts";

/**
 * The file outside both trees that one side alone touched, as the rest of a sentence: a cache that goes by the tree's path, say, holds what may differ. What
 * Benchgate gives each side for itself, in folders named like `folder`, is none.
 */
export async function readsElsewhere(
  { trees, roots }: Ground,
  sides: readonly [Watched, Watched],
  folder: string,
): Promise<string | null> {
  const own = folder.replace(/[^-/]*$/, "");
  const [one, other] = sides.map(
    ({ notes, ways }) =>
      new Set(
        [...notes.loaded, ...notes.touched, ...notes.asked]
          .map((path) => ways.get(path)?.end ?? path)
          .filter((end) => !end.startsWith(own) && !roots.some((root) => `${end}/`.startsWith(`${root}/`))),
      ),
  ) as [Set<string>, Set<string>];
  const odd = [...[...one].filter((path) => !other.has(path)), ...[...other].filter((path) => !one.has(path))];
  const there = await trees.look(
    "",
    odd.map((path) => path.slice(1)),
  );
  const [file] = [...there].flatMap(([path, { kind }]) => (kind === "folder" ? [] : [path]));
  return file === undefined ? null : `reads /${file}, which the other side does not`;
}

/**
 * The first path that differs only since the trees were compared, or of which that cannot be told; null where none does. Other suites and modules have run meanwhile,
 * and what they wrote is read by this one. What it wrote itself is the same, if its code is.
 */
export async function differsByNow(
  { trees, roots }: Ground,
  { places, folders, asked }: Reach,
): Promise<string | null> {
  const at = await Promise.all(roots.map((root) => trees.look(root, places)));
  const pairs = [at];
  for (const folder of folders) {
    const found = await Promise.all(roots.map((root) => trees.walk(`${root}/${folder}`)));
    const there = folder === "" || at.some((side) => side.get(folder)?.kind === "folder");
    if (there && found.includes(null)) return folder;
    pairs.push(found.map((tree) => tree ?? new Map()));
  }
  for (const [one, other] of pairs) {
    const { shape, resized } = outlineOf(one!, other!);
    const [first] = [...shape, ...resized];
    if (first !== undefined) return first;
  }
  const [one, other] = at as [Tree, Tree];
  for (const path of asked) if (one.get(path)?.links !== other.get(path)?.links) return path;
  const files = places.filter((path) => one.get(path)?.kind === "file");
  const unequal = await trees.unequal(...roots, files);
  return unequal === null ? (files[0] ?? null) : (unequal[0] ?? null);
}
