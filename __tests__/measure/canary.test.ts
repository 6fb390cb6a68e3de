import { describe, expect, it } from "vitest";
import { canary } from "../../src/io/canary.ts";
import { Canaries, watched } from "../../src/measure/canary.ts";
import type { Execution, SlotResult } from "../../src/measure/execution.ts";

const slot = (seconds?: number): SlotResult => ({
  measurements: [],
  failures: [],
  ...(seconds !== undefined && { canary: seconds }),
});
/** A pair whose second side's canary took `ratio` times as long. */
const pair = (ratio: number) => [slot(0.003), slot(0.003 * ratio)];

describe("the canary", () => {
  it("drops a pair whose sides saw machines of different speed, and no other", () => {
    const canaries = new Canaries(24);
    const drops = [1.02, 1.09, 0.98, 0.99, 1.3, 0.7].map((ratio) => canaries.drops("s", pair(ratio)));
    expect(drops).toEqual([false, false, false, false, true, true]);
    expect(new Canaries(24).drops("s", pair(1.2))).toBe(true);
    expect(canaries.warnings()).toEqual([{ code: "canary", suite: "s", dropped: 2, of: 6 }]);
  });

  it("takes for usual what is usual on this machine", () => {
    const canaries = new Canaries(1000);
    const differences = [1.08, 0.94, 1.07, 0.93, 1.09, 1.06];
    for (const ratio of differences) expect(canaries.drops("s", pair(ratio))).toBe(false);
    // The median difference is ln 1.075: four of its robust standard deviations are 54 %.
    expect(canaries.drops("s", pair(1.5))).toBe(false);
    expect(canaries.drops("t", pair(1.7))).toBe(true);
  });

  it("drops at most a quarter of the planned pairs of each suite", () => {
    const canaries = new Canaries(8);
    const drops = Array.from({ length: 12 }, (_, index) => canaries.drops("s", pair(2 ** (4 * index + 1))));
    expect(drops.filter(Boolean)).toHaveLength(2);
    expect(canaries.warnings()).toEqual([{ code: "canary", suite: "s", dropped: 2, of: 12 }]);
    expect(new Canaries(3).drops("s", pair(9))).toBe(false);
  });

  it("says nothing where fewer than two sides were read", () => {
    const canaries = new Canaries(8);
    expect(canaries.drops("s", [slot(0.003)])).toBe(false);
    expect(canaries.drops("s", [slot(), slot(0.009)])).toBe(false);
    expect(canaries.drops("s", [])).toBe(false);
    expect(canaries.warnings()).toEqual([]);
  });

  it("compares the extremes of three sides", () => {
    expect(new Canaries(8).drops("s", [slot(0.003), slot(0.0032), slot(0.0034)])).toBe(true);
  });

  it("is read before and after an execution, and knows nothing of its result", async () => {
    const readings = [0.002, 0.008];
    const execution = { ports: { host: { canary: () => readings.shift() } } } as unknown as Execution;
    const result: SlotResult = {
      measurements: [],
      failures: [{ suite: "s", benchmark: "*", reason: "x", output: "" }],
    };
    const run = async () => {
      expect(readings).toHaveLength(1);
      return result;
    };
    expect(await watched(run)(execution)).toEqual({ ...result, canary: 0.004 });
    const none = { ports: { host: {} } } as unknown as Execution;
    expect(await watched(async () => result)(none)).toBe(result);
  });

  it("takes a moment of real work", () => {
    const seconds = canary();
    expect(seconds).toBeGreaterThan(1e-5);
    expect(Number.isFinite(seconds)).toBe(true);
  });
});
