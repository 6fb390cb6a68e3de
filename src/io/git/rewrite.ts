import { rm } from "node:fs/promises";
import type { Move } from "../../ports/index.ts";
import type { GitCommand } from "./command.ts";
import { IDENTITY } from "./commit.ts";
import { entriesAt } from "./objects.ts";

/** What is to be made of a commit. */
interface Rewriting {
  readonly tip: string;
  /** The files that go. */
  readonly paths: readonly string[];
  /** The plain files that get another path, one that is free. */
  readonly moves: readonly Move[];
}

/**
 * A commit of what `tip` holds without some files, with some others moved, and without parents: what only older commits hold is then held by nothing, and the
 * server may let it go. `index` is a file that does not exist yet.
 */
export async function commitWithout(
  git: GitCommand,
  { tip, paths, moves }: Rewriting,
  message: string,
  index: string,
): Promise<string> {
  const entries = moves.length === 0 ? new Map() : await entriesAt(git, tip);
  const env = { ...IDENTITY, GIT_INDEX_FILE: index };
  const none = "0".repeat(tip.length);
  try {
    await git.output(["read-tree", tip], { env });
    const moved = moves.filter(({ from }) => entries.get(from)?.plain === true);
    const rows = [
      ...[...paths, ...moved.map(({ from }) => from)].map((path) => `0 ${none}\t${path}\0`),
      ...moved.map(({ from, to }) => `100644 ${entries.get(from)?.oid}\t${to}\0`),
    ];
    await git.output(["update-index", "-z", "--index-info"], { env, input: rows.join("") });
    const tree = await git.text(["write-tree", "--missing-ok"], { env });
    return await git.text(["commit-tree", tree, "-F", "-"], { env, input: `${message}\n` });
  } finally {
    await rm(index, { force: true });
  }
}
