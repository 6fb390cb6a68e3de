import { GateError } from "../../model/error.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter } from "../adapter.ts";
import {
  at,
  field,
  isObject,
  jsonOf,
  opensAsJson,
  readArray,
  readName,
  readObject,
  readPositive,
  stripMark,
} from "../reading/json.ts";
import { searched } from "../reading/output.ts";
import { unprinted } from "../reading/printed.ts";
import { round } from "../reading/round.ts";

const HINTS = {
  remedy: "Give each report a label of its own",
  nothing: "Report blocks with `x.report`, and write `x.json!` to a file",
};

const SCALES: Readonly<Record<string, number>> = { "": 1, k: 1e3, M: 1e6, B: 1e9, T: 1e12, Q: 1e15 };

/** `36.209M (± 2.8%) i/s (27.62 ns/i) - …`, at the end of a label's line or below a label of more than twenty characters. */
const RATE = /(?:^|\s)(\d+(?:\.\d+)?) ?([kMBTQ]?) \(\u00B1 *[\d.]+%\) i\/s\b/;
/** Labels are filled up on the left to so many characters. */
const LABEL_WIDTH = 20;
/** A label's column that begins with something else. */
const PUSHED = /^\S.* {2,}\S/;
/** What stands around the results: headings, warm-ups, the interpreter's version, and the comparison at the end. */
const WARMING = /^Warming up -+$/;
const CALCULATING = /^Calculating -+$/;

/**
 * Benchmark-ips of Ruby: `x.json!`, or what it prints, rounded to four or five digits (`resolution`). Iterations a second, a mean over the whole
 * time of a report; benchmark-ips keeps no samples of it. One process, one round.
 */
export const benchmarkIps: Adapter = {
  name: "benchmark-ips",
  title: "Ruby benchmark-ips",
  command: "ruby bench.rb, which calls x.json!(ENV['BENCHGATE_OUTPUT'])",
  gives: { samples: false, p99: false, memory: false },
  exitCodes: [0],
  recognises: (output) => {
    const { text, json } = output;
    if (!opensAsJson(text))
      return /^Calculating -{10,}\r?$/m.test(stripMark(searched(output))) && /%\) i\/s\b/.test(text);
    const root = json();
    return Array.isArray(root) && root.length > 0 && root.every((each) => isObject(each) && Object.hasOwn(each, "ips"));
  },
  parse: (output) => [round(opensAsJson(output.text) ? readList(jsonOf(output)) : readText(output.text), HINTS)],
};

function readList(list: unknown): ToolMeasurement[] {
  return readArray(list, "").map((each, i) => {
    const report = readObject(each, `[${i}]`);
    const name = readName(field(report, "name"), at(`[${i}]`, "name"));
    return throughput(name, readPositive(field(report, "ips"), at(`[${i}]`, "ips")));
  });
}

/** The reports between `Calculating` and the blank line after it; a label that is too long for its column stands on a line of its own. */
function readText(text: string): ToolMeasurement[] {
  const found: ToolMeasurement[] = [];
  let [calculating, label, begun]: [boolean, string | null, number] = [false, null, 0];
  for (const [i, each] of stripMark(text).split(/\r?\n/).entries()) {
    const line = each.trimEnd();
    if (CALCULATING.test(line) || WARMING.test(line)) calculating = CALCULATING.test(line);
    else if (calculating && line === "") calculating = false;
    else if (calculating) {
      const match = RATE.exec(line);
      if (match === null && label !== null) throw refused(`A line that is not a result: ${line.slice(0, 80)}`, i + 1);
      if (match === null) [label, begun] = [longLabel(line, i + 1), i + 1];
      else {
        // What the program prints stands behind the label, which is written first; before it there is only what fills it up.
        if (PUSHED.test(line.slice(0, LABEL_WIDTH))) throw refused("A label that is mixed with other output", i + 1);
        const own = line.slice(0, Math.min(match.index, LABEL_WIDTH)).trim();
        if ((own === "") === (label === null)) throw refused("A result without its label, or with two", i + 1);
        const rate = Number(match[1]) * SCALES[match[2]!]!;
        if (!Number.isFinite(rate)) throw refused("A rate that cannot be read", i + 1);
        const step = SCALES[match[2]!]! * 10 ** -(match[1]!.split(".")[1]?.length ?? 0);
        found.push({ ...throughput(unprinted(label ?? own, i + 1), rate), resolution: step });
        label = null;
      }
    } else if (RATE.test(line)) throw refused("A result outside of the table", i + 1);
  }
  if (label !== null) throw refused("A label without its result", begun);
  return found;
}

/** A label on a line of its own: only those go there that do not fit the column, so anything shorter is what the program printed. */
function longLabel(line: string, number: number): string {
  if (line.length > LABEL_WIDTH && /^\S/.test(line)) return line.trim();
  throw refused(`A line that is not a result: ${line.slice(0, 80)}`, number);
}

function throughput(benchmark: string, value: number): ToolMeasurement {
  const distribution = { kind: "value", value, exact: false } as const;
  return { benchmark, metric: "throughput", unit: "1/s", better: "higher", distribution, estimator: "batch-means" };
}

function refused(problem: string, line: number): GateError {
  return new GateError(problem, "Write `x.json!` to a file, and give that", { line });
}
