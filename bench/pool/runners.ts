import { gaussian, type Random } from "../../src/stats/random.ts";

/** What the runners of a pool are like. */
export interface Fleet {
  readonly name: string;
  /** The log speed of each runner as a whole, which both sides of its pairs share. */
  readonly speeds: (random: Random, runners: number) => readonly number[];
  /** By how much each runner favours the baseline, on the log scale, on all its benchmarks alike. */
  readonly favours: (random: Random, runners: number) => readonly number[];
  /** By how much it favours a side on each benchmark by itself, on the log scale: plus or minus. */
  readonly own: number;
  /** The noise of one round on one side. */
  readonly round: (random: Random) => number;
  /** Whether what they do is more than the method promises to stand. */
  readonly beyond: boolean;
}

const each = (one: (random: Random) => number) => (random: Random, runners: number) =>
  Array.from({ length: runners }, () => one(random));
const sign = (random: Random): number => (random() < 0.5 ? -1 : 1);
const quiet = (random: Random): number => 0.02 * gaussian(random);
const slow = (random: Random): number => 0.02 * gaussian(random) + (random() < 0.1 ? Math.log(1.3) : 0);
const ALIKE = { speeds: each(() => 0), favours: each(() => 0), own: 0, round: quiet, beyond: false } as const;
const speeds = (sd: number) => each((random) => sd * gaussian(random));
const favours = each((random) => 0.02 * sign(random));

/** Every kind of pool that is simulated. */
export const FLEETS: readonly Fleet[] = [
  { ...ALIKE, name: "alike" },
  { ...ALIKE, name: "8.5 % apart", speeds: speeds(0.085) },
  { ...ALIKE, name: "29 % apart", speeds: speeds(0.29) },
  { ...ALIKE, name: "8.5 % apart, each favours a side by 2 %", speeds: speeds(0.085), favours },
  { ...ALIKE, name: "29 % apart, each favours a side by 2 %", speeds: speeds(0.29), favours },
  { ...ALIKE, name: "the same, on each benchmark another side", speeds: speeds(0.29), own: 0.02 },
  { ...ALIKE, name: "favours of 2 %, one round of ten 30 % slower", favours, round: slow },
  {
    ...ALIKE,
    name: "one runner 29 % slower with the candidate",
    favours: (_, runners) => Array.from({ length: runners }, (_, at) => (at === 0 && runners > 1 ? Math.log(1.29) : 0)),
  },
  { ...ALIKE, name: "favours of 5 % (sd)", favours: each((random) => 0.05 * gaussian(random)), beyond: true },
];

/**
 * The log ratios of a gate's pairs: a list for each benchmark, of one list for each runner.
 *
 * @param effect the true change of each benchmark, on the log scale.
 */
export function drawGate(
  random: Random,
  fleet: Fleet,
  { runners, pairs, benchmarks }: { readonly runners: number; readonly pairs: number; readonly benchmarks: number },
  effect: (benchmark: number) => number,
): readonly (readonly (readonly number[])[])[] {
  const machines = fleet.speeds(random, runners);
  const leanings = fleet.favours(random, runners);
  return Array.from({ length: benchmarks }, (_, benchmark) =>
    machines.map((speed, runner) => {
      const leaning = leanings[runner]! + fleet.own * sign(random);
      return Array.from({ length: pairs }, () => {
        const baseline = speed + fleet.round(random);
        const candidate = speed + leaning + effect(benchmark) + fleet.round(random);
        return candidate - baseline;
      });
    }),
  );
}
