import { namedBase, UNSHALLOW } from "../baseline/latest-release.ts";
import { GateError } from "../model/error.ts";
import { matches } from "../model/plan.ts";
import type { Revision } from "../model/recording.ts";
import { type FlagTable, one, type SettingType, TEXT, type Values } from "../model/setting.ts";
import type { Git } from "../ports/index.ts";

/** Of so many commits in a row one is measured. */
const STEP: SettingType<number | null, "value"> = one((word) => {
  const step = Number(word);
  if (Number.isInteger(step) && step >= 1 && step <= 100_000) return step;
  throw new GateError("this is not a number of commits", "Write it like `--every 10`");
});

/** How far back the ancestry is looked at. */
const WHOLE = 1_000_000;

/** The flags that say which commits are measured. */
export const POINT_FLAGS = {
  tags: {
    type: TEXT,
    value: "PATTERN",
    about:
      "For backfill: the tags to measure, with `*` for any characters. Without it and `--every`, all that HEAD descends from.",
  },
  every: {
    type: STEP,
    value: "N",
    about: "For backfill: the commit that is named and every N-th after it, up to HEAD, on the line of first parents.",
  },
} as const satisfies FlagTable;

/** A commit to measure, and what it is called. */
interface Point {
  readonly revision: Revision;
  readonly name: string;
}

/** The commits to measure, oldest first. */
export async function pointsOf(
  git: Git,
  { tags: pattern, every }: Values<typeof POINT_FLAGS>,
  from: string | undefined,
): Promise<readonly Point[]> {
  const head = await namedBase(git, "HEAD");
  if (every !== null) {
    if (pattern !== null) throw new GateError("--tags and --every name two sets of commits", "Give one of them");
    if (from === undefined) {
      throw new GateError("--every needs to know where to begin", "Name a commit: `baseline backfill v1.0 --every 10`");
    }
    return everyNth(git, { revision: await namedBase(git, from), name: from }, head, every);
  }
  if (from !== undefined) {
    throw new GateError(`backfill does not know what to do with ${from}`, "With a commit goes `--every N`");
  }
  const ages = new Map((await git.ancestors(head.sha, WHOLE)).map((sha, age) => [sha, age]));
  const names = (await git.tags(head.sha)).filter((tag) => pattern === null || matches(pattern, tag));
  const bySha = new Map<string, Point>();
  for (const name of names) {
    const revision = await git.revision(`refs/tags/${name}`);
    if (revision !== null && ages.has(revision.sha)) bySha.set(revision.sha, { revision, name });
  }
  if (bySha.size === 0) {
    throw new GateError(
      pattern === null ? "No tag lies behind HEAD" : `No tag behind HEAD fits ${JSON.stringify(pattern)}`,
      await inFull(git, "Fetch them (`git fetch --tags`), or name a commit and `--every N`"),
    );
  }
  return [...bySha.values()].sort((a, b) => ages.get(b.revision.sha)! - ages.get(a.revision.sha)!);
}

async function everyNth(git: Git, from: Point, head: Revision, every: number): Promise<readonly Point[]> {
  const { sha } = from.revision;
  const line = sha === head.sha ? null : await git.line(sha, head.sha);
  if (line === null) {
    throw new GateError(
      `${from.name} is not before HEAD on the line of first parents`,
      await inFull(git, "Name a commit that `git log --first-parent` shows"),
    );
  }
  const all = [from, ...line.map((each) => ({ revision: each, name: each.subject }))];
  return all.filter((_, at) => at % every === 0);
}

/** A remedy, or another one where the history is cut off: nothing else helps there. */
async function inFull(git: Git, remedy: string): Promise<string> {
  return (await git.names()).shallow ? UNSHALLOW : remedy;
}
