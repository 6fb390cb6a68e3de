import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forest, forestScale } from "../../../src/report/parts/forest.ts";
import { aComparison, aJudgement } from "../../builders.ts";

const row = (lower: number, ratio: number, upper: number, threshold: number | null = 0.05) =>
  aJudgement({ threshold, comparison: aComparison({ ratio, interval: { lower, upper, level: 0.95 } }) });
/** 41 cells from −20 % to +25 %: no change is cell 20, −5 % is cell 15 (ln 0.95 ÷ ln 1.25 × 20 = −4.6) and +5 % cell 24 (4.4). */
const axis = { lower: Math.log(0.8), upper: Math.log(1.25) };

describe("forest", () => {
  it("draws the interval against no change and the threshold", () => {
    expect(forest(row(1.109, 1.125, 1.142), axis, 41)).toBe(`${" ".repeat(15)}░░░░░│░░░░    ├─●┤${" ".repeat(8)}`);
  });

  it("marks where the interval crosses no change", () => {
    expect(forest(row(0.96, 1.05, 1.14), axis, 41)).toBe(`${" ".repeat(15)}░├───┼───●───────┤${" ".repeat(8)}`);
  });

  it("points to what lies beyond the axis", () => {
    const right = forest(row(1.1, 1.2, 9), axis, 41);
    expect(right).toHaveLength(41);
    expect(right.endsWith("─►")).toBe(true);
    expect(forest(row(0, 0.1, 0.2), axis, 41).startsWith("◄")).toBe(true);
    expect(forest(row(1.1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY), axis, 41).endsWith("►")).toBe(true);
  });

  it("is empty where nothing was compared", () => {
    expect(forest(aJudgement({ comparison: null }), axis)).toBe("");
    expect(forestScale([aJudgement({ comparison: null })])).toBeNull();
  });

  it("puts no change at the same place in every row of a table", () => {
    const rows = [row(1.109, 1.125, 1.142), row(0.79, 0.804, 0.816), row(0.97, 1, 1.03)];
    const scale = forestScale(rows);
    const places = [rows[0]!, rows[1]!].map((judgement) => forest(judgement, scale).indexOf("│"));
    expect(places[0]).toBeGreaterThan(0);
    expect(places[1]).toBe(places[0]);
    expect(forest(rows[2]!, scale)[places[0]!]).toMatch(/[●┼]/);
  });

  it("lets one huge change not squeeze all others", () => {
    const rows = [row(1.08, 1.1, 1.12), row(1.09, 1.11, 1.13), row(0.95, 0.97, 0.99), row(9, 10, 11)];
    const scale = forestScale(rows)!;
    expect(scale.upper).toBeLessThan(Math.log(2));
    expect(forest(rows[3]!, scale).endsWith("►")).toBe(true);
  });

  it("always is as wide as asked, with the estimate or an arrow in it", () => {
    const ratio = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(ratio, ratio, ratio), { minLength: 1, maxLength: 8 }), (triples) => {
        const rows = triples.map((triple) => row(...([...triple].sort((a, b) => a - b) as [number, number, number])));
        const scale = forestScale(rows);
        for (const judgement of rows) {
          const drawn = forest(judgement, scale);
          expect(drawn).toHaveLength(15);
          expect(drawn).toMatch(/[●◄►]/);
        }
      }),
    );
  });
});

describe("the scale of a table of a hundred thousand rows", () => {
  it("is found without running out of stack", () => {
    const rows = Array.from({ length: 100_000 }, () => aJudgement());
    expect(() => forestScale(rows)).not.toThrow();
  });
});
