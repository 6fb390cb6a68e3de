import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRepository, type Repository } from "./repository.ts";

describe("the repository kit", () => {
  let repository: Repository;
  const at = (workspace: string, ...args: string[]) =>
    execFileSync("git", args, { cwd: workspace, encoding: "utf8" }).trim();

  beforeEach(async () => {
    repository = await createRepository();
    await repository.commit({ "a.txt": "one\n", "sub/b.txt": "b\n" }, "first");
    await repository.push("main");
  });
  afterEach(() => repository.close());

  it("checks out the merge of a pull request with the whole history", async () => {
    await repository.branch("feature");
    const head = await repository.commit({ "c.txt": "new\n", "sub/b.txt": null }, "feature");
    await repository.push("feature");
    await repository.branch("main");
    const base = await repository.commit({ "a.txt": "two\n" }, "main moves on");
    await repository.push("main");
    const pull = await repository.pullRequest({ head: "feature" });
    const { workspace, event, ...facts } = await pull.checkout();
    expect(facts).toEqual({
      repository: "octo-org/octo-repo",
      sha: pull.mergeSha,
      ref: "refs/pull/1/merge",
      baseRef: "main",
      headRef: "feature",
    });
    expect(event.payload).toMatchObject({ number: 1, pull_request: { head: { sha: head }, base: { sha: base } } });
    expect(at(workspace, "rev-parse", "HEAD")).toBe(pull.mergeSha);
    expect(at(workspace, "log", "-1", "--format=%P")).toBe(`${base} ${head}`);
    expect(readFileSync(join(workspace, "a.txt"), "utf8")).toBe("two\n");
    expect(at(workspace, "ls-files").split("\n")).toEqual(["a.txt", "c.txt"]);
    expect(at(workspace, "rev-parse", "--abbrev-ref", "HEAD")).toBe("HEAD");
    expect(at(workspace, "rev-list", "--count", "HEAD")).toBe("4");
  });

  it("checks out one commit only with depth 1, and lets the rest be fetched by name", async () => {
    const second = await repository.commit({ "a.txt": "two\n" }, "second");
    const push = await repository.push("main");
    const { workspace } = await push.checkout(1);
    expect(at(workspace, "rev-list", "--count", "HEAD")).toBe("1");
    expect(at(workspace, "rev-parse", "--abbrev-ref", "HEAD")).toBe("main");
    expect(push.sha).toBe(second);
    const { before } = push.payload as { before: string };
    at(workspace, "fetch", "--quiet", "--depth=1", "origin", before);
    expect(at(workspace, "show", `${before}:a.txt`)).toBe("one");
  });

  it("keeps a fork's branch out of the base's repository", async () => {
    await repository.branch("feature");
    const head = await repository.commit({ "c.txt": "new\n" });
    await repository.push("feature");
    const pull = await repository.pullRequest({ head: "feature", fork: "mallory/octo-repo" });
    const { workspace, event } = await pull.checkout();
    expect(at(workspace, "ls-remote", "origin")).not.toContain("refs/heads/feature");
    expect(at(workspace, "rev-parse", "HEAD^2")).toBe(head);
    expect(event.payload).toMatchObject({
      pull_request: { head: { repo: { full_name: "mallory/octo-repo", fork: true } } },
    });
  });

  it("pushes from a workspace land on the origin", async () => {
    const { workspace } = await (await repository.push("main")).checkout();
    at(workspace, "push", "--quiet", "origin", "HEAD:refs/heads/data");
    expect(at(workspace, "ls-remote", "origin", "refs/heads/data")).toContain("refs/heads/data");
  });
});
