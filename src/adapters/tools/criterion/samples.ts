import type { ToolMeasurement } from "../../../model/measurement.ts";
import { mistake, readPositive } from "../../reading/json.ts";

/**
 * The samples of a Criterion benchmark: each batch's measured total over its number of calls, times `scale`.
 * Throws a `GateError` with path where totals and counts do not go together.
 */
export function perCall(
  totals: readonly unknown[],
  counts: readonly unknown[],
  totalsPath: string,
  countsPath: string,
  scale: number,
): Pick<ToolMeasurement, "distribution" | "estimator"> {
  if (totals.length === 0) mistake("at least one sample", totals, totalsPath);
  if (totals.length !== counts.length) mistake(`${totals.length} counts, one a sample`, counts.length, countsPath);
  const calls = counts.map((count, i) => readPositive(count, `${countsPath}[${i}]`));
  const samples = Float64Array.from(totals, (total, i) => {
    const sample = (readPositive(total, `${totalsPath}[${i}]`) / calls[i]!) * scale;
    return Number.isFinite(sample) ? sample : mistake("a count of at least 1", counts[i], `${countsPath}[${i}]`);
  });
  return {
    distribution: { kind: "samples", samples },
    ...(calls.some((count) => count > 1) ? { estimator: "batch-means" } : {}),
  };
}
