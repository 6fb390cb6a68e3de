import type { Distribution, ToolMeasurement } from "../../src/model/measurement.ts";
import { quantileOf, quantileOfCounts } from "../../src/stats/quantile.ts";
import { evaluate, sampleCount } from "../../src/stats/statistic.ts";
import { mapped } from "./worse.ts";

/** Where the tail begins that is made worse alone: less than half of a p99's own, so that a median never notices. */
const TAIL = 0.975;

/** A p99 rests on so many samples at least; a tool that takes fewer by its nature is not asked for one. */
const SAMPLES = 300;

/** Whether a change of a measurement's p99 must be told: whoever runs a load test means it, of anything else only where it has the samples. */
export function isAskedForTail({ loadModel, distribution }: ToolMeasurement): boolean {
  return loadModel !== undefined || (sampleCount(distribution) ?? 0) >= SAMPLES;
}

/** A latency whose slowest values alone are twice as slow; null where the tool tells nothing of them. */
export function tailWorsened<M extends ToolMeasurement>(measurement: M): M | null {
  const { distribution, metric } = measurement;
  if (metric !== "latency") return null;
  const edge = tailEdge(distribution);
  if (edge === null) return null;
  const change = (value: number) => (value >= edge ? value * 2 : value);
  const changed = mapped(measurement, change);
  if (changed.distribution.kind !== "quantiles" || distribution.kind !== "quantiles") return changed;
  // A mean barely moves.
  const { mean } = distribution;
  return { ...changed, distribution: { ...changed.distribution, ...(mean !== undefined && { mean }) } };
}

function tailEdge(distribution: Distribution): number | null {
  const count = sampleCount(distribution);
  if (count === null || evaluate(distribution, "p99", null) === null) return null;
  if (distribution.kind === "quantiles") {
    const levels = Object.entries(distribution.quantiles).filter(([level]) => Number(level) > TAIL);
    return levels.length === 0 ? null : Math.min(...levels.map(([, value]) => value));
  }
  const middle = evaluate(distribution, "p50", null);
  const edge =
    distribution.kind === "samples"
      ? quantileOf(distribution.samples, TAIL)
      : distribution.kind === "histogram"
        ? quantileOfCounts(distribution.values, distribution.counts, TAIL)
        : null;
  // Where all values are one tick there is no tail of its own.
  return edge === null || middle === null || edge <= middle ? null : edge;
}
