import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { gobenchdata } from "../../../src/adapters/tools/gobenchdata.ts";
import { corpusFile, fixture, hasCorpus, numbersOf, onlyRound } from "../outputs.ts";

function json(benchmark: object): string {
  const whole = {
    Name: "BenchmarkA",
    Runs: 2,
    NsPerOp: 1,
    Mem: { BytesPerOp: 0, AllocsPerOp: 0, MBPerSec: 0 },
    ...benchmark,
  };
  return JSON.stringify([{ Date: 1, Suites: [{ Pkg: "p", Benchmarks: [whole] }] }]);
}

describe("gobenchdata", () => {
  it("gives what Go's own lines give: samples by package and name", () => {
    const round = onlyRound(gobenchdata, fixture("gobenchdata/count.json"));
    const names = ["text.BenchmarkSort", "text.BenchmarkCopy/n=10", "other.BenchmarkSort"].map(
      (name) => `example.com/app/${name}`,
    );
    expect(numbersOf(round)).toEqual({
      [names[0]!]: [100.5 * 1e-9, 102 * 1e-9],
      [names[1]!]: [7.25 * 1e-9],
      [names[2]!]: [55 * 1e-9],
    });
    expect(numbersOf(round, "memory")).toEqual({ [names[0]!]: [16, 16], [names[1]!]: [0], [names[2]!]: [0] });
    expect(numbersOf(round, "throughput")).toEqual({ [names[1]!]: [1379.3 * 1e6] });
    expect(numbersOf(round, "p99-ns")).toEqual({ [names[1]!]: [12.5 * 1e-9] });
    expect(round.measurements[0]).toMatchObject({ estimator: "batch-means" });
  });

  it("has no memory where no benchmark of the run has any", () => {
    expect(onlyRound(gobenchdata, json({})).measurements.map(({ metric }) => metric)).toEqual(["latency"]);
  });

  it.each([
    [json({ Name: "Benchmark A" }), "[0].Suites[0].Benchmarks[0].Name: Expected a benchmark's name"],
    [json({ Name: "BenchmarkA\nBenchmarkB" }), "[0].Suites[0].Benchmarks[0].Name: Expected a benchmark's name"],
    [json({ Runs: 1.5 }), "[0].Suites[0].Benchmarks[0].Runs: Expected a whole number, found 1.5"],
    [json({ NsPerOp: "1" }), "[0].Suites[0].Benchmarks[0].NsPerOp: Expected a finite number"],
    [json({ Custom: { "a b": 1 } }), "[0].Suites[0].Benchmarks[0].Custom: Expected a unit"],
    [JSON.stringify([{ Suites: [] }, { Suites: [] }]), "[1]: A history of 2 runs. Give the output of this run alone"],
    ["[]", "[0]: Expected an object, found nothing"],
    ['[{"Suites":[]}]', "It holds no benchmarks"],
  ])("refuses %#", (text, message) => {
    expect(() => gobenchdata.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("the corpus", () => {
  it.each(["betterstack-gobenchdata.json", "gobenchdata-sample.json"])(
    "%s gives the numbers that stand in it",
    (file) => {
      const text = corpusFile(`gobenchdata/${file}`);
      const expected: Record<string, Record<string, number[]>> = {
        latency: {},
        memory: {},
        allocations: {},
        throughput: {},
      };
      for (const { Pkg, Benchmarks } of JSON.parse(text)[0].Suites) {
        for (const { Name, NsPerOp, Mem } of Benchmarks) {
          const name = `${Pkg}.${file.startsWith("betterstack") ? Name.replace(/-4$/, "") : Name}`;
          const add = (metric: string, value: number) => {
            expected[metric]![name] = [...(expected[metric]![name] ?? []), value];
          };
          add("latency", NsPerOp * 1e-9);
          add("memory", Mem.BytesPerOp);
          add("allocations", Mem.AllocsPerOp);
          if (Mem.MBPerSec > 0) add("throughput", Mem.MBPerSec * 1e6);
        }
      }
      const round = onlyRound(gobenchdata, text);
      for (const [metric, numbers] of Object.entries(expected)) expect(numbersOf(round, metric)).toEqual(numbers);
    },
  );
});
