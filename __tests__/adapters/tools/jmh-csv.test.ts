import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { jmh } from "../../../src/adapters/tools/jmh/jmh.ts";
import { fixture, measured, numbersOf, onlyRound, refusal } from "../outputs.ts";

const HEADER = '"Benchmark","Mode","Threads","Samples","Score","Score Error (99.9%)","Unit","Param: size"';

function table(...rows: readonly string[]): string {
  return `${[HEADER, ...rows].join("\n")}\n`;
}

/** What is measured, by name: of percentiles that they are some. */
function shapeOf(text: string): string[] {
  const names = jmh
    .parse(outputOf(text))
    .flatMap(({ measurements }) =>
      measurements.map(({ benchmark, metric, unit, better, per }) => `${benchmark} ${metric} ${unit} ${better} ${per}`),
    );
  return [...new Set(names)].sort();
}

describe("JMH's CSV", () => {
  it("has the benchmarks, metrics and units of the JSON of the same runs", () => {
    expect(shapeOf(fixture("jmh/modes.csv"))).toEqual(shapeOf(fixture("jmh/modes.json")));
    expect(shapeOf(fixture("jmh/gc-semicolons.csv"))).toEqual(shapeOf(fixture("jmh/gc.json")));
  });

  it("gives scores in canonical units, with the parameters in the name", () => {
    const text = table(
      '"shop.A.run","avgt",1,6,445.429423,119.1,"us/op",10',
      '"shop.A.run","thrpt",1,6,0.25,0.1,"ops/us",10',
      '"shop.A.run","avgt",1,6,2,NaN,"ms/op","a, b"',
      '"shop.A.run:gc.alloc.rate.norm","avgt",1,6,1084.5,0.1,"B/op",10',
      '"shop.A.run:\u00B7gc.count","avgt",1,6,3,NaN,"counts",10',
      '"shop.A.other","ss",1,6,7,1,"s/op",',
    );
    const round = onlyRound(jmh, text);
    expect(numbersOf(round)).toEqual({
      "shop.A.run (size=10)": [445.429423 * 1e-6],
      "shop.A.run (size=a, b)": [0.002],
      "shop.A.other [ss]": [7],
    });
    expect(numbersOf(round, "throughput")).toEqual({ "shop.A.run (size=10)": [0.25 / 1e-6] });
    expect(measured(round, "shop.A.run (size=10)", "throughput").better).toBe("higher");
    expect(measured(round, "shop.A.run (size=10)", "memory")).toMatchObject({ unit: "B", per: "operation" });
    expect(numbersOf(round, "gc.count")).toEqual({ "shop.A.run (size=10)": [3] });
  });

  it("takes the percentiles of mode sample, newer and older names alike", () => {
    const text = table(
      '"A.run","sample",1,667,633.06,137.1,"us/op",10',
      '"A.run:p0.00","sample",1,1,322.56,NaN,"us/op",10',
      '"A.run:p0.50","sample",1,1,337.5,NaN,"us/op",10',
      '"A.run:run\u00B7p0.99","sample",1,1,8377.5,NaN,"us/op",10',
      '"A.run:p1.00","sample",1,1,9322,NaN,"us/op",10',
    );
    expect(onlyRound(jmh, text).measurements).toEqual([
      {
        benchmark: "A.run (size=10) [sample]",
        metric: "latency",
        unit: "s",
        better: "lower",
        estimator: "interpolated",
        distribution: {
          kind: "quantiles",
          count: 667,
          mean: 633.06 * 1e-6,
          quantiles: { "0": 322.56 * 1e-6, "0.5": 337.5 * 1e-6, "0.99": 8377.5 * 1e-6, "1": 9322 * 1e-6 },
        },
      },
    ]);
  });

  it("tells a benchmark without a score as failed, and leaves out a counter without one", () => {
    const round = onlyRound(
      jmh,
      table(
        '"A.run","avgt",1,6,NaN,NaN,"us/op",1',
        '"A.sum","avgt",1,6,1,NaN,"us/op",1',
        '"A.sum:x","avgt",1,6,NaN,NaN,"#",1',
      ),
    );
    expect(round.failures).toEqual([{ benchmark: "A.run (size=1)", reason: "JMH reported NaN us/op as its latency" }]);
    expect(round.notes).toEqual([
      expect.objectContaining({ benchmark: "A.sum (size=1)", sentence: "Its x is NaN, and left out" }),
    ]);
  });

  it("refuses decimal commas, with the way out", () => {
    const { message } = refusal(jmh, fixture("jmh/unread-german.csv"));
    expect(message).toMatch(
      /^2: Expected a number of at least 0 under "Score", found "\d+,\d+"\. Write JSON, `-rf json`/,
    );
  });

  it.each([
    [table(), "It holds no benchmarks"],
    [table('"A.run","avg",1,6,1,1,"us/op",1'), '2: Expected thrpt, avgt, sample or ss under "Mode", found "avg"'],
    [table('"A.run","thrpt",1,6,1,1,"us/op",1'), '2: "us/op" is not a unit of throughput'],
    [table('"A.run","avgt",1,6,1,1,"?s/op",1'), "2: "],
    [table('"A.run","avgt",1,6,1'), "2: This row has 5 cells, its header 8"],
    [table('"A.run","avgt",1,6,1,1,"us/op",1', '"A.run","avgt",1,6,2,1,"us/op",1'), "Two benchmarks are called"],
  ])("refuses %#", (text, message) => {
    expect(refusal(jmh, text).message).toContain(message);
  });
});
