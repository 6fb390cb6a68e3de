import { DEFAULT_GOAL_THRESHOLD } from "../config/defaults.ts";
import { parseThresholds } from "../config/thresholds.ts";
import { GateError } from "../model/error.ts";
import type { Budget } from "../model/plan.ts";
import { many } from "../model/setting.ts";
import type { Judgement } from "../model/verdict.ts";

/** A promised improvement of everything that is measured, in one statistic; a share of one. */
export interface Goal {
  readonly metric: string;
  readonly statistic: Budget["statistic"];
  readonly value: number;
}

/** Goals as a person gives them: `20%` is p50's, `p99=10%, throughput.mean=5%` says whose they are. */
export const GOALS = many((words): readonly Goal[] =>
  parseThresholds(words).map(({ for: target, value }) => ({
    ...(target ?? { metric: "latency", statistic: "p50" as const }),
    value,
  })),
);

/** Budgets with goals: in every rule for the same statistic, and in a rule of their own where there is none. */
export function withGoals(budgets: readonly Budget[], goals: readonly Goal[]): readonly Budget[] {
  const own = goals
    .filter((goal) => !budgets.some((budget) => isSame(budget, goal) && budget.match === "*"))
    .map(
      ({ metric, statistic, value }): Budget => ({
        ...{ match: "*", metric, statistic, threshold: DEFAULT_GOAL_THRESHOLD, limit: null, floor: null },
        ...{ severity: "gate", origin: "user", goal: value },
      }),
    );
  const promised = budgets.map((budget): Budget => {
    const goal = goals.find((each) => isSame(budget, each));
    if (goal === undefined) return budget;
    return { ...budget, goal: goal.value, threshold: budget.threshold ?? DEFAULT_GOAL_THRESHOLD, severity: "gate" };
  });
  return [...promised, ...own];
}

/** Refuses a goal that nothing measured could meet or miss: its silence would pass for a proof. */
export function refuseUnfitting(goals: readonly Goal[], judgements: readonly Judgement[]): void {
  // What failed is red by itself, and its report says why.
  if (judgements.some(({ verdict }) => verdict === "failed")) return;
  for (const { metric, statistic } of goals) {
    if (judgements.some((each) => each.goal !== null && each.metric === metric && each.statistic === statistic))
      continue;
    const measured = [...new Set(judgements.map((each) => `${each.metric}.${each.statistic}`))];
    throw new GateError(
      `The goal of ${metric} ${statistic} fits nothing that was measured`,
      measured.length === 0 ? "Check that the benchmarks run" : `Name what was: ${measured.join(", ")}`,
      { path: "--goal" },
    );
  }
}

function isSame(budget: Budget, goal: Goal): boolean {
  return budget.metric === goal.metric && budget.statistic === goal.statistic;
}
