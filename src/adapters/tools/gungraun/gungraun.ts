import { GateError } from "../../../model/error.ts";
import type { ToolMeasurement } from "../../../model/measurement.ts";
import type { Adapter } from "../../adapter.ts";
import { searched } from "../../reading/output.ts";
import { round } from "../../reading/round.ts";
import { type TextLine, textLines } from "../../reading/text-lines.ts";
import { holdsSummary, readSummaries } from "./json.ts";
import { labelOf, measure } from "./metrics.ts";

const HINTS = {
  remedy: "Give each benchmark of a function an id of its own, and run one bench target at a time",
  nothing: "Run `cargo bench -- --output-format=json`",
};

/** A benchmark's module path, its id, and what was given to it. */
const HEADER = /^(\w+(?:::\w+)+)(?: (\w+))?(?=[: ]|$)/;
/** `Instructions:   1734|1650   (+5.09090%) [+1.04844x]`, with this run's count on the left; after `| ` where there is a grid. */
const METRIC = /^(?: {2}|\| )([A-Z][^:|]{0,40}): *(\d{1,30}(?:\.\d{1,30})?)?\|(?:\d[\d.]*|N\/A) /;
/** The same anywhere in a line. */
const SOMEWHERE = /(?: {2}|\| )[A-Z][^:|]{0,40}: *\d{1,30}(?:\.\d{1,30})?\|(?:\d[\d.]*|N\/A) +\(/;
const TOOL = /^(?: {2}|\|=)=======? ?([A-Z]+) =+$/;
const PART = /^(?: {2}|\|-)## (Total|pid: )/;

/**
 * Gungraun, and Iai-Callgrind as it was called before: the JSON summaries (schemas 6 and 7, one a line or pretty-printed, between lines of other programs), or
 * the console.
 *
 * All it counts is exact, and is compared without statistics. The counts of this run are taken, never those of the run before that it compares with, and
 * of several processes or threads their total. The key is module path and id: what the id was given may be shortened on the console.
 * Counts depend on the compiler, on Valgrind and on the processor's caches: compare on the same of each. Exit code 3 says that Gungraun's own limits
 * were crossed; the results are complete.
 */
export const gungraun: Adapter = {
  name: "gungraun",
  title: "Gungraun, Iai-Callgrind",
  command: "cargo bench -- --output-format=json > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: false, memory: true },
  exitCodes: [0, { code: 3, means: "a limit of its own is crossed" }],
  recognises: (output) =>
    holdsSummary(output) ||
    /^(?: {2}|\| )(?:[A-Z][^:|\n]{0,40}): {1,60}[\d.]{1,40}\|(?:[\d.]{1,40}|N\/A) {1,60}\(/m.test(searched(output)),
  parse: (output) => [
    round(holdsSummary(output) ? readSummaries(output.text) : readConsole(textLines(output.text)), HINTS),
  ],
};

/** Gungraun prints a benchmark at once: what stands among its metrics would have one lost, or taken for another benchmark's. */
function readConsole(lines: readonly TextLine[]): ToolMeasurement[] {
  const found: ToolMeasurement[] = [];
  let [benchmark, tool, start, counted] = ["", "callgrind", 0, false];
  for (const { text, number } of lines) {
    const [, path, id] = HEADER.exec(text) ?? [];
    const [, label, count] = METRIC.exec(text) ?? [];
    const part = PART.exec(text)?.[1];
    if (path !== undefined)
      [benchmark, tool, start, counted] = [id === undefined ? path : `${path} ${id}`, "callgrind", found.length, false];
    else if (TOOL.test(text)) [tool, start] = [TOOL.exec(text)![1]!.toLowerCase(), found.length];
    // The total comes after its parts and stands for them.
    else if (part === "Total") found.length = start;
    else if (label !== undefined) {
      const known = labelOf(label);
      if (known === null) throw refused(`a metric that is not known: ${label}`, number);
      if (benchmark === "") throw refused("a metric that belongs to no benchmark", number);
      if (count !== undefined) found.push(measure(benchmark, tool, known, Number(count)));
      counted = true;
    } else if (SOMEWHERE.test(text)) throw refused("a metric that is mixed with other output", number);
    else if (counted && /^[^\s|]/.test(text)) benchmark = "";
  }
  return found;
}

function refused(problem: string, line: number): GateError {
  return new GateError(`Not what Gungraun prints: ${problem}`, "Use `--output-format=json`", { line });
}
