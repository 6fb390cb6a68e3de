import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createGitHub } from "../../../src/io/step/github.ts";
import { type FakeGitHub, startFakeGitHub } from "../../fakes/github/server.ts";
import { READ_ONLY_TOKEN, WORKFLOW_TOKEN } from "../../fakes/github/state.ts";

const SHA = "a".repeat(40);
const PULL = { number: 7, head: { ref: "feature", sha: SHA }, base: { ref: "main", sha: "b".repeat(40) } };

/** Time that passes only while somebody waits. */
function fakeClock() {
  const waits: number[] = [];
  let seconds = 0;
  const clock = {
    now: () => new Date(Date.UTC(2026, 0, 1) + seconds * 1000),
    monotonic: () => seconds,
    sleep: async (wait: number) => {
      waits.push(wait);
      seconds += wait;
    },
  };
  return { clock, waits };
}

describe("GitHub over REST", () => {
  let fake: FakeGitHub;
  let time: ReturnType<typeof fakeClock>;
  const connect = (token = "workflow-token", more: { apiUrl?: string; deadlineSeconds?: number; repo?: string } = {}) =>
    createGitHub({
      token,
      repository: { owner: "octo-org", repo: more.repo ?? "octo-repo" },
      apiUrl: more.apiUrl ?? fake.url,
      clock: time.clock,
      ...(more.deadlineSeconds === undefined ? {} : { deadlineSeconds: more.deadlineSeconds }),
    });
  const sent = (method: string) => fake.state.requests.filter((request) => request.method === method);

  beforeEach(async () => {
    time = fakeClock();
    fake = await startFakeGitHub({
      pulls: [PULL, { ...PULL, number: 8, locked: true }],
      tokens: {
        "workflow-token": WORKFLOW_TOKEN,
        "read-token": READ_ONLY_TOKEN,
        "person-token": { login: "octocat", integration: false, permissions: { pull_requests: "write" } },
        "app-token": { ...WORKFLOW_TOKEN, login: "our-benchmarks[bot]" },
      },
    });
  });
  afterEach(async () => {
    const { violations } = fake.state;
    await fake.close();
    expect(violations).toEqual([]);
  });

  it("opens an issue, changes it and finds it again, pull requests and strangers' issues left out", async () => {
    const github = connect();
    const at = "2026-01-01T00:00:00Z";
    const theirs = {
      number: 20,
      title: "t",
      body: "b",
      author: "mallory",
      state: "open",
      createdAt: at,
      updatedAt: at,
    };
    fake.state.issues.push(theirs as (typeof fake.state.issues)[number]);
    expect(await github.createIssue({ title: "slow", body: "by 10 %" })).toEqual({ ok: true, value: 21 });
    expect(await github.updateIssue({ number: 21, title: "fine", body: "", state: "closed" })).toMatchObject({
      ok: true,
    });
    expect(await github.updateIssue({ number: 21, title: "fine again", body: "" })).toMatchObject({ ok: true });
    const author = "github-actions[bot]";
    expect(await github.issues(author)).toEqual({
      ok: true,
      value: [{ number: 21, title: "fine again", body: "", author, state: "closed" }],
    });
    expect(await connect("read-token").createIssue({ title: "t", body: "b" })).toMatchObject({ forbidden: true });
  });

  it("opens one issue although the answer to the first request was lost", async () => {
    fake.failNext({ kind: "disconnect", on: "issues/create", afterEffect: true });
    expect(await connect().createIssue({ title: "slow", body: "by 10 %" })).toEqual({ ok: true, value: 9 });
    expect(fake.state.issues).toHaveLength(1);
  });

  it("creates a comment, edits it and reads it back", async () => {
    const github = connect();
    const created = await github.createComment(7, "first");
    expect(created).toEqual({ ok: true, value: expect.any(Number) });
    const id = created.ok ? created.value : 0;
    expect(await github.updateComment(id, "sécond | 🚀")).toEqual({ ok: true, value: id });
    expect(await github.comments(7)).toEqual({
      ok: true,
      value: [{ id, body: "sécond | 🚀", author: "github-actions[bot]" }],
    });
  });

  it("removes a comment, and takes one that is gone already as removed", async () => {
    const github = connect();
    const created = await github.createComment(7, "first");
    const id = created.ok ? created.value : 0;
    expect(await github.deleteComment(id)).toEqual({ ok: true, value: null });
    expect(fake.state.comments).toEqual([]);
    expect(await github.deleteComment(id)).toEqual({ ok: true, value: null });
    expect(await connect("read-token").deleteComment(id)).toMatchObject({ ok: false, forbidden: true });
  });

  it("sets a commit status, again and again under one name", async () => {
    const github = connect();
    const status = { context: "benchgate", description: "x".repeat(140), url: "https://example.org/" };
    expect(await github.setStatus(SHA, { ...status, state: "failure" })).toEqual({
      ok: true,
      value: expect.any(Number),
    });
    expect(await github.setStatus(SHA, { ...status, state: "success" })).toMatchObject({ ok: true });
    expect(fake.state.statuses.map(({ state, context }) => [state, context])).toEqual([
      ["failure", "benchgate"],
      ["success", "benchgate"],
    ]);
    expect(await github.setStatus(SHA, { ...status, state: "error", description: "x".repeat(141) })).toMatchObject({
      ok: false,
      forbidden: false,
      reason: expect.stringContaining("140"),
    });
  });

  it("finds the open pull requests from a branch of one owner, over all pages", async () => {
    const head = (ref: string, repository?: string) => ({ ref, sha: SHA, ...(repository && { repository }) });
    for (let number = 100; number < 350; number++) {
      fake.state.pulls.set(number, { ...PULL, number, head: head("fea ture&x", "mallory/octo-repo") });
    }
    fake.state.pulls.set(400, { ...PULL, number: 400, head: head("fea ture&x", "alice/octo-repo") });
    fake.state.pulls.set(401, { ...PULL, number: 401, state: "closed", head: head("fea ture&x", "mallory/octo-repo") });
    const pulls = await connect().openPulls("mallory", "fea ture&x");
    expect(pulls.ok && pulls.value).toHaveLength(250);
    expect(pulls.ok && pulls.value[0]).toEqual({
      number: expect.any(Number),
      head: { sha: SHA, ref: "fea ture&x", repository: "mallory/octo-repo" },
      base: PULL.base,
    });
  });

  it("reads every page of comments, in order", async () => {
    const at = "2026-01-01T00:00:00Z";
    fake.state.comments = Array.from({ length: 250 }, (_, index) => ({
      id: index + 1,
      pull: 7,
      author: "octocat",
      body: `comment ${index + 1}`,
      createdAt: at,
      updatedAt: at,
    }));
    const comments = await connect().comments(7);
    expect(comments.ok && comments.value.map(({ id }) => id)).toEqual(
      Array.from({ length: 250 }, (_, index) => index + 1),
    );
    expect(sent("GET")).toHaveLength(3);
  });

  it.each([
    ["person-token", "octocat"],
    ["workflow-token", "github-actions[bot]"],
    ["app-token", "our-benchmarks[bot]"],
    ["revoked-token", "github-actions[bot]"],
  ])("knows whom %s stands for, and asks once", async (token, login) => {
    const github = connect(token);
    expect(await github.viewer()).toBe(login);
    const asked = fake.state.requests.length;
    expect(await github.viewer()).toBe(login);
    expect(fake.state.requests.length).toBe(asked);
  });

  it("says forbidden, once and without waiting, where the token may only read", async () => {
    const result = await connect("read-token").createComment(7, "text");
    expect(result).toMatchObject({
      ok: false,
      forbidden: true,
      reason: expect.stringContaining("Resource not accessible by integration"),
    });
    expect(fake.state.requests).toHaveLength(1);
    expect(time.waits).toEqual([]);
    expect(fake.state.comments).toEqual([]);
  });

  it("says forbidden for a repository that the token does not see", async () => {
    expect(await connect("workflow-token", { repo: "another-repo" }).comments(7)).toMatchObject({
      ok: false,
      forbidden: true,
      reason: expect.stringContaining("HTTP 404"),
    });
  });

  it("does not blame the permissions for a token that is not valid", async () => {
    expect(await connect("revoked-token").comments(7)).toEqual({
      ok: false,
      forbidden: false,
      reason: expect.stringMatching(/^the token is not valid: it is wrong, or it has expired \(HTTP 401 /),
    });
    expect(fake.state.requests).toHaveLength(1);
    expect(time.waits).toEqual([]);
  });

  it("does not blame the permissions for a locked conversation", async () => {
    expect(await connect().createComment(8, "text")).toMatchObject({
      ok: false,
      forbidden: false,
      reason: expect.stringContaining("locked"),
    });
  });

  it("reports a body that is too long in GitHub's words, without a second try", async () => {
    const result = await connect().createComment(7, "x".repeat(65_537));
    expect(result).toMatchObject({
      ok: false,
      forbidden: false,
      reason: expect.stringContaining("Body is too long (maximum is 65536 characters)"),
    });
    expect(sent("POST")).toHaveLength(1);
  });

  it("asks again after gateway errors, with growing pauses", async () => {
    fake.failNext(...Array.from({ length: 4 }, () => ({ kind: "status" as const, status: 502 })));
    expect((await connect().comments(7)).ok).toBe(true);
    expect(fake.state.requests.map(({ status }) => status)).toEqual([502, 502, 502, 502, 200]);
    const [first = 0, second = 0, third = 0, fourth = 0] = time.waits;
    for (const [wait, nominal] of [
      [first, 1],
      [second, 2],
      [third, 4],
      [fourth, 8],
    ] as const) {
      expect(wait).toBeGreaterThanOrEqual(nominal / 2);
      expect(wait).toBeLessThanOrEqual(nominal * 1.5);
    }
  });

  it("asks again after a cut connection", async () => {
    fake.failNext({ kind: "disconnect" });
    expect((await connect().comments(7)).ok).toBe(true);
    expect(fake.state.requests).toHaveLength(2);
  });

  it("gives up on an outage with the last answer as reason", async () => {
    fake.failNext(...Array.from({ length: 20 }, () => ({ kind: "status" as const, status: 503 })));
    expect(await connect().comments(7)).toEqual({ ok: false, forbidden: false, reason: "HTTP 503" });
    expect(fake.state.requests).toHaveLength(6);
  });

  it("does not post twice where the gateway failed after the comment was written", async () => {
    fake.failNext({ kind: "status", status: 502, on: "issues/create-comment", afterEffect: true });
    const result = await connect().createComment(7, "line one\r\nline two\n");
    expect(fake.state.comments).toHaveLength(1);
    expect(result).toEqual({ ok: true, value: fake.state.comments[0]!.id });
  });

  it("posts after all where the gateway failed before, though somebody else wrote the same words", async () => {
    const at = "2026-01-01T00:00:00Z";
    fake.state.comments.push({ id: 1, pull: 7, author: "mallory", body: "text", createdAt: at, updatedAt: at });
    fake.failNext({ kind: "disconnect", on: "issues/create-comment" });
    const result = await connect().createComment(7, "text");
    expect(result.ok).toBe(true);
    expect(fake.state.comments.map(({ author }) => author)).toEqual(["mallory", "github-actions[bot]"]);
  });

  it.each([403, 429] as const)("waits as long as a secondary limit (%i) says", async (status) => {
    fake.failNext({ kind: "secondary", status, retryAfter: 17 });
    expect((await connect().createComment(7, "text")).ok).toBe(true);
    expect(time.waits).toEqual([17]);
  });

  it("does not wait for a limit that ends after the deadline, and says so", async () => {
    fake.failNext({ kind: "secondary", status: 403 });
    const result = await connect().createComment(7, "text");
    expect(result).toMatchObject({ ok: false, forbidden: false, reason: expect.stringContaining("60 s") });
    expect(time.waits).toEqual([]);
  });

  it("waits for the primary limit's reset", async () => {
    const reset = Date.UTC(2026, 0, 1) / 1000 + 20;
    fake.state.rate = { limit: 1000, remaining: 0, reset };
    const refilled = time.clock.sleep;
    time.clock.sleep = async (wait) => {
      await refilled(wait);
      fake.state.rate = { limit: 1000, remaining: 1000, reset: reset + 3600 };
    };
    expect((await connect().comments(7)).ok).toBe(true);
    expect(time.waits).toEqual([21]);
  });

  it("ends a request that never comes back at the deadline", async () => {
    fake.failNext({ kind: "hang" });
    const github = createGitHub({
      token: "workflow-token",
      repository: { owner: "octo-org", repo: "octo-repo" },
      apiUrl: fake.url,
      deadlineSeconds: 0.2,
    });
    const refused = { ok: false, forbidden: false, reason: expect.stringContaining("no answer") };
    expect(await github.comments(7)).toMatchObject(refused);
    expect(await github.comments(7)).toMatchObject(refused);
  });

  const impatient = () =>
    createGitHub({
      token: "workflow-token",
      repository: { owner: "octo-org", repo: "octo-repo" },
      apiUrl: fake.url,
      attemptSeconds: 0.2,
      clock: time.clock,
    });

  it("asks again where an attempt hangs: it has a limit of its own", async () => {
    fake.failNext({ kind: "hang", on: "issues/list-comments" }, { kind: "hang", on: "issues/create-comment" });
    const github = impatient();
    expect((await github.comments(7)).ok).toBe(true);
    expect((await github.createComment(7, "hello")).ok).toBe(true);
    expect(fake.state.comments.map(({ body }) => body)).toEqual(["hello"]);
    expect(fake.state.requests.filter(({ status }) => status === null)).toHaveLength(2);
  });

  it.each(["users/get-authenticated", "graphql"])(
    "takes the workflow's bot for the author where %s never answers, and has time left for what it must do",
    async (on) => {
      fake.failNext(...Array.from({ length: 20 }, () => ({ kind: "hang" as const, on })));
      const github = impatient();
      expect(await github.viewer()).toBe("github-actions[bot]");
      expect(fake.state.requests.filter(({ operation }) => operation === on)).toHaveLength(3);
      expect((await github.createComment(7, "hello")).ok).toBe(true);
    },
  );

  const check = (annotations: number) => ({
    name: "Benchgate: bench/job",
    conclusion: "failure" as const,
    title: "1 regression",
    summary: "## 1 regression",
    url: "https://example.org/run",
    id: "1/1",
    annotations: Array.from({ length: annotations }, (_, index) => ({
      file: "bench/a.ts",
      line: index + 1,
      level: "failure" as const,
      title: `slower ${index}`,
      message: "2x",
    })),
  });

  it.each([
    [0, 0],
    [50, 0],
    [51, 1],
    [120, 2],
  ])("adds a check run with %i annotations, fifty a request", async (count, more) => {
    expect((await connect().createCheck(PULL.head.sha, check(count))).ok).toBe(true);
    expect(fake.state.checkRuns).toHaveLength(1);
    expect(fake.state.checkRuns[0]!.fields).toMatchObject({ conclusion: "failure", head_sha: PULL.head.sha });
    expect(fake.state.checkRuns[0]!.annotations).toHaveLength(count);
    expect(sent("PATCH")).toHaveLength(more);
  });

  it("adds a check run once where the answer was lost", async () => {
    fake.failNext({ kind: "status", status: 502, on: "checks/create", afterEffect: true });
    expect((await connect().createCheck(PULL.head.sha, check(1))).ok).toBe(true);
    expect(fake.state.checkRuns).toHaveLength(1);
  });

  it("reads the check runs of a commit under one name, with the app that made each, and fails where they are more than one answer holds", async () => {
    const github = connect();
    const named = (name: string, id: string) => ({ ...check(0), name, id });
    await github.createCheck(SHA, named("Benchgate: a/b", "1/1"));
    await github.createCheck(SHA, named("Benchgate: other", "2/1"));
    await connect("app-token").createCheck(SHA, named("Benchgate: a/b", "3/1"));
    const { conclusion, url } = check(0);
    expect(await github.checks(SHA, "Benchgate: a/b")).toEqual({
      ok: true,
      value: [
        { id: "1/1", conclusion, url, author: "github-actions[bot]" },
        { id: "3/1", conclusion, url, author: "our-benchmarks[bot]" },
      ],
    });
    expect(await github.checks("f".repeat(40), "Benchgate: a/b")).toEqual({ ok: true, value: [] });
    const [one] = fake.state.checkRuns;
    fake.state.checkRuns = Array.from({ length: 101 }, (_, id) => ({ ...one!, id }));
    expect(await github.checks(SHA, "Benchgate: a/b")).toMatchObject({
      ok: false,
      reason: expect.stringContaining("more check runs"),
    });
  });

  it("knows the head of a pull request, and says where there is none", async () => {
    expect(await connect().pullHead(7)).toEqual({ ok: true, value: fake.state.pulls.get(7)!.head.sha });
    expect(await connect().pullHead(999)).toMatchObject({ ok: false, reason: expect.stringContaining("404") });
  });

  it("counts what it waited against the deadline, over all calls", async () => {
    const outage = (count: number) =>
      fake.failNext(
        ...Array.from({ length: count }, () => ({ kind: "secondary" as const, status: 429 as const, retryAfter: 25 })),
      );
    const github = connect();
    outage(2);
    expect((await github.comments(7)).ok).toBe(true);
    outage(1);
    expect(await github.comments(7)).toMatchObject({
      ok: false,
      reason: expect.stringContaining("past the 60 s allowed"),
    });
    expect(time.waits).toEqual([25, 25]);
  });

  it("finds GraphQL beside the REST API of GitHub Enterprise Server", async () => {
    const paths: string[] = [];
    const server = createServer((request, response) => {
      paths.push(request.url ?? "");
      const graphql = request.url === "/api/graphql";
      response.writeHead(graphql ? 200 : 403, { "content-type": "application/json" });
      response.end(
        JSON.stringify(
          graphql
            ? { data: { viewer: { login: "ghes-bot[bot]" } } }
            : { message: "Resource not accessible by integration" },
        ),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`;
    expect(await connect("workflow-token", { apiUrl }).viewer()).toBe("ghes-bot[bot]");
    expect(paths).toEqual(["/api/v3/user", "/api/graphql"]);
    server.closeAllConnections();
    server.close();
  });

  it("does not carry its token to another server that a page points at", async () => {
    const link = `<${fake.url}/repos/octo-org/octo-repo/issues/7/comments?page=2>; rel="next"`;
    const other = createServer((_, response) => {
      response.writeHead(200, { "content-type": "application/json", link });
      response.end("[]");
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const apiUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    expect(await connect("workflow-token", { apiUrl }).comments(7)).toEqual({ ok: true, value: [] });
    expect(fake.state.requests).toEqual([]);
    other.closeAllConnections();
    other.close();
  });

  it("never throws where nothing listens", async () => {
    const gone = await startFakeGitHub();
    await gone.close();
    const github = connect("workflow-token", { apiUrl: gone.url });
    expect(await github.comments(7)).toMatchObject({
      ok: false,
      forbidden: false,
      reason: expect.stringContaining("no answer"),
    });
    expect(await github.viewer()).toBe("github-actions[bot]");
  });
});
