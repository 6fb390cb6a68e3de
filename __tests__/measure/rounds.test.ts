import { describe, expect, it } from "vitest";
import { fileRounds } from "../../src/measure/rounds.ts";
import type { ToolMeasurement } from "../../src/model/measurement.ts";

function measurements(count: number): readonly ToolMeasurement[] {
  const distribution = { kind: "value", value: 1, exact: false } as const;
  const one = { metric: "latency", unit: "s", better: "lower", distribution } as const;
  return Array.from({ length: count }, (_, index) => ({ benchmark: `b${index}`, ...one }));
}

const file = (count: number) =>
  fileRounds("s", { title: "Go" }, [{ measurements: measurements(count), failures: [] }], { output: "the end" });

describe("the measurements of one suite in a round", () => {
  it("may be many", () => {
    expect(file(200_000).measurements).toHaveLength(200_000);
  });

  it("are refused in one line where they are more", () => {
    expect(file(250_000)).toEqual({
      measurements: [],
      failures: [
        {
          suite: "s",
          benchmark: "*",
          reason:
            "the output (Go) holds 250000 measurements, and a suite may have 200000. Run fewer benchmarks, or split them into suites.",
          output: "the end",
        },
      ],
    });
  });
});
