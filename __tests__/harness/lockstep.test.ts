import { existsSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParsedRound } from "../../src/adapters/adapter.ts";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { benchgate } from "../../src/adapters/tools/benchgate.ts";
import { choosePin } from "../../src/harness/cpu.ts";
import { createProcesses } from "../../src/io/processes.ts";
import type { LockstepPlan, LockstepReport } from "../../src/model/lockstep.ts";
import type { Processes } from "../../src/ports/index.ts";
import { type Built, buildHarness } from "./built.ts";

let built: Built;
let processes: Processes;

beforeAll(async () => {
  built = await buildHarness();
  processes = createProcesses(built.env);
});

afterAll(() => built.remove());

/**
 * Every module begins so: `side` is A or B, `note` adds a word to the one log of both sides, `busy` works for so many ms, and benches are
 * quick.
 */
const HEAD = `
import { appendFileSync } from "node:fs";
import { Bench } from "tinybench";
const side = process.env.SIDE;
const note = (word) => appendFileSync(process.env.LOG, side + word + "\\n");
const busy = (ms) => { const end = Date.now() + ms; while (Date.now() < end); };
const counted = (iterations) => ({ time: 0, iterations, warmup: false });
`;

interface Ran {
  readonly report: LockstepReport | null;
  readonly rounds: readonly (ParsedRound | undefined)[];
  readonly log: readonly string[];
  /** The samples of a benchmark on a side, in ms, sorted. */
  samples(side: number, benchmark: string): readonly number[];
  readonly tail: string;
}

/** Runs a module on sides A and B in lockstep. */
async function together(
  code: string,
  {
    limit = 60,
    env = {},
    total = 60,
    harness = built.harness,
    leader = 0,
    atOnce = false,
  }: {
    limit?: number;
    env?: Record<string, string>;
    total?: number;
    harness?: string;
    leader?: number;
    atOnce?: boolean;
  } = {},
): Promise<Ran> {
  built.write("module.mjs", HEAD + code);
  const log = join(built.folder, "log");
  const outputs = ["a", "b"].map((name) => join(built.folder, `${name}.json`));
  for (const file of [log, ...outputs]) rmSync(file, { force: true });
  const plan: LockstepPlan = {
    module: "module.mjs",
    leader,
    atOnce,
    sides: outputs.map((output, index) => ({
      cwd: built.folder,
      env: { BENCHGATE_OUTPUT: output, SIDE: "AB"[index]!, LOG: log, ...env },
      timeLimit: limit,
    })),
  };
  const result = await processes.run({
    argv: ["node", harness, "--lockstep"],
    cwd: built.folder,
    env: {},
    input: JSON.stringify(plan),
    timeLimit: total,
  });
  const rounds = outputs.map((output) =>
    existsSync(output) ? benchgate.parse(outputOf(readFileSync(output, "utf8")))[0] : undefined,
  );
  return {
    report: result.exitCode === 0 ? JSON.parse(result.stdout) : null,
    rounds,
    log: existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [],
    tail: result.tail,
    samples: (index, benchmark) => {
      const found = rounds[index]?.measurements.find((each) => each.benchmark === benchmark);
      const samples = found?.distribution.kind === "samples" ? [...found.distribution.samples] : [];
      return samples.map((seconds) => 1000 * seconds).sort((a, b) => a - b);
    },
  };
}

/** Whether a process is there and no mere zombie, which a container's first process may never collect. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/**
 * How often the turn went over from one side to the other, by the log of calls that each fill a slice: every second call, there and back
 * again, as long as nobody else takes the CPU away between two calls; once, where sides do not take slices.
 */
const changes = (log: readonly string[]) =>
  log.filter((line, index) => index > 0 && line[0] !== log[index - 1]![0]).length;

const median = (values: readonly number[]) => values[values.length >> 1]!;
const names = (round: ParsedRound | undefined) =>
  round?.measurements.filter(({ metric }) => metric === "latency").map(({ benchmark }) => benchmark);
const clean = { exitCode: 0, signal: null, timedOut: false, output: "" };

describe("sides in lockstep", () => {
  it("take slices in turn", async () => {
    const code = "export default new Bench(counted(8)).add('a', () => { note(''); busy(5); }, { async: false });";
    const { log, report } = await together(code);
    expect(report?.sides).toMatchObject([clean, clean]);
    expect(changes(log)).toBeGreaterThanOrEqual(log.length / 4);
  });

  it.runIf(choosePin() !== null)("share one CPU with all their threads, whatever they start on", async () => {
    const code = `import { readdirSync, readFileSync } from "node:fs";
      const places = () => readdirSync("/proc/self/task").map((thread) =>
        /^Cpus_allowed_list:\\s*(.+)$/m.exec(readFileSync("/proc/self/task/" + thread + "/status", "utf8"))[1]);
      note([...new Set(places())].join());
      export default new Bench(counted(1)).add("a", () => note([...new Set(places())].join()), { async: false });`;
    const { log, report } = await together(code);
    expect(report?.cpu).toBe(choosePin()!.cpu);
    expect(new Set(log)).toEqual(new Set([`A${report!.cpu}`, `B${report!.cpu}`]));
  });

  it("give the turn away between calls that are shorter than a slice, not during them", async () => {
    const code = `export default new Bench(counted(40)).add('a', () => { note("<"); busy(1); note(">"); }, { async: false });`;
    const { log } = await together(code);
    expect(log).toHaveLength(160);
    const text = log.join("");
    expect(text.replaceAll("A<A>", "").replaceAll("B<B>", "")).toBe("");
    expect(text.match(/A>B</g)?.length).toBeGreaterThan(3);
  });

  it("record the middle of each slice, in the order of time", async () => {
    const code = `let calls = 0;
      export default new Bench(counted(20)).add("a", () => busy(calls++ < 10 ? 4 : side === "A" ? 40 : 80), { async: false });`;
    const { rounds } = await together(code);
    const [a, b] = rounds.map((round) => round?.measurements.find(({ metric }) => metric === "latency")?.medians ?? []);
    for (const medians of [a!, b!]) {
      expect(medians).toHaveLength(20);
      // What other work takes of the processor makes a slice longer, never shorter.
      expect(median([...medians.slice(0, 10)].sort((x, y) => x - y))).toBeLessThan(0.039);
    }
    expect(median([...a!.slice(10)].sort((x, y) => x - y))).toBeGreaterThanOrEqual(0.039);
    expect(median([...b!.slice(10)].sort((x, y) => x - y))).toBeGreaterThanOrEqual(0.079);
  });

  it("record the p99 of each slice as well, where slices hold many calls", async () => {
    const code = `export default new Bench(counted(4000))
      .add("quick", () => { let x = 1; for (let i = 0; i < 5000; i++) x = Math.imul(x, 3); return x; }, { async: false });
      export const slow = new Bench(counted(5)).add("slow", () => busy(5), { async: false });`;
    const { rounds } = await together(code);
    for (const round of rounds) {
      const of = (name: string) =>
        round!.measurements.find(({ benchmark, metric }) => benchmark === name && metric === "latency");
      const [quick, slow] = [of("quick"), of("slow")];
      expect(quick).toMatchObject({ perSlice: expect.any(Number) });
      expect(slow).toHaveProperty("medians");
      expect(quick!.tails).toHaveLength(quick!.medians!.length);
      for (const [at, tail] of quick!.tails!.entries()) expect(tail).toBeGreaterThanOrEqual(quick!.medians![at]!);
      expect(slow).not.toHaveProperty("tails");
    }
  });

  it("do not record the first calls of a benchmark that is measured for a p99, unless the module keeps its results", async () => {
    // The first 40 calls of a phase take ten times as long: 8 of the 12 ms that do not count.
    const code = (run: string) => `let calls = 0;
      const call = () => { const end = performance.now() + (calls++ < 40 ? 0.2 : 0.02); while (performance.now() < end); };
      const hooks = { async: false, beforeAll() { calls = 0; }, afterAll(mode) { if (mode === "run") note(calls); } };
      export const bench = new Bench({ retainSamples: true }).add("a", call, hooks);
      ${run}`;
    for (const [run, tail, settles] of [
      ["", true, true],
      ["", false, false],
      ["await bench.run();", true, false],
    ] as const) {
      const env = { BENCHGATE_TIMES: "auto", BENCHGATE_TAIL: JSON.stringify({ a: tail }) };
      const { log, samples, report } = await together(code(run), { env });
      expect(report?.sides).toMatchObject([clean, clean]);
      for (const side of [0, 1]) {
        const made = Number(log.find((line) => line[0] === "AB"[side])!.slice(1));
        const taken = samples(side, "a");
        const p99 = taken[Math.floor(0.99 * taken.length)]!;
        expect([made > taken.length, p99 < 0.19], `${run} ${tail}`).toEqual([settles, settles]);
      }
    }
  });

  it("are told with their turn that all others have left the phase that they are in", async () => {
    // Stands for the harness where it is a side: A has two slices of a phase, B has six.
    const stand = `import { appendFileSync, readSync, writeSync } from "node:fs";
      // It ends the conductor's process once all sides have ended.
      if (process.argv[2] === "--lockstep") await import(${JSON.stringify(built.harness)});
      const byte = Buffer.alloc(1);
      const turn = () => {
        for (;;) {
          try { return readSync(3, byte) === 1 ? byte.toString() : process.exit(1); } catch (error) { if (error.code !== "EAGAIN") throw error; }
        }
      };
      const say = (line) => writeSync(3, line + "\\n");
      say(JSON.stringify({ kind: "ready" }));
      const turns = [turn()];
      say(JSON.stringify({ kind: "tasks", tasks: ["a"] }));
      say(JSON.stringify({ kind: "step", phase: "run", task: "a" }));
      turns.push(turn());
      for (let slice = process.env.SIDE === "A" ? 2 : 6; slice > 0; slice--) {
        say(".");
        turns.push(turn());
      }
      appendFileSync(process.env.LOG, process.env.SIDE + turns.join("") + "\\n");`;
    built.write("stand.mjs", stand);
    const { log } = await together("", { harness: join(built.folder, "stand.mjs") });
    expect(log).toEqual(["Agggg", expect.stringMatching(/^Bgggg?g?l+$/)]);
  });

  it("are measured as if they were alone: the time of waiting does not count", async () => {
    const code = `export default new Bench(counted(10))
      .add("sync", () => busy(side === "A" ? 4 : 80), { async: false })
      .add("async", async () => { if (side === "A") await new Promise((resolve) => setTimeout(resolve, 4)); else busy(80); });`;
    const { samples } = await together(code);
    for (const benchmark of ["sync", "async"]) {
      expect(samples(0, benchmark)).toHaveLength(10);
      expect(median(samples(0, benchmark))).toBeLessThan(25);
      expect(median(samples(1, benchmark))).toBeGreaterThanOrEqual(75);
    }
  });

  it("are on the same benchmark at the same time, however fast they are", async () => {
    const code = `const bench = new Bench({ ...counted(6), warmup: true, warmupTime: 0, warmupIterations: 3 });
      for (const name of ["x", "y", "z"]) bench.add(name, () => { note(name); busy(side === "A" ? 1 : 6); },
        { async: false, beforeAll(mode) { note(mode + name); } });
      export default bench;`;
    const { log, report } = await together(code);
    expect(report?.sides).toMatchObject([clean, clean]);
    const steps = log.map((line) => line.slice(1));
    // Each benchmark's calls on both sides, warm-up and run, lie between its own beginnings and those of the next.
    const blocks = ["warmupx", "warmupy", "warmupz", "runx", "runy", "runz"];
    const at = blocks.map((block) => steps.flatMap((step, index) => (step === block ? [index] : [])));
    for (const [block, places] of at.entries()) {
      expect(places).toHaveLength(2);
      const previous = steps.slice(0, places[0]).lastIndexOf(blocks[block]!.at(-1)!);
      if (block < 3) expect(previous).toBe(-1);
      if (block > 0) expect(Math.min(...places)).toBeGreaterThan(Math.max(...at[block - 1]!));
    }
    for (const [block, name] of blocks.entries()) {
      const from = Math.min(...at[block]!);
      const to = block + 1 < at.length ? Math.min(...at[block + 1]!) : steps.length;
      const calls = steps.slice(from, to).filter((step) => step === name.at(-1));
      expect(calls).toHaveLength(name.startsWith("run") ? 12 : 6);
    }
  });

  it.runIf(availableParallelism() > 1)("go on at once where nothing is timed", async () => {
    const meeting = `
      import { existsSync } from "node:fs";
      const meet = (word) => {
        appendFileSync(process.env.LOG + word + side, "");
        const other = process.env.LOG + word + (side === "A" ? "B" : "A");
        const end = Date.now() + 20_000;
        while (!existsSync(other)) if (Date.now() > end) throw new Error(other + " never came");
      };
      // Asynchronous, so that tinybench does not call them while the module loads.
      const bench = new Bench(counted(1));
      bench.add("first", async () => meet("first")).add("second", async () => meet("second"));
      export default bench;`;
    const { report, rounds } = await together(meeting, { atOnce: true });

    expect(report).toMatchObject({ cpu: null, sides: [{ exitCode: 0 }, { exitCode: 0 }] });
    expect(rounds.map((round) => round?.failures)).toEqual([[], []]);
    expect(rounds[0]?.measurements.map(({ benchmark }) => benchmark)).toContain("second");
  });

  it("run the hooks of their Bench as they would alone", async () => {
    const code = `const hook = (name) => ({ [name]() { note(" " + name); } });
      export default new Bench({ ...counted(2), setup() { note(" setup"); }, teardown() { note(" teardown"); } })
        .add("a", () => note(" call"), { async: false, ...hook("beforeAll"), ...hook("beforeEach"), ...hook("afterEach"), ...hook("afterAll") });`;
    const { log } = await together(code);
    const once = ["setup", "beforeAll", "beforeEach", "call", "afterEach", "beforeEach", "call", "afterEach"];
    for (const side of ["A", "B"]) {
      const own = log.filter((line) => line.startsWith(side)).map((line) => line.slice(2));
      expect(own).toEqual([...once, "afterAll", "teardown"]);
    }
  });

  it("do not cut into calls that overlap", async () => {
    const code = `export const tasks = Object.assign(new Bench({ ...counted(4), name: "task" }), { concurrency: "task", threshold: 4 });
      tasks.add("a", async () => { note("<"); await new Promise((resolve) => setTimeout(resolve, 8)); note(">"); });
      export const all = Object.assign(new Bench({ ...counted(3), name: "bench" }), { concurrency: "bench" });
      for (const name of ["x", "y"]) all.add(name, async () => { note("<"); await new Promise((resolve) => setTimeout(resolve, 8)); note(">"); });`;
    const { log, report, rounds } = await together(code);
    expect(report?.sides).toMatchObject([clean, clean]);
    for (const round of rounds) expect(names(round)).toEqual(["bench / x", "bench / y", "task / a"]);
    const turns = log
      .map((line) => line[0])
      .join("")
      .replace(/(.)\1+/g, "$1");
    // One stretch a side and a Bench: nobody was interrupted half-way.
    expect(turns.length).toBeLessThanOrEqual(4);
  });

  it("take turns in a Bench that the module runs by itself", async () => {
    const code = `const bench = new Bench(counted(6)).add("a", () => { note(""); busy(5); }, { async: false });
      await bench.run();
      export default bench;`;
    const { log, rounds } = await together(code);
    expect(changes(log)).toBeGreaterThanOrEqual(log.length / 4);
    for (const round of rounds) expect(names(round)).toEqual(["a"]);
  });

  it("take turns in plain functions too", async () => {
    const code = `export const options = counted(4); export default { a() { note(""); busy(5); } };`;
    const { log } = await together(code);
    // tinybench calls a function once when it is added, to see whether it is asynchronous.
    expect(changes(log.slice(2))).toBeGreaterThanOrEqual(log.slice(2).length / 4);
  });
});

describe("the clocks of tinybench's versions", () => {
  // The part of a Bench that matters here: where it looks for its clock, for each sample.
  const like = (adding: string, look: string) => `
    class Task extends EventTarget {
      constructor(bench, name, fn) { super(); Object.assign(this, { bench, name, fn }); ${adding} }
      reset() {}
    }
    class Mine {
      tasks = []; concurrency = null; ${look.includes("opts") ? "opts = { now: () => performance.now() };" : "now = () => performance.now();"}
      add(name, fn) { this.tasks.push(new Task(this, name, fn)); return this; }
      remove() {}
      async run() {
        for (const task of this.tasks) {
          task.dispatchEvent(new Event("start"));
          const samples = [];
          for (let i = 0; i < 4; i++) { const began = ${look}; task.fn(); samples.push(${look} - began); }
          task.result = { latency: { samples } };
          task.dispatchEvent(new Event("complete"));
        }
      }
    }
    export default new Mine().add("a", () => { note(""); busy(5); });`;

  it.each([
    ["`now` of the Bench (2)", like("", "task.bench.now()")],
    ["`now` of its options (3 to 5)", like("", "task.bench.opts.now()")],
    ["what a task took when it was added (6)", like("this.clock = performance.now.bind(performance);", "task.clock()")],
  ])("are found at %s", async (_, code) => {
    const { log, rounds } = await together(code);
    expect(changes(log)).toBeGreaterThanOrEqual(log.length / 4);
    for (const round of rounds) expect(names(round)).toEqual(["a"]);
  });

  it("are found where the harness runs unbuilt, and has its tinybench in common with the module", async () => {
    const harness = fileURLToPath(new URL("../../src/harness/index.ts", import.meta.url));
    const code = "export default new Bench(counted(6)).add('a', () => { note(''); busy(5); }, { async: false });";
    const { log, report } = await together(code, { harness });
    expect(report?.sides).toMatchObject([clean, clean]);
    expect(changes(log)).toBeGreaterThanOrEqual(log.length / 4);
  });

  it("may be the user's own: nanoseconds, or one that nobody can stop", async () => {
    const own = (now: string) =>
      `export default new Bench({ ...counted(4), now: ${now} }).add("a", () => { note(""); busy(5); }, { async: false });`;
    const ns = await together(own("((clock) => () => Number(clock()) / 1e6)(process.hrtime.bigint)"));
    expect(changes(ns.log)).toBeGreaterThanOrEqual(ns.log.length / 4);
    // Not sliced, because its waits could not be left out.
    const wall = await together(own("() => Date.now()"));
    expect(changes(wall.log)).toBe(1);
    expect(median(wall.samples(0, "a"))).toBeLessThan(100);
  });
});

describe("a module that runs itself", () => {
  it("takes turns all the same, benchmark by benchmark, while it loads", async () => {
    const code = `const bench = new Bench(counted(6))
        .add("one", () => { note("1"); busy(5); }, { async: false })
        .add("two", () => { note("2"); busy(5); }, { async: false });
      await bench.run();
      const second = new Bench({ ...counted(6), name: "second" }).add("three", () => { note("3"); busy(5); }, { async: false });
      await second.run();
      console.table(second.table());`;
    const { report, rounds, log } = await together(code);
    expect(report?.sides.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    for (const round of rounds) expect(names(round)).toEqual(["one", "two", "second / three"]);
    for (const task of ["1", "2", "3"]) {
      const own = log.filter((line) => line.endsWith(task));
      expect(own).toHaveLength(12);
      expect(changes(own)).toBeGreaterThanOrEqual(3);
    }
    // Nobody is on another benchmark before the other side has done with this one.
    const firstOf = (task: string) => log.findIndex((line) => line.endsWith(task));
    const lastOf = (task: string) => log.findLastIndex((line) => line.endsWith(task));
    expect([lastOf("1") < firstOf("2"), lastOf("2") < firstOf("3")]).toEqual([true, true]);
  });

  it("is beside one that leaves that to us", async () => {
    const code = `const bench = new Bench(counted(6)).add("one", () => { note("1"); busy(5); }, { async: false });
      if (side === "A") await bench.run();
      export default bench;`;
    const { rounds, log } = await together(code);
    for (const round of rounds) expect(names(round)).toEqual(["one"]);
    expect(changes(log)).toBeGreaterThanOrEqual(3);
  });

  it("that is no benchmark is run on the leader's side alone", async () => {
    const { report, log } = await together(`note("loads"); busy(100);`, { leader: 1 });
    expect(log).toEqual(["Bloads"]);
    expect(report?.sides[1]).toMatchObject({ exitCode: 2, output: expect.stringContaining("exports no benchmark") });
    expect(report?.sides[0]?.exitCode).toBeNull();
  });

  it("that is no benchmark on the other side alone keeps nobody from being measured", async () => {
    const code = `note("loads"); export default side === "B" ? new Bench(counted(2)).add("a", () => {}) : 3;`;
    const { rounds, report } = await together(code, { leader: 1 });
    expect(names(rounds[1])).toEqual(["a"]);
    expect(report?.sides[0]).toMatchObject({ exitCode: 2 });
  });
});

describe("a side that comes to grief", () => {
  const bench = (b: string) => `export default new Bench(counted(6))
      .add("one", () => { note("1"); busy(5); }, { async: false })
      .add("two", () => { note("2"); if (side === "B") { ${b} } busy(5); }, { async: false })
      .add("three", () => { note("3"); busy(5); }, { async: false });`;

  it.each([
    ["ends its process", "process.exit(3);", { exitCode: 3, signal: null }],
    ["is killed", "process.kill(process.pid, 'SIGKILL'); for (;;);", { exitCode: null, signal: "SIGKILL" }],
  ])("because it %s, does so alone", async (_, b, end) => {
    const { report, rounds, log } = await together(bench(b));
    expect(report?.sides).toMatchObject([clean, end]);
    expect(rounds[1]).toBeUndefined();
    expect(names(rounds[0])).toEqual(["one", "two", "three"]);
    expect(log.filter((line) => line === "B2")).toHaveLength(1);
  });

  it("because it hangs, is ended at its own time limit, and the other goes on", async () => {
    const { report, rounds } = await together(bench("for (;;);"), { limit: 3 });
    expect(report?.sides).toMatchObject([clean, { exitCode: null, signal: "SIGTERM", timedOut: true }]);
    expect(names(rounds[0])).toEqual(["one", "two", "three"]);
  });

  it("because it does not load, tells why", async () => {
    const { report, rounds } = await together(`if (side === "A") throw new Error("boom");${bench("")}`);
    expect(report?.sides).toMatchObject([{ exitCode: 1 }, clean]);
    expect(report?.sides[0]?.output).toContain("benchgate: the module does not load (boom, ");
    expect(names(rounds[1])).toEqual(["one", "two", "three"]);
  });

  it("because a task throws, loses that task only", async () => {
    const { report, rounds } = await together(bench("throw new Error('bad');"));
    expect(report?.sides).toMatchObject([clean, clean]);
    expect(names(rounds[0])).toEqual(["one", "two", "three"]);
    expect(names(rounds[1])).toEqual(["one", "three"]);
    expect(rounds[1]?.failures).toEqual([
      { benchmark: "two", reason: expect.stringMatching(/^threw: bad \(.*\.mjs:\d+\)$/) },
    ]);
  });

  it("floods its output, holds nobody up and is remembered by its last lines", async () => {
    const code = `const line = "x".repeat(1023) + "\\n";
      if (side === "B") for (let i = 0; i < 20_000; i++) process.stdout.write(line);
      if (side === "B") console.log("the end");
      export default new Bench(counted(2)).add("a", () => {});`;
    const { report } = await together(code);
    expect(report?.sides).toMatchObject([clean, { exitCode: 0 }]);
    expect(report?.sides[1]?.output.length).toBeLessThan(70_000);
    expect(report?.sides[1]?.output).toMatch(/the end$/);
  });

  it("ends with the conductor, and leaves no process behind", async () => {
    const code = `note(String(process.pid)); export default new Bench(counted(2)).add("a", () => { for (;;); }, { async: false });`;
    const { report, log } = await together(code, { total: 2 });
    expect(report).toBeNull();
    const pids = log.map((line) => Number(line.slice(1)));
    expect(pids.length).toBeGreaterThan(0);
    // Killed, they still need a CPU to end on.
    await expect.poll(() => pids.filter(isRunning), { timeout: 20_000 }).toEqual([]);
  });

  it("knows the benchmarks in another order, or other ones: nobody waits for ever", async () => {
    const code = `const names = side === "A" ? ["x", "y", "only A"] : ["y", "only B", "x"];
      const bench = new Bench(counted(4));
      for (const name of names) bench.add(name, () => busy(4), { async: false });
      export default bench;`;
    const { report, rounds } = await together(code);
    expect(report?.sides).toMatchObject([clean, clean]);
    expect(rounds.map(names)).toEqual([
      ["x", "y", "only A"],
      ["y", "only B", "x"],
    ]);
  });
});

describe("what is recorded beside latency", () => {
  it("is what each benchmark took of the machine, and no wait is a delay of the event loop", async () => {
    const code = `const kept = [];
      export default new Bench({ ...counted(12), warmup: false })
        .add("sync", () => { if (side === "B") busy(60); else busy(4); }, { async: false })
        .add("waits", async () => { await new Promise((resolve) => setTimeout(resolve, 5)); if (side === "B") busy(60); })
        .add("holds", () => { kept.push(new Array(20_000).fill(0.5)); busy(1); }, { async: false });`;
    const { rounds } = await together(code);
    const of = (benchmark: string, metric: string) =>
      rounds[0]?.measurements.find((each) => each.benchmark === benchmark && each.metric === metric)?.distribution;
    const value = (benchmark: string, metric: string) => {
      const distribution = of(benchmark, metric);
      return distribution?.kind === "value" ? distribution.value : Number.NaN;
    };
    expect(value("sync", "cpu-time")).toBeGreaterThan(0.001);
    expect(value("waits", "cpu-time")).toBeLessThan(value("sync", "cpu-time"));
    expect(value("sync", "gc-time")).toBeGreaterThanOrEqual(0);
    expect(value("holds", "memory") - value("sync", "memory")).toBeGreaterThan(12 * 20_000 * 8 * 0.9);
    expect(of("sync", "event-loop-delay")).toBeUndefined();
    const delay = of("waits", "event-loop-delay");
    // B is at work for 60 ms between any two calls.
    expect(delay?.kind === "quantiles" && delay.quantiles["0.5"]).toBeLessThan(0.02);
  });

  describe("the module's memory is without tinybench's samples", () => {
    // 60 ms of an empty function are hundreds of thousands of samples: megabytes.
    const code = `const quick = { warmup: false, iterations: 1 };
      export const few = new Bench({ ...quick, name: "few", time: 1 }).add("a", () => {}, { async: false });
      export const many = new Bench({ ...quick, name: "many", time: 60 }).add("a", () => {}, { async: false });`;
    const growth = (round: ParsedRound | undefined) => {
      const [few, many] = ["few / a", "many / a"].map((benchmark) => {
        const found = round?.measurements.find((each) => each.benchmark === benchmark && each.metric === "memory");
        return found?.distribution.kind === "value" ? found.distribution.value : Number.NaN;
      });
      return many! - few!;
    };

    it("in turns", async () => {
      const { rounds } = await together(code);
      expect(growth(rounds[0])).toBeLessThan(500_000);
    });
  });
});

describe("the benchmarks that are still asked for", () => {
  it("are the only ones that run, on both sides", async () => {
    const code = `const bench = new Bench({ ...counted(2), name: "set" });
      for (const name of ["x", "y", "z"]) bench.add(name, () => note(name), { async: false });
      export default bench;
      export const other = new Bench(counted(2)).add("x", () => note("other"), { async: false });`;
    const { log, rounds } = await together(code, { env: { BENCHGATE_ONLY: '["set / x", "set / z", "gone"]' } });
    expect(new Set(log)).toEqual(new Set(["Ax", "Bx", "Az", "Bz"]));
    for (const round of rounds) expect(names(round)).toEqual(["set / x", "set / z"]);
  });

  it("may be none of a module", async () => {
    const code = `export default new Bench(counted(2)).add("x", () => note("x"), { async: false });`;
    const { log, report } = await together(code, { env: { BENCHGATE_ONLY: '["gone"]' } });
    expect(log).toEqual([]);
    expect(report?.sides).toMatchObject([clean, clean]);
  });
});

describe("the luck of a process", () => {
  it("is in its hashes the same on both sides, another in the next round, and no matter of what the module starts", async () => {
    const code = `import { cachedDataVersionTag } from "node:v8";
      note(process.report.getReport().header.commandLine.find((each) => each.startsWith("--hash-seed=")));
      note(process.execArgv.length);
      note(cachedDataVersionTag());
      export default new Bench(counted(2)).add("x", () => {}, { async: false });`;
    const [first, second] = [(await together(code)).log, (await together(code)).log];
    const told = (log: readonly string[], side: string) =>
      log.filter((line) => line.startsWith(side)).map((line) => line.slice(1));
    const [seed, own, tag] = told(first, "A");
    expect(own).toBe("0");
    expect(told(first, "B")).toEqual([seed, own, tag]);
    const [other, ...rest] = told(second, "A");
    expect(told(second, "B")).toEqual([other, ...rest]);
    expect(rest).toEqual([own, tag]);
    expect(other).not.toBe(seed);
  });
});
