import { GateError } from "../../model/error.ts";
import type { ParsedRound, Told, ToolFailure } from "../adapter.ts";

/**
 * One process's measurements and failures, checked: it holds something, and no benchmark has the same metric twice.
 * `remedy` tells how the tool's user makes two equal names differ, `nothing` how to get benchmarks out of the tool at all.
 */
export function round(
  told: readonly Told[],
  { remedy, nothing }: { readonly remedy: string; readonly nothing: string },
): ParsedRound {
  if (told.length === 0) throw new GateError("It holds no benchmarks", nothing);
  const parsed = parted(told);
  const seen = new Set<string>();
  for (const { benchmark, metric } of parsed.measurements) {
    const key = `${metric.length} ${metric}${benchmark}`;
    if (seen.has(key)) throw new GateError(`Two benchmarks are called ${JSON.stringify(benchmark)}`, remedy);
    seen.add(key);
  }
  return parsed;
}

/** What a tool told, its measurements and its failures each in their order. */
export function parted(told: readonly Told[]): ParsedRound {
  return { measurements: told.filter((each) => "metric" in each), failures: told.filter(isFailure) };
}

/** The same of a run that is one benchmark: what failed is the failure of the whole run (`*`), and then nothing was measured. */
export function wholeRun(told: readonly Told[]): ParsedRound {
  const { measurements, failures } = parted(told);
  return failures.length === 0
    ? { measurements, failures }
    : { measurements: [], failures: failures.map(({ reason }) => ({ benchmark: "*", reason })) };
}

/** Whether a benchmark is told to have failed. */
export function isFailure(told: Told): told is ToolFailure {
  return "reason" in told;
}
