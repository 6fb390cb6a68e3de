import type { Warning } from "../model/warning.ts";
import type { CheckRequest, CommitStatusRequest, GitHub, GitHubResult, PullRequestComment } from "../ports/index.ts";
import { isCalm, isOurs } from "../report/parts/sticky.ts";

/** The one comment of a gate on a pull request. */
export interface Publication {
  readonly pull: number;
  /** Tells the gates of one pull request apart. */
  readonly key: string;
  /** Markdown whose first line is the marker of `key`. */
  readonly body: string;
  readonly when: "always" | "on-change" | "never";
  /** Whether there is something to say: decides under `on-change` whether a new comment is worth it. */
  readonly changed: boolean;
}

/** What GitHub is asked to do, in the words of a warning, and what the workflow must grant for it. */
export interface Wanted {
  readonly action: string;
  readonly permission: string;
}

/** The one comment on a pull request. */
export const COMMENT: Wanted = { action: "comment on the pull request", permission: "pull-requests: write" };
/** The status of a commit. */
export const STATUS: Wanted = { action: "set a commit status", permission: "statuses: write" };
/** The check run of a commit. */
export const CHECK: Wanted = { action: "add a check run", permission: "checks: write" };

/**
 * Brings the gate's comment up to date: edits ours where there is one, so that an old red turns green, and creates it otherwise. Under `on-change` a
 * comment that never had bad news goes once there is nothing to say; one that had stays and says that it is over. Two runs at once may both
 * have found none and made one: each looks again, and all agree on the oldest.
 * Whatever GitHub refuses comes back as warnings; the verdict never depends on it.
 */
export async function publishComment(github: GitHub, publication: Publication): Promise<readonly Warning[]> {
  const { pull, body, when, changed } = publication;
  if (when === "never") return [];
  const found = await ours(github, publication);
  if (!found.ok) return warningsOf(found, { ...COMMENT, action: "read the pull request's comments" });
  const [existing, ...twice] = found.value;
  const silent = when === "on-change" && !changed;
  const stale = existing !== undefined && silent && isCalm(existing.body) ? [existing] : [];
  const removed = await removeAll(github, [...twice, ...stale]);
  if (stale.length > 0) return removed;
  if (existing !== undefined) {
    return [...removed, ...(await update(github, existing, body))];
  }
  if (silent) return removed;
  const made = await github.createComment(pull, body);
  if (!made.ok) return [...removed, ...warningsOf(made, COMMENT)];
  return [...removed, ...(await settle(github, publication, made.value))];
}

/** The gate's comments on a pull request, the oldest first. */
async function ours(github: GitHub, { pull, key }: Publication): Promise<GitHubResult<readonly PullRequestComment[]>> {
  const comments = await github.comments(pull);
  if (!comments.ok) return comments;
  const viewer = await github.viewer();
  const value = comments.value.filter((comment) => isOurs(comment, key, viewer)).toSorted((a, b) => a.id - b.id);
  return { ok: true, value };
}

/**
 * Makes one comment of those that several runs have made since each found none: the oldest stays, and says what the run says that came later, as if that had
 * found it. Ours is there whatever comes of it, so that a failure to look again is nothing to tell.
 */
async function settle(github: GitHub, publication: Publication, made: number): Promise<readonly Warning[]> {
  const found = await ours(github, publication);
  const [oldest, ...younger] = found.ok ? found.value : [];
  if (oldest === undefined) return [];
  const removed = await removeAll(github, younger);
  return oldest.id === made ? removed : [...removed, ...(await update(github, oldest, publication.body))];
}

async function update(
  github: GitHub,
  { id, body: before }: PullRequestComment,
  body: string,
): Promise<readonly Warning[]> {
  if (before === body) return [];
  return warningsOf(await github.updateComment(id, body), {
    ...COMMENT,
    action: "update its comment on the pull request",
  });
}

async function removeAll(github: GitHub, comments: readonly PullRequestComment[]): Promise<readonly Warning[]> {
  const warnings: Warning[] = [];
  for (const { id } of comments) {
    const gone = await github.deleteComment(id);
    const wanted = { ...COMMENT, action: "remove a comment of its own that is out of date" };
    for (const each of warningsOf(gone, wanted)) warnings.push(each);
  }
  return warnings;
}

/** Sets the commit status of a gate. What GitHub refuses comes back as a warning. */
export async function publishStatus(
  github: GitHub,
  sha: string,
  status: CommitStatusRequest,
): Promise<readonly Warning[]> {
  return warningsOf(await github.setStatus(sha, status), STATUS);
}

/** Adds the check run of a gate to a commit. What GitHub refuses comes back as a warning. */
export async function publishCheck(github: GitHub, sha: string, check: CheckRequest): Promise<readonly Warning[]> {
  return warningsOf(await github.createCheck(sha, check), CHECK);
}

/** What GitHub refused, as warnings: none where it did not. */
export function warningsOf(result: GitHubResult<unknown>, { action, permission }: Wanted): readonly Warning[] {
  if (result.ok) return [];
  if (result.forbidden) return [{ code: "forbidden", action, permission }];
  return [{ code: "github-failed", action, reason: result.reason }];
}
