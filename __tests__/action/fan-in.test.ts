import { beforeEach, describe, expect, it } from "vitest";
import { GateError } from "../../src/model/error.ts";
import type { ActionEvent } from "../../src/ports/index.ts";
import type { Refusal } from "../fakes/github-port.ts";
import { anEvent, aScene, FOUR, type Pull, type Ran, type Run, type Scene } from "./scene.ts";

const ARTIFACTS = "/artifacts";
const SLOW = { ...FOUR, hash: 0.21 };
/** What a job that fans in is told: it measures nothing. */
const NOTHING = { run: "", tool: "" };

/** Measures one cell of a matrix, and leaves its artifact. */
const cell = (change: Pull, name: string, run: Run = {}, place = ARTIFACTS): Promise<Ran> =>
  change.judge({
    ...run,
    inputs: { compare: "side-by-side", rounds: "6", cell: name, comment: "never", fail: "false", ...run.inputs },
    upload: `${place}/benchgate-${name}`,
  });

/** Brings the cells of a pull request together. */
const fanIn = (change: Pull, inputs: Readonly<Record<string, string>> = {}, attempt = 1): Promise<Ran> =>
  change.judge({
    event: { job: "verdict", attempt },
    inputs: { ...NOTHING, "fan-in": ARTIFACTS, ...inputs },
  });

describe("a matrix that fans in", () => {
  let scene: Scene;
  let change: Pull;
  beforeEach(async () => {
    scene = aScene();
    change = scene.open(FOUR);
    await cell(change, "linux");
    // Of the same commit: what is slow there is slow on that kind of machine alone.
    const mac = scene.git.commit(change.base, { "costs.json": JSON.stringify(SLOW) });
    await scene.act(change.event, mac, {
      inputs: { compare: "side-by-side", rounds: "6", cell: "mac", comment: "never", fail: "false" },
      upload: `${ARTIFACTS}/benchgate-mac`,
    });
  });

  it("gets one verdict and one comment, with the cell before each name, and measures nothing", async () => {
    expect(change.comments()).toEqual([]);
    const ran = await fanIn(change, { expect: "linux, mac", status: "true" });
    expect(ran.code).toBe(1);
    expect(ran.started).toEqual([]);
    expect(ran.p50).toMatchObject({
      "linux/bench/parse": "unchanged",
      "linux/bench/hash": "unchanged",
      "mac/bench/parse": "unchanged",
      "mac/bench/hash": "regression",
    });
    expect(change.comments()).toHaveLength(1);
    expect(change.comments()[0]).toMatch(/\n\*\*1 regression · /);
    expect(change.comments()[0]).toContain("mac&#47;bench");
    expect(scene.github.statuses).toMatchObject([
      { sha: change.head, state: "failure", context: "Benchgate: Benchmarks/verdict" },
    ]);
    expect(ran.outputs).toMatchObject({ outcome: "fail", regressions: 1 });
  });

  it("counts a cell that left nothing as failed, in the same comment, and says which attempt it is", async () => {
    await fanIn(change, { expect: "linux, mac" });
    const ran = await fanIn(change, { expect: "linux\nmac\nwindows" }, 2);
    expect(ran.code).toBe(1);
    expect(change.comments()).toHaveLength(1);
    expect(change.comments()[0]).toContain("1 regression · 1 failed");
    expect(change.comments()[0]).toContain("windows");
    expect(change.comments()[0]).toContain("attempt 2");
  });

  it("could not measure where no cell has left anything", async () => {
    const alone = await fanIn(change, { expect: "windows" });
    expect(alone.code).toBe(3);
    expect(alone.annotations[0]).toMatchObject({ level: "error", message: expect.stringContaining("no recording") });
    const nowhere = await fanIn(change, { "fan-in": "/nowhere" });
    expect(nowhere.code).toBe(3);
    expect(nowhere.annotations[0]!.message).toContain("No cell left a recording");
  });

  it("takes whatever is there where nothing is expected", async () => {
    expect(Object.keys((await fanIn(change)).p50).map((name) => name.split("/")[0])).toEqual(
      expect.arrayContaining(["linux", "mac"]),
    );
  });

  it("leaves alone what nobody expects, and turns the comment green once the expected are as before", async () => {
    await fanIn(change);
    const ran = await fanIn(change, { expect: "linux" });
    expect(ran.code).toBe(0);
    expect(change.comments()).toHaveLength(1);
    expect(change.comments()[0]).toMatch(/\n## ✅ No regression/);
  });

  it("ends with 0 where it is not to fail, and says all the same that it did", async () => {
    expect(await fanIn(change, { fail: "false" })).toMatchObject({ code: 0, outputs: { outcome: "fail" } });
  });

  it.each(["run", "bench", "tool", "output", "setup"])("refuses to be told what to measure: %s", async (name) => {
    const ran = await fanIn(change, { [name]: "echo" });
    expect(ran.code).toBe(2);
    expect(ran.annotations[0]?.message).toContain(`input ${name}: ${name} cannot be combined with fan-in`);
    expect(ran.started).toEqual([]);
  });

  it("judges each cell by its own stored runs where that is what it left", async () => {
    for (let run = 0; run < 6; run++) await scene.push(FOUR, {}, { inputs: { cell: "linux" } });
    const slow = scene.open(SLOW);
    const stored = { inputs: { compare: "stored" } };
    await cell(slow, "linux", stored, "/stored");
    await cell(slow, "other", stored, "/stored");
    const ran = await fanIn(slow, { "fan-in": "/stored" });
    expect(ran.code).toBe(1);
    expect(ran.p50["linux/bench/hash"]).toBe("regression");
    expect(ran.p50["other/bench/hash"]).toBe("added");
  });
});

describe("a push to the default branch that fans in", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = aScene();
  });
  /** Both cells measure one push, and the job after them counts. */
  const pushed = async (expected: string, run: Run = {}) => {
    const first = await scene.push(FOUR, {}, { inputs: { cell: "linux" }, upload: `${ARTIFACTS}/benchgate-linux` });
    const sha = scene.git.branches.get("main")!;
    const event: ActionEvent = anEvent({ sha, headSha: sha });
    await scene.act(event, sha, { inputs: { cell: "mac" }, upload: `${ARTIFACTS}/benchgate-mac` });
    expect(first.code).toBe(0);
    return scene.act(event, sha, {
      ...run,
      inputs: { ...NOTHING, "fan-in": ARTIFACTS, expect: expected, ...run.inputs },
    });
  };

  it("counts the cells that recorded, and stores and measures nothing itself", async () => {
    const ran = await pushed("linux, mac");
    expect(ran).toMatchObject({
      code: 0,
      started: [],
      outputs: { outcome: "pass", regressions: 0, folder: "/runner/3/benchgate" },
    });
    expect(ran.summary).toEqual(["## ✅ 2 cells recorded\n\n"]);
    const tip = scene.git.branches.get("benchgate-baseline")!;
    expect([...scene.git.commits.get(tip)!.files.keys()].map((path) => path.split(".")[2]).sort()).toEqual([
      "benchmarks-bench-linux",
      "benchmarks-bench-mac",
    ]);
  });

  it("fails for a cell that did not, and says which and why", async () => {
    const ran = await pushed("linux, mac, windows");
    expect(ran).toMatchObject({ code: 3, outputs: { outcome: "fail" } });
    expect(ran.summary[0]).toContain("## ❌ 1 of 3 cells failed");
    expect(ran.annotations).toEqual([
      { level: "error", title: "windows failed", message: "It left no recording: see why in its job" },
    ]);
    expect(await pushed("windows", { inputs: { fail: "false" } })).toMatchObject({
      code: 0,
      outputs: { outcome: "fail" },
    });
  });

  it("counts no recording of another commit", async () => {
    await pushed("linux, mac");
    await scene.push(FOUR);
    const sha = scene.git.branches.get("main")!;
    const ran = await scene.act(anEvent({ sha, headSha: sha }), sha, {
      inputs: { ...NOTHING, "fan-in": ARTIFACTS, expect: "linux" },
    });
    expect(ran.code).toBe(3);
    expect(ran.annotations[0]!.message).toContain("another commit");
  });
});

describe("a pull request from a fork, told of by the run that follows", () => {
  const FORK = "mallory/octo-repo";
  const budget = (threshold: string, more = "") =>
    `budgets:\n  - match: "*"\n    latency: { p50: ${threshold} }\n${more}`;
  const FORBIDDEN: Refusal = { ok: false, forbidden: true, reason: "HTTP 403" };
  let scene: Scene;
  let change: Pull;

  beforeEach(async () => {
    scene = aScene();
    const { git } = scene;
    git.branches.set("main", git.commit(git.branches.get("main")!, { "benchgate.yml": budget("20%") }));
    // The change loosens its own budget, and accepts its own regression: that is nothing to those who judge it.
    const own = budget("900%", 'accept:\n  - match: "*"\n    up-to: 900%\n    reason: mine\n');
    change = scene.open(SLOW, { "benchgate.yml": own }, { fork: true });
    await change.judge({
      inputs: { threshold: "", compare: "side-by-side", rounds: "6", comment: "never", fail: "false" },
      upload: `${ARTIFACTS}/benchgate`,
    });
  });

  /** The trusted run that follows, on the default branch. */
  function follow(told: Partial<ActionEvent> = {}, inputs: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const main = scene.git.branches.get("main")!;
    const event = anEvent({
      kind: "workflow_run",
      sha: main,
      headSha: change.head,
      headRef: change.event.headRef!,
      headRepository: FORK,
      cause: "pull_request",
      fork: true,
      workflow: "Comment",
      job: "comment",
      ...told,
    });
    return scene.act(event, main, {
      inputs: { ...NOTHING, threshold: "", "fan-in": ARTIFACTS, expect: "benchgate", status: "true", ...inputs },
    });
  }

  it("gets its comment and its status, by the budgets of the base", async () => {
    const ran = await follow();
    expect(ran.code).toBe(1);
    expect(ran.p50).toMatchObject({ "bench/hash": "regression", "bench/parse": "unchanged" });
    expect(change.comments()).toHaveLength(1);
    expect(change.comments()[0]).toContain("**1 regression");
    expect(change.comments()[0]).not.toContain("mine");
    expect(scene.github.statuses).toMatchObject([{ sha: change.head, state: "failure" }]);
    expect(ran.started).toEqual([]);
  });

  it("is accepted by what the base accepts", async () => {
    const { git } = scene;
    const accept = 'accept:\n  - match: "bench/hash*"\n    up-to: 300%\n    reason: agreed\n';
    const main = git.commit(git.branches.get("main")!, { "benchgate.yml": budget("20%", accept) });
    git.branches.set("main", main);
    const [entry] = scene.github.pulls.splice(0, 1);
    scene.github.pulls.push({ ...entry!, base: { sha: main, ref: "main" } });
    expect((await follow()).code).toBe(0);
    expect(change.comments()[0]).toContain("agreed");
  });

  it("is not accepted by what the default branch accepts since: its base is older", async () => {
    const accept = 'accept:\n  - match: "*"\n    up-to: 300%\n    reason: later\n';
    const main = scene.git.commit(scene.git.branches.get("main")!, { "benchgate.yml": budget("900%", accept) });
    scene.git.branches.set("main", main);
    const ran = await follow();
    expect(ran.code).toBe(1);
    expect(ran.result?.warnings.map(({ code }) => code)).not.toContain("budgets-from-base");
    expect(change.comments()[0]).not.toContain("later");
  });

  it("is told nothing of another commit's recording: that is a failure", async () => {
    for (const [path, text] of [...scene.files]) {
      if (path.startsWith(ARTIFACTS)) scene.files.set(path, text.replaceAll(change.head, "e".repeat(40)));
    }
    expect((await follow()).code).toBe(3);
    expect(change.comments()[0]).toContain("another commit");
  });

  it.each<[string, Partial<ActionEvent>]>([
    ["its head has moved on", { headSha: "d".repeat(40) }],
    ["the branch is another", { headRef: "other" }],
    ["the owner is another", { headRepository: "eve/octo-repo" }],
    ["the repository is another of the same owner", { headRepository: "mallory/other-repo" }],
    ["the run was of a push", { cause: "push" }],
  ])("is left alone where %s", async (_, told) => {
    const ran = await follow(told);
    expect(ran).toMatchObject({ code: 0, outputs: { outcome: "pass", regressions: 0 }, annotations: [] });
    expect(ran.summary[0]).toContain("## ⚪ Nothing to judge");
    expect(ran.info[0]).toMatch(/^benchgate: nothing to judge: /);
    expect(change.comments()).toEqual([]);
    expect(scene.github.statuses).toEqual([]);
  });

  it("is left alone once it is closed", async () => {
    scene.github.pulls.length = 0;
    expect((await follow()).summary[0]).toContain("open pull request has this commit as its head any more");
  });

  /** The pull request again, under other numbers, against other branches. */
  function reopen(
    ...pulls: readonly { readonly number: number; readonly sha?: string; readonly ref?: string }[]
  ): void {
    const [entry] = scene.github.pulls.splice(0);
    for (const { number, sha = entry!.base.sha, ref = "release" } of pulls)
      scene.github.pulls.push({ ...entry!, number, base: { sha, ref } });
  }
  const told = () => scene.github.told.map(({ pull }) => pull).sort();

  it("is told in every pull request of its head, and the status is that against the default branch", async () => {
    reopen({ number: 90 }, { number: 70 }, { number: 80, ref: "main" });
    const ran = await follow();
    expect(ran.code).toBe(1);
    expect(told()).toEqual([70, 80, 90]);
    expect(scene.github.told.map(({ body }) => body)).toEqual(Array(3).fill(expect.stringContaining("1 regression")));
    expect(scene.github.statuses).toHaveLength(1);
    expect(ran.summary).toHaveLength(1);
    await follow();
    expect(told()).toEqual([70, 80, 90]);
  });

  it("is not told where it was measured beside another base: that pull request has a run of its own", async () => {
    const release = scene.git.commit(null, { "benchgate.yml": budget("20%") });
    reopen({ number: 70, sha: release }, { number: 80, ref: "main" }, { number: 90 });
    await follow();
    expect(told()).toEqual([80, 90]);
  });

  it("is told in five pull requests at most, and the log names the others", async () => {
    reopen(...[3, 1, 2, 7, 5, 6, 4].map((number) => ({ number })));
    const ran = await follow();
    expect(told()).toEqual([1, 2, 3, 4, 5]);
    expect(ran.warnings).toContainEqual(expect.stringContaining("not #6, #7"));
  });

  it.each([
    ["is refused", FORBIDDEN, /cannot be looked up: HTTP 403\. .*pull-requests: write/],
    ["fails", { ...FORBIDDEN, forbidden: false, reason: "no answer" }, /no answer\. Run the job again/],
  ] as const)("could not be judged where looking it up %s", async (_, refusal, message) => {
    scene.github.refused.set("openPulls", refusal);
    const ran = await follow();
    expect(ran).toMatchObject({ code: 3, outputs: { outcome: "fail" } });
    expect(ran.annotations[0]!.message).toMatch(message);
  });

  it("could not be judged without a token, and the permission is named", async () => {
    const ran = await follow({}, { token: "" });
    expect(ran.code).toBe(3);
    expect(ran.annotations[0]!.message).toMatch(/there is no token to ask with\. .*pull-requests: write/);
  });

  it.each(["run", "bench", "setup"])("starts nothing in the trusted job, whatever input %s says", async (name) => {
    const ran = await follow({}, { [name]: "echo ran" });
    expect(ran).toMatchObject({ code: 2, started: [] });
  });

  it("keeps its verdict where the token may neither comment nor set a status, and both permissions are named", async () => {
    for (const call of ["comments", "setStatus"] as const) scene.github.refused.set(call, FORBIDDEN);
    const ran = await follow();
    expect(ran.code).toBe(1);
    const naming = (permission: string) => ran.warnings.filter((line) => line.includes(permission)).length;
    expect([naming("pull-requests: write"), naming("statuses: write")]).toEqual([1, 1]);
  });

  type Json = Readonly<Record<string, unknown>>;
  interface Wire extends Json {
    readonly revision: Json;
    readonly environment: Json;
    readonly rounds: readonly (Json & { readonly measurements: readonly Json[] })[];
  }
  /** Changes what a file of the artifact says; null takes it away. */
  function forge(name: string, change: (json: Wire) => Json | null): void {
    const path = `${ARTIFACTS}/benchgate/recordings/${name}.json`;
    const made = change(JSON.parse(scene.files.get(path) ?? "null"));
    if (made === null) scene.files.delete(path);
    else scene.files.set(path, `${JSON.stringify(made)}\n`);
  }
  const each = (recording: Wire, change: (measurement: Json) => Json | readonly Json[]) => ({
    ...recording,
    rounds: recording.rounds.map((round) => ({
      ...round,
      measurements: round.measurements.flatMap((one): readonly Json[] => [change(one)].flat() as Json[]),
    })),
  });
  const both = (change: (recording: Wire) => Json | null) => {
    for (const side of ["baseline", "candidate"]) forge(side, change);
  };

  it.each<[string, () => void, RegExp]>([
    [
      "in another direction",
      () => both((json) => each(json, (one) => ({ ...one, better: "higher" }))),
      /not the better direction/,
    ],
    ["in another unit", () => both((json) => each(json, (one) => ({ ...one, unit: "B" }))), /not a unit of latency/],
    [
      "beside a commit that is none of the base's",
      () => forge("baseline", (json) => ({ ...json, revision: { ...json.revision, sha: "a".repeat(40) } })),
      /not one of the base/,
    ],
    [
      "beside a commit that is none",
      () => forge("baseline", (json) => ({ ...json, revision: { ...json.revision, sha: "\u0085::error::x" } })),
      /name of a commit/,
    ],
    [
      "on another machine",
      () => forge("baseline", (json) => ({ ...json, environment: { ...json.environment, cores: 64 } })),
      /different machines/,
    ],
    [
      "by another runtime",
      () => forge("baseline", (json) => ({ ...json, environment: { ...json.environment, runtime: "node 8.0.0" } })),
      /different machines/,
    ],
  ])("is judged by nothing that was measured %s", async (_, change, reason) => {
    change();
    const ran = await follow();
    expect(ran).toMatchObject({ code: 3, outputs: { outcome: "fail" } });
    expect(ran.annotations[0]!.message).toMatch(reason);
    expect(scene.github.statuses).toMatchObject([{ state: "error" }]);
  });

  it("may have been measured beside a commit that its base descends from, and the comment names that", async () => {
    const [entry] = scene.github.pulls.splice(0, 1);
    const before = entry!.base.sha;
    const moved = scene.git.commit(before, { "benchgate.yml": budget("20%"), "other.txt": "x" });
    scene.git.branches.set("main", moved);
    scene.github.pulls.push({ ...entry!, base: { sha: moved, ref: "main" } });
    const ran = await follow();
    expect(ran.code).toBe(1);
    expect(change.comments()[0]).toContain(before.slice(0, 7));
  });

  describe("whose base has suites", () => {
    const SUITES = `suites:\n  one:\n    run: bench\n    tool: benchgate\n  two:\n    run: bench\n    tool: benchgate\n${budget("20%")}`;
    beforeEach(async () => {
      const { git } = scene;
      git.branches.set("main", git.commit(git.branches.get("main")!, { "benchgate.yml": SUITES }));
      change = scene.open(SLOW, {}, { fork: true });
      await change.judge({
        inputs: { ...NOTHING, threshold: "", compare: "side-by-side", rounds: "6", comment: "never", fail: "false" },
        upload: `${ARTIFACTS}/benchgate`,
      });
    });

    it("is judged by all of them", async () => {
      expect((await follow()).p50).toMatchObject({ "one/hash": "regression", "two/hash": "regression" });
    });

    it.each<[string, () => void]>([
      ["left out", () => both((json) => each(json, (one) => (one.suite === "two" ? [] : [one])))],
      [
        "left out of its baseline",
        () => forge("baseline", (json) => each(json, (one) => (one.suite === "two" ? [] : [one]))),
      ],
      [
        "called another name",
        () => both((json) => each(json, (one) => ({ ...one, suite: one.suite === "two" ? "harmless" : one.suite }))),
      ],
    ])("fails for one that is %s, and names it", async (_, leaveOut) => {
      // What is left is as it was.
      leaveOut();
      both((json) => each(json, (one) => (one.benchmark === "hash" ? [] : [one])));
      const ran = await follow();
      expect(ran.code).toBe(3);
      expect(ran.annotations).toContainEqual(
        expect.objectContaining({ message: expect.stringContaining("base revision has this suite") }),
      );
      expect(scene.github.statuses.at(-1)?.state).not.toBe("success");
    });
  });

  describe("that was held against stored runs", () => {
    beforeEach(async () => {
      for (let run = 0; run < 6; run++) await scene.push(FOUR);
      change = scene.open(SLOW, {}, { fork: true });
    });
    const measured = (compare: string) => {
      for (const path of [...scene.files.keys()]) if (path.startsWith(ARTIFACTS)) scene.files.delete(path);
      return change.judge({
        inputs: { compare, rounds: "6", comment: "never", fail: "false" },
        upload: `${ARTIFACTS}/benchgate`,
      });
    };

    it("is not green because its measurement beside the base was taken away", async () => {
      await measured("auto");
      both(() => null);
      const ran = await follow({}, { threshold: "p50=20%" });
      expect(ran.code).toBe(1);
      expect(ran.p50["bench/hash"]).toBe("regression");
    });

    it.each([
      ["auto", {}, /no side-by-side measurement/],
      ["stored", { followed: "Benchmarks" }, /Nothing is stored of its gate elsewhere, but of benchmarks-bench/],
    ])("is not green because it names a gate that nobody stores for: compare %s", async (compare, told, reason) => {
      await measured(compare);
      both(() => null);
      forge("cell", (json) => ({ ...json, gate: "elsewhere" }));
      const ran = await follow(told);
      expect(ran.code).toBe(3);
      expect(ran.annotations[0]!.message).toMatch(reason);
    });

    it("is not green because the stored runs are out of reach, in its comment and its status too", async () => {
      await measured("stored");
      const reason = new GateError("git fetch failed: HTTP 503", "Check the network", {}, "measure");
      Object.assign(scene.git, { fetchTip: () => Promise.reject(reason) });
      const ran = await follow();
      expect(ran.code).toBe(3);
      expect(ran.annotations[0]!.message).toMatch(/out of reach: git fetch failed: HTTP 503/);
      expect(change.comments()[0]).toMatch(/git fetch failed.* HTTP 503/);
      expect(scene.github.statuses.at(-1)).toMatchObject({ sha: change.head, state: "error" });
    });

    it("is not green because nothing that is stored can be read", async () => {
      await measured("stored");
      const { git } = scene;
      const tip = git.commits.get(git.branches.get("benchgate-baseline")!)!;
      for (const path of [...tip.files.keys()]) (tip.files as Map<string, string>).set(path, "garbage");
      const ran = await follow();
      expect(ran.code).toBe(3);
      expect(ran.annotations[0]!.message).toMatch(/none of the 6 stored runs can be read/);
    });
  });
});
