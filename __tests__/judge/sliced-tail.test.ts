import { describe, expect, it } from "vitest";
import type { Measurement } from "../../src/model/measurement.ts";
import type { Judgement } from "../../src/model/verdict.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";
import { aSeries } from "../synthetic.ts";
import { aBudget, judged, row } from "./kit.ts";

/** What differs between the sides: by which factor the p99 of slices, and that of whole rounds, is larger. */
interface Change {
  readonly slices?: number;
  readonly whole?: number;
  /** Standard deviation of ln p99 of whole rounds. */
  readonly noise?: number;
  /** Rounds whose slices hold too few samples. */
  readonly without?: (round: number) => boolean;
}

const PAIRS = 12;
const SLICES = 18;

/** Twelve draws of a normal distribution as even as can be: their mean is 0. */
const EVEN = [-1.7, -1.1, -0.8, -0.5, -0.3, -0.1, 0.1, 0.3, 0.5, 0.8, 1.1, 1.7];

/** A round whose p99 varies as `noise` says, and with it that of a few of its slices; that of most varies by 5 %. */
function side(step: number, slices: number, whole: number, { noise = 0.25, without = () => false }: Change) {
  const random = xoshiro128(step);
  return aSeries(PAIRS, (round) => {
    const burst = noise * EVEN[(round * step) % PAIRS]!;
    const tails = Array.from(
      { length: SLICES },
      (_, at) => 1e-4 * slices * Math.exp(0.05 * gaussian(random) + (at < 3 ? burst : 0)),
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
      ...(!without(round) && { tails }),
    };
  });
}

function p99({ slices = 1, whole = slices, ...change }: Change, budget = {}): Judgement {
  const [before, after] = [side(5, 1, 1, change), side(7, slices, whole, change)];
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

  it("is a regression where the slices are slower", () => {
    const { verdict, comparison } = p99({ slices: 1.3 });
    expect(verdict).toBe("regression");
    expect(comparison!.ratio).toBeCloseTo(1.3, 1);
    expect(p99({ slices: 1.3, without: never }).verdict).toBe("inconclusive");
  });

  it("is a regression where whole rounds are slower, though most slices know nothing of it", () => {
    const { verdict, comparison } = p99({ whole: 3 });
    expect(verdict).toBe("regression");
    expect(comparison!.ratio).toBeGreaterThan(2);
  });

  it("is open where whole rounds cannot exclude twice the threshold, and says what they could see", () => {
    const { verdict, comparison, warnings } = p99({ whole: 1.35 });
    expect(verdict).toBe("inconclusive");
    expect(comparison!.ratio).toBeGreaterThan(1.2);
    expect(comparison!.noise).toBeGreaterThan(0.2);
    expect(warnings.map(({ code }) => code)).toContain("noisy");
  });

  it("asks for as many rounds as exclude such a change, not as settle whole rounds", () => {
    const [sliced, whole] = [p99({ noise: 0.5 }), p99({ noise: 0.5, without: never })];
    expect([sliced.verdict, whole.verdict]).toEqual(["inconclusive", "inconclusive"]);
    expect(sliced.comparison!.roundsNeeded).toBeGreaterThan(PAIRS);
    expect(sliced.comparison!.roundsNeeded).toBeLessThan(whole.comparison!.roundsNeeded! / 2);
  });

  it("is no improvement where whole rounds may be slower", () => {
    expect(p99({ slices: 0.7, whole: 0.7 }).verdict).toBe("improvement");
    expect(p99({ slices: 0.7, whole: 1.35 }).verdict).toBe("inconclusive");
  });

  it("is that of whole rounds where the slices of any round hold too few samples", () => {
    expect(p99({ without: (round) => round === 4 })).toEqual(p99({ without: never }));
  });

  it("keeps whole rounds' readings as the value that is shown, and for a limit", () => {
    expect(p99({}).baseline).toBeCloseTo(p99({ without: never }).baseline!, 12);
    expect(p99({}, { limit: 9e-5 }).limit?.broken).toBe(true);
  });

  it("shares the false discovery rate with the others by its slices alone", () => {
    expect(p99({ slices: 1.3 }).comparison!.adjustedP).toBe(p99({ slices: 1.3 }).comparison!.p);
  });
});
