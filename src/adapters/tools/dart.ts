import { GateError } from "../../model/error.ts";
import type { Adapter, Told } from "../adapter.ts";
import { searched } from "../reading/output.ts";
import { unprinted } from "../reading/printed.ts";
import { round } from "../reading/round.ts";
import { type TextLine, textLines } from "../reading/text-lines.ts";
import { readUnit } from "../reading/unit-words.ts";

const HINTS = {
  remedy: "Give each benchmark a name of its own",
  nothing: "Call report() of each benchmark",
};

/** `Name(RunTime): 12.5 us.`; another emitter prints its own metric, and a unit or none. */
const SCORE = /^(\S.{0,1000})\(([A-Z]\w{0,60})\): (\S{1,40})(?: ([^\s.]{1,20})\.?)?$/;
const NUMBER = /^-?\d{1,400}(?:\.\d{1,400})?(?:e[-+]?\d{1,4})?$/;

/**
 * Dart's benchmark_harness: one line for each benchmark, `Name(RunTime): 12.5 us.`, the mean time of a call, over the batches of two seconds. It gives
 * neither samples nor percentiles. Scores of other emitters keep the metric that they print, and need a unit. Other lines are the program's own;
 * a name that bears signs of them is refused.
 */
export const dart: Adapter = {
  name: "dart",
  title: "Dart benchmark_harness",
  command: "dart run benchmark/main.dart > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: false, memory: false },
  exitCodes: [0],
  recognises: (output) => /^\S[^\n]{0,1000}\(RunTime\): [\d.eE+-]{1,40} us\.\r?$/m.test(searched(output)),
  parse: ({ text }) => {
    const told = textLines(text).flatMap(readLine);
    return [round(told, HINTS)];
  },
};

function readLine({ text, number }: TextLine): Told[] {
  const [, name, metric, digits, unit] = SCORE.exec(text.trimEnd()) ?? [];
  if (metric === undefined || !/^-?[\d.]|^-?Infinity$|^NaN$/.test(digits!)) {
    if (!text.includes("(RunTime):")) return [];
    throw new GateError(`Not a score: ${text.slice(0, 80)}`, "Keep other output out of the scores' lines", {
      line: number,
    });
  }
  const benchmark = unprinted(name!.trim(), number);
  if (!NUMBER.test(digits!) || !(Number(digits) >= 0))
    return [{ benchmark, reason: `It scored ${digits} (line ${number})` }];
  const known = readUnit(unit ?? "");
  if (known === null) {
    throw new GateError(
      `A score without a unit that is known: ${text.slice(0, 80)}`,
      "Have the emitter print us, ms, s or bytes",
      { line: number },
    );
  }
  const value = Number(digits) * known.scale;
  const isTime = metric === "RunTime" && known.unit === "s";
  return [
    {
      benchmark,
      metric: isTime ? "latency" : metric,
      unit: known.unit,
      better: known.better ?? "lower",
      distribution: { kind: "value", value, exact: false },
      ...(isTime ? { estimator: "batch-means" } : {}),
    },
  ];
}
