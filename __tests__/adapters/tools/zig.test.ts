import { describe, expect, it } from "vitest";
import { poop } from "../../../src/adapters/tools/poop.ts";
import { zbench } from "../../../src/adapters/tools/zbench/zbench.ts";
import { fixture, measured, numbersOf, onlyRound, recognisedBy, refusal } from "../outputs.ts";

const HEADING = "benchmark   runs   total time   time/run (avg ± σ)   (min ... max)   p75   p99   p995";
const ROW = "a   40   20.38us   509ns ± 49ns   (500ns ... 812ns)   501ns   812ns   812ns";

function result(more: object): string {
  return JSON.stringify([{ name: "a", timing_statistics: { units: "nanoseconds" }, timings: [5, 7], ...more }]);
}

describe("zBench", () => {
  it("gives the time of every run, and the most that a run held", () => {
    const round = onlyRound(zbench, fixture("zbench/results.json"));
    expect(Object.keys(numbersOf(round))).toEqual(["add", "add 20, é", "allocates"]);
    for (const samples of Object.values(numbersOf(round))) expect(samples).toHaveLength(40);
    expect(measured(round, "allocates", "memory")).toMatchObject({ unit: "B", per: "operation", better: "lower" });
    expect(numbersOf(round, "memory").allocates).toEqual(new Array(40).fill(20480));
  });

  it("reads names that zBench does not escape", () => {
    expect(Object.keys(numbersOf(onlyRound(zbench, fixture("zbench/quoted.json"))))).toEqual([
      "add",
      'say "hi", 20 times',
      "allocates",
    ]);
    expect(recognisedBy(fixture("zbench/quoted.json"))).toEqual(["zbench"]);
  });

  it("gives means, percentiles and extremes of its table, by the same names", () => {
    const round = onlyRound(zbench, fixture("zbench/table.txt"));
    expect(round.measurements.map(({ benchmark, metric }) => `${benchmark} ${metric}`)).toEqual([
      "add latency",
      "add 20, é latency",
      "allocates latency",
      "allocates memory",
    ]);
    const [{ distribution, resolution }] = onlyRound(zbench, `${HEADING}\n${ROW}\n`).measurements as [
      (typeof round.measurements)[0],
    ];
    expect(distribution).toEqual({
      kind: "quantiles",
      count: 40,
      mean: 5.09e-7,
      quantiles: { "0": 5e-7, "0.75": 5.01e-7, "0.99": 8.12e-7, "0.995": 8.12e-7, "1": 8.12e-7 },
    });
    expect(resolution).toBe(1e-9);
  });

  it("reads times beyond a minute", () => {
    const text = `${HEADING}\n${ROW.replace("509ns ± 49ns", "1m2.5s ± 1s").replace("812ns)", "1m5s)")}\n`;
    expect(measured(onlyRound(zbench, text), "a", "latency").distribution).toMatchObject({ mean: 62.5 });
  });

  it.each([
    [result({ timings: [-1] }), "[0].timings[0]: Expected a number of at least 0"],
    [result({ timing_statistics: { units: "ticks" } }), "[0].timing_statistics.units: Expected nanoseconds"],
    [
      result({ max_allocation_statistics: {}, max_allocations: [] }),
      "[0].max_allocation_statistics.units: Expected bytes",
    ],
    [result({ name: "" }), "[0].name: Expected a name"],
    [`${HEADING}\n`, "It holds no benchmarks"],
    [`${HEADING}\n${ROW.replace("509ns", "509 ns")}\n`, "2: Not a row that zBench prints"],
    [`${HEADING}\n${ROW}\n${ROW}\n`, 'Two benchmarks are called "a"'],
    [`${HEADING}\nb [MEMORY]  1B ± 0B  (1B ... 1B)  1B  1B  1B\n`, "2: Not a row that zBench prints"],
    [`${HEADING}\nloading... ${ROW}\n`, "2: What the program printed cannot be distinguished"],
  ])("refuses %#", (text, message) => {
    expect(refusal(zbench, text).message).toContain(message);
  });
});

const POOP = "Benchmark 1 (5 runs): ./a -x\n  measurement          mean ± σ            min … max           outliers\n";
const WALL = "  wall_time          1.10s  ± 6.40ms    1.09s  … 1.11s           0 ( 0%)\n";

describe("poop", () => {
  it("gives means and extremes of everything, with the step of three digits", () => {
    const round = onlyRound(poop, fixture("poop/two.txt"));
    const [old, fresh] = ["./gron-old -u cities.json", "./gron-new -u cities.json"] as const;
    expect(measured(round, old, "latency")).toMatchObject({
      ...{ unit: "s", better: "lower", resolution: 0.01 },
      distribution: { kind: "quantiles", count: 5, mean: 1.1, quantiles: { "0": 1.09, "1": 1.11 } },
    });
    expect(measured(round, fresh, "memory").distribution).toMatchObject({ mean: 807e3 });
    expect(measured(round, fresh, "cycles").distribution).toMatchObject({ mean: 4.17e9 });
    for (const name of [old, fresh])
      expect(round.measurements.filter(({ benchmark }) => benchmark === name)).toHaveLength(7);
  });

  it("reads small counts, which have no unit", () => {
    const round = onlyRound(poop, fixture("poop/one.txt"));
    expect(measured(round, "./hello", "cache-misses").distribution).toMatchObject({ count: 10000, mean: 7.98 });
    expect(round.measurements).toHaveLength(7);
  });

  it("finds its lines among others", () => {
    expect(
      onlyRound(
        poop,
        `building...\n\ndone Benchmark 1 (5 runs): ./a -x${POOP.slice(POOP.indexOf("\n"))}note: 5 items\n${WALL}`,
      ).measurements,
    ).toHaveLength(1);
  });

  it.each([
    [POOP, "1: A command without results"],
    [POOP + WALL + POOP, "4: A command without results"],
    [`${POOP}tick${WALL}`, "3: Not a line that poop prints"],
    [POOP + WALL.replace("wall_time", "page_faults"), "3: Not a line that poop prints"],
    [POOP + WALL.replace("1.10s ", "1.10M "), '3: "1.10M" has an unexpected unit'],
    [WALL, "1: A result without its command"],
    [POOP + WALL + WALL, 'Two benchmarks are called "./a -x"'],
  ])("refuses %#", (text, message) => {
    expect(refusal(poop, text).message).toContain(message);
  });
});
