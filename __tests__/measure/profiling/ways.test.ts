import { describe, expect, it } from "vitest";
import { runsFor } from "../../../src/measure/profiling/order.ts";
import { targetsOf } from "../../../src/measure/profiling/targets.ts";
import { wayOf } from "../../../src/measure/profiling/ways.ts";
import type { Command, Suite } from "../../../src/model/plan.ts";
import type { Judgement } from "../../../src/model/verdict.ts";
import { aComparison, aJudgement, aRegression } from "../../builders.ts";

const line = (text: string): Command => ({ kind: "shell", line: text, shell: "sh" });
const running = (text: string, parts: Partial<Suite> = {}): Suite => ({
  name: "s",
  workload: { kind: "run", command: line(text), tool: "auto", output: null },
  timeLimit: 600,
  ...parts,
});
const modules: Suite = { name: "parser", workload: { kind: "bench", patterns: ["*.bench.js"] }, timeLimit: 600 };

describe("how a suite is profiled", () => {
  it.each([
    "node bench.js",
    "/usr/bin/node --expose-gc bench.js",
    "NODE_ENV=production node bench.js",
    "cd packages/a && npm run bench",
    "npx vitest bench --run",
    "exec pnpm bench",
    "tsx bench.ts",
  ])("a Node program as it is: %s", (text) => {
    expect(wayOf(running(text))).toEqual({ kind: "node" });
  });

  it.each(["python bench.py", "go test -bench .", "./node_bench", "cargo bench", "echo node", "k6 run a.js"])(
    "not without a command of the user's: %s",
    (text) => {
      expect(wayOf(running(text))).toBeNull();
      const profile = line("py-spy record -o $BENCHGATE_PROFILE -- python bench.py");
      expect(wayOf(running(text, { profile }))).toEqual({ kind: "command", command: profile });
    },
  );

  it("a service by what serves it, whatever puts it under load", () => {
    const service = (serve: string) => ({
      serve: line(serve),
      ready: { kind: "tcp", url: "tcp://127.0.0.1:$PORT" } as const,
      ports: 1,
      readyLimit: 60,
    });
    expect(wayOf(running("k6 run a.js", { service: service("node server.js") }))).toEqual({ kind: "service" });
    expect(wayOf(running("node load.js", { service: service("./server") }))).toBeNull();
  });

  it("not where it is deployed: what puts it under load is not what got slower", () => {
    const targets = { baseline: "http://a.example", candidate: "http://b.example" };
    expect(wayOf(running("node load.js", { targets }))).toBeNull();
    expect(wayOf(running("k6 run a.js", { targets, profile: line("pprof") }))).toBeNull();
  });

  it("modules in the harness", () => {
    expect(wayOf(modules)).toEqual({ kind: "harness" });
  });
});

describe("what there is to explain", () => {
  const red = aRegression(1.3, { source: { file: "bench/a.bench.js" } });

  it("is what is red, with how much is proven and what one operation takes", () => {
    const [target, ...others] = targetsOf([red, aJudgement({ benchmark: "xml" })], [modules], "red");
    expect(others).toEqual([]);
    expect(target).toMatchObject({ benchmark: "json", file: "bench/a.bench.js" });
    expect(target!.proven).toBeCloseTo(0.3, 9);
    expect(target!.seconds!.candidate / target!.seconds!.baseline).toBeCloseTo(1.3, 9);
  });

  it("is a benchmark once, however many of its statistics are red", () => {
    const twice = targetsOf([red, aRegression(1.5, { statistic: "p99" })], [modules], "red");
    expect(twice.map(({ proven }) => proven.toFixed(2))).toEqual(["0.30"]);
  });

  it("proves of the whole what its middle moved: a tail or a collector's pauses are a part of it", () => {
    const tail = aRegression(9, { statistic: "p99" });
    const pauses = aRegression(4, { metric: "gc-time", statistic: "mean" });
    const moved = (ratio: number) => aJudgement({ comparison: aComparison({ ratio }) });
    const proven = (...rows: readonly Judgement[]) => targetsOf(rows, [modules], "red")[0]!.proven;
    expect(proven(tail, red)).toBeCloseTo(0.3, 9);
    expect(proven(tail, moved(1.02))).toBeCloseTo(0.02, 9);
    // Something is proven, however little the middle moved.
    expect(proven(pauses, moved(0.9))).toBe(0.001);
    expect(proven(tail)).toBeCloseTo(8, 9);
    expect(proven(pauses, red)).toBeCloseTo(0.3, 9);
  });

  it("takes the time of an operation from the middle, whatever is red", () => {
    const tail = aRegression(9, { statistic: "p99", baseline: 1, candidate: 9 });
    const middle = aJudgement({ baseline: 0.5, candidate: 0.6 });
    expect(targetsOf([tail, middle], [modules], "red")[0]!.seconds).toEqual({ baseline: 0.5, candidate: 0.6 });
    expect(targetsOf([tail], [modules], "red")[0]!.seconds).toEqual({ baseline: 1, candidate: 9 });
  });

  it("is memory where that is red: what is allocated, or what stays of it, and not what a process holds", () => {
    const memory = aRegression(1.3, { metric: "memory", unit: "B", statistic: "max" });
    const modesOf = (rows: readonly Judgement[], suite: Suite) =>
      targetsOf(rows, [suite], "red").map(({ mode }) => mode);
    expect(modesOf([red, memory], modules).toSorted()).toEqual(["cpu", "live"]);
    expect(modesOf([aRegression(2, { metric: "heap-growth" })], modules)).toEqual(["live"]);
    const other = { ...memory, suite: "s" };
    expect(modesOf([other], running("node bench.js"))).toEqual(["heap"]);
    expect(modesOf([aRegression(2, { suite: "s", metric: "allocations" })], running("go test -bench ."))).toEqual([
      "heap",
    ]);
    expect(modesOf([other], running("x", { workload: { kind: "time", command: line("./x") } }))).toEqual([]);
    expect(targetsOf([aJudgement({ metric: "memory", comparison: aComparison() })], [modules], "always")).toEqual([]);
  });

  it("counts what is halved in throughput as twice the time", () => {
    const slower = aRegression(0.5, { metric: "throughput", unit: "1/s", better: "higher" });
    expect(targetsOf([slower], [modules], "red")[0]!.proven).toBeCloseTo(1, 9);
  });

  it("takes a change from nothing for a proven one, which is no share of anything", () => {
    const from0 = aRegression(Number.POSITIVE_INFINITY, { metric: "allocations" });
    expect(targetsOf([from0], [modules], "red")[0]!.proven).toBe(0.001);
  });

  it("is nothing that is accepted, advisory, unchanged, or failed; everything of time with `always`", () => {
    const accepted = { ...red, accepted: { reason: "r", upTo: 1, until: null } };
    const others = [
      accepted,
      aRegression(1.3, { severity: "advisory" }),
      aJudgement(),
      aJudgement({ verdict: "failed", comparison: null }),
    ];
    expect(targetsOf(others, [modules], "red")).toEqual([]);
    expect(targetsOf([red], [modules], "never")).toEqual([]);
    const unchanged = aJudgement({ comparison: aComparison() });
    expect(targetsOf([unchanged], [modules], "always")).toMatchObject([{ benchmark: "json", proven: 0 }]);
  });

  it("is another suite as a whole", () => {
    const suite = running("node bench.js");
    const rows = [aRegression(1.2, { suite: "s", benchmark: "a" }), aRegression(1.4, { suite: "s", benchmark: "b" })];
    const found = targetsOf(rows, [suite], "red");
    expect(found.map(({ benchmark, proven }) => [benchmark, proven.toFixed(1)])).toEqual([["*", "0.3"]]);
    // What is profiled is all of it, of which each benchmark is a part.
    const unchanged = aJudgement({ suite: "s", benchmark: "c", comparison: aComparison() });
    expect(targetsOf([...rows, unchanged], [suite], "red")[0]!.proven).toBeCloseTo(0.2, 9);
  });
});

describe("the operations that are profiled", () => {
  it("are as many on both sides: 0.4 s of the baseline, 2 s of the slower one at most", () => {
    expect(runsFor({ baseline: 1e-3, candidate: 1.2e-3 })).toBe(400);
    expect(runsFor({ baseline: 1e-3, candidate: 20e-3 })).toBe(100);
    expect(runsFor({ baseline: 1e-9, candidate: 1e-9 })).toBe(2_000_000);
    expect(runsFor({ baseline: 10, candidate: 10 })).toBe(3);
    expect(runsFor(null)).toBeUndefined();
  });
});
