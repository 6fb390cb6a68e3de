import { GateError } from "../../model/error.ts";
import type { Adapter } from "../adapter.ts";
import { parseDuration } from "../reading/duration.ts";
import {
  type LoadLatency,
  type LoadSummary,
  levelOf,
  pathOf,
  printedQuantiles,
  roundsOf,
} from "../reading/load-summary.ts";
import { searched } from "../reading/output.ts";
import {
  type FoundLine,
  type LineTable,
  readTable,
  splitRuns,
  type TextLine,
  textLines,
} from "../reading/text-lines.ts";

/** wrk counts whole microseconds, though it prints decimals of them. */
const MICROSECOND = 1e-6;

/** A script may print before it, without ending its line. */
const START = /Running \S+ test @ \S+$/;
const UNCORRECTED = /^ +Latency Distribution \(HdrHistogram - Uncorrected Latency/;
const END = /^Transfer\/sec: /;

const LINES = [
  ["start", /Running \S+ test @ (\S+)$/],
  ["open", /^ {2}Thread calibration: /],
  ["open", /^ {2}Latency Distribution \(HdrHistogram - Recorded Latency\)$/],
  ["summary", /^ {4}Latency +(\S+) +\S+ +(\S+) +\S+%$/],
  ["percentile", /^ {0,8}(\d{1,3}(?:\.\d{1,6})?)% +(\S+) *$/],
  ["total", /^#\[Max += +[\d.]+, Total count +=( +\d+)\]$/],
  ["requests", /^ {2}(\d+) requests in \S+, \S+ read$/],
  ["sockets", /^ {2}Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)$/],
  ["statuses", /^ {2}Non-2xx or 3xx responses: (\d+)$/],
  ["rate", /^Requests\/sec: +(\d+(?:\.\d+)?)$/],
  ["other", /^ {2}\d+ threads and \d+ connections$/],
  ["other", /^ {2}Thread Stats +Avg +Stdev +Max +\+\/- Stdev$/],
  ["other", /^ {4}Req\/Sec +\S+ +\S+ +\S+ +\S+%$/],
  ["other", /^ {2}Latency Distribution(?: \(HdrHistogram - .*\))?$/],
  ["other", /^ {2}Detailed Percentile spectrum:$/],
  ["other", /^ +Value +Percentile +TotalCount 1\/\(1-Percentile\)$/],
  ["other", /^ +\d+\.\d+ +\d+\.\d+ +\d+ +(?:\d+\.\d+|inf)$/],
  ["other", /^#\[(?:Mean|Buckets) +=.*\]$/],
  ["other", /^-+$/],
  ["other", /^Transfer\/sec: +\S+$/],
] as const satisfies LineTable<string>;

type Found = ReadonlyMap<(typeof LINES)[number][0], readonly FoundLine[]>;

/**
 * The adapter of wrk and wrk2, which print one text: percentiles with `--latency`, else the mean and the maximum alone.
 *
 * The benchmark is the path of the URL. A request has failed where its connection did (connect, read, write, time-out) or its status is outside
 * 200-399. wrk times answers of any status, and counts them all a second; throughput is what succeeded. wrk2 measures from the moment when a request was due (open load) and leaves its first ten seconds out: its percentiles
 * rest on the `Total count` of its histogram. Under `-U` the first, corrected block counts. wrk corrects its latencies for stalls by a
 * guessed interval and stays closed. wrk2 without `--latency` in a run too short to calibrate cannot be told from wrk.
 * Lines before `Running` and after `Transfer/sec` are the Lua script's own. Each run of a file is a round: it was a process.
 */
export const wrk: Adapter = {
  name: "wrk",
  title: "wrk and wrk2",
  command: "wrk --latency -t 2 -c 8 -d 30s http://127.0.0.1:$PORT/ > $BENCHGATE_OUTPUT",
  gives: { samples: false, p99: true, memory: false },
  exitCodes: [0],
  recognises: (output) =>
    /Running \S{1,100} test @ \S+\r?$/m.test(searched(output)) && output.text.includes("requests in "),
  parse({ text }) {
    const { runs } = splitRuns(textLines(text), START);
    if (runs.length === 0)
      throw new GateError("This is not output of wrk", "Keep what wrk prints to stdout, from its line `Running`", {
        line: 1,
      });
    return roundsOf("wrk", runs.map(readRun));
  },
};

function readRun(lines: readonly TextLine[]): LoadSummary {
  const end = lines.findIndex(({ text }) => END.test(text));
  if (end < 0)
    throw new GateError("The output is cut short: it has no line Transfer/sec", "Let wrk end by itself", {
      line: lines[0]!.number,
    });
  const own = lines.slice(0, end + 1);
  const found: Found = readTable(own, LINES, unknownLine);
  const uncorrected = own.find(({ text }) => UNCORRECTED.test(text))?.number ?? Number.POSITIVE_INFINITY;
  const cells = (name: (typeof LINES)[number][0]) => found.get(name)?.[0]?.cells ?? missing(name, lines[0]!.number);
  const answered = Number(cells("requests")[0]);
  const [connect, read, write, timeout] = (found.get("sockets")?.[0]?.cells ?? ["0", "0", "0", "0"]).map(Number);
  const statuses = Number(found.get("statuses")?.[0]?.cells[0] ?? 0);
  const broken = connect! + read! + write!;
  const errors = [`${statuses} status`, `${connect} connect`, `${read} read`, `${write} write`, `${timeout} timeout`];
  const open = found.has("open");
  const count = open ? Number(found.get("total")?.[0]?.cells[0] ?? answered) : answered - timeout!;
  return {
    benchmark: pathOf(cells("start")[0]!),
    loadModel: open ? "open" : "closed",
    requests: answered + broken,
    failed: Math.min(statuses + broken + timeout!, answered + broken),
    errors: errors.filter((each) => !each.startsWith("0 ")).join(", "),
    rate: { perSecond: Number(cells("rate")[0]), of: answered },
    failedInLatency: statuses,
    latency: count > 0 ? readLatency(found, uncorrected, count, open) : null,
  };
}

function readLatency(found: Found, uncorrected: number, count: number, open: boolean): LoadLatency {
  const [summary] = found.get("summary") ?? [];
  if (summary === undefined) return missing("summary", 1);
  const [mean, max] = summary.cells.map((cell) => duration(cell, summary.number));
  const percentiles = (found.get("percentile") ?? [])
    .filter(({ number }) => number < uncorrected)
    .map(({ cells: [percent, value], number }) => ({ level: levelOf(Number(percent)), ...duration(value!, number) }));
  const distribution = printedQuantiles(
    percentiles.map(({ level, seconds }) => [level, seconds]),
    { max: max!.seconds, mean: mean!.seconds, count },
  );
  const median = percentiles.find(({ level }) => level === 0.5);
  if (median === undefined) return { distribution, resolution: Math.max(mean!.step, MICROSECOND) };
  return { distribution, estimator: open ? "hdr" : "nearest-rank", resolution: Math.max(median.step, MICROSECOND) };
}

function duration(text: string, line: number) {
  const parsed = parseDuration(text);
  if (parsed !== null) return parsed;
  throw new GateError(`${JSON.stringify(text.slice(0, 40))} is not a time`, "Keep wrk's output as it is", { line });
}

function missing(name: string, line: number): never {
  throw new GateError(`The output of wrk has no line for its ${name}`, "Keep wrk's output as it is", { line });
}

function unknownLine({ text, number }: TextLine): GateError {
  const remedy = "Have the script print in `done` alone, or to stderr";
  return new GateError(`wrk does not print this line: ${text.slice(0, 80)}`, remedy, { line: number });
}
