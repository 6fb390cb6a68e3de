import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeGitHub, startFakeGitHub } from "../fakes/github/server.ts";
import { READ_ONLY_TOKEN, WORKFLOW_TOKEN } from "../fakes/github/state.ts";
import { type Checkout, createRepository, type Repository } from "./kit/repository.ts";
import { type ActionResult, type ActionRun, RUNTIME_SECRETS, runAction } from "./kit/runner.ts";

// A benchmark that waits for the clock takes the time it was told to on any machine, however busy: three times as long is
// certain to be seen, and equal is certain to be equal within the 50 % that the tests allow. The times are code under test: the
// benchmarks themselves are the pull request's on both sides.
const BENCH = `
import { times } from "../src/times.mjs";
const wait = (us) => { const end = performance.now() + us / 1000; while (performance.now() < end); };
const task = (us) => () => { if (typeof us !== "number") throw new Error(us); wait(us); };
export default Object.fromEntries(Object.entries(times).map(([name, us]) => [name, task(us)]));
export const options = { time: 60, warmupTime: 5 };
`;
const bench = (times: Readonly<Record<string, number | string>>) => ({
  "bench/four.bench.mjs": BENCH,
  "src/times.mjs": `export const times = ${JSON.stringify(times)};\n`,
});
const FOUR = { parse: 50, render: 60, hash: 70, sort: 80 };
const INPUTS = { bench: "bench/*.bench.mjs", rounds: "3", threshold: "p50=50%" };
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
    inputs: { ...INPUTS, ...more.inputs },
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

describe("a repository that adopts the gate", () => {
  it("passes its first pull request by what is stored, and says that there is no baseline yet and what happens next", async () => {
    await repository.commit(bench(FOUR), "first");
    await repository.push("main");
    const { number, checkout } = await pull("early", { "README.md": "hello" });
    const result = await act(checkout, { inputs: { compare: "stored" } });
    expect(result).toMatchObject({ exitCode: 0, outputs: { outcome: "pass" } });
    expect(comments(number)).toHaveLength(1);
    expect(comments(number)[0]).toContain("No baseline yet");
    expect(result.summary).toContain("No baseline yet");
    expect(await baselineFiles()).toEqual([]);
  });

  it("judges its first pull request side by side, because nothing is stored yet", async () => {
    const { number, checkout } = await pull("first-slow", bench({ ...FOUR, sort: 3 * FOUR.sort }));
    const result = await act(checkout);
    expect(result.exitCode, result.stdout).toBe(1);
    expect(verdicts(result)).toMatchObject({ sort: "regression" });
    expect(Object.values(verdicts(result)).filter((verdict) => verdict === "regression")).toHaveLength(1);
    expect(comments(number)[0]).toContain("side by side");
    expect(await baselineFiles()).toEqual([]);
  });

  it("stores one file a push to the base branch, and nothing else", async () => {
    for (let push = 1; push <= 6; push++) {
      const result = await pushMain({ ...bench(FOUR), "CHANGES.md": `${push}` });
      expect(result, result.stdout).toMatchObject({ exitCode: 0, outputs: { outcome: "pass" } });
      expect(await baselineFiles()).toHaveLength(push);
    }
    expect((await baselineFiles()).every((path) => path.startsWith("runs/") && path.endsWith(".json"))).toBe(true);
  });

  it("turns red for the one benchmark of four that became three times slower, and green in the same comment when it is repaired", async () => {
    const slow = await pull("slow", bench({ ...FOUR, hash: 3 * FOUR.hash }));
    const red = await act(slow.checkout);
    expect(red.exitCode, red.stdout).toBe(1);
    expect(verdicts(red)).toMatchObject({ hash: "regression" });
    expect(Object.values(verdicts(red)).filter((verdict) => verdict === "regression")).toHaveLength(1);
    expect(red.outputs).toMatchObject({ outcome: "fail", regressions: "1", improvements: "0" });
    // What five runs found suspicious was measured again, beside the base revision.
    expect(red.verdicts?.warnings.map(({ code }) => code)).toContain("measured-again");
    const hash = red.verdicts?.verdicts.find((row) => row.benchmark === "hash" && row.statistic === "p50");
    expect(hash).toMatchObject({ paired: true });
    expect(red.annotations.filter(({ level }) => level === "error")).toHaveLength(1);
    expect(comments(slow.number)).toHaveLength(1);
    expect(comments(slow.number)[0]).toMatch(/^<!-- benchgate:.*\n## ❌ 1 regression/);

    // Other people's comments push ours to page 3; one of them plants our marker.
    const ours = github.state.comments.find((comment) => comment.pull === slow.number)!;
    const [marker] = ours.body.split("\n");
    const others = Array.from({ length: 250 }, (_, index) => ({
      ...ours,
      id: index + 1,
      author: "octocat",
      body: index === 7 ? `${marker}\nnot the bot` : `comment ${index}`,
    }));
    github.state.comments = [...others, ...github.state.comments];

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
    expect(comments(slow.number)[0]).not.toContain("❌ 1 regression");
    expect(github.state.comments.find(({ id }) => id === ours.id)?.body).toBe(comments(slow.number)[0]);

    await act(again, { workflow: "Nightly", job: "other" });
    expect(comments(slow.number)).toHaveLength(2);
    expect(comments(slow.number)[0]).not.toBe(comments(slow.number)[1]);
  });

  it("names what disappeared, what appeared and what crashed", async () => {
    const { parse: _, ...three } = FOUR;
    const { number, checkout } = await pull("shuffle", bench({ ...three, fresh: 50, sort: "boom" }));
    const result = await act(checkout);
    const row = (benchmark: string) => result.verdicts?.verdicts.find((each) => each.benchmark === benchmark)?.verdict;
    expect([row("parse"), row("fresh"), row("sort")]).toEqual(["removed", "added", "failed"]);
    for (const word of ["removed", "new", "failed", "boom"]) expect(comments(number)[0]).toContain(word);
    expect(result.exitCode).toBe(3);
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

  it("never shows a child the runner's secrets, and takes no orders from what it prints", async () => {
    const spy = `
for (const [name, value] of Object.entries(process.env)) if (/TOKEN|INPUT|GITHUB_(OUTPUT|ENV|STATE|STEP)|BENCHGATE_ROUND|ACTIONS_/.test(name)) console.log(name + "=" + value);
console.log("::error::planted");
console.log("::set-output name=outcome::pass");
console.error("::add-mask::planted");
process.exit(9);`;
    const { checkout } = await pull("spy", { "spy.mjs": spy });
    const result = await act(checkout, { inputs: { bench: "", run: "node spy.mjs", tool: "tinybench" } });
    expect(result.exitCode).toBe(3);
    expect(result.stdout).toContain("BENCHGATE_ROUND=");
    for (const secret of [...Object.values(RUNTIME_SECRETS), "workflow-token"])
      expect(result.stdout.replaceAll(`::add-mask::${secret}`, "")).not.toContain(secret);
    expect(result.annotations.filter(({ message }) => message === "planted")).toEqual([]);
    expect(result.masks).not.toContain("planted");
  });

  it("measures both sides on this machine where the workflow asks for it", async () => {
    const { checkout } = await pull("beside", { "src/slow.mjs": "export {};", ...bench(FOUR) });
    const result = await act(checkout, { inputs: { compare: "side-by-side", rounds: "5" } });
    expect(result.exitCode, result.stdout).toBe(0);
    expect(result.summary).toContain("side by side, 5 pairs");
    expect(Object.values(verdicts(result))).toHaveLength(4);
  });

  it("judges a pull request that loosens its own budgets by the base's, and says so", async () => {
    const config = (threshold: string) =>
      `suites:\n  four:\n    bench: bench/*.bench.mjs\nrounds: 3\nbudgets:\n  - match: "*"\n    latency: { p50: ${threshold} }\n`;
    const inputs = { bench: "", rounds: "", threshold: "", config: "benchgate.yml" };
    await repository.branch("main");
    for (let push = 0; push < 5; push++) {
      await repository.commit({ "benchgate.yml": config("50%"), "CHANGES.md": `config ${push}` });
      expect(
        (await act(await (await repository.push("main")).checkout(), { inputs, job: "configured" })).exitCode,
      ).toBe(0);
    }
    const { number, checkout } = await pull("loosened", {
      "benchgate.yml": config("900%"),
      ...bench({ ...FOUR, hash: 3 * FOUR.hash }),
    });
    const result = await act(checkout, { inputs, job: "configured" });
    expect(result.exitCode, result.stdout).toBe(1);
    expect(result.verdicts?.warnings.map(({ code }) => code)).toContain("budgets-from-base");
    expect(comments(number)[0]).toContain("benchgate.yml");
  });

  it.each(["pull_request_target", "workflow_run"])("runs nothing on %s", async (name) => {
    const { checkout } = await pull(`privileged-${name}`, { "README.md": name });
    const result = await act(
      { ...checkout, event: { name, payload: checkout.event.payload } },
      { inputs: { run: "echo ran", bench: "" } },
    );
    expect(result.exitCode).toBe(2);
    expect(result.annotations[0]?.message).toContain(name);
    expect(result.stdout).not.toContain("ran\n");
  });

  it("refuses an input that does not exist, with the nearest right word", async () => {
    const { checkout } = await pull("typo", { "README.md": "typo" });
    const result = await act(checkout, { inputs: { treshold: "5%" } });
    expect(result.exitCode).toBe(2);
    expect(result.annotations[0]?.message).toContain('"threshold"');
  });
});
