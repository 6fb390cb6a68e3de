import { describe, expect, it } from "vitest";
import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import { evidenceIn } from "../../src/judge/evidence.ts";
import { judge } from "../../src/judge/judge.ts";
import type { Compared } from "../../src/judge/rows/compared.ts";
import { EVIDENCE_LEVELS } from "../../src/model/evidence.ts";
import type { Distribution } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";
import { aRecording, mapMeasurements } from "../synthetic.ts";

const RULES = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "warn", today: "2026-11-22" } as const;
const base = aRecording({ seed: 1, benchmarks: { json: 0.001, yaml: 0.002 } });
const cand = aRecording({ seed: 2, benchmarks: { json: 0.0011, yaml: 0.002 }, sha: "b".repeat(40) });

function evidence(compared: Compared, accept: Parameters<typeof evidenceIn>[2] = []) {
  const [newest, ...older] = compared.baseline;
  const outcome = judge({ kind: compared.kind, recordings: [newest!, ...older] }, compared.candidate, RULES);
  return { outcome, ...evidenceIn(outcome, [compared], accept)[0]! };
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

  /** Runs at two levels, the second 20 % above the first, oldest first. */
  const runs = Array.from({ length: 24 }, (_, run) =>
    aRecording({
      seed: 10 + run,
      rounds: 3,
      samples: 50,
      between: 0.005,
      session: `run ${run}`,
      sha: run.toString(16).padStart(40, "0"),
      benchmarks: { json: run < 14 ? 0.001 : 0.0012 },
    }),
  );
  const p50Of = ({ subjects }: ReturnType<typeof evidence>) =>
    subjects.find(({ benchmark }) => benchmark === "json")!.statistics.indexOf("p50");

  it("tells a history oldest first, a mean for each run, and where its level changed", () => {
    const found = evidence({ kind: "stored", baseline: [...runs].reverse(), candidate: cand });
    expect(found.history.map(({ sha }) => sha)).toEqual(runs.map(({ revision }) => revision.sha));
    const json = found.subjects.find(({ benchmark }) => benchmark === "json")!;
    expect(json.history[0]!.map((value) => Math.round(value! * 1e4))).toEqual(
      runs.map((_, run) => (run < 14 ? 10 : 12)),
    );
    expect(json.steps[p50Of(found)]).toMatchObject([{ at: 14, kind: "change", reason: "" }]);
    expect(json.steps[p50Of(found)]![0]!.ratio).toBeCloseTo(1.2, 1);
    expect(json.baseline!.rounds[0]).toHaveLength(3);
  });

  it("counts steps by all runs, also those that lack the benchmark, and says why one was accepted", () => {
    const patchy = runs.map((run, index) => (index === 3 ? mapMeasurements(run, () => null) : run));
    const accept = [{ match: "s/json*", upTo: 0.3, reason: "more languages", until: null }];
    const found = evidence({ kind: "stored", baseline: [...patchy].reverse(), candidate: cand }, accept);
    const json = found.subjects.find(({ benchmark }) => benchmark === "json")!;
    expect(json.history[0]![3]).toBeNull();
    expect(json.steps[p50Of(found)]).toMatchObject([{ at: 14, kind: "accepted", reason: "more languages" }]);
  });

  it("leaves out what was not judged", () => {
    const { outcome } = evidence({ kind: "file", baseline: [base], candidate: cand });
    const some = outcome.judgements.filter(({ benchmark }) => benchmark === "yaml");
    const { subjects } = evidenceIn(
      { ...outcome, judgements: some },
      [{ kind: "file", baseline: [base], candidate: cand }],
      [],
    )[0]!;
    expect(subjects.map(({ benchmark }) => benchmark)).toEqual(["yaml"]);
  });
});
