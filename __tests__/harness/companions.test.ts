import { describe, expect, it } from "vitest";
import { Companions } from "../../src/harness/companions.ts";

/** What is found that each of 5,000 operations leaves on this process's heap, none of which gives the event loop a turn. */
async function growthOf(operation: () => void): Promise<number | undefined> {
  const companions = new Companions();
  const make = async (runs: number) => {
    for (let run = 0; run < runs; run++) operation();
    return true;
  };
  companions.begin();
  await make(5000);
  companions.end("x", 5000);
  companions.settle();
  await companions.lookForLeak("x", make);
  return (await companions.all()).get("x")?.find(({ metric }) => metric === "heap-growth")?.value;
}

describe("what each operation leaves on the heap", () => {
  it("is nothing where it is let go of as soon as the event loop comes round", async () => {
    expect(await growthOf(() => void new WeakRef({ data: [1, 2, 3, 4, 5, 6, 7, 8] }))).toBe(0);
  });

  it("is found where it is kept", async () => {
    const kept: object[] = [];
    expect(await growthOf(() => void kept.push({ data: [1.5, 2, 3, 4, 5, 6, 7, 8] }))).toBeGreaterThan(60);
    expect(kept.length).toBeGreaterThan(5000);
  });
});
