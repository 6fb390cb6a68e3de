import { describe, expect, it } from "vitest";
import type { Comparison } from "../../../src/model/verdict.ts";
import { MARKDOWN, PLAIN } from "../../../src/report/parts/ink.ts";
import { isReason, needs, pairsToDecide } from "../../../src/report/words/needs.ts";
import { aComparison, aJudgement, anOutcome, aRegression } from "../../builders.ts";
import { HOSTILE } from "../outcomes.ts";

const undecided = (roundsNeeded: number | null, parts: Partial<Comparison> = {}) =>
  aJudgement({
    verdict: "inconclusive",
    comparison: aComparison({ roundsNeeded, ...parts }),
    warnings: [{ code: "noisy", detectable: 0.09, roundsNeeded }],
  });
const experiment = { session: "1/1", seed: 7, looks: [6, 12], secondsPerPair: 30 } as const;

describe("needs", () => {
  it("says how many more pairs, and how long they take where that is known", () => {
    expect(needs(undecided(26), PLAIN, 30)).toBe(
      "The noise hides changes smaller than 9 %. About 14 more pairs (~7 min) would decide it.",
    );
    expect(needs(undecided(13), PLAIN, null)).toMatch(/About 1 more pair would decide it.$/);
  });

  it("does not call the noise boundless where a few more pairs would do", () => {
    const boundless = { code: "noisy", detectable: 1.4, roundsNeeded: 13 } as const;
    expect(needs({ ...undecided(13), warnings: [boundless] }, PLAIN, 30)).toBe(
      "About 1 more pair (~30 s) would decide it.",
    );
    expect(needs({ ...undecided(null), warnings: [{ ...boundless, roundsNeeded: null }] }, PLAIN, 30)).toMatch(
      /^The noise hides even a doubling\. Make/,
    );
  });

  it("gives no time for rounds that are not pairs", () => {
    expect(needs(undecided(26, { design: "unpaired" }), PLAIN, 30)).toMatch(/About 14 more rounds would decide it.$/);
  });

  it("names another way where more rounds do not help", () => {
    expect(needs(undecided(null), PLAIN, 30)).toBe(
      "The noise hides changes smaller than 9 %. Make the benchmark longer, or use a quieter machine.",
    );
    expect(needs(undecided(null, { design: "stored" }), PLAIN, 30)).toMatch(/Measure side by side, make the/);
    const planned = { code: "noisy", detectable: 0.45, roundsNeeded: null, planned: 24 } as const;
    expect(needs({ ...undecided(null), warnings: [planned] }, PLAIN, 30)).toMatch(
      /^The noise hides changes smaller than 45 %: it cannot be decided in 24 pairs\./,
    );
  });

  it("names no number of rounds where none helps, whatever the comparison says", () => {
    for (const warning of [
      { code: "few-samples", statistic: "p99", samples: 240, needed: 300 },
      { code: "too-coarse", step: 0.0001, bound: 0.0002 },
      { code: "unequal-samples", baseline: 1000, candidate: 3000 },
    ] as const) {
      const judgement = { ...undecided(26), warnings: [warning] };
      expect(needs(judgement, PLAIN, 30)).not.toMatch(/more pair/);
      expect(pairsToDecide(anOutcome({ judgements: [judgement], experiment }))).toBeNull();
    }
  });

  it("leaves remarks that hold with a verdict as well to the notes", () => {
    const judgement = { ...undecided(26), warnings: [{ code: "closed-loop" }] as const };
    expect(needs(judgement, PLAIN, null)).toBe("About 14 more pairs would decide it.");
    expect(isReason({ code: "closed-loop" }, judgement)).toBe(false);
    expect(isReason({ code: "limit-close" }, judgement)).toBe(true);
    expect(isReason({ code: "limit-close" }, aRegression(1.2))).toBe(false);
  });

  it("lets no text from outside through unescaped", () => {
    for (const text of HOSTILE) {
      const warnings = [{ code: "estimator-differs", baseline: text, candidate: text }] as const;
      const said = needs({ ...undecided(null), warnings }, MARKDOWN, null);
      expect(said.replaceAll("<!-- -->", "").replace(/<code>[^<]*<\/code>/g, "x")).toBe(
        "The percentiles were computed in two ways: x before, x after.",
      );
    }
  });
});

describe("pairsToDecide", () => {
  it("is what the most demanding of the gating comparisons needs", () => {
    const judgements = [undecided(20), undecided(26), { ...undecided(90), severity: "advisory" } as const];
    expect(pairsToDecide(anOutcome({ judgements, experiment }))).toEqual({
      rounds: 26,
      words: "about 14 more pairs (~7 min)",
      seconds: 420,
    });
  });

  it("promises nothing of a goal, whose rounds nobody has reckoned", () => {
    const promised = aJudgement({
      verdict: "improvement",
      goal: { value: 0.2, state: "open" },
      comparison: aComparison({ ratio: 0.8, roundsNeeded: 20 }),
      warnings: [{ code: "goal", goal: 0.2, state: "open" }],
    });
    expect(needs(promised, PLAIN, 30)).toBe("Goal of 20 % better: not yet proven.");
    expect(pairsToDecide(anOutcome({ judgements: [promised] }))).toBeNull();
  });

  it("is null where pairs decide nothing: all decided, not known, or not pairs", () => {
    const decided = aRegression(1.2, { comparison: aComparison({ ratio: 1.2, roundsNeeded: 20 }) });
    const judgements = [decided, undecided(null), undecided(26, { design: "stored" })];
    expect(pairsToDecide(anOutcome({ judgements, experiment }))).toBeNull();
  });
});
