import { describe, expect, it } from "vitest";
import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import { judge } from "../../src/judge/judge.ts";
import { settle } from "../../src/judge/settle.ts";
import { doubtful, looksOf, undecided } from "../../src/judge/undecided.ts";
import type { Judgement, Outcome } from "../../src/model/verdict.ts";
import { aComparison, aJudgement, anOutcome, aRegression } from "../builders.ts";
import { aRecording, withRounds } from "../synthetic.ts";

const inconclusive = (parts: Partial<Judgement> = {}) =>
  aJudgement({
    verdict: "inconclusive",
    comparison: aComparison({ rounds: 6, interval: { lower: 0.97, upper: 1.09, level: 0.95 } }),
    ...parts,
  });
const open = (...judgements: Judgement[]) => Object.fromEntries(undecided(anOutcome({ judgements }), 24).open);
const doubts = (...judgements: Judgement[]) => Object.fromEntries(doubtful(anOutcome({ judgements })));

describe("looks", () => {
  it("come after 6, 12 and 24 pairs, as far as there are so many, and at the end", () => {
    expect([3, 6, 7, 12, 24, 50].map(looksOf)).toEqual([[3], [6], [6, 7], [6, 12], [6, 12, 24], [6, 12, 24, 50]]);
  });
});

describe("after a look", () => {
  it("goes on with inconclusive gating benchmarks alone, each once", () => {
    expect(
      open(
        inconclusive({ benchmark: "a" }),
        inconclusive({ benchmark: "a", statistic: "p99" }),
        aJudgement({ benchmark: "b" }),
        aRegression(1.3, { benchmark: "c" }),
        inconclusive({ benchmark: "d", severity: "advisory" }),
        inconclusive({ suite: "api", benchmark: "e" }),
      ),
    ).toEqual({ parser: ["a"], api: ["e"] });
    expect(undecided(anOutcome({ judgements: [inconclusive(), inconclusive({ statistic: "p99" })] }), 24).of).toBe(1);
  });

  it("does not wait for the time of a benchmark that takes more instructions, unless something was promised", () => {
    const counted = (parts: Partial<Judgement> = {}) =>
      aRegression(1.02, { metric: "instructions", statistic: "mean", ...parts });
    const goal = { value: 0.1, state: "open" } as const;

    expect(open(counted(), inconclusive(), inconclusive({ benchmark: "b" }))).toEqual({ parser: ["b"] });
    expect(undecided(anOutcome({ judgements: [counted(), inconclusive()] }), 24)).toMatchObject({
      slower: 1,
      fine: 0,
      givenUp: 0,
      of: 1,
    });
    expect(open(counted({ severity: "advisory" }), inconclusive())).toEqual({ parser: ["json"] });
    expect(open(counted(), inconclusive({ goal }))).toEqual({ parser: ["json"] });
    expect(open(aRegression(1.3, { statistic: "p99" }), inconclusive())).toEqual({ parser: ["json"] });
  });

  it("gives up what all rounds could not decide, and what no round can", () => {
    const wide = { lower: 0.5, upper: 2, level: 0.95 };
    const left = (rounds: number, parts: Partial<Judgement> = {}) =>
      open(inconclusive({ comparison: aComparison({ rounds, ratio: 1, interval: wide }), ...parts }));
    expect(left(12)).toEqual({});
    expect(left(12, { threshold: 0.2 })).toEqual({ parser: ["json"] });
    const few = { code: "few-samples", statistic: "p99", samples: 300, needed: 1000 } as const;
    expect(open(inconclusive({ warnings: [few] }))).toEqual({});
    expect(open(inconclusive({ warnings: [{ code: "few-rounds", rounds: 3, needed: 5 }] }))).toEqual({
      parser: ["json"],
    });
  });

  describe("asks how far the bound is as well as how wide the interval", () => {
    const at = (
      rounds: number,
      ratio: number,
      reach: number,
      roundsNeeded: number | null,
      parts: Partial<Judgement> = {},
    ) =>
      inconclusive({
        comparison: aComparison({
          rounds,
          ratio,
          interval: { lower: ratio / reach, upper: ratio * reach, level: 0.95 },
          roundsNeeded,
        }),
        ...parts,
      });
    const goesOn = (judgement: Judgement, pairs = 24) =>
      undecided(anOutcome({ judgements: [judgement] }), pairs).open.size === 1;

    it("never gives up before twelve pairs: one slow round makes six of them wide", () => {
      expect(goesOn(at(6, 1, 5, null))).toBe(true);
      expect(goesOn(at(6, 2.2, 2.6, 7))).toBe(true);
      expect(goesOn(at(11, 1, 5, null))).toBe(true);
    });

    it("goes on while the rounds that it takes fit into the plan, however wide it is", () => {
      expect(goesOn(at(12, 2.2, 2.6, 24))).toBe(true);
      expect(goesOn(at(12, 1, 2.6, 24))).toBe(true);
      expect(goesOn(at(12, 1, 2.6, 25))).toBe(false);
      expect(goesOn(at(12, 1, 2.6, 25), 30)).toBe(true);
    });

    it("goes on where it is nearly proven: far from the bound, though more rounds are needed than there are", () => {
      expect(goesOn(at(12, 2.2, 2.6, 30))).toBe(true);
      expect(goesOn(at(12, 1 / 2.2, 2.6, 30))).toBe(true);
      expect(goesOn(at(12, 1.05, 2.6, null))).toBe(false);
    });

    it("turns with the direction: half of the throughput is nearly proven, too", () => {
      const throughput = { metric: "throughput", unit: "1/s", better: "higher" } as const;
      expect(goesOn(at(12, 1 / 2.2, 2.6, 30, throughput))).toBe(true);
      expect(goesOn(at(12, 0.97, 2.6, null, throughput))).toBe(false);
    });

    it("goes on where the interval is narrow enough to become an answer", () => {
      expect(goesOn(at(12, 1.04, 1.06, null))).toBe(true);
    });

    it("goes on where steps hide the change so far and the interval reaches beyond them", () => {
      const coarse = {
        warnings: [{ code: "too-coarse", step: 0.001, bound: 0.002 }],
        judged: { bound: 0.5, amount: 0.002, why: "resolution" },
      } as const;
      expect(goesOn(at(6, 1.45, 1.2, null, coarse))).toBe(true);
      expect(goesOn(at(6, 1.1, 1.1, null, coarse))).toBe(false);
    });

    it("goes on where both ways of measuring are on one side: one of them may still have most rounds", () => {
      const differs = (mixed: boolean) =>
        inconclusive({
          comparison: null,
          warnings: [{ code: "estimator-differs", baseline: "samples", candidate: "batch-means and samples", mixed }],
        });
      expect(goesOn(differs(true))).toBe(true);
      expect(goesOn(differs(false))).toBe(false);
    });

    it("counts what it gives up, so that nobody says that nothing is left to decide", () => {
      const judgements = [
        at(12, 1, 5, null, { benchmark: "lost" }),
        at(12, 1, 5, null, { benchmark: "half" }),
        at(12, 1.04, 1.06, 20, { benchmark: "half", statistic: "p99" }),
        aJudgement({ benchmark: "done" }),
      ];
      const { open: left, givenUp, of } = undecided(anOutcome({ judgements }), 24);
      expect({ left: Object.fromEntries(left), givenUp, of }).toEqual({
        left: { parser: ["half"] },
        givenUp: 1,
        of: 3,
      });
    });
  });

  it("goes on for a promise that is neither proven nor missed", () => {
    expect(open(aJudgement({ goal: { value: 0.2, state: "open" } }))).toEqual({ parser: ["json"] });
    expect(open(aJudgement({ goal: { value: 0.2, state: "proven" } }))).toEqual({});
  });
});

describe("stored history leaves in doubt", () => {
  it("what is red or inconclusive, but nothing that a second measurement cannot change", () => {
    expect(doubts(aRegression(1.3, { benchmark: "a" }), inconclusive({ benchmark: "b" }), aJudgement())).toEqual({
      parser: ["a", "b"],
    });
    expect(
      doubts(
        aRegression(1.3, { comparison: aComparison({ design: "exact" }) }),
        aRegression(1.3, { limit: { value: 1, broken: true } }),
        aRegression(1.3, { accepted: { reason: "agreed", upTo: 0.4, until: null } }),
        aRegression(1.3, { severity: "advisory" }),
      ),
    ).toEqual({});
  });
});

describe("a second measurement", () => {
  const today = "2026-11-22";
  const rules = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "warn", today } as const;
  const medians = { a: 0.001, b: 0.002, c: 0.003 };
  const history = Array.from({ length: 12 }, (_, i) =>
    aRecording({ seed: i + 1, session: `m/${i}`, rounds: 6, benchmarks: medians }),
  );
  const slow = aRecording({ seed: 99, session: "pr", rounds: 6, benchmarks: { ...medians, a: 0.0013, b: 0.003 } });
  const [newest, ...older] = history;
  const screened = judge({ kind: "stored", recordings: [newest!, ...older] }, slow, rules);

  it("alone makes red what was in doubt; the rest stays as history decided it", () => {
    const found = doubtful(screened);
    expect([...(found.get("s") ?? [])].sort()).toEqual(expect.arrayContaining(["a", "b"]));
    const pairs = (benchmarks: Record<string, number>, seed: number) =>
      aRecording({ seed, session: "fresh", rounds: 12, benchmarks });
    // On the same machine a is as it was, and b is slower indeed.
    const fresh = judge(
      { kind: "side-by-side", recordings: [pairs(medians, 201)] },
      pairs({ ...medians, b: 0.003 }, 202),
      rules,
    );
    const settled = settle(screened, fresh, new Map([["s", ["a", "b"]]]), "warn");
    const p50 = (benchmark: string) =>
      settled.judgements.filter((each) => each.benchmark === benchmark && each.statistic === "p50");
    expect(p50("a").map(({ verdict, comparison }) => [verdict, comparison?.design])).toEqual([["unchanged", "pairs"]]);
    expect(p50("b").map(({ verdict, comparison }) => [verdict, comparison?.design])).toEqual([["regression", "pairs"]]);
    expect(p50("c").map(({ comparison }) => comparison?.design)).toEqual(["stored"]);
    expect(settled.outcome).toBe("fail");
    expect(settled.baseline).toMatchObject({ kind: "stored", runs: 12 });
    expect(settled.warnings[0]).toEqual({ code: "measured-again", benchmarks: 2, kept: 2 });
  });

  it("is due for what stored runs lack: a benchmark, a suite, a metric that gates; not for one that is only told", () => {
    const added = { verdict: "added", baseline: null, comparison: null } as const;
    expect(doubts(aJudgement({ ...added, benchmark: "fresh" }), aJudgement({ ...added, suite: "render" }))).toEqual({
      parser: ["fresh"],
      render: ["json"],
    });
    const latency = aRecording({ seed: 5, session: "pr", rounds: 6, benchmarks: medians });
    const grown = withRounds(latency, (round) => ({
      ...round,
      measurements: round.measurements.flatMap((each) =>
        each.benchmark !== "a"
          ? [each]
          : [
              each,
              { ...each, metric: "cpu-time" },
              ...["allocations"].map((metric) => ({
                ...each,
                ...{ metric, unit: "1", distribution: { kind: "value", value: 4, exact: true } as const },
              })),
            ],
      ),
    }));
    const judged = (candidate: typeof latency) =>
      judge({ kind: "stored", recordings: [newest!, ...older] }, candidate, rules);
    const news = ({ judgements }: ReturnType<typeof judged>) => judgements.filter(({ verdict }) => verdict === "added");
    expect(news(judged(grown)).map(({ metric, severity }) => [metric, severity])).toEqual([
      ["cpu-time", "advisory"],
      ["allocations", "gate"],
    ]);
    expect(doubtful({ ...judged(latency), judgements: news(judged(grown)) })).toEqual(new Map([["s", ["a"]]]));
    const [told] = news(judged(grown));
    expect(doubtful({ ...judged(latency), judgements: [told!] })).toEqual(new Map());
  });

  it("finds the regression of what stored runs lack, and leaves what the base lacks as well new and green", () => {
    const session = "pr";
    const candidate = aRecording({
      seed: 7,
      session,
      rounds: 6,
      benchmarks: { ...medians, extra: 0.009, fresh: 0.004 },
    });
    const first = judge({ kind: "stored", recordings: [newest!, ...older] }, candidate, rules);
    const found = doubtful(first);
    expect(found.get("s")).toEqual(expect.arrayContaining(["extra", "fresh"]));
    const pairs = (seed: number, benchmarks: Record<string, number>) =>
      aRecording({ seed, session: "fresh", rounds: 12, benchmarks });
    const again = (extra: number) =>
      judge({ kind: "side-by-side", recordings: [pairs(1, { extra: 0.001 })] }, pairs(2, { extra, fresh: 0.004 }), {
        ...rules,
        partial: true,
      });
    const verdictOf = (outcome: Outcome, benchmark: string) =>
      outcome.judgements.find((each) => each.benchmark === benchmark && each.statistic === "p50")?.verdict;
    const red = settle(first, again(0.009), new Map([["s", ["extra", "fresh"]]]), "warn");
    expect([verdictOf(red, "extra"), verdictOf(red, "fresh"), red.outcome]).toEqual(["regression", "added", "fail"]);
    const green = settle(first, again(0.001), new Map([["s", ["extra", "fresh"]]]), "warn");
    expect([verdictOf(green, "extra"), verdictOf(green, "fresh"), green.outcome]).toEqual([
      "unchanged",
      "added",
      "pass",
    ]);
    // Where time ran out, nobody knows whether it is new.
    const nothing = { ...again(0.001), judgements: [] };
    const open = settle(first, nothing, new Map([["s", ["extra", "fresh"]]]), "warn");
    expect([verdictOf(open, "extra"), open.outcome]).toEqual(["inconclusive", "warn"]);
  });

  it("takes back that nothing is in common where it found something, and keeps it where it did not", () => {
    const renamed = (seed: number, session: string) =>
      aRecording({ seed, session, rounds: 12, benchmarks: { "v2/a": 0.001, "v2/b": 0.002 } });
    const first = judge({ kind: "stored", recordings: [newest!, ...older] }, renamed(3, "pr"), rules);
    expect([first.outcome, first.warnings.map(({ code }) => code)]).toEqual(["fail", ["nothing-in-common"]]);
    const all = new Map([["s", ["v2/a", "v2/b"]]]);
    const same = judge({ kind: "side-by-side", recordings: [renamed(4, "f")] }, renamed(5, "f"), rules);
    const settled = settle(first, same, all, "warn");
    expect(settled.warnings.map(({ code }) => code)).toEqual(["measured-again"]);
    expect(settled.outcome).toBe("warn");
    const alone = judge(
      { kind: "side-by-side", recordings: [{ ...renamed(4, "f"), rounds: [] }] },
      renamed(5, "f"),
      rules,
    );
    const kept = settle(first, alone, all, "warn");
    expect(kept.warnings.map(({ code }) => code)).toContain("nothing-in-common");
    expect(kept.outcome).toBe("fail");
  });

  it("that covers everything is the whole answer", () => {
    const fresh = anOutcome({ judgements: [aJudgement()] });
    const first = anOutcome({ judgements: [inconclusive()], outcome: "warn" });
    expect(settle(first, fresh, new Map([["parser", ["json"]]]), "fail")).toMatchObject({
      outcome: "pass",
      baseline: fresh.baseline,
      judgements: fresh.judgements,
    });
  });

  it("counts once what is not judged: what was measured again is among all that the screening counted", () => {
    const notJudged = (benchmarks: number, statistic: "p99" | "p95" = "p99") =>
      ({ code: "not-judged", metric: "latency", statistic, fewest: 10, most: 10, benchmarks }) as const;
    const first = anOutcome({ judgements: [inconclusive()], warnings: [notJudged(4)] });
    const fresh = anOutcome({ judgements: [aJudgement()], warnings: [notJudged(1), notJudged(1, "p95")] });
    expect(settle(first, fresh, new Map([["parser", ["json"]]]), "warn").warnings.slice(1)).toEqual([
      notJudged(4),
      notJudged(1, "p95"),
    ]);
  });

  it("that has no answer leaves the doubt open: never red by stored runs alone, and never gone", () => {
    const doubted = new Map([["parser", ["json"]]]);
    const first = anOutcome({ judgements: [aRegression(1.3), aJudgement({ benchmark: "other" })], outcome: "fail" });
    const nothing = anOutcome({ judgements: [] });
    const settled = settle(first, nothing, doubted, "warn");
    expect(settled.judgements.map(({ benchmark, verdict }) => [benchmark, verdict])).toEqual([
      ["json", "inconclusive"],
      ["other", "unchanged"],
    ]);
    expect(settled.outcome).toBe("warn");

    const failure = { side: "candidate", reason: "killed", output: "" } as const;
    const broken = anOutcome({ judgements: [aJudgement({ benchmark: "a.bench.ts", verdict: "failed", failure })] });
    const failed = settle(first, broken, doubted, "warn");
    expect(failed.judgements.map(({ benchmark, verdict }) => [benchmark, verdict])).toEqual([
      ["a.bench.ts", "failed"],
      ["json", "inconclusive"],
      ["other", "unchanged"],
    ]);
    expect(failed.outcome).toBe("fail");
  });

  it("is due for a promise that stored runs call missed or leave open", () => {
    const promised = (state: "missed" | "open" | "proven") => doubts(aJudgement({ goal: { value: 0.2, state } }));
    expect([promised("missed"), promised("open"), promised("proven")]).toEqual([
      { parser: ["json"] },
      { parser: ["json"] },
      {},
    ]);
  });
});
