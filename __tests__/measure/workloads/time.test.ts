import { describe, expect, it } from "vitest";
import type { Execution } from "../../../src/measure/execution.ts";
import type { Side } from "../../../src/measure/schedule.ts";
import { benchmarkName, timeProcess } from "../../../src/measure/workloads/time.ts";
import { GateError } from "../../../src/model/error.ts";
import type { Command } from "../../../src/model/plan.ts";
import type { ProcessSpec, TimedResult, TimedSpec } from "../../../src/ports/index.ts";
import { fakeClock } from "../../fakes/clock.ts";
import { fakeNetwork } from "../../fakes/network.ts";
import { fakeProcesses } from "../../fakes/processes.ts";

const TOOL: Command = { kind: "argv", argv: ["./bin/tool", "--version"] };
const LINE: Command = { kind: "shell", line: "./bin/tool --version", shell: "sh" };
const ended: TimedResult = {
  exitCode: 0,
  signal: null,
  timedOut: false,
  tail: "",
  seconds: 0.02,
  cpu: { user: 0.008, system: 0.002 },
  resolution: 1e-6,
  startUp: null,
  peakMemory: null,
};

type Answer = (spec: TimedSpec, index: number) => Partial<TimedResult>;

/** Runs one round of `command`; each process is kept in `specs` and answered by `answer`. */
async function round(command: Command, answer: Answer, sides: readonly Side[] = ["candidate"], signal?: AbortSignal) {
  const clock = fakeClock();
  const specs: TimedSpec[] = [];
  const processes = {
    ...fakeProcesses(() => ({})),
    time: async (spec: TimedSpec) => {
      const result = { ...ended, ...answer(spec, specs.push(spec) - 1) };
      clock.pass(result.seconds);
      return result;
    },
  };
  const executions = sides.map((side): Execution => {
    const ports = { processes, clock, network: fakeNetwork(), files: undefined as never, host: undefined as never };
    const env = { BENCHGATE_OUTPUT: "/tmp/x", BENCHGATE_ROUND: "1" };
    const round = {
      side,
      cwd: `/${side}`,
      timeLimit: 60,
      deadline: Number.POSITIVE_INFINITY,
      skip: 0,
      only: null,
      env,
    };
    return { ports, suite: "cli", ...round, ...(signal && { signal }) };
  });
  return { results: await timeProcess({ kind: "time", command })(executions), specs };
}

/** Runs a round whose instructions are counted, each side's to what `counts` says. */
async function countedRound(counts: (cwd: string) => number | null, roundNumber = "1", exitCode = 0) {
  const counted: string[] = [];
  const processes = {
    ...fakeProcesses(() => ({})),
    time: async () => ({ ...ended, exitCode }),
    count: async ({ argv, cwd }: ProcessSpec) => {
      counted.push(argv.join(" "));
      return counts(cwd);
    },
  };
  const clock = fakeClock();
  const executions = (["baseline", "candidate"] as const).map((side): Execution => {
    const ports = { processes, clock, network: fakeNetwork(), files: undefined as never, host: undefined as never };
    const env = { BENCHGATE_OUTPUT: "/tmp/x", BENCHGATE_ROUND: roundNumber };
    const bounds = { timeLimit: 60, deadline: Number.POSITIVE_INFINITY, skip: 0, only: null };
    return { ports, suite: "cli", side, cwd: `/${side}`, env, ...bounds };
  });
  return { results: await timeProcess({ kind: "time", command: TOOL, count: "instructions" })(executions), counted };
}

describe("instructions beside the time", () => {
  it("are counted once a round on each side, by the side's own command", async () => {
    const { results, counted } = await countedRound((cwd) => (cwd === "/baseline" ? 1000 : 1020));
    expect(counted).toEqual(["./bin/tool --version", "./bin/tool --version"]);
    const found = results.map(({ measurements }) => measurements.find(({ metric }) => metric === "instructions"));
    expect(found).toMatchObject([
      { benchmark: "./bin/tool --version", unit: "1", better: "lower", distribution: { kind: "value", value: 1000 } },
      { distribution: { value: 1020 } },
    ]);
    expect(results.map(({ measurements }) => measurements[0]?.metric)).toEqual(["latency", "latency"]);
  });

  it("are told to be missing where nothing can count them", async () => {
    const { results } = await countedRound(() => null);
    expect(results[0]?.measurements.map(({ metric }) => metric)).not.toContain("instructions");
    expect(results[0]?.notes).toMatchObject([
      { suite: "cli", metric: "instructions", remedy: expect.stringContaining("Valgrind") },
    ]);
  });

  it("are not counted in the turn that is thrown away, nor of a command that failed", async () => {
    expect((await countedRound(() => 1, "0")).counted).toEqual([]);
    expect((await countedRound(() => 1, "1", 3)).counted).toEqual([]);
  });
});

const samples = (result: Awaited<ReturnType<typeof round>>["results"][number] | undefined, metric: string) => {
  const distribution = result?.measurements.find((each) => each.metric === metric)?.distribution;
  return distribution?.kind === "samples" ? [...distribution.samples] : null;
};
const empty = ({ argv }: TimedSpec) => argv.at(-1) === "";

describe("timing a process", () => {
  it("gives wall-clock time, CPU time and peak memory under the command's own name", async () => {
    const { results } = await round(TOOL, ({ memory }, index) => ({
      seconds: 0.1 + index,
      ...(memory && { peakMemory: 5e6 }),
    }));
    expect(results).toEqual([
      {
        measurements: [
          {
            suite: "cli",
            benchmark: "./bin/tool --version",
            metric: "latency",
            unit: "s",
            better: "lower",
            distribution: { kind: "samples", samples: Float64Array.of(0.1, 1.1) },
          },
          {
            suite: "cli",
            benchmark: "./bin/tool --version",
            metric: "cpu-time",
            unit: "s",
            better: "lower",
            distribution: { kind: "samples", samples: Float64Array.of(0.01, 0.01) },
            resolution: 1e-6,
          },
          {
            suite: "cli",
            benchmark: "./bin/tool --version",
            metric: "user-time",
            unit: "s",
            better: "lower",
            distribution: { kind: "samples", samples: Float64Array.of(0.008, 0.008) },
            resolution: 1e-6,
          },
          {
            suite: "cli",
            benchmark: "./bin/tool --version",
            metric: "system-time",
            unit: "s",
            better: "lower",
            distribution: { kind: "samples", samples: Float64Array.of(0.002, 0.002) },
            resolution: 1e-6,
          },
          {
            suite: "cli",
            benchmark: "./bin/tool --version",
            metric: "memory",
            unit: "B",
            better: "lower",
            distribution: { kind: "value", value: 5e6, exact: false },
          },
        ],
        failures: [],
      },
    ]);
  });

  it("runs a short command ten times, and a long one once", async () => {
    expect((await round(TOOL, () => ({ seconds: 0.02 }))).specs).toHaveLength(10);
    expect((await round(TOOL, () => ({ seconds: 0.2 }))).specs).toHaveLength(3);
    expect((await round(TOOL, () => ({ seconds: 7 }))).specs).toHaveLength(1);
  });

  it("lets the sides take turns, ABBA, until the slower one has enough: both have as many executions", async () => {
    const { results, specs } = await round(TOOL, ({ cwd }) => ({ seconds: cwd === "/baseline" ? 0.05 : 0.2 }), [
      "candidate",
      "baseline",
    ]);
    const [A, B] = ["/candidate", "/baseline"];
    expect(specs.map(({ cwd }) => cwd)).toEqual([A, B, B, A, A, B]);
    expect(results.map((result) => samples(result, "latency"))).toEqual([
      [0.2, 0.2, 0.2],
      [0.05, 0.05, 0.05],
    ]);
  });

  it("asks for the memory once a round", async () => {
    const { specs } = await round(TOOL, () => ({}));
    expect(specs.map(({ memory }) => memory)).toEqual([true, ...Array(9).fill(false)]);
  });

  it("says nothing of what the machine cannot tell", async () => {
    const { results } = await round(TOOL, () => ({ cpu: null, resolution: 0 }));
    expect(results[0]?.measurements.map(({ metric }) => metric)).toEqual(["latency"]);
  });

  it("gives each process what is left of the time limit", async () => {
    const { specs } = await round(TOOL, () => ({ seconds: 0.125 }));
    expect(specs.map(({ timeLimit }) => timeLimit)).toEqual([60, 59.875, 59.75, 59.625]);
  });
});

describe("the start-up of a shell", () => {
  it("is the median of empty lines in the same shell, taken off on all sides alike", async () => {
    const startUps = [0.004, 0.003, 0.9];
    const { results, specs } = await round(
      LINE,
      (spec, index) =>
        empty(spec)
          ? { seconds: startUps[index]!, cpu: { user: 0.001, system: 0 } }
          : { seconds: 0.02, cpu: { user: 0.005, system: 0.001 } },
      ["candidate", "baseline"],
    );
    expect(specs.slice(0, 4).map(({ argv }) => argv.join(" "))).toEqual([
      "sh -c ",
      "sh -c ",
      "sh -c ",
      "sh -c ./bin/tool --version",
    ]);
    for (const result of results) {
      expect(samples(result, "latency")).toEqual(Array(10).fill(expect.closeTo(0.016, 9)));
      expect(samples(result, "cpu-time")).toEqual(Array(10).fill(expect.closeTo(0.005, 9)));
      expect(samples(result, "user-time")).toEqual(Array(10).fill(expect.closeTo(0.004, 9)));
      expect(samples(result, "system-time")).toEqual(Array(10).fill(expect.closeTo(0.001, 9)));
    }
  });

  it("never leaves less than nothing", async () => {
    const { results } = await round(LINE, (spec) =>
      empty(spec) ? { seconds: 0.03, cpu: { user: 0.01, system: 0.01 } } : {},
    );
    expect(samples(results[0], "latency")).toEqual(Array(10).fill(0));
    expect(samples(results[0], "cpu-time")).toEqual(Array(10).fill(0));
  });

  it("is not looked for where there is no shell", async () => {
    const { specs } = await round(TOOL, () => ({}));
    expect(specs.every(({ argv }) => argv[0] === "./bin/tool")).toBe(true);
  });

  it("is measured ten times at most, and at least three times however slow the shell", async () => {
    const count = async (seconds: number) =>
      (await round(LINE, (spec) => (empty(spec) ? { seconds } : {}))).specs.filter(empty).length;
    expect(await count(0.001)).toBe(10);
    expect(await count(2)).toBe(3);
  });

  it("is left in where the empty line cannot be run: the command says why", async () => {
    const missing = await round(LINE, () => {
      throw new GateError("`sh` is not on PATH", "Install it", {}, "measure");
    });
    expect(missing.results[0]?.failures[0]?.reason).toBe("`sh` is not on PATH. Install it.");
    const odd = await round(LINE, (spec) => (empty(spec) ? { exitCode: 1, seconds: 0.01 } : {}));
    expect(samples(odd.results[0], "latency")).toEqual(Array(10).fill(0.02));
  });
});

describe("the start-up of a stopwatch that does not time the child itself", () => {
  const startUp = { under: [0.005, 0.9, 0.004], alone: [0.002, 0.001, 0.003] };

  it("is the difference of the medians of its trials, taken off each execution", async () => {
    const { results } = await round(TOOL, () => ({ startUp }));
    expect(samples(results[0], "latency")).toEqual(Array(10).fill(expect.closeTo(0.017, 9)));
  });

  it("adds nothing where the trials came out the wrong way round, and never leaves less than nothing", async () => {
    const turned = { under: startUp.alone, alone: startUp.under };
    expect(samples((await round(TOOL, () => ({ startUp: turned }))).results[0], "latency")).toEqual(
      Array(10).fill(0.02),
    );
    expect(samples((await round(TOOL, () => ({ startUp, seconds: 0.001 }))).results[0], "latency")).toEqual(
      Array(10).fill(0),
    );
  });
});

describe("a process that cannot be timed", () => {
  it.each([
    ["exits with a code", { exitCode: 3 }, "`./bin/tool --version` exited with code 3."],
    ["is ended by a signal", { exitCode: null, signal: "SIGSEGV" }, "`./bin/tool --version` was ended by SIGSEGV."],
    ["hangs", { exitCode: null, signal: "SIGTERM", timedOut: true }, "took longer than its limit of 60 s"],
  ])("because it %s fails its side with its last words, and the other side goes on", async (_, how, reason) => {
    const { results, specs } = await round(TOOL, ({ cwd }) => (cwd === "/candidate" ? { ...how, tail: "boom" } : {}), [
      "candidate",
      "baseline",
    ]);
    expect(results[0]).toEqual({
      measurements: [],
      failures: [{ suite: "cli", benchmark: "*", reason: expect.stringContaining(reason), output: "boom" }],
    });
    expect(samples(results[1], "latency")).toHaveLength(10);
    expect(specs.filter(({ cwd }) => cwd === "/candidate")).toHaveLength(1);
  });

  it("after it was timed has no result either", async () => {
    const { results } = await round(TOOL, (_, index) => (index === 4 ? { exitCode: 1 } : {}));
    expect(results[0]?.measurements).toEqual([]);
    expect(results[0]?.failures).toHaveLength(1);
  });

  it("is not started once the user has interrupted", async () => {
    const controller = new AbortController();
    const { results, specs } = await round(
      TOOL,
      () => {
        controller.abort();
        return {};
      },
      ["candidate", "baseline"],
      controller.signal,
    );
    expect(specs).toHaveLength(1);
    expect(results.map(({ failures }) => failures[0]?.reason)).toEqual(["interrupted.", "interrupted."]);
  });
});

describe("the name of a timed command", () => {
  it("is the command on one line, shortened by whole characters", () => {
    expect(benchmarkName(TOOL)).toBe("./bin/tool --version");
    expect(benchmarkName({ ...LINE, line: "  make\n  all " })).toBe("make all");
    const long = benchmarkName({ ...LINE, line: "😀".repeat(90) });
    expect(long).toBe(`${"😀".repeat(79)}…`);
  });
});
