import { describe, expect, it } from "vitest";
import { mostTelling, restWords } from "../../../src/report/parts/most-telling.ts";
import { aJudgement } from "../../builders.ts";

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
});
