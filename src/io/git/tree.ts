import { rm } from "node:fs/promises";
import { join } from "node:path";
import { unlessGateError } from "./errors.ts";
import { hasPointers } from "./gaps.ts";
import { bringLfs, complete, ensure } from "./missing.ts";
import type { Repository, Tree } from "./repository.ts";
import { addWorktree, fillWorktree, removeWorktree } from "./worktree.ts";

/** A tree of a commit with the submodules that the checkout has, and how to remove it. */
interface MadeTree {
  readonly tree: Tree;
  remove(): Promise<void>;
}

/** Makes a tree of `sha` in the new folder `target`. The remote is asked for all that is missing first; then nobody is. */
export async function createTree(repository: Repository, sha: string, target: string): Promise<MadeTree> {
  await ensure(repository, sha);
  await complete(repository, sha, true);
  const pointers = await leavesPointers(repository);
  if (!pointers) await bringLfs(repository, sha);
  const tree = await addWorktree(repository, sha, target);
  const inside: MadeTree[] = [];
  const remove = async (): Promise<void> => {
    for (const each of inside) await each.remove();
    await removeWorktree(tree);
  };
  try {
    await fillWorktree(repository, tree, pointers ? { GIT_LFS_SKIP_SMUDGE: "1" } : {});
    for (const [path, submodule] of repository.submodules) {
      const made = await createSubmodule(repository, submodule, tree, path);
      if (made !== null) inside.push(made);
    }
    return { tree, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A submodule of a tree, from the repository of the one that the checkout has: a tree without them seldom builds. */
async function createSubmodule(
  repository: Repository,
  submodule: Repository,
  tree: Tree,
  path: string,
): Promise<MadeTree | null> {
  const listed = await repository.inTree(tree).text(["--literal-pathspecs", "ls-files", "-z", "--stage", "--", path]);
  const sha = /^160000 ([0-9a-f]+) /.exec(listed)?.[1];
  if (sha === undefined) return null;
  const target = join(tree.root, path);
  // Where that fails, `lacking` tells of it: not every build needs every submodule.
  const made = await createTree(submodule, sha, target).catch(unlessGateError);
  if (made === null) await rm(join(target, ".git"), { recursive: true, force: true });
  return made;
}

/** Whether files of the checkout were left as pointers on purpose, or for want of git-lfs: both sides are to be alike. */
async function leavesPointers({ checkout, inTree }: Repository): Promise<boolean> {
  const { root, gitDir } = checkout;
  return root !== null && (await hasPointers(inTree({ root, gitDir }), root));
}
