import { type Budget, matches } from "../model/plan.ts";

/**
 * The budgets in force for one metric of one benchmark: those of the first `match` that fits and names the metric.
 * A budget that names only p50 therefore leaves p99 ungated there; the defaults apply where nothing matches.
 */
export function budgetsFor(
  budgets: readonly Budget[],
  suite: string,
  benchmark: string,
  metric: string,
): readonly Budget[] {
  const name = `${suite}/${benchmark}`;
  const first = budgets.find((budget) => budget.metric === metric && matches(budget.match, name));
  if (first === undefined) return [];
  const group = budgets.filter(({ match, metric: other }) => other === metric && match === first.match);
  // A statistic that is listed twice under one `match` is the first one's.
  return group.filter((budget, index) => group.findIndex(({ statistic }) => statistic === budget.statistic) === index);
}
