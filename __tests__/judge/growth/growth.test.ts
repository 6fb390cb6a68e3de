import { describe, expect, it } from "vitest";
import { type Curve, gateOf, NOISES, SIZES, UNSEEN } from "../../../bench/growth/gates.ts";
import { settle } from "../../../src/judge/settle.ts";
import { doubtful, undecided } from "../../../src/judge/undecided.ts";
import type { Budget } from "../../../src/model/plan.ts";
import type { Recording } from "../../../src/model/recording.ts";
import { gaussian, xoshiro128 } from "../../../src/stats/random.ts";
import { aRecording, latency } from "../../synthetic.ts";
import { judgeCells } from "../cells/judge-cells.ts";
import { judged, warned } from "../kit.ts";

const SIZES_OF_SORT = [1000, 2000, 4000, 8000].map((n) => `sort/n=${n}`);
const linear: Curve = (n) => 1e-6 * n;
const constant: Curve = () => 1e-4;
const square: Curve = (n) => 1e-9 * n * n;

/** A recording of `sort` at sizes; `noise` is the standard deviation between its rounds. */
function sorting(curve: Curve, seed: number, { sizes = [1000, 2000, 4000, 8000], noise = 0.01, rounds = 12 } = {}) {
  const random = xoshiro128(seed);
  const { rounds: _, ...recording } = aRecording({ seed, rounds: 1, benchmarks: {} });
  return {
    ...recording,
    rounds: Array.from({ length: rounds }, (_, pair) => ({
      session: "s/1",
      pair,
      startedAt: "2026-11-22T10:00:00Z",
      failures: [],
      measurements: sizes.map((n) =>
        latency(`sort/n=${n}`, Array(5).fill(curve(n) * Math.exp(noise * gaussian(random)))),
      ),
    })),
  } satisfies Recording;
}

const complexity = (parts: Partial<Budget>): Budget => ({
  match: "*/sort/*",
  metric: "complexity",
  statistic: "mean",
  threshold: null,
  limit: null,
  floor: null,
  severity: "gate",
  origin: "usual",
  ...parts,
});

const found = (baseline: Curve, candidate: Curve, options = {}) =>
  judged(sorting(baseline, 1, options), sorting(candidate, 2, options), {}, "side-by-side");

describe("growth", () => {
  it("gives each side's exponent and the change of it, with intervals that hold them", () => {
    const [growth] = found(linear, (n) => square(n) * 0.13).growth ?? [];
    expect(growth?.family).toBe("sort/n=*");
    for (const [exponent, value] of [
      [growth?.baseline, 1],
      [growth?.candidate, 2],
      [growth?.change, 1],
    ] as const) {
      expect(exponent?.value).toBeCloseTo(value, 1);
      expect(exponent?.interval.lower).toBeLessThan(value);
      expect(exponent?.interval.upper).toBeGreaterThan(value);
    }
  });

  it("finds O(n) that became O(n²) where the largest size is within the threshold, and warns", () => {
    const outcome = found(linear, (n) => (1.02 * linear(8000) * n * n) / 8000 ** 2);
    expect(outcome.outcome).toBe("warn");
    const { largest, change } = warned(outcome.warnings, "steeper-growth");
    expect(largest.candidate / largest.baseline).toBeCloseTo(1.02, 1);
    expect(change.interval.lower).toBeGreaterThan(0.8);
  });

  it.each([
    ["O(n) with a term of n²", linear, 2],
    ["O(1) with a term of n", constant, 1],
  ] as const)("finds %s where every size is within the threshold", (_, was, power) => {
    const sizes = [64, 256, 1024, 4096, 16_384, 65_536];
    const is: Curve = (n) => was(n) + 0.04 * was(65_536) * (n / 65_536) ** power;
    const outcome = found(was, is, { sizes, noise: 0.004 });
    expect(outcome.judgements.filter(({ verdict }) => verdict === "regression")).toEqual([]);
    expect(warned(outcome.warnings, "steeper-growth").family).toBe("sort/n=*");
  });

  it.each([
    ["the same", linear, linear],
    ["slower by the same share everywhere", linear, (n: number) => 1.5 * linear(n)],
    ["slower by a fixed cost", linear, (n: number) => linear(n) + 1e-3],
    ["without a fixed cost, so that its exponent rises", (n: number) => linear(n) + 1e-3, linear],
    ["faster where it is small", linear, (n: number) => (n < 3000 ? 0.3 : 1) * linear(n)],
    ["faster everywhere, and most where it is small", linear, (n: number) => 0.5 * linear(n) * (n / 8000) ** 0.5],
    ["faster where it is large", (n: number) => square(n), linear],
  ])("calls nothing steeper that is %s", (_, before, after) => {
    expect(found(before, after).growth?.map(({ verdict }) => verdict)).not.toContain("steeper");
  });

  it("sees rates grow as times do", () => {
    const rates = (recording: Recording): Recording => ({
      ...recording,
      rounds: recording.rounds.map((round) => ({
        ...round,
        measurements: round.measurements.map((each) => ({
          ...each,
          metric: "throughput",
          unit: "1/s",
          better: "higher" as const,
          distribution: {
            kind: "value" as const,
            value: each.distribution.kind === "samples" ? 1 / each.distribution.samples[0]! : 0,
            exact: false,
          },
        })),
      })),
    });
    const outcome = judged(rates(sorting(linear, 1)), rates(sorting(square, 2)), {}, "side-by-side");
    expect(outcome.growth?.[0]?.candidate.value).toBeCloseTo(2, 1);
    expect(outcome.growth?.[0]?.verdict).toBe("steeper");
  });

  it("finds the change without pairs as well", () => {
    const other = sorting(square, 2);
    const apart = { ...other, rounds: other.rounds.map((round) => ({ ...round, session: "s/2" })) };
    expect(judged(sorting(linear, 1), apart).growth?.[0]?.verdict).toBe("steeper");
  });

  it("proves nothing by fewer than five rounds", () => {
    const [growth] = found(linear, square, { rounds: 4 }).growth ?? [];
    expect(growth?.change).toBeNull();
    expect(growth?.verdict).toBe("unproven");
  });

  it("is not told where clocks are too coarse for the sizes", () => {
    const coarse = (recording: Recording): Recording => ({
      ...recording,
      rounds: recording.rounds.map((round) => ({
        ...round,
        measurements: round.measurements.map((each) => ({ ...each, resolution: 1e-3 })),
      })),
    });
    expect(judged(coarse(sorting(linear, 1)), coarse(sorting(linear, 2))).growth).toBeUndefined();
  });
});

describe("a complexity budget", () => {
  const row = (candidate: Curve, parts: Partial<Budget>) => {
    const budgets = [complexity(parts)];
    const outcome = judged(sorting(linear, 1), sorting(candidate, 2), { budgets }, "side-by-side");
    return { outcome, row: outcome.judgements.find(({ metric }) => metric === "complexity") };
  };

  it("fails an exponent above its max, and says what it is", () => {
    const { outcome, row: broken } = row(square, { limit: 1.2 });
    expect(outcome.outcome).toBe("fail");
    expect(broken).toMatchObject({ benchmark: "sort/n=*", verdict: "regression", limit: { value: 1.2, broken: true } });
    expect(warned(broken!.warnings, "steeper-growth").candidate.value).toBeCloseTo(2, 1);
    expect(outcome.warnings.map(({ code }) => code)).not.toContain("steeper-growth");
  });

  it("fails a change above the one that it allows, however small the exponent", () => {
    const { outcome, row: broken } = row((n) => 1e-6 * n ** 1.35, { threshold: 0.2 });
    expect(outcome.outcome).toBe("fail");
    expect(broken?.limit?.value).toBeCloseTo(1.2, 1);
  });

  it("keeps what is below it", () => {
    expect(row(linear, { limit: 1.2, threshold: 0.2 })).toMatchObject({
      outcome: { outcome: "pass" },
      row: { verdict: "unchanged", limit: { broken: false } },
    });
  });

  it("is open where there are too few rounds to know a change", () => {
    const few = { rounds: 4 };
    const budgets = [complexity({ threshold: 0.2 })];
    const { judgements, outcome } = judged(
      sorting(linear, 1, few),
      sorting(square, 2, few),
      { budgets },
      "side-by-side",
    );
    const open = judgements.find(({ metric }) => metric === "complexity");
    expect(open).toMatchObject({ verdict: "inconclusive", severity: "gate" });
    expect(warned(open!.warnings, "few-rounds")).toMatchObject({ rounds: 4, needed: 5 });
    expect(outcome).not.toBe("pass");
  });

  it("holds without a baseline", () => {
    const other = {
      ...sorting(linear, 1),
      rounds: sorting(linear, 1).rounds.map((each) => ({ ...each, measurements: [latency("other", [1, 1])] })),
    };
    const { judgements } = judged(other, sorting(square, 2), { budgets: [complexity({ limit: 1.2 })] });
    expect(judgements.find(({ metric }) => metric === "complexity")).toMatchObject({
      verdict: "regression",
      baseline: null,
    });
  });

  it("is told of where it fits no benchmark that runs at several sizes", () => {
    const sizes = [1000, 2000];
    const { warnings } = judged(sorting(linear, 1, { sizes }), sorting(linear, 2, { sizes }), {
      budgets: [complexity({ limit: 1.2 })],
    });
    expect(warned(warnings, "metric-not-measured").metric).toBe("complexity");
  });
});

describe("growth by stored runs", () => {
  const run = (curve: Curve, seed: number, { noise = 0.01 } = {}) => {
    const recording = sorting(curve, seed, { noise });
    return { ...recording, rounds: recording.rounds.map((round) => ({ ...round, session: `s/${seed}` })) };
  };
  const history = [1, 2, 3, 4, 5, 6].map((seed) => run(linear, seed));
  const steep: Curve = (n) => (1.02 * linear(8000) * n * n) / 8000 ** 2;
  const stored = judged(history, run(steep, 9), { budgets: [complexity({ limit: 1.2 })] });

  it("is proven by six of them, and sends every size to a measurement side by side", () => {
    expect(stored.growth?.[0]?.verdict).toBe("steeper");
    expect([...doubtful(stored)]).toEqual([["s", SIZES_OF_SORT]]);
  });

  it("is told as that measurement has it", () => {
    const fresh = judged(
      sorting(linear, 1),
      sorting(linear, 2),
      { budgets: [complexity({ limit: 1.2 })] },
      "side-by-side",
    );
    const settled = settle(stored, fresh, doubtful(stored), "warn");
    expect(settled.growth).toEqual(fresh.growth);
    expect(settled.judgements.filter(({ metric }) => metric === "complexity").map(({ verdict }) => verdict)).toEqual([
      "unchanged",
    ]);
    expect(settled.outcome).toBe("pass");
  });

  it("is open, not red, where that measurement has no answer", () => {
    const nothing = { sizes: [1000] };
    const fresh = judged(sorting(linear, 1, nothing), sorting(linear, 2, nothing), {}, "side-by-side");
    const settled = settle(stored, fresh, doubtful(stored), "warn");
    expect(settled.judgements.find(({ metric }) => metric === "complexity")).toMatchObject({ verdict: "inconclusive" });
    expect(settled.outcome).toBe("warn");
  });

  it("is as open in a cell of a matrix", () => {
    const nothing = { sizes: [1000] };
    const pairs = { baseline: [sorting(linear, 1, nothing)], candidate: sorting(linear, 2, nothing) };
    const comparisons = [
      { kind: "stored", baseline: history, candidate: run(steep, 9) },
      { kind: "side-by-side", ...pairs },
    ] as const;
    const { revision } = history[0]!;
    const { outcome } = judgeCells(
      [{ name: "one", comparisons, looks: [12], confirmed: true }],
      { baseline: revision, candidate: revision },
      { budgets: [complexity({ limit: 1.2 })], accept: [], onInconclusive: "warn", today: "2026-11-27" },
    );
    expect(outcome.judgements.find(({ metric }) => metric === "complexity")).toMatchObject({
      verdict: "inconclusive",
      limit: { broken: false },
    });
    expect(outcome.outcome).toBe("warn");
  });

  it("stays as it was where only some of its sizes were measured again", () => {
    const quiet = judged(history, run(linear, 9), { budgets: [complexity({ limit: 1.2 })] });
    const some = { sizes: [1000, 2000, 4000] };
    const fresh = judged(
      sorting(linear, 1, some),
      sorting(linear, 2, some),
      { budgets: [complexity({ limit: 1.2 })] },
      "side-by-side",
    );
    const settled = settle(quiet, fresh, new Map([["s", SIZES_OF_SORT.slice(0, 3)]]), "warn");
    expect(settled.growth?.map(({ points }) => points.length)).toEqual([4]);
    expect(settled.judgements.filter(({ metric }) => metric === "complexity")).toHaveLength(1);
  });

  it("never keeps a measurement going: a family is no benchmark", () => {
    const steep: Curve = (n) => 1e-6 * n ** 1.3;
    const noisy = { noise: 0.2 };
    const budgets = [complexity({ limit: 1.2 })];
    const outcome = judged(sorting(steep, 1, noisy), sorting(steep, 2, noisy), { budgets }, "side-by-side");
    expect(outcome.judgements.find(({ metric }) => metric === "complexity")?.verdict).toBe("inconclusive");
    expect([...undecided(outcome, 24).open.values()].flat().filter((name) => name.includes("*"))).toEqual([]);
  });
});

describe("growth in the cells of a matrix", () => {
  it("is judged by the budgets of its suite, under the cell's name, and says nothing of a budget that it fits", () => {
    const cell = (name: string, candidate: Curve) => ({
      name,
      comparisons: [
        { kind: "side-by-side" as const, baseline: [sorting(linear, 1)], candidate: sorting(candidate, 2) },
      ],
      looks: null,
      confirmed: false,
    });
    const { revision } = sorting(linear, 1);
    const rules = {
      budgets: [complexity({ match: "s/sort/*", limit: 1.2 })],
      accept: [],
      onInconclusive: "warn",
      today: "2026-11-27",
    } as const;
    const { outcome } = judgeCells(
      [cell("one", linear), cell("two", square)],
      { baseline: revision, candidate: revision },
      rules,
    );
    expect(outcome.growth?.map(({ suite, verdict }) => [suite, verdict])).toEqual([
      ["one/s", "unproven"],
      ["two/s", "steeper"],
    ]);
    const rows = outcome.judgements.filter(({ metric }) => metric === "complexity");
    expect(rows.map(({ suite, verdict }) => [suite, verdict])).toEqual(
      expect.arrayContaining([
        ["one/s", "unchanged"],
        ["two/s", "regression"],
      ]),
    );
    expect(outcome.outcome).toBe("fail");
    expect(outcome.warnings.map(({ code }) => code)).not.toContain("metric-not-measured");
  });
});

describe("over many gates", () => {
  const same = { constant: [constant, constant], linear: [linear, linear], square: [square, square] } as const;

  it("calls nothing steeper among unchanged families, whatever the noise", () => {
    const random = xoshiro128(5);
    const wrong = NOISES.filter((noise) => noise !== UNSEEN).flatMap((noise) =>
      Object.values(SIZES).flatMap((sizes, index) =>
        gateOf({ sizes, curves: same, rounds: [6, 12, 24][index % 3]! }, noise, random).filter(
          ({ verdict }) => verdict === "steeper",
        ),
      ),
    );
    expect(wrong).toEqual([]);
  });
});
