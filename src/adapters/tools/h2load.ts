import { GateError } from "../../model/error.ts";
import type { Adapter } from "../adapter.ts";
import { parseDuration } from "../reading/duration.ts";
import {
  type LoadLatency,
  type LoadSummary,
  levelOf,
  printedQuantiles,
  roundsOf,
  UNNAMED,
} from "../reading/load-summary.ts";
import { searched } from "../reading/output.ts";
import { type Expected, httpSuccess, type IsSuccess, isBelow400, refuseStatuses } from "../reading/status.ts";
import {
  type FoundLine,
  type LineTable,
  readTable,
  splitRuns,
  type TextLine,
  textLines,
} from "../reading/text-lines.ts";

const START = /^starting benchmark\.\.\.$/;

/** One request in `--log-file`: when it began (microseconds since 1970), its status or -1, how long it took in microseconds. */
const LOG = /^\d{15,17}\t(-1|\d{1,3})\t(\d{1,12})$/;

const LINES = [
  ["log", LOG],
  ["rate", /^finished in \S+, (\d+\.\d+) req\/s, \S+B\/s$/],
  [
    "requests",
    /^requests: (\d+) total, (\d+) started, (\d+) done, (\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout$/,
  ],
  ["columns", /^ +(min +max +.*mean +sd +\+\/- sd)$/],
  ["latency", /^(?:time for request|request +): +(\S.*)$/],
  ["other", START],
  [
    "other",
    /^(?:spawning thread|Warm-up (?:started|phase)|Main benchmark duration|Stopped all clients|Stopping all clients)/,
  ],
  ["other", /^progress: \d+% (?:done|of clients started)$/],
  ["other", /^(?:Application protocol|TLS Protocol|Cipher|Server Temp Key|ALPN|Server ALPN|QUIC version): \S/],
  ["other", /^(?:status codes|traffic|UDP datagram): \d/],
  ["other", /^(?:time for connect|time to 1st byte|req\/s +|connect +|TTFB +): +\S/],
  ["other", /^(?:min RTT|smoothed RTT|packets (?:sent|recv|lost)|GRO packets) *: +\S/],
] as const satisfies LineTable<string>;

type Name = (typeof LINES)[number][0];

/**
 * The adapter of h2load: its summary, with the raw times of `--log-file` where that is appended to the same file.
 *
 * The log alone is refused, because requests whose connection broke are in the summary only. A request has failed where h2load says so: no answer, or a
 * status of 400 or more; the log tells their times apart, the summary does not. Without the log there are mean, minimum and maximum, and from newer versions median, p95 and p99. h2load
 * prints no URL, so the benchmark is called `requests`. The load is closed. Each summary in a file is a round.
 */
export const h2load: Adapter = {
  name: "h2load",
  title: "h2load",
  command: "h2load -n 20000 -c 8 --log-file=$BENCHGATE_OUTPUT http://127.0.0.1:$PORT/ >> $BENCHGATE_OUTPUT",
  gives: { samples: true, p99: true, memory: false },
  exitCodes: [0],
  recognises: (output) =>
    /^\uFEFF?(?:starting benchmark\.\.\.|\d{15,17}\t(?:-1|\d{1,3})\t\d{1,12})\r?$/m.test(searched(output)),
  tellsStatus: true,
  parse({ text, expected }) {
    const lines = textLines(text);
    // Rows of the log stand anywhere among the summary's lines: h2load writes them as requests end, the other way than its text.
    const log = lines.filter((line) => LOG.test(line.text));
    const { before, runs } = splitRuns(
      lines.filter((line) => !LOG.test(line.text)),
      START,
    );
    const strange = before.find((line) => line.text.trim() !== "");
    if (strange !== undefined) throw unknownLine(strange);
    if (runs.length === 0 && log.length > 0) throw logAlone(log[0]!);
    if (runs.length === 0)
      throw new GateError("This is not output of h2load", "Keep what h2load prints to stdout", { line: 1 });
    if (runs.length > 1 && log.length > 0) throw severalLogs(log[0]!);
    if (log.length === 0) refuseStatuses(expected, "h2load's summary", "Run h2load with --log-file=FILE … >> FILE");
    return roundsOf(
      "h2load",
      runs.map((run) => readRun(run, log, expected)),
    );
  },
};

function readRun(lines: readonly TextLine[], log: readonly TextLine[], expected: Expected): LoadSummary {
  const found: ReadonlyMap<Name, readonly FoundLine[]> = readTable(lines, LINES, unknownLine);
  const needed = (name: Name) => {
    const line = found.get(name)?.[0];
    if (line !== undefined) return line;
    throw new GateError(`The summary has no line for its ${name}: it is cut short`, "Let h2load end by itself", {
      line: lines[0]!.number,
    });
  };
  const [total, , , succeeded, unsuccessful, errored, timedOut] = needed("requests").cells.map(Number);
  const answered = succeeded! + unsuccessful! - errored!;
  const isSuccess = httpSuccess(expected, isBelow400);
  const refused = expected === undefined ? unsuccessful! - errored! : refusedIn(log, isSuccess);
  const words = [`${errored} without an answer`, `${timedOut} timeouts`, `${refused} status`];
  return {
    benchmark: UNNAMED,
    loadModel: "closed",
    requests: total!,
    failed: Math.min(total!, errored! + refused),
    errors: words.filter((word) => !word.startsWith("0 ")).join(", "),
    rate: { perSecond: Number(needed("rate").cells[0]), of: answered },
    ...(log.length > 0
      ? { latency: samplesOf(log, isSuccess) }
      : {
          latency: answered < 1 ? null : printedLatency(needed("columns"), needed("latency"), answered),
          failedInLatency: refused,
        }),
  };
}

/** How many requests of a log were answered with a status that is no success. */
function refusedIn(log: readonly TextLine[], isSuccess: IsSuccess): number {
  const statuses = log.map(({ text }) => Number(LOG.exec(text)![1]));
  return statuses.filter((status) => status >= 0 && !isSuccess(status)).length;
}

/** The times of the requests of a log that succeeded; null where none did. */
function samplesOf(log: readonly TextLine[], isSuccess: IsSuccess): LoadLatency | null {
  const times = log.flatMap(({ text }) => {
    const [, status, microseconds] = LOG.exec(text)!;
    return isSuccess(Number(status)) ? [Number(microseconds) / 1e6] : [];
  });
  if (times.length === 0) return null;
  return { distribution: { kind: "samples", samples: Float64Array.from(times) }, resolution: 1e-6 };
}

/** The summary's row of times, by the names of its columns: newer versions have more of them. */
function printedLatency(columns: FoundLine, row: FoundLine, count: number): LoadLatency {
  const names = columns.cells[0]!.replace(/\+\/- sd$/, "within").split(/ +/);
  const cells = row.cells[0]!.split(/ +/);
  const cell = (name: string) => {
    const text = cells[names.indexOf(name)];
    if (text === undefined) return undefined;
    const parsed = parseDuration(text);
    if (parsed !== null) return parsed;
    throw new GateError(`${JSON.stringify(text.slice(0, 40))} is not a time`, "Keep h2load's output as it is", {
      line: row.number,
    });
  };
  const printed = names.flatMap((name) => {
    const percent = name === "median" ? "50" : /^p(\d+(?:\.\d+)?)$/.exec(name)?.[1];
    const value = percent === undefined ? undefined : cell(name);
    return value === undefined ? [] : [[levelOf(Number(percent)), value.seconds] as const];
  });
  const [min, max, mean] = ["min", "max", "mean"].map(cell);
  if (min === undefined || max === undefined || mean === undefined)
    throw new GateError("The row of request times is cut short", "Let h2load end by itself", { line: row.number });
  return {
    distribution: printedQuantiles(printed, { min: min.seconds, max: max.seconds, mean: mean.seconds, count }),
    ...(printed.length === 0 ? {} : { estimator: "index" }),
    resolution: (cell("median") ?? mean).step,
  };
}

function logAlone({ number }: TextLine): GateError {
  const problem = "This is the log of h2load alone, which leaves out requests without an answer";
  return new GateError(problem, "Append h2load's stdout to the same file: --log-file=FILE … >> FILE", { line: number });
}

function severalLogs({ number }: TextLine): GateError {
  const problem = "Logs of several runs are in one file, and nothing says which request belongs to which";
  return new GateError(problem, "Give each run of h2load with --log-file a file of its own", { line: number });
}

function unknownLine({ text, number }: TextLine): GateError {
  const remedy = "Keep what h2load prints to stdout in a file of its own";
  return new GateError(`h2load does not print this line: ${text.slice(0, 80)}`, remedy, { line: number });
}
