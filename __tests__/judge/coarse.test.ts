import { describe, expect, it } from "vitest";
import type { Measurement } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";
import { aSeries, many, one, withRounds } from "../synthetic.ts";
import { aBudget, judged, row, warned } from "./kit.ts";

const MS = 0.001;
const BUDGETS = { budgets: [aBudget()] };

/** A clock of 1 ms at a latency between `low` and `low + 1` ms: so many of a hundred samples are at the upper of both. */
function ticks(upper: number, low = 1, parts: Partial<Measurement> = {}): Recording {
  return aSeries(12, (round) => ({
    ...many(Array.from({ length: 100 }, (_, i) => (low + ((i * 37 + round) % 100 < upper ? 1 : 0)) * MS)),
    ...parts,
  }));
}

describe("samples in ticks of a clock", () => {
  it("make no regression of a median that jumps by one: the reason is the clock, and stands in the row", () => {
    const outcome = judged(ticks(49), ticks(51), BUDGETS);
    const judgement = row(outcome);
    expect(judgement).toMatchObject({ verdict: "inconclusive", severity: "gate" });
    expect(judgement.comparison?.ratio).toBeCloseTo(2, 6);
    expect(judgement.resolution).toBeCloseTo(MS, 9);
    expect(judgement.judged?.bound).toBeCloseTo(2, 6);
    expect(judgement.judged?.amount).toBeCloseTo(2 * MS, 9);
    expect(judgement.judged?.why).toBe("resolution");
    const { step, bound } = warned(judgement.warnings, "too-coarse");
    expect([step, bound]).toEqual([expect.closeTo(MS, 9), expect.closeTo(2 * MS, 9)]);
    expect(judgement.warnings.map(({ code }) => code)).not.toContain("noisy");
    expect(judgement.comparison?.roundsNeeded).toBeNull();
  });

  it("are known from ten samples a round as well", () => {
    const few = (upper: number) =>
      aSeries(12, () => many(Array.from({ length: 10 }, (_, i) => (1 + (i < upper ? 1 : 0)) * MS)));
    expect(row(judged(few(4), few(6), BUDGETS))).toMatchObject({ verdict: "inconclusive", severity: "gate" });
  });

  it("leave a change far beyond them a regression, and an improvement", () => {
    expect(row(judged(ticks(49, 1), ticks(51, 9), BUDGETS)).verdict).toBe("regression");
    expect(row(judged(ticks(49, 9), ticks(51, 1), BUDGETS)).verdict).toBe("improvement");
  });

  it("are not in the way where they are small beside the threshold", () => {
    const judgement = row(judged(ticks(49, 100), ticks(51, 100), BUDGETS));
    expect(judgement.verdict).toBe("unchanged");
    expect(judgement).not.toHaveProperty("judged");
    expect(judgement.resolution).toBeCloseTo(MS, 9);
    expect(row(judged(ticks(49, 100), ticks(51, 110), BUDGETS)).verdict).toBe("regression");
  });

  it("never show that nothing changed within them, though every round agrees", () => {
    expect(row(judged(ticks(49), ticks(49), BUDGETS)).verdict).toBe("inconclusive");
  });

  it("never show it where the clock did not tick at all; what may be nothing is nothing on both sides", () => {
    const never = (metric: string) => aSeries(12, () => ({ ...one(0), metric }));
    const judgement = row(judged(never("latency"), never("latency"), BUDGETS));
    expect(judgement).toMatchObject({ verdict: "inconclusive", severity: "gate" });
    expect(judgement.warnings.map(({ code }) => code)).toEqual(["non-positive"]);
    const budgets = [aBudget({ metric: "system-time" })];
    expect(row(judged(never("system-time"), never("system-time"), { budgets })).verdict).toBe("unchanged");
  });

  it("do where a floor of the user's says that so little does not matter", () => {
    const budgets = [aBudget({ floor: 2 * MS })];
    expect(row(judged(ticks(49), ticks(51), { budgets })).verdict).toBe("unchanged");
  });

  it("are known by either side alone, and by the smaller step where both are coarse", () => {
    const fine = aSeries(12, (round) =>
      many(Array.from({ length: 100 }, (_, i) => (1 + ((i * 0.618 + round * 0.31) % 1)) * MS)),
    );
    expect(row(judged(fine, ticks(51), BUDGETS)).resolution).toBeCloseTo(MS, 9);
    expect(row(judged(ticks(51), fine, BUDGETS)).resolution).toBeCloseTo(MS, 9);
    const sparse = aSeries(12, () => many(Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 3 : 8) * MS)));
    expect(row(judged(sparse, ticks(51), BUDGETS)).resolution).toBeCloseTo(MS, 9);
  });

  it("do not make a mean coarse: its own noise averages them out", () => {
    const budgets = [aBudget({ statistic: "mean" })];
    const judgement = row(judged(ticks(30), ticks(60), { budgets }), "mean");
    expect(judgement).toMatchObject({ verdict: "regression" });
    expect(judgement).not.toHaveProperty("resolution");
  });

  it("are found in a histogram, and in a metric that is better higher", () => {
    const histogram = (upper: number, parts: Partial<Measurement>) =>
      aSeries(12, () => ({
        distribution: {
          kind: "histogram",
          values: Float64Array.of(1, 2),
          counts: Float64Array.of(100 - upper, upper),
          encoded: "",
          scale: 1,
        },
        ...parts,
      }));
    const rate = { metric: "rate", unit: "1/s", better: "higher" } as const;
    const budgets = [aBudget({ metric: "rate" })];
    const judgement = row(judged(histogram(51, rate), histogram(49, rate), { budgets }));
    expect(judgement).toMatchObject({ verdict: "inconclusive", resolution: 1, judged: { why: "resolution" } });
    expect(judgement.warnings.map(({ code }) => code)).toContain("too-coarse");
  });

  it("are in force against stored runs as well", () => {
    const run = (upper: number, index: number) =>
      withRounds(ticks(upper), (round) => ({ ...round, session: `${index}` }));
    const history = Array.from({ length: 8 }, (_, index) => run(49, index));
    expect(row(judged(history, run(51, 99), BUDGETS)).verdict).toBe("inconclusive");
  });
});

describe("numbers that are printed in steps", () => {
  const printed = (values: readonly number[], resolution: number, exact = false) =>
    aSeries(values.length, (round) => ({ ...one(values[round]!, exact), resolution }));
  const six = (...pattern: number[]) => Array.from({ length: 6 }, (_, i) => pattern[i % pattern.length]! * 1e-4);

  it.each([
    ["faster by less than two steps", six(3, 3, 2.9), six(2, 2, 2.1)],
    ["slower by less than two steps", six(3), six(4)],
    ["equal", six(3), six(3)],
  ])("are too coarse for what is %s: no word of a floor that nobody set, and none of noise", (_, before, after) => {
    const judgement = row(judged(printed(before, 1e-4), printed(after, 1e-4), BUDGETS));
    expect(judgement.verdict).toBe("inconclusive");
    const codes = judgement.warnings.map(({ code }) => code);
    expect(codes).toContain("too-coarse");
    expect(codes).not.toContain("below-floor");
    expect(codes).not.toContain("noisy");
  });

  it("are a regression beyond two steps", () => {
    expect(row(judged(printed(six(3), 1e-4), printed(six(9), 1e-4), BUDGETS)).verdict).toBe("regression");
  });

  it.each([
    [300, 400, "inconclusive"],
    [300, 300, "inconclusive"],
    [300, 600, "regression"],
    [600, 300, "improvement"],
    [30_000, 30_400, "unchanged"],
  ] as const)(
    "count for deterministic values as well: %i to %i bytes in steps of 100 is %s",
    (before, after, verdict) => {
      const size = (value: number) =>
        aSeries(1, () => ({ ...one(value, true), metric: "size", unit: "B", resolution: 100 }));
      const budgets = [aBudget({ metric: "size", statistic: "mean" })];
      const judgement = row(judged(size(before), size(after), { budgets }), "mean");
      expect(judgement.verdict).toBe(verdict);
      expect(judgement.resolution).toBe(100);
    },
  );
});
