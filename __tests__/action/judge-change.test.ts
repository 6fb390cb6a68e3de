import { describe, expect, it } from "vitest";
import { GateError } from "../../src/model/error.ts";
import { aScene, type Costs, FOUR, type Pull, type Run, type Scene } from "./scene.ts";

const SLOW = { ...FOUR, hash: 0.21 };

const budget = (threshold: string) => `budgets:\n  - match: "*"\n    latency: { p50: ${threshold} }\n`;
/** No word of the inputs about what counts: the files decide. */
const BY_FILE: Run = { inputs: { threshold: "" } };

/** A scene whose default branch holds these files. */
function withMain(files: Readonly<Record<string, string>>): Scene {
  const scene = aScene();
  const { git } = scene;
  git.branches.set("main", git.commit(git.branches.get("main")!, files));
  return scene;
}

/** A scene with so many stored runs. */
async function withHistory(runs: number): Promise<Scene> {
  const scene = aScene();
  for (let run = 0; run < runs; run++) await scene.push(FOUR);
  return scene;
}

const onFirst = async (
  scene: Scene,
  costs: Costs,
  run?: Run,
): Promise<{ change: Pull; ran: Awaited<ReturnType<Pull["judge"]>> }> => {
  const change = scene.open(costs);
  return { change, ran: await change.judge(run) };
};

describe("a pull request's verdict", () => {
  it("is red for the one benchmark that became slower, with everything that later steps read", async () => {
    const { change, ran } = await onFirst(aScene(), SLOW);
    expect(ran.code).toBe(1);
    expect(ran.p50).toEqual({
      "bench/parse": "unchanged",
      "bench/render": "unchanged",
      "bench/hash": "regression",
      "bench/sort": "unchanged",
    });
    expect(ran.outputs).toEqual({
      outcome: "fail",
      verdicts: "/runner/1/benchgate/result.json",
      regressions: 1,
      improvements: 0,
      inconclusive: 1,
      report: "/runner/1/benchgate/report.html",
      summary: "/runner/1/benchgate/summary.md",
      folder: "/runner/1/benchgate",
    });
    expect(ran.annotations).toMatchObject([{ level: "error", title: "regression: bench / hash p50" }]);
    expect(ran.summary).toHaveLength(1);
    expect(ran.summary[0]).toContain("**1 regression");
    expect(change.comments()).toHaveLength(1);
    expect(change.comments()[0]).toMatch(
      /^<!-- benchgate:Benchmarks\/bench -->\n## ❌ This change makes 1 of 4 benchmarks slower: /,
    );
  });

  it("leaves its files beside each other: result, summary, page and JUnit", async () => {
    const scene = aScene();
    await onFirst(scene, SLOW);
    const file = (name: string) => scene.files.get(`/runner/1/benchgate/${name}`) ?? "";
    expect(file("summary.md")).toContain("**1 regression");
    expect(file("report.html")).toContain("Check fails");
    expect(file("junit.xml")).toContain('<testcase classname="bench" name="hash latency p50"');
    expect(file("junit.xml")).toContain('<failure type="regression"');
    expect(JSON.parse(file("result.json"))).toMatchObject({ schema: "benchgate.result/1", outcome: "fail" });
  });

  it("turns the same comment green once it is repaired", async () => {
    const scene = aScene();
    const { change } = await onFirst(scene, SLOW);
    const { id } = scene.github.told[0]!;
    const green = await change.commit(FOUR).judge();
    expect(green).toMatchObject({ code: 0, annotations: [] });
    expect(Object.values(green.p50)).not.toContain("regression");
    expect(scene.github.told).toHaveLength(1);
    expect(scene.github.told[0]).toMatchObject({ id });
    expect(change.comments()[0]).toMatch(/\n## ✅ No regression/);
  });

  it("names what disappeared, what appeared and what crashed, with its last words", async () => {
    const { parse: _, ...three } = FOUR;
    const { change, ran } = await onFirst(aScene(), { ...three, fresh: 0.05, sort: "boom" });
    const verdict = (name: string) => ran.result?.verdicts.find(({ benchmark }) => benchmark === name)?.verdict;
    expect([verdict("parse"), verdict("fresh"), verdict("sort")]).toEqual(["removed", "added", "failed"]);
    expect(ran.code).toBe(3);
    for (const word of ["removed", "new", "failed", "boom"]) expect(change.comments()[0]).toContain(word);
    expect(ran.quoted).toContain("boom");
    expect(ran.annotations.map(({ level }) => level)).toEqual(["error", "warning"]);
  });

  it("says what is about to be measured before it is, and each round as it begins", async () => {
    const { ran } = await onFirst(aScene(), FOUR, { inputs: { compare: "side-by-side", rounds: "5" } });
    expect(ran.info.slice(0, 3)).toEqual([
      "benchgate: 5 pairs, this working tree against main",
      "  bench: `bench`, read as benchgate",
      "bench: warm-up",
    ]);
    expect(ran.info.filter((line) => line.startsWith("bench: round"))).toHaveLength(5);
  });

  it("goes by the head's commit, not by the merge that is checked out", async () => {
    const scene = aScene();
    const change = scene.open(SLOW);
    const ran = await change.judge({ event: { headSha: "c".repeat(40) }, inputs: { status: "true" } });
    expect(ran.summary[0]).toContain("<code>ccccccc</code>");
    expect(scene.github.statuses).toMatchObject([{ sha: "c".repeat(40) }]);
  });
});

describe("what a pull request is compared with", () => {
  it("is its base, side by side, as long as nothing is stored", async () => {
    const { change, ran } = await onFirst(aScene(), SLOW);
    expect(ran.result?.verdicts.every(({ paired, verdict }) => paired || verdict === "inconclusive")).toBe(true);
    expect(change.comments()[0]).toContain("side by side, 6 pairs");
    expect(new Set(ran.started.map(({ cwd }) => cwd)).size).toBe(2);
  });

  it("is what is stored, and, where that leaves doubts, its base for those alone", async () => {
    const scene = await withHistory(6);
    const { ran } = await onFirst(scene, SLOW);
    expect(ran.result?.warnings).toContainEqual({ code: "measured-again", benchmarks: 1, kept: 3 });
    const paired = ran.result?.verdicts.filter((row) => row.paired).map(({ benchmark }) => benchmark);
    expect([...new Set(paired)]).toEqual(["hash"]);
    expect(ran.code).toBe(1);
    const calm = await onFirst(scene, FOUR);
    expect(calm.ran.result?.verdicts.some(({ paired: beside }) => beside)).toBe(false);
    expect(calm.ran.code).toBe(0);
  });

  it("is what is stored alone where the workflow says so", async () => {
    const { ran } = await onFirst(await withHistory(6), SLOW, { inputs: { compare: "stored" } });
    expect(ran.code).toBe(1);
    expect(ran.started.every(({ cwd }) => cwd === "/repo")).toBe(true);
    expect(ran.info[0]).toBe("benchgate: 6 rounds, against the baseline in branch benchgate-baseline");
    expect(ran.info.join("\n")).toContain("going by the stored runs: ");
  });

  describe("where the stored runs are out of reach", () => {
    const GONE = new GateError("git fetch failed: HTTP 503", "Check the network, then run again", {}, "measure");
    const BREAKS: readonly (readonly [string, (git: Scene["git"]) => void])[] = [
      ["the branch", (git) => Object.assign(git, { fetchTip: () => Promise.reject(GONE) })],
      ["what is in it", (git) => Object.assign(git, { read: () => Promise.reject(GONE) })],
      ["what the base descends from", (git) => Object.assign(git, { ancestors: () => Promise.reject(GONE) })],
    ];

    it.each(BREAKS)("is its base for everything, as strictly, and why is said: %s", async (_, breakIt) => {
      const scene = await withHistory(6);
      breakIt(scene.git);
      const { change, ran } = await onFirst(scene, SLOW);
      expect(ran).toMatchObject({ code: 1, p50: { "bench/hash": "regression", "bench/sort": "unchanged" } });
      expect(ran.result?.warnings).toContainEqual({
        code: "baseline-out-of-reach",
        place: "branch benchgate-baseline",
        reason: GONE.message,
      });
      expect(ran.result?.verdicts.every(({ paired, verdict }) => paired || verdict === "inconclusive")).toBe(true);
      expect(change.comments()[0]).toMatch(/git fetch failed.* HTTP 503/);
      const calm = await onFirst(scene, FOUR);
      expect(calm.ran.code).toBe(0);
      expect(calm.ran.summary[0]).toContain("could not be reached");
    });

    it.each(BREAKS)("cannot be measured by stored runs alone, and has no verdict: %s", async (_, breakIt) => {
      const scene = await withHistory(6);
      breakIt(scene.git);
      const { ran } = await onFirst(scene, FOUR, { inputs: { compare: "stored" } });
      expect(ran).toMatchObject({ code: 3, outputs: { outcome: "fail" }, started: [] });
      expect(ran.summary[0]).toMatch(/git fetch failed.* HTTP 503/);
    });

    it("is refused where the store itself is set up wrongly: that is the user's to mend", async () => {
      const scene = await withHistory(6);
      const wrong = new GateError("this repository has no remote named origin", "Add it");
      Object.assign(scene.git, { fetchTip: () => Promise.reject(wrong) });
      expect((await onFirst(scene, FOUR)).ran).toMatchObject({ code: 2, started: [] });
    });
  });

  it("may be nothing: then it passes, and says that there is no baseline yet and what happens next", async () => {
    const { change, ran } = await onFirst(aScene(), SLOW, { inputs: { compare: "stored" } });
    expect(ran).toMatchObject({ code: 0, outputs: { outcome: "pass" } });
    for (const text of [ran.summary[0], change.comments()[0]]) {
      expect(text).toContain("No baseline yet");
      expect(text).toContain("default branch");
    }
  });

  it("is never another gate's: neither workflow, job, step nor cell", async () => {
    const scene = await withHistory(6);
    const { ran } = await onFirst(scene, FOUR, { inputs: { compare: "stored", cell: "linux" } });
    expect(ran.summary[0]).toContain("No baseline yet");
  });

  it("is the base branch's own history, not that of a branch beside it", async () => {
    const scene = aScene();
    const old = scene.open(FOUR);
    for (let run = 0; run < 6; run++) await scene.push(SLOW);
    const ran = await old.judge({ inputs: { compare: "stored" } });
    expect(ran.summary[0]).toContain("No baseline yet");
  });
});

describe("whose budgets rule a pull request", () => {
  it("the base's, where it loosens its own, and it says so", async () => {
    const scene = withMain({ "benchgate.yml": budget("20%") });
    const change = scene.open(SLOW, { "benchgate.yml": budget("900%") });
    const ran = await change.judge(BY_FILE);
    expect(ran.code).toBe(1);
    expect(ran.result?.warnings).toContainEqual({ code: "budgets-from-base", file: "benchgate.yml" });
    expect(ran.result?.verdicts.find(({ statistic }) => statistic === "p50")?.threshold).toBe(0.2);
    expect(change.comments()[0]).toContain("benchgate.yml");
  });

  it("the base's, where it tightens its own: they hold once they are merged", async () => {
    const scene = withMain({ "benchgate.yml": budget("900%") });
    const ran = await scene.open(SLOW, { "benchgate.yml": budget("20%") }).judge(BY_FILE);
    expect(ran.code).toBe(0);
    expect(ran.result?.warnings.map(({ code }) => code)).toContain("budgets-from-base");
  });

  it("the base's, where it empties the file", async () => {
    const scene = withMain({ "benchgate.yml": budget("900%") });
    const ran = await scene.open(SLOW, { "benchgate.yml": "" }).judge(BY_FILE);
    expect(ran.code).toBe(0);
    expect(ran.result?.warnings.map(({ code }) => code)).toContain("budgets-from-base");
  });

  it("its own, where the base has no configuration, or none that is sound: then it says so", async () => {
    for (const main of [{}, { "benchgate.yml": "budgets: none\n" }]) {
      const change = withMain(main).open(SLOW, { "benchgate.yml": budget("900%") });
      const ran = await change.judge(BY_FILE);
      expect(ran.code).toBe(0);
      const codes = ran.result?.warnings.map(({ code }) => code);
      expect(codes).not.toContain("budgets-from-base");
      expect(codes?.includes("base-unsound")).toBe("benchgate.yml" in main);
      expect(change.comments()[0]?.includes("of the base revision cannot be read")).toBe("benchgate.yml" in main);
    }
  });

  it("those of the file that the workflow names", async () => {
    const scene = withMain({ "gate.yml": budget("20%") });
    const change = scene.open(SLOW, { "gate.yml": budget("900%") });
    const ran = await change.judge({ inputs: { threshold: "", config: "gate.yml" } });
    expect(ran.code).toBe(1);
    expect(ran.result?.warnings).toContainEqual({ code: "budgets-from-base", file: "gate.yml" });
  });

  it("the workflow's, which nobody changes without being seen, where the file is silent", async () => {
    const { ran } = await onFirst(aScene(), SLOW, { inputs: { threshold: "p50=900%" } });
    expect(ran.code).toBe(0);
  });

  it("and it may accept a regression itself, with a reason that reviewers see", async () => {
    const accept = 'accept:\n  - match: "bench/hash latency p50"\n    up-to: 300%\n    reason: safer hashes\n';
    const change = aScene().open(SLOW, { "benchgate.yml": accept });
    const ran = await change.judge();
    expect(ran.code).toBe(0);
    expect(change.comments()[0]).toContain("safer hashes");
  });

  it("and suites that it takes away are named", async () => {
    const suites = (...names: string[]) =>
      `suites:\n${names.map((name) => `  ${name}:\n    run: ${name}\n    tool: benchgate\n`).join("")}`;
    const scene = withMain({ "benchgate.yml": suites("fast", "slow") });
    const change = scene.open(FOUR, { "benchgate.yml": suites("fast") });
    const ran = await change.judge({ inputs: { run: "", tool: "" } });
    expect(ran.result?.warnings).toContainEqual({ code: "suites-removed", suites: ["slow"] });
    expect(change.comments()[0]).toContain("slow");
  });
});

describe("what a verdict does to the step", () => {
  const undecided = { rounds: "2", compare: "side-by-side" };

  it.each([
    ["pass", 0, "pass"],
    ["warn", 0, "warn"],
    ["fail", 1, "fail"],
    ["", 0, "warn"],
  ])("on-inconclusive %j ends with %i and says %s", async (mode, code, outcome) => {
    const { ran } = await onFirst(aScene(), FOUR, { inputs: { ...undecided, "on-inconclusive": mode } });
    expect(Object.values(ran.p50)).toEqual(["inconclusive", "inconclusive", "inconclusive", "inconclusive"]);
    expect(ran).toMatchObject({ code, outputs: { outcome } });
  });

  it("on-inconclusive is the base's where the workflow does not say it", async () => {
    const scene = withMain({ "benchgate.yml": "on-inconclusive: fail\n" });
    const change = scene.open(FOUR, { "benchgate.yml": "on-inconclusive: pass\n" });
    expect(await change.judge({ inputs: undecided })).toMatchObject({ code: 1, outputs: { outcome: "fail" } });
    const told = await change.judge({ inputs: { ...undecided, "on-inconclusive": "warn" } });
    expect(told).toMatchObject({ code: 0, outputs: { outcome: "warn" } });
  });

  it.each([
    ["a regression", SLOW],
    ["a crash", { hash: "boom" }],
  ])("fail: false ends with 0 for %s, and says all the same that it failed", async (_, costs) => {
    const { change, ran } = await onFirst(aScene(), costs, { inputs: { fail: "false" } });
    expect(ran).toMatchObject({ code: 0, outputs: { outcome: "fail" } });
    expect(ran.annotations.some(({ level }) => level === "error")).toBe(true);
    expect(change.comments()[0]).toContain("## ❌");
  });

  it("a page that cannot be made changes no verdict: the output is empty, and a warning says why", async () => {
    const noPage = new GateError("a part of the HTML report is missing", "Install Benchgate again");
    const { change, ran } = await onFirst(aScene(), SLOW, { noPage });
    expect(ran).toMatchObject({ code: 1, outputs: { outcome: "fail", report: "" } });
    expect(ran.warnings).toEqual(["a part of the HTML report is missing. Install Benchgate again"]);
    expect(change.comments()).toHaveLength(1);
  });
});

describe("what a reader is told to do", () => {
  it("the command that measures the same again, with the workflow's own words", async () => {
    const { change } = await onFirst(aScene(), SLOW, { inputs: { setup: "npm ci" } });
    expect(change.comments()[0]).toContain(
      `npx benchgate run --base ${change.base.slice(0, 12)} --run bench --tool benchgate --setup 'npm ci' --threshold latency.p50=20%`,
    );
  });

  it("no command where the command line has no word for one of the inputs", async () => {
    const scene = aScene();
    const { change } = await onFirst(scene, SLOW, { inputs: { output: "results.json" } });
    expect(change.comments()).toHaveLength(1);
    expect(change.comments()[0]).not.toContain("npx benchgate run");
  });

  it("which run, and which attempt of it, said so", async () => {
    const { change } = await onFirst(aScene(), SLOW, { event: { runId: "77", attempt: 3 } });
    expect(change.comments()[0]).toContain("https://github.com/octo-org/octo-repo/actions/runs/77/attempts/3");
    expect(change.comments()[0]).toContain("attempt 3");
  });
});

describe("what a job that fans in finds", () => {
  const left = ({ files }: Scene, name: string) => files.get(`/artifacts/${name}.json`) ?? null;
  const upload = "/artifacts";

  it("both sides, and when they could be looked at, of what was measured side by side", async () => {
    const scene = aScene();
    await onFirst(scene, SLOW, { upload });
    expect(JSON.parse(left(scene, "recordings/cell")!)).toMatchObject({
      gate: "benchmarks-bench",
      looks: [6, 12, 24],
      confirmed: true,
    });
    expect(left(scene, "recordings/baseline")).not.toBeNull();
    expect(left(scene, "recordings/candidate")).not.toBeNull();
    expect(left(scene, "recordings/screened")).toBeNull();
  });

  it("what was held against stored runs", async () => {
    const scene = await withHistory(6);
    await onFirst(scene, FOUR, { upload, inputs: { compare: "stored" } });
    expect(JSON.parse(left(scene, "recordings/cell")!)).toMatchObject({ looks: null, confirmed: false });
    expect(left(scene, "recordings/screened")).not.toBeNull();
    expect(left(scene, "recordings/candidate")).toBeNull();
  });

  it("everything, even where GitHub does not answer", async () => {
    const scene = aScene();
    scene.github.comments = () => Promise.reject(new TypeError("a bug"));
    await onFirst(scene, SLOW, { upload });
    expect(left(scene, "recordings/candidate")).not.toBeNull();
  });
});

describe("stored runs of which none can be read", () => {
  it.each([
    ["stored", 3],
    ["auto", 1],
  ])("are no missing baseline: compare %s", async (compare, code) => {
    const scene = aScene();
    for (let run = 0; run < 6; run++) await scene.push(FOUR);
    const tip = scene.git.commits.get(scene.git.branches.get("benchgate-baseline")!)!;
    for (const path of [...tip.files.keys()]) (tip.files as Map<string, string>).set(path, "garbage");
    const ran = await scene.open({ ...FOUR, hash: 0.21 }).judge({ inputs: { compare } });
    expect(ran.code).toBe(code);
    expect(ran.summary.join("")).toMatch(
      compare === "stored" ? /none of the 6 stored runs can be read/ : /1 regression/,
    );
    // Nothing was measured where nothing could be judged.
    expect(ran.started.length > 0).toBe(compare === "auto");
  });
});
