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
import {
  type FoundLine,
  type LineTable,
  readTable,
  splitRuns,
  type TextLine,
  textLines,
} from "../../reading/text-lines.ts";
import { refuseWarmup } from "../../reading/warmup.ts";
import { abTsvReader, isAbTsv } from "./tsv.ts";

/** ab prints whole milliseconds. */
const PER_SECOND = 1000;

const START = /^This is ApacheBench, Version /;

const LINES = [
  ["path", /^Document Path: +(\S.*)$/],
  ["requests", /^Complete requests: +(\d+)$/],
  ["causes", /^ {3}\((?:Connect|Receive|Length|Exceptions): \d+(?:, (?:Connect|Receive|Length|Exceptions): \d+)*\)$/],
  ["statuses", /^Non-2xx responses: +(\d+)$/],
  ["rate", /^Requests per second: +(\d+\.\d+) \[#\/sec\] \(mean\)$/],
  ["total", /^Total: +(\d+) +(\d+) .*?(\d+)$/],
  ["percentile", /^ +(\d{1,3})% +(\d+)(?: \(longest request\))?$/],
  ["stopped", /^Benchmarking .* \(be patient\)[.]*((?:apr|ssl|SSL)\w*: .+)$/i],
  ["stopped", /^((?:apr_\w+|SSL \w+|ssl_\w+): .+)$/],
  ["other", START],
  ["other", /^(?:Copyright 1996 Adam Twiss|Licensed to The Apache Software Foundation)/],
  ["other", /^Benchmarking .*\(be patient\)\.*(?:done)?$/],
  ["other", /^(?:Completed|Finished) \d+ requests$/],
  ["other", /^Server (?:Software|Hostname|Port|Temp Key):/],
  ["other", /^(?:SSL\/TLS Protocol|TLS Server Name|Document Length|Concurrency Level|Time taken for tests):/],
  ["other", /^(?:Failed|Write|Keep-Alive) (?:requests|errors):/],
  ["other", /^Total (?:transferred|body sent|POSTed|PUT|of .*):|^HTML transferred:|^Transfer rate:/],
  ["other", /^Time per request: +\d+\.\d+ \[ms\] \(mean(?:, across all concurrent requests)?\)$/],
  ["other", /^ +\d+\.\d+ kb\/s (?:sent|total)$/],
  ["other", /^Connection Times \(ms\)$|^ +min +(?:mean\[\+\/-sd\] median|avg) +max$/],
  ["other", /^(?:Connect|Processing|Waiting): +\d+/],
  [
    "other",
    /^(?:WARNING|ERROR): The median and mean for the .* are (?:not within a normal deviation|more than twice the standard)/,
  ],
  ["other", /^ +(?:These results are probably not that reliable|deviation apart\. These results are NOT reliable)\.$/],
  ["other", /^Percentage of the requests served within a certain time \(ms\)$/],
] as const satisfies LineTable<string>;

type Name = (typeof LINES)[number][0];

/**
 * The adapter of ApacheBench's report, and of its raw samples (`-g`), in whole milliseconds too, which do not tell what failed.
 *
 * A request has failed where ab says Connect, Receive or Exceptions, or where its status is not 2xx. `Length` is left out: ab counts there every body
 * that is not as long as the first one. ab times what failed as what did not; throughput is what succeeded. The benchmark is the document's path, the
 * load is closed. Each report in a file is a round.
 */
export const ab: Adapter = {
  name: "ab",
  title: "ApacheBench",
  command: "ab -n 10000 -c 8 http://127.0.0.1:$PORT/ > $BENCHGATE_OUTPUT",
  gives: { samples: true, p99: true, memory: false },
  exitCodes: [0],
  recognises: ({ text }) => isAbTsv(text) || /^\uFEFF?This is ApacheBench, Version /m.test(text.slice(0, 4096)),
  parse: (output) => feed(abReader(output.skip ?? 0), output),
  stream: ({ skip }) => abReader(skip),
};

function abReader(skip: number): OutputReader {
  return headed((head) => {
    if (isAbTsv(head)) return abTsvReader(skip);
    refuseWarmup(skip, "ab's report", "Run ab once more before it, for warming up");
    return whole(readReport);
  });
}

function readReport({ text }: ToolOutput): readonly ParsedRound[] {
  const { before, runs } = splitRuns(textLines(text), START);
  const strange = before.find((line) => line.text.trim() !== "");
  if (strange !== undefined) throw unknownLine(strange);
  if (runs.length === 0)
    throw new GateError("This is not a report of ab", "Keep what ab prints to stdout", { line: 1 });
  return roundsOf("ab", runs.map(readRun));
}

function readRun(lines: readonly TextLine[]): LoadSummary {
  const found: ReadonlyMap<Name, readonly FoundLine[]> = readTable(lines, LINES, unknownLine);
  const cell = (name: Name) => found.get(name)?.[0]?.cells[0];
  const stopped = cell("stopped");
  if (stopped !== undefined && !found.has("requests")) {
    const nothing = { requests: 0, failed: 0, rate: null, latency: null };
    return { benchmark: UNNAMED, stopped: stopped.slice(0, 200), ...nothing };
  }
  const needed = (name: Name) => {
    const value = cell(name);
    if (value !== undefined) return value;
    throw new GateError(`The report has no ${name}: it is cut short`, "Let ab end by itself", {
      line: lines[0]!.number,
    });
  };
  const requests = Number(needed("requests"));
  const text = lines.find(({ number }) => number === found.get("causes")?.[0]?.number)?.text ?? "";
  const causes = [...text.matchAll(/(Connect|Receive|Exceptions): (\d+)/g)].map(([, cause, n]) => ({
    cause,
    n: Number(n),
  }));
  const statuses = Number(cell("statuses") ?? 0);
  const words = [{ cause: "status", n: statuses }, ...causes].filter(({ n }) => n > 0);
  const failed = Math.min(
    requests,
    words.reduce((sum, { n }) => sum + n, 0),
  );
  return {
    benchmark: needed("path"),
    loadModel: "closed",
    requests,
    failed,
    errors: words.map(({ cause, n }) => `${n} ${cause}`).join(", "),
    rate: { perSecond: Number(needed("rate")), of: requests },
    failedInLatency: failed,
    latency: requests === 0 ? null : readLatency(found, requests, needed("total")),
  };
}

function readLatency(found: ReadonlyMap<Name, readonly FoundLine[]>, count: number, min: string): LoadLatency {
  const [, mean, max] = found.get("total")![0]!.cells;
  const seconds = (text: string) => Number(text) / PER_SECOND;
  const printed = (found.get("percentile") ?? []).map(
    ({ cells: [percent, value] }) => [levelOf(Number(percent)), seconds(value!)] as const,
  );
  const ends = { min: seconds(min), max: seconds(max!), mean: seconds(mean!), count };
  return { distribution: printedQuantiles(printed, ends), estimator: "index", resolution: 1 / PER_SECOND };
}

function unknownLine({ text, number }: TextLine): GateError {
  const remedy = "Run ab without -v, and keep its stdout in a file of its own";
  return new GateError(`ab does not print this line: ${text.slice(0, 80)}`, remedy, { line: number });
}
