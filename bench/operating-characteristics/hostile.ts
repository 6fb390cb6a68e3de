import { pairedEstimate } from "../../src/stats/estimate.ts";
import { pAbove } from "../../src/stats/p-value.ts";
import { gaussian } from "../../src/stats/random.ts";
import { callsOf, type GateRow } from "./gate.ts";
import { type Differences, HOSTILE } from "./hostile-noise.ts";
import { FLOOR } from "./ours.ts";
import { BEFORE, IN_USE, type LookPlan } from "./plan.ts";
import { randomOf } from "./seed.ts";

const BENCHMARKS = 100;
const THRESHOLDS = { p50: 0.05, p99: 0.15 } as const;
const CHANGE = Math.log(1.1);
/** Pairs of the rules that look once. */
const ONCE = 12;

/** What a plan makes of gates of 100 benchmarks, p50 and p99 of each. Shares. */
interface PlanFound {
  readonly redGates: number;
  /** Of p50 rows. */
  readonly open: number;
  /** How often +10 % in one benchmark's p50 is found. */
  readonly found: number;
  readonly pairs: number;
}

/** One kind of noise. */
export interface HostileRow {
  readonly noise: string;
  readonly before: PlanFound;
  readonly inUse: PlanFound;
  /** Red gates of the rules of `PEERS`. */
  readonly peers: readonly number[];
}

/** Rules that users have, on the same pairs: p50 and p99 of every benchmark, each for itself. */
export const HOSTILE_PEERS: readonly { readonly name: string; readonly slower: (row: GateRow) => boolean }[] = [
  {
    name: "one pair beyond the threshold",
    slower: ({ differences, threshold }) => differences[0]! > Math.log1p(threshold),
  },
  {
    name: `mean of ${ONCE} beyond the threshold`,
    slower: ({ differences, threshold }) => mean(differences.slice(0, ONCE)) > Math.log1p(threshold),
  },
  {
    name: `t test of ${ONCE}, 5 %, no threshold`,
    slower: ({ differences }) => pAbove(plainEstimate(differences.slice(0, ONCE)), 0) < 0.025,
  },
];

/** Every kind of noise of unchanged code through whole gates: the rules before, those in use, and what users have. */
export function hostileTable(gates: number, seed: number): readonly HostileRow[] {
  return HOSTILE.map(({ name, gate }) => {
    const random = randomOf(seed, "hostile", name);
    const totals = { before: new Totals(), inUse: new Totals() };
    const peers = HOSTILE_PEERS.map(() => 0);
    for (let index = 0; index < gates; index++) {
      const rows = rowsOf(gate(random, BENCHMARKS));
      const changed = 2 * (index % BENCHMARKS);
      const planted = rows.with(changed, moved(rows[changed]!, CHANGE));
      totals.before.add(rows, planted, changed, BEFORE);
      totals.inUse.add(rows, planted, changed, IN_USE);
      HOSTILE_PEERS.forEach(({ slower }, i) => {
        if (rows.some(slower)) peers[i]!++;
      });
    }
    return {
      noise: name,
      before: totals.before.shares(gates),
      inUse: totals.inUse.shares(gates),
      peers: peers.map((count) => count / gates),
    };
  });
}

/** Counts over gates of one plan. */
class Totals {
  #red = 0;
  #open = 0;
  #found = 0;
  #pairs = 0;

  add(rows: readonly GateRow[], planted: readonly GateRow[], changed: number, plan: LookPlan): void {
    const calls = callsOf(rows, 2, plan);
    if (calls.some(({ red }) => red)) this.#red++;
    this.#open += calls.filter(({ open }, i) => i % 2 === 0 && open).length / BENCHMARKS;
    this.#pairs += mean(calls.map(({ pairs }) => pairs));
    if (callsOf(planted, 2, plan)[changed]!.red) this.#found++;
  }

  shares(gates: number): PlanFound {
    return {
      redGates: this.#red / gates,
      open: this.#open / gates,
      found: this.#found / gates,
      pairs: this.#pairs / gates,
    };
  }
}

function rowsOf(benchmarks: readonly Differences[]): readonly GateRow[] {
  return benchmarks.flatMap(({ p50, p99 }) => [
    { differences: Array.from(p50), threshold: THRESHOLDS.p50 },
    { differences: Array.from(p99), threshold: THRESHOLDS.p99 },
  ]);
}

function moved({ differences, threshold }: GateRow, by: number): GateRow {
  return { differences: differences.map((d) => d + by), threshold };
}

/** What the correction against half the threshold costs, and what it gains: Gaussian rounds, p50 at 5 %, looks. */
export interface PriceRow {
  /** Of one round on one side. */
  readonly sd: number;
  readonly comparisons: number;
  readonly before: PriceFound;
  readonly inUse: PriceFound;
}

/** Shares. */
interface PriceFound {
  /** Red gates where all comparisons are truly so much slower. */
  readonly all: readonly number[];
  /** A lone change that is found among unchanged comparisons. */
  readonly one: readonly number[];
}

/** True changes of all comparisons, and of one. */
export const PRICE = { all: [0, 0.025, 0.04], one: [0.07, 0.1, 0.15] } as const;

/** The price of the rules in use beside those before. */
export function priceTable(gates: number, seed: number): readonly PriceRow[] {
  return [0.02, 0.05].flatMap((sd) =>
    [40, 200].map((comparisons) => {
      const random = randomOf(seed, "price", sd, comparisons);
      const drawn = Array.from({ length: gates }, () =>
        Array.from(
          { length: comparisons },
          (): GateRow => ({
            differences: Array.from({ length: 24 }, () => sd * Math.SQRT2 * gaussian(random)),
            threshold: THRESHOLDS.p50,
          }),
        ),
      );
      const found = (plan: LookPlan): PriceFound => ({
        all: PRICE.all.map(
          (change) =>
            drawn.filter((rows) =>
              callsOf(
                rows.map((row) => moved(row, Math.log1p(change))),
                1,
                plan,
              ).some(({ red }) => red),
            ).length / gates,
        ),
        one: PRICE.one.map(
          (change) =>
            drawn.filter((rows) => callsOf(rows.with(0, moved(rows[0]!, Math.log1p(change))), 1, plan)[0]!.red).length /
            gates,
        ),
      });
      return { sd, comparisons, before: found(BEFORE), inUse: found(IN_USE) };
    }),
  );
}

/** Student's t without trimming, as textbooks have it. */
function plainEstimate(values: readonly number[]) {
  const n = values.length;
  const centre = mean(values);
  const sd = Math.sqrt(values.reduce((sum, x) => sum + (x - centre) ** 2, 0) / (n - 1));
  return { ...pairedEstimate(values, FLOOR), mean: centre, se: sd / Math.sqrt(n), df: n - 1, sd };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
