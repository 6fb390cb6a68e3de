import { GateError, type Position } from "../model/error.ts";
import { COMPLEXITY } from "../model/growth.ts";
import { traitsOf } from "../model/metric.ts";
import type { Budget } from "../model/plan.ts";
import { STATISTICS, type StatisticName } from "../model/statistic.ts";
import { complexityOfFile, type WrittenComplexity } from "./complexity.ts";
import { DEFAULT_GOAL_THRESHOLD } from "./defaults.ts";
import { quote } from "./scalars.ts";
import type { WrittenConfig, WrittenRule } from "./schema.ts";
import type { YamlSource } from "./source.ts";
import { looseThreshold } from "./thresholds.ts";

type WrittenBudget = NonNullable<WrittenConfig["budgets"]>[number];

/** A threshold, a limit, a floor and a goal, each perhaps set at one level and perhaps inherited from the one above. */
interface Bounds {
  readonly threshold?: number | undefined;
  readonly limit?: number | undefined;
  readonly floor?: number | undefined;
  readonly goal?: number | undefined;
}

/**
 * The `budgets` section as a flat list, one budget for each statistic, in the order of the file.
 *
 * A metric's own threshold, limit, floor and goal hold for each of its statistics that does not set them itself; a metric without
 * statistics means the usual ones (latency: p50 and p99). Throws on rules that say nothing and on rules that can never apply.
 */
export function budgetsOfFile(written: readonly WrittenBudget[], source: YamlSource): readonly Budget[] {
  refuseUnreachable(written, source);
  return written.flatMap((entry, index) =>
    metricsOf(entry).flatMap(([metric, rule]) => {
      const path = ["budgets", index, metric];
      if (metric === COMPLEXITY) {
        return [complexityOfFile(entry.match, rule as WrittenComplexity, { source, path })];
      }
      return statisticsOf(metric, rule).map(([statistic, bounds]): Budget => {
        const at = isNamed(rule, statistic) ? [...path, statistic] : path;
        refuseEmpty(bounds, metric, at, source);
        if (metric === "latency" && !isNamed(rule, statistic)) refuseLoose(bounds, source.position(at));
        const { goal, limit = null, floor = null } = bounds;
        const threshold = bounds.threshold ?? (goal === undefined ? null : DEFAULT_GOAL_THRESHOLD);
        const budget = { match: entry.match, metric, statistic, threshold, limit, floor } as const;
        const origin = isNamed(rule, statistic) ? "user" : "usual";
        return { ...budget, ...(goal !== undefined && { goal }), severity: "gate", origin };
      });
    }),
  );
}

function metricsOf(entry: WrittenBudget): readonly (readonly [string, WrittenRule])[] {
  return Object.entries(entry).filter(([key, rule]) => key !== "match" && rule !== undefined) as [
    string,
    WrittenRule,
  ][];
}

function isNamed(rule: WrittenRule, statistic: StatisticName): boolean {
  return typeof rule !== "number" && rule[statistic] !== undefined;
}

function statisticsOf(metric: string, rule: WrittenRule): readonly (readonly [StatisticName, Bounds])[] {
  const shared: Bounds = typeof rule === "number" ? { threshold: rule } : rule;
  const named = STATISTICS.filter((statistic) => isNamed(rule, statistic));
  const statistics = named.length > 0 ? named : traitsOf(metric).statistics.map(({ name }) => name);
  return statistics.map((statistic) => {
    const own = typeof rule === "number" ? undefined : rule[statistic];
    const bounds: Bounds = typeof own === "number" ? { threshold: own } : (own ?? {});
    return [
      statistic,
      {
        threshold: bounds.threshold ?? shared.threshold,
        limit: bounds.limit ?? shared.limit,
        floor: bounds.floor ?? shared.floor,
        goal: bounds.goal ?? shared.goal,
      },
    ];
  });
}

function refuseEmpty(
  { threshold, limit, floor, goal }: Bounds,
  metric: string,
  path: (string | number)[],
  source: YamlSource,
): void {
  const position = source.position(path);
  if (threshold === undefined && limit === undefined && goal === undefined) {
    throw new GateError(
      "The rule has no threshold, no limit and no goal",
      "Write one, such as `threshold: 5%`",
      position,
    );
  }
  if (threshold === undefined && goal === undefined && floor !== undefined) {
    throw new GateError(
      "A floor without a threshold changes nothing",
      "Add `threshold: 5%`, or remove the floor",
      position,
    );
  }
  if (metric === "error-rate" && limit !== undefined && limit > 1) {
    throw new GateError("An error rate is never above 100%", "Write a limit such as 1%", position);
  }
}

/** One threshold for all of latency that lets nearly everything pass is a slip, as it is in the input; that of a statistic may be any. */
function refuseLoose({ threshold = 0 }: Bounds, position: Position): void {
  if (threshold > 1) throw looseThreshold(threshold, (written) => `\`latency: { p99: ${written} }\``).at(position);
}

/** For each metric of a benchmark the first entry decides, so a later one of the same pattern, or behind `*`, never applies. */
function refuseUnreachable(written: readonly WrittenBudget[], source: YamlSource): void {
  const seen = written.flatMap((entry, index) =>
    metricsOf(entry).map(([metric]) => ({ match: entry.match, metric, index })),
  );
  for (const { match, metric, index } of seen) {
    const before = seen.find(
      (other) => other.index < index && other.metric === metric && (other.match === match || other.match === "*"),
    );
    if (before === undefined) continue;
    const line = source.position(["budgets", before.index]).line;
    throw new GateError(
      `The ${metric} rule of ${quote(match)} never applies: ${quote(before.match)} on line ${line} comes first`,
      before.match === match ? "Merge them into one" : "Move it above",
      source.position(["budgets", index], metric),
    );
  }
}
