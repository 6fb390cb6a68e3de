import { rm } from "node:fs/promises";
import type { Move } from "../../ports/index.ts";
import type { GitCommand } from "./command.ts";
import { IDENTITY } from "./commit.ts";

/** What is to be made of a commit. */
interface Rewriting {
  readonly tip: string;
  /** The files that go. */
  readonly paths: readonly string[];
  /** What gets another path, one that is free. */
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
  const env = { ...IDENTITY, GIT_INDEX_FILE: index };
  const none = "0".repeat(tip.length);
  try {
    await git.output(["read-tree", tip], { env });
    const gone = [...paths, ...moves.map(({ from }) => from)].map((path) => `0 ${none}\t${path}\0`);
    const rows = [...gone, ...(await movedRows(git, tip, moves))];
    await git.output(["update-index", "-z", "--index-info"], { env, input: rows.join("") });
    const tree = await git.text(["write-tree", "--missing-ok"], { env });
    return await git.text(["commit-tree", tree, "-F", "-"], { env, input: `${message}\n` });
  } finally {
    await rm(index, { force: true });
  }
}

/** What `tip` has at the old paths, at the new ones: links and programs stay what they are. */
async function movedRows(git: GitCommand, tip: string, moves: readonly Move[]): Promise<readonly string[]> {
  if (moves.length === 0) return [];
  const targets = new Map(moves.map(({ from, to }) => [from, to]));
  const listing = await git.output(["ls-tree", "-r", "-z", "--full-tree", tip]);
  return listing
    .toString("utf8")
    .split("\0")
    .flatMap((row) => {
      const [about = "", from = ""] = row.split(/\t(.*)/s);
      const to = targets.get(from);
      return to === undefined ? [] : [`${about}\t${to}\0`];
    });
}
