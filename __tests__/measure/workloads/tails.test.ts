import { describe, expect, it } from "vitest";
import { Tails } from "../../../src/measure/workloads/tails.ts";
import type { Measurement } from "../../../src/model/measurement.ts";

function timed(benchmark: string, samples: readonly number[], metric = "latency"): Measurement {
  const distribution = { kind: "samples", samples: Float64Array.from(samples) } as const;
  return { suite: "s", benchmark, metric, unit: "s", better: "lower", distribution } as Measurement;
}

const measured = (benchmark: string, samples: number, metric = "latency") =>
  timed(benchmark, Array(samples).fill(0), metric);

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

  it("are after a brief turn those that were quick on every side, not those that were slow on any; the next turn tells of the rest", () => {
    const tails = new Tails();
    const tried = (benchmark: string, ...seconds: readonly number[]) => timed(benchmark, seconds);
    const sides = [
      tried("quick", 0.0002),
      tried("quick", 0.0001, 0.0004),
      tried("edge", 0.0002),
      tried("edge", 0.0009),
    ];
    // Most calls take less than a millisecond, and all together take more than a thousand of them may.
    const skewed = tried("skewed", ...Array(90).fill(0.0007), ...Array(10).fill(0.008));
    const slow = [tried("slow", 0.0002), tried("slow", 0.0011)];
    tails.note("a.js", [...sides, skewed, ...slow, measured("long", 1000), measured("long", 1000)], true);
    expect(Object.fromEntries(tails.of("a.js"))).toEqual({ quick: true, skewed: false, slow: false, long: true });
    tails.note("a.js", [measured("edge", 1000), measured("quick", 1)]);
    expect(Object.fromEntries(tails.of("a.js"))).toMatchObject({ edge: true, quick: true });
  });

  it("are none of a whole turn that had fewer, however quick most of its calls were", () => {
    const tails = new Tails();
    tails.note("a.js", [timed("skewed", [...Array(90).fill(0.0002), ...Array(10).fill(0.02)])]);
    expect(Object.fromEntries(tails.of("a.js"))).toEqual({ skewed: false });
  });
});
