import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { pyperf } from "../../../src/adapters/tools/pyperf.ts";
import { corpusFile, corpusFolder, fixture, hasCorpus, numbersOf } from "../outputs.ts";

interface Raw {
  readonly metadata: Record<string, unknown>;
  readonly benchmarks: {
    metadata?: Record<string, unknown>;
    runs: { values?: number[]; metadata: Record<string, number> }[];
  }[];
}

/** What each worker took, by benchmark, read apart from the adapter. */
function workers(text: string): { name: unknown; runs: { values: number[]; memory: number | undefined }[] }[] {
  const { metadata, benchmarks } = JSON.parse(text) as Raw;
  return benchmarks.map(({ metadata: own, runs }) => ({
    name: own?.name ?? metadata.name,
    runs: runs.flatMap(({ values, metadata: run }) =>
      values === undefined ? [] : [{ values, memory: run?.mem_max_rss }],
    ),
  }));
}

function document(run: object, metadata: object = { name: "a", unit: "second", loops: 1 }): string {
  return JSON.stringify({ version: "1.0", metadata, benchmarks: [{ runs: [run] }] });
}

describe("pyperf", () => {
  it("makes a round of every worker, without calibration and warm-ups", () => {
    const rounds = pyperf.parse(outputOf(fixture("pyperf/script.json")));
    const [sort, join] = workers(fixture("pyperf/script.json"));
    expect(rounds).toHaveLength(3);
    for (const [k, round] of rounds.entries()) {
      expect(numbersOf(round)).toEqual({ sort: sort!.runs[k]!.values, join: join!.runs[k]!.values });
      expect(numbersOf(round, "memory")).toEqual({ sort: [sort!.runs[k]!.memory], join: [join!.runs[k]!.memory] });
    }
    expect(rounds[0]!.measurements[0]).toMatchObject({
      metric: "latency",
      unit: "s",
      better: "lower",
      estimator: "batch-means",
    });
  });

  it("takes values in bytes as the memory, and no second one", () => {
    const rounds = pyperf.parse(outputOf(fixture("pyperf/memory.json")));
    const [{ runs }] = workers(fixture("pyperf/memory.json")) as [ReturnType<typeof workers>[number]];
    expect(rounds.map((round) => numbersOf(round, "memory"))).toEqual(runs.map(({ values }) => ({ timeit: values })));
    expect(rounds.every(({ measurements }) => measurements.length === 1)).toBe(true);
  });

  it("keeps an odd name, and reads what a command took", () => {
    const [{ runs }] = workers(fixture("pyperf/one.json")) as [ReturnType<typeof workers>[number]];
    const rounds = pyperf.parse(outputOf(fixture("pyperf/one.json")));
    expect(rounds.map((round) => numbersOf(round))).toEqual(runs.map(({ values }) => ({ 'odd "name" | é': values })));
    const [command] = workers(fixture("pyperf/command.json")) as [ReturnType<typeof workers>[number]];
    expect(pyperf.parse(outputOf(fixture("pyperf/command.json"))).map((round) => numbersOf(round))).toEqual(
      command.runs.map(({ values }) => ({ command: values })),
    );
    expect(() => pyperf.parse(outputOf(fixture("pyperf/unread-stats.txt")))).toThrow(
      /^1: This is what `pyperf stats` prints/,
    );
  });

  it("reads what nanobench writes in pyperf's format as the one process that it is", () => {
    const rounds = pyperf.parse(outputOf(fixture("pyperf/nanobench.json")));
    expect(rounds.map((round) => numbersOf(round))).toEqual([
      { benchmark: workers(fixture("pyperf/nanobench.json"))[0]!.runs[0]!.values },
    ]);
  });

  it("prefers what a run says to what its benchmark and its suite say", () => {
    const [round] = pyperf.parse(outputOf(document({ values: [1, 2], metadata: { name: "b", loops: 8 } })));
    expect(numbersOf(round!)).toEqual({ b: [1, 2] });
    expect(round!.measurements[0]!.estimator).toBe("batch-means");
    expect(pyperf.parse(outputOf(document({ values: [1] })))[0]!.measurements[0]!.estimator).toBeUndefined();
  });

  it.each([
    [document({ values: [1, "2"] }), "benchmarks[0].runs[0].values[1]: Expected a finite number"],
    [document({ values: [] }), "benchmarks[0].runs[0].values: Expected values"],
    [
      document({ values: [1] }, { unit: "second" }),
      "benchmarks[0].runs[0].metadata.name: Expected a text, found nothing",
    ],
    [document({ values: [1] }, { name: "a", unit: "hour" }), "metadata.unit: Expected second, byte or integer"],
    [document({ warmups: [[1, 2]] }), "It holds no benchmarks. Let pyperf measure values"],
    ['{"version": "2.0", "benchmarks": []}', 'version: Expected the version "1.0"'],
    ["Number of run with values: 1\n", "1: This is what `pyperf stats` prints"],
  ])("refuses %s", (text, message) => {
    expect(() => pyperf.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("pyperf in the corpus", () => {
  const REFUSED = ["pyperf/nanobench-pyperf_stats.txt", "pyperf/pyperf-head-stats.txt"];
  const files = [
    ...corpusFolder("pyperf").filter((file) => !REFUSED.includes(file)),
    ...(hasCorpus ? ["nanobench/nanobench-4.6-pyperf.json"] : []),
  ];

  it.each(files)("%s gives each worker's values", (file) => {
    const rounds = pyperf.parse(outputOf(corpusFile(file)));
    const expected = workers(corpusFile(file));
    expect(rounds).toHaveLength(expected[0]!.runs.length);
    const metric = rounds[0]!.measurements[0]!.metric;
    expect(metric).toBe(file.includes("track-memory") ? "memory" : "latency");
    for (const [k, round] of rounds.entries()) {
      expect(numbersOf(round, metric)).toEqual(
        Object.fromEntries(expected.map(({ name, runs }) => [name, runs[k]!.values])),
      );
    }
  });

  it("agrees with what pyperf itself prints of a file", () => {
    const values = pyperf
      .parse(outputOf(corpusFile("pyperf/pyperf-head-timeit-fast.json")))
      .flatMap((round) => numbersOf(round).sorted!);
    const printed = corpusFile("pyperf/pyperf-head-stats.txt");
    expect(values).toHaveLength(Number(/^Total number of values: (\d+)/m.exec(printed)![1]));
    expect((Math.min(...values) * 1e9).toFixed(0)).toBe(/^Minimum: +(\d+) ns/m.exec(printed)![1]);
    expect((Math.max(...values) * 1e6).toFixed(2)).toBe(/^Maximum: +([\d.]+) us/m.exec(printed)![1]);
  });

  it.each(REFUSED)("%s, which people read, is refused at its first line", (file) => {
    expect(() => pyperf.parse(outputOf(corpusFile(file)))).toThrow(/^1: This is what `pyperf stats` prints/);
  });
});
