import { GateError } from "../../../model/error.ts";
import type { Adapter, OutputReader, ParsedRound, ToolOutput } from "../../adapter.ts";
import {
  type LoadLatency,
  type LoadSummary,
  levelOf,
  printedQuantiles,
  roundsOf,
  UNNAMED,
} from "../../reading/load-summary.ts";
import { feed, headed, whole } from "../../reading/reader.ts";
import { type Expected, httpSuccess, type IsSuccess, isBelow400 } from "../../reading/status.ts";
import {
  type FoundLine,
  type LineTable,
  readTable,
  splitRuns,
  type TextLine,
  textLines,
} from "../../reading/text-lines.ts";
import { refuseWarmup } from "../../reading/warmup.ts";
import { heyCsvReader, isHeyCsv } from "./csv.ts";

/** hey prints seconds with four decimals. */
const STEP = 0.0001;

const LINES = [
  ["slowest", /^ {2}Slowest:\t *(\S+) secs$/],
  ["fastest", /^ {2}Fastest:\t *(\S+) secs$/],
  ["average", /^ {2}Average:\t *(\S+) secs$/],
  ["rate", /^ {2}Requests\/sec:\t *(\S+)$/],
  ["percentile", /^ {2}(\d{1,2})%+ in (\d+\.\d+) secs$/],
  ["status", /^ {2}\[(\d{3})\]\t(\d+) responses$/],
  ["error", /^ {2}\[(\d+)\]\t(.*)$/],
  ["other", /^Summary:$/],
  ["other", /^ {2}Total:\t *\S+ secs$/],
  ["other", /^ {2}(?:Total data|Size\/request):\t\d+ bytes$/],
  ["other", /^(?:Response time histogram|Latency distribution|Details \(average, fastest, slowest\)):$/],
  ["other", /^(?:Status code|Error) distribution:$/],
  ["other", /^ {2}\d+\.\d+ \[\d+\]\t\|[\u25a0\u220e]*$/],
  ["other", /^ {2}(?:DNS\+dialup|DNS-lookup|req write|resp wait|resp read):\t *\S+ secs, +\S+ secs, +\S+ secs$/],
  ["other", /^Note: {2}Distributions are for first \d+ results\.$/],
] as const satisfies LineTable<string>;

type Name = (typeof LINES)[number][0];

/**
 * The adapter of hey's summary, and of its raw samples (`-o csv`), which leave out requests that got no answer.
 *
 * hey does not print the URL, so the benchmark is called `requests`. A request has failed where it got no answer or a status of 400 or more. hey prints
 * `0% in 0.0000 secs` for a percentile that so few requests do not have: it is absent. Its percentiles are those of all answers, the refused ones too. Requests/sec
 * counts every request; throughput is the successes' share of it. The load is closed: `-q` only paces it. Each summary in a file is a round.
 */
export const hey: Adapter = {
  name: "hey",
  title: "hey",
  command: "hey -z 30s -c 8 http://127.0.0.1:$PORT/ > $BENCHGATE_OUTPUT",
  gives: { samples: true, p99: true, memory: false },
  exitCodes: [0],
  cutsWarmup: true,
  recognises: ({ text }) =>
    isHeyCsv(text) || /^\uFEFF?Summary:\r?\n {2}Total:\t *\S+ secs\r?\n {2}Slowest:\t/m.test(text.slice(0, 4096)),
  tellsStatus: true,
  parse: (output) => feed(heyReader(output.skip ?? 0, output.expected), output),
  stream: ({ skip, expected }) => heyReader(skip, expected),
};

function heyReader(skip: number, expected: Expected): OutputReader {
  return headed((head) => {
    if (isHeyCsv(head)) return heyCsvReader(skip, expected);
    refuseWarmup(skip, "hey's summary", "Run hey with -o csv");
    return whole((output) => readSummary(output, expected));
  });
}

function readSummary({ text }: ToolOutput, expected: Expected): readonly ParsedRound[] {
  const { before, runs } = splitRuns(textLines(text), /^Summary:$/);
  const strange = before.find((line) => line.text.trim() !== "");
  if (strange !== undefined) throw unknownLine(strange);
  if (runs.length === 0)
    throw new GateError("This is not a summary of hey", "Keep what hey prints to stdout", { line: 1 });
  const isSuccess = httpSuccess(expected, isBelow400);
  return roundsOf(
    "hey",
    runs.map((run) => readRun(run, isSuccess)),
  );
}

function readRun(lines: readonly TextLine[], isSuccess: IsSuccess): LoadSummary {
  const found: ReadonlyMap<Name, readonly FoundLine[]> = readTable(lines, LINES, unknownLine);
  const number = (name: Name) => {
    const line = found.get(name)?.[0];
    if (line !== undefined && Number.isFinite(Number(line.cells[0]))) return Number(line.cells[0]);
    const problem = line === undefined ? `The summary has no ${name}: it is cut short` : `The ${name} is not a number`;
    throw new GateError(problem, "Let hey end by itself", { line: (line ?? lines[0]!).number });
  };
  if (!lines.some(({ text }) => text === "Status code distribution:"))
    throw new GateError("The summary has no status codes: it is cut short", "Let hey end by itself", {
      line: lines[0]!.number,
    });
  const statuses = (found.get("status") ?? []).map(({ cells }) => ({ status: Number(cells[0]), n: Number(cells[1]) }));
  const unanswered = (found.get("error") ?? []).map(({ cells: [n, error] }) => ({ n: Number(n), error: error! }));
  const [answers, errors] = [sum(statuses), sum(unanswered)];
  const refused = statuses.filter(({ status }) => !isSuccess(status));
  const words = [...refused.map(({ status, n }) => `${n} status ${status}`), ...unanswered.map(say)];
  return {
    benchmark: UNNAMED,
    loadModel: "closed",
    requests: answers + errors,
    failed: sum(refused) + errors,
    errors: words.join(", ").slice(0, 300),
    rate: answers === 0 ? null : { perSecond: number("rate"), of: answers + errors },
    failedInLatency: sum(refused),
    latency: answers === 0 ? null : readLatency(found.get("percentile") ?? [], number, answers),
  };
}

function readLatency(percentiles: readonly FoundLine[], number: (name: Name) => number, count: number): LoadLatency {
  const printed = percentiles.flatMap(({ cells: [percent, seconds] }) =>
    percent === "0" ? [] : [[levelOf(Number(percent)), Number(seconds)] as const],
  );
  const ends = { min: number("fastest"), max: number("slowest"), mean: number("average"), count };
  return { distribution: printedQuantiles(printed, ends), estimator: "index", resolution: STEP };
}

function sum(counted: readonly { readonly n: number }[]): number {
  return counted.reduce((total, { n }) => total + n, 0);
}

function say({ n, error }: { readonly n: number; readonly error: string }): string {
  return `${n} ${error.slice(0, 100)}`;
}

function unknownLine({ text, number }: TextLine): GateError {
  const remedy = "Keep what hey prints to stdout in a file of its own";
  return new GateError(`hey does not print this line: ${text.slice(0, 80)}`, remedy, { line: number });
}
