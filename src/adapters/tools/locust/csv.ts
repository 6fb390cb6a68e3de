import { parse as parseCsv } from "csv-parse/sync";
import { GateError } from "../../../model/error.ts";
import { stripMark } from "../../reading/json.ts";
import { type Endpoint, endpointName, refuseClashes, stepAt } from "./endpoint.ts";

/** The endpoints of a `_stats.csv`, its `Aggregated` row last. Throws a `GateError` with the line of a row that is not whole. */
export function readStats(text: string): readonly Endpoint[] {
  const rows = csvRows(text);
  const endpoints = rows.map(({ record, line }) => {
    const cell = (column: string) => number(record, column, line);
    const [requests, failures] = [cell("Request Count"), cell("Failure Count")];
    if (requests === null || failures === null) throw refused("a row without request and failure counts", line);
    const levels = Object.keys(record).filter((column) => /^\d+(\.\d+)?%$/.test(column));
    const quantiles = levels.flatMap((column) => {
      const value = cell(column);
      return value === null ? [] : [[String(Number((Number.parseFloat(column) / 100).toPrecision(12))), value / 1000]];
    });
    const mean = cell("Average Response Time");
    const distribution = {
      kind: "quantiles",
      quantiles: Object.fromEntries(quantiles),
      count: requests,
      ...(mean !== null && { mean: mean / 1000 }),
    } as const;
    const name =
      record.Type === "" && record.Name === "Aggregated"
        ? "Aggregated"
        : endpointName(record.Type ?? "", record.Name ?? "");
    const resolution = stepAt(cell("Median Response Time") ?? 0);
    return {
      ...{ name, requests, failures, rate: cell("Requests/s") },
      latency: quantiles.length === 0 || requests === 0 ? null : { distribution, estimator: "rounded", resolution },
    };
  });
  if (endpoints.at(-1)?.name !== "Aggregated") throw refused("its last row is not Aggregated", rows.at(-1)?.line ?? 1);
  refuseClashes(endpoints.map(({ name }, i) => ({ name, line: rows[i]?.line })));
  return endpoints;
}

interface Row {
  readonly record: Readonly<Record<string, string>>;
  readonly line: number;
}

/** The rows of a CSV by column name. Cells may hold line breaks, so a row remembers the line it ends on. */
function csvRows(text: string): readonly Row[] {
  try {
    const rows = parseCsv(stripMark(text), { columns: true, info: true, skip_empty_lines: true }) as unknown;
    return (rows as { record: Row["record"]; info: { lines: number } }[]).map(({ record, info }) => ({
      record,
      line: info.lines,
    }));
  } catch (error) {
    const { lines, message } = error as { lines?: number; message: string };
    if (lines === undefined) throw error;
    throw refused(message.split("\n", 1)[0] ?? "a row that is not CSV", lines);
  }
}

/** A number in a cell, or null for the `N/A` of an endpoint without requests and for a column that this version of Locust does not write. */
function number(record: Row["record"], column: string, line: number): number | null {
  const cell = Object.hasOwn(record, column) ? record[column] : undefined;
  if (cell === undefined || cell === "N/A") return null;
  const value = cell.trim() === "" ? Number.NaN : Number(cell);
  if (Number.isFinite(value) && value >= 0) return value;
  throw refused(`the cell ${JSON.stringify(cell.slice(0, 40))} under ${JSON.stringify(column)} is not a number`, line);
}

function refused(problem: string, line: number): GateError {
  return new GateError(
    `this is not a complete _stats.csv of Locust: ${problem}`,
    "Let Locust end by itself, or use --json",
    { line },
  );
}
