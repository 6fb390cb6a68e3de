import { GateError } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter } from "../adapter.ts";
import { searched } from "../reading/output.ts";
import { round } from "../reading/round.ts";
import { type TextLine, textLines } from "../reading/text-lines.ts";

const HINTS = {
  remedy: "Give each function a name of its own, and run one bench target at a time",
  nothing: "Run `cargo bench` over functions that iai::main! lists",
};

/** Iai's labels, and the names under which Gungraun counts the same. */
const METRICS: Readonly<Record<string, string>> = {
  Instructions: "instructions",
  "L1 Accesses": "l1-hits",
  "L2 Accesses": "ll-hits",
  "RAM Accesses": "ram-hits",
  "Estimated Cycles": "estimated-cycles",
};

/** The labels in the order in which they stand under a name. */
const LABELS = Object.keys(METRICS);

const COUNT = /^ {2}([A-Z][^:]{0,40}): +(\d{1,30})(?: \((?:[-+](?:[\d.]+%|inf%|NaN%)|No change)\))?$/;
/** A function's name, which `iai::main!` takes from the code. */
const NAME = /^\w+(?:::\w+)*$/;
/** A count with its two spaces, wherever it stands. */
const SOMEWHERE = new RegExp(` {2}(${LABELS.join("|")}): +\\d`);

/**
 * Iai: instructions and accesses that Cachegrind counted, five lines under each function's name. They are exact. What stands in brackets compares with
 * the run before on that machine and is left out. Lines that are no counts are Cargo's.
 */
export const iai: Adapter = {
  name: "iai",
  title: "Iai",
  command: "cargo bench --bench NAME > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: false, memory: false },
  exitCodes: [0],
  recognises: (output) => /^ {2}L1 Accesses: {1,60}\d{1,30}(?: \(|\r?$)/m.test(searched(output)),
  parse: ({ text }) => [round(readCounts(textLines(text)), HINTS)],
};

/** Iai prints a name and its counts at once: whatever stands between them would have a count lost, or taken for another function's. */
function readCounts(lines: readonly TextLine[]): ToolMeasurement[] {
  let benchmark = "";
  return lines.flatMap(({ text, number }, i) => {
    const line = text.trimEnd();
    const seen = SOMEWHERE.exec(line)?.[1];
    if (seen === undefined) return [];
    const [, label, count] = COUNT.exec(line) ?? [];
    const above = lines[i - 1]?.text.trimEnd() ?? "";
    const place = LABELS.indexOf(seen);
    if (place === 0) benchmark = NAME.exec(above)?.[0] ?? "";
    const follows = place === 0 || COUNT.exec(above)?.[1] === LABELS[place - 1];
    if (count === undefined || label !== seen || benchmark === "" || !follows) {
      throw new GateError(`Not a count that Iai prints: ${line.slice(0, 80)}`, "Keep other output out of Iai's", {
        line: number,
      });
    }
    const value: ToolMeasurement = {
      benchmark,
      metric: METRICS[label]!,
      unit: "1",
      better: "lower",
      distribution: { kind: "value", value: Number(count), exact: true },
    };
    return [value];
  });
}
