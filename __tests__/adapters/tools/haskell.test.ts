import { describe, expect, it } from "vitest";
import { haskellCriterion } from "../../../src/adapters/tools/haskell-criterion.ts";
import { tastyBench } from "../../../src/adapters/tools/tasty-bench.ts";
import { fixture, measured, numbersOf, onlyRound, refusal } from "../outputs.ts";

const CRITERION = "Name,Mean,MeanLB,MeanUB,Stddev,StddevLB,StddevUB";
const TASTY = "Name,Mean (ps),2*Stdev (ps)";
const NAMES = ["fib/10", "fib/15, twice", 'say "sum"'];

function report(more: object): string {
  const whole = { reportName: "a", reportKeys: ["time", "cpuTime", "iters"], reportMeasured: [[4, 0, 2]], ...more };
  return JSON.stringify(["criterion", "1.6.0.0", [whole]]);
}

describe("criterion of Haskell", () => {
  it("gives each measured batch as the time of one of its iterations", () => {
    const text = fixture("haskell-criterion/results.json");
    const reports: { reportName: string; reportKeys: string[]; reportMeasured: number[][] }[] = JSON.parse(text)[2];
    const round = onlyRound(haskellCriterion, text);
    expect(numbersOf(round)).toEqual(
      Object.fromEntries(
        reports.map(({ reportName, reportKeys, reportMeasured }) => {
          const iterations = reportKeys.indexOf("iters");
          return [reportName, reportMeasured.map((row) => row[0]! / row[iterations]!)];
        }),
      ),
    );
    expect(Object.keys(numbersOf(round))).toEqual(NAMES);
    expect(round.measurements[0]).toMatchObject({ unit: "s", better: "lower", estimator: "batch-means" });
  });

  it("gives the mean alone of its CSV, by the same names", () => {
    const text = fixture("haskell-criterion/results.csv");
    const means = text
      .trim()
      .split("\n")
      .slice(1)
      .map((row) => Number(row.split(",").at(-6)));
    expect(numbersOf(onlyRound(haskellCriterion, text))).toEqual(
      Object.fromEntries(NAMES.map((name, i) => [name, [means[i]]])),
    );
  });

  it("reads columns in whatever order, and reports a benchmark that measured nothing", () => {
    expect(
      numbersOf(onlyRound(haskellCriterion, report({ reportKeys: ["iters", "time"], reportMeasured: [[2, 6]] }))),
    ).toEqual({ a: [3] });
    expect(onlyRound(haskellCriterion, report({ reportMeasured: [] })).failures).toEqual([
      { benchmark: "a", reason: "It has no measurement" },
    ]);
  });

  it.each([
    [`${CRITERION}\na,x,1,1,1,1,1\n`, '2: Expected a number of at least 0 under "Mean", found "x"'],
    [`${CRITERION}\na,1,1,1,1,1,1\na,1,1,1,1,1,1\n`, 'Two benchmarks are called "a"'],
    [`${CRITERION}\n`, "It holds no benchmarks"],
    [report({ reportKeys: ["time"] }), "[2][0].reportKeys: Expected a column iters"],
    [report({ reportMeasured: [[1, 0, 0]] }), "[2][0].reportMeasured[0][2]: Expected at least one iteration"],
    [report({ reportMeasured: [[null, 0, 1]] }), "[2][0].reportMeasured[0][0]: Expected a finite number"],
    ['["criterion","1",{}]', "[2]: Expected a list"],
  ])("refuses %#", (text, message) => {
    expect(refusal(haskellCriterion, text).message).toContain(message);
  });
});

describe("tasty-bench", () => {
  it("gives means in seconds, and sizes where the run counted them", () => {
    const round = onlyRound(tastyBench, fixture("tasty-bench/memory.csv"));
    expect(numbersOf(round)).toEqual({
      "All.fib.fifth": [38314 * 1e-12],
      "All.map.insert, twice": [486292 * 1e-12],
      'All.map.say "hi"': [59362792 * 1e-12],
    });
    expect(measured(round, "All.fib.fifth", "memory")).toMatchObject({ unit: "B", better: "lower", per: "operation" });
    expect(numbersOf(round, "copied")["All.map.insert, twice"]).toEqual([3]);
    expect(numbersOf(round, "peak-memory")['All.map.say "hi"']).toEqual([7340032]);
    expect(onlyRound(tastyBench, fixture("tasty-bench/times.csv")).measurements.map(({ metric }) => metric)).toEqual([
      "latency",
      "latency",
      "latency",
    ]);
  });

  it.each([
    [`${TASTY}\nAll.a,1.5e3ps,1\n`, '2: Expected a number of at least 0 under "Mean (ps)"'],
    [`${TASTY},Allocated\nAll.a,1,1,\n`, '2: Expected a number of at least 0 under "Allocated", found ""'],
    [`${TASTY}\nAll.a,1\n`, "2: This row has 2 cells, its header 3"],
    [`${TASTY}\nAll.a,1,1\nAll.a,1,1\n`, 'Two benchmarks are called "All.a"'],
    [TASTY, "It holds no benchmarks"],
  ])("refuses %#", (text, message) => {
    expect(refusal(tastyBench, text).message).toContain(message);
  });
});
