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
    const event = line.startsWith("{") ? parseJson(line, i + 1) : undefined;
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
    found.push(...parts.map((part, k) => ({ package: name, text: part, number: k === 0 ? begun.number : i + 1 })));
    if (rest === "") open.delete(name);
    else open.set(name, { text: rest, number: parts.length === 0 ? begun.number : i + 1 });
  }
  return [...found, ...[...open].map(([name, { text: rest, number }]) => ({ package: name, text: rest, number }))];
}

const NUMBER = String.raw`[-+]?(?:\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+|Inf)|NaN`;
const NAMED = new RegExp(String.raw`^(Benchmark\S+)\s+(\d+)((?:\s+(?:${NUMBER})\s+[^\s\d]\S*)+)\s*$`);
const TAIL = new RegExp(String.raw`(?:^|\D)(\d+)((?:\t *(?:${NUMBER}) \S+)+)\s*$`);
/** A name behind what the program printed without ending its line: Go fills it up with spaces and ends it with a tab. */
const LATE_NAME = /Benchmark\S* *\t/;
const LONGEST_RESULT = 4096;
const BROKEN = new RegExp(String.raw`^Benchmark\S+\s+\d+\s+(?:${NUMBER})\s+\S+/op\b`);

/** The line from the first benchmark's name on that Go began to write behind the program's own output; null where there is none. */
export function fromName(text: string): string | null {
  const at = text.search(LATE_NAME);
  return at === -1 ? null : text.slice(at);
}

/**
 * The result on a line that begins with a benchmark's name: `Name  count  value unit  value unit …`
 * (https://go.dev/design/14313-benchmark-format), or what `resultAtEnd` finds. Null where it has not come yet.
 * Throws a `GateError` with the line for a result that is mixed with something else.
 */
export function resultOf({ text, number }: GoLine): GoResult | null {
  const match = NAMED.exec(text);
  if (match !== null) return toResult(match[1]!, match[2]!, match[3]!);
  const late = resultAtEnd(/^\S+/.exec(text)![0], text);
  if (late === null && BROKEN.test(text)) {
    const remedy = "Keep the program's own output out of result lines, or have it written to stderr";
    throw new GateError(`The result is cut short or mixed with other output: ${text.slice(0, 80)}`, remedy, {
      line: number,
    });
  }
  return late;
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

function toResult(name: string, iterations: string, pairs: string): GoResult {
  const parts = pairs.trim().split(/\s+/);
  const values = parts.flatMap((part, i) =>
    i % 2 === 0 ? [{ value: Number(part.replace("Inf", "Infinity")), unit: parts[i + 1]! }] : [],
  );
  return { name, iterations: Number(iterations), values };
}
