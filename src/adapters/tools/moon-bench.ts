import { GateError } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, Told } from "../adapter.ts";
import { type PrintedDuration, parseDuration } from "../reading/duration.ts";
import { stripMark } from "../reading/json.ts";
import { printedQuantiles } from "../reading/load-summary.ts";
import { searched } from "../reading/output.ts";
import { unprinted } from "../reading/printed.ts";
import { round } from "../reading/round.ts";
import { type TextLine, textLines } from "../reading/text-lines.ts";

const HINTS = {
  remedy: "Give each test of a file a name of its own, and each of its benchmarks (`b.bench(name=…)`)",
  nothing: "Run `moon bench` where a test takes a `@bench.T` and calls `b.bench`",
};

/** `[shop/cart] bench lib/sum_test.mbt:24 ("sum") ok`: where a test stands, what it is called, and how it ended. */
const TEST = /\[([^[\]\s]+)\] bench (\S+?):\d+ \((?:"(.*)"|#(\d+))\) (.*\S)\s*$/;
/** The heading of a test's rows, which begins with `name` where they have names. */
const HEADING = /^(name)? *time \(mean ± σ\) +range \(min … max\) *$/;
const TIME = String.raw`(\d+(?:\.\d+)? \S{1,5})`;
/** `fib   21.01 µs ±   0.21 µs    20.76 µs …  21.32 µs  in 10 ×   4632 runs`, without a name where a test has one benchmark of no name. */
const ROW = new RegExp(String.raw`^(.*?) *\b${TIME} ± +${TIME} +${TIME} … +${TIME} +in (\d+) × +(\d+) runs *$`);
const SIGNS = / ± .* … | × +\d+ runs/;

/**
 * What `moon bench` of MoonBit prints: the mean of so many batches, winsorised, with the smallest and the largest. The key is package, file, test and the
 * name of the benchmark, without the line, which moves. A test that did not end with `ok` has failed. Rows without a test above them go by their names.
 */
export const moonBench: Adapter = {
  name: "moon-bench",
  title: "MoonBit moon bench",
  command: "moon bench > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: false, memory: false },
  exitCodes: [0],
  recognises: (output) => {
    const lines = stripMark(searched(output)).split(/\r?\n/);
    return lines.some((line) => HEADING.test(line));
  },
  parse: ({ text }) => [round(readLines(textLines(text)), HINTS)],
};

function readLines(lines: readonly TextLine[]): readonly Told[] {
  const told: Told[] = [];
  let test = "";
  let table: "named" | "unnamed" | null = null;
  for (const { text, number } of lines) {
    const [, place, file, name, index, ending = ""] = TEST.exec(text) ?? [];
    if (file !== undefined) {
      test = `${place}/${file} ${name ?? `#${index}`}`;
      table = null;
      if (ending !== "ok") told.push({ benchmark: test, reason: `moon bench: ${ending.slice(0, 200)}` });
    } else if (HEADING.test(text)) table = HEADING.exec(text)![1] === undefined ? "unnamed" : "named";
    else if (SIGNS.test(text)) {
      if (table === null) throw refused("A result without its heading", number);
      told.push(readRow(text, number, test, table === "named"));
    }
  }
  return told;
}

function readRow(text: string, line: number, test: string, named: boolean): ToolMeasurement {
  const [, name, ...cells] = ROW.exec(text) ?? [];
  if (name === undefined || (!named && name.trim() !== ""))
    throw refused(`Not a row that moon prints: ${text.trim().slice(0, 80)}`, line);
  const own = name.trim() === "" ? "" : unprinted(name.trim(), line);
  if (own === "" && test === "") throw refused("A result without a name", line);
  const [mean, , min, max] = cells.slice(0, 4).map((cell) => timeOf(cell, line));
  const [count, size] = [Number(cells[4]), Number(cells[5])];
  if (!(count >= 1 && Number.isSafeInteger(count))) throw refused("A result of no runs", line);
  const distribution = printedQuantiles([], {
    ...{ min: min!.seconds, max: max!.seconds, mean: mean!.seconds, count },
  });
  return {
    ...{ benchmark: [test, own].filter((part) => part !== "").join(" > "), metric: "latency", unit: "s" },
    ...{ better: "lower", distribution, resolution: mean!.step },
    ...(size > 1 ? { estimator: "batch-means" } : {}),
  };
}

/** A time; minutes are refused, for moon prints a thousandth of them. */
function timeOf(cell: string, line: number): PrintedDuration {
  const duration = parseDuration(cell.replace(" ", ""));
  if (duration !== null && !/ [mh]$/.test(cell)) return duration;
  throw refused(`${JSON.stringify(cell)} is not a time that moon prints correctly`, line);
}

function refused(problem: string, line: number): GateError {
  return new GateError(problem, "Give what `moon bench` prints, as it is and whole", { line });
}
