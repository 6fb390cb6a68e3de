import { GateError } from "../../../model/error.ts";
import { at, field, type JsonObject, readArray, readName, readObject } from "../../reading/json.ts";

/** One row of Google Benchmark's JSON, and where it stands. */
interface Row {
  readonly row: JsonObject;
  readonly path: string;
}

/** One benchmark's repetitions. */
export interface Group {
  readonly benchmark: string;
  readonly rows: readonly Row[];
}

/** One benchmark of which only aggregates were written. */
export interface Aggregates {
  readonly benchmark: string;
  readonly mean: Row;
  readonly median: Row;
}

const SUFFIX = /^(.+)_(mean|median|stddev|cv|BigO|RMS)$/;

/**
 * The rows by benchmark, in the order of the file. Older versions write no `run_type`: there a row is an aggregate where it fits no time, or
 * where its name is another row's with a suffix, or has siblings of the other suffixes.
 * Throws a `GateError` with path for a repetition that is there twice, and for aggregates without mean and median.
 */
export function groupRows(root: JsonObject): readonly (Group | Aggregates)[] {
  const rows = readArray(field(root, "benchmarks"), "benchmarks").map((each, i): Row => {
    const path = at("benchmarks", i);
    return { row: readObject(each, path), path };
  });
  const names = new Set(rows.map(({ row }) => field(row, "name")));
  const groups = new Map<string, { rows: Row[]; aggregates: Map<string, Row> }>();
  for (const row of rows) {
    const { benchmark, aggregate } = identify(row, names);
    const group = groups.get(benchmark) ?? { rows: [], aggregates: new Map() };
    groups.set(benchmark, group);
    if (aggregate === null) addRow(group.rows, row, benchmark);
    else group.aggregates.set(aggregate, row);
  }
  return [...groups].flatMap(([benchmark, { rows: repetitions, aggregates }]): (Group | Aggregates)[] => {
    if (repetitions.length > 0) return [{ benchmark, rows: repetitions }];
    const [mean, median] = [aggregates.get("mean"), aggregates.get("median")];
    if (mean !== undefined && median !== undefined) return [{ benchmark, mean, median }];
    // The fit of a whole family (BM_Sort_BigO) belongs to none of its benchmarks.
    if ([...aggregates.keys()].every((key) => key === "BigO" || key === "RMS")) return [];
    const { path } = [...aggregates.values()][0]!;
    const problem = `Only aggregates of ${JSON.stringify(benchmark)}, without mean and median`;
    throw new GateError(problem, "Run it without --benchmark_report_aggregates_only", { path });
  });
}

function identify({ row, path }: Row, names: ReadonlySet<unknown>): { benchmark: string; aggregate: string | null } {
  const name = readName(field(row, "name"), at(path, "name"));
  const type = field(row, "run_type");
  const own = (key: string) => (field(row, key) === undefined ? null : readName(field(row, key), at(path, key)));
  const [, stem, suffix] = SUFFIX.exec(name) ?? [];
  if (type === "aggregate") {
    return { benchmark: own("run_name") ?? stem ?? name, aggregate: own("aggregate_name") ?? suffix ?? "unnamed" };
  }
  const fit = Object.hasOwn(row, "big_o") || Object.hasOwn(row, "rms");
  const siblings = names.has(stem) || (names.has(`${stem}_mean`) && names.has(`${stem}_stddev`));
  if (type === undefined && suffix !== undefined && (fit || siblings)) return { benchmark: stem!, aggregate: suffix };
  return { benchmark: own("run_name") ?? name, aggregate: null };
}

function addRow(rows: Row[], row: Row, benchmark: string): void {
  const repetition = field(row.row, "repetition_index");
  const same =
    repetition !== undefined && rows.some(({ row: other }) => field(other, "repetition_index") === repetition);
  if (same) {
    const problem = `Two benchmarks are called ${JSON.stringify(benchmark)}`;
    throw new GateError(problem, "Register each benchmark under a name of its own", { path: row.path });
  }
  rows.push(row);
}
