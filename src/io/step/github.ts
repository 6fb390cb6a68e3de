import { inPieces } from "../../model/pieces.ts";
import type { CheckRequest, GitHub } from "../../ports/index.ts";
import {
  idOf,
  listAt,
  numberAt,
  numberOf,
  parseCheckRun,
  parseComment,
  parseIssue,
  parsePull,
  textAt,
} from "./answers.ts";
import { type CarriedOut, createRest, failed, type RestOptions } from "./rest.ts";

/** Where GitHub is and who asks. */
export interface GitHubOptions extends RestOptions {
  readonly repository: { readonly owner: string; readonly repo: string };
}

/** The bot that comments carry where a workflow's own token wrote them and GitHub does not say otherwise. */
const WORKFLOW_BOT = "github-actions[bot]";
/** How often, and how long each time, GitHub is asked for what it can do without. */
const OPTIONAL = { attempts: 3, seconds: 5 } as const;

/** How many pages of issues are read. */
const ISSUE_PAGES = 10;

/** The most annotations that one request of the Checks API takes. */
const ANNOTATIONS_AT_ONCE = 50;

/** GitHub over its REST API: requests are repeated as `createRest` says, and every failure is a value. A `GateError` where there is no way to ask. */
export function createGitHub(options: GitHubOptions): GitHub {
  const { root, ask, all } = createRest(options);
  const { owner, repo } = options.repository;
  const repository = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}`;
  const comments = `${repository}/issues`;
  let login: Promise<string> | null = null;

  async function viewer(): Promise<string> {
    const user = await ask("GET /user", {}, undefined, OPTIONAL);
    if (user.ok) return textAt(user.value.data, "login") ?? WORKFLOW_BOT;
    // An app's token may not ask for its user, but GraphQL tells it the app's login: another one than the workflow's own for a custom app.
    if (!user.forbidden) return WORKFLOW_BOT;
    // GitHub Enterprise Server has REST at /api/v3 and GraphQL at /api/graphql.
    const answer = await ask(
      `POST ${root.replace(/\/v3$/, "")}/graphql`,
      { query: "{viewer{login}}" },
      undefined,
      OPTIONAL,
    );
    return (answer.ok ? textAt(answer.value.data, "data", "viewer", "login") : null) ?? WORKFLOW_BOT;
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
      const carriedOut = async (): ReturnType<CarriedOut> => {
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
      const [first = [], ...more] = inPieces(check.annotations, ANNOTATIONS_AT_ONCE);
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
      const carriedOut = async (): ReturnType<CarriedOut> => {
        const answer = await ask(`GET ${checkRuns(sha, check.name)}`);
        if (!answer.ok) return answer;
        const mine = listAt(answer.value.data, "check_runs")?.find((run) => textAt(run, "external_id") === check.id);
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
      const runs = listAt(answer.value.data, "check_runs");
      if (runs === null) return failed("the list of check runs is not a list");
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
      const carriedOut = async (): ReturnType<CarriedOut> => {
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

const sameText = (a: string, b: string): boolean =>
  a.replaceAll("\r\n", "\n").trimEnd() === b.replaceAll("\r\n", "\n").trimEnd();
