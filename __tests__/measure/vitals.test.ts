import { describe, expect, it } from "vitest";
import { busyMachine } from "../../src/measure/vitals.ts";
import type { Vitals } from "../../src/ports/index.ts";

const vitals = (steal: number, load: number, throttled: number | null = null, total = 10_000): Vitals => ({
  cpu: { steal, total },
  load,
  throttled,
});
const UNKNOWN: Vitals = { cpu: null, load: null, throttled: null };

describe("a busy machine", () => {
  it.each([
    ["nothing happened", vitals(100, 0.5), vitals(110, 1.5, null, 11_000)],
    ["two percent were stolen", vitals(100, 0.5), vitals(120, 1, null, 11_000)],
    ["only what was measured ran", vitals(0, 0.5), vitals(0, 9, null, 11_000)],
    ["only what was built before ran", vitals(0, 9), vitals(0, 1, null, 11_000)],
    ["nobody can tell", UNKNOWN, UNKNOWN],
    ["the counters went back", vitals(500, 0), vitals(0, 0, null, 100)],
  ])("is not remarkable where %s", (_, before, after) => {
    expect(busyMachine(before, after, 2)).toBeNull();
  });

  it("tells how much time was stolen, and of a load that was there before and after", () => {
    expect(busyMachine(vitals(100, 3), vitals(150, 5, null, 11_000), 2)).toEqual({
      code: "busy-machine",
      steal: 0.05,
      load: 3,
      cores: 2,
      throttled: 0,
    });
  });

  it("tells of cores that were slowed down for heat", () => {
    expect(busyMachine(vitals(0, 0, 7), vitals(0, 0, 9), 2)).toMatchObject({ throttled: 2 });
  });
});
