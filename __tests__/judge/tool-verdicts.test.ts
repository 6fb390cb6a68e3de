import { describe, expect, it } from "vitest";
import { decodeRecording, encodeRecording } from "../../src/codec/recording.ts";
import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import { storedBaseline } from "../../src/judge/baseline.ts";
import { judge, type Rules } from "../../src/judge/judge.ts";
import { settle } from "../../src/judge/settle.ts";
import { keepOnly, type Recording } from "../../src/model/recording.ts";
import type { Outcome } from "../../src/model/verdict.ts";
import { titleOf } from "../../src/report/words/title.ts";
import { aRecording, mapMeasurements } from "../synthetic.ts";
import { judgeCells } from "./cells/judge-cells.ts";

const RULES: Rules = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "pass", today: "2026-11-23" };
const MEANS = "a threshold of the script is crossed";
const base = aRecording({ seed: 1, benchmarks: { json: 0.001 } });
const same = aRecording({ seed: 1, benchmarks: { json: 0.001 } });
const suite = base.rounds[0]!.measurements[0]!.suite;
const ROUNDS = base.rounds.length;

/** The recording, of which so many rounds ended with this exit code. */
function ended(recording: Recording, rounds: number, exitCode = 99): Recording {
  const exits = [{ suite, exitCode, means: MEANS }];
  return { ...recording, rounds: recording.rounds.map((round, i) => (i < rounds ? { ...round, exits } : round)) };
}

const beside = (baseline: Recording, candidate: Recording, rules: Partial<Rules> = {}) =>
  judge({ kind: "side-by-side", recordings: [baseline] }, candidate, { ...RULES, ...rules });
const told = ({ warnings }: Outcome) => warnings.filter(({ code }) => /^tool-verdict|^fewer-requests/.test(code));

describe("a tool's own verdict, by its exit code", () => {
  it("that the candidate alone has is named, and no gate passes without a warning", () => {
    const outcome = beside(base, ended(same, ROUNDS));
    expect(told(outcome)).toEqual([
      {
        code: "tool-verdict",
        suite,
        exitCode: 99,
        means: MEANS,
        baseline: { rounds: 0, of: ROUNDS },
        candidate: { rounds: ROUNDS, of: ROUNDS },
        requests: null,
      },
    ]);
    expect(outcome.outcome).toBe("warn");
    expect(titleOf(outcome).text).toContain("No regression, with a warning");
    expect(beside(base, ended(same, 1)).outcome).toBe("warn");
  });

  it("that both sides have is named, and no yellow", () => {
    const outcome = beside(ended(base, ROUNDS), ended(same, ROUNDS));
    expect(told(outcome).map(({ code }) => code)).toEqual(["tool-verdict-before"]);
    expect(outcome.outcome).toBe("pass");
  });

  it("that the baseline alone has is named too: it is gone", () => {
    const outcome = beside(ended(base, ROUNDS), same);
    expect(told(outcome)).toMatchObject([{ code: "tool-verdict-before", candidate: { rounds: 0 } }]);
    expect(outcome.outcome).toBe("pass");
  });

  it("that the candidate has in most of its rounds, and the baseline now and then, is a warning", () => {
    expect(told(beside(ended(base, 1), ended(same, ROUNDS)))).toMatchObject([{ code: "tool-verdict" }]);
    expect(told(beside(ended(base, 1), ended(same, 2)))).toMatchObject([{ code: "tool-verdict-before" }]);
  });

  it("is one of each exit code", () => {
    const outcome = beside(ended(base, ROUNDS, 1), ended(same, ROUNDS, 2));
    expect(told(outcome).map((each) => "exitCode" in each && [each.code, each.exitCode])).toEqual([
      ["tool-verdict", 2],
      ["tool-verdict-before", 1],
    ]);
  });

  it("is found beside a red verdict, which stays red", () => {
    const slower = ended(aRecording({ seed: 2, benchmarks: { json: 0.002 } }), ROUNDS);
    expect(beside(base, slower).outcome).toBe("fail");
    expect(told(beside(base, slower))).toHaveLength(1);
  });

  it("tells of a round that was cut short", () => {
    const cut = mapMeasurements(ended(same, ROUNDS), (each) =>
      each.distribution.kind === "samples"
        ? { ...each, distribution: { kind: "samples", samples: each.distribution.samples.slice(0, 2) } }
        : each,
    );
    const counts = base.rounds[0]!.measurements[0]!.distribution;
    const full = counts.kind === "samples" ? counts.samples.length : 0;
    expect(told(beside(base, cut))).toMatchObject([
      { code: "tool-verdict", requests: { baseline: full, candidate: 2 } },
    ]);
  });

  it("goes with stored runs, with a matrix, with what is kept of a recording, and through a file", () => {
    const candidate = ended(same, ROUNDS);
    const stored = storedBaseline([base, base, base, base, base]);
    expect(told(judge(stored, candidate, RULES))).toMatchObject([
      { code: "tool-verdict", baseline: { rounds: 0, of: 5 * ROUNDS } },
    ]);
    const comparison = { kind: "side-by-side", baseline: [base], candidate } as const;
    const cell = { name: "linux", comparisons: [comparison], looks: null, confirmed: false };
    const { outcome } = judgeCells([cell], { baseline: base.revision, candidate: same.revision }, RULES);
    expect(told(outcome)).toMatchObject([{ code: "tool-verdict", suite: `linux/${suite}` }]);
    expect(outcome.outcome).toBe("warn");
    expect(keepOnly(candidate, () => true).rounds[0]?.exits).toHaveLength(1);
    expect(keepOnly(candidate, (name) => name !== suite).rounds[0]?.exits).toEqual([]);
    expect(decodeRecording(encodeRecording(candidate))).toEqual(candidate);
  });

  it("of a suite that was measured again is what the fresh rounds say", () => {
    const screened = judge(storedBaseline([base, base, base, base, base]), ended(same, ROUNDS), RULES);
    const doubts = new Map([[suite, ["json"]]]);
    const settled = settle(screened, beside(ended(base, ROUNDS), ended(same, ROUNDS)), doubts, "pass");
    expect(told(settled).map(({ code }) => code)).toEqual(["tool-verdict-before"]);
  });
});

describe("a load of fewer requests", () => {
  const load = (recording: Recording, samples: number) =>
    mapMeasurements(recording, (each) =>
      each.distribution.kind === "samples"
        ? {
            ...each,
            loadModel: "open",
            distribution: { kind: "samples", samples: Float64Array.from({ length: samples }, () => 0.001) },
          }
        : each,
    );

  it("than half of the baseline's is named although no exit code says so, and is a warning", () => {
    const outcome = beside(load(base, 3000), load(same, 400));
    expect(told(outcome)).toEqual([{ code: "fewer-requests", suite, baseline: 3000, candidate: 400 }]);
    expect(outcome.outcome).not.toBe("pass");
  });

  it("is no matter of chance, nor of more requests than before", () => {
    expect(told(beside(load(base, 3000), load(same, 2900)))).toEqual([]);
    expect(told(beside(load(base, 400), load(same, 3000)))).toEqual([]);
  });
});
