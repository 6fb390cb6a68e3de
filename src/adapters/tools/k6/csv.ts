import { GateError } from "../../../model/error.ts";
import { largest } from "../../../model/extremes.ts";
import type { OutputReader } from "../../adapter.ts";
import { decimalIn, wholeIn } from "../../reading/decimal.ts";
import { instantIn } from "../../reading/instant.ts";
import { type Fields, tableReader } from "../../reading/rows.ts";
import type { Expected } from "../../reading/status.ts";
import { Warmup } from "../../reading/warmup.ts";
import { COUNTED, isReported } from "./metrics.ts";
import { K6Run } from "./run.ts";
import { type EndingOf, endingsOf, isRequestTime } from "./tally.ts";

/** How k6's `--out csv` begins. */
export const CSV_HEADER = "metric_name,timestamp,metric_value,";

const NEEDED = ["metric_name", "timestamp", "metric_value", "scenario", "group", "method", "name"] as const;

/** Columns that --system-tags may leave out; -1 where they are not there. */
const TAGS = ["expected_response", "status"] as const;

type Columns = Readonly<Record<(typeof NEEDED)[number] | (typeof TAGS)[number], number>>;

/** How many units of a timestamp make a second, by the number of its digits: K6_CSV_TIME_FORMAT is unix, unix_milli, unix_micro or unix_nano. */
const TIMESTAMPS: Readonly<Record<number, number>> = { 10: 1, 13: 1e3, 16: 1e6, 19: 1e9 };

/**
 * A reader of k6's `--out csv`, which has neither units nor types. k6's own metrics are known by name, and mean what they mean in its JSON. Any
 * other is a script's own, of which the file does not tell whether it is a time or even a trend: all of its values are kept under its name, in no
 * unit, and no default budget judges them.
 * Timestamps are whole seconds unless K6_CSV_TIME_FORMAT says otherwise: from those no throughput follows that is close enough.
 */
export function csvReader(skip: number, expected: Expected): OutputReader {
  const run = new K6Run(new Warmup(skip), expected);
  const endingOf = endingsOf(expected);
  let columns: Columns | null = null;
  return tableReader({
    row(fields) {
      if (columns === null) {
        columns = columnsOf(fields);
        fields.wanted = largest(Object.values(columns)) + 1;
      } else readRow(fields, columns, run, endingOf);
    },
    end: () => [run.round()],
  });
}

function columnsOf(fields: Fields): Columns {
  const names = Array.from({ length: fields.count }, (_, column) => fields.text(column));
  const missing = NEEDED.find((name) => !names.includes(name));
  if (missing !== undefined) {
    const remedy = "Keep k6's default --system-tags, or run k6 with --out json=FILE";
    throw new GateError(`There is no column ${missing}`, remedy);
  }
  return Object.fromEntries([...NEEDED, ...TAGS].map((name) => [name, names.indexOf(name)])) as Columns;
}

function readRow(fields: Fields, columns: Columns, run: K6Run, endingOf: EndingOf): void {
  const value = fields.number(columns.metric_value, decimalIn);
  if (Number.isNaN(value)) {
    if (fields.isHeader(columns)) return;
    fields.refuse("a number", columns.metric_value, "metric_value");
  }
  const time = timeOf(fields, columns.timestamp);
  const metric = fields.text(columns.metric_name);
  if (metric === "") fields.refuse("a name", columns.metric_name, "metric_name");
  if (!run.knows(metric)) run.define(metric, isReported(metric) && !COUNTED.has(metric), undefined);
  if (run.warmup.seconds > 0 && run.warmup.cuts(time)) return;
  if (value < 0 && isRequestTime(metric)) fields.refuse("a duration", columns.metric_value, "metric_value");
  run.add(metric, value, {
    time: () => (isWholeSecond(fields, columns.timestamp) ? Number.NaN : time),
    requests: () => requestsOf(fields, columns, run),
    ending: () => endingOf(metric, (key) => fields.text((columns as Readonly<Record<string, number>>)[key] ?? -1)),
  });
}

function timeOf(fields: Fields, column: number): number {
  const perSecond = TIMESTAMPS[lengthOf(fields, column)];
  const number = perSecond === undefined ? Number.NaN : fields.number(column, wholeIn) / perSecond;
  const time = Number.isNaN(number) ? fields.number(column, instantIn) : number;
  return Number.isNaN(time) ? fields.refuse("a time", column, "timestamp") : time;
}

function isWholeSecond(fields: Fields, column: number): boolean {
  return lengthOf(fields, column) === 10 || lengthOf(fields, column) === "2026-11-23T00:35:19Z".length;
}

function lengthOf(fields: Fields, column: number): number {
  return column < fields.count ? fields.ends[column]! - fields.starts[column]! : 0;
}

function requestsOf(fields: Fields, columns: Columns, run: K6Run) {
  return run.kinds.of({
    scenario: fields.text(columns.scenario),
    group: fields.text(columns.group),
    method: fields.text(columns.method),
    name: fields.text(columns.name),
  });
}
