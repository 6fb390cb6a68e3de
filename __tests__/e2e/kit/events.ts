/** Event payloads in the shape of GitHub's webhooks, reduced to the fields that actions read. */

export interface PullRequestSubject {
  readonly number: number;
  readonly head: { readonly ref: string; readonly sha: string };
  readonly base: { readonly ref: string; readonly sha: string };
  /** `owner/name` of the head's repository; another one than the base's makes it a fork, null a deleted one. */
  readonly headRepository?: string | null;
}

const DEFAULT_BRANCH = "main";

function account(login: string): object {
  return { login, id: 583231, type: "User", html_url: `https://github.com/${login}` };
}

function repositoryOf(fullName: string, fork: boolean): object {
  const [owner = "", name = ""] = fullName.split("/");
  return {
    id: fork ? 2296269 : 1296269,
    name,
    full_name: fullName,
    private: false,
    owner: account(owner),
    html_url: `https://github.com/${fullName}`,
    fork,
    default_branch: DEFAULT_BRANCH,
  };
}

const common = (repository: string): object => ({
  repository: repositoryOf(repository, false),
  organization: { login: repository.split("/")[0], id: 6811672 },
  sender: account("octocat"),
});

/** `pull_request` (and `pull_request_target`, which has the same payload). */
export function pullRequestEvent(repository: string, subject: PullRequestSubject, action = "synchronize"): object {
  const { number, head, base, headRepository = repository } = subject;
  const owner = (name: string): string => name.split("/")[0]!;
  const headOwner = owner(headRepository ?? "ghost/gone");
  return {
    action,
    number,
    pull_request: {
      number,
      state: "open",
      locked: false,
      draft: false,
      title: `Pull request ${number}`,
      body: null,
      html_url: `https://github.com/${repository}/pull/${number}`,
      user: account(headOwner),
      head: {
        label: `${headOwner}:${head.ref}`,
        ref: head.ref,
        sha: head.sha,
        user: account(headOwner),
        repo: headRepository === null ? null : repositoryOf(headRepository, headRepository !== repository),
      },
      base: {
        label: `${owner(repository)}:${base.ref}`,
        ref: base.ref,
        sha: base.sha,
        user: account(owner(repository)),
        repo: repositoryOf(repository, false),
      },
      labels: [],
    },
    ...common(repository),
  };
}

/** `push` to a branch; `before` is null for a new branch. */
export function pushEvent(repository: string, push: { branch: string; before: string | null; after: string }): object {
  return {
    ref: `refs/heads/${push.branch}`,
    before: push.before ?? "0".repeat(40),
    after: push.after,
    created: push.before === null,
    deleted: false,
    forced: false,
    base_ref: null,
    compare: `https://github.com/${repository}/compare/${push.before ?? push.after}...${push.after}`,
    commits: [],
    head_commit: { id: push.after, message: "a change", timestamp: "2026-01-01T00:00:00Z" },
    pusher: { name: "octocat", email: "octocat@users.noreply.github.com" },
    ...common(repository),
  };
}

/** `merge_group`, `checks_requested`. */
export function mergeGroupEvent(
  repository: string,
  group: { baseRef: string; baseSha: string; headRef: string; headSha: string },
): object {
  return {
    action: "checks_requested",
    merge_group: {
      head_sha: group.headSha,
      head_ref: `refs/heads/${group.headRef}`,
      base_sha: group.baseSha,
      base_ref: `refs/heads/${group.baseRef}`,
      head_commit: { id: group.headSha, message: "a group", timestamp: "2026-01-01T00:00:00Z" },
    },
    ...common(repository),
  };
}

/** `workflow_run`, `completed`; `pull_requests` is empty, as GitHub leaves it for forks. */
export function workflowRunEvent(
  repository: string,
  run: { id: number; headBranch: string; headSha: string; headRepository: string },
): object {
  return {
    action: "completed",
    workflow_run: {
      id: run.id,
      name: "Benchmarks",
      event: "pull_request",
      status: "completed",
      conclusion: "success",
      head_branch: run.headBranch,
      head_sha: run.headSha,
      head_repository: repositoryOf(run.headRepository, run.headRepository !== repository),
      pull_requests: [],
      run_attempt: 1,
    },
    ...common(repository),
  };
}

/** `schedule`. */
export const scheduleEvent = (repository: string): object => ({ schedule: "0 3 * * 1", ...common(repository) });

/** `workflow_dispatch` on a branch. */
export const dispatchEvent = (repository: string, branch: string): object => ({
  inputs: {},
  ref: `refs/heads/${branch}`,
  workflow: ".github/workflows/benchmarks.yml",
  ...common(repository),
});
