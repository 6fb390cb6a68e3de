import { gaussian, type Random } from "../../src/stats/random.ts";

const PAIRS = 24;
/** What p99 scatters by beside its round's level, on one side. */
const OWN_P99 = 0.06;
const SLOTS = 2 * PAIRS;

/** The log ratios of the pairs of one benchmark. */
export interface Differences {
  readonly p50: Float64Array;
  readonly p99: Float64Array;
}

/** A kind of noise of unchanged code: draws one gate of so many benchmarks. */
export interface Hostile {
  readonly name: string;
  readonly gate: (random: Random, benchmarks: number) => readonly Differences[];
}

/** Every kind; percentages are of one round on one side, whose level p50 and p99 share. A slot is a round in the order of time. */
export const HOSTILE: readonly Hostile[] = [
  own("Gaussian 2 %", (random) => 0.02 * gaussian(random)),
  own("t(2) rounds × 2 %", (random) => 0.02 * studentT2(random)),
  own("Cauchy rounds × 2 %", (random) => 0.02 * Math.tan(Math.PI * (random() - 0.5))),
  own("log-normal, σ 0.2", (random) => 0.2 * gaussian(random)),
  shared("common factor 5 %, own 2 %", 0.02, (random) => slots(() => 0.05 * gaussian(random))),
  shared("common factor 20 %, own 2 %", 0.02, (random) => slots(() => 0.2 * gaussian(random))),
  shared("one slot of ten +50 % for all, own 2 %", 0.02, (random) => slots(() => (random() < 0.1 ? Math.log(1.5) : 0))),
  shared("drift φ 0.98, sd 10 %, of all", 0.01, (random) => drift(random, 0.1)),
  {
    name: "drift φ 0.98, sd 30 %, each its own",
    gate: (random, benchmarks) =>
      Array.from({ length: benchmarks }, () => fromSlots(random, drift(random, 0.3), aPlan(random), 0.005)),
  },
  shared("ramp 1 % a slot", 0.01, () => slots((i) => 0.01 * i)),
  shared("ramp 4 % a slot", 0.01, () => slots((i) => 0.04 * i)),
  shared("warm-up of +50 %, τ 8 slots", 0.01, () => slots((i) => 0.5 * (1 - Math.exp(-i / 8)))),
  shared("a step of +30 % somewhere", 0.01, (random) => {
    const from = Math.floor(random() * SLOTS);
    return slots((i) => (i >= from ? Math.log(1.3) : 0));
  }),
  ticking("clock tick of 5 to 10 %, sd 2 %", 0.1, (random) => 1 + random()),
  ticking("clock tick of 20 to 25 %, sd 2 %", 0.25, (random) => 1 + 0.25 * random()),
  own("modes 0, +4, +12 % drawn a process", (random) => MODES[Math.floor(3 * random())]! + 0.01 * gaussian(random)),
  own("candidate 10 %, baseline 1 %", (random, side) => (side === 1 ? 0.1 : 0.01) * gaussian(random)),
  skewed("candidate exponential 5 %, equal medians", 0.05, Math.LN2),
  skewed("candidate exponential 20 %, equal medians", 0.2, Math.LN2),
  skewed("candidate exponential 20 %, equal means", 0.2, 1),
  own("5 % of rounds 10 ×", outliers(0.05, 0.05)),
  own("20 % of rounds 10 ×", outliers(0.2, 0.2)),
  own("10 % of the candidate's rounds 10 ×", outliers(0, 0.1)),
  own("20 % of the candidate's rounds 10 ×", outliers(0, 0.2)),
];

const MODES = [0, Math.log(1.04), Math.log(1.12)] as const;

/** 0 is the baseline, 1 the candidate. */
type Side = 0 | 1;

function own(name: string, one: (random: Random, side: Side) => number): Hostile {
  return {
    name,
    gate: (random, benchmarks) =>
      Array.from({ length: benchmarks }, () => both(random, () => one(random, 1) - one(random, 0))),
  };
}

/** One series of slots for all benchmarks, and noise of `sd` of their own. */
function shared(name: string, sd: number, levels: (random: Random) => Float64Array): Hostile {
  return {
    name,
    gate: (random, benchmarks) => {
      const [series, plan] = [levels(random), aPlan(random)];
      return Array.from({ length: benchmarks }, () => fromSlots(random, series, plan, sd));
    },
  };
}

function skewed(name: string, scale: number, centre: number): Hostile {
  return own(name, (random, side) =>
    side === 1 ? scale * (-Math.log(1 - random()) - centre) : 0.01 * gaussian(random),
  );
}

function outliers(baseline: number, candidate: number) {
  return (random: Random, side: Side): number =>
    0.02 * gaussian(random) + (random() < (side === 1 ? candidate : baseline) ? Math.LN10 : 0);
}

/** Values rounded to whole steps; `level` draws a benchmark's true value. */
function ticking(name: string, step: number, level: (random: Random) => number): Hostile {
  return {
    name,
    gate: (random, benchmarks) =>
      Array.from({ length: benchmarks }, () => {
        const truth = level(random);
        const read = (sd: number) => {
          const steps = Math.round((truth * Math.exp(sd * gaussian(random))) / step);
          return Math.log(step * Math.max(1, steps));
        };
        return {
          p50: pairs(() => read(0.02) - read(0.02)),
          p99: pairs(() => read(0.02 + OWN_P99) - read(0.02 + OWN_P99)),
        };
      }),
  };
}

function both(random: Random, one: (pair: number) => number): Differences {
  const p50 = pairs(one);
  return { p50, p99: p50.map((d) => d + OWN_P99 * Math.SQRT2 * gaussian(random)) };
}

/** Whether the baseline comes first, pair by pair: ABBA or BAAB in blocks of two pairs. */
function aPlan(random: Random): readonly boolean[] {
  return Array.from({ length: PAIRS / 2 }, () => random() < 0.5).flatMap((first) => [first, !first]);
}

function fromSlots(random: Random, series: Float64Array, plan: readonly boolean[], sd: number): Differences {
  return both(random, (pair) => {
    const step = series[2 * pair + 1]! - series[2 * pair]!;
    return (plan[pair]! ? step : -step) + sd * Math.SQRT2 * gaussian(random);
  });
}

function pairs(one: (pair: number) => number): Float64Array {
  return Float64Array.from({ length: PAIRS }, (_, pair) => one(pair));
}

function slots(one: (slot: number) => number): Float64Array {
  return Float64Array.from({ length: SLOTS }, (_, slot) => one(slot));
}

function drift(random: Random, sd: number): Float64Array {
  let level = sd * gaussian(random);
  return slots(() => {
    const now = level;
    level = 0.98 * level + sd * Math.sqrt(1 - 0.98 ** 2) * gaussian(random);
    return now;
  });
}

/** Student's t with two degrees of freedom: a normal deviate over the root of a mean of two squares, which is exponential. */
function studentT2(random: Random): number {
  return gaussian(random) / Math.sqrt(-Math.log(1 - random()));
}
