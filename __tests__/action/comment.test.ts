import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Publication, publishComment, publishStatus } from "../../src/action/comment.ts";
import { createGitHub } from "../../src/io/step/github.ts";
import { marker } from "../../src/report/parts/sticky.ts";
import { type FakeGitHub, startFakeGitHub } from "../fakes/github/server.ts";
import { READ_ONLY_TOKEN, WORKFLOW_TOKEN } from "../fakes/github/state.ts";

const KEY = "bench.yml/benchgate";
const ACCESS = { token: "workflow-token", repository: { owner: "octo-org", repo: "octo-repo" } };
const AT = "2026-01-01T00:00:00Z";
const text = (words: string, key = KEY) => `${marker(key)}\n${words}`;

describe("the one comment of a gate", () => {
  let fake: FakeGitHub;
  const clock = { now: () => new Date(), monotonic: () => 0, sleep: async () => {} };
  const publish = (publication: Partial<Publication>, token = "workflow-token") =>
    publishComment(
      createGitHub({ token, repository: { owner: "octo-org", repo: "octo-repo" }, apiUrl: fake.url, clock }),
      {
        pull: 7,
        key: KEY,
        body: text("red"),
        when: "always",
        changed: true,
        ...publication,
      },
    );
  const comments = () => fake.state.comments.map(({ author, body }) => ({ author, body }));
  const write = (author: string, body: string) =>
    fake.state.comments.push({
      id: fake.state.comments.length + 1,
      pull: 7,
      author,
      body,
      createdAt: AT,
      updatedAt: AT,
    });
  const calls = (operation: string) => fake.state.requests.filter((request) => request.operation === operation).length;

  beforeEach(async () => {
    fake = await startFakeGitHub({
      pulls: [{ number: 7, head: { ref: "feature", sha: "a".repeat(40) }, base: { ref: "main", sha: "b".repeat(40) } }],
      tokens: { "workflow-token": WORKFLOW_TOKEN, "read-token": READ_ONLY_TOKEN },
    });
  });
  afterEach(async () => {
    const { violations } = fake.state;
    await fake.close();
    expect(violations).toEqual([]);
  });

  it("is created once and edited in place from then on", async () => {
    expect(await publish({ body: text("red") })).toEqual([]);
    expect(await publish({ body: text("green"), changed: false })).toEqual([]);
    expect(comments()).toEqual([{ author: "github-actions[bot]", body: text("green") }]);
    expect([calls("issues/create-comment"), calls("issues/update-comment")]).toEqual([1, 1]);
  });

  it("is not written again where it already says the same", async () => {
    await publish({});
    await publish({});
    expect(calls("issues/update-comment")).toBe(0);
  });

  it("is found behind a hundred others", async () => {
    for (let index = 0; index < 130; index++) write("octocat", `talk ${index}`);
    write("github-actions[bot]", text("red"));
    await publish({ body: text("green") });
    expect(comments().at(-1)).toEqual({ author: "github-actions[bot]", body: text("green") });
    expect(comments()).toHaveLength(131);
  });

  it("is never somebody else's, whatever marker that carries", async () => {
    write("mallory", text("planted"));
    await publish({ body: text("red") });
    expect(comments()).toEqual([
      { author: "mallory", body: text("planted") },
      { author: "github-actions[bot]", body: text("red") },
    ]);
  });

  it("leaves the comment of another gate alone", async () => {
    write("github-actions[bot]", text("other", "bench.yml/other"));
    await publish({ body: text("red") });
    expect(comments().map(({ body }) => body)).toEqual([text("other", "bench.yml/other"), text("red")]);
  });

  it("on-change: is not created for a clean run, is created for a change, and turns green afterwards", async () => {
    await publish({ when: "on-change", changed: false, body: text("green") });
    expect(comments()).toEqual([]);
    await publish({ when: "on-change", changed: true, body: text("red") });
    await publish({ when: "on-change", changed: false, body: text("green") });
    expect(comments().map(({ body }) => body)).toEqual([text("green")]);
  });

  it("on-change: goes where it never had bad news, and there is nothing to say any more", async () => {
    await publish({ when: "on-change", changed: true, body: text("## ⚪ No baseline yet · 4 measured") });
    expect(await publish({ when: "on-change", changed: false, body: text("green") })).toEqual([]);
    expect(comments()).toEqual([]);
    await publish({ when: "on-change", changed: true, body: text("## ❌ 1 regression") });
    await publish({ when: "on-change", changed: false, body: text("## ✅ No regression") });
    await publish({ when: "on-change", changed: false, body: text("## ✅ No regression · 4 unchanged") });
    expect(comments().map(({ body }) => body)).toEqual([text("## ✅ No regression · 4 unchanged")]);
  });

  it("is there once, even where two runs at once have written it", async () => {
    write("mallory", text("planted"));
    for (const words of ["first", "second", "third"]) write("github-actions[bot]", text(words));
    write("github-actions[bot]", text("other", "bench.yml/other"));
    expect(await publish({ body: text("green") })).toEqual([]);
    expect(comments().map(({ body }) => body)).toEqual([
      text("planted"),
      text("green"),
      text("other", "bench.yml/other"),
    ]);
  });

  /** A GitHub whose runs all have looked for a comment before any of them makes one. */
  const racing = (runs: number, order: readonly number[]) => {
    const waiting: (() => void)[] = [];
    return Array.from({ length: runs }, (): ReturnType<typeof createGitHub> => {
      const port = createGitHub({ ...ACCESS, apiUrl: fake.url, clock });
      let looked = false;
      return {
        ...port,
        comments: async (pull) => {
          const found = await port.comments(pull);
          if (looked) return found;
          looked = true;
          const released = new Promise<void>((go) => void waiting.push(go));
          // In any order that a network may have.
          if (waiting.length === runs) for (const index of order) waiting[index]!();
          await released;
          return found;
        },
      };
    });
  };

  it.each([
    [2, [0, 1]],
    [2, [1, 0]],
    [3, [2, 0, 1]],
    [5, [4, 2, 0, 1, 3]],
  ])("is there once where %i runs at once each find none, released as %j", async (runs, order) => {
    const bodies = Array.from({ length: runs }, (_, index) => text(`verdict ${index}`));
    const warnings = await Promise.all(
      racing(runs, order).map((github, index) =>
        publishComment(github, { pull: 7, key: KEY, body: bodies[index]!, when: "always", changed: true }),
      ),
    );
    expect(warnings.flat()).toEqual([]);
    expect(comments()).toHaveLength(1);
    expect(bodies).toContain(comments()[0]!.body);
  });

  it("stays where GitHub does not answer the second look", async () => {
    const github = createGitHub({ ...ACCESS, apiUrl: fake.url, clock });
    let looks = 0;
    const once: typeof github = {
      ...github,
      comments: async (pull) =>
        ++looks === 1 ? github.comments(pull) : { ok: false, forbidden: false, reason: "HTTP 502" },
    };
    expect(await publishComment(once, { pull: 7, key: KEY, body: text("a"), when: "always", changed: true })).toEqual(
      [],
    );
    expect(comments()).toHaveLength(1);
  });

  it("never: asks GitHub for nothing", async () => {
    expect(await publish({ when: "never" })).toEqual([]);
    expect(fake.state.requests).toEqual([]);
  });

  it("becomes a warning that names the permission where the token may only read", async () => {
    expect(await publish({}, "read-token")).toEqual([
      { code: "forbidden", action: "comment on the pull request", permission: "pull-requests: write" },
    ]);
  });

  it("becomes a warning where GitHub is down", async () => {
    fake.failNext(
      ...Array.from({ length: 9 }, () => ({ kind: "status" as const, status: 502, on: "issues/list-comments" })),
    );
    expect(await publish({})).toEqual([
      { code: "github-failed", action: "read the pull request's comments", reason: "HTTP 502" },
    ]);
  });

  it("becomes a warning where the body is longer than GitHub takes", async () => {
    const [warning] = await publish({ body: text("x".repeat(66_000)) });
    expect(warning).toMatchObject({ code: "github-failed", reason: expect.stringContaining("too long") });
  });

  describe("and its commit status", () => {
    const sha = "a".repeat(40);
    const status = {
      state: "failure",
      context: "Benchgate",
      description: "1 regression",
      url: "https://example.org/run",
    } as const;
    const set = (token: string) =>
      publishStatus(
        createGitHub({ token, repository: { owner: "octo-org", repo: "octo-repo" }, apiUrl: fake.url, clock }),
        sha,
        status,
      );

    it("is set on the commit, with a link to the run", async () => {
      expect(await set("workflow-token")).toEqual([]);
      const { url, ...rest } = status;
      expect(fake.state.statuses).toMatchObject([{ sha, ...rest, target_url: url }]);
    });

    it("becomes a warning that names the permission where the token may not", async () => {
      const expected = { code: "forbidden", action: "set a commit status", permission: "statuses: write" };
      expect(await set("read-token")).toEqual([expected]);
      expect(fake.state.statuses).toEqual([]);
    });
  });
});
