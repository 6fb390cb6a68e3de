import { describe, expect, it } from "vitest";
import type { Failure } from "../../../src/model/measurement.ts";
import type { Recording } from "../../../src/model/recording.ts";
import { aSeries, jitter, many, one, withRounds } from "../../synthetic.ts";
import { aBudget, judged, row, warned } from "../kit.ts";

const BUDGETS = { budgets: [aBudget()] };
/** 24 rounds of one value each, about `level`, and what stands in the odd ones. */
const rounds = (level: number, odd: Readonly<Record<number, number>> = {}, count = 24) =>
  aSeries(count, (round) => one(odd[round] ?? level * jitter(round)));

describe("a reading of zero", () => {
  it.each([
    ["the first round of the baseline", { 0: 0 }, {}],
    ["the last round of the baseline", { 23: 0 }, {}],
    ["a round of the candidate", {}, { 7: 0 }],
    ["rounds of both", { 3: 0, 4: 0 }, { 4: 0, 11: 0 }],
  ] as const)("in %s takes its pair away, is named, and the rest decides", (_, before, after) => {
    const judgement = row(judged(rounds(1, before), rounds(2, after), BUDGETS));
    const left = warned(judgement.warnings, "rounds-left-out");
    expect(left).toMatchObject({
      why: "zero",
      of: 24,
      baseline: Object.keys(before).map(Number),
      candidate: Object.keys(after).map(Number),
    });
    expect(judgement.verdict).toBe("regression");
    expect(judgement.comparison?.ratio).toBeCloseTo(2, 1);
    expect(judgement.comparison?.rounds).toBe(24 - new Set([...left.baseline, ...left.candidate]).size);
  });

  it("does not change the verdict on unchanged code, nor hide itself", () => {
    const outcome = judged(rounds(1, { 5: 0 }), rounds(1), BUDGETS);
    expect(row(outcome).verdict).toBe("unchanged");
    expect(row(outcome).warnings.map(({ code }) => code)).toContain("rounds-left-out");
  });

  it("is left out of a metric that is better higher, below zero as well", () => {
    const throughput = { metric: "balance", unit: "1/s", better: "higher" } as const;
    const side = (level: number, odd: Readonly<Record<number, number>>) =>
      aSeries(12, (round) => ({ ...throughput, ...one(odd[round] ?? level * jitter(round)) }));
    const budgets = [aBudget({ metric: "balance", statistic: "mean" })];
    const judgement = row(judged(side(100, { 2: -3 }), side(80, {}), { budgets }), "mean");
    expect(judgement.verdict).toBe("regression");
    expect(warned(judgement.warnings, "rounds-left-out").baseline).toEqual([2]);
  });

  it("in most rounds leaves a doubt that gates, never a verdict", () => {
    const most = Object.fromEntries(Array.from({ length: 13 }, (_, i) => [i, 0]));
    const outcome = judged(rounds(1, most), rounds(2), { ...BUDGETS, onInconclusive: "fail" });
    expect(row(outcome)).toMatchObject({ verdict: "inconclusive", severity: "gate" });
    expect(row(outcome).warnings.map(({ code }) => code)).toContain("non-positive");
    expect(outcome.outcome).toBe("fail");
  });

  it("in all rounds of a time is a clock too coarse, unless its step is known and far exceeded", () => {
    const all = (level: number, resolution?: number) =>
      aSeries(12, () => ({ ...one(level), ...(resolution !== undefined && { resolution }) }));
    expect(row(judged(all(0), all(1e-9), BUDGETS)).verdict).toBe("inconclusive");
    expect(row(judged(all(0, 0.001), all(0.002, 0.001), BUDGETS)).verdict).toBe("inconclusive");
    expect(row(judged(all(0, 0.001), all(0.05, 0.001), BUDGETS)).verdict).toBe("regression");
  });

  it("is no odd reading of a share: that nothing failed in a round is what there was", () => {
    const rate = (values: readonly number[]) =>
      aSeries(12, (round) => ({ ...one(values[round % values.length]!), metric: "error-rate", unit: "1" }));
    const budgets = [aBudget({ metric: "error-rate", statistic: "mean" })];
    const judgement = row(judged(rate([0.01, 0, 0.02, 0.01]), rate([0.01, 0.02, 0.01]), { budgets }), "mean");
    const codes = judgement.warnings.map(({ code }) => code);
    expect(codes).toContain("non-positive");
    expect(codes).not.toContain("rounds-left-out");
  });

  it("in all rounds of a count is a count: something where there was nothing is a regression", () => {
    const errors = (level: number) => aSeries(12, () => ({ ...one(level), metric: "errors", unit: "1" }));
    const budgets = [aBudget({ metric: "errors", statistic: "mean" })];
    expect(row(judged(errors(0), errors(5), { budgets }), "mean").verdict).toBe("regression");
  });

  it("is left out of a stored run, and of a candidate that is held against stored runs", () => {
    const run = (index: number, level = 1, odd: Readonly<Record<number, number>> = {}) =>
      aSeries(6, (round) => one(odd[round] ?? level * jitter(6 * index + round, 0.01)), { session: `${index}` });
    const history = Array.from({ length: 12 }, (_, index) => run(index, 1, index === 0 ? { 2: 0 } : {}));
    const judgement = row(judged(history, run(50, 1.5, { 4: 0 }), BUDGETS));
    expect(judgement.verdict).toBe("regression");
    expect(warned(judgement.warnings, "rounds-left-out")).toMatchObject({ why: "zero", baseline: [2], candidate: [4] });
  });
});

describe("a round that failed", () => {
  const failing = (recording: Recording, where: (round: number) => boolean, failure: Partial<Failure> = {}) =>
    withRounds(recording, (round, index) =>
      where(index)
        ? {
            ...round,
            measurements: [],
            failures: [{ suite: "s", benchmark: "a", reason: "exit code 1", output: "", ...failure }],
          }
        : round,
    );

  it.each([0, 11, 23])("on the base (round %i) takes its pair away and is named", (at) => {
    const outcome = judged(
      failing(rounds(1), (round) => round === at),
      rounds(1.3),
      BUDGETS,
    );
    expect(row(outcome)).toMatchObject({ verdict: "regression", comparison: { rounds: 23 } });
    expect(warned(row(outcome).warnings, "rounds-left-out")).toMatchObject({ why: "failed", baseline: [at], of: 24 });
    expect(row(outcome).warnings.map(({ code }) => code)).not.toContain("uneven-rounds");
    expect(warned(outcome.warnings, "failed-rounds")).toMatchObject({
      side: "baseline",
      failed: 1,
      of: 24,
      reason: "exit code 1",
    });
    expect(outcome.outcome).toBe("fail");
  });

  it.each(["a", "*"])("of the candidate (%s) is no pass, whatever the others prove", (benchmark) => {
    const outcome = judged(
      rounds(1),
      failing(rounds(1), (round) => round === 9, { benchmark }),
      BUDGETS,
    );
    expect(row(outcome).verdict).toBe("unchanged");
    expect(outcome.outcome).toBe("warn");
    expect(warned(outcome.warnings, "failed-rounds")).toMatchObject({ benchmark: "a", side: "candidate", failed: 1 });
    // Not even where what is inconclusive passes.
    const lenient = judged(
      rounds(1),
      failing(rounds(1), (round) => round === 9, { benchmark }),
      { ...BUDGETS, onInconclusive: "pass" },
    );
    expect(lenient.outcome).toBe("warn");
  });

  it("does not hide a regression of the candidate's other rounds", () => {
    const outcome = judged(
      rounds(1),
      failing(rounds(1.3), (round) => round % 5 === 0),
      BUDGETS,
    );
    expect(row(outcome)).toMatchObject({ verdict: "regression", comparison: { rounds: 19 } });
    expect(outcome.outcome).toBe("fail");
  });

  it("is the verdict where half of the rounds or more are: gating on the candidate, open on the base", () => {
    const half = (round: number) => round % 2 === 0;
    const candidate = judged(rounds(1), failing(rounds(1), half), BUDGETS);
    expect(candidate.judgements).toMatchObject([
      { verdict: "failed", severity: "gate", failure: { side: "candidate" } },
    ]);
    expect(candidate.outcome).toBe("fail");
    const baseline = judged(failing(rounds(1), half), rounds(2), BUDGETS);
    expect(baseline.judgements).toMatchObject([{ verdict: "failed", failure: { side: "baseline" } }]);
    expect(baseline.outcome).toBe("warn");
  });

  it("takes away what it still wrote", () => {
    const partly = withRounds(rounds(1), (round, index) =>
      index === 4 ? { ...round, failures: [{ suite: "s", benchmark: "*", reason: "exit code 1", output: "" }] } : round,
    );
    const judgement = row(judged(partly, rounds(1), BUDGETS));
    expect(judgement.comparison?.rounds).toBe(23);
    expect(warned(judgement.warnings, "rounds-left-out")).toMatchObject({ why: "failed", baseline: [4] });
  });

  it("of another file or suite leaves this one alone", () => {
    const other = withRounds(rounds(1), (round) => ({
      ...round,
      failures: [{ suite: "other", benchmark: "*", reason: "exit code 1", output: "" }],
    }));
    expect(row(judged(rounds(1), other, BUDGETS)).comparison?.rounds).toBe(24);
  });
});

describe("a round that was measured in another way", () => {
  const batched = (level: number, odd: readonly number[], rounds = 12) =>
    aSeries(rounds, (round) => ({
      ...many(Array.from({ length: 30 }, (_, i) => level * jitter(round) * (1 + (i % 7) / 100))),
      // Means of batches lie elsewhere than medians of single calls.
      ...(odd.includes(round) && { estimator: "batch-means" }),
    }));

  it.each([
    ["the first round of the base", [0], []],
    ["the fifth round of the base", [4], []],
    ["the last round of the base", [11], []],
    ["the last round of the candidate", [], [11]],
    ["rounds of both sides", [1, 6], [6, 9]],
  ] as const)("in %s is left out with its partner, and named", (_, before, after) => {
    const judgement = row(judged(batched(1, before), batched(1.12, after), BUDGETS));
    const left = warned(judgement.warnings, "rounds-left-out");
    expect(left).toMatchObject({ why: "estimator", baseline: before, candidate: after, of: 12 });
    expect(judgement).toMatchObject({
      verdict: "regression",
      comparison: { rounds: 12 - new Set([...before, ...after]).size },
    });
  });

  it("counts where it is the way of most rounds: then the others are the odd ones", () => {
    const most = Array.from({ length: 11 }, (_, i) => i);
    const judgement = row(judged(batched(1, most), batched(1.12, [...most, 11]), BUDGETS));
    expect(judgement.verdict).toBe("regression");
    expect(warned(judgement.warnings, "rounds-left-out")).toMatchObject({ baseline: [11], candidate: [] });
  });

  it.each([
    ["one side and the other", [], Array.from({ length: 12 }, (_, i) => i), false],
    ["half of the rounds each", [0, 1, 2, 3, 4, 5], [3, 4, 5, 6, 7, 8], true],
  ] as const)("is never compared with the other: %s is a doubt", (_, before, after, mixed) => {
    const outcome = judged(batched(1, before), batched(1.5, after), { ...BUDGETS, onInconclusive: "fail" });
    expect(row(outcome)).toMatchObject({ verdict: "inconclusive", severity: "gate", comparison: null });
    expect(warned(row(outcome).warnings, "estimator-differs").mixed).toBe(mixed);
    expect(outcome.outcome).toBe("fail");
  });
});

describe("rounds without a partner", () => {
  it("are counted on both sides, and the pairs decide", () => {
    const baseline = rounds(1);
    const candidate = aSeries(24, (round) => one(1.2 * jitter(round + 19)), { from: 19 });
    const judgement = row(judged(baseline, candidate, BUDGETS));
    expect(judgement).toMatchObject({ verdict: "regression", comparison: { design: "pairs", rounds: 5 } });
    expect(warned(judgement.warnings, "uneven-rounds")).toEqual({ code: "uneven-rounds", baseline: 19, candidate: 19 });
  });

  it("leave a doubt where too few pairs are left", () => {
    const candidate = aSeries(24, (round) => one(2 * jitter(round)), { from: 21 });
    const outcome = judged(rounds(1), candidate, BUDGETS);
    expect(row(outcome)).toMatchObject({ verdict: "inconclusive", severity: "gate" });
    expect(outcome.outcome).toBe("warn");
  });

  it("are one pair where a number is there twice: repeating a reading adds no evidence", () => {
    const repeated = withRounds(rounds(1.2), (round, index) => ({ ...round, pair: Math.max(0, index - 11) }));
    expect(row(judged(rounds(1), repeated, BUDGETS)).comparison?.rounds).toBe(13);
  });
});

describe("a round with too few samples for its tail", () => {
  const tail = (level: number, counts: (round: number) => number) =>
    aSeries(24, (round) =>
      many(
        Array.from({ length: counts(round) }, (_, i) => {
          const share = ((i * 0.618034 + round * 0.317) % 1) ** 4;
          return level * jitter(round) * (1 + share);
        }),
      ),
    );
  const budgets = [aBudget({ statistic: "p99", threshold: 0.15 })];

  it.each([0, 12, 23])("is left out (round %i), and the others decide", (at) => {
    const few = (round: number) => (round === at ? 40 : 1000);
    const judgement = row(
      judged(
        tail(1, () => 1000),
        tail(2, few),
        { budgets },
      ),
      "p99",
    );
    expect(judgement).toMatchObject({ verdict: "regression", comparison: { rounds: 23 } });
    expect(warned(judgement.warnings, "rounds-left-out")).toMatchObject({ why: "few-samples", candidate: [at] });
  });

  it("is a doubt where most are so, on either side", () => {
    for (const [before, after] of [
      [1000, 200],
      [200, 1000],
    ] as const) {
      const outcome = judged(
        tail(1, () => before),
        tail(2, () => after),
        { budgets },
      );
      expect(row(outcome, "p99")).toMatchObject({ verdict: "inconclusive", severity: "gate" });
      expect(outcome.outcome).toBe("warn");
    }
  });
});
