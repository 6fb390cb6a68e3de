import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { RUNNER_NODE } from "../e2e/kit/runner.ts";

/** What is found that each of 5,000 operations leaves on the heap of a process of its own, where none of them gives the event loop a turn. */
function growthOf(operation: string): number {
  const code = `
    import { Companions } from ${JSON.stringify(new URL("../../src/harness/companions.ts", import.meta.url).href)};
    globalThis.kept = [];
    const companions = new Companions();
    const make = async (runs) => {
      for (let run = 0; run < runs; run++) ${operation};
      return true;
    };
    companions.begin();
    await make(5000);
    companions.end("x", 5000);
    companions.settle();
    await companions.lookForLeak("x", make);
    console.log((await companions.all()).get("x").find(({ metric }) => metric === "heap-growth").value);`;
  return Number(execFileSync(RUNNER_NODE, ["--input-type=module", "-e", code], { encoding: "utf8" }));
}

describe("what each operation leaves on the heap", () => {
  it("is nothing where it is let go of as soon as the event loop comes round", () => {
    expect(growthOf("new WeakRef({ data: [1, 2, 3, 4, 5, 6, 7, 8] })")).toBe(0);
  });

  it("is found where it is kept", () => {
    expect(growthOf("kept.push({ data: [1.5, 2, 3, 4, 5, 6, 7, 8] })")).toBeGreaterThan(60);
  });
});
