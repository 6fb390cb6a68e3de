import { GateError } from "../model/error.ts";
import { matches, type Suite } from "../model/plan.ts";
import type { Open } from "./agenda.ts";
import { type Deal, shardOf } from "./deal.ts";

/** Patterns over `suite/benchmark`, of which a benchmark fits one where it is asked about, or what is dealt to a shard; null asks about all. */
export type Only = readonly string[] | Deal | null;

/** Whether what is asked about is what was dealt to a shard. */
export function isDeal(only: Only | undefined): only is Deal {
  return only != null && "shard" in only;
}

/** Whether a benchmark fits what is asked about. */
export function fits(only: Only, suite: string, benchmark: string): boolean {
  if (isDeal(only)) return shardOf(only, suite, benchmark) === only.shard.index;
  return only === null || only.some((pattern) => matches(pattern, `${suite}/${benchmark}`));
}

/**
 * Whether anybody asked about a benchmark; `*` is a whole suite.
 *
 * @param open the benchmarks that are measured; null: all of them.
 */
export function isAsked(only: Only, open: Open | null = null) {
  return (suite: string, benchmark: string): boolean => {
    if (open !== null && !open.has(suite)) return false;
    if (benchmark === "*") return true;
    return fits(only, suite, benchmark) && (open?.get(suite)?.includes(benchmark) ?? true);
  };
}

/** The suites that can hold what is asked about. Throws a `GateError` where none can; a shard may have none. */
export function suitesAsked(suites: readonly Suite[], only: Only): readonly Suite[] {
  if (only === null) return suites;
  if (isDeal(only)) return suites.filter(({ name }) => !only.whole.has(name) || fits(only, name, "*"));
  const found = suites.filter(({ name }) => only.some((pattern) => mayFit(pattern, name)));
  if (found.length > 0) return found;
  const names = suites.map(({ name }) => name).join(", ");
  throw new GateError(`${JSON.stringify(only[0])} fits no suite`, `There are ${names}`, { path: "only" });
}

/** Whether a pattern may fit a benchmark of a suite: a `*` stands for slashes too. */
export function mayFit(pattern: string, suite: string): boolean {
  const [start = ""] = pattern.split("*");
  return start.includes("/") ? start.startsWith(`${suite}/`) : pattern !== start && `${suite}/`.startsWith(start);
}
