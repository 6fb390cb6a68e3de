import type { Direction } from "../../../model/measurement.ts";
import { ownUnit } from "../../reading/time-unit.ts";

/** What a Go unit measures: the metric's name, its canonical unit, the factor into it, and which way is better. */
export interface GoMetric {
  readonly metric: string;
  readonly unit: string;
  readonly scale: number;
  readonly better: Direction;
  /** Whether the testing package computes it as a mean over the iterations of a line. */
  readonly perOperation: boolean;
}

const KNOWN: Readonly<Record<string, GoMetric>> = {
  "ns/op": { metric: "latency", unit: "s", scale: 1e-9, better: "lower", perOperation: true },
  "sec/op": { metric: "latency", unit: "s", scale: 1, better: "lower", perOperation: true },
  "B/op": { metric: "memory", unit: "B", scale: 1, better: "lower", perOperation: true },
  "allocs/op": { metric: "allocations", unit: "1", scale: 1, better: "lower", perOperation: true },
  "MB/s": { metric: "throughput", unit: "B/s", scale: 1e6, better: "higher", perOperation: true },
  "B/s": { metric: "throughput", unit: "B/s", scale: 1, better: "higher", perOperation: true },
};

/** How the last or first part of a custom unit tells its dimension: `p99-ns`, `ns/GC`, `total-bytes`. Tried in order. */
const DIMENSIONS: readonly (readonly [pattern: RegExp, unit: string, scale: number])[] = [
  [/^ns(?:\/|$)|-ns$/, "s", 1e-9],
  [/^[uµμ]s(?:\/|$)|-[uµμ]s$/, "s", 1e-6],
  [/^ms(?:\/|$)|-ms$/, "s", 1e-3],
  [/^s(?:ec)?(?:\/|$)|-s(?:ec)?$/, "s", 1],
  [/^(?:B|bytes)(?:\/op|$)|-(?:B|bytes)$/, "B", 1],
  [/^[^/]*(?<!B|bytes|bits|bit)\/s(?:ec)?$/, "1/s", 1],
];

/**
 * The metric behind a unit that `go test` printed; a unit of `ReportMetric` names its own metric. Direction comes from
 * a `Unit` line where there is one (`declared`), else rates are better higher and everything else lower. Throws a `GateError` for a time whose unit is lost.
 */
export function goMetric(unit: string, declared: Direction | undefined): GoMetric {
  const known = Object.hasOwn(KNOWN, unit) ? KNOWN[unit]! : custom(ownUnit(unit));
  return declared === undefined ? known : { ...known, better: declared };
}

function custom(unit: string): GoMetric {
  const [, canonical, scale] = DIMENSIONS.find(([pattern]) => pattern.test(unit)) ?? [null, unit, 1];
  return {
    metric: unit,
    unit: canonical,
    scale,
    better: /\/s(?:ec)?$/.test(unit) ? "higher" : "lower",
    perOperation: false,
  };
}
