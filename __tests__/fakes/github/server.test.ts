import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { matchOperation } from "./description.ts";
import { OPERATIONS } from "./operations.ts";
import { type FakeGitHub, startFakeGitHub } from "./server.ts";
import { READ_ONLY_TOKEN, WORKFLOW_TOKEN } from "./state.ts";

const SHA = "a".repeat(40);

describe("the fake GitHub", () => {
  let fake: FakeGitHub;
  const call = async (method: string, path: string, body?: object, token = "workflow-token") => {
    const response = await fetch(`${fake.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
  };
  const repo = "/repos/octo-org/octo-repo";

  beforeEach(async () => {
    fake = await startFakeGitHub({
      tokens: { "workflow-token": WORKFLOW_TOKEN, "read-token": READ_ONLY_TOKEN },
      pulls: [
        { number: 1, head: { ref: "feature", sha: SHA }, base: { ref: "main", sha: "b".repeat(40) } },
        {
          number: 2,
          head: { ref: "feature", sha: "c".repeat(40), repository: "mallory/octo-repo" },
          base: { ref: "main", sha: "b".repeat(40) },
        },
      ],
    });
  });
  afterEach(() => fake.close());

  it("answers every operation in the shape that GitHub describes", async () => {
    const comment = await call("POST", `${repo}/issues/1/comments`, { body: "text" });
    const id = comment.body.id;
    const check = { name: "benchgate", head_sha: SHA, status: "in_progress" };
    const run = (await call("POST", `${repo}/check-runs`, check)).body.id;
    const answers = [
      comment,
      await call("GET", `${repo}/issues/1/comments`),
      await call("GET", `${repo}/issues/comments/${id}`),
      await call("PATCH", `${repo}/issues/comments/${id}`, { body: "edited" }),
      await call("DELETE", `${repo}/issues/comments/${id}`),
      await call("GET", `${repo}/pulls?state=all`),
      await call("GET", `${repo}/pulls/1`),
      await call("POST", `${repo}/statuses/${SHA}`, { state: "success", context: "benchgate" }),
      await call("GET", `${repo}/commits/${SHA}/statuses`),
      await call("PATCH", `${repo}/check-runs/${run}`, {
        conclusion: "success",
        output: { title: "ok", summary: "fine" },
      }),
      await call("GET", `${repo}/commits/${SHA}/check-runs`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, 204, 200, 200, 201, 200, 200, 200]);
    const issue = await call("POST", `${repo}/issues`, { title: "slow", body: "text" });
    expect(issue).toMatchObject({ status: 201, body: { number: 3, state: "open", user: { type: "Bot" } } });
    expect(await call("PATCH", `${repo}/issues/3`, { state: "closed" })).toMatchObject({ status: 200 });
    const listed = await call("GET", `${repo}/issues?state=all&creator=${encodeURIComponent("github-actions[bot]")}`);
    expect(listed.body).toMatchObject([{ number: 3, state: "closed" }]);
    // Pull requests are listed among them.
    expect((await call("GET", `${repo}/issues`)).body).toMatchObject([{ pull_request: {} }, { pull_request: {} }]);
    expect((await call("POST", `${repo}/issues/3/comments`, { body: "text" })).status).toBe(201);
    expect(answers.at(-1)!.body).toMatchObject({
      total_count: 1,
      check_runs: [{ name: "benchgate", status: "completed", conclusion: "success", output: { title: "ok" } }],
    });
    const used = new Set(fake.state.requests.map(({ operation }) => operation));
    expect(Object.keys(OPERATIONS).filter((id) => !used.has(id))).toEqual(["users/get-authenticated"]);
    expect(fake.state.violations).toEqual([]);
  });

  it("finds a fork's pull request by owner and branch", async () => {
    const { body } = await call("GET", `${repo}/pulls?head=mallory:feature`);
    expect(body.map((pull: { number: number }) => pull.number)).toEqual([2]);
    expect(body[0].head.repo.full_name).toBe("mallory/octo-repo");
  });

  it.each([
    ["a body that is no text", "POST", "/issues/1/comments", { body: 7 }],
    ["a body without its required field", "POST", "/check-runs", { name: "benchgate" }],
    ["an unknown query parameter", "GET", "/issues/1/comments?perpage=100", undefined],
    [
      "51 annotations",
      "PATCH",
      "/check-runs/1",
      {
        output: {
          summary: "s",
          annotations: Array(51).fill({
            path: "a",
            start_line: 1,
            end_line: 1,
            annotation_level: "notice",
            message: "m",
          }),
        },
      },
    ],
  ])("refuses and remembers %s", async (_, method, path, body) => {
    expect((await call(method, repo + path, body)).status).toBe(422);
    expect(fake.state.violations.length).toBeGreaterThan(0);
  });

  it("remembers a call that is not in the description", async () => {
    expect((await call("PUT", `${repo}/issues/1/comments`, {})).status).toBe(404);
    expect(fake.state.violations).toEqual([`PUT ${repo}/issues/1/comments is no operation of the slice`]);
  });

  it("would notice a wrong answer of its own", () => {
    const operation = matchOperation("GET", `${repo}/issues/comments/1`)!;
    expect(operation.responseProblems(200, { id: "1", body: "text" })).toContain("body/id must be integer");
    expect(operation.responseProblems(404, { message: 7 })).toContain("body/message must be string");
  });

  it("pages as GitHub does: 30 by default, 100 at most, with links to the neighbours", async () => {
    for (let index = 0; index < 101; index++) {
      fake.state.comments.push({
        id: index,
        pull: 1,
        author: "octocat",
        body: "b",
        createdAt: "2026-01-01T00:00:00Z",
        updatedAt: "2026-01-01T00:00:00Z",
      });
    }
    const list = `${repo}/issues/1/comments`;
    const first = await call("GET", list);
    expect(first.body).toHaveLength(30);
    expect(first.headers.get("link")).toBe(
      `<${fake.url}${list}?page=2>; rel="next", <${fake.url}${list}?page=4>; rel="last"`,
    );
    const last = await call("GET", `${list}?per_page=500&page=2`);
    expect(last.body).toHaveLength(1);
    expect(last.headers.get("link")).toBe(
      `<${fake.url}${list}?per_page=500&page=1>; rel="prev", <${fake.url}${list}?per_page=500&page=1>; rel="first"`,
    );
  });

  it("refuses a read-only token in GitHub's words and names the permission", async () => {
    const { status, body, headers } = await call("POST", `${repo}/issues/1/comments`, { body: "text" }, "read-token");
    expect([status, body]).toEqual([
      403,
      {
        message: "Resource not accessible by integration",
        documentation_url: "https://docs.github.com/rest/issues/comments#create-an-issue-comment",
        status: "403",
      },
    ]);
    expect(headers.get("x-accepted-github-permissions")).toBe("issues=write; pull_requests=write");
    expect((await call("GET", `${repo}/issues/1/comments`, undefined, "read-token")).status).toBe(200);
  });

  it("takes 65,536 characters and not one more", async () => {
    expect((await call("POST", `${repo}/issues/1/comments`, { body: "x".repeat(65_536) })).status).toBe(201);
    const { status, body } = await call("POST", `${repo}/issues/1/comments`, { body: "x".repeat(65_537) });
    expect([status, body.errors[0].message]).toEqual([422, "Body is too long (maximum is 65536 characters)"]);
  });

  it("counts the hourly limit in its headers", async () => {
    const [first, second] = [await call("GET", `${repo}/pulls/1`), await call("GET", `${repo}/pulls/1`)];
    expect([first, second].map(({ headers }) => headers.get("x-ratelimit-remaining"))).toEqual(["999", "998"]);
  });
});
