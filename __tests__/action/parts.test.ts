import { beforeEach, describe, expect, it } from "vitest";
import { anEvent, aScene, type Costs, type Pull, type Ran, type Run, type Scene } from "./scene.ts";

const ARTIFACTS = "/artifacts";
const NOTHING = { run: "", tool: "" };
/** Twenty benchmarks, of which one gets slower. */
const MANY: Costs = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`b${i}`, 0.05 + i / 500]));
const SLOWER: Costs = { ...MANY, b7: (MANY.b7 as number) * 1.5 };
const RUN = { run: "", tool: "", bench: "*.bench.js" };
const MODULE = { "many.bench.js": "" };

describe("shards and pools", () => {
  let scene: Scene;
  let change: Pull;

  beforeEach(async () => {
    scene = aScene();
    await scene.push(MANY, MODULE, { inputs: RUN });
    change = scene.open(SLOWER, MODULE);
  });

  /** One job of the matrix, and its artifact. */
  const part = (of: Pull, name: string, inputs: Readonly<Record<string, string>>, run: Run = {}): Promise<Ran> =>
    of.judge({
      ...run,
      inputs: { ...RUN, compare: "side-by-side", comment: "never", fail: "false", ...inputs },
      upload: `${ARTIFACTS}/benchgate-${name}`,
    });
  const fanIn = (inputs: Readonly<Record<string, string>> = {}, of: Pull = change): Promise<Ran> =>
    of.judge({ event: { job: "verdict" }, inputs: { ...NOTHING, "fan-in": ARTIFACTS, ...inputs } });
  const copy = (from: string, to: string) => {
    for (const [path, text] of [...scene.files]) {
      const inside = `${ARTIFACTS}/${from}/`;
      if (path.startsWith(inside)) scene.files.set(`${ARTIFACTS}/${to}/${path.slice(inside.length)}`, text);
    }
  };
  const codes = ({ result }: Ran) => (result?.warnings ?? []).map(({ code }) => code);

  it("measure every benchmark once between them, and give the verdict of one machine", async () => {
    const alone = await change.judge({ inputs: { ...RUN, compare: "side-by-side", rounds: "6", fail: "false" } });
    const shards: Ran[] = [];
    for (const index of [1, 2, 3]) shards.push(await part(change, `${index}`, { shard: `${index}/3`, rounds: "6" }));
    const told = shards.flatMap(({ result }) => result!.warnings.filter(({ code }) => code === "part"));
    expect(told).toMatchObject([1, 2, 3].map((index) => ({ shard: `${index}/3`, of: 20, pool: "" })));
    const ran = await fanIn();
    expect(Object.keys(ran.p50).sort()).toEqual(Object.keys(alone.p50).sort());
    expect(ran.p50).toEqual(alone.p50);
    expect(ran.p50["bench/b7"]).toBe("regression");
    expect(ran.code).toBe(1);
    expect(codes(ran)).toEqual(codes(alone));
    expect(change.comments().at(-1)).toContain("3 jobs, ");
  });

  it("name the shard that is missing, and what it should have measured", async () => {
    for (const index of [1, 3]) await part(change, `${index}`, { shard: `${index}/3`, rounds: "6" });
    const ran = await fanIn();
    const failed = ran.result!.verdicts.filter(({ verdict }) => verdict === "failed");
    expect(failed.map(({ suite }) => suite)).toEqual(["shard 2/3"]);
    const reason = ran.annotations.find(({ message }) => message.includes("should have measured"))!.message;
    const named = [...reason.matchAll(/bench\/b\d+/g)].map(([name]) => name);
    expect(named.length).toBeGreaterThan(3);
    expect(named.every((name) => ran.p50[name] === undefined)).toBe(true);
    expect(change.comments()[0]).toContain("1 failed");
  });

  it("count a copy, an older attempt and another commit's part once, and say so", async () => {
    await part(change, "1", { shard: "1/2", rounds: "6" });
    await part(change, "2-first", { shard: "2/2", rounds: "6" });
    await part(change, "2", { shard: "2/2", rounds: "6" }, { event: { runId: "7", attempt: 2 } });
    copy("benchgate-1", "benchgate-1-copy");
    const other = change.commit(MANY, MODULE);
    await part(other, "stranger", { shard: "1/2", rounds: "6" });
    const ran = await fanIn();
    expect(ran.result!.verdicts.filter(({ verdict }) => verdict === "failed")).toEqual([]);
    expect(Object.keys(ran.p50)).toHaveLength(20);
    expect(codes(ran).filter((code) => code === "part-left-out")).toHaveLength(3);
    expect(ran.result!.verdicts.every(({ paired }) => paired)).toBe(true);
  });

  it.each([
    ["jobs of two names", "", "load"],
    ["one job that was called twice", "", ""],
  ])("all count where %s have equal numbers: none passes for a copy", async (_, ...jobs) => {
    // Both pools have runners 1 and 2, the first one 3 too, and only those of the second are of a kind on which the change is slower.
    for (const [pool, job] of jobs.entries()) {
      for (const runner of [0, 1, 2]) {
        if (pool === 1 && runner === 2) continue;
        const event = { ...change.event, ...(job === "" ? {} : { job }) };
        const costs = { "costs.json": JSON.stringify(pool === 1 ? SLOWER : MANY), ...MODULE };
        await scene.act(event, scene.git.commit(change.base, costs), {
          inputs: { ...RUN, comment: "never", fail: "false", pool: `fleet${pool}`, "matrix-job": `${runner}/3` },
          upload: `${ARTIFACTS}/benchgate-${pool}-${runner}`,
        });
      }
    }
    const ran = await fanIn();
    expect(codes(ran)).not.toContain("part-left-out");
    const missing = ran.result!.warnings.filter(({ code }) => code === "runners-missing");
    expect(missing).toEqual([{ code: "runners-missing", pool: "fleet1", of: "", missing: 1, runners: 3 }]);
    expect(ran.p50["bench/b7"]).not.toBe("unchanged");
    const rows = ran.result!.verdicts as readonly { readonly rounds?: number }[];
    expect(new Set(rows.map(({ rounds }) => rounds))).toEqual(new Set([40]));
  });

  it("are missing from the matrix that lacks them, whatever another one of the same cell has", async () => {
    const both = { rounds: "6" };
    for (const index of [1, 2]) await part(change, `unit-${index}`, { ...both, shard: `${index}/2` });
    await part(change, "load-1", { ...both, shard: "1/2" }, { event: { job: "load" } });
    const failed = ({ result }: Ran) => result!.verdicts.filter(({ verdict }) => verdict === "failed");
    expect(failed(await fanIn()).map(({ suite }) => suite)).toEqual(["shard 2/2"]);
    await part(change, "load-2", { ...both, shard: "2/2" }, { event: { job: "load" } });
    expect(failed(await fanIn())).toEqual([]);
  });

  it("may be shared out among jobs of several names", async () => {
    await part(change, "a", { shard: "1/2", rounds: "6" });
    await part(change, "b", { shard: "2/2", rounds: "6" }, { event: { job: "second" } });
    const ran = await fanIn();
    expect(ran.result!.verdicts.filter(({ verdict }) => verdict === "failed")).toEqual([]);
    expect(Object.keys(ran.p50)).toHaveLength(20);
  });

  it("judge pairs of several runners as blocks, each with its share of the pairs", async () => {
    for (const runner of [0, 1, 2, 3]) await part(change, `r${runner}`, { pool: "fleet", "matrix-job": `${runner}/4` });
    const ran = await fanIn();
    const rows = ran.result!.verdicts as readonly { readonly rounds?: number; readonly verdict: string }[];
    expect(new Set(rows.map(({ rounds }) => rounds))).toEqual(new Set([24]));
    expect(ran.p50["bench/b7"]).toBe("regression");
    expect(ran.p50["bench/b8"]).toBe("unchanged");
    expect(codes(ran)).not.toContain("runners-missing");
  });

  it("go on without a runner of the pool, and say how many are missing", async () => {
    for (const runner of [0, 1, 2]) await part(change, `r${runner}`, { pool: "fleet", "matrix-job": `${runner}/4` });
    const ran = await fanIn();
    expect(ran.p50["bench/b7"]).toBe("regression");
    expect(ran.result!.warnings).toContainEqual({
      code: "runners-missing",
      pool: "fleet",
      of: "",
      missing: 1,
      runners: 4,
    });
  });

  it("name the runner that favours a side", async () => {
    for (const runner of [0, 1, 2, 3]) {
      // A machine on which the candidate is slower, whatever it does.
      const odd = scene.git.commit(change.base, {
        "costs.json": JSON.stringify(runner === 2 ? scaled(1.4) : MANY),
        ...MODULE,
      });
      await scene.act(change.event, odd, {
        inputs: { ...RUN, comment: "never", fail: "false", pool: "fleet", "matrix-job": `${runner}/4` },
        upload: `${ARTIFACTS}/benchgate-r${runner}`,
      });
    }
    const ran = await fanIn();
    expect(Object.values(ran.p50)).not.toContain("regression");
    expect(ran.result!.warnings).toContainEqual(expect.objectContaining({ code: "odd-runner", runner: "r2" }));
  });

  it("deal five shards to two runners each, one verdict for all", async () => {
    for (let job = 0; job < 10; job++) {
      if (job === 3) continue;
      await part(change, `${job}`, {
        shard: `${(job % 5) + 1}/5`,
        pool: "fleet",
        "matrix-job": `${job}/10`,
        rounds: "6",
      });
    }
    const ran = await fanIn();
    expect(Object.keys(ran.p50)).toHaveLength(20);
    expect(ran.result!.verdicts.filter(({ verdict }) => verdict === "failed")).toEqual([]);
    expect(ran.result!.warnings.filter(({ code }) => code === "runners-missing")).toEqual([
      { code: "runners-missing", pool: "fleet", of: "shard 4/5", missing: 1, runners: 2 },
    ]);
    expect(ran.p50["bench/b7"]).toBe("regression");
    expect(change.comments()).toHaveLength(1);
  });

  it("get one verdict and one comment where a shard is missing, one part is a copy and one is of another commit", async () => {
    const alone = await change.judge({ inputs: { ...RUN, compare: "side-by-side", rounds: "12", fail: "false" } });
    const other = change.commit(MANY, MODULE);
    for (let job = 0; job < 10; job++) {
      const index = (job % 5) + 1;
      if (index === 3) continue;
      const inputs = { shard: `${index}/5`, pool: "fleet", "matrix-job": `${job}/10`, rounds: "6" };
      await part(job === 9 ? other : change, `${job}`, inputs);
    }
    copy("benchgate-0", "benchgate-0-again");
    const ran = await fanIn();
    const named = Object.entries(ran.p50).filter(([name]) => name !== "shard 3/5/*");
    expect(ran.p50["shard 3/5/*"]).toBe("failed");
    expect(Object.fromEntries(named)).toEqual(
      Object.fromEntries(Object.entries(alone.p50).filter(([name]) => ran.p50[name] !== undefined)),
    );
    const missing = Object.keys(alone.p50).filter((name) => ran.p50[name] === undefined);
    const reason = ran.annotations.find(({ message }) => message.includes("should have measured"))!.message;
    expect(missing.length).toBeGreaterThan(0);
    for (const name of missing) expect(reason).toContain(name);
    expect(ran.result!.warnings).toEqual(
      expect.arrayContaining([
        { code: "part-left-out", part: "0-again", reason: "it is the same as 0" },
        {
          code: "part-left-out",
          part: "9",
          reason: "what it left is a recording of another commit: run its job again",
        },
        { code: "runners-missing", pool: "fleet", of: "shard 5/5", missing: 1, runners: 2 },
      ]),
    );
    expect(change.comments().filter((body) => body.includes("1 failed"))).toHaveLength(1);
  });

  it("are held against the stored runs of all shards, and measure again what those leave in doubt", async () => {
    for (let run = 0; run < 6; run++) {
      for (const index of [1, 2, 3])
        await scene.push(MANY, MODULE, { inputs: { ...RUN, shard: `${index}/3` }, event: { runId: `5${run}` } });
    }
    const later = scene.open(SLOWER, MODULE);
    for (const index of [1, 2]) await part(later, `${index}`, { shard: `${index}/2`, compare: "auto" });
    const ran = await fanIn({}, later);
    expect(Object.keys(ran.p50)).toHaveLength(20);
    expect(ran.p50["bench/b7"]).toBe("regression");
    expect(Object.values(ran.p50).filter((verdict) => verdict === "regression")).toHaveLength(1);
    expect(ran.result!.verdicts.filter(({ paired }) => !paired).length).toBeGreaterThan(10);
    expect(ran.result!.verdicts.filter(({ verdict }) => verdict === "removed" || verdict === "added")).toEqual([]);
  });

  it("have nothing to say where they were dealt nothing, and fail nothing by it", async () => {
    await scene.push({ one: 0.05, two: 0.06 }, MODULE, { inputs: RUN });
    const few = scene.open({ one: 0.05, two: 0.06 }, MODULE);
    for (let index = 1; index <= 5; index++) {
      const ran = await part(few, `${index}`, { shard: `${index}/5`, rounds: "6", fail: "true" });
      expect(ran.code).toBe(0);
    }
    const ran = await fanIn({}, few);
    expect(Object.keys(ran.p50).sort()).toEqual(["bench/one", "bench/two"]);
    expect(ran.result!.verdicts.filter(({ verdict }) => verdict === "failed")).toEqual([]);
  });

  it("give a suite whose tool runs all it has to one of them", async () => {
    const whole = { run: "node all.js", tool: "benchgate", bench: "", rounds: "6" };
    for (const index of [1, 2]) {
      const ran = await part(change, `${index}`, { ...whole, shard: `${index}/2`, fail: "true" });
      expect([0, 1]).toContain(ran.code);
    }
    const ran = await fanIn();
    expect(Object.keys(ran.p50)).toHaveLength(20);
    expect(ran.result!.verdicts.filter(({ verdict }) => verdict === "failed")).toEqual([]);
  });

  it("of other numbers are no parts of one cell", async () => {
    await part(change, "1", { shard: "1/2", rounds: "6" });
    await part(change, "2", { shard: "2/2", rounds: "6" });
    await part(change, "x", { shard: "1/3", rounds: "6" });
    const ran = await fanIn();
    const reasons = ran.annotations.map(({ message }) => message).join("\n");
    expect(ran.p50).toMatchObject({ "x/*": "failed", "bench/b7": "regression" });
    expect(reasons).toContain("It is one of 3 shards, and the others are 2");
    await part(change, "y", { shard: "1/1", cell: "load", rounds: "6" }, { event: { job: "load" } });
    expect((await fanIn({ expect: "benchgate, load" })).p50).toMatchObject({ "load/bench/b7": "regression" });
  });

  it("store a run for each runner of a pool on the default branch", async () => {
    const sha = scene.git.commit(scene.git.branches.get("main")!, { "costs.json": JSON.stringify(MANY), ...MODULE });
    scene.git.branches.set("main", sha);
    const event = anEvent({ sha, headSha: sha, headRef: "main" });
    for (const runner of [0, 1]) {
      const inputs = { ...RUN, pool: "fleet", "matrix-job": `${runner}/2`, "baseline-branch": "history" };
      expect((await scene.act(event, sha, { inputs, event: { runId: "77" } })).code).toBe(0);
    }
    const tip = scene.git.commits.get(scene.git.branches.get("history")!)!;
    expect([...tip.files.keys()].filter((path) => path.includes(sha))).toHaveLength(2);
  });

  it("store what they measured of the default branch, and find it again as one history", async () => {
    for (const index of [1, 2]) await scene.push(MANY, MODULE, { inputs: { ...RUN, shard: `${index}/2` } });
    const tip = scene.git.commits.get(scene.git.branches.get("benchgate-baseline")!)!;
    expect([...tip.files.keys()].filter((path) => path.includes("--"))).toHaveLength(2);
  });
});

function scaled(factor: number): Costs {
  return Object.fromEntries(Object.entries(MANY).map(([name, cost]) => [name, (cost as number) * factor]));
}
