import { beforeEach, describe, expect, it } from "vitest";
import { answerOf } from "../../src/action/reuse.ts";
import { GateError } from "../../src/model/error.ts";
import type { Outcome } from "../../src/model/verdict.ts";
import type { ActionEvent } from "../../src/ports/index.ts";
import { aJudgement, anOutcome } from "../builders.ts";
import { anEvent, aScene, FOUR, type Pull, type Run, type Scene } from "./scene.ts";

const FORBIDDEN = { ok: false, forbidden: true, reason: "HTTP 403 Resource not accessible by integration" } as const;
const ACCEPTED = { upTo: 9, reason: "agreed", until: null };
const REUSE = { reuse: "true", check: "true", status: "true", compare: "side-by-side", rounds: "6" };
const inputs = REUSE;

let scene: Scene;
let change: Pull;
beforeEach(() => {
  scene = aScene();
  change = scene.open({ ...FOUR, more: 0.05 });
});

/** The queue's commit for the change: other commits, with these trees. */
function group(parts: Partial<ActionEvent> = {}, files: Readonly<Record<string, string>> = {}): ActionEvent {
  const headSha = scene.git.commit(change.head, files);
  const headRef = `gh-readonly-queue/main/pr-${change.number}-${change.base}`;
  const sides = { baseSha: change.base, headSha, baseRef: "main", headRef };
  return anEvent({ kind: "merge_group", ref: `refs/heads/${headRef}`, sha: headSha, ...sides, ...parts });
}

/** Judges a group; how many commands were started for it, and what was logged of why. */
async function queued(event = group(), run: Run = {}) {
  const ran = await scene.act(event, event.sha, { ...run, inputs: { ...inputs, ...run.inputs } });
  return {
    ...ran,
    commands: ran.started.length,
    why: ran.info.find((line) => line.startsWith("benchgate: measuring")),
  };
}

describe("a merge group whose trees are those of its pull request", () => {
  it("takes over the green verdict, measures nothing, and says whose it is on the queue's commit", async () => {
    expect(await change.judge({ inputs })).toMatchObject({ code: 0, outputs: { outcome: "pass" } });
    const event = group();
    const ran = await queued(event);
    expect(ran).toMatchObject({ code: 0, commands: 0, outputs: { outcome: "pass" } });
    const { url } = scene.github.made[0]!;
    expect(ran.summary[0]).toContain(`The [verdict of #1](${url}) is about the same two trees`);
    expect(scene.github.made.filter(({ sha }) => sha === event.sha)).toMatchObject([{ conclusion: "success" }]);
    expect(scene.github.statuses.filter(({ sha }) => sha === event.sha)).toMatchObject([{ state: "success" }]);
  });

  it("is measured where that is not asked for, which is the default", async () => {
    await change.judge({ inputs });
    expect((await queued(group(), { inputs: { reuse: "" } })).commands).toBeGreaterThan(0);
    expect(scene.github.asked).not.toContain("checks");
  });

  it("does not answer for others itself", async () => {
    await change.judge({ inputs });
    await queued();
    const last = scene.github.made.at(-1)!;
    expect(last.id).not.toContain("answered");
  });
});

describe("a merge group is measured all the same where", () => {
  /** Whether a group is measured, with what the log says of why. */
  const expectMeasured = async (event: ActionEvent, reason: RegExp, run: Run = {}) => {
    const ran = await queued(event, run);
    expect(ran.why).toMatch(reason);
    expect(ran.commands).toBeGreaterThan(0);
  };
  const NONE = /#1 has no verdict about the same two trees and the same settings/;

  it("the pull request has no verdict, as one from a fork", async () => {
    await expectMeasured(group(), NONE);
    change = scene.open({ ...FOUR, more: 0.05 }, {}, { fork: true });
    await change.judge({ inputs });
    await expectMeasured(group(), /#2 has no verdict/);
  });

  it("its own tree is another: something else was merged with it", async () => {
    await change.judge({ inputs });
    await expectMeasured(group({}, { "other.txt": "x" }), NONE);
  });

  it("its base is another, though its own tree is the same: the base has moved", async () => {
    await change.judge({ inputs });
    const moved = scene.git.commit(change.base, { "other.txt": "x" });
    await expectMeasured(group({ baseSha: moved }), NONE);
  });

  it.each<[string, Run]>([
    ["a threshold is", { inputs: { threshold: "p50=10%" } }],
    ["the command is", { inputs: { run: "bench --all" } }],
    ["the time is", { inputs: { "time-budget": "5m" } }],
    ["its job of the matrix is", { inputs: { "matrix-job": "1/2" } }],
  ])("it asks something else: %s another", async (_, run) => {
    await change.judge({ inputs });
    await expectMeasured(group(), NONE, run);
  });

  it.each<[string, Run]>([
    ["workflow", { event: { workflow: "Nightly" } }],
    ["job", { event: { job: "load" } }],
    ["cell", { inputs: { cell: "mac" } }],
    ["version of Benchgate", { event: { action: { repository: "octo-org/benchgate", ref: "v1" } } }],
  ])("the verdict is of another %s", async (_, run) => {
    await change.judge({ ...run, inputs: { ...inputs, ...run.inputs } });
    await expectMeasured(group(), NONE);
  });

  it("what it loads is deployed, which no tree tells", async () => {
    const [old, fresh] = ["http://old.example.com", "http://new.example.com"];
    const config = `suites:\n  api:\n    targets: { baseline: "${old}", candidate: "${fresh}" }\n    run: load\n    tool: benchgate\n`;
    const deployed = { [old]: FOUR, [fresh]: FOUR };
    change = scene.open(FOUR, { "benchgate.yml": config });
    const run: Run = { inputs: { ...inputs, run: "", tool: "" }, deployed };
    expect(await change.judge(run)).toMatchObject({ code: 0, outputs: { outcome: "pass" } });
    await expectMeasured(group(), /what api loads is deployed/, run);
  });

  it("the verdict is red, or any of its attempts was", async () => {
    change = scene.open({ ...FOUR, hash: 0.21 });
    expect((await change.judge({ inputs })).code).toBe(1);
    await expectMeasured(group(), /not every verdict of #2 .* is green/);
    const [red] = scene.github.made;
    scene.github.made.push({ ...red!, conclusion: "success", id: red!.id.replace(/open$/, "answered") });
    await expectMeasured(group(), /not every verdict of #2 .* is green/);
  });

  it.each<[string, Record<string, string>]>([
    ["compared with nothing", { compare: "stored" }],
    ["undecided", { rounds: "2", "on-inconclusive": "pass" }],
  ])("the pull request passed, and nothing was proven: %s", async (_, own) => {
    change = scene.open(FOUR);
    expect(await change.judge({ inputs: { ...inputs, ...own } })).toMatchObject({ outputs: { outcome: "pass" } });
    await expectMeasured(group(), /not every verdict of #2/, { inputs: own });
  });

  it("somebody else has written the check run: an app of another name", async () => {
    await change.judge({ inputs });
    scene.github.made[0] = { ...scene.github.made[0]!, author: "mallory[bot]" };
    await expectMeasured(group(), NONE);
  });

  it("the check run has another conclusion by now, whatever it says of itself", async () => {
    await change.judge({ inputs });
    scene.github.made[0] = { ...scene.github.made[0]!, conclusion: "neutral" };
    await expectMeasured(group(), /not every verdict of #1 .* is green/);
  });

  it("the check run is of a commit that is no longer the pull request's head", async () => {
    await change.judge({ inputs });
    change = change.commit(FOUR, { "other.txt": "x" });
    await expectMeasured(group(), NONE);
  });

  it.each(["gh-readonly-queue/main/topic", "gh-readonly-queue/main/pr-x-abc", ""])(
    "the queue's branch names no pull request: %j",
    async (headRef) => {
      await change.judge({ inputs });
      await expectMeasured(group({ headRef }), /the queue names no pull request/);
    },
  );

  it.each([
    ["pullHead", /#1 cannot be looked up: HTTP 403 .*pull-requests: read/],
    ["checks", /check runs of #1 cannot be read: HTTP 403 .*checks: read/],
  ] as const)("GitHub does not say: %s", async (call, reason) => {
    await change.judge({ inputs });
    scene.github.refused.set(call, FORBIDDEN);
    await expectMeasured(group(), reason);
  });

  it("there is no way to ask", async () => {
    await change.judge({ inputs });
    const noWay = new GateError("GITHUB_API_URL is no address", "Set it");
    await expectMeasured(group(), /measuring: GITHUB_API_URL is no address/, { noWay });
  });

  it("there is no token to ask with", async () => {
    await change.judge({ inputs });
    await expectMeasured(group(), /no token to ask with/, { inputs: { token: "" } });
  });
});

describe("a verdict", () => {
  const fine = aJudgement();
  const open = aJudgement({ verdict: "inconclusive" });
  it.each<[string, "answered" | "open", Partial<Outcome>]>([
    ["green and decided", "answered", { judgements: [fine, { ...open, severity: "advisory" }] }],
    ["green with something undecided", "open", { judgements: [fine, open] }],
    ["green by an acceptance", "open", { judgements: [fine, aJudgement({ accepted: ACCEPTED })] }],
    ["green without a baseline", "open", { baseline: { kind: "none" }, judgements: [fine] }],
    ["green about nothing", "open", { judgements: [aJudgement({ severity: "advisory" })] }],
    ["a warning", "open", { outcome: "warn", judgements: [fine] }],
    ["red", "open", { outcome: "fail", judgements: [fine] }],
  ])("that is %s leaves its question %s", (_, said, parts) => {
    expect(answerOf("one two 3", anOutcome({ outcome: "pass", ...parts }))).toBe(`one two 3 ${said}`);
  });
});

describe("reuse: true", () => {
  it.each([
    [{ reuse: "true" }, /reuse requires check: true/],
    [{ ...REUSE, shard: "1/2" }, /cannot be combined with shard/],
    [{ ...REUSE, pool: "fleet", "matrix-job": "0/2" }, /cannot be combined with pool/],
    [{ ...REUSE, base: "main", compare: "" }, /cannot be combined with base/],
    [{ ...REUSE, "fan-in": "/artifacts", run: "", tool: "" }, /cannot be combined with fan-in/],
  ])("is refused before anything runs where it cannot be meant: %j", async (given, reason) => {
    const ran = await change.judge({ inputs: given });
    expect(ran).toMatchObject({ code: 2, started: [] });
    expect(ran.annotations[0]!.message).toMatch(reason);
  });
});
