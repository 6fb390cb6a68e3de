import { COMPLEXITY, type Growth } from "../../model/growth.ts";
import { type Budget, matches } from "../../model/plan.ts";
import type { Judgement, Verdict } from "../../model/verdict.ts";
import type { Warning } from "../../model/warning.ts";
import type { Measured } from "../unfitting.ts";
import { FEWEST_ROUNDS } from "./sides.ts";

/** The budget under which a family's growth is held: the first that fits one of its sizes, or the name of the whole; null where there is none. */
export function complexityBudget(
  budgets: readonly Budget[],
  { suite, names }: { readonly suite: string; readonly names: readonly string[] },
): Budget | null {
  return (
    budgets.find(
      ({ metric, match, origin }) =>
        metric === COMPLEXITY && origin !== "default" && names.some((name) => matches(match, `${suite}/${name}`)),
    ) ?? null
  );
}

/** The names by which budgets may mean a family. */
function namesOf({ family, points }: Pick<Growth, "family" | "points">): readonly string[] {
  return [family, ...points.map(({ benchmark }) => benchmark)];
}

/** How a growth stands to its budget: the bound, and whether all of an interval lies beyond it, or the estimate alone. */
interface Standing {
  readonly bound: number;
  readonly state: "kept" | "open" | "broken";
}

/** One row for each family that has a `complexity` budget: its exponent against the largest that is allowed. */
export function complexityJudgements(growth: readonly Growth[], budgets: readonly Budget[]): readonly Judgement[] {
  return growth.flatMap((found) => {
    const budget = complexityBudget(budgets, { suite: found.suite, names: namesOf(found) });
    return budget === null ? [] : [judgementOn(found, budget)];
  });
}

function judgementOn(growth: Growth, budget: Budget): Judgement {
  const { suite, family, baseline, candidate } = growth;
  const standings = standingsOf(growth, budget);
  const worst =
    standings.find(({ state }) => state === "broken") ?? standings.find(({ state }) => state === "open") ?? null;
  const nearest = standings.reduce<Standing | null>((a, b) => (a === null || b.bound < a.bound ? b : a), null);
  const shown = worst ?? nearest;
  // A change that is asked for and not known is no answer.
  const isUnknown = budget.threshold !== null && growth.change === null && baseline !== null;
  const verdict = isUnknown && worst?.state !== "broken" ? "inconclusive" : verdictOn(growth, worst);
  return {
    suite,
    benchmark: family,
    metric: COMPLEXITY,
    statistic: budget.statistic,
    unit: "1",
    better: "lower",
    verdict,
    severity: budget.severity,
    threshold: null,
    baseline: baseline?.value ?? null,
    candidate: candidate.value,
    comparison: null,
    limit: shown === null ? null : { value: shown.bound, broken: worst?.state === "broken" },
    goal: null,
    accepted: null,
    failure: null,
    warnings: [
      ...(verdict === "inconclusive" ? [doubtOn(growth, worst)] : []),
      ...(verdict === "regression" ? steeperGrowth([growth]) : []),
    ],
    source: null,
  };
}

/** Why nothing is decided: the estimate alone is beyond its bound, or there are too few rounds (stored runs: too few of those) for a change. */
function doubtOn({ change, rounds }: Growth, worst: Standing | null): Warning {
  if (worst !== null || change !== null) return { code: "limit-close" };
  return { code: "few-rounds", rounds, needed: FEWEST_ROUNDS };
}

/** A largest exponent is held against the candidate's own, and a largest change against what both sides share. */
function standingsOf({ baseline, candidate, change, verdict }: Growth, { limit, threshold }: Budget): Standing[] {
  const most: Standing[] =
    limit === null ? [] : [{ bound: limit, state: stateOf(candidate.value, candidate.interval.lower, limit) }];
  if (threshold === null || change === null || baseline === null) return most;
  const state = stateOf(change.value, change.interval.lower, threshold);
  const proven = state === "broken" && verdict !== "steeper" ? "open" : state;
  return [...most, { bound: baseline.value + threshold, state: proven }];
}

function stateOf(value: number, lower: number, bound: number): Standing["state"] {
  return lower > bound ? "broken" : value > bound ? "open" : "kept";
}

function verdictOn({ verdict, baseline }: Growth, worst: Standing | null): Verdict {
  if (worst !== null) return worst.state === "broken" ? "regression" : "inconclusive";
  if (baseline === null) return "added";
  return verdict === "flatter" ? "improvement" : verdict === "steeper" ? "not-slower" : "unchanged";
}

/** Warnings that what families take grows faster with their size than it did. */
export function steeperGrowth(growth: readonly Growth[]): readonly Warning[] {
  return growth.flatMap(
    ({ suite, family, metric, verdict, baseline, candidate, change, points }): readonly Warning[] => {
      const last = points.at(-1)!;
      if (verdict !== "steeper" || baseline === null || change === null || last.baseline === null) return [];
      const largest = { size: last.size, baseline: last.baseline, candidate: last.candidate };
      return [{ code: "steeper-growth", suite, family, metric, baseline, candidate, change, largest }];
    },
  );
}

/** What budgets for exponents may be for. */
export function exponentsIn(growth: readonly Growth[]): readonly Measured[] {
  return growth.flatMap((each) =>
    namesOf(each).map((benchmark) => ({ suite: each.suite, benchmark, metric: COMPLEXITY })),
  );
}
