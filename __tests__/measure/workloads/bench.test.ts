import { describe, expect, it } from "vitest";
import type { Execution, MeasurePorts } from "../../../src/measure/execution.ts";
import type { Watcher } from "../../../src/measure/same-code/watch.ts";
import { benchRunner } from "../../../src/measure/workloads/bench.ts";
import { GateError } from "../../../src/model/error.ts";
import type { LockstepPlan, LockstepStep, SideEnd } from "../../../src/model/lockstep.ts";
import type { Files, Processes, ProcessSpec } from "../../../src/ports/index.ts";
import { fakeClock } from "../../fakes/clock.ts";
import { fakeProcesses } from "../../fakes/processes.ts";

const workload = () => ({ kind: "bench", patterns: ["*.js"] }) as const;
const recorded = (...benchmarks: string[]) => {
  const known = { metric: "latency", unit: "s", better: "lower", samples: [1] };
  return JSON.stringify({
    schema: "benchgate.recording/1",
    rounds: [{ measurements: benchmarks.map((benchmark) => ({ benchmark, ...known })) }],
  });
};
const good: SideEnd = { exitCode: 0, signal: null, timedOut: false, output: "", seconds: 2 };

interface Child {
  /** The module that it runs, and on which sides. */
  readonly file: string;
  readonly sides: readonly {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly timeLimit: number;
  }[];
  readonly spec: ProcessSpec;
}

/** A world of two trees, in which each module on a side gives `answer`: what it records (null: nothing), and how it ends. */
function world(
  trees: Readonly<Record<string, readonly string[]>>,
  answer: (
    file: string,
    cwd: string,
    env: Readonly<Record<string, string>>,
  ) => { readonly text: string | null; readonly end?: Partial<SideEnd> },
  {
    os = "linux",
    cores = 2,
    steps = [],
    conductor = {},
  }: { os?: string; cores?: number; steps?: readonly LockstepStep[]; conductor?: object } = {},
) {
  const texts = new Map<string, string>();
  const children: Child[] = [];
  const ahead: Pick<ProcessSpec, "argv" | "cwd" | "env">[] = [];
  const running = fakeProcesses((spec) => {
    for (const step of steps) spec.onLine?.(`benchgate-step ${JSON.stringify(step)}`);
    const alone = spec.argv[2] !== "--lockstep";
    const plan: LockstepPlan | null = alone ? null : JSON.parse(spec.input ?? "");
    const file = plan?.module ?? spec.argv[2]!;
    const sides = plan?.sides ?? [spec];
    children.push({ file, sides, spec });
    const ends = sides.map(({ cwd, env }) => {
      const { text, end } = answer(file, cwd, env);
      if (text !== null) texts.set(env.BENCHGATE_OUTPUT!, text);
      return { ...good, ...end };
    });
    const { output, ...end } = ends[0]!;
    return alone ? { ...end, tail: output } : { stdout: JSON.stringify({ cpu: 1, sides: ends }), ...conductor };
  });
  const processes: Processes = { ...running, ahead: (spec) => void ahead.push(spec) };
  const files: Partial<Files> = {
    isOutside: async () => false,
    readTextIfAny: async (path) => texts.get(path) ?? null,
    remove: async (path) => void texts.delete(path),
    glob: async (_, cwd) => trees[cwd] ?? [],
  };
  const environment = { os, arch: "x64", cpu: "c", cores, runtime: "node 24.19.0" };
  const host = { cwd: "/head", harness: "/dist/harness.js", random: () => 0.5, environment: async () => environment };
  const ports = { processes, files, clock: fakeClock(), host } as unknown as MeasurePorts;
  const execution = (side: "baseline" | "candidate", more: Partial<Execution> = {}): Execution => ({
    ports,
    suite: "s",
    side,
    cwd: `/${side}`,
    timeLimit: 10,
    deadline: Number.POSITIVE_INFINITY,
    skip: 0,
    only: null,
    env: { BENCHGATE_OUTPUT: `/tmp/${side}`, BENCHGATE_ROUND: "1", MINE: "x" },
    ...more,
  });
  return {
    children,
    ahead,
    execution,
    both: (more: Partial<Execution> = {}) => [execution("candidate", more), execution("baseline", more)],
  };
}

const BOTH = { "/baseline": ["a.js", "b.js"], "/candidate": ["a.js", "b.js"] };
const found = (result: { measurements: readonly { benchmark: string }[] } | undefined) =>
  result?.measurements.map(({ benchmark }) => benchmark);

describe("modules on several sides", () => {
  it("are run in lockstep, file by file, in the order of the executions and in each side's own tree and environment", async () => {
    const { children, both } = world(BOTH, (file, cwd) => ({ text: recorded(`${cwd}/${file}`) }));
    const results = await benchRunner(workload())(both());
    expect(results.map(found)).toEqual([
      ["/candidate/a.js", "/candidate/b.js"],
      ["/baseline/a.js", "/baseline/b.js"],
    ]);
    expect(results.flatMap(({ failures }) => failures)).toEqual([]);
    expect(children.map(({ file }) => file)).toEqual(["a.js", "b.js"]);
    expect(children[0]?.spec).toMatchObject({ argv: ["node", "/dist/harness.js", "--lockstep"], cwd: "/candidate" });
    expect(children[0]?.sides).toEqual([
      {
        cwd: "/candidate",
        env: { BENCHGATE_OUTPUT: "/tmp/candidate", BENCHGATE_ROUND: "1", BENCHGATE_TIMES: "auto", MINE: "x" },
        timeLimit: 10,
      },
      {
        cwd: "/baseline",
        env: { BENCHGATE_OUTPUT: "/tmp/baseline", BENCHGATE_ROUND: "1", BENCHGATE_TIMES: "auto", MINE: "x" },
        timeLimit: 10,
      },
    ]);
  });

  it("are told from the second turn on which benchmarks are measured for a p99", async () => {
    const { children, both } = world(BOTH, (file) => ({ text: recorded(file) }));
    const shared = workload();
    for (let turn = 0; turn < 2; turn++) await benchRunner(shared)(both());
    const told = children.map(({ sides }) => sides.map(({ env }) => env.BENCHGATE_TAIL));
    expect(told).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      ['{"a.js":false}', '{"a.js":false}'],
      ['{"b.js":false}', '{"b.js":false}'],
    ]);
  });

  it("are only tried in a brief turn, which tells all the same what is measured for a p99", async () => {
    const { children, both } = world(BOTH, (file) => ({ text: recorded(file) }));
    const shared = workload();
    await benchRunner(shared)(both({ brief: true }));
    await benchRunner(shared)(both());
    const told = children.map(({ sides }) => sides.map(({ env }) => `${env.BENCHGATE_TIMES} ${env.BENCHGATE_TAIL}`));
    expect(told).toEqual([
      ["brief undefined", "brief undefined"],
      ["brief undefined", "brief undefined"],
      ['auto {"a.js":false}', 'auto {"a.js":false}'],
      ['auto {"b.js":false}', 'auto {"b.js":false}'],
    ]);
  });

  it("have the next one's conductor started while the first benchmark warms up, just as it will be run", async () => {
    const step = (at: number, warmsUp: boolean) => ({ name: `n${at}`, warmsUp, at, of: 2 });
    const aheadOf = async (steps: readonly LockstepStep[], cores = 2) => {
      const { ahead, children, both } = world(BOTH, (file) => ({ text: recorded(file) }), { steps, cores });
      // The order of the sides changes from pair to pair.
      await benchRunner(workload())(both());
      await benchRunner(workload())(both().reverse());
      const starts = children.map(({ spec: { argv, cwd, env } }) => ({ argv, cwd, env }));
      for (const spec of ahead) expect(starts).toEqual(starts.map(() => spec));
      return ahead.length;
    };
    expect(await aheadOf([step(1, true), step(2, true), step(1, false), step(2, false)])).toBe(4);
    // What is timed would be disturbed.
    expect(await aheadOf([step(1, false), step(2, false)])).toBe(0);
    expect(await aheadOf([step(1, true)], 1)).toBe(0);
  });

  it("go on at once while they are watched; one that fails so runs once more in turns, and is measured for that", async () => {
    const { children, both } = world(BOTH, (file, _, { WATCHED }) =>
      file === "a.js" && WATCHED === "1" ? { text: null, end: { exitCode: 1 } } : { text: recorded(file) },
    );
    const watcher: Watcher = { watch: async () => ({ env: () => ({ WATCHED: "1" }), end: async () => null }) };
    const [candidate] = await benchRunner(workload())(both({ watcher }));
    expect(children.map(({ file, spec }) => [file, JSON.parse(spec.input!).atOnce ?? false])).toEqual([
      ["a.js", true],
      ["a.js", false],
      ["b.js", true],
    ]);
    expect([candidate?.failures, found(candidate)]).toEqual([[], ["a.js", "b.js"]]);
    expect(candidate?.modules).toEqual([
      { file: "a.js", benchmarks: ["a.js"], why: "failed while it was watched" },
      { file: "b.js", benchmarks: ["b.js"], why: null },
    ]);
  });

  it("keep their own times where the suite says so", async () => {
    const { children, both } = world(BOTH, (file) => ({ text: recorded(file) }));
    const kept = { ...workload(), times: "keep" } as const;
    for (let turn = 0; turn < 2; turn++) await benchRunner(kept)(both());
    for (const { sides } of children) {
      for (const { env } of sides) expect(Object.keys(env)).not.toContain("BENCHGATE_TIMES");
    }
  });

  it("share what the time budget leaves", async () => {
    const { children, both } = world(BOTH, (file) => ({ text: recorded(file), end: { seconds: 1 } }));
    await benchRunner(workload())(both({ deadline: 6 + fakeClock().monotonic() }));
    for (const { timeLimit } of children[0]!.sides) expect(timeLimit).toBe(3);
  });

  it("have a time limit each, which all modules of a side share", async () => {
    const { children, both } = world(BOTH, (file) => ({ text: recorded(file), end: { seconds: 7 } }));
    await benchRunner(workload())(both());
    expect(children.map(({ sides }) => sides.map(({ timeLimit }) => timeLimit))).toEqual([
      [10, 10],
      [3, 3],
    ]);
    expect(children[0]?.spec.timeLimit).toBeGreaterThan(20);
    const late = world(BOTH, (file) => ({ text: recorded(file), end: { seconds: 11 } }));
    const [result] = await benchRunner(workload())(late.both());
    expect(late.children).toHaveLength(1);
    expect(result?.failures).toEqual([
      {
        suite: "s",
        benchmark: "*",
        reason: expect.stringContaining("b.js: the round's time limit was used up"),
        output: "",
        source: { file: "b.js" },
      },
    ]);
  });

  it("fail on one side alone", async () => {
    const output = "Error: x\nbenchgate: the module does not load (x). Install it.";
    const { both } = world(BOTH, (file, cwd) =>
      file === "a.js" && cwd === "/candidate" ? { text: null, end: { exitCode: 1, output } } : { text: recorded(file) },
    );
    const [candidate, baseline] = await benchRunner(workload())(both());
    expect(found(candidate)).toEqual(["b.js"]);
    expect(candidate?.failures).toEqual([
      {
        suite: "s",
        benchmark: "*",
        reason: "a.js: the module does not load (x). Install it.",
        output,
        source: { file: "a.js" },
      },
    ]);
    expect([found(baseline), baseline?.failures]).toEqual([["a.js", "b.js"], []]);
  });

  it.each<[string, Partial<SideEnd>, string]>([
    ["hangs", { exitCode: null, signal: "SIGTERM", timedOut: true }, "a.js: took longer than its limit of 10 s"],
    ["is killed", { exitCode: null, signal: "SIGKILL" }, "a.js: was ended by SIGKILL"],
    ["ends its process", {}, "a.js: the module ended the process before"],
  ])("tell how a side that %s came to grief, and never take what an earlier round left", async (_, end, reason) => {
    let calls = 0;
    const { both } = world({ "/baseline": ["a.js"], "/candidate": ["a.js"] }, (file) =>
      calls++ < 2 ? { text: recorded(file) } : { text: null, end },
    );
    const run = benchRunner(workload());
    await run(both());
    const results = await run(both());
    for (const { measurements, failures } of results) {
      expect(measurements).toEqual([]);
      expect(failures[0]?.reason).toContain(reason);
    }
  });

  it("fail on all sides where the conductor itself does", async () => {
    const failing = { exitCode: 1, stdout: "", tail: "benchgate: the harness failed: see above." };
    const { both } = world(BOTH, () => ({ text: recorded("x") }), { conductor: failing });
    for (const { failures, measurements } of await benchRunner(workload())(both())) {
      expect(measurements).toEqual([]);
      expect(failures[0]).toMatchObject({ reason: "a.js: the harness failed: see above.", output: failing.tail });
    }
    const missing = world(BOTH, () => {
      throw new GateError("`node` is not on PATH", "Install it", {}, "measure");
    });
    for (const { failures } of await benchRunner(workload())(missing.both())) {
      expect(failures.map(({ source }) => source?.file)).toEqual(["a.js", "b.js"]);
      expect(failures[0]?.reason).toBe("`node` is not on PATH. Install it.");
    }
  });

  it("run alone where the other side has no such file", async () => {
    const trees = { "/baseline": ["b.js"], "/candidate": ["a.js", "b.js"] };
    const { children, both } = world(trees, (file) => ({ text: recorded(file) }));
    const [candidate, baseline] = await benchRunner(workload())(both());
    expect(children.map(({ file, spec }) => [file, spec.argv[2]])).toEqual([
      ["a.js", "a.js"],
      ["b.js", "--lockstep"],
    ]);
    expect([found(candidate), found(baseline)]).toEqual([["a.js", "b.js"], ["b.js"]]);
  });

  it("run one after the other on Windows", async () => {
    const { children, both } = world(BOTH, (file) => ({ text: recorded(file) }), { os: "win32" });
    const results = await benchRunner(workload())(both());
    expect(results.map(found)).toEqual([
      ["a.js", "b.js"],
      ["a.js", "b.js"],
    ]);
    expect(children.map(({ file, sides }) => [file, ...sides.map(({ cwd }) => cwd)])).toEqual([
      ["a.js", "/candidate"],
      ["a.js", "/baseline"],
      ["b.js", "/candidate"],
      ["b.js", "/baseline"],
    ]);
  });

  it("start nothing more once the user interrupts", async () => {
    const { children, both } = world(BOTH, () => ({ text: recorded("x") }));
    const [result] = await benchRunner(workload())(both({ signal: AbortSignal.abort() }));
    expect(children).toEqual([]);
    expect(result?.failures[0]?.reason).toBe("interrupted.");
  });
});

describe("the benchmarks that are still open", () => {
  it("are named to the harness; a module that has none of them says nothing, and is not started again", async () => {
    const all = (file: string) => (file === "a.js" ? ["x", "y"] : ["z"]);
    let only: readonly string[] | null = null;
    const { children, both } = world(BOTH, (file) => ({
      text: recorded(...all(file).filter((name) => only?.includes(name) ?? true)),
    }));
    const shared = workload();
    only = ["y"];
    const [first] = await benchRunner(shared)(both({ only }));
    expect([found(first), first?.failures]).toEqual([["y"], []]);
    expect(children.map(({ sides }) => sides[0]?.env.BENCHGATE_ONLY)).toEqual(['["y"]', '["y"]']);
    only = null;
    await benchRunner(shared)(both());
    expect(children.at(-1)?.sides[0]?.env).not.toHaveProperty("BENCHGATE_ONLY");
    only = ["y"];
    children.length = 0;
    expect((await benchRunner(shared)(both({ only }))).map(found)).toEqual([["y"], ["y"]]);
    expect(children.map(({ file }) => file)).toEqual(["a.js"]);
  });

  it("may be too many to name: then all are run", async () => {
    const { children, both } = world(BOTH, (file) => ({ text: recorded(file) }));
    const only = ["a.js", ...Array.from({ length: 5000 }, (_, i) => `benchmark ${i}`)];
    expect(found((await benchRunner(workload())(both({ only })))[0])).toEqual(["a.js", "b.js"]);
    expect(children[0]?.sides[0]?.env).not.toHaveProperty("BENCHGATE_ONLY");
  });

  it("may be in a module that failed: it is started", async () => {
    let broken = true;
    const { children, both } = world({ "/baseline": ["a.js"], "/candidate": ["a.js"] }, () =>
      broken ? { text: null, end: { exitCode: 1 } } : { text: recorded("y") },
    );
    const shared = workload();
    await benchRunner(shared)(both());
    broken = false;
    expect((await benchRunner(shared)(both({ only: ["y"] }))).map(found)).toEqual([["y"], ["y"]]);
    expect(children).toHaveLength(2);
  });
});
