import { GateError } from "../../model/error.ts";
import type { Adapter } from "../adapter.ts";
import { searched } from "../reading/output.ts";
import { textLines } from "../reading/text-lines.ts";

const TOTAL = /Total allocated size: (\d{1,12}\.\d) KiB$/;

/** A line of a snapshot's statistics, as they are printed one by one: the largest only, so that their sum is no total. */
const STATISTIC = /^\S.*:\d+: size=-?\d+(?:\.\d+)? (?:B|KiB|MiB|GiB)/;

const ADVICE = "Print the total as the function display_top in Python's documentation of tracemalloc does";

/**
 * The adapter of a tracemalloc snapshot's total, as `display_top` of Python's documentation prints it: `Total allocated size: 5303.1 KiB`
 * (https://docs.python.org/3/library/tracemalloc.html#pretty-top). One total is one benchmark, called `allocated`. What else the program prints is
 * its own: there is no other line to be read.
 */
export const tracemalloc: Adapter = {
  name: "tracemalloc",
  title: "tracemalloc",
  command: "python script.py > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: false, memory: true },
  exitCodes: [0],
  recognises: (output) => /Total allocated size: \d{1,12}\.\d KiB\r?$/m.test(searched(output)),
  parse({ text }) {
    const lines = textLines(text);
    const [total, second] = lines.filter((line) => TOTAL.test(line.text));
    if (second !== undefined)
      throw new GateError("There are two totals", "Give each snapshot a file of its own", { line: second.number });
    if (total === undefined) {
      const statistic = lines.find((line) => STATISTIC.test(line.text));
      const problem = "There is no total of tracemalloc";
      if (statistic === undefined) throw new GateError(problem, ADVICE, { line: 1 });
      throw new GateError(`${problem}: the largest allocations alone are none`, ADVICE, { line: statistic.number });
    }
    const value = Number(TOTAL.exec(total.text)![1]) * 1024;
    const distribution = { kind: "value", value, exact: false } as const;
    const measured = { benchmark: "allocated", metric: "memory", unit: "B", better: "lower", distribution } as const;
    // One decimal of a KiB.
    return [{ measurements: [{ ...measured, resolution: 102.4 }], failures: [] }];
  },
};
