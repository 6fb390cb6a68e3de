import { describe, expect, it } from "vitest";
import { type History, isWithin, searchIn, steps } from "../../../bench/bisect/simulate.ts";
import {
  type Answer,
  answered,
  mostGates,
  type Search,
  startSearch,
  stepOf,
} from "../../../src/judge/bisect/search.ts";
import type { Finding } from "../../../src/model/bisect.ts";
import { gaussian, xoshiro128 } from "../../../src/stats/random.ts";

const TEN = Math.log(1.1);
const near = (mean: number, reach = 0.001) => ({ mean, lower: mean - reach, upper: mean + reach });

/** Follows a search whose answers come from the levels of commits; the steps that it took, and its end. */
function follow(levels: readonly number[], broken: readonly number[] = [], reach = 0.001) {
  let search: Search = startSearch(levels.length - 1, near(levels.at(-1)!, reach));
  const asked: (readonly [number, number])[] = [];
  for (;;) {
    const step = stepOf(search);
    if (step.kind === "done") return { asked, finding: step.finding };
    asked.push([step.from, step.at]);
    const answer: Answer = broken.includes(step.at)
      ? { kind: "unbuilt" }
      : { kind: "measured", change: near(levels[step.at]! - levels[step.from]!, reach) };
    search = answered(search, step, answer);
  }
}

describe("a search along a line of commits", () => {
  it.each([1, 2, 3, 7, 8])("finds a step at commit %d of 8, and shows it beside its parent", (at) => {
    const { asked, finding } = follow(steps(8, { [at]: TEN }));
    expect(finding).toMatchObject({ after: at - 1, until: at, stop: null, between: [], rest: false });
    expect(finding.change!.mean).toBeCloseTo(TEN, 12);
    expect(asked.at(-1)).toEqual(at === 1 ? [0, 1] : [at - 1, at]);
    expect(finding.gates).toBeLessThanOrEqual(mostGates(8));
  });

  it("finds what became faster as well", () => {
    expect(follow(steps(16, { 11: -TEN })).finding).toMatchObject({ until: 11, stop: null });
  });

  it("needs no further gate where the bad commit follows the good one", () => {
    expect(follow(steps(1, { 1: TEN }))).toMatchObject({
      asked: [],
      finding: { after: 0, until: 1, stop: null, gates: 1 },
    });
  });

  it("leaves out commits that do not build, and finds the step beside them", () => {
    const { finding } = follow(steps(16, { 11: TEN }), [7, 8, 9]);
    expect(finding).toMatchObject({ after: 10, until: 11, stop: null, unbuilt: [8, 9] });
  });

  it("names the range where all that is left does not build", () => {
    const { finding } = follow(steps(16, { 9: TEN }), [7, 8, 9, 10]);
    expect(finding).toMatchObject({ after: 6, until: 11, stop: "unbuilt" });
    expect([...finding.unbuilt].sort((a, b) => a - b)).toEqual([7, 8, 9, 10]);
    expect(finding.change!.mean).toBeCloseTo(TEN, 12);
  });

  it("tries ever farther from the middle where long stretches do not build", () => {
    const broken = Array.from({ length: 40 }, (_, index) => 12 + index);
    const { asked, finding } = follow(steps(64, { 60: TEN }), broken);
    expect(finding).toMatchObject({ until: 60, stop: null });
    expect(asked.length).toBeLessThan(14);
  });

  it("finds one of two steps and says that it is not all", () => {
    const { finding } = follow(steps(16, { 4: TEN, 12: TEN }));
    expect([4, 12]).toContain(finding.until);
    expect(finding).toMatchObject({ stop: null, rest: true, between: [8] });
  });

  it("blames no commit of a drift for all of it", () => {
    const { finding } = follow(Array.from({ length: 65 }, (_, at) => 0.003 * at));
    expect(finding.between.length).toBeGreaterThan(1);
    expect(finding.rest || finding.stop !== null).toBe(true);
  });

  it("says that it cannot tell where the middle is no more like one end than like the other", () => {
    const { finding, asked } = follow(steps(8, { 4: TEN }), [], TEN);
    expect(finding).toMatchObject({ stop: "noise", change: null, after: 0, until: 8 });
    expect(asked).toEqual([
      [0, 4],
      [0, 4],
    ]);
  });

  it("says so where the last two commits do not differ next to each other", () => {
    let search = startSearch(2, near(TEN));
    search = answered(search, { kind: "measure", at: 1, from: 0 }, { kind: "measured", change: near(0) });
    expect(stepOf(search)).toEqual({ kind: "measure", at: 2, from: 1 });
    search = answered(search, { kind: "measure", at: 2, from: 1 }, { kind: "measured", change: near(0) });
    expect(stepOf(search)).toMatchObject({ kind: "done", finding: { stop: "contradiction" } });
  });
});

describe("a search among noise", () => {
  /** Pairs with a standard deviation of 4 %, and one in twenty that is slow on one side. */
  const noiseOf = (seed: number): History["noise"] => {
    const random = xoshiro128(seed);
    return (_, pairs) =>
      Array.from({ length: pairs }, () => 0.04 * gaussian(random) + (random() < 0.05 ? 0.3 * (random() - 0.5) : 0));
  };
  const searches = (make: (random: () => number) => Pick<History, "levels">): (Finding | null)[] =>
    Array.from({ length: 20 }, (_, seed) =>
      searchIn({ ...make(xoshiro128(500 + seed)), broken: new Set(), noise: noiseOf(seed) }),
    );

  it("names the commit of a step of 10 %, within its gates", () => {
    const places: number[] = [];
    const found = searches((random) => {
      places.push(1 + Math.floor(64 * random()));
      return { levels: steps(64, { [places.at(-1)!]: TEN }) };
    });
    expect(
      found.filter((each, index) => each?.stop === null && each.until === places[index]).length,
    ).toBeGreaterThanOrEqual(19);
    expect(found.every((each) => each === null || isWithin(each, 64))).toBe(true);
  });

  it("has nothing to follow where nothing has changed", () => {
    expect(searches(() => ({ levels: steps(64, {}) })).every((each) => each === null)).toBe(true);
  });
});
