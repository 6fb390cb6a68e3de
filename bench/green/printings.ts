import { formName } from "./numbers.ts";

/** What a benchmark's program, its build or its service prints beside the tool's output. */
const LINES = [
  "Loading the dictionary...",
  "processed 3 of 10 items in 12 ms",
  '{"level":"info","msg":"ready","elapsed":12.5}',
  "warning: `Buffer()` is deprecated",
  "",
  "[=====>    ] 50% (5/10)",
] as const;

/** What is printed without an end of its own. */
export const PRINTED = "tick ";

/** Tools that begin a line with a benchmark's name, which may be any text: what was printed in front of it belongs to it as far as anybody can tell. */
export const FREE_NAMES: ReadonlySet<string> = new Set([
  "benchmark-driver",
  "benchmark-ips",
  "benchmarkjs",
  "catch2",
  "console-time",
  "criterion",
  "dart",
  "moon-bench",
  "ruby-benchmark",
  "zbench",
]);

/** A way in which what a program prints gets into an output. */
export interface Printing {
  readonly name: string;
  mix(text: string): string;
}

/** Every way for the form of an output: none where nothing can be printed into it, as into a table or a document that is a file of its own. */
export function printingsInto(tool: string, text: string): readonly Printing[] {
  const form = formName(text);
  if (form === "xml" || form === "table") return [];
  return form === "json"
    ? [AROUND]
    : [AROUND, between(AT_ONCE.has(tool)), GLUED, INDENTED].filter(({ mix }) => mix(text) !== text);
}

/** What of Criterion's output begins with spaces is printed together with the name above it, and nothing can come in between. */
const AT_ONCE: ReadonlySet<string> = new Set(["criterion"]);

const AROUND: Printing = {
  name: "before and after",
  mix: (text) => `${LINES.join("\n")}\n${text.endsWith("\n") ? text : `${text}\n`}${LINES[0]}\nDone in 1.23s.\n`,
};

/** `together`: what is indented follows the line above at once. */
function between(together: boolean): Printing {
  const isOpen = (line: string) => line.trim() !== "" && !(together && /^\s/.test(line));
  return {
    name: "between the lines",
    mix: (text) =>
      text
        .split("\n")
        .flatMap((line, index) => (isOpen(line) ? [LINES[index % LINES.length]!, line] : [line]))
        .join("\n"),
  };
}

const GLUED: Printing = {
  name: "before a line, without an end of its own",
  mix: (text) => everySecond(text, /^\S/),
};

const INDENTED: Printing = {
  name: "before an indented line, without an end of its own",
  mix: (text) => everySecond(text, /^\s+\S/),
};

/** The text with something printed in front of every second of the lines that `fits`. */
function everySecond(text: string, fits: RegExp): string {
  let count = 0;
  return text
    .split("\n")
    .map((line) => (fits.test(line) && count++ % 2 === 1 ? `${PRINTED}${line}` : line))
    .join("\n");
}
