import { GateError } from "../../../model/error.ts";
import type { ToolMeasurement } from "../../../model/measurement.ts";
import type { Told } from "../../adapter.ts";
import { isFailure } from "../../reading/round.ts";

/** The units of the table's cells, in seconds. */
const SECONDS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

const HEADER = /^benchmark name +samples +iterations +est(?:imated| run time)\s*$/;
const RULE = /^-{20,}$/;
/** A rule, and the lines of other signs that stand between a run's parts. */
const FRAME = /^(?:-{20,}|={20,}|~{20,}|\.{20,})$/;
const NUMBER = String.raw`\d+(?:\.\d+)?(?:e[-+]?\d+)?`;
/** The end of a row's first line: samples, iterations, estimated run time. */
const COUNTS = new RegExp(String.raw`(?:^| )(\d+) +(\d+) +(${NUMBER}) (ns|us|ms|s|m|h)$`);
/** The end of its second and third: mean or deviation, each with two bounds. */
const TRIPLE = new RegExp(
  `(?:^| )(${NUMBER}) (ns|us|ms|s|m|h) +(${NUMBER}) (ns|us|ms|s|m|h) +(${NUMBER}) (ns|us|ms|s|m|h)$`,
);
const FAILED = "Benchmark failed (";

/** Whether a text is a run of Catch2 on a console with benchmarks in it. */
export function isCatch2Console(text: string): boolean {
  return /^benchmark name +samples +iterations +est/m.test(text) && /is a Catch2? v\d/.test(text);
}

/** What is known of a row of the table while its lines come in: names are broken over several of them. */
interface Open {
  readonly name: readonly string[];
  readonly triples: readonly string[];
  readonly line: number;
}

/** What was read so far: where the lines stand, and what they told. */
interface Reading {
  section: string;
  /** Whether rows may come. */
  table: boolean;
  /** The parts of a name whose numbers have not come. */
  names: string[];
  open: Open | null;
  readonly told: Told[];
}

/**
 * The benchmarks of a console run, and the test cases with a failed assertion. Outside the tables stands what assertions and the program itself print.
 * Throws a `GateError` with the line of a row that is not whole.
 */
export function readCatch2Console(text: string): Told[] {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  const reading: Reading = { section: "", table: false, names: [], open: null, told: [] };
  for (let i = 0; i < lines.length; i++) {
    if (HEADER.test(lines[i]!)) {
      // Two more lines of heading, and a rule.
      if (!RULE.test(lines[i + 3] ?? "")) throw refused("A heading that is cut short", i + 1);
      reading.table = true;
      i += 3;
    } else if (FRAME.test(lines[i]!)) {
      close(reading, i + 1);
      const heading = headingAfter(lines, i);
      if (heading.length > 0) reading.section = heading.map((line) => line.trim()).join(" > ");
      i += heading.length === 0 ? 0 : heading.length + 1;
    } else if (/: FAILED:$/.test(lines[i]!)) {
      close(reading, i + 1);
      const failure = { benchmark: nameOf(reading.section, []) || "*", reason: "An assertion failed" };
      if (!reading.told.some((each) => isFailure(each) && each.benchmark.startsWith(failure.benchmark)))
        reading.told.push(failure);
    } else if (reading.table && lines[i] !== "") readRow(reading, lines[i]!, i + 1);
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
  reading.table = false;
}

function readRow(reading: Reading, line: string, number: number): void {
  const { open, names, section, told } = reading;
  const [counts, triple, failed] = [COUNTS.exec(line), TRIPLE.exec(line), line.lastIndexOf(FAILED)];
  if (open !== null && triple !== null) {
    const name: string = line.slice(0, triple.index).trim();
    reading.open = { ...open, name: [...open.name, name], triples: [...open.triples, `${triple[1]} ${triple[2]}`] };
    if (reading.open.triples.length < 2) return;
    told.push(toMeasurement(section, reading.open));
    reading.open = null;
  } else if (open !== null || names.length > 20) throw refused("A row that is not whole", number);
  else if (counts !== null) {
    reading.open = { name: [...names, line.slice(0, counts.index).trim()], triples: [], line: number };
    reading.names = [];
  } else if (failed >= 0) {
    const message = line.slice(failed + FAILED.length).replace(/\)$/, "");
    const reason = `It threw ${JSON.stringify(message.slice(0, 200))}`;
    told.push({ benchmark: nameOf(section, [...names, line.slice(0, failed).trim()]), reason });
    reading.names = [];
  } else names.push(line.trim());
}

function toMeasurement(section: string, { name, triples, line }: Open): ToolMeasurement {
  const [number, unit] = triples[0]!.split(" ");
  const value = Number(number) * (SECONDS[unit!] ?? Number.NaN);
  if (!Number.isFinite(value)) throw refused("A mean that cannot be read", line);
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

function nameOf(section: string, parts: readonly string[]): string {
  return [section, parts.filter((part) => part !== "").join(" ")].filter((part) => part !== "").join(" > ");
}

function refused(problem: string, line: number): GateError {
  return new GateError(`${problem} in Catch2's table of benchmarks`, "Run it with `-r xml`", { line });
}
