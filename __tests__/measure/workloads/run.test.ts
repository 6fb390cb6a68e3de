import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createFiles } from "../../../src/io/files.ts";
import type { Execution } from "../../../src/measure/execution.ts";
import { narrowed } from "../../../src/measure/workloads/narrowed.ts";
import { runCommand } from "../../../src/measure/workloads/run.ts";
import type { Workload } from "../../../src/model/plan.ts";
import { fakeClock } from "../../fakes/clock.ts";
import { fakeNetwork } from "../../fakes/network.ts";
import { type Answer, fakeProcesses } from "../../fakes/processes.ts";

const folder = mkdtempSync(join(tmpdir(), "benchgate-run-"));
/** Neither in the tree nor where temporary folders are. */
const outside = mkdtempSync(join(tmpdir(), "benchgate-outside-"));
afterAll(() => {
  for (const each of [folder, outside]) rmSync(each, { recursive: true });
});

const fixture = (path: string) => readFileSync(join(import.meta.dirname, "..", "..", "fixtures", path), "utf8");
const LOG = fixture("gatling/simulation.log");

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** A command that writes a file and ends with this exit code. */
function writing(path: string, text: string, exitCode = 0): Answer {
  return () => {
    write(path, text);
    return { exitCode };
  };
}

/** Runs a command that does what `answer` does, in a real folder. */
function run(
  answer: Answer,
  workload: Partial<Workload & { kind: "run" }> = {},
  skip = 0,
  expected: Execution["expected"] = undefined,
  only: Execution["only"] = null,
) {
  const environment = { os: "linux", arch: "x64", cpu: "c", cores: 2, runtime: "node 24.19.0" };
  const preload = { url: "file:///dist/preload.js", options: "--expose-gc" };
  const host = { cwd: folder, harness: "", random: () => 0.5, preload, environment: async () => environment };
  const execution: Execution = {
    ports: {
      processes: fakeProcesses(answer),
      files: createFiles([], folder),
      clock: fakeClock(),
      host,
      network: fakeNetwork(),
    },
    suite: "load",
    side: "candidate",
    cwd: folder,
    timeLimit: 60,
    deadline: Number.POSITIVE_INFINITY,
    skip,
    ...(expected && { expected }),
    only,
    env: { BENCHGATE_OUTPUT: join(folder, "benchgate-output"), BENCHGATE_ROUND: "1" },
  };
  const command = { kind: "argv", argv: ["load"] } as const;
  return runCommand(execution, { kind: "run", command, tool: "auto", output: null, ...workload });
}

it("what a tool tells beside its numbers is filed under the suite", async () => {
  const answer = () => ({ stdout: "BenchmarkA-2 \t 10\t 5 ns/op\t NaN hits\n" });
  expect((await run(answer)).notes).toMatchObject([{ suite: "load", benchmark: "BenchmarkA" }]);
});

describe("a command whose tool leaves a folder", () => {
  it("is read from what it wrote there, whether the folder was there before or not", async () => {
    const first = await run(writing("results/run-1/simulation.log", LOG), { output: "results" });
    expect(first.recognised).toBe("gatling");
    expect(first.measurements.map(({ benchmark }) => benchmark)).toContain("All Requests");
    const second = await run(writing("results/run-2/simulation.log", LOG.replaceAll("checkout", "start")), {
      output: "results",
    });
    expect(second.measurements.map(({ benchmark }) => benchmark)).toContain("start / pay");
    expect(second.measurements.map(({ benchmark }) => benchmark)).not.toContain("checkout / pay");
    expect(readFileSync(join(folder, "results/run-1/simulation.log"), "utf8")).toBe(LOG);
  });

  it("fails where it wrote nothing there: what lay there before does not count", async () => {
    write("results/run-1/simulation.log", LOG);
    const { measurements, failures } = await run(() => ({}), { output: "results" });
    expect(measurements).toEqual([]);
    expect(failures[0]!.reason).toBe(
      "`load` did not write into results. Correct `output`, or have the tool write there.",
    );
  });

  it("is believed with an exit code of its tool that comes with results, and no other", async () => {
    const answer = (exitCode: number) => writing("results/run-3/simulation.log", LOG, exitCode);
    // The log's own: every request of that name was lost.
    const told = await run(answer(2), { output: "results", tool: "gatling" });
    expect(told.failures.map(({ benchmark }) => benchmark)).toEqual(["lost"]);
    expect((await run(answer(1), { output: "results", tool: "gatling" })).failures[0]!.reason).toBe(
      "`load` exited with code 1, although there are results of Gatling: they count only where it ends with 0 or 2. Find out why it does not.",
    );
  });
});

describe("a command whose generators write one output each", () => {
  const GO = (name: string) => `Benchmark${name}-2 \t 10\t 5 ns/op\n`;
  const writingAll = (files: Readonly<Record<string, string>>) => () => {
    for (const [path, text] of Object.entries(files)) write(path, text);
    return {};
  };

  it("is read from all that fit the pattern and that this round wrote; what lay there before stays", async () => {
    write("parts/part-0.txt", GO("Old"));
    const answer = writingAll({ "parts/part-1.txt": GO("A"), "parts/part-2.txt": GO("A"), "parts/notes.md": "none" });
    const { measurements, notes, recognised } = await run(answer, { output: "parts/part-*.txt" });
    expect(recognised).toBe("go");
    expect(measurements.map(({ benchmark }) => benchmark)).toEqual(["BenchmarkA"]);
    expect(notes).toMatchObject([{ suite: "load", count: 2 }]);
    expect(readFileSync(join(folder, "parts/part-0.txt"), "utf8")).toBe(GO("Old"));
  });

  it("counts a file that was written again, and fails where none was written", async () => {
    write("again/a.txt", GO("A"));
    const second = await run(writingAll({ "again/a.txt": GO("B") }), { output: "again/*.txt" });
    expect(second.measurements.map(({ benchmark }) => benchmark)).toEqual(["BenchmarkB"]);
    const none = await run(() => ({}), { output: "again/*.txt" });
    expect(none.failures[0]!.reason).toMatch(/did not write into again\/\*\.txt/);
  });

  it("fails with the name of the part that cannot be read, and where the parts are of two tools", async () => {
    const broken = await run(writingAll({ "broken/a.txt": GO("A"), "broken/b.txt": "nothing" }), {
      output: "broken/*.txt",
      tool: "go",
    });
    expect(broken.failures[0]!.reason).toMatch(/broken\/b\.txt/);
    const k6 = fixture("k6/plain.json");
    const two = await run(writingAll({ "two/a.txt": GO("A"), "two/b.txt": k6 }), { output: "two/*.txt" });
    expect(two.failures[0]!.reason).toMatch(/the outputs are of Go testing and of k6/);
  });
});

describe.skipIf(process.platform === "win32")("an output outside of the tree and the temporary folder", () => {
  const elsewhere = join(outside, "notes.txt");
  beforeEach(() => writeFileSync(elsewhere, "BenchmarkA-2 \t 10\t 5 ns/op\n"));
  const OUTSIDE = /: this leads out of the working tree and the temporary folder\. /;

  it("is not read where the round left a link to it, and is not quoted", async () => {
    for (const [name, output] of [
      ["results/link.txt", "results/link.txt"],
      ["benchgate-output", null],
    ] as const) {
      const answer = () => {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        rmSync(join(folder, name), { force: true });
        symlinkSync(elsewhere, join(folder, name));
        return {};
      };
      const { measurements, failures } = await run(answer, { output });
      expect(measurements).toEqual([]);
      expect(failures[0]!.reason).toMatch(OUTSIDE);
    }
  });

  it("is not read where a folder of the round leads there", async () => {
    const answer = () => {
      symlinkSync(dirname(elsewhere), join(folder, "linked"));
      return {};
    };
    expect((await run(answer, { output: "linked" })).failures[0]!.reason).toMatch(/^linked: this leads out of/);
    expect((await run(() => ({}), { output: "linked/none.txt" })).failures[0]!.reason).toMatch(OUTSIDE);
  });

  it("is neither removed nor waited for where the configuration names it", async () => {
    const started: number[] = [];
    const answer = () => {
      started.push(1);
      return {};
    };
    const { failures } = await run(answer, { output: elsewhere });
    expect(failures[0]!.reason).toMatch(OUTSIDE);
    expect([existsSync(elsewhere), started]).toEqual([true, []]);
  });

  it("is read where a link leads to a file of the tree", async () => {
    const answer = () => {
      write("real.txt", "BenchmarkA-2 \t 10\t 5 ns/op\n");
      rmSync(join(folder, "to-real.txt"), { force: true });
      symlinkSync("real.txt", join(folder, "to-real.txt"));
      return {};
    };
    expect((await run(answer, { output: "to-real.txt" })).measurements).toHaveLength(1);
  });
});

describe("the statuses that a suite expects", () => {
  const failedOf = async (expected?: Execution["expected"]) => {
    const { measurements } = await run(() => ({ stdout: fixture("hey/flaky.txt") }), { tool: "hey" }, 0, expected);
    const rate = measurements.find(({ metric }) => metric === "error-rate")?.distribution;
    return rate?.kind === "value" ? rate.value : null;
  };

  it("are held against what the tool wrote", async () => {
    expect(await failedOf()).toBe(0.05);
    expect(await failedOf([{ from: 200, to: 599 }])).toBe(0);
  });

  it("fail the round where the tool's output tells none", async () => {
    const answer = () => ({ stdout: fixture("wrk/latency.txt") });
    const { failures } = await run(answer, { tool: "auto" }, 0, [{ from: 200, to: 599 }]);
    expect(failures[0]!.reason).toContain("stdout: `expected-status` cannot be applied to the output of wrk");
  });
});

describe("a warm-up", () => {
  const text = fixture("hey/answers.csv");

  it("is cut from what the tool wrote", async () => {
    const count = async (skip: number) => {
      const { measurements } = await run(() => ({ stdout: text }), { tool: "hey" }, skip);
      const [latency] = measurements;
      return latency?.distribution.kind === "samples" ? latency.distribution.samples.length : null;
    };
    expect(await count(0)).toBe(54);
    expect(await count(0.1)).toBeLessThan(54);
  });

  it("fails the round where the tool's output cannot be cut", async () => {
    const { failures } = await run(() => ({ stdout: fixture("wrk/latency.txt") }), { tool: "wrk" }, 1);
    expect(failures[0]!.reason).toContain("stdout: a warm-up cannot be cut from the output of wrk");
  });

  it("gives the benchmarks of Vitest short times where that is asked for, beside the options of Node that there are", async () => {
    const seen: (string | undefined)[] = [];
    const noting: Answer = ({ env }) => {
      seen.push(env.NODE_OPTIONS, env.BENCHGATE_SHORT_TIMES);
      return { exitCode: 1 };
    };
    await run(noting, { tool: "vitest" });
    await run(noting, { tool: "vitest", times: "auto" });
    expect(seen).toEqual([undefined, undefined, "--expose-gc --import file:///dist/preload.js", "1"]);
  });
});

describe("a tool whose output goes on holding what it found before", () => {
  const results = fixture("asv/results.json");
  const kept = async (argv: readonly [string, ...string[]], only: readonly string[] | null) => {
    const workload = { command: { kind: "argv", argv }, tool: "asv" } as const;
    const { measurements, failures } = await run(() => ({ stdout: results }), workload, 0, undefined, only);
    return [...measurements, ...failures].map(({ benchmark }) => benchmark);
  };

  it("counts for what it was told to run alone", async () => {
    const only = ["text.TimeText.time_join(1, 'a')", "text.time_broken"];
    expect(await kept(["asv", "{benchmarks}"], only)).toEqual(only);
  });

  it("counts for everything where it was told to run all, or cannot be told", async () => {
    const all = await kept(["asv", "{benchmarks}"], null);
    expect(all.length).toBeGreaterThan(5);
    expect(await kept(["asv"], ["text.time_sort"])).toEqual(all);
  });

  it("fails what it was told to run where nothing of it is there, and nothing else with it", async () => {
    expect(await kept(["asv", "{benchmarks}"], ["text.time_gone"])).toEqual(["text.time_gone"]);
    const { failures } = await run(() => ({ stdout: "[]" }), JMH, 0, undefined, ["shop.Search.run"]);
    expect(failures).toMatchObject([{ suite: "load", benchmark: "shop.Search.run" }]);
  });

  it("fails every combination that was asked for of a benchmark that fails as a whole", async () => {
    const only = ["text.time_broken(1)", "text.time_broken(2)", "text.time_sort"];
    expect((await kept(["asv", "{benchmarks}"], only)).sort()).toEqual(only);
  });
});

const JMH = { command: { kind: "argv", argv: ["java", "{benchmarks}"] }, tool: "jmh", output: null } as const;

describe("a command that is told what is still to be measured", () => {
  const only = ["shop.Search.run"];
  it("is given these names, and is known to have been", () => {
    const { command, named } = narrowed({ kind: "run", ...JMH }, only);
    expect(command).toEqual({ kind: "argv", argv: ["java", String.raw`^(shop\.Search\.run)$`] });
    expect(named).toEqual(only);
  });

  it("fails these alone where it ends with an error or takes too long", async () => {
    for (const answer of [{ exitCode: 101 }, { timedOut: true }]) {
      const { failures } = await run(() => answer, JMH, 0, undefined, only);
      expect(failures.map(({ benchmark }) => benchmark)).toEqual(only);
    }
    expect((await run(() => ({ exitCode: 101 }), JMH)).failures).toMatchObject([{ benchmark: "*" }]);
  });

  it("runs all where they are more than a command line takes", () => {
    const many = Array.from({ length: 2000 }, (_, at) => `shop.Search.number${at}`);
    const whole = { command: { kind: "argv", argv: ["java", "."] }, named: null };
    expect(narrowed({ kind: "run", ...JMH }, many)).toEqual(whole);
    const cmd = { kind: "shell", shell: "cmd", line: "java {benchmarks}" } as const;
    expect(narrowed({ kind: "run", ...JMH, command: cmd }, many.slice(0, 500)).named).toBeNull();
    expect(narrowed({ kind: "run", ...JMH }, many.slice(0, 500)).named).toHaveLength(500);
  });
});
