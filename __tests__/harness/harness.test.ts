import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { benchgate } from "../../src/adapters/tools/benchgate.ts";
import { createClock } from "../../src/io/clock.ts";
import { createFiles } from "../../src/io/files.ts";
import { createHost } from "../../src/io/host.ts";
import { createNetwork } from "../../src/io/network.ts";
import { createProcesses } from "../../src/io/processes.ts";
import { measure } from "../../src/measure/measure.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "benchgate-harness-"));
const harness = join(folder, "dist/harness.js");
// Children find the node that runs these tests, whatever PATH says.
const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}`, BENCHGATE_TIME_MS: "10" };
const processes = createProcesses(env);
const files = createFiles([join(folder, "temporary")]);

beforeAll(async () => {
  const build = await rolldown({ input: join(root, "src/harness/index.ts"), platform: "node", cwd: root });
  await build.write({ file: harness, format: "esm" });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(root, "node_modules/tinybench"), join(folder, "node_modules/tinybench"));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a module in the harness: what it wrote, or null, and how it ended. */
async function run(name: string, code: string, more: Record<string, string> = {}) {
  writeFileSync(join(folder, name), code);
  const output = join(await files.temporaryFolder(), "out.json");
  const result = await processes.run({
    argv: ["node", harness, name],
    cwd: folder,
    env: { BENCHGATE_OUTPUT: output, ...more },
    timeLimit: 60,
  });
  const text = await files.readTextIfAny(output);
  const [round] = text === null ? [] : benchgate.parse(outputOf(text));
  const names = round?.measurements.filter(({ metric }) => metric === "latency").map(({ benchmark }) => benchmark);
  return { ...result, round, names, complaint: result.tail.split("\n").at(-1) };
}

const BENCH = `import { Bench } from "tinybench";\nconst quick = { time: 5, iterations: 5, warmupTime: 1, warmupIterations: 1 };\n`;

describe("what a module may export", () => {
  it.each([
    ["a Bench", `${BENCH}export default new Bench(quick).add("a", () => {}).add("b", async () => {});`, ["a", "b"]],
    [
      "a named Bench by any name",
      `${BENCH}export const mine = new Bench({ ...quick, name: "set" }).add("a", () => {});`,
      ["set / a"],
    ],
    [
      "several Benches, beside functions that are helpers",
      `${BENCH}export default [new Bench({ ...quick, name: "x" }).add("a", () => {}), new Bench({ ...quick, name: "y" }).add("a", () => {})];
       export function helper() { throw new Error("not a benchmark"); }`,
      ["x / a", "y / a"],
    ],
    ["a function", "export default function parse() {}", ["parse"]],
    ["a function without a name", "export default () => {};", ["module"]],
    [
      "functions by their own names",
      "export const LIMIT = 3; export function a() {} export async function b() {} export class C {}",
      ["a", "b"],
    ],
    ["functions by name", 'export default { "a/1": () => {}, async b() {} };', ["a/1", "b"]],
    [
      "a list",
      "export default [{ name: 'a', fn() {} }, { name: 'b', fn: async () => {}, opts: { beforeAll() {} } }];",
      ["a", "b"],
    ],
    ["a promise of it", "export default Promise.resolve({ a: () => {} });", ["a"]],
  ])("is %s", async (_, code, names) => {
    const result = await run("module.js".replace(".js", ".mjs"), code);
    expect(result.tail).toBe("");
    expect(result).toMatchObject({ exitCode: 0, names });
    expect(result.round?.failures).toEqual([]);
  });

  it.each([
    ["CommonJS", "module.cjs", "module.exports = { a() {}, b() {} };", ["a", "b"]],
    [
      "CommonJS compiled from a module",
      "compiled.cjs",
      "Object.defineProperty(exports, '__esModule', { value: true }); exports.default = { a() {} };",
      ["a"],
    ],
    [
      "TypeScript",
      "typed.ts",
      "const tasks: Record<string, () => void> = { a: () => {} };\nexport default tasks;",
      ["a"],
    ],
  ])("may be written in %s", async (_, name, code, names) => {
    expect(await run(name, code)).toMatchObject({ exitCode: 0, names });
  });
});

describe("what is measured", () => {
  it("follows the tinybench options that a module of plain functions exports", async () => {
    const code = "export const options = { time: 0, iterations: 7, warmup: false };\nexport default { a: () => {} };";
    const [measurement] = (await run("options.mjs", code)).round?.measurements ?? [];
    expect(measurement?.distribution).toMatchObject({ samples: { length: 7 } });
    const wrong = await run("wrong-options.mjs", "export const options = 3;\nexport default { a: () => {} };");
    expect(wrong).toMatchObject({ exitCode: 2 });
    expect(wrong.complaint).toContain("the export `options` is not an object");
  });

  it("is raw latency in seconds, although tinybench 6 keeps no samples by itself", async () => {
    const code = `${BENCH}
      const wait = (ms) => { const end = performance.now() + ms; while (performance.now() < end); };
      export default new Bench({ ...quick, retainSamples: false, time: 0, iterations: 8 }).add("two ms", () => wait(2));`;
    const { round } = await run("wait.mjs", code);
    const [measurement] = round?.measurements ?? [];
    expect(measurement).toMatchObject({ benchmark: "two ms", metric: "latency", unit: "s", better: "lower" });
    const samples = measurement?.distribution.kind === "samples" ? [...measurement.distribution.samples] : [];
    expect(samples).toHaveLength(8);
    expect(Math.min(...samples)).toBeGreaterThanOrEqual(0.0019);
    expect(Math.min(...samples)).toBeLessThan(1);
  });

  it("keeps the options and hooks of the user's Bench, and leaves no trace on Object", async () => {
    const code = `${BENCH}
      const seen = [];
      process.on("exit", () => console.log(seen.join(" ")));
      const hook = (name) => ({ [name]() { if (!seen.includes(name)) seen.push(name); } });
      export default new Bench({ ...quick, time: 0, iterations: 3, warmup: false, throws: true, setup() { seen.push("setup"); } })
        .add("a", () => { seen.push("retainSamples" in {}); },
          { ...hook("beforeAll"), ...hook("beforeEach"), ...hook("afterEach"), ...hook("afterAll") });`;
    const { stdout } = await run("hooks.mjs", code);
    // tinybench calls the function once when it is added, to see whether it is asynchronous: that is while the module loads.
    expect(
      stdout
        .trim()
        .split(" ")
        .filter((word) => word !== "true"),
    ).toEqual(["setup", "beforeAll", "beforeEach", "false", "afterEach", "false", "false", "afterAll"]);
  });

  it("measures plain functions for the time that BENCHGATE_TIME_MS gives", async () => {
    const count = async (time: string) => {
      const { round } = await run(
        "time.mjs",
        "export default { a: () => new Promise((resolve) => setTimeout(resolve, 5)) };",
        { BENCHGATE_TIME_MS: time },
      );
      const distribution = round?.measurements[0]?.distribution;
      return distribution?.kind === "samples" ? distribution.samples.length : 0;
    };
    expect(await count("1000")).toBeGreaterThan(await count("1"));
    expect(await run("time.mjs", "export default () => {}", { BENCHGATE_TIME_MS: "soon" })).toMatchObject({
      exitCode: 1,
      complaint: expect.stringContaining('BENCHGATE_TIME_MS is "soon"'),
    });
  });

  it("takes as long as the samples need, not as the module says, where that is ordered", async () => {
    const samplesOf = async (name: string, code: string, times: string) => {
      const { round } = await run(name, code, { BENCHGATE_TIMES: times, BENCHGATE_TIME_MS: "" });
      const distribution = round?.measurements[0]?.distribution;
      return distribution?.kind === "samples" ? distribution.samples.length : 0;
    };
    const waiting = "() => new Promise((resolve) => setTimeout(resolve, 5))";
    const endless = `{ time: 3_600_000, iterations: 1e9, warmupTime: 3_600_000, warmupIterations: 1e9 }`;
    const long = `${BENCH}export default new Bench(${endless}).add("a", ${waiting});`;
    const byHarness = await samplesOf("endless.mjs", long, "auto");
    expect(byHarness).toBeGreaterThanOrEqual(10);
    expect(byHarness).toBeLessThan(1000);
    const quick = `${BENCH}export default new Bench(${endless}).add("a", () => {}, { async: false });`;
    expect(await samplesOf("tried.mjs", quick, "brief")).toBeGreaterThan(0);
    const runsItself = `${BENCH}await new Bench(${endless}).add("a", ${waiting}).run();`;
    expect(await samplesOf("endless-itself.mjs", runsItself, "auto")).toBeGreaterThanOrEqual(10);
    const short = `${BENCH}export default new Bench({ ...quick, time: 0, iterations: 7 }).add("a", ${waiting});`;
    expect(await samplesOf("short.mjs", short, "keep")).toBe(7);
    const plain = `export const options = { time: 0, iterations: 7 };\nexport const a = ${waiting};`;
    expect(await samplesOf("plain.mjs", plain, "auto")).toBe(7);
    expect(await run("plain.mjs", plain, { BENCHGATE_TIMES: "always" })).toMatchObject({
      exitCode: 1,
      complaint: expect.stringContaining('BENCHGATE_TIMES is "always"'),
    });
  });

  it("writes a bounded number of samples of a function that takes nanoseconds", async () => {
    const { round } = await run("fast.mjs", "export default { a() {} };", { BENCHGATE_TIME_MS: "20" });
    const distribution = round?.measurements[0]?.distribution;
    expect(distribution?.kind === "samples" && distribution.samples.length).toBe(3000);
  });

  it("does not run a Bench again that the module has run", async () => {
    const code = `${BENCH}
      let runs = 0;
      const bench = new Bench({ ...quick, time: 0, iterations: 4, warmup: false }).add("a", () => { runs++; }, { async: false });
      await bench.run();
      process.on("exit", () => console.log("runs", runs));
      export default bench;`;
    const { stdout, names } = await run("ran.mjs", code);
    expect({ names, runs: stdout.trim() }).toEqual({ names: ["a"], runs: "runs 4" });
  });

  it("has stdout to itself, and is not held up by what the module leaves open", async () => {
    const result = await run(
      "open.mjs",
      "console.log('mine'); setInterval(() => {}, 1000); export default { a() {} };",
    );
    expect(result).toMatchObject({ exitCode: 0, stdout: "mine\n", names: ["a"], timedOut: false });
  });
});

describe("a module that runs itself", () => {
  const QUICK = "const quick = { time: 0, iterations: 4, warmup: false };";
  const HEAD = `import { Bench } from "tinybench";\n${QUICK}\n`;
  const samplesOf = (round: Awaited<ReturnType<typeof run>>["round"]) =>
    round?.measurements.flatMap(({ metric, distribution }) =>
      metric === "latency" && distribution.kind === "samples" ? [distribution.samples.length] : [],
    );

  it.each([
    ["waits for it and prints a table", "await bench.run(); console.table(bench.table());"],
    ["does so without waiting", "bench.run().then(() => console.table(bench.table()));"],
    [
      "does so in a function of its own",
      "async function main() { await bench.run(); console.table(bench.table()); } main();",
    ],
    ["does so at once", "bench.runSync(); console.table(bench.table());"],
    ["runs it twice", "await bench.run(); await bench.run(); console.table(bench.table());"],
    [
      "asks for its results",
      "await bench.run(); console.log(bench.tasks.map(({ result }) => result.latency.mean > 0));",
    ],
    ["exports it too", "await bench.run(); export default bench;"],
    ["only makes it", ""],
  ])("is measured once where it %s, and keeps its results to the end", async (_, code) => {
    const result = await run(
      "self.mjs",
      `${HEAD}let calls = 0;
       const bench = new Bench(quick).add("a", () => { calls++; }, { async: false }).add("b", () => {}, { async: false });
       process.on("exit", () => console.log("calls", calls));
       ${code}`,
    );
    expect(result).toMatchObject({ exitCode: 0, names: ["a", "b"] });
    expect(samplesOf(result.round)).toEqual([4, 4]);
    expect(result.round?.failures).toEqual([]);
    expect(result.stdout).toContain("calls 4");
    if (code.includes("table")) expect(result.stdout).toMatch(/Latency avg/);
  });

  it("may run several, one after the other, and make them in a file of its own", async () => {
    writeFileSync(join(folder, "helper.mjs"), `${HEAD}export const make = (name) => new Bench({ ...quick, name });`);
    const code = `import { make } from "./helper.mjs";
      for (const name of ["x", "y"]) { const bench = make(name).add("a", () => {}); await bench.run(); console.table(bench.table()); }`;
    expect(await run("several.mjs", code)).toMatchObject({ exitCode: 0, names: ["x / a", "y / a"] });
  });

  it("gives what is exported where that is a Bench too", async () => {
    const code = `${HEAD}await new Bench({ ...quick, name: "mine" }).add("a", () => {}).run();
      export default new Bench({ ...quick, name: "theirs" }).add("a", () => {});`;
    expect((await run("both.mjs", code)).names).toEqual(["theirs / a"]);
  });

  it("is asked for some of its benchmarks, and may miss the results of the others", async () => {
    const code = `${HEAD}const bench = new Bench(quick).add("a", () => {}).add("b", () => {});
      await bench.run();
      console.log(bench.getTask("a").result.latency.mean, bench.getTask("b").result.latency.mean);`;
    const result = await run("some.mjs", code, { BENCHGATE_ONLY: '["b"]' });
    expect(result).toMatchObject({ exitCode: 0, names: ["b"] });
  });

  it("fails where it throws after its run, as it does by hand", async () => {
    const code = `${HEAD}await new Bench(quick).add("a", () => {}).run(); throw new Error("too slow");`;
    const result = await run("throws-late.mjs", code);
    expect(result.exitCode).toBe(1);
    expect(result.complaint).toContain("the module does not load (too slow, throws-late.mjs:3)");
  });

  it("leaves the platform's EventTarget to everybody else", async () => {
    const code = `const plain = EventTarget;
      class Mine extends EventTarget { add() {} run() { return "mine"; } }
      const made = new Mine();
      export default { [String(Object.getPrototypeOf(Mine) === plain && made.run() === "mine" && made instanceof EventTarget)]() {} };`;
    expect((await run("plain.mjs", code)).names).toEqual(["true"]);
  });

  it.each([
    [
      "tinybench that cannot be watched",
      "import 'tinybench'; export {};",
      "exports no benchmark. Write `export default bench`",
    ],
    [
      "Vitest",
      'import { bench, describe } from "vitest"; describe("x", () => { bench("a", () => {}); });',
      "the file is a benchmark for Vitest, which runs such files itself. Take it out of `bench`, and measure it by a suite of its own: `run: npx vitest bench",
    ],
    ["Vitest without an import that fails", '// import { bench } from "vitest"\nexport {};', "a benchmark for Vitest"],
    [
      "mitata",
      'import { bench, run } from "mitata"; bench("a", () => {}); await run();',
      "`run: node foreign.mjs` with `tool: mitata`.",
    ],
    ["Benchmark.js", 'const { Suite } = require("benchmark");', "with `tool: benchmarkjs`"],
    ["Deno", 'Deno.bench("a", () => {});', "with `tool: deno`"],
  ])("is told what to change where it is one for %s", async (_, code, complaint) => {
    const result = await run("foreign.mjs", code);
    expect(result.exitCode).toBe(2);
    expect(result.complaint).toContain(complaint);
  });
});

describe("what fails", () => {
  it("is a task that throws, at once or later; the others are measured even with `throws`", async () => {
    const code = `${BENCH}
      export default new Bench({ ...quick, throws: true })
        .add("bad", () => { throw new Error("boom\\nmore"); })
        .add("good", () => {})
        .add("late", async () => { throw "a string"; });`;
    const { exitCode, names, round } = await run("throws.mjs", code);
    expect({ exitCode, names }).toEqual({ exitCode: 0, names: ["good"] });
    expect(round?.failures).toEqual([
      { benchmark: "bad", reason: expect.stringMatching(/^threw: boom \(throws\.mjs:\d+\)$/) },
      { benchmark: "late", reason: "threw: a string" },
    ]);
  });

  it("is a task that was aborted", async () => {
    const code = `${BENCH}export default new Bench({ ...quick, signal: AbortSignal.abort() }).add("a", () => {});`;
    expect((await run("aborted.mjs", code)).round?.failures).toEqual([
      { benchmark: "a", reason: expect.stringContaining("aborted") },
    ]);
  });

  it("is a name that two Benches share", async () => {
    const code = `${BENCH}export const x = new Bench(quick).add("a", () => {}); export const y = new Bench(quick).add("a", () => {}).add("b", () => {});`;
    const { names, round } = await run("twins.mjs", code);
    expect(names).toEqual(["b"]);
    expect(round?.failures).toEqual([{ benchmark: "a", reason: expect.stringContaining("Give each Bench a `name`") }]);
  });

  it("is a clock that gives nonsense", async () => {
    const code = `${BENCH}let t = 0; export default new Bench({ ...quick, time: -1000, warmup: false, now: () => (t -= 1) }).add("a", () => {});`;
    expect((await run("clock.mjs", code)).round?.failures).toEqual([
      { benchmark: "a", reason: expect.stringContaining("duration of -1 ms") },
    ]);
  });

  it.each([
    ["nothing", "", "exports no benchmark. Export a tinybench Bench"],
    ["a number", "export default 3;", "exports no benchmark"],
    [
      "an object with something else",
      "export default { a() {}, b: 3 };",
      '"b" of the exported object is not a function',
    ],
    [
      "a list with something else",
      "export default [{ name: 'a', fn() {} }, { name: 'b' }];",
      "entry 1 of the exported list",
    ],
    [
      "one name twice",
      "export default [{ name: 'a', fn() {} }, { name: 'a', fn() {} }];",
      'two benchmarks are called "a"',
    ],
    ["an empty Bench", `${BENCH}export default new Bench();`, "the exported Bench has no tasks"],
  ])("is a module that exports %s: exit code 2 and one line that says why", async (_, code, complaint) => {
    const result = await run("module.mjs", code);
    expect(result).toMatchObject({ exitCode: 2, round: undefined });
    expect(result.complaint).toMatch(/^benchgate: .*\.$/);
    expect(result.complaint).toContain(complaint);
  });

  it.each([
    ["nothing for lack of a dependency", 'import "not-installed";', "Cannot find package 'not-installed'"],
    [
      "nothing because it throws",
      'throw new TypeError("at the top");',
      "the module does not load (at the top, module.mjs:1). Run `node module.mjs`",
    ],
    ["nothing because it is not JavaScript", "this is not", "the module does not load"],
  ])("is a module that loads %s: exit code 1 and one line that says why", async (_, code, complaint) => {
    const result = await run("module.mjs", code);
    expect(result).toMatchObject({ exitCode: 1, round: undefined });
    expect(result.complaint).toMatch(/^benchgate: .*\.$/);
    expect(result.complaint).toContain(complaint);
  });

  it("is TypeScript on a Node that does not run it", async () => {
    const result = await run("old.mts", "export default (): void => {};", {
      NODE_OPTIONS: "--no-experimental-strip-types",
    });
    expect(result).toMatchObject({ exitCode: 1, round: undefined });
    expect(result.complaint).toBe(
      `benchgate: the module is TypeScript, which Node ${process.versions.node} does not run. ` +
        "Set up Node 22.18 or newer for the benchmarks, or compile the module first.",
    );
  });
});

describe("a real measurement of modules, through the ports", () => {
  it("gives rounds of samples on both sides that pair up", async () => {
    const side = (name: "baseline" | "candidate") => {
      const cwd = mkdtempSync(join(folder, `${name}-`));
      mkdirSync(join(cwd, "bench"));
      writeFileSync(
        join(cwd, "bench/a.bench.mjs"),
        "export const options = { time: 20, warmupTime: 5 };\nexport default { sort: () => [3, 1, 2].sort(), broken() { throw new Error('boom'); } };",
      );
      writeFileSync(join(cwd, "bench/b.bench.mjs"), "export function parse() { JSON.parse('[1]'); }");
      return { name, cwd, revision: { sha: name, ref: "", committedAt: "" } };
    };
    const host = createHost({ entry: pathToFileURL(join(folder, "dist/cli.js")).href, cwd: folder, env, processes });
    const { recordings, warnings } = await measure(
      { processes, files, clock: createClock(), host, network: createNetwork() },
      {
        suites: [{ name: "js", timeLimit: 60, workload: { kind: "bench", patterns: ["bench/*.bench.mjs"] } }],
        sides: [side("baseline"), side("candidate")],
        rounds: 2,
        timeBudget: null,
        seed: 1,
        session: "s",
      },
    );
    // What else the machine has to do is not this test's business.
    expect(warnings.filter(({ code }) => code !== "busy-machine")).toEqual([]);
    for (const name of ["baseline", "candidate"] as const) {
      expect(recordings[name]?.environment.runtime).toBe(`node ${process.versions.node}`);
      expect(recordings[name]?.rounds.map(({ pair }) => pair)).toEqual([0, 1]);
      for (const round of recordings[name]?.rounds ?? []) {
        const latencies = round.measurements.filter(({ metric }) => metric === "latency");
        expect(latencies.map(({ benchmark, source }) => [benchmark, source?.file])).toEqual([
          ["sort", "bench/a.bench.mjs"],
          ["parse", "bench/b.bench.mjs"],
        ]);
        expect(round.failures).toEqual([
          {
            suite: "js",
            benchmark: "broken",
            reason: expect.stringMatching(/^threw: boom \(bench\/a\.bench\.mjs:\d+\)$/),
            output: "",
            source: { file: "bench/a.bench.mjs" },
          },
        ]);
      }
    }
  });
});

describe("what the heap keeps of each operation", () => {
  it("is found in bytes, and is none of a heap that rises and falls", async () => {
    const { round } = await run(
      "leaks.mjs",
      `const kept = [];
       const queue = [];
       let n = 0;
       export function leaks() { kept.push({ n: n++, list: [n] }); }
       export function risesAndFalls() { queue.push({ n: n++, list: [n] }); if (queue.length > 500) queue.length = 0; }
       export function clean() { return { n: n++, list: [n] }.list.length; }`,
      { BENCHGATE_TIMES: "auto", BENCHGATE_TIME_MS: "" },
    );
    const kept = (name: string) => {
      const found = round?.measurements.find((each) => each.benchmark === name && each.metric === "heap-growth");
      return found?.distribution.kind === "value" ? found.distribution.value : Number.NaN;
    };
    expect(kept("leaks")).toBeGreaterThan(60);
    expect(kept("leaks")).toBeLessThan(200);
    expect(kept("risesAndFalls")).toBe(0);
    expect(kept("clean")).toBe(0);
  });

  it("is not looked at in a turn that is thrown away", async () => {
    const metricsIn = async (BENCHGATE_ROUND: string) => {
      const { round } = await run("thrown.mjs", "export function f() { return [1].length; }", {
        BENCHGATE_ROUND,
        BENCHGATE_TIMES: "auto",
        BENCHGATE_TIME_MS: "",
      });
      return round?.measurements.map(({ metric }) => metric).filter((metric) => /memory|heap/.test(metric));
    };
    expect([await metricsIn("0"), await metricsIn("1")]).toEqual([[], ["memory", "heap-growth"]]);
  });
});
