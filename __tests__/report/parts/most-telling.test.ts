import { describe, expect, it } from "vitest";
import { junitXml } from "../../../src/report/formats/junit.ts";
import { htmlReport } from "../../../src/report/html/report.ts";
import { mostTelling, restWords } from "../../../src/report/parts/most-telling.ts";
import { aJudgement, anOutcome } from "../../builders.ts";

const calm = (benchmark: string) => aJudgement({ benchmark, verdict: "unchanged" });
const red = (benchmark: string) => aJudgement({ benchmark, verdict: "regression" });

describe("what a report has room for", () => {
  it("is everything where there is little, in the same order", () => {
    const all = [calm("a"), red("b"), calm("c")];
    expect(mostTelling(all, 3)).toBe(all);
    expect(restWords(all, all)).toEqual([]);
  });

  it("is every regression before anything calm, however late it comes, and says what was left out", () => {
    const all = [calm("a"), calm("b"), red("c"), calm("d"), red("e")];
    const shown = mostTelling(all, 3);
    expect(shown.map(({ benchmark }) => benchmark)).toEqual(["a", "c", "e"]);
    expect(restWords(all, shown)).toEqual(["Not listed here, but in the JSON result: 2 unchanged."]);
  });

  it("is said by the page and by JUnit, which hold the last of 20,002 where that alone is red", () => {
    const judgements = [...Array.from({ length: 20_001 }, (_, index) => calm(`calm ${index}`)), red("the red one")];
    const outcome = anOutcome({ outcome: "fail", judgements });
    const none = { text: "", hash: "" };
    const program = { script: none, style: none, trend: { script: none, style: none } };
    for (const [report, row] of [
      [junitXml(outcome), 'name="the red one latency p50"'],
      [htmlReport(outcome, [], { program }), '"the red one"'],
    ] as const) {
      expect(report).toContain(row);
      expect(report).toContain("Not listed here, but in the JSON result: 2 unchanged.");
    }
  });
});
