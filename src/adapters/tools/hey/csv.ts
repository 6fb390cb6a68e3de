import type { OutputReader } from "../../adapter.ts";
import { decimalIn, wholeIn } from "../../reading/decimal.ts";
import { opensWith } from "../../reading/json.ts";
import { LoadRun } from "../../reading/load-run.ts";
import { UNNAMED } from "../../reading/load-summary.ts";
import { tableReader } from "../../reading/rows.ts";
import { type Expected, httpSuccess, isBelow400 } from "../../reading/status.ts";
import { Warmup } from "../../reading/warmup.ts";

const HEADER = "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset";
const COLUMN = { time: 0, status: 6, offset: 7 } as const;

const HEY = { per: 1, resolution: 0.0001, loadModel: "closed" } as const;
const NOTHING = "Check that the service was up: hey writes no row for a request that got no answer";

/** Whether a text begins as `hey -o csv` does. */
export function isHeyCsv(text: string): boolean {
  return opensWith(text, HEADER);
}

/**
 * A reader of `hey -o csv`: seconds with four decimals, one row for each request that was answered. A status from 400 up is a failure. Requests
 * that got no answer are not in the file at all: the error rate is that of the answers.
 */
export function heyCsvReader(skip: number, expected: Expected): OutputReader {
  const isSuccess = httpSuccess(expected, isBelow400);
  const run = new LoadRun(new Warmup(skip), NOTHING);
  let isHeader = true;
  return tableReader({
    row(fields) {
      if (isHeader) {
        isHeader = false;
        return;
      }
      const [time, offset] = [COLUMN.time, COLUMN.offset].map((column) => fields.number(column, decimalIn)) as [
        number,
        number,
      ];
      const status = fields.number(COLUMN.status, wholeIn);
      if (Number.isNaN(time) && fields.isHeader({ "response-time": COLUMN.time })) return;
      if (!(time >= 0)) fields.refuse("seconds", COLUMN.time, "response-time");
      if (!(offset >= 0)) fields.refuse("seconds", COLUMN.offset, "offset");
      if (Number.isNaN(status)) fields.refuse("a status", COLUMN.status, "status-code");
      if (run.warmup.seconds > 0 && run.warmup.cuts(offset)) return;
      run.of(UNNAMED).add(time, isSuccess(status), offset, offset + time);
    },
    end: () => [run.round(HEY, NOTHING)],
  });
}
