import { describe, expect, it } from "vitest";
import { exitCodeOf } from "../../src/judge/exit-code.ts";
import { GateError } from "../../src/model/error.ts";
import { aJudgement, anOutcome } from "../builders.ts";

describe("the exit code", () => {
  it.each([
    ["a regression", "fail", [aJudgement({ verdict: "regression" })], 1],
    ["only failures", "fail", [aJudgement({ verdict: "failed" })], 3],
    [
      "a failure beside a regression",
      "fail",
      [aJudgement({ verdict: "failed" }), aJudgement({ verdict: "regression" })],
      1,
    ],
    [
      "a failure beside a missed goal",
      "fail",
      [
        aJudgement({ verdict: "failed" }),
        aJudgement({ verdict: "improvement", goal: { value: 0.2, state: "missed" } }),
      ],
      1,
    ],
    [
      "a failure beside a broken limit",
      "fail",
      [aJudgement({ verdict: "failed" }), aJudgement({ verdict: "regression", limit: { value: 1, broken: true } })],
      1,
    ],
    ["nothing judged", "fail", [], 3],
    ["undecided, where that fails", "fail", [aJudgement({ verdict: "inconclusive" })], 1],
    ["a warning", "warn", [aJudgement({ verdict: "removed" })], 0],
    ["a pass", "pass", [aJudgement({ verdict: "unchanged" })], 0],
  ] as const)("of %s", (_, outcome, judgements, code) => {
    expect(exitCodeOf(anOutcome({ outcome, judgements }))).toBe(code);
  });

  it("of an error is 2 where the user can mend it, and 3 where nothing could be measured", () => {
    expect(exitCodeOf(new GateError("a", "b"))).toBe(2);
    expect(exitCodeOf(new GateError("a", "b", {}, "measure"))).toBe(3);
  });
});
