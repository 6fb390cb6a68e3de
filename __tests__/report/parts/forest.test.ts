import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Judgement } from "../../../src/model/verdict.ts";
import { forest, forestScale } from "../../../src/report/parts/forest.ts";
import { aComparison, aJudgement } from "../../builders.ts";

const row = (lower: number, ratio: number, upper: number, parts: Partial<Judgement> = {}) =>
  aJudgement({ comparison: aComparison({ ratio, interval: { lower, upper, level: 0.95 } }), ...parts });

describe("forest", () => {
  it("draws the interval on the scale of the row's own threshold, three cells each", () => {
    expect(forest(row(0.985, 1, 1.015))).toBe("    ┆ ├●┤ ┆    ");
    expect(forest(row(0.97, 1, 1.03, { threshold: 0.1 }))).toBe("    ┆ ├●┤ ┆    ");
    expect(forest(row(1.06, 1.085, 1.11))).toBe("    ┆  │  ┆├●─┤");
  });

  it("draws the threshold and no change over the interval", () => {
    expect(forest(row(0.9637, 1.0277, 1.0961))).toBe("    ┆├─┼─●┿──┤ ");
  });

  it("has both thresholds in every row, whatever the size of the change", () => {
    for (const each of [row(1.1, 1.12, 1.14), row(1.6, 1.62, 1.64), row(0.5, 0.6, 0.7), row(0.99, 1, 1.01)]) {
      expect(forest(each)[4]).toMatch(/[┆┿]/);
      expect(forest(each)[10]).toMatch(/[┆┿]/);
    }
  });

  it("shows what is worse on the right, whichever direction the metric has", () => {
    expect(forest(row(0.86, 0.88, 0.9, { better: "higher" }))).toBe("    ┆  │  ┆  ├►");
    expect(forest(row(1.1, 1.12, 1.14, { better: "higher" }))).toMatch(/^◄/);
  });

  it("goes by the bound in force where that is more than the threshold", () => {
    const judged = { bound: 0.3, amount: 0.002, why: "resolution" } as const;
    expect(forest(row(0.8, 1, 1.2, { judged }))).toBe("    ┆├─●─┤┆    ");
  });

  it("points to what is off the axis", () => {
    expect(forest(row(1.1, 1.2, 9))).toBe("    ┆  │  ┆  ├►");
    expect(forest(row(0, 0.1, 0.2))).toBe("◄   ┆  │  ┆    ");
    expect(forest(row(1.1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).endsWith("►")).toBe(true);
  });

  it("has no threshold to draw where the row has none", () => {
    expect(forest(row(0.985, 1, 1.015, { threshold: null }))).toBe("      ├●┤      ");
  });

  it("is empty where nothing was compared", () => {
    expect(forest(aJudgement({ comparison: null }))).toBe("");
    expect(forestScale([aJudgement({ comparison: null })])).toBeNull();
  });

  it("always is fifteen cells wide, with the estimate or an arrow in it", () => {
    const ratio = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(ratio, ratio, ratio), fc.constantFrom(null, 0.01, 0.05, 1), (triple, threshold) => {
        const [lower, at, upper] = [...triple].sort((a, b) => a - b) as [number, number, number];
        const drawn = forest(row(lower, at, upper, { threshold }));
        expect(drawn).toHaveLength(15);
        expect(drawn).toMatch(/[●◄►]/);
      }),
    );
  });
});

describe("the page's scale", () => {
  it("lets one huge change not squeeze all others", () => {
    const rows = [row(1.08, 1.1, 1.12), row(1.09, 1.11, 1.13), row(0.95, 0.97, 0.99), row(9, 10, 11)];
    expect(forestScale(rows)!.upper).toBeLessThan(Math.log(2));
  });

  it("is found for a hundred thousand rows without running out of stack", () => {
    const rows = Array.from({ length: 100_000 }, () => aJudgement());
    expect(() => forestScale(rows)).not.toThrow();
  });
});
