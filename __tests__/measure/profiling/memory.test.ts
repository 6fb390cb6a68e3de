import { describe, expect, it } from "vitest";
import { cpu, gated, heap, isProfiled, type Profiler } from "./kit.ts";

/** The head collects three times as much garbage, which `make` allocates. */
const collecting: Profiler = ({ env }, side, round) => {
  const more = side === "head" ? 3 : 1;
  if (env.BENCHGATE_PROFILE_MODE !== "cpu") {
    return { left: { "1-0.heapprofile": heap(side, { steady: 1e6 + round, make: more * 1e6 + round }) } };
  }
  return { left: { "1-0.cpuprofile": cpu(side, { steady: 1000 + round, "(garbage collector)": more * 100 + round }) } };
};

describe("a gate that is red", () => {
  it("for the collector's time names who allocates more, from rounds of their own", async () => {
    const never = await gated("never", collecting);
    const { outcome, comparisons, specs } = await gated("red", collecting);
    expect(outcome.explanations).toMatchObject([
      {
        kind: "profiled",
        unit: "s",
        culprits: [{ name: "(garbage collector)" }],
        allocators: [{ name: "make", file: "a.js", origin: { kind: "same-file" } }],
      },
    ]);
    const modes = specs.filter(isProfiled).map(({ env }) => env.BENCHGATE_PROFILE_MODE);
    expect(modes).toEqual([...Array(10).fill("cpu"), ...Array(10).fill("heap")]);
    expect(comparisons).toEqual(never.comparisons);
  });

  it("for the collector's time says so alone, where nobody's allocations can be told from noise", async () => {
    const even: Profiler = (spec, side, round) =>
      spec.env.BENCHGATE_PROFILE_MODE === "cpu" ? collecting(spec, side, round) : collecting(spec, "base", round);
    const broken: Profiler = (spec, side, round) =>
      spec.env.BENCHGATE_PROFILE_MODE === "cpu" ? collecting(spec, side, round) : {};
    for (const profiler of [even, broken]) {
      const { outcome } = await gated("red", profiler);
      expect(outcome.explanations).toMatchObject([{ culprits: [{ name: "(garbage collector)" }] }]);
      expect(outcome.explanations![0]).not.toHaveProperty("allocators");
    }
  });

  it("takes no profile of time for one of memory, nor the reverse", async () => {
    const swapped: Profiler = (spec, side, round) =>
      collecting({ ...spec, env: { ...spec.env, BENCHGATE_PROFILE_MODE: "heap" } }, side, round);
    const { outcome } = await gated("red", swapped);
    expect(outcome.explanations).toMatchObject([
      { kind: "not-profiled", reason: expect.stringMatching(/is of memory, and time is asked about/) },
    ]);
  });
});
