import { GateError } from "../model/error.ts";
import type { Adapter } from "./adapter.ts";
import { opensWith, parseJson, tryJson } from "./json.ts";
import { isPoints, readPoints } from "./k6-points.ts";
import { isSummary, readSummary } from "./k6-summary.ts";

const CSV_HEADER = "metric_name,timestamp,metric_value";
const SUMMARY_MARKS = ['"http_reqs"', '"iteration_duration"', '"root_group"'];

/**
 * The adapter of k6: the raw points of `--out json`, and the three summaries (--summary-export, `handleSummary` as JSON, machine-readable).
 *
 * Benchmarks carry k6's own words: `http_req_duration` and its submetrics and each custom Trend (latency), `http_reqs` (throughput),
 * `http_req_failed` (error rate). A p99 that the summary lacks is absent: `summaryTrendStats` must ask for p(99).
 * The load model is left open: no output tells whether the executor kept an arrival rate. k6 exits with 99 where a threshold was
 * crossed; the results are complete then, and thresholds are not read, because their `true` means crossed in one summary and passed in another.
 */
export const k6: Adapter = {
  name: "k6",
  title: "k6",
  command: "k6 run --out json=$BENCHGATE_OUTPUT script.js",
  gives: { samples: true, p99: true, memory: false },
  exitCodes: [0, 99],
  recognises: (text) =>
    opensWith(text, CSV_HEADER) ||
    isPoints(text) ||
    (opensWith(text, "{") && SUMMARY_MARKS.some((mark) => text.includes(mark)) && isSummary(tryJson(text))),
  parse({ text }) {
    if (opensWith(text, CSV_HEADER)) {
      throw new GateError(
        "this is k6's CSV, which has no units",
        "Run k6 with --out json=FILE, or both with two --out",
        { line: 1 },
      );
    }
    if (isPoints(text)) return [readPoints(text)];
    const summary = opensWith(text, "{") ? parseJson(text) : undefined;
    if (isSummary(summary)) return [readSummary(summary)];
    throw new GateError(
      "this is not an output of k6 that can be read",
      "Run k6 with --out json=FILE or --summary-export=FILE and give that file",
      {
        line: 1,
      },
    );
  },
};
