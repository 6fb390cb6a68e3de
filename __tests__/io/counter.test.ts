import { describe, expect, it } from "vitest";
import { COUNTERS, createCounter } from "../../src/io/counter.ts";
import { GateError } from "../../src/model/error.ts";
import type { ProcessResult, ProcessSpec } from "../../src/ports/index.ts";
import { fakeProcesses } from "../fakes/processes.ts";

const spec: ProcessSpec = { argv: ["./tool", "--fast"], cwd: "/side", env: { A: "1" }, timeLimit: 60 };
const CACHEGRIND = "==29567== Cachegrind, a cache profiler\n==29567== \n==29567== I   refs:      45,132,342\n";

/** Counts `./tool` where each command is answered by `answer`: the count, and the commands that were run. */
async function count(answer: (line: string) => Partial<ProcessResult>, times = 1) {
  const processes = fakeProcesses(({ argv }) => answer(argv.join(" ")));
  const counter = createCounter(processes.run);
  let found: number | null = null;
  for (let i = 0; i < times; i++) found = await counter(spec);
  return { found, lines: processes.specs.map(({ argv }) => argv.join(" ")), specs: processes.specs };
}

describe("the report of", () => {
  it.each([
    ["perf", "18422105,,instructions:u,10934000,100.00,1.20,insn per cycle\n", 18_422_105],
    ["perf", "18422105,,instructions:u,10934000,41.20,1.20,insn per cycle\n", null],
    ["perf", "<not supported>,,instructions:u,0,100.00,,\n", null],
    ["valgrind", CACHEGRIND, 45_132_342],
    ["valgrind", `${CACHEGRIND}${CACHEGRIND.replaceAll("29567", "29568")}`, 90_264_684],
    ["valgrind", "valgrind: ./tool: command not found\n", null],
  ] as const)("%s is read: %j", (name, report, expected) => {
    expect(COUNTERS[name].read(report)).toBe(expected);
  });
});

describe("instructions", () => {
  it("are counted by perf where it can, and by nothing else then", async () => {
    const { found, lines, specs } = await count(() => ({ stdout: "500,,instructions:u,1,100.00,,\n" }), 2);
    expect(found).toBe(500);
    expect(lines.filter((line) => line.includes("valgrind"))).toEqual([]);
    expect(lines.filter((line) => line.endsWith("sh ./tool --fast"))).toHaveLength(2);
    expect(specs.at(-1)).toMatchObject({ cwd: "/side", env: { A: "1" }, timeLimit: 60 });
  });

  it("are counted under Valgrind where the system lets perf count nothing", async () => {
    const answer = (line: string) =>
      line.includes("valgrind") ? { stdout: CACHEGRIND } : { stdout: "<not supported>,,instructions:u,0,100.00,,\n" };
    const { found, lines } = await count(answer, 3);
    expect(found).toBe(45_132_342);
    // What was found out once is not tried again.
    expect(lines.filter((line) => line.includes("perf stat"))).toHaveLength(1);
  });

  it("are not counted where there is neither, or no shell", async () => {
    expect((await count(() => ({ exitCode: 127 }))).found).toBeNull();
    const noShell = () => {
      throw new GateError("`sh` is not on PATH", "Install it", {}, "measure");
    };
    expect((await count(noShell)).found).toBeNull();
  });

  it("of a program that fails are none", async () => {
    const answer = (line: string) => ({ stdout: CACHEGRIND, exitCode: line.includes("./tool") ? 3 : 0 });
    expect((await count(answer)).found).toBeNull();
  });
});
