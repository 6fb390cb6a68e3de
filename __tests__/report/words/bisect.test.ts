import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/model/bisect.ts";
import { bisectWords } from "../../../src/report/words/bisect.ts";

const near = (ratio: number) => ({
  mean: Math.log(ratio),
  lower: Math.log(ratio) - 0.004,
  upper: Math.log(ratio) + 0.004,
});
const line = Array.from({ length: 9 }, (_, at) => ({ sha: `${at}`.repeat(40), subject: `change ${at}` }));
const row = { suite: "s", benchmark: "b", metric: "latency", statistic: "p50", unit: "s", better: "lower" } as const;
const FOUND: Finding = {
  after: 4,
  until: 5,
  change: near(1.1),
  whole: near(1.1),
  stop: null,
  between: [],
  rest: false,
  unbuilt: [],
  gates: 5,
};
const told = (parts: Partial<Finding>, better: "lower" | "higher" = "lower") =>
  bisectWords({ row: { ...row, better }, line, finding: { ...FOUND, ...parts } });

describe("the words of a search", () => {
  it("name the commit, its change and how sure it is", () => {
    expect(told({})).toBe(
      [
        "s / b latency p50: +10.0 % (+9.56 … +10.4) from 000000000000 to 888888888888, 8 commits",
        "",
        "The change is in",
        "  555555555555  change 5",
        "  +10.0 % (+9.56 … +10.4) against the commit before it",
        "",
        "5 gates side by side. All intervals hold at once with 95 %, and with them the answer.",
      ].join("\n"),
    );
  });

  it("tell a change in its own direction", () => {
    expect(told({}, "higher")).toContain("−9.09 % (−9.45 … −8.73)");
  });

  it("say that it is not all, and where to look for the rest", () => {
    const words = told({ rest: true, whole: near(1.2), between: [3] });
    expect(words).toContain(
      "this is not all. For the rest: `benchgate bisect 000000000000 444444444444`, `benchgate bisect 555555555555 888888888888`.",
    );
    expect(words).not.toContain("and with them the answer");
    expect(told({ after: 0, until: 1, rest: true })).toContain(
      "the rest: `benchgate bisect 111111111111 888888888888`.",
    );
    expect(told({ between: [3, 4] })).toContain("it may be a drift");
  });

  it("name the range, and never a commit, where they cannot know", () => {
    const range = told({ after: 2, until: 5, stop: "unbuilt", unbuilt: [3, 4] });
    expect(range).toContain("It is not known which commit changed it. The commits between do not build");
    expect(range).toContain("after 222222222222, in one of 3 commits:\n  333333333333  change 3\n");
    expect(range).toContain("All of them together: +10.0 %");
    expect(range).not.toContain("The change is in\n");
    expect(told({ after: 0, until: 8, stop: "noise", change: null })).toContain("measure on a quieter machine");
  });
});
