import { describe, expect, it } from "vitest";
import { resultJson } from "../../../src/report/formats/json.ts";
import { aComparison, aJudgement, anOutcome, aRegression } from "../../builders.ts";

const read = (judgement: ReturnType<typeof aJudgement>) =>
  JSON.parse(resultJson(anOutcome({ judgements: [judgement] }))).verdicts[0];

describe("resultJson", () => {
  it("is what JSON.stringify lays out, whatever stands in it", () => {
    const told = [aJudgement({ benchmark: '"verdicts": []' }), aJudgement({ benchmark: "line\nbreak" })];
    for (const judgements of [[], told]) {
      const text = resultJson(anOutcome({ judgements }));
      expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
      expect(JSON.parse(text).verdicts).toHaveLength(judgements.length);
    }
  });

  it("is one line a verdict where there are very many", () => {
    const judgements = Array.from({ length: 20_001 }, () => aJudgement());
    const text = resultJson(anOutcome({ judgements }));
    expect(JSON.parse(text).verdicts).toHaveLength(20_001);
    expect(text.split("\n").length).toBeLessThan(20_100);
  });

  it("has exactly the documented words, in their order", () => {
    const document = JSON.parse(resultJson(anOutcome()));
    expect(Object.keys(document)).toEqual(["schema", "outcome", "baseline", "candidate", "verdicts", "warnings"]);
    expect(document.schema).toBe("benchgate.result/1");
    expect(Object.keys(document.verdicts[0])).toEqual([
      ...["suite", "benchmark", "metric", "statistic", "unit", "verdict", "severity", "baseline", "candidate", "ratio"],
      ...[
        "interval",
        "p",
        "adjustedP",
        "threshold",
        "resolution",
        "judged",
        "limit",
        "rounds",
        "roundsNeeded",
        "paired",
        "goal",
        "check",
        "noise",
        "detectable",
      ],
      ...["warnings", "failure"],
    ]);
    expect(Object.keys(document.verdicts[0].interval)).toEqual(["lower", "upper", "level"]);
  });

  it("keeps numbers as measured, in canonical units, unrounded", () => {
    const verdict = read(aRegression(1.0123456789, { baseline: 0.00123456789 }));
    expect(verdict.ratio).toBe(1.0123456789);
    expect(verdict.baseline).toBe(0.00123456789);
    expect(verdict.paired).toBe(true);
  });

  it("writes null for what JSON has no number for", () => {
    const interval = { lower: 0, upper: Number.POSITIVE_INFINITY, level: 0.95 };
    const comparison = aComparison({ ratio: Number.NaN, interval, detectable: Number.POSITIVE_INFINITY });
    const warnings = [{ code: "noisy", detectable: Number.POSITIVE_INFINITY, roundsNeeded: null }] as const;
    const verdict = read(aJudgement({ comparison, warnings, candidate: null }));
    expect(verdict.ratio).toBeNull();
    expect(verdict.interval).toEqual({ lower: 0, upper: null, level: 0.95 });
    expect(verdict.detectable).toBeNull();
    expect(verdict.warnings).toEqual([{ code: "noisy", detectable: null, roundsNeeded: null }]);
  });

  it("names an acceptance only where there is one", () => {
    const accepted = { reason: "worth it", upTo: 0.2, until: "2027-03-01" };
    expect(read(aRegression(1.1, { accepted })).accepted).toEqual(accepted);
    expect(read(aJudgement())).not.toHaveProperty("accepted");
  });
});
