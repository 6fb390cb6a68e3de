import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { jmh } from "../../../src/adapters/tools/jmh/jmh.ts";
import { jmhUnit } from "../../../src/adapters/tools/jmh/units.ts";
import { corpusFile, corpusFolder, fixture, hasCorpus, numbersOf, onlyRound } from "../outputs.ts";

const SORT = "com.example.TextBenchmark.sort (size=10, kind=a b)";
const JOIN = "com.example.TextBenchmark.join";

function entry(changes: object, metric: object = {}): string {
  const primaryMetric = { score: 1, scoreUnit: "us/op", rawData: [[1, 2]], ...metric };
  return JSON.stringify([{ benchmark: "a.b", mode: "avgt", primaryMetric, ...changes }]);
}

describe("JMH", () => {
  const rounds = jmh.parse(outputOf(fixture("jmh/forks.json")));

  it("makes a round of every fork", () => {
    expect(rounds).toHaveLength(2);
    expect(numbersOf(rounds[0]!)[SORT]).toEqual([2e-6, 2.25e-6]);
    expect(numbersOf(rounds[1]!)[SORT]).toEqual([2.75e-6, 3e-6]);
    expect(rounds.map((round) => numbersOf(round, "throughput"))).toEqual([{ [JOIN]: [3000, 4000] }, {}]);
    expect(rounds[0]!.measurements[0]).toMatchObject({ unit: "s", better: "lower", estimator: "batch-means" });
  });

  it("adds up the sampled times of a fork's iterations", () => {
    const sampled = rounds.map(
      ({ measurements }) => measurements.find(({ benchmark }) => benchmark === `${JOIN} [sample]`)!,
    );
    expect(sampled.map(({ distribution }) => distribution)).toMatchObject([
      { kind: "histogram" },
      { kind: "histogram" },
    ]);
    const [first] = sampled;
    const histogram = first!.distribution as { values: Float64Array; counts: Float64Array };
    expect([...histogram.values].map((value) => Number(value.toPrecision(6)))).toEqual([4.2e-8, 1.5e-6]);
    expect([...histogram.counts]).toEqual([5, 1]);
    expect(first!.estimator).toBeUndefined();
  });

  it("takes a single shot for one operation", () => {
    const [single] = rounds[1]!.measurements.filter(({ benchmark }) => benchmark.endsWith("start [ss]"));
    expect(single).toMatchObject({ metric: "latency", distribution: { samples: Float64Array.of(0.0115) } });
    expect(single!.estimator).toBeUndefined();
    expect(jmh.parse(outputOf(entry({ mode: "ss", measurementBatchSize: 10 })))[0]!.measurements[0]!.estimator).toBe(
      "batch-means",
    );
  });

  it("reads profilers, and reports what they could not tell", () => {
    expect(numbersOf(rounds[0]!, "memory")).toEqual({ [SORT]: [24, 24] });
    expect(numbersOf(rounds[0]!, "gc.alloc.rate")).toEqual({ [SORT]: [1048576, 2097152] });
    expect(rounds[0]!.failures).toEqual([]);
    expect(rounds[0]!.notes).toMatchObject([{ benchmark: SORT, sentence: "Its gc.count is NaN, and left out" }]);
    expect(numbersOf(rounds[1]!, "gc.count")).toEqual({ [SORT]: [1, 2] });
  });

  it("reads what kotlinx-benchmark writes off the JVM, and a score alone", () => {
    expect(numbersOf(onlyRound(jmh, fixture("jmh/kotlinx-native.json")))).toEqual({
      "com.example.TextBenchmark.sort": [0.0015, 0.002, 0.0025],
    });
    expect(onlyRound(jmh, entry({}, { rawData: undefined })).measurements[0]!.distribution).toEqual({
      kind: "value",
      value: 1e-6,
      exact: false,
    });
  });

  it.each([
    ["ops/ms", { unit: "1/s", scale: 1000, better: "higher" }],
    ["ops/min", { unit: "1/s", scale: 1 / 60, better: "higher" }],
    ["ns/op", { unit: "s", scale: 1e-9, better: "lower" }],
    ["ms", { unit: "s", scale: 1e-3, better: "lower" }],
    ["B/op", { unit: "B", scale: 1, better: "lower" }],
    ["MB", { unit: "B", scale: 1e6, better: "lower" }],
    ["things", { unit: "things", scale: 1, better: "lower" }],
    ["toString", { unit: "toString", scale: 1, better: "lower" }],
  ])("knows the unit %s", (unit, expected) => {
    expect(jmhUnit(unit)).toEqual(expected);
  });

  it.each([
    [entry({ mode: "all" }), "[0].mode: Expected thrpt, avgt, sample or ss"],
    [entry({}, { scoreUnit: "ops/s" }), "[0].primaryMetric.scoreUnit: Expected a time an operation"],
    [entry({ mode: "thrpt" }), "[0].primaryMetric.scoreUnit: Expected operations in a time"],
    [entry({}, { rawData: [[1, "x"]] }), "[0].primaryMetric.rawData[0][1]: Expected a finite number"],
    [
      entry({}, { rawDataHistogram: [[[[1]]]] }),
      "[0].primaryMetric.rawDataHistogram[0][0][0]: Expected a finite number, found nothing",
    ],
    [entry({}, { rawDataHistogram: [[[[1, 0.5]]]] }), "Expected a time and its count"],
    [entry({}, { rawDataHistogram: [[[]]] }), "Expected at least one sampled time"],
    [entry({ params: { n: 1 } }), "[0].params.n: Expected a text"],
    [
      `[${entry({}).slice(1, -1)},${entry({}).slice(1, -1)}]`,
      'Two benchmarks are called "a.b". Give each run a file of its own',
    ],
    ["[]", "It holds no benchmarks"],
    ["# JMH version: 1.37\n", "1: This is what JMH prints"],
  ])("refuses %s", (text, message) => {
    expect(() => jmh.parse(outputOf(text))).toThrow(message);
  });
});

interface Entry {
  readonly benchmark: string;
  readonly mode: string;
  readonly params: Readonly<Record<string, string>>;
  readonly primaryMetric: {
    readonly scoreUnit: string;
    readonly rawData: number[][];
    readonly rawDataHistogram: number[][][][];
  };
  readonly secondaryMetrics: Readonly<Record<string, { readonly scoreUnit: string; readonly rawData: number[][] }>>;
}

const entriesOf = (file: string): readonly Entry[] => JSON.parse(fixture(`jmh/${file}`));
const SEARCH = ["shop.SearchBenchmark.search (size=10)", "shop.SearchBenchmark.search (size=a, b=c)"];

describe("what JMH wrote", () => {
  it("gives every fork's iterations in all modes, and names that tell the modes apart", () => {
    const rounds = jmh.parse(outputOf(fixture("jmh/modes.json")));
    expect(rounds).toHaveLength(2);
    for (const [k, round] of rounds.entries()) {
      expect(round.failures).toEqual([]);
      for (const { mode, params, primaryMetric } of entriesOf("modes.json")) {
        const name = `shop.SearchBenchmark.search (size=${params.size})`;
        const microseconds = primaryMetric.rawData?.[k];
        const close = (values: number[]) => values.map((value) => expect.closeTo(value, 12));
        if (mode === "thrpt")
          expect(numbersOf(round, "throughput")[name]).toEqual(
            microseconds!.map((value) => expect.closeTo(value * 1e6, 6)),
          );
        if (mode === "avgt") expect(numbersOf(round)[name]).toEqual(close(microseconds!.map((value) => value / 1e6)));
        if (mode === "ss")
          expect(numbersOf(round)[`${name} [ss]`]).toEqual(close(microseconds!.map((value) => value / 1e6)));
        if (mode !== "sample") continue;
        const { distribution } = round.measurements.find(({ benchmark }) => benchmark === `${name} [sample]`)!;
        const pairs = primaryMetric.rawDataHistogram[k]!.flat();
        const count = pairs.reduce((sum, pair) => sum + pair[1]!, 0);
        if (distribution.kind !== "histogram") throw new Error(distribution.kind);
        expect(distribution.counts.reduce((sum, n) => sum + n, 0)).toBe(count);
        expect(Math.max(...distribution.values) / (Math.max(...pairs.map(([value]) => value!)) / 1e6)).toBeCloseTo(
          1,
          2,
        );
      }
    }
  });

  it("keeps the counters of two modes of one benchmark apart, and repeats no percentile of a histogram", () => {
    const [round] = jmh.parse(outputOf(fixture("jmh/modes.json")));
    const metrics = round!.measurements.map(({ benchmark, metric, unit }) => `${benchmark}|${metric}|${unit}`);
    for (const name of SEARCH)
      expect(metrics.filter((each) => each.startsWith(name)).sort()).toEqual(
        [
          ...[`${name}|found|s`, `${name}|latency|s`, `${name}|throughput|1/s`, `${name} [thrpt]|found|1/s`],
          ...[`${name} [sample]|latency|s`, `${name} [ss]|latency|s`],
        ].sort(),
      );
  });

  it("gives what the GC profiler found, and leaves out the benchmark that throws", () => {
    const rounds = jmh.parse(outputOf(fixture("jmh/gc.json")));
    for (const [k, round] of rounds.entries())
      for (const [i, { secondaryMetrics }] of entriesOf("gc.json").entries()) {
        expect(numbersOf(round, "memory")[SEARCH[i]!]).toEqual(secondaryMetrics["gc.alloc.rate.norm"]!.rawData[k]);
        expect(numbersOf(round, "gc.count")[SEARCH[i]!]).toEqual(secondaryMetrics["gc.count"]!.rawData[k]);
      }
    expect(Object.keys(numbersOf(rounds[0]!))).toEqual(SEARCH);
  });

  it("has throughput in any unit of time as operations a second", () => {
    const [entry] = entriesOf("throughput.json");
    expect(entry!.primaryMetric.scoreUnit).toBe("ops/s");
    const [round] = jmh.parse(outputOf(fixture("jmh/throughput.json")));
    expect(numbersOf(round!, "throughput")["shop.SearchBenchmark.sum (size=10)"]).toEqual(
      entry!.primaryMetric.rawData[0],
    );
  });

  it("takes five calls in a single shot for a batch", () => {
    const [round] = jmh.parse(outputOf(fixture("jmh/single-shot.json")));
    expect(round!.measurements.map(({ estimator }) => estimator)).toEqual(["batch-means", "batch-means"]);
  });

  it("is read as kotlinx-benchmark writes it on the JVM", () => {
    const rounds = jmh.parse(outputOf(fixture("jmh/kotlinx.json")));
    expect(rounds).toHaveLength(2);
    for (const [k, round] of rounds.entries())
      for (const [i, { primaryMetric }] of entriesOf("kotlinx.json").entries())
        expect(numbersOf(round)[SEARCH[i]!]).toEqual(
          primaryMetric.rawData[k]!.map((value) => expect.closeTo(value / 1e6, 12)),
        );
  });

  it("is refused as a console", () => {
    expect(() => jmh.parse(outputOf(fixture("jmh/unread-console.txt")))).toThrow(/^1: This is what JMH prints/);
  });
});

describe.skipIf(!hasCorpus)("JMH in the corpus", () => {
  const CONSOLE = "jmh/skjolber-gc-profile-console.txt";

  it.each(corpusFolder("jmh").filter((file) => file !== CONSOLE))("%s gives each fork's raw data", (file) => {
    const entries = JSON.parse(corpusFile(file)) as {
      benchmark: string;
      params?: Record<string, string>;
      primaryMetric: { score: number; rawData: number[][] };
    }[];
    const rounds = jmh.parse(outputOf(corpusFile(file)));
    expect(rounds).toHaveLength(entries[0]!.primaryMetric.rawData.length);
    for (const { benchmark, params = {}, primaryMetric } of entries) {
      const given = Object.entries(params).map((pair) => pair.join("="));
      const name = given.length === 0 ? benchmark : `${benchmark} (${given.join(", ")})`;
      const found = rounds.map((round) => numbersOf(round, "throughput")[name]!);
      expect(found).toEqual(primaryMetric.rawData);
      // JMH's own score is the mean over all forks and iterations.
      const all = found.flat();
      expect(all.reduce((sum, value) => sum + value, 0) / all.length / primaryMetric.score).toBeCloseTo(1, 10);
    }
    expect(rounds[0]!.measurements).toHaveLength(entries.length);
  });

  it("a console, rounded and with decimal commas, is refused", () => {
    expect(() => jmh.parse(outputOf(corpusFile(CONSOLE)))).toThrow(/^1: This is what JMH prints/);
  });
});
