import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeGitHub, startFakeGitHub } from "../fakes/github/server.ts";
import { READ_ONLY_TOKEN, WORKFLOW_TOKEN } from "../fakes/github/state.ts";
import { workflowRunEvent } from "./kit/events.ts";
import { type Checkout, createRepository, type Repository } from "./kit/repository.ts";
import { type ActionResult, type ActionRun, runAction } from "./kit/runner.ts";
import { printed } from "./printed.ts";

/** What a tree's command prints: on the machine with SLOW, from another file. */
const FAST = printed({ parse: 50, hash: 70 });
const SLOW = printed({ parse: 50, hash: 210 });
/** A suite that can be dealt benchmark by benchmark: what takes long is the clock's, on any machine. */
const BENCH = {
  "bench/two.bench.mjs": `
import { cost } from "../src/cost.mjs";
const wait = (us) => { const end = performance.now() + us / 1000; while (performance.now() < end); };
export default { parse: () => wait(50), hash: () => wait(cost) };
export const options = { time: 40, warmupTime: 5 };
`,
  "src/cost.mjs": "export const cost = 70;",
};
const MEASURE = {
  run: "cat ${SLOW:-costs}.json",
  tool: "benchgate",
  rounds: "5",
  compare: "side-by-side",
  threshold: "p50=50%",
};
const JUDGE = { threshold: "p50=50%" };
const FORK = "mallory/octo-repo";

let repository: Repository;
let github: FakeGitHub;
let folder: string;
let runs = 0;

beforeAll(async () => {
  repository = await createRepository();
  github = await startFakeGitHub({ tokens: { "workflow-token": WORKFLOW_TOKEN, "fork-token": READ_ONLY_TOKEN } });
  folder = mkdtempSync(join(tmpdir(), "benchgate-artifacts-"));
  await repository.commit({ ...BENCH, "costs.json": FAST, "slow.json": FAST }, "first");
  await repository.push("main");
});

afterAll(async () => {
  const { violations } = github.state;
  await github.close();
  repository.close();
  rmSync(folder, { recursive: true, force: true });
  expect(violations).toEqual([]);
});

function act(checkout: Checkout, more: Partial<ActionRun> = {}): Promise<ActionResult> {
  runs += 1;
  return runAction({ ...checkout, github, runId: 8_000_000_000 + runs, ...more });
}

/** A pull request with these files, known to the fake, and its checkout. */
async function pull(head: string, files: Readonly<Record<string, string>>, fork?: string) {
  await repository.branch(head, "main");
  await repository.commit(files);
  await repository.push(head);
  const opened = await repository.pullRequest({ head, ...(fork !== undefined && { fork }) });
  const { number, headSha, baseSha } = opened;
  const side = { ref: head, sha: headSha, ...(fork !== undefined && { repository: fork }) };
  github.state.pulls.set(number, { number, head: side, base: { ref: "main", sha: baseSha } });
  return { number, headSha, baseSha, checkout: await opened.checkout() };
}

function comments(number: number): readonly string[] {
  return github.state.comments.filter((comment) => comment.pull === number).map(({ body }) => body);
}

/** Measures one cell of a matrix, and leaves its artifact in `place`. */
async function cell(
  checkout: Checkout,
  place: string,
  name: string,
  more: Partial<ActionRun> = {},
): Promise<ActionResult> {
  const inputs = { ...MEASURE, cell: name, comment: "never", fail: "false", ...more.inputs };
  return act(checkout, { ...more, inputs, upload: join(folder, place, `benchgate-${name}`) });
}

const verdicts = ({ verdicts: result }: ActionResult) =>
  Object.fromEntries(
    (result?.verdicts ?? [])
      .filter(({ statistic }) => statistic === "p50")
      .map(({ suite, benchmark, verdict }) => [`${suite}/${benchmark}`, verdict]),
  );

describe("a matrix that fans in", () => {
  let change: Awaited<ReturnType<typeof pull>>;
  const fanIn = (inputs: Readonly<Record<string, string>>, more: Partial<ActionRun> = {}) =>
    act(change.checkout, {
      job: "verdict",
      ...more,
      inputs: { ...JUDGE, "fan-in": join(folder, "matrix"), ...inputs },
    });

  beforeAll(async () => {
    change = await pull("matrix", { "slow.json": SLOW });
    const linux = await cell(change.checkout, "matrix", "linux");
    expect(linux.exitCode, linux.stdout).toBe(0);
    expect(verdicts(linux)).toEqual({ "bench/parse": "unchanged", "bench/hash": "unchanged" });
    const mac = await cell(change.checkout, "matrix", "mac", { extraEnv: { SLOW: "slow" } });
    expect(verdicts(mac)).toMatchObject({ "bench/hash": "regression" });
    expect(mac.exitCode).toBe(0);
    expect(comments(change.number)).toEqual([]);
  });

  it("gets one verdict and one comment, with the cell before each name", async () => {
    const result = await fanIn({ expect: "linux, mac", status: "true" });
    expect(result.exitCode, result.stdout).toBe(1);
    expect(verdicts(result)).toEqual({
      "linux/bench/parse": "unchanged",
      "linux/bench/hash": "unchanged",
      "mac/bench/parse": "unchanged",
      "mac/bench/hash": "regression",
    });
    expect(comments(change.number)).toHaveLength(1);
    expect(comments(change.number)[0]).toMatch(/\n\*\*1 regression · /);
    expect(comments(change.number)[0]).toContain("mac&#47;bench");
    expect(github.state.statuses.at(-1)).toMatchObject({
      sha: change.headSha,
      state: "failure",
      description: expect.stringContaining("1 regression"),
      context: "Benchgate: Benchmarks/verdict",
    });
  });
});

describe("two shards of a pool of two", () => {
  it("deal the benchmarks, measure them on both runners, and get one verdict", async () => {
    const change = await pull("shards", { "src/cost.mjs": "export const cost = 700;" });
    for (const job of [0, 1, 2, 3]) {
      const shard = `${(job % 2) + 1}/2`;
      const inputs = {
        ...MEASURE,
        run: "",
        tool: "",
        bench: "bench/*.bench.mjs",
        explain: "never",
        rounds: "3",
        shard,
        pool: "fleet",
        "matrix-job": `${job}/4`,
        comment: "never",
        fail: "false",
      };
      const ran = await act(change.checkout, { inputs, upload: join(folder, "shards", `benchgate-${job}`) });
      expect(ran.exitCode, ran.stdout).toBe(0);
      expect(Object.keys(verdicts(ran)).length).toBeLessThan(2);
    }
    const inputs = { ...JUDGE, "fan-in": join(folder, "shards") };
    const result = await act(change.checkout, { job: "verdict", inputs });
    expect(verdicts(result), result.stdout).toEqual({ "bench/parse": "unchanged", "bench/hash": "regression" });
    expect(comments(change.number)).toHaveLength(1);
    // A round in which a clock did not tick is left out.
    expect(comments(change.number)[0]).toMatch(/side by side, (?:\d–)?[56] pairs/);
    expect(comments(change.number)[0]).toContain("4 jobs, ");
  });
});

describe("a pull request from a fork", () => {
  let change: Awaited<ReturnType<typeof pull>>;
  let base: Checkout;
  const CONFIG = (threshold: string) =>
    `suites:\n  two:\n    run: cat costs.json\n    tool: benchgate\nbudgets:\n  - match: "*"\n    latency: { p50: ${threshold} }\n`;

  beforeAll(async () => {
    await repository.branch("main");
    await repository.commit({ "benchgate.yml": CONFIG("50%") });
    base = await (await repository.push("main")).checkout();
    // The change loosens its own budget, which is nothing to those who judge it.
    change = await pull("stranger", { "costs.json": SLOW, "benchgate.yml": CONFIG("900%") }, FORK);
    const measured = await act(change.checkout, {
      token: "fork-token",
      inputs: { rounds: "5", compare: "side-by-side" },
      upload: join(folder, "fork", "benchgate"),
    });
    expect(measured.exitCode, measured.stdout).toBe(1);
    expect(comments(change.number)).toEqual([]);
  });

  /** The trusted run that follows, on the default branch. */
  function follow(payload: Partial<Parameters<typeof workflowRunEvent>[1]> = {}, more: Partial<ActionRun> = {}) {
    const run = { id: 1, headBranch: "stranger", headSha: change.headSha, headRepository: FORK, ...payload };
    const event = { name: "workflow_run", payload: workflowRunEvent("octo-org/octo-repo", run) };
    const inputs = { "fan-in": join(folder, "fork"), expect: "benchgate", status: "true", ...more.inputs };
    return act({ ...base, event }, { workflow: "Comment", job: "comment", ...more, inputs });
  }

  it("gets its comment and its status from the run that follows, by the budgets of the base", async () => {
    const result = await follow();
    expect(result.exitCode, result.stdout).toBe(1);
    expect(verdicts(result)).toMatchObject({ "two/hash": "regression", "two/parse": "unchanged" });
    expect(comments(change.number)).toHaveLength(1);
    expect(comments(change.number)[0]).toContain("**1 regression");
    expect(github.state.statuses.at(-1)).toMatchObject({ sha: change.headSha, state: "failure" });
  });
});
