import { describe, expect, it } from "vitest";
import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import type { Cell } from "../../src/judge/cells/cell.ts";
import { aRecording } from "../synthetic.ts";
import { judgeCells } from "./cells/judge-cells.ts";
import { warned } from "./kit.ts";

const RULES = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "warn", today: "2026-11-23" } as const;
const revision = (digit: string) => ({ sha: digit.repeat(40), ref: "main", committedAt: "" });

/** A runner that measured some pairs, on which the candidate takes `ratio` times as long. All runners have the session of their workflow run. */
function runner(name: string | undefined, seed: number, ratio: number, pairs: number): Cell {
  const of = (factor: number, digit: string, more: number) =>
    aRecording({
      seed: seed + more,
      rounds: pairs,
      session: "7/1",
      benchmarks: { json: 0.001 * factor },
      sha: digit.repeat(40),
    });
  const comparisons = [{ kind: "side-by-side", baseline: [of(1, "a", 0)], candidate: of(ratio, "b", 100) }] as const;
  return { name: "", runner: name, comparisons, looks: [pairs], confirmed: false };
}

const judged = (cells: readonly Cell[]) =>
  judgeCells(cells, { baseline: revision("a"), candidate: revision("b") }, RULES).outcome;
const p50 = (cells: readonly Cell[]) => judged(cells).judgements.find(({ statistic }) => statistic === "p50")!;
const pool = (ratios: readonly number[], pairs = 6) =>
  ratios.map((ratio, index) => runner(`r${index}`, 10 * index + 1, ratio, pairs));

describe("runners that measured the same", () => {
  it("are one experiment of all their pairs, though none alone has enough for a verdict", () => {
    const judgement = p50(pool([1.15, 1.15, 1.15, 1.15, 1.15, 1.15], 4));
    expect(judgement.verdict).toBe("regression");
    expect(judgement.comparison).toMatchObject({ design: "pairs", rounds: 24 });
    expect(p50(pool([1.15], 4)).verdict).toBe("inconclusive");
  });

  it("keep pairs within a runner, whatever the runners differ by in speed", () => {
    const fast = runner("fast", 1, 1, 6);
    const slow = runner("slow", 2, 1, 6);
    const twice =
      "comparisons" in slow
        ? slow.comparisons.map((each) => ({
            ...each,
            baseline: each.baseline.map((recording) => scaled(recording, 1.29)),
            candidate: scaled(each.candidate, 1.29),
          }))
        : [];
    const { comparison, verdict } = p50([fast, { ...slow, comparisons: twice } as Cell]);
    expect(verdict).not.toBe("regression");
    expect(comparison!.noise).toBeLessThan(0.06);
  });

  it("turn nothing red that one of them sees alone, and name it", () => {
    const cells = pool([1, 1, 1, 1.4]);
    expect(p50(cells).verdict).not.toBe("regression");
    expect(warned(judged(cells).warnings, "odd-runner")).toMatchObject({ runner: "r3", suite: "s", benchmark: "json" });
    expect(judged(pool([1, 1, 1, 1])).warnings.filter(({ code }) => code === "odd-runner")).toEqual([]);
  });

  it("give the verdict of one machine where they agree", () => {
    const [one] = pool([1.12], 24);
    expect(p50([one!]).verdict).toBe(p50(pool([1.12, 1.12, 1.12, 1.12])).verdict);
  });
});

function scaled<T extends ReturnType<typeof aRecording>>(recording: T, factor: number): T {
  const rounds = recording.rounds.map((round) => ({
    ...round,
    measurements: round.measurements.map((each) =>
      each.distribution.kind === "samples"
        ? { ...each, distribution: { ...each.distribution, samples: each.distribution.samples.map((x) => factor * x) } }
        : each,
    ),
  }));
  return { ...recording, rounds };
}
