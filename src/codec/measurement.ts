import { DIMENSIONS } from "../model/dimension.ts";
import { GateError } from "../model/error.ts";
import type { Measurement, ToolMeasurement } from "../model/measurement.ts";
import { knownMetric, type Metric } from "../model/metric.ts";
import type { Spend } from "./allowance.ts";
import { decodeDistribution, decodeSlices, encodeDistribution } from "./distribution.ts";
import type { Path, Refuse } from "./place.ts";
import type { WireMeasurement } from "./schema.ts";
import { UNITS } from "./units.ts";

const OPTIONAL = ["per", "perSlice", "estimator", "resolution", "loadModel", "source"] as const;

/** The measurement that is written so, under `path`. Calls `refuse` where its unit, direction or values are not those of its metric. */
export function decodeMeasurement(
  wire: WireMeasurement,
  path: Path,
  refuse: Refuse,
  spend: Spend | undefined,
): Measurement {
  const { suite, benchmark, metric, unit } = wire;
  const known = knownMetric(metric);
  const better = wire.better ?? known?.better;
  if (better === undefined)
    return refuse([...path, "better"], "is missing", 'Say which way is better: "lower" or "higher"');
  const [canonical, factor] = UNITS.get(unit) ?? [];
  if (canonical !== undefined) {
    const remedy = factor === 1 ? `Write "${canonical}"` : `Multiply the values by ${factor} and write "${canonical}"`;
    refuse([...path, "unit"], `${JSON.stringify(unit)} is not a base unit`, remedy);
  }
  if (known?.reserved) refuseOtherwise(known, { metric, unit, better }, path, refuse);
  const distribution = decodeDistribution(wire, path, refuse, spend);
  return {
    suite,
    benchmark,
    metric,
    unit,
    better,
    distribution,
    ...decodeSlices(wire),
    ...optional(wire),
  };
}

/** Refuses a metric that Benchgate knows in another unit or direction than its own: its name would promise what its numbers are not. */
function refuseOtherwise(
  known: Metric,
  { metric, unit, better }: Pick<Measurement, "metric" | "unit" | "better">,
  path: Path,
  refuse: Refuse,
): void {
  const remedy = "Write it so, or give the metric a name of your own";
  if (better !== known.better) {
    refuse(
      [...path, "better"],
      `${JSON.stringify(better)} is not the better direction of ${metric}, which is "${known.better}"`,
      remedy,
    );
  }
  const units = known.dimensions.map((dimension) => DIMENSIONS[dimension].unit);
  if (units.every((each) => each !== unit)) {
    refuse(
      [...path, "unit"],
      `${JSON.stringify(unit)} is not a unit of ${metric}, which is in ${units.join(" or ")}`,
      remedy,
    );
  }
}

/** A measurement as it is written, keys in a fixed order. Throws a `GateError` where a number is not finite. */
export function encodeMeasurement(measurement: Measurement): object {
  const { suite, benchmark, metric, unit, better, resolution } = measurement;
  const values = encodeDistribution(measurement);
  for (const value of [...Object.values(values), resolution]) {
    const numbers = typeof value === "object" && value !== null ? Object.values(value) : [value];
    if (numbers.every((number) => typeof number !== "number" || Number.isFinite(number))) continue;
    const what = `${JSON.stringify(benchmark)} has a ${metric} that is not a finite number`;
    throw new GateError(what, "This is a mistake in the adapter that read it: please report it with the tool's output");
  }
  return {
    suite,
    benchmark,
    metric,
    unit,
    better,
    ...values,
    ...optional(measurement),
  };
}

/** The keys that a measurement need not have, where it has them. */
function optional(from: WireMeasurement | Measurement): Pick<ToolMeasurement, (typeof OPTIONAL)[number]> {
  if (OPTIONAL.every((key) => from[key] === undefined)) return NONE;
  return Object.fromEntries(OPTIONAL.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]));
}

const NONE = {};
