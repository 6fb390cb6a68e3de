import { GateError } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, Told } from "../adapter.ts";
import { stripMark } from "../reading/json.ts";
import { searched } from "../reading/output.ts";
import { unprinted } from "../reading/printed.ts";
import { round } from "../reading/round.ts";
import { type TextLine, textLines } from "../reading/text-lines.ts";

const HINTS = {
  remedy: "Give each job a name of its own",
  nothing: "Run `benchmark-driver` with at least one job, and with `-o compare` or `-o markdown`",
};

const SCALES: Readonly<Record<string, number>> = { "": 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, Q: 1e15 };

/** What is measured, by the unit of its runner: `-r ips`, `time`, `memory`, and `once`. */
const UNITS: Readonly<Record<string, Pick<ToolMeasurement, "metric" | "unit" | "better">>> = {
  "i/s": { metric: "throughput", unit: "1/s", better: "higher" },
  "s/i": { metric: "latency", unit: "s", better: "lower" },
  s: { metric: "latency", unit: "s", better: "lower" },
  bytes: { metric: "memory", unit: "B", better: "lower" },
};

const VALUE = String.raw`(?:\d+\.\d{3}[kMGTQ]?|ERROR)`;
const UNIT = "(i/s|s/i|s|bytes)";
/** `blank?   12.345M i/s -   37.035M times in 3.000000s (81.00ns/i)`; a value for each Ruby. */
const ROW = new RegExp(`^(.*?) *((?:(?<![^ ])${VALUE} +)+)${UNIT}(?: - .*)?$`);
const CALCULATING = /^Calculating -{20,}$/;
const WARMING = /^Warming up -{20,}$/;
const COMPARISON = /^Comparison:$/;
/** Labels are filled up on the left to so many characters. */
const LABEL_WIDTH = 20;

/** `# Iteration per second (i/s)`, above a table with a column for each Ruby. */
const TITLE = new RegExp(String.raw`^# .+ \(${UNIT}\)$`);
const CELLS = /^\|(.*)\|$/;
const RULE = /^\|(?::?-+:?\|)+$/;

/**
 * What benchmark-driver of Ruby prints: `-o compare`, its default, and `-o markdown`. Values have three decimals of `k`, `M` and so on; they are means over
 * the time of a job, or the best of `--repeat-count`. With several Rubies the key is the job with its Ruby, `sort (3.3.0 --yjit)`. A job that
 * ended with `ERROR` has failed.
 */
export const benchmarkDriver: Adapter = {
  name: "benchmark-driver",
  title: "Ruby benchmark-driver",
  command: "benchmark-driver benchmark.yml > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: false, memory: true },
  exitCodes: [0],
  recognises: (output) => {
    const lines = stripMark(searched(output)).split(/\r?\n/);
    if (titleOf(lines) !== null) return true;
    const start = lines.findIndex((line) => CALCULATING.test(line.trimEnd()));
    // What benchmark-ips prints has the same headings, and a deviation in each row.
    return start >= 0 && lines.slice(start).some((line) => ROW.test(line.trimEnd()) && !line.includes("\u00B1"));
  },
  parse: ({ text }) => {
    const lines = textLines(text).map(({ text: line, number }) => ({ text: line.trimEnd(), number }));
    const told = titleOf(lines.map((line) => line.text)) === null ? readCompared(lines) : readMarkdown(lines);
    return [round(told, HINTS)];
  },
};

/** The unit in the title of a markdown table, or null where there is none. */
function titleOf(lines: readonly string[]): string | null {
  const at = lines.findIndex((line) => TITLE.test(line.trimEnd()));
  return at >= 0 && CELLS.test(lines[at + 2]?.trimEnd() ?? "") && RULE.test(lines[at + 3]?.trimEnd() ?? "")
    ? TITLE.exec(lines[at]!.trimEnd())![1]!
    : null;
}

/** The rows between `Calculating` and the blank line after it; a label that is too long for its column stands on a line of its own. */
function readCompared(lines: readonly TextLine[]): readonly Told[] {
  const told: Told[] = [];
  let calculating = false;
  let rubies: readonly string[] = [];
  let label: { readonly text: string; readonly line: number } | null = null;
  for (const { text, number } of lines) {
    if (CALCULATING.test(text) || WARMING.test(text) || COMPARISON.test(text) || text === "") {
      if (label !== null) throw refused("A label without its result", label.line);
      calculating = CALCULATING.test(text);
      if (calculating) rubies = [];
    } else if (calculating) {
      const [, own = "", values, unit] = ROW.exec(text) ?? [];
      if (values !== undefined) {
        if ((own.trim() === "") === (label === null)) throw refused("A result without its label, or with two", number);
        const name = unprinted(label?.text ?? own.trim(), number);
        for (const each of tell(name, values.trim().split(/ +/), unit!, rubies, number)) told.push(each);
        label = null;
      } else if (text.startsWith(" ".repeat(LABEL_WIDTH)) && told.length === 0 && label === null && rubies.length === 0)
        rubies = text.trim().split(/ {2,}/);
      else if (label === null && text.length > LABEL_WIDTH && /^\S/.test(text)) label = { text, line: number };
      else throw refused(`A line that is not a result: ${text.slice(0, 80)}`, number);
    } else if (ROW.test(text) && told.length > 0) throw refused("A result outside of the table", number);
  }
  if (label !== null) throw refused("A label without its result", label.line);
  return told;
}

function readMarkdown(lines: readonly TextLine[]): readonly Told[] {
  const unit = titleOf(lines.map(({ text }) => text))!;
  const head = lines.findIndex(({ text }) => TITLE.test(text)) + 2;
  const [, ...rubies] = cellsOf(lines[head]!.text);
  const rows = lines.slice(head + 2);
  const after = rows.findIndex(({ text }) => !CELLS.test(text));
  return (after < 0 ? rows : rows.slice(0, after)).flatMap(({ text, number }) => {
    const [name = "", ...values] = cellsOf(text);
    if (name === "") throw refused("A row without a name", number);
    return tell(name, values, unit, rubies, number);
  });
}

function cellsOf(row: string): readonly string[] {
  return CELLS.exec(row)![1]!
    .split("|")
    .map((cell) => cell.trim());
}

function tell(
  name: string,
  values: readonly string[],
  unit: string,
  rubies: readonly string[],
  line: number,
): readonly Told[] {
  if (values.length !== Math.max(rubies.length, 1))
    throw refused(`${values.length} values for ${Math.max(rubies.length, 1)} Rubies`, line);
  return values.map((text, i): Told => {
    const benchmark = rubies.length > 1 ? `${name} (${rubies[i]})` : name;
    if (text === "ERROR") return { benchmark, reason: "benchmark-driver: ERROR" };
    const [, digits, prefix = ""] = /^(\d+\.\d{3})([kMGTQ]?)$/.exec(text) ?? [];
    if (digits === undefined) throw refused(`Expected a value, found ${JSON.stringify(text.slice(0, 40))}`, line);
    const value = Number(digits) * SCALES[prefix]!;
    if (!Number.isFinite(value)) throw refused("A value that cannot be read", line);
    return {
      ...{ benchmark, ...UNITS[unit]!, distribution: { kind: "value", value, exact: false } },
      resolution: Number((SCALES[prefix]! * 1e-3).toPrecision(12)),
      ...(UNITS[unit]!.metric === "memory" ? {} : { estimator: "batch-means" }),
    };
  });
}

function refused(problem: string, line: number): GateError {
  return new GateError(problem, "Give what `benchmark-driver -o compare` or `-o markdown` prints, as it is", { line });
}
