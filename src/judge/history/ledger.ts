import { worse } from "../../model/measurement.ts";
import { matches } from "../../model/plan.ts";
import type { AcceptedSum, DatedAcceptance, Ledger, LedgerRow, TrendChange, TrendSeries } from "../../model/trend.ts";
import { firstWith, NEAR } from "./accepted.ts";

/** What was accepted, newest first, each with the changes of level for the worse that came with it and are no larger than it allows; and its sum in this quarter. */
export function ledgerOf(series: readonly TrendSeries[], accepted: readonly DatedAcceptance[], now: Date): Ledger {
  const taken = new Set<TrendChange>();
  const rows = accepted
    .toSorted((a, b) => Date.parse(a.committedAt) - Date.parse(b.committedAt))
    .map((acceptance): LedgerRow => {
      const seen = series.flatMap((each) => {
        const change = changeWith(each, acceptance, taken);
        if (change === null) return [];
        taken.add(change);
        const { gate, suite, benchmark, metric, statistic, unit, better } = each;
        return [{ series: { gate, suite, benchmark, metric, statistic, unit, better }, ratio: change.ratio }];
      });
      return { ...acceptance, seen };
    });
  return { rows: rows.toReversed(), sums: sumsSince(rows, quarterOf(now)) };
}

function changeWith(
  { suite, benchmark, metric, statistic, better, points, changes }: TrendSeries,
  { match, upTo, committedAt }: DatedAcceptance,
  taken: ReadonlySet<TrendChange>,
): TrendChange | null {
  if (!matches(match, `${suite}/${benchmark} ${metric} ${statistic}`)) return null;
  const at = firstWith(points, committedAt);
  const near = changes.filter((change) => {
    const worsening = (better === "lower" ? change.ratio : 1 / change.ratio) - 1;
    return change.worse && worsening <= upTo && !taken.has(change) && Math.abs(change.at - at) <= NEAR;
  });
  return near.toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0] ?? null;
}

/** What was accepted since a moment, in sum, the largest first. Of a benchmark that several machines measured, the largest counts. */
function sumsSince(ledger: readonly LedgerRow[], since: Date): readonly AcceptedSum[] {
  const sums = new Map<string, AcceptedSum>();
  for (const { committedAt, seen } of ledger) {
    if (!(Date.parse(committedAt) >= since.getTime())) continue;
    const own = new Map<string, LedgerRow["seen"][number]>();
    for (const each of seen) {
      const { gate, suite, benchmark, metric, statistic } = each.series;
      const key = JSON.stringify([gate, suite, benchmark, metric, statistic]);
      const other = own.get(key);
      if (other === undefined || size(each) > size(other)) own.set(key, each);
    }
    for (const [key, { series, ratio }] of own) {
      const before = sums.get(key);
      sums.set(key, { series, ratio: ratio * (before?.ratio ?? 1), changes: (before?.changes ?? 0) + 1 });
    }
  }
  return [...sums.values()].toSorted((a, b) => size(b) - size(a));
}

function size({ series, ratio }: Pick<AcceptedSum, "series" | "ratio">): number {
  return worse(series.better) * Math.log(ratio);
}

/** When the quarter of a year began, UTC. */
function quarterOf(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), Math.floor(now.getUTCMonth() / 3) * 3));
}
