/** What a token may do with one kind of thing. */
export type Access = "read" | "write";

/** The permissions of a workflow's token that this fake knows. */
export type Scope = "contents" | "issues" | "pull_requests" | "statuses" | "checks";

/** Whom a token stands for. An `integration` is an app's token (such as GITHUB_TOKEN), which may not ask `GET /user`. */
export interface TokenGrant {
  readonly login: string;
  readonly integration: boolean;
  readonly permissions: Readonly<Partial<Record<Scope, Access>>>;
}

/** A pull request as a test declares it. */
export interface FakePull {
  readonly number: number;
  readonly head: { readonly ref: string; readonly sha: string; readonly repository?: string };
  readonly base: { readonly ref: string; readonly sha: string };
  readonly state?: "open" | "closed";
  readonly locked?: boolean;
}

/** An issue that is no pull request. */
export interface FakeIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly state: "open" | "closed";
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** `pull` is the number of the pull request or of the issue that it is on. */
export interface FakeComment {
  readonly id: number;
  readonly pull: number;
  readonly author: string;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface FakeStatus {
  readonly id: number;
  readonly sha: string;
  readonly state: string;
  readonly context: string;
  readonly description: string | null;
  readonly target_url: string | null;
  readonly creator: string;
}

export interface FakeCheckRun {
  readonly id: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly annotations: readonly unknown[];
}

/** A request that was received, for tests that count them. `status` is null where no answer was sent. */
interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly operation: string | null;
  readonly login: string | null;
  readonly status: number | null;
}

/** Everything the fake remembers. Tests read it, and may change it to prepare a scene. */
export interface FakeState {
  readonly repository: { readonly owner: string; readonly name: string; readonly private: boolean };
  readonly tokens: Map<string, TokenGrant>;
  readonly pulls: Map<number, FakePull>;
  issues: FakeIssue[];
  comments: FakeComment[];
  statuses: FakeStatus[];
  checkRuns: FakeCheckRun[];
  readonly requests: ReceivedRequest[];
  /** Requests and answers that GitHub's description does not allow: empty after a sound test. */
  readonly violations: string[];
  /** The hourly rate limit: `reset` in seconds since the epoch. */
  rate: { limit: number; remaining: number; reset: number };
  nextId: number;
}

/** The access that every token of a workflow on the same repository has by default here. */
export const WORKFLOW_TOKEN: TokenGrant = {
  login: "github-actions[bot]",
  integration: true,
  permissions: { contents: "write", issues: "write", pull_requests: "write", statuses: "write", checks: "write" },
};

/** What `pull_request` from a fork gets, whatever the workflow asks for. */
export const READ_ONLY_TOKEN: TokenGrant = {
  login: "github-actions[bot]",
  integration: true,
  permissions: { contents: "read", issues: "read", pull_requests: "read", statuses: "read", checks: "read" },
};

/** A fresh id. */
export function nextId(state: FakeState): number {
  state.nextId += 1;
  return state.nextId;
}
