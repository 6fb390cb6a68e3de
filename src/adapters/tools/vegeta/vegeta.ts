import { GateError } from "../../../model/error.ts";
import type { Adapter, OutputReader, ToolOutput } from "../../adapter.ts";
import { jsonOf, opensWith } from "../../reading/json.ts";
import { isCutHead } from "../../reading/output.ts";
import { feed, headed, whole } from "../../reading/reader.ts";
import type { Expected } from "../../reading/status.ts";
import { refuseWarmup } from "../../reading/warmup.ts";
import { isReport, isTextReport, readReport, readTextReport } from "./report.ts";
import { csvReader, isCsv, isJsonLines, jsonReader } from "./results.ts";

/** Outputs that are certainly vegeta's and hold too little: how each begins, why it is refused, what to do. */
const REFUSED: readonly (readonly [mark: RegExp, problem: string, remedy: string])[] = [
  [
    /^Value\(ms\)\s+Percentile\s+TotalCount/,
    "vegeta's hdrplot does not say which requests failed, and would show a service that is down as a fast one",
    "Use vegeta encode, or vegeta report -type=json",
  ],
  [
    /^Bucket\s+#\s+%\s+Histogram/,
    "vegeta's histogram report has no percentiles",
    "Use vegeta encode, or vegeta report -type=json",
  ],
  [
    // Gob, Go's own binary form, begins with the names of the fields of lib.Result.
    /^[^{]{0,40}Result[\s\S]{0,80}Attack[\s\S]{0,80}Timestamp/,
    "these are vegeta's results as it writes them, in a binary form of Go's",
    "Make lines of them: vegeta encode results.bin",
  ],
];

/**
 * Vegeta's encoded results (`vegeta encode`, as JSON lines or CSV), and its reports as JSON and text.
 *
 * From results come the latencies of the requests that succeeded (a status from 200 to 399), of all `requests` and of each target. Reports have
 * vegeta's own percentiles, of all requests, which are told to hold failures where there are any. The load is open: vegeta keeps its rate, but for `-rate=0` and
 * where `-max-workers` do not suffice, of which no output tells: none holds the rate that was asked for.
 */
export const vegeta: Adapter = {
  name: "vegeta",
  title: "vegeta",
  command: "vegeta attack -duration=30s -rate=100 -targets=targets.txt | vegeta encode > $BENCHGATE_OUTPUT",
  gives: { samples: true, p99: true, memory: false },
  exitCodes: [0],
  cutsWarmup: true,
  recognises: (output) => {
    const { head } = output;
    return (
      isCsv(head) ||
      isJsonLines(head) ||
      isTextReport(head) ||
      REFUSED.some(([mark]) => mark.test(head)) ||
      looksLikeReport(output)
    );
  },
  tellsStatus: true,
  parse: (output) => feed(vegetaReader(output.skip ?? 0, output.expected), output),
  stream: ({ skip, expected }) => vegetaReader(skip, expected),
};

/** The whole of a report is looked at; of one that is cut, within its list of errors, its beginning must do. */
function looksLikeReport({ text, head, json }: ToolOutput): boolean {
  if (!opensWith(text, "{") || !head.includes('"50th"')) return false;
  const value = json();
  return value === undefined ? opensWith(text, '{"latencies":{"total":') && isCutHead(text) : isReport(value);
}

function vegetaReader(skip: number, expected: Expected): OutputReader {
  return headed((head) => {
    if (isCsv(head)) return csvReader(skip, expected);
    if (isJsonLines(head)) return jsonReader(skip, expected);
    const refused = REFUSED.find(([mark]) => mark.test(head));
    if (refused !== undefined) throw new GateError(refused[1], refused[2], { line: 1 });
    refuseWarmup(skip, "a report of vegeta", "Give the results: vegeta encode");
    return whole((output) => {
      const { text } = output;
      if (isTextReport(text)) return [readTextReport(text, expected)];
      const report = opensWith(text, "{") ? jsonOf(output) : undefined;
      if (isReport(report)) return [readReport(report, expected)];
      throw new GateError("this is not an output of vegeta that can be read", "Give what vegeta encode prints", {
        line: 1,
      });
    });
  });
}
