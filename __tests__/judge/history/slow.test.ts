import { describe, expect, it } from "vitest";
import { slowIn, slowSince } from "../../../src/judge/history/slow.ts";
import { analyse } from "../../../src/judge/trend.ts";
import type { RawSeries } from "../../../src/model/trend.ts";
import type { Judgement, Verdict } from "../../../src/model/verdict.ts";
import { gaussian, xoshiro128 } from "../../../src/stats/random.ts";

const sha = (run: number) => run.toString(16).padStart(40, "0");

/** A series of these levels, one a run, with so much noise; `from` numbers the first run. */
function aSeries(levels: readonly number[], { noise = 0.005, from = 0, exact = false } = {}): RawSeries {
  const random = xoshiro128(7);
  return {
    gate: "gate",
    fingerprint: "cafe",
    suite: "parser",
    benchmark: "json",
    metric: "latency",
    statistic: "p50",
    unit: "s",
    better: "lower",
    exact,
    points: levels.map((level, run) => ({
      sha: sha(from + run),
      committedAt: "",
      value: level * Math.exp(noise * gaussian(random)),
      spread: null,
    })),
  };
}

const runs = (count: number, level: number) => Array.from({ length: count }, () => level);
const look = (...given: Parameters<typeof aSeries>) => slowIn([analyse(aSeries(...given))], []);

describe("what got worse on the default branch", () => {
  it("is a level that is worse than the one before, until it is back", () => {
    expect(look(runs(30, 1)).rows).toEqual([]);
    expect(look([...runs(20, 1), ...runs(10, 0.9)]).rows).toEqual([]);
    const { rows } = look([...runs(20, 1), ...runs(10, 1.1)]);
    expect(rows).toMatchObject([{ benchmark: "json", before: sha(19), after: sha(20) }]);
    expect(rows[0]!.now / rows[0]!.was).toBeCloseTo(1.1, 2);
    expect(look([...runs(15, 1), ...runs(10, 1.1), ...runs(8, 1)]).rows).toEqual([]);
    // Half of it is back: the other half is still worse than before.
    expect(look([...runs(15, 1), ...runs(12, 1.1), ...runs(12, 1.05)]).rows).toHaveLength(1);
  });

  it("is a small change of what is deterministic as well", () => {
    const exact = { noise: 0, exact: true };
    expect(look([...runs(12, 1000), ...runs(8, 1010)], exact).rows).toHaveLength(1);
    expect(look([...runs(12, 1000), ...runs(8, 1010), ...runs(8, 1000)], exact).rows).toEqual([]);
  });

  it("is a drift, told once however far it goes", () => {
    const drifting = (count: number) => Array.from({ length: count }, (_, run) => Math.exp(0.004 * run));
    const first = look(drifting(50));
    expect(first.rows).toHaveLength(1);
    const next = slowIn([analyse(aSeries(drifting(54)))], first.rows);
    expect(next).toMatchObject({ rows: [{ benchmark: "json" }], news: [] });
  });

  it("is not forgotten when the runs before it are no longer looked at", () => {
    const { rows } = look([...runs(20, 1), ...runs(10, 1.1)]);
    const later = aSeries(runs(40, 1.1), { from: 40 });
    expect(slowIn([analyse(later)], rows)).toMatchObject({ rows: [{ before: sha(19) }], news: [] });
    expect(slowIn([analyse(aSeries(runs(40, 1), { from: 40 }))], rows).rows).toEqual([]);
  });

  it("is accepted where benchgate.yml says so, one change by one acceptance", () => {
    const accepted = [{ match: "parser/json *", upTo: 0.15, reason: "worth it", until: null }];
    const once = [...runs(20, 1), ...runs(10, 1.1)];
    const { rows } = look(once);
    expect(slowIn([analyse(aSeries(once), accepted)], rows).rows).toEqual([]);
    // A second one of its size is nobody's: the acceptance is taken by the newest, and the first is not covered.
    const twice = [...runs(20, 1), ...runs(15, 1.1), ...runs(15, 1.21)];
    expect(slowIn([analyse(aSeries(twice), accepted)], []).rows).toHaveLength(1);
  });

  it("is mended by a level that was back: of two rises the acceptance of the second leaves nothing", () => {
    const accepted = [{ match: "parser/json *", upTo: 0.15, reason: "worth it", until: null }];
    const again = aSeries([...runs(15, 1), ...runs(12, 1.1), ...runs(12, 1), ...runs(12, 1.1)]);
    expect(slowIn([analyse(again)], []).rows).toMatchObject([{ before: sha(38), after: sha(39) }]);
    expect(slowIn([analyse(again, accepted)], []).rows).toEqual([]);
  });

  it("stays known where a value that is none hides all levels", () => {
    const series = aSeries([...runs(20, 1), ...runs(10, 1.1)]);
    const { rows } = slowIn([analyse(series)], []);
    const points = [...series.points, { sha: sha(30), committedAt: "", value: 0, spread: null }];
    expect(slowIn([analyse({ ...series, points })], rows)).toEqual({ rows, news: [] });
  });

  it("is one rise while a drift is found as steps, goes on, ends and is no longer looked at", () => {
    const drifting = Array.from({ length: 35 }, (_, run) => Math.exp(0.005 * Math.max(0, run - 10)));
    const all = aSeries([...drifting, ...runs(75, drifting.at(-1)!)]);
    let { rows } = slowIn([], []);
    let told = 0;
    for (let end = 16; end <= all.points.length; end += 5) {
      const points = all.points.slice(Math.max(0, end - 40), end);
      const slow = slowIn([analyse({ ...all, points })], rows);
      told += slow.news.length;
      rows = slow.rows;
    }
    expect(told).toBe(1);
    expect(rows).toHaveLength(1);
    // Not where the runs that are looked at begin: where the drift did.
    expect(rows[0]!.now / rows[0]!.was).toBeCloseTo(1.127, 1);
    const accepted = [{ match: "parser/json *", upTo: 0.15, reason: "worth it", until: null }];
    const whole = { ...all, points: all.points.slice(0, 60) };
    expect(slowIn([analyse(whole, accepted)], rows).rows).toEqual([]);
  });

  it("is told again where a drift has become a far larger step", () => {
    const drifting = Array.from({ length: 40 }, (_, run) => Math.exp(0.002 * run));
    const { rows } = look(drifting);
    expect(rows).toHaveLength(1);
    const stepped = slowIn([analyse(aSeries([...drifting, ...runs(10, 1.5)]))], rows);
    expect(stepped.news).toHaveLength(1);
  });

  it("is told once although its place is found a run off", () => {
    const { rows } = look([...runs(20, 1), ...runs(10, 1.1)]);
    const moved = rows.map((row) => ({ ...row, before: sha(17), after: sha(18) }));
    const { news } = slowIn([analyse(aSeries([...runs(20, 1), ...runs(10, 1.1)]))], moved);
    expect(news).toEqual([]);
  });
});

describe("what is worse than a revision", () => {
  const revisions = { before: sha(1), after: sha(2) };
  const aVerdict = (verdict: Verdict, more: Partial<Judgement> = {}) =>
    ({
      ...{ suite: "parser", benchmark: "json", metric: "latency", statistic: "p99", unit: "s", better: "lower" },
      ...{ severity: "gate", baseline: 1, candidate: 1.3, verdict, accepted: null },
      ...more,
    }) as Judgement;
  const { rows } = slowSince([aVerdict("regression")], revisions, []);
  const stays = (...judgements: readonly Judgement[]) => slowSince(judgements, revisions, rows).rows.length === 1;

  it("stays until it is decided: what failed, or was too noisy to be judged, mends nothing", () => {
    expect(rows).toHaveLength(1);
    expect(stays(aVerdict("inconclusive"))).toBe(true);
    expect(stays(aVerdict("failed", { metric: "", unit: "", baseline: null, candidate: null }))).toBe(true);
    expect(stays(aVerdict("failed", { benchmark: "*", metric: "", candidate: null }))).toBe(true);
    expect(stays(aVerdict("unchanged", { statistic: "p50" }))).toBe(true);
  });

  it("goes once it is decided, or is no more", () => {
    expect(stays(aVerdict("unchanged"))).toBe(false);
    expect(stays(aVerdict("removed", { statistic: "p50" }))).toBe(false);
    expect(stays(aVerdict("same-code", { statistic: "p50" }))).toBe(false);
    expect(stays(aVerdict("unchanged", { benchmark: "yaml" }))).toBe(false);
  });

  it("goes, and never comes, where it is accepted", () => {
    const accepted = aVerdict("regression", { accepted: { reason: "a check more", upTo: 0.2, until: null } });
    expect(stays(accepted)).toBe(false);
    expect(slowSince([accepted], revisions, [])).toEqual({ rows: [], news: [] });
  });
});
