import { describe, expect, it } from "vitest";
import { decodeRecording } from "../../src/codec/recording.ts";
import { aScene, FOUR, type Scene } from "./scene.ts";

const STORE = "benchgate-baseline";

/** The files on a branch of the remote. */
function filesOn({ git }: Scene, branch = STORE): string[] {
  const tip = git.branches.get(branch);
  return tip === undefined ? [] : [...git.commits.get(tip)!.files.keys()];
}

describe("a push to the default branch", () => {
  it("stores one file, and nothing else", async () => {
    const scene = aScene();
    for (let push = 1; push <= 3; push++) {
      const ran = await scene.push(FOUR);
      expect(ran).toMatchObject({ code: 0, warnings: [], annotations: [] });
      expect(filesOn(scene)).toHaveLength(push);
    }
    const path = filesOn(scene).at(-1)!;
    const sha = scene.git.branches.get("main")!;
    expect(path).toMatch(
      new RegExp(`^runs/${sha.slice(0, 2)}/${sha}-9000003\\.1\\.benchmarks-bench\\.[0-9a-f]{12}\\.json$`),
    );
    const recording = decodeRecording(scene.git.commits.get(scene.git.branches.get(STORE)!)!.files.get(path)!);
    expect(recording.revision).toMatchObject({ sha, ref: "refs/heads/main" });
    expect(recording.rounds).toHaveLength(6);
  });

  it("leaves the very bytes that it stores, so that a signature of one is good for the other", async () => {
    const scene = aScene();
    await scene.push(FOUR, {}, { upload: "/artifacts" });
    const [path] = filesOn(scene);
    const stored = scene.git.commits.get(scene.git.branches.get(STORE)!)!.files.get(path!);
    expect(scene.files.get("/artifacts/recordings/screened.json")).toBe(stored);
  });

  it("says what it stored, where, and what comes of it", async () => {
    const ran = await aScene().push(FOUR);
    expect(ran.summary).toHaveLength(1);
    expect(ran.summary[0]).toContain("## ✅ Baseline recorded · 4 benchmarks");
    expect(ran.summary[0]).toContain("benchgate&#45;baseline");
    expect(ran.outputs).toEqual({
      outcome: "pass",
      verdicts: "",
      regressions: 0,
      improvements: 0,
      inconclusive: 0,
      report: "",
      summary: "/runner/1/benchgate/summary.md",
      folder: "/runner/1/benchgate",
    });
  });

  it("stores in a folder, or on another branch, where that is asked for", async () => {
    const scene = aScene();
    await scene.push(FOUR, {}, { inputs: { "baseline-store": "directory", "baseline-directory": "/store" } });
    expect([...scene.files.keys()].filter((path) => path.startsWith("/store/runs/"))).toHaveLength(1);
    expect(filesOn(scene)).toEqual([]);
    await scene.push(FOUR, {}, { inputs: { "baseline-branch": "numbers" } });
    expect(filesOn(scene, "numbers")).toHaveLength(1);
    expect(filesOn(scene)).toEqual([]);
  });

  it("keeps the baselines of workflows, jobs, steps and cells apart", async () => {
    const scene = aScene();
    await scene.push(FOUR, {}, { event: { workflow: "Nightly" } });
    await scene.push(FOUR, {}, { event: { job: "load" } });
    await scene.push(FOUR, {}, { event: { step: "-2" } });
    for (const cell of ["linux", "mac"]) await scene.push(FOUR, {}, { inputs: { cell } });
    expect(filesOn(scene).map((path) => path.split(".")[2])).toEqual([
      "nightly-bench",
      "benchmarks-load",
      "benchmarks-bench-2",
      "benchmarks-bench-linux",
      "benchmarks-bench-mac",
    ]);
  });

  it("lands although others push first", async () => {
    const scene = aScene();
    const { append } = scene.git;
    let refused = 0;
    scene.git.append = async (...given) => (refused++ < 3 ? "moved" : append(...given));
    expect(await scene.push(FOUR)).toMatchObject({ code: 0, warnings: [] });
    expect(filesOn(scene)).toHaveLength(1);
  });

  it("is no baseline where a benchmark failed: it says which, why, and what the child said", async () => {
    const scene = aScene();
    const ran = await scene.push({ ...FOUR, hash: "no such module" });
    expect(ran).toMatchObject({ code: 3, outputs: { outcome: "fail" } });
    expect(filesOn(scene)).toEqual([]);
    expect(ran.annotations).toContainEqual({
      level: "error",
      title: "bench / hash failed",
      message: "no such module",
    });
    expect(ran.quoted).toContain("no such module");
    expect(ran.warnings.join()).toContain("benchmarks failed");
    const lenient = await scene.push({ hash: "no such module" }, {}, { inputs: { fail: "false" } });
    expect(lenient).toMatchObject({ code: 0, outputs: { outcome: "fail" } });
  });

  it("fails where the setup does, before a round", async () => {
    const scene = aScene();
    const broken = await scene.push(FOUR, {}, { inputs: { setup: "make" }, failing: "make" });
    expect(broken.started).toHaveLength(1);
    expect(broken).toMatchObject({ code: 3, outputs: { outcome: "fail" } });
    expect(broken.annotations[0]!.message).toMatch(/setup `make` of the candidate exited with code 1/);
    expect(filesOn(scene)).toEqual([]);
  });

  it("says that nothing was stored where the branch is somebody else's, and passes all the same", async () => {
    const scene = aScene();
    scene.git.branches.set(STORE, scene.git.commit(null, { "src/main.c": "" }));
    const ran = await scene.push(FOUR);
    expect(ran).toMatchObject({ code: 0, outputs: { outcome: "pass" } });
    expect(ran.warnings).toHaveLength(1);
    expect(ran.warnings[0]).toMatch(/holds other files, such as src\/main\.c.*baseline-branch/);
    expect(filesOn(scene)).toEqual(["src/main.c"]);
  });

  it("leaves what it recorded for a job that fans in, unless it failed", async () => {
    const scene = aScene();
    await scene.push(FOUR, {}, { upload: "/artifacts/benchgate" });
    const left = (folder: string) => [...scene.files.keys()].filter((path) => path.startsWith(`${folder}/recordings/`));
    expect(left("/artifacts/benchgate")).toEqual([
      "/artifacts/benchgate/recordings/cell.json",
      "/artifacts/benchgate/recordings/screened.json",
    ]);
    await scene.push({ hash: "broken" }, {}, { upload: "/artifacts/failed" });
    expect(left("/artifacts/failed")).toEqual([]);
  });

  it("tells of a benchmark whose level has changed, and links the commits that brought it", async () => {
    const scene = aScene();
    const told: string[] = [];
    for (let push = 0; push < 18; push++) {
      const { summary } = await scene.push(push < 10 ? FOUR : { ...FOUR, hash: 0.09 });
      if (summary[0]!.includes("/compare/")) told.push(summary[0]!);
    }
    expect(told).toHaveLength(1);
    expect(told[0]).toContain("hash");
    expect(told[0]).toContain("https://github.com/octo-org/octo-repo/compare/");
  });
});
