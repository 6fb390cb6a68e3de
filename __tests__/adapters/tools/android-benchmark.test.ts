import { describe, expect, it } from "vitest";
import { androidBenchmark } from "../../../src/adapters/tools/android-benchmark.ts";
import { fixture, measured, numbersOf, onlyRound, recognisedBy, refusal } from "../outputs.ts";

function file(more: object): string {
  return JSON.stringify({
    context: {},
    benchmarks: [{ name: "a", className: "shop.B", metrics: { timeNs: { runs: [1, 2] } }, ...more }],
  });
}

describe("Android's Jetpack Benchmark", () => {
  it("gives the runs of a microbenchmark as latency, and its allocations", () => {
    const text = fixture("android-benchmark/micro.json");
    const [first] = JSON.parse(text).benchmarks;
    const round = onlyRound(androidBenchmark, text);
    expect(numbersOf(round)["shop.CartBenchmark.log2"]).toEqual(
      first.metrics.timeNs.runs.map((run: number) => run * 1e-9),
    );
    expect(measured(round, "shop.CartBenchmark.log2", "latency").estimator).toBe("batch-means");
    expect(numbersOf(round, "allocations")["shop.CartBenchmark.parse[size=10]"]).toEqual([324, 324, 324, 324, 324]);
  });

  it("gives each time of a macrobenchmark as a latency of its own, with the frames of all iterations", () => {
    const text = fixture("android-benchmark/macro.json");
    const [start, scroll] = JSON.parse(text).benchmarks;
    const latencies = numbersOf(onlyRound(androidBenchmark, text));
    const inSeconds = (runs: readonly number[]) => runs.map((run) => run * 1e-3);
    expect(latencies).toEqual({
      "shop.StartupBenchmark.cold > timeToInitialDisplayMs": inSeconds(start.metrics.timeToInitialDisplayMs.runs),
      "shop.StartupBenchmark.cold > timeToFullDisplayMs": inSeconds(start.metrics.timeToFullDisplayMs.runs),
      "shop.ScrollBenchmark.EMULATOR_scroll > frameDurationCpuMs": inSeconds(
        scroll.sampledMetrics.frameDurationCpuMs.runs.flat(),
      ),
    });
  });

  it("keeps what may be below zero, sizes and counts as metrics of their own", () => {
    const round = onlyRound(androidBenchmark, fixture("android-benchmark/macro.json"));
    const overrun = measured(round, "shop.ScrollBenchmark.EMULATOR_scroll", "frameOverrunMs");
    expect(overrun).toMatchObject({ unit: "s", better: "lower" });
    expect(Math.min(...numbersOf(round, "frameOverrunMs")[overrun.benchmark]!)).toBeLessThan(0);
    expect(numbersOf(round, "memoryRssAnonMaxKb")["shop.StartupBenchmark.cold"]?.[0]).toBe(120400 * 1024);
    expect(measured(round, "shop.ScrollBenchmark.EMULATOR_scroll", "frameCount").unit).toBe("1");
  });

  it("is not Google Benchmark's, which has a context and benchmarks too", () => {
    expect(recognisedBy(file({}))).toEqual(["android-benchmark"]);
    expect(recognisedBy(fixture("google-benchmark/once.json"))).toEqual(["google-benchmark"]);
  });

  it("reports a test without metrics, and one without runs", () => {
    expect(onlyRound(androidBenchmark, file({ metrics: {} })).failures).toEqual([
      { benchmark: "shop.B.a", reason: "It has no metrics" },
    ]);
    expect(onlyRound(androidBenchmark, file({ metrics: { timeNs: { runs: [] } } })).failures).toEqual([
      { benchmark: "shop.B.a", reason: "It has no runs of timeNs" },
    ]);
  });

  it.each([
    [file({ className: 1 }), "benchmarks[0].className: Expected a text"],
    [
      file({ metrics: { timeNs: { runs: [1, "2"] } } }),
      "benchmarks[0].metrics.timeNs.runs[1]: Expected a finite number",
    ],
    [
      file({ sampledMetrics: { frameDurationCpuMs: { runs: [[1, null]] } } }),
      "frameDurationCpuMs.runs[0][1]: Expected a finite number",
    ],
    ['{"benchmarks":[]}', "It holds no benchmarks"],
  ])("refuses %#", (text, message) => {
    expect(refusal(androidBenchmark, text).message).toContain(message);
  });
});
