import type { LineCommit } from "../../ports/index.ts";
import type { GitCommand } from "./command.ts";

/** The names of branches, here and at remotes, and of tags. */
export async function namesIn(git: GitCommand): Promise<readonly string[]> {
  const args = ["for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes", "refs/tags"];
  const names = (await git.text(args)).split("\n").map((ref) => ref.replace(/^refs\/(?:heads|tags|remotes)\//, ""));
  return names.filter(Boolean);
}

/** As `Git.tags`. */
export async function tagsBehind(git: GitCommand, sha: string): Promise<readonly string[]> {
  const args = ["for-each-ref", "--merged", sha, "--no-contains", sha, "--format=%(refname:strip=2)", "refs/tags"];
  return (await git.text(args)).split("\n").filter(Boolean);
}

/** A commit that is here and what it descends from, newest first, so many at most. */
export async function revList(git: GitCommand, sha: string, limit: number): Promise<readonly string[]> {
  return (await git.text(["rev-list", `--max-count=${limit}`, sha])).split("\n");
}

/** As `Git.changes`. */
export async function changesOf(
  git: GitCommand,
  to: string,
  path: string,
  limit: number,
): Promise<readonly LineCommit[]> {
  const count = `--max-count=${limit}`;
  const args = ["log", "--first-parent", "--reverse", count, LINE_FORMAT, to, "--", `:(top,literal)${path}`];
  return (await git.text(args)).split("\n").filter(Boolean).map(lineCommit);
}

/** As `Git.line`. */
export async function lineBetween(git: GitCommand, from: string, to: string): Promise<readonly LineCommit[] | null> {
  const rows = await git.text(["log", "--first-parent", "--reverse", LINE_FORMAT, `${from}..${to}`, "--"]);
  const commits = rows.split("\n").filter(Boolean);
  // Git orders `--first-parent` as a chain: the oldest one's first parent is where it begins.
  if (commits[0]?.split("\0")[1]?.split(" ")[0] !== from) return null;
  return commits.map(lineCommit);
}

/** A commit on a line, its parents, the seconds since 1970 at which it was made, and the first line of its message. */
const LINE_FORMAT = "--format=%H%x00%P%x00%ct%x00%s";

function lineCommit(row: string): LineCommit {
  const [sha = "", , seconds, ...subject] = row.split("\0");
  return { sha, ref: "", committedAt: instantOf(Number(seconds)), subject: subject.join("\0") };
}

/** Seconds since 1970 as ISO 8601, UTC. */
export function instantOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
