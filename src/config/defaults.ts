import { METRICS } from "../model/metric.ts";
import type { Budget } from "../model/plan.ts";

/** The configuration that is read where no other is named. */
export const DEFAULT_CONFIG_FILE = "benchgate.yml";

/** The name of the one suite that inputs or flags describe. It is part of every benchmark's identity, so it never changes. */
export const DEFAULT_SUITE = "bench";

/** How long a round of a suite may take, in seconds. */
export const DEFAULT_TIME_LIMIT = 600;

/** How long a service may take until it answers, in seconds. */
export const DEFAULT_READY_LIMIT = 60;

/** Rounds a side of a run that is stored, or judged by what is stored. */
export const STORED_ROUNDS = 6;

/** Pairs side by side, at most: a benchmark that is decided at an earlier look is not measured on. */
export const PAIRS = 24;

/**
 * The pairs that one of so many runners of a pool measures: its part of `PAIRS`, in whole blocks of two, in which either side comes first once. It is settled
 * before anything is measured, since no runner sees what the others found.
 */
export function pairsOfRunner(runners: number): number {
  return runners < 2 ? PAIRS : 2 * Math.ceil(PAIRS / runners / 2);
}

/** How long a gate may measure where nobody says, in seconds. Every suite has its first rounds, those that a first look needs, whatever they take. */
export const DEFAULT_TIME_BUDGET = 600;

/** The most rounds a side that make sense: beyond, noise is no longer what limits the answer. */
export const MOST_ROUNDS = 1000;

/**
 * The rule for instructions that a suite has counted. Compiled programs repeat them to within 0.1 %; where they vary by more, as under a JIT or a garbage
 * collector, they are only told.
 */
export const COUNTED: Omit<Budget, "match"> = {
  metric: "instructions",
  statistic: "mean",
  threshold: 0.01,
  limit: null,
  floor: null,
  severity: "gate",
  steady: 0.001,
  origin: "default",
};

/** The rules that hold where no budget of the user's names the metric, those that can gate first. Others are only told (`TOLD_BY`). */
export const DEFAULT_BUDGETS: readonly Budget[] = Object.entries(METRICS)
  .flatMap(([metric, { statistics, perOperation }]) =>
    statistics.flatMap(({ name, rule }): Budget[] => {
      if (rule === null) return [];
      const common = { match: "*", metric, statistic: name, floor: null, origin: "default" } as const;
      return [
        { ...common, ...rule },
        ...(perOperation === undefined ? [] : [{ ...common, ...perOperation.rule, per: "operation" } as const]),
      ];
    }),
  )
  .sort((a, b) => Number(b.severity === "gate") - Number(a.severity === "gate"));

/** The smallest change that matters to a goal that sets no threshold of its own. */
export const DEFAULT_GOAL_THRESHOLD = 0.05;
