import { DIMENSIONS, type Dimension } from "./dimension.ts";
import type { Direction } from "./measurement.ts";
import type { Budget } from "./plan.ts";
import type { StatisticName } from "./statistic.ts";

/** The rule for a statistic where no budget of the user's names its metric. */
type DefaultRule = Pick<Budget, "threshold" | "limit" | "floor" | "severity">;

/** A statistic that a budget without any means, and the rule that holds for it by default; null: none, it is only recorded. */
interface UsualStatistic {
  readonly name: StatisticName;
  readonly rule: DefaultRule | null;
}

/** What holds for a metric whether Benchgate knows it or only its tool does. */
export interface MetricTraits {
  /** What it is measured in, the usual dimension first. They give its canonical units and those of its limits. */
  readonly dimensions: readonly [Dimension, ...Dimension[]];
  readonly statistics: readonly [UsualStatistic, ...UsualStatistic[]];
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

const GATE = { limit: null, floor: 0, severity: "gate" } as const;
const SHOWN = { limit: null, floor: 0, severity: "advisory" } as const;
const MEAN_FIRST = { first: ["mean", "p50"], tail: null } as const;
/** A metric that is recorded and shown on demand, and that nothing is asked of by default. */
const RECORDED = { statistics: [{ name: "p50", rule: null }], followed: MEAN_FIRST, printed: "quoted" } as const;

const ROWS = {
  latency: {
    dimensions: ["duration"],
    better: "lower",
    statistics: [
      { name: "p50", rule: { ...GATE, threshold: 0.05 } },
      { name: "p99", rule: { ...GATE, threshold: 0.15 } },
    ],
    followed: { first: ["p50", "mean"], tail: "p99" },
    printed: "unsaid",
    reserved: true,
  },
  throughput: {
    dimensions: ["rate", "byte-rate"],
    better: "higher",
    statistics: [{ name: "mean", rule: { ...SHOWN, threshold: 0.05 } }],
    followed: MEAN_FIRST,
    printed: "plain",
    reserved: true,
  },
  memory: {
    dimensions: ["bytes"],
    better: "lower",
    statistics: [{ name: "max", rule: { ...SHOWN, threshold: 0.05, floor: 64 * 1024 } }],
    followed: { first: ["max", "mean"], tail: null },
    printed: "plain",
    reserved: true,
  },
  "error-rate": {
    dimensions: ["share"],
    better: "lower",
    statistics: [{ name: "mean", rule: { ...GATE, threshold: null, limit: 0.01 } }],
    followed: MEAN_FIRST,
    printed: "plain",
    reserved: true,
  },
  "failed-checks": {
    dimensions: ["share"],
    better: "lower",
    // A script's own assertions: they are shown, and warn, and turn nothing red that nobody asked for.
    statistics: [{ name: "mean", rule: { ...SHOWN, threshold: null, limit: 0 } }],
    followed: MEAN_FIRST,
    printed: "plain",
    reserved: true,
  },
  allocations: { ...RECORDED, dimensions: ["count"], better: "lower", reserved: true },
  "user-time": { ...RECORDED, dimensions: ["duration"], better: "lower", reserved: true },
  "system-time": { ...RECORDED, dimensions: ["duration"], better: "lower", reserved: true },
  "cpu-time": { ...RECORDED, dimensions: ["duration"], better: "lower", reserved: false },
  "gc-time": { ...RECORDED, dimensions: ["duration"], better: "lower", reserved: false },
  "event-loop-delay": { ...RECORDED, dimensions: ["duration"], better: "lower", reserved: false },
} as const satisfies Readonly<Record<string, Metric>>;

/** The metrics that Benchgate knows by name. */
export type MetricName = keyof typeof ROWS;

/** Every metric that Benchgate knows, one row each, in the order in which they are listed: all that any room asks of one is here. */
export const METRICS: Readonly<Record<MetricName, Metric>> = ROWS;

/** The names of `METRICS`, in their order. */
export const METRIC_NAMES = Object.keys(METRICS) as readonly MetricName[];

/** What holds for a metric that only its tool knows: its unit and direction come with what is measured. */
export const OTHER_METRIC: MetricTraits = {
  ...RECORDED,
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

/** What every measurement of a known metric says of it: its name, its usual canonical unit and its better direction. */
export function identityOf(metric: MetricName) {
  const { dimensions, better } = METRICS[metric];
  return { metric, unit: DIMENSIONS[dimensions[0]].unit, better } as const;
}
