import { describe, expect, it } from "vitest";
import type { Profile } from "../../src/explain/profile.ts";
import { together } from "../../src/explain/profile.ts";
import { usageRises } from "../../src/explain/usage.ts";

const round = (waits: number, faults: number, runs?: number): Profile => ({
  unit: "s",
  frames: [],
  nodes: [],
  usage: { waits, "page-faults": faults, "disk-faults": 0 },
  ...(runs !== undefined && { runs }),
});
const five = (of: (index: number) => Profile) => [0, 1, 2, 3, 4].map(of);

describe("what the system counts", () => {
  it("is told where all rounds of the candidate have more, an operation", () => {
    const base = five((index) => round(100 + index, 3000 + index, 1000));
    const head = five((index) => round(2000 + index, 3100 + index, 1000));
    expect(usageRises(base, head)).toEqual([{ usage: "waits", baseline: 0.102, candidate: 2.002 }]);
    expect(usageRises(head, base)).toEqual([]);
  });

  it("is not told where one round has less, of too few rounds, too little, or where one of them was not counted", () => {
    const base = five(() => round(100, 0, 1000));
    const head = (index: number) => round(index === 3 ? 50 : 900, 0, 1000);
    expect(usageRises(base, five(head))).toEqual([]);
    expect(
      usageRises(
        base.slice(1),
        five(() => round(900, 0, 1000)),
      ),
    ).toEqual([]);
    expect(
      usageRises(
        base,
        five(() => round(140, 0, 1000)),
      ),
    ).toEqual([]);
    const { usage: _, ...uncounted } = round(900, 0, 1000);
    expect(usageRises(base, [...five(() => round(900, 0, 1000)), uncounted])).toEqual([]);
  });

  it("is of a round where nobody counted operations", () => {
    const told = (waits: number) =>
      usageRises(
        five(() => round(100, 0)),
        five(() => round(waits, 0)),
      );
    expect(told(130)).toEqual([{ usage: "waits", baseline: 100, candidate: 130 }]);
    expect(told(119)).toEqual([]);
  });

  it("is that of all processes of a round", () => {
    const { usage: _, ...thread } = round(1, 1);
    expect(together([round(1, 2), round(3, 4), thread])!.usage).toEqual({
      waits: 4,
      "page-faults": 6,
      "disk-faults": 0,
    });
    expect(together([thread, thread])).not.toHaveProperty("usage");
  });
});
