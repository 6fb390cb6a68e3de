import { GateError } from "../../../model/error.ts";
import type { Adapter } from "../../adapter.ts";
import { feed, headed, whole } from "../../reading/reader.ts";
import { refuseWarmup } from "../../reading/warmup.ts";
import { isLog, logReader } from "./log.ts";
import { isTable, readTable } from "./table.ts";

/**
 * What HdrHistogram writes, in whatever program: interval logs (.hlog, V1 and V2), and percentile tables (.hgrm). Neither tells of errors: a program
 * that measures failures as well must end with an exit code.
 */
export const hdrHistogram: Adapter = {
  name: "hdrhistogram",
  title: "HdrHistogram",
  command: "your-program --histogram-log=$BENCHGATE_OUTPUT    # HistogramLogWriter",
  gives: { samples: true, p99: true, memory: false },
  exitCodes: [0],
  cutsWarmup: true,
  recognises: ({ head }) => isLog(head) || isTable(head),
  parse: (output) => feed(hdrReader(output.skip ?? 0), output),
  stream: ({ skip }) => hdrReader(skip),
};

function hdrReader(skip: number) {
  return headed((head) => {
    if (isLog(head)) return logReader(skip);
    if (!isTable(head)) {
      throw new GateError("this is neither a histogram log nor a percentile table of HdrHistogram", "Check `tool`", {
        line: 1,
      });
    }
    refuseWarmup(skip, "a percentile table", "Write a histogram log");
    return whole(({ text }) => [readTable(text)]);
  });
}
