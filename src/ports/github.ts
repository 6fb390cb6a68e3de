/** A comment on a pull request. */
export interface PullRequestComment {
  readonly id: number;
  readonly body: string;
  readonly author: string;
}

/** An issue of the repository; pull requests are none. */
export interface Issue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly state: "open" | "closed";
}

/** An open pull request, as far as one must know whose it is. */
export interface PullRequest {
  readonly number: number;
  /** `repository` is `owner/name`; empty where it was deleted. */
  readonly head: { readonly sha: string; readonly ref: string; readonly repository: string };
  readonly base: { readonly sha: string; readonly ref: string };
}

/** A status of a commit, under a name of its own. */
export interface CommitStatusRequest {
  readonly state: "success" | "failure" | "error";
  readonly context: string;
  /** At most 140 characters. */
  readonly description: string;
  /** Where it leads to. */
  readonly url: string;
}

/** A check run that is complete: a verdict with remarks on lines of the change. */
export interface CheckRequest {
  readonly name: string;
  readonly conclusion: "success" | "neutral" | "failure";
  /** One line, and Markdown of at most 65,535 characters. */
  readonly title: string;
  readonly summary: string;
  /** Where it leads to. */
  readonly url: string;
  /** Tells it from another run's of the same name. */
  readonly id: string;
  readonly annotations: readonly CheckAnnotation[];
}

/** A check run that is there. */
export interface CheckRun {
  /** As `CheckRequest.id`; empty where it has none. */
  readonly id: string;
  /** Empty where it is not over. */
  readonly conclusion: string;
  /** Where it leads to. */
  readonly url: string;
  /** The login of the app that made it: `github-actions[bot]` for a workflow's own token. */
  readonly author: string;
}

/** A remark on a line of a file. */
interface CheckAnnotation {
  /** Relative to the repository's root. */
  readonly file: string;
  readonly line: number;
  readonly level: "failure" | "warning";
  readonly title: string;
  readonly message: string;
}

/** Refusals that must not change the verdict. */
export type GitHubResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly forbidden: boolean; readonly reason: string };

/** The part of GitHub that the gate uses. Never throws: a failure is a value. */
export interface GitHub {
  /** The login that our comments carry. */
  viewer(): Promise<string>;
  /** All comments of a pull request, over all pages. */
  comments(pull: number): Promise<GitHubResult<readonly PullRequestComment[]>>;
  createComment(pull: number, body: string): Promise<GitHubResult<number>>;
  updateComment(id: number, body: string): Promise<GitHubResult<number>>;
  /** One that is gone already is no failure. */
  deleteComment(id: number): Promise<GitHubResult<null>>;
  setStatus(sha: string, status: CommitStatusRequest): Promise<GitHubResult<number>>;
  /** Adds a check run to a commit, with as many requests as its annotations take. */
  createCheck(sha: string, check: CheckRequest): Promise<GitHubResult<number>>;
  /** All check runs of a commit under a name, those of earlier attempts too. A failure where they are more than one answer holds. */
  checks(sha: string, name: string): Promise<GitHubResult<readonly CheckRun[]>>;
  /** The commit that is the head of a pull request. */
  pullHead(pull: number): Promise<GitHubResult<string>>;
  /** The issues that somebody opened, open and closed, the ones that changed last first: a thousand at most. */
  issues(author: string): Promise<GitHubResult<readonly Issue[]>>;
  /** Opens an issue, and gives its number. */
  createIssue(issue: Pick<Issue, "title" | "body">): Promise<GitHubResult<number>>;
  /** Without a `state` it stays as open as it is. */
  updateIssue(
    issue: Pick<Issue, "number" | "title" | "body"> & { readonly state?: Issue["state"] },
  ): Promise<GitHubResult<number>>;
  /** The open pull requests from a branch of an owner, over all pages. */
  openPulls(owner: string, branch: string): Promise<GitHubResult<readonly PullRequest[]>>;
}
