import { describe, expect, it } from "vitest";
import { commonShift } from "../../src/stats/common-mode.ts";
import { signInterval } from "../../src/stats/distribution-free.ts";
import { pairedEstimate } from "../../src/stats/estimate.ts";
import { interval, pAbove } from "../../src/stats/p-value.ts";
import { gaussian, type Random, xoshiro128 } from "../../src/stats/random.ts";
import { repeatedInterval, sequentialP } from "../../src/stats/sequential.ts";

/** A loop: `Array.from` costs as much as what is drawn. */
function draw<T>(n: number, one: (i: number) => T): T[] {
  const drawn: T[] = [];
  for (let i = 0; i < n; i++) drawn.push(one(i));
  return drawn;
}
const PLAN = [6, 12, 24];
const NOISE = 0.03;
const L = Math.log(1.05);
/** Three standard errors of a rate over that many draws. */
const slack = (rate: number, repeats: number): number => 3 * Math.sqrt((rate * (1 - rate)) / repeats);
const slow = (random: Random): number => (random() < 0.1 ? Math.log(1.3) : 0);

/** Log ratios of pairs exactly at the threshold. */
const NOISES = {
  gaussian: (random: Random): number => L + NOISE * gaussian(random),
  "one round of ten a third slower": (random: Random): number =>
    L + slow(random) - slow(random) + NOISE * gaussian(random),
} as const;
const ROUNDS = draw(22, (i) => 3 + i);

describe("a true change exactly at the threshold, tested once", () => {
  const REPEATS = 40_000;
  const sizes = (n: number, noise: keyof typeof NOISES) => {
    const random = xoshiro128(n);
    const one = NOISES[noise];
    const ps = draw(REPEATS, () => pAbove(pairedEstimate(draw(n, () => one(random))), L));
    return {
      at: (alpha: number): number => ps.filter((p) => p <= alpha).length / REPEATS,
      coverage: ps.filter((p) => p > 0.025 && p < 0.975).length / REPEATS,
    };
  };

  it.each(ROUNDS)("%d pairs, Gaussian noise: as often as the level says, within 3 %", (n) => {
    const { at, coverage } = sizes(n, "gaussian");
    for (const alpha of [0.05, 0.025, 0.01, 0.001]) {
      expect(Math.abs(at(alpha) - alpha), `${alpha}`).toBeLessThan(0.03 * alpha + slack(alpha, REPEATS));
    }
    expect(Math.abs(coverage - 0.95)).toBeLessThan(0.0015 + slack(0.95, REPEATS));
  });

  it.each(ROUNDS)("%d pairs, slow rounds: seldom enough, and at 5 % at least half as often", (n) => {
    const { at, coverage } = sizes(n, "one round of ten a third slower");
    for (const alpha of [0.05, 0.025, 0.01, 0.001]) {
      expect(at(alpha), `${alpha}`).toBeLessThan(1.15 * alpha);
    }
    expect(at(0.05)).toBeGreaterThan(0.025 - slack(0.025, REPEATS));
    expect(coverage).toBeGreaterThan(0.95);
  });
});

describe("looks after 6, 12 and 24 rounds", () => {
  const REPEATS = 60_000;
  const simulate = (noise: keyof typeof NOISES) => {
    const random = xoshiro128(1000);
    return draw(REPEATS, () => {
      const d = draw(24, () => NOISES[noise](random));
      const estimates = PLAN.map((n) => pairedEstimate(d.slice(0, n)));
      return { estimates, ps: estimates.map((estimate) => pAbove(estimate, L)) };
    });
  };
  const simulated = new Map<keyof typeof NOISES, ReturnType<typeof simulate>>();
  const gates = (noise: keyof typeof NOISES) => {
    const known = simulated.get(noise) ?? simulate(noise);
    simulated.set(noise, known);
    return known;
  };

  it.each(Object.keys(NOISES) as (keyof typeof NOISES)[])(
    "err together as often as the level says, at most: %s",
    (noise) => {
      const all = gates(noise);
      const sequential = all.map(({ ps }) => sequentialP(PLAN, ps));
      for (const alpha of [0.05, 0.025, 0.01, 0.001]) {
        const alarms = sequential.filter((p) => p <= alpha).length / REPEATS;
        const peeking = all.filter(({ ps }) => Math.min(...ps) <= alpha).length / REPEATS;
        if (noise === "gaussian") {
          expect(Math.abs(alarms - alpha), `${alpha}`).toBeLessThan(0.02 * alpha + slack(alpha, REPEATS));
          expect(peeking, "looks that nobody pays for").toBeGreaterThan(1.9 * alpha);
        } else expect(alarms, `${alpha}`).toBeLessThan(1.1 * alpha);
      }
    },
  );

  it("give intervals that all hold the truth together", () => {
    const held = gates("gaussian").filter(({ estimates }) =>
      estimates.every((estimate, at) => {
        const { lower, upper } = repeatedInterval(PLAN, at, estimate, 0.9);
        return lower <= L && L <= upper;
      }),
    ).length;
    expect(held / REPEATS).toBeGreaterThan(0.9 - slack(0.9, REPEATS));
    expect(held / REPEATS).toBeLessThan(0.91);
  });
});

describe("what is shown beside the verdict", () => {
  it.each([6, 9, 12, 24])("the sign interval of %d skewed differences holds their median as often as it says", (n) => {
    const random = xoshiro128(n);
    const repeats = 20_000;
    let [held, level] = [0, 0];
    for (let i = 0; i < repeats; i++) {
      const reached = signInterval(
        draw(n, () => -Math.log(1 - random())),
        0.95,
      )!;
      level = reached.level;
      if (reached.lower <= Math.LN2 && Math.LN2 <= reached.upper) held++;
    }
    expect(Math.abs(held / repeats - level)).toBeLessThan(slack(level, repeats) * 1.2);
  });

  it.each([5, 6, 8, 12, 40])("a suite of %d that shares no shift is rarely said to have one", (n) => {
    const random = xoshiro128(3000 + n);
    const repeats = 20_000;
    const estimate = (mean: number) => ({ mean, se: 1e-3, df: 5, sd: 1e-3, n: 6 });
    const ps = draw(repeats, () => pAbove(commonShift(draw(n, () => estimate(NOISE * gaussian(random))))!, 0));
    for (const alpha of [0.05, 0.01]) {
      const alarms = ps.filter((p) => p <= alpha).length / repeats;
      expect(alarms).toBeLessThan(1.08 * alpha + slack(alpha, repeats));
      expect(alarms).toBeGreaterThan(0.4 * alpha);
    }
  });

  it("an interval at one look alone is narrower than one that pays for three", () => {
    const estimate = pairedEstimate([0.1, 0.12, 0.09, 0.11, 0.1, 0.13]);
    const [alone, repeated] = [interval(estimate, 0.9), repeatedInterval(PLAN, 0, estimate, 0.9)];
    expect(repeated.upper - repeated.lower).toBeGreaterThan(1.2 * (alone.upper - alone.lower));
  });
});
