import { GateError } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { ParsedRound, ToolFailure } from "../adapter.ts";

/**
 * One process's measurements and failures, checked: it holds something, and no benchmark has the same metric twice.
 * `remedy` tells how the tool's user makes two equal names differ, `nothing` how to get benchmarks out of the tool at all.
 */
export function round(
  measurements: readonly ToolMeasurement[],
  failures: readonly ToolFailure[],
  { remedy, nothing }: { readonly remedy: string; readonly nothing: string },
): ParsedRound {
  if (measurements.length === 0 && failures.length === 0) throw new GateError("It holds no benchmarks", nothing);
  const seen = new Set<string>();
  for (const { benchmark, metric } of measurements) {
    const key = JSON.stringify([benchmark, metric]);
    if (seen.has(key)) throw new GateError(`Two benchmarks are called ${JSON.stringify(benchmark)}`, remedy);
    seen.add(key);
  }
  return { measurements, failures };
}
