import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { googleBenchmark } from "../../../src/adapters/tools/google-benchmark/google-benchmark.ts";
import { corpusFile, corpusFolder, fixture, hasCorpus, numbersOf, onlyRound } from "../outputs.ts";

type Row = Readonly<Record<string, number | string | boolean>>;

function rowsOf(text: string): Row[] {
  return JSON.parse(text.replace(/: NaN/g, ': "NaN"')).benchmarks;
}

const SCALE: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1 };

/** What the rows of single repetitions say, by name, read apart from the adapter. */
function expected(rows: readonly Row[], key: string): Record<string, number[]> {
  const found: Record<string, number[]> = {};
  for (const row of rows) {
    if (row.run_type === "aggregate" || row.error_occurred === true || row.real_time === undefined) continue;
    const name = String(row.run_name ?? row.name);
    found[name] = [...(found[name] ?? []), Number(row[key]) * SCALE[String(row.time_unit)]!];
  }
  return found;
}

function document(...benchmarks: object[]): string {
  return JSON.stringify({ context: {}, benchmarks });
}

const ROW = {
  name: "a",
  run_name: "a",
  run_type: "iteration",
  iterations: 1,
  real_time: 2,
  cpu_time: 1,
  time_unit: "us",
};

describe("Google Benchmark", () => {
  const rows = rowsOf(fixture("google-benchmark/repetitions.json"));
  const round = onlyRound(googleBenchmark, fixture("google-benchmark/repetitions.json"));

  it("takes repetitions as samples, in seconds, and aggregates as none", () => {
    expect(numbersOf(round)).toEqual(expected(rows, "real_time"));
    expect(numbersOf(round, "cpu-time")).toEqual(expected(rows, "cpu_time"));
    expect(numbersOf(round)["BM_Copy/8"]).toHaveLength(3);
    expect(Object.keys(numbersOf(round))).toEqual([
      "BM_Copy/8",
      "BM_Copy/1024",
      "BM_Sort/16",
      "BM_Sort/64",
      "BM_Sort/256",
      "BM_Manual/iterations:5/manual_time",
      "BM_NoTime/1",
    ]);
    expect(round.measurements[0]).toMatchObject({ unit: "s", better: "lower", estimator: "batch-means" });
  });

  it("takes rates and counters", () => {
    const copy = rows.filter(({ run_name, run_type }) => run_name === "BM_Copy/8" && run_type === "iteration");
    const column = (key: string) => copy.map((row) => row[key]);
    expect(numbersOf(round, "throughput")["BM_Copy/8"]).toEqual(column("items_per_second"));
    expect(numbersOf(round, "bytes_per_second")["BM_Copy/8"]).toEqual(column("bytes_per_second"));
    expect(numbersOf(round, "depth")["BM_Copy/8"]).toEqual([3, 3, 3]);
    const facts = round.measurements
      .filter(({ benchmark }) => benchmark === "BM_Copy/8")
      .map(({ metric, unit, better }) => [metric, unit, better]);
    expect(facts.slice(2).sort()).toEqual([
      ["bytes_per_second", "B/s", "higher"],
      ["depth", "1", "lower"],
      ["throughput", "1/s", "higher"],
    ]);
  });

  it("reports errors and counters that are no number", () => {
    expect(round.failures).toEqual([{ benchmark: "BM_Error", reason: "no device" }]);
    expect(round.notes).toMatchObject([{ benchmark: "BM_NoTime/1", sentence: "Its ratio is NaN, and left out" }]);
    expect(Object.keys(numbersOf(round))).toContain("BM_NoTime/1");
  });

  it("takes mean and median where only aggregates were written", () => {
    const aggregates = rowsOf(fixture("google-benchmark/aggregates.json"));
    const of = (name: string) => Number(aggregates.find((row) => row.name === name)!.real_time) * 1e-9;
    const found = onlyRound(googleBenchmark, fixture("google-benchmark/aggregates.json")).measurements;
    expect(found[0]!.distribution).toEqual({
      kind: "quantiles",
      quantiles: { 0.5: of("BM_Copy/8_median") },
      count: 3,
      mean: of("BM_Copy/8_mean"),
    });
    expect(found).toHaveLength(10);
  });

  it("reads a run without repetitions, and memory that a manager counted", () => {
    expect(numbersOf(onlyRound(googleBenchmark, fixture("google-benchmark/once.json")))["BM_Copy/8"]).toHaveLength(1);
    const counted = onlyRound(googleBenchmark, document({ ...ROW, allocs_per_iter: 3, max_bytes_used: 4096 }));
    expect(counted.measurements.slice(2)).toMatchObject([
      { metric: "allocations", unit: "1", distribution: { kind: "value", value: 3, exact: true } },
      { metric: "memory", unit: "B", distribution: { kind: "samples", samples: Float64Array.of(4096) } },
    ]);
    expect(counted.measurements[0]!.estimator).toBeUndefined();
  });

  it("leaves out what skipped itself", () => {
    const skipped = { ...ROW, name: "b", run_name: "b", skipped: true, skip_message: "no GPU" };
    expect(Object.keys(numbersOf(onlyRound(googleBenchmark, document(ROW, skipped))))).toEqual(["a"]);
    expect(() => onlyRound(googleBenchmark, document(skipped))).toThrow("It holds no benchmarks");
  });

  it("knows the aggregates of versions without a run type", () => {
    const old = ["a", "a", "a_mean", "a_stddev", "b_mean", "b_median", "b_stddev", "c_mean"].map((name) => ({
      name,
      iterations: 2,
      real_time: 1,
      cpu_time: 1,
      time_unit: "ns",
    }));
    const fit = { name: "c_BigO", cpu_coefficient: 1, real_coefficient: 1, big_o: "N", time_unit: "ns" };
    const found = onlyRound(
      googleBenchmark,
      document(...old.map((row) => ({ ...row, ...(row.name.startsWith("b") ? { repetitions: 2 } : {}) })), fit),
    );
    expect(
      found.measurements
        .filter(({ metric }) => metric === "latency")
        .map(({ benchmark, distribution }) => [benchmark, distribution.kind]),
    ).toEqual([
      ["a", "samples"],
      ["b", "quantiles"],
      ["c_mean", "samples"],
    ]);
  });

  it.each([
    [
      document({ ...ROW, repetition_index: 0 }, { ...ROW, repetition_index: 0 }),
      'benchmarks[1]: Two benchmarks are called "a". Register',
    ],
    [document({ ...ROW, time_unit: "h" }), "benchmarks[0].time_unit: Expected ns, us, ms or s"],
    [document({ ...ROW, real_time: "NaN" }), "benchmarks[0].real_time: Expected a finite number"],
    [document({ ...ROW, real_time: -1 }), "benchmarks[0].real_time: Expected a number of at least 0"],
    [document({ ...ROW, depth: [1] }), "benchmarks[0].depth: Expected a finite number, found a list"],
    [
      document({ name: "a_cv", run_type: "aggregate", run_name: "a", aggregate_name: "cv" }),
      'benchmarks[0]: Only aggregates of "a"',
    ],
    [document(), "It holds no benchmarks. Run the program with `--benchmark_out`"],
    [fixture("google-benchmark/unread-console.txt"), "1: This is Google Benchmark's console"],
    ["Benchmark     Time    CPU   Iterations\n", "1: This is Google Benchmark's console"],
  ])("refuses %s", (text, message) => {
    expect(() => googleBenchmark.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("Google Benchmark in the corpus", () => {
  const REFUSED: readonly (readonly [file: string, message: RegExp])[] = [
    ["google-benchmark/gbench-1.7.1-console.txt", /^1: This is Google Benchmark's console or CSV/],
    ["google-benchmark/gbench-test3_run0.json", /^benchmarks\[0\]: Only aggregates of "BM_One"/],
    [
      "google-benchmark/gbench-test4_run.json",
      /^benchmarks\[2\]: Only aggregates of "97 family 0 instance 0 aggregate"/,
    ],
    ["google-benchmark/gbench-test4_run0.json", /^benchmarks\[0\]: Only aggregates of "whocares"/],
  ];
  const read = corpusFolder("google-benchmark").filter((file) => !REFUSED.some(([other]) => other === file));

  it.each(read)("%s gives the times that stand there", (file) => {
    const rows = rowsOf(corpusFile(file));
    const round = onlyRound(googleBenchmark, corpusFile(file));
    expect(numbersOf(round)).toEqual(expected(rows, "real_time"));
    expect(numbersOf(round, "cpu-time")).toEqual(expected(rows, "cpu_time"));
    expect(round.failures.map(({ benchmark }) => benchmark)).toEqual([
      ...new Set(rows.filter((row) => row.error_occurred === true).map((row) => row.run_name)),
    ]);
  });

  it("agrees with the means that the library prints of its repetitions", () => {
    const text = corpusFile("google-benchmark/gbench-1.7.1-repetitions.json");
    const found = numbersOf(onlyRound(googleBenchmark, text));
    const means = rowsOf(text).filter((row) => row.aggregate_name === "mean");
    expect(means.length).toBeGreaterThan(5);
    for (const row of means) {
      const samples = found[String(row.run_name)]!;
      const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
      expect(mean / (Number(row.real_time) * SCALE[String(row.time_unit)]!)).toBeCloseTo(1, 10);
    }
  });

  it.each(REFUSED)("%s is refused", (file, message) => {
    expect(() => googleBenchmark.parse(outputOf(corpusFile(file)))).toThrow(message);
  });
});
