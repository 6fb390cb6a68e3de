import type { VersionChange } from "../../model/carriage.ts";
import type { Ports } from "../../ports/index.ts";
import { isLockfile, versionChanges } from "./lockfiles.ts";
import { manifestDifference } from "./manifest.ts";
import { ingredientOf } from "./which.ts";

/** Both trees from their roots, and the commits that they were checked out from. */
export interface Roots {
  readonly baseline: { readonly root: string; readonly sha: string };
  readonly candidate: { readonly root: string; readonly sha: string };
}

/** What is not the same in two trees. */
export interface Difference {
  readonly code: boolean;
  /** Paths as seen from the root. */
  readonly dependencies: readonly string[];
  readonly runtime: readonly string[];
  /** What lockfiles say of the dependencies. */
  readonly versions: readonly VersionChange[];
}

/** So many packages are told of. */
const PACKAGES = 50;

/** What differs between both trees of what git tracks, as it lies there now; why that cannot be told, as the rest of a sentence. */
export async function differenceOf(
  { git, files, trees }: Pick<Ports, "git" | "files" | "trees">,
  { baseline, candidate }: Roots,
): Promise<Difference | string> {
  const lists = await Promise.all([git.list(baseline.sha), git.list(candidate.sha)]);
  const paths = [...new Set(lists.flat())].sort();
  const unequal = (await trees?.unequal(baseline.root, candidate.root, paths)) ?? null;
  if (unequal === null) return "both trees are too large to be compared";
  for (const [index, { root }] of [baseline, candidate].entries()) {
    // Of folders git lists submodules alone, which are neither read as files nor copied.
    const listed = new Set(lists[index]);
    const there = await trees!.look(
      root,
      unequal.filter((path) => listed.has(path)),
    );
    const submodule = [...there].find(([, { kind }]) => kind === "folder")?.[0];
    if (submodule !== undefined) return `a tree with the submodule ${submodule} is not put together from both sides`;
  }
  const found = { code: false, dependencies: [] as string[], runtime: [] as string[] };
  const textsOf = (path: string) =>
    Promise.all([baseline, candidate].map(({ root }) => files.readTextIfAny(`${root}/${path}`)));
  for (const path of unequal) {
    const kind = ingredientOf(path);
    if (kind === "code") found.code = true;
    else if (kind !== "manifest") found[kind].push(path);
    else {
      const [before, after] = await textsOf(path);
      const { dependencies, rest } = manifestDifference(before!, after!);
      if (dependencies) found.dependencies.push(path);
      if (rest) found.code = true;
    }
  }
  const versions: VersionChange[] = [];
  for (const path of found.dependencies.filter(isLockfile)) {
    const [before, after] = await textsOf(path);
    for (const each of versionChanges(path, before!, after!)) if (versions.length < PACKAGES) versions.push(each);
  }
  return { ...found, versions };
}
