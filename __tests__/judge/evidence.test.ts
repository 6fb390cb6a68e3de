import { describe, expect, it } from "vitest";
import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import type { Compared } from "../../src/judge/compared.ts";
import { evidenceOf } from "../../src/judge/evidence.ts";
import { judge } from "../../src/judge/judge.ts";
import { EVIDENCE_LEVELS } from "../../src/model/evidence.ts";
import type { Distribution } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";
import { aRecording, mapMeasurements } from "../synthetic.ts";

const RULES = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "warn", today: "2026-11-22" } as const;
const base = aRecording({ seed: 1, benchmarks: { json: 0.001, yaml: 0.002 } });
const cand = aRecording({ seed: 2, benchmarks: { json: 0.0011, yaml: 0.002 }, sha: "b".repeat(40) });

function evidence(compared: Compared, findSteps?: Parameters<typeof evidenceOf>[2]) {
  const [newest, ...older] = compared.baseline;
  const outcome = judge({ kind: compared.kind, recordings: [newest!, ...older] }, compared.candidate, RULES);
  return { outcome, ...evidenceOf(outcome.judgements, compared, findSteps) };
}
const logMean = (values: readonly (number | null)[]) =>
  Math.exp(values.reduce<number>((sum, value) => sum + Math.log(value!), 0) / values.length);

describe("what a verdict rests on", () => {
  it("has, for each round, the number that the verdict was reached from", () => {
    const { outcome, subjects } = evidence({ kind: "side-by-side", baseline: [base], candidate: cand });
    const json = subjects.find(({ benchmark }) => benchmark === "json")!;
    expect(json.statistics).toEqual(["p50", "p99"]);
    for (const [index, statistic] of json.statistics.entries()) {
      const judgement = outcome.judgements.find((each) => each.benchmark === "json" && each.statistic === statistic)!;
      expect(json.baseline!.rounds[index]).toHaveLength(12);
      expect(logMean(json.baseline!.rounds[index]!)).toBeCloseTo(judgement.baseline!, 9);
    }
  });

  it("names the rounds so that pairs find each other", () => {
    const { baseline, candidate } = evidence({ kind: "side-by-side", baseline: [base], candidate: cand });
    expect(baseline.map(({ session, pair }) => `${session} ${pair}`)).toEqual(
      candidate.map(({ session, pair }) => `${session} ${pair}`),
    );
  });

  it("leaves a gap where a round lacks a benchmark", () => {
    const patchy = mapMeasurements(cand, (each, round) => (round === 3 && each.benchmark === "yaml" ? null : each));
    const { subjects } = evidence({ kind: "side-by-side", baseline: [base], candidate: patchy });
    const yaml = subjects.find(({ benchmark }) => benchmark === "yaml")!;
    expect(yaml.candidate!.rounds[0]!.map((value) => value === null).indexOf(true)).toBe(3);
  });

  it("pools the samples of all rounds", () => {
    const { subjects } = evidence({ kind: "file", baseline: [base], candidate: cand });
    const { distribution } = subjects[0]!.baseline!;
    if (distribution?.kind !== "pooled") throw new Error("not pooled");
    expect(distribution.samples).toBe(12_000);
    const all = base.rounds
      .flatMap(({ measurements }) => measurements.filter(({ benchmark }) => benchmark === "json"))
      .flatMap(({ distribution: each }) => (each.kind === "samples" ? [...each.samples] : []))
      .sort((a, b) => a - b);
    const median = distribution.values[EVIDENCE_LEVELS.indexOf(0.5)]!;
    expect(median).toBeCloseTo(all[5_999]!, 6);
  });

  it("takes the percentiles that a tool printed as they are, the mean over rounds", () => {
    const printed = (recording: Recording, factor: number) =>
      mapMeasurements(recording, (each, round): typeof each => {
        const distribution: Distribution = {
          kind: "quantiles",
          quantiles: { "0.5": factor + round, "0.99": 20 },
          count: 2000,
        };
        return { ...each, distribution };
      });
    const { subjects } = evidence({ kind: "file", baseline: [printed(base, 1)], candidate: printed(cand, 2) });
    expect(subjects[0]!.baseline!.distribution).toEqual({ kind: "printed", levels: [0.5, 0.99], values: [6.5, 20] });
  });

  it("has no distribution where a round is one number, and no other side where there is none", () => {
    const sizes = mapMeasurements(cand, (each) => ({
      ...each,
      distribution: { kind: "value", value: 5, exact: true },
    }));
    const { subjects } = evidence({ kind: "file", baseline: [sizes], candidate: sizes });
    expect(subjects[0]!.candidate!.distribution).toBeNull();
    const alone = aRecording({ seed: 3, benchmarks: { other: 0.001 } });
    const lonely = evidence({ kind: "file", baseline: [alone], candidate: cand });
    expect(lonely.subjects.find(({ benchmark }) => benchmark === "json")!.baseline).toBeNull();
    expect(lonely.subjects.find(({ benchmark }) => benchmark === "other")!.candidate).toBeNull();
  });

  it("tells a history oldest first, a mean for each run, and where its level changed", () => {
    const runs = [0.001, 0.001, 0.0012].map((json, index) =>
      aRecording({
        seed: 10 + index,
        rounds: 3,
        session: `run ${index}`,
        sha: `${index}`.repeat(40),
        benchmarks: { json },
      }),
    );
    const { history, subjects } = evidence(
      { kind: "stored", baseline: [...runs].reverse(), candidate: cand },
      (_, means) => [{ at: means.findIndex((value) => value > 0.0011), kind: "change", ratio: 1.2, reason: "" }],
    );
    expect(history.map(({ sha }) => sha[0])).toEqual(["0", "1", "2"]);
    const json = subjects.find(({ benchmark }) => benchmark === "json")!;
    expect(json.history[0]!.map((value) => Math.round(value! * 1e4))).toEqual([10, 10, 12]);
    expect(json.steps[0]).toEqual([{ at: 2, kind: "change", ratio: 1.2, reason: "" }]);
    expect(json.baseline!.rounds[0]).toHaveLength(3);
  });

  it("leaves out what was not judged", () => {
    const { outcome } = evidence({ kind: "file", baseline: [base], candidate: cand });
    const some = outcome.judgements.filter(({ benchmark }) => benchmark === "yaml");
    const { subjects } = evidenceOf(some, { kind: "file", baseline: [base], candidate: cand });
    expect(subjects.map(({ benchmark }) => benchmark)).toEqual(["yaml"]);
  });
});
