import { describe, expect, it } from "vitest";
import type { Execution, SlotResult } from "../../../src/measure/execution.ts";
import { countedToo } from "../../../src/measure/workloads/run.ts";
import type { Ports, ProcessSpec } from "../../../src/ports/index.ts";
import { fakeProcesses } from "../../fakes/processes.ts";

/** A round of a suite whose command tells of these benchmarks, and what its counter was asked to count. */
async function round(
  benchmarks: readonly string[],
  { counts = 1000 as number | null, number = "1", fails = false } = {},
) {
  const asked: ProcessSpec[] = [];
  const count = async (spec: ProcessSpec) => {
    asked.push(spec);
    return counts;
  };
  const execution = {
    ports: { processes: { ...fakeProcesses(() => ({})), count } } as Partial<Ports> as Execution["ports"],
    suite: "s",
    side: "candidate",
    cwd: "/head",
    timeLimit: 60,
    deadline: Number.POSITIVE_INFINITY,
    skip: 0,
    only: null,
    env: { BENCHGATE_OUTPUT: "/tmp/x", BENCHGATE_ROUND: number, BENCHGATE_LAYOUT: "xxx" },
  } satisfies Execution;
  const told: SlotResult = {
    measurements: benchmarks.map((benchmark) => ({
      suite: "s",
      benchmark,
      metric: "latency",
      unit: "s",
      better: "lower",
      distribution: { kind: "value", value: 1, exact: false },
    })),
    failures: fails ? [{ suite: "s", benchmark: "*", reason: "broke.", output: "" }] : [],
  };
  const run = countedToo(async () => told, {
    kind: "run",
    command: { kind: "argv", argv: ["./bench", "--all"] },
    tool: "auto",
    output: null,
    count: "instructions",
  });
  const result = await run(execution);
  return { asked, notes: result.notes, counted: result.measurements.find(({ metric }) => metric === "instructions") };
}

describe("instructions of a command that tells its own numbers", () => {
  it("are counted in one more execution, in an environment that is the same each time", async () => {
    const { asked, counted } = await round(["parse"]);

    expect(asked.map(({ argv, cwd }) => [argv.join(" "), cwd])).toEqual([["./bench --all", "/head"]]);
    expect(asked[0]!.env).not.toHaveProperty("BENCHGATE_LAYOUT");
    expect(counted).toMatchObject({ suite: "s", benchmark: "parse", distribution: { value: 1000, exact: false } });
  });

  it("are the command's own where it has several benchmarks", async () => {
    expect((await round(["parse", "print"])).counted).toMatchObject({ benchmark: "./bench --all" });
  });

  it("are not counted of what failed, nor in the turn that is thrown away, and told to be missing where nothing counts", async () => {
    expect((await round(["parse"], { fails: true })).asked).toEqual([]);
    expect((await round(["parse"], { number: "0" })).asked).toEqual([]);
    const { counted, notes } = await round(["parse"], { counts: null });
    expect(counted).toBeUndefined();
    expect(notes).toMatchObject([{ benchmark: "parse", metric: "instructions" }]);
  });
});
