import { describe, expect, it } from "vitest";
import { GateError } from "../../src/model/error.ts";
import type { ActionEvent } from "../../src/ports/index.ts";
import { anEvent, aScene, FOUR, type Ran } from "./scene.ts";

const SLOW = { ...FOUR, hash: 0.21 };
const STORE = "benchgate-baseline";

/** A refusal: one annotation, the same in the summary, the outcome, and not one process. */
function expectRefused(ran: Ran, message: RegExp, code: 2 | 3 = 2): void {
  expect(ran.code).toBe(code);
  expect(ran.annotations).toHaveLength(1);
  expect(ran.annotations[0]).toMatchObject({ level: "error", title: "Benchgate" });
  expect(ran.annotations[0]!.message).toMatch(message);
  expect(ran.summary.join("")).toContain("## ❌ Could not judge");
  expect(ran.outputs).toEqual({ outcome: "fail" });
  expect(ran.started).toEqual([]);
}

describe("what an event is to the step", () => {
  it.each(["push", "schedule", "workflow_dispatch"] as const)(
    "a %s on the default branch stores a baseline, and tells nobody",
    async (kind) => {
      const scene = aScene();
      const ran = await scene.push(FOUR, {}, { event: { kind } });
      expect(ran).toMatchObject({ code: 0, outputs: { outcome: "pass" } });
      expect(scene.git.branches.has(STORE)).toBe(true);
      expect(scene.github.asked).toEqual([]);
    },
  );

  it.each([
    ["push", "refs/heads/feature"],
    ["schedule", "refs/heads/feature"],
    ["workflow_dispatch", "refs/tags/v1"],
    ["other", "refs/heads/main"],
  ] as const)("a %s on %s is judged by what is stored, and stores nothing", async (kind, ref) => {
    const scene = aScene();
    for (let run = 0; run < 6; run++) await scene.push(FOUR);
    const stored = scene.git.branches.get(STORE);
    const { head, base } = scene.open(SLOW);
    const event = anEvent({ kind, ref, sha: head, ...(kind === "push" && { baseSha: base }) });
    const ran = await scene.act(event, head);
    expect(ran.p50["bench/hash"]).toBe("regression");
    expect(ran.code).toBe(1);
    expect(ran.result?.verdicts.every(({ paired }) => !paired)).toBe(true);
    expect(scene.git.branches.get(STORE)).toBe(stored);
    expect(scene.github.asked).toEqual([]);
  });

  it("nothing is stored where nobody knows which branch is the default one, whatever the branch is called", async () => {
    const scene = aScene();
    const { defaultBranch: _, ...event } = anEvent({ kind: "schedule", ref: "refs/heads/undefined" });
    const { head } = scene.open(FOUR);
    await scene.act({ ...event, sha: head }, head);
    expect(scene.git.branches.has(STORE)).toBe(false);
  });

  it.each(["abc", "", "-1", "1.5", "9".repeat(60)])("a run is measured whatever its id is: %j", async (runId) => {
    const change = aScene().open(SLOW);
    expect(await change.judge({ event: { runId } })).toMatchObject({ code: 1, outputs: { outcome: "fail" } });
  });

  it("a merge group is judged beside its base, by its base's budgets, and tells nobody", async () => {
    const scene = aScene();
    const config = (threshold: string) => `budgets:\n  - match: "*"\n    latency: { p50: ${threshold} }\n`;
    scene.git.branches.set(
      "main",
      scene.git.commit(scene.git.branches.get("main")!, { "benchgate.yml": config("20%") }),
    );
    const { head, base } = scene.open(SLOW, { "benchgate.yml": config("900%") });
    const sides = { baseSha: base, headSha: head, baseRef: "main", headRef: "gh-readonly-queue/main/pr-1" };
    const event = anEvent({ kind: "merge_group", ref: "refs/heads/gh-readonly-queue/main/pr-1", sha: head, ...sides });
    const ran = await scene.act(event, head, { inputs: { threshold: "" } });
    expect(ran.code).toBe(1);
    expect(ran.result?.warnings.map(({ code }) => code)).toContain("budgets-from-base");
    expect(scene.github.asked).toEqual([]);
  });

  it("a pull request is judged, and told", async () => {
    const scene = aScene();
    const change = scene.open(SLOW);
    expect(await change.judge()).toMatchObject({ code: 1, outputs: { outcome: "fail" } });
    expect(change.comments()).toHaveLength(1);
    expect(scene.git.branches.has(STORE)).toBe(false);
  });
});

describe("what the step refuses before anything runs", () => {
  it.each([
    ["pull_request_target", {}],
    ["pull_request_target", { "fan-in": "/artifacts", run: "", tool: "" }],
    ["workflow_run", {}],
  ] as const)("a stranger's code with this repository's token: %s with %j", async (kind, inputs) => {
    const scene = aScene();
    const ran = await scene.open(FOUR).judge({ event: { kind, name: kind }, inputs });
    expectRefused(ran, new RegExp(`does not run commands on ${kind}: .*docs/forks.md`));
    expect(scene.github.asked).toEqual([]);
  });

  it("an input that does not exist, with the one that was meant", async () => {
    const ran = await aScene()
      .open(FOUR)
      .judge({ inputs: { treshold: "5%" } });
    expectRefused(ran, /There is no input "treshold". Did you mean "threshold"\?/);
  });

  it("an input that means nothing: expect without fan-in", async () => {
    expectRefused(
      await aScene()
        .open(FOUR)
        .judge({ inputs: { expect: "linux" } }),
      /input expect: .*requires fan-in/,
    );
  });

  it("a value that an input cannot have", async () => {
    expectRefused(
      await aScene()
        .open(FOUR)
        .judge({ inputs: { fail: "flase" } }),
      /input fail: "flase"/,
    );
  });

  it("to store baselines on the default branch, unless a folder is named for them", async () => {
    const inputs = { "baseline-branch": "main" };
    expectRefused(await aScene().push(FOUR, {}, { inputs }), /main is the default branch, and baselines need one/);
    const folder = { ...inputs, "baseline-store": "directory", "baseline-directory": "/store" };
    expect(await aScene().push(FOUR, {}, { inputs: folder })).toMatchObject({ code: 0, annotations: [] });
  });

  it("a folder without a repository", async () => {
    const scene = aScene();
    scene.git.root = async () => null;
    expectRefused(await scene.open(FOUR).judge(), /no git repository here.*actions\/checkout/);
  });

  it("a configuration that was named and is not there, and one that is not sound", async () => {
    expectRefused(
      await aScene()
        .open(FOUR)
        .judge({ inputs: { config: "gate.yml" } }),
      /gate\.yml: there is no such file/,
    );
    const unsound = aScene().open(FOUR, { "benchgate.yml": "rounds: many\n" });
    expectRefused(await unsound.judge(), /benchgate\.yml:1:9/);
  });

  it("a base whose commit cannot be had: nobody knows its budgets", async () => {
    const ran = await aScene()
      .open(FOUR)
      .judge({ event: { baseSha: "e".repeat(40) } });
    expectRefused(ran, /commit e{40} is neither here nor to be had/);
  });

  it("to measure beside a base where there is none", async () => {
    const ran = await aScene().push(FOUR, {}, { event: { ref: "refs/heads/x" }, inputs: { compare: "side-by-side" } });
    expectRefused(ran, /no base revision to measure side by side/);
  });

  it("a runner that has not told the event", async () => {
    const event = new GateError("GITHUB_API_URL is not set", "Run this as a step of a GitHub workflow");
    expectRefused(await aScene().open(FOUR).judge({ event }), /GITHUB_API_URL is not set/);
  });

  it("nothing of what an environment holds beside inputs", async () => {
    const ran = await aScene()
      .open(FOUR)
      .judge({ variables: ["PATH", "GITHUB_TOKEN", "INPUTS"] });
    expect(ran.annotations).toEqual([]);
  });
});

describe("how the step ends", () => {
  it("masks the token before anything else is said", async () => {
    const ran = await aScene()
      .open(FOUR)
      .judge({ inputs: { token: "s3cret" } });
    expect(ran.hidden).toEqual(["s3cret"]);
    const early = await aScene()
      .open(FOUR)
      .judge({ inputs: { token: "s3cret", expect: "x" } });
    expect(early.hidden).toEqual(["s3cret"]);
  });

  it("says of its own bug that it is one, with its stack, and that nothing could be judged", async () => {
    const scene = aScene();
    scene.git.show = () => Promise.reject(new TypeError("x is undefined"));
    const ran = await scene.open(FOUR).judge();
    expectRefused(ran, /This is a bug in Benchgate: please report it\. TypeError: x is undefined/, 3);
    expect(ran.quoted[0]).toContain("main.test.ts");
  });

  it("escapes what a refusal quotes in the summary", async () => {
    const ran = await aScene()
      .open(FOUR)
      .judge({ inputs: { config: "<img src=x>.yml" } });
    expect(ran.summary.join("")).not.toContain("<img");
  });

  it.each([
    [130, 3],
    [143, 0],
  ])(
    "with %i where it is cancelled after %i processes of a pull request, and tells no verdict",
    async (code, after) => {
      const scene = aScene();
      const change = scene.open(SLOW);
      const onProcess = (index: number, interrupt: (code: number) => void) => index === after && interrupt(code);
      const ran = await change.judge({ onProcess: (index, interrupt) => void onProcess(index, interrupt) });
      expect(ran).toMatchObject({ code, outputs: {}, summary: [], annotations: [] });
      expect(change.comments()).toEqual([]);
      expect(scene.git.worktrees.size).toBe(0);
    },
  );

  it("as cancelled where the default branch is measured, and stores nothing", async () => {
    const scene = aScene();
    const ran = await scene.push(FOUR, {}, { onProcess: (index, interrupt) => void (index === 2 && interrupt(143)) });
    expect(ran).toMatchObject({ code: 143, outputs: { outcome: "fail" } });
    expect(scene.git.branches.has(STORE)).toBe(false);
  });

  it("as cancelled, whatever goes wrong because of that", async () => {
    const onProcess = (_: number, interrupt: (code: number) => void) => {
      interrupt(130);
      throw new TypeError("the child is gone");
    };
    const event: Partial<ActionEvent> = {};
    expect(await aScene().open(FOUR).judge({ onProcess, event })).toMatchObject({ code: 130, annotations: [] });
  });
});
