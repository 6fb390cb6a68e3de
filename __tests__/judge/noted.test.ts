import { describe, expect, it } from "vitest";
import { decodeRecording, encodeRecording } from "../../src/codec/recording.ts";
import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import { judge, type Rules } from "../../src/judge/judge.ts";
import type { SuiteNote } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";
import { commentBody } from "../../src/report/formats/markdown.ts";
import { terminalReport } from "../../src/report/formats/terminal.ts";
import { aRecording } from "../synthetic.ts";

const RULES: Rules = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "warn", today: "2026-11-23" };
const PLAIN = aRecording({ seed: 1, benchmarks: { json: 0.001, yaml: 0.002 } });

const note = (benchmark: string, more: Partial<SuiteNote> = {}): SuiteNote => ({
  suite: PLAIN.rounds[0]!.measurements[0]!.suite,
  benchmark,
  sentence: "Its hit_ratio is NaN, and left out",
  remedy: "report a finite number",
  ...more,
});

function noted(recording: Recording, ...notes: readonly SuiteNote[]): Recording {
  return { ...recording, rounds: recording.rounds.map((round) => ({ ...round, notes })) };
}

function judged(baseline: Recording | null, candidate: Recording) {
  return judge(
    baseline === null ? { kind: "none", stored: 0, differs: [] } : { kind: "file", recordings: [baseline] },
    candidate,
    RULES,
  );
}

const ofCode = (warnings: readonly { readonly code: string }[]) => warnings.filter(({ code }) => code === "noted");

describe("what a tool told beside its numbers", () => {
  it("stands once on the gate with all benchmarks that it was told of, and decides nothing", () => {
    const both = noted(PLAIN, note("json"), note("yaml"));
    const outcome = judged(both, both);
    expect(ofCode(outcome.warnings)).toEqual([
      expect.objectContaining({
        benchmarks: ["json", "yaml"],
        side: null,
        sentence: "Its hit_ratio is NaN, and left out",
      }),
    ]);
    expect(outcome.outcome).toBe(judged(PLAIN, PLAIN).outcome);
    expect(outcome.judgements).toEqual(judged(PLAIN, PLAIN).judgements);
  });

  it("names the side where it was told of one alone", () => {
    expect(ofCode(judged(PLAIN, noted(PLAIN, note("json"))).warnings)).toMatchObject([{ side: "candidate" }]);
    expect(ofCode(judged(noted(PLAIN, note("json")), PLAIN).warnings)).toMatchObject([{ side: "baseline" }]);
    expect(ofCode(judged(null, noted(PLAIN, note("json"))).warnings)).toMatchObject([{ side: null }]);
  });

  it("stands on the judgements of the metric that it is about", () => {
    const dropped = note("json", { metric: "latency", sentence: "50 iterations were dropped" });
    const { judgements, warnings } = judged(PLAIN, noted(PLAIN, dropped));
    expect(ofCode(warnings)).toEqual([]);
    const holders = judgements.filter((each) => ofCode(each.warnings).length > 0);
    expect(holders.map(({ benchmark, metric }) => `${benchmark} ${metric}`)).toEqual(["json latency", "json latency"]);
    const elsewhere = judged(PLAIN, noted(PLAIN, { ...dropped, metric: "throughput" }));
    expect(ofCode(elsewhere.warnings)).toHaveLength(1);
  });

  it("is in the comment and on the terminal", () => {
    const outcome = judged(PLAIN, noted(PLAIN, note("json"), note("*", { sentence: "It was stopped early" })));
    for (const text of [commentBody(outcome, { marker: "m" }), terminalReport(outcome, { width: 200 })]) {
      expect(text).toMatch(/json(?:<.code>)?, candidate alone: (?:<code>)?Its .+ is NaN.{1,5} and left out/);
      expect(text).toMatch(/candidate alone: .{0,6}It was stopped early/);
    }
  });
});

describe("a note whose number differs from round to round", () => {
  const dropped = (counts: readonly number[]): Recording => ({
    ...PLAIN,
    rounds: PLAIN.rounds.map((round, i) => ({
      ...round,
      notes: [
        note("json", { metric: "latency", sentence: "# iterations were dropped", count: counts[i % counts.length]! }),
      ],
    })),
  });
  const said = (baseline: Recording | null, candidate: Recording) => [
    ...new Set(
      judged(baseline, candidate).judgements.flatMap(({ warnings }) =>
        warnings.flatMap((each) => (each.code === "noted" ? [`${each.side}: ${each.sentence}`] : [])),
      ),
    ),
  ];

  it("is told once, with the largest of them", () => {
    expect(said(PLAIN, dropped([3, 61, 50]))).toEqual(["candidate: 61 iterations were dropped"]);
    expect(said(null, dropped([3, 61, 50]))).toEqual(["null: 61 iterations were dropped"]);
  });

  it("tells both sides' numbers where they differ", () => {
    expect(said(dropped([5]), dropped([5000, 4]))).toEqual(["null: 5 \u2192 5000 iterations were dropped"]);
    expect(said(dropped([5]), dropped([5]))).toEqual(["null: 5 iterations were dropped"]);
  });

  it("leaves a # alone where there is no number", () => {
    const plain = noted(PLAIN, note("json", { metric: "latency", sentence: "Case #3 is odd" }));
    expect(said(PLAIN, plain)).toEqual(["candidate: Case #3 is odd"]);
  });

  it("comes back from a file as it went there", () => {
    const { rounds } = decodeRecording(encodeRecording(dropped([7])));
    expect(rounds[0]!.notes).toEqual(dropped([7]).rounds[0]!.notes);
  });
});
