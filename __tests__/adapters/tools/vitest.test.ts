import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { vitest } from "../../../src/adapters/tools/vitest.ts";

function fixture(file: string): string {
  return readFileSync(join(import.meta.dirname, "..", "..", "fixtures", "vitest", file), "utf8");
}

function parse(text: string) {
  const rounds = vitest.parse(outputOf(text));
  expect(rounds).toHaveLength(1);
  return rounds[0]!;
}

function names(text: string): string[] {
  return parse(text).measurements.map(({ benchmark }) => benchmark);
}

/** The JSON reporter's output of one file with the given tests. */
function run(file: string, tests: readonly object[]): string {
  const assertionResults = tests.map((test) => ({
    ancestorTitles: [],
    status: "passed",
    failureMessages: [],
    benchmarks: [],
    ...test,
  }));
  return JSON.stringify({ testResults: [{ name: file, status: "passed", message: "", assertionResults }] });
}

const statistics = { mean: 2, min: 1, max: 3, p50: 2, p75: 2, p99: 3, p995: 3, p999: 3, samplesCount: 5 };

describe("Vitest 1 to 4", () => {
  it("names benchmarks by file, groups and name", () => {
    expect(names(fixture("v4.json"))).toEqual([
      "text.bench.ts > top level",
      "text.bench.ts > sorting > by code unit",
      "text.bench.ts > sorting > by locale",
      'text.bench.ts > sorting > inner > split, join | "quoted" <b>',
      "packages/a/text.bench.ts > top level",
      "packages/a/text.bench.ts > sorting too > by code unit",
      "packages/a/text.bench.ts > sorting too > by locale",
      'packages/a/text.bench.ts > sorting too > inner > split, join | "quoted" <b>',
    ]);
  });

  it("says in which file a benchmark is", () => {
    const sources = parse(fixture("v4.json")).measurements.map(({ source }) => source?.file);
    expect(new Set(sources)).toEqual(new Set(["text.bench.ts", "packages/a/text.bench.ts"]));
  });

  it("turns milliseconds into seconds", () => {
    const { median, mean, min, max, p75, p99, p995, p999, sampleCount } = JSON.parse(fixture("v4.json")).files[1]
      .groups[1].benchmarks[0];
    const scaled = Object.entries({ 0: min, 0.5: median, 0.75: p75, 0.99: p99, 0.995: p995, 0.999: p999, 1: max });
    expect(parse(fixture("v4.json")).measurements[1]).toMatchObject({
      metric: "latency",
      unit: "s",
      better: "lower",
      estimator: "nearest-rank",
      distribution: {
        kind: "quantiles",
        quantiles: Object.fromEntries(scaled.map(([level, value]) => [level, value * 1e-3])),
        count: sampleCount,
        mean: mean * 1e-3,
      },
    });
  });

  it("has no median in version 1", () => {
    for (const { distribution } of parse(fixture("v1.json")).measurements) {
      expect(distribution).toHaveProperty(["quantiles", "0.99"]);
      expect(distribution).not.toHaveProperty(["quantiles", "0.5"]);
    }
  });

  it.each(["v1.json", "v4.json"])("reports a benchmark that threw in %s, and not one that was skipped", (file) => {
    const { failures } = parse(fixture(file));
    expect(failures.map(({ benchmark }) => benchmark)).toContain("text.bench.ts > failures > breaks");
    expect(failures.map(({ benchmark }) => benchmark)).not.toContain("text.bench.ts > failures > skipped");
  });

  it("reports a file that gave nothing, for nobody can tell why", () => {
    const { failures } = parse(fixture("v4.json"));
    expect(
      failures
        .filter(({ reason }) => reason.startsWith("The file gave no benchmark"))
        .map(({ benchmark }) => benchmark),
    ).toEqual(["skipped.bench.ts", "unloadable.bench.ts"]);
  });
});

describe("Vitest 5", () => {
  it("names benchmarks by the shortest end of the path, tests and name", () => {
    expect([...names(fixture("v5.json"))].sort()).toEqual([
      "other/text.bench.ts > keeps samples > parse JSON",
      "other/text.bench.ts > sorting > one alone > split and join",
      "other/text.bench.ts > sorting > words > by code unit",
      "other/text.bench.ts > sorting > words > by locale",
      "src/text.bench.ts > keeps samples > parse JSON",
      "src/text.bench.ts > sorting > one alone > split and join",
      "src/text.bench.ts > sorting > words > by code unit",
      "src/text.bench.ts > sorting > words > by locale",
    ]);
  });

  it("gives the same names wherever the files lie", () => {
    const moved = fixture("v5.json").replaceAll("/repo/", "/mnt/other/place/");
    expect(moved).not.toBe(fixture("v5.json"));
    expect(names(moved)).toEqual(names(fixture("v5.json")));
    expect(
      names(
        run("C:\\work\\a.bench.ts", [
          { title: "t", benchmarks: [{ name: "t", tasks: [{ name: "b", latency: statistics }] }] },
        ]),
      ),
    ).toEqual(["a.bench.ts > t > b"]);
  });

  it("keeps the samples where there are any", () => {
    const { testResults } = JSON.parse(fixture("v5.json"));
    const file = testResults.find(({ name }: { name: string }) => name.endsWith("src/text.bench.ts"));
    const own = file.assertionResults.find(({ title }: { title: string }) => title === "keeps samples");
    const milliseconds: number[] = own.benchmarks[0].tasks[0].latency.samples;
    const { distribution } = parse(fixture("v5.json")).measurements.find(
      ({ benchmark }) => benchmark === "src/text.bench.ts > keeps samples > parse JSON",
    )!;
    expect(distribution).toEqual({
      kind: "samples",
      samples: Float64Array.from(milliseconds, (sample) => sample * 1e-3),
    });
    expect(milliseconds.length).toBeGreaterThan(20);
  });

  it("reports tests that failed and files that could not be loaded", () => {
    const failures = [...parse(fixture("v5.json")).failures].sort((a, b) => (a.benchmark < b.benchmark ? -1 : 1));
    expect(failures).toEqual([
      { benchmark: "other/text.bench.ts > throws", reason: "The test failed: Error: boom" },
      { benchmark: "src/text.bench.ts > throws", reason: "The test failed: Error: boom" },
      { benchmark: "unloadable.bench.ts", reason: "The file could not be run: cannot load" },
    ]);
  });

  it("tells groups of one test apart where they have names", () => {
    const tasks = [{ name: "b", latency: statistics }];
    const benchmarks = [
      { name: "first", tasks },
      { name: "second", tasks },
    ];
    expect(names(run("/x/a.bench.ts", [{ title: "t", benchmarks }]))).toEqual([
      "a.bench.ts > t > first > b",
      "a.bench.ts > t > second > b",
    ]);
    const twice = [
      { name: "t", tasks },
      { name: "t", tasks },
    ];
    expect(() => parse(run("/x/a.bench.ts", [{ title: "t", benchmarks: twice }]))).toThrow(
      'Two benchmarks are called "a.bench.ts > t > b"',
    );
  });

  it("leaves out what was read from a stored result", () => {
    const tasks = [
      { name: "now", latency: statistics },
      { name: "then", latency: statistics, fromStore: true },
    ];
    expect(names(run("/x/a.bench.ts", [{ title: "t", benchmarks: [{ name: "t", tasks }] }]))).toEqual([
      "a.bench.ts > t > now",
    ]);
  });

  it("is refused, with the way to benchmarks, where tests hold none", () => {
    expect(() => parse(run("/x/a.test.ts", [{ title: "t" }]))).toThrow(
      "It holds no benchmarks. Run `vitest bench --run`",
    );
  });

  it("is refused with its path where a number is missing", () => {
    const tasks = [{ name: "b", latency: { ...statistics, p99: "3" } }];
    expect(() => parse(run("/x/a.bench.ts", [{ title: "t", benchmarks: [{ name: "t", tasks }] }]))).toThrow(
      /^testResults\[0\]\.assertionResults\[0\]\.benchmarks\[0\]\.tasks\[0\]\.latency\.p99: Expected a finite number/,
    );
  });

  it("is not recognised in Jest's output, which has no benchmarks", () => {
    const jest = {
      testResults: [{ name: "/x/a.test.js", status: "passed", assertionResults: [{ title: "t", status: "passed" }] }],
    };
    expect(vitest.recognises(outputOf(JSON.stringify(jest)))).toBe(false);
  });
});
