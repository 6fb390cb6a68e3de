import { GateError } from "../../model/error.ts";
import { outputOf } from "./output.ts";
import { feed } from "./reader.ts";
import { tableReader } from "./rows.ts";

/** A row of a table with a header: its cells by the names of their columns, and the line on which it begins. */
export interface TableRecord {
  readonly cells: Readonly<Record<string, string>>;
  readonly line: number;
}

/**
 * The rows of a whole table, comma-separated, below its header, which may stand there again where files were joined. Throws a `GateError` with the line of a row that is not whole. The last one may do
 * without a line break: what writes these tables ends them in ways of its own.
 */
export function readRecords(text: string): readonly TableRecord[] {
  const records: TableRecord[] = [];
  let columns: readonly string[] | null = null;
  const rows = tableReader({
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
  });
  feed(rows, outputOf(text.endsWith("\n") ? text : `${text}\n`));
  return records;
}
