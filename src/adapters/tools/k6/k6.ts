import { GateError } from "../../../model/error.ts";
import type { Adapter, ToolOutput } from "../../adapter.ts";
import { jsonOf, opensWith } from "../../reading/json.ts";
import { isCutHead } from "../../reading/output.ts";
import { feed, headed, whole } from "../../reading/reader.ts";
import { type Expected, refuseStatuses } from "../../reading/status.ts";
import { refuseWarmup } from "../../reading/warmup.ts";
import { CSV_HEADER, csvReader } from "./csv.ts";
import { isPoints, pointsReader } from "./points.ts";
import { isSummary, readSummary } from "./summary.ts";

const SUMMARY_MARKS = ['"http_reqs"', '"iteration_duration"', '"root_group"'];

/**
 * The adapter of k6: the raw points of `--out json` and `--out csv`, and the three summaries (--summary-export, `handleSummary` as JSON,
 * machine-readable).
 *
 * Benchmarks carry k6's own words: `http_req_duration` and its submetrics and each custom Trend (latency), `http_reqs` (throughput, of what succeeded),
 * `http_req_failed` (error rate), `checks` (those that failed). Times are those of responses that k6 expected (`expected_response`), and of calls of gRPC with status 0; its
 * summaries do not tell the latter apart. Dropped iterations are a note on the latency. k6 ends iterations at the end of a run without counting them. A p99 that the summary lacks is absent: `summaryTrendStats` must ask for p(99).
 * The load model is left open: no output tells whether the executor kept an arrival rate. k6 exits with 99 where a threshold was
 * crossed; the results are complete then, and thresholds are not read, because their `true` means crossed in one summary and passed in another.
 */
export const k6: Adapter = {
  name: "k6",
  title: "k6",
  command: "k6 run --out json=$BENCHGATE_OUTPUT script.js",
  gives: { samples: true, p99: true, memory: false },
  exitCodes: [0, { code: 99, means: "a threshold of the script is crossed" }],
  cutsWarmup: true,
  recognises: (output) => opensWith(output.text, CSV_HEADER) || isPoints(output.head) || looksLikeSummary(output),
  tellsStatus: true,
  parse: (output) => feed(k6Reader(output.skip ?? 0, output.expected), output),
  stream: ({ skip, expected }) => k6Reader(skip, expected),
};

function k6Reader(skip: number, expected: Expected) {
  return headed((head) => {
    if (opensWith(head, CSV_HEADER)) return csvReader(skip, expected);
    if (isPoints(head)) return pointsReader(skip, expected);
    refuseWarmup(skip, "a summary of k6", "Run k6 with --out json=FILE");
    refuseStatuses(
      expected,
      "a summary of k6",
      "Run k6 with --out json=FILE, or use http.setResponseCallback in the script",
    );
    return whole((output) => {
      const summary = opensWith(output.text, "{") ? jsonOf(output) : undefined;
      if (isSummary(summary)) return [readSummary(summary)];
      throw new GateError(
        "this is not an output of k6 that can be read",
        "Run k6 with --out json=FILE or --summary-export=FILE and give that file",
        { line: 1 },
      );
    });
  });
}

/** How a summary begins, in all of its shapes. */
const SUMMARY_OPENING =
  /^\uFEFF?\s*\{\s*"(?:metrics|root_group|metadata|state|options|setup_data|results|config|version)"\s*:/;

/** The whole of a summary is looked at; of one that is cut, its beginning must do. */
function looksLikeSummary({ text, json }: ToolOutput): boolean {
  const value = json();
  const looks = value === undefined ? isCutHead(text) && SUMMARY_OPENING.test(text) : isSummary(value);
  return looks && SUMMARY_MARKS.some((mark) => text.includes(mark));
}
