import { largest, smallest } from "../../model/extremes.ts";
import { worse } from "../../model/measurement.ts";
import type { Judgement } from "../../model/verdict.ts";

/** Metrics of all the time that an operation takes. */
const OF_ALL: ReadonlySet<string> = new Set(["latency", "throughput"]);

/** Statistics that follow the whole of a distribution. */
const OF_WHOLE: ReadonlySet<string> = new Set(["p50", "mean"]);

/** No change that is proven counts as less: it is one. */
const LEAST = 0.001;

/**
 * By how much verdicts have proven that what is profiled takes more, as a share of the baseline; 0 where they have proven nothing. A profile shows all the time
 * of all benchmarks that it covers, so a tail, or the pauses of a collector, prove no more of it than the median moved, and one benchmark of several only its part.
 *
 * @param rows all verdicts on what is profiled.
 */
export function provenOf(rows: readonly Judgement[]): number {
  const names = [...new Set(rows.map(({ benchmark }) => benchmark))];
  const changes = names.map((name) => provenOfOne(rows.filter(({ benchmark }) => benchmark === name)));
  return changes.reduce((sum, change) => sum + change, 0) / Math.max(1, changes.length);
}

function provenOfOne(rows: readonly Judgement[]): number {
  const red = rows.filter(({ verdict, comparison }) => verdict === "regression" && comparison !== null);
  if (red.length === 0) return 0;
  const whole = rows.filter((row) => row.comparison !== null && isOfWhole(row));
  const central = red.filter(isOfWhole);
  if (central.length > 0) return largest(central.map(changeOf));
  const own = largest(red.map(changeOf));
  return whole.length === 0 ? own : smallest([own, Math.max(LEAST, largest(whole.map(changeOf)))]);
}

function isOfWhole({ metric, statistic }: Judgement): boolean {
  return OF_ALL.has(metric) && OF_WHOLE.has(statistic);
}

/** By how much it takes more, as a share of the baseline; of nothing there is no share: that it is more is all that is proven. */
function changeOf({ comparison, better }: Judgement): number {
  const change = slowdown(comparison!.ratio, better);
  return Number.isFinite(change) ? Math.max(0, change) : LEAST;
}

/** A ratio as a share by which it is worse: what is halved in throughput takes twice the time. Infinite where one side is 0. */
export function slowdown(ratio: number, better: Judgement["better"]): number {
  return worse(better) > 0 ? ratio - 1 : 1 / ratio - 1;
}

/** Seconds that an operation takes on each side, by the verdict that says most of all of them; null where none does. */
export function secondsOf(
  rows: readonly Judgement[],
): { readonly baseline: number; readonly candidate: number } | null {
  const known = rows.flatMap(({ metric, unit, statistic, baseline, candidate }) =>
    metric === "latency" && unit === "s" && baseline !== null && candidate !== null && baseline > 0
      ? [{ statistic, baseline, candidate }]
      : [],
  );
  const found = known.find(({ statistic }) => OF_WHOLE.has(statistic)) ?? known[0];
  return found === undefined ? null : { baseline: found.baseline, candidate: found.candidate };
}
