import { GateError } from "../../../model/error.ts";
import type { ToolMeasurement } from "../../../model/measurement.ts";
import type { Told } from "../../adapter.ts";
import { isFailure } from "../../reading/round.ts";

/** The units of the table's cells, in seconds. */
const SECONDS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** The heading of the table; `--benchmark-no-analysis` leaves the mean alone. What a program printed may stand before it, as before any rule. */
const HEADER = /benchmark name +samples +iterations +(?:est(?:imated| run time)|(mean))\s*$/;
const RULE = /-{20,}$/;
/** A rule, and the lines of other signs that stand between a run's parts. */
const FRAME = /(?:-{20,}|={20,}|~{20,}|\.{20,})$/;
const NUMBER = String.raw`\d+(?:\.\d+)?(?:e[-+]?\d+)?`;
const TIME = `(${NUMBER}) (ns|us|ms|s|m|h)`;
/** The end of a row's first line: samples, iterations, estimated run time. */
const COUNTS = new RegExp(String.raw`(?:^| )(\d+) +(\d+) +${TIME}(?= |$)`);
/** The end of its second and third: mean or deviation, each with two bounds. */
const TRIPLE = new RegExp(`(?:^| )${TIME} +${TIME} +${TIME}(?= |$)`);
/** Samples and iterations in a row that ends with its mean. */
const PAIR = /(?:^| )(\d+) +(\d+)(?= |$)/;
/** A mean at the end of a row: a column of thirteen characters, filled up on the left. */
const MEAN = new RegExp(`(?=.{13}$) *${TIME}$`);
const FAILED = "Benchmark failed (";
/** `     samples`, as the heading without analysis has it. */
const INDENT = 5;

/** Whether a text is a run of Catch2 on a console with benchmarks in it. */
export function isCatch2Console(text: string): boolean {
  return /benchmark name +samples +iterations +(?:est|mean\s*$)/m.test(text) && /is a Catch2? v\d/.test(text);
}

/** What is known of a row of the table while its lines come in: names are broken over several of them. */
interface Open {
  readonly name: string;
  readonly triples: readonly string[];
  readonly line: number;
  /** How long its first line is. */
  readonly width: number;
}

/** The table that rows come in: how wide its names are, and whether there is a mean alone. */
interface Table {
  readonly width: number;
  readonly meanAlone: boolean;
}

/** What was read so far: where the lines stand, and what they told. */
interface Reading {
  section: string;
  /** Null where no rows may come. */
  table: Table | null;
  /** The parts of a name whose numbers have not come. */
  names: string[];
  /** Whether the program printed a line break behind that name: what comes then is its own, up to the numbers. */
  printed: boolean;
  open: Open | null;
  readonly told: Told[];
}

/**
 * The benchmarks of a console run, and the test cases with a failed assertion. Outside the tables stands what assertions and the program itself print;
 * inside, what a benchmark prints stands behind its name or its numbers, for Catch2 writes these as it goes.
 * Throws a `GateError` with the line of a row that is not whole, or of which the program's own cannot be told.
 */
export function readCatch2Console(text: string): Told[] {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  const reading: Reading = { section: "", table: null, names: [], printed: false, open: null, told: [] };
  for (let i = 0; i < lines.length; i++) {
    const header = HEADER.exec(lines[i]!);
    if (header !== null) {
      const meanAlone = header[1] !== undefined;
      // With analysis two more lines of heading, and a rule.
      const below = meanAlone ? 1 : 3;
      if (!RULE.test(lines[i + below] ?? "")) throw refused("A heading that is cut short", i + 1);
      const width = header[0].indexOf("samples") - (meanAlone ? INDENT : 0);
      reading.table = { width, meanAlone };
      i += below;
    } else if (FRAME.test(lines[i]!)) {
      close(reading, i + 1);
      const heading = headingAfter(lines, i);
      if (heading.length > 0) reading.section = heading.map((line) => line.trim()).join(" > ");
      i += heading.length === 0 ? 0 : heading.length + 1;
    } else if (/: FAILED:$/.test(lines[i]!)) {
      close(reading, i + 1);
      const failure = { benchmark: nameOf(reading.section, "") || "*", reason: "An assertion failed" };
      if (!reading.told.some((each) => isFailure(each) && each.benchmark.startsWith(failure.benchmark)))
        reading.told.push(failure);
    } else if (reading.table !== null && lines[i] !== "") readRow(reading, reading.table, lines[i]!, i + 1);
  }
  close(reading, lines.length);
  return reading.told;
}

/** The name of a test case and of its sections, which stand between two rules; none where the first is not the beginning of them. */
function headingAfter(lines: readonly string[], start: number): readonly string[] {
  const length = lines.slice(start + 1, start + 30).findIndex((line) => FRAME.test(line));
  const heading = lines.slice(start + 1, start + 1 + length);
  return RULE.test(lines[start]!) && RULE.test(lines[start + 1 + length] ?? "") && !heading.includes("") ? heading : [];
}

function close(reading: Reading, line: number): void {
  if (reading.open !== null || reading.names.length > 0)
    throw refused("A row that is cut short", reading.open?.line ?? line);
  reading.table = null;
}

function readRow(reading: Reading, table: Table, line: string, number: number): void {
  if (reading.open !== null) {
    if (table.meanAlone && PAIR.test(line)) throw refused("A row without its mean", reading.open.line);
    readOn(reading, reading.open, table, line, number);
    return;
  }
  const counts = (table.meanAlone ? PAIR : COUNTS).exec(line);
  const failed = line.lastIndexOf(FAILED);
  if (counts === null && failed < 0) {
    if (!reading.printed) addPart(reading, table, line, number);
    return;
  }
  const part = reading.printed ? "" : withoutPrinted(line.slice(0, counts?.index ?? failed), table, number);
  if (part !== "") checkPart(reading, table, part, number);
  const name = [...reading.names, part].filter((each) => each !== "").join(" ");
  Object.assign(reading, { names: [], printed: false });
  if (counts !== null) {
    reading.open = { name, triples: [], line: number, width: line.length };
    const rest = line.slice(counts.index + counts[0].length);
    if (table.meanAlone && rest !== "") readOn(reading, reading.open, table, rest, number);
    return;
  }
  const message = line.slice(failed + FAILED.length).replace(/\)$/, "");
  const reason = `It threw ${JSON.stringify(message.slice(0, 200))}`;
  reading.told.push({ benchmark: nameOf(reading.section, name), reason });
}

/** A line behind a row's counts: its mean, or mean and deviation with their bounds. */
function readOn(reading: Reading, open: Open, table: Table, line: string, number: number): void {
  const found = (table.meanAlone ? MEAN : TRIPLE).exec(line);
  if (found === null) {
    // Without analysis the program prints between the counts and the mean.
    if (table.meanAlone) return;
    throw refused("A row that is not whole", number);
  }
  // Some versions put the rest of a name beside the mean.
  const rest = table.meanAlone ? "" : line.slice(0, found.index).trim();
  // All lines of a row end at one column, but for the width of a unit: what is longer was pushed aside.
  if (rest !== "" && line.length > open.width + 2) throw refused("A row that is mixed with other output", number);
  const triples = [...open.triples, `${found[1]} ${found[2]}`];
  reading.open = { ...open, name: rest === "" ? open.name : `${open.name} ${rest}`, triples };
  if (triples.length < (table.meanAlone ? 1 : 2)) return;
  reading.told.push(toMeasurement(reading.section, reading.open));
  reading.open = null;
}

/** Takes a line without numbers as a part of a name; what stands behind the names' column the program printed, with a line break. */
function addPart(reading: Reading, table: Table, line: string, number: number): void {
  const part = withoutPrinted(line, table, number);
  checkPart(reading, table, part, number);
  reading.names.push(part);
  reading.printed = line.length > table.width;
}

/** The part of a name at the beginning of a line: Catch2 leaves a space behind it at least. */
function withoutPrinted(text: string, { width }: Table, line: number): string {
  if (text.trimEnd().length > width && text[width - 1] !== " ") throw refused("A name that is too long", line);
  return text.slice(0, width).trim();
}

/** Refuses what would have stood on the line before, had Catch2 written it: it breaks a name only where the next word does not fit. */
function checkPart({ names }: Reading, { width }: Table, part: string, line: number): void {
  const last = names.at(-1);
  const word = /^\w*/.exec(part)![0];
  if (last !== undefined && last.length + 1 + word.length <= width - 2)
    throw refused("What the program printed cannot be distinguished from a name", line);
}

function toMeasurement(section: string, { name, triples, line }: Open): ToolMeasurement {
  const [number, unit] = triples[0]!.split(" ");
  const value = Number(number) * (SECONDS[unit!] ?? Number.NaN);
  if (!Number.isFinite(value)) throw refused("A mean that cannot be read", line);
  if (name === "") throw refused("Numbers without a name", line);
  const step = SECONDS[unit!]! * 10 ** -(number!.split(".")[1]?.length ?? 0);
  return {
    benchmark: nameOf(section, name),
    metric: "latency",
    unit: "s",
    better: "lower",
    distribution: { kind: "value", value, exact: false },
    estimator: "batch-means",
    resolution: step,
  };
}

function nameOf(section: string, name: string): string {
  return [section, name].filter((part) => part !== "").join(" > ");
}

function refused(problem: string, line: number): GateError {
  return new GateError(`${problem} in Catch2's table of benchmarks`, "Run it with `-r xml`", { line });
}
