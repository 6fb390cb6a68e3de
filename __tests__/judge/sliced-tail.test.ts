import { describe, expect, it } from "vitest";
import type { Measurement } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";
import type { Judgement } from "../../src/model/verdict.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";
import { aSeries, withRounds } from "../synthetic.ts";
import { aBudget, judged, row } from "./kit.ts";

/** What differs between the sides: by which factor the p99 of slices, and that of whole rounds, is larger. */
interface Change {
  readonly slices?: number;
  readonly whole?: number;
  /** Standard deviation of ln p99 of whole rounds. */
  readonly noise?: number;
  /** Rounds without slices. */
  readonly without?: (round: number) => boolean;
  /** How many samples the slices of either side hold. */
  readonly perSlice?: readonly [number, number];
  /** Standard deviation of ln p99 of a slice. */
  readonly unquiet?: number;
  readonly resolution?: number;
}

const PAIRS = 12;
const SLICES = 18;

/** Twelve draws of a normal distribution as even as can be: their mean is 0. */
const EVEN = [-1.7, -1.1, -0.8, -0.5, -0.3, -0.1, 0.1, 0.3, 0.5, 0.8, 1.1, 1.7];

/** A round whose p99 varies as `noise` says, and with it that of a few of its slices; that of most varies by 5 %. */
function side(
  step: number,
  [slices, whole, perSlice]: readonly [number, number, number],
  { noise = 0.25, unquiet = 0.05, resolution, without = () => false }: Change,
) {
  const random = xoshiro128(step);
  return aSeries(PAIRS, (round) => {
    const burst = noise * EVEN[(round * step) % PAIRS]!;
    const tails = Array.from(
      { length: SLICES },
      (_, at) => 1e-4 * slices * Math.exp(unquiet * gaussian(random) + (at < 3 ? burst : 0)),
    );
    const round99 = 1e-4 * whole * Math.exp(burst);
    const quantiles: Measurement["distribution"] = {
      kind: "quantiles",
      quantiles: { "0.5": 5e-5, "0.99": round99 },
      count: 3000,
    };
    return {
      distribution: quantiles,
      medians: tails.map(() => 5e-5),
      ...(!without(round) && { tails, perSlice }),
      ...(resolution && { resolution }),
    };
  });
}

function sides({ slices = 1, whole = slices, perSlice = [60, 60], ...change }: Change): [Recording, Recording] {
  return [side(5, [1, 1, perSlice[0]], change), side(7, [slices, whole, perSlice[1]], change)];
}

function twice(recording: Recording): Recording {
  return withRounds(recording, (round) => ({
    ...round,
    measurements: round.measurements.flatMap((each) => [each, { ...each, benchmark: "b" }]),
  }));
}

function p99(change: Change, budget = {}): Judgement {
  const [before, after] = sides(change);
  const budgets = [aBudget({ statistic: "p99", threshold: 0.15, ...budget })];
  return row(judged(before, after, { budgets }, "side-by-side"), "p99");
}

const never = () => true;

describe("a p99 that is compared slice by slice", () => {
  it("is settled where whole rounds leave it open, by less noise", () => {
    const [sliced, whole] = [p99({}), p99({ without: never })];
    expect([sliced.verdict, whole.verdict]).toEqual(["unchanged", "inconclusive"]);
    expect(sliced.comparison!.noise).toBeLessThan(0.3 * whole.comparison!.noise);
  });

  it("is a regression where the slices are slower, unless whole rounds point the other way", () => {
    const { verdict, comparison } = p99({ slices: 1.3 });
    expect(verdict).toBe("regression");
    expect(comparison!.ratio).toBeCloseTo(1.3, 1);
    expect(p99({ slices: 1.3, without: never }).verdict).toBe("inconclusive");
    for (const [slices, whole, noise] of [
      [1.25, 0.9, 0.5],
      [1.45, 1.02, 0.2],
    ] as const) {
      const against = { slices, whole, noise };
      expect(p99(against)).toEqual(p99({ ...against, without: never }));
    }
  });

  it("is what whole rounds say, where these decide", () => {
    for (const [whole, verdict] of [
      [3, "regression"],
      [1, "unchanged"],
      [0.5, "improvement"],
    ] as const) {
      const quiet = { whole, noise: whole === 1 ? 0.05 : 0.25 };
      for (const slices of [0.6, 1, 1.6]) expect(p99({ slices, ...quiet })).toEqual(p99({ ...quiet, without: never }));
      expect(p99(quiet).verdict).toBe(verdict);
    }
  });

  it("is open where whole rounds cannot exclude twice the threshold, and says what they could see", () => {
    for (const whole of [1.17, 1.25]) {
      const { verdict, comparison, warnings } = p99({ whole });
      expect(verdict).toBe("inconclusive");
      expect(comparison).toMatchObject({ ratio: p99({ whole, without: never }).comparison!.ratio });
      expect(warnings.map(({ code }) => code)).toContain("noisy");
    }
    expect(p99({ whole: 1.03 }).verdict).toBe("unchanged");
    const nearly = { whole: 1.18, noise: 0.08 };
    expect(p99({ ...nearly, without: never }).comparison!.interval.upper).toBeLessThan(1.32);
    expect(p99(nearly).verdict).toBe("inconclusive");
  });

  it("asks for as many rounds as exclude such a change, where those are fewer than settle whole rounds", () => {
    const [sliced, whole] = [p99({ noise: 0.5 }), p99({ noise: 0.5, without: never })];
    expect([sliced.verdict, whole.verdict]).toEqual(["inconclusive", "inconclusive"]);
    const needed = sliced.comparison!.roundsNeeded!;
    expect(needed).toBeGreaterThan(PAIRS);
    expect(needed).toBeLessThan(whole.comparison!.roundsNeeded ?? Number.POSITIVE_INFINITY);
    expect(sliced.warnings).toContainEqual(expect.objectContaining({ code: "noisy", roundsNeeded: needed }));
  });

  it("is no improvement by its slices alone", () => {
    expect(p99({ slices: 0.7, whole: 1 }).verdict).toBe("not-slower");
    expect(p99({ slices: 0.7, whole: 1.3 }).verdict).toBe("inconclusive");
  });

  it("keeps a promise by whole rounds alone", () => {
    const promised = { goal: 0.3 };
    expect(p99({ slices: 0.6, whole: 1.05, noise: 0.15 }, promised).goal?.state).toBe("missed");
    expect(p99({ slices: 1, whole: 0.4 }, promised).goal?.state).toBe("proven");
    expect(p99({ slices: 0.6, whole: 0.65 }, promised).goal?.state).toBe("open");
  });

  it("is that of whole rounds where any round has no slices of its own", () => {
    expect(p99({ without: (round) => round === 4 })).toEqual(p99({ without: never }));
  });

  it("is that of whole rounds where slices hold too few samples, or one side's more than the other's", () => {
    for (const perSlice of [
      [29, 29],
      [60, 70],
      [70, 60],
    ] as const)
      expect(p99({ perSlice })).toEqual(p99({ perSlice, without: never }));
    for (const perSlice of [
      [30, 30],
      [60, 64],
    ] as const)
      expect(p99({ perSlice }).verdict).toBe("unchanged");
  });

  it("is told as whole rounds have it where slices know less, or whole rounds show it to be worse", () => {
    const loud = { unquiet: 2, whole: 1.05 };
    expect(p99(loud)).toEqual(p99({ ...loud, without: never }));
    const worse = { slices: 1.15, whole: 1.35, unquiet: 0.3 };
    expect(p99(worse)).toEqual(p99({ ...worse, without: never }));
    expect(p99(worse).comparison!.interval.lower).toBeGreaterThan(1);
    expect(p99({ ...worse, whole: 1.15 }).comparison!.noise).toBeLessThan(p99(worse).comparison!.noise);
  });

  it("is not settled where two steps of the clock hide what whole rounds did", () => {
    const coarse = { slices: 0.7, whole: 1.03, resolution: 1e-5 };
    expect(p99(coarse)).toEqual(p99({ ...coarse, without: never }));
  });

  it("keeps whole rounds' readings as the value that is shown, and for a limit", () => {
    expect(p99({}).baseline).toBeCloseTo(p99({ without: never }).baseline!, 12);
    expect(p99({}, { limit: 7e-5 }).limit?.broken).toBe(true);
  });

  it("leaves the number of comparisons among which whole rounds are corrected as it is", () => {
    const slower = { whole: 3 };
    const two = (change: Change) =>
      judged(
        ...(([0, 1] as const).map((side) => twice(sides({ ...slower, ...change })[side]!)) as [Recording, Recording]),
        { budgets: [aBudget({ statistic: "p99", threshold: 0.15 })] },
        "side-by-side",
      ).judgements.map(({ comparison }) => comparison!.adjustedP);
    expect(two({})).toEqual(two({ without: never }));
  });
});
