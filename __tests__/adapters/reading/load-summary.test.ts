import { describe, expect, it } from "vitest";
import { parseDuration } from "../../../src/adapters/reading/duration.ts";
import { levelOf, pathOf, printedQuantiles, roundsOf } from "../../../src/adapters/reading/load-summary.ts";

describe("a printed duration", () => {
  it.each([
    ["168.00us", 0.000168, 1e-8],
    ["13.90ms", 0.0139, 1e-5],
    ["1.01s", 1.01, 0.01],
    ["217\u00b5s", 0.000217, 1e-6],
    ["217\u03bcs", 0.000217, 1e-6],
    ["2.50m", 150, 0.6],
    ["1.00h", 3600, 36],
    ["0.000180007s", 0.000180007, 1e-9],
  ])("%s is %d s in steps of %d s", (text, seconds, step) => {
    expect(parseDuration(text)).toEqual({ seconds, step: expect.closeTo(step, 15) });
  });

  it.each(["", "1", "ms", "1,5ms", "-1ms", "1.5 ms", "1.ms", "1e3s", "NaNs", "1.5kb"])("is not %j", (text) => {
    expect(parseDuration(text)).toBe(null);
  });
});

describe("printed percentiles", () => {
  it("lie within the extremes, whatever a bucket's end is", () => {
    expect(printedQuantiles([[0.99, 0.15]], { min: 0.2, max: 0.1, count: 3 })).toEqual({
      kind: "quantiles",
      quantiles: { "0": 0.15, "0.99": 0.15, "1": 0.15 },
      count: 3,
    });
  });

  it("have levels without the dust of a division", () => {
    expect([99.9, 97.5, 99.999, 7].map(levelOf)).toEqual([0.999, 0.975, 0.99999, 0.07]);
  });
});

describe("runs in one file", () => {
  const run = { requests: 10, failed: 1, rate: { perSecond: 5, of: 10 }, latency: null };
  const named = (benchmark: string, failed = 1) => ({ ...run, benchmark, failed });

  it("make a round of run k of every benchmark", () => {
    const rounds = roundsOf("tool", [named("a"), named("b"), named("a")]);
    expect(rounds.map(({ measurements }) => [...new Set(measurements.map(({ benchmark }) => benchmark))])).toEqual([
      ["a", "b"],
      ["a"],
    ]);
  });

  it("fail by name where there are several benchmarks, and as a whole where there is one", () => {
    const names = (rounds: ReturnType<typeof roundsOf>) =>
      rounds.map(({ failures }) => failures.map((each) => each.benchmark));
    expect(names(roundsOf("tool", [named("a", 10), named("b")]))).toEqual([["a"]]);
    expect(names(roundsOf("tool", [named("a", 10), named("a")]))).toEqual([["*"], []]);
  });

  it("are called by the path, without the port that belongs to a side", () => {
    expect(["http://localhost:1", "https://h/a/b?c=d", "http://h:80/?q"].map(pathOf)).toEqual(["/", "/a/b?c=d", "/?q"]);
  });
});
