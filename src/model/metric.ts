import { DIMENSIONS, type Dimension } from "./dimension.ts";
import type { Direction, ToolMeasurement } from "./measurement.ts";
import type { Budget } from "./plan.ts";
import type { StatisticName } from "./statistic.ts";

/** The rule for a statistic where no budget of the user's names its metric. */
type DefaultRule = Pick<Budget, "threshold" | "limit" | "defaultLimit" | "severity" | "yieldsTo">;

/** A statistic that a budget without any means, and the rule that holds for it by default; null: nobody is held to it, and its mean is told. */
interface UsualStatistic {
  readonly name: StatisticName;
  readonly rule: DefaultRule | null;
}

/** What holds for a metric whether Benchgate knows it or only its tool does. */
export interface MetricTraits {
  /** What it is measured in, the usual dimension first. They give its canonical units and those of its limits. */
  readonly dimensions: readonly [Dimension, ...Dimension[]];
  readonly statistics: readonly [UsualStatistic, ...UsualStatistic[]];
  /** A change of at most this much, in the canonical unit, never matters where a budget sets no floor of its own. */
  readonly floor: number;
  /** What holds instead where one operation is measured, and not the whole process: then it is a fact of the benchmark. */
  readonly perOperation?: { readonly rule: DefaultRule; readonly floor: number };
  /** Whether it is zero wherever all is well: then that it is not zero on one side is the news, which no ratio tells. */
  readonly sparse?: true;
  /** What trends follow: the first of `first` that a round has, and `tail` beside it where enough samples lie beyond it. */
  readonly followed: { readonly first: readonly StatisticName[]; readonly tail: StatisticName | null };
  /** How reports print its name beside a statistic: not at all, as it is, or quoted as any name of a tool's. */
  readonly printed: "unsaid" | "plain" | "quoted";
}

/** What Benchgate knows of a metric. */
export interface Metric extends MetricTraits {
  readonly better: Direction;
  /**
   * Whether the configuration keeps the name for it: a key of its own, limits in its dimensions alone, and a name that is nearly this
   * one is taken for a mistake. Not where tools have metrics of their own with such names: `gc.time` is JMH's.
   */
  readonly reserved: boolean;
}

const GATE = { limit: null, severity: "gate" } as const;
const SHOWN = { limit: null, severity: "advisory" } as const;
const MEAN_FIRST = { first: ["mean", "p50"], tail: null } as const;
/** A metric that nobody is held to by default: how its mean changes is told. */
const TOLD = {
  statistics: [{ name: "p50", rule: null }],
  floor: 0,
  followed: MEAN_FIRST,
  printed: "quoted",
} as const;

/** What an operation allocates gates at so much, and not below one allocation or so many bytes more: a floor is what does not matter yet. */
const ALLOCATED = { ...GATE, threshold: 0.1 } as const;
const JUST_BELOW = 0.9996;
const ONE_ALLOCATION = JUST_BELOW;
const SMALLEST_OBJECT = 16 * JUST_BELOW;

const ROWS = {
  latency: {
    dimensions: ["duration"],
    better: "lower",
    statistics: [
      { name: "p50", rule: { ...GATE, threshold: 0.05 } },
      { name: "p99", rule: { ...GATE, threshold: 0.15 } },
    ],
    floor: 0,
    followed: { first: ["p50", "mean"], tail: "p99" },
    printed: "unsaid",
    reserved: true,
  },
  throughput: {
    dimensions: ["rate", "byte-rate"],
    better: "higher",
    statistics: [{ name: "mean", rule: { ...GATE, threshold: 0.05, yieldsTo: ["latency"] } }],
    floor: 0,
    followed: MEAN_FIRST,
    printed: "plain",
    reserved: true,
  },
  memory: {
    dimensions: ["bytes"],
    better: "lower",
    statistics: [{ name: "max", rule: { ...SHOWN, threshold: 0.05 } }],
    floor: 64 * 1024,
    perOperation: { rule: ALLOCATED, floor: SMALLEST_OBJECT },
    followed: { first: ["max", "mean"], tail: null },
    printed: "plain",
    reserved: true,
  },
  "error-rate": {
    dimensions: ["share"],
    better: "lower",
    statistics: [{ name: "mean", rule: { ...GATE, threshold: null, limit: 0.01, defaultLimit: true } }],
    // A handful of failures among thousands of requests is no trend.
    floor: 0.001,
    followed: MEAN_FIRST,
    printed: "plain",
    reserved: true,
  },
  "failed-checks": {
    dimensions: ["share"],
    better: "lower",
    // A script's own assertions: they are shown, and warn, and turn nothing red that nobody asked for.
    statistics: [{ name: "mean", rule: { ...SHOWN, threshold: null, limit: 0, defaultLimit: true } }],
    floor: 0,
    followed: MEAN_FIRST,
    printed: "plain",
    reserved: true,
  },
  allocations: {
    ...TOLD,
    dimensions: ["count"],
    better: "lower",
    statistics: [{ name: "p50", rule: ALLOCATED }],
    floor: ONE_ALLOCATION,
    reserved: true,
  },
  "heap-growth": {
    ...TOLD,
    dimensions: ["bytes"],
    better: "lower",
    floor: SMALLEST_OBJECT,
    sparse: true,
    printed: "plain",
    reserved: true,
  },
  "user-time": { ...TOLD, dimensions: ["duration"], better: "lower", reserved: true },
  "system-time": { ...TOLD, dimensions: ["duration"], better: "lower", reserved: true },
  "cpu-time": { ...TOLD, dimensions: ["duration"], better: "lower", reserved: false },
  "gc-time": { ...TOLD, dimensions: ["duration"], better: "lower", reserved: false },
  "event-loop-delay": { ...TOLD, dimensions: ["duration"], better: "lower", reserved: false },
} as const satisfies Readonly<Record<string, Metric>>;

/** The metrics that Benchgate knows by name. */
export type MetricName = keyof typeof ROWS;

/** Every metric that Benchgate knows, one row each, in the order in which they are listed: all that any room asks of one is here. */
export const METRICS: Readonly<Record<MetricName, Metric>> = ROWS;

/** The names of `METRICS`, in their order. */
export const METRIC_NAMES = Object.keys(METRICS) as readonly MetricName[];

/** What holds for a metric that only its tool knows: its unit and direction come with what is measured. */
export const OTHER_METRIC: MetricTraits = {
  ...TOLD,
  dimensions: ["count", "share", "duration", "bytes", "rate", "byte-rate"],
};

/** The row of a metric, or null where only its tool knows it. */
export function knownMetric(name: string): Metric | null {
  return Object.hasOwn(METRICS, name) ? METRICS[name as MetricName] : null;
}

/** What holds for a metric of any name. */
export function traitsOf(name: string): MetricTraits {
  return knownMetric(name) ?? OTHER_METRIC;
}

/** How a metric is told that no budget names, nor any default. */
export const TOLD_BY = { statistic: "mean", threshold: 0.05, limit: null, severity: "advisory" } as const;

/** What holds for a metric of any name where one operation is measured (`per`), or the whole process. */
export function rulesOf(name: string, per: ToolMeasurement["per"]): Pick<MetricTraits, "statistics" | "floor"> {
  const { statistics, floor, perOperation } = traitsOf(name);
  if (per === undefined || perOperation === undefined) return { statistics, floor };
  const [first] = statistics;
  return { statistics: [{ name: first.name, rule: perOperation.rule }], floor: perOperation.floor };
}

/** What every measurement of a known metric says of it: its name, its usual canonical unit and its better direction. */
export function identityOf(metric: MetricName) {
  const { dimensions, better } = METRICS[metric];
  return { metric, unit: DIMENSIONS[dimensions[0]].unit, better } as const;
}
