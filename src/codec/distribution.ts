import { GateError } from "../model/error.ts";
import type { Distribution, Measurement } from "../model/measurement.ts";
import { knownMetric } from "../model/metric.ts";
import type { Spend } from "./allowance.ts";
import { decodeHistogram } from "./histogram.ts";
import type { Path, Refuse } from "./place.ts";
import { DISTRIBUTIONS, type WireMeasurement } from "./schema.ts";
import { fromSteps, readSketch, toSteps } from "./sketch.ts";

/** The distribution that a measurement was written with: exactly one. */
export function decodeDistribution(
  wire: WireMeasurement,
  path: Path,
  refuse: Refuse,
  spend: Spend | undefined,
): Distribution {
  const present = DISTRIBUTIONS.filter((key) => wire[key] !== undefined);
  if (present.length !== 1) {
    refuse(
      path,
      `has ${present.length === 0 ? "no values" : present.join(" and ")}`,
      `Give one of ${DISTRIBUTIONS.filter((key) => key !== "sketch").join(", ")}`,
    );
  }
  if (wire.medians !== undefined && wire.samples === undefined && wire.sketch === undefined)
    refuse([...path, "medians"], "has no samples that it is of", "Give the samples that the medians are of");
  if (wire.tails !== undefined && wire.medians?.length !== wire.tails.length)
    refuse([...path, "tails"], "has not one value for each of the medians", "Give both of the same slices, or neither");
  refuseNegative(wire, path, refuse);
  if (wire.samples !== undefined) return { kind: "samples", samples: Float64Array.from(wire.samples) };
  if (wire.value !== undefined) return { kind: "value", value: wire.value, exact: wire.exact };
  if (wire.quantiles !== undefined) {
    if (Object.keys(wire.quantiles).length === 0 && wire.mean === undefined)
      refuse([...path, "quantiles"], "must not be empty");
    const quantiles = decodeQuantiles(wire.quantiles, [...path, "quantiles"], refuse);
    return { kind: "quantiles", quantiles, count: wire.count, ...(wire.mean !== undefined && { mean: wire.mean }) };
  }
  if (wire.sketch !== undefined) return decodeSketch(wire, wire.sketch, path, refuse);
  if (wire.scale === undefined)
    return refuse([...path, "scale"], "is missing", "Say what one step of the histogram is worth");
  try {
    return decodeHistogram(wire.histogram ?? "", wire.scale, spend);
  } catch (error) {
    if (error instanceof GateError) throw error;
    const remedy = "Write it with HdrHistogram's encodeIntoCompressedByteBuffer and 3 significant digits";
    return refuse([...path, "histogram"], error instanceof Error ? error.message : String(error), remedy);
  }
}

function decodeSketch(
  { metric }: WireMeasurement,
  wire: NonNullable<WireMeasurement["sketch"]>,
  path: Path,
  refuse: Refuse,
): Distribution {
  const sketch = "n" in wire ? withoutSlices(wire) : wire;
  const at = [...path, "sketch"];
  try {
    const counted = readSketch(sketch);
    if ((counted.values[0] ?? 0) < 0 && knownMetric(metric) !== null)
      refuse(at, `holds a ${metric} below zero`, "Check the values, or give the metric a name of your own");
    return { kind: "histogram", ...counted, sketch };
  } catch (error) {
    if (error instanceof GateError) throw error;
    return refuse(at, error instanceof Error ? error.message : String(error), "Write the samples in place of it");
  }
}

function withoutSlices<T extends { readonly m?: unknown; readonly t?: unknown }>({ m: _, t: __, ...rest }: T) {
  return rest;
}

/** What is known of a measurement's slices. */
type SlicesKnown = Pick<Measurement, "medians" | "tails">;

/** What is known of a measurement's slices: beside samples as it is, in a sketch as steps. */
export function decodeSlices({ medians, tails, sketch }: WireMeasurement): SlicesKnown {
  const steps = sketch !== undefined && "n" in sketch ? sketch : { m: undefined, t: undefined, min: 0 };
  const [middles, last] = [medians ?? stepped(steps.m, steps.min), tails ?? stepped(steps.t, steps.min)];
  if (middles === undefined) return {};
  return { medians: middles, ...(last?.length === middles.length && { tails: last }) };
}

function stepped(steps: readonly number[] | undefined, min: number): readonly number[] | undefined {
  const values = steps && fromSteps(steps, min);
  return values?.every(Number.isFinite) ? values : undefined;
}

/** The keys by which a measurement's distribution is written, and what is known of its slices. */
export function encodeDistribution({
  distribution,
  medians,
  tails,
}: SlicesKnown & Pick<Measurement, "distribution">): Readonly<Record<string, unknown>> {
  const sketch = "sketch" in distribution ? distribution.sketch : null;
  if (sketch !== null && "min" in sketch && medians !== undefined && [...medians, ...(tails ?? [])].every(isTime)) {
    const [m, t] = [toSteps(medians, sketch.min), tails && toSteps(tails, sketch.min)];
    return { sketch: { ...sketch, m, ...(t && { t }) } };
  }
  return {
    ...encodeValues(distribution),
    ...(medians !== undefined && { medians }),
    ...(tails !== undefined && { tails }),
  };
}

function isTime(value: number): boolean {
  return value > 0;
}

function encodeValues(distribution: Distribution): Readonly<Record<string, unknown>> {
  switch (distribution.kind) {
    case "samples":
      return { samples: Array.from(distribution.samples) };
    case "quantiles": {
      const { quantiles, count, mean } = distribution;
      return { quantiles, count, ...(mean !== undefined && { mean }) };
    }
    case "histogram":
      return "sketch" in distribution
        ? { sketch: distribution.sketch }
        : { histogram: distribution.encoded, scale: distribution.scale };
    case "value":
      return { value: distribution.value, ...(distribution.exact && { exact: true }) };
  }
}

/** The metrics that Benchgate knows are never below zero; a tool's own may be, such as a balance. */
function refuseNegative(
  { metric, samples, medians, tails, quantiles, mean, value }: WireMeasurement,
  path: Path,
  refuse: Refuse,
): void {
  if (knownMetric(metric) === null) return;
  const below = (number: number | undefined) => number !== undefined && number < 0;
  const sample = samples?.findIndex(below) ?? -1;
  const median = medians?.findIndex(below) ?? -1;
  const tail = tails?.findIndex(below) ?? -1;
  const [level] = Object.entries(quantiles ?? {}).find(([, quantile]) => below(quantile)) ?? [];
  const wrong = [
    ...(sample < 0 ? [] : [["samples", sample]]),
    ...(median < 0 ? [] : [["medians", median]]),
    ...(tail < 0 ? [] : [["tails", tail]]),
    ...(level === undefined ? [] : [["quantiles", level]]),
    ...(below(mean) ? [["mean"]] : []),
    ...(below(value) ? [["value"]] : []),
  ];
  const [first] = wrong;
  if (first === undefined) return;
  refuse([...path, ...first], `is a ${metric} below zero`, "Check the values, or give the metric a name of your own");
}

/** Quantiles under canonical keys ("0.50" is "0.5"), which must rise with their level. */
function decodeQuantiles(
  wire: Readonly<Record<string, number>>,
  path: Path,
  refuse: Refuse,
): Readonly<Record<string, number>> {
  const entries = Object.entries(wire).map(([key, value]) => ({ key, value, level: levelOf(key) }));
  for (const { key, level } of entries) {
    if (level === null) refuse([...path, key], "is not a level from 0 to 1", 'Write the 99th percentile as "0.99"');
  }
  const sorted = entries.sort((a, b) => Number(a.level) - Number(b.level));
  sorted.forEach(({ key, value, level }, i) => {
    const lower = sorted[i - 1];
    if (lower === undefined) return;
    if (lower.level === level) refuse([...path, key], `is the same level as "${lower.key}"`, "Keep one of the two");
    if (lower.value > value) {
      refuse(
        [...path, key],
        `is below the quantile at ${lower.key}`,
        "Quantiles must not fall as their level rises: check the values",
      );
    }
  });
  return Object.fromEntries(sorted.map(({ level, value }) => [String(level), value]));
}

function levelOf(key: string): number | null {
  const level = /^[\d.]+(e-\d+)?$/.test(key) ? Number(key) : Number.NaN;
  return level >= 0 && level <= 1 ? level : null;
}
