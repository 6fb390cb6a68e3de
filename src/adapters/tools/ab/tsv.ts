import { GateError } from "../../../model/error.ts";
import type { OutputReader, ParsedRound } from "../../adapter.ts";
import { wholeIn } from "../../reading/decimal.ts";
import { opensWith } from "../../reading/json.ts";
import { UNNAMED } from "../../reading/load-summary.ts";
import { Observed } from "../../reading/observed.ts";
import { unheld } from "../../reading/requests.ts";
import { tableReader } from "../../reading/rows.ts";
import { refuseWarmup } from "../../reading/warmup.ts";

const HEADER = "starttime\tseconds\tctime\tdtime\tttime\twait";
const TOTAL = 4;
const PERCENTILES = "Percentage served,Time in ms";

/** Whether a text begins as `ab -g` does, or as `ab -e`, which is refused. */
export function isAbTsv(text: string): boolean {
  return opensWith(text, HEADER, PERCENTILES);
}

/**
 * A reader of `ab -g`: the total time of each request, in whole milliseconds. The rows are sorted by that time and begin in whole seconds, so they tell
 * neither a rate nor a warm-up; and they do not tell failures, for which ab's exit code must stand: it ends with 111 where it cannot connect.
 */
export function abTsvReader(skip: number): OutputReader {
  refuseWarmup(skip, "ab -g", "Run ab once more before it, for warming up");
  const times = new Observed();
  let isHeader = true;
  return tableReader(
    {
      row(fields) {
        if (isHeader) {
          isHeader = false;
          if (fields.text(0).startsWith(PERCENTILES.split(",", 1)[0]!)) throw refusedPercentiles();
          return;
        }
        const time = fields.number(TOTAL, wholeIn);
        if (Number.isNaN(time) && fields.isHeader({ ttime: TOTAL })) return;
        if (Number.isNaN(time)) fields.refuse("whole milliseconds", TOTAL, "ttime");
        times.add(time);
      },
      end: () => [roundOf(times)],
    },
    { delimiter: "\t", quoted: false },
  );
}

function roundOf(times: Observed): ParsedRound {
  if (times.count === 0) throw new GateError("It holds no requests", "Check that the service was up");
  const distribution = times.distribution(1000);
  if (distribution === null) return { measurements: [], failures: [unheld(UNNAMED)] };
  const what = { benchmark: UNNAMED, metric: "latency", unit: "s", better: "lower" } as const;
  return { measurements: [{ ...what, distribution, resolution: 0.001, loadModel: "closed" }], failures: [] };
}

function refusedPercentiles(): GateError {
  const problem = "this is ab's table of percentiles (-e), which does not say of how many requests";
  return new GateError(problem, "Run ab with -g FILE, or give what it prints");
}
