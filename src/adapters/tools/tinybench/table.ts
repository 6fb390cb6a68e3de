import { GateError, placed } from "../../../model/error.ts";
import type { Told } from "../../adapter.ts";
import {
  at,
  field,
  isObject,
  type JsonObject,
  mistake,
  opensAsJson,
  readName,
  readPositive,
  stripMark,
} from "../../reading/json.ts";

const NANOSECOND = 1e-9;
const BORDER = "│";

/** Column titles over the versions; the unit is part of the title, so it is never guessed. */
const COLUMNS = {
  name: ["Task name", "Task Name"],
  mean: ["Latency avg (ns)", "Latency average (ns)", "Average Time (ns)"],
  median: ["Latency med (ns)", "Latency median (ns)"],
} as const;

/** Whether a value is a row of `bench.table()`. */
export function isRow(value: unknown): boolean {
  return isObject(value) && columnOf(value, "name") !== undefined;
}

/** Whether a text is what `console.table(bench.table())` prints, among other lines or not. */
export function isTable(text: string): boolean {
  return !opensAsJson(text) && COLUMNS.name.some((title) => text.includes(`${BORDER} ${title} `));
}

/** One row of `bench.table()`: mean and median, as rounded as tinybench prints them. `path` is where it stands. */
export function readRow(row: JsonObject, path: string): Told {
  const benchmark = readName(columnOf(row, "name"), at(path, "Task name"));
  const error = field(row, "Error");
  if (typeof error === "string" && error !== "") {
    return { benchmark, reason: `The task threw ${JSON.stringify(error.slice(0, 200))}` };
  }
  const mean = readCell(columnOf(row, "mean"), at(path, "Latency avg (ns)"));
  const median = columnOf(row, "median");
  const quantiles = median === undefined ? {} : { "0.5": readCell(median, at(path, "Latency med (ns)")) * NANOSECOND };
  const count = readCell(field(row, "Samples"), at(path, "Samples"));
  const distribution = { kind: "quantiles", quantiles, count, mean: mean * NANOSECOND } as const;
  return { benchmark, metric: "latency", unit: "s", better: "lower", distribution, estimator: "interpolated" };
}

/** The rows of every table in a text; other lines are the program's own and do not matter. Errors carry the line. */
export function readTable(text: string): Told[] {
  let header: readonly string[] = [];
  const told: Told[] = [];
  for (const [i, line] of stripMark(text).split(/\r?\n/).entries()) {
    if (!line.includes(BORDER)) continue;
    const cells = line.split(BORDER).slice(1, -1).map(unquote);
    if (isHeader(line)) {
      header = cells;
    } else if (header.length > 0) {
      if (cells.length !== header.length) {
        const remedy = `Write bench.table() as JSON: a name with ${BORDER} in it cannot be read back from a table`;
        throw new GateError(`Expected ${header.length} cells, found ${cells.length}`, remedy, { line: i + 1 });
      }
      const row = Object.fromEntries(header.map((title, column) => [title, cells[column]!]));
      told.push(placed({ line: i + 1 }, () => readRow(row, "")));
    }
  }
  return told;
}

function isHeader(line: string): boolean {
  return (
    line.includes(BORDER) && COLUMNS.name.some((title) => line.includes(` ${title} `)) && line.includes(" Samples ")
  );
}

function columnOf(row: JsonObject, column: keyof typeof COLUMNS): unknown {
  return COLUMNS[column].map((title) => field(row, title)).find((cell) => cell !== undefined);
}

/** A cell such as `53293 ± 6.22%`, `40` or the number itself. */
function readCell(cell: unknown, path: string): number {
  if (typeof cell === "number") return readPositive(cell, path);
  const match = /^(\d+(?:\.\d+)?)(?: ± \S+)?$/.exec(typeof cell === "string" ? cell : "");
  return match === null ? mistake("a number", cell, path) : Number(match[1]);
}

/** A cell's text: `util.inspect` puts strings in quotes and escapes within them. */
function unquote(cell: string): string {
  const inside = /^(['"`])(.*)\1$/s.exec(cell.trim());
  if (inside === null) return cell.trim();
  return inside[2]!.replace(/\\(.)/gs, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
}
