import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { mitata } from "../../../src/adapters/tools/mitata.ts";
import { corpusFile, fixture, hasCorpus, numbersOf, onlyRound } from "../outputs.ts";

interface Stats {
  readonly [key: string]: unknown;
  readonly p50: number;
  readonly p99: number;
  readonly ticks: number;
  readonly samples: number[] | null;
  readonly heap: { readonly avg: number };
}

/** Every run that has statistics, in order. */
function statsOf(text: string): Stats[] {
  return JSON.parse(text).benchmarks.flatMap(({ runs }: { runs: { stats?: Stats }[] }) =>
    runs.flatMap(({ stats }) => stats ?? []),
  );
}

function latencies(text: string) {
  return onlyRound(mitata, text).measurements.filter(({ metric }) => metric === "latency");
}

function run(stats: object, more: object = {}) {
  const benchmark = { alias: "a", group: 0, runs: [{ name: "a", args: {}, stats }], ...more };
  return JSON.stringify({ layout: [{ name: null, types: [] }], benchmarks: [benchmark] });
}

const STATS = { p50: 5, p99: 9, min: 1, max: 10, avg: 6, ticks: 8192, samples: null };

describe("mitata", () => {
  it("takes raw samples where they are kept, in seconds, and memory beside them", () => {
    const text = fixture("mitata/samples.json");
    expect(numbersOf(onlyRound(mitata, text))).toEqual({
      slow: statsOf(text)[0]!.samples!.map((ns) => ns * 1e-9),
      awaits: statsOf(text)[1]!.samples!.map((ns) => ns * 1e-9),
    });
    expect(numbersOf(onlyRound(mitata, text), "memory")).toEqual({
      slow: [statsOf(text)[0]!.heap.avg],
      awaits: [statsOf(text)[1]!.heap.avg],
    });
    expect(latencies(text)[0]).not.toHaveProperty("estimator");
  });

  it("takes mitata's percentiles where samples are not kept, with the number of samples", () => {
    const text = fixture("mitata/percentiles.json");
    const read = latencies(text).map(({ distribution }) => distribution);
    expect(read).toEqual(
      statsOf(text).map((stats) => ({
        kind: "quantiles",
        quantiles: Object.fromEntries(
          Object.entries({ 0: "min", 0.25: "p25", 0.5: "p50", 0.75: "p75", 0.99: "p99", 0.999: "p999", 1: "max" }).map(
            ([level, key]) => [level, (stats[key] as number) * 1e-9],
          ),
        ),
        count: stats.ticks / 4096,
        mean: (stats.avg as number) * 1e-9,
      })),
    );
    expect(new Set(latencies(text).map(({ estimator }) => estimator))).toEqual(new Set(["batch-means"]));
  });

  it("puts the group and the arguments that a name does not show into the name", () => {
    expect(latencies(fixture("mitata/percentiles.json")).map(({ benchmark }) => benchmark)).toEqual([
      "sum",
      "strings > repeat 1",
      "strings > repeat 300",
      "strings > many args (a=1, b=x)",
      "strings > many args (a=2, b=x)",
      "strings > many args (a=1, b=y)",
      "strings > many args (a=2, b=y)",
    ]);
  });

  it("reports a benchmark that threw", () => {
    expect(onlyRound(mitata, fixture("mitata/percentiles.json")).failures).toEqual([
      { benchmark: "breaks", reason: 'The benchmark threw "boom"' },
    ]);
  });

  it("tells batches of 4,096 calls from as many single ones by how often the heap was looked at", () => {
    const [batches] = latencies(run({ ...STATS, heap: { _: 2, total: 4, avg: 2 } }));
    const [single] = latencies(run({ ...STATS, heap: { _: 8190, total: 4, avg: 2 } }));
    const [odd] = latencies(run({ ...STATS, ticks: 8191 }));
    expect(
      [batches, single, odd].map((each) => [(each!.distribution as { count: number }).count, each!.estimator]),
    ).toEqual([
      [2, "batch-means"],
      [8192, "lower-rank"],
      [8191, "lower-rank"],
    ]);
  });

  it("has no memory where the heap never grew", () => {
    expect(
      onlyRound(mitata, run({ ...STATS, heap: { _: 0, total: 0, min: null, max: null, avg: null } })).measurements,
    ).toHaveLength(1);
  });

  it.each([
    [run({ ...STATS, p50: "5" }), 'benchmarks[0].runs[0].stats.p50: Expected a finite number, found the text "5"'],
    [run({ ...STATS, p50: null }), "benchmarks[0].runs[0].stats.p50: Expected a median, found nothing"],
    [run({ ...STATS, ticks: 0 }), "benchmarks[0].runs[0].stats: Expected a count of at least 1 sample, found 0"],
    [
      run({ ...STATS, samples: [1, null] }),
      "benchmarks[0].runs[0].stats.samples[1]: Expected a finite number, found null",
    ],
    [run(STATS, { group: 3 }), "layout[3]: Expected an object, found nothing"],
    [
      run(STATS, {
        runs: [
          { name: "a", stats: STATS },
          { name: "a", stats: STATS },
        ],
      }),
      'Two benchmarks are called "a"',
    ],
    ['{"layout":[],"benchmarks":[]}', "It holds no benchmarks"],
  ])("refuses %#", (text, message) => {
    expect(() => mitata.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("the corpus", () => {
  it("has percentiles of 1.0.34, single calls and batches", () => {
    const text = corpusFile("mitata/mitata-1.0.34.json");
    expect(
      latencies(text).map(({ benchmark, estimator, distribution }) => [benchmark, estimator, distribution]),
    ).toEqual(
      [
        ["g1 > sum", "lower-rank", 236074],
        ["g1 > str 1", "batch-means", 25956352 / 4096],
        ["g1 > str 64", "lower-rank", 351286],
        ["noop", "batch-means", 1261649920 / 4096],
      ].map(([name, estimator, count], i) => [
        name,
        estimator,
        expect.objectContaining({
          count,
          quantiles: expect.objectContaining({
            "0.5": statsOf(text)[i]!.p50 * 1e-9,
            "0.99": statsOf(text)[i]!.p99 * 1e-9,
          }),
        }),
      ]),
    );
    expect(onlyRound(mitata, text).failures).toEqual([{ benchmark: "throws", reason: 'The benchmark threw "bad"' }]);
  });
});
