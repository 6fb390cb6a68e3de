import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeGitHub, startFakeGitHub } from "../fakes/github/server.ts";
import { READ_ONLY_TOKEN, WORKFLOW_TOKEN } from "../fakes/github/state.ts";
import { mergeGroupEvent } from "./kit/events.ts";
import { type Checkout, createRepository, type Repository } from "./kit/repository.ts";
import { type ActionResult, type ActionRun, runAction } from "./kit/runner.ts";
import { printed, type Times } from "./printed.ts";

// A benchmark that waits for the clock takes the time it was told to on any machine, however busy: three times as long is
// certain to be seen, and equal is certain to be equal within the 50 % that the tests allow. The times are code under test: the
// benchmarks themselves are the pull request's on both sides.
const BENCH = `
import { times } from "../src/times.mjs";
const wait = (us) => { const end = performance.now() + us / 1000; while (performance.now() < end); };
const task = (us) => () => { if (typeof us !== "number") throw new Error(us); wait(us); };
export default Object.fromEntries(Object.entries(times).map(([name, us]) => [name, task(us)]));
export const options = { time: 40, warmupTime: 5 };
`;
/** Benchmarks that take so many microseconds: as functions that are measured, and as what a command prints. */
const bench = (times: Times) => ({
  "bench/four.bench.mjs": BENCH,
  "src/times.mjs": `export const times = ${JSON.stringify(times)};\n`,
  "times.json": printed(times),
});
const FOUR = { parse: 20, render: 25, hash: 30, sort: 35 };
// Ten times as slow is what p99 may be: it is the machine's, and is decided at the first look.
// Why something is slower is asked in explain.test.ts.
const MEASURED = { bench: "bench/*.bench.mjs", rounds: "3", threshold: "p50=50%\np99=900%", explain: "never" };
/** Where it is no matter who measures. */
const PRINTED = { run: "cat times.json", tool: "benchgate", rounds: "5", threshold: "p50=50%" };
const BASELINE = "benchgate-baseline";

let repository: Repository;
let github: FakeGitHub;
let runs = 0;

beforeAll(async () => {
  repository = await createRepository();
  github = await startFakeGitHub({ tokens: { "workflow-token": WORKFLOW_TOKEN, "fork-token": READ_ONLY_TOKEN } });
});

afterAll(async () => {
  const { violations } = github.state;
  await github.close();
  repository.close();
  expect(violations).toEqual([]);
});

function act(checkout: Checkout, more: Partial<ActionRun> = {}): Promise<ActionResult> {
  runs += 1;
  return runAction({
    ...checkout,
    github,
    runId: 9_000_000_000 + runs,
    ...more,
    inputs: { ...PRINTED, ...more.inputs },
  });
}

async function pushMain(files: Readonly<Record<string, string | null>>): Promise<ActionResult> {
  await repository.branch("main");
  await repository.commit(files);
  return act(await (await repository.push("main")).checkout());
}

/** A pull request with these files, known to the fake, and its checkout. */
async function pull(
  head: string,
  files: Readonly<Record<string, string | null>>,
  from = "main",
): Promise<{ number: number; checkout: Checkout }> {
  await repository.branch(head, from);
  await repository.commit(files);
  await repository.push(head);
  const { number, headSha, baseSha, checkout } = await repository.pullRequest({ head });
  github.state.pulls.set(number, { number, head: { ref: head, sha: headSha }, base: { ref: "main", sha: baseSha } });
  return { number, checkout: await checkout() };
}

async function baselineFiles(): Promise<string[]> {
  const { origin } = repository;
  const listing = await repository.git("ls-remote", origin, `refs/heads/${BASELINE}`);
  if (listing === "") return [];
  await repository.git("fetch", "--quiet", origin, BASELINE);
  return (await repository.git("ls-tree", "-r", "--name-only", "FETCH_HEAD")).split("\n");
}

function comments(number: number): readonly string[] {
  return github.state.comments
    .filter((comment) => comment.pull === number && comment.author === "github-actions[bot]")
    .map(({ body }) => body);
}

function verdicts(result: ActionResult, statistic = "p50"): Record<string, string> {
  const rows = result.verdicts?.verdicts.filter((row) => row.statistic === statistic) ?? [];
  return Object.fromEntries(rows.map(({ benchmark, verdict }) => [benchmark, verdict]));
}

// One scenario of each kind. What is said when, and to whom, is in __tests__/action.
describe("a repository that adopts the gate", () => {
  it("turns a pull request red for the one function of four that became three times slower", async () => {
    await repository.commit(bench(FOUR), "first");
    await repository.push("main");
    const slow = await pull("measured", bench({ ...FOUR, hash: 3 * FOUR.hash }));
    const red = await act(slow.checkout, { inputs: { ...MEASURED, run: "", tool: "" } });
    expect(red.exitCode, red.stdout).toBe(1);
    const { hash, ...others } = verdicts(red);
    expect(hash).toBe("regression");
    expect(Object.keys(others).sort()).toEqual(["parse", "render", "sort"]);
    expect(Object.values(others)).not.toContain("regression");
    expect(comments(slow.number)[0]).toContain("side by side");
  });

  it("turns its first pull request red for what became three times slower, and green in the same comment when it is repaired", async () => {
    const slow = await pull("slow", bench({ ...FOUR, hash: 3 * FOUR.hash }));
    const red = await act(slow.checkout);
    expect(red.exitCode, red.stdout).toBe(1);
    expect(verdicts(red)).toMatchObject({ hash: "regression" });
    expect(Object.values(verdicts(red)).filter((verdict) => verdict === "regression")).toHaveLength(1);
    expect(red.outputs).toMatchObject({ outcome: "fail", regressions: "1", improvements: "0" });
    expect(red.summary).toContain("**1 regression");
    expect(red.annotations.filter(({ level }) => level === "error")).toHaveLength(1);
    expect(comments(slow.number)).toHaveLength(1);
    expect(comments(slow.number)[0]).toMatch(
      /^<!-- benchgate:.*\n## ❌ This change makes 1 of \d+ benchmarks slower: /,
    );
    expect(comments(slow.number)[0]).toContain("side by side");
    expect(await baselineFiles()).toEqual([]);

    const ours = github.state.comments.find((comment) => comment.pull === slow.number)!;
    await repository.commit(bench(FOUR), "repair");
    await repository.push("slow");
    const repaired = await repository.pullRequest({ head: "slow" });
    await repository.git("push", "--quiet", "origin", `+${repaired.headSha}:refs/pull/${slow.number}/head`);
    const checkout = await repaired.checkout();
    const payload = {
      ...checkout.event.payload,
      number: slow.number,
      pull_request: { ...(checkout.event.payload as { pull_request: object }).pull_request, number: slow.number },
    };
    const again: Checkout = { ...checkout, event: { name: "pull_request", payload } };
    const green = await act(again);
    expect(green.exitCode, green.stdout).toBe(0);
    expect(Object.values(verdicts(green))).not.toContain("regression");
    expect(comments(slow.number)).toHaveLength(1);
    expect(comments(slow.number)[0]).not.toContain("❌ This change");
    expect(github.state.comments.find(({ id }) => id === ours.id)?.body).toBe(comments(slow.number)[0]);
  });

  it("stores one file a push to the base branch, and nothing else", async () => {
    const result = await pushMain({ ...bench(FOUR), "CHANGES.md": "1" });
    expect(result, result.stdout).toMatchObject({ exitCode: 0, outputs: { outcome: "pass" } });
    expect(await baselineFiles()).toEqual([expect.stringMatching(/^runs\/([0-9a-f]{2})\/\1[0-9a-f]{38}-.*\.json$/)]);
  });

  it("measures what the stored runs lack beside the base: slower there is red, and new there as well is new", async () => {
    await repository.branch("main");
    await repository.commit(bench({ ...FOUR, extra: 20 }), "more");
    await repository.push("main");
    const { checkout } = await pull("slow-extra", bench({ ...FOUR, extra: 180, fresh: 20 }));
    const result = await act(checkout);
    expect(result.exitCode, result.stdout).toBe(1);
    const p50 = (name: string) =>
      result.verdicts?.verdicts.find(({ benchmark, statistic }) => benchmark === name && statistic === "p50")?.verdict;
    expect([p50("extra"), p50("fresh")]).toEqual(["regression", "added"]);
    await repository.branch("main");
    await repository.commit(bench(FOUR), "less");
    await repository.push("main");
  });

  it("keeps verdict, summary and exit code when the token may not comment, and names the permission once", async () => {
    const { number, checkout } = await pull("forked", bench({ ...FOUR, hash: 3 * FOUR.hash }));
    const result = await act(checkout, { token: "fork-token" });
    expect(result.exitCode).toBe(1);
    expect(verdicts(result)).toMatchObject({ hash: "regression" });
    expect(result.summary).toContain("1 regression");
    expect(comments(number)).toEqual([]);
    const warnings = result.annotations.filter(({ level }) => level === "warning");
    expect(warnings.filter(({ message }) => message.includes("pull-requests: write"))).toHaveLength(1);
  });

  it("takes a pull request's green verdict over in a merge queue, in a shallow clone too, and measures what is another tree", async () => {
    const inputs = { compare: "side-by-side", check: "true", reuse: "true" };
    const { number, checkout } = await pull("queued", { "README.md": "queued" });
    const first = await act(checkout, { inputs });
    expect(first, first.stdout).toMatchObject({ exitCode: 0, outputs: { outcome: "pass" } });
    const baseSha = await repository.git("rev-parse", "main");
    const headRef = `gh-readonly-queue/main/pr-${number}-${baseSha}`;
    const group = async (files: Readonly<Record<string, string>>) => {
      await repository.branch(headRef, "main");
      await repository.git("merge", "--quiet", "--squash", "queued");
      const headSha = await repository.commit(files, "queued by another name");
      const payload = mergeGroupEvent(repository.name, { baseRef: "main", baseSha, headRef, headSha });
      const event = { name: "merge_group", payload };
      return act({ ...(await (await repository.push(headRef)).checkout(1)), event }, { inputs });
    };
    const same = await group({});
    expect(same, same.stdout).toMatchObject({ exitCode: 0, outputs: { outcome: "pass" }, verdicts: null });
    expect(same.summary).toContain(`## ✅ Measured in #${number} already`);
    expect(same.stdout).not.toContain("round 1");
    const other = await group({ "CHANGES.md": "another" });
    expect(other, other.stdout).toMatchObject({ exitCode: 0, verdicts: { outcome: "pass" } });
    expect(other.stdout).toContain(`#${number} has no verdict about the same two trees`);
  });

  it("runs nothing on pull_request_target", async () => {
    const name = "pull_request_target";
    const { checkout } = await pull("privileged", { "README.md": name });
    const result = await act(
      { ...checkout, event: { name, payload: checkout.event.payload } },
      { inputs: { run: "echo ran" } },
    );
    expect(result.exitCode).toBe(2);
    expect(result.annotations[0]?.message).toContain(name);
    expect(result.stdout).not.toContain("ran\n");
  });

  it("says that the event cannot be read, in the log and the summary, and ends with 2", async () => {
    const folder = mkdtempSync(join(tmpdir(), "benchgate-event-"));
    const bundle = join(folder, "garbled.mjs");
    const entry = new URL("../../dist/index.js", import.meta.url).href;
    writeFileSync(
      bundle,
      `import { writeFileSync } from "node:fs"; writeFileSync(process.env.GITHUB_EVENT_PATH, "{"); await import(${JSON.stringify(entry)});`,
    );
    const { checkout } = await pull("garbled", { "README.md": "garbled" });
    const result = await act(checkout, { bundle });
    rmSync(folder, { recursive: true });
    expect(result).toMatchObject({ exitCode: 2, stderr: "", outputs: { outcome: "fail" } });
    expect(result.annotations[0]?.message).toContain("event's payload cannot be read");
    expect(result.summary).toContain("## ❌ Could not judge");
  });

  it("keeps one issue on what is slower on the default branch, and closes it when that is mended", async () => {
    const base = await repository.git("rev-parse", "origin/main");
    const push = async (costs: typeof FOUR) => {
      await repository.branch("main");
      await repository.commit(bench(costs));
      return act(await (await repository.push("main")).checkout(), { inputs: { base, alert: "issue" } });
    };
    const red = await push({ ...FOUR, hash: 3 * FOUR.hash });
    expect(red.exitCode, red.stdout).toBe(1);
    expect(github.state.issues).toMatchObject([{ state: "open", author: "github-actions[bot]" }]);
    expect(github.state.issues[0]!.body).toContain("hash");
    expect((await push(FOUR)).exitCode).toBe(0);
    expect(github.state.issues).toMatchObject([{ state: "closed" }]);
  });

  it("refuses an input that does not exist, with the nearest right word", async () => {
    const { checkout } = await pull("typo", { "README.md": "typo" });
    const result = await act(checkout, { inputs: { treshold: "5%" } });
    expect(result.exitCode).toBe(2);
    expect(result.annotations[0]?.message).toContain('"threshold"');
  });
});
