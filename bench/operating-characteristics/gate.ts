import { type Estimate, pairedEstimate } from "../../src/stats/estimate.ts";
import { benjaminiHochberg } from "../../src/stats/multiplicity.ts";
import { pAbove } from "../../src/stats/p-value.ts";
import { tInv } from "../../src/stats/student-t.ts";
import { FLOOR, Q, SIDE } from "./ours.ts";
import { LOOKS, type LookPlan } from "./plan.ts";

/** One statistic of one benchmark: the log ratios of its pairs, and its threshold. */
export interface GateRow {
  readonly differences: readonly number[];
  readonly threshold: number;
}

/** What a gate made of one row. */
export interface GateCall {
  readonly red: boolean;
  /** Neither red nor settled. */
  readonly open: boolean;
  readonly pairs: number;
}

/** Nothing is given up before so many pairs, and then where its half-width at the end would be more than so many thresholds. */
const GIVE_UP = { from: 12, width: 3 } as const;

interface Standing {
  readonly row: GateRow;
  readonly ps: number[];
  estimate: Estimate;
  at: number;
}

/**
 * A whole gate through its looks: every benchmark has `statistics` rows that follow each other, and is measured on while one of them is open. What is
 * decided at a look stands with the p-value it had there.
 */
export function callsOf(rows: readonly GateRow[], statistics: number, plan: LookPlan): readonly GateCall[] {
  const standing = rows.map((row): Standing => ({ row, ps: [], estimate: NOTHING, at: -1 }));
  const open = new Set(Array.from({ length: rows.length / statistics }, (_, benchmark) => benchmark));
  let calls: readonly Omit<GateCall, "pairs">[] = [];
  for (const [at, pairs] of LOOKS.entries()) {
    for (const benchmark of open) {
      for (const each of standing.slice(benchmark * statistics, (benchmark + 1) * statistics)) {
        each.at = at;
        each.estimate = pairedEstimate(each.row.differences.slice(0, pairs), FLOOR);
        each.ps.push(pAbove(each.estimate, plan.share * Math.log1p(each.row.threshold)));
      }
    }
    const adjusted = benjaminiHochberg(standing.map(({ ps }) => plan.overall(ps)));
    calls = standing.map((each, i) => callOf(each, adjusted[i]!, plan));
    for (const benchmark of open) {
      const own = standing.slice(benchmark * statistics, (benchmark + 1) * statistics);
      if (own.every((each, i) => !calls[benchmark * statistics + i]!.open || isGivenUp(each, plan)))
        open.delete(benchmark);
    }
    if (open.size === 0) break;
  }
  return calls.map((call, i) => ({ ...call, pairs: LOOKS[standing[i]!.at]! }));
}

const NOTHING: Estimate = { mean: 0, se: Number.POSITIVE_INFINITY, df: 0, sd: 0, n: 0 };

function callOf({ row, estimate, at }: Standing, adjusted: number, plan: LookPlan): Omit<GateCall, "pairs"> {
  const { mean, se, df } = estimate;
  const [worse, better] = [Math.log1p(row.threshold), -Math.log1p(-row.threshold)];
  const shown = critical(plan.level(at, SIDE), df) * se;
  const equivalent = critical(plan.level(at, plan.equivalence), df) * se;
  const red = adjusted <= Q && mean - shown > worse;
  const unchanged = -better < mean - equivalent && mean + equivalent < worse;
  const noSlower = plan.noSlower && mean + shown < worse;
  return { red, open: !red && !unchanged && !noSlower };
}

function isGivenUp({ row, estimate: { se, df, n }, at }: Standing, plan: LookPlan): boolean {
  const last = LOOKS.at(-1)!;
  if (n < GIVE_UP.from || n >= last) return false;
  const width = critical(plan.level(at, SIDE), df) * se * Math.sqrt(n / last);
  return width > GIVE_UP.width * Math.log1p(row.threshold);
}

const criticals = new Map<string, number>();

/** The t above which lies `alpha`: a gate asks for the same few. */
function critical(alpha: number, df: number): number {
  const key = `${alpha} ${df}`;
  const known = criticals.get(key) ?? -tInv(alpha, df);
  criticals.set(key, known);
  return known;
}
