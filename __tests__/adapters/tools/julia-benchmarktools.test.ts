import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { juliaBenchmarkTools } from "../../../src/adapters/tools/julia-benchmarktools.ts";
import { corpusFile, fixture, hasCorpus, numbersOf, onlyRound } from "../outputs.ts";

function saved(...values: unknown[]): string {
  return JSON.stringify([{ Julia: "1.10.0", BenchmarkTools: "1.5.0" }, values]);
}

const TRIAL = { times: [1, 2], gctimes: [0, 0], memory: 8, allocs: 1, params: ["Parameters", { evals: 1 }] };

describe("Julia BenchmarkTools", () => {
  const round = onlyRound(juliaBenchmarkTools, fixture("julia-benchmarktools/trials.json"));

  it("takes all times of a trial, and the one of an estimate, in seconds", () => {
    expect(numbersOf(round)).toEqual({
      "text/sort": [31028, 31500, 40211].map((time) => time * 1e-9),
      'text/("join", 10)': [246.03846153846155 * 1e-9],
    });
    expect(round.measurements.map(({ estimator }) => estimator)).toEqual([
      undefined,
      undefined,
      undefined,
      "batch-means",
      undefined,
      undefined,
    ]);
  });

  it("counts memory and allocations exactly", () => {
    expect(round.measurements.slice(1, 3)).toEqual([
      {
        benchmark: "text/sort",
        metric: "memory",
        unit: "B",
        per: "operation",
        better: "lower",
        distribution: { kind: "value", value: 1024, exact: true },
      },
      {
        benchmark: "text/sort",
        metric: "allocations",
        unit: "1",
        better: "lower",
        distribution: { kind: "value", value: 3, exact: true },
      },
    ]);
  });

  it("reads a trial outside any group", () => {
    expect(numbersOf(onlyRound(juliaBenchmarkTools, saved(["Trial", TRIAL])))).toEqual({ benchmark: [1e-9, 2e-9] });
  });

  it.each([
    [saved(["Parameters", {}]), "[1][0]: A Parameters holds no measurements. Save what `run(suite)` gives"],
    [saved(["Trial", { ...TRIAL, times: [] }]), "[1][0][1].times: Expected at least one time"],
    [saved(["Trial", { ...TRIAL, times: [1, null] }]), "[1][0][1].times[1]: Expected a finite number, found null"],
    [saved(["Trial", { ...TRIAL, memory: "8" }]), "[1][0][1].memory: Expected a finite number"],
    [saved(["Trial", TRIAL], ["Trial", TRIAL]), 'Two benchmarks are called "benchmark". Save one group a file'],
    [saved(["BenchmarkGroup", { data: {} }]), "It holds no benchmarks"],
    ["[]", "[0]: Expected an object, found nothing"],
  ])("refuses %s", (text, message) => {
    expect(() => juliaBenchmarkTools.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("Julia BenchmarkTools in the corpus", () => {
  it("gives the times that stand in the file", () => {
    const text = corpusFile("julia-benchmarktools/gha-julia.json");
    const times = [...text.matchAll(/"time": ([\d.]+),/g)].map(([, time]) => Number(time) * 1e-9);
    const found = numbersOf(onlyRound(juliaBenchmarkTools, text));
    expect(found).toEqual({ "fib/20": [times[0]], "fib/10": [times[1]] });
    expect(times).toHaveLength(2);
  });
});
