import type {
  CheckRequest,
  CheckRun,
  Clock,
  GitHub,
  GitHubResult,
  Issue,
  PullRequest,
  PullRequestComment,
} from "../../ports/index.ts";
import { createClock } from "../clock.ts";
import { createOctokit } from "./octokit.ts";

/** Where GitHub is and who asks. */
export interface GitHubOptions {
  readonly token: string;
  readonly repository: { readonly owner: string; readonly repo: string };
  /** The REST API's root, from `GITHUB_API_URL`. */
  readonly apiUrl: string;
  /** Seconds that may be spent on GitHub altogether, waiting included. */
  readonly deadlineSeconds?: number;
  /** Seconds that one attempt may take; 10 where absent. */
  readonly attemptSeconds?: number;
  /** Time and waiting; for tests. */
  readonly clock?: Pick<Clock, "now" | "monotonic" | "sleep">;
}

/** The bot that comments carry where a workflow's own token wrote them and GitHub does not say otherwise. */
const WORKFLOW_BOT = "github-actions[bot]";
const ATTEMPTS = 6;
/** Seconds that one attempt may take: GitHub answers in ten, or with an error. One that hangs must leave time for the next. */
const LONGEST_ATTEMPT = 10;
/** How often, and how long each time, GitHub is asked for what it can do without. */
const OPTIONAL = { attempts: 3, seconds: 5 } as const;
/** GitHub's advice for a secondary limit without `retry-after`: "wait for at least one minute". */
const SECONDARY_LIMIT_WAIT = 60;

/** How many pages of issues are read. */
const ISSUE_PAGES = 10;

/** The most annotations that one request of the Checks API takes. */
const ANNOTATIONS_AT_ONCE = 50;

interface Answer {
  readonly data: unknown;
  readonly next: string | null;
}

/** Why a request did not succeed. `wait` is null where asking again cannot help; `unsure` where the request may have been carried out. */
interface Refusal {
  readonly forbidden: boolean;
  readonly reason: string;
  readonly wait: number | null;
  readonly unsure: boolean;
}

/**
 * GitHub over its REST API. Answers 5xx, cut connections and rate limits are asked again with growing pauses (or the pause that GitHub
 * names) until `deadlineSeconds` are spent; then, and for every other error, the failure is returned as a value. A `GateError` where there is no way to ask.
 * Limits: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export function createGitHub(options: GitHubOptions): GitHub {
  const { clock = createClock(), deadlineSeconds = 60, attemptSeconds = LONGEST_ATTEMPT } = options;
  const baseUrl = options.apiUrl.replace(/\/$/, "");
  const { octokit, origin } = createOctokit(options.token, baseUrl);
  const { owner, repo } = options.repository;
  const repository = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}`;
  const comments = `${repository}/issues`;
  let spent = 0;
  let login: Promise<string> | null = null;

  async function once(route: string, body: Readonly<Record<string, unknown>>, seconds: number): Promise<Answer> {
    const signal = AbortSignal.timeout(Math.ceil(seconds * 1000));
    const response = await octokit.request(route, { ...body, request: { signal } });
    return { data: response.data, next: nextPage(response.headers.link, origin) };
  }

  /** `carriedOut` looks, before a request of unsure fate is repeated, whether it took effect after all. */
  async function ask(
    route: string,
    body: Readonly<Record<string, unknown>> = {},
    carriedOut: () => Promise<GitHubResult<Answer | null>> = async () => ({ ok: true, value: null }),
    { attempts, seconds } = { attempts: ATTEMPTS, seconds: attemptSeconds },
  ): Promise<GitHubResult<Answer>> {
    for (let attempt = 1; ; attempt++) {
      const started = clock.monotonic();
      const left = deadlineSeconds - spent;
      if (left <= 0) return failed(`no answer within ${deadlineSeconds} s`);
      try {
        const value = await once(route, body, Math.min(left, seconds, attemptSeconds));
        spent += clock.monotonic() - started;
        return { ok: true, value };
      } catch (error) {
        spent += clock.monotonic() - started;
        const refusal = describe(error, attempt, clock.now());
        const { forbidden, reason, wait } = refusal;
        if (wait === null || attempt >= attempts) return { ok: false, forbidden, reason };
        if (wait >= deadlineSeconds - spent) {
          return failed(
            `${reason}; asking again makes sense only in ${Math.ceil(wait)} s, which is past the ${deadlineSeconds} s allowed`,
          );
        }
        await clock.sleep(wait);
        spent += wait;
        if (!refusal.unsure) continue;
        const found = await carriedOut();
        if (!found.ok) return found;
        if (found.value !== null) return { ok: true, value: found.value };
      }
    }
  }

  async function viewer(): Promise<string> {
    const user = await ask("GET /user", {}, undefined, OPTIONAL);
    if (user.ok) return textAt(user.value.data, "login") ?? WORKFLOW_BOT;
    // An app's token may not ask for its user, but GraphQL tells it the app's login: another one than the workflow's own for a custom app.
    if (!user.forbidden) return WORKFLOW_BOT;
    // GitHub Enterprise Server has REST at /api/v3 and GraphQL at /api/graphql.
    const answer = await ask(
      `POST ${baseUrl.replace(/\/v3$/, "")}/graphql`,
      { query: "{viewer{login}}" },
      undefined,
      OPTIONAL,
    );
    return (answer.ok ? textAt(answer.value.data, "data", "viewer", "login") : null) ?? WORKFLOW_BOT;
  }

  /** A list over its pages: all of them where it is not said how many. */
  async function all<T>(
    route: string,
    what: string,
    parse: (raw: unknown) => T,
    pages = Number.POSITIVE_INFINITY,
  ): Promise<GitHubResult<readonly T[]>> {
    const items: T[] = [];
    let read = 0;
    for (let next: string | null = `GET ${route}`; next !== null && read < pages; read++) {
      const page: GitHubResult<Answer> = await ask(next);
      if (!page.ok) return page;
      if (!Array.isArray(page.value.data)) return failed(`the list of ${what} is not a list`);
      for (const each of page.value.data) items.push(parse(each));
      next = page.value.next === null ? null : `GET ${page.value.next}`;
    }
    return { ok: true, value: items };
  }

  const checkRuns = (sha: string, name: string) =>
    `${repository}/commits/${sha}/check-runs?check_name=${encodeURIComponent(name)}&filter=all&per_page=100`;

  const self: GitHub = {
    viewer: () => {
      login ??= viewer();
      return login;
    },
    comments: (pull) => all(`${comments}/${pull}/comments?per_page=100`, "comments", parseComment),
    createComment: async (pull, body) => {
      const carriedOut = async (): Promise<GitHubResult<Answer | null>> => {
        const [present, author] = [await self.comments(pull), await self.viewer()];
        if (!present.ok) return present;
        const mine = present.value.findLast((comment) => comment.author === author && sameText(comment.body, body));
        return { ok: true, value: mine === undefined ? null : { data: mine, next: null } };
      };
      return idOf(await ask(`POST ${comments}/${pull}/comments`, { body }, carriedOut));
    },
    updateComment: async (id, body) => idOf(await ask(`PATCH ${comments}/comments/${id}`, { body })),
    deleteComment: async (id) => {
      const gone = await ask(`DELETE ${comments}/comments/${id}`);
      return gone.ok || gone.reason.startsWith("HTTP 404") ? { ok: true, value: null } : gone;
    },
    // Repeated as it is: a status of the same name replaces the one before it.
    setStatus: async (sha, { state, context, description, url }) =>
      idOf(await ask(`POST ${repository}/statuses/${sha}`, { state, context, description, target_url: url })),
    createCheck: async (sha, check) => {
      const [first = [], ...more] = inParts(check.annotations, ANNOTATIONS_AT_ONCE);
      const output = (annotations: CheckRequest["annotations"]) => ({
        title: check.title,
        summary: check.summary,
        annotations: annotations.map(({ file, line, level, title, message }) => ({
          path: file,
          start_line: line,
          end_line: line,
          annotation_level: level,
          title,
          message,
        })),
      });
      const carriedOut = async (): Promise<GitHubResult<Answer | null>> => {
        const answer = await ask(`GET ${checkRuns(sha, check.name)}`);
        if (!answer.ok) return answer;
        const runs = at(answer.value.data, ["check_runs"]);
        const mine = Array.isArray(runs) ? runs.find((run) => textAt(run, "external_id") === check.id) : undefined;
        return { ok: true, value: mine === undefined ? null : { data: mine, next: null } };
      };
      const { name, id: external_id, url: details_url, conclusion } = check;
      const run = { name, head_sha: sha, external_id, details_url, status: "completed", conclusion };
      const made = idOf(await ask(`POST ${repository}/check-runs`, { ...run, output: output(first) }, carriedOut));
      if (!made.ok) return made;
      for (const part of more) {
        const added = await ask(`PATCH ${repository}/check-runs/${made.value}`, { output: output(part) });
        if (!added.ok) return added;
      }
      return made;
    },
    checks: async (sha, name) => {
      const answer = await ask(`GET ${checkRuns(sha, name)}`);
      if (!answer.ok) return answer;
      const runs = at(answer.value.data, ["check_runs"]);
      if (!Array.isArray(runs)) return failed("the list of check runs is not a list");
      const isWhole = numberAt(answer.value.data, "total_count") === runs.length;
      return isWhole ? { ok: true, value: runs.map(parseCheckRun) } : failed("there are more check runs than are read");
    },
    pullHead: async (pull) => {
      const answer = await ask(`GET ${repository}/pulls/${pull}`);
      if (!answer.ok) return answer;
      const { sha } = parsePull(answer.value.data).head;
      return sha === "" ? failed("the pull request has no head") : { ok: true, value: sha };
    },
    issues: async (author) => {
      const route = `${comments}?creator=${encodeURIComponent(author)}&state=all&sort=updated&per_page=100`;
      const found = await all(route, "issues", parseIssue, ISSUE_PAGES);
      return found.ok ? { ok: true, value: found.value.filter((each) => each !== null) } : found;
    },
    createIssue: async (issue) => {
      const carriedOut = async (): Promise<GitHubResult<Answer | null>> => {
        const present = await self.issues(await self.viewer());
        if (!present.ok) return present;
        const mine = present.value.find(({ title, body }) => title === issue.title && sameText(body, issue.body));
        return { ok: true, value: mine === undefined ? null : { data: mine, next: null } };
      };
      return numberOf(await ask(`POST ${comments}`, { ...issue }, carriedOut));
    },
    updateIssue: async ({ number, ...issue }) => numberOf(await ask(`PATCH ${comments}/${number}`, issue)),
    openPulls: (headOwner, branch) => {
      const head = encodeURIComponent(`${headOwner}:${branch}`);
      return all(`${repository}/pulls?state=open&head=${head}&per_page=100`, "pull requests", parsePull);
    },
  };
  return self;
}

/** The wait is in seconds; `at` is the server's idea of now, near enough. */
function describe(error: unknown, attempt: number, at: Date): Refusal {
  const { status, message, response } = error as { status?: number; message?: string; response?: { headers: Headers } };
  // A gateway's page for people says nothing that its status does not.
  const said = message === undefined || message.startsWith("<") ? "" : ` ${message}`;
  const reason = oneLine(response === undefined ? `no answer:${said}` : `HTTP ${status}${said}`);
  // Jitter, so that the cells of a matrix do not come back all at once.
  const backoff = 2 ** (attempt - 1) * (0.5 + Math.random());
  if (response === undefined) return { forbidden: false, reason, wait: backoff, unsure: true };
  if (status !== undefined && status >= 500) return { forbidden: false, reason, wait: backoff, unsure: true };
  const limited = rateLimitWait(status, response.headers, message ?? "", at);
  if (limited !== null) return { forbidden: false, reason, wait: limited, unsure: false };
  if (status === 401) {
    // No permission mends a token that GitHub does not know.
    const invalid = `the token is not valid: it is wrong, or it has expired (${reason})`;
    return { forbidden: false, reason: invalid, wait: null, unsure: false };
  }
  const locked = /\blocked\b/.test(message ?? "");
  return { forbidden: (status === 403 || status === 404) && !locked, reason, wait: null, unsure: false };
}

type Headers = Readonly<Record<string, string | number | undefined>>;

/** Seconds to wait where GitHub says "too many requests", or null where it says something else. */
function rateLimitWait(status: number | undefined, headers: Headers, message: string, at: Date): number | null {
  if (status !== 403 && status !== 429) return null;
  const retryAfter = headers["retry-after"];
  if (retryAfter !== undefined) {
    const seconds = Number(retryAfter);
    return Number.isFinite(seconds) ? Math.max(0, seconds) : SECONDARY_LIMIT_WAIT;
  }
  if (Number(headers["x-ratelimit-remaining"] ?? 1) === 0) {
    const reset = Number(headers["x-ratelimit-reset"]);
    // One second more: the reset is told in whole seconds.
    return Number.isFinite(reset) ? Math.max(0, reset - at.getTime() / 1000) + 1 : SECONDARY_LIMIT_WAIT;
  }
  return status === 429 || /rate limit|abuse/i.test(message) ? SECONDARY_LIMIT_WAIT : null;
}

/** The next page's address from a `Link` header, where it is on the same server: the token goes nowhere else. */
function nextPage(link: string | undefined, origin: string): string | null {
  const url = /<([^>]+)>\s*;[^,]*\brel="next"/.exec(link ?? "")?.[1];
  return url !== undefined && URL.canParse(url) && new URL(url).origin === origin ? url : null;
}

function parseComment(raw: unknown): PullRequestComment {
  return { id: numberAt(raw, "id") ?? 0, body: textAt(raw, "body") ?? "", author: textAt(raw, "user", "login") ?? "" };
}

function parseCheckRun(raw: unknown): CheckRun {
  const [id, conclusion, url] = ["external_id", "conclusion", "details_url"].map((key) => textAt(raw, key) ?? "");
  const app = textAt(raw, "app", "slug");
  return { id: id!, conclusion: conclusion!, url: url!, author: app === null ? "" : `${app}[bot]` };
}

/** An issue; null for a pull request, which GitHub lists among them. */
function parseIssue(raw: unknown): Issue | null {
  if (at(raw, ["pull_request"]) !== undefined) return null;
  return {
    number: numberAt(raw, "number") ?? 0,
    title: textAt(raw, "title") ?? "",
    body: textAt(raw, "body") ?? "",
    author: textAt(raw, "user", "login") ?? "",
    state: textAt(raw, "state") === "closed" ? "closed" : "open",
  };
}

function parsePull(raw: unknown): PullRequest {
  const side = (name: "head" | "base") => ({
    sha: textAt(raw, name, "sha") ?? "",
    ref: textAt(raw, name, "ref") ?? "",
  });
  const repository = textAt(raw, "head", "repo", "full_name") ?? "";
  return { number: numberAt(raw, "number") ?? 0, head: { ...side("head"), repository }, base: side("base") };
}

const idOf = (result: GitHubResult<Answer>): GitHubResult<number> => numberIn(result, "id");
const numberOf = (result: GitHubResult<Answer>): GitHubResult<number> => numberIn(result, "number");

function numberIn(result: GitHubResult<Answer>, name: "id" | "number"): GitHubResult<number> {
  if (!result.ok) return result;
  const found = numberAt(result.value.data, name);
  return found === null ? failed(`the answer has no ${name}`) : { ok: true, value: found };
}

function at(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}

function textAt(value: unknown, ...keys: readonly string[]): string | null {
  const text = at(value, keys);
  return typeof text === "string" ? text : null;
}

function numberAt(value: unknown, ...keys: readonly string[]): number | null {
  const number = at(value, keys);
  return typeof number === "number" ? number : null;
}

function inParts<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );
}

const failed = (reason: string): { readonly ok: false; readonly forbidden: false; readonly reason: string } => ({
  ok: false,
  forbidden: false,
  reason,
});

const sameText = (a: string, b: string): boolean =>
  a.replaceAll("\r\n", "\n").trimEnd() === b.replaceAll("\r\n", "\n").trimEnd();

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim().slice(0, 300);
