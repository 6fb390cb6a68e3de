import type { ToolMeasurement } from "../../model/measurement.ts";
import { knownMetric, rulesOf, TOLD_BY } from "../../model/metric.ts";
import { type Budget, matches } from "../../model/plan.ts";
import type { StatisticName } from "../../model/statistic.ts";

/** A budget as it holds for one metric of one benchmark. */
export interface Rule extends Budget {
  readonly floor: number;
  /** The statistic whose rule it takes, since the data lack that. */
  readonly insteadOf?: StatisticName;
}

/** What is asked of the budgets. */
type Asked = { readonly suite: string } & Pick<ToolMeasurement, "benchmark" | "metric" | "unit" | "better" | "per">;

/**
 * The budgets in force for one metric of one benchmark: those of the first `match` that fits and names the metric.
 * A budget that names only p50 therefore leaves p99 ungated there; the defaults apply where nothing matches. A tool's own rate that not even they name
 * takes the default of throughput, beside which it yields; any other metric is told by its mean.
 */
export function budgetsFor(budgets: readonly Budget[], asked: Asked): readonly Rule[] {
  const { suite, benchmark, metric, per } = asked;
  const name = `${suite}/${benchmark}`;
  const { statistics, floor } = rulesOf(metric, per);
  const own = budgets.filter((budget) => budget.metric === metric && (budget.per === undefined || budget.per === per));
  const first = own.find(({ match }) => matches(match, name));
  if (first === undefined) {
    const common = { match: "*", metric, floor, origin: "default" } as const;
    const rate = isRate(asked)
      ? budgets.find((budget) => budget.metric === "throughput" && budget.origin === "default")
      : undefined;
    if (rate !== undefined) return [{ ...rate, ...common, yieldsTo: [...(rate.yieldsTo ?? []), "throughput"] }];
    return statistics.map(({ name: statistic, rule }) =>
      rule === null ? { ...common, ...TOLD_BY } : { ...common, ...rule, statistic, severity: "advisory" },
    );
  }
  const group = own.filter(({ match }) => match === first.match);
  // A statistic that is listed twice under one `match` is the first one's.
  return group
    .filter((budget, index) => group.findIndex(({ statistic }) => statistic === budget.statistic) === index)
    .map((budget) => ({ ...budget, floor: budget.floor ?? floor }));
}

/** Whether a metric that only its tool knows is so many of something a second, of which more is better. */
function isRate({ metric, unit, better }: Asked): boolean {
  return knownMetric(metric) === null && better === "higher" && /\/(?:s|sec|second)$/i.test(unit);
}
