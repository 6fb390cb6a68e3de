import { GateError } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter } from "../adapter.ts";
import { stripMark } from "../reading/json.ts";
import { searched } from "../reading/output.ts";
import { unprinted } from "../reading/printed.ts";
import { round } from "../reading/round.ts";

const HINTS = {
  remedy: "Give each report a label of its own",
  nothing: "Report blocks with labels under `Benchmark.bm` or `Benchmark.bmbm`",
};

const HEADER = /^( +)user +system +total +real$/;
/** `Benchmark::CAPTION` begins with so many spaces, behind the column of the labels. */
const INDENT = 6;
const REHEARSAL = /^Rehearsal -+$/;
const TOTAL = /^-+ total: +\d+\.\d+sec$/;
/** `label   0.003247   0.000000   0.003247 (  0.003267)`. */
const ROW = /(?:^|\s)(\d{1,15}\.\d{1,15}) +(\d{1,15}\.\d{1,15}) +(\d{1,15}\.\d{1,15}) \( *(\d{1,15}\.\d{1,15})\)$/;

/**
 * The table of Ruby's own `Benchmark.bm` and `bmbm`, whose rehearsal is a warm-up and cut. `latency` is `real`, with the user's and the system's
 * time beside it. One number for each, of one run: no samples.
 */
export const rubyBenchmark: Adapter = {
  name: "ruby-benchmark",
  title: "Ruby Benchmark",
  command: "ruby bench.rb > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: false, memory: false },
  exitCodes: [0],
  recognises: (output) => /^ {1,200}user {1,20}system {1,20}total {1,20}real\r?$/m.test(stripMark(searched(output))),
  parse: ({ text }) => [round(readTable(text), HINTS)],
};

function readTable(text: string): ToolMeasurement[] {
  const found: ToolMeasurement[] = [];
  let part: "before" | "rehearsal" | "table" = "before";
  let width = 0;
  for (const [i, each] of stripMark(text).split(/\r?\n/).entries()) {
    const line = each.trimEnd();
    const header = HEADER.exec(line);
    if (header !== null) [part, width] = ["table", header[1]!.length - INDENT];
    else if (REHEARSAL.test(line)) part = "rehearsal";
    else if (part === "rehearsal" ? TOTAL.test(line) || ROW.test(line) : line === "") continue;
    else if (part === "table") for (const read of readRow(line, i + 1, width)) found.push(read);
    else if (line !== "") throw refused(`A line outside the table: ${line.slice(0, 80)}`, i + 1);
  }
  if (part === "rehearsal") throw refused("The rehearsal alone", 1);
  return found;
}

function readRow(line: string, number: number, width: number): ToolMeasurement[] {
  const match = ROW.exec(line);
  if (match === null) throw refused(`A line that is not a result: ${line.slice(0, 80)}`, number);
  // A label is filled up to the column's width, and written before the block runs, which may print then; a longer one is not cut.
  const before = line.slice(0, match.index);
  const label = unprinted((before[width - 1] === " " ? before.slice(0, width) : before).trim(), number);
  const [, user, system, , real] = match;
  if (label === "") throw refused("A result without a label", number);
  const times = [
    ["latency", real!],
    ["user-time", user!],
    ["system-time", system!],
  ] as const;
  return times.map(([metric, time]) => ({
    benchmark: label,
    metric,
    unit: "s",
    better: "lower",
    distribution: { kind: "value", value: Number(time), exact: false },
    resolution: 10 ** -time.split(".")[1]!.length,
  }));
}

function refused(problem: string, line: number): GateError {
  return new GateError(problem, "Keep the table of Benchmark.bm apart from what the program prints", { line });
}
