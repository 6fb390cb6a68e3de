import type { Cell } from "../codec/parquet.ts";
import { COLUMNS } from "./table.ts";

/** The first line of the table. */
export const CSV_HEAD = COLUMNS.map(({ name }) => name).join(",");

/**
 * What a spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection), the wide forms of Asian keyboards and spaces before it
 * included.
 */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r]/;

/** A row as a line of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvLine(row: readonly Cell[]): string {
  return row.map(field).join(",");
}

function field(value: Cell): string {
  if (typeof value !== "string") return String(value ?? "");
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
