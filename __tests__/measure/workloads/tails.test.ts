import { describe, expect, it } from "vitest";
import { Tails } from "../../../src/measure/workloads/tails.ts";
import type { Measurement } from "../../../src/model/measurement.ts";

function measured(benchmark: string, samples: number, metric = "latency", seconds = 1): Measurement {
  const distribution = { kind: "samples", samples: new Float64Array(samples).fill(seconds) } as const;
  return { suite: "s", benchmark, metric, unit: "s", better: "lower", distribution } as Measurement;
}

describe("the benchmarks that are measured for a p99", () => {
  it("are those of which every side had 1,000 samples", () => {
    const tails = new Tails();
    tails.note("a.js", [measured("fast", 1000), measured("edge", 1200), measured("fast", 3000), measured("edge", 50)]);
    expect(Object.fromEntries(tails.of("a.js"))).toEqual({ fast: true, edge: false });
    expect([...tails.of("b.js")]).toEqual([]);
  });

  it("stay what the first turn that measured them showed", () => {
    const tails = new Tails();
    tails.note("a.js", [measured("first", 1000), measured("first", 5, "cpu-time")]);
    tails.note("a.js", [measured("first", 50), measured("second", 10)]);
    expect(Object.fromEntries(tails.of("a.js"))).toEqual({ first: true, second: false });
  });

  it("are also those of a turn too short for so many samples, which would have taken a second at most on every side", () => {
    const tails = new Tails();
    const tried = (benchmark: string, seconds: number) => measured(benchmark, 30, "latency", seconds);
    const sides = [tried("quick", 0.0002), tried("quick", 0.001), tried("edge", 0.001), tried("edge", 0.0011)];
    tails.note("a.js", sides);
    expect(Object.fromEntries(tails.of("a.js"))).toEqual({ quick: true, edge: false });
  });
});
