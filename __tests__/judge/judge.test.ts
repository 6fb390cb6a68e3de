import { describe, expect, it } from "vitest";
import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import { judge, type Rules } from "../../src/judge/judge.ts";
import type { Budget } from "../../src/model/plan.ts";
import type { Recording } from "../../src/model/recording.ts";
import type { Judgement } from "../../src/model/verdict.ts";
import { aRecording, latency, mapMeasurements, withRounds } from "../synthetic.ts";

const RULES: Rules = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "warn", today: "2026-11-23" };
const P50: Budget = {
  match: "*",
  metric: "latency",
  statistic: "p50",
  threshold: 0.05,
  limit: null,
  floor: 0,
  severity: "gate",
  origin: "user",
};

function files(baseline: Recording, candidate: Recording, rules: Partial<Rules> = {}) {
  return judge({ kind: "file", recordings: [baseline] }, candidate, { ...RULES, ...rules });
}

function find(judgements: readonly Judgement[], benchmark: string, statistic: string): Judgement {
  const found = judgements.find((each) => each.benchmark === benchmark && each.statistic === statistic);
  if (found === undefined) throw new Error(`no judgement on ${benchmark} ${statistic}`);
  return found;
}

describe("two recordings of one session", () => {
  const baseline = aRecording({ seed: 1, benchmarks: { json: 0.001, yaml: 0.002 } });

  it("names a planted +10 % and leaves the unchanged alone", () => {
    const candidate = aRecording({ seed: 2, benchmarks: { json: 0.0011, yaml: 0.002 } });
    const { outcome, judgements } = files(baseline, candidate);
    const json = find(judgements, "json", "p50");
    expect(json.verdict).toBe("regression");
    expect(json.comparison?.design).toBe("pairs");
    expect(json.comparison?.interval.lower).toBeLessThan(1.1);
    expect(json.comparison?.interval.upper).toBeGreaterThan(1.1);
    expect(find(judgements, "yaml", "p50").verdict).toBe("unchanged");
    expect(outcome).toBe("fail");
  });

  it("calls a recording against itself unchanged, in every statistic", () => {
    const { outcome, judgements } = files(baseline, baseline);
    expect(judgements.map(({ verdict }) => verdict)).toEqual(judgements.map(() => "unchanged"));
    expect(outcome).toBe("pass");
  });

  it("calls a faster candidate an improvement, which never gates", () => {
    const { outcome, judgements } = files(baseline, aRecording({ seed: 3, benchmarks: { json: 0.0008, yaml: 0.002 } }));
    expect(find(judgements, "json", "p50").verdict).toBe("improvement");
    expect(outcome).toBe("pass");
  });

  it("judges higher-is-better metrics by their own direction, and shows the ratio as measured", () => {
    const asThroughput = (recording: Recording) =>
      mapMeasurements(recording, (each) => ({
        ...each,
        metric: "throughput",
        unit: "1/s",
        better: "higher",
        distribution: { kind: "value", value: 1 / quick(each), exact: false },
      }));
    const quick = (each: ReturnType<typeof latency>) =>
      each.distribution.kind === "samples" ? each.distribution.samples[0]! : 0;
    const budget: Budget = { ...P50, metric: "throughput", statistic: "mean" };
    const slower = aRecording({ seed: 5, benchmarks: { json: 0.002 }, within: 0.001 });
    const before = aRecording({ seed: 4, benchmarks: { json: 0.001 }, within: 0.001 });
    const { judgements } = files(asThroughput(before), asThroughput(slower), { budgets: [budget] });
    expect(judgements[0]?.verdict).toBe("regression");
    expect(judgements[0]?.comparison?.ratio).toBeCloseTo(0.5, 1);
    expect(judgements[0]!.comparison!.interval.upper).toBeLessThan(1);
  });

  it("does not pair rounds of different sessions", () => {
    const other = aRecording({ seed: 2, session: "s/2", benchmarks: { json: 0.001, yaml: 0.002 } });
    expect(find(files(baseline, other).judgements, "json", "p50").comparison?.design).toBe("unpaired");
  });

  it("does not pair rounds without a session: pair numbers alone say nothing", () => {
    const nameless = (seed: number) => aRecording({ seed, session: "", benchmarks: { json: 0.001 } });
    expect(find(files(nameless(1), nameless(2)).judgements, "json", "p50").comparison?.design).toBe("unpaired");
  });
});

describe("too little to know", () => {
  it.each([
    [1, null],
    [2, "pairs"],
    [4, "pairs"],
  ] as const)("gives no verdict on %i rounds, whatever the change", (rounds, design) => {
    const { outcome, judgements } = files(
      aRecording({ seed: 1, rounds, benchmarks: { a: 0.001 } }),
      aRecording({ seed: 2, rounds, benchmarks: { a: 0.003 } }),
    );
    const p50 = find(judgements, "a", "p50");
    expect(p50.verdict).toBe("inconclusive");
    expect(p50.comparison?.design ?? null).toBe(design);
    expect(p50.warnings).toContainEqual({ code: "few-rounds", rounds, needed: 5 });
    expect(outcome).toBe("warn");
  });

  it("refuses p99 of few samples and says how many it needs", () => {
    const few = (seed: number, samples: number) => aRecording({ seed, samples, benchmarks: { a: 0.001 } });
    const own: Budget = { ...P50, statistic: "p99", threshold: 0.15 };
    const refused = find(files(few(1, 100), few(2, 100), { budgets: [own] }).judgements, "a", "p99");
    expect(refused).toMatchObject({
      verdict: "inconclusive",
      severity: "gate",
      warnings: [{ code: "few-samples", samples: 100, needed: 300 }],
    });
    expect(refused.comparison?.roundsNeeded).toBeNull();
    expect(find(files(few(1, 500), few(2, 500)).judgements, "a", "p99").verdict).toBe("unchanged");
  });

  it("counts a default p99 of a tool that takes few samples as not judged, and lets the user's own be theirs", () => {
    const few = (seed: number) => aRecording({ seed, samples: 100, benchmarks: { a: 0.001 } });
    const { outcome, judgements, warnings } = files(few(1), few(1));
    expect(outcome).toBe("pass");
    expect(judgements.map(({ statistic }) => statistic)).toEqual(["p50"]);
    expect(warnings).toContainEqual({
      code: "not-judged",
      metric: "latency",
      statistic: "p99",
      fewest: 100,
      most: 100,
      benchmarks: 1,
    });
    const own: Budget = { ...P50, statistic: "p99", threshold: 0.15 };
    expect(files(few(1), few(1), { budgets: [P50, own] }).outcome).toBe("warn");
  });

  it("says how many rounds noise of 30 % would need", () => {
    const noisy = (seed: number) => aRecording({ seed, between: 0.3, benchmarks: { a: 0.001 } });
    const p50 = find(files(noisy(1), noisy(2)).judgements, "a", "p50");
    expect(p50.verdict).toBe("inconclusive");
    expect(p50.warnings[0]?.code).toBe("noisy");
    expect(p50.comparison?.detectable).toBeGreaterThan(0.1);
  });

  it("turns inconclusive into what the user asked for", () => {
    const few = (seed: number) => aRecording({ seed, rounds: 2, benchmarks: { a: 0.001 } });
    expect(files(few(1), few(2), { onInconclusive: "fail" }).outcome).toBe("fail");
    expect(files(few(1), few(2), { onInconclusive: "pass" }).outcome).toBe("pass");
  });

  it("compares no percentiles that were computed in two ways", () => {
    const baseline = aRecording({ seed: 1, benchmarks: { a: 0.001 } });
    const hdr = mapMeasurements(aRecording({ seed: 2, benchmarks: { a: 0.003 } }), (each) => ({
      ...each,
      estimator: "hdr",
    }));
    expect(find(files(baseline, hdr).judgements, "a", "p50")).toMatchObject({
      verdict: "inconclusive",
      warnings: [{ code: "estimator-differs" }],
    });
  });
});

describe("stored history", () => {
  const runs = (count: number, level = 0.001) =>
    Array.from({ length: count }, (_, run) =>
      aRecording({
        seed: 10 + run,
        session: `${run}/1`,
        rounds: 6,
        benchmarks: { a: level * (1 + 0.03 * Math.sin(run * 2)), b: level, c: level, d: level },
      }),
    ) as [Recording, ...Recording[]];
  const stored = (recordings: [Recording, ...Recording[]], candidate: Recording) =>
    judge({ kind: "stored", recordings }, candidate, RULES);

  it("gates from five runs on", () => {
    const candidate = aRecording({
      seed: 99,
      session: "pr/1",
      rounds: 6,
      benchmarks: { a: 0.003, b: 0.001, c: 0.001, d: 0.001 },
    });
    const { outcome, judgements, baseline } = stored(runs(6), candidate);
    expect(
      judgements
        .filter(({ verdict, statistic }) => verdict === "regression" && statistic === "p50")
        .map(({ benchmark }) => benchmark),
    ).toEqual(["a"]);
    expect(find(judgements, "a", "p50").comparison).toMatchObject({ design: "stored", rounds: 6 });
    expect(outcome).toBe("fail");
    expect(baseline).toMatchObject({ kind: "stored", runs: 6 });
  });

  it.each([1, 2, 4])("shows and does not gate on %i runs", (count) => {
    const candidate = aRecording({ seed: 99, session: "pr/1", rounds: 6, benchmarks: { a: 0.003 } });
    const { outcome, judgements } = stored(runs(count), candidate);
    expect(find(judgements, "a", "p50")).toMatchObject({ verdict: "inconclusive" });
    expect(find(judgements, "a", "p50").warnings).toContainEqual({ code: "few-baseline-runs", runs: count, needed: 5 });
    const { baseline, candidate: now, comparison } = find(judgements, "a", "p50");
    expect(now! / baseline!).toBeGreaterThan(2.5);
    // One run has no deviation, so there is no interval to show.
    expect(comparison === null).toBe(count === 1);
    expect(outcome).toBe("warn");
  });
});

describe("history that moves on", () => {
  it("does not call removed what the base branch removed itself", () => {
    const old = aRecording({ seed: 1, session: "1", benchmarks: { kept: 0.001, gone: 0.001 } });
    const newest = aRecording({ seed: 2, session: "2", benchmarks: { kept: 0.001 } });
    const candidate = aRecording({ seed: 3, session: "3", benchmarks: { kept: 0.001 } });
    const { judgements } = judge({ kind: "stored", recordings: [newest, old] }, candidate, RULES);
    expect(judgements.map(({ benchmark }) => benchmark)).not.toContain("gone");
  });
});

describe("what only one side has", () => {
  const baseline = aRecording({ seed: 1, benchmarks: { kept: 0.001, gone: 0.001 } });
  const candidate = aRecording({ seed: 2, benchmarks: { kept: 0.001, fresh: 0.001 } });

  it("is added or removed, one row each, never silence", () => {
    const { outcome, judgements } = files(baseline, candidate);
    expect(
      judgements.filter(({ benchmark }) => benchmark !== "kept").map(({ benchmark, verdict }) => [benchmark, verdict]),
    ).toEqual([
      ["fresh", "added"],
      ["gone", "removed"],
    ]);
    expect(outcome).toBe("warn");
  });

  it("is failed where it crashed in half of the rounds, and the others keep their verdicts", () => {
    const crashed = withRounds(baseline, (round, index) =>
      index % 2 === 0
        ? {
            ...round,
            failures: [{ suite: "s", benchmark: "gone", reason: "exit code 1", output: "boom" }],
            measurements: round.measurements.filter(({ benchmark }) => benchmark !== "gone"),
          }
        : round,
    );
    const { outcome, judgements } = files(baseline, crashed);
    expect(find(judgements, "gone", "p50")).toMatchObject({
      verdict: "failed",
      failure: { reason: "exit code 1", output: "boom", side: "candidate" },
    });
    expect(judgements.filter(({ benchmark }) => benchmark === "gone")).toHaveLength(1);
    expect(find(judgements, "kept", "p50").verdict).toBe("unchanged");
    expect(outcome).toBe("fail");
  });

  it("is failed for every benchmark that a crashed suite is known to have", () => {
    const nothing = withRounds(baseline, (round) => ({
      ...round,
      measurements: [],
      failures: [{ suite: "s", benchmark: "*", reason: "exit code 127", output: "" }],
    }));
    expect(files(baseline, nothing).judgements.map(({ benchmark, verdict }) => [benchmark, verdict])).toEqual([
      ["kept", "failed"],
      ["gone", "failed"],
    ]);
  });

  it("does not keep a repair out when only the baseline fails", () => {
    const broken = withRounds(baseline, (round) => ({
      ...round,
      measurements: [],
      failures: [{ suite: "s", benchmark: "*", reason: "did not build", output: "" }],
    }));
    expect(files(broken, baseline).outcome).toBe("warn");
  });

  it("is all added where there is no baseline, and the gate passes and says so", () => {
    const {
      outcome,
      judgements,
      warnings,
      baseline: against,
    } = judge({ kind: "none", stored: 3, differs: ["cpu"] }, candidate, RULES);
    expect(judgements.map(({ verdict }) => verdict)).toEqual(["added", "added"]);
    expect(warnings).toContainEqual({ code: "no-baseline", stored: 3, differs: ["cpu"] });
    expect(against).toEqual({ kind: "none" });
    expect(outcome).toBe("pass");
  });
});

describe("limits", () => {
  const limited: Budget = { ...P50, limit: 0.0015 };

  it("fail without any baseline", () => {
    const { outcome, judgements } = judge(
      { kind: "none", stored: 0, differs: [] },
      aRecording({ seed: 1, benchmarks: { a: 0.002 } }),
      { ...RULES, budgets: [limited] },
    );
    expect(find(judgements, "a", "p50")).toMatchObject({
      verdict: "regression",
      limit: { value: 0.0015, broken: true },
    });
    expect(outcome).toBe("fail");
  });

  it("fail an unchanged benchmark that is beyond them", () => {
    const slow = aRecording({ seed: 1, benchmarks: { a: 0.002 } });
    expect(find(files(slow, slow, { budgets: [limited] }).judgements, "a", "p50")).toMatchObject({
      verdict: "regression",
      limit: { broken: true },
    });
  });

  it("are undecided where the interval holds them", () => {
    const close = aRecording({ seed: 1, benchmarks: { a: 0.0015 }, between: 0.2 });
    const only = { ...limited, threshold: null };
    expect(find(files(close, close, { budgets: [only] }).judgements, "a", "p50").verdict).toBe("inconclusive");
  });
});

describe("deterministic values", () => {
  const counting = (value: number, rounds = 1) =>
    mapMeasurements(aRecording({ seed: 1, rounds, benchmarks: { a: 1 } }), (each) => ({
      ...each,
      metric: "instructions",
      unit: "1",
      distribution: { kind: "value", value, exact: true },
    }));
  const budget: Budget = { ...P50, metric: "instructions", statistic: "mean", threshold: 0.005 };
  const verdict = (before: number, after: number, change: Partial<Budget> = {}) =>
    files(counting(before), counting(after), { budgets: [{ ...budget, ...change }] }).judgements[0];

  it("are compared exactly, from one round on, without a p-value", () => {
    expect(verdict(1000, 1006)).toMatchObject({
      verdict: "regression",
      comparison: { design: "exact", p: null, ratio: 1.006 },
    });
    expect(verdict(1000, 1004)).toMatchObject({ verdict: "unchanged" });
    expect(verdict(1000, 900)).toMatchObject({ verdict: "improvement" });
  });

  it("may start from zero", () => {
    expect(verdict(0, 0)).toMatchObject({ verdict: "unchanged", comparison: { ratio: 1 } });
    expect(verdict(0, 10)).toMatchObject({ verdict: "regression" });
    expect(verdict(0, 10, { floor: 16 })).toMatchObject({
      verdict: "unchanged",
      warnings: [{ code: "below-floor", floor: 16 }],
    });
  });
});

describe("absolute floors", () => {
  it("keep a step of the tool's resolution from being a change", () => {
    const whole = (ms: number) =>
      mapMeasurements(aRecording({ seed: 1, benchmarks: { a: 1 } }), (each) => ({
        ...each,
        resolution: 0.001,
        distribution: { kind: "quantiles", quantiles: { "0.5": ms / 1000 }, count: 3000 },
      }));
    expect(find(files(whole(1), whole(2), { budgets: [P50] }).judgements, "a", "p50").verdict).not.toBe("regression");
    expect(find(files(whole(1), whole(9), { budgets: [P50] }).judgements, "a", "p50").verdict).toBe("regression");
  });
});

describe("acceptances", () => {
  const baseline = aRecording({ seed: 1, benchmarks: { json: 0.001 } });
  const candidate = aRecording({ seed: 2, benchmarks: { json: 0.0011 } });
  const accept = { match: "s/json latency p50", upTo: 0.2, reason: "unicode", until: "2026-12-31" };
  const budgets = [P50];

  it("let an agreed regression pass, with its reason", () => {
    const { outcome, judgements } = files(baseline, candidate, { budgets, accept: [accept] });
    expect(judgements[0]).toMatchObject({ verdict: "regression", accepted: { reason: "unicode" } });
    expect(outcome).toBe("pass");
  });

  it.each([
    ["expired", { ...accept, until: "2026-11-22" }, "acceptance-expired"],
    ["exceeded", { ...accept, upTo: 0.01 }, "acceptance-exceeded"],
  ] as const)("do not hold when %s, and say so", (_, acceptance, code) => {
    const { outcome, judgements } = files(baseline, candidate, { budgets, accept: [acceptance] });
    expect(judgements[0]?.warnings.map((warning) => warning.code)).toContain(code);
    expect(outcome).toBe("fail");
  });
});

describe("defaults", () => {
  it("are silent about a statistic that a tool never gives, but for one warning a suite", () => {
    const noTail = (seed: number) =>
      mapMeasurements(aRecording({ seed, benchmarks: { a: 0.001, b: 0.001 } }), (each, round) => ({
        ...each,
        distribution: {
          kind: "quantiles",
          quantiles: { "0.5": 0.001 * (1 + 0.01 * Math.sin(round + seed)) },
          count: 5000,
        },
      }));
    const { judgements, warnings } = files(noTail(1), noTail(2));
    expect(judgements.map(({ statistic }) => statistic)).toEqual(["p50", "p50"]);
    expect(warnings).toEqual([{ code: "statistic-unavailable", suite: "s", metric: "latency", statistic: "p99" }]);
  });

  it("make a closed loop's p99 advisory", () => {
    const closed = (seed: number, level: number) =>
      mapMeasurements(aRecording({ seed, benchmarks: { a: level } }), (each) => ({ ...each, loadModel: "closed" }));
    const p99 = find(files(closed(1, 0.001), closed(2, 0.003)).judgements, "a", "p99");
    expect(p99).toMatchObject({ severity: "advisory" });
    expect(p99.warnings).toContainEqual({ code: "closed-loop" });
  });
});

describe("history", () => {
  const run = (seed: number, level: number, rounds = 6) =>
    aRecording({ seed, session: `${seed}`, rounds, benchmarks: { a: level } });
  const stored = (recordings: readonly Recording[], candidate: Recording) =>
    find(
      judge({ kind: "stored", recordings: recordings as [Recording, ...Recording[]] }, candidate, {
        ...RULES,
        budgets: [P50],
      }).judgements,
      "a",
      "p50",
    );

  it("that has just changed level itself is not held against the next candidate", () => {
    const old = Array.from({ length: 19 }, (_, index) => run(index + 2, 0.001));
    const accepted = run(1, 0.0012);
    const judged = stored([accepted, ...old], run(99, 0.0012));
    expect(judged.verdict).toBe("inconclusive");
    expect(judged.warnings).toContainEqual({ code: "baseline-moved" });
    expect(stored([run(1, 0.001), ...old], run(99, 0.0012)).verdict).toBe("regression");
  });

  describe("and a run in which some rounds were slow", () => {
    const quiet = Array.from({ length: 10 }, (_, index) => run(index + 2, 0.001));
    const slowed = (count: number, by: number) =>
      mapMeasurements(run(99, 0.001), (each, round) =>
        each.distribution.kind === "samples"
          ? latency(
              each.benchmark,
              each.distribution.samples.map((sample) => (round < count ? by : 1) * sample),
            )
          : each,
      );

    it.each([2, 3, 4])("%i of six: its mean is far beyond the threshold, and no regression", (count) => {
      const judged = stored(quiet, slowed(count, 1.6));
      expect(judged.comparison?.interval.lower).toBeGreaterThan(1.05);
      expect(judged.comparison?.adjustedP).toBeLessThan(0.05);
      expect(judged.verdict).toBe("inconclusive");
      expect(judged.warnings).toContainEqual({ code: "slow-rounds", slow: count, rounds: 6 });
    });

    it("most of six: a regression", () => {
      const judged = stored(quiet, slowed(5, 1.6));
      expect(judged.verdict).toBe("regression");
      expect(judged.warnings.map(({ code }) => code)).not.toContain("slow-rounds");
    });

    it("is not asked about where nothing is beyond the threshold: two slightly slow ones leave it unchanged", () => {
      const judged = stored(quiet, slowed(2, 1.01));
      expect(judged.warnings.map(({ code }) => code)).not.toContain("slow-rounds");
    });
  });

  it("widens for a candidate that has fewer rounds than its runs", () => {
    const noisy = (seed: number, rounds: number, level = 1) =>
      aRecording({ seed, session: `${seed}`, rounds, between: 0.08, benchmarks: { a: 0.001 * level } });
    const runs = Array.from({ length: 20 }, (_, index) => noisy(index + 1, 6));
    const width = ({ comparison }: Judgement) => Math.log(comparison!.interval.upper / comparison!.interval.lower);
    expect(width(stored(runs, noisy(50, 1))) / width(stored(runs, noisy(50, 6)))).toBeGreaterThan(2);
  });
});

describe("numbers that do not mean what they seem", () => {
  const value = (recording: Recording, change: Partial<ReturnType<typeof latency>>) =>
    mapMeasurements(recording, (each) => ({ ...each, ...change }));
  const one = (values: readonly number[]) =>
    mapMeasurements(aRecording({ seed: 1, rounds: values.length, benchmarks: { a: 1 } }), (each, round) => ({
      ...each,
      distribution: { kind: "value", value: values[round]!, exact: false },
    }));
  const twelve = (level: number, noise = 0.01) =>
    Array.from({ length: 12 }, (_, round) => level * (1 + noise * Math.sin(round * 7)));

  it("are not exact because a coarse clock makes them agree", () => {
    const tick = 41.67e-9;
    const ticks = (count: number) => value(one(Array(12).fill(count * tick)), { resolution: tick });
    expect(find(files(ticks(1), ticks(2), { budgets: [P50] }).judgements, "a", "p50").verdict).not.toBe("regression");
    const silent = (count: number) => one(Array(12).fill(count * tick));
    expect(find(files(silent(1), silent(1), { budgets: [P50] }).judgements, "a", "p50").comparison?.design).toBe(
      "pairs",
    );
  });

  it("keep a floor in both directions", () => {
    const throughput: Budget = { ...P50, metric: "throughput", statistic: "mean", floor: 50 };
    const rate = (level: number) => value(one(twelve(level)), { metric: "throughput", unit: "1/s", better: "higher" });
    expect(files(rate(100), rate(60), { budgets: [throughput] }).judgements[0]?.verdict).toBe("unchanged");
    expect(files(rate(200), rate(60), { budgets: [throughput] }).judgements[0]?.verdict).toBe("regression");
    const faster = files(one(twelve(100)), one(twelve(60)), { budgets: [{ ...P50, floor: 50 }] });
    expect(faster.judgements[0]?.verdict).toBe("unchanged");
  });

  it("are not compared as maxima of unequal counts", () => {
    const many = (seed: number, samples: number) => aRecording({ seed, samples, benchmarks: { a: 0.001 } });
    const max: Budget = { ...P50, statistic: "max" };
    expect(files(many(1, 100), many(2, 2000), { budgets: [max] }).judgements[0]).toMatchObject({
      verdict: "inconclusive",
      warnings: [{ code: "unequal-samples", baseline: 100, candidate: 2000 }],
    });
  });

  it("are other metrics when their unit or direction differs", () => {
    const budgets = [{ ...P50, metric: "size" }];
    const size = (unit: string, better: "lower" | "higher") => value(one(twelve(10)), { metric: "size", unit, better });
    for (const other of [size("KB", "lower"), size("MB", "higher")]) {
      expect(files(size("MB", "lower"), other, { budgets }).judgements.map(({ verdict }) => verdict)).toEqual([
        "added",
        "removed",
      ]);
    }
  });

  it("are not compared when one side's are samples and the other's one value", () => {
    const samples = aRecording({ seed: 1, benchmarks: { a: 0.001 } });
    expect(find(files(samples, one(twelve(0.00107)), { budgets: [P50] }).judgements, "a", "p50")).toMatchObject({
      verdict: "inconclusive",
      warnings: [{ code: "estimator-differs" }],
    });
  });

  it("are a regression where there was nothing before, in every round", () => {
    const errors: Budget = { ...P50, metric: "errors", statistic: "mean" };
    const count = (values: number[]) => value(one(values), { metric: "errors", unit: "1" });
    expect(files(count(Array(12).fill(0)), count(twelve(5)), { budgets: [errors] }).judgements[0]?.verdict).toBe(
      "regression",
    );
    expect(
      files(count(Array(12).fill(0)), count(twelve(5)), { budgets: [{ ...errors, floor: 10 }] }).judgements[0]?.verdict,
    ).toBe("unchanged");
  });

  it("never show a regression beside an interval that reaches inside the threshold", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const before = aRecording({ seed, rounds: 6, samples: 20, benchmarks: { a: 0.001 } });
      const after = aRecording({ seed: seed + 1000, rounds: 6, samples: 20, benchmarks: { a: 0.001075 } });
      const { verdict, comparison } = find(files(before, after, { budgets: [P50] }).judgements, "a", "p50");
      if (verdict === "regression") expect(comparison!.interval.lower).toBeGreaterThan(1.05);
      if (verdict === "unchanged") expect(comparison!.interval.upper).toBeLessThan(1.05);
    }
  });
});

describe("limits that the data cannot answer", () => {
  const limit = (statistic: Budget["statistic"], value: number): Budget => ({
    ...P50,
    statistic,
    threshold: null,
    limit: value,
  });
  const quantiles = (values: Record<string, number>) =>
    mapMeasurements(aRecording({ seed: 1, benchmarks: { a: 1 } }), (each) => ({
      ...each,
      distribution: { kind: "quantiles", quantiles: values, count: 3000 },
    }));

  it("are inconclusive, not kept, where the tool lacks the statistic", () => {
    const p50 = quantiles({ "0.5": 0.1 });
    expect(files(p50, p50, { budgets: [limit("p99", 0.25)] }).judgements[0]).toMatchObject({
      verdict: "inconclusive",
      warnings: [{ code: "statistic-unavailable" }],
    });
  });

  it("are held against the candidate where only the baseline lacks it", () => {
    const judged = files(quantiles({ "0.5": 0.1 }), quantiles({ "0.5": 0.1, "0.99": 0.4 }), {
      budgets: [limit("p99", 0.25)],
    });
    expect(judged.judgements[0]).toMatchObject({ verdict: "regression", limit: { broken: true } });
    expect(judged.outcome).toBe("fail");
  });

  it("are held against the candidate's own samples, however few the baseline has", () => {
    const few = withRounds(
      aRecording({ seed: 1, samples: 5000, within: 0.5, benchmarks: { a: 0.1 } }),
      (round, index) => (index === 3 ? { ...round, measurements: [latency("a", [0.1, 0.11])] } : round),
    );
    const full = aRecording({ seed: 2, samples: 5000, within: 0.5, benchmarks: { a: 0.1 } });
    expect(files(few, full, { budgets: [limit("p99", 0.25)] }).judgements[0]?.limit?.broken).toBe(true);
  });

  it("are not broken by a p99 of thirty samples", () => {
    const few = aRecording({ seed: 1, samples: 30, within: 0.5, benchmarks: { a: 0.1 } });
    expect(files(few, few, { budgets: [limit("p99", 0.15)] }).judgements[0]).toMatchObject({
      verdict: "inconclusive",
      warnings: [{ code: "few-samples" }],
    });
  });

  it("leave a new benchmark undecided that may break them", () => {
    const slow = aRecording({ seed: 1, rounds: 2, benchmarks: { a: 0.9 } });
    const { judgements, outcome } = judge({ kind: "none", stored: 0, differs: [] }, slow, {
      ...RULES,
      budgets: [limit("p50", 0.25)],
    });
    expect(judgements.map(({ verdict }) => verdict)).toContain("inconclusive");
    expect(outcome).toBe("warn");
  });

  it("stand when the baseline does not run", () => {
    const broken = withRounds(aRecording({ seed: 1, benchmarks: { a: 1 } }), (round) => ({
      ...round,
      failures: [{ suite: "s", benchmark: "a", reason: "crashed", output: "" }],
    }));
    const { outcome, judgements } = judge(
      { kind: "side-by-side", recordings: [broken] },
      aRecording({ seed: 2, benchmarks: { a: 2 } }),
      { ...RULES, budgets: [limit("p50", 0.25)] },
    );
    expect(judgements.map(({ verdict }) => verdict)).toEqual(["failed", "regression"]);
    expect(outcome).toBe("fail");
  });
});

describe("a gate that judged nothing", () => {
  it("has not passed", () => {
    const nothing = withRounds(aRecording({ seed: 1, benchmarks: {} }), (round) => round);
    expect(files(nothing, nothing).outcome).toBe("fail");
  });
});

describe("looks", () => {
  const noisy = (seed: number, rounds: number, level = 0.001) =>
    aRecording({ seed, rounds, between: 0.02, samples: 50, benchmarks: { a: level } });
  const p50 = (baseline: Recording, candidate: Recording, rules: Partial<Rules>) =>
    find(files(baseline, candidate, { budgets: [P50], ...rules }).judgements, "a", "p50");

  it("cost something: the interval of a planned look is wider than that of a fixed end", () => {
    const width = ({ comparison }: Judgement) => Math.log(comparison!.interval.upper / comparison!.interval.lower);
    const fixed = p50(noisy(1, 12), noisy(2, 12), {});
    const looked = p50(noisy(1, 12), noisy(2, 12), { looks: [6, 12, 24] });
    expect(width(looked)).toBeGreaterThan(1.1 * width(fixed));
  });

  it("are taken at the end of each session: a repeated run is one more look at one experiment", () => {
    const twice = (seed: number, level: number) => {
      const [first, second] = [
        aRecording({ seed, session: "1/1", rounds: 6, benchmarks: { a: level } }),
        aRecording({ seed: seed + 50, session: "1/2", rounds: 6, benchmarks: { a: level } }),
      ];
      return { ...first, rounds: [...first.rounds, ...second.rounds] };
    };
    const repeated = p50(twice(1, 0.001), twice(2, 0.0011), {});
    const planned = p50(
      withRounds(twice(1, 0.001), (round, pair) => ({ ...round, session: "1", pair })),
      withRounds(twice(2, 0.0011), (round, pair) => ({ ...round, session: "1", pair })),
      {},
    );
    expect(repeated.comparison?.rounds).toBe(12);
    expect(repeated.verdict).toBe("regression");
    expect(repeated.comparison!.interval.upper - repeated.comparison!.interval.lower).toBeGreaterThan(
      planned.comparison!.interval.upper - planned.comparison!.interval.lower,
    );
  });
});

describe("looks without pairs", () => {
  it("are paid for as well: the same rounds in two sessions prove less than in one", () => {
    const rounds = (seed: number, session: (pair: number) => string, level: number) =>
      withRounds(aRecording({ seed, samples: 50, benchmarks: { a: level } }), (round, pair) => ({
        ...round,
        session: session(pair),
      }));
    const baseline = rounds(1, () => "base", 0.001);
    const p = (candidate: Recording) =>
      find(files(baseline, candidate, { budgets: [P50] }).judgements, "a", "p50").comparison!.p!;
    const once = p(rounds(2, () => "once", 0.00108));
    // The second of two looks spends two thirds of the level.
    expect(p(rounds(2, (pair) => (pair < 4 ? "first" : "second"), 0.00108))).toBeCloseTo(1.5 * once, 12);
  });
});

describe("goals", () => {
  const goal: Budget = { ...P50, goal: 0.2 };
  const at = (seed: number, level: number) => aRecording({ seed, benchmarks: { a: level } });
  const judged = (level: number) => files(at(1, 0.001), at(2, level), { budgets: [goal] });

  it.each([
    ["proven", 0.0007, "pass"],
    ["missed", 0.00095, "fail"],
    ["open", 0.0008, "warn"],
  ] as const)("are %s when the whole interval says so", (state, level, outcome) => {
    const { judgements, outcome: found } = judged(level);
    expect(judgements[0]?.goal).toEqual({ value: 0.2, state });
    expect(judgements[0]?.warnings).toContainEqual({ code: "goal", goal: 0.2, state });
    expect(found).toBe(outcome);
  });

  it("are open where what they rest on is in doubt, however far apart the numbers are", () => {
    const few = (seed: number, level: number) => aRecording({ seed, samples: 20, benchmarks: { a: level } });
    const p99: Budget = { ...goal, statistic: "p99" };
    const { judgements, outcome } = files(few(1, 0.001), few(2, 0.0005), { budgets: [p99] });
    expect(judgements[0]).toMatchObject({ statistic: "p99", verdict: "inconclusive", goal: { state: "open" } });
    expect(outcome).toBe("warn");
  });
});

describe("a suite that moved as one", () => {
  it("is named, and nothing is subtracted", () => {
    const many = (seed: number, level: number) =>
      aRecording({
        seed,
        samples: 50,
        benchmarks: Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`b${index}`, level * (index + 1)])),
      });
    const { warnings, judgements } = files(many(1, 0.001), many(2, 0.00108), { budgets: [P50] });
    const [shift] = warnings.filter(({ code }) => code === "common-shift");
    expect(shift).toMatchObject({ suite: "s", metric: "latency", statistic: "p50", benchmarks: 9 });
    expect(judgements[0]?.comparison?.ratio).toBeCloseTo(1.08, 1);
    expect(files(many(1, 0.001), many(3, 0.001), { budgets: [P50] }).warnings.map(({ code }) => code)).not.toContain(
      "common-shift",
    );
  });
});

describe("failure modes of measurements", () => {
  const codes = (recording: Recording, budget: Budget = P50) =>
    find(files(recording, recording, { budgets: [budget] }).judgements, "a", budget.statistic).warnings.map(
      ({ code }) => code,
    );
  const rounds = (values: readonly number[]) =>
    mapMeasurements(aRecording({ seed: 1, rounds: values.length, benchmarks: { a: 1 } }), (each, round) => ({
      ...each,
      distribution: { kind: "value", value: values[round]!, exact: false },
    }));
  const samples = (make: (index: number, round: number) => number, count = 1000) =>
    mapMeasurements(aRecording({ seed: 1, benchmarks: { a: 1 } }), (each, round) =>
      latency(
        each.benchmark,
        Float64Array.from({ length: count }, (_, index) => make(index, round)),
      ),
    );

  it("names rounds that fall into two groups", () => {
    expect(codes(rounds([1, 1.01, 1.5, 1.02, 1.51, 1.49, 1.005, 1.015, 1.52, 1, 1.5, 1.01]))).toContain("two-modes");
  });

  it("names a first round that stands apart", () => {
    expect(codes(rounds([2, 1, 1.01, 0.99, 1.02, 0.98, 1.01, 1, 0.99, 1.015, 1.005, 0.985]))).toContain("first-round");
  });

  it("names a coarse clock", () => {
    expect(codes(samples((index, round) => 1 + ((index + round) % 5)))).toContain("coarse-clock");
  });

  it("refuses means of a tail without variance", () => {
    const heavy = samples((index) => (1 - ((index * 0.618034) % 1)) ** -1.2);
    expect(codes(heavy, { ...P50, statistic: "mean" })).toContain("heavy-tail");
    expect(codes(heavy)).not.toContain("heavy-tail");
  });

  it("remarks bursts that count as one beside a p99, which they do not bar", () => {
    const bursts = samples(
      (index, round) => (Math.floor((index + 37 * round) / 250) % 4 === 0 ? 5 : 1) + (index % 17) / 1000,
      1500,
    );
    const p99: Budget = { ...P50, statistic: "p99" };
    expect(codes(bursts, p99)).toContain("correlated");
    expect(
      codes(
        samples((index) => 1 + ((index * 0.618034) % 1), 1500),
        p99,
      ),
    ).not.toContain("correlated");
  });

  it("says nothing of a NaN-free verdict on numbers as large and as small as there are", () => {
    for (const value of [Number.MAX_VALUE / 4, Number.MIN_VALUE, 1e-300]) {
      const { comparison } = find(
        files(rounds(Array(6).fill(value)), rounds(Array(6).fill(value)), { budgets: [P50] }).judgements,
        "a",
        "p50",
      );
      expect(JSON.stringify(comparison)).not.toContain("NaN");
    }
  });
});
