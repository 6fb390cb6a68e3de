import { describe, expect, it } from "vitest";
import { tinybench } from "../../src/adapters/tools/tinybench/tinybench.ts";
import { vitest } from "../../src/adapters/tools/vitest.ts";
import { corpusFile, corpusFolder, hasCorpus, onlyRound } from "./outputs.ts";

interface Latency {
  readonly [key: string]: number;
}

/** A distribution as it should be read from an object in milliseconds. */
function quantiles(stats: Latency, keys: Readonly<Record<string, string>>, count: number) {
  const levels = Object.entries(keys).map(([level, key]) => [level, stats[key]! * 1e-3]);
  return { kind: "quantiles", quantiles: Object.fromEntries(levels), count, mean: stats.mean! * 1e-3 };
}

describe.skipIf(!hasCorpus)("the corpus of tinybench", () => {
  it("is two files", () => {
    expect(corpusFolder("tinybench").sort()).toEqual([
      "tinybench/tinybench-6-results.json",
      "tinybench/tinybench-6-table.txt",
    ]);
  });

  it("has JSON, which gives what stands in it", () => {
    const { name, results } = JSON.parse(corpusFile("tinybench/tinybench-6-results.json"));
    const keys = { 0: "min", 0.5: "p50", 0.75: "p75", 0.99: "p99", 0.995: "p995", 0.999: "p999", 1: "max" };
    const completed = results.filter(({ result }: { result: { state: string } }) => result.state === "completed");
    expect(completed).toHaveLength(3);
    const { measurements, failures } = onlyRound(tinybench, corpusFile("tinybench/tinybench-6-results.json"));
    expect(measurements.map(({ benchmark, distribution }) => [benchmark, distribution])).toEqual(
      completed.map((each: { name: string; result: { latency: Latency } }) => [
        `${name} > ${each.name}`,
        quantiles(each.result.latency, keys, each.result.latency.samplesCount!),
      ]),
    );
    expect(failures).toHaveLength(results.length - completed.length);
  });

  it("has a table, which gives mean and median of every row", () => {
    const rows = corpusFile("tinybench/tinybench-6-table.txt")
      .split("\n")
      .map((line) => line.split("\u2502").map((cell) => cell.trim()))
      .filter((cells) => /^\d+$/.test(cells[1] ?? "") && /^'[\d.]+ \u00b1/.test(cells[3] ?? ""));
    const { measurements } = onlyRound(tinybench, corpusFile("tinybench/tinybench-6-table.txt"));
    expect(rows).toHaveLength(3);
    expect(measurements.map(({ benchmark, distribution }) => [benchmark, distribution])).toEqual(
      rows.map(([, , name, mean, median, , , samples]) => [
        name!.slice(1, -1),
        {
          kind: "quantiles",
          quantiles: { "0.5": Number.parseFloat(median!.slice(1)) * 1e-9 },
          count: Number(samples),
          mean: Number.parseFloat(mean!.slice(1)) * 1e-9,
        },
      ]),
    );
  });
});

describe.skipIf(!hasCorpus)("the corpus of Vitest", () => {
  it("is one file, which gives what stands in it", () => {
    expect(corpusFolder("vitest-bench")).toEqual(["vitest-bench/bencher-two.json"]);
    const [file] = JSON.parse(corpusFile("vitest-bench/bencher-two.json")).files;
    const keys = { 0: "min", 0.5: "median", 0.75: "p75", 0.99: "p99", 0.995: "p995", 0.999: "p999", 1: "max" };
    const expected = file.groups.flatMap(
      ({ fullName, benchmarks }: { fullName: string; benchmarks: (Latency & { name: unknown })[] }) =>
        benchmarks.map((each) => [`${fullName} > ${each.name}`, quantiles(each, keys, each.sampleCount!)]),
    );
    expect(expected).toHaveLength(2);
    const { measurements } = onlyRound(vitest, corpusFile("vitest-bench/bencher-two.json"));
    expect(measurements.map(({ benchmark, distribution }) => [benchmark, distribution])).toEqual(expected);
  });
});
