import { GateError } from "../../../model/error.ts";
import type { Adapter } from "../../adapter.ts";
import { jsonOf, readObject } from "../../reading/json.ts";
import { feed, headed, whole } from "../../reading/reader.ts";
import { type Expected, refuseStatuses } from "../../reading/status.ts";
import { refuseWarmup } from "../../reading/warmup.ts";
import { csvReader, delimiterOf } from "./csv.ts";
import { JMeterRun } from "./run.ts";
import { isStatistics, readStatistics } from "./statistics.ts";
import { jtlReader } from "./xml.ts";

const XML = /^\s*(?:<\?xml[^>]*\?>\s*)?<testResults[\s>]/;

/**
 * The results file of JMeter (JTL), as CSV with any delimiter, with a header or with the default columns, and as XML; and the `statistics.json` of its
 * dashboard, with the percentiles that JMeter makes as it is delivered.
 *
 * A benchmark is a label; transaction controllers are labels of their own. Latency is `elapsed` of the samples that succeeded, in whole
 * milliseconds; samples that did not are its error rate. Throughput is what succeeded between the label's first start and last end.
 * `expected-status` judges a sample by its response code, unless an assertion failed it; a transaction has no code, and keeps JMeter's verdict.
 * Redirects and embedded resources (sub-results) are part of the sample they belong to and are not counted again.
 * PerfMon writes processor and memory figures into the same columns: such a row is refused.
 */
export const jmeter: Adapter = {
  name: "jmeter",
  title: "JMeter",
  command: "jmeter -n -t plan.jmx -l $BENCHGATE_OUTPUT -Jjmeter.save.saveservice.output_format=csv",
  gives: { samples: true, p99: true, memory: false },
  exitCodes: [0],
  cutsWarmup: true,
  recognises: ({ head }) => XML.test(head) || isStatistics(head) || delimiterOf(head) !== null,
  tellsStatus: true,
  parse: (output) => feed(jmeterReader(output.skip ?? 0, output.expected), output),
  stream: ({ skip, expected }) => jmeterReader(skip, expected),
};

function jmeterReader(skip: number, expected: Expected) {
  return headed((head) => {
    if (isStatistics(head)) {
      const remedy = "Give the results file, `jmeter -l FILE`";
      refuseWarmup(skip, "the statistics.json of JMeter", remedy);
      refuseStatuses(expected, "the statistics.json of JMeter", remedy);
      return whole((output) => [readStatistics(readObject(jsonOf(output), ""))]);
    }
    const run = new JMeterRun(skip, expected);
    if (XML.test(head)) return jtlReader(run);
    if (delimiterOf(head) !== null) return csvReader(head, run);
    throw new GateError(
      "this is not a JTL of JMeter: neither its header nor a sample is on the first line",
      "Run JMeter with -l FILE, and with jmeter.save.saveservice.print_field_names=true",
      { line: 1 },
    );
  });
}
