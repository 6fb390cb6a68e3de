import { GateError } from "../../model/error.ts";
import { outputOf } from "./output.ts";
import { feed } from "./reader.ts";
import { type TableReader, tableReader } from "./rows.ts";

/** A row of a table with a header: its cells by the names of their columns, and the line on which it begins. */
export interface TableRecord {
  readonly cells: Readonly<Record<string, string>>;
  readonly line: number;
}

/**
 * The rows of a whole table, comma-separated where nothing else is said, below its header, which may stand there again where files were joined. Throws a
 * `GateError` with the line of a row that is not whole. The last one may do without a line break: what writes these tables ends them in ways of its own.
 */
export function readRecords(text: string, delimiter = ","): readonly TableRecord[] {
  const records: TableRecord[] = [];
  let columns: readonly string[] | null = null;
  const table: TableReader = {
    row(fields, line) {
      const cells = Array.from({ length: fields.count }, (_, column) => fields.text(column));
      if (columns === null) columns = cells;
      else if (cells.length !== columns.length) {
        const problem = `This row has ${cells.length} cells, its header ${columns.length}`;
        throw new GateError(problem, "Let the tool write its file to the end", { line });
      } else if (!cells.every((cell, i) => cell === columns![i]))
        records.push({ cells: Object.fromEntries(columns.map((name, i) => [name, cells[i]!])), line });
    },
    end: () => [],
  };
  feed(tableReader(table, { delimiter }), outputOf(text.endsWith("\n") ? text : `${text}\n`));
  return records;
}

/** The number of at least zero in a cell; `remedy` says what to give instead of a table that has none. Throws a `GateError` with the line and the column. */
export function readCell({ cells, line }: TableRecord, column: string, remedy: string): number {
  const cell = Object.hasOwn(cells, column) ? cells[column]! : "";
  const value = CELL.test(cell) ? Number(cell) : Number.NaN;
  if (Number.isFinite(value)) return value;
  const found = JSON.stringify(cell.slice(0, 40));
  throw new GateError(`Expected a number of at least 0 under ${JSON.stringify(column)}, found ${found}`, remedy, {
    line,
  });
}

const CELL = /^\d+(?:\.\d*)?(?:[eE][-+]?\d+)?$/;

/** The name in a cell, which holds more than spaces. Throws a `GateError` with the line and the column. */
export function readNameCell({ cells, line }: TableRecord, column: string, remedy: string): string {
  const cell = Object.hasOwn(cells, column) ? cells[column]! : "";
  if (cell.trim() !== "") return cell;
  throw new GateError(`Expected a name under ${JSON.stringify(column)}, found nothing`, remedy, { line });
}
