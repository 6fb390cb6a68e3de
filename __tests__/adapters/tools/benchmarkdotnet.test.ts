import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { benchmarkDotNet } from "../../../src/adapters/tools/benchmarkdotnet/benchmarkdotnet.ts";
import { corpusFile, corpusFolder, fixture, hasCorpus, numbersOf, onlyRound } from "../outputs.ts";

const FULL = fixture("benchmarkdotnet/Example.Text-report-full.json");
const BRIEF = fixture("benchmarkdotnet/Join-report-brief.json");

function nanoseconds(values: readonly number[]): number[] {
  return values.map((value) => value * 1e-9);
}

describe("BenchmarkDotNet", () => {
  const rounds = benchmarkDotNet.parse(outputOf(FULL));

  it("makes a round of every launch, of workload results alone", () => {
    expect(rounds.map((round) => numbersOf(round))).toEqual([
      { "Example.Text.Sort(N: 10)": nanoseconds([100, 110]) },
      { "Example.Text.Sort(N: 10)": nanoseconds([120, 130]) },
    ]);
    expect(rounds[0]!.measurements[0]).toMatchObject({ unit: "s", better: "lower", estimator: "batch-means" });
  });

  it("takes allocated bytes as exact in every round", () => {
    for (const { measurements } of rounds) {
      expect(measurements[1]).toEqual({
        benchmark: "Example.Text.Sort(N: 10)",
        metric: "memory",
        unit: "B",
        per: "operation",
        better: "lower",
        distribution: { kind: "value", value: 368, exact: true },
      });
    }
  });

  it("reports a benchmark without statistics", () => {
    expect(rounds.flatMap(({ failures }) => failures)).toEqual([
      { benchmark: "Example.Text.Broken", reason: "It gave no statistics: BenchmarkDotNet's log says why" },
    ]);
  });

  it("keeps two jobs of one method apart, and reads a brief report as one round", () => {
    const brief = onlyRound(benchmarkDotNet, BRIEF);
    expect(numbersOf(brief)).toEqual({
      "Join.Words [Runtime=.NET 8.0]": nanoseconds([5, 6]),
      "Join.Words [Runtime=.NET 9.0]": nanoseconds([5, 6]),
    });
    expect(brief.measurements[1]).toMatchObject({ metric: "LockContentions", unit: "1", better: "lower" });
  });

  it("reads a folder of classes, the fullest report of each", () => {
    const files = new Map([
      ["Example.Text-report-brief.json", "not read"],
      ["Example.Text-report-full.json", FULL],
      ["Join-report-brief.json", BRIEF],
    ]);
    const [first, second] = benchmarkDotNet.folder!.parse(files);
    expect(Object.keys(numbersOf(first!))).toEqual([
      "Example.Text.Sort(N: 10)",
      "Join.Words [Runtime=.NET 8.0]",
      "Join.Words [Runtime=.NET 9.0]",
    ]);
    expect(Object.keys(numbersOf(second!))).toEqual(["Example.Text.Sort(N: 10)"]);
    expect(() => benchmarkDotNet.folder!.parse(new Map([["A-report-full.json", "{"]]))).toThrow(
      /^A-report-full\.json:1:2: The JSON ends in the middle/,
    );
    expect(() => benchmarkDotNet.folder!.parse(new Map())).toThrow("It holds no benchmarks");
  });

  const document = (...benchmarks: object[]) => JSON.stringify({ HostEnvironmentInfo: {}, Benchmarks: benchmarks });
  const result = { IterationMode: "Workload", IterationStage: "Result", LaunchIndex: 1, Operations: 0, Nanoseconds: 1 };

  it.each([
    [
      document({ Method: "A", Statistics: {} }),
      "Benchmarks[0].Statistics.Mean: Expected a finite number, found nothing",
    ],
    [
      document({ Method: "A", Statistics: { OriginalValues: [1, "NaN"] } }),
      "Benchmarks[0].Statistics.OriginalValues[1]: Expected a finite number",
    ],
    [
      document({ Method: "A", Statistics: {}, Measurements: [result] }),
      "Benchmarks[0].Measurements[0].Operations: Expected at least 1 operation",
    ],
    [document({ Statistics: {} }), "Benchmarks[0].Method: Expected a text"],
    [
      document({ Method: "A", Statistics: { Mean: 1 } }, { Method: "A", Statistics: { Mean: 1 } }),
      'Two benchmarks are called "A"',
    ],
    [document(), "It holds no benchmarks. Run the benchmarks with `--exporters json`"],
    ["Method;Job;AnalyzeLaunchVariance;Mean\n", "1: This is BenchmarkDotNet's CSV"],
  ])("refuses %s", (text, message) => {
    expect(() => benchmarkDotNet.parse(outputOf(text))).toThrow(message);
  });
});

interface Entry {
  readonly FullName?: string;
  readonly Namespace: string | null;
  readonly Type?: string;
  readonly Method: string;
  readonly Statistics: { N?: number; Mean: number; OriginalValues?: number[]; Percentiles?: Record<string, number> };
  readonly Memory?: { BytesAllocatedPerOperation: number };
}

describe.skipIf(!hasCorpus)("BenchmarkDotNet in the corpus", () => {
  const files = corpusFolder("benchmarkdotnet");

  it.each(files.filter((file) => file.endsWith(".json")))("%s gives the values that stand there", (file) => {
    const { Benchmarks } = JSON.parse(corpusFile(file).replace(/^\uFEFF/, "")) as { Benchmarks: Entry[] };
    const { measurements, failures } = onlyRound(benchmarkDotNet, corpusFile(file));
    expect(failures).toEqual([]);
    for (const entry of Benchmarks) {
      const name = entry.FullName ?? [entry.Namespace, entry.Type, entry.Method].filter(Boolean).join(".");
      const own = measurements.filter(({ benchmark }) => benchmark === name);
      const { distribution } = own.find(({ metric }) => metric === "latency")!;
      const { OriginalValues, Percentiles, Mean, N } = entry.Statistics;
      if (distribution.kind === "samples") {
        // The report's own list of values, which the adapter takes from launches where it can.
        const relative = [...distribution.samples].map((sample, i) => sample * 1e9 - OriginalValues![i]!);
        expect(Math.max(...relative.map(Math.abs))).toBeLessThan(1e-9 * Math.max(1, ...OriginalValues!));
        expect(distribution.samples).toHaveLength(N!);
      } else if (distribution.kind === "quantiles") {
        expect(OriginalValues).toBeUndefined();
        expect(distribution).toMatchObject({ count: N, mean: Mean * 1e-9 });
        expect(distribution.quantiles["0.95"]).toBe(Percentiles!.P95! * 1e-9);
        expect(distribution.quantiles["0.99"]).toBeUndefined();
      } else expect(distribution).toEqual({ kind: "value", value: Mean * 1e-9, exact: false });
      const memory = own.find(({ metric }) => metric === "memory")?.distribution;
      expect(memory).toEqual(
        entry.Memory == null
          ? undefined
          : { kind: "value", value: entry.Memory.BytesAllocatedPerOperation, exact: true },
      );
    }
    expect(measurements.filter(({ metric }) => metric === "latency")).toHaveLength(Benchmarks.length);
  });

  it.each(files.filter((file) => file.endsWith(".csv")))("%s is refused", (file) => {
    expect(() => benchmarkDotNet.parse(outputOf(corpusFile(file)))).toThrow(/^1: This is BenchmarkDotNet's CSV/);
  });
});
