import { GateError } from "../../../model/error.ts";
import type { ToolMeasurement } from "../../../model/measurement.ts";
import type { DivanRow } from "./row.ts";

/** What Divan's `AllocProfiler` prints under a benchmark: the heading, then a row of counts and one of bytes. */
const COUNTS = [
  { heading: "alloc:", count: "allocations", bytes: "memory" },
  { heading: "dealloc:", count: "deallocations", bytes: "deallocated-bytes" },
  { heading: "grow:", count: "grows", bytes: "grown-bytes" },
  { heading: "shrink:", count: "shrinks", bytes: "shrunk-bytes" },
] as const;

const MEDIAN = 2;

const BYTES: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};

/**
 * The allocations of one benchmark, from the rows that follow it; rows before the first heading are throughputs and are left out, as is `max alloc`:
 * Divan divides it by the iterations of a sample, whose number it chooses by their speed. Counts and bytes are those of the median; where all four
 * columns agree they are exact.
 * Throws a `GateError` with the line, `line` being that of the first row.
 */
export function readAllocations(benchmark: string, rows: readonly DivanRow[], line: number): ToolMeasurement[] {
  return rows.flatMap(({ cells: [heading] }, i) => {
    const metrics = COUNTS.find((each) => each.heading === heading);
    if (metrics === undefined) return [];
    const read = (at: number, unit: "1" | "B", metric: string): ToolMeasurement => {
      const values = (rows[at]?.cells ?? []).slice(0, 4).map((cell) => readAmount(cell, unit, line + at));
      const value = values[MEDIAN];
      if (value === undefined) throw cut(line + at);
      const exact = values.every((each) => each === value);
      const per = unit === "B" ? ({ per: "operation" } as const) : {};
      return { benchmark, metric, unit, better: "lower", ...per, distribution: { kind: "value", value, exact } };
    };
    return [read(i + 1, "1", metrics.count), read(i + 2, "B", metrics.bytes)];
  });
}

function readAmount(cell: string, unit: "1" | "B", line: number): number {
  const [, digits, suffix] = /^(\d{1,30}(?:\.\d{1,30})?)(?: (\S{1,4}))?$/.exec(cell) ?? [];
  const scale =
    unit === "1"
      ? suffix === undefined
        ? 1
        : undefined
      : Object.hasOwn(BYTES, suffix ?? "")
        ? BYTES[suffix!]
        : undefined;
  if (digits === undefined || scale === undefined) throw cut(line);
  return Number(digits) * scale;
}

function cut(line: number): GateError {
  return new GateError(
    "Allocations that cannot be read",
    "Keep other output out of Divan's table: have the program write to stderr",
    { line },
  );
}
