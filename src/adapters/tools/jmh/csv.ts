import { GateError, placed } from "../../../model/error.ts";
import type { Distribution } from "../../../model/measurement.ts";
import type { Told } from "../../adapter.ts";
import { stripMark } from "../../reading/json.ts";
import { readCell, readNameCell, readRecords, type TableRecord } from "../../reading/records.ts";
import { leftOut } from "../../reading/round.ts";
import { benchmarkName, type Mode, metricName, modeCalled, PERCENTILE } from "./names.ts";
import { jmhUnit } from "./units.ts";

const HEADER = /^"Benchmark"([,;])"Mode"\1"Threads"\1"Samples"\1"Score"\1/;
const PARAMETER = "Param: ";
const REMEDY = "Write JSON, `-rf json`, which is the same in every language";

/** Whether a text is what `-rf csv` or `-rf scsv` writes. */
export function isTable(text: string): boolean {
  return HEADER.test(stripMark(text.slice(0, 1000)));
}

/** A row: the benchmark and mode that it is about, what stands behind the colon of its name, and its score. */
interface Row {
  readonly record: TableRecord;
  readonly benchmark: string;
  readonly identity: string;
  readonly modeName: string;
  readonly mode: Mode;
  readonly secondary: string | null;
}

/**
 * What `-rf csv` and `-rf scsv` tell: each score alone, a mean over all iterations of all forks, so that the forks are one round. The percentiles of mode
 * `sample` are JMH's own.
 */
export function readTable(text: string): readonly Told[] {
  const delimiter = HEADER.exec(stripMark(text.slice(0, 1000)))?.[1] ?? ",";
  const rows = readRecords(text, delimiter).map(readRow);
  const timed = new Set(rows.filter(({ modeName }) => modeName === "avgt").map(({ identity }) => identity));
  const percentiles = new Map<string, Record<string, number>>();
  for (const { record, benchmark, secondary, mode } of rows) {
    const level = secondary === null || mode.suffix !== " [sample]" ? undefined : PERCENTILE.exec(secondary)?.[1];
    if (level === undefined) continue;
    const known = percentiles.get(benchmark) ?? {};
    known[String(Number(level))] = scoreOf(record) * unitOf(record).scale;
    percentiles.set(benchmark, known);
  }
  return rows
    .filter(({ secondary, mode }) => secondary === null || mode.suffix !== " [sample]" || !PERCENTILE.test(secondary))
    .map((row) => tell(row, timed, percentiles.get(row.benchmark)));
}

function readRow(record: TableRecord): Row {
  const [name = "", ...behind] = readNameCell(record, "Benchmark", REMEDY).split(":");
  const modeName = readNameCell(record, "Mode", REMEDY);
  const mode = modeCalled(modeName);
  if (mode === undefined) {
    const found = JSON.stringify(modeName.slice(0, 40));
    throw new GateError(`Expected thrpt, avgt, sample or ss under "Mode", found ${found}`, REMEDY, {
      line: record.line,
    });
  }
  const parameters = Object.entries(record.cells)
    .filter(([column, value]) => column.startsWith(PARAMETER) && value !== "")
    .map(([column, value]) => [column.slice(PARAMETER.length), value] as const);
  return {
    ...{ record, modeName, mode, identity: JSON.stringify([name, parameters]) },
    benchmark: benchmarkName(name, parameters, mode),
    secondary: behind.length === 0 ? null : behind.join(":"),
  };
}

function tell(
  { record, benchmark, identity, modeName, mode, secondary }: Row,
  timed: ReadonlySet<string>,
  percentiles: Readonly<Record<string, number>> | undefined,
): Told {
  const { scale, ...unit } = unitOf(record);
  const metric = secondary === null ? mode.metric : metricName(secondary);
  const expected = { latency: "s", throughput: "1/s", memory: "B" }[metric];
  if (expected !== undefined && unit.unit !== expected) {
    const found = JSON.stringify(record.cells.Unit);
    throw new GateError(`${found} is not a unit of ${metric}`, REMEDY, { line: record.line });
  }
  // What profilers and counters say beside throughput has the same words where a benchmark was timed as well.
  const named = secondary !== null && modeName === "thrpt" && timed.has(identity) ? `${benchmark} [thrpt]` : benchmark;
  if (record.cells.Score === "NaN") {
    return secondary === null
      ? { benchmark, reason: `JMH reported NaN ${record.cells.Unit} as its ${metric}` }
      : leftOut(named, metric, "NaN");
  }
  const value = scoreOf(record) * scale;
  const count = readCell(record, "Samples", REMEDY);
  const distribution: Distribution =
    secondary === null && percentiles !== undefined && count >= 1
      ? { kind: "quantiles", quantiles: percentiles, count, mean: value }
      : { kind: "value", value, exact: false };
  const isMean = (unit.unit === "s" || unit.unit === "1/s") && mode.suffix === "";
  return {
    ...{ benchmark: named, metric, ...unit, distribution },
    ...(metric === "memory" ? { per: "operation" } : {}),
    ...(isMean ? { estimator: "batch-means" } : distribution.kind === "quantiles" ? { estimator: "interpolated" } : {}),
  };
}

function scoreOf(record: TableRecord): number {
  return readCell(record, "Score", REMEDY);
}

function unitOf(record: TableRecord) {
  return placed({ line: record.line }, () => jmhUnit(readNameCell(record, "Unit", REMEDY)));
}
