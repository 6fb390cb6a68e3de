import { GateError } from "../../../model/error.ts";
import type { ParsedRound } from "../../adapter.ts";
import { UNTAGGED } from "./log.ts";

const HEADER = /^\s*Value\s+Percentile\s+TotalCount\s+1\/\(1-Percentile\)\s*$/;
const ROW = /^\s*(\d+(?:\.\d+)?)\s+([01]\.\d+)\s+(\d+)(?:\s+(?:\d+(?:\.\d+)?|inf|Infinity|∞))?\s*$/;
const MEAN = /^#\[Mean\s*=\s*(\d+(?:\.\d+)?|NaN),/;
const TOTAL = /^#\[Max\s*=\s*\d+(?:\.\d+)?, Total count\s*=\s*(\d+)\]$/;
const REMEDY = "Give the whole of what outputPercentileDistribution prints, and nothing else";

/** Levels that people ask for. */
const LEVELS = [0, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1];

/** Whether a text begins as a percentile table (.hgrm). */
export function isTable(head: string): boolean {
  return HEADER.test(head.trimStart().split(/\r?\n/, 1)[0] ?? "");
}

interface Row {
  readonly value: number;
  readonly percentile: number;
  /** How many values are at most `value`. */
  readonly reached: number;
}

/**
 * The round that a percentile table tells of. A level between two rows is given only where it follows: `value` is that of every level from the
 * row's own to the share of all values that it reaches. Which unit the values are in is nowhere told, so they have none, as the metric `value`.
 */
export function readTable(text: string): ParsedRound {
  const rows: Row[] = [];
  let [mean, total]: [number | undefined, number | undefined] = [undefined, undefined];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const row = ROW.exec(line)?.slice(1).map(Number);
    const last = rows.at(-1);
    if (row !== undefined) {
      const [value = 0, percentile = 0, reached = 0] = row;
      if (last !== undefined && (value < last.value || percentile < last.percentile || reached < last.reached)) {
        throw new GateError("This row is below the one before it", REMEDY, { line: i + 1 });
      }
      rows.push({ value, percentile, reached });
    } else if (MEAN.test(line)) mean = Number(MEAN.exec(line)![1]);
    else if (TOTAL.test(line)) total = Number(TOTAL.exec(line)![1]);
    else if (line.trim() !== "" && !HEADER.test(line) && !/^#\[(?:Buckets|Mean)\b/.test(line)) {
      throw new GateError(`This is not a row of a percentile table: ${line.slice(0, 60)}`, REMEDY, { line: i + 1 });
    }
  }
  if (total === undefined || rows.length === 0) throw new GateError("the table is cut off: it has no total", REMEDY);
  if (total === 0) throw new GateError("the histogram was empty", "Record something");
  if (rows.at(-1)!.reached !== total) throw new GateError("its rows do not reach its total count", REMEDY);
  return {
    measurements: [
      {
        benchmark: UNTAGGED,
        metric: "value",
        unit: "1",
        better: "lower",
        distribution: {
          kind: "quantiles",
          quantiles: quantilesOf(rows, total),
          count: total,
          ...(mean === undefined || Number.isNaN(mean) ? {} : { mean }),
        },
        estimator: "hdr",
      },
    ],
    failures: [],
  };
}

function quantilesOf(rows: readonly Row[], total: number): Readonly<Record<string, number>> {
  return Object.fromEntries(
    LEVELS.flatMap((level) => {
      const row = rows.find(({ percentile, reached }) => percentile <= level && level * total <= reached);
      return row === undefined ? [] : [[String(level), row.value] as const];
    }),
  );
}
