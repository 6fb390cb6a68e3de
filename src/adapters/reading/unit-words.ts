import type { Direction } from "../../model/measurement.ts";
import { METRICS, type MetricName } from "../../model/metric.ts";
import { withMicro } from "./time-unit.ts";

/** What a unit that people write means: the canonical one, the factor into it, and the metric that is measured so. */
export interface UnitMeaning {
  readonly metric: MetricName | null;
  readonly unit: string;
  readonly scale: number;
  /** Of a size for each of something (`B/op`). */
  readonly per?: "operation";
  /** The better direction of that metric; null where the unit alone does not tell. */
  readonly better: Direction | null;
}

type Row = readonly (readonly [names: string, unit: string, scale: number, metric: UnitMeaning["metric"]])[];

/** Symbols mean what they mean as they are written: `MB` is not `Mb`. */
const SYMBOLS: Row = [
  ["ps", "s", 1e-12, "latency"],
  ["ns nsec", "s", 1e-9, "latency"],
  ["us usec \u00b5s \u03bcs", "s", 1e-6, "latency"],
  ["ms msec", "s", 1e-3, "latency"],
  ["s sec secs", "s", 1, "latency"],
  ["B", "B", 1, "memory"],
  ["kB KB", "B", 1e3, "memory"],
  ["MB", "B", 1e6, "memory"],
  ["GB", "B", 1e9, "memory"],
  ["KiB", "B", 1024, "memory"],
  ["MiB", "B", 1024 ** 2, "memory"],
  ["GiB", "B", 1024 ** 3, "memory"],
  ["B/s", "B/s", 1, "throughput"],
  ["kB/s KB/s", "B/s", 1e3, "throughput"],
  ["MB/s", "B/s", 1e6, "throughput"],
  ["GB/s", "B/s", 1e9, "throughput"],
  ["KiB/s", "B/s", 1024, "throughput"],
  ["MiB/s", "B/s", 1024 ** 2, "throughput"],
  ["GiB/s", "B/s", 1024 ** 3, "throughput"],
  ["1/s Hz", "1/s", 1, "throughput"],
  ["%", "1", 0.01, null],
];

/** Words mean the same with capitals and without. */
const WORDS: Row = [
  ["picosecond picoseconds", "s", 1e-12, "latency"],
  ["nanosecond nanoseconds", "s", 1e-9, "latency"],
  ["microsecond microseconds", "s", 1e-6, "latency"],
  ["millisecond milliseconds", "s", 1e-3, "latency"],
  ["second seconds", "s", 1, "latency"],
  ["byte bytes", "B", 1, "memory"],
  ["kilobyte kilobytes", "B", 1e3, "memory"],
  ["megabyte megabytes", "B", 1e6, "memory"],
  ["gigabyte gigabytes", "B", 1e9, "memory"],
  ["kibibyte kibibytes", "B", 1024, "memory"],
  ["mebibyte mebibytes", "B", 1024 ** 2, "memory"],
  ["gibibyte gibibytes", "B", 1024 ** 3, "memory"],
  [
    "ops/s ops/sec op/s op/sec req/s req/sec reqs/s requests/s requests/sec iter/s iter/sec items/s rps qps tps fps",
    "1/s",
    1,
    "throughput",
  ],
  ["percent", "1", 0.01, null],
];

const BY_SYMBOL = meanings(SYMBOLS);
const BY_WORD = meanings(WORDS);

function meanings(rows: Row): ReadonlyMap<string, UnitMeaning> {
  return new Map(
    rows.flatMap(([names, unit, scale, metric]) => {
      const better = metric === null ? null : METRICS[metric].better;
      return names.split(" ").map((name) => [name, { metric, unit, scale, better }] as const);
    }),
  );
}

/**
 * What a unit means in formats whose authors choose it: `ns`, `ns/iter`, `Megabytes`, `req/s`, `Percent`; null for one that is not known, which is never
 * guessed at. Prefixes are decimal but for `KiB` and its kind. A time or a size for each of something (`/op`, `/iter`, `/call`) is that time or size.
 */
export function readUnit(text: string): UnitMeaning | null {
  const unit = withMicro(text.trim());
  const whole = known(unit);
  if (whole !== null) return whole;
  const per = /^([^/]{1,20})\/(?:op|iter|iteration|call|run|request|req)$/.exec(unit)?.[1];
  const each = per === undefined ? null : known(per);
  if (each?.better === "lower") return each.metric === "memory" ? { ...each, per: "operation" } : each;
  return null;
}

function known(unit: string): UnitMeaning | null {
  return BY_SYMBOL.get(unit) ?? BY_WORD.get(unit.toLowerCase()) ?? null;
}
