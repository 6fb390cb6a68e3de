import { rm } from "node:fs/promises";
import type { GitCommand } from "./command.ts";
import { IDENTITY } from "./commit.ts";

/**
 * A commit of what `tip` holds without the files at `paths`, and without parents: what only older commits hold is then held by nothing, and the server may
 * let it go. `index` is a file that does not exist yet.
 */
export async function commitWithout(
  git: GitCommand,
  tip: string,
  paths: readonly string[],
  message: string,
  index: string,
): Promise<string> {
  const env = { ...IDENTITY, GIT_INDEX_FILE: index };
  const none = "0".repeat(tip.length);
  try {
    await git.output(["read-tree", tip], { env });
    await git.output(["update-index", "-z", "--index-info"], {
      env,
      input: paths.map((path) => `0 ${none}\t${path}\0`).join(""),
    });
    const tree = await git.text(["write-tree", "--missing-ok"], { env });
    return await git.text(["commit-tree", tree, "-F", "-"], { env, input: `${message}\n` });
  } finally {
    await rm(index, { force: true });
  }
}
