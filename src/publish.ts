import type { Warning } from "./model/warning.ts";
import type { GitHub, GitHubResult } from "./ports.ts";
import { isOurs } from "./report/sticky.ts";

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
 * Brings the gate's comment up to date: edits ours where there is one, so that an old red turns green, and creates it otherwise.
 * Whatever GitHub refuses comes back as warnings; the verdict never depends on it.
 */
export async function publishComment(github: GitHub, publication: Publication): Promise<readonly Warning[]> {
  const { pull, key, body, when, changed } = publication;
  if (when === "never") return [];
  const comments = await github.comments(pull);
  if (!comments.ok) return warningsOf(comments, "read the pull request's comments");
  const viewer = await github.viewer();
  const existing = comments.value.find((comment) => isOurs(comment, key, viewer));
  if (existing !== undefined) {
    if (existing.body === body) return [];
    return warningsOf(await github.updateComment(existing.id, body), "update its comment on the pull request");
  }
  if (when === "on-change" && !changed) return [];
  return warningsOf(await github.createComment(pull, body), "comment on the pull request");
}

function warningsOf(result: GitHubResult<unknown>, action: string): readonly Warning[] {
  if (result.ok) return [];
  if (result.forbidden) return [{ code: "forbidden", action, permission: PERMISSION }];
  return [{ code: "github-failed", action, reason: result.reason }];
}
