import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import type { Budget } from "../model/plan.ts";
import { STATISTICS, type StatisticName } from "../model/statistic.ts";
import { DEFAULT_BUDGETS } from "./defaults.ts";
import { misspeltMetric } from "./metrics.ts";
import { parseQuantity, quote } from "./scalars.ts";

/** One threshold as a person gives it: for one statistic of one metric, or (`null`) for every gating statistic. */
export interface Threshold {
  readonly for: { readonly metric: string; readonly statistic: StatisticName } | null;
  /** A share of one. */
  readonly value: number;
}

/**
 * The thresholds in `5%`, `p50=5%, p99=15%` or `throughput.mean=5%`; several texts are one list.
 * A statistic alone is latency's. Throws a `GateError` on anything else, and on a threshold that is given twice.
 */
export function parseThresholds(written: string | readonly string[]): readonly Threshold[] {
  const items = [written].flat().flatMap((line) => line.split(/[,\n]/));
  const thresholds = items
    .map((item) => item.trim())
    .filter(Boolean)
    .map(parseThreshold);
  const names = thresholds.map((threshold) => nameOf(threshold));
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new GateError(`The threshold of ${twice} is given twice`, "Remove one of them");
  return thresholds;
}

/** A threshold as `parseThresholds` reads it. */
export function thresholdText({ for: target, value }: Threshold): string {
  const share = `${Number((value * 100).toPrecision(12))}%`;
  return target === null ? share : `${target.metric}.${target.statistic}=${share}`;
}

/**
 * The default budgets with `thresholds` in place of theirs. A statistic that is named becomes the user's rule and gates; a value for
 * every gating statistic only moves the defaults, so that they stay silent where a tool has no p99. It is what `latency: 5%` is in a file.
 */
export function withThresholds(thresholds: readonly Threshold[]): readonly Budget[] {
  const general = thresholds.find((threshold) => threshold.for === null)?.value;
  const named = thresholds.flatMap(({ for: target, value }) => (target === null ? [] : [{ ...target, value }]));
  const isNamed = ({ metric, statistic }: Budget) =>
    named.some((threshold) => threshold.metric === metric && threshold.statistic === statistic);
  const own = named.map(({ metric, statistic, value }): Budget => {
    const same = DEFAULT_BUDGETS.find((budget) => budget.metric === metric && budget.statistic === statistic);
    const { limit = null, defaultLimit } = same ?? {};
    const kept = { limit, ...(defaultLimit && { defaultLimit }) };
    return { match: "*", metric, statistic, threshold: value, ...kept, floor: null, severity: "gate", origin: "user" };
  });
  const moved = DEFAULT_BUDGETS.filter((budget) => !isNamed(budget)).map((budget) =>
    general === undefined || budget.severity !== "gate" || budget.threshold === null
      ? budget
      : { ...budget, threshold: general },
  );
  return [...own, ...moved];
}

function parseThreshold(item: string): Threshold {
  if (item.includes(";"))
    throw new GateError(`${quote(item)} holds a semicolon`, "Separate by commas: p50=5%, p99=15%");
  const [, name, value] = /^([^=]*)=(.*)$/.exec(item) ?? [];
  if (name === undefined) return { for: null, value: sensible(parseQuantity(item, ["share"])) };
  return { for: target(name.trim()), value: parseQuantity(value, ["share"]) };
}

/** One value for every statistic that would let nearly everything pass, or nothing, is a slip. Named statistics may have any. */
function sensible(share: number): number {
  if (share === 0) {
    throw new GateError(
      "0 % calls every difference that can be measured a change",
      "Write what matters to you, such as 5%",
    );
  }
  if (share > 1) throw looseThreshold(share, (written) => `p99=${written}`);
  return share;
}

/** The error for a share above one that is to hold for every statistic; `named` writes the same for one statistic alone. */
export function looseThreshold(share: number, named: (written: string) => string): GateError {
  const percent = (value: number) => Number((value * 100).toPrecision(12));
  const meant = percent(share < 2 ? share - 1 : share / 100);
  return new GateError(
    `${percent(share)} % lets everything pass that is up to ${Number((1 + share).toPrecision(3))} times as slow`,
    `Did you mean ${meant}%? So large a threshold must name its statistic: ${named(`${percent(share)}%`)}`,
  );
}

function target(name: string): { metric: string; statistic: StatisticName } {
  const statistic = STATISTICS.find((word) => name === word || name.endsWith(`.${word}`));
  const metric = statistic === undefined || name === statistic ? "latency" : name.slice(0, -statistic.length - 1);
  if (statistic !== undefined && metric !== "") {
    const meant = misspeltMetric(metric);
    if (meant !== null)
      throw new GateError(`${quote(metric)} is not a metric`, `Did you mean ${meant}.${statistic}=…?`);
    return { metric, statistic };
  }
  const near = nearest(name.split(".").at(-1) ?? name, STATISTICS);
  throw new GateError(
    `${quote(name)} is not a statistic`,
    near === null
      ? `Known: ${STATISTICS.join(", ")}, or a metric before it (throughput.mean)`
      : `Did you mean ${near}=…?`,
  );
}

function nameOf({ for: threshold }: Threshold): string {
  return threshold === null ? "every statistic" : `${threshold.metric} ${threshold.statistic}`;
}
