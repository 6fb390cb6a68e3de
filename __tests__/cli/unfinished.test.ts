import { describe, expect, it } from "vitest";
import { type Experimental, findUnfinished, keepUnfinished } from "../../src/cli/unfinished.ts";
import type { Ports } from "../../src/ports/index.ts";
import { aRecording } from "../synthetic.ts";

const revision = { sha: "a".repeat(40), ref: "", committedAt: "" };
const suite = { name: "api", workload: { kind: "run", command: "load", tool: "k6", output: null }, timeLimit: 60 };
const targets = { baseline: "$OLD", candidate: "$NEW" };
const experimentOf = (suites: readonly unknown[]) =>
  ({ plan: { suites }, base: revision, candidate: revision }) as unknown as Experimental;

describe("an interrupted measurement", () => {
  const kept = new Map<string, string>();
  const ports = {
    git: { privatePath: async (path: string) => path },
    files: {
      write: async (path: string, text: string) => void kept.set(path, text),
      readTextIfAny: async (path: string) => kept.get(path) ?? null,
    },
  } as unknown as Ports;
  const unfinished = {
    session: "s",
    seed: 1,
    recordings: { baseline: aRecording({ seed: 1, rounds: 1, benchmarks: { a: 0.001 } }) },
  };

  it("is kept, and goes on", async () => {
    expect(await keepUnfinished(ports, experimentOf([suite]), unfinished)).toBe(true);
    expect(await findUnfinished(ports, experimentOf([suite]))).toMatchObject({ session: "s", seed: 1 });
  });

  it("of deployments is neither: their version may be another when it goes on", async () => {
    const deployed = experimentOf([suite, { ...suite, name: "live", targets }]);
    expect(await keepUnfinished(ports, deployed, unfinished)).toBe(false);
    await expect(findUnfinished(ports, deployed)).rejects.toThrow("cannot be resumed");
  });
});
