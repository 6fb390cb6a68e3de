import type {
  CheckRequest,
  CommitStatusRequest,
  GitHub,
  GitHubResult,
  Issue,
  PullRequest,
  PullRequestComment,
} from "../../src/ports/index.ts";

/** The bot whose name a workflow's own token has. */
const BOT = "github-actions[bot]";

/** How GitHub refuses: a permission that is missing, or an answer that never came. */
export type Refusal = Extract<GitHubResult<never>, { readonly ok: false }>;

/** GitHub as values, without HTTP: what each operation answers, and what has become of comments and statuses. */
export interface FakeGitHubPort extends GitHub {
  readonly told: (PullRequestComment & { readonly pull: number })[];
  readonly statuses: (CommitStatusRequest & { readonly sha: string })[];
  /** `author`: the app that made it; the workflow's own where absent. */
  readonly made: (CheckRequest & { readonly sha: string; readonly author?: string })[];
  readonly pulls: PullRequest[];
  readonly opened: Issue[];
  /** The operations that were asked for, in order. */
  readonly asked: (keyof GitHub)[];
  /** What is refused from now on, by operation. */
  readonly refused: Map<keyof GitHub, Refusal>;
}

/** A GitHub that allows everything until `refused` says otherwise. */
export function fakeGitHubPort(): FakeGitHubPort {
  const told: FakeGitHubPort["told"] = [];
  const statuses: FakeGitHubPort["statuses"] = [];
  const made: FakeGitHubPort["made"] = [];
  const pulls: PullRequest[] = [];
  const opened: Issue[] = [];
  const asked: (keyof GitHub)[] = [];
  const refused = new Map<keyof GitHub, Refusal>();
  let ids = 0;
  async function answer<T>(operation: keyof GitHub, carryOut: () => T): Promise<GitHubResult<T>> {
    asked.push(operation);
    return refused.get(operation) ?? { ok: true, value: carryOut() };
  }
  return {
    told,
    statuses,
    made,
    pulls,
    opened,
    asked,
    refused,
    viewer: async () => BOT,
    comments: (pull) => answer("comments", () => told.filter((comment) => comment.pull === pull)),
    createComment: (pull, body) =>
      answer("createComment", () => {
        told.push({ id: ++ids, pull, body, author: BOT });
        return ids;
      }),
    updateComment: (id, body) =>
      answer("updateComment", () => {
        const index = told.findIndex((comment) => comment.id === id);
        told[index] = { ...told[index]!, body };
        return id;
      }),
    deleteComment: (id) =>
      answer("deleteComment", () => {
        const index = told.findIndex((comment) => comment.id === id);
        if (index >= 0) told.splice(index, 1);
        return null;
      }),
    setStatus: (sha, status) => answer("setStatus", () => statuses.push({ sha, ...status })),
    createCheck: (sha, check) => answer("createCheck", () => made.push({ sha, ...check })),
    checks: (sha, name) =>
      answer("checks", () =>
        made
          .filter((run) => run.sha === sha && run.name === name)
          .map(({ id, conclusion, url, author = BOT }) => ({ id, conclusion, url, author })),
      ),
    pullHead: (pull) => answer("pullHead", () => pulls.find(({ number }) => number === pull)?.head.sha ?? ""),
    issues: (author) => answer("issues", () => opened.filter((issue) => issue.author === author).toReversed()),
    createIssue: (issue) =>
      answer("createIssue", () => {
        const number = 100 + opened.length;
        opened.push({ ...issue, number, author: BOT, state: "open" });
        return number;
      }),
    updateIssue: (issue) =>
      answer("updateIssue", () => {
        const index = opened.findIndex(({ number }) => number === issue.number);
        opened[index] = { ...opened[index]!, ...issue };
        return issue.number;
      }),
    openPulls: (owner, branch) =>
      answer("openPulls", () =>
        pulls.filter(({ head }) => head.ref === branch && head.repository.startsWith(`${owner}/`)),
      ),
  };
}
