import { decodeSection, encodeSection } from "../codec/slow.ts";
import type { SlowRow, SlowSection } from "../model/slow.ts";
import type { Warning } from "../model/warning.ts";
import type { GitHub, GitHubResult, Issue, PullRequestComment } from "../ports/index.ts";
import { issueBody, issueComment, issueTitle } from "../report/formats/issue.ts";
import { isOurs, marker } from "../report/parts/sticky.ts";
import type { CommitPages } from "../report/words/commits.ts";
import { type Wanted, warningsOf } from "./comment.ts";

/** What a gate has to say in the issue of its repository. */
export interface IssueNews {
  /** Tells the comments of gates and machines apart. */
  readonly key: string;
  readonly run: string;
  readonly branch: string;
  readonly pages: CommitPages;
  readonly now: Date;
  /** What is to be said, by the rows that this gate said last: its section, and the rows of it that are new. */
  readonly found: (known: readonly SlowRow[]) => Promise<{
    readonly section: SlowSection;
    readonly news: readonly SlowRow[];
  }>;
}

/** The one issue of a repository. */
export const ISSUES: Wanted = {
  action: "keep the issue on the default branch up to date",
  permission: "issues: write",
};

/** The first line of the issue. A comment of a gate has another key. */
const KEY = "alert";
/** How often the issue is written before it is left to the next run: each time because another job has said more meanwhile. */
const TRIES = 4;
/** A gate or a machine that nobody has heard of for so long says nothing of the branch any more, in days. */
const FORGOTTEN = 30;

/**
 * Keeps the one issue of a repository. Each gate has a comment of its own on it, which no other job writes: what several find at once is never lost. The issue
 * itself is made from all of these comments, again as long as they have changed meanwhile.
 *
 * Quiet where nothing is new: there is no issue before something got worse; a new comment, which people are told of, only for new rows; and who closes the issue
 * is not told again of what was in it. Nothing is touched that is not ours by its first line *and* its author.
 */
export async function keepIssue(github: GitHub, news: IssueNews): Promise<readonly Warning[]> {
  return warningsOf(await kept(github, news), ISSUES);
}

async function kept(github: GitHub, news: IssueNews): Promise<GitHubResult<unknown>> {
  const viewer = await github.viewer();
  const present = await theIssue(github, viewer);
  if (!present.ok) return present;
  const before = present.value === null ? NONE : await github.comments(present.value.number);
  if (!before.ok) return before;
  // One that cannot be read, such as one that was edited, goes with the others.
  const own = before.value.filter((comment) => isOurs(comment, news.key, viewer));
  const last = newestOf(sectionsIn(own, viewer));
  // A run that was started before the one that looked last knows less.
  if (last !== undefined && BigInt(last.section.run) > BigInt(news.run)) return DONE;
  const { section, news: rows } = await news.found(last?.section.rows ?? []);
  if (section.rows.length === 0 && (last === undefined || last.section.rows.length === 0)) return DONE;

  const issue = present.value ?? (await opened(github, viewer, news, section));
  if ("ok" in issue) return issue;
  const text = [marker(news.key), encodeSection(section), issueComment(section, news.pages)].join("\n");
  const isNew = rows.length > 0 || section.more > (last?.section.more ?? 0);
  // Made before the old one goes: there is one at any time.
  const said =
    last === undefined || isNew
      ? await github.createComment(issue.number, text)
      : await github.updateComment(last.comment.id, text);
  if (!said.ok) return said;
  for (const { id } of own) if (id !== said.value) await github.deleteComment(id);
  return written(github, viewer, { news, issue, isNew });
}

const DONE: GitHubResult<null> = { ok: true, value: null };
const NONE: GitHubResult<readonly PullRequestComment[]> = { ok: true, value: [] };

/** A gate's comment on the issue, and what it says. */
interface Said {
  readonly comment: PullRequestComment;
  readonly section: SlowSection;
}

/** Our issue, the first that was opened; null where there is none. Others that a race has left are retired. */
async function theIssue(github: GitHub, viewer: string): Promise<GitHubResult<Issue | null>> {
  const all = await github.issues(viewer);
  if (!all.ok) return all;
  const [first = null, ...twice] = all.value
    .filter((issue) => isOurs(issue, KEY, viewer))
    .toSorted((a, b) => a.number - b.number);
  for (const { number } of twice) {
    const title = "Benchgate: opened twice";
    await github.updateIssue({ number, title, body: `See #${first!.number}.`, state: "closed" });
  }
  return { ok: true, value: first };
}

/** A new issue, or the one that another job has opened at the same time. */
async function opened(
  github: GitHub,
  viewer: string,
  { branch, pages }: IssueNews,
  section: SlowSection,
): Promise<Issue | Extract<GitHubResult<never>, { ok: false }>> {
  const issue = textOf({ branch, pages, sections: [section] });
  const made = await github.createIssue(issue);
  if (!made.ok) return made;
  const first = await theIssue(github, viewer);
  const mine: Issue = { ...issue, number: made.value, author: viewer, state: "open" };
  return first.ok && first.value !== null ? first.value : mine;
}

/** Brings the issue in line with all comments on it, until they have not changed while it was written. */
async function written(
  github: GitHub,
  viewer: string,
  { news, issue, isNew }: { readonly news: IssueNews; readonly issue: Issue; readonly isNew: boolean },
): Promise<GitHubResult<unknown>> {
  const { number } = issue;
  let is: Pick<Issue, "title" | "body" | "state"> = issue;
  // Whoever is heard of again after a month finds an issue that was closed without what is known of it.
  const calm = issueTitle({ ...news, sections: [] });
  let seen = "";
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const said = await sectionsOf(github, viewer, number);
    if (!said.ok) return said;
    const sections = current(said.value, news.now);
    const text = JSON.stringify(sections);
    if (text === seen) return DONE;
    seen = text;
    const { title, body } = textOf({ ...news, sections });
    const worse = sections.some(({ rows }) => rows.length > 0);
    // Who closed it while something was worse is told of what is new alone. What was closed by us, since nothing was, is opened again.
    const state: Issue["state"] | undefined = !worse ? "closed" : isNew || is.title === calm ? "open" : undefined;
    if (is.title === title && is.body === body && (state ?? is.state) === is.state) return DONE;
    const done = await github.updateIssue({ number, title, body, ...(state && { state }) });
    if (!done.ok) return done;
    is = { title, body, state: state ?? is.state };
  }
  return DONE;
}

function textOf(branch: Parameters<typeof issueBody>[0]): Pick<Issue, "title" | "body"> {
  return { title: issueTitle(branch), body: `${marker(KEY)}\n${issueBody(branch)}` };
}

/** The comments of gates on an issue, as far as they are ours and can be read. */
async function sectionsOf(github: GitHub, viewer: string, issue: number): Promise<GitHubResult<readonly Said[]>> {
  const comments = await github.comments(issue);
  return comments.ok ? { ok: true, value: sectionsIn(comments.value, viewer) } : comments;
}

function sectionsIn(comments: readonly PullRequestComment[], viewer: string): readonly Said[] {
  return comments.flatMap((comment): readonly Said[] => {
    const section = decodeSection(comment.body);
    if (section === null) return [];
    return isOurs(comment, `${KEY} ${section.gate} ${section.machine}`, viewer) ? [{ comment, section }] : [];
  });
}

/** The newest section of each gate and machine that was heard of lately. */
function current(all: readonly Said[], now: Date): readonly SlowSection[] {
  const keys = new Set(all.map(({ section }) => `${section.gate} ${section.machine}`));
  const newest = [...keys].sort().map((key) => {
    const own = all.filter(({ section }) => `${section.gate} ${section.machine}` === key);
    return newestOf(own)!.section;
  });
  const since = now.getTime() - FORGOTTEN * 86_400_000;
  return newest.filter(({ at }) => Date.parse(at) >= since);
}

function newestOf(all: readonly Said[]): Said | undefined {
  return all
    .toSorted((a, b) => Number(BigInt(a.section.run) - BigInt(b.section.run)) || a.comment.id - b.comment.id)
    .at(-1);
}
