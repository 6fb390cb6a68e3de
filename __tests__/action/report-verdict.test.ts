import { describe, expect, it } from "vitest";
import type { Refusal } from "../fakes/github-port.ts";
import { anEvent, aScene, FOUR, type Run } from "./scene.ts";

const SLOW = { ...FOUR, hash: 0.21 };
const FORBIDDEN: Refusal = { ok: false, forbidden: true, reason: "HTTP 403 Resource not accessible by integration" };
const DOWN: Refusal = { ok: false, forbidden: false, reason: "no answer within 60 s" };
const CLEAN_HISTORY = 6;

/** A scene in which a clean pull request has nothing to say. */
async function settled() {
  const scene = aScene();
  for (let run = 0; run < CLEAN_HISTORY; run++) await scene.push(FOUR);
  return scene;
}

describe("when a pull request gets a comment", () => {
  it.each<[string, string, typeof FOUR, number]>([
    ["always", "is red", SLOW, 1],
    ["always", "is as before", FOUR, 1],
    ["on-change", "is red", SLOW, 1],
    ["on-change", "got faster", { ...FOUR, hash: 0.02 }, 1],
    ["on-change", "has a new benchmark", { ...FOUR, fresh: 0.01 }, 1],
    ["on-change", "lost a benchmark", { parse: 0.05, render: 0.06, hash: 0.07 }, 1],
    ["on-change", "crashed", { ...FOUR, hash: "boom" }, 1],
    ["on-change", "is as before", FOUR, 0],
    ["never", "is red", SLOW, 0],
  ])("comment: %s, and it %s", async (comment, _, costs, expected) => {
    const change = (await settled()).open(costs);
    await change.judge({ inputs: { comment } });
    expect(change.comments()).toHaveLength(expected);
  });

  it("on-change: also where there is no baseline yet, and that comment goes once there is one and nothing to say", async () => {
    const scene = aScene();
    const change = scene.open(FOUR);
    const inputs = { comment: "on-change", compare: "stored" };
    await change.judge({ inputs });
    expect(change.comments()[0]).toContain("No baseline yet");
    for (let run = 0; run < CLEAN_HISTORY; run++) await scene.push(FOUR);
    const later = scene.open(FOUR);
    await scene.act({ ...later.event, pull: change.number }, later.head, { inputs });
    expect(change.comments()).toEqual([]);
  });

  it("on-change: a comment that had bad news stays, and says that it is over", async () => {
    const change = (await settled()).open(SLOW);
    await change.judge({ inputs: { comment: "on-change" } });
    await change.commit(FOUR).judge({ inputs: { comment: "on-change" } });
    expect(change.comments()).toHaveLength(1);
    expect(change.comments()[0]).toMatch(/\n## ✅ No regression/);
  });

  it("never: asks GitHub for nothing, and the summary has it all", async () => {
    const scene = aScene();
    for (const token of ["a-token", ""]) {
      const ran = await scene.open(SLOW).judge({ inputs: { comment: "never", token } });
      expect(scene.github.asked).toEqual([]);
      expect(ran.warnings).toEqual([]);
      expect(ran.summary[0]).toContain("**1 regression");
      const [, report] = [...scene.files].findLast(([file]) => file.endsWith("/report.html"))!;
      expect(report).toMatch(/<a href="https:\/\/[^"]+\/pull\/\d+" rel="noopener noreferrer">Pull request \d+<\/a>/);
    }
  });

  it("not where the event has no pull request", async () => {
    const scene = aScene();
    const { head, base } = scene.open(SLOW);
    const event = anEvent({ kind: "merge_group", ref: "refs/heads/queue", sha: head, baseSha: base, headSha: head });
    expect(await scene.act(event, head)).toMatchObject({ code: 1 });
    expect(scene.github.asked).toEqual([]);
    // The queue's commit has its status, by which it can be held up.
    await scene.act(event, head, { inputs: { status: "true" } });
    expect(scene.github.statuses).toMatchObject([{ sha: head, state: "failure" }]);
  });
});

describe("whose comment it is", () => {
  it.each<[string, Run]>([
    ["workflow", { event: { workflow: "Nightly" } }],
    ["job", { event: { job: "load" } }],
    ["step of the job", { event: { step: "-load" } }],
    ["cell of a matrix", { inputs: { cell: "mac" } }],
  ])("another %s has one of its own", async (_, other) => {
    const change = aScene().open(SLOW);
    await change.judge();
    await change.judge(other);
    await change.judge(other);
    expect(change.comments()).toHaveLength(2);
    const [first, second] = change.comments().map((body) => body.split("\n")[0]);
    expect(first).not.toBe(second);
  });

  it("a cell's says which cell it is", async () => {
    const change = aScene().open(SLOW);
    await change.judge({ inputs: { cell: "mac" } });
    expect(change.comments()[0]).toContain("<code>mac</code> · ");
  });

  it("somebody else's is never touched, whatever marker it carries", async () => {
    const scene = aScene();
    const change = scene.open(SLOW);
    await change.judge();
    const ours = scene.github.told[0]!;
    scene.github.told.unshift({ ...ours, id: 1000, author: "mallory" });
    await change.commit(FOUR).judge();
    expect(scene.github.told[0]).toEqual({ ...ours, id: 1000, author: "mallory" });
    expect(scene.github.told[1]!.body).toMatch(/\n## ✅/);
  });
});

describe("what GitHub does not allow", () => {
  it("a fork's token may not comment: the verdict stands, and one warning names the permission", async () => {
    const scene = aScene();
    for (const call of ["comments", "createComment", "updateComment"] as const)
      scene.github.refused.set(call, FORBIDDEN);
    const change = scene.open(SLOW, {}, { fork: true });
    const ran = await change.judge();
    expect(ran).toMatchObject({ code: 1, outputs: { outcome: "fail", regressions: 1 } });
    expect(ran.summary[0]).toContain("1 regression");
    expect(ran.warnings).toHaveLength(1);
    expect(ran.warnings[0]).toContain("pull-requests: write");
    expect(change.comments()).toEqual([]);
  });

  it("a fork's pull request is judged by the base's budgets like any other", async () => {
    const scene = aScene();
    const budget = (threshold: string) => `budgets:\n  - match: "*"\n    latency: { p50: ${threshold} }\n`;
    scene.git.branches.set(
      "main",
      scene.git.commit(scene.git.branches.get("main")!, { "benchgate.yml": budget("20%") }),
    );
    const ran = await scene
      .open(SLOW, { "benchgate.yml": budget("900%") }, { fork: true })
      .judge({ inputs: { threshold: "" } });
    expect(ran.code).toBe(1);
  });

  it("a job without a token hears of the same permission, and GitHub of nothing", async () => {
    const scene = aScene();
    const ran = await scene.open(SLOW).judge({ inputs: { token: "", status: "true" } });
    expect(ran.code).toBe(1);
    expect(ran.warnings).toHaveLength(2);
    expect(ran.warnings[0]).toContain("pull-requests: write");
    expect(ran.warnings[1]).toContain("statuses: write");
    expect(scene.github.asked).toEqual([]);
  });

  it("a token that may neither comment nor set a status: both permissions are named once", async () => {
    const scene = aScene();
    for (const call of ["comments", "setStatus"] as const) scene.github.refused.set(call, FORBIDDEN);
    const ran = await scene.open(SLOW).judge({ inputs: { status: "true" } });
    const naming = (permission: string) => ran.warnings.filter((line) => line.includes(permission));
    expect([naming("pull-requests: write").length, naming("statuses: write").length]).toEqual([1, 1]);
  });

  it.each([
    ["down when comments are read", ["comments"]],
    ["down when one is written", ["createComment"]],
    ["down altogether", ["comments", "createComment", "setStatus"]],
  ] as const)("GitHub that is %s changes no verdict", async (_, calls) => {
    const scene = aScene();
    for (const call of calls) scene.github.refused.set(call, DOWN);
    const red = await scene.open(SLOW).judge({ inputs: { status: "true" } });
    expect(red).toMatchObject({ code: 1, outputs: { outcome: "fail" } });
    expect(red.warnings.join("\n")).toContain("no answer within 60 s");
    const green = await scene.open(FOUR).judge({ inputs: { status: "true" } });
    expect(green.code).toBe(0);
    expect(green.annotations).toEqual([]);
  });

  it("everything that cannot fail is said before GitHub is asked", async () => {
    const scene = aScene();
    const said: string[] = [];
    scene.github.comments = async () => {
      said.push(...[...scene.files.keys()].filter((path) => path.startsWith("/runner/")));
      return DOWN;
    };
    const ran = await scene.open(SLOW).judge();
    for (const name of ["result.json", "report.html", "summary.md", "junit.xml"])
      expect(said).toContain(`/runner/1/benchgate/${name}`);
    expect(ran.outputs.outcome).toBe("fail");
  });
});

describe("the commit status", () => {
  const status = async (costs: Parameters<ReturnType<typeof aScene>["open"]>[0], run: Run = {}) => {
    const scene = aScene();
    const change = scene.open(costs);
    await change.judge({ ...run, inputs: { status: "true", ...run.inputs } });
    return { change, statuses: scene.github.statuses };
  };

  it("is set only where it is asked for", async () => {
    const scene = aScene();
    await scene.open(SLOW).judge();
    expect(scene.github.statuses).toEqual([]);
  });

  it.each([
    ["failure", "a regression", SLOW, "1 regression"],
    ["success", "nothing", FOUR, "No regression"],
    ["error", "nothing but crashes", { parse: "a", render: "b", hash: "c", sort: "d" }, "4 failed"],
  ] as const)("is %s where there is %s, on the head, with a link to the run", async (state, _, costs, words) => {
    const { change, statuses } = await status(costs);
    expect(statuses).toMatchObject([
      {
        sha: change.head,
        state,
        description: expect.stringContaining(words),
        context: "Benchgate: Benchmarks/bench",
        url: "https://github.com/octo-org/octo-repo/actions/runs/9000001",
      },
    ]);
  });

  it("is set without a comment, where only that is wanted", async () => {
    const { change, statuses } = await status(SLOW, { inputs: { comment: "never" } });
    expect(statuses).toHaveLength(1);
    expect(change.comments()).toEqual([]);
  });

  it("has a name for each cell, no longer than GitHub takes", async () => {
    const { statuses } = await status(SLOW, { event: { workflow: "w".repeat(300) }, inputs: { cell: "mac" } });
    expect(statuses[0]!.context).toHaveLength(255);
    expect((await status(SLOW, { inputs: { cell: "mac" } })).statuses[0]!.context).toBe(
      "Benchgate: Benchmarks/bench/mac",
    );
  });
});

describe("check: true", () => {
  const inputs = { check: "true", status: "true" };

  it("adds a check run beside comment and status, with the words of both", async () => {
    const scene = await settled();
    const change = scene.open(SLOW);
    const ran = await change.judge({ inputs });
    expect(ran.code).toBe(1);
    expect(scene.github.made).toMatchObject([
      {
        sha: change.head,
        name: "Benchgate: Benchmarks/bench",
        conclusion: "failure",
        title: expect.stringContaining("1 regression"),
        summary: expect.stringMatching(/^## ❌ This change makes 1 of 4 benchmarks slower: /),
      },
    ]);
    expect(scene.github.statuses).toHaveLength(1);
    expect(change.comments()).toHaveLength(1);
  });

  it("is a success where nothing changed, and is not there unless it is asked for", async () => {
    const scene = await settled();
    await scene.open(FOUR).judge({ inputs });
    expect(scene.github.made).toMatchObject([{ conclusion: "success" }]);
    await scene.open(FOUR).judge();
    expect(scene.github.made).toHaveLength(1);
  });

  it("names the permission once where it is missing, and costs neither comment nor status nor verdict", async () => {
    const scene = await settled();
    scene.github.refused.set("createCheck", FORBIDDEN);
    const change = scene.open(SLOW);
    const ran = await change.judge({ inputs });
    expect(ran.code).toBe(1);
    expect(ran.warnings.filter((line) => line.includes("checks: write"))).toHaveLength(1);
    expect([change.comments().length, scene.github.statuses.length]).toEqual([1, 1]);
  });
});
