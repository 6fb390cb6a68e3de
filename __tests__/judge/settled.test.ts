import { describe, expect, it } from "vitest";
import type { Recording } from "../../src/model/recording.ts";
import { resultJson } from "../../src/report/formats/json.ts";
import { junitXml } from "../../src/report/formats/junit.ts";
import { bucketOf } from "../../src/report/parts/buckets.ts";
import { countWords } from "../../src/report/parts/entries.ts";
import { titleOf } from "../../src/report/words/title.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";
import { aSeries, latency, many, one, withRounds } from "../synthetic.ts";
import { aBudget, judged, row, warned } from "./kit.ts";

/** Two sides of twelve pairs whose log ratios are `mean` and up to `reach` either way of it, evenly. */
function sides(mean: number, reach: number): readonly [Recording, Recording] {
  const ratio = (pair: number) => Math.exp(mean + reach * ((2 * pair) / 11 - 1));
  return [aSeries(12, () => one(0.01)), aSeries(12, (pair) => one(0.01 * ratio(pair)))];
}
const BUDGETS = { budgets: [aBudget({ statistic: "mean" })] };

describe("a comparison whose interval ends below the threshold", () => {
  const outcome = judged(...sides(-0.08, 0.12), BUDGETS);
  const found = row(outcome, "mean");

  it("is not slower where neither an improvement nor that nothing changed is proven", () => {
    expect(found.verdict).toBe("not-slower");
    expect(found.comparison!.interval.upper).toBeLessThan(1.05);
    expect(found.comparison!.interval.lower).toBeLessThan(0.95);
    expect(found.warnings).toEqual([]);
  });

  it("gates nothing, is counted with what is unchanged, passes in JUnit, and is called by its name", () => {
    expect(outcome.outcome).toBe("pass");
    expect(judged(...sides(-0.08, 0.12), { ...BUDGETS, onInconclusive: "fail" }).outcome).toBe("pass");
    expect(countWords(outcome.judgements)).toEqual(["1 unchanged"]);
    expect(bucketOf(found).word).toBe("not slower");
    expect(junitXml(outcome)).toMatch(/failures="0" errors="0" skipped="0"/);
    expect(JSON.parse(resultJson(outcome)).verdicts[0].verdict).toBe("not-slower");
  });

  it("is open as soon as the interval reaches the threshold", () => {
    const open = row(judged(...sides(0.01, 0.12), BUDGETS), "mean");
    expect(open.comparison!.interval.upper).toBeGreaterThan(1.05);
    expect(open.verdict).toBe("inconclusive");
  });

  it("of throughput is one whose lower end lies above what may be lost", () => {
    const turned = ([base, head]: readonly [Recording, Recording]) =>
      [base, head].map((side) =>
        withRounds(side, (round) => ({
          ...round,
          measurements: round.measurements.map((each) => ({
            ...each,
            metric: "throughput",
            unit: "1/s",
            better: "higher" as const,
          })),
        })),
      ) as [Recording, Recording];
    const budgets = [aBudget({ statistic: "mean", metric: "throughput" })];
    expect(row(judged(...turned(sides(0.08, 0.12)), { budgets }), "mean").verdict).toBe("not-slower");
    expect(row(judged(...turned(sides(-0.08, 0.12)), { budgets }), "mean").verdict).toBe("inconclusive");
  });

  it("does not count against rounding: what a clock hides stays hidden", () => {
    const coarse = (side: Recording) =>
      withRounds(side, (round) => ({
        ...round,
        measurements: round.measurements.map((each) => ({ ...each, resolution: 0.001 })),
      }));
    const [base, head] = sides(-0.08, 0.12);
    expect(row(judged(coarse(base), coarse(head), BUDGETS), "mean").verdict).toBe("inconclusive");
  });
});

describe("unchanged", () => {
  it("is what lies within the threshold with its 90 % interval, also where the 95 % interval that is shown does not", () => {
    const found = row(judged(...sides(0.018, 0.06), BUDGETS), "mean");
    expect(found.verdict).toBe("unchanged");
    expect(found.comparison!.interval.upper).toBeGreaterThan(1.05);
    expect(row(judged(...sides(0.024, 0.06), BUDGETS), "mean").verdict).toBe("inconclusive");
  });
});

describe("many comparisons", () => {
  const NAMES = Array.from({ length: 40 }, (_, index) => `b${index}`);
  const gate = (seed: number, effects: (index: number) => number) => {
    const random = xoshiro128(seed);
    const side = (of: (index: number) => number) =>
      withRounds(
        aSeries(12, () => one(0.01)),
        (round) => ({
          ...round,
          measurements: NAMES.map((name, index) => ({
            ...latency(name, []),
            ...one(0.01 * Math.exp(of(index) + 0.02 * gaussian(random))),
          })),
        }),
      );
    return judged(
      side(() => 0),
      side(effects),
      BUDGETS,
    ).judgements;
  };
  const reds = (judgements: ReturnType<typeof gate>) => judgements.filter(({ verdict }) => verdict === "regression");

  it("do not hide a change of twice the threshold in one of them", () => {
    // 97 % by simulation, 67 % where the false discovery rate is held against the threshold itself.
    const found = Array.from({ length: 20 }, (_, seed) =>
      reds(gate(seed, (index) => (index === 3 ? Math.log(1.1) : 0))),
    );
    expect(found.filter((red) => red.length === 1 && red[0]!.benchmark === "b3").length).toBeGreaterThanOrEqual(18);
    expect(found.flat().every(({ benchmark }) => benchmark === "b3")).toBe(true);
  });

  it("of unchanged code are not red", () => {
    expect(Array.from({ length: 20 }, (_, seed) => reds(gate(100 + seed, () => 0))).flat()).toEqual([]);
  });
});

describe("a default p99 that the whole plan cannot decide", () => {
  /** Rounds whose tails lie a factor of three apart and more, whoever measures. */
  const noisy = (seed: number, rounds: number, load = false) => {
    const random = xoshiro128(seed);
    return aSeries(rounds, () => {
      const tail = 0.01 * Math.exp(1.2 * gaussian(random));
      const samples = Array.from({ length: 400 }, (_, index) => (index < 380 ? 0.001 + 1e-8 * index : tail));
      return { ...many(samples), ...(load && { loadModel: "open" as const }) };
    });
  };

  it("is counted in the title and in one note, and no alarm", () => {
    const outcome = judged(noisy(1, 24), noisy(2, 24));
    expect(outcome.judgements.map(({ statistic }) => statistic)).toEqual(["p50"]);
    expect(warned(outcome.warnings, "too-noisy")).toEqual({
      code: "too-noisy",
      metric: "latency",
      statistic: "p99",
      benchmarks: 1,
      of: 1,
    });
    expect(outcome.outcome).toBe("pass");
    expect(titleOf(outcome).text).toBe("No regression · 1 unchanged · p99 of 1 of 1 too noisy to judge");
  });

  it("is a doubt in a load suite, under a budget of one's own, and against stored runs", () => {
    expect(row(judged(noisy(1, 24, true), noisy(2, 24, true)), "p99").verdict).toBe("inconclusive");
    const own = [aBudget({ statistic: "p99", threshold: 0.15 })];
    expect(row(judged(noisy(1, 24), noisy(2, 24), { budgets: own }), "p99").verdict).toBe("inconclusive");
    // A threshold for the metric, which means its usual statistics, is the user's as well.
    const usual = [aBudget({ statistic: "p99", threshold: 0.15, origin: "usual" })];
    expect(row(judged(noisy(1, 24), noisy(2, 24), { budgets: usual }), "p99").verdict).toBe("inconclusive");
    const history = Array.from({ length: 6 }, (_, seed) => noisy(10 + seed, 6));
    expect(row(judged(history, noisy(2, 6)), "p99").verdict).toBe("inconclusive");
  });

  it("is not given up before twelve of the pairs that were planned", () => {
    const early = judged(noisy(1, 6), noisy(2, 6), { looks: [6, 12, 24] }, "side-by-side");
    expect(row(early, "p99").verdict).toBe("inconclusive");
    const later = judged(noisy(1, 12), noisy(2, 12), { looks: [6, 12, 24] }, "side-by-side");
    expect(warned(later.warnings, "too-noisy").benchmarks).toBe(1);
  });

  it("is told where it lies wholly beyond the threshold all the same", () => {
    const slower = withRounds(noisy(2, 24), (round) => ({
      ...round,
      measurements: round.measurements.map((each) => ({
        ...each,
        ...many(
          Array.from(each.distribution.kind === "samples" ? each.distribution.samples : [], (x) =>
            x > 0.0011 ? 30 * x : x,
          ),
        ),
      })),
    }));
    expect(row(judged(noisy(1, 24), slower), "p99").verdict).toBe("regression");
  });
});
