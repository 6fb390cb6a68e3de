import { GateError } from "../../../model/error.ts";
import { field, isObject, parseJson, stripMark } from "../../reading/json.ts";

/** One line of a Go test's output. */
export interface GoLine {
  /** The package whose output it is: from `go test -json`; text says it in `pkg:` lines. */
  readonly package: string | null;
  readonly text: string;
  /** Counts from 1, in the file that was read. */
  readonly number: number;
}

/** A benchmark's result line: `BenchmarkSort/n=10-8  200  488.0 ns/op  104 B/op`. */
export interface GoResult {
  /** As printed, with the GOMAXPROCS suffix. */
  readonly name: string;
  readonly iterations: number;
  readonly values: readonly { readonly value: number; readonly unit: string }[];
}

/** Whether a text is `go test -json`; lines that are no events may stand between, and before the first. */
export function isTestJson(text: string): boolean {
  return /^\uFEFF?\{(?=[^\n]*"Action":")(?=[^\n]*"(?:Package|ImportPath)":")/m.test(text);
}

/**
 * The output lines of a Go test run, from text or from `go test -json`.
 * In JSON one line of output may be split over several events, and packages take turns, so the output is put together for each package first.
 * Throws a `GateError` with the line of an event that is cut short.
 */
export function goLines(text: string): GoLine[] {
  const lines = stripMark(text).split(/\r?\n/);
  if (!isTestJson(text)) return lines.map((line, i) => ({ package: null, text: line, number: i + 1 }));
  const found: GoLine[] = [];
  const open = new Map<string, { text: string; number: number }>();
  for (const [i, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const start = eventIn(line);
    if (start > 0) found.push({ package: null, text: line.slice(0, start), number: i + 1 });
    const event = start < 0 ? undefined : parseJson(line.slice(start), i + 1);
    if (!isObject(event)) {
      // The go command prints `FAIL pkg [build failed]` between its events, as text.
      found.push({ package: null, text: line, number: i + 1 });
      continue;
    }
    const [name, output] = [field(event, "Package"), field(event, "Output")];
    if (typeof name !== "string" || field(event, "Action") !== "output" || typeof output !== "string") continue;
    const begun = open.get(name) ?? { text: "", number: i + 1 };
    const parts = (begun.text + output).split(/\r?\n/);
    const rest = parts.pop()!;
    for (const [k, part] of parts.entries()) {
      found.push({ package: name, text: part, number: k === 0 ? begun.number : i + 1 });
    }
    if (rest === "") open.delete(name);
    else open.set(name, { text: rest, number: parts.length === 0 ? begun.number : i + 1 });
  }
  return [...found, ...[...open].map(([name, { text: rest, number }]) => ({ package: name, text: rest, number }))];
}

/** Where an event begins on a line: at its start, or behind what another program printed without an end of its own; −1 where there is none. */
function eventIn(line: string): number {
  return line.startsWith("{") ? 0 : line.slice(0, LONGEST_RESULT).search(/\{"(?:Time|Action|ImportPath)":"[^"]*"[,}]/);
}

/**
 * A benchmark's name, as the testing package demands it: no small letter follows `Benchmark`, so `Benchmarking...` is a program's own word. A whole
 * line of the benchmark format may name what others measured, by any name.
 */
const NAME = String.raw`Benchmark(?!\p{Ll})\S*`;
const NUMBER = String.raw`[-+]?(?:\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+|Inf)|NaN`;
const NAMED = new RegExp(String.raw`^(Benchmark\S+)\s+(\d+)((?:\s+(?:${NUMBER})\s+[^\s\d]\S*)+)\s*$`);
const TAIL = new RegExp(String.raw`(?:^|\D)(\d+)((?:\t *(?:${NUMBER}) \S+)+)\s*$`);
/** A whole result, and nothing before it but the spaces that Go itself puts there. */
const WHOLE = new RegExp(String.raw`^ *(\d+)((?:\t *(?:${NUMBER}) \S+)+)\s*$`);
/** A name that Go began to write, also behind what the program printed without ending its line: filled up with spaces, and ended by a tab. */
const BEGUN = new RegExp(String.raw`(${NAME}) *\t`, "gu");
/** What -v prints before it runs a benchmark: its name alone, without the number of processors. */
const ALONE = new RegExp(`^${NAME}$`, "u");
const LONGEST_RESULT = 4096;
const PAIRS = (unit: string) => String.raw`(\d+)((?:\s+(?:${NUMBER})\s+${unit})+)\s*$`;
/** A whole line of the benchmark format behind what another program printed without an end of its own: of any name where its units are no words. */
const BEHIND = new RegExp(String.raw`\s(${NAME})\s+${PAIRS(String.raw`[^\s\d]\S*`)}`, "u");
const BEHIND_ANY = new RegExp(String.raw`\s(Benchmark\S+)\s+${PAIRS(String.raw`[^\s\d]\S*[/-]\S*`)}`);
const BROKEN = new RegExp(String.raw`^Benchmark\S+\s+\d+\s+(?:${NUMBER})\s+\S+/op\b`);

/** What a line says of the benchmark that runs: its name, and its result where that has come. */
export interface GoName {
  readonly name: string;
  readonly result: GoResult | null;
}

/**
 * The benchmark whose name stands on a line, wherever that is: `Name  count  value unit  value unit …`
 * (https://go.dev/design/14313-benchmark-format), or the name and what the program printed before its result. Null where none does. While the result of
 * `awaited` is to come, any other name without a result is the program's own text.
 * Throws a `GateError` with the line for a result that is mixed with something else.
 */
export function nameOn({ text, number }: GoLine, awaited: string | null): GoName | null {
  const match = NAMED.exec(text);
  if (match !== null) return { name: match[1]!, result: toResult(match[1]!, match[2]!, match[3]!) };
  const behind = text.length > LONGEST_RESULT ? null : (BEHIND.exec(text) ?? BEHIND_ANY.exec(text));
  if (behind !== null) return { name: behind[1]!, result: toResult(behind[1]!, behind[2]!, behind[3]!) };
  if (BROKEN.test(text)) throw mixed("The result is cut short or mixed with other output", text, number);
  const begun = begunOn(text).map(({ name, end }) => {
    const rest = text.slice(end);
    const whole = WHOLE.exec(rest);
    return { name, rest, result: whole === null ? null : toResult(name, whole[1]!, whole[2]!) };
  });
  const whole = begun.findLast(({ result }) => result !== null);
  if (whole !== undefined) return whole;
  const own = begun.find(({ name }) => awaited === null || withoutProcessors(name) === withoutProcessors(awaited));
  if (own !== undefined) return { name: own.name, result: resultAtEnd(own.name, own.rest) };
  const alone = text.trimEnd();
  return ALONE.test(alone) ? { name: alone, result: null } : null;
}

/** The names on a line that a tab ends, and where: in a line of any length near its beginning and its end, where Go writes. */
function begunOn(text: string): { readonly name: string; readonly end: number }[] {
  const starts = text.length > 2 * LONGEST_RESULT ? [0, text.length - LONGEST_RESULT] : [0];
  return starts.flatMap((start) =>
    [...text.slice(start, starts.length === 1 ? undefined : start + LONGEST_RESULT).matchAll(BEGUN)].map((found) => ({
      name: found[1]!,
      end: start + found.index + found[0].length,
    })),
  );
}

/** Refuses a result, in Go's own form, that belongs to no benchmark: whichever printed it, a number is lost or taken for another. */
export function refuseNameless({ text, number }: GoLine): void {
  const result = resultAtEnd("", text);
  if (result?.values.some(({ unit }) => unit === "ns/op"))
    throw mixed("A result that belongs to no benchmark", text, number);
}

/**
 * The result of `name` at the end of a line that the benchmark itself began to write. Go prints the name first and
 * the rest, with a tab after each part, when the benchmark is done; null where the line does not end so.
 */
export function resultAtEnd(name: string, text: string): GoResult | null {
  // The search for the beginning of a result is quadratic in the worst case, so it looks at the end only.
  const match = TAIL.exec(text.slice(-LONGEST_RESULT));
  return match === null ? null : toResult(name, match[1]!, match[2]!);
}

function withoutProcessors(name: string): string {
  return name.replace(/-\d+$/, "");
}

function mixed(problem: string, text: string, line: number): GateError {
  const remedy = "Keep the program's own output out of result lines, or have it written to stderr";
  return new GateError(`${problem}: ${text.slice(0, 80)}`, remedy, { line });
}

function toResult(name: string, iterations: string, pairs: string): GoResult {
  const parts = pairs.trim().split(/\s+/);
  const values = parts.flatMap((part, i) =>
    i % 2 === 0 ? [{ value: Number(part.replace("Inf", "Infinity")), unit: parts[i + 1]! }] : [],
  );
  return { name, iterations: Number(iterations), values };
}
