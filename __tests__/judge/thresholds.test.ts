import { describe, expect, it } from "vitest";
import type { Measurement } from "../../src/model/measurement.ts";
import { aSeries, jitter, one } from "../synthetic.ts";
import { aBudget, judged, row, warned } from "./kit.ts";

const THROUGHPUT = { metric: "throughput", unit: "1/s", better: "higher" } as const;
const LATENCY = {};
const side = (level: number, parts: Partial<Measurement>, noise: number | "exact") =>
  aSeries(12, (round) => ({
    ...parts,
    ...one(noise === "exact" ? level : level * jitter(round, noise), noise === "exact"),
  }));
const verdict = (
  ratio: number,
  parts: Partial<Measurement>,
  noise: number | "exact",
  { threshold = 0.05, floor = 0 } = {},
) => {
  const budgets = [aBudget({ metric: parts.metric ?? "latency", statistic: "mean", threshold, floor })];
  return row(judged(side(1000, parts, noise), side(1000 * ratio, parts, noise), { budgets }), "mean");
};

describe("a threshold counts from 1 − it to 1 + it, exact or not", () => {
  it.each([
    ["throughput −4.9 %", THROUGHPUT, 0.951, "unchanged"],
    ["throughput −5.2 %", THROUGHPUT, 0.948, "regression"],
    ["throughput +4.9 %", THROUGHPUT, 1.049, "unchanged"],
    ["throughput +5.2 %", THROUGHPUT, 1.052, "improvement"],
    ["latency +4.9 %", LATENCY, 1.049, "unchanged"],
    ["latency +5.2 %", LATENCY, 1.052, "regression"],
    ["latency −4.9 %", LATENCY, 0.951, "unchanged"],
    ["latency −5.2 %", LATENCY, 0.948, "improvement"],
  ] as const)("%s", (_, parts, ratio, expected) => {
    expect(verdict(ratio, parts, "exact").verdict).toBe(expected);
    expect(verdict(ratio, parts, 0.0001).verdict).toBe(expected);
  });

  it("holds for large ones: a fall by 40 % is within 50 %, a rise by 60 % beyond it", () => {
    for (const noise of ["exact", 0.0001] as const) {
      expect(verdict(0.6, THROUGHPUT, noise, { threshold: 0.5 }).verdict).toBe("unchanged");
      expect(verdict(0.45, THROUGHPUT, noise, { threshold: 0.5 }).verdict).toBe("regression");
      expect(verdict(1.6, LATENCY, noise, { threshold: 0.5 }).verdict).toBe("regression");
    }
  });

  it("is the measure of the change that could have been found: a fall is a share of what there was", () => {
    const { comparison } = verdict(1, THROUGHPUT, 0.3, { threshold: 0.5 });
    expect(comparison!.detectable).toBeGreaterThan(0.5);
    expect(comparison!.detectable).toBeLessThan(1);
    expect(verdict(1, THROUGHPUT, 0.0001).comparison!.detectable).toBeCloseTo(0.05, 2);
  });

  it("is what an acceptance counts by, too", () => {
    const budgets = [aBudget({ metric: "throughput", statistic: "mean" })];
    const accepted = (upTo: number) =>
      row(
        judged(side(1000, THROUGHPUT, 0.0001), side(500, THROUGHPUT, 0.0001), {
          budgets,
          accept: [{ match: "*", upTo, reason: "agreed", until: null }],
        }),
        "mean",
      ).accepted;
    expect(accepted(0.51)).not.toBeNull();
    expect(accepted(0.49)).toBeNull();
  });
});

describe("rounds that all agree", () => {
  const agreeing = (ratio: number, parts: Partial<Measurement>) => verdict(ratio, { ...parts, unit: "s" }, 0);

  it.each([
    ["exactly at the threshold", LATENCY, 1.05],
    ["exactly at the threshold below", LATENCY, 0.95],
    ["exactly at the threshold, better higher", { better: "higher" } as const, 0.95],
    ["a thousandth of a per cent within it", LATENCY, 1.04999],
  ])("%s are within it: nothing is noisy there", (_, parts, ratio) => {
    expect(agreeing(ratio, parts)).toMatchObject({ verdict: "unchanged", warnings: [] });
  });

  it("just beyond the threshold are open for that reason, and not for noise", () => {
    const judgement = agreeing(1.0502, LATENCY);
    expect(judgement.verdict).toBe("inconclusive");
    expect(judgement.warnings.map(({ code }) => code)).toEqual(["at-threshold"]);
    expect(agreeing(1.06, LATENCY).verdict).toBe("regression");
  });
});

describe("values that were declared deterministic and differ", () => {
  const counted = (values: readonly number[]) =>
    aSeries(values.length, (round) => ({ ...one(values[round]!, true), metric: "instructions", unit: "1" }));
  const budgets = [aBudget({ metric: "instructions", statistic: "mean" })];
  const found = (before: readonly number[], after: readonly number[]) =>
    judged(counted(before), counted(after), { budgets });

  it("are never open without a word", () => {
    const outcome = found([1000, 1000, 1000], [1500, 1501, 1500]);
    expect(row(outcome, "mean")).toMatchObject({ verdict: "inconclusive", severity: "gate" });
    expect(warned(row(outcome, "mean").warnings, "not-deterministic")).toMatchObject({ baseline: 1, candidate: 2 });
    expect(outcome.outcome).toBe("warn");
  });

  it("are judged as noisy ones are, on either side", () => {
    const [steady, swaying] = [Array(6).fill(1000), [1500, 1501, 1500, 1502, 1500, 1501]];
    const slower = row(found(steady, swaying), "mean");
    expect(slower).toMatchObject({ verdict: "regression", comparison: { design: "pairs" } });
    expect(slower.warnings.map(({ code }) => code)).toContain("not-deterministic");
    expect(row(found(swaying, steady), "mean").verdict).toBe("improvement");
    expect(row(found(swaying, swaying), "mean").verdict).toBe("unchanged");
  });

  it("are deterministic where they agree", () => {
    const same = row(found([1000, 1000], [1500, 1500]), "mean");
    expect(same).toMatchObject({ verdict: "regression", comparison: { design: "exact" } });
    expect(same.warnings).toEqual([]);
  });
});
