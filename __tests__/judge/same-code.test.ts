import { describe, expect, it } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import { settle } from "../../src/judge/settle.ts";
import type { SameCode } from "../../src/model/same-code.ts";
import { aJudgement, anOutcome, BASE, HEAD, MACHINE } from "../builders.ts";
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
