import { GateError, placed } from "../../../model/error.ts";
import type { ToolMeasurement } from "../../../model/measurement.ts";
import { textOf } from "../../reading/lines.ts";
import { unprinted } from "../../reading/printed.ts";
import { type TextLine, textLines } from "../../reading/text-lines.ts";
import { ownUnit, secondsIn } from "../../reading/time-unit.ts";

const MARK = "time:   [";
/** How many bytes the name and the spaces behind it take. */
const NAME_WIDTH = 24;
const encoder = new TextEncoder();
/** Lower bound, estimate and upper bound, each with its own unit; or, under `change:`, three percentages. */
const ESTIMATE =
  /^(\d{1,20}(?:\.\d{1,20})?) (\S{1,20}) (\d{1,20}(?:\.\d{1,20})?) (\S{1,20}) (\d{1,20}(?:\.\d{1,20})?) (\S{1,20})\]$/;
const CHANGE = /^[-+\u2212]?[\d.]+% [-+\u2212]?[\d.]+% [-+\u2212]?[\d.]+%\]/;
/** What Criterion prints as it goes, unless that goes elsewhere. */
const ANALYSING = /Benchmarking (\S.*): Analyzing$/;
const LIBTEST = /^test \S.* \.\.\. bench: /;

/** Whether a text is what `cargo bench` prints for Criterion's benchmarks. */
export function isConsole(text: string): boolean {
  return /^(?:\S[^\n]{0,1000})? {1,40}time: {3}\[\d[\d.]{0,40} \S{1,20} \d[\d.]{0,40} \S{1,20} \d[\d.]{0,40} \S{1,20}\]\r?$/m.test(
    text,
  );
}

/**
 * The estimates that Criterion prints: `fib 15    time:   [2.0796 µs 2.1091 µs 2.1474 µs]`, or the name on a line of its own before.
 * The number in the middle is the estimate (a slope or a mean, of batches), of five significant digits. Changes, throughput and outliers are told of the
 * same numbers, or of Criterion's own baseline; other lines are Cargo's or the program's.
 * Throws a `GateError` with the line of a result that cannot be read, that belongs to no name, or whose name cannot be told from what the program printed.
 */
export function readConsole(text: string): ToolMeasurement[] {
  const lines = textLines(text);
  const analysed = new Set(lines.flatMap((line) => ANALYSING.exec(line.text.trimEnd())?.[1] ?? []));
  return lines.flatMap((line, i) => {
    if (LIBTEST.test(line.text.slice(0, 2000))) {
      const remedy = "Bench one target at a time, or have all of them print `--output-format bencher`";
      throw new GateError("A result of libtest among those of Criterion", remedy, { line: line.number });
    }
    const mark = line.text.indexOf(MARK);
    if (mark < 0) return [];
    const [said, before] = [line.text.slice(mark + MARK.length).trimEnd(), line.text.slice(0, mark)];
    return CHANGE.test(said) && before.trim() === ""
      ? []
      : [readEstimate(said, nameOf(before, lines[i - 1], line, analysed), line)];
  });
}

/** `analysed`: the names that Criterion said it was at work on; none where that went elsewhere. */
function nameOf(before: string, above: TextLine | undefined, line: TextLine, analysed: ReadonlySet<string>): string {
  const beside = withoutPrinted(before);
  if (beside.trim() !== "" && /\S\s+$/.test(before)) return unprinted(beside.trim(), line.number);
  const name = above?.text.trimEnd() ?? "";
  const isKnown = analysed.size === 0 || analysed.has(name);
  if (beside.trim() === "" && /^\S/.test(name) && isKnown) return unprinted(name, above!.number);
  throw new GateError("A result without the name of its benchmark", "Keep other output out of Criterion's", {
    line: line.number,
  });
}

/**
 * What stands before a result without what the program printed before that: Criterion fills a name up to 24 bytes, and puts a longer one on a line of its
 * own. In the middle of a word nothing ends: whoever wrote that line did not fill it up so.
 */
function withoutPrinted(before: string): string {
  const bytes = encoder.encode(before);
  if (bytes.length <= NAME_WIDTH) return before;
  const own = textOf(bytes, bytes.length - NAME_WIDTH, bytes.length);
  // Beside a name of a line of its own there are spaces alone.
  if (own.trim() === "") return own;
  const isName = /^[^\s\ufffd]/.test(own) && before.endsWith(own);
  const isWithin = /\w$/.test(before.slice(0, -own.length)) && /^\w/.test(own);
  return isName && !isWithin ? own : before;
}

function readEstimate(said: string, benchmark: string, { number }: TextLine): ToolMeasurement {
  const [, , , digits, unit] = ESTIMATE.exec(said) ?? [];
  if (digits === undefined) {
    throw new GateError(
      `Not an estimate that Criterion prints: [${said.slice(0, 80)}`,
      "Keep other output out of Criterion's",
      {
        line: number,
      },
    );
  }
  const scale = secondsIn(unit!);
  const own = placed({ line: number }, () => (scale === null ? ownUnit(unit!) : null));
  return {
    benchmark,
    metric: own ?? "latency",
    unit: own ?? "s",
    better: "lower",
    distribution: { kind: "value", value: Number(digits) * (scale ?? 1), exact: false },
    estimator: "batch-means",
    resolution: 10 ** -(digits.split(".")[1]?.length ?? 0) * (scale ?? 1),
  };
}
