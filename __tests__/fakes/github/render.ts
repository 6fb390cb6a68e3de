import type { Fields } from "./description.ts";
import type { FakeCheckRun, FakeComment, FakeIssue, FakePull, FakeState, FakeStatus } from "./state.ts";
import { resource } from "./synthesise.ts";

/** A user by login; `[bot]` at the end makes it an app's. */
function user(login: string): Fields {
  return resource("simple-user", { login, type: login.endsWith("[bot]") ? "Bot" : "User" });
}

const fullName = (state: FakeState): string => `${state.repository.owner}/${state.repository.name}`;

/** The viewer, as `GET /user` shows it. */
export const renderViewer = (login: string): Fields => resource("private-user", { login, user_view_type: "private" });

/** An issue, or a pull request as the list of issues shows it. */
export function renderIssue(state: FakeState, issue: FakeIssue, pull = false): Fields {
  const { number, title, body, author, state: openness, createdAt, updatedAt } = issue;
  return resource("issue", {
    number,
    title,
    body,
    state: openness,
    user: user(author),
    html_url: `https://github.com/${fullName(state)}/${pull ? "pull" : "issues"}/${number}`,
    comments: state.comments.filter((comment) => comment.pull === number).length,
    created_at: createdAt,
    updated_at: updatedAt,
    ...(pull && {
      pull_request: {
        url: "https://api.github.com/",
        html_url: "https://github.com/",
        diff_url: "https://github.com/",
        patch_url: "https://github.com/",
      },
    }),
  });
}

/** A comment, as the issues API shows it. */
export function renderComment(state: FakeState, origin: string, comment: FakeComment): Fields {
  const api = `${origin}/repos/${fullName(state)}/issues`;
  const page = `https://github.com/${fullName(state)}/pull/${comment.pull}`;
  return resource("issue-comment", {
    id: comment.id,
    url: `${api}/comments/${comment.id}`,
    html_url: `${page}#issuecomment-${comment.id}`,
    issue_url: `${api}/${comment.pull}`,
    user: user(comment.author),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: "NONE",
  });
}

/** A pull request in the shape of `schema`: `pull-request` alone, `pull-request-simple` in a list. */
export function renderPull(state: FakeState, pull: FakePull, schema: "pull-request" | "pull-request-simple"): Fields {
  const side = (end: { readonly ref: string; readonly sha: string; readonly repository?: string }): Fields => {
    const name = end.repository ?? fullName(state);
    const owner = name.split("/")[0]!;
    return {
      ref: end.ref,
      sha: end.sha,
      label: `${owner}:${end.ref}`,
      user: user(owner),
      repo: { full_name: name, name: name.split("/")[1]!, owner: user(owner), fork: name !== fullName(state) },
    };
  };
  const { number, head, base, locked = false, state: openness = "open" } = pull;
  return resource(schema, {
    number,
    state: openness,
    locked,
    user: user("octocat"),
    head: side(head),
    base: side(base),
  });
}

/** A commit status. */
export function renderStatus(status: FakeStatus): Fields {
  const { creator, sha: _, ...fields } = status;
  return resource("status", { ...fields, creator: user(creator) });
}

/** An app by its name in addresses. Nothing may be left out of one, but that GitHub's description lets it be null. */
function app(slug: string): Fields {
  const dates = { created_at: "2026-01-01T00:00:00Z", updated_at: "2026-01-01T00:00:00Z" };
  const [external_url, html_url] = ["https://github.com/features/actions", `https://github.com/apps/${slug}`];
  const lists = { permissions: {}, events: [] };
  return {
    id: 1,
    slug,
    node_id: "-",
    owner: user("github"),
    name: slug,
    description: null,
    external_url,
    html_url,
    ...dates,
    ...lists,
  };
}

/** A check run. */
export function renderCheckRun(run: FakeCheckRun): Fields {
  const { output, creator, actions: _, ...fields } = run.fields as Fields & { output?: Fields; creator: string };
  return resource("check-run", {
    ...fields,
    id: run.id,
    app: app(creator.replace("[bot]", "")),
    output: {
      title: output?.title ?? null,
      summary: output?.summary ?? null,
      text: output?.text ?? null,
      annotations_count: run.annotations.length,
    },
  });
}
