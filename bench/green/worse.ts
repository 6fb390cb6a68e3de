import type { Distribution, ToolMeasurement } from "../../src/model/measurement.ts";
import { STATISTICS } from "../../src/model/statistic.ts";
import { evaluate } from "../../src/stats/statistic.ts";

/** How many times worse a candidate is made. */
export const WORSE = 1.5;

/** Equal values of which half is kept without tossing a coin for each. */
const MANY = 1000;

/** A measurement that is `WORSE` times worse, at the steps in which its tool prints; zero stays zero, which no factor makes worse. */
export function worsened<M extends ToolMeasurement>(measurement: M): M {
  const { better, distribution, metric } = measurement;
  const factor = better === "lower" ? WORSE : 1 / WORSE;
  const whole = distribution.kind === "value" && distribution.exact && Number.isInteger(distribution.value);
  const round = better === "lower" ? Math.ceil : Math.floor;
  return mapped(measurement, (value) => {
    // Of a number below zero, worse is the other direction.
    const changed = value < 0 ? value / factor : value * factor;
    if (whole) return round(changed);
    return metric === "error-rate" ? Math.min(changed, 1) : changed;
  });
}

/** A measurement of half as many samples, drawn at random: a run that got half as far. */
export function halved<M extends ToolMeasurement>(measurement: M, random: () => number): M {
  return { ...measurement, distribution: halfOf(measurement.distribution, random) };
}

/** A measurement with every value changed by `change`, kept to the steps in which its tool prints. */
export function mapped<M extends ToolMeasurement>(measurement: M, change: (value: number) => number): M {
  const step = measurement.resolution ?? 0;
  const value = step > 0 ? (of: number) => Math.round(change(of) / step) * step : change;
  return { ...measurement, distribution: mappedDistribution(measurement.distribution, value) };
}

/** Whether every number that a reader can be shown of a measurement is at least a fifth worse than `before`, and there is one. */
export function isWorse(before: ToolMeasurement, after: ToolMeasurement): boolean {
  const pairs = STATISTICS.flatMap((statistic) => {
    const [a, b] = [evaluate(before.distribution, statistic, null), evaluate(after.distribution, statistic, null)];
    return a === null || b === null || a === 0 ? [] : [[a, b] as const];
  });
  const worse = ([a, b]: readonly [number, number]) =>
    before.better === "lower" ? b - a >= 0.2 * Math.abs(a) : a - b >= 0.16 * Math.abs(a);
  return pairs.length > 0 && pairs.every(worse);
}

/** Whether there is anything in a measurement that a factor can make worse. */
export function canWorsen(measurement: ToolMeasurement): boolean {
  return isWorse(measurement, worsened(measurement));
}

function mappedDistribution(distribution: Distribution, change: (value: number) => number): Distribution {
  switch (distribution.kind) {
    case "samples":
      return { ...distribution, samples: distribution.samples.map(change) };
    case "value":
      return { ...distribution, value: change(distribution.value) };
    case "histogram":
      return { ...distribution, values: distribution.values.map(change) };
    case "quantiles": {
      const quantiles = Object.fromEntries(
        Object.entries(distribution.quantiles).map(([level, value]) => [level, change(value)]),
      );
      const { mean } = distribution;
      return { ...distribution, quantiles, ...(mean !== undefined && { mean: change(mean) }) };
    }
  }
}

function halfOf(distribution: Distribution, random: () => number): Distribution {
  switch (distribution.kind) {
    case "samples": {
      const kept = distribution.samples.filter(() => random() < 0.5);
      return { ...distribution, samples: kept.length > 0 ? kept : distribution.samples.slice(0, 1) };
    }
    case "value":
      return distribution;
    case "histogram":
      return keptOf(distribution, random);
    case "quantiles":
      return { ...distribution, count: Math.ceil(distribution.count / 2) };
  }
}

/** Each of the values kept or not by a coin of its own; of many that are equal, half. */
function keptOf<D extends Extract<Distribution, { kind: "histogram" }>>(distribution: D, random: () => number): D {
  const kept = (count: number) => {
    if (count > MANY) return Math.round(count / 2);
    return Array.from({ length: count }, random).filter((coin) => coin < 0.5).length;
  };
  const counts = distribution.counts.map(kept);
  return counts.some((count) => count > 0) ? { ...distribution, counts } : distribution;
}
