import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Bench } from "tinybench";
import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { tinybench } from "../../../src/adapters/tools/tinybench/tinybench.ts";

function fixture(file: string): string {
  return readFileSync(join(import.meta.dirname, "..", "..", "fixtures", "tinybench", file), "utf8");
}

function parse(text: string) {
  const rounds = tinybench.parse(outputOf(text));
  expect(rounds).toHaveLength(1);
  return rounds[0]!;
}

const latency = { metric: "latency", unit: "s", better: "lower" };

describe("a list of tasks", () => {
  it.each(["v2-tasks.json", "v3-tasks.json", "v4-tasks.json"])("of %s gives the raw samples in seconds", (file) => {
    const tasks = JSON.parse(fixture(file));
    const { measurements, failures } = parse(fixture(file));
    expect(measurements).toHaveLength(2);
    for (const [i, measurement] of measurements.entries()) {
      const milliseconds: number[] = (tasks[i].result.latency ?? tasks[i].result).samples;
      const samples = Float64Array.from(milliseconds, (sample) => sample * 1e-3);
      expect(measurement).toEqual({ benchmark: tasks[i].name, ...latency, distribution: { kind: "samples", samples } });
    }
    expect(failures).toEqual([{ benchmark: "breaks", reason: "The task threw an error" }]);
  });

  it("may hold results spread into the tasks", () => {
    const { results } = JSON.parse(fixture("v6-bench.json"));
    const spread = results
      .slice(0, 2)
      .map(({ name, result }: { name: string; result: object }) => ({ name, ...result }));
    expect(tinybench.recognises(outputOf(JSON.stringify(spread)))).toBe(true);
    expect(parse(JSON.stringify(spread)).measurements.map(({ benchmark }) => benchmark)).toEqual([
      "sort",
      "parse | <b>'quoted'</b>",
    ]);
  });

  it("may hold several benches", () => {
    const bench = JSON.parse(fixture("v6-samples.json"));
    const text = JSON.stringify([bench, { ...bench, name: "other" }]);
    expect(tinybench.recognises(outputOf(text))).toBe(true);
    expect(parse(text).measurements.map(({ benchmark }) => benchmark)).toEqual([
      "strings > sort",
      "strings > parse | <b>'quoted'</b>",
      "other > sort",
      "other > parse | <b>'quoted'</b>",
    ]);
  });
});

describe("a bench", () => {
  it("puts its name before its tasks and keeps samples in order", () => {
    const { results } = JSON.parse(fixture("v6-samples.json"));
    const { measurements, failures } = parse(fixture("v6-samples.json"));
    const samples = Float64Array.from(results[0].result.latency.samples as number[], (sample) => sample * 1e-3);
    expect(measurements[0]).toEqual({
      benchmark: "strings > sort",
      ...latency,
      distribution: { kind: "samples", samples },
    });
    expect(failures).toEqual([{ benchmark: "strings > breaks", reason: 'The task threw "boom"' }]);
  });

  it("without samples gives tinybench's own percentiles", () => {
    const { result } = JSON.parse(fixture("v6-bench.json")).results[0];
    const { min, p50, p75, p99, p995, p999, max, mean, samplesCount } = result.latency;
    const scaled = Object.entries({ 0: min, 0.5: p50, 0.75: p75, 0.99: p99, 0.995: p995, 0.999: p999, 1: max });
    expect(parse(fixture("v6-bench.json")).measurements[0]).toEqual({
      benchmark: "strings > sort",
      ...latency,
      estimator: "interpolated",
      distribution: {
        kind: "quantiles",
        quantiles: Object.fromEntries(scaled.map(([level, value]) => [level, value * 1e-3])),
        count: samplesCount,
        mean: mean * 1e-3,
      },
    });
  });

  it("of version 2 has nearest-rank percentiles and no median", () => {
    const result = { mean: 2, min: 1, max: 3, sd: 1, rme: 1, p75: 2.5, p99: 3, p995: 3, p999: 3, df: 9, samples: [] };
    const { measurements } = parse(JSON.stringify([{ name: "a", result }]));
    expect(measurements[0]).toMatchObject({ estimator: "nearest-rank", distribution: { count: 10, mean: 0.002 } });
    expect(measurements[0]!.distribution).not.toHaveProperty(["quantiles", "0.5"]);
  });
});

describe("a table", () => {
  it.each(["v6-table.json", "v6-table.txt"])("%s gives mean and median as printed", (file) => {
    const { measurements, failures } = parse(fixture(file));
    expect(measurements.map(({ benchmark }) => benchmark)).toEqual(["sort", "parse | <b>'quoted'</b>"]);
    const [row] = JSON.parse(fixture("v6-table.json"));
    expect(measurements[0]!.distribution).toEqual({
      kind: "quantiles",
      quantiles: { "0.5": Number.parseFloat(row["Latency med (ns)"]) * 1e-9 },
      count: row.Samples,
      mean: Number.parseFloat(row["Latency avg (ns)"]) * 1e-9,
    });
    expect(failures).toEqual([{ benchmark: "breaks", reason: 'The task threw "boom"' }]);
  });

  it("of version 2 has a mean only", () => {
    const { distribution } = parse(fixture("v2-table.txt")).measurements[0]!;
    expect(distribution).toMatchObject({ kind: "quantiles", quantiles: {}, count: 40 });
  });

  it("may stand among other lines, more than once", () => {
    const table = fixture("v2-table.txt");
    const text = `${"a line\n".repeat(100)}${table}and\n${table.replace("'sort'", "'tros'").replace("parse", "reparse")}`;
    expect(tinybench.recognises(outputOf(text))).toBe(true);
    expect(parse(text).measurements).toHaveLength(4);
  });

  it("whose names hold its border is refused with the line", () => {
    expect(() => parse(fixture("v2-table.txt").replace("parse | ", "parse │ "))).toThrow(
      /^5: Expected 6 cells, found 7/,
    );
  });

  it("whose numbers are none is refused with line and column's title", () => {
    expect(() => parse(fixture("v6-table.txt").replace(/'[\d.]+( ± [\d.]+%')/, "'many$1"))).toThrow(
      /^4: \["Latency avg \(ns\)"\]: Expected a number/,
    );
  });
});

describe("what cannot be used", () => {
  it("is refused with the line to write instead", () => {
    const remedy = /JSON\.stringify\(bench\.tasks\.map/;
    // What JSON.stringify(bench.tasks) and JSON.stringify(bench.results) give in version 6.
    expect(() => parse("[{},{},{}]")).toThrow(remedy);
    expect(() =>
      parse(
        JSON.stringify(JSON.parse(fixture("v6-bench.json")).results.map(({ result }: { result: unknown }) => result)),
      ),
    ).toThrow(remedy);
    expect(() => parse("[]")).toThrow(remedy);
    expect(() => parse("3")).toThrow(remedy);
  });

  it("is a failure where a task did not run, was aborted or took no sample", () => {
    const tasks = [
      { name: "a" },
      { name: "b", result: null },
      { name: "c", result: { state: "not-started" } },
      { name: "d", result: { state: "aborted-with-statistics", latency: { mean: 1 } } },
      { name: "e", result: { state: "completed" } },
    ];
    const { measurements, failures } = parse(JSON.stringify(tasks));
    expect(measurements).toEqual([]);
    expect(failures.map(({ benchmark, reason }) => `${benchmark}: ${reason}`)).toEqual([
      "a: The task did not run",
      "b: The task did not run",
      "c: The task did not run to its end",
      "d: The task was aborted before it was finished",
      "e: The task has no samples",
    ]);
  });

  it("is refused where two tasks have one name", () => {
    const [first] = JSON.parse(fixture("v4-tasks.json"));
    expect(() => parse(JSON.stringify([first, first]))).toThrow(
      'Two benchmarks are called "sort". Give each task a name of its own',
    );
  });

  it("is refused with its path where a sample is no duration", () => {
    const tasks = [{ name: "a", result: { latency: { samples: [1, 2, -3] } } }];
    expect(() => parse(JSON.stringify({ tasks }))).toThrow(
      /^tasks\[0\]\.result\.latency\.samples\[2\]: Expected a number of at least 0/,
    );
  });
});

it("reads what the installed tinybench writes", async () => {
  const bench = new Bench({ name: "live", iterations: 10, time: 0, warmup: false, retainSamples: true });
  bench.add("work", () => Math.sqrt(2));
  await bench.run();
  const text = JSON.stringify({ name: bench.name, tasks: bench.tasks.map(({ name, result }) => ({ name, result })) });
  expect(tinybench.recognises(outputOf(text))).toBe(true);
  const [measurement] = parse(text).measurements;
  expect(measurement).toMatchObject({ benchmark: "live > work", ...latency, distribution: { kind: "samples" } });
  const { result } = bench.tasks[0]!;
  const expected = result.state === "completed" ? result.latency.samples?.map((sample) => sample * 1e-3) : undefined;
  expect(measurement!.distribution.kind === "samples" && [...measurement!.distribution.samples]).toEqual(expected);
});
