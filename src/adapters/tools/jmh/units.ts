import { UNITS } from "../../../codec/units.ts";
import type { Direction } from "../../../model/measurement.ts";
import { ownUnit } from "../../reading/time-unit.ts";

/** What a `scoreUnit` is here: the canonical unit, the factor into it, and which way is better. */
export interface JmhUnit {
  readonly unit: string;
  readonly scale: number;
  readonly better: Direction;
}

/** JMH's names of time units (`org.openjdk.jmh.util.Utils`, `TimeValue`), in seconds; kotlinx-benchmark says `sec` for its `s`. */
const SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  sec: 1,
  min: 60,
  hr: 3600,
  day: 86_400,
};

/** What JMH's profilers print. Their megabytes are binary (`GCProfiler`). */
const OTHERS: Readonly<Record<string, JmhUnit>> = {
  "B/op": { unit: "B", scale: 1, better: "lower" },
  "MB/sec": { unit: "B/s", scale: 1024 ** 2, better: "lower" },
  counts: { unit: "1", scale: 1, better: "lower" },
  "#/op": { unit: "1", scale: 1, better: "lower" },
};

/** The unit behind `ops/ms`, `us/op`, `ms`, or a profiler's own; an unknown one is kept, and lower taken for better. */
export function jmhUnit(scoreUnit: string): JmhUnit {
  const rate = /^ops\/(\w+)$/.exec(scoreUnit)?.[1];
  if (rate !== undefined && Object.hasOwn(SECONDS, rate))
    return { unit: "1/s", scale: 1 / SECONDS[rate]!, better: "higher" };
  const time = /^(\w+?)(?:\/op)?$/.exec(scoreUnit)?.[1];
  if (time !== undefined && Object.hasOwn(SECONDS, time)) return { unit: "s", scale: SECONDS[time]!, better: "lower" };
  if (Object.hasOwn(OTHERS, scoreUnit)) return OTHERS[scoreUnit]!;
  const own = ownUnit(scoreUnit);
  const [unit, scale] = UNITS.get(own) ?? [own === "" ? "1" : own, 1];
  return { unit, scale, better: "lower" };
}
