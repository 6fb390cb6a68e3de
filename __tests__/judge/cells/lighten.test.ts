import { describe, expect, it } from "vitest";
import { DEFAULT_BUDGETS } from "../../../src/config/defaults.ts";
import type { Cell } from "../../../src/judge/cells/cell.ts";
import { drawSome } from "../../../src/judge/cells/draw.ts";
import { prepareCell } from "../../../src/judge/cells/prepare-cell.ts";
import { concludeCells } from "../../../src/judge/fan-in.ts";
import { judge } from "../../../src/judge/judge.ts";
import type { Measurement } from "../../../src/model/measurement.ts";
import type { Budget } from "../../../src/model/plan.ts";
import type { Recording, Round } from "../../../src/model/recording.ts";
import type { Judgement } from "../../../src/model/verdict.ts";
import { gaussian, xoshiro128 } from "../../../src/stats/random.ts";
import { aRecording } from "../../synthetic.ts";
import { judgeCells } from "./judge-cells.ts";

const CHANGE = {
  baseline: { sha: "a".repeat(40), ref: "main", committedAt: "" },
  candidate: { sha: "b".repeat(40), ref: "main", committedAt: "" },
};
const P99 = DEFAULT_BUDGETS.find(({ metric, statistic }) => metric === "latency" && statistic === "p99")!;
const own = (match: string, more: Partial<Budget>): Budget => ({ ...P99, origin: "user", match, ...more });
const RULES = {
  budgets: [
    own("s/limited", { limit: 0.0008 }),
    own("s/bounded", { statistic: "p99", limit: 0.002, threshold: null }),
    own("s/asked", { statistic: "p99.9" }),
    ...DEFAULT_BUDGETS,
  ],
  accept: [{ match: "s/slower latency p50", upTo: 0.5, reason: "known", until: null }],
  onInconclusive: "warn",
  today: "2026-11-23",
} as const;

const one = (benchmark: string, metric: string, unit: string, value: number, exact = false): Measurement => ({
  suite: "s",
  benchmark,
  metric,
  unit,
  better: "lower",
  distribution: { kind: "value", value, exact },
});

/** A benchmark whose whole rounds leave its p99 open, and whose slices do not. */
function sliced(random: () => number): Measurement {
  const quantiles = { "0.5": 5e-5, "0.99": 1e-4 * Math.exp(0.15 * gaussian(random)) };
  return {
    ...one("sliced", "latency", "s", 0),
    distribution: { kind: "quantiles", quantiles, count: 3000 },
    medians: Array<number>(9).fill(5e-5),
    tails: Array.from({ length: 9 }, () => 1e-4 * Math.exp(0.03 * gaussian(random))),
    perSlice: 60,
  };
}

/** A side on which every kind of row is: tested, by its slices, limited, exact, of few samples, at zero now and then, failed in a round, alone. */
function side(seed: number, slower: number): Recording {
  const benchmarks = { calm: 0.001, slower: 0.001 * slower, limited: 0.001, bounded: 0.001, asked: 0.001 };
  const recording = aRecording({ seed, session: "1/1", samples: 320, benchmarks });
  const few = aRecording({ seed: seed + 1, session: "1/1", samples: 20, benchmarks: { few: 0.001 } });
  const random = xoshiro128(seed);
  const rounds = recording.rounds.map(
    (round, at): Round => ({
      ...round,
      measurements: [
        ...round.measurements,
        ...few.rounds[at]!.measurements,
        one("calm", "bytes", "B", slower > 1 ? 1001 : 1000, true),
        sliced(random),
        one("calm", "memory", "B", 1e6 * Math.exp(0.01 * gaussian(random))),
        one("load", "error-rate", "1", at % 4 === 0 ? 0.01 * slower : 0),
        one(slower > 1 ? "new" : "old", "latency", "s", 0.001),
      ],
      failures: at === 3 ? [{ suite: "s", benchmark: "few", reason: "it threw", output: "" }] : [],
      notes: at === 0 ? [{ suite: "s", benchmark: "calm", sentence: "it was warm", remedy: "cool it" }] : [],
    }),
  );
  return { ...recording, rounds };
}

const before = [side(1, 1), side(2, 1)] as const;
const after = [side(101, 1.3), side(102, 1)] as const;
const cells = ["linux", "mac"].map((name, at): Cell => {
  const comparisons = [{ kind: "side-by-side", baseline: [before[at]!], candidate: after[at]! }] as const;
  return { name, comparisons, looks: [6, 12], confirmed: false };
});

const under = (cell: string, recording: Recording): readonly Round[] =>
  recording.rounds.map((round) => {
    const named = <T extends { readonly suite: string }>(all: readonly T[] = []) =>
      all.map((each) => ({ ...each, suite: `${cell}/${each.suite}` }));
    return {
      ...round,
      measurements: named(round.measurements),
      failures: named(round.failures),
      notes: named(round.notes),
    };
  });
const whole = (both: readonly Recording[]): Recording => ({
  ...both[0]!,
  rounds: both.flatMap((each, at) => under(["linux", "mac"][at]!, each)),
});
const sorted = (judgements: readonly Judgement[]) =>
  judgements.map(({ cell: _, ...rest }) => JSON.stringify(rest)).sort();

describe("cells of which only the numbers are held", () => {
  const prefixed = ["linux", "mac"].flatMap((name) =>
    RULES.budgets.map((budget) => ({ ...budget, match: `${name}/${budget.match}` })),
  );
  const accept = ["linux", "mac"].flatMap((name) =>
    RULES.accept.map((each) => ({ ...each, match: `${name}/${each.match}` })),
  );
  const asOne = judge({ kind: "side-by-side", recordings: [whole(before)] }, whole(after), {
    ...RULES,
    budgets: prefixed,
    accept,
    looks: [6, 12],
    partial: true,
  });
  const { outcome } = judgeCells(cells, CHANGE, RULES);

  it("get to the last digit the judgements that one job would have got that measured all of them", () => {
    expect(sorted(outcome.judgements)).toEqual(sorted(asOne.judgements));
    const kinds = new Set(outcome.judgements.map(({ verdict }) => verdict));
    for (const verdict of ["regression", "unchanged", "added", "removed"]) expect(kinds).toContain(verdict);
    expect(outcome.judgements.some(({ limit }) => limit?.broken)).toBe(true);
    const tail = outcome.judgements.find((each) => each.benchmark === "sliced" && each.statistic === "p99")!;
    expect(tail.verdict).toBe("unchanged");
    expect(tail.comparison!.noise).toBeLessThan(0.05);
    expect(outcome.judgements.some(({ accepted }) => accepted !== null)).toBe(true);
    expect(outcome.judgements.some(({ comparison }) => comparison?.design === "exact")).toBe(true);
  });

  it("are said the same of", () => {
    const told = (warnings: readonly object[]) => warnings.map((each) => JSON.stringify(each)).sort();
    expect(told(outcome.warnings)).toEqual(told(asOne.warnings));
    expect(outcome.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(["failed-rounds", "noted"]));
  });

  it("hold no round, and no sample, of what was tested", () => {
    const prepared = prepareCell([cells[0]!], CHANGE, RULES);
    const tested = prepared.beside!.tried.filter(({ test, row }) => test !== null && row.limit === null);
    expect(tested.length).toBeGreaterThan(5);
    for (const { row, trial } of tested) {
      expect(row.readings).toMatchObject({ baseline: [], candidate: [] });
      expect(row.subject).toMatchObject({
        baseline: [],
        candidate: [],
        measurement: { distribution: { kind: "value" } },
      });
      expect(trial!.subject).toBe(row.subject);
    }
  });

  it("are drawn in reports as they were measured, with what was judged", () => {
    const prepared = cells.map((cell) => prepareCell([cell], CHANGE, RULES, drawSome()));
    const found = concludeCells(prepared, CHANGE, RULES);
    const drawn = prepared.flatMap(({ evidence }) => evidence.flatMap(({ subjects }) => subjects));
    for (const { suite, benchmark, metric, comparison } of found.judgements) {
      if (comparison === null) continue;
      const own = drawn.find((each) => each.suite === suite && each.benchmark === benchmark && each.metric === metric);
      expect(own?.candidate?.rounds[0]).toHaveLength(12);
    }
  });
});
