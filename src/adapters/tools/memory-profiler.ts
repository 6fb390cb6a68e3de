import { GateError } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, ParsedRound } from "../adapter.ts";
import { opensWith } from "../reading/json.ts";
import { searched } from "../reading/output.ts";
import { round } from "../reading/round.ts";
import { type LineTable, readTable, splitRuns, type TextLine, textLines } from "../reading/text-lines.ts";

/** memory_profiler writes mebibytes (1024 × 1024 bytes), in its data file as in its report. */
const MIB = 1024 * 1024;

const DATA = [
  ["command", /^CMDLINE (\S.*)$/],
  ["memory", /^MEM (\d+\.\d+) \d+\.\d+$/],
  ["other", /^CHLD \d+ \d+\.\d+ \d+\.\d+$/],
  ["other", /^FUNC \S+ \d+\.\d+ \d+\.\d+ \d+\.\d+ \d+\.\d+ ?\d*$/],
] as const satisfies LineTable<string>;

const REPORT = [
  ["file", /^Filename: (\S.*)$/],
  ["memory", /^ *\d+ +(\d+\.\d+) MiB +-?\d+\.\d+ MiB +(?:\d+ +)?\S.*$/],
  ["name", /^ *\d+ {2,}(?:async )?def (\w+)\(.*$/],
  ["other", /^ *\d+(?: .*)?$/],
  ["other", /^Line # +Mem usage +Increment +(?:Occurrences +)?Line Contents$/],
  ["other", /^=+$/],
] as const satisfies LineTable<string>;

const ADVICE = "Give the file of `mprof run --output FILE`, or what a script with `@profile` prints, alone";

const HINTS = { remedy: "Give each run a file of its own", nothing: ADVICE };

/**
 * The adapter of Python's memory_profiler: the peak of a process from `mprof run`'s data file, or of each function from the line report.
 *
 * The data file is one process: its benchmark is the command, without folders, and its peak the largest of the `MEM` lines. `FUNC` lines mark
 * when a function ran, `CHLD` lines split the memory over children: neither adds to the peak. In a report the benchmark is `file:function`,
 * and every call of the function printed a report of its own: each one's largest `Mem usage` is a sample of one round. Memory is
 * sampled ten times a second, or at the end of lines: a shorter peak is not seen.
 */
export const memoryProfiler: Adapter = {
  name: "memory-profiler",
  title: "memory_profiler",
  command: "mprof run --output $BENCHGATE_OUTPUT python script.py",
  gives: { samples: true, p99: false, memory: true },
  exitCodes: [0],
  recognises: (output) =>
    (opensWith(output.text, "CMDLINE ") && /^MEM \d+\.\d+ \d+\.\d+\r?$/m.test(searched(output))) ||
    /^Line # {1,9}Mem usage {1,9}Increment {1,9}(?:Occurrences {1,9})?Line Contents\r?$/m.test(searched(output)),
  parse({ text }) {
    const lines = textLines(text);
    return [round(opensWith(text, "CMDLINE ") ? readData(lines) : readReports(lines), HINTS)] satisfies ParsedRound[];
  },
};

function readData(lines: readonly TextLine[]): ToolMeasurement[] {
  const found = readTable(lines, DATA, unknownLine);
  const commands = found.get("command")!;
  if (commands.length > 1)
    throw new GateError("Two processes are in one file", HINTS.remedy, { line: commands[1]!.number });
  const seen = (found.get("memory") ?? []).map(({ cells }) => cells[0]!);
  if (seen.length === 0) throw new GateError("There is no MEM line: it ended before it was seen", ADVICE, { line: 1 });
  const command = commands[0]!.cells[0]!.split(/ +/).map(withoutFolder).join(" ");
  return [memoryOf(command, [largest(seen)])];
}

function readReports(lines: readonly TextLine[]): ToolMeasurement[] {
  const { before, runs } = splitRuns(lines, /^Filename: /);
  const strange = before.find(({ text }) => text.trim() !== "");
  if (strange !== undefined) throw unknownLine(strange);
  const peaks = new Map<string, string[]>();
  for (const run of runs) {
    const found = readTable(run, REPORT, unknownLine);
    const name = found.get("name")?.[0]?.cells[0];
    const seen = (found.get("memory") ?? []).map(({ cells }) => cells[0]!);
    if (name === undefined || seen.length === 0)
      throw new GateError("The report of a function is cut short", ADVICE, { line: run[0]!.number });
    const benchmark = `${withoutFolder(found.get("file")![0]!.cells[0]!)}:${name}`;
    const list = peaks.get(benchmark) ?? [];
    peaks.set(benchmark, list);
    list.push(largest(seen));
  }
  return [...peaks].map(([benchmark, mebibytes]) => memoryOf(benchmark, mebibytes));
}

function largest(printed: readonly string[]): string {
  return printed.reduce((a, b) => (Number(b) > Number(a) ? b : a));
}

function memoryOf(benchmark: string, mebibytes: readonly string[]): ToolMeasurement {
  const resolution = MIB / 10 ** (mebibytes[0]!.split(".")[1]?.length ?? 0);
  const samples = Float64Array.from(mebibytes, (each) => Number(each) * MIB);
  return {
    benchmark,
    metric: "memory",
    unit: "B",
    better: "lower",
    distribution: { kind: "samples", samples },
    resolution,
  };
}

/** An absolute path's last part: folders differ between two sides, and between machines. */
function withoutFolder(word: string): string {
  return /^(?:\/|[A-Za-z]:\\)/.test(word) ? word.replace(/^.*[\\/]/, "") : word;
}

function unknownLine({ text, number }: TextLine): GateError {
  return new GateError(`memory_profiler does not print this line: ${text.slice(0, 80)}`, ADVICE, { line: number });
}
