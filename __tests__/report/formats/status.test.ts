import { describe, expect, it } from "vitest";
import { statusOf } from "../../../src/report/formats/status.ts";
import { aJudgement, anAddition, anOutcome, aRegression } from "../../builders.ts";
import { HOSTILE, hostileOutcome, OUTCOMES } from "../outcomes.ts";

describe("the commit status", () => {
  it("is the comment's title in words, and a success unless the outcome fails", () => {
    expect(statusOf(anOutcome())).toEqual({ state: "success", description: "No regression · 1 unchanged" });
    expect(statusOf(anOutcome({ outcome: "warn" })).state).toBe("success");
    expect(statusOf(anOutcome({ outcome: "fail", judgements: [aRegression(1.2), aJudgement()] }))).toEqual({
      state: "failure",
      description: "1 regression · 1 unchanged",
    });
  });

  it("is an error where nothing could be measured", () => {
    const failure = { side: "candidate", reason: "exit code 1", output: "" } as const;
    const failed = aJudgement({ verdict: "failed", comparison: null, failure });
    expect(statusOf(anOutcome({ outcome: "fail", judgements: [failed] })).state).toBe("error");
    expect(statusOf(anOutcome({ outcome: "fail", judgements: [] })).state).toBe("error");
    expect(statusOf(anOutcome({ outcome: "fail", judgements: [failed, aRegression(1.2)] })).state).toBe("failure");
  });

  it("never has more than 140 characters, and leaves whole counts out where it would", () => {
    const accepted = { reason: "worth it", upTo: 9, until: null };
    const failure = { side: "candidate", reason: "", output: "" } as const;
    const kinds = [
      aRegression(1.2),
      aJudgement({ verdict: "regression", limit: { value: 1, broken: true } }),
      aJudgement({ verdict: "failed", failure }),
      aJudgement({ verdict: "removed" }),
      aRegression(1.2, { severity: "advisory" }),
      aRegression(1.2, { accepted }),
      aJudgement({ verdict: "inconclusive" }),
      aJudgement({ verdict: "improvement" }),
      anAddition(),
      aJudgement(),
    ];
    const judgements = kinds.flatMap((kind) => Array.from({ length: 1500 }, () => kind));
    const { description } = statusOf(anOutcome({ outcome: "fail", judgements }));
    expect(description.length).toBeLessThanOrEqual(140);
    expect(description).toMatch(/^1,500 regressions · 1,500 broken limits · .* · …$/);
    for (const outcome of [...Object.values(OUTCOMES), hostileOutcome(HOSTILE)]) {
      expect(statusOf(outcome).description).toMatch(/^[^\p{Cc}\p{Cf}]{1,140}$/u);
    }
  });
});
