import { describe, expect, it } from "vitest";
import { analyse, newChanges } from "../../src/judge/trend.ts";
import type { RawSeries } from "../../src/model/trend.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";

const sha = (run: number) => run.toString(16).padStart(40, "0");

/** A series of `runs` runs at `level(run)` with 1 % noise. */
function series(runs: number, level: (run: number) => number, more: Partial<RawSeries> = {}): RawSeries {
  const random = xoshiro128(runs);
  return {
    gate: "g",
    fingerprint: "f",
    suite: "parser",
    benchmark: "json",
    metric: "latency",
    statistic: "p50",
    unit: "s",
    better: "lower",
    exact: false,
    points: Array.from({ length: runs }, (_, run) => ({
      sha: sha(run),
      committedAt: "",
      value: level(run) * Math.exp(0.01 * gaussian(random)),
      spread: 0.02,
    })),
    ...more,
  };
}

describe("a series looked at", () => {
  it("has its levels, and each change between the commits that brought it", () => {
    const { levels, changes } = analyse(series(40, (run) => (run < 25 ? 0.001 : 0.0012)));
    expect(levels.map(({ from, to }) => [from, to])).toEqual([
      [0, 25],
      [25, 40],
    ]);
    expect(levels[0]!.value).toBeCloseTo(0.001, 4);
    expect(changes).toMatchObject([{ at: 25, before: sha(24), after: sha(25), worse: true, accepted: null }]);
    expect(changes[0]!.ratio).toBeCloseTo(1.2, 1);
  });

  it("knows which way is worse", () => {
    const down = (run: number) => (run < 25 ? 100 : 80);
    expect(analyse(series(40, down, { better: "higher" })).changes[0]).toMatchObject({ worse: true });
    expect(analyse(series(40, down)).changes[0]).toMatchObject({ worse: false });
  });

  it("holds shifts of under 2 % for none, and of under 0.5 % where values are exact", () => {
    const step = (run: number) => (run < 30 ? 1 : 1.012);
    const exact = (run: number) => Math.round(10_000 * step(run));
    expect(analyse(series(60, step)).changes).toEqual([]);
    const counted = series(60, exact, { exact: true });
    const points = counted.points.map((point, run) => ({ ...point, value: exact(run) }));
    expect(analyse({ ...counted, points }).changes).toMatchObject([{ at: 30 }]);
  });

  it("names why a change was accepted: the newest for the worse that is small enough", () => {
    const stairs = series(60, (run) => (run < 20 ? 1 : run < 40 ? 1.1 : 1.32));
    const accept = { match: "parser/json latency p50", upTo: 0.15, reason: "worth it", until: null };
    expect(analyse(stairs, [accept]).changes.map(({ accepted }) => accepted)).toEqual(["worth it", null]);
    expect(analyse(stairs, [{ ...accept, upTo: 0.5 }]).changes.map(({ accepted }) => accepted)).toEqual([
      null,
      "worth it",
    ]);
    expect(analyse(stairs, [{ ...accept, match: "render/*" }]).changes.map(({ accepted }) => accepted)).toEqual([
      null,
      null,
    ]);
    const better = series(60, (run) => (run < 30 ? 1 : 0.9));
    expect(analyse(better, [accept]).changes.map(({ accepted }) => accepted)).toEqual([null]);
  });

  it("takes a steady drift for one drift, not for steps, and draws it as a line", () => {
    const { changes, levels, drift } = analyse(series(60, (run) => Math.exp((0.2 * run) / 60)));
    expect(changes).toEqual([]);
    expect(drift).toMatchObject({ kind: "steady", worse: true, since: sha(0) });
    expect(drift!.ratio).toBeCloseTo(Math.exp(0.2), 1);
    expect(levels).toHaveLength(1);
    expect(levels[0]!.begin).toBeCloseTo(1, 1);
    expect(levels[0]!.value).toBeCloseTo(Math.exp(0.2), 1);
  });

  it("takes a step two runs after it for one, though the runs before it got a little better each time", () => {
    const { changes, levels } = analyse(series(22, (run) => (run < 20 ? Math.exp(-0.002 * run) : 1.1)));
    expect(changes).toMatchObject([{ at: 20, before: sha(19), after: sha(20), worse: true }]);
    expect(levels.filter(({ begin }) => begin !== undefined)).toEqual([]);
  });

  it("tells of a step for the worse where a drift for the better ends", () => {
    const level = (run: number) => Math.exp(-0.004 * Math.min(run, 39)) * (run < 40 ? 1 : 1.15);
    const { changes } = analyse(series(46, level));
    expect(changes).toMatchObject([{ worse: false }, { worse: true }]);
    expect(Math.abs(changes[1]!.at - 40)).toBeLessThanOrEqual(1);
    expect(changes[1]!.ratio).toBeCloseTo(1.15, 1);
  });

  it("makes one change of a drift that has come to its end, from the run before it to its last one", () => {
    const { changes, drift } = analyse(series(100, (run) => Math.exp((0.2 * Math.min(50, run)) / 50)));
    expect(changes).toHaveLength(1);
    expect(changes[0]!.ratio).toBeGreaterThan(1.12);
    expect(changes[0]).toMatchObject({ worse: true });
    expect(Number.parseInt(changes[0]!.after, 16) - Number.parseInt(changes[0]!.before, 16)).toBeGreaterThan(25);
    expect(drift?.kind).not.toBe("steady");
  });

  it("leaves steps what they are, one or two in the same direction", () => {
    const two = analyse(series(100, (run) => (run < 30 ? 1 : run < 70 ? 1.05 : 1.1)));
    expect(two.changes).toHaveLength(2);
    expect(two.levels.map(({ begin }) => begin)).toEqual([undefined, undefined, undefined]);
  });

  it("tells of a creep since the first runs, and not of one that came back", () => {
    const creep = series(100, (run) => 1 + 0.001 * Math.max(0, run - 20));
    expect(analyse(creep).drift).toMatchObject({ worse: true });
    expect(analyse(creep).drift!.ratio).toBeGreaterThan(1.05);
    expect(analyse(series(100, () => 1)).drift).toBeNull();
    expect(analyse(series(100, (run) => (run >= 40 && run < 60 ? 1.2 : 1))).drift).toBeNull();
  });

  it("looks for nothing where values have no ratio", () => {
    const zero = series(40, (run) => (run < 20 ? 1 : 2));
    const points = zero.points.map((point, run) => (run === 3 ? { ...point, value: 0 } : point));
    expect(analyse({ ...zero, points })).toMatchObject({ levels: [], changes: [], drift: null });
  });

  it("is the same each time", () => {
    const raw = series(80, (run) => (run < 50 ? 1 : 1.03));
    expect(analyse(raw)).toEqual(analyse(raw));
  });
});

describe("what the newest run has brought to light", () => {
  const step = series(60, (run) => (run < 30 ? 1 : 1.1));
  const upTo = (runs: number) => ({ ...step, points: step.points.slice(0, runs) });

  it("is a change once, at the run with which it is found", () => {
    const told = Array.from({ length: 31 }, (_, more) => 30 + more).filter((runs) => newChanges(upTo(runs)).length > 0);
    expect(told).toHaveLength(1);
    // A step of five standard deviations is seen by two or three runs of it.
    expect(told[0]).toBeGreaterThanOrEqual(32);
    expect(told[0]).toBeLessThan(34);
    expect(newChanges(upTo(told[0]!))).toMatchObject([{ before: sha(29), after: sha(30), worse: true }]);
  });

  it("is not told anew each time that a drift goes on", () => {
    const drifting = series(40, (run) => Math.exp(0.004 * run));
    const told = Array.from({ length: 33 }, (_, more) => 8 + more).filter(
      (runs) => newChanges({ ...drifting, points: drifting.points.slice(0, runs) }).length > 0,
    );
    expect(told.length).toBeGreaterThanOrEqual(1);
    expect(told.length).toBeLessThanOrEqual(4);
  });

  it("is told where it goes against a drift that was known before", () => {
    const told = Array.from({ length: 4 }, (_, seed) => {
      const random = xoshiro128(seed + 1);
      const value = (run: number) =>
        Math.exp(-0.0016 * Math.min(run, 49) + (run < 50 ? 0 : 0.15) + 0.01 * gaussian(random));
      const { points } = series(54, () => 1);
      const raw = series(54, () => 1, { points: points.map((point, run) => ({ ...point, value: value(run) })) });
      return [51, 52, 53, 54].some((runs) =>
        newChanges({ ...raw, points: raw.points.slice(0, runs) }).some(
          ({ at, worse }) => worse && Math.abs(at - 50) <= 2,
        ),
      );
    });
    expect(told).toEqual([true, true, true, true]);
  });

  it("is nothing in a flat history, nor in a short one", () => {
    expect(newChanges(series(60, () => 1))).toEqual([]);
    expect(newChanges(series(3, (run) => run + 1))).toEqual([]);
    expect(newChanges(series(1, () => 1))).toEqual([]);
  });
});
