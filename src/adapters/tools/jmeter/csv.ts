import { GateError } from "../../../model/error.ts";
import { largest } from "../../../model/extremes.ts";
import type { OutputReader } from "../../adapter.ts";
import { wholeIn } from "../../reading/decimal.ts";
import { instantIn } from "../../reading/instant.ts";
import { type Fields, tableReader } from "../../reading/rows.ts";
import { JMETER, type JMeterRun } from "./run.ts";

const COLUMNS = ["timeStamp", "elapsed", "label", "responseCode", "threadName", "success"] as const;
type Columns = Readonly<Record<(typeof COLUMNS)[number], number>>;

/** Where these columns stand in a file without a header, in every version of JMeter as long as none is switched off. */
const DEFAULT_COLUMNS: Columns = { timeStamp: 0, elapsed: 1, label: 2, responseCode: 3, threadName: 5, success: 7 };

const HEADER = /^(?:"?timeStamp"?([,;\t|])"?elapsed"?(?:\1|\r?\n)|elapsed([,;\t|])label\2)/;
const FIRST_ROW = /^\d{13}([,;\t|])\d{1,9}\1(?:(?:"[^"\n]*"|(?!\1)[^"\n])*?\1){5}(?:true|false)\1/;

/** The delimiter of a JTL in CSV, or null where a text does not begin as one. */
export function delimiterOf(head: string): string | null {
  const line = head.slice(0, 4096);
  const [, delimiter, another] = HEADER.exec(line) ?? FIRST_ROW.exec(line) ?? [];
  return delimiter ?? another ?? null;
}

/** A reader of a JTL in CSV. */
export function csvReader(head: string, run: JMeterRun): OutputReader {
  let columns: Columns | null = HEADER.test(head) ? null : DEFAULT_COLUMNS;
  return tableReader(
    {
      row(fields) {
        if (columns === null) {
          columns = columnsOf(fields);
          fields.wanted = largest(Object.values(columns)) + 1;
        } else readRow(fields, columns, run);
      },
      end: () => [run.round()],
    },
    { delimiter: delimiterOf(head) ?? "," },
  );
}

function columnsOf(fields: Fields): Columns {
  const names = Array.from({ length: fields.count }, (_, column) => fields.text(column));
  const missing = (["elapsed", "label", "success"] as const).find((name) => !names.includes(name));
  if (missing !== undefined) {
    const property = { elapsed: "time", label: "label", success: "successful" }[missing];
    throw new GateError(`There is no column ${missing}`, `Set jmeter.save.saveservice.${property}=true`);
  }
  return Object.fromEntries(COLUMNS.map((name) => [name, names.indexOf(name)])) as Columns;
}

function readRow(fields: Fields, columns: Columns, run: JMeterRun): void {
  const elapsed = fields.number(columns.elapsed, wholeIn);
  if (Number.isNaN(elapsed)) {
    if (fields.isHeader(columns)) return;
    fields.refuse("whole milliseconds", columns.elapsed, "elapsed");
  }
  const label = fields.text(columns.label);
  if (label === "") fields.refuse("a label", columns.label, "label");
  if (fields.isEmpty(columns.threadName) && columns.threadName !== -1 && fields.isEmpty(columns.responseCode)) {
    const problem = `${JSON.stringify(label.slice(0, 80))} is not a request: it has neither thread nor response code, as PerfMon's values`;
    throw new GateError(problem, "Have PerfMon write a file of its own");
  }
  run.add({
    label,
    thread: fields.text(columns.threadName),
    start: columns.timeStamp === -1 ? Number.NaN : startOf(fields, columns.timeStamp),
    elapsed,
    status: fields.number(columns.responseCode, wholeIn),
    succeeded: successOf(fields, columns.success),
  });
}

function successOf(fields: Fields, column: number): boolean {
  const text = fields.text(column);
  if (text === "true" || text === "false") return text === "true";
  return fields.refuse("true or false", column, "success");
}

/** Milliseconds since 1970, or a date as the two formats that JMeter's documentation uses have it. */
function startOf(fields: Fields, column: number): number {
  const number = fields.number(column, wholeIn) / JMETER.per;
  const start = Number.isNaN(number) ? fields.number(column, instantIn) : number;
  if (!Number.isNaN(start)) return start;
  throw new GateError(
    `${JSON.stringify(fields.text(column).slice(0, 40))} is not a time that is known`,
    "Set jmeter.save.saveservice.timestamp_format=ms",
    { path: "timeStamp" },
  );
}
