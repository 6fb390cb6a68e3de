import { GateError } from "../../../model/error.ts";
import { readRecords, type TableRecord } from "../../reading/records.ts";
import { type Endpoint, endpointName, refuseClashes, stepAt } from "./endpoint.ts";

/** The endpoints of a `_stats.csv`, its `Aggregated` row last. Throws a `GateError` with the line of a row that is not whole. */
export function readStats(text: string): readonly Endpoint[] {
  const rows = rowsOf(text);
  const endpoints = rows.map(({ cells, line }) => {
    const cell = (column: string) => number(cells, column, line);
    const [requests, failures] = [cell("Request Count"), cell("Failure Count")];
    if (requests === null || failures === null) throw refused("a row without request and failure counts", line);
    const levels = Object.keys(cells).filter((column) => /^\d+(\.\d+)?%$/.test(column));
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
      cells.Type === "" && cells.Name === "Aggregated"
        ? "Aggregated"
        : endpointName(cells.Type ?? "", cells.Name ?? "");
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

/** The rows by column name. What is wrong with one is said of the whole file. */
function rowsOf(text: string): readonly TableRecord[] {
  try {
    return readRecords(text);
  } catch (error) {
    throw error instanceof GateError ? refused(error.problem, error.position.line ?? 1) : error;
  }
}

/** A number in a cell, or null for the `N/A` of an endpoint without requests and for a column that this version of Locust does not write. */
function number(cells: TableRecord["cells"], column: string, line: number): number | null {
  const cell = Object.hasOwn(cells, column) ? cells[column] : undefined;
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
