import { GateError } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter } from "../adapter.ts";
import { printedQuantiles } from "../reading/load-summary.ts";
import { searched } from "../reading/output.ts";
import { round } from "../reading/round.ts";
import { type TextLine, textLines } from "../reading/text-lines.ts";

const HINTS = {
  remedy: "Run poop once for each of them",
  nothing: "Run poop with at least one command, and give what it prints to stdout",
};

/** What begins the results of a command. */
const COMMAND = /Benchmark \d+ \((\d+) runs\): (.*\S)\s*$/;
const VALUE = String.raw`(\d+(?:\.\d+)?)(ns|us|ms|ks|s|[KMGT]B|[KMGT]|)`;
/** `  wall_time   245us ± 75.6us   202us … 1.86ms   1660 (17%)   0%`. */
const ROW = new RegExp(String.raw`^ {2}([a-z_]+) +${VALUE} +± +${VALUE} +${VALUE} +… +${VALUE} +\d+ +\( *\d+%\)`);

/** The heading of the results, and what only they and it hold. */
const HEADING = /^ {2}measurement +mean ± σ +min … max/m;
const SIGNS = / ± .* … /;

/** Units as powers of ten, which go into the text that is read: 4.19G is 4190000000 to the last bit then. */
const POWERS: Readonly<Record<string, number>> = { "": 0, K: 3, M: 6, G: 9, T: 12 };
const SECONDS: Readonly<Record<string, number>> = { ns: -9, us: -6, ms: -3, s: 0, ks: 3 };

/** What poop measures, by its words. */
const MEASURED: Readonly<Record<string, Pick<ToolMeasurement, "metric" | "unit">>> = {
  wall_time: { metric: "latency", unit: "s" },
  peak_rss: { metric: "memory", unit: "B" },
  cpu_cycles: { metric: "cycles", unit: "1" },
  instructions: { metric: "instructions", unit: "1" },
  cache_references: { metric: "cache-references", unit: "1" },
  cache_misses: { metric: "cache-misses", unit: "1" },
  branch_misses: { metric: "branch-misses", unit: "1" },
};

/**
 * What poop prints: for each command the means of its runs, which are processes, of three digits each, with the smallest and the largest. The key is the
 * command. `memory` is the largest resident set; what the processor counted are metrics of their own. The differences between the commands are not read.
 */
export const poop: Adapter = {
  name: "poop",
  title: "poop",
  command: "poop './tool --version' > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: false, memory: true },
  exitCodes: [0],
  recognises: (output) => {
    const text = searched(output);
    return HEADING.test(text) && text.split("\n").some((line) => COMMAND.test(line));
  },
  parse: ({ text }) => [round(readLines(textLines(text)), HINTS)],
};

function readLines(lines: readonly TextLine[]): readonly ToolMeasurement[] {
  let command: { readonly name: string; readonly runs: number; readonly line: number } | null = null;
  let rows = 0;
  const measured: ToolMeasurement[] = [];
  for (const { text, number } of lines) {
    const [, runs, name] = COMMAND.exec(text) ?? [];
    if (name !== undefined) {
      if (command !== null && rows === 0) throw refused("A command without results", command.line);
      [command, rows] = [{ name, runs: Number(runs), line: number }, 0];
    } else if (SIGNS.test(text) && !HEADING.test(text)) {
      if (command === null) throw refused("A result without its command", number);
      measured.push(readRow(text, number, command.name, command.runs));
      rows++;
    }
  }
  if (command !== null && rows === 0) throw refused("A command without results", command.line);
  return measured;
}

function readRow(text: string, line: number, benchmark: string, count: number): ToolMeasurement {
  const [, word = "", ...cells] = ROW.exec(text) ?? [];
  const kind = Object.hasOwn(MEASURED, word) ? MEASURED[word]! : null;
  if (kind === null) throw refused(`Not a line that poop prints: ${text.trim().slice(0, 80)}`, line);
  const [mean, , min, max] = [0, 2, 4, 6].map((i) => readValue(cells[i]!, cells[i + 1]!, kind.unit, line));
  if (!(count >= 1)) throw refused("A command without runs", line);
  const { value, step } = mean!;
  const distribution = printedQuantiles([], { min: min!.value, max: max!.value, mean: value, count });
  return { benchmark, ...kind, better: "lower", distribution, resolution: step };
}

/** A number with its unit, and the step between it and the next that could have been printed. */
function readValue(digits: string, unit: string, canonical: string, line: number): { value: number; step: number } {
  const table = canonical === "s" ? SECONDS : POWERS;
  const key = canonical === "B" ? unit.replace(/B$/, "") : unit;
  if (!Object.hasOwn(table, key) || (canonical === "1" && unit.endsWith("B")))
    throw refused(`${JSON.stringify(digits + unit)} has an unexpected unit`, line);
  const decimals = digits.split(".")[1]?.length ?? 0;
  return { value: Number(`${digits}e${table[key]}`), step: Number(`1e${table[key]! - decimals}`) };
}

function refused(problem: string, line: number): GateError {
  return new GateError(problem, "Give what poop prints to stdout, as it is and whole", { line });
}
