import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge, type Rules } from "../../src/judge/judge.ts";
import type { Budget } from "../../src/model/plan.ts";
import type { Recording } from "../../src/model/recording.ts";
import type { Judgement } from "../../src/model/verdict.ts";
import { aRecording, latency, mapMeasurements } from "../synthetic.ts";

const budget = (statistic: Budget["statistic"]): Budget => ({
  match: "*",
  metric: "latency",
  statistic,
  threshold: 0.05,
  limit: null,
  floor: 0,
  severity: "gate",
  origin: "user",
});
const RULES: Rules = {
  budgets: [budget("p50"), budget("p90")],
  accept: [],
  onInconclusive: "warn",
  today: "2026-11-23",
};

/** Rounds of samples as they come: any positive numbers, not only well-behaved ones. */
const rounds = (count: number, samples: number) =>
  fc.array(fc.array(fc.double({ min: 1e-6, max: 1e3, noNaN: true }), { minLength: samples, maxLength: samples }), {
    minLength: count,
    maxLength: count,
  });
const experiment = fc
  .integer({ min: 3, max: 14 })
  .chain((count) => fc.record({ baseline: rounds(count, 12), candidate: rounds(count, 12) }));

function record(values: readonly (readonly number[])[]): Recording {
  return mapMeasurements(
    aRecording({ seed: 1, rounds: values.length, samples: 1, benchmarks: { a: 1 } }),
    (each, round) => latency(each.benchmark, values[round]!),
  );
}

function judgements(baseline: Recording, candidate: Recording): readonly Judgement[] {
  return judge({ kind: "file", recordings: [baseline] }, candidate, RULES).judgements;
}

/** The same cases in every run: a test must not fail by luck, nor pass by it. */
const FIXED = { seed: 20261123 };

const near = (value: number) => expect.closeTo(value, 9);
const SWAPPED: Readonly<Record<string, string>> = { regression: "improvement", improvement: "regression" };

describe("a verdict", () => {
  it("is turned round when the sides are swapped: the ratio is inverted, and so is its interval", () => {
    fc.assert(
      fc.property(experiment, ({ baseline, candidate }) => {
        const there = judgements(record(baseline), record(candidate));
        const back = judgements(record(candidate), record(baseline));
        there.forEach((judgement, index) => {
          const [a, b] = [judgement.comparison, back[index]!.comparison];
          expect(a === null).toBe(b === null);
          if (a === null || b === null) return;
          expect(Math.log(b.ratio)).toEqual(near(-Math.log(a.ratio)));
          expect(Math.log(b.interval.lower)).toEqual(near(-Math.log(a.interval.upper)));
          const [verdict, other] = [judgement.verdict, back[index]!.verdict];
          // An interval has two ends: what is not slower one way round is anything but unchanged, or not slower, the other way.
          if (verdict === "not-slower") expect(["regression", "inconclusive"]).toContain(other);
          else if (other === "not-slower") expect(["regression", "inconclusive"]).toContain(verdict);
          else expect(other).toBe(SWAPPED[verdict] ?? verdict);
        });
      }),
      { ...FIXED, numRuns: 150 },
    );
  });

  it("does not depend on the unit", () => {
    fc.assert(
      fc.property(experiment, fc.integer({ min: -20, max: 20 }), ({ baseline, candidate }, power) => {
        const scaled = (values: readonly (readonly number[])[]) =>
          record(values.map((round) => round.map((value) => value * 2 ** power)));
        const plain = judgements(record(baseline), record(candidate));
        judgements(scaled(baseline), scaled(candidate)).forEach(({ verdict, comparison }, index) => {
          expect(verdict).toBe(plain[index]!.verdict);
          if (comparison !== null) expect(comparison.ratio / plain[index]!.comparison!.ratio).toEqual(near(1));
        });
      }),
      { ...FIXED, numRuns: 100 },
    );
  });

  it("does not depend on the order of samples within a round", () => {
    fc.assert(
      fc.property(experiment, ({ baseline, candidate }) => {
        const reversed = candidate.map((round) => [...round].reverse());
        const plain = judgements(record(baseline), record(candidate));
        expect(
          judgements(record(baseline), record(reversed)).map(({ verdict, comparison }) => [verdict, comparison]),
        ).toEqual(plain.map(({ verdict, comparison }) => [verdict, comparison]));
      }),
      { ...FIXED, numRuns: 100 },
    );
  });

  it("moves by the ratio that every pair is moved by", () => {
    fc.assert(
      fc.property(experiment, fc.double({ min: 0.2, max: 5, noNaN: true }), ({ baseline, candidate }, factor) => {
        const moved = candidate.map((round) => round.map((value) => value * factor));
        const plain = judgements(record(baseline), record(candidate));
        judgements(record(baseline), record(moved)).forEach(({ comparison }, index) => {
          if (comparison !== null) expect(comparison.ratio / plain[index]!.comparison!.ratio / factor).toEqual(near(1));
        });
      }),
      { ...FIXED, numRuns: 100 },
    );
  });

  it("has no NaN in it, whatever finite numbers there are", () => {
    const any = fc.array(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 5 }),
      { minLength: 1, maxLength: 9 },
    );
    fc.assert(
      fc.property(any, any, (baseline, candidate) => {
        for (const { comparison, baseline: before, candidate: after } of judgements(
          record(baseline),
          record(candidate),
        )) {
          for (const number of [
            before,
            after,
            ...Object.values(comparison ?? {}),
            ...Object.values(comparison?.interval ?? {}),
          ]) {
            expect(number).not.toBeNaN();
          }
        }
      }),
      {
        ...FIXED,
        numRuns: 2000,
        // Found by this property: the ratio of an ordinary number and the smallest one is beyond what a double holds.
        examples: [
          [[[0]], [[-1.2e293], [-1.7976931348623145e308], [8.881784197001252e-16, 5e-324]]],
          [[[-1.7e308, 1.7e308], [1.7e308]], [[5e-324, 1e308]]],
        ],
      },
    );
  });
});
