import { keyOf } from "../model/key.ts";
import { METRIC_NAMES } from "../model/metric.ts";
import { likeliest, nearest } from "../model/nearest.ts";
import { type Acceptance, type Budget, matches } from "../model/plan.ts";
import type { Recording } from "../model/recording.ts";
import { STATISTICS } from "../model/statistic.ts";
import type { Judgement } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";

/** One metric of one benchmark of the candidate's; null where it failed before it had any. */
export interface Measured {
  readonly suite: string;
  /** `*` is a whole suite; of the suite `*`, it is all that there might be. */
  readonly benchmark: string;
  readonly metric: string | null;
}

/** The most names among which the nearest is looked for. */
const SOUGHT = 2_000;

/**
 * Warnings on the user's rules that fit nothing of what the candidate measured, each with the nearest right word: a budget for a benchmark that is not
 * there, or for a metric that no benchmark under it gives, or behind another that comes first; an acceptance of what is not judged. What failed may have
 * been what they are for.
 */
export function unfitting(
  { budgets, accept }: { readonly budgets: readonly Budget[]; readonly accept: readonly Acceptance[] },
  measured: readonly Measured[],
  judgements: readonly Judgement[],
): readonly Warning[] {
  const own = budgets.filter(({ origin }) => origin !== "default");
  const rules = [...new Map(own.map((budget) => [JSON.stringify([budget.match, budget.metric]), budget])).values()];
  const told = new Set<string>();
  const failed = measured.filter(({ benchmark }) => benchmark === "*").map(({ suite }) => suite);
  const mayBeOf = (pattern: string) => failed.some((suite) => suite === "*" || matches(suiteOf(pattern), suite));
  const onBudgets = rules.flatMap((rule): Warning[] => {
    const { match, metric } = rule;
    const fitting = measured.filter((each) => matches(match, nameOf(each)));
    if (mayBeOf(match) || told.has(match)) return [];
    if (fitting.length === 0) {
      told.add(match);
      return [{ code: "pattern-fits-nothing", of: "budget", match, near: nearName(match, measured) }];
    }
    if (fitting.some((each) => each.metric === null)) return [];
    const given = fitting.filter((each) => each.metric === metric);
    if (given.length === 0) return [{ code: "metric-not-measured", match, metric, near: nearMetric(metric, fitting) }];
    const first = (each: Measured) =>
      rules.find((other) => other.metric === metric && matches(other.match, nameOf(each)))!;
    if (given.some((each) => first(each) === rule)) return [];
    return [{ code: "budget-hidden", match, metric, by: first(given[0]!).match }];
  });
  const labels = new Set(accept.length === 0 ? [] : judgements.flatMap(labelsOf));
  const onAcceptances = accept.flatMap(({ match }): Warning[] => {
    if (mayBeOf(match) || [...labels].some((label) => matches(match, label))) return [];
    return [
      { code: "pattern-fits-nothing", of: "acceptance", match, near: likeliest(match, [...labels].slice(0, SOUGHT)) },
    ];
  });
  return [...onBudgets, ...onAcceptances];
}

/** What a recording holds, and what failed in it. */
export function measuredOf({ rounds }: Recording): readonly Measured[] {
  const found = new Map<string, Measured>();
  for (const { measurements, failures } of rounds) {
    for (const { suite, benchmark, metric } of measurements) {
      found.set(keyOf(suite, benchmark, metric), { suite, benchmark, metric });
    }
    for (const { suite, benchmark } of failures) found.set(keyOf(suite, benchmark), { suite, benchmark, metric: null });
  }
  return [...found.values()];
}

function nameOf({ suite, benchmark }: Measured): string {
  return `${suite}/${benchmark}`;
}

function suiteOf(pattern: string): string {
  return pattern.split("/")[0] ?? pattern;
}

/** The nearest name that a pattern could have been meant for, without what it leaves open. */
function nearName(match: string, measured: readonly Measured[]): string | null {
  const names = [...new Set(measured.map(nameOf))].slice(0, SOUGHT);
  const exact = match.replaceAll("*", "");
  const near = likeliest(exact, names);
  if (near !== null || !match.includes("/")) return near;
  return likeliest(exact.slice(exact.indexOf("/") + 1), names);
}

function nearMetric(metric: string, measured: readonly Measured[]): string | null {
  return nearest(metric, [...new Set(measured.flatMap((each) => each.metric ?? []))]);
}

/** What `accept` calls a judgement; of what is not compared, all that it might be called. */
function labelsOf({ suite, benchmark, metric, statistic, verdict }: Judgement): readonly string[] {
  if (verdict !== "failed" && verdict !== "added") return [`${suite}/${benchmark} ${metric} ${statistic}`];
  return [metric, ...METRIC_NAMES].flatMap((each) => STATISTICS.map((name) => `${suite}/${benchmark} ${each} ${name}`));
}
