import type { Outcome } from "../../model/verdict.ts";
import { byBucket } from "../parts/buckets.ts";
import { type ColumnName, columnsFor } from "../parts/columns.ts";
import { countWords } from "../parts/entries.ts";
import { PLAIN } from "../parts/ink.ts";
import { sideNames } from "../words/title.ts";
import { text } from "./markup.ts";

const COLUMNS: readonly ColumnName[] = [
  "verdict",
  "benchmark",
  "statistic",
  "baseline",
  "candidate",
  "change",
  "limit",
];
/** Where scripts are blocked, more rows would only be scrolled past. */
const ROWS = 200;

/** The most interesting rows as a plain table: for viewers that run no script. */
export function fallbackTable(outcome: Outcome): string {
  const rows = [...byBucket(outcome.judgements).values()].flat();
  const shown = rows.slice(0, ROWS);
  const columns = columnsFor(COLUMNS, shown, PLAIN, sideNames(outcome, PLAIN, "candidate"));
  const head = columns.map(
    ({ header, name }) => `<th scope="col">${text(name === "verdict" ? "verdict" : header)}</th>`,
  );
  const body = shown.map((row) => `<tr>${columns.map(({ cell }) => `<td>${text(cell(row))}</td>`).join("")}</tr>`);
  const rest = rows.length > ROWS ? `<p>… and ${text(countWords(rows.slice(ROWS)).join(", "))} more.</p>` : "";
  return `<p>Scripts are blocked here, so there are no filters and no charts.</p><table class="facts"><thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table>${rest}`;
}
