import { afterAll, beforeAll, expect, it } from "vitest";
import { type FakeGitHub, startFakeGitHub } from "../fakes/github/server.ts";
import { WORKFLOW_TOKEN } from "../fakes/github/state.ts";
import { benchgate } from "./kit/command-line.ts";
import { createRepository, type Repository } from "./kit/repository.ts";
import { runAction } from "./kit/runner.ts";
import { printed } from "./printed.ts";

let repository: Repository;
let github: FakeGitHub;

beforeAll(async () => {
  repository = await createRepository();
  github = await startFakeGitHub({ tokens: { "workflow-token": WORKFLOW_TOKEN } });
});

afterAll(async () => {
  await github.close();
  repository.close();
});

const REF = "refs/benchgate/baselines";
const BRANCH = "refs/heads/benchgate-baseline";
const refs = async () => (await repository.git("ls-remote", repository.origin)).replaceAll(/^\S+\t/gm, "").split("\n");

it("stores where clones do not carry it, and moves a branch there by one command", async () => {
  await repository.commit({ "times.json": printed({ one: 5 }) });
  const checkout = await (await repository.push("main")).checkout();
  const inputs = { run: "cat times.json", tool: "benchgate", rounds: "2", "baseline-store": "ref" };
  const result = await runAction({ ...checkout, github, runId: 1, inputs });
  expect(result.exitCode, result.stdout).toBe(0);
  expect(await refs()).toContain(REF);
  expect(await refs()).not.toContain(BRANCH);
  const [tip] = (await repository.git("ls-remote", repository.origin, REF)).split("\t");
  const { workspace } = await (await repository.push("main")).checkout();
  await expect(repository.git("-C", workspace, "cat-file", "-e", tip!)).rejects.toThrow();

  await repository.git("fetch", "--quiet", repository.origin, REF);
  await repository.git("push", "--quiet", repository.origin, `FETCH_HEAD:${BRANCH}`, `:${REF}`);
  const moved = await benchgate(["baseline", "migrate"], { cwd: repository.author });
  expect(moved.stderr).toContain(`ref ${REF}: 1 recording, moved from branch benchgate-baseline`);
  expect(moved.code).toBe(0);
  expect(await refs()).not.toContain(BRANCH);
  const listed = await benchgate(["baseline", "list"], { cwd: repository.author });
  expect(listed.stdout).toMatch(/ {2}HEAD\n$/);
  expect(listed.stderr).toContain(`ref ${REF}: 1 recording`);
  const pruned = await benchgate(["baseline", "prune", "--keep", "20", "--yes"], { cwd: repository.author });
  expect(pruned.stderr).toContain(`ref ${REF}: removed 0 of 1 recordings; 1 stay.`);
  const unsaid = await benchgate(["baseline", "prune"], { cwd: repository.author });
  expect([unsaid.code, unsaid.stderr]).toEqual([2, expect.stringContaining("prune needs to know what stays")]);
});
