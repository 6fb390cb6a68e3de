import type { ToolMeasurement } from "../model/measurement.ts";
import { rulesOf } from "../model/metric.ts";
import { type Budget, matches } from "../model/plan.ts";
import type { StatisticName } from "../model/statistic.ts";

/** A budget as it holds for one metric of one benchmark. */
export interface Rule extends Budget {
  readonly floor: number;
  /** The statistic whose rule it takes, since the data lack that. */
  readonly insteadOf?: StatisticName;
}

/** What is asked of the budgets. */
type Asked = { readonly suite: string } & Pick<ToolMeasurement, "benchmark" | "metric" | "per">;

/**
 * The budgets in force for one metric of one benchmark: those of the first `match` that fits and names the metric.
 * A budget that names only p50 therefore leaves p99 ungated there; the defaults apply where nothing matches, and a metric that not even they name is told
 * by its usual statistic.
 */
export function budgetsFor(budgets: readonly Budget[], { suite, benchmark, metric, per }: Asked): readonly Rule[] {
  const name = `${suite}/${benchmark}`;
  const { statistics, floor } = rulesOf(metric, per);
  const own = budgets.filter((budget) => budget.metric === metric && (budget.per === undefined || budget.per === per));
  const first = own.find(({ match }) => matches(match, name));
  if (first === undefined) {
    const common = { match: "*", metric, floor, origin: "default" } as const;
    return statistics.map(({ name: statistic, rule }) => ({ ...common, ...rule, statistic, severity: "advisory" }));
  }
  const group = own.filter(({ match }) => match === first.match);
  // A statistic that is listed twice under one `match` is the first one's.
  return group
    .filter((budget, index) => group.findIndex(({ statistic }) => statistic === budget.statistic) === index)
    .map((budget) => ({ ...budget, floor: budget.floor ?? floor }));
}
