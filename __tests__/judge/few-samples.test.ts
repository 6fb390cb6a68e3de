import { describe, expect, it } from "vitest";
import type { Measurement } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";
import { aSeries, latency, many, one, withRounds } from "../synthetic.ts";
import { aBudget, judged, row, warned } from "./kit.ts";

/** Latencies of which `slow` are ten times as long, so that p99 moves and p50 does not. */
function requests(
  seed: number,
  samples: number,
  slow: number,
  parts: Partial<Measurement> = {},
  rounds = 24,
): Recording {
  const random = xoshiro128(seed);
  return aSeries(rounds, () => {
    const level = 0.004 * Math.exp(0.015 * gaussian(random));
    const sample = () => level * Math.exp(0.15 * gaussian(random)) + (random() < slow ? 0.04 : 0);
    return { ...many(Array.from({ length: samples }, sample)), ...parts };
  });
}
const OPEN = { loadModel: "open" } as const;

describe("a default p99 of a load suite", () => {
  it("is judged from 300 samples a round", () => {
    const outcome = judged(requests(1, 300, 0, OPEN), requests(2, 300, 0.03, OPEN));
    expect(row(outcome, "p99").verdict).toBe("regression");
    expect(row(outcome, "p50").verdict).toBe("unchanged");
    expect(outcome.outcome).toBe("fail");
  });

  it.each([
    [900, 900],
    [3000, 900],
    [900, 3000],
  ])("is judged at one number of samples: %i against %i", (before, after) => {
    expect(row(judged(requests(3, before, 0, OPEN), requests(4, after, 0.02, OPEN)), "p99").verdict).toBe("regression");
    expect(row(judged(requests(3, before, 0, OPEN), requests(4, after, 0, OPEN)), "p99").verdict).not.toBe(
      "regression",
    );
  });

  it.each([
    ["both sides", 200, 200],
    ["the candidate", 3000, 200],
    ["the base", 200, 3000],
  ])("with too few on %s is a doubt that gates", (_, before, after) => {
    const sides = [requests(5, before, 0, OPEN), requests(6, after, 0, OPEN)] as const;
    const outcome = judged(...sides);
    expect(row(outcome, "p99")).toMatchObject({ verdict: "inconclusive", severity: "gate" });
    expect(warned(row(outcome, "p99").warnings, "few-samples")).toMatchObject({ samples: 200, needed: 300 });
    expect(row(outcome, "p99").comparison?.roundsNeeded).toBeNull();
    expect(outcome.outcome).toBe("warn");
    expect(judged(...sides, { onInconclusive: "fail" }).outcome).toBe("fail");
  });

  it.each([
    ["a load model", { loadModel: "open" }, null],
    ["a closed one", { loadModel: "closed" }, null],
    ["an error rate", {}, { ...latency("b", []), metric: "error-rate", unit: "1", ...one(0) }],
    ["the service's own memory", {}, { ...latency("service", []), metric: "memory", unit: "B", ...one(1e8) }],
  ] as const)("is known by %s", (_, parts, beside) => {
    const side = (seed: number) =>
      withRounds(requests(seed, 200, 0, parts), (round) => ({
        ...round,
        measurements: [...round.measurements, ...(beside === null ? [] : [beside])],
      }));
    const outcome = judged(side(7), side(8));
    expect(outcome.judgements.find(({ statistic }) => statistic === "p99")).toMatchObject({
      verdict: "inconclusive",
      severity: "gate",
    });
    expect(outcome.warnings.map(({ code }) => code)).not.toContain("not-judged");
    expect(outcome.outcome).toBe("warn");
  });

  it("of a closed loop is shown and labelled, never silent: as a regression, and as open", () => {
    const closed = { loadModel: "closed" } as const;
    const slower = judged(requests(9, 1000, 0, closed), requests(10, 1000, 0.02, closed));
    expect(row(slower, "p99")).toMatchObject({ verdict: "regression", severity: "advisory" });
    expect(slower.outcome).toBe("warn");
    const open = judged(requests(11, 300, 0.01, closed, 5), requests(12, 300, 0.012, closed, 5));
    expect(row(open, "p99")).toMatchObject({ verdict: "inconclusive", severity: "advisory" });
    expect(row(open, "p99").warnings.map(({ code }) => code)).toContain("closed-loop");
  });
});

describe("a default p99 of a tool that takes few samples by its nature", () => {
  it("is not judged, counted once for all benchmarks, and no alarm", () => {
    const two = (seed: number, samples: number) =>
      withRounds(requests(seed, samples, 0), (round) => ({
        ...round,
        measurements: round.measurements.flatMap((each) => [each, { ...each, benchmark: "b" }]),
      }));
    const outcome = judged(two(1, 100), two(2, 120));
    expect(outcome.judgements.map(({ statistic }) => statistic)).toEqual(["p50", "p50"]);
    expect(outcome.warnings.filter(({ code }) => code === "not-judged")).toEqual([
      { code: "not-judged", metric: "latency", statistic: "p99", fewest: 100, most: 120, benchmarks: 2 },
    ]);
    expect(outcome.outcome).toBe("pass");
  });

  it("is told as a doubt where so few show a change wholly beyond the threshold", () => {
    const outcome = judged(requests(1, 200, 0), requests(2, 200, 0.06));
    expect(row(outcome, "p99")).toMatchObject({ verdict: "inconclusive", severity: "gate" });
    expect(row(outcome, "p99").comparison!.interval.lower).toBeGreaterThan(1.15);
    expect(outcome.warnings.map(({ code }) => code)).not.toContain("not-judged");
    expect(outcome.outcome).toBe("warn");
  });

  it.each([
    ["the candidate alone", 1000, 200],
    ["the base alone", 200, 1000],
  ])("is a doubt where %s takes few", (_, before, after) => {
    const outcome = judged(requests(1, before, 0), requests(2, after, 0));
    expect(row(outcome, "p99")).toMatchObject({ verdict: "inconclusive", severity: "gate" });
    expect(outcome.outcome).toBe("warn");
  });

  it("is a doubt where a single round of either side could carry it", () => {
    const mostly = withRounds(requests(1, 200, 0), (round, index) =>
      index === 5 ? requests(9, 1000, 0).rounds[5]! : round,
    );
    expect(row(judged(mostly, requests(2, 200, 0)), "p99").severity).toBe("gate");
    expect(row(judged(requests(2, 200, 0), mostly), "p99").verdict).toBe("inconclusive");
  });

  it("is judged by a budget of the user's own, as a doubt", () => {
    const budgets = [aBudget({ statistic: "p99", threshold: 0.15 })];
    const outcome = judged(requests(1, 200, 0), requests(2, 200, 0), { budgets });
    expect(row(outcome, "p99")).toMatchObject({ verdict: "inconclusive", severity: "gate" });
  });

  it("is not judged by stored runs either", () => {
    const run = (seed: number, samples: number) =>
      withRounds(requests(seed, samples, 0, {}, 6), (round) => ({ ...round, session: `${seed}` }));
    const history = Array.from({ length: 6 }, (_, index) => run(index + 1, 20));
    expect(judged(history, run(50, 20)).judgements.map(({ statistic }) => statistic)).toEqual(["p50"]);
  });
});

describe("a tail that the tool computes itself", () => {
  const printed = (p99: number, count: (round: number) => number) =>
    aSeries(12, (round) => ({
      distribution: {
        kind: "quantiles",
        quantiles: { "0.5": 0.001, "0.99": p99 * (1 + 0.005 * Math.sin(round)) },
        count: count(round),
      },
      ...OPEN,
    }));

  it("is judged from 300 samples where every round has as many, and from 1,000 where they differ", () => {
    const verdict = (count: (round: number) => number) =>
      row(judged(printed(0.002, count), printed(0.004, count)), "p99").verdict;
    expect(verdict(() => 300)).toBe("regression");
    expect(verdict((round) => 400 + round)).toBe("inconclusive");
    expect(verdict((round) => 1000 + round)).toBe("regression");
  });

  it("that one side alone prints is a doubt, and that neither prints is in no table", () => {
    const without = aSeries(12, () => ({
      distribution: { kind: "quantiles", quantiles: { "0.5": 0.001 }, count: 3000 },
      ...OPEN,
    }));
    const one = judged(
      printed(0.002, () => 3000),
      without,
    );
    expect(row(one, "p99")).toMatchObject({ verdict: "inconclusive", severity: "gate" });
    expect(one.outcome).toBe("warn");
    const none = judged(without, without);
    expect(none.judgements.map(({ statistic }) => statistic)).toEqual(["p50"]);
    expect(none.outcome).toBe("pass");
  });
});
