import { describe, expect, it } from "vitest";
import { sketched } from "../../src/baseline/sketched.ts";
import { slicesOf } from "../../src/harness/sample.ts";
import { pairRatios } from "../../src/judge/rows/pair-ratio.ts";
import { smallest } from "../../src/model/extremes.ts";
import type { Recording } from "../../src/model/recording.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";
import { median } from "../../src/stats/summary.ts";
import { aSeries, many } from "../synthetic.ts";
import { aBudget, judged, row } from "./kit.ts";

const slot = { session: "s", pair: 0 };
const reading = (value: number, slices?: readonly number[]) => ({ ...slot, value, ...(slices && { slices }) });
const rising = (length: number, value: number) => Array.from({ length }, (_, index) => value * (1 + index));
const eight = (value: number) => rising(8, value);

describe("the log ratio of a pair", () => {
  it("is the median over its slices, which run side by side", () => {
    // The whole rounds are 50 % apart, seven slices of nine 10 %.
    const before = [1, 1, 4, 4, 4, 1, 1, 1, 1];
    const after = before.map((value, index) => value * (index < 2 ? 9 : 1.1));
    expect(pairRatios([[reading(1, before), reading(1.5, after)]])[0]).toBeCloseTo(Math.log(1.1), 12);
  });

  it("is that of the rounds' own medians where a pair of them lacks slices, has few, or one of them at zero", () => {
    const whole = [reading(1, eight(1)), reading(1.5, eight(1.1))] as const;
    expect(pairRatios([whole])[0]).toBeCloseTo(Math.log(1.1), 12);
    for (const [a, b] of [
      [reading(1), reading(1.5, eight(1))],
      [reading(1, [1, 1]), reading(1.5, [1, 1])],
      [reading(1, [0, ...eight(1)]), reading(1.5, eight(1).concat(1))],
    ] as const) {
      expect(pairRatios([whole, [a, b]]).map((x) => x.toFixed(9))).toEqual(Array(2).fill(Math.log(1.5).toFixed(9)));
    }
  });

  it("takes as many slices as both sides have, and joins neighbours of the side that has twice as many", () => {
    expect(pairRatios([[reading(1, eight(1)), reading(1.5, [...eight(2), 99])]])[0]).toBeCloseTo(Math.log(2), 12);
    const fine = rising(16, 1).flatMap((value) => [0.9 * value, 1.1 * value]);
    expect(pairRatios([[reading(1, rising(16, 1)), reading(1.5, fine)]])[0]).toBeCloseTo(0, 12);
    expect(pairRatios([[reading(1.5, fine), reading(1, rising(16, 1))]])[0]).toBeCloseTo(0, 12);
  });

  it("holds what ran side by side against each other where one side was measured for half as long", () => {
    const [short, long] = [reading(1, eight(1)), reading(2, rising(17, 1.1))];
    expect(pairRatios([[short, long]])[0]).toBeCloseTo(Math.log(1.1), 12);
    expect(pairRatios([[long, short]])[0]).toBeCloseTo(-Math.log(1.1), 12);
  });

  it("takes no slices for joined that cannot be", () => {
    const least = (kept: (slices: readonly number[]) => readonly number[]) =>
      smallest(Array.from({ length: 200 }, (_, more) => kept(Array<number>(33 + more).fill(1)).length));
    const byHarness = (slices: readonly number[]) =>
      slicesOf({ middles: slices, tails: [], samples: 1 }, [1], 0).middles;
    const byStore = (slices: readonly number[]) => {
      const [round] = sketched(aSeries(1, () => ({ ...many(rising(99, 1)), medians: byHarness(slices) }))).rounds;
      return round!.measurements[0]!.medians!;
    };
    expect([least(byHarness), least(byStore)]).toEqual([32, 16]);
  });
});

describe("rounds in lockstep whose machine is slowed for a while", () => {
  /** Twenty slices a round, about half of which the machine slows: both sides alike, but for one slice of ten. */
  const sides = (change: number, sliced: boolean): readonly [Recording, Recording] => {
    const side = (factor: number, seed: number) => {
      const [machine, own] = [xoshiro128(7), xoshiro128(seed)];
      return aSeries(12, () => {
        const share = 0.2 + 0.6 * machine();
        const medians = Array.from({ length: 20 }, () => {
          const slow = machine() < share !== own() < 0.1 ? 1.5 : 1;
          return 1e-4 * factor * slow * Math.exp(0.01 * gaussian(own));
        });
        return { ...many([...medians, median(medians)]), ...(sliced && { medians }) };
      });
    };
    return [side(1, 1), side(1 + change, 2)];
  };
  const p50 = (change: number, sliced: boolean) => row(judged(...sides(change, sliced), { budgets: [aBudget()] }));

  it("are told apart by their slices with far less noise than by the medians of whole rounds", () => {
    expect(p50(0, true).verdict).toBe("unchanged");
    expect(p50(0.1, true).verdict).toBe("regression");
    expect(p50(0.1, true).comparison!.noise).toBeLessThan(0.5 * p50(0.1, false).comparison!.noise);
  });

  it("show the median of all samples as the value", () => {
    expect(p50(0.1, true).baseline).toBeCloseTo(p50(0.1, false).baseline!, 12);
  });
});
