import { GateError } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter } from "../adapter.ts";
import { searched } from "../reading/output.ts";
import { unprinted } from "../reading/printed.ts";
import { round } from "../reading/round.ts";
import { type TextLine, textLines } from "../reading/text-lines.ts";

const HINTS = {
  remedy: "Give each timer a label of its own, and end each once",
  nothing: 'Put console.time("name") and console.timeEnd("name") around what is to be timed',
};

/** `label: 12.5ms`, `label: 1.234s`, `label: 1:02.345 (m:ss.mmm)`; Deno 1 puts ` - timer ended` behind. */
const TIMER =
  /^(\S.{0,1000}): (?:(\d{1,15}(?:\.\d{1,15})?)(ms|s)|(?:(\d{1,6}):)?(\d{1,2}):(\d{2}\.\d{3}) \((?:h:m)?m:ss\.mmm\))( - timer ended)?$/;
const ENDED = " - timer ended";

/**
 * What `console.timeEnd` prints: one wall-clock time for each label, which is all that is known. There are no samples, so only several rounds tell
 * anything. The digits that were printed are told as the resolution. Other lines are the program's own; a log line of the same form is a
 * timer as well, so keep those out. `auto` knows only the lines of Deno 1, which end in `- timer ended`.
 */
export const consoleTime: Adapter = {
  name: "console-time",
  title: "console.time",
  command: "node bench.js > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: false, memory: false },
  exitCodes: [0],
  recognises: (output) =>
    searched(output).includes(ENDED) &&
    textLines(searched(output)).some((line) => line.text.endsWith(ENDED) && TIMER.test(line.text)),
  parse: ({ text }) => [round(textLines(text).flatMap(readLine), HINTS)],
};

function readLine({ text, number }: TextLine): ToolMeasurement[] {
  const line = text.trimEnd();
  const [, benchmark, digits, unit, hours = "0", minutes = "0", seconds = "0"] = TIMER.exec(line) ?? [];
  if (benchmark === undefined) {
    if (!line.endsWith(ENDED)) return [];
    throw new GateError(`Not a time: ${line.slice(0, 80)}`, "Keep other output out of the timers' lines", {
      line: number,
    });
  }
  const scale = unit === "ms" ? 1e-3 : 1;
  const value =
    digits === undefined ? Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) : Number(digits) * scale;
  const decimals = digits === undefined ? 3 : (digits.split(".")[1]?.length ?? 0);
  return [
    {
      benchmark: unprinted(benchmark, number),
      metric: "latency",
      unit: "s",
      better: "lower",
      distribution: { kind: "value", value, exact: false },
      resolution: 10 ** -decimals * scale,
    },
  ];
}
