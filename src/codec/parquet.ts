import { ByteWriter } from "hyparquet-writer/src/bytewriter.js";
import { ParquetWriter } from "hyparquet-writer/src/parquet-writer.js";

/** What a column holds, each value of it or nothing (null). */
export type ColumnType = "text" | "whole" | "number" | "time";

/** A column of a table. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** A value of a row: a time is ISO 8601. */
export type Cell = string | number | null;

/** How Parquet stores each type (https://parquet.apache.org/docs/file-format/types). */
const TYPES = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  whole: { type: "INT32" },
  number: { type: "DOUBLE" },
  time: { type: "INT64", converted_type: "TIMESTAMP_MILLIS" },
} as const;

/**
 * A table as Apache Parquet, in pieces: a row group for each piece of the table, so that no more than that is in memory. Times that are none, and whole
 * numbers beyond 32 bits, are nothing.
 */
export async function* parquet(
  columns: readonly Column[],
  pieces: AsyncIterable<readonly (readonly Cell[])[]>,
): AsyncGenerator<Uint8Array, void, void> {
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    schema: [
      { name: "root", num_children: columns.length },
      ...columns.map(({ name, type }) => ({ name, repetition_type: "OPTIONAL" as const, ...TYPES[type] })),
    ],
    createdBy: "benchgate",
  });
  const drain = (): Uint8Array => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    return bytes;
  };
  for await (const rows of pieces) {
    if (rows.length === 0) continue;
    const columnData = columns.map(({ name, type }, at) => {
      return { name, data: rows.map((row) => cellValue(type, row[at] ?? null)), offsetIndex: false };
    });
    await file.write({ columnData, rowGroupSize: rows.length });
    yield drain();
  }
  await file.finish();
  yield drain();
}

function cellValue(type: ColumnType, cell: Cell): string | number | Date | null {
  switch (type) {
    case "text":
      return cell === null ? null : String(cell);
    case "number":
      return cell === null ? null : Number(cell);
    case "whole":
      return cell === null || (Number(cell) | 0) !== Number(cell) ? null : Number(cell);
    case "time": {
      const time = typeof cell === "string" ? Date.parse(cell) : Number.NaN;
      return Number.isNaN(time) ? null : new Date(time);
    }
  }
}
