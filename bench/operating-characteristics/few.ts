import { valueAt } from "../../src/judge/rows/tail.ts";
import type { StatisticName } from "../../src/model/statistic.ts";
import { pairedEstimate } from "../../src/stats/estimate.ts";
import { pAbove } from "../../src/stats/p-value.ts";
import { gaussian, type Random } from "../../src/stats/random.ts";
import { BOUND, FLOOR, regressions, SIDE } from "./ours.ts";
import { IN_USE, LOOKS } from "./plan.ts";
import type { Call } from "./rule.ts";
import { randomOf } from "./seed.ts";

/** How the requests of a round follow each other, at level 1. */
const ROUNDS: Readonly<Record<string, (samples: number, random: Random) => Float64Array>> = {
  "log-normal, σ 0.5": (samples, random) => drawn(samples, () => Math.exp(0.5 * gaussian(random))),
  "2 % of requests 3× and more": (samples, random) =>
    drawn(samples, () => Math.exp(0.2 * gaussian(random)) * (random() < 0.02 ? 3 - 2 * Math.log(1 - random()) : 1)),
  "0.8 % time out at 20×": (samples, random) =>
    drawn(samples, () => Math.exp(0.2 * gaussian(random)) * (random() < 0.008 ? 20 : 1)),
  "Pareto, index 2.5": (samples, random) => drawn(samples, () => (1 - random()) ** -0.4),
  "AR(0.8), σ 0.5": (samples, random) => {
    let state = gaussian(random);
    return drawn(samples, () => {
      const now = state;
      state = 0.8 * state + 0.6 * gaussian(random);
      return Math.exp(0.5 * now);
    });
  },
  "bursts of ten, 3×": (samples, random) => {
    let left = 0;
    return drawn(samples, () => {
      left = left > 0 ? left - 1 : random() < 0.002 ? 10 : 0;
      return Math.exp(0.2 * gaussian(random)) * (left > 0 ? 3 : 1);
    });
  },
};

/** A tail percentile with as few samples as may be judged, and what the candidate's rounds hold. */
const CASES: readonly { readonly statistic: StatisticName; readonly baseline: number; readonly candidate: number }[] = [
  { statistic: "p99", baseline: 300, candidate: 300 },
  { statistic: "p99", baseline: 10_000, candidate: 300 },
  { statistic: "p99", baseline: 300, candidate: 10_000 },
  { statistic: "p99", baseline: 1000, candidate: 1000 },
  { statistic: "p95", baseline: 60, candidate: 60 },
  { statistic: "p95", baseline: 60, candidate: 2000 },
  { statistic: "p90", baseline: 30, candidate: 30 },
  { statistic: "p90", baseline: 30, candidate: 1000 },
];

/** What is judged: so many pairs at once, and the looks at them. */
export const FEW_DESIGNS = ["6", "12", "24", "looks"] as const;
const LAST_SIDE = IN_USE.level(LOOKS.length - 1, SIDE);
const GATE = 100;
/** A true change that is looked for, alone in its gate. */
const CHANGE = Math.log(1.5);

/** What few samples do to the verdict on a tail: threshold 15 %, rounds 2 % apart. */
export interface FewRow {
  readonly statistic: StatisticName;
  readonly baseline: number;
  readonly candidate: number;
  readonly requests: string;
  /** The share of red gates among gates of 100 unchanged benchmarks, for each of `FEW_DESIGNS`. */
  readonly redGates: readonly number[];
  /** The share of changes of +50 % that are found, for each of `FEW_DESIGNS`. */
  readonly found: readonly number[];
}

/** Tails of few samples, dependent ones and heavy ones, evaluated at the number of samples of the smaller side as the judge does. */
export function fewTable(
  { rounds, gates }: { readonly rounds: number; readonly gates: number },
  seed: number,
): readonly FewRow[] {
  return Object.entries(ROUNDS).flatMap(([requests, draw]) =>
    CASES.map(({ statistic, baseline, candidate }): FewRow => {
      const common = Math.min(baseline, candidate);
      const pool = (samples: number, side: string) => {
        const random = randomOf(seed, "few", requests, statistic, samples, common, side);
        return drawn(rounds, () =>
          Math.log(valueAt({ kind: "samples", samples: draw(samples, random) }, statistic, common)!),
        );
      };
      const pools = { baseline: pool(baseline, "baseline"), candidate: pool(candidate, "candidate") };
      const random = randomOf(seed, "few", requests, statistic, baseline, candidate, "gates");
      const pick = (entries: Float64Array) => entries[Math.floor(random() * entries.length)]! + 0.02 * gaussian(random);
      const calls = (effect: number): readonly Call[] => {
        const all = Array.from({ length: LOOKS.at(-1)! }, () => pick(pools.candidate) - pick(pools.baseline) + effect);
        const estimates = LOOKS.map((pairs) => pairedEstimate(all.slice(0, pairs), FLOOR));
        const ps = estimates.map((estimate) => pAbove(estimate, IN_USE.share * BOUND.p99));
        const over = estimates.map((estimate) => pAbove(estimate, BOUND.p99));
        const fixed = ps.map((p, i) => ({ p, shown: over[i]! < SIDE, rounds: LOOKS[i]!, held: null }));
        const shown = over.at(-1)! < LAST_SIDE;
        const last = { p: IN_USE.overall(ps), shown, rounds: LOOKS.at(-1)!, held: null };
        return [...fixed, last];
      };
      const share = (size: number, effect: number) => {
        const red = FEW_DESIGNS.map(() => 0);
        for (let gate = 0; gate < gates; gate++) {
          const members = Array.from({ length: size }, () => calls(effect));
          FEW_DESIGNS.forEach((_, i) => {
            if (regressions(members.map((each) => each[i]!)).includes(true)) red[i]!++;
          });
        }
        return red.map((count) => count / gates);
      };
      return { statistic, baseline, candidate, requests, redGates: share(GATE, 0), found: share(1, CHANGE) };
    }),
  );
}

function drawn(count: number, one: () => number): Float64Array {
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = one();
  return values;
}
