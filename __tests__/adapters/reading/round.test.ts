import { describe, expect, it } from "vitest";
import type { Told } from "../../../src/adapters/adapter.ts";
import { parted, round, wholeRun } from "../../../src/adapters/reading/round.ts";

const HINTS = { remedy: "Name them", nothing: "Run some" };
const latency = (benchmark: string): Told => ({
  benchmark,
  metric: "latency",
  unit: "s",
  better: "lower",
  distribution: { kind: "value", value: 1, exact: false },
});
const failed = (benchmark: string): Told => ({ benchmark, reason: `${benchmark} threw` });

describe("what a tool told of one process", () => {
  it("is parted into measurements and failures, each in their order", () => {
    const told = [failed("d"), latency("b"), failed("c"), latency("a")];
    expect(round(told, HINTS)).toEqual(parted(told));
    expect(parted(told)).toEqual({ measurements: [told[1], told[3]], failures: [told[0], told[2]] });
  });

  it("is refused where it is nothing, and where one benchmark has a metric twice", () => {
    expect(() => round([], HINTS)).toThrow("It holds no benchmarks. Run some");
    expect(() => round([latency("a"), failed("b"), latency("a")], HINTS)).toThrow(
      'Two benchmarks are called "a". Name them',
    );
    expect(round([failed("a"), failed("a")], HINTS).failures).toHaveLength(2);
  });

  it("is the failure of the whole run where the run is the only benchmark and failed", () => {
    expect(wholeRun([latency("a")])).toEqual({ measurements: [latency("a")], failures: [] });
    expect(wholeRun([latency("a"), failed("b")])).toEqual({
      measurements: [],
      failures: [{ benchmark: "*", reason: "b threw" }],
    });
  });
});
