import { describe, expect, it } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import { withoutDoubts } from "../../src/judge/same-code.ts";
import { settle } from "../../src/judge/settle.ts";
import type { SameCode } from "../../src/model/same-code.ts";
import type { Judgement, Verdict } from "../../src/model/verdict.ts";
import { aComparison, aJudgement, anOutcome, BASE, HEAD, MACHINE } from "../builders.ts";
import { aBudget } from "./kit.ts";

const RULES = { budgets: [], accept: [], onInconclusive: "warn", today: "2026-11-27" } as const;
const side = (revision: typeof BASE) => ({ revision, environment: MACHINE, rounds: [] });
const same: readonly SameCode[] = [
  { suite: "s", benchmark: "a", by: "closure" },
  { suite: "s", benchmark: "b", by: "closure" },
];
const judged = (code: { same: readonly SameCode[]; audited: readonly SameCode[] }, rules: object = {}) =>
  judge({ kind: "side-by-side", recordings: [side(BASE)] }, side(HEAD), { ...RULES, ...rules, code });

describe("a gate of which nothing had to be measured", () => {
  it("passes, says of each benchmark that it runs the same code, and counts them", () => {
    const { outcome, judgements, warnings } = judged({ same, audited: [] });

    expect(outcome).toBe("pass");
    expect(judgements.map(({ benchmark, verdict }) => [benchmark, verdict])).toEqual([
      ["a", "same-code"],
      ["b", "same-code"],
    ]);
    expect(warnings).toEqual([{ code: "same-code", by: "closure", benchmarks: 2, audited: 0 }]);
  });

  it("does not say that a budget fits nothing where its benchmark was left out", () => {
    const budget = aBudget({ match: "s/a", floor: null });

    expect(judged({ same, audited: [] }, { budgets: [budget] }).warnings.map(({ code }) => code)).toEqual([
      "same-code",
    ]);
  });

  it("has not passed where there was nothing at all", () => {
    expect(judged({ same: [], audited: [] }).outcome).toBe("fail");
  });
});

describe("what is measured as a check, though it is the same code", () => {
  const row = (benchmark: string, verdict: Verdict, more: object = {}) =>
    aJudgement({ suite: "s", benchmark, verdict, ...more });
  const rows = (judgements: readonly Judgement[], audited = same) =>
    withoutDoubts(judgements, audited).map(
      ({ benchmark, statistic, verdict }) => `${benchmark} ${statistic} ${verdict}`,
    );

  it("is the same code where it stays in doubt, and what it was measured to be where it does not", () => {
    const memory = row("a", "inconclusive", { metric: "memory", statistic: "max" });
    const advisory = row("b", "inconclusive", { severity: "advisory", statistic: "p99" });
    expect(rows([row("a", "unchanged"), memory, row("b", "not-slower"), advisory])).toEqual([
      "a p50 unchanged",
      "a max same-code",
      "b p50 not-slower",
      "b p99 inconclusive",
    ]);
  });

  const interval = (lower: number, upper: number) => ({
    comparison: aComparison({ interval: { lower, upper, level: 0.95 } }),
  });
  const broken = { limit: { value: 1, broken: true } };
  const leftOut = { code: "rounds-left-out", why: "failed", baseline: [], candidate: [2], of: 6 } as const;
  it.each<[string, Judgement]>([
    ["slower", row("a", "regression")],
    ["faster", row("a", "improvement")],
    ["failed", row("a", "failed")],
    ["failed in some rounds", row("a", "unchanged", { warnings: [leftOut] })],
    ["without a metric that it had", row("a", "removed")],
    ["slower, though nothing gates that", row("a", "regression", { severity: "advisory" })],
    ["beyond a limit", row("a", "unchanged", broken)],
    ["near a limit", row("a", "inconclusive", { limit: { value: 1, broken: false } })],
    ["not proven to be slower, with an interval that lies on that side", row("a", "inconclusive", interval(1.01, 1.2))],
    ["so with a throughput", row("a", "inconclusive", { better: "higher", ...interval(0.8, 0.99) })],
  ])("is not taken for the same code where it is %s", (_, found) => {
    const all = [row("a", "inconclusive", { statistic: "p99" }), found];
    expect(withoutDoubts(all, same)).toEqual(all);
  });

  it("has a whole suite's benchmarks, nobody else's, and none whose inputs were written meanwhile", () => {
    const all = [row("a", "inconclusive"), row("b", "inconclusive"), { ...row("a", "inconclusive"), suite: "t" }];
    const suite = { suite: "s", benchmark: "*", by: "inputs" } as const;
    expect(withoutDoubts(all, [suite]).map(({ verdict }) => verdict)).toEqual([
      "same-code",
      "same-code",
      "inconclusive",
    ]);
    expect(withoutDoubts(all, [])).toEqual(all);
    expect(withoutDoubts(all, [{ ...suite, late: true }])).toEqual(all);
  });
});

describe("what a second measurement found to be the same code", () => {
  const screened = anOutcome({
    judgements: [
      aJudgement({ suite: "s", benchmark: "a", verdict: "regression" }),
      aJudgement({ suite: "s", benchmark: "c" }),
    ],
  });

  it("takes the place of what stored runs left in doubt, a whole suite's for each of its benchmarks", () => {
    const fresh = judged({ same: [{ suite: "s", benchmark: "*", by: "inputs" }], audited: [] });

    const { outcome, judgements } = settle(screened, fresh, new Map([["s", ["a"]]]), "warn");

    expect(judgements.map(({ benchmark, verdict }) => `${benchmark} ${verdict}`)).toEqual([
      "* same-code",
      "c unchanged",
    ]);
    expect(outcome).toBe("pass");
  });
});
