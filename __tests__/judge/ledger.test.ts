import { describe, expect, it } from "vitest";
import { ledgerOf } from "../../src/judge/ledger.ts";
import type { DatedAcceptance } from "../../src/model/trend.ts";
import { aTrend } from "../report/trend.ts";

// A run a day from 2026-09-01: run 40 is of 2026-10-11.
const LEVELS = {
  agreed: (run: number) => (run < 20 ? 1 : 1.1) * (run < 45 ? 1 : 1.2),
  other: (run: number) => (run < 45 ? 1 : 1.3),
  flat: () => 1,
};
const { series } = aTrend(LEVELS);
const NOW = new Date("2026-10-30T00:00:00Z");
const anAcceptance = (day: string, more: Partial<DatedAcceptance> = {}): DatedAcceptance => ({
  match: "s/agreed latency p50",
  upTo: 0.25,
  reason: "unicode",
  until: null,
  sha: "a".repeat(40),
  subject: "accept it",
  committedAt: `${day}T00:00:00Z`,
  ...more,
});
const seen = (accepted: readonly DatedAcceptance[]) =>
  ledgerOf(series, accepted, NOW).rows.map((row) =>
    row.seen.map((each) => `${each.series.benchmark} ${each.ratio.toFixed(1)}`).join(),
  );

describe("what was accepted", () => {
  it("goes with the change that came with it, not with the newest", () => {
    expect(seen([anAcceptance("2026-10-16", { reason: "b" }), anAcceptance("2026-09-21")])).toEqual([
      "agreed 1.2",
      "agreed 1.1",
    ]);
    expect(seen([anAcceptance("2026-09-21")])).toEqual(["agreed 1.1"]);
  });

  it("goes with nothing where no change came with it, or a larger one than it allows, or another benchmark's", () => {
    expect(seen([anAcceptance("2026-10-01")])).toEqual([""]);
    expect(seen([anAcceptance("2026-10-16", { upTo: 0.1 })])).toEqual([""]);
    expect(seen([anAcceptance("2026-10-16", { match: "s/flat latency p50" })])).toEqual([""]);
    expect(seen([anAcceptance("2026-10-16", { match: "s/* latency p50", upTo: 0.5 })])).toEqual([
      "agreed 1.2,other 1.3",
    ]);
  });

  it("is added up over the present quarter, the largest first", () => {
    const all = [
      anAcceptance("2026-09-21", { reason: "last quarter" }),
      anAcceptance("2026-10-16", { match: "s/* latency p50", upTo: 0.5 }),
    ];
    const { sums } = ledgerOf(series, all, NOW);
    expect(sums.map((sum) => [sum.series.benchmark, sum.ratio.toFixed(1), sum.changes])).toEqual([
      ["other", "1.3", 1],
      ["agreed", "1.2", 1],
    ]);
    const whole = ledgerOf(series, all, new Date("2026-09-30T00:00:00Z")).sums;
    // From the quarter's beginning on: what came later as well, where the page is made of an older day.
    expect(whole.map((sum) => [sum.series.benchmark, sum.changes])).toEqual([
      ["agreed", 2],
      ["other", 1],
    ]);
    expect(whole[0]!.ratio).toBeCloseTo(1.32, 1);
    expect(ledgerOf(series, all, new Date("2027-01-01T00:00:00Z")).sums).toEqual([]);
  });
});
