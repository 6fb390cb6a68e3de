import type { Warning } from "../model/warning.ts";
import type { CommitStatusRequest, GitHub, GitHubResult, PullRequestComment } from "../ports/index.ts";
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

/** What the workflow must grant for comments on pull requests. */
const PERMISSION = "pull-requests: write";

/**
 * Brings the gate's comment up to date: edits ours where there is one, so that an old red turns green, and creates it otherwise. Under `on-change` a
 * comment that never had bad news goes once there is nothing to say; one that had stays and says that it is over. Two runs at once may both
 * have found none: what is there twice is removed.
 * Whatever GitHub refuses comes back as warnings; the verdict never depends on it.
 */
export async function publishComment(github: GitHub, publication: Publication): Promise<readonly Warning[]> {
  const { pull, key, body, when, changed } = publication;
  if (when === "never") return [];
  const comments = await github.comments(pull);
  if (!comments.ok) return warningsOf(comments, "read the pull request's comments");
  const viewer = await github.viewer();
  const [existing, ...twice] = comments.value.filter((comment) => isOurs(comment, key, viewer));
  const silent = when === "on-change" && !changed;
  const stale = existing !== undefined && silent && isCalm(existing.body) ? [existing] : [];
  const removed = await removeAll(github, [...twice, ...stale]);
  if (stale.length > 0) return removed;
  if (existing !== undefined) {
    if (existing.body === body) return removed;
    return [
      ...removed,
      ...warningsOf(await github.updateComment(existing.id, body), "update its comment on the pull request"),
    ];
  }
  if (silent) return removed;
  return [...removed, ...warningsOf(await github.createComment(pull, body), "comment on the pull request")];
}

async function removeAll(github: GitHub, comments: readonly PullRequestComment[]): Promise<readonly Warning[]> {
  const warnings: Warning[] = [];
  for (const { id } of comments) {
    const gone = await github.deleteComment(id);
    for (const each of warningsOf(gone, "remove a comment of its own that is out of date")) warnings.push(each);
  }
  return warnings;
}

/** Sets the commit status of a gate. What GitHub refuses comes back as a warning. */
export async function publishStatus(
  github: GitHub,
  sha: string,
  status: CommitStatusRequest,
): Promise<readonly Warning[]> {
  return warningsOf(await github.setStatus(sha, status), "set a commit status", "statuses: write");
}

function warningsOf(result: GitHubResult<unknown>, action: string, permission = PERMISSION): readonly Warning[] {
  if (result.ok) return [];
  if (result.forbidden) return [{ code: "forbidden", action, permission }];
  return [{ code: "github-failed", action, reason: result.reason }];
}
