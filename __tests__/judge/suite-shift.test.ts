import { describe, expect, it } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import { settle } from "../../src/judge/settle.ts";
import { doubtful } from "../../src/judge/undecided.ts";
import type { Budget } from "../../src/model/plan.ts";
import type { Recording } from "../../src/model/recording.ts";
import type { Outcome } from "../../src/model/verdict.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";
import { BASE, HEAD, MACHINE } from "../builders.ts";
import { judgeCells } from "./cells/judge-cells.ts";

const budget: Budget = {
  match: "*",
  metric: "latency",
  statistic: "p50",
  threshold: 0.05,
  limit: null,
  floor: null,
  severity: "gate",
  origin: "user",
};
const RULES = { budgets: [budget], accept: [], onInconclusive: "warn", today: "2026-11-27" } as const;

/** A run of some benchmarks on a machine that is so much slower, with its own noise of half a per cent. */
function run(
  name: string,
  machine: number,
  { benchmarks = 12, changes = {} as Readonly<Record<string, number>> } = {},
): Recording {
  const random = xoshiro128([...name].reduce((sum, letter) => 31 * sum + letter.charCodeAt(0), 7));
  const names = Array.from({ length: benchmarks }, (_, index) => `b${index}`);
  const levels = names.map((each) => machine + (changes[each] ?? 0) + 0.005 * gaussian(random));
  return {
    revision: name === "candidate" ? HEAD : BASE,
    environment: MACHINE,
    rounds: Array.from({ length: 6 }, (_, pair) => ({
      session: name,
      pair,
      startedAt: "2026-11-27T00:00:00Z",
      failures: [],
      measurements: names.map((benchmark, index) => ({
        suite: "s",
        benchmark,
        metric: "latency",
        unit: "s",
        better: "lower" as const,
        distribution: {
          kind: "quantiles" as const,
          quantiles: { "0.5": 1e-3 * Math.exp(levels[index]! + 0.002 * gaussian(random)) },
          count: 1000,
        },
      })),
    })),
  };
}

/** Ten stored runs on machines up to 12 % apart from the usual one, or all on one. */
const MACHINES = [0, 0.09, -0.12, 0.04, -0.06, 0.11, -0.02, 0.07, -0.09, 0.02];
function history(spread: number, benchmarks = 12, runs = 10): readonly [Recording, ...Recording[]] {
  const [first, ...others] = MACHINES.slice(0, runs).map((machine, index) =>
    run(`h${index}`, spread * machine, { benchmarks }),
  );
  return [first!, ...others];
}

const judged = (recordings: readonly [Recording, ...Recording[]], candidate: Recording): Outcome =>
  judge({ kind: "stored", recordings }, candidate, RULES);
const counts = ({ judgements }: Outcome, verdict: string) =>
  judgements.filter((each) => each.verdict === verdict).length;
const codes = ({ warnings }: Outcome) => warnings.map(({ code }) => code);

describe("stored runs on machines of different speed", () => {
  it("decide each benchmark against the others, where this machine is one of the usual ones", () => {
    const outcome = judged(history(1), run("candidate", 0.1));

    expect(counts(outcome, "unchanged")).toBe(12);
    expect(codes(outcome)).toEqual(["suite-shift"]);
    // A change of all of them alike is not told from the machine.
    expect(outcome.outcome).toBe("warn");
  });

  it("suspect the one that got slower than the others, and none of those", () => {
    const outcome = judged(history(1), run("candidate", -0.1, { changes: { b3: 0.2 } }));

    expect(
      outcome.judgements.filter(({ verdict }) => verdict === "regression").map(({ benchmark }) => benchmark),
    ).toEqual(["b3"]);
    expect(doubtful(outcome).get("s")).toContain("b3");
  });

  it("ask those that moved with the shift, not the quietest: most of a suite that got slower alike is no machine", () => {
    const slow = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`b${index}`, 0.08]));
    const outcome = judged(history(1), run("candidate", 0, { changes: slow }));

    const [shift] = outcome.warnings.flatMap((warning) => (warning.code === "suite-shift" ? [warning] : []));
    expect(shift!.sentinels).toHaveLength(3);
    for (const name of shift!.sentinels) expect(Object.keys(slow)).toContain(name);
  });

  it("have some of a suite measured side by side, to see whether it was the machine", () => {
    expect(doubtful(judged(history(1), run("candidate", 0.1))).get("s")).toHaveLength(3);
  });

  it.each([
    ["all got slower by more than any machine does", history(1), run("candidate", 0.6)],
    ["there are few benchmarks", history(1, 4), run("candidate", 0.1, { benchmarks: 4 })],
    ["there are few runs", history(1, 12, 4), run("candidate", 0.1)],
  ])("are left as they are where %s", (_, recordings, candidate) => {
    expect(codes(judged(recordings, candidate))).not.toContain("suite-shift");
  });
});

describe("stored runs on one machine", () => {
  it("call everything slower that got slower, though all of it did alike", () => {
    const outcome = judged(history(0), run("candidate", 0.1));

    expect(counts(outcome, "regression")).toBe(12);
    expect(codes(outcome)).not.toContain("suite-shift");
  });
});

describe("a suite's shift, once some of it was measured side by side", () => {
  const screened = judged(history(1), run("candidate", 0.1));
  const doubts = doubtful(screened);
  const sentinels = doubts.get("s")!;
  /** Those benchmarks on both sides, measured again, by so much slower. */
  const sides = (change: number): readonly [Recording, Recording] => {
    const only = (recording: Recording): Recording => ({
      ...recording,
      rounds: recording.rounds.map((round) => ({
        ...round,
        session: "again",
        measurements: round.measurements.filter(({ benchmark }) => sentinels.includes(benchmark)),
      })),
    });
    const changes = Object.fromEntries(sentinels.map((name) => [name, change]));
    return [only(run("base", 0)), only(run("candidate", 0, { changes }))];
  };
  const fresh = (change: number): Outcome => {
    const [base, head] = sides(change);
    return judge({ kind: "side-by-side", recordings: [base] }, head, RULES);
  };

  it("is the machine's where they did not get slower: then all is decided", () => {
    const settled = settle(screened, fresh(0), doubts, "warn");

    expect(settled.outcome).toBe("pass");
    expect(codes(settled)).toContain("suite-shift-checked");
    expect(counts(settled, "unchanged") + counts(settled, "not-slower")).toBe(12);
  });

  it("is the code's where they did: they are red, and of the others nothing is said", () => {
    const settled = settle(screened, fresh(0.1), doubts, "warn");

    expect(settled.outcome).toBe("fail");
    expect(counts(settled, "regression")).toBe(3);
    expect(counts(settled, "inconclusive")).toBe(9);
  });

  it.each([
    ["is the machine's", 0, "pass", { unchanged: 12, inconclusive: 0, regression: 0 }],
    ["is the code's", 0.1, "fail", { unchanged: 0, inconclusive: 9, regression: 3 }],
  ] as const)("%s in a cell of a matrix as well", (_, change, outcome, verdicts) => {
    const [base, head] = sides(change);
    const comparisons = [
      { kind: "stored", baseline: history(1), candidate: run("candidate", 0.1) },
      { kind: "side-by-side", baseline: [base], candidate: head },
    ] as const;
    const cell = { name: "linux", comparisons, looks: null, confirmed: true };
    const found = judgeCells([cell], { baseline: BASE, candidate: HEAD }, RULES).outcome;

    expect(found.outcome).toBe(outcome);
    expect(codes(found).filter((code) => code.startsWith("suite-shift"))).toEqual([
      change === 0 ? "suite-shift-checked" : "suite-shift",
    ]);
    for (const [verdict, count] of Object.entries(verdicts)) expect(counts(found, verdict)).toBe(count);
  });

  it("stays as it was in a cell that measures nothing side by side", () => {
    const comparisons = [{ kind: "stored", baseline: history(1), candidate: run("candidate", 0.1) }] as const;
    const [base, head] = sides(0);
    const pairs = [{ kind: "side-by-side", baseline: [base], candidate: head }] as const;
    const found = judgeCells(
      [
        { name: "linux", comparisons, looks: null, confirmed: false },
        { name: "mac", comparisons: pairs, looks: null, confirmed: false },
      ],
      { baseline: BASE, candidate: HEAD },
      RULES,
    ).outcome;

    expect(codes(found)).toContain("suite-shift");
    expect(found.outcome).toBe("warn");
  });

  it("stays open where nobody measured them", () => {
    const settled = settle(screened, { ...fresh(0), judgements: [] }, doubts, "warn");

    expect(settled.outcome).toBe("warn");
    expect(counts(settled, "unchanged")).toBe(3);
  });
});
