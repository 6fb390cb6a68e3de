import { type Answer, failure, page } from "./answer.ts";
import type { Fields } from "./description.ts";
import { renderCheckRun, renderComment, renderIssue, renderPull, renderStatus, renderViewer } from "./render.ts";
import {
  type Access,
  type FakeCheckRun,
  type FakeComment,
  type FakeIssue,
  type FakeState,
  nextId,
  type Scope,
  type TokenGrant,
} from "./state.ts";

/** A request whose shape has been checked against GitHub's description. */
interface Call {
  readonly state: FakeState;
  readonly grant: TokenGrant;
  readonly url: URL;
  readonly path: Readonly<Record<string, string>>;
  readonly body: Fields;
  readonly docs: string;
}

interface Operation {
  /** Any one of these opens the door; empty: every valid token. */
  readonly needs: readonly (readonly [Scope, Access])[];
  handle(call: Call): Answer;
}

/** Characters of a comment, as GitHub's database counts at most (UTF-16 units here: the stricter reading). */
const BODY_LIMIT = 65_536;

const notFound = (call: Call): Answer => failure(404, "Not Found", call.docs);

const tooLong = (call: Call): Answer =>
  failure(422, "Validation Failed", call.docs, {
    errors: [
      {
        resource: "IssueComment",
        code: "unprocessable",
        field: "data",
        message: `Body is too long (maximum is ${BODY_LIMIT} characters)`,
      },
    ],
  });

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, "Z");

function commentOf(call: Call): FakeComment | undefined {
  return call.state.comments.find(({ id }) => id === Number(call.path.comment_id));
}

/** What comments can be on: a pull request, or an issue. */
function threadOf({ state, path }: Call): { readonly number: number; readonly locked?: boolean } | undefined {
  const number = Number(path.issue_number);
  return state.pulls.get(number) ?? state.issues.find((issue) => issue.number === number);
}

/** A pull request among the issues: GitHub lists both. */
function asIssue({ number }: { readonly number: number }): FakeIssue {
  const at = "2026-01-01T00:00:00Z";
  return { number, title: "a change", body: "", author: "octocat", state: "open", createdAt: at, updatedAt: at };
}

const show = (call: Call, comment: FakeComment): Fields => renderComment(call.state, call.url.origin, comment);

function updateCheckRun(call: Call, run: FakeCheckRun | undefined): FakeCheckRun {
  const output = call.body.output as { readonly annotations?: readonly unknown[] } | undefined;
  const concluded = call.body.conclusion === undefined ? {} : { status: "completed", completed_at: now() };
  return {
    id: run?.id ?? nextId(call.state),
    fields: { status: "queued", creator: call.grant.login, ...run?.fields, ...call.body, ...concluded },
    annotations: [...(run?.annotations ?? []), ...(output?.annotations ?? [])],
  };
}

const readComments = [
  ["issues", "read"],
  ["pull_requests", "read"],
] as const;
const writeComments = [
  ["issues", "write"],
  ["pull_requests", "write"],
] as const;

/** What each operation does to the state, and which permission it asks for. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  "users/get-authenticated": {
    needs: [],
    handle: ({ grant, docs }) =>
      grant.integration
        ? failure(403, "Resource not accessible by integration", docs)
        : { status: 200, body: renderViewer(grant.login) },
  },
  "issues/list-for-repo": {
    needs: readComments,
    handle: (call) => {
      const query = call.url.searchParams;
      const wanted = query.get("state") ?? "open";
      const creator = query.get("creator");
      const issues = call.state.issues.map((issue) => ({ issue, pull: false }));
      const pulls = [...call.state.pulls.values()].map((pull) => ({ issue: asIssue(pull), pull: true }));
      const found = [...pulls, ...issues]
        .filter(({ issue }) => wanted === "all" || issue.state === wanted)
        .filter(({ issue }) => creator === null || issue.author === creator);
      return page(found.reverse(), call.url, ({ issue, pull }) => renderIssue(call.state, issue, pull));
    },
  },
  "issues/create": {
    needs: [["issues", "write"]],
    handle: (call) => {
      const { title, body = "" } = call.body as Readonly<Record<string, string>>;
      if (body.length > BODY_LIMIT) return tooLong(call);
      const numbers = [...call.state.pulls.keys(), ...call.state.issues.map(({ number }) => number)];
      const at = now();
      const issue: FakeIssue = {
        number: Math.max(0, ...numbers) + 1,
        title: String(title),
        body,
        author: call.grant.login,
        state: "open",
        createdAt: at,
        updatedAt: at,
      };
      call.state.issues.push(issue);
      return { status: 201, body: renderIssue(call.state, issue) };
    },
  },
  "issues/update": {
    needs: [["issues", "write"]],
    handle: (call) => {
      const issue = call.state.issues.find(({ number }) => number === Number(call.path.issue_number));
      if (issue === undefined) return notFound(call);
      const { title = issue.title, body = issue.body, state = issue.state } = call.body as Partial<FakeIssue>;
      if (body.length > BODY_LIMIT) return tooLong(call);
      const updated = { ...issue, title, body, state, updatedAt: now() };
      call.state.issues = call.state.issues.map((one) => (one.number === updated.number ? updated : one));
      return { status: 200, body: renderIssue(call.state, updated) };
    },
  },
  "issues/list-comments": {
    needs: readComments,
    handle: (call) => {
      const pull = Number(call.path.issue_number);
      if (threadOf(call) === undefined) return notFound(call);
      const comments = call.state.comments.filter((comment) => comment.pull === pull);
      return page(comments, call.url, (comment) => show(call, comment));
    },
  },
  "issues/create-comment": {
    needs: writeComments,
    handle: (call) => {
      const pull = threadOf(call);
      const body = String(call.body.body);
      if (pull === undefined) return notFound(call);
      if (pull.locked === true) return failure(403, "Unable to create comment because issue is locked.", call.docs);
      if (body.length > BODY_LIMIT) return tooLong(call);
      const at = now();
      const comment = {
        id: nextId(call.state),
        pull: pull.number,
        author: call.grant.login,
        body,
        createdAt: at,
        updatedAt: at,
      };
      call.state.comments.push(comment);
      return { status: 201, body: show(call, comment) };
    },
  },
  "issues/get-comment": {
    needs: readComments,
    handle: (call) => {
      const comment = commentOf(call);
      return comment === undefined ? notFound(call) : { status: 200, body: show(call, comment) };
    },
  },
  "issues/update-comment": {
    needs: writeComments,
    handle: (call) => {
      const comment = commentOf(call);
      const body = String(call.body.body);
      if (comment === undefined) return notFound(call);
      if (body.length > BODY_LIMIT) return tooLong(call);
      const updated = { ...comment, body, updatedAt: now() };
      call.state.comments = call.state.comments.map((one) => (one.id === updated.id ? updated : one));
      return { status: 200, body: show(call, updated) };
    },
  },
  "issues/delete-comment": {
    needs: writeComments,
    handle: (call) => {
      const comment = commentOf(call);
      if (comment === undefined) return notFound(call);
      call.state.comments = call.state.comments.filter(({ id }) => id !== comment.id);
      return { status: 204, body: null };
    },
  },
  "pulls/list": {
    needs: [["pull_requests", "read"]],
    handle: (call) => {
      const query = call.url.searchParams;
      const wanted = query.get("state") ?? "open";
      const repository = `${call.state.repository.owner}/${call.state.repository.name}`;
      const pulls = [...call.state.pulls.values()].filter(({ head, base, state = "open" }) => {
        const label = `${(head.repository ?? repository).split("/")[0]}:${head.ref}`;
        return (
          (wanted === "all" || wanted === state) &&
          (query.get("head") ?? label) === label &&
          (query.get("base") ?? base.ref) === base.ref
        );
      });
      return page(pulls.reverse(), call.url, (pull) => renderPull(call.state, pull, "pull-request-simple"));
    },
  },
  "pulls/get": {
    needs: [["pull_requests", "read"]],
    handle: (call) => {
      const pull = call.state.pulls.get(Number(call.path.pull_number));
      return pull === undefined ? notFound(call) : { status: 200, body: renderPull(call.state, pull, "pull-request") };
    },
  },
  "repos/create-commit-status": {
    needs: [["statuses", "write"]],
    handle: (call) => {
      const { state, context, description, target_url } = call.body as Readonly<
        Record<string, string | null | undefined>
      >;
      if ((description ?? "").length > 140) {
        const problem = {
          resource: "Status",
          code: "custom",
          field: "description",
          message: "description is too long (maximum is 140 characters)",
        };
        return failure(422, "Validation Failed", call.docs, { errors: [problem] });
      }
      const status = {
        id: nextId(call.state),
        sha: call.path.sha!,
        state: state!,
        context: context ?? "default",
        description: description ?? null,
        target_url: target_url ?? null,
        creator: call.grant.login,
      };
      call.state.statuses.push(status);
      return { status: 201, body: renderStatus(status) };
    },
  },
  "repos/list-commit-statuses-for-ref": {
    needs: [["statuses", "read"]],
    handle: (call) =>
      page(call.state.statuses.filter(({ sha }) => sha === call.path.ref).reverse(), call.url, renderStatus),
  },
  "checks/create": {
    needs: [["checks", "write"]],
    handle: (call) => {
      const run = updateCheckRun(call, undefined);
      call.state.checkRuns.push(run);
      return { status: 201, body: renderCheckRun(run) };
    },
  },
  "checks/update": {
    needs: [["checks", "write"]],
    handle: (call) => {
      const run = call.state.checkRuns.find(({ id }) => id === Number(call.path.check_run_id));
      if (run === undefined) return notFound(call);
      const updated = updateCheckRun(call, run);
      call.state.checkRuns = call.state.checkRuns.map((one) => (one.id === updated.id ? updated : one));
      return { status: 200, body: renderCheckRun(updated) };
    },
  },
  "checks/list-for-ref": {
    needs: [["checks", "read"]],
    handle: (call) => {
      const name = call.url.searchParams.get("check_name");
      const runs = call.state.checkRuns.filter(
        ({ fields }) => fields.head_sha === call.path.ref && (name === null || fields.name === name),
      );
      const { total, body, ...rest } = page(runs, call.url, renderCheckRun);
      return { ...rest, body: { total_count: total, check_runs: body } };
    },
  },
};
