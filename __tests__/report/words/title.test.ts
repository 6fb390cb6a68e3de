import { describe, expect, it } from "vitest";
import { sameCodeJudgement } from "../../../src/judge/same-code.ts";
import type { Judgement, Outcome } from "../../../src/model/verdict.ts";
import { MARKDOWN, PLAIN } from "../../../src/report/parts/ink.ts";
import { headlineOf, sideNames, subtitleOf, titleOf } from "../../../src/report/words/title.ts";
import { aComparison, aJudgement, anAddition, anOutcome, aRegression, BASE, MACHINE, NOW } from "../../builders.ts";

const accepted = { reason: "worth it", upTo: 0.2, until: null };
const undecided = aJudgement({ verdict: "inconclusive" });
const advisory = { severity: "advisory" } as const;
const unstable = { code: "machine-unstable", benchmarks: ["parser / json p50"] } as const;
const failedBefore = aJudgement({
  verdict: "failed",
  comparison: null,
  failure: { side: "baseline", reason: "exit code 1", output: "" },
});
const aGoal = (state: "proven" | "open" | "missed") =>
  aJudgement({ verdict: "improvement", goal: { value: 0.2, state }, comparison: aComparison({ ratio: 0.8 }) });
const none = { kind: "none" } as const;

function title(outcome: Outcome["outcome"], judgements: readonly Judgement[], parts: Partial<Outcome> = {}): string {
  const { symbol, text } = titleOf(anOutcome({ outcome, judgements, ...parts }));
  return `${symbol} ${text}`;
}

describe("titleOf", () => {
  it.each<[string, string]>([
    [
      "❌ 2 regressions · 1 improvement · 1 unchanged",
      title("fail", [aRegression(1.2), aRegression(1.3), aJudgement({ verdict: "improvement" }), aJudgement()]),
    ],
    ["✅ No regression · 2 unchanged", title("pass", [aJudgement(), aJudgement()])],
    [
      "✅ No regression · 1 unchanged",
      title("pass", [aJudgement(), aJudgement({ statistic: "p99", verdict: "not-slower" })]),
    ],
    [
      "✅ No regression · 1 unchanged · 1 unchanged, same code",
      title("pass", [
        aJudgement(),
        { ...sameCodeJudgement(aJudgement()), statistic: "p99" },
        sameCodeJudgement({ suite: "parser", benchmark: "another" }),
      ]),
    ],
    ["⚠️ No regression proven · 1 inconclusive · 1 unchanged", title("warn", [undecided, aJudgement()])],
    ["⚠️ No regression proven · 1 inconclusive", title("pass", [undecided])],
    ["❌ Undecided, which fails this check · 1 inconclusive", title("fail", [undecided])],
    ["✅ No regression · 1 advisory undecided", title("pass", [{ ...undecided, ...advisory }])],
    ["⚪ No baseline yet · 2 measured", title("pass", [anAddition(), anAddition()], { baseline: none })],
    ["✅ Nothing but accepted regressions · 1 accepted", title("pass", [aRegression(1.1, { accepted })])],
    ["⚠️ No gating regression · 1 advisory regression", title("warn", [aRegression(1.1, advisory)])],
    ["❌ 1 broken limit", title("fail", [aRegression(1.1, { limit: { value: 1, broken: true } })])],
    [
      "❌ 1 broken limit · 1 new",
      title("fail", [aRegression(1.1, { limit: { value: 1, broken: true } }), anAddition()], { baseline: none }),
    ],
    ["⚠️ No regression · 1 removed", title("warn", [aJudgement({ verdict: "removed" })])],
    ["❌ 1 failed", title("fail", [aJudgement({ verdict: "failed" })])],
    ["❌ 1 missed goal · 1 unchanged", title("fail", [aGoal("missed"), aJudgement()])],
    ["⚠️ No regression proven · 1 open goal", title("warn", [aGoal("open")])],
    ["❌ Undecided, which fails this check · 1 open goal", title("fail", [aGoal("open")])],
    ["✅ No regression · 1 improvement", title("pass", [aGoal("proven")])],
    ["✅ No regression · 1 improvement", title("pass", [{ ...aGoal("missed"), ...advisory }])],
    ["⚠️ No regression proven · 1 failed on the base", title("warn", [failedBefore])],
    [
      "⚠️ Not trustworthy: this machine changes speed by itself · apparently 1 regression",
      title("fail", [aRegression(1.2)], { warnings: [unstable] }),
    ],
    [
      "⚠️ Not trustworthy: this machine changes speed by itself · apparently 1 regression and 1 improvement · 1 unchanged",
      title("fail", [aRegression(1.2), aJudgement(), aJudgement({ benchmark: "x", verdict: "improvement" })], {
        warnings: [unstable],
      }),
    ],
    [
      "⚠️ Not trustworthy: this machine changes speed by itself · 1 unchanged",
      title("warn", [aJudgement()], { warnings: [unstable] }),
    ],
    ["❌ Nothing was measured", title("fail", [])],
  ])("%s", (expected, actual) => {
    expect(actual).toBe(expected);
  });
});

describe("headlineOf", () => {
  const headline = (judgements: readonly Judgement[], parts: Partial<Outcome> = {}) =>
    headlineOf(anOutcome({ outcome: "fail", judgements, ...parts }), PLAIN)?.replaceAll("\u00A0", " ");

  it("says what merging does: how many of all benchmarks, and the worst by name", () => {
    expect(
      headline([
        aRegression(1.2),
        aRegression(1.7, { benchmark: "xml", statistic: "p99" }),
        aRegression(1.1, { benchmark: "csv" }),
        aJudgement({ benchmark: "yaml" }),
      ]),
    ).toBe("This change makes 3 of 4 benchmarks slower: parser / xml p99 1.70×, parser / json +20.0 % and 1 more");
  });

  it("counts a benchmark once, however many of its statistics are slower", () => {
    expect(headline([aRegression(1.2), aRegression(1.3, { statistic: "p99" }), aJudgement({ benchmark: "b" })])).toBe(
      "This change makes 1 of 2 benchmarks slower: parser / json p99 +30.0 %",
    );
  });

  it("names no two benchmarks alike", () => {
    const names = ["base32", "base64"].map(
      (each) => `encode UTF-8 text into ${each} with padding, stream of 4 KiB chunks`,
    );
    const text = headline(names.map((benchmark) => aRegression(1.2, { benchmark })))!;
    for (const name of names) expect(text).toContain(name);
  });

  it("does not say of a goal, a limit or a failure that this change did it", () => {
    expect(headline([aGoal("missed"), aJudgement({ benchmark: "b" })])).toMatch(
      /^1 of 2 benchmarks misses a goal: parser \/ json −\d.* % \(goal −\d+ %\)$/,
    );
    expect(headline([aJudgement({ verdict: "failed", comparison: null })])).toMatch(/^The only benchmark fails: /);
  });

  it("calls only times slower", () => {
    const memory = aRegression(1.2, { benchmark: "xml", metric: "memory", unit: "B", statistic: "max" });
    expect(headline([memory, aJudgement()])).toContain(
      "makes 1 of 2 benchmarks worse: parser / xml memory max +20.0 %",
    );
  });

  it("is left out where nothing is red, and where no verdict can be trusted", () => {
    expect(headline([aJudgement()])).toBeUndefined();
    expect(headline([aRegression(1.2)], { warnings: [unstable] })).toBeUndefined();
  });
});

describe("subtitleOf", () => {
  it("says what was compared, how, where, and why that can be believed", () => {
    expect(subtitleOf(anOutcome({ judgements: [aJudgement(), aJudgement()] }), PLAIN, NOW)).toBe(
      "abc1234 (main, 6 h old) → def5678 · side by side, 12 pairs · 4 × AMD EPYC 7763 · both ran here, in turns",
    );
  });

  it("trusts no machine that changes speed by itself", () => {
    expect(subtitleOf(anOutcome({ warnings: [unstable] }), PLAIN, null)).not.toContain("both ran here");
  });

  it("tells stored history, two files and no baseline apart", () => {
    const described = (kind: "stored" | "file", runs: number) =>
      subtitleOf(anOutcome({ baseline: { kind, revision: BASE, runs, environment: MACHINE } }), PLAIN, null);
    expect(described("stored", 9)).toContain("· 9 stored runs ·");
    expect(described("file", 1)).toContain("· two files, 12 pairs ·");
    expect(subtitleOf(anOutcome({ baseline: none, judgements: [] }), PLAIN, null)).toBe(
      "def5678 · no baseline · 4 × AMD EPYC 7763",
    );
  });

  it("tells how far the baseline lies behind, and what was measured again", () => {
    const baseline = { kind: "stored", revision: BASE, runs: 9, environment: MACHINE, distance: 3 } as const;
    expect(subtitleOf(anOutcome({ baseline }), PLAIN, NOW)).toContain("abc1234 (main, 6 h old, 3 commits behind) →");
    expect(subtitleOf(anOutcome({ baseline: { ...baseline, distance: 0 } }), PLAIN, NOW)).toContain(
      "(main, 6 h old) →",
    );
    const experiment = { session: "1/1", seed: 7, looks: [6, 12] };
    expect(subtitleOf(anOutcome({ baseline, experiment }), PLAIN, NOW)).toContain(
      "9 stored runs; side by side where in doubt, 12 pairs",
    );
  });

  it("gives the range where comparisons rest on different numbers of pairs", () => {
    const judgements = [aJudgement(), aJudgement({ comparison: aComparison({ rounds: 24 }) })];
    expect(subtitleOf(anOutcome({ judgements }), PLAIN, null)).toContain("side by side, 12–24 pairs");
  });

  it("does not call a commit from the future young, nor an unknown one old", () => {
    const early = subtitleOf(anOutcome(), PLAIN, "2026-11-01T00:00:00Z");
    expect(early).toContain("abc1234 (main) →");
  });
});

describe("sideNames", () => {
  it("calls the baseline by its branch, escaped where it is more than a word", () => {
    const named = (ref: string) =>
      sideNames(
        anOutcome({ baseline: { kind: "stored", revision: { ...BASE, ref }, runs: 5, environment: MACHINE } }),
        MARKDOWN,
        "this PR",
      ).baseline;
    expect(named("refs/heads/main")).toBe("main");
    expect(named("refs/heads/release/1.x")).toBe("<code>release&#47;1&#46;x</code>");
    expect(named("refs/heads/deadbeef")).toBe("<code>deadbeef</code>");
    expect(named("")).toBe("baseline");
  });
});
