import { matches, type Suite } from "../model/plan.ts";
import type { Open } from "./agenda.ts";

/**
 * Whether anybody asked about a benchmark; `*` is a whole suite.
 *
 * @param only a pattern over `suite/benchmark`; null asks about all.
 * @param open the benchmarks that are measured; null: all of them.
 */
export function isAsked(only: string | null, open: Open | null = null) {
  return (suite: string, benchmark: string): boolean => {
    if (open !== null && !open.has(suite)) return false;
    if (benchmark === "*") return true;
    const asked = only === null || matches(only, `${suite}/${benchmark}`);
    return asked && (open?.get(suite)?.includes(benchmark) ?? true);
  };
}

/** The suites that can hold what `only`, a pattern over `suite/benchmark`, asks about. */
export function suitesAsked(suites: readonly Suite[], only: string | null): readonly Suite[] {
  const [suite] = only?.includes("/") ? only.split("/") : ["*"];
  return suites.filter(({ name }) => matches(suite!, name));
}
