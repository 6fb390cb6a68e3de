import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/config.ts";
import { budgetsOf } from "../../src/config/plan.ts";
import { parseThresholds } from "../../src/config/thresholds.ts";
import { judge, type Rules } from "../../src/judge/judge.ts";
import { doubtful } from "../../src/judge/undecided.ts";
import type { Distribution, Measurement } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";
import type { Judgement, Outcome } from "../../src/model/verdict.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";

/** What a side measures: a metric's level in each of its rounds, and in which form. */
interface Told {
  readonly suite?: string;
  readonly benchmark?: string;
  readonly metric: string;
  readonly unit?: string;
  readonly better?: "lower" | "higher";
  readonly per?: "operation";
  readonly level: number;
  readonly as?: "value" | "exact" | "mean" | "min" | "p90" | "p50" | "samples";
  readonly closed?: boolean;
  readonly resolution?: number;
  /** Standard deviation of ln level between rounds. */
  readonly noise?: number;
}

const UNITS: Readonly<Record<string, string>> = { latency: "s", throughput: "1/s", memory: "B", "cpu-time": "s" };

function distributionOf(value: number, as: Told["as"]): Distribution {
  const printed = { kind: "quantiles", count: 5000 } as const;
  if (as === "mean") return { ...printed, quantiles: { "0": value / 2, "1": value * 9 }, mean: value };
  if (as === "min") return { ...printed, quantiles: { "0": value } };
  if (as === "p90") return { ...printed, quantiles: { "0.9": value } };
  if (as === "p50") return { ...printed, quantiles: { "0.5": value, "0.99": value * 3 } };
  if (as === "samples") return { kind: "samples", samples: Float64Array.from({ length: 10 }, () => value) };
  return { kind: "value", value, exact: as === "exact" };
}

function side(seed: number, told: readonly Told[], rounds = 6): Recording {
  const random = xoshiro128(seed);
  const measure = ({
    suite = "s",
    benchmark = "b",
    as = "value",
    level,
    noise = 0.003,
    ...each
  }: Told): Measurement => ({
    suite,
    benchmark,
    metric: each.metric,
    unit: each.unit ?? UNITS[each.metric] ?? "1",
    better: each.better ?? (each.metric === "throughput" ? "higher" : "lower"),
    ...(each.per && { per: each.per }),
    ...(each.closed && { loadModel: "closed" as const }),
    ...(each.resolution && { resolution: each.resolution }),
    distribution: distributionOf(
      as === "exact" || as === "samples" ? level : level * Math.exp(noise * gaussian(random)),
      as,
    ),
  });
  const environment = { os: "linux", arch: "x64", cpu: "Test CPU", cores: 4, runtime: "node" };
  return {
    revision: { sha: "", ref: "", committedAt: "" },
    environment,
    rounds: Array.from({ length: rounds }, (_, pair) => ({
      session: "s/1",
      pair,
      startedAt: "",
      failures: [],
      measurements: told.map(measure),
    })),
  };
}

function rules(text = "", threshold = ""): Rules {
  const config = parseConfig(text.includes("suites:") ? text : `suites: { s: { run: x } }\n${text}`, "benchgate.yml");
  const budgets = budgetsOf(config, parseThresholds(threshold));
  return { budgets, accept: config.accept, onInconclusive: "warn", today: "2026-11-26" };
}

function compare(before: readonly Told[], after: readonly Told[], by: Rules = rules(), rounds = 6): Outcome {
  return judge({ kind: "file", recordings: [side(1, before, rounds)] }, side(2, after, rounds), by);
}

/** A side's metrics with the level of those named times a factor. */
function worse(told: readonly Told[], metric: string, factor: number): readonly Told[] {
  return told.map((each) => (each.metric === metric ? { ...each, level: each.level * factor } : each));
}

function rowOf({ judgements }: Outcome, metric: string, statistic?: string): Judgement | undefined {
  return judgements.find((each) => each.metric === metric && (statistic ?? each.statistic) === each.statistic);
}

function codes({ warnings }: Outcome) {
  return warnings.map(({ code }) => code);
}

describe("something of speed gates", () => {
  const LATENCY = { metric: "latency", level: 0.004 } as const;
  const RATE = { metric: "throughput", level: 1000 } as const;

  it.each([
    ["the median", [{ ...LATENCY, as: "p50" }, RATE], "latency", "p50"],
    ["the mean where there is no median", [{ ...LATENCY, as: "mean" }, RATE], "latency", "mean"],
    ["the best where it is all there is", [{ ...LATENCY, as: "min" }], "latency", "min"],
    [
      "the lowest percentile above the median where that is all there is",
      [{ ...LATENCY, as: "p90" }],
      "latency",
      "p90",
    ],
    ["the throughput where there is no latency", [RATE], "throughput", "mean"],
    ["a throughput of bytes", [{ ...RATE, unit: "B/s" }], "throughput", "mean"],
    [
      "a tool's own rate where there is neither",
      [{ ...RATE, metric: "MS/s", unit: "MS/s", better: "higher" }],
      "MS/s",
      "mean",
    ],
  ] as const)("%s", (_name, told, metric, statistic) => {
    const factor = metric === "latency" ? 1.3 : 0.81;
    expect(compare(told, told).outcome).toBe("pass");
    const found = compare(told, worse(told, metric, factor));
    expect(found.outcome).toBe("fail");
    const row = rowOf(found, metric, statistic);
    expect(row).toMatchObject({ verdict: "regression", severity: "gate", threshold: 0.05 });
    expect(row!.comparison!.ratio).toBeCloseTo(factor, 1);
  });

  it("says once a suite which statistic stands for which", () => {
    const told = ["a", "b", "c"].map((benchmark) => ({ ...LATENCY, as: "mean", benchmark }) as const);
    expect(compare(told, told).warnings.filter(({ code }) => code === "stands-in")).toEqual([
      { code: "stands-in", suite: "s", metric: "latency", statistic: "p50", instead: "mean" },
    ]);
  });

  it.each(["p50", "mean"] as const)("leaves throughput advisory beside a latency that is judged by its %s", (as) => {
    const told = [{ ...LATENCY, as }, RATE];
    const found = compare(told, worse(told, "throughput", 0.81));
    expect(rowOf(found, "throughput")).toMatchObject({ verdict: "regression", severity: "advisory" });
    expect(found.outcome).toBe("warn");
  });

  it("leaves a tool's own rate advisory beside a throughput, and moves it with the threshold for all", () => {
    const own = { metric: "queries", unit: "queries/s", better: "higher", level: 50 } as const;
    const beside = compare([RATE, own], worse([RATE, own], "queries", 0.81));
    expect(rowOf(beside, "queries")).toMatchObject({ verdict: "regression", severity: "advisory" });
    expect(compare([own], worse([own], "queries", 0.93), rules("", "10%")).outcome).toBe("pass");
    expect(compare([own], worse([own], "queries", 0.93)).outcome).toBe("fail");
  });

  it("judges by throughput where only one side has a latency", () => {
    const found = compare(
      [RATE],
      [
        { ...LATENCY, as: "p50" },
        { ...RATE, level: 810 },
      ],
    );
    expect(rowOf(found, "throughput")).toMatchObject({ verdict: "regression", severity: "gate" });
  });

  it.each([
    ["zero seconds, in hundredths", 0, 0.01, "gate"],
    ["two steps of its clock", 0.002, 0.001, "gate"],
    ["twenty steps of its clock", 0.02, 0.001, "advisory"],
  ] as const)(
    "judges by throughput beside a latency of %s: %d s in steps of %d s, %s",
    (_name, level, resolution, severity) => {
      const told = [{ ...LATENCY, as: "p50", level, resolution, noise: 0 }, RATE] as const;
      const found = compare(told, worse(told, "throughput", 0.81));
      expect(rowOf(found, "throughput")).toMatchObject({ severity, verdict: "regression" });
    },
  );

  it("judges each benchmark by what it has itself", () => {
    const told = [
      { ...LATENCY, as: "p50", benchmark: "timed" },
      { ...RATE, benchmark: "counted" },
    ] as const;
    const found = compare(told, worse(told, "throughput", 0.81));
    expect(rowOf(found, "throughput")).toMatchObject({ benchmark: "counted", severity: "gate", verdict: "regression" });
  });

  it("keeps the row of a median that the user named, and judges the mean by its rule", () => {
    const told = [{ ...LATENCY, as: "mean" }] as const;
    const found = compare(told, worse(told, "latency", 1.08), rules("", "p50=10%"));
    expect(rowOf(found, "latency", "p50")).toMatchObject({ verdict: "inconclusive", severity: "gate" });
    expect(rowOf(found, "latency", "mean")).toMatchObject({ verdict: "unchanged", threshold: 0.1 });
    const stricter = compare(told, worse(told, "latency", 1.08), rules("", "p50=3%"));
    expect(rowOf(stricter, "latency", "mean")).toMatchObject({ verdict: "regression", threshold: 0.03 });
  });
});

describe("one threshold, however it is written", () => {
  const THROUGHPUT = [{ metric: "throughput", level: 1000 }] as const;

  it("moves the throughput that gates as well", () => {
    const slower = worse(THROUGHPUT, "throughput", 0.93);
    expect(compare(THROUGHPUT, slower, rules("", "10%")).outcome).toBe("pass");
    expect(compare(THROUGHPUT, slower, rules("", "5%")).outcome).toBe("fail");
  });

  it.each([
    ["a flag", rules("", "5%")],
    ["a file", rules('budgets: [{ match: "*", latency: 5% }]')],
    ["a file, written out", rules('budgets: [{ match: "s/*", latency: { threshold: 5% } }]')],
  ])("holds the p99 of a closed load to nothing, by %s", (_name, by) => {
    const told = [{ metric: "latency", level: 0.004, as: "p50", closed: true }] as const;
    const found = compare(told, worse(told, "latency", 1.2), by);
    expect(rowOf(found, "latency", "p50")).toMatchObject({ verdict: "regression", severity: "gate", threshold: 0.05 });
    expect(rowOf(found, "latency", "p99")).toMatchObject({
      verdict: "regression",
      severity: "advisory",
      threshold: 0.05,
    });
    expect(rowOf(found, "latency", "p99")!.warnings).toContainEqual({ code: "closed-loop" });
  });

  it.each([
    ["a flag", rules("", "p99=5%")],
    ["a file", rules('budgets: [{ match: "*", latency: { p99: 5% } }]')],
  ])("gates on the p99 of a closed load that %s names", (_name, by) => {
    const told = [{ metric: "latency", level: 0.004, as: "p50", closed: true }] as const;
    expect(rowOf(compare(told, worse(told, "latency", 1.2), by), "latency", "p99")).toMatchObject({ severity: "gate" });
  });

  const HEAP = [{ metric: "memory", level: 400_000 }] as const;
  it.each([
    ["a flag", rules("", "memory.max=5%")],
    ["a file", rules('budgets: [{ match: "*", memory: 5% }]')],
    ["a file that names the statistic", rules('budgets: [{ match: "*", memory: { max: 5% } }]')],
  ])("spares a heap 64 KiB, by %s", (_name, by) => {
    expect(rowOf(compare(HEAP, worse(HEAP, "memory", 1.1), by), "memory")).toMatchObject({ verdict: "unchanged" });
    expect(rowOf(compare(HEAP, worse(HEAP, "memory", 1.3), by), "memory")).toMatchObject({
      ...{ verdict: "regression", severity: "gate" },
    });
  });

  it("takes the floor that a file writes, none included", () => {
    const by = rules('budgets: [{ match: "*", memory: { max: 5%, floor: 0B } }]');
    expect(rowOf(compare(HEAP, worse(HEAP, "memory", 1.1), by), "memory")).toMatchObject({ verdict: "regression" });
  });
});

describe("what an operation allocates", () => {
  const BYTES = { metric: "memory", unit: "B", per: "operation" } as const;

  it.each([
    ["64 B to 400 B", { ...BYTES, level: 64, as: "exact" }, 400, "regression"],
    ["64 B to 65,000 B", { ...BYTES, level: 64, as: "exact" }, 65_000, "regression"],
    ["64 B to 80 B: 16 B more", { ...BYTES, level: 64, as: "exact" }, 80, "regression"],
    ["64 B to 72 B: 8 B more", { ...BYTES, level: 64, as: "exact" }, 72, "unchanged"],
    ["1,000 B to 1,090 B: 9 %", { ...BYTES, level: 1000, as: "exact" }, 1090, "unchanged"],
    ["nothing to 16 B", { ...BYTES, level: 0, as: "exact" }, 16, "regression"],
    ["nothing to 8 B", { ...BYTES, level: 0, as: "exact" }, 8, "unchanged"],
    ["400 B to 64 B", { ...BYTES, level: 400, as: "exact" }, 64, "improvement"],
    ["64 B to 400 B, as samples", { ...BYTES, level: 64, as: "samples" }, 400, "regression"],
    ["1 to 2 allocations", { metric: "allocations", level: 1, as: "exact" }, 2, "regression"],
    ["no allocation to one", { metric: "allocations", level: 0, as: "samples" }, 1, "regression"],
    ["100 to 109 allocations", { metric: "allocations", level: 100, as: "exact" }, 109, "unchanged"],
    ["100 to 111 allocations", { metric: "allocations", level: 100, as: "samples" }, 111, "regression"],
  ] as const)("gates by default: %s", (_name, told, after, verdict) => {
    const latency = { metric: "latency", level: 0.004, as: "p50" } as const;
    const found = compare([latency, told], [latency, { ...told, level: after }]);
    expect(rowOf(found, told.metric)).toMatchObject({ verdict, severity: "gate", threshold: 0.1 });
    expect(found.outcome).toBe(verdict === "regression" ? "fail" : "pass");
  });

  it.each([
    ["the change", [0, 1]],
    ["the base", [1, 0]],
  ] as const)("gates as such where only one side says that it is an operation's: %s", (_, [before, after]) => {
    const told = (level: number, says: number): Told => {
      const { per, ...size } = BYTES;
      return { ...size, ...(says === 1 && { per }), level, as: "samples" };
    };
    expect(rowOf(compare([told(64, before)], [told(400, after)]), "memory")).toMatchObject({
      verdict: "regression",
      severity: "gate",
    });
  });

  it("is a fact in a single round of several samples, and of five rounds, but not of a single number", () => {
    const told = [{ metric: "allocations", level: 4, as: "samples" }] as const;
    const design = (by: readonly Told[], rounds: number) =>
      rowOf(compare(by, worse(by, "allocations", 2), rules(), rounds), "allocations")?.comparison?.design;
    expect(design(told, 1)).toBe("exact");
    expect(design([{ ...told[0], as: "value", noise: 0 }], 5)).toBe("exact");
    expect(design([{ ...told[0], as: "value", noise: 0 }], 1)).toBeUndefined();
  });

  it("is no fact where two rounds a side agree by chance on a difference: pooled buffers make it 7 here and 8 there", () => {
    const told = [{ metric: "allocations", level: 7, as: "value", noise: 0 }] as const;
    const found = (factor: number, rounds: number) =>
      rowOf(compare(told, worse(told, "allocations", factor), rules(), rounds), "allocations");
    for (const rounds of [2, 4]) expect(found(8 / 7, rounds)?.verdict).toBe("inconclusive");
    expect(found(8 / 7, 5)).toMatchObject({ verdict: "regression", comparison: { design: "exact" } });
    expect(found(1, 2)).toMatchObject({ verdict: "unchanged", comparison: { design: "exact" } });
  });

  it.each([
    ["allocations that are new", "allocations", 7],
    ["the last allocation that is gone", "allocations", -7],
    ["a metric of the tool's own", "retries", 3],
  ] as const)(
    "waits for more rounds where few say that zero is no longer zero, or that it is: %s",
    (_name, metric, level) => {
      const told = (now: number) => [{ metric, level: now, as: "value", noise: 0 }] as const;
      const found = (rounds: number) =>
        rowOf(compare(told(Math.max(0, -level)), told(Math.max(0, level)), rules(), rounds), metric);
      for (const rounds of [1, 2, 4])
        expect(found(rounds)).toMatchObject({
          verdict: "inconclusive",
          warnings: [{ code: "few-rounds", rounds, needed: 5 }],
        });
      expect(found(5)).toMatchObject({
        verdict: level > 0 ? "regression" : "improvement",
        comparison: { design: "exact" },
      });
    },
  );

  it("is measured side by side where a few rounds on either side of stored runs say that there is something where nothing was", () => {
    const told = (level: number) => [{ metric: "allocations", level, as: "value", noise: 0 }] as const;
    const runs = [1, 2, 3, 4, 5, 6].map((run) => side(run, told(0), 3));
    const outcome = judge({ kind: "stored", recordings: runs as unknown as [Recording] }, side(9, told(7), 3), rules());
    expect(rowOf(outcome, "allocations")?.warnings).toEqual([{ code: "few-rounds", rounds: 3, needed: 5 }]);
    expect(doubtful(outcome)).toEqual(new Map([["s", ["b"]]]));
  });

  it("is tested like anything else where it varies", () => {
    const told = [{ ...BYTES, level: 10_000 }];
    const found = rowOf(compare(told, worse(told, "memory", 1.3)), "memory");
    expect(found).toMatchObject({ verdict: "regression", severity: "gate", comparison: { design: "pairs" } });
  });

  it("leaves heaps and resident sizes advisory, with their floor", () => {
    const told = [{ metric: "memory", level: 40_000_000 }] as const;
    expect(rowOf(compare(told, worse(told, "memory", 1.2)), "memory")).toMatchObject({
      ...{ verdict: "regression", severity: "advisory", threshold: 0.05 },
    });
    const small = [{ metric: "memory", level: 100_000 }] as const;
    expect(rowOf(compare(small, worse(small, "memory", 1.2)), "memory")).toMatchObject({ verdict: "unchanged" });
  });
});

describe("every metric is told", () => {
  it.each([
    ["a count of instructions", { metric: "instructions", level: 1700, as: "exact" }, 2.2],
    ["a tool's own unit", { metric: "points", unit: "points", level: 100 }, 2],
    ["CPU time beside a latency", { metric: "cpu-time", level: 0.04 }, 2.5],
    ["a metric of which more is better", { metric: "score", unit: "score", better: "higher", level: 80 }, 0.5],
    ["one of which the tool gives only a mean", { metric: "queue", as: "mean", level: 12 }, 3],
  ] as const)("%s", (_name, told, factor) => {
    const latency = { metric: "latency", level: 0.004, as: "p50" } as const;
    const same = compare([latency, told], [latency, told]);
    expect(rowOf(same, told.metric)).toMatchObject({ verdict: "unchanged", severity: "advisory" });
    expect(same.outcome).toBe("pass");
    const found = compare([latency, told], worse([latency, told], told.metric, factor));
    expect(rowOf(found, told.metric)).toMatchObject({ verdict: "regression", severity: "advisory" });
    expect(rowOf(found, told.metric)!.comparison!.ratio).toBeCloseTo(factor, 1);
    expect(found.outcome).toBe("warn");
    const budget = rules("", `${told.metric}.${"as" in told && told.as === "mean" ? "mean" : "p50"}=5%`);
    expect(compare([latency, told], worse([latency, told], told.metric, factor), budget).outcome).toBe("fail");
  });

  it("one that came or went beside the rest too, which is no reason for alarm", () => {
    const latency = { metric: "latency", level: 0.004, as: "p50" } as const;
    const words = { metric: "words", level: 12, as: "exact" } as const;
    expect(compare([latency], [latency, words])).toMatchObject({ outcome: "pass" });
    expect(rowOf(compare([latency], [latency, words]), "words")).toMatchObject({ verdict: "added", candidate: 12 });
    expect(compare([latency, words], [latency])).toMatchObject({ outcome: "pass" });
    expect(rowOf(compare([latency, words], [latency]), "words")).toMatchObject({ verdict: "removed", baseline: 12 });
  });

  it("says once of a suite what has nothing that can fail the check, and nothing of a service's companions", () => {
    const told = [
      { benchmark: "a", metric: "instructions", level: 10, as: "exact" },
      { benchmark: "a", metric: "l1-hits", level: 10, as: "exact" },
      { benchmark: "b", metric: "instructions", level: 10, as: "exact" },
      { benchmark: "c", metric: "latency", level: 0.1 },
      { benchmark: "service", metric: "cpu-time", level: 0.1 },
    ] as const;
    expect(compare(told, told).warnings).toContainEqual({
      code: "nothing-gates",
      suite: "s",
      benchmarks: { names: ["a", "b"], count: 2 },
      metrics: { names: ["instructions", "l1-hits"], count: 2 },
    });
    const budget = rules("", "instructions.p50=5%");
    expect(codes(compare(told, told, budget))).not.toContain("nothing-gates");
    expect(codes(compare([told[3]], [told[3]]))).not.toContain("nothing-gates");
  });
});

describe("limits", () => {
  const errors = (level: number, noise = 0.05): Told => ({ metric: "error-rate", level, noise });
  const latency = { metric: "latency", level: 0.004, as: "p50" } as const;
  const OWN = rules('budgets: [{ match: "*", error-rate: { limit: 10% } }]');

  it("alone compare and tell, without turning anything red while they are kept", () => {
    const found = compare([latency, errors(0.03)], [latency, errors(0.06)], OWN);
    const row = rowOf(found, "error-rate")!;
    expect(row).toMatchObject({ verdict: "regression", severity: "advisory", limit: { broken: false } });
    expect(row.comparison!.ratio).toBeCloseTo(2, 0);
    expect(found.outcome).toBe("warn");
    expect(
      rowOf(compare([latency, errors(0.03)], [latency, errors(0.03)], OWN), "error-rate")!.comparison,
    ).not.toBeNull();
  });

  it("alone tell of what there never was", () => {
    const found = compare([latency, errors(0)], [latency, errors(0.008)]);
    expect(rowOf(found, "error-rate")).toMatchObject({ verdict: "regression", severity: "advisory", baseline: 0 });
    expect(found.outcome).toBe("warn");
  });

  it("alone hold for other metrics as well, by their usual thresholds", () => {
    const by = rules('budgets: [{ match: "*", latency: { p99: { limit: 1s } }, queue: { limit: 900 } }]');
    const told = [latency, { metric: "queue", level: 100 }] as const;
    const found = compare(told, worse(worse(told, "latency", 1.1), "queue", 1.1), by);
    expect(rowOf(found, "latency", "p99")).toMatchObject({
      verdict: "unchanged",
      threshold: 0.15,
      severity: "advisory",
    });
    expect(rowOf(found, "queue")).toMatchObject({ verdict: "regression", threshold: 0.05, severity: "advisory" });
  });

  it("compare rates that are now and then zero by their difference", () => {
    const some = (rates: readonly number[]): Recording => {
      const recording = side(3, [latency, errors(0.001)], rates.length);
      const rounds = recording.rounds.map((round, i) => ({
        ...round,
        measurements: round.measurements.map((each) =>
          each.metric === "error-rate" ? { ...each, distribution: distributionOf(rates[i]!, "value") } : each,
        ),
      }));
      return { ...recording, rounds };
    };
    const of = (before: readonly number[], after: readonly number[]) =>
      rowOf(judge({ kind: "file", recordings: [some(before)] }, some(after), rules()), "error-rate");
    const rare = [0, 0.0002, 0, 0.0001, 0, 0.0002];
    expect(of(rare, [0.0001, 0, 0.0002, 0, 0.0001, 0])).toMatchObject({ verdict: "unchanged" });
    expect(of(rare, [0.006, 0.0058, 0.0061, 0.006, 0.0062, 0.0059])).toMatchObject({
      ...{ verdict: "regression", severity: "advisory" },
    });
    expect(of([0.006, 0.0058, 0.0061, 0.006, 0.0062, 0.0059], rare)).toMatchObject({ verdict: "improvement" });
  });

  it("by default are red only where the base keeps them", () => {
    const before = compare([latency, errors(0.03)], [latency, errors(0.0299)]);
    expect(before.outcome).toBe("warn");
    const row = rowOf(before, "error-rate")!;
    expect(row).toMatchObject({ severity: "advisory", limit: { value: 0.01, broken: true } });
    expect(row.verdict).not.toBe("regression");
    expect(row.warnings).toContainEqual({ code: "limit-broken-before", before: expect.closeTo(0.03, 2) });
    expect(compare([latency, errors(0)], [latency, errors(0.03)]).outcome).toBe("fail");
    expect(compare([latency, errors(0.004)], [latency, errors(0.03)]).outcome).toBe("fail");
    // Near it already, and three times as much now.
    expect(compare([latency, errors(0.01)], [latency, errors(0.03)]).outcome).toBe("fail");
    expect(compare([latency, errors(0.03)], [latency, errors(0.06)]).outcome).toBe("warn");
    const added = compare([latency], [latency, errors(0.03)]);
    expect(added.outcome).toBe("warn");
    expect(added.judgements.flatMap(({ warnings }) => warnings)).toContainEqual({
      ...{ code: "limit-broken-before", before: null },
    });
  });

  it.each([
    ["1%", 'budgets: [{ match: "*", error-rate: { limit: 1% } }]'],
    ["1%, for the statistic", 'budgets: [{ match: "s/*", error-rate: { mean: { limit: 1% } } }]'],
  ])("of the user's own are absolute: %s", (_name, text) => {
    const found = compare([latency, errors(0.03)], [latency, errors(0.0299)], rules(text));
    expect(rowOf(found, "error-rate")).toMatchObject({ verdict: "regression", severity: "gate" });
    expect(found.outcome).toBe("fail");
  });
});

describe("failures that are fast", () => {
  const side = (errors: number, p50: number, rate: number): readonly Told[] => [
    { metric: "latency", level: p50, as: "p50" },
    { metric: "throughput", level: rate },
    { metric: "error-rate", level: errors, noise: 0.02 },
  ];

  it("are no improvement, and the row says why", () => {
    const found = compare(side(0, 0.01, 1000), side(0.3, 0.008, 1300));
    expect(found.judgements.map(({ verdict }) => verdict)).not.toContain("improvement");
    for (const metric of ["latency", "throughput"]) {
      expect(rowOf(found, metric)!.warnings).toContainEqual({
        ...{ code: "errors-rose", before: 0, after: expect.closeTo(0.3, 1) },
      });
    }
  });

  it("are none either where the limit holds, and only the rise is proven", () => {
    const found = compare(side(0, 0.01, 1000), side(0.008, 0.008, 1300));
    expect(found.judgements.map(({ verdict }) => verdict)).not.toContain("improvement");
  });

  it("keep no promise", () => {
    const goal = rules('budgets: [{ match: "*", latency: { p50: { goal: 10% } } }]');
    expect(rowOf(compare(side(0, 0.01, 1000), side(0, 0.008, 1300), goal), "latency")!.goal!.state).toBe("proven");
    expect(rowOf(compare(side(0, 0.01, 1000), side(0.3, 0.008, 1300), goal), "latency")!.goal!.state).toBe("open");
  });

  it("leave an improvement alone where as many fail as before, fewer, or another benchmark's do", () => {
    const verdict = (before: readonly Told[], after: readonly Told[]) =>
      rowOf(compare(before, after), "latency")!.verdict;
    expect(verdict(side(0.005, 0.01, 1000), side(0.005, 0.008, 1300))).toBe("improvement");
    expect(verdict(side(0.03, 0.01, 1000), side(0.002, 0.008, 1300))).toBe("improvement");
    const other = (errors: number): Told[] => [
      { benchmark: "other", metric: "latency", level: 0.01, as: "p50" },
      { benchmark: "other", metric: "error-rate", level: errors },
    ];
    expect(verdict([...side(0, 0.01, 1000), ...other(0)], [...side(0, 0.008, 1300), ...other(0.3)])).toBe(
      "improvement",
    );
  });

  it("count for the whole suite where the tool counts them for all requests together", () => {
    const k6 = (errors: number, p50: number): readonly Told[] => [
      { benchmark: "http_req_duration", metric: "latency", level: p50, as: "p50" },
      { benchmark: "http_req_failed", metric: "error-rate", level: errors },
      { suite: "elsewhere", metric: "latency", level: p50, as: "p50" },
    ];
    const { judgements } = compare(k6(0, 0.01), k6(0.3, 0.008));
    const of = (suite: string) => judgements.find((each) => each.suite === suite && each.statistic === "p50")!.verdict;
    expect([of("s"), of("elsewhere")]).toEqual(["inconclusive", "improvement"]);
  });
});

describe("absence", () => {
  const named = (names: readonly string[], suite = "s"): readonly Told[] =>
    names.map((benchmark) => ({ suite, benchmark, metric: "latency", level: 0.01, as: "p50" }) as const);

  it.each(["file", "stored", "side-by-side"] as const)("of anything in common is no pass: %s", (kind) => {
    const before = side(1, named(["json", "yaml", "sort"]));
    const after = side(2, named(["v2/json", "v2/yaml", "other"]));
    const found = judge({ kind, recordings: [before] }, after, rules());
    expect(found.outcome).toBe("fail");
    expect(found.warnings).toContainEqual({
      code: "nothing-in-common",
      suite: "s",
      baseline: { names: ["s/json", "s/yaml", "s/sort"], count: 3 },
      candidate: { names: ["s/v2/json", "s/v2/yaml", "s/other"], count: 3 },
      alike: [
        { baseline: "s/json", candidate: "s/v2/json" },
        { baseline: "s/yaml", candidate: "s/v2/yaml" },
      ],
    });
  });

  it("of a counterpart in another unit is no pass either", () => {
    const told = { metric: "throughput", level: 1000 } as const;
    const found = compare([told], [{ ...told, unit: "B/s" }]);
    expect(found.outcome).toBe("fail");
    expect(found.warnings).toContainEqual(
      expect.objectContaining({
        code: "nothing-in-common",
        baseline: { names: ["s/b throughput (1/s)"], count: 1 },
        candidate: { names: ["s/b throughput (B/s)"], count: 1 },
      }),
    );
  });

  it("of everything that there was is no pass, and of one benchmark a warning", () => {
    expect(compare(named(["json", "yaml"]), []).outcome).toBe("fail");
    expect(compare(named(["json", "yaml"]), named(["json"])).outcome).toBe("warn");
  });

  it("of a baseline's benchmarks is none: what is new is new", () => {
    const found = compare([], named(["json"]));
    expect(found.outcome).toBe("pass");
    expect(codes(found)).not.toContain("nothing-in-common");
  });

  it("within one suite is said beside another that matches", () => {
    const found = compare([...named(["a"], "x"), ...named(["b"], "y")], [...named(["a"], "x"), ...named(["B2"], "y")]);
    expect(found.outcome).toBe("warn");
    expect(found.warnings.filter(({ code }) => code === "nothing-in-common")).toMatchObject([{ suite: "y" }]);
  });

  it("of a suite names what came in its place", () => {
    const found = compare(named(["a"], "wrk"), named(["a"], "bench"));
    expect(found.outcome).toBe("fail");
    expect(found.warnings).toContainEqual(
      expect.objectContaining({ suite: "wrk", candidate: { names: ["bench/a"], count: 1 } }),
    );
  });
});

describe("rules that fit nothing", () => {
  const told = [
    { suite: "a", benchmark: "json", metric: "latency", level: 0.01, as: "p50" },
    { suite: "a", benchmark: "json", metric: "cpu-time", level: 0.01 },
    { suite: "b", benchmark: "yaml", metric: "latency", level: 0.01, as: "p50" },
  ] as const;
  const SUITES = "suites: { a: { run: x }, b: { run: x } }\n";
  const said = (text: string, by: Partial<Rules> = {}) =>
    compare(told, told, { ...rules(text), ...by }).warnings.filter(({ code }) =>
      ["pattern-fits-nothing", "metric-not-measured", "budget-hidden"].includes(code),
    );

  it.each([
    ["a/jsn", "a/json"],
    ["a/Json", "a/json"],
    ["b/yml", "b/yaml"],
    ["*/jason", "a/json"],
    ["a/something else", null],
  ])("name the nearest: %s", (match, near) => {
    expect(said(`${SUITES}budgets: [{ match: "${match}", latency: 3% }]`)).toEqual([
      { code: "pattern-fits-nothing", of: "budget", match, near },
    ]);
  });

  it.each([
    ['{ match: "a/*", wall-time: 5% }', "a/*", "wall-time", null],
    ['{ match: "a/json", allocations: 5% }', "a/json", "allocations", null],
    ['{ match: "*", cpu_tim: 5% }', "*", "cpu_tim", "cpu-time"],
    ['{ match: "b/*", cpu-time: 5% }', "b/*", "cpu-time", null],
  ])("name a metric that nothing gives: %s", (entry, match, metric, near) => {
    expect(said(`${SUITES}budgets: [${entry}]`)).toEqual([{ code: "metric-not-measured", match, metric, near }]);
  });

  it("name one that comes too late", () => {
    const text = `${SUITES}budgets: [{ match: "a/*", latency: 5% }, { match: "a/json", latency: 3% }]`;
    expect(said(text)).toEqual([{ code: "budget-hidden", match: "a/json", metric: "latency", by: "a/*" }]);
  });

  it.each([
    ["a/jsn latency p50", "a/json latency p50"],
    ["a/json latency p95", "a/json latency p99"],
  ])("name an acceptance: %s", (match, near) => {
    const text = `${SUITES}accept: [{ match: "${match}", up-to: 9%, reason: x }]`;
    expect(said(text)).toEqual([{ code: "pattern-fits-nothing", of: "acceptance", match, near }]);
  });

  it("are told of a benchmark that was renamed, which would lose its stricter budget", () => {
    const renamed = told.map((each) => (each.benchmark === "json" ? { ...each, benchmark: "json2" } : each));
    const by = rules(`${SUITES}budgets: [{ match: "a/json", latency: 1% }]`);
    expect(compare(told, renamed, by).warnings).toContainEqual({
      ...{ code: "pattern-fits-nothing", of: "budget", match: "a/json", near: "a/json2" },
    });
  });

  it.each([
    ["rules that fit", 'budgets: [{ match: "a/json", latency: 3% }, { match: "*", cpu-time: 9% }]'],
    ["a threshold for everything that gates", ""],
    ["an acceptance that fits", 'accept: [{ match: "a/* *", up-to: 9%, reason: x }]'],
  ])("are not %s", (_name, text) => {
    expect(said(SUITES + text)).toEqual([]);
    expect(compare(told, told, rules("", "5%")).warnings).toEqual([]);
  });

  it("say nothing where only a part was measured, or a suite failed before it had names", () => {
    const text = `${SUITES}budgets: [{ match: "a/jsn", latency: 3% }]`;
    expect(said(text, { partial: true })).toEqual([]);
    const failed = side(2, told);
    const rounds = failed.rounds.map((round) => ({
      ...round,
      failures: [{ suite: "a", benchmark: "*", reason: "x", output: "" }],
    }));
    const found = judge({ kind: "file", recordings: [side(1, told)] }, { ...failed, rounds }, rules(text));
    expect(codes(found)).not.toContain("pattern-fits-nothing");
  });
});

describe("instructions that a suite has counted", () => {
  const LATENCY = { metric: "latency", level: 0.004 } as const;
  const COUNT = { metric: "instructions", level: 18_000_000, noise: 0.00005 } as const;
  const COUNTED = rules("suites: { s: { time: x, count: instructions } }");
  const more = (told: readonly Told[], factor: number) => worse(told, "instructions", factor);

  it("gate at 1 % where they hardly vary, and where all rounds agree", () => {
    for (const noise of [COUNT.noise, 0]) {
      const steady = [LATENCY, { ...COUNT, noise }];
      expect(compare(steady, steady, COUNTED).outcome).toBe("pass");
      const found = compare(steady, more(steady, 1.02), COUNTED);
      expect(found.outcome).toBe("fail");
      expect(rowOf(found, "instructions")).toMatchObject({ verdict: "regression", severity: "gate", threshold: 0.01 });
      expect(compare(steady, more(steady, 1.005), COUNTED).outcome).toBe("pass");
    }
  });

  it("are only told where the baseline varies, whatever they say", () => {
    const steady = [LATENCY, COUNT];
    const jit = [LATENCY, { ...COUNT, noise: 0.004 }];
    for (const [before, after] of [
      [jit, jit],
      [jit, steady],
    ] as const) {
      const found = compare(before, more(after, 1.3), COUNTED);
      expect(found.outcome).toBe("warn");
      expect(rowOf(found, "instructions")).toMatchObject({ severity: "advisory", threshold: 0.05 });
      expect(rowOf(found, "latency")).toMatchObject({ severity: "gate" });
      expect(compare(before, worse(after, "latency", 1.3), COUNTED).outcome).toBe("fail");
    }
  });

  it("gate where the candidate alone varies: it does not free itself", () => {
    const steady = [LATENCY, COUNT];
    const found = compare(steady, more([LATENCY, { ...COUNT, noise: 0.004 }], 1.04), COUNTED);
    expect(found.outcome).toBe("fail");
    expect(rowOf(found, "instructions")).toMatchObject({ verdict: "regression", severity: "gate", threshold: 0.01 });
  });

  it("leave time to gate beside them: a program that is slower at an equal count is red", () => {
    const steady = [LATENCY, COUNT];
    const slower = compare(steady, worse(steady, "latency", 1.3), COUNTED);
    expect(rowOf(slower, "latency")).toMatchObject({ verdict: "regression", severity: "gate" });
    expect(slower.outcome).toBe("fail");
  });

  it("leave the time of a suite to gate where there are none", () => {
    const without = [LATENCY];
    expect(compare(without, worse(without, "latency", 1.3), COUNTED).outcome).toBe("fail");
  });

  it("of a tool, which nobody asked Benchgate to count, are told as before", () => {
    const told = [LATENCY, COUNT];
    expect(rowOf(compare(told, more(told, 1.2)), "instructions")).toMatchObject({ severity: "advisory" });
  });

  it("hold to a budget of the user's", () => {
    const own = `suites: { s: { time: x, count: instructions } }\nbudgets: [{ match: "s/*", instructions: 5% }]`;
    const steady = [LATENCY, COUNT];
    expect(compare(steady, more(steady, 1.04), rules(own)).outcome).toBe("pass");
    expect(compare(steady, more(steady, 1.06), rules(own)).outcome).toBe("fail");
  });
});
